/* Live results: the thread that keeps them, and what others ask of it.
 *
 * The thread sleeps until it is told of new entries, somebody wishes for a period, or it is time to look. It reads one state of the ledger, scores what that touches
 * (live_run.c), and shows all outcomes at once. What is given up is released outside of the lock, as that may be much memory. */
#include "base/steady.h"
#include "flow/live_parts.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* After a failure of the store it is tried again so much later. */
enum { RETRY_MS = 250 };

/* Subjects and slots */

struct subject *live_find(const struct live *live, const char *id) {
    struct subject *subject = live->subject;
    while (subject != NULL && strcmp(subject->id, id) != 0)
        subject = subject->next;
    return subject;
}

struct subject *live_subject(struct live *live, const char *id) {
    struct subject *subject = live_find(live, id);
    if (subject != NULL)
        return subject;
    subject = arena_alloc(live->arena, 1, sizeof *subject);
    subject->id = arena_text(live->arena, id, strlen(id));
    subject->touched_day = INT32_MAX;
    subject->next = live->subject;
    pthread_mutex_lock(&live->lock);
    live->subject = subject;
    pthread_mutex_unlock(&live->lock);
    return subject;
}

struct slot *live_find_slot(const struct subject *subject, struct baton_period period) {
    struct slot *slot = subject->slot;
    while (slot != NULL && !baton_period_equal(slot->period, period))
        slot = slot->next;
    return slot;
}

struct slot *live_slot(struct live *live, struct subject *subject, struct baton_period period) {
    struct slot *slot = live_find_slot(subject, period);
    if (slot != NULL)
        return slot;
    slot = arena_alloc(live->arena, 1, sizeof *slot);
    slot->period = period;
    slot->is_old = true;
    slot->next = subject->slot;
    pthread_mutex_lock(&live->lock);
    subject->slot = slot;
    pthread_mutex_unlock(&live->lock);
    return slot;
}

/* The thread */

/* Gives up a slot's hold; what nobody else holds comes among those to be closed. */
static void give_up(struct outcome **list, struct outcome *outcome) {
    if (outcome == NULL || atomic_fetch_sub(&outcome->holders, 1) > 1)
        return;
    outcome->next = *list;
    *list = outcome;
}

static void show_slot(struct slot *slot, struct outcome **given_up) {
    give_up(given_up, slot->bad);
    slot->bad = NULL;
    if (slot->fresh->session != NULL) {
        give_up(given_up, slot->good);
        slot->good = slot->fresh;
    } else {
        slot->bad = slot->fresh;
    }
    slot->fresh = NULL;
    slot->is_old = false;
}

/* With the lock held. */
static void show(struct live *live, struct outcome **given_up) {
    for (struct subject *subject = live->subject; subject != NULL; subject = subject->next)
        for (struct slot *slot = subject->slot; slot != NULL; slot = slot->next)
            if (slot->fresh != NULL)
                show_slot(slot, given_up);
    live->shown = live->size;
}

static void answer_wishes(struct wish *wish, baton_code code) {
    for (struct wish *next; wish != NULL; wish = next) {
        next = wish->next; /* its memory may be gone as soon as it is done */
        wish->code = code;
        wish->is_done = true;
    }
}

struct running {
    struct live *live;
    const struct wish *wish;
};

static baton_code run_in_work(void *context) {
    struct running *running = context;
    return live_run(running->live, running->wish);
}

static baton_code run_in_reader(void *context) {
    struct live *live = ((struct running *)context)->live;
    TRY(reader_begin(live->reader));
    return arena_run(live->work, run_in_work, context);
}

static baton_code run_in_live(void *context) {
    return arena_run(((struct running *)context)->live->reader_arena, run_in_reader, context);
}

static baton_code open_reader(void *context) {
    struct live *live = context;
    struct baton_findings found = {.arena = live->reader_arena};
    return reader_open(live->reader_arena, &live->place, &live->reader, &found);
}

static baton_code open_again(struct live *live) {
    if (live->reader != NULL)
        return BATON_OK;
    arena_close(live->reader_arena);
    live->reader_arena = arena_open();
    return arena_run(live->reader_arena, open_reader, live);
}

static baton_code run(struct live *live, const struct wish *wish) {
    struct running running = {live, wish};
    TRY(open_again(live));
    const struct arena_mark mark = arena_mark(live->work);
    /* Each of the arenas that are used on the way may be out of memory. */
    const baton_code code = arena_run(live->arena, run_in_live, &running);
    arena_reset_to(live->work, mark);
    reader_end(live->reader);
    if (code != BATON_OK) {
        reader_close(live->reader);
        live->reader = NULL;
    }
    return code;
}

