/* Entries as canonical bytes, and back.
 *
 * Writing counts first, then fills one piece of memory. Reading takes one copy of all texts: a text with a NUL behind it needs less room than with its size before
 * it, so the copy is never larger than the entry. */
#include "ledger/entry.h"
#include "base/text.h"
#include "ledger/bytes.h"
#include <assert.h>
#include <stdlib.h>

static int by_name(const void *a, const void *b) {
    return strcmp(((const struct field *)a)->name, ((const struct field *)b)->name);
}

bool fields_sort(struct field *field, size_t *count) {
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++)
        if (field[i].size > 0)
            field[kept++] = field[i];
    *count = kept;
    if (kept > 1)
        qsort(field, kept, sizeof *field, by_name);
    for (size_t i = 1; i < kept; i++)
        if (strcmp(field[i - 1].name, field[i].name) == 0)
            return false;
    return true;
}

const struct field *body_field(const struct fact_body *body, const char *name) {
    size_t from = 0, to = body->field_count;
    while (from < to) {
        const size_t middle = from + (to - from) / 2;
        const int order = strcmp(body->field[middle].name, name);
        if (order == 0)
            return &body->field[middle];
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}

struct field text_field(const char *name, const char *text) {
    return (struct field){name, text, text == NULL ? 0 : strlen(text), 't'};
}

const char *body_text(const struct fact_body *body, const char *name) {
    const struct field *const field = body_field(body, name);
    return field != NULL ? field->value : "";
}

bool body_content(const struct fact_body *body, const char *name, struct digest *out) {
    const struct field *const field = body_field(body, name);
    if (field == NULL || field->type != 'c' || field->size != DIGEST_SIZE)
        return false;
    memcpy(out->byte, field->value, DIGEST_SIZE);
    return true;
}

static size_t string_size(size_t size) {
    assert(size <= UINT32_MAX);
    return 4 + size;
}

static size_t body_size(const struct fact_body *body) {
    size_t size = string_size(strlen(body->kind)) + string_size(strlen(body->assessment)) + 4;
    for (size_t i = 0; i < body->field_count; i++)
        size += string_size(strlen(body->field[i].name)) + 1 + string_size(body->field[i].size);
    return size;
}

static uint8_t *put_text(uint8_t *to, const char *text) {
    return put_string(to, text, strlen(text));
}

static uint8_t *put_fields(uint8_t *to, const struct fact_body *body) {
    to = put_u32(to, (uint32_t)body->field_count);
    for (size_t i = 0; i < body->field_count; i++) {
        const struct field *const field = &body->field[i];
        assert(field->size > 0 && field->name[0] != '\0');
        assert(i == 0 || strcmp(field[-1].name, field->name) < 0);
        to = put_text(to, field->name);
        to = put_u8(to, (uint8_t)field->type);
        to = put_string(to, field->value, field->size);
    }
    return to;
}

void entry_write(struct baton_arena *arena, const struct entry *entry, const uint8_t **bytes,
                 size_t *size) {
    assert(entry->position <= ENTRY_POSITION_MAX && entry->body.kind[0] != '\0');
    assert(entry->time_utc_ms >= 0 && entry->time_utc_ms <= ENTRY_TIME_MAX);
    *size = 1 + 8 + 8 + body_size(&entry->body) + string_size(strlen(entry->actor));
    uint8_t *const begin = arena_alloc_raw(arena, *size, 1);
    uint8_t *to = put_u8(begin, ENTRY_VERSION);
    to = put_u64(to, entry->position);
    to = put_u64(to, (uint64_t)entry->time_utc_ms);
    to = put_text(to, entry->body.kind);
    to = put_text(to, entry->body.assessment);
    to = put_text(to, entry->actor);
    to = put_fields(to, &entry->body);
    assert(to == begin + *size);
    *bytes = begin;
}

void body_write(struct baton_arena *arena, const struct fact_body *body, const uint8_t **bytes,
                size_t *size) {
    assert(body->kind[0] != '\0');
    *size = body_size(body);
    uint8_t *const begin = arena_alloc_raw(arena, *size, 1);
    uint8_t *to = put_text(begin, body->kind);
    to = put_text(to, body->assessment);
    to = put_fields(to, body);
    assert(to == begin + *size);
    *bytes = begin;
}

struct reading {
    struct bytes_in in;
    char *text; // where the next copy goes
};

/* A string with a NUL behind it. */
static const char *read_string(struct reading *reading, size_t *size) {
    const uint8_t *const bytes = take_string(&reading->in, size);
    if (bytes == NULL)
        return "";
    char *const copy = reading->text;
    memcpy(copy, bytes, *size);
    copy[*size] = '\0';
    reading->text += *size + 1;
    return copy;
}

static bool is_sound(const char *text, size_t size) {
    return memchr(text, '\0', size) == NULL && text_valid_size(text, size) == size;
}

static const char *read_text(struct reading *reading) {
    size_t size;
    const char *const text = read_string(reading, &size);
    if (!is_sound(text, size))
        reading->in.broken = true;
    return text;
}

static const char *read_name(struct reading *reading) {
    const char *const name = read_text(reading);
    if (name[0] == '\0')
        reading->in.broken = true;
    return name;
}

static bool body_holds(const char *bytes, size_t size);

/* `depth` 0 = the fact of an entry, which may hold other facts. */
static bool value_holds(const struct field *field, unsigned depth) {
    switch (field->type) {
    case 't':
        return field->size > 0 && is_sound(field->value, field->size);
    case 'c':
        return field->size == DIGEST_SIZE;
    case 'f':
        return depth == 0 && body_holds(field->value, field->size);
    default:
        return false;
    }
}

/* One field; `before` = the name of the one before it, which is less. */
static void read_field(struct reading *reading, const char *before, unsigned depth,
                       struct field *out) {
    out->name = read_name(reading);
    out->type = (char)take_u8(&reading->in);
    out->value = read_string(reading, &out->size);
    if (reading->in.broken)
        return;
    if ((before != NULL && strcmp(before, out->name) >= 0) || !value_holds(out, depth))
        reading->in.broken = true;
}

/* How many fields; 0 and broken where there are more than may be, or than the bytes left can be: a field has at least 11. */
static size_t read_count(struct reading *reading) {
    const size_t count = take_u32(&reading->in);
    if (count > ENTRY_FIELDS_MAX || count * 11 > (size_t)(reading->in.end - reading->in.at))
        reading->in.broken = true;
    return reading->in.broken ? 0 : count;
}

static void read_fields(struct baton_arena *arena, struct reading *reading, unsigned depth,
                        struct fact_body *out) {
    out->field_count = read_count(reading);
    struct field *const field = arena_alloc(arena, out->field_count, sizeof *field);
    out->field = field;
    for (size_t i = 0; i < out->field_count && !reading->in.broken; i++)
        read_field(reading, i > 0 ? field[i - 1].name : NULL, depth, &field[i]);
}

/* Whether it ended well, and at the end. */
static bool is_whole(const struct reading *reading) {
    return !reading->in.broken && reading->in.at == reading->in.end;
}

/* The proposed fact of a field: looked at where it stands, so that each reading of the entry costs nothing that stays. */
static bool body_holds(const char *bytes, size_t size) {
    struct bytes_in in = {(const uint8_t *)bytes, (const uint8_t *)bytes + size, false};
    const char *before = "";
    size_t length, before_size = 0;
    for (unsigned i = 0; i < 2; i++) {
        const char *const text = (const char *)take_string(&in, &length);
        if (text == NULL || (i == 0 && length == 0) || !is_sound(text, length))
            return false;
    }
    const size_t count = take_u32(&in);
    if (in.broken || count > ENTRY_FIELDS_MAX)
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *const name = (const char *)take_string(&in, &length);
        if (name == NULL || length == 0 || !is_sound(name, length))
            return false;
        const size_t common = length < before_size ? length : before_size;
        const int order = memcmp(before, name, common);
        if (order > 0 || (order == 0 && before_size >= length))
            return false;
        before = name;
        before_size = length;
        struct field field = {.type = (char)take_u8(&in)};
        field.value = (const char *)take_string(&in, &field.size);
        if (field.value == NULL || !value_holds(&field, 1))
            return false;
    }
    return in.at == in.end;
}

