/* Methods that score a figure by its place among the others of its cohort: zscore, rank, race, percentile, best.
 *
 * Places are taken at 12 significant digits: figures that differ by rounding errors only (0.1 + 0.2 and 0.3) are
 * equal. So the figures are rounded to 12 digits first, into scratch memory. */
#include "base/number.h"
#include "engine/normalise_parts.h"
#include "engine/order.h"
#include "engine/statistics.h"
#include <float.h>
#include <math.h>

static inline uint16_t *note_at(const struct normalising *of, uint32_t first) {
    return of->note == NULL ? NULL : of->note + first;
}

void normalise_zscore(const struct normalising *of) {
    const struct baton_method *const method = of->method;
    const double sign = of->down ? -1 : 1; // exact: (mean - x) is -(x - mean)
    for (uint32_t c = 0; c < of->cohorts->count; c++) {
        const uint32_t first = of->cohorts->start[c], n = of->cohorts->start[c + 1] - first;
        const double *const value = of->figures->value + first;
        double *const score = of->score + first;
        struct moments m;
        statistics_moments(n, value, &m);
        if (m.n < 2 || statistics_constant(m.lo, m.hi)) {
            for (uint32_t i = 0; i < n; i++) {
                if (!isnan(value[i]))
                    normalise_note(note_at(of, first), i, BATON_NOTE_CONSTANT);
                score[i] = isnan(value[i]) ? NAN : method->mean;
            }
        } else if (m.hi - m.lo <= DBL_MAX) {
            for (uint32_t i = 0; i < n; i++)
                score[i] = method->mean + method->sd * (sign * ((value[i] - m.mean) / m.sd));
        } else {
            for (uint32_t i = 0; i < n; i++)
                score[i] = method->mean + method->sd * (sign * (value[i] / m.sd - m.mean / m.sd));
        }
    }
}

/* x at 12 digits; most figures are short decimals, which are what they are. */
static inline double digits12(double x) {
    const double units = x * 10000;
    if (fabs(units) < 1e11) {
        const double magic =
            6755399441055744.0; // 1.5 * 2^52: what is added to it is rounded to a whole number
        const double whole = (units + magic) - magic;
        if (whole / 10000 == x)
            return x + 0.0; // of -0: +0
    }
    return baton_number_sig12(x);
}

/* The places of all figures in their cohorts. */
struct places {
    double *value;        // at 12 digits; NaN for those that take no part
    uint32_t *rank_twice; // of all cohorts, indexed from the first figure on
    uint32_t first;
};

static struct places take_places(const struct normalising *of, bool descending,
                                 enum baton_ties ties, const double *racing) {
    const uint32_t first = of->cohorts->start[0],
                   n = of->cohorts->start[of->cohorts->count] - first;
    struct places places = {.value = arena_alloc_raw(of->scratch, n, sizeof(double)),
                            .rank_twice = arena_alloc_raw(of->scratch, n, sizeof(uint32_t)),
                            .first = first};
    for (uint32_t i = 0; i < n; i++) {
        const bool races = racing == NULL || (racing[first + i] != 0 && !isnan(racing[first + i]));
        places.value[i] = races ? digits12(of->figures->value[first + i]) : NAN;
    }
    uint32_t *start = arena_alloc_raw(of->scratch, of->cohorts->count + 1, sizeof *start);
    for (uint32_t c = 0; c <= of->cohorts->count; c++)
        start[c] = of->cohorts->start[c] - first;
    order_rank_cohorts(of->scratch, &(struct cohorts){start, of->cohorts->count}, places.value,
                       descending, ties, places.rank_twice);
    return places;
}

/* Of one cohort: how many have a place; where those are all equal, they are noted. */
static uint32_t count_places(const struct normalising *of, const struct places *places,
                             uint32_t cohort) {
    const uint32_t start = of->cohorts->start[cohort], n = of->cohorts->start[cohort + 1] - start;
    const double *const value = places->value + (start - places->first);
    uint32_t present = 0;
    double lo, hi;
    normalise_extremes(n, value, &lo, &hi);
    for (uint32_t i = 0; i < n; i++)
        present += !isnan(value[i]);
    if (lo == hi)
        for (uint32_t i = 0; i < n; i++)
            if (!isnan(value[i]))
                normalise_note(note_at(of, start), i, BATON_NOTE_CONSTANT);
    return present;
}

