/* The tree that grows.
 *
 * Of each level the digests of the complete subtrees at the end are at hand, in an array: appending a leaf adds to level 0, and to each level above as long as a
 * pair became complete, which is one node a leaf on the average. The array of a level begins at an even place, so that the left half of a pair that may still
 * become complete is always there, also after going back to any size since the last settling. Settling moves the beginning on; the memory before it is used
 * again when it is more than half.
 *
 * What is not at hand is fetched a block at a time: 256 digests of a stored level, from which the seven levels above are made. The last block of
 * each stored level stays, for a proof asks for neighbours on every level. */
#include "ledger/merkle_parts.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct digest merkle_leaf(enum digest_kind kind, const void *bytes, size_t size) {
    return digest_two(kind, "\0", 1, bytes, size);
}

struct digest merkle_node(enum digest_kind kind, const struct digest *left,
                          const struct digest *right) {
    uint8_t bytes[1 + 2 * DIGEST_SIZE];
    bytes[0] = 1;
    memcpy(bytes + 1, left->byte, DIGEST_SIZE);
    memcpy(bytes + 1 + DIGEST_SIZE, right->byte, DIGEST_SIZE);
    return digest_bytes(kind, bytes, sizeof bytes);
}

struct digest merkle_empty(enum digest_kind kind) {
    return digest_bytes(kind, "", 0);
}

/* Where the places of a level begin that must be at hand when all before `size` may go. */
static uint64_t first_needed(uint64_t size, unsigned level) {
    return (size >> level) & ~UINT64_C(1);
}

/* Room for one more digest of a level. */
static bool level_reserve(struct merkle_level *level) {
    if (level->used < level->capacity)
        return true;
    const size_t capacity = level->capacity < 8 ? 16 : 2 * level->capacity;
    struct digest *const item = realloc(level->item, capacity * sizeof *item);
    if (item == NULL)
        return false;
    level->item = item;
    level->capacity = capacity;
    return true;
}

baton_code merkle_open(enum digest_kind kind, uint64_t size, struct merkle_source source,
                       struct merkle **out) {
    assert(size <= (uint64_t)INT64_MAX);
    struct merkle *const tree = calloc(1, sizeof *tree);
    if (tree == NULL)
        return BATON_NO_MEMORY;
    tree->kind = kind;
    tree->size = tree->settled = size;
    tree->source = source;
    for (unsigned i = 0; i < MERKLE_LEVELS; i++)
        tree->level[i].first = size >> i; // nothing at hand yet
    for (unsigned i = 0; i < MERKLE_LEVELS; i++) {
        struct merkle_level *const level = &tree->level[i];
        if ((size >> i) % 2 == 0)
            continue;
        struct digest digest;
        baton_code code = merkle_at(tree, i, (size >> i) - 1, &digest);
        if (code == BATON_OK && !level_reserve(level))
            code = BATON_NO_MEMORY;
        if (code != BATON_OK) {
            merkle_close(tree);
            return code;
        }
        level->item[level->used++] = digest;
        level->first = (size >> i) - 1;
    }
    *out = tree;
    return BATON_OK;
}

void merkle_close(struct merkle *tree) {
    if (tree == NULL)
        return;
    for (unsigned i = 0; i < MERKLE_LEVELS; i++)
        free(tree->level[i].item);
    for (unsigned i = 0; i < MERKLE_BANDS; i++)
        free(tree->band[i]);
    free(tree);
}

uint64_t merkle_size(const struct merkle *tree) {
    return tree->size;
}

baton_code merkle_append(struct merkle *tree, struct digest leaf) {
    assert(tree->size < (uint64_t)INT64_MAX);
    unsigned top = 0; // the level of the largest subtree that becomes complete
    while ((tree->size >> top) % 2 == 1)
        top++;
    for (unsigned i = 0; i <= top; i++)
        if (!level_reserve(&tree->level[i]))
            return BATON_NO_MEMORY;
    struct digest digest = leaf;
    for (unsigned i = 0;; i++) {
        struct merkle_level *const level = &tree->level[i];
        level->item[level->used++] = digest;
        if (i == top)
            break;
        digest =
            merkle_node(tree->kind, &level->item[level->used - 2], &level->item[level->used - 1]);
    }
    tree->size++;
    return BATON_OK;
}

