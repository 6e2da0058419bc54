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

/* Is told how far something is, as often as it goes a step; false ends it. */
typedef bool verify_progress(void *context, uint64_t done, uint64_t of);

/* since: a head that was kept, NULL = none; LEDGER_REWRITTEN where the journal does not extend it. progress may be NULL; where it ended the verification the code is VERIFY_ENDED, without a finding.
 * BATON_OK, or the code of the finding. */
MUST_USE baton_code ledger_verify(struct baton_arena *arena, const struct ledger_place *place,
                                  const struct head *since, const struct public_key *since_key,
                                  verify_progress *progress, void *context,
                                  struct verify_report *out, struct baton_findings *found);

/* The same of an exported journal (journal_file.h), which has no tables: entries, heads, keys and contents. */
MUST_USE baton_code ledger_verify_file(struct baton_arena *arena, const char *path,
                                       const struct head *since, const struct public_key *since_key,
                                       struct verify_report *out, struct baton_findings *found);

/* Makes fact, proposal, node and what content says of its entries again from the journal, in one transaction, under the lease; *differed gets how many rows were not there,
 * too many or otherwise, and where that is 0 nothing is written. The journal has to be sound: else the finding of verify, and everything stays. */
MUST_USE baton_code ledger_rebuild(struct baton_arena *arena, const struct ledger_world *world,
                                   const struct ledger_place *place, uint64_t *differed,
                                   struct baton_findings *found);

/* Writes the whole ledger as an exported journal: what `backup` does, from one state while others append; contents that no fact names are left out. What is wrong is told as by
 * verify, and no file appears; then the file is read again and checked, and *out tells of it.
 * And makes a ledger of one, of the name that it had: LEDGER_EXISTS where the database has one of that id, HEAD_OF_OTHER where `place` names another. Checked before
 * and after; the key is not part of it. */
MUST_USE baton_code ledger_export(struct baton_arena *arena, const struct ledger_place *place,
                                  const char *path, struct verify_report *out,
                                  struct baton_findings *found);
MUST_USE baton_code ledger_import(struct baton_arena *arena, const struct ledger_world *world,
                                  const struct ledger_place *place, const char *path,
                                  struct verify_report *out, struct baton_findings *found);

#endif