void normalise_rank(const struct normalising *of) {
    const struct arena_mark mark = arena_mark(of->scratch);
    const double low = of->method->low, high = of->method->high;
    const struct places places = take_places(of, !of->down, of->method->ties, NULL);
    for (uint32_t c = 0; c < of->cohorts->count; c++) {
        const uint32_t n = count_places(of, &places, c);
        for (uint32_t i = of->cohorts->start[c]; i < of->cohorts->start[c + 1]; i++) {
            const uint32_t twice = places.rank_twice[i - places.first];
            const double behind = (twice - 2.0) / 2; // r - 1, of average ranks with a half
            of->score[i] = twice == 0 ? NAN
                           : n == 1   ? high
                                      : high - behind * (high - low) / (n - 1);
        }
    }
    arena_reset_to(of->scratch, mark);
}

void normalise_percentile(const struct normalising *of) {
    const struct arena_mark mark = arena_mark(of->scratch);
    const struct places places =
        take_places(of, of->down, BATON_TIES_MIN, NULL); // worst first: r - 1 are below
    for (uint32_t c = 0; c < of->cohorts->count; c++) {
        const uint32_t n = count_places(of, &places, c);
        for (uint32_t i = of->cohorts->start[c]; i < of->cohorts->start[c + 1]; i++) {
            const uint32_t twice = places.rank_twice[i - places.first];
            of->score[i] = twice == 0 ? NAN : n == 1 ? 100 : 100 * ((twice - 2.0) / 2) / (n - 1);
        }
    }
    arena_reset_to(of->scratch, mark);
}

/* The table's score of a whole rank from 1; beyond it the floor. */
static double table_score(const struct baton_method *method, uint32_t rank) {
    if (rank <= method->table_count)
        return method->table[rank - 1];
    return isnan(method->floor) ? 0 : method->floor;
}

static double race_score(const struct baton_method *method, uint32_t rank_twice) {
    if (method->table == NULL)
        return method->first - method->step * ((rank_twice - 2.0) / 2);
    const uint32_t rank = rank_twice / 2;
    return rank_twice % 2 == 0 ? table_score(method, rank)
                               : (table_score(method, rank) + table_score(method, rank + 1)) / 2;
}

void normalise_race(const struct normalising *of) {
    const struct arena_mark mark = arena_mark(of->scratch);
    const double *const value = of->figures->value;
    const struct places places = take_places(of, !of->down, of->method->ties, of->figures->racing);
    for (uint32_t c = 0; c < of->cohorts->count; c++) {
        count_places(of, &places, c);
        for (uint32_t i = of->cohorts->start[c]; i < of->cohorts->start[c + 1]; i++) {
            const uint32_t twice = places.rank_twice[i - places.first];
            of->score[i] = twice > 0         ? race_score(of->method, twice)
                           : isnan(value[i]) ? NAN
                                             : of->method->otherwise;
        }
    }
    arena_reset_to(of->scratch, mark);
}

/* 100 where both are equal, as 0 and 0 are; missing and *zero where the divisor is 0. */
static double share_of_best(double x, double best, bool down, bool *zero) {
    if (baton_number_compare12(x, best) == 0)
        return 100;
    const double by = down ? x : best;
    *zero = by == 0;
    return by == 0 ? NAN : 100 * (down ? best : x) / by + 0.0; // of -0: +0
}

void normalise_best(const struct normalising *of) {
    for (uint32_t c = 0; c < of->cohorts->count; c++) {
        const uint32_t first = of->cohorts->start[c], n = of->cohorts->start[c + 1] - first;
        const double *const value = of->figures->value + first;
        const bool of_unit = of->method->of == BATON_BEST_OF_UNIT;
        struct moments m;
        statistics_moments(n, value, &m);
        double best = of->down ? m.lo : m.hi;
        if (of_unit)
            best = of->figures->against == NULL ? NAN : of->figures->against[c];
        else if (of->method->of == BATON_BEST_OF_MEAN)
            best = m.mean;
        unsigned bits = !of_unit && statistics_constant(m.lo, m.hi) ? BATON_NOTE_CONSTANT : 0;
        if (isnan(best))
            bits = BATON_NOTE_NO_TARGET;
        for (uint32_t i = 0; i < n; i++) {
            const double x = value[i];
            bool zero = false;
            of->score[first + i] =
                isnan(x) || isnan(best) ? NAN : share_of_best(x, best, of->down, &zero);
            if (!isnan(x))
                normalise_note(of->note, first + i, bits | (zero ? BATON_NOTE_ZERO : 0));
        }
    }
}
