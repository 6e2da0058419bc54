/* Trees as YAML. A value first tries to be one line; what does not fit, or would be hard to read there, is indented. Texts
 * are plain only where no reader of YAML can take them for anything else, and expressions are put in quotation marks as one
 * does by hand. */
#include "package/yaml_out.h"
#include "base/text.h"
#include <string.h>

enum { WIDTH = 100, LONG_KEY = 1000 /* from so many bytes on a key has to be announced by `?` */ };

/* Texts */

static bool has_one_of(const char *text, size_t size, const char *bytes) {
    for (size_t i = 0; i < size; i++)
        if (text[i] != '\0' && strchr(bytes, text[i]) != NULL)
            return true;
    return false;
}

/* Between brackets, as a key and anywhere else. */
static bool is_plain(const char *text, size_t size) {
    const char *trimmed = text;
    size_t left = size;
    text_trim(&trimmed, &left);
    if (size == 0 || left != size || has_one_of(text, size, ",[]{}:#?\"\n\r\t\\") ||
        strchr("&*!|>'%@`", text[0]) != NULL)
        return false;
    if (text[0] == '-' && (size == 1 || strchr("0123456789.", text[1]) == NULL))
        return false;
    if ((size >= 3 && memcmp(text, "...", 3) == 0) || (size == 2 && memcmp(text, "<<", 2) == 0))
        return false;
    return !has_one_of(text, size, "<>=*^('"); /* an expression */
}

void yaml_quote(struct writer *writer, const char *text, size_t size) {
    writer_char(writer, '"');
    for (size_t i = 0; i < size; i++) {
        switch (text[i]) {
        case '"':
        case '\\':
            writer_char(writer, '\\');
            writer_char(writer, text[i]);
            break;
        case '\n':
            writer_text(writer, "\\n");
            break;
        case '\r':
            writer_text(writer, "\\r");
            break;
        case '\t':
            writer_text(writer, "\\t");
            break;
        default:
            writer_char(writer, text[i]);
        }
    }
    writer_char(writer, '"');
}

static void put_text(struct writer *writer, const char *text, size_t size) {
    if (is_plain(text, size))
        writer_put(writer, text, size);
    else
        yaml_quote(writer, text, size);
}

/* A key with its colon; a long one has that on a line of its own, except between brackets (`indent` NULL). */
static void put_key(struct writer *writer, const char *key, const size_t *indent) {
    const size_t size = strlen(key);
    if (size >= LONG_KEY)
        writer_text(writer, "? ");
    put_text(writer, key, size);
    if (size >= LONG_KEY && indent != NULL) {
        writer_char(writer, '\n');
        writer_repeat(writer, " ", *indent);
    } else if (size >= LONG_KEY) {
        writer_char(writer, ' ');
    }
    writer_char(writer, ':');
}

/* In one line */

bool yaml_flows(const struct yaml_value *value) {
    if (value->kind == YAML_REFUSED)
        return false;
    for (const struct yaml_value *part = value->first; part != NULL; part = part->next)
        if (!yaml_flows(part) || (value->kind == YAML_LIST && yaml_is_null(part)))
            return false;
    return true;
}

static void put_flow(struct writer *writer, const struct yaml_value *value) {
    if (value->kind == YAML_TEXT) {
        if (!yaml_is_null(value))
            put_text(writer, value->text, value->size);
        return;
    }
    const bool is_map = value->kind == YAML_MAP;
    writer_char(writer, is_map ? '{' : '[');
    for (const struct yaml_value *part = value->first; part != NULL; part = part->next) {
        if (is_map) {
            put_key(writer, part->key, NULL);
            writer_char(writer, ' ');
        }
        put_flow(writer, part);
        if (part->next != NULL)
            writer_text(writer, ", ");
    }
    writer_char(writer, is_map ? '}' : ']');
}

const char *yaml_flow(struct writer *scratch, const struct yaml_value *value) {
    scratch->used = 0;
    put_flow(scratch, value);
    return writer_text_of(scratch);
}

/* Indented */

static bool has_map_in_list(const struct yaml_value *value) {
    for (const struct yaml_value *part = value->first; part != NULL; part = part->next)
        if ((value->kind == YAML_LIST && part->kind == YAML_MAP) || has_map_in_list(part))
            return true;
    return false;
}

static bool has_comment_inside(const struct yaml_value *value) {
    for (const struct yaml_value *part = value->first; part != NULL; part = part->next)
        if (part->comment != NULL || has_comment_inside(part))
            return true;
    return false;
}

static bool has_parts_inside(const struct yaml_value *value) {
    for (const struct yaml_value *part = value->first; part != NULL; part = part->next)
        if (part->kind == YAML_MAP || (part->kind == YAML_LIST && value->kind == YAML_MAP))
            return true;
    return false;
}

