/* Text -> compiled rule, and the named elements of a scheme, each after those that it names. */
#include "engine/rule_tree.h"
#include <assert.h>
#include <string.h>

/* A report on a copy of the text, which the tree may keep. */
static struct rule_report report_open(struct baton_arena *arena, struct baton_expression source,
                                      struct baton_findings *found) {
    const size_t size = strlen(source.text);
    source.text = arena_text(arena, source.text, size);
    return (struct rule_report){.arena = arena, .source = source, .size = size, .found = found};
}

static baton_code compile_tree(struct rule_report *report, const struct rule_scope *scope,
                               struct tree *tree, const struct rule **out) {
    struct baton_arena *arena = report->arena;
    struct check check = {.report = *report, .arena = arena, .scope = scope};
    TRY(rule_check(&check, tree));
    struct rule *rule = arena_alloc(arena, 1, sizeof *rule);
    rule->text = report->source.text;
    rule->uses = check.uses;
    rule->tree = tree;
    rule->depth = tree->depth;
    rule->bare = tree->bare;
    rule->moved = tree->moved;
    rule->program = rule_emit(arena, tree);
    if (rule->program->columns > RULE_COLUMNS_MAX) {
        const char *most = arena_printf(arena, "%d", RULE_COLUMNS_MAX);
        rule_report(report, BATON_RULE_TOO_MUCH_WORK, tree->begin, most, NULL);
        return report->code;
    }
    *out = rule;
    return BATON_OK;
}

baton_code rule_compile(struct baton_arena *arena, const struct rule_scope *scope,
                        struct baton_expression source, const struct rule **out,
                        struct baton_findings *found) {
    assert(source.text != NULL);
    struct rule_report report = report_open(arena, source, found);
    struct tree *tree = rule_parse(&report);
    return tree == NULL ? report.code : compile_tree(&report, scope, tree, out);
}

const struct rule_uses *rule_uses(const struct rule *rule) {
    return &rule->uses;
}

const char *rule_text(const struct rule *rule) {
    return rule->text;
}

/* ---- Named elements. */

/* A named element that another one names. */
struct naming {
    uint32_t element;
    uint32_t at; /* byte of the text where it is named */
};

enum naming_state { STATE_NEW, STATE_OPEN, STATE_DONE };

struct named {
    struct rule_report report;
    struct tree *tree; /* NULL = reported, or not sound */
    struct naming *names;
    size_t name_count, name_capacity;
    size_t next; /* the one of `names` to be looked at next */
    enum naming_state state;
    bool in_cycle;
};

struct naming_order {
    struct baton_arena *arena;
    struct rule_scope scope;
    const struct rule_scope *outer;
    struct named *named;
    uint32_t count; /* elements */
    const struct rule **rules;
    uint32_t *open; /* elements that are being looked at, each named by the one before */
    size_t open_count, open_capacity;
    baton_code code;
};

static const struct rule *rule_of(void *context, uint32_t element) {
    const struct naming_order *order = context;
    return element < order->count ? order->rules[element] : NULL;
}

/* The callbacks of the scope, whose context the order has taken. */
static uint32_t element_of(void *context, const char *id, size_t size) {
    const struct naming_order *order = context;
    return order->outer->element(order->outer->context, id, size);
}

static uint32_t code_of(void *context, const char *text, size_t size) {
    const struct naming_order *order = context;
    return order->outer->code(order->outer->context, text, size);
}

static uint32_t unit_of(void *context, const char *id, size_t size) {
    const struct naming_order *order = context;
    return order->outer->unit(order->outer->context, id, size);
}

static uint32_t node_of(void *context, const char *id, size_t size) {
    const struct naming_order *order = context;
    return order->outer->node(order->outer->context, id, size);
}

static bool is_place_name(const struct tree *tree) {
    const struct rule_name_entry *names = rule_names();
    for (uint32_t i = 0; i < RULE_NAMES; i++)
        if ((names[i].places & 1u << RULE_ELEMENT) != 0 && strlen(names[i].name) == tree->size &&
            memcmp(names[i].name, tree->text, tree->size) == 0)
            return tree->kind == TREE_NAME;
    return false;
}

/* Whether the n-th argument of a call is a value, not the identifier of something. */
static bool is_value_argument(const struct tree *call, uint32_t n) {
    enum rule_function_id id;
    if (!function_find(call->text, call->size, &id))
        return true;
    const char *letters = function_of(id)->arguments;
    const size_t last = strlen(letters) - 1;
    return strchr("ncs", letters[n < last ? n : last]) != NULL;
}

