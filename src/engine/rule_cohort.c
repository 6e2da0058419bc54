/* Functions of the cohort.
 *
 * The figures that are present are gathered, cohort by cohort, each cohort's in the order of the
 * units (of a panel: of its periods first); each cohort gives one statistic, which its units get.
 * rank() and span() then place the unit's own figure among those of its cohort. */
#include "baton/number.h"
#include "engine/normalise.h"
#include "engine/order.h"
#include "engine/rule_tree.h"
#include "engine/statistics.h"
#include <assert.h>
#include <math.h>
#include <string.h>

/* The figures of all cohorts. */
struct gathered {
    double *value;
    uint32_t *cohort;
    size_t count, room; /* figures; what the arrays have room for */
    bool is_sorted;     /* by cohort already, as groups are */
    uint32_t *start;    /* [cohorts + 1] */
    uint32_t cohorts;
};

static bool same_moment(const struct rule_moment *a, const struct rule_moment *b) {
    bool same = baton_period_equal(a->period, b->period) && a->move_count == b->move_count;
    for (uint32_t i = 0; same && i < a->move_count; i++)
        same = a->move[i].kind == b->move[i].kind && a->move[i].n == b->move[i].n;
    return same;
}

/* The cohort of each unit at a moment. */
static const uint32_t *cohorts_at(struct run *run, const struct rule_moment *at, uint32_t *count) {
    if (!run->cohort_known || !same_moment(&run->cohort_at, at)) {
        if (run->cohort == NULL)
            run->cohort = arena_alloc_raw(run->arena, run->units, sizeof *run->cohort);
        run->env->cohort(run->env->context, at, run->cohort, &run->cohort_count);
        run->cohort_at = *at;
        run->cohort_known = true;
    }
    *count = run->cohort_count;
    return run->cohort;
}

/* Whether a condition is met: 1, not 0 or missing. */
static bool is_met(const double *condition, size_t u) {
    return condition == NULL || (condition[u] != 0 && !isnan(condition[u]));
}

/* The argument at a moment, and who counts by `where`. */
struct looked {
    double *x, *condition; /* condition NULL = all */
    uint8_t *zero;         /* NULL without flags */
    bool marked;
};

static struct looked look(struct run *run, const struct input *input,
                          const struct rule_moment *at) {
    struct looked looked = {.x = run_column(run), .zero = run->flags ? run_bytes(run) : NULL};
    looked.marked = run_program(run, input->arg, at, looked.x, looked.zero);
    if (input->where != NULL) {
        looked.condition = run_column(run);
        uint8_t *unused = run->flags ? run_bytes(run) : NULL;
        run_program(run, input->where, at, looked.condition, unused);
        run_bytes_back(run, unused);
    }
    return looked;
}

static void look_away(struct run *run, const struct looked *looked) {
    run_column_back(run, looked->x);
    run_column_back(run, looked->condition);
    run_bytes_back(run, looked->zero);
}

/* Whether a unit's figure counts. */
static bool is_gathered(const struct looked *looked, const uint32_t *cohort, size_t u) {
    return cohort[u] != BATON_NONE && !isnan(looked->x[u]) && is_met(looked->condition, u);
}

static void append(const struct run *run, const struct looked *looked, const uint32_t *cohort,
                   struct gathered *all) {
    for (size_t u = 0; u < run->units; u++) {
        if (!is_gathered(looked, cohort, u))
            continue;
        all->is_sorted &= all->count == 0 || all->cohort[all->count - 1] <= cohort[u];
        all->value[all->count] = looked->x[u];
        all->cohort[all->count++] = cohort[u];
    }
}

