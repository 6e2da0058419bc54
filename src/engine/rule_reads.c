/* Of which units a rule reads its figures.
 *
 * A set of units goes down the tree and is put in place of another at each function over units and of the cohort. A named element that stands in several places gets what
 * comes from all of them before it is walked itself, so that each is walked once, however often it is named. */
#include "base/hash.h"
#include "engine/rule_tree.h"
#include <assert.h>
#include <string.h>

/* Units that some figure is read of. */
struct readers {
    const uint8_t *unit; /* NULL = none yet */
    uint8_t *own;        /* the same, where it was put together here */
};

/* A rule that is to be walked: the one asked for, and what it names. */
struct named_rule {
    const struct rule *rule;
    struct readers of;
};

/* What a function made of a set. */
struct image {
    const uint8_t *from, *to;
    enum rule_function_id function; /* of the cohort all are one: FN_MEAN */
    uint32_t index;
};

struct walk {
    struct baton_arena *arena;
    const struct baton_scheme *scheme;
    const uint32_t *cohort;
    struct hash known; /* places in `named`, by the address of the rule */
    struct named_rule **named;
    size_t named_count, named_capacity; /* each behind those that it names */
    struct hash elements;               /* places in `element`, by index */
    struct readers *element;
    struct readers x;
    struct image *image;
    size_t image_count, image_capacity;
};

static void add_units(const struct walk *walk, struct readers *to, const uint8_t *unit) {
    const size_t units = walk->scheme->unit_count;
    if (to->unit == NULL)
        to->unit = unit;
    if (to->unit == unit)
        return;
    if (to->own == NULL) {
        to->own = arena_alloc_raw(walk->arena, units, 1);
        memcpy(to->own, to->unit, units);
        to->unit = to->own;
    }
    for (size_t u = 0; u < units; u++)
        to->own[u] |= unit[u];
}

/* ---- What is named. */

static uint32_t place_of(const struct walk *walk, const struct rule *rule) {
    return hash_find(&walk->known, (const char *)&rule, sizeof rule);
}

static void list_rule(struct walk *walk, const struct rule *rule);

static void list_named(struct walk *walk, const struct tree *tree) {
    if (tree->kind == TREE_NAMED || tree->kind == TREE_WHERE)
        list_rule(walk, tree->rule);
    for (uint32_t i = 0; i < tree->count; i++)
        list_named(walk, tree->arg[i]);
    if (tree->where != NULL)
        list_named(walk, tree->where);
}

static void list_rule(struct walk *walk, const struct rule *rule) {
    if (place_of(walk, rule) != HASH_NONE)
        return;
    list_named(walk, rule->tree); /* in no circle, and not deep: RULE_DEPTH_MAX */
    struct named_rule *const named = arena_alloc(walk->arena, 1, sizeof *named);
    named->rule = rule;
    hash_add(walk->arena, &walk->known, (const char *)&named->rule, sizeof named->rule,
             (uint32_t)walk->named_count);
    *ARRAY_PUSH(walk->arena, walk->named, walk->named_count, walk->named_capacity) = named;
}

/* ---- Sets of units. */

static void map_parent(const struct baton_scheme *scheme, const uint8_t *from, bool share,
                       uint8_t *to) {
    for (uint32_t u = 0; u < scheme->unit_count; u++) {
        const uint32_t parent = scheme->unit[u].parent;
        if (from[u] == 0 || parent == BATON_NONE)
            continue; /* without a parent there is no share either */
        to[parent] = 1;
        to[u] |= share;
    }
}

static void map_children(const struct baton_scheme *scheme, const uint8_t *from, uint8_t *to) {
    for (uint32_t u = 0; u < scheme->unit_count; u++) {
        const uint32_t parent = scheme->unit[u].parent;
        to[u] = parent != BATON_NONE && from[parent] != 0;
    }
}

