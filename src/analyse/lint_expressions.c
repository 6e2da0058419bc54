/* Lint: what expressions say in vain: results of if() that are never taken, ranges that fall between the conditions of several
 * if(), bounds of bands() that are met before.
 *
 * An expression is walked with the boxes in which each part of it is worked out: behind a condition, those in which it can
 * hold. A part that has no box left is told of where the if() stands. */
#include "analyse/lint_reach.h"
#include <string.h>

enum { WALK_BOXES_MAX = 1024 };

struct walk {
    struct lint *lint;
    struct baton_expression source;
    struct regions regions;
    const int *at; /* [box][quantity] */
    size_t boxes;
    bool scores; /* whether the expression is a score: more is better */
};

static void walk(struct walk *of, const struct tree *tree, const bool *here);

static void report(struct walk *of, baton_code code, const struct tree *at, const char *arg1,
                   const char *arg2, const char *arg3, const char *arg4) {
    struct rule_report report = {of->lint->arena, of->source, strlen(of->source.text),
                                 of->lint->found, BATON_OK};
    rule_report4(&report, code, at->begin, arg1, arg2, arg3, arg4);
}

static const int *box(const struct walk *of, size_t index) {
    return of->at + index * of->regions.count;
}

/* ---- if(). */

/* What is known of the quantities of a condition: "min(x, 100) <= 100". */
static const char *limits_written(const struct walk *of, const struct tree *condition) {
    const struct regions *all = &of->regions;
    struct regions own = {.arena = all->arena, .scheme = all->scheme, .known = all->known};
    regions_add(&own, condition);
    regions_close(&own);
    return regions_ranges(&own);
}

static void walk_if(struct walk *of, const struct tree *call, const bool *here) {
    struct baton_arena *arena = of->lint->arena;
    bool *met = arena_alloc(arena, of->boxes, sizeof(*met)),
         *unmet = arena_alloc(arena, of->boxes, sizeof(*unmet));
    bool any = false, any_met = false, any_unmet = false;
    for (size_t i = 0; i < of->boxes; i++) {
        const unsigned mask =
            here[i] ? regions_condition(&of->regions, box(of, i), call->arg[0]) : 0;
        met[i] = (mask & CAN_HOLD) != 0;
        unmet[i] = (mask & (CAN_FAIL | CAN_MISS)) != 0;
        any |= here[i];
        any_met |= met[i];
        any_unmet |= unmet[i];
    }
    if (any && (!any_met || !any_unmet))
        report(of, BATON_LINT_BRANCH_NEVER, call->arg[0],
               tree_written(arena, of->lint->scheme, call->arg[0]), any_met ? "" : NULL,
               limits_written(of, call->arg[0]), NULL);
    walk(of, call->arg[0], here);
    walk(of, call->arg[1], met);
    walk(of, call->arg[2], unmet);
}

/* ---- Several if() behind each other: if(a, ..., if(b, ..., rest)). */

static bool is_if(const struct tree *tree) {
    return tree->kind == TREE_CALL && tree->function == FN_IF;
}

/* Whether every condition of the chain fails at a region of one quantity, all others unknown. */
static bool falls_through(const struct walk *of, const struct tree *chain, int *at) {
    for (; is_if(chain); chain = chain->arg[2])
        if ((regions_condition(&of->regions, at, chain->arg[0]) & CAN_HOLD) != 0)
            return false;
    return true;
}

/* The stretches in which all conditions fail: *hole is the first that lies between two in which one holds. */
struct holes {
    int count, first, last;
};

static struct holes find_holes(const struct walk *of, const struct tree *chain, size_t q, int *at) {
    const struct quantity *quantity = &of->regions.quantity[q];
    struct holes out = {0, -1, -1};
    int begin = -1, end = -1;
    bool held = false; /* somewhere before */
    for (int region = 0; region < region_count(quantity); region++) {
        if (!region_possible(quantity, region, true))
            continue;
        at[q] = region;
        if (falls_through(of, chain, at)) {
            begin = begin < 0 ? region : begin;
            end = region;
            continue;
        }
        if (begin >= 0) {
            out.count++;
            if (held && out.first < 0)
                out = (struct holes){out.count, begin, end};
        }
        begin = -1;
        held = true;
    }
    out.count += begin >= 0;
    at[q] = REGION_UNKNOWN;
    return out;
}

static bool constant_of(const struct tree *tree, double *out);

/* The result at a region, where it is a number and no other can be. */
static bool result_at(const struct walk *of, const struct tree *chain, const int *at, double *out) {
    for (; is_if(chain); chain = chain->arg[2]) {
        const unsigned mask = regions_condition(&of->regions, at, chain->arg[0]);
        if (mask == CAN_HOLD)
            return constant_of(chain->arg[1], out);
        if ((mask & CAN_HOLD) != 0)
            return false;
    }
    return constant_of(chain, out);
}

