/* The strict YAML reader: libyaml turns bytes into events, this file turns events into the tree and says what is
 * refused. Characters are looked at before, so that libyaml's own reader finds nothing to complain of and every
 * finding has a line and a column; what stands inside a refused part is read past, so that all findings of a file
 * come at once. A syntax error ends the reading: there is no telling what is meant behind it. */
#include "package/yaml.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "package/yaml_problems.h"
#include <assert.h>
#include <string.h>
#include <yaml.h>

/* A map or list that has begun and not ended. */
struct frame {
    struct yaml_value *value;
    bool full;       /* more came than is kept */
    bool key_next;   /* of a map: a key comes next, not a value */
    const char *key; /* the key read last; NULL where it is refused, then the value is left out */
    uint32_t key_row, key_column;
    struct hash rows; /* of the keys that the map has had */
};

struct reading {
    struct baton_arena *arena;
    struct baton_findings *found;
    const char *file;
    const char *bytes;
    size_t size;
    yaml_parser_t parser;
    yaml_event_t event;
    bool parser_open, event_open;
    struct frame frame[LIMIT_YAML_DEPTH];
    size_t depth;
    struct yaml_value *root;
    unsigned documents;
    bool ended;
    uint32_t
        line_row; /* the line looked at last, so that the next need not be looked for from the start */
    size_t line_from;
};

static void close_event(struct reading *r) {
    if (r->event_open)
        yaml_event_delete(&r->event);
    r->event_open = false;
}

/* What libyaml holds does not stand in the arena: also called when the arena is closed, should memory run out. */
static void close_reading(void *context) {
    struct reading *r = context;
    close_event(r);
    if (r->parser_open)
        yaml_parser_delete(&r->parser);
    r->parser_open = false;
}

const struct yaml_value *yaml_get(const struct yaml_value *map, const char *key) {
    if (map == NULL || map->kind != YAML_MAP)
        return NULL;
    for (const struct yaml_value *value = map->first; value != NULL; value = value->next)
        if (strcmp(value->key, key) == 0)
            return value;
    return NULL;
}

bool yaml_is_null(const struct yaml_value *value) {
    return value->kind == YAML_TEXT && !value->quoted && value->size == 0;
}

/* A key or name as messages show it: whole, unless it is longer than any that means something. */
static const char *shown(struct baton_arena *arena, const char *text) {
    enum { COLUMNS = 60 };
    const size_t size = strlen(text), fits = text_fit(text, size, COLUMNS);
    return fits == size ? text : arena_printf(arena, "%.*s...", (int)fits, text);
}

const char *yaml_path(struct baton_arena *arena, const struct yaml_value *value) {
    const char *path = "";
    for (; value->parent != NULL; value = value->parent) {
        const char *joint = path[0] == '\0' || path[0] == '[' ? "" : ".";
        if (value->key != NULL)
            path = arena_printf(arena, "%s%s%s", shown(arena, value->key), joint, path);
        else
            path = arena_printf(arena, "[%u]%s%s", (unsigned)value->index, joint, path);
    }
    return path;
}

static struct baton_where at_place(const struct reading *r, uint32_t row, uint32_t column) {
    const char *field = NULL;
    if (r->depth > 0)
        field = yaml_path(r->arena, r->frame[r->depth - 1].value);
    return (struct baton_where){r->file, row, column,
                                field != NULL && field[0] != '\0' ? field : NULL};
}

static void report(struct reading *r, baton_code code, yaml_mark_t mark, const char *arg1,
                   const char *arg2) {
    struct baton_where where = at_place(r, (uint32_t)mark.line + 1, (uint32_t)mark.column + 1);
    baton_findings_add(r->found, code, where, arg1 == NULL ? NULL : shown(r->arena, arg1), arg2,
                       NULL, NULL);
}

/* Characters */

