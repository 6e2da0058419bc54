/* What is said of any node: its figures in the result, its weight and share of the total, how its children's scores were
 * put together, and why it may have none.
 *
 * A calculation lists the children in official order, while scoring adds in the order of ids: the same at 12 digits. */
#include "base/elementary.h"
#include "engine/explain_parts.h"
#include "engine/methods.h"
#include <string.h>

static double score_of(const struct explaining *ex, uint32_t node, uint32_t unit) {
    return ex->session->score[(size_t)node * ex->session->stride + unit];
}

static uint16_t note_of(const struct explaining *ex, uint32_t node, uint32_t unit) {
    return ex->session->note[(size_t)node * ex->session->stride + unit];
}

struct explain_line *explain_node_line(struct explaining *ex, struct explain_line *parent,
                                       uint32_t node, bool told) {
    const struct baton_session *session = ex->session;
    const uint32_t unit = ex->unit;
    struct explain_line *line = line_add(ex, parent, EXPLAIN_NODE);
    struct explain_node *of = arena_alloc(ex->arena, 1, sizeof *of);
    const struct baton_node *as = &ex->scheme->node[node];
    line->id = as->id;
    line->name = &as->name;
    line->at = as->at;
    line->period = session->period;
    line->measure = as->child_count == 0 ? as->measure : NULL;
    line->node = of;
    *of = (struct explain_node){.node = node,
                                .has_row = has_row(session, node, unit),
                                .told = told,
                                .score = NAN,
                                .published = NAN,
                                .weight = NAN,
                                .points = NAN,
                                .rating = BATON_NONE,
                                .decimals = decimals_of(session, node, ex->group)};
    if (!of->has_row)
        return line;
    of->score = line->value = score_of(ex, node, unit);
    of->published = baton_number_round(of->score, of->decimals, ex->scheme->rounding);
    of->weight = node == 0 ? NAN : weight_of(session, node, unit);
    of->share = ex->share[node];
    of->share_full = ex->share_full[node];
    of->points = isnan(of->score) ? NAN : ex->points[node];
    of->rank_twice = session->rank[(size_t)node * session->stride + unit];
    of->of = baton_result_of(session, node, ex->group);
    of->earlier_rank_twice = baton_result_earlier_rank(session, node, unit);
    of->rating =
        as->child_count == 0 && node > 0 ? baton_result_rating(session, node, unit) : BATON_NONE;
    of->notes = note_of(ex, node, unit);
    if (node == 0 && session->grade != NULL && session->grade[unit] != BATON_NONE)
        of->grade =
            &ex->scheme->grades[ex->scheme->group[ex->group].grades].item[session->grade[unit]];
    return line;
}

void explain_rounding(struct explaining *ex, struct explain_line *parent, enum explain_kind kind,
                      double exact, double rounded, int32_t decimals) {
    static const char *const modes[] = {[BATON_ROUND_HALF_AWAY] = "half_away",
                                        [BATON_ROUND_HALF_EVEN] = "half_even",
                                        [BATON_ROUND_DOWN] = "down"};
    if (isnan(exact) || exact == rounded)
        return;
    struct explain_line *line = line_change(ex, parent, kind, exact, rounded);
    line->number[1] = decimals;
    line->word = modes[ex->scheme->rounding];
}

/* ---- Weights. */

/* The row of weights.csv that a weight comes from; NULL = indicators.csv. */
static const struct baton_weight *weight_row(const struct explaining *ex, uint32_t node) {
    const struct baton_weight *of_group = NULL, *own = NULL;
    for (uint32_t i = 0; i < ex->scheme->weight_count; i++) {
        const struct baton_weight *row = &ex->scheme->weight[i];
        if (row->node != node)
            continue;
        if (row->unit != BATON_NONE && row->unit == ex->unit)
            own = row;
        else if (row->unit == BATON_NONE && row->group == ex->group)
            of_group = row;
    }
    return own != NULL ? own : of_group;
}

static void weight_source(const struct explaining *ex, uint32_t node, struct explain_line *line) {
    const struct baton_weight *row = weight_row(ex, node);
    line->at = row != NULL ? row->at : ex->scheme->node[node].at;
    line->word = row == NULL
                     ? (ex->scheme->node[node].kind == BATON_INDIVIDUAL ? "individual" : NULL)
                     : (row->unit != BATON_NONE ? "own_weight" : "group_weight");
}

static bool is_weighted(const struct baton_node *node) {
    return node->aggregate != BATON_AGGREGATE_SUM && node->aggregate != BATON_AGGREGATE_MIN;
}