/* Puts the figures of each cohort together; their order inside stays. */
static void sort_by_cohort(struct run *run, struct gathered *all) {
    const size_t size_start = (all->cohorts + 1) * sizeof(uint32_t);
    all->start = run_room(run, size_start);
    memset(all->start, 0, size_start);
    for (size_t i = 0; i < all->count; i++)
        all->start[all->cohort[i] + 1]++;
    for (uint32_t c = 0; c < all->cohorts; c++)
        all->start[c + 1] += all->start[c];
    if (all->is_sorted)
        return;
    uint32_t *next = run_room(run, size_start);
    memcpy(next, all->start, size_start);
    double *sorted = run_room(run, all->room * sizeof(double));
    for (size_t i = 0; i < all->count; i++)
        sorted[next[all->cohort[i]]++] = all->value[i];
    run_room_back(run, next, size_start);
    run_room_back(run, all->value, all->room * sizeof(double));
    all->value = sorted;
}

static void gather_close(struct run *run, struct gathered *all) {
    run_room_back(run, all->value, all->room * sizeof(double));
    run_room_back(run, all->cohort, all->room * sizeof(uint32_t));
    run_room_back(run, all->start, (all->cohorts + 1) * sizeof(uint32_t));
}

/* Gathers over one moment, of which `own` is what was looked at there, or over the moments of the
 * panel. */
static void gather(struct run *run, const struct input *input, const struct rule_moment *at,
                   const struct looked *own, struct gathered *all) {
    const struct rule_env *env = run->env;
    const uint32_t moments = env->panel_count > 0 ? env->panel_count : 1;
    *all = (struct gathered){.is_sorted = true, .room = moments * run->units};
    all->value = run_room(run, all->room * sizeof(double));
    all->cohort = run_room(run, all->room * sizeof(uint32_t));
    for (uint32_t i = 0; i < moments; i++) {
        const struct rule_moment *moment = env->panel_count > 0 ? &env->panel[i] : at;
        const struct looked looked = env->panel_count > 0 ? look(run, input, moment) : *own;
        uint32_t count;
        const uint32_t *cohort = cohorts_at(run, moment, &count);
        if (count > all->cohorts)
            all->cohorts = count;
        append(run, &looked, cohort, all);
        if (env->panel_count > 0)
            look_away(run, &looked);
    }
    uint32_t count; /* of the units that will be given the results */
    cohorts_at(run, at, &count);
    if (count > all->cohorts)
        all->cohorts = count;
    sort_by_cohort(run, all);
}

/* ---- Statistics of one cohort; those of none are missing, their count 0. */

static double sum_of(size_t n, const double *value) {
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += value[i];
    return n > 0 ? sum : NAN;
}

static double least_of(size_t n, const double *value) {
    double least = n > 0 ? value[0] : NAN;
    for (size_t i = 1; i < n; i++)
        least = value[i] < least ? value[i] : least;
    return least;
}

static double greatest_of(size_t n, const double *value) {
    double greatest = n > 0 ? value[0] : NAN;
    for (size_t i = 1; i < n; i++)
        greatest = value[i] > greatest ? value[i] : greatest;
    return greatest;
}

/* The mean without ⌊share · n⌋ figures at either end, added from the smallest on. */
static double trimmed_mean(struct run *run, double share, size_t n, const double *value) {
    if (n == 0)
        return NAN;
    const size_t size = n * sizeof(uint32_t);
    uint32_t *index = run_room(run, size);
    order_sort(run->arena, (uint32_t)n, value, index);
    const size_t cut = (size_t)floor(baton_number_sig12(share * (double)n));
    double sum = 0;
    for (size_t i = cut; i < n - cut; i++)
        sum += value[index[i]];
    run_room_back(run, index, size);
    return sum / (double)(n - 2 * cut);
}

static struct moments moments_of(size_t n, const double *value) {
    struct moments moments;
    statistics_moments(n, value, &moments);
    return moments;
}

static double statistic(struct run *run, const struct input *input, size_t n, const double *value) {
    switch (input->function) {
    case FN_MEAN:
        return moments_of(n, value).mean;
    case FN_TRIMMED_MEAN:
        return trimmed_mean(run, input->share, n, value);
    case FN_MEDIAN:
        return statistics_median(run->arena, n, value);
    case FN_SD:
        return moments_of(n, value).sd;
    case FN_MIN_OF:
        return least_of(n, value);
    case FN_MAX_OF:
        return greatest_of(n, value);
    case FN_SUM_OF:
        return sum_of(n, value);
    default:
        assert(input->function == FN_COUNT);
        return (double)n;
    }
}

