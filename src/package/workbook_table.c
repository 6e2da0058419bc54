/* Sheets in one pass: cells come by row and column, the header's first, and go on as fields. What a cell cannot mean in a
 * table is told with its row and column; merged cells are known when all cells have been seen. */
#include "package/workbook_table.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/writer.h"
#include "package/csv.h"
#include "package/package_internal.h"
#include <assert.h>
#include <string.h>

enum { NO_FIELD = -1 };

/* A column of the sheet, by its number from 0. */
struct column {
    int32_t field; /* NO_FIELD = it has no name */
    bool is_own;   /* x_... */
    bool is_told;  /* that it has values but no name */
};

struct reading {
    struct baton_arena *arena;
    struct baton_findings *found;
    const char *name;
    const struct workbook_rows *rows;

    uint32_t header, row; /* of the sheet; 0 = none yet */
    uint32_t last_row;
    struct column *column;
    size_t column_count, column_capacity;
    const char **title; /* of the fields */
    size_t title_count, title_capacity;
    bool is_full; /* more columns than a table may have */
};

static struct baton_where at_cell(const struct reading *r, uint32_t row, const char *field) {
    return (struct baton_where){.file = r->name, .row = row, .field = field};
}

static const char *cell_name(const struct reading *r, uint32_t row, uint32_t column) {
    char name[WORKBOOK_NAME_SIZE];
    workbook_cell_name(row, column, name);
    return arena_text(r->arena, name, strlen(name));
}

static bool is_blank(const struct workbook_cell *cell) {
    const char *text = cell->text;
    size_t size = cell->size;
    text_trim(&text, &size);
    return size == 0 && cell->kind != CELL_NO_VALUE;
}

/* What is no value of a table. */
static bool is_refused(const struct reading *r, const struct workbook_cell *cell,
                       const char *field) {
    if (cell->kind != CELL_ERROR && cell->kind != CELL_NO_VALUE)
        return false;
    baton_findings_add(
        r->found, cell->kind == CELL_ERROR ? BATON_TABLE_CELL_ERROR : BATON_TABLE_NOT_CALCULATED,
        at_cell(r, cell->row, field), cell_name(r, cell->row, cell->column), cell->text, NULL,
        NULL);
    return true;
}

/* The column of the cell; it and those before it are nameless until they have a title. */
static struct column *column_of(struct reading *r, const struct workbook_cell *cell) {
    while (r->column_count < cell->column)
        *ARRAY_PUSH(r->arena, r->column, r->column_count, r->column_capacity) =
            (struct column){.field = NO_FIELD};
    assert(r->column != NULL);
    return &r->column[cell->column - 1];
}

static void take_title(struct reading *r, const struct workbook_cell *cell) {
    struct column *const column = column_of(r, cell);
    if (is_refused(r, cell, NULL))
        return;
    if (r->title_count == LIMIT_COLUMNS) {
        if (!r->is_full)
            baton_findings_add(r->found, BATON_TOO_MANY_COLUMNS, at_cell(r, cell->row, NULL),
                               package_count(r->arena, LIMIT_COLUMNS), NULL, NULL, NULL);
        r->is_full = true;
        return;
    }
    const char *text = cell->text;
    size_t size = cell->size;
    text_trim(&text, &size);
    *column = (struct column){.field = (int32_t)r->title_count,
                              .is_own = size >= 2 && memcmp(text, "x_", 2) == 0};
    *ARRAY_PUSH(r->arena, r->title, r->title_count, r->title_capacity) =
        arena_text(r->arena, text, size);
}

static void begin_row(struct reading *r, uint32_t row) {
    if (r->header == 0)
        r->header = row;
    else if (r->row == r->header)
        r->rows->columns(r->rows->context, r->header, r->title, (uint32_t)r->title_count);
    r->row = row;
    if (row != r->header)
        r->rows->row(r->rows->context, row);
}

static void tell_nameless(struct reading *r, const struct workbook_cell *cell) {
    if (r->is_full)
        return;
    struct column *const column = column_of(r, cell);
    if (column->is_told)
        return;
    column->is_told = true;
    baton_findings_add(r->found, BATON_TABLE_COLUMN_NAMELESS, at_cell(r, cell->row, NULL),
                       cell_name(r, cell->row, cell->column),
                       package_excerpt(r->arena, cell->text, cell->size),
                       cell_name(r, r->header, cell->column), NULL);
}

static baton_code take(void *context, const struct workbook_cell *cell) {
    struct reading *r = context;
    if (is_blank(cell))
        return BATON_OK;
    if (cell->row != r->row)
        begin_row(r, cell->row);
    r->last_row = cell->row;
    if (cell->row == r->header) {
        take_title(r, cell);
        return BATON_OK;
    }
    const struct column *column =
        cell->column <= r->column_count ? &r->column[cell->column - 1] : NULL;
    if (column == NULL || column->field == NO_FIELD)
        tell_nameless(r, cell);
    else if (column->is_own || !is_refused(r, cell, r->title[column->field]))
        r->rows->field(r->rows->context, (uint32_t)column->field, cell->text, cell->size);
    return BATON_OK;
}

