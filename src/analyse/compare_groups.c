/* Groups with their ratings and grades, and the units that came, went or are in another group. */
#include "analyse/compare.h"
#include <assert.h>
#include <math.h>
#include <string.h>

static const char *const quota_ties[] = {"none", "all", "node"};

/* ---- Ratings */

static const char *ratings_of(struct compare *c, const struct baton_ratings *ratings) {
    const char *list = "[";
    if (ratings->count == 0)
        return NULL;
    for (uint32_t i = 0; i < ratings->count; i++) {
        const struct baton_rating *item = &ratings->item[i];
        list = arena_printf(c->arena, "%s%s%s", list, i > 0 ? ", " : "", item->id);
        if (!isnan(item->at_least))
            list = arena_printf(c->arena, "%s >= %s", list, compare_number(c, item->at_least));
    }
    return arena_printf(c->arena, "%s]", list);
}

void compare_ratings(struct compare *c) {
    const struct baton_where at = {.file = "scheme.yaml", .field = "ratings"};
    struct baton_change change =
        compare_change(BATON_SUBJECT_RATINGS, &(struct pair){0, 0}, &at, &at);
    change.id = "ratings";
    change.index_before = change.index_after = BATON_NONE;
    change.effective = false;
    compare_add_field(c, compare_entity(c, ENTITY_RATINGS, 0), change, "ratings",
                      ratings_of(c, &c->before->ratings), ratings_of(c, &c->after->ratings));
}

/* ---- Groups */

static const char *nodes_of(struct compare *c, const struct baton_scheme *scheme,
                            const uint32_t *node, uint32_t count) {
    const char *list = "[";
    for (uint32_t i = 0; i < count; i++)
        list = arena_printf(c->arena, "%s%s%s", list, i > 0 ? ", " : "", scheme->node[node[i]].id);
    return arena_printf(c->arena, "%s]", list);
}

static const char *bounds_of(struct compare *c, const struct baton_group *group) {
    return compare_numbers(c, (const double[]){group->bound_lo, group->bound_hi}, 2);
}

static const char *grades_of(const struct baton_scheme *scheme, const struct baton_group *group) {
    return group->grades == BATON_NONE ? NULL : scheme->grades[group->grades].id;
}

static const char *own_ratings(struct compare *c, const struct baton_scheme *scheme, uint32_t g) {
    return compare_group_inherits_ratings(scheme, g) ? NULL
                                                     : ratings_of(c, &scheme->group[g].ratings);
}

static void compare_group(struct compare *c, uint32_t entity, const struct pair *p,
                          struct baton_change change) {
    static const struct compare_field titles[] = {
        {"title", TYPE_ZH, offsetof(struct baton_group, title), sizeof(struct baton_text), NULL,
         false},
        {"title_en", TYPE_EN, offsetof(struct baton_group, title), sizeof(struct baton_text), NULL,
         false},
    };
    static const struct compare_field total = {
        "total", TYPE_NUMBER, offsetof(struct baton_group, total), sizeof(double), NULL, true};
    static const struct compare_field decimals = {
        "decimals",      TYPE_WHOLE, offsetof(struct baton_group, decimals),
        sizeof(int32_t), NULL,       true};
    const struct baton_group *a = &c->before->group[p->before], *b = &c->after->group[p->after];
    compare_fields(c, entity, titles, LENGTH(titles), a, b, &change);
    compare_add_field(c, entity, change, "grades", grades_of(c->before, a), grades_of(c->after, b));
    if (!compare_group_inherits_total(c, p))
        compare_fields(c, entity, &total, 1, a, b, &change);
    if (!compare_group_inherits_decimals(c, p))
        compare_fields(c, entity, &decimals, 1, a, b, &change);
    if (!compare_is_folded(c, FOLDED_BOUNDS))
        compare_add_field(c, entity, change, "bounds", bounds_of(c, a), bounds_of(c, b));
    if (!compare_is_folded(c, FOLDED_TIES_BY))
        compare_add_field(c, entity, change, "ties_by",
                          nodes_of(c, c->before, a->ties_by, a->ties_by_count),
                          nodes_of(c, c->after, b->ties_by, b->ties_by_count));
    change.effective = false;
    compare_add_field(c, entity, change, "ratings", own_ratings(c, c->before, p->before),
                      own_ratings(c, c->after, p->after));
}

void compare_groups(struct compare *c) {
    for (uint32_t i = 0; i < c->group.count; i++) {
        const struct pair *p = &c->group.pair[i];
        const struct baton_group *a = p->before == BATON_NONE ? NULL : &c->before->group[p->before];
        const struct baton_group *b = p->after == BATON_NONE ? NULL : &c->after->group[p->after];
        const uint32_t entity = compare_entity(c, ENTITY_GROUP, i);
        struct baton_change change = compare_change(
            BATON_SUBJECT_GROUP, p, a == NULL ? NULL : &a->at, b == NULL ? NULL : &b->at);
        const struct baton_group *is = b != NULL ? b : a;
        assert(is != NULL); /* a pair has one at least */
        change.id = is->id;
        change.name = is->title;
        if (a != NULL && b != NULL)
            compare_group(c, entity, p, change);
        else
            compare_add(c, entity, change);
    }
}

/* ---- Grades */

static const char *quota_of(struct compare *c, const struct baton_grade *grade) {
    return grade->quota_is_share ? compare_share(c, grade->quota) : compare_number(c, grade->quota);
}

