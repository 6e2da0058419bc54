/* The pool of threads: every index once, whatever the number of workers, and again and again. */
#include "base/parallel.h"
#include "unit/test.h"
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

enum { COUNT = 1000 };

struct tally {
    atomic_uint calls[COUNT];
    unsigned threads;
    atomic_bool bad_worker;
};

static void count_call(void *context, size_t index, unsigned worker) {
    struct tally *tally = context;
    atomic_fetch_add(&tally->calls[index], 1);
    if (worker >= tally->threads)
        tally->bad_worker = true;
}

static void check_pool(struct parallel *parallel, size_t count) {
    static struct tally tally;
    memset(&tally, 0, sizeof tally);
    tally.threads = parallel_threads(parallel);
    parallel_run(parallel, count, count_call, &tally);
    size_t once = 0;
    for (size_t i = 0; i < COUNT; i++)
        once += tally.calls[i] == (i < count ? 1 : 0);
    CHECK_INT(once, COUNT);
    CHECK(!tally.bad_worker);
}

TEST(parallel_every_index_once) {
    for (unsigned threads = 1; threads <= 5; threads++) {
        struct parallel *parallel = parallel_open(threads);
        CASE("%u threads", threads);
        CHECK(parallel_threads(parallel) <= threads);
        CHECK((parallel == NULL) == (threads == 1));
        for (size_t count = 0; count <= COUNT; count = count * 3 + 1)
            check_pool(parallel, count);
        parallel_close(parallel);
    }
}

TEST(parallel_without_a_pool) {
    CHECK_INT(parallel_threads(NULL), 1);
    check_pool(NULL, COUNT);
    parallel_close(NULL);
}

/* Many runs one after the other, with pauses in which the threads fall asleep: none is lost, none
 * hangs. */
TEST(parallel_runs_follow_each_other) {
    struct parallel *parallel = parallel_open(3);
    for (int run = 0; run < 3000; run++) {
        check_pool(parallel, (size_t)(run % 7));
        if (run % 500 == 0)
            usleep(2000);
    }
    parallel_close(parallel);
}

TEST(parallel_opens_and_closes_at_once) {
    for (int i = 0; i < 50; i++) {
        struct parallel *parallel = parallel_open(4);
        CHECK(parallel_threads(parallel) >= 1);
        parallel_close(parallel);
    }
}

struct sum {
    uint64_t by_index[COUNT];
};

static void square(void *context, size_t index, unsigned worker) {
    (void)worker;
    ((struct sum *)context)->by_index[index] = (uint64_t)index * index;
}

/* What the workers wrote without any lock is there when the run returns. */
TEST(parallel_writes_are_seen) {
    static struct sum sum;
    struct parallel *parallel = parallel_open(2);
    for (int run = 0; run < 200; run++) {
        memset(&sum, 0, sizeof sum);
        parallel_run(parallel, COUNT, square, &sum);
        uint64_t total = 0;
        for (size_t i = 0; i < COUNT; i++)
            total += sum.by_index[i];
        if (!CHECK_INT(total, 332833500))
            break;
    }
    parallel_close(parallel);
}
