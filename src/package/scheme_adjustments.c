/* `adjustments`, `gates` and `awards` of scheme.yaml: items outside the hundred points, what a veto or a gate does, and
 * honours. */
#include "package/scheme_reader.h"
#include <math.h>
#include <string.h>

static const char effect_keys[] = "grade_at_most node_zero unranked no_award bonus_void";

/* Effects */

struct effect_keys {
    struct baton_effect effect;
    const struct yaml_value *grade_at_most, *node_zero;
};

#define EFFECT_KEYS(holder) \
    {.name = "grade_at_most", .type = KEY_ANY, .offset = offsetof(holder, grade_at_most)}, \
        {.name = "node_zero", .type = KEY_ANY, .offset = offsetof(holder, node_zero)}, \
        {.name = "unranked", .type = KEY_FLAG, .offset = offsetof(holder, effect.unranked)}, \
        {.name = "no_award", .type = KEY_FLAG, .offset = offsetof(holder, effect.no_award)}, \
        {.name = "bonus_void", .type = KEY_FLAG, .offset = offsetof(holder, effect.bonus_void)},

/* Adds the effect; answers its index. `whole` is what the effect belongs to. */
static uint32_t add_effect(struct scheme_reader *r, const struct effect_keys *from,
                           const struct yaml_value *whole, const char *id) {
    uint32_t index = r->scheme->effect_count++;
    struct baton_effect *effect = &r->scheme->effect[index];
    *effect = from->effect;
    effect->at = keys_at_key(&r->keys, whole);
    effect->grade_at_most = effect->node_zero = BATON_NONE;
    const char *text;
    if (from->grade_at_most != NULL && keys_text(&r->keys, from->grade_at_most, &text)) {
        effect->grade_at_most = hash_find(&r->grade_ids, text, from->grade_at_most->size);
        if (effect->grade_at_most == BATON_NONE)
            keys_report(&r->keys, BATON_GRADE_UNKNOWN, from->grade_at_most,
                        keys_excerpt(&r->keys, from->grade_at_most),
                        package_guess(r->package, &r->grade_ids, text, from->grade_at_most->size),
                        NULL, NULL);
    }
    if (from->node_zero != NULL && keys_text(&r->keys, from->node_zero, &text))
        scheme_later(r, from->node_zero, &effect->node_zero);
    if (from->grade_at_most == NULL && from->node_zero == NULL && !effect->unranked &&
        !effect->no_award && !effect->bonus_void)
        baton_findings_add(r->keys.found, BATON_EFFECT_NEEDED, keys_at_key(&r->keys, whole), id,
                           effect_keys, NULL, NULL);
    return index;
}

static bool read_effect(struct scheme_reader *r, const struct yaml_value *map,
                        struct effect_keys *out) {
    static const struct key keys[] = {EFFECT_KEYS(struct effect_keys)};
    return keys_read(&r->keys, map, keys, LENGTH(keys), out);
}

/* Items */

struct item_keys {
    struct baton_item item;
    const struct yaml_value *points, *levels, *effect_map;
    enum { COUNT_ALL, COUNT_HIGHEST } count;
    struct baton_effect effect; /* one of its keys alone */
    const struct yaml_value *grade_at_most, *node_zero;
};

/* A number, or an expression, which may begin with a number too: 10*growth. */
static bool is_expression(const struct yaml_value *value) {
    double number;
    bool percent;
    if (value->kind != YAML_TEXT || value->size == 0)
        return false;
    enum baton_number_error error = baton_number_parse(value->text, value->size, &number, &percent);
    return error == BATON_NUMBER_NOT ||
           (error != BATON_NUMBER_OK && strpbrk(value->text, "+-*/^(") != NULL);
}

