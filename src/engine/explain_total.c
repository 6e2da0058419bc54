/* From the aggregate to the total: bonuses and deductions row by row, vetoes and gates, bounds; then its rank, what told
 * equals apart, and how the rank changed. */
#include "engine/explain_parts.h"
#include <string.h>

enum { TIES_SHOWN = 10 };

void explain_totals(struct explaining *ex, double **total, double **base) {
    const struct baton_session *session = ex->session;
    *total = arena_alloc_raw(ex->worker->arena, session->ranked, sizeof(double));
    *base = arena_alloc_raw(ex->worker->arena, session->ranked, sizeof(double));
    for (uint32_t u = 0; u < session->ranked; u++) {
        (*total)[u] = as_ranked(session, 0, session->group_of[u], session->score[u]);
        (*base)[u] = session->base == NULL
                         ? (*total)[u]
                         : as_ranked(session, 0, session->group_of[u], session->base[u]);
    }
}

/* What the expressions of adjustments see. */
struct adjusting {
    struct explaining *ex;
    struct place place;
    struct rule_env env;
    struct rule_moment now;
};

/* The line of something that has an id, a title and a place. */
static struct explain_line *titled(struct explaining *ex, struct explain_line *parent,
                                   enum explain_kind kind, const char *id,
                                   const struct baton_text *title, const struct baton_where *at) {
    struct explain_line *line = line_add(ex, parent, kind);
    line->id = id;
    line->name = title;
    line->at = *at;
    return line;
}

/* ---- Items. */

static struct baton_period row_period(const struct baton_adjustment *row) {
    return row->issued_day == INT32_MIN ? row->period
                                        : baton_period_of_day(BATON_DAY, row->issued_day);
}

static struct explain_line *row_line(struct adjusting *a, struct explain_line *parent,
                                     enum explain_kind kind, const struct baton_adjustment *row) {
    struct explain_line *line = line_add(a->ex, parent, kind);
    line->period = row_period(row);
    line->id =
        row->level == BATON_NONE ? NULL : a->ex->scheme->item[row->item].level[row->level].id;
    line->reason = row->reason;
    line->document = row->document;
    line->at = row->at;
    return line;
}

static bool is_mine(const struct adjusting *a, const struct baton_adjustment *row) {
    return row->unit == a->ex->unit &&
           adjustment_in_force(a->ex->session, row, a->ex->session->period);
}

static uint32_t count_rows(const struct adjusting *a, uint32_t item) {
    const struct baton_session *session = a->ex->session;
    uint32_t count = 0;
    for (uint32_t i = session->item_first[item]; i < session->item_first[item + 1]; i++)
        count += is_mine(a, &session->rows[i]);
    return count;
}

/* The rows of an item that count, and what they come to. */
static double explain_rows(struct adjusting *a, struct explain_line *parent, uint32_t item) {
    const struct baton_session *session = a->ex->session;
    const bool highest = a->ex->scheme->item[item].highest;
    struct terms terms = {.ex = a->ex};
    double points = 0;
    for (uint32_t i = session->item_first[item]; i < session->item_first[item + 1]; i++) {
        const struct baton_adjustment *row = &session->rows[i];
        if (!is_mine(a, row))
            continue;
        const struct baton_adjustment *better = adjustment_outdone(session, row);
        if (better != NULL) {
            row_line(a, parent, EXPLAIN_ROW_OUTDONE, row)->number[0] = better->at.row;
            continue;
        }
        const double each = adjustment_points(session, row),
                     worth = highest ? each : each * row->count;
        struct explain_line *line = row_line(a, parent, EXPLAIN_ROW, row);
        line->value = worth;
        if (!highest && row->count != 1)
            line->arithmetic = WITH_NUMBERS(a->ex, "# × #", each, row->count);
        if (!highest)
            points += worth;
        else if (row->count > 0 && worth > points)
            points = worth;
        if (!highest || row->count > 0)
            TERMS_ADD(&terms, highest ? ", " : " + ", "#", worth);
    }
    if (terms.count > 1 || (highest && terms.count == 1 && points <= 0))
        line_value(a->ex, parent, highest ? EXPLAIN_MOST_ONLY : EXPLAIN_SUMMED, points)
            ->arithmetic =
            highest ? arena_printf(a->ex->arena, "max(0, %s)", terms.text) : terms.text;
    return points;
}

