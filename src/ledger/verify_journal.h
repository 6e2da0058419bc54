/* The journal read again: entry by entry, head by head, wherever they come from (the store, an exported file). What must hold is checked, and what the tables have to
 * say is worked out on the way. For verify*.c, rebuild.c and exchange*.c.
 *
 * A verification runs inside of arena_run on two arenas: `arena`, which holds what is kept, and `scratch`, which holds one entry at a time. */
#ifndef LEDGER_VERIFY_JOURNAL_H
#define LEDGER_VERIFY_JOURNAL_H

#include "base/hash.h"
#include "base/parallel.h"
#include "ledger/journal_file.h"
#include "ledger/merkle.h"
#include "ledger/projection.h"
#include "ledger/reader.h"

/* What the entry at a position is in the table fact: key HASH_NONE = no row. 8 bytes, for there are many. */
struct verify_row {
    uint32_t key; /* index of the key in `keys` */
    uint32_t revision : 30;
    uint32_t withdrawn : 1;
    uint32_t is_there : 1; /* for who compares */
};

struct verify_state {
    uint64_t first; /* position of revision 0 */
    uint32_t newest;
};

/* A content that some entry names. */
struct verify_named {
    struct digest digest;
    uint64_t entry; /* the first one that names it; of one that only an erasure names, that */
    bool erased, only_erased;
    bool is_there; /* for who compares */
};

struct verify_request {
    const char *actor, *key;
    struct digest digest;
    uint64_t position, count;
};

struct verify_node {
    unsigned level;
    uint64_t place;
    struct digest digest;
};

struct verify_key {
    uint64_t from; /* in force for heads of more than so many entries */
    struct public_key key;
    struct digest digest;
};

struct verify_journal {
    struct baton_arena *arena, *scratch;
    struct baton_findings *found;
    struct journal_ledger ledger;
    struct parallel *parallel; /* for signatures; NULL = this thread alone */
    const struct head *since;  /* a head that was kept; NULL = none */
    bool since_is_met;
    bool without_tables; /* rows are counted, not kept: an exported file has no tables */

    uint64_t count;                    /* entries so far */
    int64_t begun_utc_ms, time_utc_ms; /* of the first entry, of the last one */
    uint64_t covered;                  /* entries that heads cover */
    uint64_t head_count;
    struct head last; /* head */
    struct merkle *tree;
    uint64_t settled; /* entries at the last verify_settle */
    int64_t *time;    /* [time_count] of the entries from time_from on */
    uint64_t time_from;
    size_t time_count, time_capacity;
    struct verify_pending *pending; /* heads whose signatures are still to be checked */
    size_t pending_count;
    struct verify_worker *worker; /* [parallel_threads] */

    struct verify_key *key;
    size_t key_count, key_capacity;

    struct hash keys;           /* "assessment U+001F kind U+001F key" to its index */
    struct verify_state *state; /* [keys.count] */
    size_t state_count, state_capacity;
    struct verify_row *row; /* [count] */
    size_t row_count, row_capacity;
    uint64_t fact_count;
    struct proposal *proposal; /* by position */
    size_t proposal_count, proposal_capacity;
    struct hash requests;           /* "actor U+001F key" to its index */
    struct verify_request *request; /* by position */
    size_t request_count, request_capacity;
    struct hash contents; /* digest to index of `named` */
    struct verify_named *named;
    size_t named_count, named_capacity;
    struct verify_node *node; /* in the order in which they were completed */
    size_t node_count, node_capacity;
};

/* A head that was kept (NULL = none) says of itself what it must, before it is held against the journal of that ledger: HEAD_OF_OTHER, HEAD_SIGNATURE. */
MUST_USE baton_code verify_kept(struct baton_arena *arena, const struct journal_ledger *ledger,
                                const struct head *since, const struct public_key *key,
                                struct baton_findings *found);

/* Of a ledger of that name and those algorithms. Room for `size` entries is made at once; more may come. `since` may be NULL. */
MUST_USE baton_code verify_journal_open(struct verify_journal *v, uint64_t size);
/* Gives back what is not of the arena; also done when the arena is closed. */
void verify_journal_close(struct verify_journal *v);

/* The next entry, of which `position` is where it stands. */
MUST_USE baton_code verify_entry(struct verify_journal *v, int64_t position, const void *bytes,
                                 size_t size);
/* The next head; the entries that it covers have been seen, and later ones may have been. */
MUST_USE baton_code verify_head(struct verify_journal *v, const struct head *head);
/* Entries and heads so far have been seen: signatures are checked, and what is needed of the tree no more is given up. */
MUST_USE baton_code verify_settle(struct verify_journal *v);
/* There are no more of either. */
MUST_USE baton_code verify_ends(struct verify_journal *v);

/* The row that an entry is; key text as in `keys`. False where it is none. */
struct verify_fact {
    const char *assessment, *kind, *key; /* without NULs behind the first two: see sizes */
    size_t assessment_size, kind_size, key_size;
    uint64_t revision, position, first;
    bool withdrawn;
};
bool verify_fact_at(const struct verify_journal *v, uint64_t position, struct verify_fact *out);

/* NULL where no entry names it. */
struct verify_named *verify_named(const struct verify_journal *v, const struct digest *digest);

/* Adds a finding and returns its code. Numbers are put into words by the caller. */
baton_code verify_fail(struct verify_journal *v, baton_code code, const char *arg1,
                       const char *arg2);
baton_code verify_fail_at(struct verify_journal *v, baton_code code, uint64_t number,
                          const char *arg2);

#endif
