/* Compiling a session: every expression of the scheme once, and what follows from it for each leaf.
 *
 * An expression may name an element that no figure and no leaf has, and a text that no grade or level has: they are
 * added to the scheme's lists, the element without figures. Findings go on to the end, so that all come at once. */
#include "engine/session.h"
#include <math.h>
#include <string.h>

struct compiling {
    struct baton_session *session;
    struct baton_findings *found;
    baton_code worst;
};

static bool is_text(const char *text, const char *id, size_t size) {
    return strlen(text) == size && memcmp(text, id, size) == 0;
}

/* Linear: called once for each name in an expression, of which a scheme has some hundreds. */
static uint32_t element_named(void *context, const char *id, size_t size) {
    struct baton_session *session = ((struct compiling *)context)->session;
    struct baton_scheme *scheme = session->scheme;
    for (uint32_t e = 0; e < scheme->element_count; e++)
        if (is_text(scheme->element[e].id, id, size))
            return e;
    if (scheme->element_count == session->element_room) {
        uint32_t room = session->element_room + 64;
        struct baton_element *larger = arena_alloc(session->arena, room, sizeof(*larger));
        const struct rule **rules = arena_alloc(session->arena, room, sizeof(*rules));
        memcpy(larger, scheme->element, scheme->element_count * sizeof(*larger));
        memcpy(rules, session->element_rule, scheme->element_count * sizeof(*rules));
        scheme->element = larger;
        session->element_rule = rules;
        session->element_room = room;
    }
    scheme->element[scheme->element_count] =
        (struct baton_element){.id = arena_text(session->arena, id, size)};
    return scheme->element_count++;
}

static uint32_t code_named(void *context, const char *text, size_t size) {
    struct baton_session *session = ((struct compiling *)context)->session;
    struct baton_scheme *scheme = session->scheme;
    for (uint32_t c = 0; c < scheme->code_count; c++)
        if (is_text(scheme->code[c], text, size))
            return c;
    if (scheme->code_count == session->code_room) {
        uint32_t room = session->code_room + 64;
        const char **larger = arena_alloc(session->arena, room, sizeof(*larger));
        memcpy(larger, scheme->code, scheme->code_count * sizeof(*larger));
        scheme->code = larger;
        session->code_room = room;
    }
    scheme->code[scheme->code_count] = arena_text(session->arena, text, size);
    return scheme->code_count++;
}

static const struct rule *rule_named(void *context, uint32_t element) {
    const struct compiling *compiling = context;
    return compiling->session->element_rule[element];
}

static uint32_t unit_named(void *context, const char *id, size_t size) {
    const struct baton_scheme *scheme = ((const struct compiling *)context)->session->scheme;
    for (uint32_t u = 0; u < scheme->unit_count; u++)
        if (is_text(scheme->unit[u].id, id, size))
            return u;
    return BATON_NONE;
}

static uint32_t node_named(void *context, const char *id, size_t size) {
    const struct baton_scheme *scheme = ((const struct compiling *)context)->session->scheme;
    for (uint32_t n = 0; n < scheme->node_count; n++)
        if (is_text(scheme->node[n].id, id, size))
            return n;
    return BATON_NONE;
}

static struct rule_scope scope_of(struct compiling *compiling, enum rule_place place) {
    return (struct rule_scope){
        .place = place,
        .scheme = compiling->session->scheme,
        .context = compiling,
        .element = element_named,
        .code = code_named,
        .named = rule_named,
        .unit = unit_named,
        .node = node_named,
    };
}

/* What an expression over results asks to be kept of earlier ones. */
static void note_earlier(struct baton_session *session, const struct rule *rule) {
    const struct rule_uses *uses = rule_uses(rule);
    if (!uses->earlier)
        return;
    session->uses_earlier = session->keeps_values = true;
    for (uint32_t i = 0; i < uses->node_count; i++)
        session->keeps_node[uses->node[i]] = true;
}

static const struct rule *compile(struct compiling *compiling, const struct rule_scope *scope,
                                  enum rule_expects expects, struct baton_expression source) {
    const struct rule *rule = NULL;
    if (source.text == NULL)
        return NULL;
    struct rule_scope expecting = *scope;
    expecting.expects = expects;
    baton_code code =
        rule_compile(compiling->session->arena, &expecting, source, &rule, compiling->found);
    if (code != BATON_OK && compiling->worst == BATON_OK)
        compiling->worst = code;
    if (rule != NULL && scope->place >= RULE_ADJUST && scope->place != RULE_CHECK)
        note_earlier(compiling->session, rule);
    return rule;
}

