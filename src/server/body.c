/* A walk through the tree of JSON and the tables of shapes side by side. What is read goes into the struct where there is one (`out`); findings get the path from the root to
 * where the walk stands, which is a chain of the calls that led there. */
#include "server/body.h"
#include "base/arena.h"
#include "base/limits.h"
#include "base/number.h"
#include "base/text.h"
#include "baton/period.h"
#include <assert.h>
#include <string.h>

/* Characters of a text that a message shows. */
enum { SHOWN = 64 };

/* A step of the path: a member, or an item of a list. */
struct step {
    const struct step *up; /* NULL: the root, which is no step itself */
    const char *name;      /* NULL = an item */
    size_t index;
};

struct walk {
    struct baton_arena *arena;
    struct baton_findings *found;
};

static bool is_identifier(const char *text, size_t size) {
    return text_is_identifier(text, size);
}

static bool is_period(const char *text, size_t size) {
    struct baton_period period;
    return baton_period_parse(text, size, &period);
}

static bool is_day(const char *text, size_t size) {
    int32_t day;
    return baton_day_parse(text, size, &day);
}

const struct body_form body_identifier = {
    .word = "identifier",
    .holds = is_identifier,
    .is = {"an identifier: letters, digits, `_`, `.`, `-` and Chinese characters",
           "标识（由字母、数字、下划线、点、连字符和汉字组成）"},
    .example = "u01"};
const struct body_form body_period = {
    .word = "period",
    .holds = is_period,
    .is = {"a period: 2021, 2021-H1, 2021-Q3, 2021-08, 2021-W35 or 2021-08-27",
           "考核周期（写作 2021、2021-H1、2021-Q3、2021-08、2021-W35 或 2021-08-27）"},
    .example = "2021-08"};
const struct body_form body_day = {.word = "date",
                                   .holds = is_day,
                                   .is = {"a date such as 2021-08-27", "日期（写作 2021-08-27）"},
                                   .example = "2021-08-27"};

const char *body_word_at(const char *words, size_t n, size_t *size) {
    for (const char *at = words;; n--) {
        at += strspn(at, " ");
        *size = strcspn(at, " ");
        if (*size == 0)
            return NULL;
        if (n == 0)
            return at;
        at += *size;
    }
}

/* The pointer of a path, from the root: a name has ~ as ~0 and / as ~1. */
static const char *pointer(struct baton_arena *arena, const struct step *step) {
    if (step == NULL)
        return "";
    const char *const before = pointer(arena, step->up);
    if (step->name == NULL)
        return arena_printf(arena, "%s/%zu", before, step->index);
    char *escaped = arena_alloc(arena, 2 * strlen(step->name) + 1, 1), *to = escaped;
    for (const char *from = step->name; *from != '\0'; from++) {
        const bool is_special = *from == '~' || *from == '/';
        *to++ = is_special ? '~' : *from;
        if (is_special)
            *to++ = *from == '~' ? '0' : '1';
    }
    return arena_printf(arena, "%s/%s", before, escaped);
}

/* The first characters, for a message. */
static const char *shown(struct baton_arena *arena, const char *text, size_t size) {
    size_t end = 0;
    uint32_t point;
    for (size_t n = 0; n < SHOWN && end < size; n++) {
        const size_t length = text_decode(text + end, size - end, &point);
        end += length == 0 ? 1 : length;
    }
    return arena_printf(arena, "%.*s%s", (int)end, text, end < size ? "..." : "");
}

/* Whether as much was found as is told: from there on what is wrong is only counted, for a body made of mistakes must not cost more than another. */
static bool is_enough(const struct walk *walk) {
    return walk->found->count >= BATON_FINDINGS_PER_FILE;
}

static void tell(struct walk *walk, baton_code code, const struct json_value *at,
                 const struct step *step, const char *a, const char *b, const char *c) {
    if (is_enough(walk)) {
        baton_findings_add(walk->found, code, (struct baton_where){.row = at->line}, NULL, NULL,
                           NULL, NULL); /* which counts it */
        return;
    }
    const struct baton_where where = {.row = at->line,
                                      .column = at->column,
                                      .field = step == NULL ? NULL : pointer(walk->arena, step)};
    baton_findings_add(walk->found, code, where, a, b, c, NULL);
}

static const char *printed(struct walk *walk, uint64_t number) {
    return arena_printf(walk->arena, "%llu", (unsigned long long)number);
}