/* One run, without the lock, which is held before and after. */
static void run_once(struct live *live) {
    struct outcome *given_up = NULL;
    struct wish *wish = live->wish;
    live->wish = NULL;
    pthread_mutex_unlock(&live->lock);
    const uint64_t begun_us = (uint64_t)steady_us();
    const baton_code code = run(live, wish);
    const uint64_t ended_us = (uint64_t)steady_us();
    pthread_mutex_lock(&live->lock);
    live->runs++;
    live->failures += code != BATON_OK;
    live->run_us += ended_us - begun_us;
    live->trouble = code;
    if (code == BATON_OK)
        show(live, &given_up);
    answer_wishes(wish, code);
    pthread_cond_broadcast(&live->done);
    pthread_mutex_unlock(&live->lock);
    for (struct outcome *next; given_up != NULL; given_up = next) {
        next = given_up->next;
        arena_close(given_up->arena);
    }
    pthread_mutex_lock(&live->lock);
}

static bool has_work(const struct live *live) {
    return live->wish != NULL || (live->told > live->shown && live->trouble == BATON_OK);
}

static void *keep_current(void *context) {
    struct live *live = context;
    pthread_mutex_lock(&live->lock);
    while (!live->is_closing) {
        const uint32_t wait_ms = live->trouble != BATON_OK ? RETRY_MS : live->options.poll_ms;
        const int64_t until_ns = steady_ns() + (int64_t)wait_ms * 1000000;
        bool waits = true;
        while (!live->is_closing && !has_work(live) && waits)
            waits = wait_ms > 0 ? steady_wait_until(&live->wake, &live->lock, until_ns)
                                : pthread_cond_wait(&live->wake, &live->lock) == 0;
        if (!live->is_closing)
            run_once(live);
    }
    pthread_mutex_unlock(&live->lock);
    return NULL;
}

/* Opening and closing */

static void release_all(struct live *live) {
    for (struct subject *subject = live->subject; subject != NULL; subject = subject->next) {
        for (struct slot *slot = subject->slot; slot != NULL; slot = slot->next) {
            outcome_release(slot->fresh);
            outcome_release(slot->good);
            outcome_release(slot->bad);
        }
        live_forget(subject);
    }
}

void live_close(struct live *live) {
    if (live == NULL || live->arena == NULL)
        return;
    pthread_mutex_lock(&live->lock);
    live->is_closing = true;
    pthread_cond_broadcast(&live->wake);
    pthread_mutex_unlock(&live->lock);
    if (live->has_thread)
        pthread_join(live->thread, NULL);
    assert(live->wish == NULL);
    release_all(live);
    reader_close(live->reader);
    arena_close(live->reader_arena);
    arena_close(live->work);
    arena_close(live->arena);
    live->arena = NULL;
    pthread_cond_destroy(&live->wake);
    pthread_cond_destroy(&live->done);
    pthread_mutex_destroy(&live->lock);
}

static void close_live(void *context) {
    live_close(context);
}

static void init_locks(struct live *live) {
    pthread_mutex_init(&live->lock, NULL);
    steady_condition(&live->wake);
    steady_condition(&live->done);
}

struct opening {
    struct live *live;
    const struct ledger_place *place;
    struct baton_findings *found;
};

static baton_code open_first(void *context) {
    const struct opening *opening = context;
    struct live *live = opening->live;
    struct baton_arena *arena = live->arena;
    const struct ledger_place *place = opening->place;
    live->place = (struct ledger_place){
        .address = arena_text(arena, place->address, strlen(place->address)),
        .ledger =
            place->ledger != NULL ? arena_text(arena, place->ledger, strlen(place->ledger)) : NULL};
    return BATON_OK;
}

static baton_code open_first_reader(void *context) {
    const struct opening *opening = context;
    struct live *live = opening->live;
    return reader_open(live->reader_arena, &live->place, &live->reader, opening->found);
}

baton_code live_open(struct baton_arena *arena, const struct ledger_place *place,
                     const struct live_options *options, struct live **out,
                     struct baton_findings *found) {
    struct live *live = arena_alloc(arena, 1, sizeof *live);
    struct opening opening = {live, place, found};
    live->options = *options;
    live->arena = arena_open();
    live->work = arena_open();
    live->reader_arena = arena_open();
    init_locks(live);
    arena_on_close(arena, close_live, live);
    TRY(arena_run(live->arena, open_first, &opening));
    TRY(arena_run(live->reader_arena, open_first_reader, &opening));
    if (live->work == NULL)
        return BATON_NO_MEMORY;
    live->has_thread = pthread_create(&live->thread, NULL, keep_current, live) == 0;
    if (!live->has_thread)
        return BATON_NO_MEMORY;
    *out = live;
    return BATON_OK;
}