static const char *quota_ties_of(const struct baton_scheme *scheme,
                                 const struct baton_grade *grade) {
    if (isnan(grade->quota))
        return NULL;
    return grade->quota_ties == BATON_QUOTA_NODE ? scheme->node[grade->quota_node].id
                                                 : compare_word(quota_ties, grade->quota_ties);
}

static const struct baton_grade *find_grade(const struct baton_grades *set, const char *id) {
    for (uint32_t i = 0; i < set->count; i++)
        if (strcmp(set->item[i].id, id) == 0)
            return &set->item[i];
    return NULL;
}

static void compare_grade(struct compare *c, uint32_t entity, const struct baton_grade *a,
                          const struct baton_grade *b, const struct baton_change *change) {
    static const struct compare_field fields[] = {
        {"title", TYPE_ZH, offsetof(struct baton_grade, title), sizeof(struct baton_text), NULL,
         false},
        {"title_en", TYPE_EN, offsetof(struct baton_grade, title), sizeof(struct baton_text), NULL,
         false},
        {"when", TYPE_EXPRESSION, offsetof(struct baton_grade, when),
         sizeof(struct baton_expression), NULL, true},
    };
    compare_fields(c, entity, fields, LENGTH(fields), a, b, change);
    compare_add_field(c, entity, *change, "quota", quota_of(c, a), quota_of(c, b));
    if (!isnan(a->quota) && !isnan(b->quota))
        compare_add_field(c, entity, *change, "quota_ties", quota_ties_of(c->before, a),
                          quota_ties_of(c->after, b));
}

/* The ids of those grades of a set that the other has too, in their order. */
static const char *order_of(struct compare *c, const struct baton_grades *set,
                            const struct baton_grades *other) {
    const char *list = "";
    for (uint32_t i = 0; i < set->count; i++)
        if (find_grade(other, set->item[i].id) != NULL)
            list = arena_printf(c->arena, "%s%s%s", list, list[0] == '\0' ? "" : ", ",
                                set->item[i].id);
    return list;
}

static void compare_set(struct compare *c, uint32_t pair) {
    static const struct baton_grades none = {0};
    const struct pair *p = &c->grades.pair[pair];
    const struct baton_grades *before =
        p->before == BATON_NONE ? &none : &c->before->grades[p->before];
    const struct baton_grades *after = p->after == BATON_NONE ? &none : &c->after->grades[p->after];
    const uint32_t entity = compare_entity(c, ENTITY_GRADES, pair);
    for (int side = 0; side < 2; side++) {
        const struct baton_grades *set = side == 0 ? before : after;
        for (uint32_t i = 0; i < set->count; i++) {
            const struct baton_grade *a = find_grade(before, set->item[i].id);
            const struct baton_grade *b = find_grade(after, set->item[i].id);
            if (side == 1 && a != NULL)
                continue; /* told of already */
            struct baton_change change = compare_change(
                BATON_SUBJECT_GRADE, p, a == NULL ? NULL : &a->at, b == NULL ? NULL : &b->at);
            change.act = a == NULL   ? BATON_ACT_ADDED
                         : b == NULL ? BATON_ACT_DROPPED
                                     : BATON_ACT_CHANGED;
            change.id = set->item[i].id;
            change.of = p->after != BATON_NONE ? after->id : before->id;
            change.name = b != NULL ? b->title : set->item[i].title;
            if (a != NULL && b != NULL)
                compare_grade(c, entity, a, b, &change);
            else
                compare_add(c, entity, change);
        }
    }
    struct baton_change change = compare_change(BATON_SUBJECT_GRADE, p, NULL, NULL);
    change.id = change.of = p->after != BATON_NONE ? after->id : before->id;
    compare_add_field(c, entity, change, "order", order_of(c, before, after),
                      order_of(c, after, before));
}

void compare_grades(struct compare *c) {
    for (uint32_t i = 0; i < c->grades.count; i++)
        compare_set(c, i);
}

/* ---- Units */

static const char *group_of(const struct baton_scheme *scheme, const struct baton_unit *unit) {
    return unit->group == BATON_NONE ? NULL : scheme->group[unit->group].id;
}

void compare_units(struct compare *c) {
    for (uint32_t i = 0; i < c->unit.count; i++) {
        const struct pair *p = &c->unit.pair[i];
        const struct baton_unit *a = p->before == BATON_NONE ? NULL : &c->before->unit[p->before];
        const struct baton_unit *b = p->after == BATON_NONE ? NULL : &c->after->unit[p->after];
        struct baton_change change = compare_change(
            BATON_SUBJECT_UNIT, p, a == NULL ? NULL : &a->at, b == NULL ? NULL : &b->at);
        const struct baton_unit *is = b != NULL ? b : a;
        assert(is != NULL);
        change.id = is->id;
        change.name = is->name;
        if (a != NULL && b != NULL) {
            compare_add_field(c, compare_entity(c, ENTITY_UNIT, i), change, "group",
                              group_of(c->before, a), group_of(c->after, b));
            continue;
        }
        change.effective = false; /* the replay has the old year's units */
        *(a == NULL ? &change.after : &change.before) =
            a == NULL ? group_of(c->after, b) : group_of(c->before, a);
        compare_add(c, BATON_NONE, change);
    }
}