static void read_points(struct scheme_reader *r, const struct yaml_value *value,
                        struct baton_item *item) {
    if (is_expression(value))
        keys_expression(&r->keys, value, &item->points_rule);
    else if (keys_number(&r->keys, value, -1e100, 1e100, &item->points) && item->points < 0)
        keys_report(&r->keys, BATON_POINTS_NEGATIVE, value, keys_excerpt(&r->keys, value), NULL,
                    NULL, NULL);
}

static void read_levels(struct scheme_reader *r, const struct yaml_value *map,
                        struct baton_item *item) {
    if (map->count == 0)
        keys_report(&r->keys, BATON_TABLE_EMPTY, map, NULL, NULL, NULL, NULL);
    struct baton_level *level = arena_alloc(r->keys.arena, map->count, sizeof(*level));
    for (const struct yaml_value *value = map->first; value != NULL; value = value->next) {
        struct baton_level *next = &level[item->level_count];
        bool named = keys_name(&r->keys, value);
        if (!keys_number(&r->keys, value, -1e100, 1e100, &next->points) || !named)
            continue;
        if (next->points < 0)
            keys_report(&r->keys, BATON_POINTS_NEGATIVE, value, keys_excerpt(&r->keys, value), NULL,
                        NULL, NULL);
        next->id = value->key;
        item->level_count++;
    }
    item->level = level;
}

/* Reports those of the keys (separated by spaces) that the map has. */
static void report_keys(struct scheme_reader *r, baton_code code, const struct yaml_value *map,
                        const char *keys, const char *kind, const char *computed) {
    for (const struct yaml_value *value = map->first; value != NULL; value = value->next)
        if (method_word(keys, value->key) >= 0)
            baton_findings_add(r->keys.found, code, keys_at_key(&r->keys, value), value->key, kind,
                               computed, NULL);
}

static void read_veto(struct scheme_reader *r, const struct yaml_value *map,
                      const struct item_keys *from, struct baton_item *item) {
    report_keys(r, BATON_ITEM_KEY_IDLE, map, "points levels cap count", "veto", NULL);
    struct effect_keys effect = {from->effect, from->grade_at_most, from->node_zero};
    int alone = 0;
    for (const struct yaml_value *value = map->first; value != NULL; value = value->next)
        alone += method_word(effect_keys, value->key) >= 0;
    if (alone + (from->effect_map != NULL) > 1)
        keys_report(&r->keys, BATON_EFFECT_TWICE, map, item->id, NULL, NULL, NULL);
    if (from->effect_map != NULL && !read_effect(r, from->effect_map, &effect))
        return;
    item->effect = add_effect(r, &effect, map, item->id);
}

static void read_item(struct scheme_reader *r, const struct yaml_value *map,
                      const struct item_keys *from, struct baton_item *item) {
    *item = from->item;
    item->at = keys_at(&r->keys, map);
    item->highest = from->count == COUNT_HIGHEST;
    if (yaml_get(map, "kind") == NULL)
        return; /* reported; what else it may have depends on the kind */
    if (item->kind == BATON_VETO) {
        read_veto(r, map, from, item);
        return;
    }
    static const char *const kind[] = {[BATON_BONUS] = "bonus", [BATON_DEDUCTION] = "deduction"};
    report_keys(r, BATON_ITEM_KEY_ELSEWHERE, map,
                "effect until grade_at_most node_zero unranked no_award bonus_void",
                kind[item->kind], NULL);
    if (from->points != NULL)
        read_points(r, from->points, item);
    if (from->levels != NULL)
        read_levels(r, from->levels, item);
    if (item->points_rule.text != NULL)
        report_keys(r, BATON_ITEM_KEY_IDLE, map, "levels count", kind[item->kind], "computed");
}

