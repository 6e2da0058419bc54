/* From a leaf's figure to its score: the method with its numbers put in, limits, and the rule for missing figures.
 *
 * Methods that score a figure by itself are here, those that compare in explain_cohort.c. Each works out the score once more by the
 * formula that it prints, so that what is printed can be compared with the result. */
#include "engine/explain_parts.h"
#include "engine/methods.h"
#include "engine/statistics.h"
#include <string.h>

enum { SCORES_SHOWN = 30 }; /* of a cohort, in the calculation of a mean */

/* Where the method is defined; a kind that goes by its own name is named by the leaf. */
static const struct baton_where *place_of(const struct leaf *leaf) {
    const char *const file = leaf->method->at.file;
    return file != NULL && (leaf->as->at.file == NULL || strcmp(file, leaf->as->at.file) != 0)
               ? &leaf->method->at
               : &leaf->as->at;
}

double explain_limits(struct explaining *ex, struct explain_line *parent, double score,
                      double floor, double cap, const struct baton_where *at) {
    const double limit[2] = {floor, cap};
    for (int i = 0; i < 2; i++) {
        if (!(i == 0 ? score < limit[i] : score > limit[i]))
            continue;
        if (baton_number_compare12(score, limit[i]) != 0) {
            struct explain_line *line =
                line_change(ex, parent, i == 0 ? EXPLAIN_FLOOR : EXPLAIN_CAP, score, limit[i]);
            line->number[1] = limit[i];
            line->at = *at;
        }
        score = limit[i];
    }
    return score;
}

/* The method and its formula. */
static struct explain_line *method_line(struct explaining *ex, struct explain_line *parent,
                                        const struct leaf *leaf) {
    const struct baton_method *method = leaf->method;
    const struct method_kind *kind = method_kind(method->kind);
    struct explain_line *line = line_word(ex, parent, EXPLAIN_METHOD, kind->name);
    const bool down = leaf->as->direction == BATON_DOWN && kind->down[BATON_EN][0] != '\0';
    for (int language = BATON_EN; language <= BATON_ZH; language++)
        line->formula[language] = down ? kind->down[language] : kind->formula[language];
    line->id = strcmp(method->id, kind->name) == 0 ? NULL : method->id;
    line->at = *place_of(leaf);
    return line;
}

static double score_line(struct explaining *ex, struct explain_line *parent, double value,
                         const char *arithmetic) {
    line_value(ex, parent, EXPLAIN_SCORE, value)->arithmetic = arithmetic;
    return value;
}

/* ---- Against a target. */

/* Nothing to divide by: 100 where the target is met, else the floor. */
static double met_or_floor(struct explaining *ex, struct explain_line *parent,
                           const struct leaf *leaf, double x, double target) {
    const int order = baton_number_compare12(x, target);
    const bool met = leaf->as->direction == BATON_DOWN ? order <= 0 : order >= 0;
    const double floor = isnan(leaf->method->floor) ? 0 : leaf->method->floor;
    struct explain_line *line = line_value(ex, parent, EXPLAIN_NO_WAY, met ? 100 : floor);
    line->word = met ? "met" : "not_met";
    return line->value;
}

static double target_formula(struct explaining *ex, struct explain_line *parent,
                             const struct leaf *leaf, double x, double t, double b) {
    const struct baton_method *method = leaf->method;
    if (method->from_baseline) {
        if (baton_number_compare12(t, b) == 0)
            return met_or_floor(ex, parent, leaf, x, t);
        return score_line(ex, parent, 100 * (x - b) / (t - b),
                          WITH_NUMBERS(ex, "100 × (# - #) / (# - #)", x, b, t, b));
    }
    if (!(t > 0))
        return met_or_floor(ex, parent, leaf, x, t);
    if (leaf->as->direction == BATON_UP)
        return score_line(ex, parent, 100 * x / t, WITH_NUMBERS(ex, "100 × # / #", x, t));
    if (method->mirror)
        return score_line(ex, parent, 100 * (2 - x / t),
                          WITH_NUMBERS(ex, "100 × (2 - # / #)", x, t));
    if (x > 0)
        return score_line(ex, parent, 100 * t / x, WITH_NUMBERS(ex, "100 × # / #", t, x));
    const double most = isnan(method->cap) ? 100 : method->cap;
    line_change(ex, parent, EXPLAIN_NOT_ABOVE_ZERO, x, most);
    return most;
}

