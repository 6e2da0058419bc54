/* The ledgers of a database, and which one is meant. */
#ifndef LEDGER_LEDGER_LIST_H
#define LEDGER_LEDGER_LIST_H

#include "ledger/signing.h"
#include "ledger/store.h"

/* A row of the table ledger. */
struct ledger_row {
    int64_t number;
    const char *id;
    enum digest_kind digest;
    enum signature_kind signature;
    int64_t created_utc_ms;
};

/* A batch of which it is not known whether it was stored: its head. */
struct sought {
    uint64_t size;
    struct digest root;
};

/* The next row of the query LEDGER_ALL; *is_one false at its end. STORE_CORRUPT where it has algorithms that there are not. */
MUST_USE baton_code ledger_list_next(struct baton_arena *arena, struct store *store,
                                     struct ledger_row *out, bool *is_one);

/* The ledger of that id in a store, NULL = the only one. */
MUST_USE baton_code ledger_find(struct baton_arena *arena, struct store *store, const char *address,
                                const char *id, struct ledger_row *out,
                                struct baton_findings *found);

#endif
