/* Where a leaf's figure came from: what was reported and by which row, expressions with their values, sums over periods,
 * successions, an earlier figure in the place of a missing one, the condition `when`, and the treatment of outliers.
 *
 * It takes the same way as derive.c and leaf.c, for one unit, and says what it meets. */
#include "engine/explain_parts.h"
#include "engine/treat.h"
#include <string.h>

/* ---- Figures as reported. */

enum { SUCCESSIONS_MAX = 16 }; /* one behind the other that are followed */

/* The first row of the group of successions that gave the unit its figure: the earliest in force whose parts all are there,
 * else the earliest; BATON_NONE = no succession reaches back to that day. */
static uint32_t succession_of(const struct explaining *ex, const struct rule_env *env,
                              uint32_t element, const struct rule_moment *at, uint32_t unit,
                              int32_t last_day) {
    const struct baton_succession *row = ex->scheme->succession;
    uint32_t earliest = BATON_NONE;
    for (uint32_t i = 0; i < ex->scheme->succession_count;) {
        uint32_t end = i;
        bool complete = true;
        for (; end < ex->scheme->succession_count && row[end].to == row[i].to &&
               row[end].date == row[i].date;
             end++) {
            struct rule_figure part;
            if (row[i].to != unit)
                continue;
            env->figure(env->context, element, at, row[end].from, &part);
            complete &= !isnan(part.value);
        }
        if (row[i].to == unit && last_day < row[i].date) {
            earliest = earliest == BATON_NONE ? i : earliest;
            if (complete)
                return i;
        }
        i = end;
    }
    return earliest;
}

/* The value in its line, as a text where it is a code. */
static void set_value(const struct explaining *ex, struct explain_line *line, double value,
                      bool is_code) {
    line->value = value;
    if (is_code && !isnan(value))
        line->code = ex->scheme->code[(uint32_t)value];
}

/* What a figure was summed from, where the unit came to be by a succession and has no row of its own. */
static void explain_succession(struct explaining *ex, struct explain_line *line,
                               const struct rule_env *env, uint32_t element,
                               const struct rule_moment *at, uint32_t unit,
                               const struct rule_figure *figure, unsigned depth) {
    const struct baton_succession *row = ex->scheme->succession;
    struct baton_column column;
    if (figure->period.kind == BATON_PERIOD_NONE || ex->scheme->succession_count == 0 ||
        depth == SUCCESSIONS_MAX ||
        !figures_reported(ex->session, element, figure->period, &column) ||
        !isnan(column.value[unit]) || (column.state != NULL && column.state[unit] != BATON_FIGURE))
        return;
    const uint32_t first =
        succession_of(ex, env, element, at, unit, baton_period_last_day(figure->period));
    if (first == BATON_NONE)
        return;
    const bool is_code = ex->scheme->element[element].is_code;
    struct explain_line *sum = line_value(ex, line, EXPLAIN_SUCCESSION, figure->value);
    struct terms terms = {.ex = ex};
    set_value(ex, sum, figure->value, is_code);
    for (uint32_t i = first;
         i < ex->scheme->succession_count && row[i].to == unit && row[i].date == row[first].date;
         i++) {
        struct rule_figure part;
        env->figure(env->context, element, at, row[i].from, &part);
        struct explain_line *from = line_value(ex, sum, EXPLAIN_PREDECESSOR, part.value);
        set_value(ex, from, part.value, is_code);
        from->unit = row[i].from;
        from->number[0] = is_code || row[i].share == 1 ? NAN : row[i].share;
        from->at = row[i].at;
        from->origin = part.origin;
        from->word = isnan(part.value) ? state_word(part.state) : NULL;
        explain_succession(ex, from, env, element, at, row[i].from, &part, depth + 1);
        if (row[i].share == 1)
            TERMS_ADD(&terms, " + ", "#", part.value);
        else
            TERMS_ADD(&terms, " + ", "# × #", row[i].share, part.value);
    }
    if (!is_code) // codes are handed down, not added up
        sum->arithmetic = terms_text(&terms, "0");
}