/* Whether it is of that kind; else that is told. */
static bool is_kind(struct walk *walk, const struct json_value *value, enum json_kind want,
                    const struct step *step) {
    if (value->kind == want)
        return true;
    tell(walk, BATON_MEMBER_TYPE, value, step, json_kind_word(value->kind), json_kind_word(want),
         NULL);
    return false;
}

/* Control characters have no place in a text; line ends and tabs only where the field says so. */
static bool is_plain(const char *text, size_t size, bool lines) {
    for (size_t i = 0; i < size; i++) {
        const unsigned char byte = (unsigned char)text[i];
        const bool is_layout = byte == '\n' || byte == '\t' || byte == '\r';
        if (byte == 0x7f || (byte < 0x20 && !(lines && is_layout)))
            return false;
    }
    return true;
}

/* A text as the field wants it, given as a string. */
static const char *read_text(struct walk *walk, const struct body_field *field,
                             const struct json_value *value, const struct step *step) {
    const size_t most = field->length == 0 ? BODY_TEXT_MOST : field->length;
    const char *const text = value->text;
    if (value->size == 0 && field->blank)
        return text;
    if (value->size == 0) {
        tell(walk, BATON_MEMBER_EMPTY, value, step, NULL, NULL, NULL);
    } else if (text_length(text, value->size) > most) {
        tell(walk, BATON_MEMBER_LONG, value, step, printed(walk, most), "", NULL);
    } else if (!is_plain(text, value->size, field->lines)) {
        tell(walk, BATON_MEMBER_FORM, value, step, shown(walk->arena, text, value->size),
             field->lines ? "a text without control characters" : "a text on one line",
             field->lines ? "不含控制字符的文本" : "不换行的文本");
    } else if (field->form != NULL && !field->form->holds(text, value->size)) {
        tell(walk, BATON_MEMBER_FORM, value, step, shown(walk->arena, text, value->size),
             field->form->is[BATON_EN], field->form->is[BATON_ZH]);
    } else {
        return text;
    }
    return NULL;
}

/* One of the words of the table. */
static const char *read_word(struct walk *walk, const struct body_field *field,
                             const struct json_value *value, const struct step *step) {
    struct text_guess guess = {.text = value->text, .size = value->size};
    size_t size;
    const char *word;
    for (size_t i = 0; (word = body_word_at(field->words, i, &size)) != NULL; i++) {
        if (size == value->size && memcmp(word, value->text, size) == 0)
            return value->text;
        text_guess_offer(&guess, word, size);
    }
    tell(walk, BATON_MEMBER_WORD, value, step, shown(walk->arena, value->text, value->size),
         field->words,
         guess.best == NULL ? NULL : arena_text(walk->arena, guess.best, guess.best_size));
    return NULL;
}

/* A whole number in digits: no sign, point or exponent, even where the value would be whole. */
static bool read_count(struct walk *walk, const struct body_field *field,
                       const struct json_value *value, const struct step *step, uint64_t *out) {
    const uint64_t most = field->most == 0 ? UINT64_MAX : field->most;
    uint64_t count = 0;
    bool sound = value->size > 0 && value->size < 20;
    for (size_t i = 0; sound && i < value->size; i++) {
        sound = value->text[i] >= '0' && value->text[i] <= '9';
        count = count * 10 + (uint64_t)(value->text[i] - '0');
    }
    if (sound && count >= field->least && count <= most) {
        *out = count;
        return true;
    }
    tell(walk, BATON_MEMBER_COUNT, value, step, shown(walk->arena, value->text, value->size),
         printed(walk, field->least), printed(walk, most));
    return false;
}

/* A figure: in quotation marks, or as a number, of which the text is taken. */
static const char *read_figure(struct walk *walk, const struct json_value *value,
                               const struct step *step) {
    double number;
    if (value->kind != JSON_IN_NUMBER && !is_kind(walk, value, JSON_IN_TEXT, step))
        return NULL;
    if (baton_number_parse(value->text, value->size, &number, NULL) == BATON_NUMBER_OK)
        return value->text;
    tell(walk, BATON_MEMBER_FIGURE, value, step, shown(walk->arena, value->text, value->size), NULL,
         NULL);
    return NULL;
}

/* Whether a list or map has a number of entries that may be. Those of answers may be empty. */
static bool is_count(struct walk *walk, const struct body_field *field,
                     const struct json_value *value, const struct step *step, bool fill) {
    if (fill && field->needed && value->count == 0) {
        tell(walk, BATON_MEMBER_EMPTY, value, step, NULL, NULL, NULL);
        return false;
    }
    if (field->most != 0 && value->count > field->most) {
        tell(walk, BATON_MEMBER_LONG, value, step, printed(walk, field->most), NULL, NULL);
        return false;
    }
    return true;
}

