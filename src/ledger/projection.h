/* From an entry to the rows of the tables: the one rule, used by who appends, by rebuild and by verify. Pure: no store, no clock.
 *
 * What stands in the tables follows from the entries alone, taken in their order:
 *   fact      one row for each entry of a kind other than decision, withdrawal, erasure. Its revision is one more than that of
 *             the row before it with the same assessment, kind and key, 0 where there is none; also after a row that said `@withdrawn`.
 *             (ledger and key have rows so that the keys that ever signed are found without reading the journal.)
 *   proposal  one row for each entry of kind proposal, open; a decision or withdrawal that names it gives it another state. `verdict` says which: accepted or refused; `expires` is a number of milliseconds since 1970 UTC.
 *   content   an erasure empties the content that it names.
 * And the key that signs heads: that of the last entry of kind ledger or key among those that the head covers, so that the head of the batch in which
 * the key is changed is signed with the new one.
 *
 *     projection_of(arena, &entry, &p);             what the entry alone tells
 *     if (p.is_fact)
 *         projection_revise(&p.fact, in_force);     the newest row of that assessment, kind and key; NULL = none
 */
#ifndef LEDGER_PROJECTION_H
#define LEDGER_PROJECTION_H

#include "ledger/fact.h"
#include "ledger/signing.h"

/* A row of the table fact. */
struct fact_place {
    const char *assessment, *kind, *key;
    uint64_t revision, position, first;
    bool withdrawn;
};

/* What happens to the table proposal. */
enum proposal_step {
    PROPOSAL_NOTHING,
    PROPOSAL_OPENS,  /* a row: position, assessment, "open", proposer, expires_utc_ms, -1 */
    PROPOSAL_CLOSES, /* the row at `proposal` gets `state`, decided = position of the entry */
    PROPOSAL_NAMES_NONE /* a decision or withdrawal without proposal or verdict: no sound journal has it */
};

struct projection {
    enum fact_kind kind;
    bool is_known; /* false: the kind is none that this program knows, and nothing else is told */

    bool is_fact;
    struct fact_place fact; /* revision 0 until projection_revise; the key in the arena */

    enum proposal_step step;
    uint64_t proposal; /* position of the proposal that opens or closes */
    const char *state; /* "open", "accepted", "refused", "withdrawn" */
    const char *proposer;
    int64_t expires_utc_ms; /* 0 = never */

    bool has_request,
        request_is_broken; /* broken: @request has another form; no sound journal has it */
    struct request request;
    uint64_t request_count; /* facts of the submission, of which this is the first */

    bool erases;
    struct digest erased; /* zeros where the entry names no content */

    bool changes_key; /* of kind ledger or key */
    struct public_key key;
    bool key_is_broken; /* it is no key: no sound journal has it */
};

/* What the entry alone tells. */
void projection_of(struct baton_arena *arena, const struct entry *entry, struct projection *out);

/* Revision and first of a row, from the newest one of its key before it; NULL = there is none. */
void projection_revise(struct fact_place *row, const struct fact_place *before);

/* Every content that a fact names, those of the facts of a proposal too, in the order of the fields: tell(context, digest). The fields of kind
 * erasure are not told, which name what is gone. False where a proposed fact is not canonical. */
bool projection_contents(struct baton_arena *arena, const struct fact_body *body,
                         void (*tell)(void *context, const struct digest *digest), void *context);

/* What both keys sign when the key of a ledger is changed; the signatures stand in the fact as hexadecimal, as does public_key (its DER):
 *   u8 version 1, string "baton-key", string ledger id, 32 bytes digest of the old public key, string new public key (DER) */
void projection_key_bytes(struct baton_arena *arena, const char *ledger, enum digest_kind digest,
                          const struct public_key *old_key, const struct public_key *new_key,
                          const uint8_t **bytes, size_t *size);

#endif
