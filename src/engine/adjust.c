/* adjust: vetoes and gates, bonuses and deductions, bounds: the total before adjustments -> the total.
 *
 * First the effects: a veto applies where its rows count more than 0 and its condition holds, a gate where its leaf's score
 * is below its mark; both see the scores before any effect. Nodes that an effect makes 0 are put in and the tiles concerned
 * aggregated again. Then every item is summed for each unit, capped, its kind capped, and the total brought within its bounds.
 * Rows were sorted once by what they say, so that a sum has the same bits whatever the order of rows in the file. */
#include "engine/session.h"
#include <assert.h>
#include <math.h>
#include <string.h>

/* Whether a row counts in a period: the period contains the row's, or the day on which it was issued; a veto's also later,
 * up to `until`. What is issued after the day of the scoring does not count yet. */
bool adjustment_in_force(const struct baton_session *session, const struct baton_adjustment *row,
                         struct baton_period period) {
    int32_t first = baton_period_first_day(period), last = baton_period_last_day(period);
    if (row->issued_day != INT32_MIN && row->issued_day > session->options.as_of_day)
        return false;
    struct baton_period until = session->scheme->item[row->item].until;
    int32_t begins, ends;
    if (row->issued_day != INT32_MIN) {
        begins = ends = row->issued_day;
    } else {
        begins = baton_period_first_day(row->period);
        ends = baton_period_last_day(row->period);
    }
    if (first <= begins && ends <= last)
        return true;
    return until.kind != BATON_PERIOD_NONE && first > ends && first <= baton_period_last_day(until);
}

double adjustment_count(const struct baton_session *session, uint32_t item, uint32_t unit,
                        struct baton_period period) {
    double count = 0;
    uint32_t low = session->item_first[item], end = session->item_first[item + 1], high = end;
    while (low < high) { /* the first row of the unit */
        uint32_t middle = low + (high - low) / 2;
        if (session->rows[middle].unit < unit)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < end && session->rows[low].unit == unit; low++)
        if (adjustment_in_force(session, &session->rows[low], period))
            count += session->rows[low].count;
    return count;
}

double adjustment_points(const struct baton_session *session, const struct baton_adjustment *row) {
    const struct baton_item *item = &session->scheme->item[row->item];
    double points = !isnan(row->points)        ? row->points
                    : row->level != BATON_NONE ? item->level[row->level].points
                                               : item->points;
    return isnan(points) ? 0 : points;
}

static double worth_of(const struct baton_session *session, const struct baton_adjustment *row) {
    return adjustment_points(session, row) *
           (session->scheme->item[row->item].highest ? 1 : row->count);
}

int adjustment_honour_order(const struct baton_adjustment *a, const struct baton_adjustment *b) {
    if (a->unit != b->unit)
        return a->unit < b->unit ? -1 : 1;
    return strcmp(a->honour, b->honour);
}

