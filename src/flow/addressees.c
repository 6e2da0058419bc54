/* Answers are kept: a hundred notices are for a handful of posts. */
#include "flow/addressees.h"
#include "base/hash.h"
#include "base/json.h"
#include "flow/entry_print.h"
#include <string.h>

struct answer {
    const char **person;
    size_t count, capacity;
};

struct addressees {
    struct baton_arena *arena;
    struct standing_holder *held;
    size_t held_count;
    struct hash key;
    struct answer *answer;
    size_t count, capacity;
};

struct addressees *addressees_open(struct baton_arena *arena, const struct standing *standing,
                                   int64_t time_utc_ms) {
    struct addressees *const a = arena_alloc(arena, 1, sizeof *a);
    const size_t held = standing_held(standing, time_utc_ms, 0, NULL);
    a->arena = arena;
    a->held = arena_alloc(arena, held, sizeof *a->held);
    a->held_count = standing_held(standing, time_utc_ms, held, a->held);
    return a;
}

static void add(struct addressees *a, struct answer *answer, const char *person) {
    for (size_t i = 0; i < answer->count; i++)
        if (strcmp(answer->person[i], person) == 0)
            return;
    *ARRAY_PUSH(a->arena, answer->person, answer->count, answer->capacity) = person;
}

static void add_holders(struct addressees *a, struct answer *answer, const char *role,
                        const char *unit, const char *assessment) {
    for (size_t i = 0; i < a->held_count; i++) {
        const struct standing_post *const post = &a->held[i].post;
        if (strcmp(role_word(post->role), role) == 0 && strcmp(post->unit, unit) == 0 &&
            (post->assessment[0] == '\0' || assessment[0] == '\0' ||
             strcmp(post->assessment, assessment) == 0))
            add(a, answer, a->held[i].person);
    }
}

static void find(struct addressees *a, struct answer *answer, const struct outbox_notice *notice) {
    const char *const other = strcmp(notice->role, "unit") == 0       ? "approver"
                              : strcmp(notice->role, "approver") == 0 ? "unit"
                                                                      : NULL;
    add_holders(a, answer, notice->role, notice->unit, notice->assessment);
    if (answer->count == 0 && other != NULL)
        add_holders(a, answer, other, notice->unit, notice->assessment);
    if (answer->count == 0 && notice->unit[0] != '\0')
        add_holders(a, answer, notice->role, "", notice->assessment);
}

size_t addressees_of(struct addressees *a, const struct outbox_notice *notice,
                     const char *const **out) {
    const char *const key = arena_printf(a->arena, "%s\x1f%s\x1f%s\x1f%s", notice->person,
                                         notice->role, notice->unit, notice->assessment);
    uint32_t at = hash_find(&a->key, key, strlen(key));
    if (at == HASH_NONE) {
        struct answer answer = {.count = 0};
        if (notice->person[0] != '\0')
            add(a, &answer, notice->person);
        else
            find(a, &answer, notice);
        at = (uint32_t)a->count;
        *ARRAY_PUSH(a->arena, a->answer, a->count, a->capacity) = answer;
        hash_add(a->arena, &a->key, key, strlen(key), at);
    }
    *out = a->answer[at].person;
    return a->answer[at].count;
}

bool addressees_has(struct addressees *a, const struct outbox_notice *notice, const char *person) {
    const char *const *list;
    const size_t count = addressees_of(a, notice, &list);
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i], person) == 0)
            return true;
    return false;
}

const char *addressees_json(struct addressees *a, const struct outbox_row *row) {
    const struct outbox_notice *const notice = &row->notice;
    const char *const *person;
    const size_t count = addressees_of(a, notice, &person);
    struct writer *const writer = writer_memory(a->arena);
    struct json json = json_to(writer);
    json_object_tight(&json, NULL);
    json_count(&json, "id", (uint64_t)row->id);
    json_text(&json, "key", notice->key);
    json_text(&json, "kind", notice->kind);
    json_text_if(&json, "assessment", notice->assessment[0] == '\0' ? NULL : notice->assessment);
    json_text(&json, "made", time_exact(a->arena, row->made_utc_ms));
    json_object_tight(&json, "to");
    json_text_if(&json, "role", notice->role[0] == '\0' ? NULL : notice->role);
    json_text_if(&json, "unit", notice->unit[0] == '\0' ? NULL : notice->unit);
    json_array_tight(&json, "persons");
    for (size_t i = 0; i < count; i++)
        json_text(&json, NULL, person[i]);
    json_end(&json);
    json_end(&json);
    json_raw(&json, "notice", notice->payload);
    json_end(&json);
    return writer_text_of(writer);
}
