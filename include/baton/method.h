/* The methods by which figures become scores (标准化), one function a kind, each for the figures of one cohort (比较范围:
 * the units that are compared with each other). This is what a scoring does with each leaf's figures after they were
 * derived and treated and before scores are added up; use it to try a method, or to score figures of your own.
 *
 * What all of them have in common:
 *
 *   how           the parameters; only those of its kind are read, and `floor` and `cap` (NaN = none). These come
 *                 last: a score below `floor` becomes it, then one above `cap` becomes that, noted CLAMPED
 *   direction     BATON_UP: more is better. BATON_DOWN: less is better
 *   value[n] in   figures in the indicator's own unit of measurement; NaN = missing
 *   score[n] out  NaN where value is, and where the formula gives nothing, which is then noted; may be the array of
 *                 values itself, but not overlap it otherwise
 *   note[n] out   BATON_NOTE_* bits are added, none is cleared; NULL = not asked for
 *
 * Comparisons (equal figures, targets and bounds met) are at 12 significant digits, so that 0.1 + 0.2 reaches 0.3.
 * CONSTANT notes a cohort whose figures are all equal, as a single figure is, under the methods that compare with the
 * cohort: range, zscore, rank, race (those that race), percentile, best (unless it is of a unit).
 * An empty cohort is fine. Nothing can go wrong but memory: what returns a code takes scratch memory from the arena,
 * which it gives back, and answers BATON_NO_MEMORY (scores and notes being undefined then) or BATON_OK. Wrong arguments
 * are bugs and assert. Same input, same bits on every machine. O(n) unless it says otherwise.
 *
 * Kind `rule` has no function here: its score is an expression. */
#ifndef BATON_METHOD_H
#define BATON_METHOD_H

#include "arena.h"
#include "result.h"
#include <math.h>

/* A method of `kind` with the defaults of the package format (over the group, ties min, floor 0 for target, race and
 * deduct); parameters that are needed are NaN or NULL, still to be set. */
BATON_API struct baton_method baton_method_of(enum baton_method_kind kind);

/* range (功效系数法, min-max): low + (high - low) * (x - lo) / (hi - lo); down, (hi - x) / (hi - lo) instead.
 * lo and hi are the cohort's extremes, whose scores are exactly low and high (down: high and low); under
 * how->over == BATON_OVER_FIXED they are the arguments `lo` and `hi`, else unused, and a figure beyond them scores as
 * the one it went past, noted CLAMPED. All present figures equal (or lo and hi): each scores `high`, noted CONSTANT.
 * Source: OECD and JRC, Handbook on Constructing Composite Indicators (2008), step 5. */
BATON_API void baton_normalise_range(const struct baton_method *how, enum baton_direction direction,
                                     double lo, double hi, size_t n, const double *value,
                                     double *score, uint16_t *note);

/* zscore (标准分): mean + sd * (x - m) / s; down, (m - x) / s. m is the mean of the figures present, s their standard
 * deviation with n - 1. A single figure, or all equal: `mean`, noted CONSTANT. For figures below 1e300 in size.
 * Source: OECD and JRC (2008), step 5. */
BATON_API void baton_normalise_zscore(const struct baton_method *how,
                                      enum baton_direction direction, size_t n, const double *value,
                                      double *score, uint16_t *note);

/* rank (排序法): high - (r - 1) * (high - low) / (p - 1), with r the rank among the p figures present by how->ties,
 * the greatest first; down, the smallest. A single figure: `high`. O(n log n).
 * Source: OECD and JRC (2008), step 5. */
BATON_API baton_code baton_normalise_rank(struct baton_arena *scratch,
                                          const struct baton_method *how,
                                          enum baton_direction direction, uint32_t n,
                                          const double *value, double *score, uint16_t *note);