void merkle_back(struct merkle *tree, uint64_t size) {
    assert(size <= tree->size && size >= tree->settled);
    tree->size = size;
    for (unsigned i = 0; i < MERKLE_LEVELS; i++) {
        struct merkle_level *const level = &tree->level[i];
        assert(size >> i >= level->first);
        level->used = level->begin + (size_t)((size >> i) - level->first);
    }
}

/* Lets go of what is before `first`; less memory where much less is in use than there is. */
static void level_settle(struct merkle_level *level, uint64_t first) {
    if (first <= level->first)
        return;
    level->begin += (size_t)(first - level->first);
    level->first = first;
    const size_t count = level->used - level->begin;
    if (level->begin <= level->used / 2)
        return;
    if (count > 0)
        memmove(level->item, level->item + level->begin, count * sizeof *level->item);
    level->begin = 0;
    level->used = count;
    if (level->capacity > 64 && level->capacity / 8 > count) {
        struct digest *const item = realloc(level->item, level->capacity / 4 * sizeof *item);
        if (item != NULL) {
            level->item = item;
            level->capacity /= 4;
        }
    }
}

void merkle_settle(struct merkle *tree, uint64_t keep) {
    const uint64_t from = keep < tree->size ? tree->size - keep : 0;
    tree->settled = tree->size;
    for (unsigned i = 0; i < MERKLE_LEVELS; i++)
        level_settle(&tree->level[i], first_needed(from, i));
}

void merkle_completed(const struct merkle *tree, uint64_t from,
                      void (*tell)(void *context, unsigned level, uint64_t place,
                                   const struct digest *digest),
                      void *context) {
    assert(from >= tree->settled);
    for (unsigned i = MERKLE_STEP; i < MERKLE_LEVELS; i += MERKLE_STEP) {
        const struct merkle_level *const level = &tree->level[i];
        for (uint64_t place = from >> i; place < tree->size >> i; place++)
            tell(context, i, place, &level->item[level->begin + (size_t)(place - level->first)]);
    }
}

/* Row r of a block, counted from its stored level: 256, 128 ... 2 digests. */
static struct digest *block_row(struct merkle_block *block, unsigned r) {
    return block->row + (2 * MERKLE_BLOCK - (2 * MERKLE_BLOCK >> r));
}

/* Has the block at hand with at least `needed` digests of its lowest row, and as many as are stored. */
static baton_code block_fetch(struct merkle *tree, unsigned band, uint64_t number, size_t needed,
                              struct merkle_block **out) {
    if (tree->band[band] == NULL) {
        tree->band[band] = calloc(1, sizeof *tree->band[band]);
        if (tree->band[band] == NULL)
            return BATON_NO_MEMORY;
    }
    struct merkle_block *const block = tree->band[band];
    *out = block;
    if (block->block == number && block->known >= needed)
        return BATON_OK;
    const uint64_t place = number * MERKLE_BLOCK;
    const uint64_t stored = (tree->settled >> (band * MERKLE_STEP)) - place;
    const size_t count = stored < MERKLE_BLOCK ? (size_t)stored : MERKLE_BLOCK;
    assert(count >= needed);
    block->known = 0;
    TRY(tree->source.fetch(tree->source.context, band * MERKLE_STEP, place, count, block->row));
    for (unsigned r = 1; r < MERKLE_STEP; r++) {
        const struct digest *const below = block_row(block, r - 1);
        for (size_t i = 0; i < count >> r; i++)
            block_row(block, r)[i] = merkle_node(tree->kind, &below[2 * i], &below[2 * i + 1]);
    }
    block->block = number;
    block->known = count;
    return BATON_OK;
}

baton_code merkle_at(struct merkle *tree, unsigned level, uint64_t place, struct digest *out) {
    assert(level < MERKLE_LEVELS && place < tree->size >> level);
    const struct merkle_level *const at_hand = &tree->level[level];
    if (place >= at_hand->first && place - at_hand->first < at_hand->used - at_hand->begin) {
        *out = at_hand->item[at_hand->begin + (size_t)(place - at_hand->first)];
        return BATON_OK;
    }
    const unsigned band = level / MERKLE_STEP, r = level % MERKLE_STEP;
    const unsigned up = MERKLE_STEP - r;
    const size_t in_row = (size_t)(place & ((UINT64_C(1) << up) - 1));
    struct merkle_block *block = NULL;
    TRY(block_fetch(tree, band, place >> up, (in_row + 1) << r, &block));
    *out = block_row(block, r)[in_row];
    return BATON_OK;
}
