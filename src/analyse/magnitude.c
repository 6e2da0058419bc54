/* Figures of another order of magnitude than usual; magnitude.h has the rules.
 *
 * The levels of periods come from a sample of units, whose verdicts also say whether the element is steady enough to be asked about.
 * Then one pass over all figures, with a rough logarithm, finds the units whose rests differ by more than a factor of 4: only
 * those are judged one by one. So what is as usual costs a read. */
#include "analyse/magnitude.h"
#include "analyse/magnitude_parts.h"
#include "base/elementary.h"
#include "baton/number.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    SAMPLE_MOST = 255,
    UNITS_LEAST = 4,    /* for levels of periods; and at once, for one finding */
    FIGURES_LEAST = 3,  /* of a period, for its level */
    COMPARED_LEAST = 3, /* of an element */
    ALIKE_LEAST = 3,    /* of a unit judged by itself */
    TURNS = 3,
    BLOCK = 1024
};
static const double RANGE_LEAST = 0.6; /* of rests, below which there can be no slip */

struct look {
    struct baton_arena *arena;
    const struct magnitude_figures *figures;
    uint32_t *unit; /* those that have figures */
    uint32_t unit_count;
    uint32_t *sample;
    uint32_t sample_count;
    double *log;   /* [sample][period] */
    double *level; /* [period] NaN = not known */
    bool *is_new;  /* [period] of the levels, or of the unit at hand; NULL = no figure is */
    double *room;
    bool whole; /* all figures are whole numbers */
    struct judge judge;
    struct magnitude_slips *out;
};

uint32_t magnitude_powers(const char *measure) {
    uint32_t powers = 0;
    for (int k = 1; k <= MAGNITUDE_MOST; k++) {
        bool may = true;
        if (measure != NULL && (strcmp(measure, "%") == 0 || strcmp(measure, "1") == 0))
            may = k == 2;
        else if (measure != NULL && strcmp(measure, "‰") == 0)
            may = k == 1 || k == 3;
        if (may)
            powers |= 1u << (MAGNITUDE_MOST + k) | 1u << (MAGNITUDE_MOST - k);
    }
    return powers;
}

/* The decimal logarithm of |x| to a thousandth; of NaN NaN, of 0 about -308. With t = (m-1)/(m+1) that of m is 2(t + t^3/3 +
 * t^5/5 + ...). */
static inline double rough_log(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof(bits));
    const double exponent = (double)(int)(bits >> 52 & 0x7ff) - 1023;
    bits = (bits & 0x000fffffffffffff) | 0x3ff0000000000000;
    double m;
    memcpy(&m, &bits, sizeof(m));
    const double t = (m - 1) / (m + 1), square = t * t;
    const double log = 0.3010299957 * exponent +
                       0.8685889638 * t * (1 + square * (1.0 / 3 + square * (0.2 + square / 7)));
    return x == x ? log : x;
}

double magnitude_log(double x) {
    return rough_log(x);
}

static double log_of(double x) {
    return x == 0 ? (double)INFINITY : rough_log(x);
}

/* The logarithms of a unit's figures: those of the seldomer sign are noise. */
static void take_logs(const struct look *look, uint32_t unit, double *out) {
    const struct magnitude_figures *figures = look->figures;
    uint32_t below = 0, count = 0;
    for (uint32_t t = 0; t < figures->period_count; t++) {
        const double x = figures->value[t][unit];
        below += x < 0;
        count += x > 0 || x < 0;
    }
    for (uint32_t t = 0; t < figures->period_count; t++) {
        const double x = figures->value[t][unit];
        out[t] =
            (x < 0) != (2 * below > count) && x != 0 && !isnan(x) ? (double)INFINITY : log_of(x);
    }
}

/* ---- The sample, and what periods do to all. */

