/* A pool of threads around one word, `state`, which says everything about the run at hand:
 *
 *   bits 63..32  number of the run, so that an old state is never taken for a new one
 *   bit  31      OPEN: threads may join
 *   bit  30      WAITING: the caller sleeps until the last that joined is done
 *   bits 29..0   how many have joined and are not done
 *
 * A thread joins by adding 1 to a state that is open; the caller, when the indices have run out,
 * closes it and waits for those that have joined. So a thread that was slow to wake up costs
 * nothing: it finds the run closed. The next run is published only when nobody is inside the last
 * one. */
#include "base/parallel.h"
#include "base/macros.h"
#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#define OPEN ((uint64_t)1 << 31)
#define WAITING ((uint64_t)1 << 30)
#define JOINED (WAITING - 1)
#define RUN_ONE ((uint64_t)1 << 32)

enum { SPINS = 400 }; /* of some 20 to 40 ns each */

struct parallel {
    alignas(64) _Atomic uint64_t state;
    alignas(64) _Atomic size_t next; /* the first index not handed out */
    alignas(64) size_t count;        /* of the run; written only while nobody is inside */
    void (*work)(void *context, size_t index, unsigned worker);
    void *context;
    atomic_bool ending;
    atomic_uint sleepers; /* threads that wait for `wake` */
    pthread_mutex_t lock;
    pthread_cond_t wake; /* a run was published, or the end */
    pthread_cond_t done; /* the last that joined is done */
    unsigned threads;    /* with the caller */
    struct thread {
        struct parallel *parallel;
        pthread_t id;
        unsigned worker;
    } thread[];
};

static void pause_shortly(void) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ __volatile__("yield");
#endif
}

static void take_indices(struct parallel *parallel, unsigned worker) {
    const size_t count = parallel->count;
    for (;;) {
        const size_t index = atomic_fetch_add_explicit(&parallel->next, 1, memory_order_relaxed);
        if (index >= count)
            return;
        parallel->work(parallel->context, index, worker);
    }
}

/* Waits until there is a run after the one of `seen` to join, or the end. */
static uint64_t wait_for_run(struct parallel *parallel, uint64_t seen) {
    for (int spin = 0; spin < SPINS; spin++) {
        const uint64_t state = atomic_load_explicit(&parallel->state, memory_order_acquire);
        if ((state & OPEN) != 0 && (state >> 32) != (seen >> 32))
            return state;
        pause_shortly();
    }
    pthread_mutex_lock(&parallel->lock);
    /* Raised before the state is read; the caller does it the other way around. */
    atomic_fetch_add(&parallel->sleepers, 1);
    uint64_t state;
    for (;;) {
        state = atomic_load(&parallel->state);
        if (((state & OPEN) != 0 && (state >> 32) != (seen >> 32)) ||
            atomic_load(&parallel->ending))
            break;
        pthread_cond_wait(&parallel->wake, &parallel->lock);
    }
    atomic_fetch_sub(&parallel->sleepers, 1);
    pthread_mutex_unlock(&parallel->lock);
    return state;
}

static void *thread_main(void *argument) {
    const struct thread *thread = argument;
    struct parallel *parallel = thread->parallel;
    uint64_t seen = 0;
    for (;;) {
        uint64_t state = wait_for_run(parallel, seen);
        if (atomic_load(&parallel->ending))
            return NULL;
        if (!atomic_compare_exchange_strong(&parallel->state, &state, state + 1))
            continue; /* somebody else joined, or it was closed: look again */
        seen = state;
        take_indices(parallel, thread->worker);
        const uint64_t after = atomic_fetch_sub(&parallel->state, 1) - 1;
        if ((after & WAITING) != 0 && (after & JOINED) == 0) {
            pthread_mutex_lock(&parallel->lock);
            pthread_cond_signal(&parallel->done);
            pthread_mutex_unlock(&parallel->lock);
        }
    }
}

