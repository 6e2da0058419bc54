/* The range method, the last step of every method (floor and cap), and which function is whose.
 *
 * A city's league table is mostly this: many small cohorts, the extremes of each, a division for each figure. So the
 * cohorts are done in one loop with nothing called inside, four figures at a time and without branches; what is rare
 * (a cohort all equal, bounds that no double's difference holds) is told apart by one comparison. NaN goes through:
 * comparisons leave it out of the extremes, arithmetic hands it on to the score.
 *
 * Every figure is divided, although a product with 1 / (hi - lo) would be faster: (hi - lo) / (hi - lo) is exactly
 * 1, so that the extremes score exactly low and high. */
#include "engine/normalise.h"
#include "base/number.h"
#include "engine/lanes.h"
#include "engine/normalise_parts.h"
#include "engine/statistics.h"
#include <assert.h>
#include <float.h>
#include <math.h>

/* Extremes; infinities the wrong way round where all are NaN. */
static inline void extremes(size_t n, const double *value, double *lo, double *hi) {
    lanes_f64 least = lanes_all(INFINITY), least2 = least, most = lanes_all(-INFINITY),
              most2 = most;
    size_t i = 0;
    for (; i + 4 <= n; i += 4) {
        const lanes_f64 a = lanes_load(value + i), b = lanes_load(value + i + LANES_F64);
        least = lanes_min(a, least);
        least2 = lanes_min(b, least2);
        most = lanes_max(a, most);
        most2 = lanes_max(b, most2);
    }
    least = lanes_min(least2, least);
    most = lanes_max(most2, most);
    double l = lanes_least(least), h = lanes_greatest(most);
    for (; i < n; i++) {
        l = value[i] < l ? value[i] : l;
        h = value[i] > h ? value[i] : h;
    }
    *lo = l;
    *hi = h;
}

void normalise_extremes(size_t n, const double *value, double *lo, double *hi) {
    extremes(n, value, lo, hi);
    if (*lo > *hi)
        *lo = *hi = NAN;
}

/* The scores start at `low`, that of the figure `from`, and reach low + width at the figure `to`. */
struct line {
    double from, to, low, width;
};

static inline struct line line_of(const struct baton_method *method, bool down, double lo,
                                  double hi) {
    return (struct line){down ? hi : lo, down ? lo : hi, method->low, method->high - method->low};
}

/* (x - from) / (to - from) is (hi - x) / (hi - lo) where the direction is down. */
static inline void score_line(struct line line, size_t n, const double *value, double *score) {
    const lanes_f64 from = lanes_all(line.from), span = lanes_all(line.to - line.from);
    const lanes_f64 low = lanes_all(line.low), width = lanes_all(line.width);
    size_t i = 0;
    for (; i + 4 <= n; i += 4) {
        const lanes_f64 a = lanes_load(value + i), b = lanes_load(value + i + LANES_F64);
        lanes_store(score + i, low + width * ((a - from) / span));
        lanes_store(score + i + LANES_F64, low + width * ((b - from) / span));
    }
    for (; i < n; i++)
        score[i] = line.low + line.width * ((value[i] - line.from) / (line.to - line.from));
}

/* The same for what is rare: kept between the ends of the line, or extremes whose difference no double holds. */
static void score_line_rarely(struct line line, bool within, size_t n, const double *value,
                              double *score, uint16_t *note) {
    const double scale = fabs(line.to - line.from) <= DBL_MAX ? 1 : 0.5;
    const double from = line.from * scale, span = line.to * scale - from;
    for (size_t i = 0; i < n; i++) {
        double share = (value[i] * scale - from) / span;
        if (within && (share < 0 || share > 1)) {
            const double end = share < 0 ? line.from : line.to;
            if (baton_number_compare12(value[i], end) != 0)
                normalise_note(note, i, BATON_NOTE_CLAMPED);
            share = share < 0 ? 0 : 1;
        }
        score[i] = line.low + line.width * share;
    }
}

/* Whether something about the extremes asks for more than the formula. Extremes that are equal at 12 digits are less
 * than 1e-11 of them apart. NaN, and extremes of nothing, are special too. */
static inline bool is_special(double lo, double hi) {
    const double span = hi - lo, size = fabs(lo) > fabs(hi) ? fabs(lo) : fabs(hi);
    return !(span > 1e-11 * size && span <= DBL_MAX);
}

