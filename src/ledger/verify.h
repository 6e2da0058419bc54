/* Whether a ledger is what it says: everything is read again.
 *
 * In this order, and the first thing that is wrong is named: the store's own check; entries (form, positions, times), the tree, heads and signatures with the keys that
 * were in force; the tables that follow from the entries (fact, proposal, node, content's flags); contents by their digests. Stored results are
 * scored again by src/flow (posting.h). */
#ifndef LEDGER_VERIFY_H
#define LEDGER_VERIFY_H

#include "ledger/reader.h"

struct verify_report {
    uint64_t entries, heads, facts, contents, content_bytes, erased;
    uint64_t
        orphans; /* contents that no fact names: left by a crash, swept when the ledger is next appended to */
    struct head head; /* the newest */
};

/* since: a head that was kept, NULL = none; LEDGER_REWRITTEN where the journal does not extend it. progress (may be NULL) is told how far it is. BATON_OK, or the code of the
 * finding. */
MUST_USE baton_code ledger_verify(struct baton_arena *arena, const struct ledger_place *place,
                                  const struct head *since, const struct public_key *since_key,
                                  void (*progress)(void *context, uint64_t done, uint64_t of),
                                  void *context, struct verify_report *out,
                                  struct baton_findings *found);

/* Makes fact, proposal and node again from the entries, in one transaction, under the lease; *differed gets how many rows were not there or otherwise. */
MUST_USE baton_code ledger_rebuild(struct baton_arena *arena, const struct ledger_world *world,
                                   const struct ledger_place *place, uint64_t *differed,
                                   struct baton_findings *found);

/* Writes the whole ledger as an exported journal (journal_file.h): what `backup` does, from one state while others append; then reads the file again and checks it.
 * And makes a ledger of one: LEDGER_EXISTS where there is one of that id; checked before and after. */
MUST_USE baton_code ledger_export(struct baton_arena *arena, const struct ledger_place *place,
                                  const char *path, struct verify_report *out,
                                  struct baton_findings *found);
MUST_USE baton_code ledger_import(struct baton_arena *arena, const struct ledger_world *world,
                                  const struct ledger_place *place, const char *path,
                                  struct verify_report *out, struct baton_findings *found);

#endif