double explain_share_weight(const struct explaining *ex, uint32_t node) {
    const double weight = weight_of(ex->session, node, ex->unit);
    return isnan(weight) ? 1 : weight;
}

/* The child takes part in its parent's aggregate for this unit. */
static bool is_in(const struct explaining *ex, uint32_t child, uint32_t unit) {
    return ex->session->counted[child] && !isnan(score_of(ex, child, unit));
}

void explain_weight(struct explaining *ex, struct explain_line *parent, uint32_t node) {
    const struct baton_session *session = ex->session;
    const uint32_t above = ex->scheme->node[node].parent;
    const struct baton_node *of = &ex->scheme->node[above];
    const double weight = weight_of(session, node, ex->unit);
    if (!session->counted[node]) {
        line_word(ex, parent, EXPLAIN_NO_SCORE, "uncounted")->at = ex->scheme->node[node].at;
        return;
    }
    if (!isnan(weight))
        weight_source(ex, node, line_value(ex, parent, EXPLAIN_WEIGHT, weight));
    if (isnan(score_of(ex, node, ex->unit)))
        return;
    struct explain_line *share = line_value(ex, parent, EXPLAIN_SHARE, ex->share[node]);
    if (baton_number_compare12(ex->share[node], ex->share_full[node]) != 0)
        share->number[0] = ex->share_full[node];
    if (of->aggregate == BATON_AGGREGATE_SUM)
        return;
    struct terms weights = {.ex = ex};
    for (uint32_t c = 0; c < of->child_count; c++)
        if (is_in(ex, of->child[c], ex->unit))
            TERMS_ADD(&weights, " + ", "#", explain_share_weight(ex, of->child[c]));
    share->arithmetic =
        arena_printf(ex->arena, "%s / (%s)",
                     WITH_NUMBERS(ex, "# × #", ex->share[above], explain_share_weight(ex, node)),
                     terms_text(&weights, "0"));
}

/* ---- Aggregates. */

static double aggregated(struct explaining *ex, uint32_t node, uint32_t unit, bool unrounded);

/* A node's score as it was before points were rounded. */
static double score_unrounded(struct explaining *ex, uint32_t node, uint32_t unit) {
    const double score = score_of(ex, node, unit);
    if (!ex->scheme->round_at_node || isnan(score) || ex->scheme->node[node].child_count == 0)
        return score;
    return (note_of(ex, node, unit) & BATON_NOTE_VETOED) != 0 ? 0
                                                              : aggregated(ex, node, unit, true);
}

/* Weights won by one unit against another, and all that both have, by the weights of the first. */
static int duel(struct explaining *ex, const struct baton_node *node, uint32_t unit, uint32_t other,
                double *won, double *all) {
    *won = *all = 0;
    for (uint32_t c = 0; c < node->child_count; c++) {
        const uint32_t child = node->child_by_id[c];
        if (!is_in(ex, child, unit) || !is_in(ex, child, other))
            continue;
        const double weight = weight_of(ex->session, child, unit);
        const int order = baton_number_compare12(score_unrounded(ex, child, unit),
                                                 score_unrounded(ex, child, other));
        *won += order > 0 ? weight : order == 0 ? weight / 2 : 0;
        *all += weight;
    }
    return *all > 0 ? baton_number_compare12(*won, *all / 2) : 0;
}

static double copeland(struct explaining *ex, const struct baton_node *node, uint32_t unit) {
    const uint32_t *start = ex->session->groups.start;
    double wins = 0, won, all;
    for (uint32_t v = start[ex->group]; v < start[ex->group + 1]; v++)
        wins += v == unit ? 0 : duel(ex, node, unit, v, &won, &all);
    return wins;
}

/* The aggregate of a node's children, on a scale of 100, before anything is done to it. Under `round_at: node` it is made of
 * the children's scores as they are after their points were rounded; only Copeland's compares those before (`unrounded`). */
static double aggregated(struct explaining *ex, uint32_t node, uint32_t unit, bool unrounded) {
    const struct baton_node *as = &ex->scheme->node[node];
    const enum baton_aggregate kind = as->aggregate;
    double sum = 0, weights = 0, least = NAN;
    if (kind == BATON_COPELAND)
        return copeland(ex, as, unit);
    for (uint32_t c = 0; c < as->child_count; c++) {
        const uint32_t child = as->child_by_id[c];
        if (!is_in(ex, child, unit))
            continue;
        const double s = unrounded ? score_unrounded(ex, child, unit) : score_of(ex, child, unit);
        const double w = weight_of(ex->session, child, unit);
        sum += kind == BATON_ARITHMETIC  ? w * s
               : kind == BATON_GEOMETRIC ? (w == 0 ? 0 : w * elementary_log(s))
               : kind == BATON_HARMONIC  ? (w == 0 ? 0 : w / s)
                                         : s;
        weights += w;
        least = isnan(least) || s < least ? s : least;
    }
    switch (kind) {
    case BATON_ARITHMETIC:
        return sum / weights;
    case BATON_GEOMETRIC:
        return elementary_exp(sum / weights);
    case BATON_HARMONIC:
        return weights / sum;
    case BATON_AGGREGATE_MIN:
        return least;
    case BATON_AGGREGATE_SUM:
    case BATON_COPELAND:
        break;
    }
    return sum;
}

