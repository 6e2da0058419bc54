/* Leaf by leaf and rule by rule; which units a rule reads its figures of is the engine's to say (rule_reads_of). */
#include "flow/expected_needs.h"
#include <string.h>

struct asking {
    struct baton_arena *arena;
    const struct baton_session *session;
    struct expected_asker *asker;
    size_t asker_count, asker_capacity;
    struct need *need;
    size_t need_count, need_capacity;
    const uint8_t *ranked;    /* [units] all that are in a group */
    const uint8_t **applying; /* [leaves] -> [units] */
    const uint8_t **
        named_of; /* [elements] -> [units] whom a leaf that names it applies to; NULL = not yet looked for */
};

static uint8_t *set_of_none(const struct asking *asking) {
    return arena_alloc(asking->arena, asking->session->units, 1);
}

static void set_add(const struct asking *asking, uint8_t *to, const uint8_t *from) {
    for (uint32_t u = 0; u < asking->session->units; u++)
        to[u] |= from[u];
}

static bool set_is_empty(const struct asking *asking, const uint8_t *set) {
    return memchr(set, 1, asking->session->units) == NULL;
}

static uint32_t add_asker(struct asking *asking, enum expected_by by, const char *id,
                          const char *list, struct baton_where at) {
    *ARRAY_PUSH(asking->arena, asking->asker, asking->asker_count, asking->asker_capacity) =
        (struct expected_asker){by, id, list, at};
    return (uint32_t)asking->asker_count - 1;
}

static void add_need(struct asking *asking, uint32_t asker, uint32_t element, const uint8_t *unit) {
    if (!set_is_empty(asking, unit))
        *ARRAY_PUSH(asking->arena, asking->need, asking->need_count, asking->need_capacity) =
            (struct need){asker, element, unit};
}

/* The cohort of each of these units: its group, or one of all (environment.c); the others are in none. NULL where the rule does not ask. */
static const uint32_t *cohorts(const struct asking *asking, const struct rule *rule,
                               const uint8_t *units, bool all) {
    const struct baton_session *const session = asking->session;
    if (!rule_uses(rule)->cohort)
        return NULL;
    uint32_t *const out = arena_alloc_raw(asking->arena, session->units, sizeof *out);
    for (uint32_t u = 0; u < session->units; u++)
        out[u] = u >= session->ranked || units[u] == 0 ? BATON_NONE
                 : all                                 ? 0
                                                       : session->group_of[u];
    return out;
}

/* ---- Leaves. */

/* The rules of a leaf besides its value. */
enum { LEAF_RULES = 3 };
static void rules_of(const struct leaf *leaf, const struct rule *out[LEAF_RULES]) {
    out[0] = leaf->when;
    out[1] = leaf->score;
    out[2] = leaf->among;
}

/* Whom the leaf applies to. */
static const uint8_t *applying(const struct asking *asking, const struct leaf *leaf) {
    const uint8_t *const applies = asking->session->applies[leaf->node];
    if (applies == NULL)
        return asking->ranked;
    uint8_t *const out = set_of_none(asking);
    memcpy(out, applies, asking->session->ranked);
    return out;
}

static bool is_over_all(const struct leaf *leaf) {
    return leaf->over_all || leaf->method->over == BATON_OVER_PANEL;
}

/* Whether the leaf's value goes into its score or is shown. */
static bool needs_value(const struct leaf *leaf) {
    const struct rule *rule[LEAF_RULES];
    if (leaf->method->kind != BATON_METHOD_RULE || leaf->value != NULL)
        return true;
    rules_of(leaf, rule);
    for (int i = 0; i < LEAF_RULES; i++)
        if (rule[i] != NULL && (rule_uses(rule[i])->names & 1u << RULE_X) != 0)
            return true;
    return false;
}

static void ask_value(struct asking *asking, uint32_t asker, const struct leaf *leaf,
                      const uint8_t *units, const uint8_t *applying) {
    struct rule_reads reads;
    if (leaf->value == NULL) {
        add_need(asking, asker, leaf->element, units);
        return;
    }
    rule_reads_of(asking->arena, leaf->value, asking->session->scheme, units,
                  cohorts(asking, leaf->value, applying, is_over_all(leaf)), &reads);
    for (uint32_t k = 0; k < leaf->named_count; k++)
        add_need(asking, asker, leaf->named[k], reads.element[k]);
}

static void ask_leaf(struct asking *asking, uint32_t asker) {
    const struct leaf *const leaf = &asking->session->leaf[asker];
    const struct baton_method *const method = leaf->method;
    const uint8_t *const units = asking->applying[asker];
    const struct rule *rule[LEAF_RULES];
    struct rule_reads reads[LEAF_RULES];
    uint8_t *const value = set_of_none(asking); /* whose value is needed */
    if (set_is_empty(asking, units))
        return;
    set_add(asking, value, units);
    if (method->kind == BATON_METHOD_BEST && method->of == BATON_BEST_OF_UNIT)
        value[method->of_unit] = 1;
    rules_of(leaf, rule);
    for (int i = 0; i < LEAF_RULES; i++) {
        if (rule[i] == NULL)
            continue;
        rule_reads_of(asking->arena, rule[i], asking->session->scheme, units,
                      cohorts(asking, rule[i], units, is_over_all(leaf)), &reads[i]);
        if (reads[i].x != NULL)
            set_add(asking, value, reads[i].x);
    }
    if (needs_value(leaf))
        ask_value(asking, asker, leaf, value, units);
    for (int i = 0; i < LEAF_RULES; i++)
        for (uint32_t k = 0; rule[i] != NULL && k < rule_uses(rule[i])->element_count; k++)
            add_need(asking, asker, rule_uses(rule[i])->element[k], reads[i].element[k]);
}

