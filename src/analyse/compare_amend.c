/* Amendments: which changed entities belong together.
 *
 * Those with the same clause for a basis do, and those of which one cannot be made without the other: whatever in its new form
 * names a thing that only the new scheme has belongs to that thing, and what in its old form names a thing that is dropped
 * likewise. So any choice of amendments gives a scheme in which every reference finds what it means. */
#include "analyse/compare.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- What belongs together: a forest, the least entity of a tree being its root. */

static uint32_t root_of(struct compare *c, uint32_t entity) {
    while (c->joined[entity] != entity) {
        c->joined[entity] = c->joined[c->joined[entity]];
        entity = c->joined[entity];
    }
    return entity;
}

static void join(struct compare *c, uint32_t a, uint32_t b) {
    if (!c->touched[a] || !c->touched[b])
        return;
    a = root_of(c, a);
    b = root_of(c, b);
    c->joined[a < b ? b : a] = a < b ? a : b;
}

/* ---- By clause */

/* The clause of whatever a method serves, where that is only one. */
static const char *basis_of_users(const struct compare *c, const struct baton_scheme *scheme,
                                  uint32_t method, bool *several) {
    const char *basis = NULL;
    bool any = false;
    for (uint32_t n = 1; method != BATON_NONE && n < scheme->node_count; n++) {
        const struct baton_node *node = &scheme->node[n];
        if (node->child_count > 0 || node->method != method)
            continue;
        *several = *several || (any && !compare_same_text(basis, node->basis));
        basis = node->basis;
        any = true;
    }
    (void)c;
    return basis;
}

static const char *basis_of_method(const struct compare *c, const struct pair *pair) {
    bool several = false;
    const char *before = basis_of_users(c, c->before, pair->before, &several);
    const char *after = basis_of_users(c, c->after, pair->after, &several);
    if (several || (before != NULL && after != NULL && strcmp(before, after) != 0))
        return NULL;
    return after != NULL ? after : before;
}

static const char *basis_of_node(const struct compare *c, const struct pair *pair) {
    const char *after = pair->after == BATON_NONE ? NULL : c->after->node[pair->after].basis;
    return after != NULL || pair->before == BATON_NONE ? after
                                                       : c->before->node[pair->before].basis;
}

static void join_by_clause(struct compare *c) {
    struct hash first = {0};
    for (uint32_t i = 0; i < c->node.count; i++)
        c->basis[compare_entity(c, ENTITY_NODE, i)] = basis_of_node(c, &c->node.pair[i]);
    for (uint32_t i = 0; i < c->method.count; i++)
        c->basis[compare_entity(c, ENTITY_METHOD, i)] = basis_of_method(c, &c->method.pair[i]);
    for (uint32_t e = 0; e < c->first[ENTITY_KINDS]; e++)
        if (c->touched[e] && c->basis[e] != NULL)
            join(c, e, hash_add(c->arena, &first, c->basis[e], strlen(c->basis[e]), e));
}

/* ---- By what cannot be made alone */

/* An entity in one of its forms, and what only that scheme has. */
struct form {
    struct compare *c;
    uint32_t entity;
    bool is_before;
    const struct baton_scheme *scheme;
};

static bool is_only_here(const struct form *form, const struct pair *pair) {
    return (form->is_before ? pair->after : pair->before) == BATON_NONE;
}

static void needs(const struct form *form, enum entity_kind kind, const struct pairs *pairs,
                  uint32_t index) {
    if (index == BATON_NONE)
        return;
    const uint32_t pair = form->is_before ? index : pairs->of_after[index];
    if (is_only_here(form, &pairs->pair[pair]))
        join(form->c, form->entity, compare_entity(form->c, kind, pair));
}

/* A node is named by its id, so one that was renamed is another for whoever names it. */
static void needs_node_id(const struct form *form, uint32_t index) {
    if (index == BATON_NONE)
        return;
    struct compare *c = form->c;
    const uint32_t pair = form->is_before ? index : c->node.of_after[index];
    const struct pair *p = &c->node.pair[pair];
    if (is_only_here(form, p) ||
        strcmp(c->before->node[p->before].id, c->after->node[p->after].id) != 0)
        join(c, form->entity, compare_entity(c, ENTITY_NODE, pair));
}

