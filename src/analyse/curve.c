/* The figures are an even row over the range of the group's, somewhat wider, and beside each figure, bound and target where a score may jump one a little below and one a little above: so a step is a step, not a slope. */
#include "analyse/curve.h"
#include "engine/curve.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    EVEN = 120,       /* figures of the even row */
    EDGES_MOST = 120, /* figures of others beside which it is looked */
    MANY = 2000       /* of a cohort so large the even row alone is asked, of fewer */
};
static const double wider = 0.15, beside = 1e-6;

struct row {
    struct baton_arena *arena;
    double *x;
    size_t count, capacity;
    double lo, hi;
};

static void push(struct row *row, double x) {
    *ARRAY_PUSH(row->arena, row->x, row->count, row->capacity) = x;
}

static void reach(struct row *row, double x) {
    if (isnan(x))
        return;
    row->lo = isnan(row->lo) || x < row->lo ? x : row->lo;
    row->hi = isnan(row->hi) || x > row->hi ? x : row->hi;
}

/* Not so near that comparisons at 12 digits take them for equal. */
static void push_edge(struct row *row, double x) {
    const double span = row->hi - row->lo, least = fabs(x) * 1e-9;
    const double by = span * beside > least ? span * beside : least;
    if (isnan(x) || x < row->lo || x > row->hi)
        return;
    push(row, x - by);
    push(row, x);
    push(row, x + by);
}

