/* The only file that asks for this clock. */
#include "base/steady.h"
#include <errno.h>
#include <time.h>

enum { NS_OF_US = 1000, NS_OF_MS = 1000000, NS_OF_S = 1000000000 };

int64_t steady_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * NS_OF_S + now.tv_nsec;
}

int64_t steady_us(void) {
    return steady_ns() / NS_OF_US;
}

int64_t steady_ms(void) {
    return steady_ns() / NS_OF_MS;
}

void steady_condition(pthread_cond_t *condition) {
    pthread_condattr_t clock;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_cond_init(condition, &clock);
    pthread_condattr_destroy(&clock);
}

bool steady_wait_until(pthread_cond_t *condition, pthread_mutex_t *lock, int64_t until_ns) {
    const struct timespec until = {(time_t)(until_ns / NS_OF_S), (long)(until_ns % NS_OF_S)};
    return pthread_cond_timedwait(condition, lock, &until) != ETIMEDOUT;
}

bool steady_wait_ms(pthread_cond_t *condition, pthread_mutex_t *lock, int64_t ms) {
    return steady_wait_until(condition, lock, steady_ns() + ms * NS_OF_MS);
}