static void set_figure(struct explaining *ex, struct explain_line *line, const struct rule_env *env,
                       uint32_t element, const struct rule_moment *at, uint32_t unit,
                       const struct rule_figure *figure, bool is_code) {
    set_value(ex, line, figure->value, is_code);
    line->period = figure->period;
    line->origin = figure->origin;
    line->word = isnan(figure->value) ? state_word(figure->state) : NULL;
    explain_succession(ex, line, env, element, at, unit, figure, 0);
}

/* ---- Expressions. */

/* The period whose target an expression of a leaf reads: the result's, also where its figures are of the leaf's own. */
static struct baton_period result_period(const struct rule_env *env, const struct rule_moment *at) {
    const struct place *place = env->context;
    return baton_period_equal(at->period, place->leaf_period) ? place->result_period : at->period;
}

/* The expression with its values, where that says more than the expression. */
static void set_arithmetic(struct explain_line *line, const struct rule_traced *traced) {
    if (strcmp(traced->text, traced->with_values) != 0)
        line->arithmetic = traced->with_values;
}

/* A named element, or a name of `where`, with its own expression. */
static void explain_named(struct explaining *ex, struct explain_line *line,
                          const struct rule_operand *operand, const struct baton_expression *source,
                          const struct rule *rule, const char *name, const struct rule_env *env,
                          const struct rule_moment *at) {
    line->id = operand->text;
    line->at = source->at;
    line_formula(line, source->text);
    set_value(ex, line, operand->figure.value, operand->is_text);
    if (rule == NULL || strcmp(operand->text, name) != 0)
        return; /* at another time: the values of its parts follow */
    struct rule_traced traced;
    rule_trace(ex->arena, rule, env, at, operand->unit, &traced);
    set_arithmetic(line, &traced);
}

/* A score of another package: whose, of what, and its place there. */
static void explain_imported(struct explaining *ex, struct explain_line *parent,
                             const struct baton_imported *imported) {
    struct explain_line *line = line_value(ex, parent, EXPLAIN_IMPORTED, imported->score);
    line->imported = imported;
    line->id = imported->node;
    line->name = imported->node_name;
    line->period = imported->period;
    line->number[0] = imported->rank_twice == 0 ? NAN : imported->rank_twice / 2.0;
    line->number[1] = imported->rank_twice == 0 ? NAN : (double)imported->of;
    line->word = imported->why_missing;
    line->at = imported->at;
}

/* target or baseline as it is for the result's period. Functions over time read those of other periods, which go by their
 * values alone. */
static bool is_target_now(const struct explaining *ex, const struct rule_operand *operand,
                          const struct leaf *leaf, uint32_t unit, struct baton_period period) {
    if (leaf == NULL || operand->kind != RULE_OF_NAME)
        return false;
    const bool is_target = strcmp(operand->text, "target") == 0;
    if (!is_target && strcmp(operand->text, "baseline") != 0)
        return false;
    const struct baton_target *row = target_in_force(ex->session, leaf->node, unit, period);
    const double now = row == NULL ? NAN : is_target ? row->target : row->baseline;
    return isnan(now) ? isnan(operand->figure.value) : now == operand->figure.value;
}