static uint32_t find_node(const struct baton_scheme *scheme, const char *id, size_t size) {
    for (uint32_t n = 1; n < scheme->node_count; n++)
        if (strlen(scheme->node[n].id) == size && memcmp(scheme->node[n].id, id, size) == 0)
            return n;
    return BATON_NONE;
}

static uint32_t find_item(const struct baton_scheme *scheme, const char *id, size_t size) {
    for (uint32_t i = 0; i < scheme->item_count; i++)
        if (strlen(scheme->item[i].id) == size && memcmp(scheme->item[i].id, id, size) == 0)
            return i;
    return BATON_NONE;
}

/* Named elements that came or went; and a leaf that was renamed, whose figures were renamed with it. */
static void needs_element(const struct form *form, const char *id, size_t size) {
    struct compare *c = form->c;
    for (uint32_t e = 0; e < form->scheme->element_count; e++) {
        const struct baton_element *element = &form->scheme->element[e];
        if (strlen(element->id) != size || memcmp(element->id, id, size) != 0)
            continue;
        const uint32_t pair = form->is_before ? e : c->element.of_after[e];
        const struct pair *p = &c->element.pair[pair];
        const struct baton_element *other = is_only_here(form, p) ? NULL
                                            : form->is_before     ? &c->after->element[p->after]
                                                                  : &c->before->element[p->before];
        if (element->value.text != NULL && (other == NULL || other->value.text == NULL))
            join(c, form->entity, compare_entity(c, ENTITY_ELEMENT, pair));
        break;
    }
    const uint32_t node = find_node(form->scheme, id, size);
    if (node == BATON_NONE)
        return;
    const uint32_t pair = form->is_before ? node : c->node.of_after[node];
    const struct pair *p = &c->node.pair[pair];
    if (p->before != BATON_NONE && p->after != BATON_NONE &&
        strcmp(c->before->node[p->before].id, c->after->node[p->after].id) != 0)
        join(c, form->entity, compare_entity(c, ENTITY_NODE, pair));
}

static void needs_name(void *context, enum compare_name what, const char *name, size_t size) {
    const struct form *form = context;
    if (what == NAME_NODE)
        needs_node_id(form, find_node(form->scheme, name, size));
    else if (what == NAME_ITEM)
        needs(form, ENTITY_ITEM, &form->c->item, find_item(form->scheme, name, size));
    else
        needs_element(form, name, size);
}

static void needs_expression(struct form *form, struct baton_expression expression) {
    compare_names(expression.text, form, needs_name);
}

/* A grade that only this scheme has belongs to its set. */
static void needs_grade(const struct form *form, uint32_t code) {
    struct compare *c = form->c;
    const struct baton_scheme *other = form->is_before ? c->after : c->before;
    const char *id = form->scheme->code[code];
    for (uint32_t k = 0; k < other->grades_count; k++)
        for (uint32_t i = 0; i < other->grades[k].count; i++)
            if (strcmp(other->grades[k].item[i].id, id) == 0)
                return;
    for (uint32_t k = 0; k < form->scheme->grades_count; k++)
        for (uint32_t i = 0; i < form->scheme->grades[k].count; i++)
            if (strcmp(form->scheme->grades[k].item[i].id, id) == 0)
                join(c, form->entity,
                     compare_entity(c, ENTITY_GRADES, form->is_before ? k : c->grades.of_after[k]));
}

static void needs_effect(const struct form *form, uint32_t effect) {
    if (effect == BATON_NONE)
        return;
    const struct baton_effect *of = &form->scheme->effect[effect];
    needs(form, ENTITY_NODE, &form->c->node, of->node_zero);
    if (of->grade_at_most != BATON_NONE)
        needs_grade(form, of->grade_at_most);
}

static void needs_of_node(struct form *form, uint32_t n) {
    const struct baton_node *node = &form->scheme->node[n];
    needs(form, ENTITY_NODE, &form->c->node, node->parent);
    needs_effect(form, node->gate_effect);
    if (node->child_count > 0)
        return;
    needs(form, ENTITY_METHOD, &form->c->method, node->method);
    needs_expression(form, node->value);
    needs_expression(form, node->when);
    if (node->value.text == NULL)
        needs_element(form, node->id, strlen(node->id));
}

