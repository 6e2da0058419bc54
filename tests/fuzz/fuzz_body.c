/* Any bytes as the body of a request: read as JSON, then held to a shape that has every type.
 *
 * What is refused has findings with words in both languages and a place; a pointer leads to the value that stands there (or to the object that lacks the member). What is read is well formed: UTF-8,
 * numbers that are some, within the limits; and reads the same once written again. */
#include "base/arena.h"
#include "base/json.h"
#include "base/number.h"
#include "base/text.h"
#include "server/body.h"
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct inner {
    const char *name;
    const struct inner *next;
};
struct outer {
    const char *text, *word, *figure, *period, *day;
    uint64_t count;
    bool flag;
    const struct inner *object;
    struct body_list list;
    struct body_texts texts;
    struct body_map map;
};

static const struct body_shape inner_shape;
/* clang-format off */
static const struct body_field inner_fields[] = {
    {.name = "name", .type = BODY_TEXT, .needed = true, .offset = offsetof(struct inner, name), .form = &body_identifier},
    {.name = "next", .type = BODY_OBJECT, .offset = offsetof(struct inner, next), .inner = &inner_shape},
};
static const struct body_shape inner_shape = {.name = "Inner", BODY_FIELDS(inner_fields), .size = sizeof(struct inner)};
static const struct body_field outer_fields[] = {
    {.name = "text",   .type = BODY_TEXT,    .offset = offsetof(struct outer, text), .length = 5, .lines = true},
    {.name = "word",   .type = BODY_WORD,    .offset = offsetof(struct outer, word), .words = "one two 三"},
    {.name = "figure", .type = BODY_FIGURE,  .offset = offsetof(struct outer, figure)},
    {.name = "period", .type = BODY_TEXT,    .offset = offsetof(struct outer, period), .form = &body_period},
    {.name = "day",    .type = BODY_TEXT,    .offset = offsetof(struct outer, day), .form = &body_day},
    {.name = "count",  .type = BODY_COUNT,   .needed = true, .offset = offsetof(struct outer, count), .least = 3, .most = 30},
    {.name = "flag",   .type = BODY_FLAG,    .offset = offsetof(struct outer, flag)},
    {.name = "object", .type = BODY_OBJECT,  .offset = offsetof(struct outer, object), .inner = &inner_shape},
    {.name = "list",   .type = BODY_OBJECTS, .offset = offsetof(struct outer, list), .inner = &inner_shape, .most = 3},
    {.name = "texts",  .type = BODY_TEXTS,   .offset = offsetof(struct outer, texts), .most = 3},
    {.name = "map",    .type = BODY_MAP,     .offset = offsetof(struct outer, map), .most = 3},
};
/* clang-format on */
static const struct body_shape outer_shape = {
    .name = "Outer", BODY_FIELDS(outer_fields), .size = sizeof(struct outer)};

static void hold(bool condition) {
    if (!condition)
        abort();
}

/* Counts values, and looks at each. */
static size_t check_value(const struct json_value *value, unsigned depth) {
    size_t count = 1;
    double number;
    hold(depth <= JSON_IN_DEPTH && value->line > 0 && value->column > 0);
    const bool has_text = value->kind == JSON_IN_TEXT || value->kind == JSON_IN_NUMBER;
    hold((value->text != NULL) == has_text);
    if (has_text)
        hold(strlen(value->text) == value->size &&
             text_valid_size(value->text, value->size) == value->size);
    if (value->kind == JSON_IN_NUMBER) { /* it may be beyond what a figure can be */
        const enum baton_number_error wrong =
            baton_number_parse(value->text, value->size, &number, NULL);
        hold(wrong == BATON_NUMBER_OK || wrong == BATON_NUMBER_TOO_LARGE);
    }
    for (size_t i = 0; i < value->count; i++) {
        hold((value->part[i].name != NULL) == (value->kind == JSON_IN_OBJECT));
        count += check_value(&value->part[i], depth + 1);
    }
    return count;
}

/* Numbers as texts, for the writer knows doubles only. */
static void write_value(struct json *json, const struct json_value *value) {
    switch (value->kind) {
    case JSON_IN_NULL:
        json_null(json, value->name);
        break;
    case JSON_IN_FLAG:
        json_flag(json, value->name, value->flag);
        break;
    case JSON_IN_NUMBER:
    case JSON_IN_TEXT:
        json_text(json, value->name, value->text);
        break;
    default:
        if (value->kind == JSON_IN_LIST)
            json_array_tight(json, value->name);
        else
            json_object_tight(json, value->name);
        for (size_t i = 0; i < value->count; i++)
            write_value(json, &value->part[i]);
        json_end(json);
    }
}

