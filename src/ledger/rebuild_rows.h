/* What a journal that has been read makes of the tables, written into a store. For rebuild.c and exchange_in.c. */
#ifndef LEDGER_REBUILD_ROWS_H
#define LEDGER_REBUILD_ROWS_H

#include "ledger/store.h"
#include "ledger/verify_journal.h"

/* Rows of fact, proposal and node, which are empty; within a transaction. In the order of their keys, for that is how a store takes them fastest. */
MUST_USE baton_code rebuild_rows(struct store *store, int64_t ledger,
                                 const struct verify_journal *v);

#endif
