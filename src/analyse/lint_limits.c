/* Lint: bounds of the total that nothing reaches, gates that stop nobody or everybody, effects without effect, awards that
 * nobody can win. */
#include "analyse/lint_reach.h"
#include <math.h>

/* ---- Bounds: of groups that share them, all totals together. */

static bool same_place(struct baton_where a, struct baton_where b) {
    return a.row == b.row && a.column == b.column;
}

static struct span totals_within(const struct lint *lint, const struct reach *reach,
                                 struct baton_where bounds) {
    struct span out = {INFINITY, -INFINITY};
    for (uint32_t g = 0; g < lint->scheme->group_count; g++) {
        const struct span span = reach->unbound[g];
        if (!same_place(lint->scheme->group[g].bounds_at, bounds) || !span_any(span))
            continue;
        out.lo = span.lo < out.lo ? span.lo : out.lo;
        out.hi = span.hi > out.hi ? span.hi : out.hi;
    }
    return out;
}

static void look_at_bounds(struct lint *lint, const struct reach *reach, uint32_t index) {
    const struct baton_group *group = &lint->scheme->group[index];
    if (group->bounds_at.file == NULL)
        return;
    uint32_t sharing = 0;
    for (uint32_t g = 0; g < lint->scheme->group_count; g++) {
        const bool same = same_place(lint->scheme->group[g].bounds_at, group->bounds_at);
        if (same && g < index)
            return;
        sharing += same;
    }
    const struct span span = totals_within(lint, reach, group->bounds_at);
    if (!span_any(span))
        return;
    const char *id = sharing > 1 ? NULL : group->id;
    if (baton_number_compare12(group->bound_hi, span.hi) > 0)
        lint_report(lint, BATON_LINT_BOUND_NEVER, group->bounds_at, NULL, id,
                    lint_number(lint, group->bound_hi), lint_number(lint, span.hi), NULL);
    if (baton_number_compare12(group->bound_lo, span.lo) < 0 && !isnan(group->bound_lo))
        lint_report(lint, BATON_LINT_BOUND_NEVER, group->bounds_at, NULL, id,
                    lint_number(lint, group->bound_lo), NULL, lint_number(lint, span.lo));
}

/* ---- Gates and effects. */

static void look_at_gate(struct lint *lint, const struct reach *reach, uint32_t index) {
    const struct baton_node *node = &lint->scheme->node[index];
    const struct span span = reach_node(reach, index, BATON_NONE);
    if (node->gate_effect == BATON_NONE || !span_any(span))
        return;
    const struct baton_where at = lint->scheme->effect[node->gate_effect].at;
    const char *mark = lint_number(lint, node->gate_at_least);
    if (baton_number_compare12(span.lo, node->gate_at_least) >= 0)
        lint_report(lint, BATON_LINT_GATE_NEVER, at, NULL, node->id, mark,
                    lint_number(lint, span.lo), NULL);
    if (baton_number_compare12(span.hi, node->gate_at_least) < 0)
        lint_report(lint, BATON_LINT_GATE_ALWAYS, at, NULL, node->id, mark,
                    lint_number(lint, span.hi), NULL);
}

/* Whether the grade is the best of every list that has it. */
static bool is_best(const struct baton_scheme *scheme, uint32_t code) {
    bool any = false;
    for (uint32_t k = 0; k < scheme->grades_count; k++)
        for (uint32_t i = 0; i < scheme->grades[k].count; i++) {
            if (scheme->grades[k].item[i].code == code && i > 0)
                return false;
            any |= scheme->grades[k].item[i].code == code;
        }
    return any;
}

static void look_at_effect(struct lint *lint, uint32_t index, const char *of) {
    const struct baton_effect *effect = &lint->scheme->effect[index];
    if (effect->grade_at_most != BATON_NONE && is_best(lint->scheme, effect->grade_at_most) &&
        effect->node_zero == BATON_NONE && !effect->unranked && !effect->no_award &&
        !effect->bonus_void)
        lint_report(lint, BATON_LINT_EFFECT_NONE, effect->at, NULL, of,
                    lint->scheme->code[effect->grade_at_most], NULL, NULL);
}

/* ---- Awards. */

static void look_at_award(struct lint *lint, struct reach *reach, uint32_t index) {
    const struct baton_award *award = &lint->scheme->award[index];
    struct standpoint from = {reach, RULE_AWARD, BATON_NONE, award->group, NULL};
    const struct rule *when = lint->session->award_when[index];
    if (when != NULL && !lint_can_hold(lint, &from, when))
        lint_report(lint, BATON_LINT_AWARD_NEVER, award->when.at, NULL, award->id, NULL, NULL,
                    NULL);
}

void lint_limits(struct lint *lint, struct reach *reach) {
    const struct baton_scheme *scheme = lint->scheme;
    for (uint32_t g = 0; g < scheme->group_count; g++)
        look_at_bounds(lint, reach, g);
    for (uint32_t n = 0; n < scheme->node_count; n++) {
        look_at_gate(lint, reach, n);
        if (scheme->node[n].gate_effect != BATON_NONE)
            look_at_effect(lint, scheme->node[n].gate_effect, scheme->node[n].id);
    }
    for (uint32_t i = 0; i < scheme->item_count; i++)
        if (scheme->item[i].kind == BATON_VETO)
            look_at_effect(lint, scheme->item[i].effect, scheme->item[i].id);
    for (uint32_t i = 0; i < scheme->award_count; i++)
        look_at_award(lint, reach, i);
}