static void explain_operand(struct explaining *ex, struct explain_line *parent,
                            const struct rule_operand *operand, const struct rule_env *env,
                            const struct rule_moment *at, uint32_t unit, const struct leaf *leaf) {
    const uint32_t element = operand->kind == RULE_OF_ELEMENT ? operand->element : BATON_NONE;
    struct explain_line *line;
    if (element != BATON_NONE && ex->session->element_rule[element] != NULL) {
        const struct baton_element *named = &ex->scheme->element[element];
        line = line_add(ex, parent, EXPLAIN_NAMED);
        explain_named(ex, line, operand, &named->value, ex->session->element_rule[element],
                      named->id, env, at);
    } else if (operand->kind == RULE_OF_WHERE) {
        line = line_add(ex, parent, EXPLAIN_NAMED);
        line->id = operand->text;
        set_value(ex, line, operand->figure.value, operand->is_text);
        for (uint32_t i = 0; leaf != NULL && i < leaf->method->where_count; i++)
            if (strcmp(leaf->method->where_name[i], operand->text) == 0)
                explain_named(ex, line, operand, &leaf->method->where_value[i], leaf->where[i],
                              leaf->method->where_name[i], env, at);
    } else if (is_target_now(ex, operand, leaf, unit, result_period(env, at))) {
        explain_target(ex, parent, leaf,
                       operand->text[0] == 't' ? EXPLAIN_TARGET : EXPLAIN_BASELINE, unit,
                       result_period(env, at));
        return;
    } else if (operand->imported != NULL) {
        explain_imported(ex, parent, operand->imported);
        return;
    } else {
        line = line_add(ex, parent, EXPLAIN_FIGURE);
        line_formula(line, element == BATON_NONE ? operand->text : ex->scheme->element[element].id);
        if (element != BATON_NONE) {
            line->measure = ex->scheme->element[element].measure;
            const struct rule_moment there = {.period =
                                                  operand->figure.period}; /* resolves to itself */
            set_figure(ex, line, env, element, &there, operand->unit, &operand->figure,
                       operand->is_text);
        } else if (isnan(operand->figure.value)) {
            line->word = "missing";
        }
        set_value(ex, line, operand->figure.value, operand->is_text);
    }
    line->unit = operand->unit == unit ? BATON_NONE : operand->unit;
}

/* Whether all that is known of an operand is the value that stands in the calculation already. */
static bool is_said(const struct rule_operand *operand, const char *text, const struct leaf *leaf) {
    const bool has_row =
        leaf != NULL && operand->kind == RULE_OF_NAME &&
        (strcmp(operand->text, "target") == 0 || strcmp(operand->text, "baseline") == 0);
    return operand->kind != RULE_OF_ELEMENT && operand->kind != RULE_OF_WHERE &&
           operand->imported == NULL && !has_row &&
           (operand->kind == RULE_OF_NAME || strstr(text, operand->text) != NULL);
}

double explain_rule(struct explaining *ex, struct explain_line *line, const struct rule *rule,
                    const struct rule_env *env, const struct rule_moment *at, uint32_t unit,
                    const struct leaf *leaf) {
    struct rule_traced traced;
    rule_trace(ex->arena, rule, env, at, unit, &traced);
    line_formula(line, traced.text);
    set_arithmetic(line, &traced);
    set_value(ex, line, traced.value, rule_uses(rule)->text);
    for (uint32_t i = 0; i < traced.operand_count; i++)
        if (!is_said(&traced.operand[i], rule_text(rule), leaf))
            explain_operand(ex, line, &traced.operand[i], env, at, unit, leaf);
    return traced.value;
}

bool explain_condition(struct explaining *ex, struct explain_line *parent, enum explain_kind kind,
                       const struct rule *rule, const struct baton_expression *source,
                       const struct rule_env *env, const struct rule_moment *at, uint32_t unit,
                       const struct leaf *leaf) {
    struct explain_line *line = line_add(ex, parent, kind);
    const double value = explain_rule(ex, line, rule, env, at, unit, leaf);
    const bool holds = !isnan(value) && value != 0;
    line->word = holds ? "holds" : "does_not_hold";
    line->at = source->at;
    return holds;
}

void explain_target(struct explaining *ex, struct explain_line *parent, const struct leaf *leaf,
                    enum explain_kind kind, uint32_t unit, struct baton_period period) {
    const bool is_target = kind == EXPLAIN_TARGET;
    const struct baton_target *row = target_in_force(ex->session, leaf->node, unit, period);
    const double value = row == NULL ? NAN : is_target ? row->target : row->baseline;
    if (row == NULL || isnan(value)) {
        struct explain_line *none =
            line_add(ex, parent, is_target ? EXPLAIN_NO_TARGET : EXPLAIN_NO_BASELINE);
        none->period = period;
        if (row != NULL)
            none->at = row->at;
        return;
    }
    struct explain_line *line = line_value(ex, parent, kind, value);
    line->period = row->period;
    line->at = row->at;
    line->word = row->unit != BATON_NONE    ? "for_unit"
                 : row->group != BATON_NONE ? "for_group"
                                            : "for_all";
}

