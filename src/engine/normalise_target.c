/* Methods that score a figure by itself, against a target or a table: target, pass, direct, deduct, bands, levels.
 *
 * Whether a bound or a target is met is decided at 12 significant digits. With 0 that is the plain comparison: at 12
 * digits nothing but 0 is equal to it. */
#include "base/number.h"
#include "engine/normalise_parts.h"
#include <math.h>

/* The figures of all cohorts: those of the methods here do not depend on them. */
struct stretch {
    uint32_t first, last;
};

static struct stretch stretch_of(const struct normalising *of) {
    return (struct stretch){of->cohorts->start[0], of->cohorts->start[of->cohorts->count]};
}

static double at(const double *column, uint32_t i) {
    return column == NULL ? NAN : column[i];
}

/* 100 where the target is met, else the floor: where there is nothing to divide by. */
static double met_or_floor(const struct baton_method *method, double x, double target, bool down) {
    const int order = baton_number_compare12(x, target);
    if (down ? order <= 0 : order >= 0)
        return 100;
    return isnan(method->floor) ? 0 : method->floor;
}

/* The way from the baseline to the target that was gone, upwards or downwards; a target of 0, or below, is as good as
 * any. Where both are the same there is no way to go, and met or not is what counts. */
static double way_score(const struct baton_method *method, double x, double target, double baseline,
                        bool down, unsigned *bits) {
    if (baton_number_compare12(target, baseline) == 0) {
        *bits = BATON_NOTE_ZERO;
        return met_or_floor(method, x, target, down);
    }
    return 100 * (x - baseline) / (target - baseline);
}

static double target_score(const struct baton_method *method, double x, double target, bool down,
                           unsigned *bits) {
    if (!(target > 0)) {
        *bits = BATON_NOTE_ZERO;
        return met_or_floor(method, x, target, down);
    }
    if (!down)
        return 100 * x / target;
    if (method->mirror)
        return 100 * (2 - x / target);
    if (x > 0)
        return 100 * target / x;
    *bits = BATON_NOTE_ZERO;
    return isnan(method->cap) ? 100 : method->cap;
}

void normalise_target(const struct normalising *of) {
    const struct baton_method *const method = of->method;
    const struct stretch s = stretch_of(of);
    for (uint32_t i = s.first; i < s.last; i++) {
        const double x = of->figures->value[i], target = at(of->figures->target, i);
        const double baseline = method->from_baseline ? at(of->figures->baseline, i) : 0;
        if (isnan(x) || isnan(target) || isnan(baseline)) {
            if (!isnan(x))
                normalise_note(of->note, i, BATON_NOTE_NO_TARGET);
            of->score[i] = NAN;
            continue;
        }
        unsigned bits = 0;
        double score = method->from_baseline
                           ? way_score(method, x, target, baseline, of->down, &bits)
                           : target_score(method, x, target, of->down, &bits);
        if (bits != 0) // not by the formula: what it says is what it is
            normalise_note(of->note, i, bits);
        else if (score < method->start_at && baton_number_compare12(score, method->start_at) < 0)
            score = 0;
        of->score[i] = score + 0.0; // of -0: +0
    }
}

static bool holds(enum baton_pass_op op, int order) {
    switch (op) {
    case BATON_OP_GT:
        return order > 0;
    case BATON_OP_LE:
        return order <= 0;
    case BATON_OP_LT:
        return order < 0;
    case BATON_OP_EQ:
        return order == 0;
    case BATON_OP_GE:
    case BATON_OP_BY_DIRECTION:
        break;
    }
    return order >= 0;
}

void normalise_pass(const struct normalising *of) {
    enum baton_pass_op op = of->method->op;
    if (op == BATON_OP_BY_DIRECTION)
        op = of->down ? BATON_OP_LE : BATON_OP_GE;
    const struct stretch s = stretch_of(of);
    for (uint32_t i = s.first; i < s.last; i++) {
        const double x = of->figures->value[i], target = at(of->figures->target, i);
        if (isnan(x) || isnan(target)) {
            if (!isnan(x))
                normalise_note(of->note, i, BATON_NOTE_NO_TARGET);
            of->score[i] = NAN;
        } else {
            of->score[i] = holds(op, baton_number_compare12(x, target)) ? 100 : 0;
        }
    }
}

void normalise_direct(const struct normalising *of) {
    const struct stretch s = stretch_of(of);
    for (uint32_t i = s.first; i < s.last; i++) {
        const double x = of->figures->value[i], given = x < 0 ? 0 : x > 100 ? 100 : x;
        if (x < 0 || (x > 100 && baton_number_compare12(x, 100) != 0))
            normalise_note(of->note, i, BATON_NOTE_CLAMPED);
        of->score[i] = of->down ? 100 - given : given + 0.0; // of -0: +0
    }
}

void normalise_deduct(const struct normalising *of) {
    const double per = of->method->per, above = of->method->above;
    const struct stretch s = stretch_of(of);
    for (uint32_t i = s.first; i < s.last; i++) {
        const double x = of->figures->value[i], faults = isnan(above) ? x : above - x;
        of->score[i] = 100 - per * (faults < 0 ? 0 : faults);
    }
}

/* Which band a figure is in; table_count below the last. */
static uint32_t band_of(const struct baton_method *method, double x, bool down) {
    uint32_t band = 0;
    for (; band < method->table_count; band++) {
        const int order = baton_number_compare12(x, method->bands[band].bound);
        if (down ? order <= 0 : order >= 0)
            break;
    }
    return band;
}

static double band_score(const struct baton_method *method, double x, bool down) {
    const uint32_t band = band_of(method, x, down);
    if (band == method->table_count)
        return method->below;
    const struct baton_band this = method->bands[band];
    if (!method->linear || band == 0)
        return this.score;
    const struct baton_band better = method->bands[band - 1];
    return this.score +
           (better.score - this.score) * (x - this.bound) / (better.bound - this.bound);
}

void normalise_bands(const struct normalising *of) {
    const struct stretch s = stretch_of(of);
    for (uint32_t i = s.first; i < s.last; i++) {
        const double x = of->figures->value[i];
        of->score[i] = isnan(x) ? NAN : band_score(of->method, x, of->down);
    }
}

void normalise_levels(const struct normalising *of) {
    const struct stretch s = stretch_of(of);
    for (uint32_t i = s.first; i < s.last; i++) {
        const double code = of->figures->value[i];
        double score = NAN;
        for (uint32_t level = 0; level < of->method->table_count; level++)
            if (of->method->bands[level].bound == code)
                score = of->method->bands[level].score;
        of->score[i] = score;
    }
}
