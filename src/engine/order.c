/* Ranks: which of three ways is the fastest for a cohort, all of which give the same.
 *
 *   small             each value is compared with each (order_small.c)
 *   decimals          figures and scores are mostly decimals of a few places: whole numbers of the last place,
 *                     which are counted or sorted (order_keys.c, order_sort.c)
 *   anything else     a radix sort of the doubles' bits */
#include "engine/lanes.h"
#include "engine/normalise.h"
#include "engine/order_parts.h"
#include <assert.h>
#include <string.h>

/* What is ranked, and how. */
struct ranking {
    struct baton_arena *scratch;
    const double *value;
    int decimals; // the values are ranked after rounding to so many; AS_THEY_ARE
    enum baton_rounding mode;
    bool descending;
    enum baton_ties ties;
    uint32_t *rank_twice;
};
enum { AS_THEY_ARE = -1 };

/* Whole numbers that are in the order of the values; false where there are none within `most`. */
static bool keys_of(const struct ranking *r, uint32_t first, uint32_t n, int32_t most,
                    int32_t *key) {
    return r->decimals == AS_THEY_ARE
               ? order_decimal_keys(n, r->value + first, r->descending, most, key)
               : order_round_keys(n, r->value + first, r->decimals, r->mode, r->descending, most,
                                  key);
}

static uint32_t count_present(uint32_t n, const double *value) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < n; i++)
        count += value[i] == value[i];
    return count;
}

static uint32_t rank_sorted(const struct ranking *r, uint32_t n, const double *value,
                            uint32_t *rank_twice) {
    const struct arena_mark mark = arena_mark(r->scratch);
    struct order_pair *pair;
    const uint32_t count = order_sort_pairs(r->scratch, n, value, r->descending, &pair);
    if (count < n)
        memset(rank_twice, 0, n * sizeof rank_twice[0]);
    for (uint32_t i = 0, end, distinct = 0; i < count; i = end, distinct++) {
        for (end = i + 1; end < count && pair[end].key == pair[i].key;)
            end++;
        for (uint32_t k = i; k < end; k++)
            rank_twice[pair[k].index] = order_tied(r->ties, i, end - i, distinct);
    }
    arena_reset_to(r->scratch, mark);
    return count;
}

/* One cohort, without keys. */
static uint32_t rank_doubles(const struct ranking *r, uint32_t first, uint32_t n) {
    const struct arena_mark mark = arena_mark(r->scratch);
    const double *value = r->value + first;
    if (r->decimals != AS_THEY_ARE) {
        double *rounded = arena_alloc_raw(r->scratch, n, sizeof *rounded);
        baton_number_round_n(n, value, rounded, r->decimals, r->mode);
        value = rounded;
    }
    uint32_t count = 0;
    if (n <= ORDER_SMALL_VALUES) {
        order_small_values(n, value, r->descending, r->ties, r->rank_twice + first);
        count = count_present(n, value);
    } else {
        count = rank_sorted(r, n, value, r->rank_twice + first);
    }
    arena_reset_to(r->scratch, mark);
    return count;
}

/* One large cohort. */
static uint32_t rank_large(const struct ranking *r, uint32_t first, uint32_t n) {
    uint32_t *const key = r->rank_twice + first; // the ranks will take their place
    if (keys_of(r, first, n, ORDER_KEY_MOST, (int32_t *)key))
        return order_rank_keys(r->scratch, n, key, r->ties);
    return rank_doubles(r, first, n);
}

/* Small cohorts that have some thousand values together: the keys of all of them first, so that no time is lost at
 * the ends of cohorts. */
enum { KEYS_AT_ONCE = 2048 };