/* ---- The value of a leaf. */

/* A row of the leaf's own id that says `na` or `pending`, whatever its expression gives. */
static void explain_own_state(struct explaining *ex, struct explain_line *line,
                              const struct leaf *leaf, const struct rule_moment *at,
                              uint32_t unit) {
    const uint32_t element = leaf->as->element;
    const enum baton_period_kind kind = ex->session->element_kind[element];
    struct baton_period period;
    struct baton_column column;
    if (kind == BATON_PERIOD_NONE || !figures_period(ex->session, kind, at, &period) ||
        !figures_reported(ex->session, element, period, &column) || column.state == NULL ||
        (column.state[unit] != BATON_NA && column.state[unit] != BATON_PENDING))
        return;
    struct explain_line *own =
        line_word(ex, line, EXPLAIN_OWN_STATE, state_word(column.state[unit]));
    own->id = ex->scheme->element[element].id;
    own->period = period;
    own->origin = column.origin == NULL ? 0 : column.origin[unit];
}

/* What the value in `line` is made of; `period` is the leaf's at that moment. */
static void explain_parts(struct explaining *ex, struct explain_line *line, const struct leaf *leaf,
                          uint32_t unit, const struct rule_moment *at,
                          struct baton_period result_period, struct baton_period period) {
    struct rule_moment there = *at;
    const double value = line->value;
    const char *const word = line->word;
    there.period = period;
    struct place place = {.session = ex->session,
                          .worker = ex->worker,
                          .leaf = leaf,
                          .leaf_period = period,
                          .result_period = result_period,
                          .cohort_period = at->period};
    struct rule_env env;
    environment(&place, &env);
    if (leaf->element != BATON_NONE) {
        const struct baton_element *element = &ex->scheme->element[leaf->element];
        struct rule_figure figure;
        env.figure(env.context, leaf->element, &there, unit, &figure);
        set_figure(ex, line, &env, leaf->element, &there, unit, &figure, element->is_code);
        if (strcmp(element->id, leaf->as->id) != 0)
            line_formula(line, element->id);
    } else {
        explain_rule(ex, line, leaf->value, &env, &there, unit, leaf);
        line->period = moment_period(&there);
    }
    if (leaf->element != leaf->as->element)
        explain_own_state(ex, line, leaf, &there, unit);
    line->value = value; /* a state of its own may have taken it away */
    line->word = word;
    if (isnan(value))
        line->arithmetic = line->code = NULL;
}

static struct explain_line *value_line(struct explaining *ex, struct explain_line *parent,
                                       const struct leaf *leaf, uint32_t unit,
                                       const struct derived *derived) {
    struct explain_line *line = line_value(ex, parent, EXPLAIN_VALUE, derived->value[unit]);
    line->unit = unit == ex->unit ? BATON_NONE : unit;
    line->measure = leaf->as->measure;
    line->period = derived->period;
    if (isnan(line->value))
        line->word = state_word(derived->state == NULL ? BATON_FIGURE : derived->state[unit]);
    return line;
}

/* The value at one period of the leaf's frequency, for a result of `result_period`. */
static struct explain_line *explain_single(struct explaining *ex, struct explain_line *parent,
                                           const struct leaf *leaf, uint32_t unit,
                                           const struct rule_moment *at,
                                           struct baton_period result_period) {
    const struct arena_mark mark = arena_mark(ex->worker->arena);
    struct derived derived;
    derive_single(ex->session, ex->worker, leaf, at, result_period, &derived);
    struct explain_line *line = value_line(ex, parent, leaf, unit, &derived);
    if (derived.period.kind != BATON_PERIOD_NONE)
        explain_parts(ex, line, leaf, unit, at, result_period, derived.period);
    arena_reset_to(ex->worker->arena, mark);
    return line;
}