static bool is_same(const struct json_value *a, const struct json_value *b) {
    const bool was_number = a->kind == JSON_IN_NUMBER && b->kind == JSON_IN_TEXT;
    if ((a->kind != b->kind && !was_number) || a->flag != b->flag || a->count != b->count ||
        a->size != b->size || (a->name == NULL) != (b->name == NULL))
        return false;
    if ((a->name != NULL && strcmp(a->name, b->name) != 0) ||
        (a->text != NULL && strcmp(a->text, b->text) != 0))
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!is_same(&a->part[i], &b->part[i]))
            return false;
    return true;
}

/* The part of an object or list that the next part of a pointer names; NULL = none. */
static const struct json_value *part_of(const struct json_value *value, const char *name) {
    if (value->kind == JSON_IN_OBJECT)
        return json_member(value, name);
    size_t index = 0;
    for (const char *at = name; *at != '\0'; at++) {
        hold(*at >= '0' && *at <= '9');
        index = index * 10 + (size_t)(*at - '0');
    }
    return index < value->count ? &value->part[index] : NULL;
}

/* Where a pointer leads; its last part may be a member that is missing, then it is the object. */
static const struct json_value *led_to(struct baton_arena *arena, const struct json_value *value,
                                       const char *pointer) {
    char *name = arena_text(arena, pointer, strlen(pointer));
    while (*pointer == '/') {
        char *to = name;
        for (pointer++; *pointer != '\0' && *pointer != '/'; pointer++)
            *to++ = *pointer != '~' ? *pointer : *++pointer == '0' ? '~' : '/';
        *to = '\0';
        const struct json_value *const part = part_of(value, name);
        if (part == NULL) {
            hold(*pointer == '\0');
            return value;
        }
        value = part;
    }
    return value;
}

static void check_findings(const struct baton_findings *found, const struct json_value *value) {
    hold(found->errors > 0 && found->count > 0);
    for (size_t i = 0; i < found->count; i++) {
        const struct baton_finding *const finding = &found->item[i];
        hold(finding->where.row > 0 && finding->where.column > 0);
        for (int language = BATON_EN; language <= BATON_ZH; language++) {
            const char *const words =
                baton_finding_message(found->arena, finding, (enum baton_language)language);
            hold(*words != '\0' && text_valid_size(words, strlen(words)) == strlen(words));
        }
        if (value == NULL || finding->where.field == NULL)
            continue;
        const struct json_value *const at = led_to(found->arena, value, finding->where.field);
        hold(at->line == finding->where.row && at->column == finding->where.column);
    }
}

struct input {
    struct baton_arena *arena;
    const char *text;
    size_t size;
};

static baton_code try_it(void *context) {
    const struct input *const input = context;
    struct baton_arena *const arena = input->arena;
    struct baton_findings found = {.arena = arena}, wrong = {.arena = arena};
    const struct json_value *value = NULL, *again = NULL;
    const void *body = NULL;
    if (json_in_read(arena, input->text, input->size, &value, &found) != BATON_OK) {
        hold(value == NULL && found.count == 1);
        check_findings(&found, NULL);
        return BATON_OK;
    }
    hold(found.count == 0 && check_value(value, 0) <= JSON_IN_VALUES);
    struct writer *const writer = writer_memory(arena);
    struct json json = json_to(writer);
    write_value(&json, value);
    const char *const text = writer_text_of(writer);
    if (strlen(text) <= JSON_IN_SIZE) {
        hold(json_in_read(arena, text, strlen(text), &again, &found) == BATON_OK);
        hold(is_same(value, again));
    }
    const baton_code code =
        body_shape_read(arena, &outer_shape, input->text, input->size, &body, &wrong);
    hold((code == BATON_OK) == (body != NULL) && (code == BATON_OK) == (wrong.errors == 0));
    if (code != BATON_OK) {
        check_findings(&wrong, value);
        return BATON_OK;
    }
    const struct outer *const outer = body;
    hold(outer->count >= 3 && outer->count <= 30 && outer->list.count <= 3);
    hold(outer->text == NULL || text_length(outer->text, strlen(outer->text)) <= 5);
    return BATON_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct input input = {.arena = arena_open(), .text = (const char *)data, .size = size};
    hold(arena_run(input.arena, try_it, &input) == BATON_OK);
    arena_close(input.arena);
    return 0;
}