/* Lists the named elements that a tree names. */
static void collect_names(struct naming_order *order, struct named *by, const struct tree *tree) {
    if ((tree->kind == TREE_NAME || tree->kind == TREE_QUOTED) && !is_place_name(tree)) {
        const uint32_t element = element_of(order, tree->text, tree->size);
        if (element < order->count && order->named[element].report.source.text != NULL)
            *ARRAY_PUSH(order->arena, by->names, by->name_count, by->name_capacity) =
                (struct naming){element, tree->at};
    }
    for (uint32_t i = 0; i < tree->count; i++)
        if (tree->kind != TREE_CALL || is_value_argument(tree, i))
            collect_names(order, by, tree->arg[i]);
    if (tree->where != NULL)
        collect_names(order, by, tree->where);
}

static void note_code(struct naming_order *order, baton_code code) {
    if (order->code == BATON_OK)
        order->code = code;
}

/* The open elements from the first-th on name each other in a circle. It is reported once, although
 * the last may name the first several times. */
static void report_cycle(struct naming_order *order, size_t first) {
    size_t known = first;
    while (known < order->open_count && order->named[order->open[known]].in_cycle)
        known++;
    if (known == order->open_count)
        return;
    const struct baton_element *element = order->scope.scheme->element;
    const char *names = element[order->open[first]].id;
    for (size_t i = first; i < order->open_count; i++) {
        const uint32_t next = order->open[i + 1 < order->open_count ? i + 1 : first];
        names = arena_printf(order->arena, "%s -> %s", names, element[next].id);
        order->named[order->open[i]].in_cycle = true;
    }
    struct named *begin = &order->named[order->open[first]];
    rule_report(&begin->report, BATON_RULE_CYCLE, begin->names[begin->next - 1].at, names, NULL);
    note_code(order, BATON_RULE_CYCLE);
}

static size_t place_in_open(const struct naming_order *order, uint32_t element) {
    size_t i = 0;
    while (order->open[i] != element)
        i++;
    return i;
}

/* All that the last open element names is done: so can it be. */
static void close_element(struct naming_order *order) {
    const uint32_t element = order->open[--order->open_count];
    struct named *named = &order->named[element];
    named->state = STATE_DONE;
    if (named->tree == NULL || named->in_cycle)
        return;
    note_code(order,
              compile_tree(&named->report, &order->scope, named->tree, &order->rules[element]));
}

static void open_element(struct naming_order *order, uint32_t element) {
    order->named[element].state = STATE_OPEN;
    *ARRAY_PUSH(order->arena, order->open, order->open_count, order->open_capacity) = element;
}

/* Compiles an element after all that it names, one by one without recursion, as chains may be long.
 */
static void visit(struct naming_order *order, uint32_t element) {
    open_element(order, element);
    while (order->open_count > 0) {
        struct named *named = &order->named[order->open[order->open_count - 1]];
        if (named->next == named->name_count) {
            close_element(order);
            continue;
        }
        const uint32_t next = named->names[named->next++].element;
        if (order->named[next].state == STATE_NEW)
            open_element(order, next);
        else if (order->named[next].state == STATE_OPEN)
            report_cycle(order, place_in_open(order, next));
    }
}

baton_code rule_compile_elements(struct baton_arena *arena, const struct rule_scope *scope,
                                 const struct rule **rules, struct baton_findings *found) {
    const uint32_t count = scope->scheme->element_count;
    struct naming_order order = {.arena = arena, .outer = scope, .count = count, .rules = rules};
    order.scope = (struct rule_scope){.place = RULE_ELEMENT,
                                      .scheme = scope->scheme,
                                      .context = &order,
                                      .element = element_of,
                                      .code = code_of,
                                      .named = rule_of,
                                      .unit = unit_of,
                                      .node = node_of};
    order.named = arena_alloc(arena, count, sizeof *order.named);
    for (uint32_t e = 0; e < count; e++) {
        rules[e] = NULL;
        if (scope->scheme->element[e].value.text != NULL)
            order.named[e].report = report_open(arena, scope->scheme->element[e].value, found);
    }
    for (uint32_t e = 0; e < count; e++) {
        struct named *named = &order.named[e];
        if (named->report.source.text == NULL)
            continue;
        named->tree = rule_parse(&named->report);
        if (named->tree == NULL)
            note_code(&order, named->report.code);
        else
            collect_names(&order, named, named->tree);
    }
    for (uint32_t e = 0; e < count; e++)
        if (order.named[e].report.source.text != NULL && order.named[e].state == STATE_NEW)
            visit(&order, e);
    return order.code;
}