/* The newest earlier figure that took the place of a missing one: a line CARRIED and the figure. NaN = there is none. */
static double explain_carried(struct explaining *ex, struct explain_line *parent,
                              const struct leaf *leaf, uint32_t unit,
                              const struct rule_moment *at) {
    const struct baton_session *session = ex->session;
    if (session->facts->first.kind == BATON_PERIOD_NONE || at->move_count + 1 > RULE_MOVES_MAX)
        return NAN;
    uint8_t *wanted = arena_alloc(ex->worker->arena, session->units, 1);
    uint8_t *filled = arena_alloc(ex->worker->arena, session->units, 1);
    double *value = arena_alloc_raw(ex->worker->arena, session->units, sizeof(double));
    for (uint32_t u = 0; u < session->units; u++)
        value[u] = NAN;
    wanted[unit] = 1;
    derive_last(ex->session, ex->worker, leaf, at, wanted, value, filled);
    if (!filled[unit])
        return NAN;
    for (int32_t back = 1;; back++) {
        struct rule_moment earlier = *at;
        earlier.move[earlier.move_count++] = (struct rule_move){RULE_STEPS, -back};
        const struct arena_mark mark = arena_mark(ex->worker->arena);
        struct derived derived;
        derive_single(ex->session, ex->worker, leaf, &earlier, earlier.period, &derived);
        const double found = derived.value[unit];
        arena_reset_to(ex->worker->arena, mark);
        if (isnan(found))
            continue;
        struct explain_line *line = line_value(ex, parent, EXPLAIN_CARRIED, found);
        line->at = leaf->as->at;
        line->period = explain_single(ex, line, leaf, unit, &earlier, earlier.period)->period;
        return found;
    }
}

static bool overlaps(const struct baton_unit *unit, struct baton_period period) {
    return (unit->joined.kind == BATON_PERIOD_NONE ||
            baton_period_first_day(unit->joined) <= baton_period_last_day(period)) &&
           (unit->left.kind == BATON_PERIOD_NONE ||
            baton_period_last_day(unit->left) >= baton_period_first_day(period));
}

/* A sum or mean: the value of each period, then the calculation. */
static void explain_many(struct explaining *ex, struct explain_line *line, const struct leaf *leaf,
                         uint32_t unit, struct baton_period whole) {
    struct terms terms = {.ex = ex};
    const enum baton_period_kind kind =
        leaf->frequency == BATON_PERIOD_NONE ? whole.kind : leaf->frequency;
    const int32_t last = baton_period_last_day(whole);
    struct baton_period period = baton_period_of_day(kind, baton_period_first_day(whole));
    for (; period.kind != BATON_PERIOD_NONE && baton_period_last_day(period) <= last &&
           period_ended(ex->session, period);
         period = baton_period_shift(period, 1)) {
        if (!overlaps(&ex->scheme->unit[unit], period))
            continue;
        const struct rule_moment at = {.period = period};
        struct explain_line *part = explain_single(ex, line, leaf, unit, &at, whole);
        part->unit = BATON_NONE;
        part->measure = NULL;
        double value = part->value;
        if (isnan(value) && leaf->as->missing == BATON_MISSING_LAST && part->word != NULL &&
            strcmp(part->word, "missing") == 0)
            value = explain_carried(ex, part, leaf, unit, &at);
        if (!isnan(value))
            TERMS_ADD(&terms, " + ", "#", value);
    }
    if (isnan(line->value) || terms.count < 2)
        return;
    const bool is_mean = leaf->as->accumulate == BATON_MEAN;
    struct explain_line *sum =
        line_value(ex, line, is_mean ? EXPLAIN_AVERAGED : EXPLAIN_SUMMED, line->value);
    sum->arithmetic =
        is_mean ? arena_printf(ex->arena, "(%s) / %zu", terms.text, terms.count) : terms.text;
}