/* race (赛马排名): first - step * (r - 1), r being the rank by how->ties, the greatest first; down, the smallest. Or by
 * how->table: the table's score of rank r; beyond it `floor` (0 without one); a half rank, which average ties give, has
 * the mean of its neighbours.
 *   racing[n]  a condition for each: 0 or NaN = does not race, takes no place and scores how->otherwise (raised by
 *              floor and lowered by cap like any score); NULL = all race
 * O(n log n). Source: monthly evaluations of counties and districts, "the first scores full, each further place 5%
 * less". */
BATON_API baton_code baton_normalise_race(struct baton_arena *scratch,
                                          const struct baton_method *how,
                                          enum baton_direction direction, uint32_t n,
                                          const double *value, const double *racing, double *score,
                                          uint16_t *note);

/* percentile (百分位): 100 * b / (p - 1), with b how many of the p figures present are below (down: above) it. A single
 * figure: 100. O(n log n). */
BATON_API baton_code baton_normalise_percentile(struct baton_arena *scratch,
                                                const struct baton_method *how,
                                                enum baton_direction direction, uint32_t n,
                                                const double *value, double *score, uint16_t *note);

/* best (标杆法): 100 * x / b; down, 100 * b / x. b is the greatest of the figures (down: the smallest), their mean, or
 * `against`, the figure of some unit, by how->of. A figure equal to b scores 100; else divided by 0 there is no score,
 * noted ZERO. No b: no score, noted NO_TARGET. Source: OECD and JRC (2008), step 5, "distance to a reference". */
BATON_API void baton_normalise_best(const struct baton_method *how, enum baton_direction direction,
                                    double against, size_t n, const double *value, double *score,
                                    uint16_t *note);

/* target (目标完成率), with t the target of each:
 *   up                   100 * x / t
 *   down                 100 * t / x; for x of 0 or less `cap`, or 100 without one, noted ZERO
 *   down, how->mirror    100 * (2 - x / t)
 *   how->from_baseline   100 * (x - b) / (t - b) with the baseline b, whatever the direction
 * Where there is nothing to divide by (t is 0 or less; under from_baseline instead t is b) 100 if the target is met, else
 * `floor` (0 without one), noted ZERO. A share below how->start_at becomes 0, which `floor` may raise again.
 *   target[n]    NaN, or the array NULL: no score, noted NO_TARGET
 *   baseline[n]  likewise, under how->from_baseline only */
BATON_API void baton_normalise_target(const struct baton_method *how,
                                      enum baton_direction direction, size_t n, const double *value,
                                      const double *target, const double *baseline, double *score,
                                      uint16_t *note);

/* pass (达标): 100 where x op target holds, else 0; op is how->op, by direction >= (up) or <= (down). No target: no
 * score, noted NO_TARGET. */
BATON_API void baton_normalise_pass(const struct baton_method *how, enum baton_direction direction,
                                    size_t n, const double *value, const double *target,
                                    double *score, uint16_t *note);

/* direct (直接计分): x itself, a score given by others, brought within 0..100, noted CLAMPED; down, 100 less it. */
BATON_API void baton_normalise_direct(const struct baton_method *how,
                                      enum baton_direction direction, size_t n, const double *value,
                                      double *score, uint16_t *note);

/* deduct (扣分): 100 - per * max(0, x), x being a number of faults; with how->above 100 - per * max(0, above - x), x
 * being what should reach `above`. */
BATON_API void baton_normalise_deduct(const struct baton_method *how, size_t n, const double *value,
                                      double *score, uint16_t *note);

/* bands (分段计分): the score of the first of how->bands, best first, whose bound x reaches (x >= bound; down, x <= bound),
 * else `below`. With how->linear a figure between two bounds scores in proportion between their scores, one beyond the
 * first bound that of the first. */
BATON_API void baton_normalise_bands(const struct baton_method *how, enum baton_direction direction,
                                     size_t n, const double *value, double *score, uint16_t *note);

/* levels (等级计分): the score of the entry of how->bands whose `bound` is x, the index of a code; none: no score. */
BATON_API void baton_normalise_levels(const struct baton_method *how, size_t n, const double *value,
                                      double *score, uint16_t *note);

#endif
