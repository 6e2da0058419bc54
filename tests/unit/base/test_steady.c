/* Waiting by the clock that only goes on: no less than was asked for, and ended by a signal. */
#include "base/steady.h"
#include "unit/test.h"
#include <stddef.h>

struct waiting {
    pthread_mutex_t lock;
    pthread_cond_t condition;
    bool is_told;
};

TEST(time_only_goes_on) {
    int64_t before = steady_ns();
    for (int i = 0; i < 1000; i++) {
        const int64_t now = steady_ns();
        CHECK(now >= before);
        before = now;
    }
    CHECK(steady_us() >= before / 1000 && steady_ms() >= before / 1000000);
}

TEST(whoever_is_not_told_waits_as_long_as_asked) {
    struct waiting waiting = {.lock = PTHREAD_MUTEX_INITIALIZER};
    steady_condition(&waiting.condition);
    pthread_mutex_lock(&waiting.lock);
    const int64_t until_ns = steady_ns() + 20 * INT64_C(1000000);
    while (steady_wait_until(&waiting.condition, &waiting.lock, until_ns))
        ;
    CHECK(steady_ns() >= until_ns);
    CHECK(!steady_wait_until(&waiting.condition, &waiting.lock, until_ns)); // is over already
    pthread_mutex_unlock(&waiting.lock);
    pthread_cond_destroy(&waiting.condition);
}

static void *tell(void *context) {
    struct waiting *waiting = context;
    pthread_mutex_lock(&waiting->lock);
    waiting->is_told = true;
    pthread_cond_signal(&waiting->condition);
    pthread_mutex_unlock(&waiting->lock);
    return NULL;
}

TEST(whoever_is_told_waits_no_longer) {
    struct waiting waiting = {.lock = PTHREAD_MUTEX_INITIALIZER};
    pthread_t thread;
    steady_condition(&waiting.condition);
    pthread_mutex_lock(&waiting.lock);
    if (CHECK(pthread_create(&thread, NULL, tell, &waiting) == 0)) {
        bool waits = true;
        while (!waiting.is_told && waits)
            waits = steady_wait_ms(&waiting.condition, &waiting.lock, 600000);
        CHECK(waiting.is_told && waits);
        pthread_mutex_unlock(&waiting.lock);
        pthread_join(thread, NULL);
    }
    pthread_cond_destroy(&waiting.condition);
}
