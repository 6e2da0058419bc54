/* The Merkle tree of a journal, RFC 9162 section 2.1, with the ledger's digest: a leaf is H(0x00 || bytes of the entry), a node is
 * H(0x01 || left || right), a tree of no entries H().
 *
 * A subtree is complete at level L and place p: it holds the entries p * 2^L up to (p + 1) * 2^L. Digests of complete subtrees at levels 8, 16, 24 ... are
 * stored; what lies between is made of these, and of the entries themselves. A tree that grows keeps in memory the digests of every complete subtree of
 * what was appended lately, and fetches the others. */
#ifndef LEDGER_MERKLE_H
#define LEDGER_MERKLE_H

#include "baton/code.h"
#include "ledger/digest.h"

enum { MERKLE_STEP = 8, MERKLE_PROOF_MAX = 130 };

/* Where digests of complete subtrees come from that the tree does not hold: `count` of `level` (0, or a multiple of MERKLE_STEP) from `place` on, at most
 * 256, all of entries that are stored (up to the size at merkle_open or the last merkle_settle). What it answers other than BATON_OK is handed up. */
struct merkle_source {
    void *context;
    baton_code (*fetch)(void *context, unsigned level, uint64_t place, size_t count,
                        struct digest *out);
};

struct merkle; /* for one thread at a time */

struct digest merkle_leaf(enum digest_kind kind, const void *bytes, size_t size);
struct digest merkle_node(enum digest_kind kind, const struct digest *left,
                          const struct digest *right);
struct digest merkle_empty(enum digest_kind kind);

/* The tree of a journal of `size` entries, all of them stored; in memory of its own until merkle_close (NULL is fine). Fetches at most 255 digests of
 * each level: one call a level. */
MUST_USE baton_code merkle_open(enum digest_kind kind, uint64_t size, struct merkle_source source,
                                struct merkle **out);
void merkle_close(struct merkle *tree);
uint64_t merkle_size(const struct merkle *tree);

/* Appends a leaf. NO_MEMORY leaves it as it was. */
MUST_USE baton_code merkle_append(struct merkle *tree, struct digest leaf);
/* Goes back to a size that it had (a batch that was not stored), at most to that of the last merkle_settle. */
void merkle_back(struct merkle *tree, uint64_t size);
/* What was appended is stored: what is not needed at hand any more may go. `keep` entries at the end stay at hand for proofs, at least. */
void merkle_settle(struct merkle *tree, uint64_t keep);

/* The complete subtrees at levels 8, 16 ... that were completed from `from` entries (not before the last merkle_settle) to now, by level, then place:
 * tell(context, level, place, digest). To be stored. */
void merkle_completed(const struct merkle *tree, uint64_t from,
                      void (*tell)(void *context, unsigned level, uint64_t place,
                                   const struct digest *digest),
                      void *context);

/* The root of the first `size` entries; the proof that entry `position` is in it (RFC 9162, 2.1.3.1), and that the first `old` entries are
 * the beginning of the first `size` (2.1.4.1; empty where old is 0 or size). *count gets how many digests, at most
 * MERKLE_PROOF_MAX. position < size, old <= size, size <= merkle_size (asserted). Cost: log of the size; what is not at hand is fetched, at most
 * 256 digests of each level in a call, and the last ones fetched of each level are kept. */
MUST_USE baton_code merkle_root(struct merkle *tree, uint64_t size, struct digest *out);
MUST_USE baton_code merkle_inclusion(struct merkle *tree, uint64_t position, uint64_t size,
                                     struct digest proof[MERKLE_PROOF_MAX], size_t *count);
MUST_USE baton_code merkle_consistency(struct merkle *tree, uint64_t old, uint64_t size,
                                       struct digest proof[MERKLE_PROOF_MAX], size_t *count);

/* Checking, RFC 9162 2.1.3.2 and 2.1.4.2. No tree is needed. Of old 0 the root must be that of no entries, and the proof empty. */
bool merkle_inclusion_holds(enum digest_kind kind, uint64_t position, uint64_t size,
                            const struct digest *leaf, const struct digest *proof, size_t count,
                            const struct digest *root);
bool merkle_consistency_holds(enum digest_kind kind, uint64_t old, uint64_t size,
                              const struct digest *old_root, const struct digest *root,
                              const struct digest *proof, size_t count);

#endif