static void needs_of_method(struct form *form, uint32_t m) {
    const struct baton_method *method = &form->scheme->method[m];
    needs_expression(form, method->among);
    needs_expression(form, method->score);
    for (uint32_t i = 0; i < method->where_count; i++)
        needs_expression(form, method->where_value[i]);
}

static void needs_of_group(struct form *form, uint32_t g) {
    const struct baton_group *group = &form->scheme->group[g];
    needs(form, ENTITY_GRADES, &form->c->grades, group->grades);
    for (uint32_t i = 0; i < group->ties_by_count; i++)
        needs(form, ENTITY_NODE, &form->c->node, group->ties_by[i]);
}

static void needs_of_grades(struct form *form, uint32_t k) {
    const struct baton_grades *set = &form->scheme->grades[k];
    for (uint32_t i = 0; i < set->count; i++) {
        needs_expression(form, set->item[i].when);
        if (set->item[i].quota_ties == BATON_QUOTA_NODE)
            needs(form, ENTITY_NODE, &form->c->node, set->item[i].quota_node);
    }
}

static void needs_of_item(struct form *form, uint32_t i) {
    const struct baton_item *item = &form->scheme->item[i];
    needs_expression(form, item->points_rule);
    needs_expression(form, item->when);
    needs_effect(form, item->effect);
}

static void needs_of(struct form *form, enum entity_kind kind, uint32_t index) {
    switch (kind) {
    case ENTITY_NODE:
        needs_of_node(form, index);
        break;
    case ENTITY_ELEMENT:
        needs_expression(form, form->scheme->element[index].value);
        break;
    case ENTITY_METHOD:
        needs_of_method(form, index);
        break;
    case ENTITY_GRADES:
        needs_of_grades(form, index);
        break;
    case ENTITY_GROUP:
        needs_of_group(form, index);
        break;
    case ENTITY_UNIT:
        needs(form, ENTITY_GROUP, &form->c->group, form->scheme->unit[index].group);
        break;
    case ENTITY_ITEM:
        needs_of_item(form, index);
        break;
    case ENTITY_AWARD:
        needs_expression(form, form->scheme->award[index].by);
        needs_expression(form, form->scheme->award[index].when);
        needs(form, ENTITY_GROUP, &form->c->group, form->scheme->award[index].group);
        break;
    case ENTITY_CHECK:
        needs_expression(form, form->scheme->check[index].rule);
        needs_expression(form, form->scheme->check[index].when);
        break;
    case ENTITY_SETTING:
        if (form->entity == compare_setting_entity(form->c, "scoring.ties_by"))
            needs_of_group(form, 0); /* folded: each group has the same */
        break;
    case ENTITY_RATINGS:
    case ENTITY_IMPORT:
    case ENTITY_KINDS:
        break;
    }
}

static const struct pairs *pairs_of(const struct compare *c, enum entity_kind kind) {
    const struct pairs *const pairs[ENTITY_KINDS] = {
        [ENTITY_NODE] = &c->node,     [ENTITY_ELEMENT] = &c->element, [ENTITY_METHOD] = &c->method,
        [ENTITY_GRADES] = &c->grades, [ENTITY_GROUP] = &c->group,     [ENTITY_UNIT] = &c->unit,
        [ENTITY_ITEM] = &c->item,     [ENTITY_AWARD] = &c->award,     [ENTITY_CHECK] = &c->check,
        [ENTITY_IMPORT] = &c->import};
    return pairs[kind];
}

static void join_by_need(struct compare *c) {
    for (enum entity_kind kind = 0; kind < ENTITY_KINDS; kind++) {
        const struct pairs *pairs = pairs_of(c, kind);
        for (uint32_t e = c->first[kind]; e < c->first[kind + 1]; e++) {
            if (!c->touched[e])
                continue;
            const uint32_t index = e - c->first[kind];
            const struct pair pair = pairs == NULL ? (struct pair){0, 0} : pairs->pair[index];
            struct form before = {c, e, true, c->before}, after = {c, e, false, c->after};
            if (pair.before != BATON_NONE)
                needs_of(&before, kind, pair.before);
            if (pair.after != BATON_NONE)
                needs_of(&after, kind, pair.after);
        }
    }
}

