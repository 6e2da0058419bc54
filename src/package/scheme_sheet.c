/* Sheets of keys and values. Reading puts one row after the other into a tree whose values are embedded in nodes that
 * remember what a row said of them; numbers of items are checked when all rows are in, so that the rows of an item need not
 * stand together. */
#include "package/scheme_sheet.h"
#include "base/limits.h"
#include "base/text.h"
#include "package/package_internal.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A value that rows make, or make the parts of. The tree has nodes where it was made by rows, plain values where a cell
 * holds YAML. */
struct node {
    struct yaml_value value; /* first, so that a pointer to it is one to the node */
    bool is_set;             /* a row gave it a value, or its own empty cell */
    bool is_closed;          /* that value was not empty, so nothing can be put into it */
    uint32_t number;         /* of an item, as written */
    bool is_mixed;           /* a list whose items did not come by their numbers */
    struct hash parts;       /* from keys or numbers to `node` of the building; of few parts none */
};

struct building {
    struct baton_arena *arena;
    struct baton_findings *found;
    const char *file;
    struct node *root;
    struct node **node; /* those that hashes find */
    size_t count, capacity;
};

enum { FEW_PARTS = 16 /* of a map or list, which are looked through one after the other */ };

/* A segment of a key. */
struct segment {
    const char *text;
    size_t size;
    bool is_number;
    uint32_t number;
};

static struct baton_where at_row(const struct building *b, const struct scheme_row *row,
                                 const char *field) {
    return (struct baton_where){.file = b->file, .row = row->row, .field = field};
}

static const char *shown_key(const struct building *b, const struct scheme_row *row) {
    return package_excerpt(b->arena, row->key, row->key_size);
}

/* Keys */

/* Reads the segment that begins at *at, and the point behind it. False where it is none. */
static bool read_segment(struct baton_arena *arena, const char **at, const char *end,
                         struct segment *out) {
    enum { DIGITS = 9 };
    const char *from = *at;
    char *text = arena_alloc_raw(arena, (size_t)(end - from) + 1, 1);
    size_t size = 0;
    const bool quoted = from < end && *from == '"';
    if (quoted) {
        for (from++; from < end && *from != '"'; from++) {
            if (*from == '\\' && (++from == end || (*from != '"' && *from != '\\')))
                return false;
            text[size++] = *from;
        }
        if (from++ == end)
            return false;
    } else {
        for (; from < end && *from != '.'; from++) {
            if (*from == '"')
                return false;
            text[size++] = *from;
        }
        if (size == 0)
            return false;
    }
    text[size] = '\0';
    *out = (struct segment){.text = text, .size = size};
    if (!quoted && strspn(text, "0123456789") == size) {
        out->is_number = true;
        if (size > DIGITS)
            return false;
        for (size_t i = 0; i < size; i++)
            out->number = out->number * 10 + (uint32_t)(text[i] - '0');
    }
    if (from == end) {
        *at = end;
        return true;
    }
    *at = from + 1;
    return *from == '.' && *at < end;
}

/* Reads a key; returns how many segments, 0 where it is none. */
static size_t read_key(const struct building *b, const struct scheme_row *row,
                       struct segment out[LIMIT_YAML_DEPTH]) {
    const char *at = row->key, *const end = at + row->key_size;
    size_t count = 0;
    while (at < end) {
        if (count == LIMIT_YAML_DEPTH) {
            baton_findings_add(b->found, BATON_YAML_DEPTH, at_row(b, row, "key"),
                               package_count(b->arena, LIMIT_YAML_DEPTH), NULL, NULL, NULL);
            return 0;
        }
        uint32_t point;
        if (!read_segment(b->arena, &at, end, &out[count]) ||
            yaml_has_hidden(out[count].text, out[count].size, &point)) {
            baton_findings_add(b->found, BATON_SHEET_KEY_BAD, at_row(b, row, "key"),
                               shown_key(b, row), NULL, NULL, NULL);
            return 0;
        }
        count++;
    }
    return count;
}

/* Nodes */

static bool is_empty(const struct node *node) {
    return node->value.kind == YAML_TEXT && !node->is_closed;
}