/* What others ask */

void live_heard(void *context, const struct entry *entry, size_t count, uint64_t size) {
    struct live *live = context;
    (void)entry; /* the thread reads them itself: who appends is not to wait for that */
    (void)count;
    pthread_mutex_lock(&live->lock);
    live->told = size > live->told ? size : live->told; /* some tell of what they saw a while ago */
    pthread_cond_signal(&live->wake);
    pthread_mutex_unlock(&live->lock);
}

baton_code live_watch(struct live *live, const char *assessment, struct baton_period period) {
    struct wish wish = {.assessment = assessment, .period = period};
    pthread_mutex_lock(&live->lock);
    struct wish **end = &live->wish;
    while (*end != NULL)
        end = &(*end)->next;
    *end = &wish;
    pthread_cond_signal(&live->wake);
    while (!wish.is_done)
        pthread_cond_wait(&live->done, &live->lock);
    pthread_mutex_unlock(&live->lock);
    return wish.code;
}

bool live_wait(struct live *live, uint64_t size, uint32_t timeout_ms) {
    const int64_t until_ns = steady_ns() + (int64_t)timeout_ms * 1000000;
    pthread_mutex_lock(&live->lock);
    while (live->shown < size && steady_wait_until(&live->done, &live->lock, until_ns))
        ;
    const bool is_there = live->shown >= size;
    pthread_mutex_unlock(&live->lock);
    return is_there;
}

static struct outcome *held(struct outcome *outcome) {
    if (outcome != NULL)
        atomic_fetch_add(&outcome->holders, 1);
    return outcome;
}

/* With the lock held. */
static void fill_in(const struct live *live, const struct slot *slot, struct live_result *out) {
    const struct outcome *good = slot->good, *bad = slot->bad;
    out->held[0] = held(slot->good);
    out->held[1] = held(slot->bad);
    out->size = live->shown;
    out->engine = BATON_VERSION;
    if (good != NULL) {
        out->scored_at = good->size;
        out->scheme = good->scheme;
        out->session = good->session;
    }
    out->code = bad != NULL ? bad->code : live->trouble;
    out->why = bad != NULL ? &bad->found : NULL;
}

bool live_result(struct live *live, const char *assessment, struct baton_period period,
                 struct live_result *out) {
    *out = (struct live_result){0};
    pthread_mutex_lock(&live->lock);
    const struct subject *subject = live_find(live, assessment);
    const struct slot *slot = subject != NULL ? live_find_slot(subject, period) : NULL;
    if (slot != NULL)
        fill_in(live, slot, out);
    pthread_mutex_unlock(&live->lock);
    return slot != NULL;
}

void live_release(struct live_result *result) {
    outcome_release(result->held[0]);
    outcome_release(result->held[1]);
    *result = (struct live_result){0};
}

static void release(void *result) {
    live_release(result);
}

void live_release_with(struct baton_arena *arena, struct live_result *result) {
    arena_on_close(arena, release, result);
}

struct live_counts live_counts(struct live *live) {
    pthread_mutex_lock(&live->lock);
    const struct live_counts counts = {.runs = live->runs,
                                       .failures = live->failures,
                                       .run_us = live->run_us,
                                       .size = live->shown,
                                       .is_in_trouble = live->trouble != BATON_OK};
    pthread_mutex_unlock(&live->lock);
    return counts;
}

static int by_time(const void *left, const void *right) {
    return baton_period_compare(*(const struct baton_period *)left,
                                *(const struct baton_period *)right);
}

size_t live_periods(struct live *live, const char *assessment, size_t room,
                    struct baton_period *out) {
    size_t count = 0;
    pthread_mutex_lock(&live->lock);
    const struct subject *subject = live_find(live, assessment);
    for (const struct slot *slot = subject != NULL ? subject->slot : NULL; slot != NULL;
         slot = slot->next) {
        if (slot->period.kind == BATON_PERIOD_NONE)
            continue;
        if (count < room)
            out[count] = slot->period;
        count++;
    }
    pthread_mutex_unlock(&live->lock);
    if (count <= room && count > 1)
        qsort(out, count, sizeof *out, by_time);
    return count;
}
