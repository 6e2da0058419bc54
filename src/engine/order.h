/* Ranks of numbers: who comes before whom, and what equal ones get. */
#ifndef ENGINE_ORDER_H
#define ENGINE_ORDER_H

#include "base/arena.h"
#include "baton/scheme.h"

/* Twice the rank of each value (2 = first, 5 = 2.5), 0 where it is NaN.
 *
 *   value[n]  compared as they are: equal doubles are equal. Who wants equality at 12 significant digits, or of
 *             published scores, passes values that went through baton_number_sig12 or baton_number_round.
 *   descending  the highest first
 *   ties      min 1 2 2 4, dense 1 2 2 3, max 1 3 3 4, average 1 2.5 2.5 4
 *   scratch   marked and reset; at most 32 bytes a value
 *
 * O(n^2) comparisons up to some 200 values, else O(n). Same input, same output whatever the order of equal values.
 * Answers the number of values that are not NaN. */
uint32_t order_rank(struct baton_arena *scratch, uint32_t n, const double *value, bool descending,
                    enum baton_ties ties, uint32_t *rank_twice);

/* order_rank of many adjacent cohorts, one after the other: value and rank_twice are indexed alike, and only what
 * lies in a cohort is read or written. */
struct cohorts;
void order_rank_cohorts(struct baton_arena *scratch, const struct cohorts *cohorts,
                        const double *value, bool descending, enum baton_ties ties,
                        uint32_t *rank_twice);

/* Ranks of published scores: exactly what order_rank_cohorts gives of the scores after baton_number_round_n
 * (decimals 0..9), but they are rounded to whole numbers of the last decimal, and those are ranked several times as
 * fast. For cohorts of any size; at most 40 bytes of scratch a value. */
void order_rank_rounded(struct baton_arena *scratch, const struct cohorts *cohorts,
                        const double *score, int decimals, enum baton_rounding mode,
                        bool descending, enum baton_ties ties, uint32_t *rank_twice);

/* The two halves of order_rank_rounded, for a large cohort whose scores come piece by piece while they are in cache:
 * order_keys puts the rounded scores of a piece where its ranks will be; order_rank_keys, when all pieces of the
 * cohort are there, puts the ranks in their place, answering how many are ranked. Where order_keys answers false (a
 * score of more than 10^9 last decimals) there are no keys, and the cohort is left to order_rank_rounded. */
bool order_keys(uint32_t n, const double *score, int decimals, enum baton_rounding mode,
                bool descending, uint32_t *key);
uint32_t order_rank_keys(struct baton_arena *scratch, uint32_t n, uint32_t *key_then_rank,
                         enum baton_ties ties);

/* The indices of the values that are not NaN, in ascending order of value, equal ones by index; answers how many. */
uint32_t order_sort(struct baton_arena *scratch, uint32_t n, const double *value, uint32_t *index);

#endif
