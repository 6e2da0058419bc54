/* Figures of another order of magnitude than usual: 10, 100, 1,000 or 10,000 times, or that part of, what they mostly are. That
 * is what a wrong unit of measurement looks like (万元 for 亿元, a share for a percentage), and it is a question, never a
 * verdict.
 *
 * All is done with decimal logarithms, so that a factor of 10 is a difference of 1, and with medians (of an even number the
 * lower of the middle two), so that what is wrong does not move what is usual:
 *
 *   1. What a period does to all. A figure is the unit's level plus the period's level plus a rest. The levels are medians,
 *      found in turns from at most 255 units, a period's from 3 figures at least. Seasons, and figures that add up from
 *      January on, are levels of periods: that January is a 12th of December is so for everybody, and is not in the rest.
 *   2. What is usual for a unit. The most of its rests that lie within a factor of 3.5 of each other (of equally many those
 *      clearly nearer to the level of most units, else the earliest); their median is usual, h the distance of the farthest
 *      of them.
 *   3. Another rest is a slip where it is 10^k times the usual, k from 1 to 4 or -1 to -4, and at least three times as far
 *      away as h: for 10 and a 10th give or take h and a further factor of 1.26, at most 2 in all, else a factor of 2. What is
 *      neither usual nor a slip is noise; so are 0 and figures of the other sign.
 *   4. Nothing is asked of a unit with noise of more than an eighth of its usual figures, nor of an element where noise is more
 *      than a tenth: such figures vary by factors by nature (growth in %, accidents). Nor where less than 3 figures could ever be
 *      compared with an earlier one of their unit.
 *   5. The levels of periods are a series too, judged by 2 and 3. What slipped there slipped for (nearly) all units at once. Season
 *      and growth are taken out by comparing with the same period of the other years: with their median where there are
 *      three of that name, with the earlier where there are two. A period without such, and every one where less than two
 *      comparisons by name can be made, is compared with the others of its year, at least two, as a level or as a sum that
 *      rises with the number of the period, whichever makes more of them alike. Where a single comparison is all that is
 *      known, it takes a factor of 100.
 *   6. With less than 4 units, and for a period without a level, each unit's own figures are judged by step 5, where at least
 *      three must be alike.
 *
 * Figures in % or as a share (measure % or 1) can only be wrong by a factor of 100 (98.5 and 0.985), those in ‰ by 10 and 1,000.
 * Where all figures are whole numbers, they count something, and less than 10 is no size: 1 accident and 10 is no question. */
#ifndef ANALYSE_MAGNITUDE_H
#define ANALYSE_MAGNITUDE_H

#include "base/arena.h"
#include "baton/facts.h"

enum { MAGNITUDE_MOST = 4 }; /* powers of ten that are asked about */

/* Figures of one element in periods of one kind, ascending. */
struct magnitude_figures {
    const char *measure; /* NULL = not known: any factor may be */
    uint32_t unit_count, period_count;
    const struct baton_period *period;
    const double *const *value; /* [period][unit]; NaN = none */
    /* [period][unit] whether it is a new figure: only such are asked about, and only the others say what is usual, where there are
     * some. NULL = every figure is asked about; a NULL inside: none of the period is new */
    const bool *const *is_new;
};

/* A slip of a unit, or of several at once. */
struct magnitude_slip {
    uint32_t unit;        /* the first of them */
    uint32_t units;       /* how many; 1, or at least 4 */
    uint32_t first, last; /* indices of the first period, and of the last one that it slipped in */
    int power;            /* -4..-1, 1..4: the figure is 10^power times what is usual */
    double figure, usual; /* of the unit in the first period; of three significant digits */
};

struct magnitude_slips {
    struct magnitude_slip *item; /* by first period, power, unit */
    size_t count, capacity;
};

/* Adds the slips to *out. Of a unit the first is told; the same of four or more units in one period and by one power is one. Memory
 * from `arena`. O(figures); where figures are as usual, some nanoseconds each. Same bits everywhere. */
void magnitude_look(struct baton_arena *arena, const struct magnitude_figures *figures,
                    struct magnitude_slips *out);

/* ---- The same of the figures that a scheme has. */

struct magnitude_found {
    struct magnitude_slip slip;
    uint32_t element;
    struct baton_period first, last; /* of the slip */
};

struct magnitude_list {
    struct magnitude_found *item;
    size_t count, capacity;
};

/* A figure to be taken in, of a reported element, in a period of the element's frequency. */
struct magnitude_new {
    uint32_t unit, element;
    struct baton_period period;
    double value; /* not NaN */
};

/* Looks at all figures, element by element; codes and named expressions aside. Adds to *out. */
void magnitude_of_facts(struct baton_arena *arena, const struct baton_scheme *scheme,
                        const struct baton_facts *facts, struct magnitude_list *out);

/* Looks at new figures as if they stood with those of `facts`, or in their place; told of are only new ones, in the order of elements.
 * No unit, element and period may be there twice. Puts fresh[] in another order. */
void magnitude_of_new(struct baton_arena *arena, const struct baton_scheme *scheme,
                      const struct baton_facts *facts, struct magnitude_new *fresh, size_t count,
                      struct magnitude_list *out);

/* Figures of one element in one period. */
struct magnitude_sheet {
    uint32_t element;
    struct baton_period period;
    size_t count;
    const uint32_t *unit; /* each once */
    const double *value;  /* NaN = none */
};

/* Tells by which power of ten the figures of a sheet are off as a whole, 0 = as usual: each is divided by the median of its unit's figures of the same
 * name in other years, or, where there are none, of all its other figures; *power is the nearest to the median of these. False where
 * that cannot be told: less than 3 units can be compared, less than 7 in 10 lie within a factor of 2 of the median, or that is more than a factor of 2
 * from a power that is possible. */
bool magnitude_of_sheet(struct baton_arena *arena, const struct baton_scheme *scheme,
                        const struct baton_facts *facts, const struct magnitude_sheet *sheet,
                        int *power);

/* "530 ≈ 5.3 × 100", "0.053 ≈ 5.3 ÷ 100": the figure, what is usual, the factor. In `arena`. */
const char *magnitude_formula(struct baton_arena *arena, const struct magnitude_slip *slip);

/* "2021-H1", "2021-H1..2021-H2": in which periods the figure slipped. In `arena`. */
const char *magnitude_span(struct baton_arena *arena, const struct magnitude_found *found);

#endif
