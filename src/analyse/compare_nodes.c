/* Indicators and their weights: what came, went, moved, was renamed, and every column in which a node differs. */
#include "analyse/compare.h"
#include "base/frequency.h"
#include <assert.h>
#include <math.h>
#include <string.h>

static const char *const kinds[] = {"common", "individual"};
static const char *const classes[] = {"mandatory", "competitive", "bonus", "gate"};
static const char *const directions[] = {"up", "down"};
static const char *const evidences[] = {"none", "needed"};
static const char *const accumulates[] = {"last", "sum", "mean"};
static const char *const aggregates[] = {"arithmetic", "geometric", "harmonic",
                                         "min",        "sum",       "copeland"};

#define FIELD(name, type, member, words, effective) \
    { \
        name, type, offsetof(struct baton_node, member), sizeof(((struct baton_node *)0)->member), \
            words, effective \
    }

static const struct compare_field of_all[] = {
    FIELD("name", TYPE_ZH, name, NULL, false),
    FIELD("name_en", TYPE_EN, name, NULL, false),
    FIELD("weight", TYPE_NUMBER, weight, NULL, true),
    FIELD("kind", TYPE_WORD, kind, kinds, true),
    FIELD("class", TYPE_WORD, class, classes, true),
    FIELD("decimals", TYPE_WHOLE, decimals, NULL, true),
    FIELD("source", TYPE_TEXT, source, NULL, false),
    FIELD("verifier", TYPE_TEXT, verifier, NULL, false),
    FIELD("measure", TYPE_TEXT, measure, NULL, false),
    FIELD("basis", TYPE_TEXT, basis, NULL, false),
};
static const struct compare_field of_leaves[] = {
    FIELD("value", TYPE_EXPRESSION, value, NULL, true),
    FIELD("accumulate", TYPE_WORD, accumulate, accumulates, true),
    FIELD("direction", TYPE_WORD, direction, directions, true),
    FIELD("due", TYPE_DAYS, due_days, NULL, true),
    FIELD("when", TYPE_EXPRESSION, when, NULL, true),
    FIELD("lo", TYPE_NUMBER, lo, NULL, true),
    FIELD("hi", TYPE_NUMBER, hi, NULL, true),
    FIELD("frequency", TYPE_WORD, frequency, frequency_word, true),
    FIELD("evidence", TYPE_WORD, needs_evidence, evidences, false),
};
static const struct compare_field of_blocks[] = {
    FIELD("aggregate", TYPE_WORD, aggregate, aggregates, true),
};

static struct baton_change change_of(const struct compare *c, const struct pair *pair) {
    const struct baton_node *a = pair->before == BATON_NONE ? NULL : &c->before->node[pair->before];
    const struct baton_node *b = pair->after == BATON_NONE ? NULL : &c->after->node[pair->after];
    const struct baton_node *is = b != NULL ? b : a;
    assert(is != NULL); /* a pair has one at least */
    struct baton_change change = compare_change(BATON_SUBJECT_NODE, pair, a == NULL ? NULL : &a->at,
                                                b == NULL ? NULL : &b->at);
    change.id = is->id;
    change.name = is->name;
    change.effective = false; /* unless the column says otherwise */
    return change;
}

/* A change of one column that no table tells. */
static void add_column(struct compare *c, uint32_t pair, const char *field, const char *before,
                       const char *after) {
    if (compare_same_text(before, after))
        return;
    struct baton_change change = change_of(c, &c->node.pair[pair]);
    change.field = field;
    if (strcmp(field, "gate") == 0) /* which stands elsewhere */
        change.at_before = change.at_after = (struct baton_where){
            .file = "scheme.yaml", .field = arena_printf(c->arena, "gates.%s", change.id)};
    if (strcmp(field, "gate") == 0 && before == NULL)
        change.at_before.file = NULL;
    if (strcmp(field, "gate") == 0 && after == NULL)
        change.at_after.file = NULL;
    change.before = before;
    change.after = after;
    change.effective = true;
    compare_add(c, compare_entity(c, ENTITY_NODE, pair), change);
}

