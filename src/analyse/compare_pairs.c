/* Matching: what of the old scheme is what of the new one. By ids; an indicator that has another id but the same name, shape and
 * value is the same too, where only one on either side can be meant. */
#include "analyse/compare.h"
#include <math.h>
#include <string.h>

/* The id of the i-th thing of an array whose items begin with it. */
static const char *id_of(const void *things, size_t size, uint32_t i) {
    return *(const char *const *)(const void *)((const char *)things + i * size);
}

/* Pairs of two arrays of structs of `size` bytes that begin with their ids. */
static struct pairs pair_up(struct baton_arena *arena, const void *before, uint32_t before_count,
                            const void *after, uint32_t after_count, size_t size) {
    struct pairs pairs = {
        .pair = arena_alloc(arena, (size_t)before_count + after_count, sizeof(*pairs.pair)),
        .of_after = arena_alloc(arena, after_count, sizeof(uint32_t)),
        .count = before_count};
    struct hash ids = {0};
    for (uint32_t i = 0; i < before_count; i++) {
        const char *id = id_of(before, size, i);
        pairs.pair[i] = (struct pair){i, BATON_NONE};
        hash_add(arena, &ids, id, strlen(id), i);
    }
    for (uint32_t i = 0; i < after_count; i++) {
        const char *id = id_of(after, size, i);
        const uint32_t known = hash_find(&ids, id, strlen(id));
        pairs.of_after[i] = known != HASH_NONE ? known : pairs.count;
        if (known != HASH_NONE)
            pairs.pair[known].after = i;
        else
            pairs.pair[pairs.count++] = (struct pair){BATON_NONE, i};
    }
    return pairs;
}

static bool looks_alike(const struct baton_node *a, const struct baton_node *b) {
    return (a->child_count > 0) == (b->child_count > 0) && a->name.zh != NULL &&
           b->name.zh != NULL && strcmp(a->name.zh, b->name.zh) == 0 &&
           compare_same_expression(a->value.text, b->value.text);
}

/* How many nodes of a list look like `node`; *which gets the last. */
static uint32_t count_alike(const struct baton_node *nodes, const uint32_t *list, uint32_t count,
                            const struct baton_node *node, uint32_t *which) {
    uint32_t alike = 0;
    for (uint32_t i = 0; i < count; i++)
        if (looks_alike(&nodes[list[i]], node)) {
            *which = i;
            alike++;
        }
    return alike;
}

/* Makes one pair of a dropped node and an added one that can only be the same. */
static void find_renamed(struct compare *c) {
    struct pairs *pairs = &c->node;
    uint32_t *gone = arena_alloc(c->arena, c->before->node_count, sizeof(uint32_t));
    uint32_t *come = arena_alloc(c->arena, c->after->node_count, sizeof(uint32_t));
    uint32_t gone_count = 0, come_count = 0, which, back;
    for (uint32_t i = 0; i < pairs->count; i++) {
        if (pairs->pair[i].after == BATON_NONE)
            gone[gone_count++] = i;
        else if (pairs->pair[i].before == BATON_NONE)
            come[come_count++] = pairs->pair[i].after;
    }
    for (uint32_t i = 0; i < gone_count; i++) {
        const struct baton_node *node = &c->before->node[gone[i]];
        if (count_alike(c->after->node, come, come_count, node, &which) == 1 &&
            count_alike(c->before->node, gone, gone_count, &c->after->node[come[which]], &back) ==
                1)
            pairs->pair[gone[i]].after = come[which];
    }
    uint32_t kept = c->before->node_count; /* pairs that were made one leave no gap */
    for (uint32_t i = kept; i < pairs->count; i++) {
        bool taken = false;
        for (uint32_t k = 0; k < gone_count; k++)
            taken = taken || pairs->pair[gone[k]].after == pairs->pair[i].after;
        if (!taken)
            pairs->pair[kept++] = pairs->pair[i];
    }
    pairs->count = kept;
    for (uint32_t i = 0; i < kept; i++)
        if (pairs->pair[i].after != BATON_NONE)
            pairs->of_after[pairs->pair[i].after] = i;
}