static struct body_texts read_texts(struct walk *walk, const struct body_field *field,
                                    const struct json_value *value, const struct step *step) {
    const char **text = arena_alloc(walk->arena, value->count, sizeof(*text));
    for (size_t i = 0; i < value->count; i++) {
        const struct step item = {.up = step, .index = i};
        if (is_kind(walk, &value->part[i], JSON_IN_TEXT, &item))
            text[i] = read_text(walk, field, &value->part[i], &item);
    }
    return (struct body_texts){text, value->count};
}

static struct body_map read_map(struct walk *walk, const struct body_field *field,
                                const struct json_value *value, const struct step *step) {
    struct body_pair *pair = arena_alloc(walk->arena, value->count, sizeof(*pair));
    for (size_t i = 0; i < value->count; i++) {
        const struct json_value *const part = &value->part[i];
        const struct step member = {.up = step, .name = part->name};
        const size_t name_size = strlen(part->name);
        if (name_size == 0) {
            tell(walk, BATON_MEMBER_EMPTY, part, &member, NULL, NULL, NULL);
            continue;
        }
        if (name_size > BODY_NAME_SIZE || !is_plain(part->name, name_size, false)) {
            tell(walk, BATON_MEMBER_FORM, value, step, shown(walk->arena, part->name, name_size),
                 "a name of at most 128 bytes on one line", "不超过 128 字节且不换行的名称");
            continue;
        }
        pair[i].name = part->name;
        if (part->kind == JSON_IN_NUMBER || is_kind(walk, part, JSON_IN_TEXT, &member))
            pair[i].value = read_text(walk, field, part, &member);
    }
    return (struct body_map){pair, value->count};
}

static void read_object(struct walk *walk, const struct body_shape *shape,
                        const struct json_value *value, const struct step *step, void *out);

static struct body_list read_list(struct walk *walk, const struct body_field *field,
                                  const struct json_value *value, const struct step *step,
                                  bool fill) {
    const size_t size = fill ? field->inner->size : 0;
    char *item = size == 0 ? NULL : arena_alloc(walk->arena, value->count, size);
    for (size_t i = 0; i < value->count; i++) {
        const struct step at = {.up = step, .index = i};
        if (is_kind(walk, &value->part[i], JSON_IN_OBJECT, &at))
            read_object(walk, field->inner, &value->part[i], &at,
                        item == NULL ? NULL : item + i * size);
    }
    return (struct body_list){item, value->count};
}

/* The kind of JSON that a type wants; of FIGURE see read_figure, of ANY none. */
static enum json_kind kind_of(enum body_type type) {
    switch (type) {
    case BODY_COUNT:
    case BODY_NUMBER:
        return JSON_IN_NUMBER;
    case BODY_FLAG:
        return JSON_IN_FLAG;
    case BODY_OBJECT:
    case BODY_MAP:
        return JSON_IN_OBJECT;
    case BODY_OBJECTS:
    case BODY_TEXTS:
        return JSON_IN_LIST;
    default:
        return JSON_IN_TEXT;
    }
}

/* Puts `size` bytes into the struct, where there is one. */
static void put(void *out, const struct body_field *field, const void *value, size_t size) {
    if (out != NULL)
        memcpy((char *)out + field->offset, value, size);
}

static void read_containers(struct walk *walk, const struct body_field *field,
                            const struct json_value *value, const struct step *step, void *out) {
    if (field->type == BODY_OBJECT) {
        const size_t size = out == NULL ? 0 : field->inner->size;
        void *inner = size == 0 ? NULL : arena_alloc(walk->arena, 1, size);
        read_object(walk, field->inner, value, step, inner);
        put(out, field, &inner, sizeof(inner));
        return;
    }
    if (!is_count(walk, field, value, step, out != NULL))
        return;
    if (field->type == BODY_OBJECTS) {
        const struct body_list list = read_list(walk, field, value, step, out != NULL);
        put(out, field, &list, sizeof(list));
    } else if (field->type == BODY_TEXTS) {
        const struct body_texts texts = read_texts(walk, field, value, step);
        put(out, field, &texts, sizeof(texts));
    } else {
        const struct body_map map = read_map(walk, field, value, step);
        put(out, field, &map, sizeof(map));
    }
}

