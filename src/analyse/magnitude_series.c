/* A series of logarithms judged: the largest cluster of figures within a factor of 3.5 is what is usual, and what lies a power of
 * ten away is a slip. magnitude.h has the rules and their numbers.
 *
 * Figures are sorted by size, and a window of that width goes over them once. Where some figures are new, the window sees only
 * the others, so that a sheet with many wrong figures does not make its own usual. */
#include "analyse/magnitude.h"
#include "analyse/magnitude_parts.h"
#include "base/elementary.h"
#include <math.h>
#include <stdlib.h>

static const double WINDOW = 0.54,   /* a factor of 3.5 */
    ABOUT = 0.1,                     /* a factor of 1.26 */
    CLEARLY = 0.5, ABOUT_MOST = 0.3, /* a factor of 2 */
    TIMES_SPREAD = 3, TEN = 2.302585092994045684;

struct ranked_log {
    double log;
    uint32_t at;
};

static int compare_logs(const void *left, const void *right) {
    const struct ranked_log *a = left, *b = right;
    if (a->log != b->log)
        return a->log < b->log ? -1 : 1;
    return a->at < b->at ? -1 : a->at > b->at;
}

static int compare_doubles(const void *left, const void *right) {
    const double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

double median_of(double *values, uint32_t count, uint32_t least) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++)
        if (isfinite(values[i]))
            values[kept++] = values[i];
    if (kept < least || kept == 0)
        return NAN;
    qsort(values, kept, sizeof(*values), compare_doubles);
    return values[(kept - 1) / 2];
}

void judge_open(struct judge *judge, struct baton_arena *arena, uint32_t count, uint32_t powers) {
    *judge = (struct judge){.powers = powers};
    judge->verdict.away = arena_alloc(arena, count, sizeof(double));
    judge->verdict.power = arena_alloc(arena, count, sizeof(int8_t));
    judge->ranked = arena_alloc(arena, count, sizeof(*judge->ranked));
    judge->level = arena_alloc(arena, count, sizeof(double));
    judge->sum = arena_alloc(arena, count, sizeof(double));
    judge->by_year = arena_alloc(arena, count, sizeof(bool));
    judge->centre = NAN;
}

/* ---- What is usual. */

static bool is_old(const struct series *series, uint32_t t) {
    return series->is_new == NULL || !series->is_new[t];
}

static bool has_old(const struct series *series, const double *log) {
    for (uint32_t t = 0; t < series->count; t++)
        if (is_old(series, t) && isfinite(log[t]))
            return true;
    return false;
}

/* The finite ones by size, old ones only where there are some; returns how many. */
static uint32_t rank_logs(struct judge *judge, const struct series *series, const double *log) {
    const bool old_only = has_old(series, log);
    uint32_t count = 0;
    for (uint32_t t = 0; t < series->count; t++)
        if (isfinite(log[t]) && (!old_only || is_old(series, t)))
            judge->ranked[count++] = (struct ranked_log){log[t], t};
    if (count > 1)
        qsort(judge->ranked, count, sizeof(*judge->ranked), compare_logs);
    return count;
}

static uint32_t earliest(const struct ranked_log *ranked, uint32_t count) {
    uint32_t at = ranked[0].at;
    for (uint32_t i = 1; i < count; i++)
        at = ranked[i].at < at ? ranked[i].at : at;
    return at;
}

struct cluster {
    uint32_t first, count; /* of judge->ranked */
};

/* Whether a cluster is rather what is usual than another one of as many figures. */
static bool is_better(const struct judge *judge, struct cluster a, struct cluster b) {
    const struct ranked_log *ranked = judge->ranked;
    const double off_a = fabs(ranked[a.first].log - judge->centre),
                 off_b = fabs(ranked[b.first].log - judge->centre);
    if (fabs(off_a - off_b) > CLEARLY)
        return off_a < off_b;
    return earliest(ranked + a.first, a.count) < earliest(ranked + b.first, b.count);
}

static struct cluster largest_cluster(const struct judge *judge, uint32_t count) {
    const struct ranked_log *ranked = judge->ranked;
    struct cluster best = {0, 0};
    uint32_t end = 0;
    for (uint32_t first = 0; first < count; first++) {
        while (end < count && ranked[end].log - ranked[first].log <= WINDOW)
            end++;
        const struct cluster cluster = {first, end - first};
        if (cluster.count > best.count ||
            (cluster.count == best.count && is_better(judge, cluster, best)))
            best = cluster;
    }
    return best;
}

/* Puts what is usual of log[] into the verdict; returns how many figures say so. */
static uint32_t find_usual(struct judge *judge, const struct series *series, const double *log) {
    struct verdict *verdict = &judge->verdict;
    const uint32_t count = rank_logs(judge, series, log);
    verdict->usual = verdict->spread = NAN;
    if (count == 0)
        return 0;
    const struct cluster cluster = largest_cluster(judge, count);
    const struct ranked_log *ranked = judge->ranked + cluster.first;
    verdict->usual = ranked[(cluster.count - 1) / 2].log;
    verdict->spread =
        fmax(verdict->usual - ranked[0].log, ranked[cluster.count - 1].log - verdict->usual);
    return cluster.count;
}

/* ---- What is a slip. */