static struct node *new_node(const struct building *b, const struct scheme_row *row,
                             const struct segment *segment) {
    struct node *node = arena_alloc(b->arena, 1, sizeof *node);
    node->value = (struct yaml_value){
        .kind = YAML_TEXT,
        .row = row->row,
        .column = 1,
        .text = "",
        .key_row = row->row,
        .key_column = 1,
    };
    if (segment->is_number)
        node->number = segment->number;
    else
        node->value.key = segment->text;
    return node;
}

/* What a part is found by: its key, or the bytes of its number. */
static const char *name_of(const struct node *part, size_t *size) {
    if (part->value.key == NULL) {
        *size = sizeof part->number;
        return (const char *)&part->number;
    }
    *size = strlen(part->value.key);
    return part->value.key;
}

static void add_to_hash(struct building *b, struct node *into, struct node *part) {
    size_t size;
    const char *name = name_of(part, &size);
    hash_add(b->arena, &into->parts, name, size, (uint32_t)b->count);
    *ARRAY_PUSH(b->arena, b->node, b->count, b->capacity) = part;
}

/* Puts a node into a map or list at the end; lists are sorted when all rows are in. */
static void put(struct building *b, struct node *into, struct node *node) {
    struct yaml_value *parent = &into->value, *const before = parent->last;
    node->value.parent = parent;
    node->value.index = parent->count++;
    parent->last = &node->value;
    if (before == NULL) {
        parent->first = &node->value;
    } else {
        before->next = &node->value;
        into->is_mixed |= ((struct node *)before)->number > node->number;
    }
    if (parent->count > FEW_PARTS)
        add_to_hash(b, into, node);
    if (parent->count != FEW_PARTS)
        return;
    for (struct yaml_value *part = parent->first; part != NULL; part = part->next)
        add_to_hash(b, into, (struct node *)part);
}

static bool is_named(const struct node *part, const struct segment *segment) {
    return segment->is_number ? part->number == segment->number
                              : strcmp(part->value.key, segment->text) == 0;
}

static struct node *find(const struct building *b, const struct node *in,
                         const struct segment *segment) {
    struct yaml_value *const last = in->value.last;
    if (last != NULL && is_named((struct node *)last, segment)) /* rows of a part stand together */
        return (struct node *)last;
    if (in->value.count >= FEW_PARTS) {
        const uint32_t at =
            segment->is_number
                ? hash_find(&in->parts, (const char *)&segment->number, sizeof segment->number)
                : hash_find(&in->parts, segment->text, segment->size);
        if (at == HASH_NONE)
            return NULL;
        assert(at < b->count && b->node != NULL);
        return b->node[at];
    }
    for (struct yaml_value *value = in->value.first; value != NULL; value = value->next)
        if (is_named((struct node *)value, segment))
            return (struct node *)value;
    return NULL;
}

/* The part that a segment names, a new one where there is none; NULL and a finding where there can be none. */
static struct node *step(struct building *b, const struct scheme_row *row, struct node *node,
                         const struct segment *segment) {
    const enum yaml_kind kind = segment->is_number ? YAML_LIST : YAML_MAP;
    if (is_empty(node))
        node->value.kind = kind;
    if (node->is_closed || node->value.kind != kind) {
        const char *field = scheme_sheet_key(b->arena, &node->value);
        const baton_code code = node->is_closed     ? BATON_SHEET_KEY_INSIDE
                                : kind == YAML_LIST ? BATON_SHEET_LIST_IN_MAP
                                                    : BATON_SHEET_KEY_IN_LIST;
        baton_findings_add(b->found, code, at_row(b, row, "key"), shown_key(b, row), field,
                           package_count(b->arena, node->value.row),
                           package_excerpt(b->arena, segment->text, segment->size));
        return NULL;
    }
    struct node *part = find(b, node, segment);
    if (part != NULL)
        return part;
    if (node->value.count == LIMIT_YAML_PARTS) {
        baton_findings_add(b->found, BATON_YAML_TOO_MANY, at_row(b, row, "key"),
                           package_count(b->arena, LIMIT_YAML_PARTS), NULL, NULL, NULL);
        return NULL;
    }
    part = new_node(b, row, segment);
    put(b, node, part);
    return part;
}

/* Values */

