/* Turns: no more at a time than may be, all who wait get theirs, and whoever is one too many is turned away. */
#include "base/turns.h"
#include "unit/test.h"
#include <stdatomic.h>
#include <time.h>

enum { THREADS = 16, MOST = 3 };

struct crowd {
    struct turns turns;
    atomic_uint now, most, done, away;
};

static void pause_ms(unsigned ms) {
    nanosleep(&(struct timespec){.tv_nsec = (long)ms * 1000000}, NULL);
}

static void *come(void *context) {
    struct crowd *crowd = context;
    if (!turns_take(&crowd->turns)) {
        atomic_fetch_add(&crowd->away, 1);
        return NULL;
    }
    const unsigned now = atomic_fetch_add(&crowd->now, 1) + 1;
    unsigned most = atomic_load(&crowd->most);
    while (now > most && !atomic_compare_exchange_weak(&crowd->most, &most, now))
        ;
    pause_ms(5);
    atomic_fetch_sub(&crowd->now, 1);
    atomic_fetch_add(&crowd->done, 1);
    turns_give(&crowd->turns);
    return NULL;
}

static void run(struct crowd *crowd, unsigned waiting_most) {
    pthread_t thread[THREADS];
    turns_open(&crowd->turns, MOST, waiting_most);
    for (unsigned i = 0; i < THREADS; i++)
        pthread_create(&thread[i], NULL, come, crowd);
    for (unsigned i = 0; i < THREADS; i++)
        pthread_join(thread[i], NULL);
    turns_close(&crowd->turns);
}

TEST(turns_all_get_theirs) {
    struct crowd crowd = {0};
    run(&crowd, THREADS);
    CHECK(crowd.done == THREADS && crowd.away == 0);
    CHECK(crowd.most >= 1 && crowd.most <= MOST);
}

TEST(turns_one_too_many) {
    struct turns turns;
    turns_open(&turns, 1, 0);
    CHECK(turns_take(&turns));
    CHECK(!turns_take(&turns));
    turns_give(&turns);
    CHECK(turns_take(&turns));
    turns_give(&turns);
    turns_close(&turns);
}

/* One that goes on for long, and lets those who wait go before it. */
static void *go_on(void *context) {
    struct crowd *crowd = context;
    turns_wait(&crowd->turns);
    while (atomic_load(&crowd->done) + atomic_load(&crowd->away) < THREADS) {
        atomic_fetch_add(&crowd->now, 1);
        pause_ms(1);
        atomic_fetch_sub(&crowd->now, 1);
        turns_yield(&crowd->turns);
    }
    turns_give(&crowd->turns);
    return NULL;
}

/* Where there is one turn only, nobody gets one but from whoever yields: that the threads end is the proof. */
TEST(turns_yielded_go_to_those_who_wait) {
    for (unsigned most = 1; most <= 2; most++)
        for (unsigned long_ones = 1; long_ones <= 2; long_ones++) {
            struct crowd crowd = {0};
            pthread_t thread[THREADS], own[2];
            turns_open(&crowd.turns, most, THREADS + long_ones); // those wait too
            for (unsigned i = 0; i < long_ones; i++)
                pthread_create(&own[i], NULL, go_on, &crowd);
            for (unsigned i = 0; i < THREADS; i++)
                pthread_create(&thread[i], NULL, come, &crowd);
            for (unsigned i = 0; i < THREADS; i++)
                pthread_join(thread[i], NULL);
            for (unsigned i = 0; i < long_ones; i++)
                pthread_join(own[i], NULL);
            CHECK(crowd.done == THREADS && crowd.away == 0);
            CHECK(crowd.most <= most);
            turns_close(&crowd.turns);
        }
}

/* With nobody waiting the turn is kept. */
TEST(turns_yielded_to_nobody_are_kept) {
    struct turns turns;
    turns_open(&turns, 1, 0);
    turns_wait(&turns);
    turns_yield(&turns);
    CHECK(!turns_take(&turns));
    turns_give(&turns);
    turns_close(&turns);
}
