/* JSON read by jansson, copied into the arena with places and the texts of numbers.
 *
 * Three passes. The first (`look`) sees what jansson would let through or take too much memory for: bytes that are no UTF-8, NULs (which jansson skips between values), depth, the number of
 * values. Then jansson reads, and says what is no JSON. The third (`copy`) goes through its tree with a cursor in the text beside it: as the text is known to be
 * JSON, a value begins behind blanks, commas and colons, and its first byte says what it is. The two are compared value by value. */
#include "server/json_in.h"
#include "base/arena.h"
#include "base/text.h"
#include <assert.h>
#include <jansson.h>
#include <string.h>

/* What is shown of a text that is wrong. */
enum { SHOWN = 24 };

struct reading {
    struct baton_arena *arena;
    struct baton_findings *found;
    const char *text;
    size_t size;
    json_t *root; /* what jansson made; NULL once it is given back */
    /* of the third pass: where the cursor is, and its line and column */
    size_t at;
    uint32_t line, column;
};

const char *json_kind_word(enum json_kind kind) {
    static const char *const words[] = {
        [JSON_IN_NULL] = "null",   [JSON_IN_FLAG] = "boolean", [JSON_IN_NUMBER] = "number",
        [JSON_IN_TEXT] = "string", [JSON_IN_LIST] = "array",   [JSON_IN_OBJECT] = "object",
    };
    return words[kind];
}

const struct json_value *json_member(const struct json_value *object, const char *name) {
    for (size_t i = 0; i < object->count; i++)
        if (object->part[i].name != NULL && strcmp(object->part[i].name, name) == 0)
            return &object->part[i];
    return NULL;
}

/* Line and column of a byte. */
static struct baton_where place(const struct reading *reading, size_t position) {
    struct baton_where where = {.row = 1};
    size_t line = 0;
    for (size_t i = 0; i < position; i++)
        if (reading->text[i] == '\n') {
            where.row++;
            line = i + 1;
        }
    where.column = (uint32_t)text_length(reading->text + line, position - line) + 1;
    return where;
}

static baton_code refuse(struct reading *reading, baton_code code, size_t position, const char *a,
                         const char *b) {
    baton_findings_add(reading->found, code, place(reading, position), a, b, NULL, NULL);
    return code;
}

/* The last characters before the byte, for people; NULL where there are none. */
static const char *shown_before(struct reading *reading, size_t position) {
    size_t from = position;
    for (size_t n = 0; n < SHOWN && from > 0 && reading->text[from - 1] != '\n'; n++) {
        from--;
        while (from > 0 && ((unsigned char)reading->text[from] & 0xc0) == 0x80)
            from--;
    }
    return from == position ? NULL
                            : arena_text(reading->arena, reading->text + from, position - from);
}

static bool is_blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* Part of a number or of a word such as true. */
static bool is_bare(char byte) {
    return !is_blank(byte) && strchr("{}[]:,\"", byte) == NULL;
}

/* The byte behind the text whose opening quote is at `at`; `size` where it does not end. */
static size_t behind_text(const struct reading *reading, size_t at) {
    for (at++; at < reading->size; at++) {
        if (reading->text[at] == '\\')
            at++;
        else if (reading->text[at] == '"')
            return at + 1;
    }
    return reading->size;
}

static size_t behind_bare(const struct reading *reading, size_t at) {
    while (at < reading->size && is_bare(reading->text[at]))
        at++;
    return at;
}

/* Counts depth and values, as far as the text is JSON: a name is counted, and its colon takes it off again. Of what is not, jansson stops at the first, and the counts
 * before it hold. */
static baton_code look_at_size(struct reading *reading) {
    size_t depth = 0, values = 0;
    for (size_t at = 0; at < reading->size;) {
        const char byte = reading->text[at];
        size_t next = at + 1;
        if (byte == '"')
            next = behind_text(reading, at);
        else if (is_bare(byte))
            next = behind_bare(reading, at);
        if (byte == '{' || byte == '[') {
            if (++depth > JSON_IN_DEPTH)
                return refuse(reading, BATON_JSON_DEPTH, at,
                              arena_printf(reading->arena, "%d", (int)JSON_IN_DEPTH), NULL);
        } else if (byte == '}' || byte == ']') {
            depth -= depth > 0;
        } else if (byte == ':') {
            values -= values > 0;
        }
        if (byte == '{' || byte == '[' || byte == '"' || is_bare(byte))
            values++;
        if (values > JSON_IN_VALUES + 1) /* one may be a name, whose colon comes yet */
            return refuse(reading, BATON_JSON_LARGE, at,
                          arena_printf(reading->arena, "%d", (int)JSON_IN_VALUES), NULL);
        at = next;
    }
    return BATON_OK;
}