static void find_units(struct look *look) {
    const struct magnitude_figures *figures = look->figures;
    bool *has = arena_alloc(look->arena, figures->unit_count, sizeof(*has));
    look->unit = arena_alloc(look->arena, figures->unit_count, sizeof(*look->unit));
    for (uint32_t t = 0; t < figures->period_count; t++)
        for (uint32_t u = 0; u < figures->unit_count; u++)
            has[u] = has[u] | (figures->value[t][u] == figures->value[t][u]);
    for (uint32_t u = 0; u < figures->unit_count; u++)
        if (has[u])
            look->unit[look->unit_count++] = u;
}

static void take_sample(struct look *look) {
    const struct magnitude_figures *figures = look->figures;
    const uint32_t periods = figures->period_count;
    look->sample_count = look->unit_count < SAMPLE_MOST ? look->unit_count : SAMPLE_MOST;
    look->sample = arena_alloc(look->arena, look->sample_count, sizeof(*look->sample));
    look->log = arena_alloc(look->arena, (size_t)look->sample_count * periods, sizeof(double));
    look->room = arena_alloc(look->arena, (size_t)periods + SAMPLE_MOST, sizeof(double));
    look->level = arena_alloc(look->arena, periods, sizeof(double));
    look->whole = true;
    for (uint32_t s = 0; s < look->sample_count; s++) {
        look->sample[s] = look->unit[(uint64_t)s * look->unit_count / look->sample_count];
        take_logs(look, look->sample[s], look->log + (size_t)s * periods);
        for (uint32_t t = 0; t < periods; t++) {
            const double x = figures->value[t][look->sample[s]];
            look->whole = look->whole && (isnan(x) || x == floor(x));
        }
    }
}

static double level_of_unit(struct look *look, uint32_t s) {
    const uint32_t periods = look->figures->period_count;
    for (uint32_t t = 0; t < periods; t++)
        look->room[t] = look->log[(size_t)s * periods + t] - look->level[t];
    return median_of(look->room, periods, 1);
}

static void find_levels(struct look *look) {
    const uint32_t periods = look->figures->period_count;
    double *unit_level = arena_alloc(look->arena, look->sample_count, sizeof(double));
    for (int turn = 0; turn < TURNS; turn++) {
        for (uint32_t s = 0; s < look->sample_count; s++)
            unit_level[s] = level_of_unit(look, s);
        for (uint32_t t = 0; t < periods; t++) {
            for (uint32_t s = 0; s < look->sample_count; s++)
                look->room[s] = look->log[(size_t)s * periods + t] - unit_level[s];
            look->level[t] = median_of(look->room, look->sample_count, FIGURES_LEAST);
        }
    }
    look->judge.centre = median_of(unit_level, look->sample_count, 1);
}

/* ---- Single units. */

static void mark_new(struct look *look, uint32_t unit) {
    const struct magnitude_figures *figures = look->figures;
    for (uint32_t t = 0; look->is_new != NULL && t < figures->period_count; t++)
        look->is_new[t] = figures->is_new[t] != NULL && figures->is_new[t][unit];
}

/* With rests, or with logarithms as they are. */
static struct series series_of(struct look *look, uint32_t unit, bool rests) {
    const struct magnitude_figures *figures = look->figures;
    take_logs(look, unit, look->room);
    mark_new(look, unit);
    for (uint32_t t = 0; rests && t < figures->period_count; t++)
        look->room[t] -= look->level[t];
    return (struct series){figures->period_count, figures->period, look->room, look->is_new};
}

static bool is_noisy(const struct verdict *verdict) {
    return 8 * verdict->noise > verdict->alike;
}

/* Whether the element can be asked about: its figures are steady, and there are enough of them. */
static bool is_steady(struct look *look) {
    uint64_t compared = 0, alike = 0, noise = 0;
    for (uint32_t s = 0; s < look->sample_count; s++) {
        const struct series series = series_of(look, look->sample[s], true);
        series_judge(&look->judge, &series);
        const struct verdict *verdict = &look->judge.verdict;
        alike += verdict->alike;
        noise += verdict->noise;
        compared += verdict->alike > 0 ? verdict->alike - 1 : 0;
    }
    return compared >= COMPARED_LEAST && 9 * noise <= alike;
}