/* Merged cells show one value where a table has several. */
static void look_at_merges(struct reading *r, const struct workbook_merge *merge, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        const struct workbook_merge *m = &merge[i];
        const bool is_one = m->first_row == m->last_row && m->first_column == m->last_column;
        if (is_one || m->last_row < r->header || m->first_row > r->last_row)
            continue;
        bool matters = false;
        for (uint32_t c = m->first_column; c <= m->last_column && c <= r->column_count; c++)
            matters |= r->column[c - 1].field != NO_FIELD && !r->column[c - 1].is_own;
        if (matters)
            baton_findings_add(r->found, BATON_TABLE_MERGED, at_cell(r, m->first_row, NULL),
                               cell_name(r, m->first_row, m->first_column),
                               cell_name(r, m->last_row, m->last_column), NULL, NULL);
    }
}

baton_code workbook_rows_read(struct baton_arena *arena, struct workbook *workbook, uint32_t sheet,
                              const char *name, const struct workbook_rows *rows,
                              struct baton_findings *found) {
    struct reading r = {.arena = arena, .found = found, .name = name, .rows = rows};
    const struct workbook_merge *merge = NULL;
    uint32_t merge_count = 0;
    TRY(workbook_read(workbook, sheet, take, &r, &merge, &merge_count, found));
    if (r.header != 0 && r.row == r.header)
        rows->columns(rows->context, r.header, r.title, (uint32_t)r.title_count);
    look_at_merges(&r, merge, merge_count);
    return BATON_OK;
}

/* As CSV */

struct table {
    struct baton_arena *arena;
    struct writer *out;
    uint32_t fields;
    uint32_t
        row; /* of the sheet, which is being written; the one before the first at the beginning */
    uint32_t next; /* field */
    uint64_t line; /* of the text, on which the row began */
    uint64_t more; /* lines that it has besides */
    struct file_rows *piece;
    size_t piece_count, piece_capacity;
};

static void put_field(struct table *t, const char *text, size_t size) {
    if (csv_special(text, text + size) == text + size) {
        writer_put(t->out, text, size);
        return;
    }
    writer_char(t->out, '"');
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '"')
            writer_char(t->out, '"');
        t->more += text[i] == '\n';
        writer_char(t->out, text[i]);
    }
    writer_char(t->out, '"');
}

static void end_row(struct table *t) {
    for (; t->next < t->fields; t->next++)
        writer_char(t->out, ',');
    t->next = 0;
    writer_char(t->out, '\n');
    t->line += 1 + t->more;
    if (t->more > 0)
        *ARRAY_PUSH(t->arena, t->piece, t->piece_count, t->piece_capacity) =
            (struct file_rows){t->line, t->row + 1};
    t->more = 0;
}

/* Ends the row before, and those between that have no texts. */
static void go_to_row(struct table *t, uint32_t row) {
    if (t->row > 0)
        end_row(t);
    for (t->row++; t->row < row; t->row++) {
        writer_char(t->out, '\n');
        t->line++;
    }
}

static void take_columns(void *context, uint32_t row, const char *const *name, uint32_t count) {
    struct table *t = context;
    go_to_row(t, row);
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0)
            writer_char(t->out, ',');
        put_field(t, name[i], strlen(name[i]));
    }
    t->next = t->fields = count > 0 ? count - 1 : 0;
}

static void take_row(void *context, uint32_t row) {
    go_to_row(context, row);
}

static void take_field(void *context, uint32_t column, const char *text, uint32_t size) {
    struct table *t = context;
    for (; t->next < column; t->next++)
        writer_char(t->out, ',');
    put_field(t, text, size);
}

baton_code workbook_table_read(struct baton_arena *arena, struct workbook *workbook, uint32_t sheet,
                               const char *name, uint64_t size_most, struct file *out,
                               struct baton_findings *found) {
    struct table t = {.arena = arena, .out = writer_memory(arena), .line = 1};
    const struct workbook_rows rows = {take_columns, take_row, take_field, &t};
    TRY(workbook_rows_read(arena, workbook, sheet, name, &rows, found));
    if (t.row > 0)
        end_row(&t);
    *out = (struct file){.name = name, .there = true, .rows = t.piece};
    out->rows_count = t.piece_count;
    out->size = t.out->used;
    writer_text_of(t.out);
    out->text = t.out->buffer;
    if (out->size <= size_most)
        return BATON_OK;
    baton_findings_add(found, BATON_FILE_TOO_LARGE, (struct baton_where){.file = name},
                       package_count(arena, out->size), package_count(arena, size_most), NULL,
                       NULL);
    return BATON_FILE_TOO_LARGE;
}