static void rank_small(const struct ranking *r, const uint32_t *start, uint32_t cohorts) {
    const uint32_t first = start[0], n = start[cohorts] - first;
    assert(n <= KEYS_AT_ONCE);
    int32_t key[KEYS_AT_ONCE + LANES_I16];
    int16_t small[KEYS_AT_ONCE + ORDER_SMALL_BEYOND];
    if (!keys_of(r, first, n, INT16_MAX, key)) {
        for (uint32_t c = 0; c < cohorts; c++)
            rank_doubles(r, start[c], start[c + 1] - start[c]);
        return;
    }
    memset(key + n, 0, LANES_I16 * sizeof key[0]);
    memset(small + n, 0, ORDER_SMALL_BEYOND * sizeof small[0]);
    for (uint32_t i = 0; i < n; i += LANES_I16) {
        const lanes_i16 eight = lanes_narrow(key + i); // ORDER_NO_KEY becomes ORDER_NO_SMALL_KEY
        memcpy(small + i, &eight, sizeof eight);
    }
    for (uint32_t c = 0; c < cohorts; c++) {
        const uint32_t at = start[c] - first, count = start[c + 1] - start[c];
        order_small_keys(count, small + at, r->ties, r->rank_twice + first + at, n - at);
    }
}

static void rank_cohorts(const struct ranking *r, const struct cohorts *cohorts) {
    const uint32_t *const start = cohorts->start;
    // finding who is the first of equals takes longer than comparing
    const uint32_t small = r->ties == BATON_TIES_DENSE ? ORDER_SMALL_VALUES : ORDER_SMALL_KEYS;
    for (uint32_t c = 0, end; c < cohorts->count; c = end) {
        end = c + 1;
        if (start[end] - start[c] > small) {
            rank_large(r, start[c], start[end] - start[c]);
            continue;
        }
        while (end < cohorts->count && start[end + 1] - start[end] <= small &&
               start[end + 1] - start[c] <= KEYS_AT_ONCE)
            end++;
        rank_small(r, start + c, end - c);
    }
}

uint32_t order_rank(struct baton_arena *scratch, uint32_t n, const double *value, bool descending,
                    enum baton_ties ties, uint32_t *rank_twice) {
    const struct ranking r = {.scratch = scratch,
                              .value = value,
                              .decimals = AS_THEY_ARE,
                              .descending = descending,
                              .ties = ties,
                              .rank_twice = rank_twice};
    return n <= ORDER_SMALL_VALUES ? rank_doubles(&r, 0, n) : rank_large(&r, 0, n);
}

void order_rank_cohorts(struct baton_arena *scratch, const struct cohorts *cohorts,
                        const double *value, bool descending, enum baton_ties ties,
                        uint32_t *rank_twice) {
    const struct ranking r = {.scratch = scratch,
                              .value = value,
                              .decimals = AS_THEY_ARE,
                              .descending = descending,
                              .ties = ties,
                              .rank_twice = rank_twice};
    rank_cohorts(&r, cohorts);
}

void order_rank_rounded(struct baton_arena *scratch, const struct cohorts *cohorts,
                        const double *score, int decimals, enum baton_rounding mode,
                        bool descending, enum baton_ties ties, uint32_t *rank_twice) {
    assert(decimals >= 0 && decimals <= 9);
    const struct ranking r = {scratch, score, decimals, mode, descending, ties, rank_twice};
    rank_cohorts(&r, cohorts);
}

bool order_keys(uint32_t n, const double *score, int decimals, enum baton_rounding mode,
                bool descending, uint32_t *key) {
    return order_round_keys(n, score, decimals, mode, descending, ORDER_KEY_MOST, (int32_t *)key);
}

uint32_t order_sort(struct baton_arena *scratch, uint32_t n, const double *value, uint32_t *index) {
    const struct arena_mark mark = arena_mark(scratch);
    struct order_pair *pair;
    const uint32_t count = order_sort_pairs(scratch, n, value, false, &pair);
    for (uint32_t i = 0; i < count; i++)
        index[i] = pair[i].index;
    arena_reset_to(scratch, mark);
    return count;
}