static const struct {
    const char *word;
    const char *formula[2];
    const char *term; /* of a child: weight and score, or the score alone */
} aggregates[] = {
    [BATON_ARITHMETIC] = {"arithmetic",
                          {"Σ weight × score / Σ weight", "Σ 权重 × 得分 / Σ 权重"},
                          "# × #"},
    [BATON_GEOMETRIC] = {"geometric",
                         {"exp(Σ weight × log(score) / Σ weight)",
                          "exp(Σ 权重 × log(得分) / Σ 权重)"},
                         "# × log(#)"},
    [BATON_HARMONIC] = {"harmonic",
                        {"Σ weight / Σ (weight / score)", "Σ 权重 / Σ (权重 / 得分)"},
                        "# / #"},
    [BATON_AGGREGATE_MIN] = {"min", {"min(scores)", "min(各项得分)"}, "#"},
    [BATON_AGGREGATE_SUM] = {"sum", {"Σ score", "Σ 得分"}, "#"},
    [BATON_COPELAND] = {"copeland", {"wins - losses", "胜 - 负"}, "#"},
};

/* The calculation of an aggregate other than Copeland's. */
static const char *calculation(struct explaining *ex, const struct baton_node *node) {
    struct terms terms = {.ex = ex}, weights = {.ex = ex};
    const enum baton_aggregate kind = node->aggregate;
    for (uint32_t c = 0; c < node->child_count; c++) {
        const uint32_t child = node->child[c];
        if (!is_in(ex, child, ex->unit))
            continue;
        const double score = score_of(ex, child, ex->unit),
                     weight = weight_of(ex->session, child, ex->unit);
        if (is_weighted(node))
            TERMS_ADD(&terms, " + ", aggregates[kind].term, weight, score);
        else
            TERMS_ADD(&terms, kind == BATON_AGGREGATE_MIN ? ", " : " + ", "#", score);
        TERMS_ADD(&weights, " + ", "#", weight);
    }
    const char *const top = terms_text(&terms, "0"), *const below = terms_text(&weights, "0");
    switch (kind) {
    case BATON_ARITHMETIC:
        return arena_printf(ex->arena, "(%s) / (%s)", top, below);
    case BATON_GEOMETRIC:
        return arena_printf(ex->arena, "exp((%s) / (%s))", top, below);
    case BATON_HARMONIC:
        return arena_printf(ex->arena, "(%s) / (%s)", below, top);
    case BATON_AGGREGATE_MIN:
        return terms.count == 1 ? top : arena_printf(ex->arena, "min(%s)", top);
    case BATON_AGGREGATE_SUM:
    case BATON_COPELAND:
        break;
    }
    return top;
}

static const char *duels(struct explaining *ex, struct explain_line *parent,
                         const struct baton_node *node) {
    const uint32_t *start = ex->session->groups.start;
    struct terms terms = {.ex = ex};
    for (uint32_t v = start[ex->group]; v < start[ex->group + 1]; v++) {
        double won, all;
        if (v == ex->unit || !has_row(ex->session, 0, v))
            continue;
        const int outcome = duel(ex, node, ex->unit, v, &won, &all);
        if (!(all > 0))
            continue;
        struct explain_line *line = line_value(ex, parent, EXPLAIN_DUEL, won);
        line->unit = v;
        line->number[0] = all;
        line->word = outcome > 0 ? "wins" : outcome < 0 ? "loses" : "draws";
        TERMS_ADD(&terms, " + ", "#", outcome);
    }
    return terms_text(&terms, "0");
}