static const char *missing_of(struct compare *c, const struct baton_node *node) {
    static const char *const rules[] = {"redistribute", "zero", "floor",  "mean", "median",
                                        "full",         "last", "factor", "error"};
    if (node->missing == BATON_MISSING_FACTOR)
        return arena_printf(c->arena, "factor(%s)", compare_number(c, node->missing_factor));
    return rules[node->missing];
}

static const char *treat_of(struct compare *c, const struct baton_node *node) {
    switch (node->treat) {
    case BATON_TREAT_WINSORISE:
        return arena_printf(c->arena, "winsorise(%s)", compare_number(c, node->treat_a));
    case BATON_TREAT_LOG:
        return "log";
    case BATON_TREAT_CLIP:
        return arena_printf(c->arena, "clip(%s,%s)", compare_number(c, node->treat_a),
                            compare_number(c, node->treat_b));
    case BATON_TREAT_NONE:
        break;
    }
    return NULL;
}

static const char *method_of(const struct baton_scheme *scheme, const struct baton_node *node) {
    return node->method == BATON_NONE ? NULL : scheme->method[node->method].id;
}

static const char *gate_of(struct compare *c, const struct baton_scheme *scheme,
                           const struct baton_node *node) {
    return node->gate_effect == BATON_NONE
               ? NULL
               : arena_printf(c->arena, "at_least: %s, %s", compare_number(c, node->gate_at_least),
                              compare_effect(c, scheme, node->gate_effect));
}

static void compare_leaf(struct compare *c, uint32_t pair, const struct baton_node *a,
                         const struct baton_node *b, const struct baton_change *change) {
    compare_fields(c, compare_entity(c, ENTITY_NODE, pair), of_leaves, LENGTH(of_leaves), a, b,
                   change);
    add_column(c, pair, "method", method_of(c->before, a), method_of(c->after, b));
    add_column(c, pair, "missing", missing_of(c, a), missing_of(c, b));
    add_column(c, pair, "treat", treat_of(c, a), treat_of(c, b));
    add_column(c, pair, "gate", gate_of(c, c->before, a), gate_of(c, c->after, b));
}

static void compare_both(struct compare *c, uint32_t pair) {
    const struct pair *p = &c->node.pair[pair];
    const struct baton_node *a = &c->before->node[p->before], *b = &c->after->node[p->after];
    const uint32_t entity = compare_entity(c, ENTITY_NODE, pair);
    struct baton_change change = change_of(c, p);
    change.effective = true;
    if (strcmp(a->id, b->id) != 0) {
        struct baton_change *renamed = compare_add(c, entity, change);
        renamed->act = BATON_ACT_RENAMED;
        renamed->before = a->id;
        renamed->after = b->id;
    }
    if (p->before > 0 && c->node.pair[a->parent].after != b->parent) {
        struct baton_change *moved = compare_add(c, entity, change);
        moved->act = BATON_ACT_MOVED;
        moved->before = c->before->node[a->parent].id;
        moved->after = c->after->node[b->parent].id;
    }
    if (p->before > 0)
        compare_fields(c, entity, of_all, LENGTH(of_all), a, b, &change);
    else
        change.at_before = change.at_after =
            (struct baton_where){.file = "scheme.yaml", .field = "defaults.root_aggregate"};
    if ((a->child_count > 0) != (b->child_count > 0))
        add_column(c, pair, "shape", a->child_count > 0 ? "block" : "leaf",
                   b->child_count > 0 ? "block" : "leaf");
    else if (a->child_count > 0)
        compare_fields(c, entity, of_blocks, LENGTH(of_blocks), a, b, &change);
    else
        compare_leaf(c, pair, a, b, &change);
}

/* ---- weights.csv */