/* ---- The tree */

/* The pair of a node's parent in one of the schemes; BATON_NONE where the node is not there, or is the root. */
static uint32_t parent_of(const struct compare *c, uint32_t pair, bool is_before) {
    const struct pair *p = &c->node.pair[pair];
    const uint32_t node = is_before ? p->before : p->after;
    if (node == BATON_NONE || node == 0)
        return BATON_NONE;
    return is_before ? c->before->node[node].parent : c->node.of_after[c->after->node[node].parent];
}

static bool is_block(const struct compare *c, uint32_t pair, bool is_before) {
    const struct pair *p = &c->node.pair[pair];
    return is_before ? p->before != BATON_NONE && c->before->node[p->before].child_count > 0
                     : p->after != BATON_NONE && c->after->node[p->after].child_count > 0;
}

/* A block that keeps no child, or that is a leaf in one of the schemes, changes its children together: a block must have
 * some, and a leaf none, whatever is chosen. */
static void join_children(struct compare *c) {
    bool *keeps = arena_alloc(c->arena, c->node.count, sizeof(bool));
    uint32_t *first = arena_alloc(c->arena, c->node.count, sizeof(uint32_t));
    for (uint32_t i = 0; i < c->node.count; i++) {
        const uint32_t before = parent_of(c, i, true), after = parent_of(c, i, false);
        first[i] = BATON_NONE;
        if (before != BATON_NONE && before == after)
            keeps[before] = true;
    }
    for (uint32_t i = 0; i < c->node.count; i++)
        for (int side = 0; side < 2; side++) {
            const uint32_t parent = parent_of(c, i, side == 0);
            if (parent == BATON_NONE || keeps[parent])
                continue;
            const uint32_t entity = compare_entity(c, ENTITY_NODE, i);
            if (is_block(c, parent, true) != is_block(c, parent, false))
                join(c, entity, compare_entity(c, ENTITY_NODE, parent));
            if (first[parent] == BATON_NONE)
                first[parent] = entity;
            join(c, entity, first[parent]);
        }
}

/* Nodes that change places could each be below the other: a node that moves belongs to whatever moves above the place that it
 * moves to. */
static void join_moves(struct compare *c) {
    for (uint32_t i = 0; i < c->node.count; i++) {
        const uint32_t before = parent_of(c, i, true), after = parent_of(c, i, false);
        if (before == BATON_NONE || after == BATON_NONE || before == after)
            continue;
        for (uint32_t up = after; up != BATON_NONE; up = parent_of(c, up, true)) {
            const uint32_t other = parent_of(c, up, false);
            if (other != parent_of(c, up, true))
                join(c, compare_entity(c, ENTITY_NODE, i), compare_entity(c, ENTITY_NODE, up));
        }
    }
}

/* Fixed bounds stand in the columns lo and hi: a leaf that gets or loses them belongs to its method. */
static void join_bounds(struct compare *c) {
    for (uint32_t i = 0; i < c->node.count; i++) {
        const struct pair *p = &c->node.pair[i];
        if (p->before == BATON_NONE || p->after == BATON_NONE || is_block(c, i, true) ||
            is_block(c, i, false) || p->before == 0)
            continue;
        const struct baton_node *a = &c->before->node[p->before], *b = &c->after->node[p->after];
        if (isnan(a->lo) == isnan(b->lo) && isnan(a->hi) == isnan(b->hi))
            continue;
        join(c, compare_entity(c, ENTITY_NODE, i), compare_entity(c, ENTITY_METHOD, a->method));
        join(c, compare_entity(c, ENTITY_NODE, i),
             compare_entity(c, ENTITY_METHOD, c->method.of_after[b->method]));
    }
}

/* ---- In order */

/* An amendment while it is put together. */
struct draft {
    uint32_t root; /* its least entity */
    const char *basis;
    struct baton_place place;
    uint32_t first; /* the entity that has the basis, or the root */
};

/* The clause that stands before all others of an amendment. */
static int compare_places(const struct draft *a, const struct draft *b) {
    if ((a->basis == NULL) != (b->basis == NULL))
        return a->basis == NULL ? 1 : -1;
    if (a->basis != NULL) {
        const int order = strcmp(a->place.document, b->place.document);
        if (order != 0)
            return order;
        if (a->place.row != b->place.row)
            return a->place.row < b->place.row ? -1 : 1;
    }
    return a->first < b->first ? -1 : a->first > b->first;
}

