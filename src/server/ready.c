/* The journal's size is compared with what was told: what stood there a second ago and was not told of by now is another process's (or of a batch whose end was not known). */
#include "server/ready.h"
#include "base/steady.h"
#include "ledger/inspect.h"
#include "server/api.h"
#include "server/log.h"
#include "server/metrics.h"
#include <inttypes.h>
#include <stdatomic.h>

enum { RESULTS_LATE_MS = 15000 };

struct ready {
    _Atomic int state;
    atomic_bool stops;
    _Atomic uint64_t heard;
    void (*again)(void *context);
    void *context;
    /* of the thread that looks */
    uint64_t size; /* when it looked last */
    uint64_t live_size;
    int64_t moved_ms; /* monotonic: when the results moved on last, or had no need to */
    bool has_asked;
};

struct ready *ready_open(struct baton_arena *arena, void (*again)(void *context), void *context) {
    struct ready *ready = arena_alloc(arena, 1, sizeof *ready);
    ready->again = again;
    ready->context = context;
    return ready;
}

enum ready_state ready_now(const struct ready *ready) {
    return atomic_load(&ready->stops) ? READY_STOPPING
                                      : (enum ready_state)atomic_load(&ready->state);
}

const char *ready_words(enum ready_state state, bool in_chinese) {
    static const char *const words[READY_STATES][2] = {
        [READY] = {"ready", "就绪"},
        [READY_STOPPING] = {"it is ending", "正在结束"},
        [READY_LEASE] = {"another process appends to the ledger", "另一进程正在写入账本"},
        [READY_STORE] = {"the store fails", "存储发生故障"},
        [READY_RESULTS] = {"the results do not keep up with the facts", "结果未能随事实更新"},
    };
    return words[state][in_chinese];
}

void ready_heard(struct ready *ready, uint64_t size) {
    uint64_t known = atomic_load(&ready->heard);
    while (known < size && !atomic_compare_exchange_weak(&ready->heard, &known, size))
        ;
}

void ready_stop(struct ready *ready) {
    atomic_store(&ready->stops, true);
}

/* Looking */

/* What `size` entries were a second ago and nobody has told of. */
static void notice_others(struct api *api) {
    struct ready *const ready = api->ready;
    const uint64_t size = ready->size;
    if (size <= atomic_load(&ready->heard))
        return;
    log_event(api->log, LEVEL_SECURITY, EVENT_OTHERS, "%" PRIu64, size);
    metrics_others(api->metrics, size);
    people_forget(api->people);
    live_heard(api->live, NULL, 0, size);
    events_heard(api->events, size);
    ready_heard(ready, size);
}

static bool results_are_late(struct api *api) {
    struct ready *const ready = api->ready;
    const struct live_counts live = live_counts(api->live);
    const int64_t now = steady_ms();
    if (live.size >= ready->size || live.size != ready->live_size || ready->moved_ms == 0)
        ready->moved_ms = now;
    ready->live_size = live.size;
    return now - ready->moved_ms > RESULTS_LATE_MS;
}

/* The lease was lost. Once nobody has it the server is opened again: this ledger stays as it is. */
static void try_again(struct api *api, struct baton_arena *arena, struct ledger_reader *reader) {
    struct ready *const ready = api->ready;
    struct ledger_state state;
    if (ready->again == NULL || ready->has_asked || atomic_load(&ready->stops) ||
        ledger_inspect(arena, reader, &state) != BATON_OK)
        return;
    if (state.holder != NULL && state.until_utc_ms > api->world->now_utc_ms(api->world->context))
        return;
    ready->has_asked = true;
    log_event(api->log, LEVEL_SECURITY, EVENT_LEASE_FREE, "%s", "");
    ready->again(ready->context);
}

static enum ready_state look(struct api *api, struct baton_arena *arena) {
    struct ready *const ready = api->ready;
    struct baton_findings found = {.arena = arena};
    struct ledger_reader *reader;
    if (readers_take(api->readers, arena, &reader, &found) != BATON_OK)
        return READY_STORE;
    notice_others(api);
    if (reader_size(reader, &ready->size) != BATON_OK) {
        readers_spoil(api->readers, reader);
        return READY_STORE;
    }
    const baton_code health = ledger_health(api->ledger);
    if (health == BATON_LEASE_LOST)
        try_again(api, arena, reader);
    return health == BATON_LEASE_LOST ? READY_LEASE
           : health != BATON_OK       ? READY_STORE
           : results_are_late(api)    ? READY_RESULTS
                                      : READY;
}

void ready_look(struct api *api, struct baton_arena *arena) {
    struct ready *const ready = api->ready;
    const enum ready_state before = (enum ready_state)atomic_load(&ready->state);
    const enum ready_state now = look(api, arena);
    atomic_store(&ready->state, (int)now);
    if (now == before)
        return;
    const bool in_chinese = log_language(api->log) == BATON_ZH;
    if (now == READY_LEASE)
        log_event(api->log, LEVEL_ERRORS, EVENT_LEASE_LOST, "%s", "");
    else if (now == READY)
        log_event(api->log, LEVEL_SECURITY, EVENT_READY, "%s", "");
    else
        log_event(api->log, LEVEL_ERRORS, EVENT_NOT_READY, "%s", ready_words(now, in_chinese));
}
