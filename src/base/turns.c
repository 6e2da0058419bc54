/* A counter under a lock; who waits is woken by whoever gives a turn back. */
#include "base/turns.h"
#include <assert.h>
#include <limits.h>

void turns_open(struct turns *turns, unsigned most, unsigned waiting_most) {
    assert(most > 0);
    *turns = (struct turns){.most = most, .waiting_most = waiting_most};
    pthread_mutex_init(&turns->lock, NULL);
    pthread_cond_init(&turns->opens, NULL);
}

void turns_close(struct turns *turns) {
    assert(turns->working == 0 && turns->waiting == 0);
    pthread_cond_destroy(&turns->opens);
    pthread_mutex_destroy(&turns->lock);
}

/* With the lock held: waits for a turn and takes it. */
static void wait_for_one(struct turns *turns) {
    turns->waiting++;
    while (turns->working >= turns->most)
        pthread_cond_wait(&turns->opens, &turns->lock);
    turns->waiting--;
    turns->served++;
    if (turns->yielding > 0)
        pthread_cond_broadcast(&turns->opens);
}

static bool take(struct turns *turns, unsigned waiting_most) {
    pthread_mutex_lock(&turns->lock);
    const bool is_full = turns->working >= turns->most;
    const bool may = !is_full || turns->waiting < waiting_most;
    if (may && is_full)
        wait_for_one(turns);
    turns->working += may;
    pthread_mutex_unlock(&turns->lock);
    return may;
}

bool turns_take(struct turns *turns) {
    return take(turns, turns->waiting_most);
}

void turns_wait(struct turns *turns) {
    const bool has_one = take(turns, UINT_MAX);
    assert(has_one);
}

/* With the lock held. A signal wakes one, who may be somebody that yields to the others. */
static void give(struct turns *turns) {
    assert(turns->working > 0);
    turns->working--;
    if (turns->yielding > 0)
        pthread_cond_broadcast(&turns->opens);
    else
        pthread_cond_signal(&turns->opens);
}

void turns_give(struct turns *turns) {
    pthread_mutex_lock(&turns->lock);
    give(turns);
    pthread_mutex_unlock(&turns->lock);
}

void turns_yield(struct turns *turns) {
    pthread_mutex_lock(&turns->lock);
    if (turns->waiting > 0) {
        const uint64_t served = turns->served;
        turns->yielding++;
        give(turns);
        while (turns->working >= turns->most || (turns->waiting > 0 && turns->served == served))
            pthread_cond_wait(&turns->opens, &turns->lock);
        turns->yielding--;
        turns->working++;
    }
    pthread_mutex_unlock(&turns->lock);
}