static double three_digits(double x) {
    const int decimals = 2 - (int)floor(rough_log(x));
    if (decimals >= 0)
        return baton_number_round(x, decimals < 12 ? decimals : 12, BATON_ROUND_HALF_AWAY);
    const double unit = elementary_pow(10, -decimals);
    return baton_number_round(x / unit, 0, BATON_ROUND_HALF_AWAY) * unit;
}

/* Tells the slips of a unit, as far as they are asked about; `only` [period] leaves out those that are not set (NULL = all). */
static void tell_unit(struct look *look, uint32_t unit, const bool *only) {
    const struct magnitude_figures *figures = look->figures;
    const struct verdict *verdict = &look->judge.verdict;
    struct magnitude_slip slip = {.unit = unit, .units = 1};
    for (uint32_t t = 0; t < figures->period_count; t++) {
        const bool asked = (look->is_new == NULL || look->is_new[t]) && (only == NULL || only[t]);
        const double figure = figures->value[t][unit];
        if (verdict->power[t] == 0 || !asked)
            continue;
        const double usual = figure * elementary_pow(10, -verdict->away[t]);
        if (look->whole && (fabs(figure) < 10 || fabs(usual) < 9.5))
            continue;
        slip.last = t;
        if (slip.power != 0)
            continue;
        slip.first = t;
        slip.power = verdict->power[t];
        slip.figure = figure;
        slip.usual = three_digits(usual);
    }
    if (slip.power != 0)
        *ARRAY_PUSH(look->arena, look->out->item, look->out->count, look->out->capacity) = slip;
}

static void judge_unit(struct look *look, uint32_t unit) {
    const struct series series = series_of(look, unit, true);
    series_judge(&look->judge, &series);
    if (!is_noisy(&look->judge.verdict))
        tell_unit(look, unit, NULL);
}

/* By its own figures alone. */
static void judge_alone(struct look *look, uint32_t unit, const bool *only) {
    struct series series = series_of(look, unit, false);
    const double centre = look->judge.centre;
    look->judge.centre = NAN;
    series_compare(&look->judge, &series);
    look->judge.centre = centre;
    if (!is_noisy(&look->judge.verdict) && look->judge.verdict.alike >= ALIKE_LEAST)
        tell_unit(look, unit, only);
}

/* ---- All units. */

/* A level is new where most of the figures that made it are. */
static void mark_new_levels(struct look *look) {
    const struct magnitude_figures *figures = look->figures;
    for (uint32_t t = 0; look->is_new != NULL && t < figures->period_count; t++) {
        uint32_t count = 0, is_new = 0;
        for (uint32_t s = 0; s < look->sample_count; s++) {
            const bool has = !isnan(figures->value[t][look->sample[s]]);
            count += has;
            is_new += has && figures->is_new[t] != NULL && figures->is_new[t][look->sample[s]];
        }
        look->is_new[t] = 2 * is_new > count;
    }
}

/* Puts levels that slipped where they belong, so that the rests of the units tell. */
static void correct_levels(struct look *look) {
    const uint32_t periods = look->figures->period_count;
    mark_new_levels(look);
    for (uint32_t t = 0; t < periods; t++)
        look->room[t] = look->level[t];
    struct series series = {periods, look->figures->period, look->room, look->is_new};
    const double centre = look->judge.centre;
    look->judge.centre = NAN; // of units, not of periods
    series_compare(&look->judge, &series);
    look->judge.centre = centre;
    const struct verdict *verdict = &look->judge.verdict;
    if (is_noisy(verdict))
        return;
    for (uint32_t t = 0; t < periods; t++)
        if (verdict->compared >= 2 || abs(verdict->power[t]) >= 2)
            look->level[t] -= verdict->power[t];
}

/* A logarithm to 0.03, for the range of rests: exponent and first bits of |x|, taken as a number. Missing is missing. */
static inline double rougher_log(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof(bits));
    const int32_t high = (int32_t)(bits >> 32 & 0x7fffffff);
    const double log = 0.3010299957 * ((double)high / (1 << 20) - 1023);
    return x == x ? log : x;
}