/* `present`: whether enough of the weight has a score. */
static bool has_enough(struct explaining *ex, struct explain_line *parent, uint32_t node) {
    const struct baton_node *as = &ex->scheme->node[node];
    struct terms there = {.ex = ex}, due = {.ex = ex};
    double sum_there = 0, sum_due = 0;
    if (isnan(ex->scheme->present))
        return true;
    for (uint32_t c = 0; c < as->child_count; c++) {
        const uint32_t child = as->child_by_id[c];
        const bool scored = !isnan(score_of(ex, child, ex->unit));
        if (!ex->session->counted[child] || !has_row(ex->session, child, ex->unit) ||
            (!scored && (note_of(ex, child, ex->unit) & (BATON_NOTE_NA | BATON_NOTE_PENDING)) != 0))
            continue;
        const double weight = is_weighted(as) ? weight_of(ex->session, child, ex->unit) : 1;
        sum_due += weight;
        TERMS_ADD(&due, " + ", "#", weight);
        sum_there += scored ? weight : 0;
        if (scored)
            TERMS_ADD(&there, " + ", "#", weight);
    }
    if (!(sum_due > 0))
        return true;
    struct explain_line *line = line_value(ex, parent, EXPLAIN_PRESENT, sum_there / sum_due);
    const bool enough = baton_number_compare12(sum_there / sum_due, ex->scheme->present) >= 0;
    line->number[0] = ex->scheme->present;
    line->word = enough ? "enough" : "not_enough";
    line->arithmetic =
        arena_printf(ex->arena, "(%s) / (%s)", terms_text(&there, "0"), terms_text(&due, "0"));
    return enough;
}

/* The points of a node whose children's points are added up. */
static const char *points_added(struct explaining *ex, const struct baton_node *node, double *sum) {
    struct terms terms = {.ex = ex};
    *sum = 0;
    for (uint32_t c = 0; c < node->child_count; c++) {
        const uint32_t child = node->child[c];
        if (!is_in(ex, child, ex->unit))
            continue;
        *sum += ex->points[child];
        TERMS_ADD(&terms, " + ", "#", ex->points[child]);
    }
    return terms_text(&terms, "0");
}

/* Points: of a node under `arithmetic` or `sum` those of its children added up, else its share of the total times its score. */
static void explain_points(struct explaining *ex, struct explain_line *parent, uint32_t node,
                           double score, bool is_zero) {
    const struct baton_node *as = &ex->scheme->node[node];
    const bool adds = as->child_count > 0 && !is_zero &&
                      (as->aggregate == BATON_ARITHMETIC || as->aggregate == BATON_AGGREGATE_SUM);
    struct explain_line *line = line_add(ex, parent, EXPLAIN_POINTS);
    double points;
    if (adds) {
        line->arithmetic = points_added(ex, as, &points);
    } else {
        points = ex->share[node] * score / 100;
        line->arithmetic = WITH_NUMBERS(ex, "# × # / 100", ex->share[node], score);
    }
    line->value = points;
    if (!ex->scheme->round_at_node)
        return;
    const int32_t decimals = decimals_of(ex->session, node, ex->group);
    const double rounded = baton_number_round(points, decimals, ex->scheme->rounding);
    explain_rounding(ex, parent, EXPLAIN_POINTS_ROUNDED, points, rounded, decimals);
    if (node == 0 || as->child_count == 0 || is_zero || !(ex->share[node] > 0))
        return;
    struct explain_line *again =
        line_value(ex, parent, EXPLAIN_SCORE, 100 * rounded / ex->share[node]);
    again->arithmetic = WITH_NUMBERS(ex, "100 × # / #", rounded, ex->share[node]);
}

const struct effect_at_work *explain_zeroing(const struct explaining *ex, uint32_t node) {
    const struct baton_session *session = ex->session;
    for (size_t i = 0; session->has_adjustments && i < session->at_work_count; i++) {
        const struct effect_at_work *work = &session->at_work[i];
        const uint32_t effect = work->item != BATON_NONE ? ex->scheme->item[work->item].effect
                                                         : ex->scheme->node[work->node].gate_effect;
        if (work->unit == ex->unit && ex->scheme->effect[effect].node_zero == node)
            return work;
    }
    return NULL;
}

void explain_zeroed(struct explaining *ex, struct explain_line *parent, uint32_t node,
                    double before) {
    const struct effect_at_work *work = explain_zeroing(ex, node);
    if (work == NULL || isnan(before))
        return;
    struct explain_line *line = line_change(ex, parent, EXPLAIN_ZEROED, before, 0);
    const bool is_item = work->item != BATON_NONE;
    line->id = is_item ? ex->scheme->item[work->item].id : ex->scheme->node[work->node].id;
    line->name = is_item ? &ex->scheme->item[work->item].title : &ex->scheme->node[work->node].name;
    line->at = is_item ? ex->scheme->item[work->item].at : ex->scheme->node[work->node].at;
}

