/* Reading a ledger: what is in force, what was known on a day, what became of a figure, entries, contents, receipts. It needs no key and no lease, and any number
 * of processes may. A reader is for one thread at a time.
 *
 * Between reader_begin and reader_end everything is of one state of the ledger, whatever is appended meanwhile. "As known" is a number of entries: what stands
 * in the first so many counts, and nothing else. */
#ifndef LEDGER_READER_H
#define LEDGER_READER_H

#include "ledger/fact.h"
#include "ledger/head.h"
#include "ledger/place.h"

struct ledger_reader;

/* Lives in the arena and is closed with it, or before. LEDGER_UNKNOWN where the database has none of that id, or several and none is named. */
MUST_USE baton_code reader_open(struct baton_arena *arena, const struct ledger_place *place,
                                struct ledger_reader **out, struct baton_findings *found);
void reader_close(struct ledger_reader *reader);

const char *reader_ledger(const struct ledger_reader *reader); /* id */
enum digest_kind reader_digest(const struct ledger_reader *reader);
enum signature_kind reader_signature(const struct ledger_reader *reader);
int64_t reader_created_utc_ms(const struct ledger_reader *reader);

MUST_USE baton_code reader_begin(struct ledger_reader *reader);
void reader_end(struct ledger_reader *reader);
/* What went wrong, when a function answered with a code: adds it to `found`, with the store's words where it was the store. A code that a callback answered is the
 * caller's to tell, and NO_MEMORY says all: for these it does nothing. */
void reader_report(struct ledger_reader *reader, baton_code code, struct baton_findings *found);

/* Entries: how many there are; and how many were there when that time ended (the last head not after it). */
MUST_USE baton_code reader_size(struct ledger_reader *reader, uint64_t *out);
MUST_USE baton_code reader_known_at(struct ledger_reader *reader, int64_t time_utc_ms,
                                    uint64_t *out);

/* The entry at a position, its texts in the arena. ENTRY_UNKNOWN beyond the end. */
MUST_USE baton_code reader_entry(struct ledger_reader *reader, struct baton_arena *arena,
                                 uint64_t position, struct entry *out);

/* A row of a table: an entry, and which revision of its key it is. */
struct fact_row {
    const char *key;
    uint64_t revision;        /* 0 = the first */
    uint64_t position, first; /* of this revision, of the first one */
    bool withdrawn;
    struct entry entry; /* its texts live until the function returns that this was given to */
};
/* Whoever is called so asks the same reader nothing: only one question is open at a time. */
typedef baton_code reader_each(void *context, const struct fact_row *row);

/* Calls each(context, row) for every row of a table (kind) of an assessment ("" = of the ledger) that was in force when `known` entries were there, in no
 * particular order; withdrawn ones are left out. Ends at the first code that is not BATON_OK and answers it. */
MUST_USE baton_code reader_rows(struct ledger_reader *reader, const char *assessment,
                                enum fact_kind kind, uint64_t known, reader_each *each,
                                void *context);

/* The same in the order of the keys, from the first one behind `after` ("" = from the beginning), at most `limit` rows: a page of a table. */
MUST_USE baton_code reader_page(struct ledger_reader *reader, const char *assessment,
                                enum fact_kind kind, uint64_t known, const char *after,
                                size_t limit, reader_each *each, void *context);

/* The same between two keys, both left out. */
MUST_USE baton_code reader_range(struct ledger_reader *reader, const char *assessment,
                                 enum fact_kind kind, uint64_t known, const char *after,
                                 const char *before, reader_each *each, void *context);

/* Rows of a kind without key fields, the newest first: those before a position (INT64_MAX = all), at most `limit`. Corrected and withdrawn ones too. */
MUST_USE baton_code reader_newest(struct ledger_reader *reader, const char *assessment,
                                  enum fact_kind kind, uint64_t before, size_t limit,
                                  reader_each *each, void *context);

/* All revisions of one key, the first one first, withdrawn ones too; of all that were corrected or withdrawn, every revision but the first, by position. */
MUST_USE baton_code reader_history(struct ledger_reader *reader, const char *assessment,
                                   enum fact_kind kind, const char *key, reader_each *each,
                                   void *context);
MUST_USE baton_code reader_revised(struct ledger_reader *reader, const char *assessment,
                                   enum fact_kind kind, uint64_t known, reader_each *each,
                                   void *context);

/* All revisions of all keys between two, both left out, by key. */
MUST_USE baton_code reader_between(struct ledger_reader *reader, const char *assessment,
                                   enum fact_kind kind, const char *after, const char *before,
                                   reader_each *each, void *context);