void compare_pair_all(struct compare *c) {
    const struct baton_scheme *a = c->before, *b = c->after;
    struct baton_arena *arena = c->arena;
    c->node = pair_up(arena, a->node, a->node_count, b->node, b->node_count, sizeof(*a->node));
    find_renamed(c);
    c->element = pair_up(arena, a->element, a->element_count, b->element, b->element_count,
                         sizeof(*a->element));
    c->method =
        pair_up(arena, a->method, a->method_count, b->method, b->method_count, sizeof(*a->method));
    c->grades =
        pair_up(arena, a->grades, a->grades_count, b->grades, b->grades_count, sizeof(*a->grades));
    c->group =
        pair_up(arena, a->group, a->group_count, b->group, b->group_count, sizeof(*a->group));
    c->unit = pair_up(arena, a->unit, a->unit_count, b->unit, b->unit_count, sizeof(*a->unit));
    c->item = pair_up(arena, a->item, a->item_count, b->item, b->item_count, sizeof(*a->item));
    c->award =
        pair_up(arena, a->award, a->award_count, b->award, b->award_count, sizeof(*a->award));
    c->check =
        pair_up(arena, a->check, a->check_count, b->check, b->check_count, sizeof(*a->check));
    c->import =
        pair_up(arena, a->import, a->import_count, b->import, b->import_count, sizeof(*a->import));
    uint32_t settings;
    compare_setting_list(&settings);
    const uint32_t count[ENTITY_KINDS] = {[ENTITY_NODE] = c->node.count,
                                          [ENTITY_ELEMENT] = c->element.count,
                                          [ENTITY_METHOD] = c->method.count,
                                          [ENTITY_SETTING] = settings,
                                          [ENTITY_RATINGS] = 1,
                                          [ENTITY_GRADES] = c->grades.count,
                                          [ENTITY_GROUP] = c->group.count,
                                          [ENTITY_UNIT] = c->unit.count,
                                          [ENTITY_ITEM] = c->item.count,
                                          [ENTITY_AWARD] = c->award.count,
                                          [ENTITY_CHECK] = c->check.count,
                                          [ENTITY_IMPORT] = c->import.count};
    for (int kind = 0; kind < ENTITY_KINDS; kind++)
        c->first[kind + 1] = c->first[kind] + count[kind];
    c->touched = arena_alloc(arena, c->first[ENTITY_KINDS], sizeof(bool));
}

struct baton_change *compare_add(struct compare *c, uint32_t entity, struct baton_change change) {
    change.amendment = BATON_NONE;
    *ARRAY_PUSH(c->arena, c->entity_of, c->entity_of_count, c->entity_of_capacity) = entity;
    struct baton_change *added =
        ARRAY_PUSH(c->arena, c->change, c->change_count, c->change_capacity);
    *added = change;
    if (entity != BATON_NONE)
        c->touched[entity] = true;
    return added;
}

struct baton_change compare_change(enum baton_subject subject, const struct pair *pair,
                                   const struct baton_where *before,
                                   const struct baton_where *after) {
    return (struct baton_change){
        .subject = subject,
        .act = pair->before == BATON_NONE  ? BATON_ACT_ADDED
               : pair->after == BATON_NONE ? BATON_ACT_DROPPED
                                           : BATON_ACT_CHANGED,
        .index_before = pair->before,
        .index_after = pair->after,
        .number_before = NAN,
        .number_after = NAN,
        .at_before = before == NULL ? (struct baton_where){0} : *before,
        .at_after = after == NULL ? (struct baton_where){0} : *after,
        .effective = true,
    };
}

void compare_add_field(struct compare *c, uint32_t entity, struct baton_change change,
                       const char *field, const char *before, const char *after) {
    if (compare_same_text(before, after))
        return;
    change.field = field;
    change.before = before;
    change.after = after;
    compare_add(c, entity, change);
}
