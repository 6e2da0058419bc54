/* Statistics of a cohort, in plain passes from the first figure to the last: deviations from the mean are summed in
 * a second pass, so that nothing is lost where figures are large and alike.
 *
 * Figures whose squares would not be finite (or would vanish) are first multiplied by a power of two, which changes no
 * digit: any finite figures have their statistics, and those of common size the bits of the plain formula. */
#include "engine/statistics.h"
#include "base/number.h"
#include "engine/normalise.h"
#include "engine/order.h"
#include <math.h>
#include <string.h>

/* A power of two by which numbers of that size are brought to between 1 and 2; 1 for 0. */
static double scale_of(double size) {
    uint64_t bits;
    memcpy(&bits, &size, sizeof bits);
    const int exponent = (int)(bits >> 52 & 0x7ff); // biased by 1023
    const int wanted = 2046 - exponent;
    bits = (uint64_t)(wanted < 1 ? 1 : wanted > 2045 ? 2045 : wanted) << 52;
    double scale;
    memcpy(&scale, &bits, sizeof scale);
    return size == 0 ? 1 : scale;
}

/* Sums in the order given; mean and deviations are of x * scale. */
struct sums {
    uint32_t n;
    double lo, hi; // unscaled
    double scale, mean;
    double square, cube, fourth; // sums of the powers of x * scale - mean
};

static void first_pass(size_t n, const double *value, struct sums *s) {
    double lo, hi, sum = 0;
    uint32_t present = 0;
    normalise_extremes(n, value, &lo, &hi);
    const double scale = scale_of(fabs(lo) > fabs(hi) ? fabs(lo) : fabs(hi));
    for (size_t i = 0; i < n; i++)
        if (!isnan(value[i])) {
            sum += value[i] * scale;
            present++;
        }
    *s = (struct sums){.n = present,
                       .lo = lo,
                       .hi = hi,
                       .scale = scale,
                       .mean = present > 0 ? sum / present : NAN};
    if (present > 0) { // rounding may carry the mean of equal figures past them
        s->mean = s->mean < lo * scale ? lo * scale : s->mean;
        s->mean = s->mean > hi * scale ? hi * scale : s->mean;
    }
}

void statistics_moments(size_t n, const double *value, struct moments *out) {
    struct sums s;
    first_pass(n, value, &s);
    double square = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(value[i])) {
            const double deviation = value[i] * s.scale - s.mean;
            square += deviation * deviation;
        }
    *out = (struct moments){.n = s.n, .lo = s.lo, .hi = s.hi, .mean = s.mean / s.scale, .sd = NAN};
    if (s.n >= 2)
        out->sd = sqrt(square / (s.n - 1)) / s.scale;
}

double statistics_median(struct baton_arena *scratch, size_t n, const double *value) {
    const struct arena_mark mark = arena_mark(scratch);
    uint32_t *index = arena_alloc_raw(scratch, n, sizeof *index);
    const uint32_t count = order_sort(scratch, (uint32_t)n, value, index);
    double median = NAN;
    if (count > 0) {
        const double lower = value[index[(count - 1) / 2]], upper = value[index[count / 2]];
        median = lower == upper ? lower : (lower + upper) / 2;
        if (isinf(median) && isfinite(lower) && isfinite(upper))
            median = lower / 2 + upper / 2;
    }
    arena_reset_to(scratch, mark);
    return median;
}

void statistics_shape(size_t n, const double *value, double *skewness, double *kurtosis) {
    struct sums s;
    first_pass(n, value, &s);
    *skewness = *kurtosis = NAN;
    if (s.n < 3 || statistics_constant(s.lo, s.hi))
        return;
    const double spread = s.hi * s.scale - s.lo * s.scale, unit = scale_of(spread); // of deviations
    for (size_t i = 0; i < n; i++)
        if (!isnan(value[i])) {
            const double deviation = (value[i] * s.scale - s.mean) * unit,
                         square = deviation * deviation;
            s.square += square;
            s.cube += square * deviation;
            s.fourth += square * square;
        }
    const double count = s.n,
                 variance = s.square / count; // biased, as in the formulas of Joanes and Gill
    const double g1 = (s.cube / count) / (variance * sqrt(variance));
    *skewness = g1 * sqrt(count * (count - 1)) / (count - 2);
    if (s.n < 4)
        return;
    const double g2 = (s.fourth / count) / (variance * variance) - 3;
    *kurtosis = (count - 1) / ((count - 2) * (count - 3)) * ((count + 1) * g2 + 6);
}

bool statistics_constant(double lo, double hi) {
    return isnan(lo) || isnan(hi) || baton_number_compare12(lo, hi) == 0;
}