/* Whether a map or list goes into one line. `level` is 1 for what stands under a key at the top. */
static bool wants_line(const struct yaml_value *value, unsigned level) {
    return value->count == 0 ||
           (yaml_flows(value) && !has_map_in_list(value) && !has_comment_inside(value) &&
            !(level == 1 && has_parts_inside(value)));
}

static void put_comment(struct writer *writer, const char *comment, size_t indent) {
    for (const char *line = comment, *end; line != NULL; line = end != NULL ? end + 1 : NULL) {
        end = strchr(line, '\n');
        const size_t size = end != NULL ? (size_t)(end - line) : strlen(line);
        writer_repeat(writer, " ", indent);
        writer_text(writer, size > 0 ? "# " : "#");
        writer_put(writer, line, size);
        writer_char(writer, '\n');
    }
}

/* Whether a text of several lines can stand as they are, behind a |. */
static bool is_block(const char *text, size_t size) {
    if (size < 2 || memchr(text, '\n', size - 1) == NULL || has_one_of(text, size, "\r\t") ||
        text[0] == ' ' || text[0] == '\n')
        return false;
    return !(text[size - 1] == '\n' && text[size - 2] == '\n');
}

static void put_block(struct writer *writer, const struct yaml_value *value, size_t indent) {
    const bool ended = value->text[value->size - 1] == '\n';
    writer_text(writer, ended ? " |\n" : " |-\n");
    const char *const stop = value->text + value->size - ended;
    for (const char *line = value->text; line <= stop;) {
        const char *end = memchr(line, '\n', (size_t)(stop - line));
        end = end != NULL ? end : stop;
        if (end > line)
            writer_repeat(writer, " ", indent);
        writer_put(writer, line, (size_t)(end - line));
        writer_char(writer, '\n');
        line = end + 1;
    }
}

/* Where a value is put. */
struct place {
    struct writer *writer, *scratch;
    size_t indent; /* of the parts below it */
    size_t used;   /* columns of its line, taken by its key or dash */
    unsigned level;
};

static void put_parts(const struct place *at, const struct yaml_value *value, bool begun);

static void put_scalar(const struct place *at, const struct yaml_value *value) {
    if (is_block(value->text, value->size)) {
        put_block(at->writer, value, at->indent);
        return;
    }
    if (!yaml_is_null(value)) {
        writer_char(at->writer, ' ');
        put_text(at->writer, value->text, value->size);
    }
    writer_char(at->writer, '\n');
}

/* What stands behind a key or a dash, and the end of the line. */
static void put_value(const struct place *at, const struct yaml_value *value) {
    if (value->kind == YAML_TEXT) {
        put_scalar(at, value);
        return;
    }
    if (wants_line(value, at->level)) {
        const char *line = yaml_flow(at->scratch, value);
        if (value->count == 0 || at->used + 1 + text_width(line, strlen(line)) <= WIDTH) {
            writer_char(at->writer, ' ');
            writer_text(at->writer, line);
            writer_char(at->writer, '\n');
            return;
        }
    }
    const bool beside = value->kind == YAML_MAP && value->parent != NULL &&
                        value->parent->kind == YAML_LIST; /* of its dash */
    writer_char(at->writer, beside ? ' ' : '\n');
    put_parts(&(struct place){at->writer, at->scratch, at->indent, 0, at->level + 1}, value,
              beside);
}

/* What stands above a part: a blank line between sections, comments. */
static void put_above(const struct place *at, const struct yaml_value *part) {
    if (at->level == 1 && part != part->parent->first && part->count > 0 &&
        (part->comment != NULL || has_parts_inside(part)))
        writer_char(at->writer, '\n');
    put_comment(at->writer, part->comment, at->indent);
    if (part->kind == YAML_MAP && part->parent->kind == YAML_LIST && part->first != NULL)
        put_comment(at->writer, part->first->comment, at->indent); /* no place behind the dash */
    writer_repeat(at->writer, " ", at->indent);
}

/* The parts of a map or list; `begun` is where the first continues a line. */
static void put_parts(const struct place *at, const struct yaml_value *value, bool begun) {
    for (const struct yaml_value *part = value->first; part != NULL; part = part->next) {
        if (!begun)
            put_above(at, part);
        begun = false;
        struct place below = {at->writer, at->scratch, at->indent + 2, at->indent + 1, at->level};
        if (value->kind == YAML_MAP) {
            put_key(at->writer, part->key, &at->indent);
            below.used += text_width(part->key, strlen(part->key));
        } else {
            writer_char(at->writer, '-');
        }
        put_value(&below, part);
    }
}

void yaml_out(struct writer *writer, const struct yaml_value *root) {
    put_parts(&(struct place){writer, writer_memory(writer->arena), 0, 0, 1}, root, false);
    put_comment(writer, root->comment, 0);
}