/* Who a row is for, as it is written. */
static const char *whose(struct compare *c, const struct baton_scheme *scheme,
                         const struct baton_weight *row) {
    return row->unit != BATON_NONE
               ? scheme->unit[row->unit].id
               : arena_printf(c->arena, "group:%s", scheme->group[row->group].id);
}

/* A row of a unit that only one of the schemes has comes and goes with the unit. */
static bool is_of_year(const struct compare *c, bool is_before, const struct baton_weight *row) {
    if (row->unit == BATON_NONE)
        return false;
    const struct pair *pair = &c->unit.pair[is_before ? row->unit : c->unit.of_after[row->unit]];
    return pair->before == BATON_NONE || pair->after == BATON_NONE;
}

static void add_row(struct compare *c, uint32_t pair, const char *of,
                    const struct baton_weight *before, const struct baton_weight *after) {
    struct baton_change change = change_of(c, &c->node.pair[pair]);
    change.subject = BATON_SUBJECT_WEIGHT;
    change.act = before == NULL  ? BATON_ACT_ADDED
                 : after == NULL ? BATON_ACT_DROPPED
                                 : BATON_ACT_CHANGED;
    change.field = change.act == BATON_ACT_CHANGED ? "weight" : NULL;
    change.of = of;
    change.at_before = before == NULL ? (struct baton_where){0} : before->at;
    change.at_after = after == NULL ? (struct baton_where){0} : after->at;
    change.is_number = change.effective = true;
    change.number_before = before == NULL ? NAN : before->weight;
    change.number_after = after == NULL ? NAN : after->weight;
    change.before = compare_number(c, change.number_before);
    change.after = compare_number(c, change.number_after);
    compare_add(c, compare_entity(c, ENTITY_NODE, pair), change);
}

static void compare_rows(struct compare *c) {
    const struct baton_scheme *a = c->before, *b = c->after;
    struct hash rows = {0};
    bool *met = arena_alloc(c->arena, a->weight_count, sizeof(bool));
    for (uint32_t i = 0; i < a->weight_count; i++) {
        const char *key =
            arena_printf(c->arena, "%u %s", a->weight[i].node, whose(c, a, &a->weight[i]));
        hash_add(c->arena, &rows, key, strlen(key), i);
    }
    for (uint32_t i = 0; i < b->weight_count; i++) {
        const struct baton_weight *row = &b->weight[i];
        const uint32_t pair = c->node.of_after[row->node];
        const char *of = whose(c, b, row), *key = arena_printf(c->arena, "%u %s", pair, of);
        const uint32_t known = hash_find(&rows, key, strlen(key));
        if (known != HASH_NONE)
            met[known] = true;
        const struct baton_weight *before = known == HASH_NONE ? NULL : &a->weight[known];
        if (!is_of_year(c, false, row) && (before == NULL || before->weight != row->weight))
            add_row(c, pair, of, before, row);
    }
    for (uint32_t i = 0; i < a->weight_count; i++)
        if (!met[i] && !is_of_year(c, true, &a->weight[i]))
            add_row(c, a->weight[i].node, whose(c, a, &a->weight[i]), &a->weight[i], NULL);
}

void compare_nodes(struct compare *c) {
    for (uint32_t i = 0; i < c->node.count; i++) {
        const struct pair *pair = &c->node.pair[i];
        if (pair->before != BATON_NONE && pair->after != BATON_NONE) {
            compare_both(c, i);
            continue;
        }
        struct baton_change change = change_of(c, pair);
        const bool is_added = pair->before == BATON_NONE;
        const struct baton_scheme *scheme = is_added ? c->after : c->before;
        const struct baton_node *node = &scheme->node[is_added ? pair->after : pair->before];
        change.act = is_added ? BATON_ACT_ADDED : BATON_ACT_DROPPED;
        change.effective = change.is_number = true;
        *(is_added ? &change.number_after : &change.number_before) = node->weight;
        *(is_added ? &change.after : &change.before) = compare_number(c, node->weight);
        compare_add(c, compare_entity(c, ENTITY_NODE, i), change);
    }
    compare_rows(c);
}
