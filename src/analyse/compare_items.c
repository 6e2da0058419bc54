/* Items of adjustments with their effects, awards, imports. */
#include "analyse/compare.h"
#include <assert.h>
#include <math.h>
#include <string.h>

static const char *const kinds[] = {"bonus", "deduction", "veto"};
static const char *const counts[] = {"all", "highest"};

const char *compare_effect(struct compare *c, const struct baton_scheme *scheme, uint32_t effect) {
    const char *list = "";
    if (effect == BATON_NONE)
        return NULL;
    const struct baton_effect *of = &scheme->effect[effect];
    if (of->grade_at_most != BATON_NONE)
        list = arena_printf(c->arena, "grade_at_most: %s, ", scheme->code[of->grade_at_most]);
    if (of->node_zero != BATON_NONE)
        list = arena_printf(c->arena, "%snode_zero: %s, ", list, scheme->node[of->node_zero].id);
    if (of->unranked)
        list = arena_printf(c->arena, "%sunranked: true, ", list);
    if (of->no_award)
        list = arena_printf(c->arena, "%sno_award: true, ", list);
    if (of->bonus_void)
        list = arena_printf(c->arena, "%sbonus_void: true, ", list);
    const size_t size = strlen(list);
    return arena_text(c->arena, list, size < 2 ? 0 : size - 2);
}

static const char *levels_of(struct compare *c, const struct baton_item *item) {
    const char *list = "{";
    if (item->level_count == 0)
        return NULL;
    for (uint32_t i = 0; i < item->level_count; i++)
        list = arena_printf(c->arena, "%s%s%s: %s", list, i > 0 ? ", " : "", item->level[i].id,
                            compare_number(c, item->level[i].points));
    return arena_printf(c->arena, "%s}", list);
}

/* Points are a number or an expression. */
static const char *points_of(struct compare *c, const struct baton_item *item) {
    return item->points_rule.text != NULL ? item->points_rule.text
                                          : compare_number(c, item->points);
}

static void compare_points(struct compare *c, uint32_t entity, const struct baton_item *a,
                           const struct baton_item *b, struct baton_change change) {
    const char *before = points_of(c, a), *after = points_of(c, b);
    if (compare_same_expression(before, after))
        return;
    if (a->points_rule.text == NULL && b->points_rule.text == NULL) {
        change.is_number = true;
        change.number_before = a->points;
        change.number_after = b->points;
    }
    compare_add_field(c, entity, change, "points", before, after);
}

#define FIELD(name, type, member, words, effective) \
    { \
        name, type, offsetof(struct baton_item, member), sizeof(((struct baton_item *)0)->member), \
            words, effective \
    }

static void compare_item(struct compare *c, uint32_t entity, const struct baton_item *a,
                         const struct baton_item *b, const struct baton_change *change) {
    static const struct compare_field fields[] = {
        FIELD("title", TYPE_ZH, title, NULL, false),
        FIELD("title_en", TYPE_EN, title, NULL, false),
        FIELD("kind", TYPE_WORD, kind, kinds, true),
        FIELD("cap", TYPE_NUMBER, cap, NULL, true),
        FIELD("count", TYPE_WORD, highest, counts, true),
        FIELD("when", TYPE_EXPRESSION, when, NULL, true),
        FIELD("until", TYPE_PERIOD, until, NULL, true),
    };
    compare_fields(c, entity, fields, LENGTH(fields), a, b, change);
    compare_points(c, entity, a, b, *change);
    compare_add_field(c, entity, *change, "levels", levels_of(c, a), levels_of(c, b));
    compare_add_field(c, entity, *change, "effect", compare_effect(c, c->before, a->effect),
                      compare_effect(c, c->after, b->effect));
}

void compare_items(struct compare *c) {
    for (uint32_t i = 0; i < c->item.count; i++) {
        const struct pair *p = &c->item.pair[i];
        const struct baton_item *a = p->before == BATON_NONE ? NULL : &c->before->item[p->before];
        const struct baton_item *b = p->after == BATON_NONE ? NULL : &c->after->item[p->after];
        struct baton_change change = compare_change(
            BATON_SUBJECT_ITEM, p, a == NULL ? NULL : &a->at, b == NULL ? NULL : &b->at);
        const struct baton_item *is = b != NULL ? b : a;
        assert(is != NULL); /* a pair has one at least */
        change.id = is->id;
        change.name = is->title;
        if (a != NULL && b != NULL)
            compare_item(c, compare_entity(c, ENTITY_ITEM, i), a, b, &change);
        else
            compare_add(c, compare_entity(c, ENTITY_ITEM, i), change);
    }
}

/* Awards change no result of a unit: they are told of, not replayed. */

static const char *group_of(const struct baton_scheme *scheme, const struct baton_award *award) {
    return award->group == BATON_NONE ? NULL : scheme->group[award->group].id;
}

#undef FIELD
#define FIELD(name, type, member) \
    { \
        name, type, offsetof(struct baton_award, member), \
            sizeof(((struct baton_award *)0)->member), NULL, false \
    }

void compare_awards(struct compare *c) {
    static const struct compare_field fields[] = {
        FIELD("title", TYPE_ZH, title),   FIELD("title_en", TYPE_EN, title),
        FIELD("by", TYPE_EXPRESSION, by), FIELD("when", TYPE_EXPRESSION, when),
        FIELD("top", TYPE_COUNT, top),
    };
    for (uint32_t i = 0; i < c->award.count; i++) {
        const struct pair *p = &c->award.pair[i];
        const struct baton_award *a = p->before == BATON_NONE ? NULL : &c->before->award[p->before];
        const struct baton_award *b = p->after == BATON_NONE ? NULL : &c->after->award[p->after];
        const uint32_t entity = compare_entity(c, ENTITY_AWARD, i);
        struct baton_change change = compare_change(
            BATON_SUBJECT_AWARD, p, a == NULL ? NULL : &a->at, b == NULL ? NULL : &b->at);
        const struct baton_award *is = b != NULL ? b : a;
        assert(is != NULL);
        change.id = is->id;
        change.name = is->title;
        change.effective = false;
        if (a == NULL || b == NULL) {
            compare_add(c, entity, change);
            continue;
        }
        compare_fields(c, entity, fields, LENGTH(fields), a, b, &change);
        compare_add_field(c, entity, change, "group", group_of(c->before, a),
                          group_of(c->after, b));
    }
}

/* Where another package is, is of the year; that the scheme hangs on it is not. */
void compare_imports(struct compare *c) {
    for (uint32_t i = 0; i < c->import.count; i++) {
        const struct pair *p = &c->import.pair[i];
        if (p->before != BATON_NONE && p->after != BATON_NONE)
            continue;
        const struct baton_import *import =
            p->before == BATON_NONE ? &c->after->import[p->after] : &c->before->import[p->before];
        struct baton_change change =
            compare_change(BATON_SUBJECT_IMPORT, p, p->before == BATON_NONE ? NULL : &import->at,
                           p->after == BATON_NONE ? NULL : &import->at);
        change.id = import->id;
        *(p->before == BATON_NONE ? &change.after : &change.before) = import->path;
        change.effective = false; /* whoever reads it is told of */
        compare_add(c, compare_entity(c, ENTITY_IMPORT, i), change);
    }
}
