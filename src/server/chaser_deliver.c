/* One notice after the other: claimed, told, settled, each step durable before the next. Where the process ends in between, the claim runs out, and the notice is told again under its number. */
#include "flow/addressees.h"
#include "server/chaser.h"

static int64_t retry_ms(const struct chaser_settings *settings, uint32_t attempts) {
    int64_t ms = (int64_t)settings->retry_seconds * 1000;
    for (uint32_t i = 1; i < attempts && ms < CHASER_RETRY_MOST_MS; i++)
        ms *= 2;
    return ms < CHASER_RETRY_MOST_MS ? ms : CHASER_RETRY_MOST_MS;
}

baton_code chaser_make(struct ledger *ledger, struct ledger_reader *reader,
                       struct baton_arena *arena, const struct outbox_notice *notice, size_t count,
                       struct chaser_counts *counts) {
    struct outbox_notice *const fresh = arena_alloc(arena, count, sizeof *fresh);
    size_t fresh_count = 0, made = 0;
    for (size_t i = 0; i < count; i++) {
        bool is_there;
        TRY(reader_outbox_has(reader, notice[i].key, &is_there));
        if (!is_there)
            fresh[fresh_count++] = notice[i];
    }
    const baton_code code = ledger_notify(ledger, fresh, fresh_count, &made);
    counts->made += code == BATON_OK ? made : 0;
    return code;
}

/* *goes_on false: it failed, or was given up. */
static baton_code tell(const struct chaser_round *round, struct baton_arena *arena,
                       const struct outbox_row *row, struct chaser_counts *counts, bool *goes_on) {
    const struct chaser_settings *const set = round->settings;
    const int64_t now = round->world->now_utc_ms(round->world->context);
    const uint32_t attempt = row->attempts + 1;
    const int64_t again = now + retry_ms(set, attempt) + set->notify.timeout_ms;
    const char *error;
    bool is_ours;
    TRY(ledger_outbox_claim(round->ledger, row->id, again, &is_ours));
    if (!is_ours)
        return BATON_OK;
    struct addressees *const addressees = addressees_open(arena, round->standing, now);
    if (notify_send(round->notify, arena, row->id, addressees_json(addressees, row), &error)) {
        TRY(ledger_outbox_settle(round->ledger, row->id, OUTBOX_DELIVERED, ""));
        counts->delivered++;
        return BATON_OK;
    }
    *goes_on = false;
    counts->failed++;
    const bool is_last = attempt >= set->attempts;
    TRY(ledger_outbox_settle(round->ledger, row->id, is_last ? OUTBOX_GIVEN_UP : OUTBOX_WAITING,
                             error));
    counts->given_up += is_last;
    if (is_last && round->given_up != NULL)
        round->given_up(round->context, row, error);
    return BATON_OK;
}

struct telling {
    const struct chaser_round *round;
    struct baton_arena *arena;
    struct chaser_counts *counts;
    bool goes_on;
};

static baton_code tell_next(void *context) {
    struct telling *const t = context;
    const struct chaser_round *const round = t->round;
    struct outbox_row *row;
    size_t count;
    t->goes_on = false;
    TRY(reader_outbox_due(round->reader, t->arena, round->world->now_utc_ms(round->world->context),
                          1, &row, &count));
    if (count == 0)
        return BATON_OK;
    t->goes_on = true;
    return tell(round, t->arena, row, t->counts, &t->goes_on);
}

baton_code chaser_deliver(const struct chaser_round *round, struct chaser_counts *counts) {
    uint64_t waiting;
    TRY(reader_outbox_count(round->reader, OUTBOX_WAITING, &waiting));
    if (waiting == 0)
        return BATON_OK;
    if (round->notify == NULL)
        return ledger_outbox_keep(round->ledger);
    for (int i = 0; i < CHASER_ROUND_MAX; i++) {
        if (round->ends != NULL && round->ends(round->context))
            break;
        struct telling telling = {.round = round, .counts = counts};
        telling.arena = arena_open();
        const baton_code code = arena_run(telling.arena, tell_next, &telling);
        arena_close(telling.arena);
        TRY(code);
        if (!telling.goes_on)
            break;
    }
    return BATON_OK;
}

baton_code chaser_prune(const struct chaser_round *round) {
    const int64_t day_ms = INT64_C(86400000);
    const int64_t before = round->world->now_utc_ms(round->world->context) -
                           (int64_t)round->settings->keep_days * day_ms;
    bool is_any;
    size_t pruned;
    if (round->settings->keep_days == 0)
        return BATON_OK;
    TRY(reader_outbox_settled(round->reader, before, &is_any));
    return is_any ? ledger_outbox_prune(round->ledger, before, CHASER_PRUNE_STEP, &pruned)
                  : BATON_OK;
}
