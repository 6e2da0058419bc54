/* Statistics of the figures that are present (NaN left out), each in the order given, so that the bits are fixed. */
#ifndef ENGINE_STATISTICS_H
#define ENGINE_STATISTICS_H

#include "base/arena.h"
#include <stdbool.h>

struct moments {
    uint32_t n;      /* present */
    double lo, hi;   /* extremes; NaN without figures */
    double mean, sd; /* sd with n - 1; NaN for n < 2 */
};
void statistics_moments(size_t n, const double *value, struct moments *out);
/* Of an even number the mean of the two in the middle; NaN without figures. */
double statistics_median(struct baton_arena *scratch, size_t n, const double *value);
/* Adjusted Fisher-Pearson skewness G1 and excess kurtosis G2 (Joanes and Gill 1998); NaN where n < 3 (4) or sd = 0. */
void statistics_shape(size_t n, const double *value, double *skewness, double *kurtosis);
/* Whether all present figures are equal at 12 significant digits (true without figures). */
bool statistics_constant(double lo, double hi);

#endif
