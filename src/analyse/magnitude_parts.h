/* What the parts of magnitude.h share: judging a series of logarithms. */
#ifndef ANALYSE_MAGNITUDE_PARTS_H
#define ANALYSE_MAGNITUDE_PARTS_H

#include "base/arena.h"
#include "baton/period.h"

/* A row of logarithms, ascending in time. NaN = there is no figure; INFINITY = one that is noise whatever is usual. */
struct series {
    uint32_t count;
    const struct baton_period *period;
    double *log;
    const bool *is_new; /* NULL = none */
};

/* What was made of it. */
struct verdict {
    double usual, spread;         /* NaN where nothing is usual */
    uint32_t alike, slips, noise; /* figures, new ones too */
    double *away;                 /* [count] from the usual */
    int8_t *power;                /* [count] of a slip; 0 = none */
    uint32_t
        compared; /* series_compare: alike and slips beyond those that they were compared with */
};

/* Room for a verdict and the work on it; for series of at most `count`. */
struct judge {
    uint32_t powers; /* bit 4 + k: a slip may be by 10^k */
    struct verdict verdict;
    struct ranked_log *ranked;
    double *level, *sum; /* [count] */
    bool *by_year;       /* [count] */
    double
        centre; /* of equally many the ones nearer to it are usual, if clearly; NaN = not known */
};
void judge_open(struct judge *judge, struct baton_arena *arena, uint32_t count, uint32_t powers);

/* Steps 2 and 3 of magnitude.h. */
void series_judge(struct judge *judge, const struct series *series);

/* Step 5: takes season and growth out of series->log (NaN where there is nothing to compare with), then judges it. */
void series_compare(struct judge *judge, struct series *series);

/* The lower median of the finite among values[n], which are put in another order; NaN where there are fewer than `least`. */
double median_of(double *values, uint32_t count, uint32_t least);

/* Which factors a slip can have, by a measure (NULL = all); as judge.powers. */
uint32_t magnitude_powers(const char *measure);

/* The decimal logarithm of |x| to a thousandth; of NaN NaN, of 0 about -308. */
double magnitude_log(double x);

#endif
