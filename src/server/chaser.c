/* A thread of its own: a receiver that is slow holds up nobody. Once a second it tells what waits; what time has made it looks for less often, by the results that the server keeps. */
#include "server/chaser.h"
#include "base/steady.h"
#include "server/api.h"
#include "server/audit.h"
#include "server/call_register.h"
#include "server/kept.h"
#include "server/ready.h"
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum { ROUND_MS = 1000 };

struct chaser {
    struct api *api;
    struct chaser_settings set;
    struct notify *notify;
    int64_t looked_ms; /* monotonic; 0 = never */
    _Atomic uint64_t made, delivered, failed, given_up;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wakes;
    atomic_bool is_ending;
    bool has_thread;
};

struct chaser_counts chaser_counts(struct chaser *chaser) {
    return (struct chaser_counts){atomic_load(&chaser->made), atomic_load(&chaser->delivered),
                                  atomic_load(&chaser->failed), atomic_load(&chaser->given_up)};
}

/* One round, in an arena of its own. */
struct round {
    struct chaser *chaser;
    struct baton_arena *arena;
    struct ledger_reader *reader;
    struct baton_findings found;
    const struct people_now *people;
    struct chaser_counts counts;
};

/* What time has made of an assessment; one that cannot be scored is left for the next time. */
static baton_code chase(struct round *r, const char *assessment) {
    struct chaser *const chaser = r->chaser;
    struct live_result *const held = arena_alloc(r->arena, 1, sizeof *held);
    struct calendar calendar;
    struct expected expected;
    struct hash accounts;
    struct outbox_notice *notice;
    size_t count;
    bool is_kept;
    struct waiting_world world = {.assessment = assessment,
                                  .calendar = &calendar,
                                  .expected = &expected,
                                  .standing = r->people->standing,
                                  .accounts = &accounts};
    TRY(kept_result(chaser->api->live, assessment, (struct baton_period){0}, held, &is_kept));
    if (is_kept)
        live_release_with(r->arena, held);
    if (!is_kept || held->session == NULL)
        return BATON_OK;
    world.session = held->session;
    world.now_utc_ms = chaser->api->world->now_utc_ms(chaser->api->world->context);
    TRY(reader_size(r->reader, &world.known));
    TRY(reader_accounts(r->reader, r->arena, &accounts));
    TRY(shared_calendar(r->arena, chaser->api, r->reader, assessment, world.known, &calendar,
                        &r->found));
    if (calendar.opened.period.count == 0)
        return BATON_OK;
    expected_all(r->arena, world.session, &expected);
    TRY(chase_notices(r->arena, r->reader, &world, &chaser->set.rules, &notice, &count, &r->found));
    return chaser_make(chaser->api->ledger, r->reader, r->arena, notice, count, &r->counts);
}

static baton_code chase_all(struct round *r) {
    const char **name;
    size_t count;
    TRY(reader_assessments(r->reader, r->arena, &name, &count));
    for (size_t i = 0; i < count; i++)
        if (name[i][0] != '\0' && !atomic_load(&r->chaser->is_ending))
            TRY(chase(r, name[i]));
    return BATON_OK;
}

static bool ends(void *context) {
    const struct round *const r = context;
    return atomic_load(&r->chaser->is_ending) || ledger_health(r->chaser->api->ledger) != BATON_OK;
}

static void given_up(void *context, const struct outbox_row *row, const char *error) {
    const struct round *const r = context;
    char subject[AUDIT_SUBJECT_SIZE];
    snprintf(subject, sizeof subject, "%" PRId64 " %s: %s", row->id, row->notice.key, error);
    audit_say(r->chaser->api->audit, &(struct audit_record){.event = AUDIT_GIVEN_UP,
                                                            .outcome = AUDIT_DONE,
                                                            .person = row->notice.person,
                                                            .subject = subject});
}

/* What is done every look_seconds, the first time included. */
static baton_code look(struct round *r, const struct chaser_round *round) {
    struct chaser *const chaser = r->chaser;
    const int64_t now = steady_ms();
    if (chaser->looked_ms != 0 &&
        now - chaser->looked_ms < (int64_t)chaser->set.look_seconds * 1000)
        return BATON_OK;
    chaser->looked_ms = now;
    TRY(chase_all(r));
    return chaser_prune(round);
}

static baton_code work(void *context) {
    struct round *const r = context;
    struct chaser *const chaser = r->chaser;
    struct api *const api = chaser->api;
    TRY(readers_take(api->readers, r->arena, &r->reader, &r->found));
    TRY(people_now(api->people, r->arena, &r->people, &r->found));
    const struct chaser_round round = {.ledger = api->ledger,
                                       .reader = r->reader,
                                       .world = api->world,
                                       .standing = r->people->standing,
                                       .notify = chaser->notify,
                                       .settings = &chaser->set,
                                       .ends = ends,
                                       .given_up = given_up,
                                       .context = r};
    baton_code code = look(r, &round);
    if (code == BATON_OK)
        code = chaser_deliver(&round, &r->counts);
    if (code != BATON_OK)
        readers_spoil(api->readers, r->reader);
    return code;
}

static void work_once(struct chaser *chaser) {
    struct round round = {.chaser = chaser, .arena = arena_open()};
    round.found.arena = round.arena;
    if (ledger_health(chaser->api->ledger) == BATON_OK &&
        ready_now(chaser->api->ready) != READY_STOPPING) {
        const baton_code code = arena_run(round.arena, work, &round);
        (void)
            code; /* what failed is tried again a second later; the store's failures show in /readyz */
    }
    arena_close(round.arena);
    atomic_fetch_add(&chaser->made, round.counts.made);
    atomic_fetch_add(&chaser->delivered, round.counts.delivered);
    atomic_fetch_add(&chaser->failed, round.counts.failed);
    atomic_fetch_add(&chaser->given_up, round.counts.given_up);
}

static void *keep_chasing(void *context) {
    struct chaser *const chaser = context;
    while (!atomic_load(&chaser->is_ending)) {
        work_once(chaser);
        pthread_mutex_lock(&chaser->lock);
        if (!atomic_load(&chaser->is_ending))
            (void)steady_wait_ms(&chaser->wakes, &chaser->lock, ROUND_MS);
        pthread_mutex_unlock(&chaser->lock);
    }
    return NULL;
}

void chaser_close(struct chaser *chaser) {
    if (chaser == NULL || !chaser->has_thread)
        return;
    pthread_mutex_lock(&chaser->lock);
    atomic_store(&chaser->is_ending, true);
    pthread_cond_signal(&chaser->wakes);
    pthread_mutex_unlock(&chaser->lock);
    pthread_join(chaser->thread, NULL);
    chaser->has_thread = false;
}

static void close_chaser(void *chaser) {
    chaser_close(chaser);
}

baton_code chaser_open(struct baton_arena *arena, struct api *api,
                       const struct chaser_settings *settings, struct chaser **out,
                       struct baton_findings *found) {
    struct chaser *const chaser = arena_alloc(arena, 1, sizeof *chaser);
    chaser->api = api;
    chaser->set = *settings;
    *out = chaser;
    TRY(notify_open(arena, &settings->notify, &chaser->notify, found));
    if (settings->look_seconds == 0)
        return BATON_OK;
    pthread_mutex_init(&chaser->lock, NULL);
    steady_condition(&chaser->wakes);
    chaser->has_thread = pthread_create(&chaser->thread, NULL, keep_chasing, chaser) == 0;
    if (!chaser->has_thread)
        return BATON_NO_MEMORY;
    arena_on_close(arena, close_chaser, chaser); /* before what it stands on */
    return BATON_OK;
}