static void compile_elements(struct compiling *compiling) {
    struct baton_session *session = compiling->session;
    struct rule_scope scope = scope_of(compiling, RULE_ELEMENT);
    uint32_t count = session->scheme->element_count;
    const struct rule **rules = arena_alloc(session->arena, count + 1, sizeof(*rules));
    session->element_rule = arena_alloc(session->arena, session->element_room, sizeof(*rules));
    baton_code code = rule_compile_elements(session->arena, &scope, rules, compiling->found);
    if (code != BATON_OK)
        compiling->worst = code;
    memcpy(session->element_rule, rules, count * sizeof(*rules));
}

static void compile_method(struct compiling *compiling, struct leaf *leaf) {
    const struct baton_method *method = leaf->method;
    struct rule_scope scope = scope_of(compiling, RULE_METHOD);
    struct baton_arena *arena = compiling->session->arena;
    const struct rule **where = arena_alloc(arena, method->where_count + 1, sizeof(*where));
    scope.where_name = method->where_name;
    scope.where_rule = where;
    scope.x_moves = leaf->value == NULL ? 0 : rule_uses(leaf->value)->moves;
    leaf->where = where;
    for (uint32_t i = 0; i < method->where_count; i++) {
        where[i] = compile(compiling, &scope, RULE_ANYTHING, method->where_value[i]);
        if (where[i] == NULL)
            return;
        scope.where_count = i + 1;
    }
    if (method->kind == BATON_METHOD_RULE)
        leaf->score = compile(compiling, &scope, RULE_NUMBER, method->score);
    if (method->kind == BATON_METHOD_RACE)
        leaf->among = compile(compiling, &scope, RULE_CONDITION, method->among);
}

static void compile_leaf(struct compiling *compiling, struct leaf *leaf) {
    struct baton_session *session = compiling->session;
    struct rule_scope scope = scope_of(compiling, RULE_VALUE);
    leaf->element = leaf->as->element;
    const struct rule *own = session->element_rule[leaf->element];
    const bool is_code = leaf->method->kind == BATON_METHOD_LEVELS;
    leaf->value =
        compile(compiling, &scope, is_code ? RULE_ANYTHING : RULE_NUMBER, leaf->as->value);
    if (leaf->as->value.text == NULL && own != NULL)
        leaf->value = own;
    if (leaf->value != NULL) {
        const struct rule_uses *uses = rule_uses(leaf->value);
        leaf->element = uses->bare_element;
        leaf->named = uses->element;
        leaf->named_count = uses->element_count;
        if (leaf->element != BATON_NONE && session->element_rule[leaf->element] != NULL)
            leaf->element = BATON_NONE;
    } else {
        uint32_t *named = arena_alloc(session->arena, 1, sizeof(uint32_t));
        named[0] = leaf->element;
        leaf->named = named;
        leaf->named_count = 1;
    }
    scope.place = RULE_WHEN;
    scope.x_moves = leaf->value == NULL ? 0 : rule_uses(leaf->value)->moves;
    leaf->when = compile(compiling, &scope, RULE_CONDITION, leaf->as->when);
    compile_method(compiling, leaf);
}

/* An element without any figure has the frequency of the leaf that names it. */
static void set_frequencies(struct baton_session *session) {
    struct baton_scheme *scheme = session->scheme;
    session->element_kind =
        arena_alloc(session->arena, scheme->element_count + 1, sizeof(*session->element_kind));
    for (uint32_t e = 0; e < scheme->element_count; e++)
        session->element_kind[e] = scheme->element[e].frequency;
    for (uint32_t i = 0; i < session->leaf_count; i++) {
        struct leaf *leaf = &session->leaf[i];
        leaf->frequency = leaf->as->frequency != BATON_PERIOD_NONE
                              ? leaf->as->frequency
                              : scheme->element[leaf->as->element].frequency;
        if (leaf->frequency == BATON_PERIOD_NONE)
            continue;
        for (uint32_t k = 0; k < leaf->named_count; k++)
            if (session->element_kind[leaf->named[k]] == BATON_PERIOD_NONE)
                session->element_kind[leaf->named[k]] = leaf->frequency;
    }
}