static int by_number(const void *left, const void *right) {
    const double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

static const struct baton_method *method_of(const struct baton_session *session, uint32_t node) {
    const struct baton_scheme *const scheme = baton_session_scheme(session);
    return &scheme->method[scheme->node[node].method];
}

/* One that counts: not that of a unit to which the indicator is not applicable by its `when`. */
static double figure_of(const struct baton_session *session, uint32_t node, uint32_t unit) {
    const struct baton_result *const result = baton_session_result(session);
    const uint16_t note =
        result->note == NULL ? 0 : result->note[(size_t)node * result->stride + unit];
    return (note & (BATON_NOTE_NA | BATON_NOTE_PENDING)) != 0
               ? NAN
               : baton_result_value(session, node, unit);
}

static uint32_t first_group(const struct baton_session *session, uint32_t node) {
    const struct baton_scheme *const scheme = baton_session_scheme(session);
    for (uint32_t u = 0; u < scheme->ranked_count; u++)
        if (!isnan(figure_of(session, node, u)))
            return scheme->unit[u].group;
    return 0;
}

/* Without a target there may be no curve: of methods that ask for one it is moved whose is there, if there is anybody. */
static bool has_target(const struct baton_session *session, uint32_t node, uint32_t unit) {
    const enum baton_method_kind kind = method_of(session, node)->kind;
    return (kind != BATON_METHOD_TARGET && kind != BATON_METHOD_PASS) ||
           !isnan(curve_target(session, node, unit));
}

/* Of `count` figures of the group the one in the middle, and whose it is. */
static void choose_unit(const struct baton_session *session, struct curve *curve, double *figure,
                        uint32_t count) {
    qsort(figure, count, sizeof *figure, by_number);
    for (uint32_t i = 0; i < curve->figures && curve->unit == BATON_NONE; i++)
        if (figure_of(session, curve->node, curve->among[i]) == figure[count / 2] &&
            (count == curve->figures || has_target(session, curve->node, curve->among[i])))
            curve->unit = curve->among[i];
}

/* Those who have a figure, and whose is in the middle. */
static void read_among(const struct baton_session *session, struct baton_arena *arena,
                       struct curve *curve) {
    const struct baton_group *const group = &baton_session_scheme(session)->group[curve->group];
    double *const figure = arena_alloc_raw(arena, group->unit_count, sizeof *figure);
    double *const aimed = arena_alloc_raw(arena, group->unit_count, sizeof *aimed);
    uint32_t aimed_count = 0;
    curve->among = arena_alloc_raw(arena, group->unit_count, sizeof *curve->among);
    for (uint32_t i = 0; i < group->unit_count; i++) {
        const double x = figure_of(session, curve->node, group->first_unit + i);
        if (isnan(x))
            continue;
        figure[curve->figures] = x;
        if (has_target(session, curve->node, group->first_unit + i))
            aimed[aimed_count++] = x;
        curve->among[curve->figures++] = group->first_unit + i;
    }
    if (curve->unit != BATON_NONE || curve->figures == 0)
        return;
    if (aimed_count > 0)
        choose_unit(session, curve, aimed, aimed_count);
    else
        choose_unit(session, curve, figure, curve->figures);
}

/* The most that are told, the moved one among them. */
static void keep_some(struct curve *curve) {
    curve->among_count = curve->figures;
    if (curve->figures <= CURVE_UNITS_MOST)
        return;
    curve->among_count = CURVE_UNITS_MOST;
    for (uint32_t i = CURVE_UNITS_MOST; i < curve->figures; i++)
        if (curve->among[i] == curve->unit)
            curve->among[CURVE_UNITS_MOST - 1] = curve->unit;
}

static void read_range(const struct baton_session *session, const struct curve *curve,
                       struct row *row) {
    const struct baton_method *const method = method_of(session, curve->node);
    const struct baton_node *const leaf = &baton_session_scheme(session)->node[curve->node];
    row->lo = row->hi = NAN;
    for (uint32_t i = 0; i < curve->figures; i++)
        reach(row, figure_of(session, curve->node, curve->among[i]));
    reach(row, curve->target);
    reach(row, curve->baseline);
    if (method->over == BATON_OVER_FIXED) {
        reach(row, leaf->lo);
        reach(row, leaf->hi);
    }
    if (method->kind == BATON_METHOD_BANDS)
        for (uint32_t i = 0; i < method->table_count; i++)
            reach(row, method->bands[i].bound);
    if (method->kind == BATON_METHOD_DEDUCT)
        reach(row, isnan(method->above) ? 0 : method->above);
    const double span = row->hi - row->lo, size = fabs(row->hi);
    const double more = span > 0 ? span * wider : size > 0 ? size * wider : 1;
    const bool none_below = row->lo >= 0;
    row->lo -= more;
    row->hi += more;
    if (none_below && row->lo < 0) /* what is counted or measured from 0 stays there */
        row->lo = 0;
}

static void push_edges(const struct baton_session *session, const struct curve *curve,
                       struct row *row) {
    const struct baton_method *const method = method_of(session, curve->node);
    const struct baton_node *const leaf = &baton_session_scheme(session)->node[curve->node];
    for (uint32_t i = 0; i < curve->figures && curve->figures <= EDGES_MOST; i++)
        push_edge(row, figure_of(session, curve->node, curve->among[i]));
    push_edge(row, curve->target);
    push_edge(row, curve->baseline);
    push_edge(row, 0);
    if (method->over == BATON_OVER_FIXED) {
        push_edge(row, leaf->lo);
        push_edge(row, leaf->hi);
    }
    if (method->kind == BATON_METHOD_BANDS)
        for (uint32_t i = 0; i < method->table_count && i < EDGES_MOST; i++)
            push_edge(row, method->bands[i].bound);
    if (method->kind == BATON_METHOD_DEDUCT)
        push_edge(row, method->above);
}

static void read_row(const struct baton_session *session, const struct curve *curve,
                     struct row *row) {
    const uint32_t cohort = method_of(session, curve->node)->over == BATON_OVER_GROUP
                                ? curve->figures
                                : baton_session_scheme(session)->ranked_count;
    const uint32_t even = cohort > MANY ? EVEN / 4 : EVEN;
    read_range(session, curve, row);
    for (uint32_t i = 0; i <= even; i++)
        push(row, row->lo + (row->hi - row->lo) * i / even);
    if (cohort <= MANY)
        push_edges(session, curve, row);
    qsort(row->x, row->count, sizeof *row->x, by_number);
    size_t kept = 0;
    for (size_t i = 0; i < row->count; i++)
        if (row->x[i] >= row->lo && row->x[i] <= row->hi &&
            (kept == 0 || row->x[i] != row->x[kept - 1]))
            row->x[kept++] = row->x[i];
    row->count = kept;
}

static void read_codes(const struct baton_session *session, const struct curve *curve,
                       struct row *row) {
    const struct baton_method *const method = method_of(session, curve->node);
    for (uint32_t i = 0; i < method->table_count; i++)
        push(row, method->bands[i].bound);
}

static struct curve_point *score_row(struct baton_session *session, struct baton_arena *arena,
                                     const struct curve *curve, const struct row *row) {
    struct curve_point *const point = arena_alloc_raw(arena, row->count, sizeof *point);
    double *const score = arena_alloc_raw(arena, row->count, sizeof *score);
    curve_scores(session, arena, curve->node, curve->unit, (uint32_t)row->count, row->x, score);
    for (size_t i = 0; i < row->count; i++)
        point[i] = (struct curve_point){row->x[i], score[i]};
    return point;
}

static void score_among(const struct baton_session *session, struct baton_arena *arena,
                        struct curve *curve) {
    const struct baton_result *const result = baton_session_result(session);
    const double *const score = result->score + (size_t)curve->node * result->stride;
    curve->at = arena_alloc_raw(arena, curve->among_count, sizeof *curve->at);
    for (uint32_t i = 0; i < curve->among_count; i++)
        curve->at[i] = (struct curve_point){figure_of(session, curve->node, curve->among[i]),
                                            score[curve->among[i]]};
}

void curve_read(struct baton_session *session, struct baton_arena *arena, uint32_t node,
                uint32_t group, uint32_t unit, struct curve *out) {
    const struct baton_scheme *const scheme = baton_session_scheme(session);
    struct row row = {.arena = arena};
    *out = (struct curve){.node = node,
                          .group = unit != BATON_NONE    ? scheme->unit[unit].group
                                   : group != BATON_NONE ? group
                                                         : first_group(session, node),
                          .unit = unit,
                          .target = NAN,
                          .baseline = NAN};
    out->has_codes = method_of(session, node)->kind == BATON_METHOD_LEVELS;
    read_among(session, arena, out);
    keep_some(out);
    score_among(session, arena, out);
    if (out->unit == BATON_NONE)
        return;
    out->target = curve_target(session, node, out->unit);
    out->baseline = curve_baseline(session, node, out->unit);
    if (out->has_codes)
        read_codes(session, out, &row);
    else
        read_row(session, out, &row);
    out->point_count = (uint32_t)row.count;
    out->point = score_row(session, arena, out, &row);
}