static double explain_by_target(struct explaining *ex, struct explain_line *parent,
                                const struct leaf *leaf, double x) {
    const struct baton_method *method = leaf->method;
    const double target = leaf->target[ex->unit];
    const double baseline = method->from_baseline ? leaf->baseline[ex->unit] : 0;
    explain_target(ex, parent, leaf, EXPLAIN_TARGET, ex->unit, ex->session->period);
    if (method->from_baseline)
        explain_target(ex, parent, leaf, EXPLAIN_BASELINE, ex->unit, ex->session->period);
    if (isnan(target) || isnan(baseline))
        return NAN;
    double score = target_formula(ex, parent, leaf, x, target, baseline);
    if (score < method->start_at && baton_number_compare12(score, method->start_at) < 0) {
        struct explain_line *line = line_change(ex, parent, EXPLAIN_STARTS_AT, score, 0);
        line->number[1] = method->start_at;
        line->at = *place_of(leaf);
        score = 0;
    }
    return score;
}

static double explain_pass(struct explaining *ex, struct explain_line *parent,
                           const struct leaf *leaf, double x) {
    static const char *const written[] = {[BATON_OP_GE] = ">=",
                                          [BATON_OP_GT] = ">",
                                          [BATON_OP_LE] = "<=",
                                          [BATON_OP_LT] = "<",
                                          [BATON_OP_EQ] = "=="};
    const double target = leaf->target[ex->unit];
    enum baton_pass_op op = leaf->method->op;
    if (op == BATON_OP_BY_DIRECTION)
        op = leaf->as->direction == BATON_DOWN ? BATON_OP_LE : BATON_OP_GE;
    explain_target(ex, parent, leaf, EXPLAIN_TARGET, ex->unit, ex->session->period);
    if (isnan(target))
        return NAN;
    const int order = baton_number_compare12(x, target);
    const bool met = op == BATON_OP_GE   ? order >= 0
                     : op == BATON_OP_GT ? order > 0
                     : op == BATON_OP_LE ? order <= 0
                     : op == BATON_OP_LT ? order < 0
                                         : order == 0;
    struct explain_line *line = line_change(ex, parent, EXPLAIN_PASS, x, met ? 100 : 0);
    line->number[1] = target;
    line_formula(line, written[op]);
    line->word = met ? "met" : "not_met";
    return line->value;
}

/* ---- By tables and by themselves. */

static double explain_bands(struct explaining *ex, struct explain_line *parent,
                            const struct leaf *leaf, double x) {
    const struct baton_method *method = leaf->method;
    const bool down = leaf->as->direction == BATON_DOWN;
    uint32_t band = 0;
    for (; band < method->table_count; band++) {
        const int order = baton_number_compare12(x, method->bands[band].bound);
        if (down ? order <= 0 : order >= 0)
            break;
    }
    if (band == method->table_count) {
        line_value(ex, parent, EXPLAIN_BELOW_BANDS, method->below)->at = *place_of(leaf);
        return method->below;
    }
    const struct baton_band this = method->bands[band];
    struct explain_line *line = line_change(ex, parent, EXPLAIN_BAND, x, this.score);
    line->number[1] = this.bound;
    line_formula(line, down ? "<=" : ">=");
    line->at = *place_of(leaf);
    if (!method->linear || band == 0)
        return this.score;
    const struct baton_band better = method->bands[band - 1];
    const double score =
        this.score + (better.score - this.score) * (x - this.bound) / (better.bound - this.bound);
    return score_line(ex, parent, score,
                      WITH_NUMBERS(ex, "# + (# - #) × (# - #) / (# - #)", this.score, better.score,
                                   this.score, x, this.bound, better.bound, this.bound));
}

static double explain_levels(struct explaining *ex, struct explain_line *parent,
                             const struct leaf *leaf, double x) {
    double score = NAN;
    for (uint32_t i = 0; i < leaf->method->table_count; i++)
        if (leaf->method->bands[i].bound == x)
            score = leaf->method->bands[i].score;
    struct explain_line *line = line_value(ex, parent, EXPLAIN_LEVEL, score);
    line->id = ex->scheme->code[(uint32_t)x];
    line->at = *place_of(leaf);
    return score;
}