static bool is_for_each(enum baton_method_kind kind, enum baton_over over) {
    switch (kind) {
    case BATON_METHOD_TARGET:
    case BATON_METHOD_BANDS:
    case BATON_METHOD_LEVELS:
    case BATON_METHOD_DEDUCT:
    case BATON_METHOD_PASS:
    case BATON_METHOD_DIRECT:
        return true;
    case BATON_METHOD_RANGE:
        return over == BATON_OVER_FIXED;
    default:
        return false;
    }
}

static enum leaf_path path_of(const struct baton_session *session, const struct leaf *leaf,
                              uint32_t largest) {
    const struct baton_method *method = leaf->method;
    bool by_cohort =
        leaf->as->missing == BATON_MISSING_MEAN || leaf->as->missing == BATON_MISSING_MEDIAN;
    if (method->kind == BATON_METHOD_RULE || by_cohort)
        return LEAF_COLUMN;
    if (is_for_each(method->kind, method->over))
        return LEAF_EACH;
    if (method->over == BATON_OVER_PANEL)
        return LEAF_COLUMN;
    if (!leaf->over_all && largest <= session->tile_size)
        return LEAF_LOCAL;
    return method->kind == BATON_METHOD_RANGE ? LEAF_SPREAD : LEAF_COLUMN;
}

static void finish_leaves(struct baton_session *session) {
    uint32_t largest = 0;
    for (uint32_t g = 0; g < session->scheme->group_count; g++)
        if (session->scheme->group[g].unit_count > largest)
            largest = session->scheme->group[g].unit_count;
    for (uint32_t i = 0; i < session->leaf_count; i++) {
        struct leaf *leaf = &session->leaf[i];
        leaf->over_all = leaf->method->over == BATON_OVER_ALL;
        leaf->pooled = leaf->method->over == BATON_OVER_PANEL &&
                       leaf->method->kind != BATON_METHOD_RULE &&
                       !is_for_each(leaf->method->kind, leaf->method->over);
        leaf->needs_target =
            leaf->method->kind == BATON_METHOD_TARGET || leaf->method->kind == BATON_METHOD_PASS;
        leaf->path = path_of(session, leaf, largest);
    }
}

static void compile_results(struct compiling *compiling) {
    struct baton_session *session = compiling->session;
    const struct baton_scheme *scheme = session->scheme;
    struct rule_scope scope = scope_of(compiling, RULE_ADJUST);
    session->item_points =
        arena_alloc(session->arena, scheme->item_count + 1, sizeof(struct rule *));
    session->item_when = arena_alloc(session->arena, scheme->item_count + 1, sizeof(struct rule *));
    for (uint32_t i = 0; i < scheme->item_count; i++) {
        session->item_points[i] =
            compile(compiling, &scope, RULE_NUMBER, scheme->item[i].points_rule);
        session->item_when[i] = compile(compiling, &scope, RULE_CONDITION, scheme->item[i].when);
    }
    scope.place = RULE_GRADE;
    session->grade_when =
        arena_alloc(session->arena, scheme->grades_count + 1, sizeof(*session->grade_when));
    for (uint32_t k = 0; k < scheme->grades_count; k++) {
        session->grade_when[k] =
            arena_alloc(session->arena, scheme->grades[k].count + 1, sizeof(struct rule *));
        for (uint32_t i = 0; i < scheme->grades[k].count; i++)
            session->grade_when[k][i] =
                compile(compiling, &scope, RULE_CONDITION, scheme->grades[k].item[i].when);
    }
    scope.place = RULE_AWARD;
    session->award_by = arena_alloc(session->arena, scheme->award_count + 1, sizeof(struct rule *));
    session->award_when =
        arena_alloc(session->arena, scheme->award_count + 1, sizeof(struct rule *));
    for (uint32_t a = 0; a < scheme->award_count; a++) {
        session->award_by[a] = compile(compiling, &scope, RULE_NUMBER, scheme->award[a].by);
        session->award_when[a] = compile(compiling, &scope, RULE_CONDITION, scheme->award[a].when);
    }
}