static void map_cohort(const struct walk *walk, const uint8_t *from, uint8_t *to) {
    const uint32_t units = walk->scheme->unit_count;
    uint32_t cohorts = 0;
    for (uint32_t u = 0; u < units; u++)
        if (walk->cohort[u] != BATON_NONE && walk->cohort[u] >= cohorts)
            cohorts = walk->cohort[u] + 1;
    bool *const wanted = arena_alloc(walk->arena, cohorts, sizeof *wanted);
    for (uint32_t u = 0; u < units; u++)
        if (from[u] != 0 && walk->cohort[u] != BATON_NONE)
            wanted[walk->cohort[u]] = true;
    for (uint32_t u = 0; u < units; u++)
        to[u] = walk->cohort[u] != BATON_NONE && wanted[walk->cohort[u]];
}

static void map_units(const struct walk *walk, const struct image *image, uint8_t *to) {
    switch (image->function) {
    case FN_OF:
        to[image->index] = memchr(image->from, 1, walk->scheme->unit_count) != NULL;
        break;
    case FN_PARENT:
    case FN_SHARE:
        map_parent(walk->scheme, image->from, image->function == FN_SHARE, to);
        break;
    case FN_CHILDREN:
        map_children(walk->scheme, image->from, to);
        break;
    default:
        map_cohort(walk, image->from, to);
    }
}

/* The units whose figures the argument of a call is made of. */
static const uint8_t *units_below(struct walk *walk, const struct tree *call,
                                  const uint8_t *units) {
    struct image image = {units, NULL, call->function, 0};
    const enum rule_function_kind kind = function_of(call->function)->kind;
    if (kind == RULE_OVER_COHORT)
        image.function = FN_MEAN;
    else if (kind != RULE_OVER_UNITS)
        return units;
    if (call->function == FN_OF)
        image.index = call->index;
    for (size_t i = 0; i < walk->image_count; i++)
        if (walk->image[i].from == units && walk->image[i].function == image.function &&
            walk->image[i].index == image.index)
            return walk->image[i].to;
    uint8_t *const to = arena_alloc(walk->arena, walk->scheme->unit_count, 1);
    map_units(walk, &image, to);
    image.to = to;
    *ARRAY_PUSH(walk->arena, walk->image, walk->image_count, walk->image_capacity) = image;
    return to;
}

static void walk_tree(struct walk *walk, const struct tree *tree, const uint8_t *units) {
    switch (tree->kind) {
    case TREE_ELEMENT:
        add_units(walk,
                  &walk->element[hash_find(&walk->elements, (const char *)&tree->index,
                                           sizeof tree->index)],
                  units);
        return;
    case TREE_PLACE:
        if (tree->name == RULE_X)
            add_units(walk, &walk->x, units);
        return;
    case TREE_NAMED:
    case TREE_WHERE:
        add_units(walk, &walk->named[place_of(walk, tree->rule)]->of, units);
        return;
    case TREE_CALL:
        units = units_below(walk, tree, units);
        break;
    default:
        break;
    }
    for (uint32_t i = 0; i < tree->count; i++)
        walk_tree(walk, tree->arg[i], units);
    if (tree->where != NULL)
        walk_tree(walk, tree->where, units);
}

void rule_reads_of(struct baton_arena *arena, const struct rule *rule,
                   const struct baton_scheme *scheme, const uint8_t *units, const uint32_t *cohort,
                   struct rule_reads *out) {
    const struct rule_uses *const uses = rule_uses(rule);
    struct walk walk = {.arena = arena, .scheme = scheme, .cohort = cohort};
    walk.element = arena_alloc(arena, uses->element_count, sizeof *walk.element);
    for (uint32_t i = 0; i < uses->element_count; i++)
        hash_add(arena, &walk.elements, (const char *)&uses->element[i], sizeof uses->element[i],
                 i);
    list_rule(&walk, rule);
    assert(walk.named_count > 0); /* the rule itself */
    walk.named[walk.named_count - 1]->of.unit = units;
    for (size_t i = walk.named_count; i-- > 0;)
        walk_tree(&walk, walk.named[i]->rule->tree, walk.named[i]->of.unit);
    const uint8_t **const element = arena_alloc(arena, uses->element_count, sizeof *element);
    for (uint32_t i = 0; i < uses->element_count; i++)
        element[i] = walk.element[i].unit;
    *out = (struct rule_reads){element, walk.x.unit};
}