/* Cannot be seen, or ends a line for some programs and not for others. */
static bool is_hidden(uint32_t point) {
    return (point < 0x20 && point != '\t' && point != '\n' && point != '\r') ||
           (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029 ||
           point == 0xFEFF || point == 0xFFFE || point == 0xFFFF;
}

bool yaml_has_hidden(const char *text, size_t size, uint32_t *point) {
    for (size_t i = 0; i < size;) {
        const size_t length = text_decode(text + i, size - i, point);
        if (length == 0)
            *point = 0xFFFD;
        if (length == 0 || is_hidden(*point))
            return true;
        i += length;
    }
    return false;
}

/* Looks at every character; answers the code of the first finding. */
static baton_code look_at_characters(struct reading *r) {
    enum { MOST = 20 }; /* a file in another encoding is full of them */
    baton_code worst = BATON_OK;
    uint32_t row = 1, column = 1;
    unsigned findings = 0;
    for (size_t i = 0; i < r->size && findings < MOST;) {
        uint32_t point;
        size_t length = text_decode(r->bytes + i, r->size - i, &point);
        baton_code code = BATON_OK;
        const char *arg = NULL;
        if (length == 0) {
            code = BATON_YAML_ENCODING;
            arg = arena_printf(r->arena, "%02X", (unsigned)(unsigned char)r->bytes[i]);
        } else if (is_hidden(point)) {
            code = BATON_YAML_HIDDEN;
            arg = arena_printf(r->arena, "U+%04X", (unsigned)point);
        }
        if (code != BATON_OK) {
            baton_findings_add(r->found, code, at_place(r, row, column), arg, NULL, NULL, NULL);
            findings++;
            worst = worst == BATON_OK ? code : worst;
        }
        bool cr_before_lf = r->bytes[i] == '\r' && i + 1 < r->size && r->bytes[i + 1] == '\n';
        if (r->bytes[i] == '\n' || (r->bytes[i] == '\r' && !cr_before_lf)) {
            row++;
            column = 1;
        } else {
            column++;
        }
        i += length == 0 ? 1 : length;
    }
    return worst;
}

/* The line `row` (from 1) of the file; empty beyond its end. */
static const char *line_of(struct reading *r, uint32_t row, size_t *size) {
    if (row < r->line_row || r->line_row == 0) {
        r->line_row = 1;
        r->line_from = 0;
    }
    for (size_t i = r->line_from; r->line_row < row && i < r->size; i++) {
        bool cr_before_lf = r->bytes[i] == '\r' && i + 1 < r->size && r->bytes[i + 1] == '\n';
        if (r->bytes[i] == '\n' || (r->bytes[i] == '\r' && !cr_before_lf)) {
            r->line_row++;
            r->line_from = i + 1;
        }
    }
    if (r->line_row < row) {
        *size = 0;
        return r->bytes + r->size;
    }
    size_t to = r->line_from;
    while (to < r->size && r->bytes[to] != '\n' && r->bytes[to] != '\r')
        to++;
    *size = to - r->line_from;
    return r->bytes + r->line_from;
}

/* Values */

static struct yaml_value *new_value(struct reading *r, enum yaml_kind kind, yaml_mark_t mark) {
    struct yaml_value *value = arena_alloc(r->arena, 1, sizeof(*value));
    value->kind = kind;
    value->row = (uint32_t)mark.line + 1;
    value->column = (uint32_t)mark.column + 1;
    return value;
}

/* A text stands where the frame's map wants a key. */
static void take_key(struct reading *r, struct frame *frame, const struct yaml_value *text) {
    frame->key_next = false;
    frame->key = NULL;
    if (text->kind != YAML_TEXT)
        return;
    yaml_mark_t mark = r->event.start_mark;
    if (strcmp(text->text, "<<") == 0 && !text->quoted) {
        report(r, BATON_YAML_MERGE, mark, NULL, NULL);
        return;
    }
    uint32_t before = hash_find(&frame->rows, text->text, text->size);
    if (before != HASH_NONE) {
        report(r, BATON_YAML_KEY_TWICE, mark, text->text,
               arena_printf(r->arena, "%u", (unsigned)before));
        return;
    }
    hash_add(r->arena, &frame->rows, text->text, text->size, text->row);
    frame->key = text->text;
    frame->key_row = text->row;
    frame->key_column = text->column;
}

/* Puts a value where the document, the list or the map is at; one behind a refused key, or that is no key where one
 * should be, belongs nowhere. */
static void put(struct reading *r, struct yaml_value *value) {
    if (r->depth == 0) {
        r->root = value;
        return;
    }
    struct frame *frame = &r->frame[r->depth - 1];
    struct yaml_value *parent = frame->value;
    if (parent->kind == YAML_MAP && frame->key_next) {
        if (value->kind == YAML_MAP || value->kind == YAML_LIST) {
            report(r, BATON_YAML_KEY_COMPLEX, r->event.start_mark, NULL, NULL);
            frame->key_next = false;
            frame->key = NULL;
        } else {
            take_key(r, frame, value);
        }
        return;
    }
    frame->key_next = parent->kind == YAML_MAP;
    if (parent->kind == YAML_MAP && frame->key == NULL)
        return;
    if (parent->count == LIMIT_YAML_PARTS) { /* told once; what comes then is left out */
        if (!frame->full)
            report(r, BATON_YAML_TOO_MANY, r->event.start_mark,
                   arena_printf(r->arena, "%d", LIMIT_YAML_PARTS), NULL);
        frame->full = true;
        return;
    }
    value->parent = parent;
    value->key = parent->kind == YAML_MAP ? frame->key : NULL;
    value->key_row = frame->key_row;
    value->key_column = frame->key_column;
    value->index = parent->count++;
    if (parent->last == NULL)
        parent->first = value;
    else
        parent->last->next = value;
    parent->last = value;
}

/* Events */

/* Reports an anchor and a tag, which every kind of value may have. */
static bool is_plain(struct reading *r, const yaml_char_t *anchor, const yaml_char_t *tag) {
    if (anchor != NULL)
        report(r, BATON_YAML_ANCHOR, r->event.start_mark, (const char *)anchor, NULL);
    if (tag != NULL)
        report(r, BATON_YAML_TAG, r->event.start_mark, (const char *)tag, NULL);
    return anchor == NULL && tag == NULL;
}

/* Texts of | and > begin on a later line: the first that is not empty. */
static void find_block_text(struct reading *r, struct yaml_value *value) {
    for (uint32_t row = value->row + 1;; row++) {
        size_t size;
        const char *line = line_of(r, row, &size);
        size_t blanks = 0;
        while (blanks < size && line[blanks] == ' ')
            blanks++;
        if (blanks < size) {
            value->row = row;
            value->column = (uint32_t)blanks + 1;
            return;
        }
        if (line + size >= r->bytes + r->size)
            return;
    }
}

static void take_text(struct reading *r) {
    const char *text = (const char *)r->event.data.scalar.value;
    size_t size = r->event.data.scalar.length;
    yaml_scalar_style_t style = r->event.data.scalar.style;
    struct yaml_value *value = new_value(r, YAML_TEXT, r->event.start_mark);
    value->quoted = style != YAML_PLAIN_SCALAR_STYLE;
    if (style == YAML_SINGLE_QUOTED_SCALAR_STYLE || style == YAML_DOUBLE_QUOTED_SCALAR_STYLE)
        value->column++;
    else if (style != YAML_PLAIN_SCALAR_STYLE)
        find_block_text(r, value);
    if (!is_plain(r, r->event.data.scalar.anchor, r->event.data.scalar.tag))
        value->kind = YAML_REFUSED;
    uint32_t point;
    if (yaml_has_hidden(text, size, &point)) { /* an escape may have made anything */
        report(r, BATON_YAML_HIDDEN, r->event.start_mark,
               arena_printf(r->arena, "U+%04X", (unsigned)point), NULL);
        value->kind = YAML_REFUSED;
    }
    value->text = arena_text(r->arena, text, size);
    value->size = size;
    put(r, value);
}

static baton_code begin(struct reading *r, enum yaml_kind kind, const yaml_char_t *anchor,
                        const yaml_char_t *tag) {
    is_plain(r, anchor, tag);
    struct yaml_value *value = new_value(r, kind, r->event.start_mark);
    put(r, value);
    if (r->depth == LIMIT_YAML_DEPTH) {
        report(r, BATON_YAML_DEPTH, r->event.start_mark,
               arena_printf(r->arena, "%d", LIMIT_YAML_DEPTH), NULL);
        return BATON_YAML_DEPTH;
    }
    r->frame[r->depth++] = (struct frame){.value = value, .key_next = kind == YAML_MAP};
    return BATON_OK;
}

static baton_code take_event(struct reading *r) {
    const yaml_event_t *event = &r->event;
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (r->documents++ > 0) {
            report(r, BATON_YAML_DOCUMENTS, event->start_mark, NULL, NULL);
            r->ended = true;
        } else if (event->data.document_start.tag_directives.start !=
                   event->data.document_start.tag_directives.end) {
            report(r, BATON_YAML_TAG, event->start_mark, "%TAG", NULL);
        }
        return BATON_OK;
    case YAML_ALIAS_EVENT:
        report(r, BATON_YAML_ALIAS, event->start_mark, (const char *)event->data.alias.anchor,
               NULL);
        put(r, new_value(r, YAML_REFUSED, event->start_mark));
        return BATON_OK;
    case YAML_SCALAR_EVENT:
        take_text(r);
        return BATON_OK;
    case YAML_MAPPING_START_EVENT:
        return begin(r, YAML_MAP, event->data.mapping_start.anchor, event->data.mapping_start.tag);
    case YAML_SEQUENCE_START_EVENT:
        return begin(r, YAML_LIST, event->data.sequence_start.anchor,
                     event->data.sequence_start.tag);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        assert(r->depth > 0);
        r->depth--;
        return BATON_OK;
    case YAML_STREAM_END_EVENT:
        r->ended = true;
        return BATON_OK;
    default:
        return BATON_OK;
    }
}