/* The elements that a check is for: only what is reported as a number can be. */
static const uint32_t *checked_elements(struct compiling *compiling,
                                        const struct baton_check *check) {
    struct baton_session *session = compiling->session;
    uint32_t *element = arena_alloc(session->arena, check->of_count, sizeof(*element));
    for (uint32_t i = 0; i < check->of_count; i++) {
        const struct baton_checked *of = &check->of[i];
        element[i] = BATON_NONE;
        if (of->by != BATON_CHECKED_ELEMENT)
            continue;
        element[i] = element_named(compiling, of->text, strlen(of->text));
        if (session->element_rule[element[i]] == NULL &&
            !session->scheme->element[element[i]].is_code)
            continue;
        baton_findings_add(compiling->found, BATON_CHECK_OF_COMPUTED, of->at, of->text, check->id,
                           NULL, NULL);
        if (compiling->worst == BATON_OK)
            compiling->worst = BATON_CHECK_OF_COMPUTED;
    }
    return element;
}

static void compile_checks(struct compiling *compiling) {
    struct baton_session *session = compiling->session;
    const struct baton_scheme *scheme = session->scheme;
    const struct rule_scope scope = scope_of(compiling, RULE_CHECK);
    session->named_elsewhere = scheme->element_count;
    session->check = arena_alloc(session->arena, scheme->check_count + 1, sizeof(*session->check));
    for (uint32_t i = 0; i < scheme->check_count; i++) {
        const struct baton_check *check = &scheme->check[i];
        session->check[i] =
            (struct compiled_check){compile(compiling, &scope, RULE_CONDITION, check->rule),
                                    compile(compiling, &scope, RULE_CONDITION, check->when),
                                    checked_elements(compiling, check)};
    }
}

/* Methods that no leaf uses have expressions too, which are no less wrong for that. */
static void compile_idle_methods(struct compiling *compiling) {
    const struct baton_session *session = compiling->session;
    const struct baton_scheme *scheme = session->scheme;
    bool *used = arena_alloc(session->arena, scheme->method_count, sizeof(bool));
    for (uint32_t i = 0; i < session->leaf_count; i++)
        if (session->leaf[i].as->method != BATON_NONE)
            used[session->leaf[i].as->method] = true;
    for (uint32_t m = 0; m < scheme->method_count; m++) {
        struct leaf idle = {.method = &scheme->method[m]};
        if (!used[m])
            compile_method(compiling, &idle);
    }
}

baton_code compile_session(struct baton_session *session, struct baton_findings *found) {
    static const struct baton_method unknown = {
        .kind = BATON_METHOD_DIRECT}; /* in a scheme that is only checked */
    struct compiling compiling = {session, found, BATON_OK};
    struct baton_scheme *scheme = session->scheme;
    session->keeps_node = arena_alloc(session->arena, session->nodes, sizeof(bool));
    session->element_room = scheme->element_count;
    session->code_room = scheme->code_count;
    compile_elements(&compiling);
    session->leaf_of_node = arena_alloc(session->arena, session->nodes, sizeof(uint32_t));
    session->leaf = arena_alloc(session->arena, session->nodes, sizeof(struct leaf));
    for (uint32_t n = 0; n < session->nodes; n++) {
        session->leaf_of_node[n] = BATON_NONE;
        if (n == 0 || scheme->node[n].child_count > 0)
            continue;
        struct leaf *leaf = &session->leaf[session->leaf_count];
        leaf->node = n;
        leaf->as = &scheme->node[n];
        leaf->method =
            leaf->as->method == BATON_NONE ? &unknown : &scheme->method[leaf->as->method];
        session->leaf_of_node[n] = session->leaf_count++;
        compile_leaf(&compiling, leaf);
    }
    compile_idle_methods(&compiling);
    compile_results(&compiling);
    compile_checks(&compiling);
    set_frequencies(session);
    finish_leaves(session);
    return compiling.worst;
}

baton_code baton_scheme_check(struct baton_arena *arena, struct baton_scheme *scheme,
                              struct baton_findings *found) {
    struct baton_session *session = arena_alloc(arena, 1, sizeof(*session));
    session->arena = arena;
    session->scheme = scheme;
    session->units = scheme->unit_count;
    session->ranked = scheme->ranked_count;
    session->nodes = scheme->node_count;
    return compile_session(session, found);
}
