/* A counter under a lock; who waits is woken by whoever gives a turn back. */
#include "base/turns.h"
#include <assert.h>

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

bool turns_take(struct turns *turns) {
    pthread_mutex_lock(&turns->lock);
    const bool is_full = turns->working >= turns->most;
    const bool may = !is_full || turns->waiting < turns->waiting_most;
    if (may && is_full) {
        turns->waiting++;
        while (turns->working >= turns->most)
            pthread_cond_wait(&turns->opens, &turns->lock);
        turns->waiting--;
    }
    turns->working += may;
    pthread_mutex_unlock(&turns->lock);
    return may;
}

void turns_give(struct turns *turns) {
    pthread_mutex_lock(&turns->lock);
    assert(turns->working > 0);
    turns->working--;
    pthread_cond_signal(&turns->opens);
    pthread_mutex_unlock(&turns->lock);
}
