/* How a growing tree keeps its digests, for merkle.c and merkle_proof.c. */
#ifndef LEDGER_MERKLE_PARTS_H
#define LEDGER_MERKLE_PARTS_H

#include "ledger/merkle.h"

enum {
    MERKLE_LEVELS = 64,
    MERKLE_BANDS = MERKLE_LEVELS / MERKLE_STEP,
    MERKLE_BLOCK = 1 << MERKLE_STEP /* digests of a stored level below one of the next */
};

/* The digests at hand of one level: those of places first .. count-1, where count is what the size of the tree says. */
struct merkle_level {
    struct digest *item;
    size_t begin, used; /* item[begin .. used) are in use; what is before was let go */
    size_t capacity;
    uint64_t first; /* place of item[begin]; even */
};

/* The block of a stored level that was fetched last, with what lies above it up to the next stored level: row[r][i] is of level base + r, place
 * (block << (8 - r)) + i, for i < known >> r. */
struct merkle_block {
    uint64_t block;
    size_t known; /* 0 = nothing */
    struct digest row[2 * MERKLE_BLOCK];
};

struct merkle {
    enum digest_kind kind;
    uint64_t size, settled; /* entries; of which stored */
    struct merkle_source source;
    struct merkle_level level[MERKLE_LEVELS];
    struct merkle_block *band[MERKLE_BANDS]; /* NULL until one is needed */
};

/* The digest of the complete subtree at a level and place, from memory or the source. (place + 1) << level is at most the tree's size. NO_MEMORY, or what
 * the source answers. */
MUST_USE baton_code merkle_at(struct merkle *tree, unsigned level, uint64_t place,
                              struct digest *out);

#endif
