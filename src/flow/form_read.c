/* A form is found by its head, its columns by their names. What is lost where a sheet goes through other programs shows by the check row: how many rows there were, how many were filled in, what they add up to. */
#include "flow/form_read.h"
#include "base/csv_field.h"
#include "base/limits.h"
#include "package/numeral.h"
#include <inttypes.h>
#include <math.h>
#include <string.h>

enum { HEAD_ROWS = 10, NAMES_ROWS = 20, SHEETS_MOST = 4, NO_COLUMN = -1, OWN_COLUMN = -2 };

struct reading {
    struct baton_arena *arena;
    struct baton_findings *found;
    struct form_read *out;
    uint32_t head_row, names_row;
    int column[LIMIT_WORKSHEET_COLUMNS + 1]; /* of the sheet: which of the form */
};

static baton_code tell_at(struct reading *r, baton_code code, uint32_t row, uint32_t column,
                          const char *a, const char *b, const char *c) {
    baton_findings_add(r->found, code, sheet_where(r->out->grid, row, column), a, b, c, NULL);
    return code;
}

/* Head */

static const struct sheet_cell *find_head(const struct sheet_grid *grid) {
    const uint32_t rows = grid->row_count < HEAD_ROWS ? grid->row_count : HEAD_ROWS;
    for (uint32_t i = grid->first[0]; i < grid->first[rows + 1]; i++)
        if (form_head_is(grid->cell[i].text))
            return &grid->cell[i];
    return NULL;
}

static baton_code open_sheet(struct reading *r, const struct sheet_file *file) {
    const struct sheet_cell *head = NULL;
    for (uint32_t s = 0; s < file->sheet_count && s < SHEETS_MOST && head == NULL; s++) {
        TRY(sheet_grid_read_most(r->arena, file, s, FORM_ROWS_MOST, BATON_FORM_ROWS_MANY,
                                 &r->out->grid, r->found));
        head = find_head(r->out->grid);
    }
    if (head == NULL || !form_head_read(r->arena, head->text, &r->out->head)) {
        baton_findings_add(r->found, BATON_FORM_NONE,
                           head == NULL ? (struct baton_where){.file = file->name}
                                        : sheet_where(r->out->grid, head->row, head->column),
                           head == NULL ? NULL : head->text, NULL, NULL, NULL);
        return BATON_FORM_NONE;
    }
    r->head_row = head->row;
    return BATON_OK;
}

/* Columns */

static bool names_columns(const struct sheet_grid *grid, uint32_t row) {
    enum form_column column;
    for (uint32_t i = grid->first[row]; i < grid->first[row + 1]; i++)
        if (form_column_of(grid->cell[i].text, &column) && column == FORM_ELEMENT)
            return true;
    return false;
}

static void take_name(struct reading *r, const struct sheet_cell *cell) {
    enum form_column column;
    if (cell->column > LIMIT_WORKSHEET_COLUMNS)
        return;
    if (strncmp(cell->text, "x_", 2) == 0) {
        r->column[cell->column] = OWN_COLUMN;
    } else if (!form_column_of(cell->text, &column)) {
        tell_at(r, BATON_FORM_COLUMN_UNKNOWN, cell->row, cell->column, cell->text, NULL, NULL);
    } else if (r->out->column[column] != 0) {
        tell_at(r, BATON_FORM_COLUMN_TWICE, cell->row, cell->column, cell->text, NULL, NULL);
    } else {
        r->column[cell->column] = (int)column;
        r->out->column[column] = cell->column;
    }
}

static baton_code read_names(struct reading *r) {
    const struct sheet_grid *const grid = r->out->grid;
    for (uint32_t row = r->head_row + 1;
         row <= grid->row_count && row <= r->head_row + NAMES_ROWS && r->names_row == 0; row++)
        if (names_columns(grid, row))
            r->names_row = row;
    for (int c = 0; c <= LIMIT_WORKSHEET_COLUMNS; c++)
        r->column[c] = NO_COLUMN;
    for (uint32_t i = grid->first[r->names_row];
         r->names_row > 0 && i < grid->first[r->names_row + 1]; i++)
        take_name(r, &grid->cell[i]);
    for (int c = 0; c < FORM_COLUMNS; c++) {
        const struct form_column_info *const info = form_column_info((enum form_column)c);
        if (info->is_needed && r->out->column[c] == 0)
            tell_at(r, BATON_FORM_COLUMN_MISSING, r->names_row > 0 ? r->names_row : r->head_row + 1,
                    0, info->name[r->out->head.language], info->word, NULL);
    }
    return baton_findings_worst(r->found);
}

/* Rows */

/* What a spreadsheet would have taken for a formula came with an apostrophe. */
static const char *unguarded(const struct sheet_grid *grid, const char *text) {
    return grid->sheet == NULL && text[0] == '\'' && (text[1] == '\'' || csv_is_formula(text + 1))
               ? text + 1
               : text;
}

static void take_cell(struct reading *r, struct form_line *line, const struct sheet_cell *cell) {
    const int column =
        cell->column <= LIMIT_WORKSHEET_COLUMNS ? r->column[cell->column] : NO_COLUMN;
    char name[WORKBOOK_NAME_SIZE];
    if (column == OWN_COLUMN)
        return;
    workbook_cell_name(cell->row, cell->column, name);
    if (column == NO_COLUMN)
        tell_at(r, BATON_TABLE_COLUMN_NAMELESS, cell->row, cell->column, name, cell->text,
                arena_printf(r->arena, "%" PRIu32, r->names_row));
    else if (cell->kind == CELL_ERROR)
        tell_at(r, BATON_TABLE_CELL_ERROR, cell->row, cell->column, name, cell->text, NULL);
    else if (cell->kind == CELL_NO_VALUE)
        tell_at(r, BATON_TABLE_NOT_CALCULATED, cell->row, cell->column, name, NULL, NULL);
    else
        line->text[column] = unguarded(r->out->grid, cell->text);
    double value;
    if (column == FORM_VALUE && cell->kind == CELL_NUMBER &&
        numeral_parse(cell->text, cell->size, NUMERAL_AS_SHARE, &value) == BATON_NUMBER_OK)
        r->out->sum += value;
}

