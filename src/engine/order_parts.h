/* The parts of order.c: counting for small cohorts, sorting for large ones, whole numbers for rounded scores. */
#ifndef ENGINE_ORDER_PARTS_H
#define ENGINE_ORDER_PARTS_H

#include "engine/order.h"

/* The most that are ranked by comparing each with each, keys and values, and by how many an array of keys must be
 * readable beyond its end. */
enum { ORDER_SMALL_KEYS = 192, ORDER_SMALL_VALUES = 64, ORDER_SMALL_BEYOND = 24 };

/* A value's place in the order as a whole number: the greater comes first. */
enum { ORDER_NO_KEY = INT32_MIN, ORDER_NO_SMALL_KEY = INT16_MIN, ORDER_KEY_MOST = 1 << 30 };

/* ---- order_small.c */

/* Twice the ranks of n <= ORDER_SMALL_KEYS keys, the greatest first; 0 for ORDER_NO_SMALL_KEY. rank_room: how many
 * elements of rank_twice may be overwritten, at least n; those from n on hold nothing meaningful then. */
void order_small_keys(uint32_t n, const int16_t *key, enum baton_ties ties, uint32_t *rank_twice,
                      size_t rank_room);

/* The same of n <= ORDER_SMALL_VALUES values; 0 for NaN. */
void order_small_values(uint32_t n, const double *value, bool descending, enum baton_ties ties,
                        uint32_t *rank_twice);

/* ---- order_keys.c */

/* The scores after baton_number_round in units of the last decimal, negated unless descending; ORDER_NO_KEY for NaN.
 * False, with nothing meaningful in key, where one of them is beyond `most` (at most ORDER_KEY_MOST). */
bool order_round_keys(size_t n, const double *score, int decimals, enum baton_rounding mode,
                      bool descending, int32_t most, int32_t *key);

/* The same of values that are whole multiples of some 0.1, 0.01 ... already (decimals of at most 6 places, each value
 * being the double nearest to its decimal, so that equal keys are equal values). False where they are not. */
bool order_decimal_keys(size_t n, const double *value, bool descending, int32_t most, int32_t *key);

/* ---- order_sort.c */

struct order_pair {
    uint64_t key;
    uint32_t index;
};

/* The values that are not NaN as pairs, sorted by value (the greatest first if descending), equal ones by index; *out
 * is in scratch. Answers how many. */
uint32_t order_sort_pairs(struct baton_arena *scratch, uint32_t n, const double *value,
                          bool descending, struct order_pair **out);

/* Twice the rank of `count` equal ones that come after `before` others of `distinct` different values. */
static inline uint32_t order_tied(enum baton_ties ties, uint32_t before, uint32_t count,
                                  uint32_t distinct) {
    switch (ties) {
    case BATON_TIES_DENSE:
        return 2 * (distinct + 1);
    case BATON_TIES_MAX:
        return 2 * (before + count);
    case BATON_TIES_AVERAGE:
        return 2 * before + count + 1;
    case BATON_TIES_MIN:
        break;
    }
    return 2 * (before + 1);
}

#endif
