/* A list behind one lock. */
#include "http/http_pool.h"
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

struct http_pool {
    pthread_mutex_t lock;
    pthread_cond_t added;
    struct http_work *first, **end;
    size_t placed; /* places taken: of those that wait, and of those not yet added */
    size_t waiting, working;
    size_t workers, joined, queue_max;
    bool is_closing;
    pthread_t *thread;
};

static struct http_work *take_work(struct http_pool *pool) {
    pthread_mutex_lock(&pool->lock);
    while (pool->first == NULL && !(pool->is_closing && pool->placed == 0))
        pthread_cond_wait(&pool->added, &pool->lock);
    struct http_work *const work = pool->first;
    if (work != NULL) {
        pool->first = work->next;
        if (pool->first == NULL)
            pool->end = &pool->first;
        pool->waiting--;
        pool->placed--;
        pool->working++;
    }
    const bool is_last = pool->is_closing && pool->placed == 0;
    pthread_mutex_unlock(&pool->lock);
    if (is_last)
        pthread_cond_broadcast(&pool->added);
    return work;
}

static void *work_on(void *context) {
    struct http_pool *const pool = context;
    for (struct http_work *work; (work = take_work(pool)) != NULL;) {
        work->run(work); /* the work may be gone behind this */
        pthread_mutex_lock(&pool->lock);
        pool->working--;
        pthread_mutex_unlock(&pool->lock);
    }
    return NULL;
}

struct http_pool *http_pool_open(unsigned workers, unsigned queue_max) {
    struct http_pool *const pool = calloc(1, sizeof *pool);
    pthread_t *const thread = calloc(workers, sizeof *thread);
    if (pool == NULL || thread == NULL) {
        free(pool);
        free(thread);
        return NULL;
    }
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->added, NULL);
    pool->end = &pool->first;
    pool->queue_max = queue_max;
    pool->thread = thread;
    while (pool->workers < workers &&
           pthread_create(&thread[pool->workers], NULL, work_on, pool) == 0)
        pool->workers++;
    if (pool->workers == workers)
        return pool;
    http_pool_close(pool);
    return NULL;
}

bool http_pool_take(struct http_pool *pool) {
    pthread_mutex_lock(&pool->lock);
    const size_t idle = pool->workers - pool->working;
    const bool has_room = !pool->is_closing && pool->placed < pool->queue_max + idle;
    pool->placed += has_room;
    pthread_mutex_unlock(&pool->lock);
    return has_room;
}

void http_pool_give_back(struct http_pool *pool) {
    pthread_mutex_lock(&pool->lock);
    assert(pool->placed > pool->waiting);
    pool->placed--;
    pthread_mutex_unlock(&pool->lock);
    pthread_cond_broadcast(&pool->added); /* who ends waits for the last place */
}

void http_pool_add(struct http_pool *pool, struct http_work *work) {
    pthread_mutex_lock(&pool->lock);
    assert(pool->placed > pool->waiting);
    work->next = NULL;
    *pool->end = work;
    pool->end = &work->next;
    pool->waiting++;
    pthread_mutex_unlock(&pool->lock);
    pthread_cond_signal(&pool->added);
}

void http_pool_counts(struct http_pool *pool, size_t *waiting, size_t *working) {
    pthread_mutex_lock(&pool->lock);
    *waiting = pool->waiting;
    *working = pool->working;
    pthread_mutex_unlock(&pool->lock);
}

void http_pool_end(struct http_pool *pool) {
    if (pool == NULL)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->is_closing = true;
    pthread_mutex_unlock(&pool->lock);
    pthread_cond_broadcast(&pool->added);
    for (; pool->joined < pool->workers; pool->joined++)
        pthread_join(pool->thread[pool->joined], NULL);
}

void http_pool_close(struct http_pool *pool) {
    if (pool == NULL)
        return;
    http_pool_end(pool);
    pthread_cond_destroy(&pool->added);
    pthread_mutex_destroy(&pool->lock);
    free(pool->thread);
    free(pool);
}
