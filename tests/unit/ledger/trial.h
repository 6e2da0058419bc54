/* A ledger for tests: made on a store of store_fixture.h, with a clock and chance of its own, and facts said in a line.
 *
 *     struct trial t;
 *     if (!trial_open(&t, kind, DIGEST_SHA256, SIGNATURE_ED25519))
 *         continue;
 *     uint64_t at = SAY(&t, "observation", "city", "unit", "u1", "element", "gdp", "period", "2021-01", "value", "5");
 *     trial_close(&t);
 *
 * The person `chief` begins it and holds office. */
#ifndef TRIAL_H
#define TRIAL_H

#include "ledger/ledger.h"
#include "ledger/verify.h"
#include "unit/ledger/store_fixture.h"

struct trial {
    struct baton_arena *arena;
    struct baton_findings found;
    struct ledger_world world;
    struct ledger_place place;
    struct ledger *ledger; /* open for appending */
    int64_t now_utc_ms;    /* what the clock shows; a test moves it */
    uint64_t seed;
    enum digest_kind digest;
    enum signature_kind signature;
};

enum {
    TRIAL_NOW = 1700000000
}; /* seconds since 1970 UTC when a ledger begins: 2023-11-15 in China */

/* False, and the test fails, when it cannot be made. */
bool trial_open(struct trial *t, enum store_kind kind, enum digest_kind digest,
                enum signature_kind signature);
void trial_close(struct trial *t);
/* The ledger made again on an empty store, with the same name and key, by somebody who has these. */
bool trial_begin_again(struct trial *t, enum store_kind kind);
/* Closes what appends, opens it again. */
void trial_rest(struct trial *t);
bool trial_wake(struct trial *t);

/* Says a fact of fields: name, value ..., NULL; a name that begins with `!` is content; first may stand "?" and the key of a request. As chief. Its position; the test fails, and it is UINT64_MAX,
 * when it is refused. */
#define SAY(t, kind, assessment, ...) \
    trial_say((t), __FILE__, __LINE__, (kind), (assessment), \
              (const char *const[]){__VA_ARGS__, NULL})
uint64_t trial_say(struct trial *t, const char *file, int line, const char *kind,
                   const char *assessment, const char *const *field);

/* `count` figures of the assessment, of units u0, u1 ... and elements, in one submission. */
void trial_figures(struct trial *t, const char *assessment, unsigned count);

/* A fact in the arena, as above. */
struct fact_body trial_fact(struct trial *t, const char *kind, const char *assessment,
                            const char *const *field);

/* Content of its own, which a fact may name; in several pieces. */
struct digest trial_content(struct trial *t, const char *media, const void *bytes, size_t size);

/* The newest head, with its key; it lives in the arena. */
bool trial_head(struct trial *t, struct head *head, struct public_key *key);

/* Checks a code; where it is another, the test fails with what was found. */
bool trial_code(struct trial *t, const char *file, int line, baton_code got, baton_code want);
#define CHECK_CODE(t, got, want) trial_code((t), __FILE__, __LINE__, (got), (want))

/* The first finding as `CODE arg arg`; what was found is forgotten then. "" without one. */
const char *trial_found(struct trial *t);

/* Says that there is a ledger of everything that a verification looks at: figures, corrections, a withdrawal, proposals of each state, contents, evidence, an erasure, a change
 * of key, more than 256 entries. */
void trial_fill(struct trial *t);

#endif
