/* Turns at something costly: so many at a time, some more wait, and whoever comes then is turned away at once. */
#ifndef BASE_TURNS_H
#define BASE_TURNS_H

#include "base/macros.h"
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct turns {
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t opens;
    unsigned most, waiting_most; /* at a time; that may wait */
    unsigned working, waiting;
    unsigned yielding; /* gave their turn to those who wait, and want it back */
    uint64_t served;   /* so many have waited and got one */
};

void turns_open(struct turns *turns, unsigned most, unsigned waiting_most);
/* Nobody works or waits any more. */
void turns_close(struct turns *turns);

/* Waits for a turn. False: too many wait already, and there is none to give back. */
MUST_USE bool turns_take(struct turns *turns);
void turns_give(struct turns *turns);

/* For work that goes on for long: waits however many do; and, having a turn, lets one of those who wait go before it, where any does. */
void turns_wait(struct turns *turns);
void turns_yield(struct turns *turns);

#endif