/* What libyaml stopped at. */
static baton_code report_problem(struct reading *r) {
    const yaml_parser_t *parser = &r->parser;
    if (parser->error == YAML_MEMORY_ERROR)
        return BATON_NO_MEMORY;
    const struct yaml_problem *problem = yaml_problem(parser->problem);
    /* A key without `:` is noticed on the next line, an open quote or bracket at the end of the file: the place to look at is where
     * it began. */
    size_t size;
    bool at_end = line_of(r, (uint32_t)parser->problem_mark.line + 1, &size) == r->bytes + r->size;
    bool began = parser->context != NULL &&
                 (at_end || strcmp(parser->context, "while scanning a simple key") == 0 ||
                  strcmp(parser->context, "while scanning a quoted scalar") == 0);
    yaml_mark_t mark = began ? parser->context_mark : parser->problem_mark;
    const struct yaml_problem *advice = NULL;
    for (uint32_t back = 0; back <= 1 && back <= mark.line && advice == NULL;
         back++) { /* and the line before */
        const char *line = line_of(r, (uint32_t)mark.line + 1 - back, &size);
        advice = yaml_problem_of_line(line, size);
    }
    if (advice == NULL)
        advice = problem;
    struct baton_where where = at_place(r, (uint32_t)mark.line + 1, (uint32_t)mark.column + 1);
    baton_findings_add(r->found, BATON_YAML_SYNTAX, where, problem->words[BATON_EN],
                       problem->words[BATON_ZH], advice->advice[BATON_EN],
                       advice->advice[BATON_ZH]);
    return BATON_YAML_SYNTAX;
}