/* Every unit gets the statistic of its cohort. The deviation of a single figure is 0 divided by 0.
 */
static bool give_statistics(struct run *run, const struct input *input, const uint32_t *cohort,
                            const struct gathered *all, double *out, uint8_t *zero) {
    const size_t size = all->cohorts * sizeof(double);
    double *result = run_room(run, size);
    for (uint32_t c = 0; c < all->cohorts; c++)
        result[c] =
            statistic(run, input, all->start[c + 1] - all->start[c], all->value + all->start[c]);
    for (size_t u = 0; u < run->units; u++)
        out[u] = cohort[u] == BATON_NONE ? NAN : result[cohort[u]];
    run_room_back(run, result, size);
    if (!run->flags || input->function != FN_SD)
        return false;
    for (size_t u = 0; u < run->units; u++) {
        const uint32_t c = cohort[u];
        zero[u] = c != BATON_NONE && all->start[c + 1] - all->start[c] == 1;
    }
    return true;
}

/* ---- Places in the cohort. */

/* Ranks of the figures gathered, which are those of the units: they come in the order of the units
 * in each cohort. */
static void give_ranks(struct run *run, const struct looked *own, const uint32_t *cohort,
                       const struct gathered *all, double *out) {
    const size_t size_rank = all->count * sizeof(uint32_t),
                 size_next = (all->cohorts + 1) * sizeof(uint32_t);
    uint32_t *rank = run_room(run, size_rank), *next = run_room(run, size_next);
    const struct cohorts cohorts = {all->start, all->cohorts};
    order_rank_cohorts(run->arena, &cohorts, all->value, true, BATON_TIES_MIN, rank);
    memcpy(next, all->start, size_next);
    for (size_t u = 0; u < run->units; u++)
        out[u] = is_gathered(own, cohort, u) ? 0.5 * rank[next[cohort[u]]++] : NAN;
    run_room_back(run, rank, size_rank);
    run_room_back(run, next, size_next);
}

/* How many of the ascending values are above x. */
static size_t count_above(size_t n, const double *ascending, double x) {
    size_t first = 0, last = n; /* the first that is above lies in [first, last] */
    while (first < last) {
        const size_t middle = first + (last - first) / 2;
        if (ascending[middle] > x)
            last = middle;
        else
            first = middle + 1;
    }
    return n - first;
}

/* Sorts the figures of each cohort. */
static void sort_cohorts(struct run *run, const struct gathered *all) {
    const size_t size_index = all->count * sizeof(uint32_t),
                 size_sorted = all->count * sizeof(double);
    uint32_t *index = run_room(run, size_index);
    double *sorted = run_room(run, size_sorted);
    for (uint32_t c = 0; c < all->cohorts; c++) {
        double *value = all->value + all->start[c];
        const uint32_t n = all->start[c + 1] - all->start[c];
        order_sort(run->arena, n, value, index);
        for (uint32_t i = 0; i < n; i++)
            sorted[i] = value[index[i]];
        memcpy(value, sorted, n * sizeof *sorted);
    }
    run_room_back(run, index, size_index);
    run_room_back(run, sorted, size_sorted);
}

/* Ranks among the figures of a panel, of which the unit's own is one of many. */
static void give_panel_ranks(struct run *run, const struct looked *own, const uint32_t *cohort,
                             const struct gathered *all, double *out) {
    sort_cohorts(run, all);
    for (size_t u = 0; u < run->units; u++) {
        out[u] = NAN;
        if (!is_gathered(own, cohort, u))
            continue;
        const uint32_t *start = &all->start[cohort[u]];
        const double x = baton_number_sig12(own->x[u]);
        out[u] = 1 + (double)count_above(start[1] - start[0], all->value + start[0], x);
    }
}

