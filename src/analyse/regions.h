/* The regions of conditions. Conditions that look at the same quantities (score, rank, node(x), score - base) compare these with
 * constants, which cut the line of each quantity into points and open intervals between, so that "any number of decimals" is
 * looked at. Inside of one region of every quantity no comparison changes; so each condition is tried once a region, with all
 * that is not looked at unknown.
 *
 * A quantity is what stands in a comparison apart from constants: a number times a name, or a sum of such. A box is a region
 * for each quantity. */
#ifndef ANALYSE_REGIONS_H
#define ANALYSE_REGIONS_H

#include "analyse/possible.h"

enum { REGION_UNKNOWN = -1 };

struct quantity {
    const struct quantity_term { /* term[0].factor is 1 */
        const struct tree *tree;
        double factor;
    } * term;
    uint32_t term_count;
    const char *text; /* as one would write it */
    bool is_text;     /* a code or a grade: its cuts are codes, compared with == and != only */
    /* The constants that it is compared with: rising, no two equal. Region 2i + 1 is cut i, region 2i what lies before
     * it; region 2 * cut_count is beyond the last, and the next is that it is missing. */
    double *cut;
    size_t cut_count, cut_room;
    struct possible range; /* what it can be at all */
    double step;           /* its values are multiples of this; 0 = any number */
};

/* A comparison of a quantity with a cut. */
struct region_comparison {
    const struct tree *tree;
    size_t quantity;
    double value;                /* of the cut */
    int region;                  /* that of the cut */
    enum rule_operator operator; /* quantity operator cut */
};

struct regions {
    struct baton_arena *arena;
    const struct baton_scheme *scheme; /* for the words of quantities */
    struct known known;                /* of the names; number and condition are not read */
    /* The step of a quantity of the term, as in struct quantity; NULL = 0. */
    double (*step)(void *context, const struct tree *term);
    struct quantity *quantity;
    size_t count, room;
    struct region_comparison *comparison;
    size_t comparison_count, comparison_room;
    uint32_t looked; /* trees looked at */
};

/* Collects the quantities of a condition, or of the conditions inside of a number. */
void regions_add(struct regions *regions, const struct tree *tree);
/* Sorts the cuts and finds the ranges; before all that follows. */
void regions_close(struct regions *regions);

static inline int region_count(const struct quantity *quantity) { /* without that of missing */
    return 2 * (int)quantity->cut_count + 1;
}
static inline int region_missing(const struct quantity *quantity) {
    return region_count(quantity);
}
/* Whether the quantity can be there; without `stepped` as if it had any number of decimals. */
bool region_possible(const struct quantity *quantity, int region, bool stepped);

/* The ends of a region, infinite where there is none; of a cut both are the cut, else neither belongs to it. */
void region_ends(const struct quantity *quantity, int region, double *lo, double *hi);
bool region_is_multiple(double value, double step);
/* The smallest multiple of the step that is lo or more, with `above` more than lo. */
double region_next_multiple(double lo, double step, bool above);

/* A box: at[quantity] is a region, or REGION_UNKNOWN. What a condition, a number can be there. */
unsigned regions_condition(const struct regions *regions, const int *at, const struct tree *tree);
struct possible regions_number(const struct regions *regions, const int *at,
                               const struct tree *tree);

/* Goes through the boxes of the quantities that `split` has, all others unknown: the first box, then the next; false = there is
 * none. Regions where the quantity cannot be are left out, as is its being missing without `missing`. */
bool regions_first(const struct regions *regions, const bool *split, bool missing, int *at);
bool regions_next(const struct regions *regions, const bool *split, bool missing, int *at);
/* Chooses quantities, the first ones, so that there are no more boxes than `most`. */
void regions_choose(const struct regions *regions, size_t most, bool *split);

/* Whether two quantities have a name in common, so that one is not free of the other. */
bool regions_related(const struct regions *regions, size_t a, size_t b);

/* "89 < score < 90": from one region to another, in `arena`. */
const char *region_written(const struct regions *regions, const struct quantity *quantity,
                           int first, int last);
/* A value in the region with as few decimals as can be: 89.5. NaN where it is missing, or a code. */
double region_example(const struct quantity *quantity, int region);

/* What the quantities can be at all, "0 <= score <= 105, rank <= 12"; NULL where they can be anything. */
const char *regions_ranges(const struct regions *regions);

#endif
