/* Roots and proofs of RFC 9162, and what checks them.
 *
 * The RFC tells proofs by recursion from the root down; here it is a loop in the same order, and what it gathers is turned round at the end. Whatever a proof needs
 * is either a complete subtree, or what lies to the right of one up to the end: some complete subtrees, each smaller than the one before. */
#include "ledger/merkle_parts.h"
#include <assert.h>

/* The largest power of 2 below n (n > 1), as an exponent. */
static unsigned half(uint64_t n) {
    return 63u - (unsigned)__builtin_clzll(n - 1);
}

/* The root of the entries start .. start+count-1, where start is a multiple of a power of 2 that is not below count. */
static baton_code span(struct merkle *tree, uint64_t start, uint64_t count, struct digest *out) {
    assert(count > 0);
    bool is_begun = false;
    uint64_t end = start + count;
    for (; count > 0; count &= count - 1) { // the smallest complete subtree first, at the end
        const unsigned level = (unsigned)__builtin_ctzll(count);
        struct digest left;
        end -= UINT64_C(1) << level;
        TRY(merkle_at(tree, level, end >> level, &left));
        *out = is_begun ? merkle_node(tree->kind, &left, out) : left;
        is_begun = true;
    }
    return BATON_OK;
}

baton_code merkle_root(struct merkle *tree, uint64_t size, struct digest *out) {
    assert(size <= tree->size);
    struct digest root = merkle_empty(tree->kind);
    if (size > 0)
        TRY(span(tree, 0, size, &root));
    *out = root;
    return BATON_OK;
}

static void turn_round(struct digest *proof, size_t count) {
    for (size_t i = 0; i < count / 2; i++) {
        const struct digest held = proof[i];
        proof[i] = proof[count - 1 - i];
        proof[count - 1 - i] = held;
    }
}

baton_code merkle_inclusion(struct merkle *tree, uint64_t position, uint64_t size,
                            struct digest proof[MERKLE_PROOF_MAX], size_t *count) {
    assert(position < size && size <= tree->size);
    uint64_t start = 0;
    size_t found = 0;
    while (size > 1) {
        const uint64_t left = UINT64_C(1) << half(size);
        if (position - start < left) {
            TRY(span(tree, start + left, size - left, &proof[found++]));
            size = left;
        } else {
            TRY(span(tree, start, left, &proof[found++]));
            start += left;
            size -= left;
        }
    }
    turn_round(proof, found);
    *count = found;
    return BATON_OK;
}

baton_code merkle_consistency(struct merkle *tree, uint64_t old, uint64_t size,
                              struct digest proof[MERKLE_PROOF_MAX], size_t *count) {
    assert(old <= size && size <= tree->size);
    *count = 0;
    if (old == 0 || old == size)
        return BATON_OK;
    uint64_t start = 0;
    size_t found = 0;
    while (old - start !=
           size) { // of the entries from start on: old - start of them are old, `size` new
        const uint64_t left = UINT64_C(1) << half(size);
        if (old - start <= left) {
            TRY(span(tree, start + left, size - left, &proof[found++]));
            size = left;
        } else {
            TRY(span(tree, start, left, &proof[found++]));
            start += left;
            size -= left;
        }
    }
    if (start > 0)
        TRY(span(tree, start, size, &proof[found++]));
    turn_round(proof, found);
    *count = found;
    return BATON_OK;
}

bool merkle_inclusion_holds(enum digest_kind kind, uint64_t position, uint64_t size,
                            const struct digest *leaf, const struct digest *proof, size_t count,
                            const struct digest *root) {
    if (position >= size)
        return false;
    uint64_t at = position, last = size - 1;
    struct digest made = *leaf;
    for (size_t i = 0; i < count; i++) {
        if (last == 0)
            return false;
        if (at % 2 == 1 || at == last) {
            made = merkle_node(kind, &proof[i], &made);
            while (at % 2 == 0 && at != 0) {
                at >>= 1;
                last >>= 1;
            }
        } else {
            made = merkle_node(kind, &made, &proof[i]);
        }
        at >>= 1;
        last >>= 1;
    }
    return last == 0 && digest_equal(&made, root);
}

/* The loop of 2.1.4.2 over the proof, `first` being what stands before it or its own first digest. */
static bool extends(enum digest_kind kind, uint64_t old, uint64_t size, struct digest first,
                    const struct digest *proof, size_t count, const struct digest *old_root,
                    const struct digest *root) {
    uint64_t at = old - 1, last = size - 1;
    while (at % 2 == 1) {
        at >>= 1;
        last >>= 1;
    }
    struct digest made_old = first, made = first;
    for (size_t i = 0; i < count; i++) {
        if (last == 0)
            return false;
        if (at % 2 == 1 || at == last) {
            made_old = merkle_node(kind, &proof[i], &made_old);
            made = merkle_node(kind, &proof[i], &made);
            while (at % 2 == 0 && at != 0) {
                at >>= 1;
                last >>= 1;
            }
        } else {
            made = merkle_node(kind, &made, &proof[i]);
        }
        at >>= 1;
        last >>= 1;
    }
    return last == 0 && digest_equal(&made_old, old_root) && digest_equal(&made, root);
}

bool merkle_consistency_holds(enum digest_kind kind, uint64_t old, uint64_t size,
                              const struct digest *old_root, const struct digest *root,
                              const struct digest *proof, size_t count) {
    if (old > size)
        return false;
    if (old == size)
        return count == 0 && digest_equal(old_root, root);
    if (old == 0) {
        const struct digest empty = merkle_empty(kind);
        return count == 0 && digest_equal(old_root, &empty);
    }
    if (count == 0)
        return false;
    const bool is_power = (old & (old - 1)) == 0;
    return is_power ? extends(kind, old, size, *old_root, proof, count, old_root, root)
                    : extends(kind, old, size, proof[0], proof + 1, count - 1, old_root, root);
}