/* Entries from..to-1 in order, as they stand: for logs. Not necessarily rows: key is "". */
MUST_USE baton_code reader_entries(struct ledger_reader *reader, uint64_t from, uint64_t to,
                                   reader_each *each, void *context);

/* The assessments that have facts, sorted; in the arena. */
MUST_USE baton_code reader_assessments(struct ledger_reader *reader, struct baton_arena *arena,
                                       const char ***out, size_t *count);

/* The version of an assessment's scheme that is in force for a period, of those known: the one whose in_force begins last among those that begin not after the
 * period's last day; of two that begin together the later fact; one without in_force is in force from ever. SCHEME_NONE where there is none.
 * Period of kind NONE = the newest version. The texts of its fields live in the arena. */
MUST_USE baton_code reader_scheme(struct ledger_reader *reader, struct baton_arena *arena,
                                  const char *assessment, struct baton_period period,
                                  uint64_t known, struct entry *out);

/* Content by its digest. CONTENT_ERASED where it was erased, CONTENT_UNKNOWN where there is none, CONTENT_MISSING and CONTENT_WRONG where its bytes are not those of the digest. As a
 * whole in the arena (a NUL behind it), or piece by piece: what pieces say counts only once the function has answered BATON_OK. */
struct reader_content {
    const char *media;
    uint64_t size;
    bool erased;
    int64_t
        entry; /* position of the first entry that names it; -1 = none does yet. Also of what was erased */
};
MUST_USE baton_code reader_content(struct ledger_reader *reader, const struct digest *digest,
                                   struct reader_content *out);
MUST_USE baton_code reader_content_text(struct ledger_reader *reader, struct baton_arena *arena,
                                        const struct digest *digest, const char **text,
                                        size_t *size);
MUST_USE baton_code reader_content_pieces(struct ledger_reader *reader, const struct digest *digest,
                                          baton_code (*each)(void *context, const void *bytes,
                                                             size_t size),
                                          void *context);

/* What an actor stored by a request of that key: its digest, the position of the first fact, how many there are; *is_there false = nothing. */
struct reader_request {
    struct digest digest;
    uint64_t position, count;
};
MUST_USE baton_code reader_request(struct ledger_reader *reader, const char *actor, const char *key,
                                   struct reader_request *out, bool *is_there);

/* What waits for a second person, and what became of it. */
struct proposal {
    uint64_t position;
    const char *assessment, *state, *proposer; /* open accepted refused withdrawn */
    int64_t expires_utc_ms;                    /* 0 = never */
    int64_t decided;                           /* position of the decision, -1 = none */
};
MUST_USE baton_code reader_proposals(struct ledger_reader *reader, struct baton_arena *arena,
                                     struct proposal **out, size_t *count);
MUST_USE baton_code reader_proposal(struct ledger_reader *reader, struct baton_arena *arena,
                                    uint64_t position, struct proposal *out);

/* The newest head, or that of `size` entries or the next larger one (HEAD_MISSING), with the public key that signed it; the receipt of an entry by the newest head,
 * in the arena; the digests that prove that the present journal extends one of `old` entries (LEDGER_REWRITTEN where it has fewer). Receipts of one state share the work:
 * ask for them between reader_begin and reader_end. */
MUST_USE baton_code reader_head(struct ledger_reader *reader, struct baton_arena *arena,
                                struct head *out, struct public_key *key);
MUST_USE baton_code reader_head_at(struct ledger_reader *reader, uint64_t size, struct head *out,
                                   struct public_key *key);
MUST_USE baton_code reader_receipt(struct ledger_reader *reader, struct baton_arena *arena,
                                   uint64_t position, struct receipt *out);
MUST_USE baton_code reader_consistency(struct ledger_reader *reader, uint64_t old,
                                       struct digest proof[MERKLE_PROOF_MAX], size_t *count);

/* A person's roles on the civil day (UTC+8) of a time, as a set of bits (1 << enum role), and whether there is such a person. */
MUST_USE baton_code reader_roles(struct ledger_reader *reader, const char *person,
                                 int64_t time_utc_ms, uint32_t *roles, bool *known);

/* The persons who have an account today, by their ids (values are 0), in the arena; none where the ledger keeps no accounts. Accounts are no facts: they are as they stand, whatever is "known". */
struct hash;
MUST_USE baton_code reader_accounts(struct ledger_reader *reader, struct baton_arena *arena,
                                    struct hash *out);

/* Persons, posts and units of all assessments as they stand, for asking often (standing.h); in the arena. */
struct standing;
MUST_USE baton_code reader_standing(struct ledger_reader *reader, struct baton_arena *arena,
                                    struct standing **out);

#endif