static void read_items(struct scheme_reader *r, const struct yaml_value *list) {
    static const struct key keys[] = {
        {.name = "id",
         .type = KEY_ID,
         .needed = true,
         .offset = offsetof(struct item_keys, item.id)},
        {.name = "kind",
         .type = KEY_WORD,
         .needed = true,
         .offset = offsetof(struct item_keys, item.kind),
         .words = "bonus deduction veto"},
        {.name = "title", .type = KEY_TITLE, .offset = offsetof(struct item_keys, item.title)},
        {.name = "when", .type = KEY_EXPRESSION, .offset = offsetof(struct item_keys, item.when)},
        {.name = "points", .type = KEY_ANY, .offset = offsetof(struct item_keys, points)},
        {.name = "levels", .type = KEY_MAP, .offset = offsetof(struct item_keys, levels)},
        {.name = "cap",
         .type = KEY_NUMBER,
         .offset = offsetof(struct item_keys, item.cap),
         .highest = 1e100},
        {.name = "count",
         .type = KEY_WORD,
         .offset = offsetof(struct item_keys, count),
         .words = "all highest"},
        {.name = "effect", .type = KEY_MAP, .offset = offsetof(struct item_keys, effect_map)},
        {.name = "until", .type = KEY_PERIOD, .offset = offsetof(struct item_keys, item.until)},
        EFFECT_KEYS(struct item_keys)};
    struct hash ids = {0};
    r->scheme->item = arena_alloc(r->keys.arena, list->count, sizeof(*r->scheme->item));
    for (const struct yaml_value *map = list->first; map != NULL; map = map->next) {
        struct item_keys from = {.item = {.points = NAN, .cap = NAN, .effect = BATON_NONE}};
        if (!keys_read(&r->keys, map, keys, LENGTH(keys), &from) || from.item.id == NULL ||
            !scheme_id_is_new(r, &ids, map, from.item.id))
            continue;
        uint32_t index = r->scheme->item_count++;
        hash_add(r->keys.arena, &r->package->item, from.item.id, strlen(from.item.id), index);
        read_item(r, map, &from, &r->scheme->item[index]);
    }
}

struct adjustment_keys {
    const struct yaml_value *items, *cap;
};

void scheme_read_adjustments(struct scheme_reader *r, const struct yaml_value *map,
                             const struct yaml_value *gates) {
    static const struct key keys[] = {
        {.name = "items", .type = KEY_LIST, .offset = offsetof(struct adjustment_keys, items)},
        {.name = "cap", .type = KEY_MAP, .offset = offsetof(struct adjustment_keys, cap)},
    };
    static const struct key caps[] = {
        {.name = "bonus",
         .type = KEY_NUMBER,
         .offset = offsetof(struct baton_scheme, cap_bonus),
         .highest = 1e100},
        {.name = "deduction",
         .type = KEY_NUMBER,
         .offset = offsetof(struct baton_scheme, cap_deduction),
         .highest = 1e100},
    };
    struct adjustment_keys from = {0};
    if (map != NULL)
        keys_read(&r->keys, map, keys, LENGTH(keys), &from);
    size_t most = (from.items == NULL ? 0 : from.items->count) + (gates == NULL ? 0 : gates->count);
    r->scheme->effect = arena_alloc(r->keys.arena, most, sizeof(*r->scheme->effect));
    if (from.items != NULL)
        read_items(r, from.items);
    if (from.cap == NULL)
        return;
    keys_read(&r->keys, from.cap, caps, LENGTH(caps), r->scheme);
    r->scheme->cap_at = keys_at(&r->keys, from.cap);
}

/* Gates */

void scheme_read_gates(struct scheme_reader *r, const struct yaml_value *map) {
    struct gate_keys {
        double at_least;
        const struct yaml_value *effect;
    };
    static const struct key keys[] = {
        {.name = "at_least",
         .type = KEY_NUMBER,
         .needed = true,
         .offset = offsetof(struct gate_keys, at_least),
         .lowest = -1e100,
         .highest = 1e100},
        {.name = "effect",
         .type = KEY_MAP,
         .needed = true,
         .offset = offsetof(struct gate_keys, effect)},
    };
    if (map == NULL || map->count == 0)
        return;
    r->gate = arena_alloc(r->keys.arena, map->count, sizeof(*r->gate));
    for (const struct yaml_value *value = map->first; value != NULL; value = value->next) {
        struct gate_keys from = {.at_least = NAN};
        struct effect_keys effect = {0};
        bool named = keys_name(&r->keys, value);
        if (!keys_read(&r->keys, value, keys, LENGTH(keys), &from) || !named)
            continue;
        struct scheme_gate *gate = &r->gate[r->gate_count++];
        *gate = (struct scheme_gate){value, from.at_least, BATON_NONE};
        if (from.effect != NULL && read_effect(r, from.effect, &effect))
            gate->effect = add_effect(r, &effect, value, value->key);
    }
}

