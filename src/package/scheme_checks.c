/* `checks` of scheme.yaml: what has to hold of figures that are reported. Elements are looked up by the engine, as those that expressions name are. */
#include "package/scheme_reader.h"
#include <string.h>

struct check_keys {
    struct baton_check check;
    const struct yaml_value *of;
};

/* `*`, measure(M), or an element. */
static bool read_one(const struct scheme_reader *r, const struct yaml_value *value,
                     struct baton_checked *out) {
    static const char opening[] = "measure(";
    const char *text;
    if (!keys_text(&r->keys, value, &text))
        return false;
    *out = (struct baton_checked){BATON_CHECKED_ELEMENT, text, keys_at(&r->keys, value)};
    if (strcmp(text, "*") == 0) {
        out->by = BATON_CHECKED_ALL;
        out->text = NULL;
        return true;
    }
    if (strncmp(text, opening, strlen(opening)) != 0)
        return keys_id(&r->keys, value, &out->text);
    const size_t size = value->size, begin = strlen(opening);
    if (size < begin + 2 || text[size - 1] != ')') {
        keys_report(&r->keys, BATON_ARGUMENT_BAD, value, "measure", "measure(亿元)", NULL, NULL);
        return false;
    }
    out->by = BATON_CHECKED_MEASURE;
    out->text = arena_text(r->keys.arena, text + begin, size - begin - 1);
    return true;
}

/* One of them alone, or a list. */
static void read_of(const struct scheme_reader *r, const struct yaml_value *value,
                    const struct yaml_value *map, struct baton_check *check) {
    const bool is_list = value->kind == YAML_LIST;
    struct baton_checked *of =
        arena_alloc(r->keys.arena, is_list ? value->count + 1 : 1, sizeof *of);
    check->of = of;
    if (!is_list) {
        check->of_count = read_one(r, value, &of[0]);
        return;
    }
    for (const struct yaml_value *one = value->first; one != NULL; one = one->next)
        check->of_count += read_one(r, one, &of[check->of_count]);
    if (value->count == 0)
        keys_report(&r->keys, BATON_CHECK_OF_NOTHING, map, check->id, NULL, NULL, NULL);
}

void scheme_read_checks(struct scheme_reader *r, const struct yaml_value *list) {
    static const struct key keys[] = {
        {.name = "id",
         .type = KEY_ID,
         .needed = true,
         .offset = offsetof(struct check_keys, check.id)},
        {.name = "title", .type = KEY_TITLE, .offset = offsetof(struct check_keys, check.title)},
        {.name = "for", .type = KEY_ANY, .needed = true, .offset = offsetof(struct check_keys, of)},
        {.name = "rule",
         .type = KEY_EXPRESSION,
         .needed = true,
         .offset = offsetof(struct check_keys, check.rule)},
        {.name = "when", .type = KEY_EXPRESSION, .offset = offsetof(struct check_keys, check.when)},
        {.name = "severity",
         .type = KEY_WORD,
         .needed = true,
         .offset = offsetof(struct check_keys, check.severity),
         .words = "hard justify"},
    };
    if (list == NULL || list->count == 0)
        return;
    struct hash ids = {0};
    r->scheme->check = arena_alloc(r->keys.arena, list->count, sizeof *r->scheme->check);
    for (const struct yaml_value *map = list->first; map != NULL; map = map->next) {
        struct check_keys from = {0};
        if (!keys_read(&r->keys, map, keys, LENGTH(keys), &from) || from.check.id == NULL ||
            !scheme_id_is_new(r, &ids, map, from.check.id))
            continue;
        struct baton_check *check = &r->scheme->check[r->scheme->check_count++];
        *check = from.check;
        check->at = keys_at(&r->keys, map);
        if (from.of != NULL)
            read_of(r, from.of, map, check);
    }
}
