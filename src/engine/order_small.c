/* Ranks of small cohorts by counting: how many come before each, every one being compared with every other.
 *
 * For some twenty values that is several times faster than any sort, as there is nothing to branch on: the keys
 * of a block stand in vectors, and each key of the cohort is compared with the whole block at once. What a block
 * reads beyond the cohort is compared too, but not used. */
#include "engine/lanes.h"
#include "engine/order_parts.h"
#include <assert.h>

enum { VECTORS = 3, BLOCK_KEYS = VECTORS * LANES_I16, BLOCK_VALUES = 8 };
_Static_assert((int)BLOCK_KEYS <= (int)ORDER_SMALL_BEYOND,
               "a block may be read that begins in the cohort");

static inline lanes_i16 all_keys(int16_t key) {
    return (lanes_i16){key, key, key, key, key, key, key, key};
}

/* A cohort's keys. */
struct keys {
    uint32_t n;
    const int16_t *key;
    bool repeated[ORDER_SMALL_KEYS]; // an earlier one is equal; only filled for dense ranks
};

/* Stores eight numbers. */
static inline void store_wide(lanes_i16 x, uint32_t *to) {
    const lanes_i16 zero = {0};
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    const lanes_i16 low = __builtin_shufflevector(x, zero, 0, 8, 1, 9, 2, 10, 3, 11);
    const lanes_i16 high = __builtin_shufflevector(x, zero, 4, 12, 5, 13, 6, 14, 7, 15);
#else
    const lanes_i16 low = __builtin_shufflevector(x, zero, 8, 0, 9, 1, 10, 2, 11, 3);
    const lanes_i16 high = __builtin_shufflevector(x, zero, 12, 4, 13, 5, 14, 6, 15, 7);
#endif
    memcpy(to, &low, sizeof low);
    memcpy(to + 4, &high, sizeof high);
}

/* Twice the ranks of the block of keys that begins at `first`. */
static inline void rank_block(const struct keys *k, uint32_t first, enum baton_ties ties,
                              uint32_t *rank_twice) {
    const lanes_i16 one = all_keys(1), all = all_keys((int16_t)k->n),
                    none = all_keys(ORDER_NO_SMALL_KEY);
    lanes_i16 own[VECTORS], above[VECTORS] = {{0}}, below[VECTORS] = {{0}};
    memcpy(own, k->key + first, sizeof own);
    for (uint32_t i = 0; i < k->n; i++) {
        if (ties == BATON_TIES_DENSE && k->repeated[i])
            continue;
        const lanes_i16 other = all_keys(k->key[i]);
        for (int v = 0; v < VECTORS; v++) { // a comparison gives -1 where it holds
            if (ties != BATON_TIES_MAX)
                above[v] -= (lanes_i16)(other > own[v]);
            if (ties == BATON_TIES_MAX ||
                ties == BATON_TIES_AVERAGE) // what has no key is below too
                below[v] -= (lanes_i16)(own[v] > other);
        }
    }
    for (int v = 0; v < VECTORS; v++) {
        const lanes_i16 best = above[v] + one, last = all - below[v];
        const lanes_i16 twice = ties == BATON_TIES_MAX       ? last + last
                                : ties == BATON_TIES_AVERAGE ? best + last
                                                             : best + best;
        store_wide(twice & ~(lanes_i16)(own[v] == none), rank_twice + v * LANES_I16);
    }
}

/* Inline, so that `ties` is a constant where the comparisons are made. */
static inline void rank_keys(const struct keys *k, enum baton_ties ties, uint32_t *rank_twice,
                             size_t rank_room) {
    uint32_t first = 0;
    for (; first < k->n && rank_room - first >= BLOCK_KEYS; first += BLOCK_KEYS)
        rank_block(k, first, ties, rank_twice + first);
    for (; first < k->n; first += BLOCK_KEYS) {
        uint32_t block[BLOCK_KEYS];
        rank_block(k, first, ties, block);
        const uint32_t count = k->n - first < BLOCK_KEYS ? k->n - first : BLOCK_KEYS;
        memcpy(rank_twice + first, block, count * sizeof block[0]);
    }
}