static baton_code look(struct reading *reading) {
    if (reading->size > JSON_IN_SIZE)
        return refuse(reading, BATON_JSON_LARGE, 0,
                      arena_printf(reading->arena, "%d", (int)JSON_IN_SIZE), "");
    const size_t sound = text_valid_size(reading->text, reading->size);
    if (sound < reading->size)
        return refuse(reading, BATON_JSON_UTF8, sound, NULL, NULL);
    const char *nul = reading->size == 0 ? NULL : memchr(reading->text, '\0', reading->size);
    if (nul != NULL)
        return refuse(reading, BATON_JSON_NUL, (size_t)(nul - reading->text), NULL, NULL);
    return look_at_size(reading);
}

/* The name that ends before the byte, as it was sent. */
static const char *name_before(struct reading *reading, size_t position) {
    size_t from = 0, to = 0;
    for (size_t at = 0; at < position;) {
        size_t next = at + 1;
        if (reading->text[at] == '"') {
            next = behind_text(reading, at);
            from = at + 1;
            to = next - 1;
        }
        at = next;
    }
    if (to < from || to >= reading->size)
        return "";
    const bool is_long = to - from > 128;
    if (is_long) /* not in the middle of a character */
        for (to = from + 128; ((unsigned char)reading->text[to] & 0xc0) == 0x80;)
            to--;
    return arena_printf(reading->arena, "%.*s%s", (int)(to - from), reading->text + from,
                        is_long ? "..." : "");
}

/* jansson's own words are English; its codes have ours. */
static baton_code refused(struct reading *reading, const json_error_t *error) {
    size_t at = error->position < 0 ? 0 : (size_t)error->position;
    at = at > reading->size ? reading->size : at;
    while (at < reading->size && ((unsigned char)reading->text[at] & 0xc0) == 0x80)
        at++; /* it may have stopped in a character */
    switch (json_error_code(error)) {
    case json_error_out_of_memory:
        arena_out_of_memory(reading->arena);
    case json_error_premature_end_of_input:
        return refuse(reading, BATON_JSON_ENDS, reading->size, NULL, NULL);
    case json_error_end_of_input_expected:
        return refuse(reading, BATON_JSON_TRAILING, at > 0 ? at - 1 : 0, NULL, NULL);
    case json_error_invalid_utf8:
        return refuse(reading, BATON_JSON_UTF8, at, NULL, NULL);
    case json_error_null_character:
    case json_error_null_byte_in_key:
        return refuse(reading, BATON_JSON_NUL, at, shown_before(reading, at), NULL);
    case json_error_duplicate_key:
        return refuse(reading, BATON_NAME_TWICE, at, name_before(reading, at), NULL);
    case json_error_numeric_overflow:
        return refuse(reading, BATON_JSON_NUMBER, at, shown_before(reading, at), NULL);
    case json_error_stack_overflow: /* far deeper than what was let through before */
    default:
        return refuse(reading, BATON_JSON_SYNTAX, at, shown_before(reading, at), NULL);
    }
}

static void give_back(void *context) {
    struct reading *reading = context;
    json_decref(reading->root);
    reading->root = NULL;
}

/* Moves the cursor to `to`. A column is a character, whose first byte is no continuation. */
static void move(struct reading *reading, size_t to) {
    for (; reading->at < to; reading->at++) {
        const unsigned char byte = (unsigned char)reading->text[reading->at];
        if (byte == '\n') {
            reading->line++;
            reading->column = 1;
        } else {
            reading->column += (byte & 0xc0) != 0x80;
        }
    }
}

/* To the next value or name, or the end of a container. */
static char next_thing(struct reading *reading) {
    size_t at = reading->at;
    while (at < reading->size &&
           (is_blank(reading->text[at]) || reading->text[at] == ',' || reading->text[at] == ':'))
        at++;
    move(reading, at);
    return at < reading->size ? reading->text[at] : '\0';
}

