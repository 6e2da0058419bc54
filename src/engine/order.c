/* Ranks: which of three ways is the fastest for a cohort, all of which give the same.
 *
 *   up to 64 values   each is compared with each (order_small.c)
 *   decimals          figures and scores are mostly decimals of a few places: whole numbers of the last place,
 *                     which are counted or sorted (order_keys.c, order_sort.c)
 *   anything else     a radix sort of the doubles' bits */
#include "engine/lanes.h"
#include "engine/normalise.h"
#include "engine/order_parts.h"
#include <assert.h>
#include <string.h>

static uint32_t count_present(uint32_t n, const double *value) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < n; i++)
        count += value[i] == value[i];
    return count;
}

static uint32_t rank_large_values(struct baton_arena *scratch, uint32_t n, const double *value,
                                  bool descending, enum baton_ties ties, uint32_t *rank_twice) {
    const struct arena_mark mark = arena_mark(scratch);
    struct order_pair *pair;
    const uint32_t count = order_sort_pairs(scratch, n, value, descending, &pair);
    if (count < n)
        memset(rank_twice, 0, n * sizeof rank_twice[0]);
    for (uint32_t i = 0, end, distinct = 0; i < count; i = end, distinct++) {
        for (end = i + 1; end < count && pair[end].key == pair[i].key;)
            end++;
        for (uint32_t k = i; k < end; k++)
            rank_twice[pair[k].index] = order_tied(ties, i, end - i, distinct);
    }
    arena_reset_to(scratch, mark);
    return count;
}

uint32_t order_rank(struct baton_arena *scratch, uint32_t n, const double *value, bool descending,
                    enum baton_ties ties, uint32_t *rank_twice) {
    if (n <= ORDER_SMALL) {
        order_small_values(n, value, descending, ties, rank_twice);
        return count_present(n, value);
    }
    int32_t *const key = (int32_t *)rank_twice; // the ranks will take the place of the keys
    return order_decimal_keys(n, value, descending, key)
               ? order_large_keys(scratch, n, key, ties)
               : rank_large_values(scratch, n, value, descending, ties, rank_twice);
}

void order_rank_cohorts(struct baton_arena *scratch, const struct cohorts *cohorts,
                        const double *value, bool descending, enum baton_ties ties,
                        uint32_t *rank_twice) {
    for (uint32_t c = 0; c < cohorts->count; c++) {
        const uint32_t first = cohorts->start[c], n = cohorts->start[c + 1] - first;
        if (n <= ORDER_SMALL)
            order_small_values(n, value + first, descending, ties, rank_twice + first);
        else
            order_rank(scratch, n, value + first, descending, ties, rank_twice + first);
    }
}

/* Scores whose rounded values are too large for keys: as they are. */
static void rank_rounded_values(struct baton_arena *scratch, const struct cohorts *cohorts,
                                const double *score, int decimals, enum baton_rounding mode,
                                bool descending, enum baton_ties ties, uint32_t *rank_twice) {
    for (uint32_t c = 0; c < cohorts->count; c++) {
        const struct arena_mark mark = arena_mark(scratch);
        const uint32_t first = cohorts->start[c], n = cohorts->start[c + 1] - first;
        double *rounded = arena_alloc_raw(scratch, n, sizeof *rounded);
        baton_number_round_n(n, score + first, rounded, decimals, mode);
        order_rank(scratch, n, rounded, descending, ties, rank_twice + first);
        arena_reset_to(scratch, mark);
    }
}

/* One large cohort. */
static void rank_rounded_large(struct baton_arena *scratch, const struct cohorts *one,
                               const double *score, int decimals, enum baton_rounding mode,
                               bool descending, enum baton_ties ties, uint32_t *rank_twice) {
    const uint32_t first = one->start[0], n = one->start[1] - first;
    int32_t *const key = (int32_t *)rank_twice + first;
    if (order_round_keys(n, score + first, decimals, mode, descending, ORDER_KEY_MOST, key))
        order_large_keys(scratch, n, key, ties);
    else
        rank_rounded_values(scratch, one, score, decimals, mode, descending, ties, rank_twice);
}

/* Small cohorts that have some thousand scores together: their keys first, so that no time is lost at the ends of
 * cohorts. */
enum { KEYS_AT_ONCE = 2048 };

static void rank_rounded_small(struct baton_arena *scratch, const struct cohorts *some,
                               const double *score, int decimals, enum baton_rounding mode,
                               bool descending, enum baton_ties ties, uint32_t *rank_twice) {
    const uint32_t first = some->start[0], n = some->start[some->count] - first;
    assert(n <= KEYS_AT_ONCE);
    int32_t key[KEYS_AT_ONCE + LANES_I16];
    int16_t small[KEYS_AT_ONCE + ORDER_SMALL_BEYOND];
    memset(key + n, 0, LANES_I16 * sizeof key[0]);
    memset(small + n, 0, ORDER_SMALL_BEYOND * sizeof small[0]);
    if (!order_round_keys(n, score + first, decimals, mode, descending, INT16_MAX, key)) {
        rank_rounded_values(scratch, some, score, decimals, mode, descending, ties, rank_twice);
        return;
    }
    for (uint32_t i = 0; i < n; i += LANES_I16) {
        const lanes_i16 eight = lanes_narrow(key + i); // ORDER_NO_KEY becomes ORDER_NO_SMALL_KEY
        memcpy(small + i, &eight, sizeof eight);
    }
    for (uint32_t c = 0; c < some->count; c++) {
        const uint32_t at = some->start[c] - first, count = some->start[c + 1] - some->start[c];
        order_small_keys(count, small + at, ties, rank_twice + first + at, n - at);
    }
}

void order_rank_rounded(struct baton_arena *scratch, const struct cohorts *cohorts,
                        const double *score, int decimals, enum baton_rounding mode,
                        bool descending, enum baton_ties ties, uint32_t *rank_twice) {
    const uint32_t *const start = cohorts->start;
    for (uint32_t c = 0, end; c < cohorts->count; c = end) {
        end = c + 1;
        if (start[end] - start[c] > ORDER_SMALL) {
            rank_rounded_large(scratch, &(struct cohorts){start + c, 1}, score, decimals, mode,
                               descending, ties, rank_twice);
            continue;
        }
        while (end < cohorts->count && start[end + 1] - start[end] <= ORDER_SMALL &&
               start[end + 1] - start[c] <= KEYS_AT_ONCE)
            end++;
        rank_rounded_small(scratch, &(struct cohorts){start + c, end - c}, score, decimals, mode,
                           descending, ties, rank_twice);
    }
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