static double explain_computed(struct adjusting *a, struct explain_line *parent, uint32_t item) {
    struct explain_line *line = line_add(a->ex, parent, EXPLAIN_COMPUTED);
    const double points = explain_rule(a->ex, line, a->ex->session->item_points[item], &a->env,
                                       &a->now, a->ex->unit, NULL);
    line->at = a->ex->scheme->item[item].points_rule.at;
    if (!isnan(points))
        return points;
    line->value = 0;
    line->arithmetic = NULL;
    line->word = "missing_is_zero";
    return 0;
}

/* An item with whatever it is made of; what it gives. */
static double explain_item(struct adjusting *a, struct explain_line *parent, uint32_t index) {
    const struct baton_item *item = &a->ex->scheme->item[index];
    const struct rule *when = a->ex->session->item_when[index];
    struct explain_line *line =
        titled(a->ex, parent, EXPLAIN_ITEM, item->id, &item->title, &item->at);
    const bool met = when == NULL || explain_condition(a->ex, line, EXPLAIN_WHEN, when, &item->when,
                                                       &a->env, &a->now, a->ex->unit, NULL);
    double points = a->ex->session->item_points[index] != NULL ? explain_computed(a, line, index)
                                                               : explain_rows(a, line, index);
    if (!met) {
        points = 0;
        line_value(a->ex, line, EXPLAIN_UNMET, 0);
    }
    line->value = explain_limits(a->ex, line, points, NAN, item->cap, &item->at);
    return line->value;
}

/* All items of a kind; their sum within the cap of the kind. */
static double explain_items(struct adjusting *a, struct explain_line *parent,
                            enum baton_item_kind kind, double cap) {
    struct explaining *ex = a->ex;
    struct explain_line *line = NULL;
    struct terms terms = {.ex = ex};
    double sum = 0;
    for (uint32_t i = 0; i < ex->scheme->item_count; i++) {
        if (ex->scheme->item[i].kind != kind ||
            (ex->session->item_points[i] == NULL && count_rows(a, i) == 0))
            continue;
        if (line == NULL)
            line = line_add(ex, parent, kind == BATON_BONUS ? EXPLAIN_BONUS : EXPLAIN_DEDUCTION);
        const double points = explain_item(a, line, i);
        sum += points;
        TERMS_ADD(&terms, " + ", "#", points);
    }
    if (line == NULL)
        return 0;
    if (terms.count > 1)
        line_value(ex, line, EXPLAIN_SUMMED, sum)->arithmetic = terms.text;
    const struct baton_where nowhere = {0};
    sum = explain_limits(ex, line, sum, NAN, cap, &nowhere);
    if (kind == BATON_BONUS && (ex->session->effects[ex->unit] & EFFECT_BONUS_VOID) != 0) {
        line_change(ex, line, EXPLAIN_VOIDED, sum, 0);
        sum = 0;
    }
    line->value = sum;
    return sum;
}

/* ---- Vetoes and gates. */

static void explain_effect(struct explaining *ex, struct explain_line *line,
                           const struct baton_effect *effect) {
    const struct baton_group *group = &ex->scheme->group[ex->group];
    if (effect->grade_at_most != BATON_NONE) {
        struct explain_line *most = line_add(ex, line, EXPLAIN_EFFECT_GRADE);
        most->id = ex->scheme->code[effect->grade_at_most];
        for (uint32_t i = 0;
             group->grades != BATON_NONE && i < ex->scheme->grades[group->grades].count; i++)
            if (ex->scheme->grades[group->grades].item[i].code == effect->grade_at_most)
                most->name = &ex->scheme->grades[group->grades].item[i].title;
    }
    if (effect->node_zero != BATON_NONE) {
        const struct baton_node *node = &ex->scheme->node[effect->node_zero];
        titled(ex, line, EXPLAIN_EFFECT_ZERO, node->id, &node->name, &node->at);
    }
    if (effect->unranked)
        line_add(ex, line, EXPLAIN_EFFECT_UNRANKED);
    if (effect->no_award)
        line_add(ex, line, EXPLAIN_EFFECT_NO_AWARD);
    if (effect->bonus_void)
        line_add(ex, line, EXPLAIN_EFFECT_VOID);
}