void scheme_resolve_gates(struct scheme_reader *r) {
    uint8_t *named = arena_alloc(r->keys.arena, r->scheme->node_count, 1);
    for (uint32_t i = 0; i < r->gate_count; i++) {
        const struct scheme_gate *gate = &r->gate[i];
        const char *id = gate->value->key;
        uint32_t index =
            package_find_node(r->package, id, strlen(id), keys_at_key(&r->keys, gate->value));
        if (index == BATON_NONE)
            continue;
        struct baton_node *node = &r->scheme->node[index];
        named[index] = 1;
        if (node->class != BATON_GATE || node->child_count > 0) {
            baton_findings_add(r->keys.found, BATON_GATE_CLASS, keys_at_key(&r->keys, gate->value),
                               id, NULL, NULL, NULL);
            continue;
        }
        node->gate_at_least = gate->at_least;
        node->gate_effect = gate->effect;
    }
    for (uint32_t i = 0; i < r->scheme->node_count; i++) {
        const struct baton_node *node = &r->scheme->node[i];
        struct baton_where at = node->at;
        at.field = "class";
        if (node->class == BATON_GATE && !named[i])
            baton_findings_add(r->keys.found, BATON_GATE_MISSING, at, node->id, NULL, NULL, NULL);
    }
}

/* Awards */

struct award_keys {
    struct baton_award award;
    const struct yaml_value *group;
    int32_t top;
};

void scheme_read_awards(struct scheme_reader *r, const struct yaml_value *list) {
    static const struct key keys[] = {
        {.name = "id",
         .type = KEY_ID,
         .needed = true,
         .offset = offsetof(struct award_keys, award.id)},
        {.name = "title", .type = KEY_TITLE, .offset = offsetof(struct award_keys, award.title)},
        {.name = "group", .type = KEY_ANY, .offset = offsetof(struct award_keys, group)},
        {.name = "by",
         .type = KEY_EXPRESSION,
         .needed = true,
         .offset = offsetof(struct award_keys, award.by)},
        {.name = "top",
         .type = KEY_WHOLE,
         .needed = true,
         .offset = offsetof(struct award_keys, top),
         .lowest = 1,
         .highest = 1e9},
        {.name = "when", .type = KEY_EXPRESSION, .offset = offsetof(struct award_keys, award.when)},
    };
    if (list == NULL || list->count == 0)
        return;
    struct hash ids = {0};
    r->scheme->award = arena_alloc(r->keys.arena, list->count, sizeof(*r->scheme->award));
    for (const struct yaml_value *map = list->first; map != NULL; map = map->next) {
        struct award_keys from = {.award = {.group = BATON_NONE}};
        const char *group;
        if (!keys_read(&r->keys, map, keys, LENGTH(keys), &from) || from.award.id == NULL ||
            !scheme_id_is_new(r, &ids, map, from.award.id))
            continue;
        struct baton_award *award = &r->scheme->award[r->scheme->award_count++];
        *award = from.award;
        award->at = keys_at(&r->keys, map);
        award->top = (uint32_t)from.top;
        if (from.group != NULL && keys_text(&r->keys, from.group, &group))
            award->group = package_find_group(r->package, group, from.group->size,
                                              keys_at(&r->keys, from.group));
    }
}