/* How a leaf's score becomes points and what is published. */
static void explain_end(struct explaining *ex, struct explain_line *parent, uint32_t node,
                        double score, bool is_zero) {
    const int32_t decimals = decimals_of(ex->session, node, ex->group);
    if (ex->session->counted[node])
        explain_points(ex, parent, node, score, is_zero);
    const double now = score_of(ex, node, ex->unit);
    if (node > 0)
        explain_rounding(ex, parent, EXPLAIN_ROUNDED, now,
                         baton_number_round(now, decimals, ex->scheme->rounding), decimals);
}

static void explain_rating(struct explaining *ex, struct explain_line *parent, uint32_t node) {
    const uint32_t index = baton_result_rating(ex->session, node, ex->unit);
    if (index == BATON_NONE)
        return;
    const struct baton_rating *rating = &ex->scheme->group[ex->group].ratings.item[index];
    struct explain_line *line = line_add(ex, parent, EXPLAIN_RATING);
    line->id = rating->id;
    line->name = &rating->title;
    line->number[0] = rating->at_least;
}

double explain_aggregate(struct explaining *ex, struct explain_line *parent, uint32_t node) {
    const struct baton_node *as = &ex->scheme->node[node];
    const double score = score_of(ex, node, ex->unit);
    if (as->child_count == 0 && node > 0) {
        if (!isnan(score)) {
            explain_end(ex, parent, node, score, explain_zeroing(ex, node) != NULL);
            explain_rating(ex, parent, node);
        }
        return score;
    }
    const bool enough = has_enough(ex, parent, node);
    if (isnan(score)) {
        const uint16_t note = note_of(ex, node, ex->unit);
        struct explain_line *none = line_add(ex, parent, EXPLAIN_NO_SCORE);
        none->word = !enough                            ? "too_little"
                     : (note & BATON_NOTE_NA) != 0      ? "na"
                     : (note & BATON_NOTE_PENDING) != 0 ? "pending"
                                                        : "no_children";
        return NAN;
    }
    struct explain_line *how =
        line_word(ex, parent, EXPLAIN_AGGREGATE, aggregates[as->aggregate].word);
    how->formula[BATON_EN] = aggregates[as->aggregate].formula[BATON_EN];
    how->formula[BATON_ZH] = aggregates[as->aggregate].formula[BATON_ZH];
    how->at = node > 0 ? as->at : (struct baton_where){0};
    double value = aggregated(ex, node, ex->unit, false);
    const char *const with =
        as->aggregate == BATON_COPELAND ? duels(ex, how, as) : calculation(ex, as);
    line_value(ex, how, EXPLAIN_SCORE, value)->arithmetic = with;
    const double total = ex->scheme->group[ex->group].total;
    if (node == 0 && total != 100 && !ex->scheme->round_at_node)
        line_value(ex, parent, EXPLAIN_SCALED, value * (total / 100))->arithmetic =
            WITH_NUMBERS(ex, "# × # / 100", value, total);
    const bool is_zero = explain_zeroing(ex, node) != NULL;
    if (is_zero) {
        explain_zeroed(ex, parent, node, value);
        value = 0;
    }
    explain_end(ex, parent, node, value, is_zero);
    const double points = ex->share[0] * value / 100;
    if (node > 0)
        return score;
    return ex->scheme->round_at_node
               ? baton_number_round(points, decimals_of(ex->session, 0, ex->group),
                                    ex->scheme->rounding)
               : points;
}

/* ---- Nodes that have no row. */

void explain_absence(struct explaining *ex, struct explain_line *parent, uint32_t node) {
    const struct baton_unit *unit = &ex->scheme->unit[ex->unit];
    const struct baton_period period = ex->session->period;
    if (ex->session->part != NULL && !ex->session->part[ex->unit]) {
        const bool later = unit->joined.kind != BATON_PERIOD_NONE &&
                           baton_period_first_day(unit->joined) > baton_period_last_day(period);
        struct explain_line *line =
            line_add(ex, parent, later ? EXPLAIN_NOT_JOINED : EXPLAIN_HAS_LEFT);
        line->period = later ? unit->joined : unit->left;
        line->at = unit->at;
        return;
    }
    for (uint32_t n = node; n > 0; n = ex->scheme->node[n].parent) {
        if (weight_of(ex->session, n, ex->unit) != 0)
            continue;
        struct explain_line *line = line_value(ex, parent, EXPLAIN_WEIGHT_ZERO, 0);
        weight_source(ex, n, line);
        line->id = ex->scheme->node[n].id;
        line->name = &ex->scheme->node[n].name;
        return;
    }
    line_word(ex, parent, EXPLAIN_NO_SCORE, "nothing_applies");
}
