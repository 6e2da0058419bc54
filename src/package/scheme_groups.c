/* `groups`, `ratings` and `grades` of scheme.yaml. */
#include "package/scheme_reader.h"
#include <math.h>
#include <string.h>

bool scheme_id_is_new(struct scheme_reader *r, struct hash *ids, const struct yaml_value *map,
                      const char *id) {
    uint32_t before = hash_find(ids, id, strlen(id));
    if (before == HASH_NONE) {
        hash_add(r->keys.arena, ids, id, strlen(id), map->row);
        return true;
    }
    const struct yaml_value *value = yaml_get(map, "id");
    keys_report(&r->keys, BATON_ID_DOUBLED, value, id, package_count(r->keys.arena, before), NULL,
                NULL);
    return false;
}

void scheme_bounds(struct scheme_reader *r, const struct yaml_value *list, double *lo, double *hi) {
    if (list == NULL)
        return;
    if (list->kind != YAML_LIST || list->count != 2) {
        if (list->kind != YAML_REFUSED)
            keys_report(&r->keys, BATON_BOUNDS_FORM, list, NULL, NULL, NULL, NULL);
        return;
    }
    double bound[2] = {NAN, NAN};
    const struct yaml_value *value = list->first;
    for (int i = 0; i < 2; i++, value = value->next)
        if (value->kind != YAML_TEXT || strcmp(value->text, "none") != 0)
            keys_number(&r->keys, value, -1e100, 1e100, &bound[i]);
    if (bound[0] > bound[1])
        keys_report(&r->keys, BATON_LOW_ABOVE_HIGH, list, "bounds[0]",
                    keys_excerpt(&r->keys, list->first), "bounds[1]",
                    keys_excerpt(&r->keys, list->last));
    *lo = bound[0];
    *hi = bound[1];
}

const uint32_t *scheme_nodes(struct scheme_reader *r, const struct yaml_value *list,
                             uint32_t *count) {
    *count = 0;
    if (list == NULL || !keys_is_list(&r->keys, list))
        return NULL;
    uint32_t *node = arena_alloc(r->keys.arena, list->count, sizeof(*node));
    const char *id;
    for (const struct yaml_value *value = list->first; value != NULL; value = value->next)
        if (keys_text(&r->keys, value, &id))
            scheme_later(r, value, &node[(*count)++]);
    return node;
}

/* Ratings */

void scheme_read_ratings(struct scheme_reader *r, const struct yaml_value *list,
                         struct baton_ratings *out) {
    static const struct key keys[] = {
        {.name = "id", .type = KEY_ID, .needed = true, .offset = offsetof(struct baton_rating, id)},
        {.name = "title", .type = KEY_TITLE, .offset = offsetof(struct baton_rating, title)},
        {.name = "at_least",
         .type = KEY_NUMBER,
         .offset = offsetof(struct baton_rating, at_least),
         .lowest = -1e100,
         .highest = 1e100},
    };
    if (list == NULL || !keys_is_list(&r->keys, list))
        return;
    struct hash ids = {0};
    struct baton_rating *item = arena_alloc(r->keys.arena, list->count, sizeof(*item));
    uint32_t count = 0;
    double before = INFINITY;
    for (const struct yaml_value *map = list->first; map != NULL; map = map->next) {
        struct baton_rating rating = {.at_least = NAN};
        if (!keys_read(&r->keys, map, keys, LENGTH(keys), &rating) || rating.id == NULL ||
            !scheme_id_is_new(r, &ids, map, rating.id))
            continue;
        if (map->next != NULL && yaml_get(map, "at_least") == NULL)
            keys_report(&r->keys, BATON_RATING_EDGE_MISSING, map, rating.id, NULL, NULL, NULL);
        if (rating.at_least >= before)
            keys_report(&r->keys, BATON_RATINGS_ORDER, yaml_get(map, "at_least"), rating.id, NULL,
                        NULL, NULL);
        if (!isnan(rating.at_least))
            before = rating.at_least;
        rating.at = keys_at(&r->keys, map);
        item[count++] = rating;
    }
    out->item = item;
    out->count = count;
}