static enum json_kind kind_of(const json_t *json) {
    switch (json_typeof(json)) {
    case JSON_STRING:
        return JSON_IN_TEXT;
    case JSON_INTEGER:
    case JSON_REAL:
        return JSON_IN_NUMBER;
    case JSON_TRUE:
    case JSON_FALSE:
        return JSON_IN_FLAG;
    case JSON_ARRAY:
        return JSON_IN_LIST;
    case JSON_NULL:
        return JSON_IN_NULL;
    default:
        return JSON_IN_OBJECT;
    }
}

/* What a value that begins with that byte is. */
static enum json_kind kind_at(char byte) {
    switch (byte) {
    case '{':
        return JSON_IN_OBJECT;
    case '[':
        return JSON_IN_LIST;
    case '"':
        return JSON_IN_TEXT;
    case 't':
    case 'f':
        return JSON_IN_FLAG;
    case 'n':
        return JSON_IN_NULL;
    default:
        return JSON_IN_NUMBER;
    }
}

static bool copy(struct reading *reading, json_t *json, struct json_value *out);

static bool copy_list(struct reading *reading, json_t *json, struct json_value *out) {
    out->count = json_array_size(json);
    struct json_value *part = arena_alloc(reading->arena, out->count, sizeof(*part));
    out->part = part;
    move(reading, reading->at + 1);
    for (size_t i = 0; i < out->count; i++)
        if (!copy(reading, json_array_get(json, i), &part[i]))
            return false;
    return next_thing(reading) == ']';
}

/* jansson keeps the members in the order in which they came. */
static bool copy_object(struct reading *reading, json_t *json, struct json_value *out) {
    out->count = json_object_size(json);
    struct json_value *part = arena_alloc(reading->arena, out->count, sizeof(*part));
    out->part = part;
    move(reading, reading->at + 1);
    void *member = json_object_iter(json);
    for (size_t i = 0; i < out->count; i++) {
        if (member == NULL || next_thing(reading) != '"')
            return false;
        const char *const name = json_object_iter_key(member);
        part[i].name = arena_text(reading->arena, name, strlen(name));
        move(reading, behind_text(reading, reading->at));
        if (!copy(reading, json_object_iter_value(member), &part[i]))
            return false;
        member = json_object_iter_next(json, member);
    }
    return member == NULL && next_thing(reading) == '}';
}

/* At most JSON_IN_DEPTH deep. False where text and tree are not the same. */
static bool copy(struct reading *reading, json_t *json, struct json_value *out) {
    const char first = next_thing(reading);
    out->kind = kind_of(json);
    out->line = reading->line;
    out->column = reading->column;
    if (first == '\0' || kind_at(first) != out->kind)
        return false;
    const size_t from = reading->at;
    bool sound = true;
    switch (out->kind) {
    case JSON_IN_LIST:
        sound = copy_list(reading, json, out);
        move(reading, reading->at + 1);
        break;
    case JSON_IN_OBJECT:
        sound = copy_object(reading, json, out);
        move(reading, reading->at + 1);
        break;
    case JSON_IN_TEXT:
        out->size = json_string_length(json);
        out->text = arena_text(reading->arena, json_string_value(json), out->size);
        move(reading, behind_text(reading, from));
        break;
    case JSON_IN_NUMBER:
        move(reading, behind_bare(reading, from));
        out->size = reading->at - from;
        out->text = arena_text(reading->arena, reading->text + from, out->size);
        break;
    default:
        out->flag = json_is_true(json);
        sound = out->kind == JSON_IN_NULL || out->flag == (first == 't');
        move(reading, behind_bare(reading, from));
    }
    return sound;
}

baton_code json_in_read(struct baton_arena *arena, const char *text, size_t size,
                        const struct json_value **out, struct baton_findings *found) {
    struct reading *reading = arena_alloc(arena, 1, sizeof(*reading));
    *reading = (struct reading){
        .arena = arena, .found = found, .text = text, .size = size, .line = 1, .column = 1};
    TRY(look(reading));
    json_error_t error;
    arena_on_close(arena, give_back, reading); /* first: the copy may be left in the middle */
    reading->root = json_loadb(
        text, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL, &error);
    if (reading->root == NULL)
        return refused(reading, &error);
    struct json_value *value = arena_alloc(arena, 1, sizeof(*value));
    const bool sound = copy(reading, reading->root, value) && next_thing(reading) == '\0';
    give_back(reading);
    if (!sound)
        return refuse(reading, BATON_JSON_SYNTAX, reading->at, NULL, NULL);
    *out = value;
    return BATON_OK;
}
