/* Sheets of keys and values, written: a tree is walked through, and every value that stands in a cell becomes a row. */
#include "base/text.h"
#include "package/scheme_sheet.h"
#include "package/yaml_out.h"
#include <string.h>

enum { CELL_MOST = 240 /* bytes of a list or table that reads well in one cell */ };

struct listing {
    struct baton_arena *arena;
    struct writer *key;     /* of the value that is being written; memory */
    struct writer *scratch; /* memory */
    struct scheme_row *row;
    size_t count, capacity;
};

/* Keys */

static void put_segment(struct writer *writer, const char *key) {
    const size_t size = strlen(key);
    const char *trimmed = key;
    size_t left = size;
    text_trim(&trimmed, &left);
    if (size > 0 && left == size && strspn(key, "0123456789") < size &&
        strcspn(key, ".\" \\\n\r\t") == size) {
        writer_put(writer, key, size);
        return;
    }
    writer_char(writer, '"');
    for (size_t i = 0; i < size; i++) {
        if (key[i] == '"' || key[i] == '\\')
            writer_char(writer, '\\');
        writer_char(writer, key[i]);
    }
    writer_char(writer, '"');
}

/* Adds the segment of a value to the key of what it is in. */
static void put_part(struct writer *writer, const struct yaml_value *value) {
    if (writer->used > 0)
        writer_char(writer, '.');
    if (value->key != NULL)
        put_segment(writer, value->key);
    else
        writer_printf(writer, "%u", (unsigned)value->index + 1);
}

static void put_whole_key(struct writer *writer, const struct yaml_value *value) {
    if (value->parent == NULL)
        return;
    put_whole_key(writer, value->parent);
    put_part(writer, value);
}

const char *scheme_sheet_key(struct baton_arena *arena, const struct yaml_value *value) {
    struct writer *writer = writer_memory(arena);
    put_whole_key(writer, value);
    return writer_text_of(writer);
}

/* Cells */

/* A list of texts or of such lists, or a map from numbers to texts; no null among them. */
static bool is_table(const struct yaml_value *value) {
    for (const struct yaml_value *part = value->first; part != NULL; part = part->next) {
        if (part->kind == YAML_TEXT) {
            if (yaml_is_null(part) ||
                (part->key != NULL && strspn(part->key, "0123456789.-") < strlen(part->key)))
                return false;
        } else if (value->kind == YAML_MAP || part->kind == YAML_MAP || !is_table(part)) {
            return false;
        }
    }
    return true;
}

/* The text of a cell for a text. */
static const char *cell_of(struct listing *l, const struct yaml_value *value) {
    const char *trimmed = value->text;
    size_t left = value->size;
    text_trim(&trimmed, &left);
    const bool is_plain =
        yaml_is_null(value) ||
        (value->size > 0 && left == value->size && strchr("[{\"", value->text[0]) == NULL &&
         memchr(value->text, '\r', value->size) == NULL && value->text[0] != '\n' &&
         value->text[value->size - 1] != '\n');
    if (is_plain)
        return value->text;
    l->scratch->used = 0;
    yaml_quote(l->scratch, value->text, value->size);
    return writer_text_of(l->scratch);
}

static void put_comments(struct writer *writer, const struct yaml_value *value) {
    if (value->comment != NULL) {
        if (writer->used > 0)
            writer_char(writer, '\n');
        writer_text(writer, value->comment);
    }
    for (const struct yaml_value *part = value->first; part != NULL; part = part->next)
        put_comments(writer, part);
}

static const char *copy(struct listing *l, const char *text, uint32_t *size) {
    *size = (uint32_t)strlen(text);
    return arena_text(l->arena, text, *size);
}

static struct scheme_row *add_row(struct listing *l, const char *value) {
    struct scheme_row *row = ARRAY_PUSH(l->arena, l->row, l->count, l->capacity);
    row->value = copy(l, value, &row->value_size);
    row->key = copy(l, writer_text_of(l->key), &row->key_size);
    row->comment = "";
    return row;
}

static void add_comment(struct listing *l, struct scheme_row *row, const struct yaml_value *value,
                        bool with_parts) {
    l->scratch->used = 0;
    if (with_parts)
        put_comments(l->scratch, value);
    else if (value->comment != NULL)
        writer_text(l->scratch, value->comment);
    row->comment = copy(l, writer_text_of(l->scratch), &row->comment_size);
}

/* The rows of a value whose key has been put together. */
static void list(struct listing *l, const struct yaml_value *value) {
    const char *cell = NULL;
    if (value->kind == YAML_TEXT) {
        cell = cell_of(l, value);
    } else if (value->parent != NULL && is_table(value)) {
        cell = yaml_flow(l->scratch, value);
        cell = value->count == 0 || strlen(cell) <= CELL_MOST ? cell : NULL;
    }
    if (cell != NULL) {
        add_comment(l, add_row(l, cell), value, true);
        return;
    }
    if (value->comment != NULL && value->parent != NULL)
        add_comment(l, add_row(l, ""), value, false);
    const size_t used = l->key->used;
    for (const struct yaml_value *part = value->first; part != NULL; part = part->next) {
        put_part(l->key, part);
        list(l, part);
        l->key->used = used;
    }
}

struct scheme_row *scheme_sheet_rows(struct baton_arena *arena, const struct yaml_value *root,
                                     size_t *count) {
    struct listing l = {
        .arena = arena, .key = writer_memory(arena), .scratch = writer_memory(arena)};
    list(&l, root);
    if (root->comment != NULL)
        add_comment(&l, add_row(&l, ""), root, false);
    *count = l.count;
    return l.row;
}