/* Grades */

struct grade_keys {
    struct baton_grade grade;
    const struct yaml_value *quota, *quota_ties;
};

/* A share (30%, 0.3) or a number of units. */
static void read_quota(struct scheme_reader *r, const struct yaml_value *value,
                       struct baton_grade *grade) {
    double number;
    bool percent;
    const char *text;
    if (!keys_text(&r->keys, value, &text))
        return;
    if (baton_number_parse(text, value->size, &number, &percent) != BATON_NUMBER_OK || number < 0 ||
        (percent ? number > 100 : number >= 1 && number != floor(number)) || number > 1e9) {
        keys_report(&r->keys, BATON_QUOTA_FORM, value, keys_excerpt(&r->keys, value), NULL, NULL,
                    NULL);
        return;
    }
    grade->quota_is_share = percent || number != floor(number);
    if (grade->quota_is_share)
        keys_share(&r->keys, value, 1, &grade->quota);
    else
        grade->quota = number;
}

static void read_quota_ties(struct scheme_reader *r, const struct grade_keys *from,
                            struct baton_grade *grade) {
    const struct yaml_value *value = from->quota_ties;
    const char *text;
    if (value == NULL || !keys_text(&r->keys, value, &text))
        return;
    if (from->quota == NULL)
        baton_findings_add(r->keys.found, BATON_QUOTA_TIES_IDLE, keys_at_key(&r->keys, value), NULL,
                           NULL, NULL, NULL);
    if (strcmp(text, "all") == 0) {
        grade->quota_ties = BATON_QUOTA_ALL;
    } else if (strcmp(text, "none") != 0) {
        grade->quota_ties = BATON_QUOTA_NODE;
        scheme_later(r, value, &grade->quota_node);
    }
}

static void read_grade_list(struct scheme_reader *r, const struct yaml_value *list,
                            struct baton_grades *out) {
    static const struct key keys[] = {
        {.name = "id",
         .type = KEY_ID,
         .needed = true,
         .offset = offsetof(struct grade_keys, grade.id)},
        {.name = "title", .type = KEY_TITLE, .offset = offsetof(struct grade_keys, grade.title)},
        {.name = "when", .type = KEY_EXPRESSION, .offset = offsetof(struct grade_keys, grade.when)},
        {.name = "quota", .type = KEY_ANY, .offset = offsetof(struct grade_keys, quota)},
        {.name = "quota_ties", .type = KEY_ANY, .offset = offsetof(struct grade_keys, quota_ties)},
    };
    if (!keys_is_list(&r->keys, list))
        return;
    struct hash ids = {0};
    struct baton_grade *item = arena_alloc(r->keys.arena, list->count, sizeof(*item));
    for (const struct yaml_value *map = list->first; map != NULL; map = map->next) {
        struct grade_keys from = {.grade = {.quota = NAN, .quota_node = BATON_NONE}};
        if (!keys_read(&r->keys, map, keys, LENGTH(keys), &from) || from.grade.id == NULL ||
            !scheme_id_is_new(r, &ids, map, from.grade.id))
            continue;
        struct baton_grade *grade = &item[out->count++];
        *grade = from.grade;
        grade->at = keys_at(&r->keys, map);
        grade->code = package_code(r->package, grade->id, strlen(grade->id));
        hash_add(r->keys.arena, &r->grade_ids, grade->id, strlen(grade->id), grade->code);
        if (from.quota != NULL)
            read_quota(r, from.quota, grade);
        read_quota_ties(r, &from, grade);
        if (map->next != NULL && yaml_get(map, "when") == NULL && from.quota == NULL)
            keys_report(&r->keys, BATON_GRADE_UNREACHED, map->next, grade->id, NULL, NULL, NULL);
    }
    out->item = item;
}