static int power_of(const struct judge *judge, double away) {
    const double spread = judge->verdict.spread, nearest = floor(away + 0.5);
    const double about = fabs(nearest) > 1 ? ABOUT_MOST : fmin(ABOUT + spread, ABOUT_MOST);
    if (!(fabs(nearest) >= 1 && fabs(nearest) <= MAGNITUDE_MOST) ||
        !(fabs(away - nearest) <= about) || fabs(away) < TIMES_SPREAD * spread)
        return 0;
    const int power = (int)nearest;
    return (judge->powers >> (MAGNITUDE_MOST + power) & 1) != 0 ? power : 0;
}

void series_judge(struct judge *judge, const struct series *series) {
    struct verdict *verdict = &judge->verdict;
    verdict->alike = verdict->slips = verdict->noise = 0;
    find_usual(judge, series, series->log);
    for (uint32_t t = 0; t < series->count; t++) {
        const double away = series->log[t] - verdict->usual;
        verdict->away[t] = away;
        verdict->power[t] = 0;
        if (isnan(series->log[t]))
            continue;
        const double edge = fmax(verdict->spread, WINDOW / 2);
        if (fabs(away) <= edge)
            verdict->alike++;
        else if (isfinite(away) && (verdict->power[t] = (int8_t)power_of(judge, away)) != 0)
            verdict->slips++;
        else
            verdict->noise++;
    }
}

/* ---- Season and growth. */

/* What the periods of one name are compared with; NaN where there is only one. `room` has count doubles. */
static double of_other_years(const struct series *series, uint32_t t, double *room) {
    uint32_t all = 0, count = 0;
    double first_old = NAN, first = NAN;
    for (uint32_t i = 0; i < series->count; i++) {
        if (series->period[i].index != series->period[t].index || !isfinite(series->log[i]))
            continue;
        all++;
        first = isnan(first) ? series->log[i] : first;
        if (is_old(series, i)) {
            first_old = isnan(first_old) ? series->log[i] : first_old;
            room[count++] = series->log[i];
        }
    }
    if (all < 2)
        return NAN;
    return count >= 3 ? median_of(room, count, 3) : count > 0 ? first_old : first;
}

static void keep_year(const struct series *series, int year, const double *from, bool rises,
                      double *out) {
    for (uint32_t i = 0; i < series->count; i++) {
        out[i] = series->period[i].year == year ? from[i] : NAN;
        if (rises)
            out[i] -= elementary_log((double)series->period[i].index) / TEN;
    }
}

/* Compares the periods of the year of `t` with each other: as a level, or as sums. Returns what period t is, against what is
 * usual; NaN where there are not two others. `from` are the logarithms as they were. */
static double of_same_year(struct judge *judge, const struct series *series, const double *from,
                           uint32_t t) {
    const int year = series->period[t].year;
    uint32_t count = 0;
    for (uint32_t i = 0; i < series->count; i++)
        count += series->period[i].year == year && isfinite(from[i]);
    if (count < 3)
        return NAN;
    keep_year(series, year, from, false, judge->level);
    const uint32_t as_level = find_usual(judge, series, judge->level);
    const double level = judge->level[t] - judge->verdict.usual, spread = judge->verdict.spread;
    keep_year(series, year, from, true, judge->sum);
    const uint32_t as_sum = find_usual(judge, series, judge->sum);
    const double sum = judge->sum[t] - judge->verdict.usual;
    return as_sum > as_level || (as_sum == as_level && judge->verdict.spread < spread) ? sum
                                                                                       : level;
}

/* How many figures have an earlier one of their name. */
static uint32_t namesakes(const struct series *series) {
    uint32_t count = 0;
    for (uint32_t t = 0; t < series->count; t++) {
        uint32_t i = 0;
        while (i < t &&
               !(series->period[i].index == series->period[t].index && isfinite(series->log[i])))
            i++;
        count += i < t && isfinite(series->log[t]);
    }
    return count;
}

static bool stand_together(const struct series *series, const bool *by_year, uint32_t i,
                           uint32_t t) {
    return by_year[i] == by_year[t] &&
           (by_year[t] ? series->period[i].year == series->period[t].year
                       : series->period[i].index == series->period[t].index);
}

void series_compare(struct judge *judge, struct series *series) {
    double *compared = judge->verdict.away; // filled again by series_judge
    const bool names_say = namesakes(series) >= 2;
    uint32_t references = 0;
    for (uint32_t t = 0; t < series->count; t++) {
        compared[t] = series->log[t];
        judge->by_year[t] = false;
        if (!isfinite(series->log[t]))
            continue;
        const double by_name = series->log[t] - of_other_years(series, t, judge->level);
        const double by_year = names_say && !isnan(by_name)
                                   ? (double)NAN
                                   : of_same_year(judge, series, series->log, t);
        judge->by_year[t] = !isnan(by_year);
        compared[t] = judge->by_year[t] ? by_year : by_name;
    }
    /* The first of each name, or of each year, is what the others are compared with. */
    for (uint32_t t = 0; t < series->count; t++) {
        uint32_t i = 0;
        while (i < t && !(isfinite(compared[i]) && stand_together(series, judge->by_year, i, t)))
            i++;
        references += i == t && isfinite(compared[t]);
    }
    for (uint32_t t = 0; t < series->count; t++)
        series->log[t] = compared[t];
    series_judge(judge, series);
    const uint32_t found = judge->verdict.alike + judge->verdict.slips;
    judge->verdict.compared = found > references ? found - references : 0;
}