static void read_member(struct walk *walk, const struct body_field *field,
                        const struct json_value *value, const struct step *step, void *out) {
    if (field->type == BODY_ANY || (field->nullable && value->kind == JSON_IN_NULL))
        return;
    if (field->type != BODY_FIGURE && !is_kind(walk, value, kind_of(field->type), step))
        return;
    const char *text;
    uint64_t count = 0;
    switch (field->type) {
    case BODY_TEXT:
        text = read_text(walk, field, value, step);
        put(out, field, &text, sizeof(text));
        break;
    case BODY_WORD:
        text = read_word(walk, field, value, step);
        put(out, field, &text, sizeof(text));
        break;
    case BODY_FIGURE:
        text = read_figure(walk, value, step);
        put(out, field, &text, sizeof(text));
        break;
    case BODY_COUNT:
        if (read_count(walk, field, value, step, &count))
            put(out, field, &count, sizeof(count));
        break;
    case BODY_FLAG:
        put(out, field, &value->flag, sizeof(value->flag));
        break;
    case BODY_NUMBER: /* any number is one */
        break;
    default:
        read_containers(walk, field, value, step, out);
    }
}

static const struct body_field *find_field(const struct body_shape *shape, const char *name) {
    for (size_t i = 0; i < shape->count; i++)
        if (strcmp(shape->field[i].name, name) == 0)
            return &shape->field[i];
    return NULL;
}

static void tell_unknown(struct walk *walk, const struct body_shape *shape,
                         const struct json_value *value, const struct json_value *member,
                         const struct step *step) {
    const bool is_long = strlen(member->name) > BODY_NAME_SIZE; /* and not for a pointer */
    struct text_guess guess = {.text = member->name, .size = strlen(member->name)};
    const char *names = NULL;
    for (size_t i = 0; i < shape->count && !is_enough(walk); i++) {
        const char *const name = shape->field[i].name;
        text_guess_offer(&guess, name, strlen(name));
        names = names == NULL ? name : arena_printf(walk->arena, "%s %s", names, name);
    }
    tell(walk, BATON_MEMBER_UNKNOWN, is_long ? value : member, is_long ? step->up : step,
         shown(walk->arena, member->name, strlen(member->name)),
         guess.best == NULL ? NULL : arena_text(walk->arena, guess.best, guess.best_size), names);
}

/* `out` is the struct of the shape, or NULL. The depth is that of the JSON, at most JSON_IN_DEPTH. */
static void read_object(struct walk *walk, const struct body_shape *shape,
                        const struct json_value *value, const struct step *step, void *out) {
    for (size_t i = 0; out != NULL && i < shape->count; i++)
        if (shape->field[i].type == BODY_COUNT)
            put(out, &shape->field[i], &shape->field[i].initial, sizeof(uint64_t));
    for (size_t i = 0; i < value->count; i++) {
        const struct json_value *const member = &value->part[i];
        const struct step at = {.up = step, .name = member->name};
        const struct body_field *const field = find_field(shape, member->name);
        if (field == NULL)
            tell_unknown(walk, shape, value, member, &at);
        else
            read_member(walk, field, member, &at, out);
    }
    for (size_t i = 0; i < shape->count; i++) {
        const struct body_field *const field = &shape->field[i];
        const struct step at = {.up = step, .name = field->name};
        if (field->needed && json_member(value, field->name) == NULL)
            tell(walk, BATON_MEMBER_NEEDED, value, &at, field->name, NULL, NULL);
    }
}

static baton_code read_root(struct baton_arena *arena, const struct body_shape *shape,
                            const struct json_value *value, void *out,
                            struct baton_findings *found) {
    struct walk walk = {arena, found};
    const size_t before = found->errors;
    if (is_kind(&walk, value, JSON_IN_OBJECT, NULL))
        read_object(&walk, shape, value, NULL, out);
    return found->errors == before ? BATON_OK : baton_findings_worst(found);
}

baton_code body_shape_read(struct baton_arena *arena, const struct body_shape *shape,
                           const char *text, size_t size, const void **out,
                           struct baton_findings *found) {
    assert(shape->size > 0);
    const struct json_value *value;
    TRY(json_in_read(arena, text, size, &value, found));
    void *body = arena_alloc(arena, 1, shape->size);
    TRY(read_root(arena, shape, value, body, found));
    *out = body;
    return BATON_OK;
}

baton_code body_shape_check(struct baton_arena *arena, const struct body_shape *shape,
                            const struct json_value *value, struct baton_findings *found) {
    return read_root(arena, shape, value, NULL, found);
}
