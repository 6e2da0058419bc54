/* Outliers and scale, before scores are made.
 *
 * winsorise is the rule of the COIN guidelines (OECD and JRC, Handbook on Constructing Composite Indicators, 2008, and
 * JRC's COIN Tool): a cohort whose skewness and kurtosis both are too large has its extreme figures pulled to the
 * next ones, one after the other, until the shape is sound or the number allowed is used up. Skewness and kurtosis are
 * the adjusted Fisher-Pearson ones of Joanes and Gill (1998). */
#include "engine/treat.h"
#include "base/elementary.h"
#include "base/number.h"
#include "engine/statistics.h"
#include <math.h>
#include <string.h>

#define SKEWNESS_MOST 2.0
#define KURTOSIS_MOST 3.5

static void add_note(uint16_t *note, size_t at, unsigned bit) {
    if (note != NULL)
        note[at] |= (uint16_t)bit;
}

/* The figure next to the extreme of that side, at 12 digits; NaN where all are equal. */
static double next_to(double extreme, bool high, uint32_t n, const double *value) {
    double next = NAN;
    for (uint32_t i = 0; i < n; i++) {
        const bool nearer = isnan(next) || (high ? value[i] > next : value[i] < next);
        if (!isnan(value[i]) && nearer && baton_number_compare12(value[i], extreme) != 0)
            next = value[i];
    }
    return next;
}

/* One cohort; changed[n] is all false. */
static void winsorise(double most, uint32_t n, double *value, bool *changed, uint16_t *note) {
    for (uint32_t count = 0; count < most;) {
        double skewness, kurtosis, lo, hi;
        statistics_shape(n, value, &skewness, &kurtosis);
        if (!(baton_number_compare12(fabs(skewness), SKEWNESS_MOST) > 0 &&
              baton_number_compare12(kurtosis, KURTOSIS_MOST) > 0))
            return;
        normalise_extremes(n, value, &lo, &hi);
        const bool high = skewness > 0;
        const double extreme = high ? hi : lo, next = next_to(extreme, high, n, value);
        for (uint32_t i = 0; i < n; i++) {
            if (isnan(value[i]) || baton_number_compare12(value[i], extreme) != 0)
                continue;
            count += !changed[i];
            changed[i] = true;
            value[i] = next;
            add_note(note, i, BATON_NOTE_WINSORISED);
        }
    }
}

static void winsorise_cohorts(struct baton_arena *scratch, double most,
                              const struct cohorts *cohorts, double *value, uint16_t *note) {
    for (uint32_t c = 0; c < cohorts->count; c++) {
        const struct arena_mark mark = arena_mark(scratch);
        const uint32_t first = cohorts->start[c], n = cohorts->start[c + 1] - first;
        winsorise(most, n, value + first, arena_alloc(scratch, n, sizeof(bool)),
                  note == NULL ? NULL : note + first);
        arena_reset_to(scratch, mark);
    }
}

void treat(struct baton_arena *scratch, enum baton_treat kind, double a, double b,
           const struct cohorts *cohorts, double *value, uint16_t *note) {
    if (cohorts->count == 0)
        return;
    const uint32_t first = cohorts->start[0], last = cohorts->start[cohorts->count];
    switch (kind) {
    case BATON_TREAT_NONE:
        break;
    case BATON_TREAT_WINSORISE:
        winsorise_cohorts(scratch, a, cohorts, value, note);
        break;
    case BATON_TREAT_LOG:
        for (uint32_t i = first; i < last; i++)
            value[i] = value[i] > 0 ? elementary_log(value[i]) : NAN;
        break;
    case BATON_TREAT_CLIP:
        for (uint32_t i = first; i < last; i++) {
            const double x = value[i], clipped = x < a ? a : x > b ? b : x;
            if (x != clipped && !isnan(x) && baton_number_compare12(x, clipped) != 0)
                add_note(note, i, BATON_NOTE_CLIPPED);
            value[i] = clipped;
        }
        break;
    }
}