void scheme_read_grades(struct scheme_reader *r, const struct yaml_value *map) {
    if (map == NULL || map->count == 0)
        return;
    r->scheme->grades = arena_alloc(r->keys.arena, map->count, sizeof(*r->scheme->grades));
    for (const struct yaml_value *list = map->first; list != NULL; list = list->next) {
        if (!keys_name(&r->keys, list))
            continue;
        uint32_t index = r->scheme->grades_count++;
        hash_add(r->keys.arena, &r->grades, list->key, strlen(list->key), index);
        r->scheme->grades[index].id = list->key;
        read_grade_list(r, list, &r->scheme->grades[index]);
    }
}

/* Groups */

struct group_keys {
    struct baton_group group;
    const struct yaml_value *grades, *ties_by, *ratings, *bounds;
};

static void read_group(struct scheme_reader *r, const struct yaml_value *map,
                       const struct group_keys *from, struct baton_group *group) {
    *group = from->group;
    group->at = keys_at(&r->keys, map);
    const char *grades;
    if (from->grades != NULL && keys_text(&r->keys, from->grades, &grades)) {
        group->grades = hash_find(&r->grades, grades, from->grades->size);
        if (group->grades == BATON_NONE)
            keys_report(
                &r->keys, BATON_GRADES_UNKNOWN, from->grades, keys_excerpt(&r->keys, from->grades),
                package_guess(r->package, &r->grades, grades, from->grades->size), NULL, NULL);
    }
    scheme_bounds(r, from->bounds, &group->bound_lo, &group->bound_hi);
    if (from->bounds != NULL)
        group->bounds_at = keys_at(&r->keys, from->bounds);
    if (from->ties_by != NULL)
        group->ties_by = scheme_nodes(r, from->ties_by, &group->ties_by_count);
    if (from->ratings != NULL)
        scheme_read_ratings(r, from->ratings, &group->ratings);
}

void scheme_read_groups(struct scheme_reader *r, const struct yaml_value *list,
                        const struct baton_group *otherwise) {
    static const struct key keys[] = {
        {.name = "id",
         .type = KEY_ID,
         .needed = true,
         .offset = offsetof(struct group_keys, group.id)},
        {.name = "title", .type = KEY_TITLE, .offset = offsetof(struct group_keys, group.title)},
        {.name = "grades", .type = KEY_ANY, .offset = offsetof(struct group_keys, grades)},
        {.name = "total",
         .type = KEY_NUMBER,
         .offset = offsetof(struct group_keys, group.total),
         .lowest = SCHEME_TOTAL_LOWEST,
         .highest = SCHEME_TOTAL_HIGHEST},
        {.name = "decimals",
         .type = KEY_WHOLE,
         .offset = offsetof(struct group_keys, group.decimals),
         .highest = 9},
        {.name = "ties_by", .type = KEY_LIST, .offset = offsetof(struct group_keys, ties_by)},
        {.name = "ratings", .type = KEY_LIST, .offset = offsetof(struct group_keys, ratings)},
        {.name = "bounds", .type = KEY_ANY, .offset = offsetof(struct group_keys, bounds)},
    };
    if (list == NULL || list->count == 0)
        return;
    struct hash ids = {0};
    r->scheme->group = arena_alloc(r->keys.arena, list->count, sizeof(*r->scheme->group));
    for (const struct yaml_value *map = list->first; map != NULL; map = map->next) {
        struct group_keys from = {.group = *otherwise};
        if (!keys_read(&r->keys, map, keys, LENGTH(keys), &from) || from.group.id == NULL ||
            !scheme_id_is_new(r, &ids, map, from.group.id))
            continue;
        uint32_t index = r->scheme->group_count++;
        hash_add(r->keys.arena, &r->package->group, from.group.id, strlen(from.group.id), index);
        read_group(r, map, &from, &r->scheme->group[index]);
    }
}
