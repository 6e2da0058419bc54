/* Entries of a journal for people and programs. */
#include "flow/entry_print.h"
#include "flow/fact_origin.h"
#include <assert.h>
#include <string.h>

enum { DAY_MS = 86400000 };

static size_t find_name(struct names *names, const char *person) {
    struct baton_arena *arena = names->arena;
    const bool is_zh = names->language == BATON_ZH;
    const char *name = NULL;
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->id[i], person) == 0)
            return i;
    if (person[0] != '\0' && fact_person_name(arena, names->reader, person, &name) != BATON_OK)
        name = NULL;
    size_t count = names->count, also = names->count;
    const char *id = arena_text(arena, person, strlen(person));
    *ARRAY_PUSH(arena, names->id, names->count, names->capacity) = id;
    *ARRAY_PUSH(arena, names->name, count, names->name_capacity) = name;
    *ARRAY_PUSH(arena, names->shown, also, names->shown_capacity) =
        person[0] == '\0' ? (is_zh ? "系统" : "the program")
        : name == NULL    ? id
        : is_zh           ? arena_printf(arena, "%s（%s）", name, id)
                          : arena_printf(arena, "%s (%s)", name, id);
    return names->count - 1;
}

const char *names_shown(struct names *names, const char *person) {
    const size_t found = find_name(names, person);
    return names->shown[found];
}

const char *names_name(struct names *names, const char *person) {
    const size_t found = find_name(names, person);
    return names->name[found];
}

void entry_copy(struct baton_arena *arena, const struct entry *entry, struct entry *out) {
    const uint8_t *bytes;
    size_t size;
    entry_write(arena, entry, &bytes, &size);
    const baton_code code = entry_read(arena, bytes, size, out);
    assert(code == BATON_OK);
}

const char *entry_key_shown(struct baton_arena *arena, const char *key) {
    char *const shown = arena_text(arena, key, strlen(key));
    for (char *at = shown; *at != '\0'; at++)
        if (*at == '\x1f')
            *at = ',';
    return shown;
}

const char *time_exact(struct baton_arena *arena, int64_t time_utc_ms) {
    char day[BATON_PERIOD_NAME_SIZE];
    const int64_t of_day = time_utc_ms % DAY_MS;
    if (of_day < 0 || baton_day_format((int32_t)(time_utc_ms / DAY_MS), day) == 0)
        return arena_printf(arena, "%lld", (long long)time_utc_ms);
    return arena_printf(arena, "%sT%02d:%02d:%02d.%03dZ", day, (int)(of_day / 3600000),
                        (int)(of_day / 60000 % 60), (int)(of_day / 1000 % 60),
                        (int)(of_day % 1000));
}

static void put_body(struct json *json, struct baton_arena *arena, const struct fact_body *body) {
    json_object(json, "fields");
    for (size_t i = 0; i < body->field_count; i++) {
        const struct field *field = &body->field[i];
        struct fact_body inner;
        if (field->type == 't') {
            json_text(json, field->name, field->value);
        } else if (field->type == 'f' &&
                   body_read(arena, field->value, field->size, &inner) == BATON_OK) {
            json_object(json, field->name);
            json_text(json, "kind", inner.kind);
            put_body(json, arena, &inner);
            json_end(json);
        } else {
            char *hex = arena_alloc_raw(arena, 2 * field->size + 1, 1);
            bytes_hex(field->value, field->size, hex);
            json_object_tight(json, field->name);
            json_text(json, "content", hex);
            json_end(json);
        }
    }
    json_end(json);
}

void entry_json(struct json *json, struct names *names, const struct entry *entry) {
    struct baton_arena *arena = names->arena;
    const size_t who = find_name(names, entry->actor);
    json_count(json, "position", entry->position);
    json_text(json, "time", time_exact(arena, entry->time_utc_ms));
    json_text(json, "kind", entry->body.kind);
    json_text(json, "assessment",
              entry->body.assessment[0] == '\0' ? NULL : entry->body.assessment);
    json_text(json, "actor", entry->actor);
    json_text(json, "actor_name", names->name[who]);
    put_body(json, arena, &entry->body);
}