/* (x - lo) / (hi - lo); lo and hi equal at 12 significant digits are a division by zero. */
static double spanned(double x, double lo, double hi, uint8_t *zero) {
    const bool constant = baton_number_compare12(lo, hi) == 0 && !isnan(lo);
    if (zero != NULL)
        *zero = constant && !isnan(x);
    return constant ? NAN : (x - lo) / (hi - lo);
}

static void give_spans(struct run *run, const struct looked *own, const uint32_t *cohort,
                       const struct gathered *all, double *out, uint8_t *zero) {
    const size_t size = all->cohorts * sizeof(double);
    double *lo = run_room(run, size), *hi = run_room(run, size);
    for (uint32_t c = 0; c < all->cohorts; c++) {
        const size_t n = all->start[c + 1] - all->start[c];
        lo[c] = least_of(n, all->value + all->start[c]);
        hi[c] = greatest_of(n, all->value + all->start[c]);
    }
    for (size_t u = 0; u < run->units; u++) {
        const uint32_t c = cohort[u];
        const double least = c == BATON_NONE ? NAN : lo[c],
                     greatest = c == BATON_NONE ? NAN : hi[c];
        out[u] = spanned(own->x[u], least, greatest, zero == NULL ? NULL : zero + u);
    }
    run_room_back(run, lo, size);
    run_room_back(run, hi, size);
}

/* span() between the columns of the leaf. */
static void give_fixed_spans(struct run *run, const struct looked *own,
                             const struct rule_moment *at, double *out, uint8_t *zero) {
    const struct rule_env *env = run->env;
    double *lo = run_column(run), *hi = run_column(run);
    env->name(env->context, RULE_LO, 1, at, lo);
    env->name(env->context, RULE_HI, 1, at, hi);
    for (size_t u = 0; u < run->units; u++)
        out[u] = spanned(own->x[u], lo[u], hi[u], zero == NULL ? NULL : zero + u);
    run_column_back(run, lo);
    run_column_back(run, hi);
}

/* Where the unit's own figure is missing because of a division by zero, so is its place. */
static bool mark_own(struct run *run, const struct looked *own, bool has_marks, uint8_t *zero) {
    if (!run->flags)
        return false;
    assert(zero != NULL && own->zero != NULL);
    if (!has_marks)
        memset(zero, 0, run->units);
    for (size_t u = 0; own->marked && u < run->units; u++)
        zero[u] |= own->zero[u] != 0 && is_met(own->condition, u);
    return true;
}

bool run_over_cohort(struct run *run, const struct input *input, const struct rule_moment *at,
                     double *out, uint8_t *zero) {
    const bool is_rank = input->function == FN_RANK, is_span = input->function == FN_SPAN;
    const bool is_fixed = is_span && run->env->span_fixed;
    const bool needs_own = is_rank || is_span || run->env->panel_count == 0;
    struct looked own = {0};
    if (needs_own)
        own = look(run, input, at);
    struct gathered all;
    bool marked = false;
    if (is_fixed) {
        give_fixed_spans(run, &own, at, out, zero);
        marked = mark_own(run, &own, true, zero);
    } else {
        gather(run, input, at, &own, &all);
        uint32_t count;
        const uint32_t *cohort = cohorts_at(run, at, &count);
        if (is_rank) {
            for (size_t i = 0; i < all.count; i++) /* ties are those of 12 significant digits */
                all.value[i] = baton_number_sig12(all.value[i]);
            if (run->env->panel_count > 0)
                give_panel_ranks(run, &own, cohort, &all, out);
            else
                give_ranks(run, &own, cohort, &all, out);
            marked = mark_own(run, &own, false, zero);
        } else if (is_span) {
            give_spans(run, &own, cohort, &all, out, zero);
            marked = mark_own(run, &own, true, zero);
        } else {
            marked = give_statistics(run, input, cohort, &all, out, zero);
        }
        gather_close(run, &all);
    }
    if (needs_own)
        look_away(run, &own);
    return marked;
}