void order_small_keys(uint32_t n, const int16_t *key, enum baton_ties ties, uint32_t *rank_twice,
                      size_t rank_room) {
    assert(n <= ORDER_SMALL_KEYS && rank_room >= n);
    struct keys k;
    k.n = n;
    k.key = key;
    switch (ties) {
    case BATON_TIES_MIN:
        rank_keys(&k, BATON_TIES_MIN, rank_twice, rank_room);
        break;
    case BATON_TIES_DENSE:
        for (uint32_t i = 0; i < n; i++) {
            k.repeated[i] = false;
            for (uint32_t j = 0; j < i; j++)
                k.repeated[i] |= key[j] == key[i];
        }
        rank_keys(&k, BATON_TIES_DENSE, rank_twice, rank_room);
        break;
    case BATON_TIES_MAX:
        rank_keys(&k, BATON_TIES_MAX, rank_twice, rank_room);
        break;
    case BATON_TIES_AVERAGE:
        rank_keys(&k, BATON_TIES_AVERAGE, rank_twice, rank_room);
        break;
    }
}

/* The values of a cohort, all with the same sign as the order asks for, and room for a block beyond it. */
struct values {
    uint32_t n;
    double value[ORDER_SMALL_VALUES + BLOCK_VALUES]; // the greater comes first; NaN = none
    bool repeated[ORDER_SMALL_VALUES]; // an earlier one is equal; only filled for dense ranks
};

/* How many of the values are greater, and how many smaller, than each of the block that begins at `first`. */
static inline void count_values(const struct values *v, uint32_t first, bool skip_repeated,
                                int64_t above[BLOCK_VALUES], int64_t below[BLOCK_VALUES]) {
    enum { COUNT = BLOCK_VALUES / LANES_F64 };
    lanes_i64 more[COUNT] = {{0}}, less[COUNT] = {{0}};
    lanes_f64 own[COUNT];
    for (int k = 0; k < COUNT; k++)
        own[k] = lanes_load(v->value + first + k * LANES_F64);
    for (uint32_t i = 0; i < v->n; i++) {
        if (skip_repeated && v->repeated[i])
            continue;
        const lanes_f64 other = lanes_all(v->value[i]);
        for (int k = 0; k < COUNT; k++)
            more[k] -= (lanes_i64)(other > own[k]);
        if (below != NULL)
            for (int k = 0; k < COUNT; k++)
                less[k] -= (lanes_i64)(other < own[k]);
    }
    memcpy(above, more, sizeof more);
    if (below != NULL)
        memcpy(below, less, sizeof less);
}

void order_small_values(uint32_t n, const double *value, bool descending, enum baton_ties ties,
                        uint32_t *rank_twice) {
    assert(n <= ORDER_SMALL_VALUES);
    struct values v;
    v.n = n;
    for (uint32_t i = 0; i < n; i++)
        v.value[i] = descending ? value[i] : -value[i];
    memset(v.value + n, 0, BLOCK_VALUES * sizeof v.value[0]);
    uint32_t present = 0;
    for (uint32_t i = 0; i < n; i++)
        present += v.value[i] == v.value[i];
    if (ties == BATON_TIES_DENSE)
        for (uint32_t i = 0; i < n; i++) {
            v.repeated[i] = false;
            for (uint32_t j = 0; j < i; j++)
                v.repeated[i] |= v.value[j] == v.value[i];
        }
    const bool needs_below = ties == BATON_TIES_MAX || ties == BATON_TIES_AVERAGE;
    for (uint32_t first = 0; first < n; first += BLOCK_VALUES) {
        int64_t above[BLOCK_VALUES], below[BLOCK_VALUES] = {0};
        if (needs_below)
            count_values(&v, first, false, above, below);
        else
            count_values(&v, first, ties == BATON_TIES_DENSE, above, NULL);
        for (uint32_t i = first; i < n && i < first + BLOCK_VALUES; i++) {
            const uint32_t before = (uint32_t)above[i - first];
            const uint32_t equal = present - before - (uint32_t)below[i - first];
            rank_twice[i] = v.value[i] == v.value[i] ? order_tied(ties, before, equal, before) : 0;
        }
    }
}
