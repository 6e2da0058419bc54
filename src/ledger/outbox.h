/* What must leave the ledger: notices for people, written down before anybody is told (reminders, returned figures, decisions).
 *
 * A row has a number that rises (its id, by which a receiver drops what came twice), a key by which it is made once, an addressee and a payload in JSON. What a fact makes is written in the transaction of
 * its batch (outbox_facts.c); what time makes, by ledger_notify. Whoever delivers claims a row, tells the addressee, and settles it: so each is told at least once, those of one addressee in their order, and only the
 * holder of the lease does it.
 *
 *     reader_outbox_due(reader, arena, now, 1, &row, &count)      the oldest of each addressee that may be told now
 *     ledger_outbox_claim(ledger, row->id, now + 60000, &is_ours)
 *     ... deliver ...
 *     ledger_outbox_settle(ledger, row->id, OUTBOX_DELIVERED, "")
 *
 * A process that ends between the last two tells the same row again, once its claim has run out. Nothing of it follows from the journal, and it is in no backup of it: a ledger that is restored begins with none. */
#ifndef LEDGER_OUTBOX_H
#define LEDGER_OUTBOX_H

#include "ledger/ledger.h"

enum outbox_state { OUTBOX_WAITING, OUTBOX_DELIVERED, OUTBOX_GIVEN_UP, OUTBOX_KEPT, OUTBOX_STATES };
extern const char *const outbox_state_word[OUTBOX_STATES]; /* waiting delivered given_up kept */

enum { OUTBOX_KEY_MAX = 400, OUTBOX_ERROR_MAX = 300, OUTBOX_PAYLOAD_MAX = 1 << 18 };

/* For a person; or, where that is "", for whoever holds a post of the role: at the unit, "" = at none. */
struct outbox_notice {
    const char *key;        /* at most OUTBOX_KEY_MAX bytes */
    const char *kind;       /* a word: "due", "returned" */
    const char *assessment; /* "" = of the ledger as a whole */
    const char *person, *role, *unit;
    const char *payload; /* a JSON object, at most OUTBOX_PAYLOAD_MAX bytes */
};

struct outbox_row {
    int64_t id;
    struct outbox_notice notice;
    int64_t made_utc_ms;
    uint32_t attempts;
    const char *error; /* of the last attempt; "" = none failed */
    enum outbox_state state;
};

/* Makes those whose keys are not there yet, in one transaction, in their order; *made (NULL = not wanted) gets how many. LEASE_LOST, and what the store answers: whether they were made is not known then, and making
 * them again makes none twice. */
MUST_USE baton_code ledger_notify(struct ledger *ledger, const struct outbox_notice *notice,
                                  size_t count, size_t *made);

/* One more attempt begins: nobody else tells the row before that time. *is_ours false = it waits no longer. As ledger_notify. */
MUST_USE baton_code ledger_outbox_claim(struct ledger *ledger, int64_t id, int64_t until_utc_ms,
                                        bool *is_ours);
/* What became of it; OUTBOX_WAITING = it is told again once the claim has run out. The error is cut to OUTBOX_ERROR_MAX bytes. */
MUST_USE baton_code ledger_outbox_settle(struct ledger *ledger, int64_t id, enum outbox_state state,
                                         const char *error);
/* Whatever waits is told to nobody: it is only shown. */
MUST_USE baton_code ledger_outbox_keep(struct ledger *ledger);
/* Takes out the oldest that wait no longer and were settled before that time, `most` of them at most; *pruned gets how many. The newest row of all stays: numbers go on from it. */
MUST_USE baton_code ledger_outbox_prune(struct ledger *ledger, int64_t before_utc_ms, size_t most,
                                        size_t *pruned);
/* A person has read everything up to that number, as far as there is any: what is told later they have not read. */
MUST_USE baton_code ledger_outbox_mark(struct ledger *ledger, const char *person, int64_t id);

/* Rows in the arena. Of those that wait and may be told now, the oldest of each addressee, in the order of their numbers. */
MUST_USE baton_code reader_outbox_due(struct ledger_reader *reader, struct baton_arena *arena,
                                      int64_t now_utc_ms, size_t limit, struct outbox_row **out,
                                      size_t *count);
/* Whose: of a person; or, where that is "", for whoever holds a post of the role, at the unit: "" = at none, NULL = whichever it is. */
struct outbox_addressee {
    const char *person, *role, *unit;
};
/* Those for one addressee, the newest first: before a number (INT64_MAX = all). Reads no others. */
MUST_USE baton_code reader_outbox_page(struct ledger_reader *reader, struct baton_arena *arena,
                                       const struct outbox_addressee *addressee, int64_t before,
                                       size_t limit, struct outbox_row **out, size_t *count);
/* Those after a number, the oldest first, without what they say: kind, key and payload are "". The number of the newest; 0 = there is none. */
MUST_USE baton_code reader_outbox_after(struct ledger_reader *reader, struct baton_arena *arena,
                                        int64_t after, size_t limit, struct outbox_row **out,
                                        size_t *count);
MUST_USE baton_code reader_outbox_last(struct ledger_reader *reader, int64_t *out);
/* Those of a state, the newest first; how many there are in all. */
MUST_USE baton_code reader_outbox_of(struct ledger_reader *reader, struct baton_arena *arena,
                                     enum outbox_state state, size_t limit, struct outbox_row **out,
                                     size_t *count);
MUST_USE baton_code reader_outbox_count(struct ledger_reader *reader, enum outbox_state state,
                                        uint64_t *out);
/* Whether there is one that ledger_outbox_prune would take out. */
MUST_USE baton_code reader_outbox_settled(struct ledger_reader *reader, int64_t before_utc_ms,
                                          bool *out);
MUST_USE baton_code reader_outbox_has(struct ledger_reader *reader, const char *key, bool *out);
/* Up to which number a person has read; 0 = nothing. */
MUST_USE baton_code reader_outbox_mark(struct ledger_reader *reader, const char *person,
                                       int64_t *out);

/* For those who write a batch: the notices that its facts make, in its transaction. */
struct batch;
MUST_USE baton_code batch_store_notices(struct batch *batch);
/* Rows for the transaction at hand; *made may be NULL, which is faster. */
struct store;
MUST_USE baton_code outbox_put(struct store *store, int64_t ledger, int64_t now_utc_ms,
                               const struct outbox_notice *notice, size_t count, size_t *made);

#endif