/* The result beside a stretch on one side, likewise. */
static bool result_beside(const struct walk *of, const struct tree *chain, size_t q, int region,
                          int side, int *at, double *out) {
    const struct quantity *quantity = &of->regions.quantity[q];
    do
        region += side;
    while (region >= 0 && region < region_count(quantity) &&
           !region_possible(quantity, region, true));
    if (region < 0 || region >= region_count(quantity))
        return false;
    at[q] = region;
    const bool known = result_at(of, chain, at, out);
    at[q] = REGION_UNKNOWN;
    return known;
}

/* Whether who is in the stretch scores less than those on both sides of it, which nobody means. */
static bool is_valley(const struct walk *of, const struct tree *chain, const struct tree *rest,
                      size_t q, struct holes holes, int *at) {
    double before, here, behind;
    return of->scores && constant_of(rest, &here) &&
           result_beside(of, chain, q, holes.first, -1, at, &before) &&
           result_beside(of, chain, q, holes.last, 1, at, &behind) && here < before &&
           here < behind;
}

/* A single stretch for the last result is what it is for, unless it scores less than both sides; one between others, besides
 * one at the end, was forgotten. */
static void look_at_chain(struct walk *of, const struct tree *chain) {
    struct baton_arena *arena = of->lint->arena;
    int *at = arena_alloc(arena, of->regions.count, sizeof(*at));
    const struct tree *rest = chain;
    while (is_if(rest))
        rest = rest->arg[2];
    for (size_t q = 0; q < of->regions.count; q++)
        at[q] = REGION_UNKNOWN;
    for (size_t q = 0; q < of->regions.count; q++) {
        const struct quantity *quantity = &of->regions.quantity[q];
        if (quantity->is_text)
            continue;
        const struct holes holes = find_holes(of, chain, q, at);
        if (holes.first < 0 || (holes.count < 2 && !is_valley(of, chain, rest, q, holes, at)))
            continue;
        const int inside = holes.first;
        report(of, BATON_LINT_BRANCH_HOLE, chain,
               region_written(&of->regions, quantity, holes.first, holes.last),
               arena_printf(arena, "%s = %s", quantity->text,
                            lint_number(of->lint, region_example(quantity, inside))),
               tree_written(arena, of->lint->scheme, rest), NULL);
        return;
    }
}

/* ---- bands(). */

static bool constant_of(const struct tree *tree, double *out) {
    double sign = 1;
    while (tree->kind == TREE_OPERATOR && tree->operator== OPERATOR_MINUS) {
        sign = -sign;
        tree = tree->arg[0];
    }
    *out = sign * tree->number;
    return tree->kind == TREE_NUMBER;
}

/* The first score that is better than the one before, having been worse before that, or being the last; count = none. A peak
 * in between is fine: some figures should be neither high nor low. */
static uint32_t valley_of(const double *score, uint32_t count) {
    bool fell = false;
    for (uint32_t i = 1; i < count; i++) {
        if (score[i] > score[i - 1] && (fell || i + 1 == count))
            return i;
        fell |= score[i] < score[i - 1];
    }
    return count;
}

static void look_at_bands(struct walk *of, const struct tree *call) {
    struct baton_arena *arena = of->lint->arena;
    double *score = arena_alloc(arena, call->count, sizeof(*score));
    double bound, least = 0;
    uint32_t scores = 0;
    bool constant = true;
    for (uint32_t i = 1; i + 1 < call->count; i += 2) {
        const bool known = constant_of(call->arg[i], &bound);
        if (known && i > 1 && baton_number_compare12(bound, least) >= 0) {
            report(of, BATON_LINT_BAND_SHADOWED, call->arg[i], lint_number(of->lint, bound),
                   lint_number(of->lint, least), NULL, NULL);
            return;
        }
        if (!known)
            return;
        least = bound;
        constant = constant && constant_of(call->arg[i + 1], &score[scores++]);
    }
    constant = constant && constant_of(call->arg[call->count - 1], &score[scores++]);
    const uint32_t valley = constant ? valley_of(score, scores) : scores;
    if (!constant || valley == scores)
        return;
    const bool last = valley + 1 == scores;
    const uint32_t at = last ? call->count - 1 : 2 * valley + 2;
    if (!last)
        constant_of(call->arg[at - 1], &bound);
    report(of, BATON_LINT_BAND_ORDER, call->arg[at], lint_number(of->lint, score[valley]),
           lint_number(of->lint, score[valley - 1]), last ? NULL : lint_number(of->lint, bound),
           NULL);
}

/* ---- Every expression of the scheme. */

static void walk(struct walk *of, const struct tree *tree, const bool *here) {
    if (tree->kind == TREE_CALL && tree->function == FN_BANDS)
        look_at_bands(of, tree);
    if (is_if(tree)) {
        walk_if(of, tree, here);
        return;
    }
    if (tree->kind == TREE_CALL && function_of(tree->function)->kind != RULE_PLAIN)
        return; /* of other units or periods */
    for (uint32_t i = 0; i < tree->count; i++)
        walk(of, tree->arg[i], here);
}

