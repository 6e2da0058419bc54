/* Time that only goes on, for measuring and for waiting: the system's monotonic clock. It is no time of a ledger or of a result, which is passed in. */
#ifndef BASE_STEADY_H
#define BASE_STEADY_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* Since some moment in the past; never less than before. */
int64_t steady_ns(void);
int64_t steady_us(void);
int64_t steady_ms(void);

/* A condition that is waited for by this clock; ended by pthread_cond_destroy. */
void steady_condition(pthread_cond_t *condition);
/* With the lock held: waits until it is signalled, or until that time, or for no reason; false when the time is over. */
bool steady_wait_until(pthread_cond_t *condition, pthread_mutex_t *lock, int64_t until_ns);
/* The same for so long from now. */
bool steady_wait_ms(pthread_cond_t *condition, pthread_mutex_t *lock, int64_t ms);

#endif