static unsigned processors(void) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 1;
    const int count = CPU_COUNT(&set);
    return count > 0 ? (unsigned)count : 1;
}

struct parallel *parallel_open(unsigned threads) {
    if (threads == 0)
        threads = processors();
    if (threads > PARALLEL_THREADS_MAX)
        threads = PARALLEL_THREADS_MAX;
    if (threads < 2)
        return NULL;
    const size_t size = sizeof(struct parallel) + (threads - 1) * sizeof(struct thread);
    struct parallel *parallel = aligned_alloc(64, (size + 63) & ~(size_t)63);
    if (parallel == NULL)
        return NULL;
    *parallel = (struct parallel){.threads = 1};
    pthread_mutex_init(&parallel->lock, NULL); /* these cannot fail with the default attributes */
    pthread_cond_init(&parallel->wake, NULL);
    pthread_cond_init(&parallel->done, NULL);
    for (unsigned i = 0; i < threads - 1; i++) {
        struct thread *thread = &parallel->thread[i];
        *thread = (struct thread){.parallel = parallel, .worker = i + 1};
        if (pthread_create(&thread->id, NULL, thread_main, thread) != 0)
            break; /* fewer do the same work */
        parallel->threads++;
    }
    if (parallel->threads == 1) {
        parallel_close(parallel);
        return NULL;
    }
    return parallel;
}

static void wake_sleepers(struct parallel *parallel) {
    if (atomic_load(&parallel->sleepers) == 0)
        return;
    pthread_mutex_lock(&parallel->lock);
    pthread_cond_broadcast(&parallel->wake);
    pthread_mutex_unlock(&parallel->lock);
}

void parallel_close(void *context) {
    struct parallel *parallel = context;
    if (parallel == NULL)
        return;
    atomic_store(&parallel->ending, true);
    wake_sleepers(parallel);
    for (unsigned i = 0; i + 1 < parallel->threads; i++)
        pthread_join(parallel->thread[i].id, NULL);
    pthread_cond_destroy(&parallel->done);
    pthread_cond_destroy(&parallel->wake);
    pthread_mutex_destroy(&parallel->lock);
    free(parallel);
}

unsigned parallel_threads(const struct parallel *parallel) {
    return parallel == NULL ? 1 : parallel->threads;
}

/* Waits until everybody who joined the closed run is done. */
static void wait_for_done(struct parallel *parallel) {
    for (int spin = 0; spin < SPINS; spin++) {
        if ((atomic_load_explicit(&parallel->state, memory_order_acquire) & JOINED) == 0)
            return;
        pause_shortly();
    }
    pthread_mutex_lock(&parallel->lock);
    uint64_t state = atomic_fetch_or(&parallel->state, WAITING);
    while ((state & JOINED) != 0) {
        pthread_cond_wait(&parallel->done, &parallel->lock);
        state = atomic_load(&parallel->state);
    }
    pthread_mutex_unlock(&parallel->lock);
}

void parallel_run(struct parallel *parallel, size_t count,
                  void (*work)(void *context, size_t index, unsigned worker), void *context) {
    if (parallel == NULL || count < 2) {
        for (size_t index = 0; index < count; index++)
            work(context, index, 0);
        return;
    }
    const uint64_t before = atomic_load_explicit(&parallel->state, memory_order_relaxed);
    assert((before & (OPEN | JOINED)) == 0); /* one run at a time */
    parallel->count = count;
    parallel->work = work;
    parallel->context = context;
    atomic_store_explicit(&parallel->next, 0, memory_order_relaxed);
    const uint64_t run = (before & ~(RUN_ONE - 1)) + RUN_ONE;
    atomic_store(&parallel->state, run | OPEN);
    wake_sleepers(parallel);
    take_indices(parallel, 0);
    atomic_fetch_and(&parallel->state, ~OPEN);
    wait_for_done(parallel);
}
