/* The chaser: makes the notices that time makes, and tells those that wait, as long as this process holds the lease. A thread of the server; `baton chase` does one round of the same.
 *
 * With neither webhook nor command whatever waits is kept: people read it under GET /notices, and it is not sent when a webhook is set up later. */
#ifndef SERVER_CHASER_H
#define SERVER_CHASER_H

#include "flow/chase.h"
#include "server/notify.h"

struct api;
struct chaser;

struct chaser_settings {
    struct chase_rules rules;
    struct notify_settings notify;
    uint32_t
        look_seconds; /* between two looks at what time has made; 0 = off: nothing is made, nobody is told */
    uint32_t
        retry_seconds; /* after the first attempt that failed; twice as long after each further one, CHASER_RETRY_MOST_MS at most */
    uint32_t attempts; /* then it is given up */
    uint32_t keep_days; /* notices that wait no longer are kept so long; 0 = for good */
};
enum {
    CHASER_RETRY_MOST_MS = 6 * 3600000,
    CHASER_ROUND_MAX = 500,
    CHASER_KEEP_DAYS_USUAL = 400,
    CHASER_PRUNE_STEP = 500 /* notices that are taken out in one transaction, a round */
};

/* What has been done. */
struct chaser_counts {
    uint64_t made, delivered, failed, given_up;
};

/* Makes those of these notices that are not there yet. */
MUST_USE baton_code chaser_make(struct ledger *ledger, struct ledger_reader *reader,
                                struct baton_arena *arena, const struct outbox_notice *notice,
                                size_t count, struct chaser_counts *counts);

/* Tells those that may be told now, until one fails, `ends` says so (NULL = never), or CHASER_ROUND_MAX are; each in an arena of its own. given_up(context, row, error) is called for each that is given up. `notify` NULL: keeps what waits. */
struct chaser_round {
    struct ledger *ledger;
    struct ledger_reader *reader;
    const struct ledger_world *world;
    const struct standing *standing;
    struct notify *notify;
    const struct chaser_settings *settings;
    bool (*ends)(void *context);
    void (*given_up)(void *context, const struct outbox_row *row, const char *error);
    void *context;
};
MUST_USE baton_code chaser_deliver(const struct chaser_round *round, struct chaser_counts *counts);

/* Takes out CHASER_PRUNE_STEP notices at most that were settled longer ago than they are kept. */
MUST_USE baton_code chaser_prune(const struct chaser_round *round);

/* Begins the thread; ended by chaser_close, or with the arena. `api` is borrowed. What notify_open answers; NO_MEMORY. */
MUST_USE baton_code chaser_open(struct baton_arena *arena, struct api *api,
                                const struct chaser_settings *settings, struct chaser **out,
                                struct baton_findings *found);
void chaser_close(
    struct chaser *chaser); /* NULL is fine; waits for the notice that is being told */

struct chaser_counts chaser_counts(struct chaser *chaser);

#endif