/* Looks at each chain where it begins. */
static void walk_chains(struct walk *of, const struct tree *tree, bool inside) {
    if (is_if(tree) && !inside && is_if(tree->arg[2]))
        look_at_chain(of, tree);
    for (uint32_t i = 0; i < tree->count; i++)
        walk_chains(of, tree->arg[i], is_if(tree) && i == 2);
}

/* Whether there is anything to look at. */
static bool has_call(const struct tree *tree) {
    if (tree->kind == TREE_CALL && (tree->function == FN_IF || tree->function == FN_BANDS))
        return true;
    for (uint32_t i = 0; i < tree->count; i++)
        if (has_call(tree->arg[i]))
            return true;
    return false;
}

static void look_at_rule(struct lint *lint, struct standpoint from, struct baton_expression source,
                         const struct rule *rule, bool scores) {
    if (rule == NULL || !has_call(rule->tree))
        return;
    struct walk of = {
        .lint = lint, .source = source, .regions = lint_regions(lint, &from), .scores = scores};
    regions_add(&of.regions, rule->tree);
    regions_close(&of.regions);
    const size_t count = of.regions.count;
    bool *split = arena_alloc(lint->arena, count, sizeof(*split));
    int *at = arena_alloc(lint->arena, count, sizeof(*at));
    regions_choose(&of.regions, WALK_BOXES_MAX, split);
    int *all = arena_alloc(lint->arena, WALK_BOXES_MAX * (count + 1), sizeof(*all));
    for (bool more = regions_first(&of.regions, split, true, at); more;
         more = regions_next(&of.regions, split, true, at)) {
        memcpy(all + of.boxes * count, at, count * sizeof(*at));
        of.boxes++;
    }
    of.at = all;
    bool *here = arena_alloc(lint->arena, of.boxes, sizeof(*here));
    memset(here, 1, of.boxes * sizeof(*here));
    walk(&of, rule->tree, here);
    walk_chains(&of, rule->tree, false);
}

static void look_at(struct lint *lint, struct standpoint from, struct baton_expression source,
                    const struct rule *rule) {
    look_at_rule(lint, from, source, rule, false);
}

/* The expressions of a method, which several leaves may share: then nothing is known of the figures, nor of lo and hi. */
static void look_at_method(struct lint *lint, struct reach *reach, const struct leaf *leaf,
                           bool shared) {
    const struct baton_method *method = leaf->method;
    const struct standpoint from = {reach, RULE_METHOD, BATON_NONE, BATON_NONE,
                                    shared ? NULL : leaf};
    look_at_rule(lint, from, method->score, leaf->score, true);
    look_at(lint, from, method->among, leaf->among);
    for (uint32_t i = 0; i < method->where_count && leaf->where != NULL; i++)
        look_at(lint, from, method->where_value[i], leaf->where[i]);
}

static void look_at_leaves(struct lint *lint, struct reach *reach) {
    const struct baton_session *session = lint->session;
    uint32_t *leaves = arena_alloc(lint->arena, lint->scheme->method_count, sizeof(*leaves));
    for (uint32_t i = 0; i < session->leaf_count; i++)
        leaves[session->leaf[i].as->method]++;
    for (uint32_t i = 0; i < session->leaf_count; i++) {
        const struct leaf *leaf = &session->leaf[i];
        struct standpoint from = {reach, RULE_VALUE, BATON_NONE, BATON_NONE, leaf};
        look_at(lint, from, leaf->as->value, leaf->value);
        from.place = RULE_WHEN;
        look_at(lint, from, leaf->as->when, leaf->when);
        if (leaves[leaf->as->method] > 0)
            look_at_method(lint, reach, leaf, leaves[leaf->as->method] > 1);
        leaves[leaf->as->method] = 0; /* looked at */
    }
}

void lint_expressions(struct lint *lint, struct reach *reach) {
    const struct baton_scheme *scheme = lint->scheme;
    const struct baton_session *session = lint->session;
    struct standpoint from = {reach, RULE_ELEMENT, BATON_NONE, BATON_NONE, NULL};
    for (uint32_t e = 0; e < scheme->element_count; e++)
        look_at(lint, from, scheme->element[e].value, session->element_rule[e]);
    look_at_leaves(lint, reach);
    from.place = RULE_ADJUST;
    for (uint32_t i = 0; i < scheme->item_count; i++) {
        look_at(lint, from, scheme->item[i].points_rule, session->item_points[i]);
        look_at(lint, from, scheme->item[i].when, session->item_when[i]);
    }
    from.place = RULE_GRADE;
    for (uint32_t k = 0; k < scheme->grades_count; k++)
        for (uint32_t i = 0; i < scheme->grades[k].count; i++) {
            from.grades = k;
            look_at(lint, from, scheme->grades[k].item[i].when, session->grade_when[k][i]);
        }
    from.grades = BATON_NONE;
    from.place = RULE_AWARD;
    for (uint32_t i = 0; i < scheme->award_count; i++) {
        from.group = scheme->award[i].group;
        look_at(lint, from, scheme->award[i].by, session->award_by[i]);
        look_at(lint, from, scheme->award[i].when, session->award_when[i]);
    }
}