static void take_row(struct reading *r, uint32_t row, size_t *room) {
    const struct sheet_grid *const grid = r->out->grid;
    struct form_line line = {.row = row};
    if (grid->first[row] == grid->first[row + 1])
        return;
    for (uint32_t i = grid->first[row]; i < grid->first[row + 1]; i++)
        take_cell(r, &line, &grid->cell[i]);
    r->out->filled += line.text[FORM_VALUE] != NULL || line.text[FORM_STATE] != NULL;
    *ARRAY_PUSH(r->arena, r->out->line, r->out->count, *room) = line;
}

/* Where several cells are one, only the first has what was typed. */
static void look_at_merges(struct reading *r) {
    const struct sheet_grid *const grid = r->out->grid;
    for (uint32_t i = 0; i < grid->merge_count; i++) {
        const struct workbook_merge *const merge = &grid->merge[i];
        char first[WORKBOOK_NAME_SIZE], last[WORKBOOK_NAME_SIZE];
        workbook_cell_name(merge->first_row, merge->first_column, first);
        workbook_cell_name(merge->last_row, merge->last_column, last);
        if (merge->last_row >= r->names_row)
            tell_at(r, BATON_TABLE_MERGED, merge->first_row, merge->first_column, first, last,
                    NULL);
    }
}

/* Check row */

/* The cell behind the one that announces a count, between head and names; NULL = there is none, or nothing counts it anew. */
static const struct sheet_cell *find_count(const struct reading *r, enum form_count what) {
    const struct sheet_grid *const grid = r->out->grid;
    for (uint32_t i = grid->first[r->head_row + 1]; i < grid->first[r->names_row]; i++) {
        const struct sheet_cell *const cell = &grid->cell[i];
        if (strcmp(cell->text, form_count_name(what, BATON_EN)) == 0 ||
            strcmp(cell->text, form_count_name(what, BATON_ZH)) == 0)
            return sheet_cell_at(grid, cell->row, cell->column + 1);
    }
    return NULL;
}

static void check_count(struct reading *r, enum form_count what, double read) {
    const struct sheet_cell *const cell = find_count(r, what);
    double says;
    char text[BATON_NUMBER_SHORTEST_SIZE];
    if (cell == NULL || cell->kind == CELL_NO_VALUE)
        return;
    const bool is_number =
        numeral_parse(cell->text, cell->size, NUMERAL_AS_SHARE, &says) == BATON_NUMBER_OK;
    /* sums are made in another order by other programs */
    if (is_number && fabs(says - read) <= 1e-9 * (1 + fabs(read)))
        return;
    tell_at(r, BATON_FORM_CHECK_DIFFERS, cell->row, cell->column,
            form_count_name(what, r->out->head.language), cell->text,
            arena_text(r->arena, text, baton_number_shortest(read, text)));
}

static void check_rows(struct reading *r) {
    struct form_read *const out = r->out;
    if (out->count != out->head.rows)
        tell_at(r, BATON_FORM_ROWS_DIFFER, r->head_row, 1,
                arena_printf(r->arena, "%zu", out->count),
                arena_printf(r->arena, "%" PRIu64, out->head.rows), NULL);
    if (find_count(r, FORM_COUNT_ROWS) == NULL)
        tell_at(r, BATON_FORM_CHECK_MISSING, r->head_row + 1, 0, NULL, NULL, NULL);
    check_count(r, FORM_COUNT_ROWS, (double)out->count);
    check_count(r, FORM_COUNT_FILLED, (double)out->filled);
    check_count(r, FORM_COUNT_SUM, out->sum);
}

baton_code form_read(struct baton_arena *arena, const char *path, struct form_read *out,
                     struct baton_findings *found) {
    struct reading *const r = arena_alloc(arena, 1, sizeof *r);
    const struct sheet_file *file;
    size_t room = 0;
    *r = (struct reading){.arena = arena, .found = found, .out = out};
    *out = (struct form_read){0};
    TRY(sheet_file_open(arena, path, &file, found));
    TRY(open_sheet(r, file));
    TRY(read_names(r));
    for (uint32_t row = r->names_row + 1; row <= out->grid->row_count; row++)
        take_row(r, row, &room);
    look_at_merges(r);
    check_rows(r);
    return baton_findings_worst(found);
}

struct baton_where form_where(const struct form_read *read, const struct form_line *line,
                              enum form_column column) {
    return sheet_where(read->grid, line->row, read->column[column]);
}

baton_code form_belongs(const struct form_read *read, const struct form_use *use,
                        struct baton_findings *found) {
    const struct form_head *const head = &read->head;
    const char *const part[][3] = {{"ledger", head->ledger, use->ledger},
                                   {"assessment", head->assessment, use->assessment},
                                   {"period", head->period, use->period_name}};
    baton_code code = BATON_OK;
    for (size_t i = 0; i < LENGTH(part); i++) {
        if (strcmp(part[i][1], part[i][2]) == 0)
            continue;
        code = BATON_FORM_OTHER;
        baton_findings_add(found, code, sheet_where(read->grid, 2, 1), part[i][0], part[i][1],
                           part[i][2], NULL);
    }
    return code;
}