/* Another row of the same unit and honour that stands in for this one: worth more, or as much and first in the file. */
const struct baton_adjustment *adjustment_outdone(const struct baton_session *session,
                                                  const struct baton_adjustment *row) {
    if (row->honour == NULL)
        return NULL;
    double worth = adjustment_points(session, row) * row->count;
    uint32_t low = 0, high = session->honour_count;
    while (low < high) { /* the first row of the unit with this honour */
        uint32_t middle = low + (high - low) / 2;
        if (adjustment_honour_order(session->honour[middle], row) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < session->honour_count && adjustment_honour_order(session->honour[low], row) == 0;
         low++) {
        const struct baton_adjustment *other = session->honour[low];
        if (other == row || !adjustment_in_force(session, other, session->period))
            continue;
        double others = adjustment_points(session, other) * other->count;
        if (others > worth || (others == worth && (other->at.row < row->at.row ||
                                                   (other->at.row == row->at.row && other < row))))
            return other;
    }
    return NULL;
}

struct work {
    struct baton_session *session;
    struct worker *worker;
    struct rule_env env;
    struct place place;
    struct rule_moment now;
    double *value; /* [N] */
};

/* Fills met[u]: the condition holds (1 everywhere without one). */
static void condition(struct work *work, const struct rule *when, uint8_t *met) {
    uint32_t ranked = work->session->ranked;
    memset(met, 1, ranked);
    if (when == NULL)
        return;
    rule_run(when, &work->env, &work->now, work->value, NULL);
    for (uint32_t u = 0; u < ranked; u++)
        met[u] = !isnan(work->value[u]) && work->value[u] != 0;
}

/* The position of a grade in the grades of the unit's group; none there: no limit. */
static uint32_t place_of_grade(const struct baton_session *session, uint32_t unit, uint32_t code) {
    const struct baton_group *group = &session->scheme->group[session->group_of[unit]];
    if (group->grades != BATON_NONE)
        for (uint32_t i = 0; i < session->scheme->grades[group->grades].count; i++)
            if (session->scheme->grades[group->grades].item[i].code == code)
                return i;
    return 0;
}

/* `source` is the item or the gate by which it applies. */
static void apply_effect(struct work *work, struct effect_at_work source,
                         const struct baton_effect *effect, uint8_t *zeroed) {
    struct baton_session *session = work->session;
    const uint32_t unit = source.unit;
    *ARRAY_PUSH(work->worker->arena, session->at_work, session->at_work_count,
                session->at_work_capacity) = source;
    uint8_t *bits = &session->effects[unit];
    *bits |= EFFECT_VETOED;
    *bits |= effect->unranked ? EFFECT_UNRANKED : 0;
    *bits |= effect->no_award ? EFFECT_NO_AWARD : 0;
    *bits |= effect->bonus_void ? EFFECT_BONUS_VOID : 0;
    if (effect->grade_at_most != BATON_NONE) {
        uint32_t *most = &session->grade_at_most[unit];
        if (*most == BATON_NONE || place_of_grade(session, unit, effect->grade_at_most) >
                                       place_of_grade(session, unit, *most))
            *most = effect->grade_at_most;
    }
    assert(effect->node_zero == BATON_NONE || zeroed != NULL);
    if (effect->node_zero != BATON_NONE)
        zeroed[(size_t)effect->node_zero * session->stride + unit] = 1;
}

static void find_effects(struct work *work, uint8_t *zeroed) {
    struct baton_session *session = work->session;
    const struct baton_scheme *scheme = session->scheme;
    uint8_t *met = arena_alloc_raw(work->worker->arena, session->ranked, 1);
    for (uint32_t i = 0; i < scheme->item_count; i++) {
        const struct baton_item *item = &scheme->item[i];
        if (item->kind != BATON_VETO || session->item_first[i] == session->item_first[i + 1])
            continue;
        condition(work, session->item_when[i], met);
        for (uint32_t u = 0; u < session->ranked; u++)
            if (met[u] && has_row(session, 0, u) &&
                adjustment_count(session, i, u, session->period) > 0)
                apply_effect(work, (struct effect_at_work){u, i, BATON_NONE},
                             &scheme->effect[item->effect], zeroed);
    }
    for (uint32_t n = 0; n < session->nodes; n++) {
        const struct baton_node *node = &scheme->node[n];
        if (node->gate_effect == BATON_NONE)
            continue;
        for (uint32_t u = 0; u < session->ranked; u++) {
            double score = session->score[(size_t)n * session->stride + u];
            if (!isnan(score) &&
                baton_number_compare12(as_ranked(session, n, session->group_of[u], score),
                                       node->gate_at_least) < 0)
                apply_effect(work, (struct effect_at_work){u, BATON_NONE, n},
                             &scheme->effect[node->gate_effect], zeroed);
        }
    }
}

static void put_zeros_in(struct work *work, const uint8_t *zeroed) {
    struct baton_session *session = work->session;
    for (uint32_t t = 0; t < session->tile_count; t++) {
        const struct tile *tile = &session->tile[t];
        bool concerned = false;
        for (uint32_t n = 0; n < session->nodes && !concerned; n++)
            concerned = memchr(zeroed + (size_t)n * session->stride + tile->first, 1,
                               tile->last - tile->first) != NULL;
        if (concerned)
            aggregate_slice(session, work->worker, tile, zeroed);
    }
}

/* Points of one item for each unit, not yet capped. */
static void sum_rows(struct work *work, uint32_t item, double *points) {
    struct baton_session *session = work->session;
    for (uint32_t i = session->item_first[item]; i < session->item_first[item + 1]; i++) {
        const struct baton_adjustment *row = &session->rows[i];
        if (row->unit >= session->ranked || !adjustment_in_force(session, row, session->period) ||
            adjustment_outdone(session, row) != NULL)
            continue;
        double worth = worth_of(session, row);
        if (!session->scheme->item[item].highest)
            points[row->unit] += worth;
        else if (row->count > 0 && worth > points[row->unit])
            points[row->unit] = worth;
    }
}

static void item_points(struct work *work, uint32_t item, double *points, uint8_t *met) {
    struct baton_session *session = work->session;
    memset(points, 0, session->ranked * sizeof(double));
    condition(work, session->item_when[item], met);
    if (session->item_points[item] != NULL) {
        rule_run(session->item_points[item], &work->env, &work->now, work->value, NULL);
        for (uint32_t u = 0; u < session->ranked; u++)
            points[u] = isnan(work->value[u]) ? 0 : work->value[u];
    } else {
        sum_rows(work, item, points);
    }
    double cap = session->scheme->item[item].cap;
    for (uint32_t u = 0; u < session->ranked; u++) {
        if (!met[u])
            points[u] = 0;
        if (!isnan(cap) && baton_number_compare12(points[u], cap) > 0) {
            points[u] = cap;
            session->total_note[u] |= isnan(session->base[u]) ? 0 : BATON_NOTE_CAPPED;
        }
    }
}

/* Adds up the items of one kind and caps the sum. */
static void kind_points(struct work *work, enum baton_item_kind kind, double cap, double *sum) {
    struct baton_session *session = work->session;
    double *points = arena_alloc_raw(work->worker->arena, session->ranked, sizeof(double));
    uint8_t *met = arena_alloc_raw(work->worker->arena, session->ranked, 1);
    for (uint32_t i = 0; i < session->scheme->item_count; i++) {
        if (session->scheme->item[i].kind != kind)
            continue;
        item_points(work, i, points, met);
        for (uint32_t u = 0; u < session->ranked; u++)
            sum[u] += points[u];
    }
    for (uint32_t u = 0; u < session->ranked; u++)
        if (!isnan(cap) && baton_number_compare12(sum[u], cap) > 0) {
            sum[u] = cap;
            session->total_note[u] |= isnan(session->base[u]) ? 0 : BATON_NOTE_CAPPED;
        }
}

static void ranked_totals(const struct baton_session *session, double *out) {
    for (uint32_t u = 0; u < session->ranked; u++)
        out[u] = as_ranked(session, 0, session->group_of[u], session->score[u]);
}

void put_within_bounds(struct baton_session *session, uint32_t unit) {
    const struct baton_group *group = &session->scheme->group[session->group_of[unit]];
    double total = session->score[unit];
    if (isnan(total))
        return;
    double within = total < group->bound_lo   ? group->bound_lo
                    : total > group->bound_hi ? group->bound_hi
                                              : total;
    if (within != total)
        session->total_note[unit] |= BATON_NOTE_CLAMPED;
    session->score[unit] = within;
}

void adjust(struct baton_session *session) {
    struct work work = {
        .session = session, .worker = &session->worker[0], .now = moment_now(session)};
    uint32_t ranked = session->ranked;
    struct baton_arena *arena = work.worker->arena;
    double *before = arena_alloc_raw(arena, ranked, sizeof(double));
    double *bonus = arena_alloc(arena, ranked, sizeof(double)),
           *deduction = arena_alloc(arena, ranked, sizeof(double));
    work.value = arena_alloc_raw(arena, session->units, sizeof(double));
    work.place =
        (struct place){.session = session, .worker = work.worker, .score = before, .base = before};
    environment(&work.place, &work.env);
    uint8_t *zeroed = session->has_zeroing
                          ? arena_alloc(arena, (size_t)session->nodes * session->stride, 1)
                          : NULL;
    for (uint32_t u = 0; u < ranked; u++)
        session->grade_at_most[u] = BATON_NONE;
    memset(session->effects, 0, ranked);
    session->at_work = NULL;
    session->at_work_count = session->at_work_capacity = 0;
    ranked_totals(session, before);
    find_effects(&work, zeroed);
    if (zeroed != NULL) {
        put_zeros_in(&work, zeroed);
        ranked_totals(session, before);
    }
    memcpy(session->base, session->score, ranked * sizeof(double));
    for (uint32_t u = 0; u < ranked; u++)
        session->total_note[u] |=
            (session->effects[u] & EFFECT_VETOED) != 0 ? BATON_NOTE_VETOED : 0;
    kind_points(&work, BATON_BONUS, session->scheme->cap_bonus, bonus);
    kind_points(&work, BATON_DEDUCTION, session->scheme->cap_deduction, deduction);
    for (uint32_t u = 0; u < ranked; u++) {
        double added = (session->effects[u] & EFFECT_BONUS_VOID) != 0 ? 0 : bonus[u];
        session->bonus[u] = added;
        session->deduction[u] = deduction[u];
        session->score[u] = session->base[u] + added - deduction[u];
        if (!isnan(session->score[u]))
            put_within_bounds(session, u);
    }
}