baton_code entry_read(struct baton_arena *arena, const void *bytes, size_t size,
                      struct entry *out) {
    if (size == 0 || size > ENTRY_SIZE_MAX)
        return BATON_ENTRY_BROKEN;
    struct reading reading = {.in = {bytes, (const uint8_t *)bytes + size, false},
                              .text = arena_alloc_raw(arena, size, 1)};
    struct entry entry = {0};
    if (take_u8(&reading.in) != ENTRY_VERSION)
        return BATON_ENTRY_BROKEN;
    entry.position = take_u64(&reading.in);
    const uint64_t time = take_u64(&reading.in);
    entry.time_utc_ms = (int64_t)time;
    entry.body.kind = read_name(&reading);
    entry.body.assessment = read_text(&reading);
    entry.actor = read_text(&reading);
    read_fields(arena, &reading, 0, &entry.body);
    if (!is_whole(&reading) || entry.position > ENTRY_POSITION_MAX ||
        time > (uint64_t)ENTRY_TIME_MAX)
        return BATON_ENTRY_BROKEN;
    *out = entry;
    return BATON_OK;
}

baton_code body_read(struct baton_arena *arena, const void *bytes, size_t size,
                     struct fact_body *out) {
    if (size == 0 || size > ENTRY_SIZE_MAX)
        return BATON_ENTRY_BROKEN;
    struct reading reading = {.in = {bytes, (const uint8_t *)bytes + size, false},
                              .text = arena_alloc_raw(arena, size, 1)};
    struct fact_body body = {.kind = read_name(&reading)};
    body.assessment = read_text(&reading);
    read_fields(arena, &reading, 1, &body);
    if (!is_whole(&reading))
        return BATON_ENTRY_BROKEN;
    *out = body;
    return BATON_OK;
}