/* Whether an item or a gate limits the unit; whether anything makes one of its nodes 0. */
static bool is_at_work(const struct explaining *ex, uint32_t item, uint32_t node, bool *zeroes) {
    const struct baton_session *session = ex->session;
    bool applies = false;
    for (size_t i = 0; i < session->at_work_count; i++) {
        const struct effect_at_work *work = &session->at_work[i];
        if (work->unit != ex->unit)
            continue;
        applies |= work->item == item && work->node == node;
        const uint32_t effect = work->item != BATON_NONE ? ex->scheme->item[work->item].effect
                                                         : ex->scheme->node[work->node].gate_effect;
        *zeroes |= ex->scheme->effect[effect].node_zero != BATON_NONE;
    }
    return applies;
}

static void explain_veto(struct adjusting *a, struct explain_line *parent, uint32_t index) {
    struct explaining *ex = a->ex;
    const struct baton_item *item = &ex->scheme->item[index];
    bool zeroes = false;
    const bool applies = is_at_work(ex, index, BATON_NONE, &zeroes);
    struct explain_line *line = titled(ex, parent, EXPLAIN_VETO, item->id, &item->title, &item->at);
    line->word = applies ? "applies" : "does_not_apply";
    for (uint32_t i = ex->session->item_first[index]; i < ex->session->item_first[index + 1]; i++)
        if (is_mine(a, &ex->session->rows[i]))
            row_line(a, line, EXPLAIN_ROW_EVENT, &ex->session->rows[i])->value =
                ex->session->rows[i].count;
    if (ex->session->item_when[index] != NULL && zeroes) {
        /* The condition saw scores that are no longer there: what it saw cannot be shown, only what came of it. */
        struct explain_line *when =
            line_word(ex, line, EXPLAIN_WHEN, applies ? "holds" : "does_not_hold");
        line_formula(when, item->when.text);
        when->at = item->when.at;
    } else if (ex->session->item_when[index] != NULL) {
        explain_condition(ex, line, EXPLAIN_WHEN, ex->session->item_when[index], &item->when,
                          &a->env, &a->now, ex->unit, NULL);
    }
    if (applies)
        explain_effect(ex, line, &ex->scheme->effect[item->effect]);
}

static void explain_gate(struct explaining *ex, struct explain_line *parent, uint32_t node) {
    const struct baton_node *as = &ex->scheme->node[node];
    const double score = ex->session->score[(size_t)node * ex->session->stride + ex->unit];
    bool zeroes = false;
    const bool applies = is_at_work(ex, BATON_NONE, node, &zeroes);
    if (!has_row(ex->session, node, ex->unit) || isnan(score))
        return;
    struct explain_line *line = titled(ex, parent, EXPLAIN_GATE, as->id, &as->name, &as->at);
    line->number[0] = as_ranked(ex->session, node, ex->group, score);
    line->number[1] = as->gate_at_least;
    line->word = applies ? "applies" : "does_not_apply";
    if (applies)
        explain_effect(ex, line, &ex->scheme->effect[as->gate_effect]);
}

static void explain_vetoes(struct adjusting *a, struct explain_line *parent) {
    for (uint32_t i = 0; i < a->ex->scheme->item_count; i++)
        if (a->ex->scheme->item[i].kind == BATON_VETO && count_rows(a, i) > 0)
            explain_veto(a, parent, i);
    for (uint32_t n = 0; n < a->ex->session->nodes; n++)
        if (a->ex->scheme->node[n].gate_effect != BATON_NONE)
            explain_gate(a->ex, parent, n);
}

/* The total before bounds. */
static double explain_adjustments(struct explaining *ex, struct explain_line *parent) {
    const struct baton_session *session = ex->session;
    struct adjusting a = {.ex = ex, .now = moment_now(session)};
    double *total, *base;
    explain_totals(ex, &total, &base);
    a.place =
        (struct place){.session = ex->session, .worker = ex->worker, .score = base, .base = base};
    environment(&a.place, &a.env);
    const double before = session->base[ex->unit];
    if (!isnan(before) && ex->scheme->item_count > 0) {
        struct explain_line *line = line_value(ex, parent, EXPLAIN_BASE, before);
        const uint32_t twice = session->base_rank[ex->unit];
        if (twice != 0) {
            line->number[0] = twice / 2.0;
            line->number[1] = baton_result_of(session, BATON_NONE, ex->group);
        }
    }
    explain_vetoes(&a, parent);
    const double bonus = explain_items(&a, parent, BATON_BONUS, ex->scheme->cap_bonus);
    const double deduction = explain_items(&a, parent, BATON_DEDUCTION, ex->scheme->cap_deduction);
    if (!isnan(before) && ex->scheme->item_count > 0)
        line_value(ex, parent, EXPLAIN_TOTAL, before + bonus - deduction)->arithmetic =
            WITH_NUMBERS(ex, "# + # - #", before, bonus, deduction);
    return before + bonus - deduction;
}