static double explain_deduct(struct explaining *ex, struct explain_line *parent,
                             const struct leaf *leaf, double x) {
    const double per = leaf->method->per, above = leaf->method->above;
    const double faults = isnan(above) ? x : above - x;
    const double score = 100 - per * (faults < 0 ? 0 : faults);
    return score_line(ex, parent, score,
                      isnan(above) ? WITH_NUMBERS(ex, "100 - # × max(0, #)", per, x)
                                   : WITH_NUMBERS(ex, "100 - # × max(0, # - #)", per, above, x));
}

static double explain_direct(struct explaining *ex, struct explain_line *parent,
                             const struct leaf *leaf, double x) {
    const double given = x < 0 ? 0 : x > 100 ? 100 : x;
    const bool down = leaf->as->direction == BATON_DOWN, within = given == x;
    const char *const pattern = down ? (within ? "100 - #" : "100 - min(100, max(0, #))")
                                     : (within ? "#" : "min(100, max(0, #))");
    return score_line(ex, parent, down ? 100 - given : given, WITH_NUMBERS(ex, pattern, x));
}

static double explain_rule_score(struct explaining *ex, struct explain_line *parent,
                                 const struct leaf *leaf) {
    struct place place = {
        .session = ex->session, .worker = ex->worker, .leaf = leaf, .x = leaf->figures};
    struct rule_env env;
    const struct rule_moment now = moment_now(ex->session);
    environment(&place, &env);
    struct explain_line *line = line_add(ex, parent, EXPLAIN_SCORE);
    const double score = explain_rule(ex, line, leaf->score, &env, &now, ex->unit, leaf);
    line->at = leaf->method->score.at;
    return score;
}

/* The score before limits; NaN = none. */
static double explain_kind(struct explaining *ex, struct explain_line *parent,
                           const struct leaf *leaf) {
    const double x = leaf->figures[ex->unit];
    switch (leaf->method->kind) {
    case BATON_METHOD_RULE:
        return explain_rule_score(ex, parent, leaf);
    case BATON_METHOD_TARGET:
        return explain_by_target(ex, parent, leaf, x);
    case BATON_METHOD_PASS:
        return explain_pass(ex, parent, leaf, x);
    case BATON_METHOD_BANDS:
        return explain_bands(ex, parent, leaf, x);
    case BATON_METHOD_LEVELS:
        return explain_levels(ex, parent, leaf, x);
    case BATON_METHOD_DEDUCT:
        return explain_deduct(ex, parent, leaf, x);
    case BATON_METHOD_DIRECT:
        return explain_direct(ex, parent, leaf, x);
    default:
        break;
    }
    struct comparing comparing;
    if (!comparing_open(ex, parent, leaf, &comparing))
        return NAN;
    switch (leaf->method->kind) {
    case BATON_METHOD_RANGE:
        return explain_range(&comparing, parent);
    case BATON_METHOD_ZSCORE:
        return explain_zscore(&comparing, parent);
    case BATON_METHOD_RANK:
        return explain_rank(&comparing, parent);
    case BATON_METHOD_RACE:
        return explain_race(&comparing, parent);
    case BATON_METHOD_PERCENTILE:
        return explain_percentile(&comparing, parent);
    default:
        return explain_best(&comparing, parent);
    }
}

/* ---- Without a figure or score. */

/* The scores of a cohort, those that were filled in left out; of a panel those of all periods. */
static const double *cohort_scores(struct explaining *ex, const struct leaf *leaf, uint32_t *n) {
    const struct baton_session *session = ex->session;
    struct baton_arena *scratch = ex->worker->arena;
    struct panel panel;
    if (leaf->pooled && leaf->path == LEAF_COLUMN && leaf->method->kind != BATON_METHOD_RULE &&
        explain_panel(ex, leaf, &panel)) {
        *n = panel.count * session->ranked;
        double *score = arena_alloc_raw(scratch, *n, sizeof(double));
        const uint32_t whole[2] = {0, *n};
        const struct figures in = {.value = panel.value, .against = leaf->against};
        normalise(scratch, leaf->method, leaf->as->direction, leaf->as->lo, leaf->as->hi, &in,
                  &(struct cohorts){whole, 1}, score, NULL);
        return score;
    }
    const uint32_t *start = leaf->over_all ? session->all.start : session->groups.start + ex->group;
    const size_t first = (size_t)leaf->node * session->stride + start[0];
    *n = start[1] - start[0];
    double *score = arena_alloc_raw(scratch, *n, sizeof(double));
    for (uint32_t i = 0; i < *n; i++)
        score[i] =
            (session->note[first + i] & BATON_NOTE_IMPUTED) != 0 ? NAN : session->score[first + i];
    return score;
}

