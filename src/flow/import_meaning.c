/* Whether two files of a scheme mean the same, however they are written: a workbook gives its tables and scheme.yaml back in another form, and an editor other line ends.
 *
 * YAML is compared as a tree, without comments; tables by the names of their columns, row by row, where a column that is not there is empty; policy texts line by line. */
#include "flow/import_parts.h"
#include "package/csv.h"
#include "package/yaml.h"
#include <string.h>

static bool is_same_text(const char *a, size_t a_size, const char *b, size_t b_size) {
    return a_size == b_size && (a_size == 0 || memcmp(a, b, a_size) == 0);
}

/* YAML */

static bool is_same_value(const struct yaml_value *a, const struct yaml_value *b) {
    if (a->kind != b->kind || a->count != b->count)
        return false;
    if (a->kind == YAML_TEXT)
        return is_same_text(a->text, a->size, b->text, b->size) &&
               (yaml_is_null(a) == yaml_is_null(b));
    for (a = a->first, b = b->first; a != NULL && b != NULL; a = a->next, b = b->next)
        if ((a->key == NULL) != (b->key == NULL) ||
            (a->key != NULL && strcmp(a->key, b->key) != 0) || !is_same_value(a, b))
            return false;
    return a == NULL && b == NULL;
}

static baton_code compare_yaml(struct baton_arena *arena, const struct file *a,
                               const struct file *b, bool *same) {
    struct baton_findings unheard = {.arena = arena};
    struct yaml_value *left, *right;
    *same = false;
    const baton_code of_a = yaml_read(arena, a->name, a->text, a->size, &left, &unheard);
    const baton_code of_b = yaml_read(arena, b->name, b->text, b->size, &right, &unheard);
    if (of_a == BATON_NO_MEMORY || of_b == BATON_NO_MEMORY)
        return BATON_NO_MEMORY;
    *same = of_a == BATON_OK && of_b == BATON_OK && is_same_value(left, right);
    return BATON_OK;
}

/* Tables */

/* Where the columns of one stand in the other; UINT32_MAX = nowhere. */
static void match_columns(const struct csv_record *from, const struct csv_record *to,
                          uint32_t *match) {
    for (uint32_t i = 0; i < from->count; i++) {
        match[i] = UINT32_MAX;
        for (uint32_t k = 0; k < to->count; k++)
            if (is_same_text(from->field[i].text, from->field[i].size, to->field[k].text,
                             to->field[k].size))
                match[i] = k;
    }
}

/* Whether each field of a row stands in its column of the other. */
static bool has_fields(const struct csv_record *row, const struct csv_record *other,
                       const uint32_t *match) {
    for (uint32_t i = 0; i < row->count; i++) {
        static const struct csv_field nothing;
        const struct csv_field *field =
            match[i] < other->count ? &other->field[match[i]] : &nothing;
        if (!is_same_text(row->field[i].text, row->field[i].size, field->text, field->size))
            return false;
    }
    return true;
}

struct pair {
    struct csv_record record[2];
    uint32_t match[2][LIMIT_COLUMNS];
    struct csv_scan scan[2];
};

/* The next rows of both; false at the end of one of them. */
static bool next_rows(struct baton_arena *arena, struct pair *pair, bool *both_end) {
    bool is_row[2];
    for (int i = 0; i < 2; i++)
        is_row[i] = csv_next(&pair->scan[i], &pair->record[i], arena);
    *both_end = !is_row[0] && !is_row[1];
    return is_row[0] && is_row[1] && pair->record[0].problem == BATON_OK &&
           pair->record[1].problem == BATON_OK;
}

static bool is_same_table(struct baton_arena *arena, const struct file *a, const struct file *b) {
    struct pair *pair = arena_alloc_raw(arena, 1, sizeof *pair);
    const struct file *const file[2] = {a, b};
    bool both_end = false, same = true;
    for (int i = 0; i < 2; i++)
        pair->scan[i] = (struct csv_scan){file[i]->text, file[i]->text + file[i]->size, 1};
    if (!next_rows(arena, pair, &both_end))
        return both_end;
    match_columns(&pair->record[0], &pair->record[1], pair->match[0]);
    match_columns(&pair->record[1], &pair->record[0], pair->match[1]);
    while (same && next_rows(arena, pair, &both_end))
        same = has_fields(&pair->record[0], &pair->record[1], pair->match[0]) &&
               has_fields(&pair->record[1], &pair->record[0], pair->match[1]);
    return same && both_end;
}

/* Policy texts */

static size_t without_ends(const char *text, size_t size) {
    while (size > 0 && (text[size - 1] == '\n' || text[size - 1] == '\r'))
        size--;
    return size;
}

static bool is_same_lines(const struct file *a, const struct file *b) {
    const char *left = a->text, *right = b->text;
    const char *const left_end = left + without_ends(left, a->size);
    const char *const right_end = right + without_ends(right, b->size);
    while (left < left_end && right < right_end) {
        left += *left == '\r' && left + 1 < left_end && left[1] == '\n';
        right += *right == '\r' && right + 1 < right_end && right[1] == '\n';
        if (*left++ != *right++)
            return false;
    }
    return left == left_end && right == right_end;
}

static bool ends_with(const char *name, const char *ending) {
    const size_t size = strlen(name), end = strlen(ending);
    return size > end && strcmp(name + size - end, ending) == 0;
}

baton_code import_means_same(struct import *import, struct file a, struct file b, bool *same) {
    struct baton_arena *arena = import->arena;
    struct baton_findings unheard = {.arena = arena};
    *same = is_same_text(a.text, a.size, b.text, b.size);
    if (*same)
        return BATON_OK;
    TRY(file_decode(arena, &a, &unheard));
    TRY(file_decode(arena, &b, &unheard));
    if (ends_with(a.name, ".yaml"))
        return compare_yaml(arena, &a, &b, same);
    *same = ends_with(a.name, ".csv") ? is_same_table(arena, &a, &b) : is_same_lines(&a, &b);
    return BATON_OK;
}