static void score_special(const struct baton_method *method, bool down, double lo, double hi,
                          size_t n, const double *value, double *score, uint16_t *note) {
    const bool none = isnan(lo) || isnan(hi);
    if (!none && baton_number_compare12(lo, hi) != 0) {
        score_line_rarely(line_of(method, down, lo, hi), method->over == BATON_OVER_FIXED, n, value,
                          score, note);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        const bool scored = !none && !isnan(value[i]);
        if (scored)
            normalise_note(note, i, BATON_NOTE_CONSTANT);
        score[i] = scored ? method->high : NAN;
    }
}

/* floor, then cap: scores that they move by more than 12 digits are noted. */
static void limit(const struct baton_method *method, size_t n, double *score, uint16_t *note) {
    const double floor = isnan(method->floor) ? -INFINITY : method->floor;
    const double cap = isnan(method->cap) ? INFINITY : method->cap;
    if (note != NULL)
        for (size_t i = 0; i < n; i++)
            if ((score[i] < floor && baton_number_compare12(score[i], floor) != 0) ||
                (score[i] > cap && baton_number_compare12(score[i], cap) != 0))
                note[i] |= BATON_NOTE_CLAMPED;
    for (size_t i = 0; i < n; i++) {
        const double raised = score[i] < floor ? floor : score[i];
        score[i] = raised > cap ? cap : raised;
    }
}

static inline bool has_limits(const struct baton_method *method) {
    return !isnan(method->floor) || !isnan(method->cap);
}

void normalise_range(const struct baton_method *method, enum baton_direction direction, double lo,
                     double hi, size_t n, const double *value, double *score, uint16_t *note) {
    const bool down = direction == BATON_DOWN;
    if (UNLIKELY(is_special(lo, hi)))
        score_special(method, down, lo, hi, n, value, score, note);
    else if (method->over == BATON_OVER_FIXED)
        score_line_rarely(line_of(method, down, lo, hi), true, n, value, score, note);
    else
        score_line(line_of(method, down, lo, hi), n, value, score);
    if (has_limits(method))
        limit(method, n, score, note);
}

/* Cohort by cohort. */
static void range_cohorts(const struct normalising *of) {
    const struct baton_method *const method = of->method;
    const uint32_t *const start = of->cohorts->start;
    for (uint32_t c = 0; c < of->cohorts->count; c++) {
        const uint32_t first = start[c], n = start[c + 1] - first;
        const double *const value = of->figures->value + first;
        double lo, hi;
        extremes(n, value, &lo, &hi);
        if (UNLIKELY(is_special(lo, hi)))
            score_special(method, of->down, lo, hi, n, value, of->score + first,
                          of->note == NULL ? NULL : of->note + first);
        else
            score_line(line_of(method, of->down, lo, hi), n, value, of->score + first);
    }
}

void normalise(struct baton_arena *scratch, const struct baton_method *method,
               enum baton_direction direction, double lo, double hi, const struct figures *figures,
               const struct cohorts *cohorts, double *score, uint16_t *note) {
    if (cohorts->count == 0)
        return;
    const struct normalising of = {scratch, method, direction == BATON_DOWN, figures, cohorts,
                                   score,   note};
    const size_t first = cohorts->start[0], n = cohorts->start[cohorts->count] - first;
    uint16_t *const first_note = note == NULL ? NULL : note + first;
    switch (method->kind) {
    case BATON_METHOD_RANGE:
        if (method->over == BATON_OVER_FIXED) {
            normalise_range(method, direction, lo, hi, n, figures->value + first, score + first,
                            first_note);
            return;
        }
        range_cohorts(&of);
        break;
    case BATON_METHOD_ZSCORE:
        normalise_zscore(&of);
        break;
    case BATON_METHOD_RANK:
        normalise_rank(&of);
        break;
    case BATON_METHOD_RACE:
        normalise_race(&of);
        break;
    case BATON_METHOD_PERCENTILE:
        normalise_percentile(&of);
        break;
    case BATON_METHOD_TARGET:
        normalise_target(&of);
        break;
    case BATON_METHOD_BANDS:
        normalise_bands(&of);
        break;
    case BATON_METHOD_LEVELS:
        normalise_levels(&of);
        break;
    case BATON_METHOD_DEDUCT:
        normalise_deduct(&of);
        break;
    case BATON_METHOD_PASS:
        normalise_pass(&of);
        break;
    case BATON_METHOD_DIRECT:
        normalise_direct(&of);
        break;
    case BATON_METHOD_BEST:
        normalise_best(&of);
        break;
    case BATON_METHOD_RULE: // the expression has made the scores
        for (size_t i = first; i < first + n; i++)
            score[i] = figures->value[i];
        break;
    case BATON_METHOD_KINDS:
        assert(false && "a kind of method");
    }
    if (has_limits(method))
        limit(method, n, score + first, first_note);
}