static int by_place(const void *left, const void *right) {
    return compare_places(left, right);
}

static struct draft draft_of(struct compare *c, uint32_t entity,
                             bool (*place)(void *context, const char *basis,
                                           struct baton_place *out),
                             void *context) {
    struct draft draft = {.root = root_of(c, entity), .basis = c->basis[entity], .first = entity};
    if (draft.basis == NULL)
        return draft;
    if (place == NULL || !place(context, draft.basis, &draft.place))
        draft.place = (struct baton_place){
            arena_text(c->arena, draft.basis, strcspn(draft.basis, "#")), UINT32_MAX};
    return draft;
}

/* Sorts the changes by amendment, inside of one as they were found. */
static void sort_changes(struct compare *c) {
    struct baton_comparison *result = &c->result;
    const uint32_t amendments = result->amendment_count;
    uint32_t *next = arena_alloc(c->arena, (size_t)amendments + 2, sizeof(uint32_t));
    uint32_t *index = arena_alloc(c->arena, c->change_count, sizeof(uint32_t));
    result->change = arena_alloc(c->arena, c->change_count, sizeof(*result->change));
    result->change_count = (uint32_t)c->change_count;
    for (size_t i = 0; i < c->change_count; i++) {
        struct baton_change *change = &c->change[i];
        if (c->entity_of[i] != BATON_NONE)
            change->amendment = c->amendment[c->entity_of[i]];
        next[(change->amendment == BATON_NONE ? amendments : change->amendment) + 1]++;
    }
    for (uint32_t a = 0; a < amendments; a++) {
        next[a + 1] += next[a];
        result->amendment[a].change = index + next[a];
        result->amendment[a].change_count = next[a + 1] - next[a];
    }
    for (size_t i = 0; i < c->change_count; i++) {
        const uint32_t amendment = c->change[i].amendment;
        const uint32_t at = next[amendment == BATON_NONE ? amendments : amendment]++;
        result->change[at] = c->change[i];
        index[at] = at;
        if (amendment != BATON_NONE && c->change[i].effective)
            result->amendment[amendment].effective = true;
    }
    for (uint32_t a = 0; a < amendments; a++)
        result->effective_count += result->amendment[a].effective;
}

void compare_amend(struct compare *c,
                   bool (*place)(void *context, const char *basis, struct baton_place *out),
                   void *context) {
    const uint32_t entities = c->first[ENTITY_KINDS];
    c->joined = arena_alloc(c->arena, entities, sizeof(uint32_t));
    c->basis = arena_alloc(c->arena, entities, sizeof(char *));
    c->amendment = arena_alloc(c->arena, entities, sizeof(uint32_t));
    for (uint32_t e = 0; e < entities; e++)
        c->joined[e] = e;
    join_by_clause(c);
    join_by_need(c);
    join_children(c);
    join_moves(c);
    join_bounds(c);
    struct draft *draft = arena_alloc(c->arena, entities, sizeof(*draft));
    uint32_t *draft_at = arena_alloc(c->arena, entities, sizeof(uint32_t)), count = 0;
    for (uint32_t e = 0; e < entities; e++) {
        if (!c->touched[e])
            continue;
        const struct draft one = draft_of(c, e, place, context);
        if (one.root == e)
            draft[draft_at[e] = count++] = one;
        else if (compare_places(&one, &draft[draft_at[one.root]]) < 0)
            draft[draft_at[one.root]] = one;
    }
    if (count > 1)
        qsort(draft, count, sizeof(*draft), by_place);
    c->result.amendment = arena_alloc(c->arena, count, sizeof(*c->result.amendment));
    c->result.amendment_count = count;
    for (uint32_t i = 0; i < count; i++) {
        c->result.amendment[i].basis = draft[i].basis;
        c->amendment[draft[i].root] = i;
    }
    for (uint32_t e = 0; e < entities; e++)
        c->amendment[e] = c->touched[e] ? c->amendment[root_of(c, e)] : BATON_NONE;
    sort_changes(c);
}