/* Whether a text is one text in double quotation marks as a whole. */
static bool is_quoted(const char *text, size_t size) {
    if (size < 2 || text[0] != '"' || text[size - 1] != '"')
        return false;
    for (size_t i = 1; i < size - 1; i++) {
        if (text[i] == '"')
            return false;
        i += text[i] == '\\';
    }
    /* the last quotation mark is not one behind a backslash */
    size_t backslashes = 0;
    while (backslashes < size - 2 && text[size - 2 - backslashes] == '\\')
        backslashes++;
    return backslashes % 2 == 0;
}

/* What was read out of a cell stands in the cell's row. */
static void move_to_row(struct yaml_value *value, uint32_t row) {
    value->row = value->key_row = row;
    for (struct yaml_value *part = value->first; part != NULL; part = part->next)
        move_to_row(part, row);
}

static void refuse(struct node *node) {
    node->value.kind = YAML_REFUSED;
}

/* A cell that is YAML. */
static baton_code read_yaml(const struct building *b, const struct scheme_row *row,
                            struct node *node) {
    struct baton_findings inside = {.arena = b->arena};
    struct yaml_value *root = NULL;
    const baton_code code =
        yaml_read(b->arena, b->file, row->value, row->value_size, &root, &inside);
    if (code == BATON_NO_MEMORY)
        return code;
    for (size_t i = 0; i < inside.count; i++) {
        const struct baton_finding *f = &inside.item[i];
        struct baton_where where = at_row(b, row, scheme_sheet_key(b->arena, &node->value));
        where.column = f->where.row <= 1 ? f->where.column : 0;
        const char *again =
            f->code == BATON_YAML_KEY_TWICE ? package_count(b->arena, row->row) : f->arg[1];
        baton_findings_add(b->found, f->code, where, f->arg[0], again, f->arg[2], f->arg[3]);
    }
    if (code != BATON_OK) {
        refuse(node);
        return BATON_OK;
    }
    struct yaml_value *value = &node->value;
    value->kind = root->kind;
    value->quoted = root->quoted;
    value->text = root->text;
    value->size = root->size;
    value->column = root->column;
    value->count = root->count;
    value->first = root->first;
    value->last = root->last;
    for (struct yaml_value *part = value->first; part != NULL; part = part->next) {
        part->parent = value;
        move_to_row(part, row->row);
    }
    return BATON_OK;
}

/* A cell that is its own text. Line ends of two characters, as some programs write them, are one. */
static void take_text(const struct building *b, const struct scheme_row *row, struct node *node) {
    char *text = arena_text(b->arena, row->value, row->value_size);
    size_t size = 0;
    for (size_t i = 0; i < row->value_size; i++)
        if (!(text[i] == '\r' && text[i + 1] == '\n'))
            text[size++] = text[i];
    text[size] = '\0';
    node->value.text = text;
    node->value.size = size;
    uint32_t point;
    if (!yaml_has_hidden(text, size, &point))
        return;
    baton_findings_add(b->found, BATON_YAML_HIDDEN,
                       at_row(b, row, scheme_sheet_key(b->arena, &node->value)),
                       arena_printf(b->arena, "U+%04X", (unsigned)point), NULL, NULL, NULL);
    refuse(node);
}

static baton_code set_value(const struct building *b, const struct scheme_row *row,
                            struct node *node) {
    if (node->is_set || (row->value_size > 0 && !is_empty(node))) {
        const bool has_parts = node->value.count > 0 && !node->is_closed;
        baton_findings_add(b->found, has_parts ? BATON_SHEET_VALUE_OVER : BATON_YAML_KEY_TWICE,
                           at_row(b, row, "key"), shown_key(b, row),
                           package_count(b->arena, has_parts && !node->is_set
                                                       ? node->value.first->key_row
                                                       : node->value.row),
                           NULL, NULL);
        return BATON_OK;
    }
    node->is_set = true;
    if (row->value_size == 0)
        return BATON_OK;
    node->is_closed = true;
    node->value.row = row->row;
    if (row->value[0] == '[' || row->value[0] == '{' || is_quoted(row->value, row->value_size))
        return read_yaml(b, row, node);
    take_text(b, row, node);
    return BATON_OK;
}