struct explain_line *explain_value(struct explaining *ex, struct explain_line *parent,
                                   const struct leaf *leaf, uint32_t unit,
                                   const struct rule_moment *at) {
    if (leaf->as->accumulate == BATON_LAST)
        return explain_single(ex, parent, leaf, unit, at, at->period);
    const struct arena_mark mark = arena_mark(ex->worker->arena);
    struct derived derived;
    derive_at(ex->session, ex->worker, leaf, at, &derived);
    struct explain_line *line = value_line(ex, parent, leaf, unit, &derived);
    arena_reset_to(ex->worker->arena, mark);
    if (derived.period.kind != BATON_PERIOD_NONE)
        explain_many(ex, line, leaf, unit, derived.period);
    return line;
}

/* ---- What is done to it before a score is made. */

/* The treated figures of all ranked units as `when` sees them: those of a cohort that it excludes are gone afterwards. */
static const double *figures_before_when(struct explaining *ex, const struct leaf *leaf) {
    const struct baton_session *session = ex->session;
    if (leaf->when == NULL)
        return leaf->figures;
    double *figures = arena_alloc_raw(ex->worker->arena, session->ranked, sizeof(double));
    for (uint32_t u = 0; u < session->ranked; u++)
        figures[u] = has_row(session, leaf->node, u) ? leaf->raw[u] : NAN;
    if (!leaf->pooled)
        treat(ex->worker->arena, leaf->as->treat, leaf->as->treat_a, leaf->as->treat_b,
              leaf->over_all ? &session->all : &session->groups, figures, NULL);
    return figures;
}

static void explain_treatment(struct explaining *ex, struct explain_line *parent,
                              const struct leaf *leaf, const double *figures) {
    const double raw = leaf->raw[ex->unit]; /* a panel is treated after `when` */
    const double treated = leaf->pooled ? leaf->figures[ex->unit] : figures[ex->unit];
    const struct baton_node *as = leaf->as;
    struct explain_line *line;
    if (isnan(raw) || as->treat == BATON_TREAT_NONE ||
        (isnan(treated) && (as->treat != BATON_TREAT_LOG || raw > 0)))
        return; /* the last: excluded by `when` */
    if (as->treat == BATON_TREAT_LOG) {
        line = line_value(ex, parent, EXPLAIN_LOGARITHM, treated);
        line->arithmetic = WITH_NUMBERS(ex, "log(#)", raw);
    } else {
        line = line_value(ex, parent, EXPLAIN_TREATED, treated);
        if (raw == treated)
            line->word = "unchanged";
        else
            line->number[0] = raw;
        line_formula(line, as->treat == BATON_TREAT_CLIP
                               ? WITH_NUMBERS(ex, "clip(#, #)", as->treat_a, as->treat_b)
                               : WITH_NUMBERS(ex, "winsorise(#)", as->treat_a));
    }
    line->at = as->at;
}

void explain_figure(struct explaining *ex, struct explain_line *parent, const struct leaf *leaf) {
    const struct rule_moment now = moment_now(ex->session);
    const double *const figures = figures_before_when(ex, leaf);
    struct explain_line *value = explain_value(ex, parent, leaf, ex->unit, &now);
    if (leaf->as->missing == BATON_MISSING_LAST && leaf->as->accumulate == BATON_LAST &&
        isnan(value->value) && strcmp(value->word, "missing") == 0)
        explain_carried(ex, parent, leaf, ex->unit, &now);
    explain_treatment(ex, parent, leaf, figures);
    if (leaf->when == NULL)
        return;
    struct rule_moment at = now;
    if (leaf->as->accumulate == BATON_LAST && leaf->period.kind != BATON_PERIOD_NONE)
        at.period = leaf->period;
    struct place place = {.session = ex->session,
                          .worker = ex->worker,
                          .leaf = leaf,
                          .leaf_period = at.period,
                          .result_period = ex->session->period,
                          .cohort_period = ex->session->period,
                          .x = figures};
    struct rule_env env;
    environment(&place, &env);
    explain_condition(ex, parent, EXPLAIN_WHEN, leaf->when, &leaf->as->when, &env, &at, ex->unit,
                      leaf);
}