/* ---- The rank. */

/* What tells the unit apart from another of the same total. */
static void explain_tie(struct explaining *ex, struct explain_line *parent, uint32_t other) {
    const struct baton_group *group = &ex->scheme->group[ex->group];
    const struct baton_session *session = ex->session;
    for (uint32_t i = 0; i < group->ties_by_count; i++) {
        const uint32_t node = group->ties_by[i];
        const double *score = session->score + (size_t)node * session->stride;
        const double own = as_ranked(session, node, ex->group, score[ex->unit]);
        const double theirs = as_ranked(session, node, ex->group, score[other]);
        if (own == theirs || (isnan(own) && isnan(theirs)))
            continue;
        struct explain_line *line = line_add(ex, parent, EXPLAIN_TIE_BROKEN);
        line->unit = other;
        line->id = ex->scheme->node[node].id;
        line->name = &ex->scheme->node[node].name;
        line->number[0] = own;
        line->number[1] = theirs;
        line->word = isnan(theirs) || own > theirs ? "ahead" : "behind";
        return;
    }
    line_word(ex, parent, EXPLAIN_TIED, "shares")->unit = other;
}

static void explain_rank_of_total(struct explaining *ex, struct explain_line *parent) {
    const struct baton_session *session = ex->session;
    const uint32_t twice = session->rank[ex->unit];
    if (twice == 0) {
        line_word(ex, parent, EXPLAIN_NO_RANK,
                  isnan(session->score[ex->unit]) ? "no_total" : "unranked_effect");
        return;
    }
    struct explain_line *line =
        line_change(ex, parent, EXPLAIN_RANK, baton_result_of(session, 0, ex->group), twice / 2.0);
    const uint32_t *start = session->groups.start + ex->group;
    uint32_t shown = 0;
    uint32_t alike = 0;
    for (uint32_t v = start[0]; v < start[1]; v++) {
        alike += session->rank[v] == twice;
        if (v != ex->unit && session->rank[v] != 0 && session->key[v] == session->key[ex->unit] &&
            shown++ < TIES_SHOWN)
            explain_tie(ex, line, v);
    }
    line->number[1] = alike > 1 ? (double)alike : NAN;
}

static void explain_change(struct explaining *ex, struct explain_line *parent) {
    const struct baton_session *session = ex->session;
    struct baton_period compared;
    const uint32_t now = session->rank[ex->unit],
                   before = baton_result_earlier_rank(session, 0, ex->unit);
    const bool comparable = history_compared(session, session->period, &compared);
    if (now == 0)
        return;
    if (!comparable || before == 0) {
        struct explain_line *none = line_add(ex, parent, EXPLAIN_NO_CHANGE);
        if (comparable)
            none->period = compared;
        return;
    }
    struct explain_line *line =
        line_change(ex, parent, EXPLAIN_CHANGE, before / 2.0, (before / 2.0) - (now / 2.0));
    const uint32_t source = history_source(session, compared, ex->unit);
    line->period = compared;
    line->unit = source == ex->unit ? BATON_NONE : source;
    line->arithmetic = WITH_NUMBERS(ex, "# - #", before / 2.0, now / 2.0);
}

void explain_total(struct explaining *ex, struct explain_line *parent, double before) {
    const struct baton_session *session = ex->session;
    const struct baton_group *group = &ex->scheme->group[ex->group];
    if (session->has_adjustments)
        before = explain_adjustments(ex, parent);
    if (!isnan(before))
        explain_limits(ex, parent, before, group->bound_lo, group->bound_hi, &group->at);
    const double total = session->score[ex->unit];
    const int32_t decimals = decimals_of(session, 0, ex->group);
    explain_rounding(ex, parent, EXPLAIN_ROUNDED, total,
                     baton_number_round(total, decimals, ex->scheme->rounding), decimals);
    explain_rank_of_total(ex, parent);
    explain_change(ex, parent);
    explain_grade(ex, parent);
    explain_awards(ex, parent);
}