/* Rows */

static const char *joined(struct baton_arena *arena, const char *before, const char *text,
                          size_t size) {
    if (size == 0)
        return before;
    return before == NULL ? arena_text(arena, text, size)
                          : arena_printf(arena, "%s\n%.*s", before, (int)size, text);
}

static baton_code add_row(struct building *b, const struct scheme_row *row, const char *comment) {
    struct segment segment[LIMIT_YAML_DEPTH];
    const size_t count = read_key(b, row, segment);
    struct node *node = count > 0 ? b->root : NULL;
    for (size_t i = 0; i < count && node != NULL; i++)
        node = step(b, row, node, &segment[i]);
    if (node == NULL)
        return BATON_OK;
    if (comment != NULL)
        node->value.comment = joined(b->arena, node->value.comment, comment, strlen(comment));
    return set_value(b, row, node);
}

static int by_number(const void *left, const void *right) {
    const struct node *const a = *(struct node *const *)left, *const b =
                                                                  *(struct node *const *)right;
    return a->number < b->number ? -1 : a->number > b->number;
}

/* Puts the items of a list in the order of their numbers. */
static void sort_items(const struct building *b, struct node *list) {
    struct yaml_value *const value = &list->value;
    struct node **item = arena_alloc_raw(b->arena, value->count, sizeof *item);
    size_t count = 0;
    for (struct yaml_value *part = value->first; part != NULL; part = part->next)
        item[count++] = (struct node *)part;
    qsort(item, count, sizeof *item, by_number);
    for (size_t i = 0; i < count; i++)
        item[i]->value.next = i + 1 < count ? &item[i + 1]->value : NULL;
    value->first = &item[0]->value;
    value->last = &item[count - 1]->value;
}

/* Items are numbered without gaps; now that all are there their places are known. */
static void number_items(const struct building *b, struct yaml_value *value) {
    if (((struct node *)value)->is_closed)
        return;
    if (((struct node *)value)->is_mixed)
        sort_items(b, (struct node *)value);
    uint32_t expected = 0;
    bool gap = false;
    uint32_t index = 0;
    for (struct yaml_value *part = value->first; part != NULL; part = part->next) {
        part->index = index++;
        number_items(b, part);
        const uint32_t number = ((struct node *)part)->number;
        if (value->kind != YAML_LIST)
            continue;
        if (part == value->first)
            expected = number == 0 ? 0 : 1;
        if (number != expected && !gap) {
            gap = true; /* told once */
            baton_findings_add(
                b->found, BATON_SHEET_LIST_GAP,
                (struct baton_where){.file = b->file, .row = part->key_row, .field = "key"},
                package_count(b->arena, number), package_count(b->arena, expected), NULL, NULL);
        }
        expected = number + 1;
    }
}

baton_code scheme_sheet_tree(struct baton_arena *arena, const char *file,
                             const struct scheme_row *rows, size_t count, struct yaml_value **out,
                             struct baton_findings *found) {
    struct building b = {.arena = arena,
                         .found = found,
                         .file = file,
                         .root = arena_alloc(arena, 1, sizeof(struct node))};
    b.root->value = (struct yaml_value){.kind = YAML_TEXT, .row = 1, .column = 1, .text = ""};
    const char *comment = NULL; /* that waits for its key */
    for (size_t i = 0; i < count; i++) {
        const struct scheme_row *row = &rows[i];
        comment = joined(arena, comment, row->comment, row->comment_size);
        if (row->key_size > 0) {
            TRY(add_row(&b, row, comment));
            comment = NULL;
        } else if (row->value_size > 0) {
            baton_findings_add(found, BATON_SHEET_KEY_NONE, at_row(&b, row, "key"),
                               package_excerpt(arena, row->value, row->value_size), NULL, NULL,
                               NULL);
        }
    }
    if (b.root->value.count == 0) {
        baton_findings_add(found, BATON_YAML_EMPTY, (struct baton_where){.file = file}, NULL, NULL,
                           NULL, NULL);
        return BATON_YAML_EMPTY;
    }
    b.root->value.comment = comment;
    number_items(&b, &b.root->value);
    *out = &b.root->value;
    return BATON_OK;
}