/* Their mean or median, which `line` tells. */
static double cohort_average(struct explaining *ex, const struct leaf *leaf,
                             struct explain_line *line) {
    uint32_t n;
    const double *score = cohort_scores(ex, leaf, &n);
    struct terms terms = {.ex = ex};
    uint32_t present = 0;
    for (uint32_t i = 0; i < n; i++)
        present += !isnan(score[i]);
    line->number[0] = present;
    if (leaf->as->missing == BATON_MISSING_MEDIAN)
        return statistics_median(ex->worker->arena, n, score);
    struct moments moments;
    statistics_moments(n, score, &moments);
    for (uint32_t i = 0; i < n && present > 0 && present <= SCORES_SHOWN; i++)
        if (!isnan(score[i]))
            TERMS_ADD(&terms, " + ", "#", score[i]);
    if (terms.count > 0)
        line->arithmetic = arena_printf(ex->arena, "(%s) / %u", terms.text, present);
    return moments.mean;
}

static const char *const missing_names[] = {
    [BATON_MISSING_REDISTRIBUTE] = "redistribute",
    [BATON_MISSING_ZERO] = "zero",
    [BATON_MISSING_FLOOR] = "floor",
    [BATON_MISSING_MEAN] = "mean",
    [BATON_MISSING_MEDIAN] = "median",
    [BATON_MISSING_FULL] = "full",
    [BATON_MISSING_LAST] = "last",
    [BATON_MISSING_FACTOR] = "factor",
    [BATON_MISSING_REFUSE] = "error",
};

/* What stands in for a score; NaN = nothing, its weight goes to the others. */
static double explain_missing(struct explaining *ex, struct explain_line *parent,
                              const struct leaf *leaf, uint8_t state) {
    const enum baton_missing_rule rule = leaf->as->missing;
    double score = NAN;
    if (state == BATON_NA || state == BATON_PENDING) {
        line_word(ex, parent, EXPLAIN_NO_SCORE, state == BATON_NA ? "redistribute_na" : "left_out");
        return NAN;
    }
    struct explain_line *line = line_add(ex, NULL, EXPLAIN_IMPUTED);
    if (rule == BATON_MISSING_MEAN || rule == BATON_MISSING_MEDIAN)
        score = cohort_average(ex, leaf, line);
    else
        score = leaf_imputed(leaf);
    if (isnan(score)) {
        line_word(ex, parent, EXPLAIN_NO_SCORE, "redistribute_missing");
        return NAN;
    }
    struct explain_line *said = line_add(ex, parent, EXPLAIN_IMPUTED);
    said->value = score;
    said->arithmetic = line->arithmetic;
    said->number[0] = line->number[0];
    said->word = rule == BATON_MISSING_FACTOR
                     ? WITH_NUMBERS(ex, "factor(#)", leaf->as->missing_factor)
                     : missing_names[rule];
    said->at = leaf->as->at;
    return score;
}

void explain_method(struct explaining *ex, struct explain_line *parent, const struct leaf *leaf) {
    const uint32_t unit = ex->unit;
    const struct baton_method *method = leaf->method;
    const uint8_t state = leaf->state == NULL ? BATON_FIGURE : leaf->state[unit];
    double score = NAN;
    if ((state == BATON_FIGURE || state == BATON_EMPTY) &&
        (!isnan(leaf->figures[unit]) || method->kind == BATON_METHOD_RULE)) {
        struct explain_line *line = method_line(ex, parent, leaf);
        score = explain_limits(ex, line, explain_kind(ex, line, leaf), method->floor, method->cap,
                               place_of(leaf));
    }
    if (isnan(score))
        score = explain_missing(ex, parent, leaf, state);
    explain_zeroed(ex, parent, leaf->node, score);
}