/* The range of the rests of some units, all that there are from `first` on. */
static void find_ranges(const struct look *look, uint32_t first, uint32_t count, double *lowest,
                        double *highest) {
    const struct magnitude_figures *figures = look->figures;
    for (uint32_t i = 0; i < count; i++) {
        lowest[i] = INFINITY;
        highest[i] = -INFINITY;
    }
    for (uint32_t t = 0; t < figures->period_count; t++) {
        const double level = look->level[t], *value = figures->value[t] + first;
        for (uint32_t i = 0; i < count; i++) {
            const double rest = rougher_log(value[i]) - level;
            lowest[i] = rest < lowest[i] ? rest : lowest[i];
            highest[i] = rest > highest[i] ? rest : highest[i];
        }
    }
}

/* One pass over all figures: units whose rests range widely are judged. */
static void judge_wide(struct look *look) {
    const uint32_t units = look->figures->unit_count;
    double lowest[BLOCK], highest[BLOCK];
    for (uint32_t first = 0; first < units; first += BLOCK) {
        const uint32_t count = units - first < BLOCK ? units - first : BLOCK;
        find_ranges(look, first, count, lowest, highest);
        for (uint32_t i = 0; i < count; i++)
            if (highest[i] - lowest[i] >= RANGE_LEAST)
                judge_unit(look, first + i);
    }
}

/* Periods that too few units have for a level: by the units' own figures. */
static void judge_unlevelled(struct look *look) {
    const struct magnitude_figures *figures = look->figures;
    bool *only = arena_alloc(look->arena, figures->period_count, sizeof(*only));
    bool any = false;
    for (uint32_t t = 0; t < figures->period_count; t++)
        any |= only[t] = isnan(look->level[t]);
    for (uint32_t i = 0; any && i < look->unit_count; i++) {
        bool has = false;
        for (uint32_t t = 0; t < figures->period_count; t++)
            has |= only[t] && !isnan(figures->value[t][look->unit[i]]);
        if (has)
            judge_alone(look, look->unit[i], only);
    }
}

/* ---- What is told. */

static int compare_slips(const void *left, const void *right) {
    const struct magnitude_slip *a = left, *b = right;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    if (a->power != b->power)
        return a->power < b->power ? -1 : 1;
    return a->unit < b->unit ? -1 : a->unit > b->unit;
}

/* The same of many units is told once. */
static void join_slips(struct magnitude_slips *out, size_t begin) {
    struct magnitude_slip *item = out->item;
    size_t kept = begin;
    if (out->count - begin > 1)
        qsort(item + begin, out->count - begin, sizeof(*item), compare_slips);
    for (size_t i = begin; i < out->count;) {
        size_t end = i + 1;
        while (end < out->count && item[end].first == item[i].first &&
               item[end].power == item[i].power)
            end++;
        const size_t units = end - i;
        if (units < UNITS_LEAST) {
            while (i < end)
                item[kept++] = item[i++];
            continue;
        }
        struct magnitude_slip all = item[i];
        all.units = (uint32_t)units;
        for (; i < end; i++)
            all.last = item[i].last > all.last ? item[i].last : all.last;
        item[kept++] = all;
    }
    out->count = kept;
}

void magnitude_look(struct baton_arena *arena, const struct magnitude_figures *figures,
                    struct magnitude_slips *out) {
    struct look look = {.arena = arena, .figures = figures, .out = out};
    const size_t begin = out->count;
    find_units(&look);
    if (look.unit_count == 0 || figures->period_count < 2)
        return;
    take_sample(&look);
    judge_open(&look.judge, arena, figures->period_count, magnitude_powers(figures->measure));
    if (figures->is_new != NULL)
        look.is_new = arena_alloc(arena, figures->period_count, sizeof(*look.is_new));
    if (look.unit_count < UNITS_LEAST) {
        for (uint32_t i = 0; i < look.unit_count; i++)
            judge_alone(&look, look.unit[i], NULL);
    } else {
        find_levels(&look);
        if (!is_steady(&look))
            return;
        correct_levels(&look);
        judge_wide(&look);
        judge_unlevelled(&look);
    }
    join_slips(out, begin);
}
