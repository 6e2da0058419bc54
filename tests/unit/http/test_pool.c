/* The pool: everything that has a place is done, once; who finds none is told; ending waits. */
#include "http/http_pool.h"
#include "unit/test.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <time.h>

enum { WORKS = 500 };

static atomic_uint done_count;

struct job {
    struct http_work work;
    atomic_uint runs;
    pthread_mutex_t *gate; /* waits for it; NULL = does not */
};

static void run(struct http_work *work) {
    struct job *const job = (struct job *)work;
    if (job->gate != NULL) {
        pthread_mutex_lock(job->gate);
        pthread_mutex_unlock(job->gate);
    }
    atomic_fetch_add(&job->runs, 1);
    atomic_fetch_add(&done_count, 1);
}

TEST(pool_does_all) {
    static struct job jobs[WORKS];
    atomic_store(&done_count, 0);
    struct http_pool *const pool = http_pool_open(4, WORKS);
    if (!CHECK(pool != NULL))
        return;
    for (size_t i = 0; i < WORKS; i++) {
        jobs[i].work.run = run;
        if (CHECK(http_pool_take(pool)))
            http_pool_add(pool, &jobs[i].work);
    }
    http_pool_close(pool);
    CHECK_INT(atomic_load(&done_count), WORKS);
    for (size_t i = 0; i < WORKS; i++)
        CHECK_INT(atomic_load(&jobs[i].runs), 1);
}

static void wait_until(struct http_pool *pool, size_t want_waiting, size_t want_working) {
    size_t waiting, working;
    const struct timespec pause = {0, 1000000};
    http_pool_counts(pool, &waiting, &working);
    for (unsigned i = 0; i < 5000 && (waiting != want_waiting || working != want_working); i++) {
        nanosleep(&pause, NULL);
        http_pool_counts(pool, &waiting, &working);
    }
    CHECK_INT(waiting, want_waiting);
    CHECK_INT(working, want_working);
}

TEST(pool_is_full) {
    static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    static struct job jobs[5];
    struct http_pool *const pool = http_pool_open(2, 3);
    if (!CHECK(pool != NULL))
        return;
    pthread_mutex_lock(&gate);
    for (size_t i = 0; i < LENGTH(jobs); i++) { /* two run, three wait */
        jobs[i].work.run = run;
        jobs[i].gate = &gate;
        if (CHECK(http_pool_take(pool)))
            http_pool_add(pool, &jobs[i].work);
    }
    wait_until(pool, 3, 2);
    CHECK(!http_pool_take(pool));
    pthread_mutex_unlock(&gate);
    wait_until(pool, 0, 0);
    CASE("places that are taken count, and come back");
    for (unsigned i = 0; i < 5; i++)
        CHECK(http_pool_take(pool));
    CHECK(!http_pool_take(pool));
    for (unsigned i = 0; i < 5; i++)
        http_pool_give_back(pool);
    http_pool_end(pool);
    CASE("none when it has ended");
    CHECK(!http_pool_take(pool));
    http_pool_close(pool);
}

struct late {
    struct http_pool *pool;
    struct job job;
};

static void *add_late(void *context) {
    struct late *const late = context;
    const struct timespec pause = {0, 50 * 1000000};
    nanosleep(&pause, NULL);
    http_pool_add(late->pool, &late->job.work);
    return NULL;
}

/* Who has a place may add while the pool ends, and is done. */
TEST(pool_ends_with_places) {
    static struct late late;
    late.pool = http_pool_open(2, 3);
    late.job.work.run = run;
    pthread_t thread;
    if (!CHECK(late.pool != NULL && http_pool_take(late.pool)) ||
        !CHECK(pthread_create(&thread, NULL, add_late, &late) == 0))
        return;
    http_pool_end(late.pool);
    CHECK_INT(atomic_load(&late.job.runs), 1);
    pthread_join(thread, NULL);
    http_pool_close(late.pool);
}