/* ---- Adjustments, grades, awards. */

static bool names(const struct rule *rule, uint32_t element) {
    for (uint32_t k = 0; rule != NULL && k < rule_uses(rule)->element_count; k++)
        if (rule_uses(rule)->element[k] == element)
            return true;
    return false;
}

static bool leaf_names(const struct leaf *leaf, uint32_t element) {
    const struct rule *rule[LEAF_RULES];
    rules_of(leaf, rule);
    for (int i = 0; i < LEAF_RULES; i++)
        if (names(rule[i], element))
            return true;
    if (leaf->value == NULL)
        return leaf->element == element && needs_value(leaf);
    return names(leaf->value, element);
}

/* Whom the leaves that name the element apply to. */
static const uint8_t *named_of(struct asking *asking, uint32_t element) {
    if (asking->named_of[element] != NULL)
        return asking->named_of[element];
    uint8_t *const out = set_of_none(asking);
    for (uint32_t i = 0; i < asking->session->leaf_count; i++)
        if (leaf_names(&asking->session->leaf[i], element))
            set_add(asking, out, asking->applying[i]);
    return asking->named_of[element] = out;
}

/* Those of the units of whom a leaf asks for the element too; where there is none, all of them. */
static const uint8_t *asked_of(struct asking *asking, const uint8_t *units, uint32_t element) {
    const uint8_t *const named = named_of(asking, element);
    uint8_t *const out = set_of_none(asking);
    for (uint32_t u = 0; u < asking->session->units; u++)
        out[u] = units[u] & named[u];
    return set_is_empty(asking, out) ? units : out;
}

/* NULL = no rule. */
static void ask_rule(struct asking *asking, uint32_t asker, const struct rule *rule,
                     const uint8_t *units) {
    for (uint32_t k = 0; rule != NULL && k < rule_uses(rule)->element_count; k++) {
        const uint32_t element = rule_uses(rule)->element[k];
        const uint8_t *const of = asked_of(asking, units, element);
        struct rule_reads reads;
        rule_reads_of(asking->arena, rule, asking->session->scheme, of,
                      cohorts(asking, rule, of, false), &reads);
        add_need(asking, asker, element, reads.element[k]);
    }
}

/* The units of the groups that have these grades. */
static const uint8_t *graded(const struct asking *asking, uint32_t grades) {
    const struct baton_session *const session = asking->session;
    uint8_t *const out = set_of_none(asking);
    for (uint32_t u = 0; u < session->ranked; u++)
        out[u] = session->scheme->group[session->group_of[u]].grades == grades;
    return out;
}

/* Those of a group; BATON_NONE = of every group. */
static const uint8_t *grouped(const struct asking *asking, uint32_t group) {
    const struct baton_session *const session = asking->session;
    if (group == BATON_NONE)
        return asking->ranked;
    uint8_t *const out = set_of_none(asking);
    for (uint32_t u = 0; u < session->ranked; u++)
        out[u] = session->group_of[u] == group;
    return out;
}

static void ask_results(struct asking *asking) {
    const struct baton_session *const session = asking->session;
    const struct baton_scheme *const scheme = session->scheme;
    for (uint32_t i = 0; i < scheme->item_count; i++) {
        const struct baton_item *const item = &scheme->item[i];
        const uint32_t asker = add_asker(asking, EXPECTED_BY_ADJUSTMENT, item->id, NULL, item->at);
        ask_rule(asking, asker, session->item_points[i], asking->ranked);
        ask_rule(asking, asker, session->item_when[i], asking->ranked);
    }
    for (uint32_t k = 0; k < scheme->grades_count; k++) {
        const struct baton_grades *const list = &scheme->grades[k];
        const uint8_t *const units = graded(asking, k);
        for (uint32_t i = 0; i < list->count; i++) {
            const struct baton_grade *const grade = &list->item[i];
            const uint32_t asker =
                add_asker(asking, EXPECTED_BY_GRADE, grade->id, list->id, grade->at);
            ask_rule(asking, asker, session->grade_when[k][i], units);
        }
    }
    for (uint32_t a = 0; a < scheme->award_count; a++) {
        const struct baton_award *const award = &scheme->award[a];
        const uint8_t *const units = grouped(asking, award->group);
        const uint32_t asker = add_asker(asking, EXPECTED_BY_AWARD, award->id, NULL, award->at);
        ask_rule(asking, asker, session->award_by[a], units);
        ask_rule(asking, asker, session->award_when[a], units);
    }
}

void needs_of(struct baton_arena *arena, const struct baton_session *session, struct needs *out) {
    const uint32_t leaves = session->leaf_count;
    struct asking asking = {.arena = arena, .session = session};
    uint8_t *const ranked = set_of_none(&asking);
    memset(ranked, 1, session->ranked);
    asking.ranked = ranked;
    asking.applying = arena_alloc(arena, leaves, sizeof *asking.applying);
    asking.named_of = arena_alloc(arena, session->scheme->element_count, sizeof *asking.named_of);
    for (uint32_t i = 0; i < leaves; i++) {
        const struct baton_node *const node = session->leaf[i].as;
        add_asker(&asking, EXPECTED_BY_LEAF, node->id, NULL, node->at);
        asking.applying[i] = applying(&asking, &session->leaf[i]);
    }
    for (uint32_t i = 0; i < leaves; i++)
        ask_leaf(&asking, i);
    ask_results(&asking);
    *out =
        (struct needs){asking.asker, (uint32_t)asking.asker_count, asking.need, asking.need_count};
}
