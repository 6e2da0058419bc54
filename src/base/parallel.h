/* A few threads that share a loop: work(context, index, worker) once for every index below a count.
 *
 * Which worker takes which index is not determined, so work for an index may depend on the index
 * only; what is collected by worker must be put together in a way that does not depend on who did
 * what. */
#ifndef BASE_PARALLEL_H
#define BASE_PARALLEL_H

#include <stddef.h>

struct parallel;

enum { PARALLEL_THREADS_MAX = 256 };

/* Threads for `threads` workers in all, the caller being one; 0 = one for each processor that this
 * process may use. NULL where one worker is all there is (asked for, a single processor, or the
 * system gives no thread): a NULL pool is as good as any other and runs everything on the
 * caller. */
struct parallel *parallel_open(unsigned threads);

/* Ends the threads. NULL is fine. Fits arena_on_close. */
void parallel_close(void *parallel);

/* How many workers there are: 1 for NULL. `worker` below is less than that. */
unsigned parallel_threads(const struct parallel *parallel);

/* Calls work(context, index, worker) for every index < count and returns when all have returned;
 * what they wrote can be read then. The indices are handed out in ascending order. Worker 0 is the
 * caller. One run at a time; `work` may not call parallel_run on the same pool, nor leave by
 * longjmp (a worker that allocates does so inside an arena_run on an arena of its own). An idle
 * thread spins for some microseconds before it sleeps, so that runs one after the other cost about
 * a microsecond each. */
void parallel_run(struct parallel *parallel, size_t count,
                  void (*work)(void *context, size_t index, unsigned worker), void *context);

#endif