static baton_code read_events(struct reading *r) {
    while (!r->ended) {
        if (!yaml_parser_parse(&r->parser, &r->event))
            return report_problem(r);
        r->event_open = true;
        TRY(take_event(r));
        close_event(r);
    }
    if (r->root == NULL || yaml_is_null(r->root)) {
        baton_findings_add(r->found, BATON_YAML_EMPTY, (struct baton_where){.file = r->file}, NULL,
                           NULL, NULL, NULL);
        return BATON_YAML_EMPTY;
    }
    return BATON_OK;
}

baton_code yaml_read(struct baton_arena *arena, const char *file, const char *bytes, size_t size,
                     struct yaml_value **out, struct baton_findings *found) {
    if (size > LIMIT_YAML_SIZE) {
        baton_findings_add(found, BATON_FILE_TOO_LARGE, (struct baton_where){.file = file},
                           arena_printf(arena, "%zu", size),
                           arena_printf(arena, "%u", (unsigned)LIMIT_YAML_SIZE), NULL, NULL);
        return BATON_FILE_TOO_LARGE;
    }
    if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) { /* byte-order mark */
        bytes += 3;
        size -= 3;
    }
    struct reading *r = arena_alloc(arena, 1, sizeof(*r));
    r->arena = arena;
    r->found = found;
    r->file = file;
    r->bytes = size == 0 ? "" : bytes;
    r->size = size;
    TRY(look_at_characters(r));
    arena_on_close(arena, close_reading, r);
    if (!yaml_parser_initialize(&r->parser))
        return BATON_NO_MEMORY;
    r->parser_open = true;
    yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r->parser, (const unsigned char *)r->bytes, size);
    baton_code code = read_events(r);
    close_reading(r);
    if (code == BATON_OK)
        *out = r->root;
    return code;
}
