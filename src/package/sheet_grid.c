/* Sheets as texts. The cells stand in one array by row and column with an index of rows, so that a sheet takes what its cells take, however far
 * apart they stand; merged ranges are looked at where somebody asks for what is seen at a place. */
#include "package/sheet_grid.h"
#include "base/limits.h"
#include "base/text.h"
#include "files/archive.h"
#include "package/csv.h"
#include "package/package_internal.h"
#include <stdlib.h>
#include <string.h>

struct sheet_csv {
    struct file file;
};

/* Files */

static void name_file(struct baton_arena *arena, const char *path, struct sheet_file *out) {
    const char *slash = strrchr(path, '/');
    out->path = arena_text(arena, path, strlen(path));
    out->name = slash == NULL ? out->path : out->path + (slash + 1 - path);
    const char *dot = strrchr(out->name, '.');
    out->stem = dot == NULL || dot == out->name
                    ? out->name
                    : arena_text(arena, out->name, (size_t)(dot - out->name));
}

/* "PK": what every archive begins with. */
static bool is_archive(const struct file *file) {
    return file->size >= 4 && memcmp(file->text, "PK\3\4", 4) == 0;
}

static baton_code open_workbook(struct baton_arena *arena, struct sheet_file *out,
                                const struct file *file, struct baton_findings *found) {
    struct archive *archive;
    TRY(archive_open_bytes(arena, out->path, file->text, file->size, &archive, found));
    if (!workbook_is(archive)) {
        baton_findings_add(found, BATON_SHEET_FORM, (struct baton_where){.file = out->path},
                           out->name, NULL, NULL, NULL);
        return BATON_SHEET_FORM;
    }
    TRY(workbook_open(arena, archive, &out->workbook, found));
    out->sheet = out->workbook->sheet;
    out->sheet_count = out->workbook->sheet_count;
    return BATON_OK;
}

static baton_code open_csv(struct baton_arena *arena, struct sheet_file *out, struct file *file,
                           struct baton_findings *found) {
    struct workbook_sheet *sheet = arena_alloc(arena, 1, sizeof *sheet);
    sheet->name = out->stem;
    TRY(file_decode(arena, file, found));
    out->csv = arena_alloc(arena, 1, sizeof *out->csv);
    out->csv->file = *file;
    out->sheet = sheet;
    out->sheet_count = 1;
    return BATON_OK;
}

baton_code sheet_file_open(struct baton_arena *arena, const char *path,
                           const struct sheet_file **out, struct baton_findings *found) {
    struct sheet_file *opened = arena_alloc(arena, 1, sizeof *opened);
    name_file(arena, path, opened);
    struct file file;
    TRY(file_read(arena, path[0] == '/' ? "" : ".", opened->path, LIMIT_SHEET_SIZE, &file, found));
    if (!file.there) {
        baton_findings_add(found, BATON_SHEET_FILE_MISSING, (struct baton_where){0}, path, NULL,
                           NULL, NULL);
        return BATON_SHEET_FILE_MISSING;
    }
    /* What an .xls of old begins with. */
    if (file.size >= 4 && memcmp(file.text, "\xd0\xcf\x11\xe0", 4) == 0) {
        baton_findings_add(found, BATON_SHEET_FORM, (struct baton_where){.file = opened->path},
                           opened->name, NULL, NULL, NULL);
        return BATON_SHEET_FORM;
    }
    TRY(is_archive(&file) ? open_workbook(arena, opened, &file, found)
                          : open_csv(arena, opened, &file, found));
    *out = opened;
    return BATON_OK;
}

/* Cells */

struct taking {
    struct sheet_grid *grid;
    struct sheet_cell *cell;
    size_t count, capacity;
    uint32_t rows_most;
    baton_code many; /* what is told of more */
    struct baton_findings *found;
};

static baton_code too_large(struct taking *taking) {
    struct sheet_grid *grid = taking->grid;
    baton_findings_add(taking->found, BATON_SHEET_TOO_LARGE,
                       (struct baton_where){.file = grid->place},
                       package_count(grid->arena, LIMIT_SHEET_CELLS),
                       package_count(grid->arena, LIMIT_SHEET_MERGES), NULL, NULL);
    return BATON_SHEET_TOO_LARGE;
}

/* Keeps a cell; rows and columns come in their order. */
static baton_code keep(struct taking *taking, uint32_t row, uint32_t column,
                       enum workbook_kind kind, const char *text, size_t size) {
    struct sheet_grid *grid = taking->grid;
    text_trim(&text, &size);
    if (size == 0 && kind != CELL_NO_VALUE)
        return BATON_OK;
    if (row > taking->rows_most) {
        baton_findings_add(taking->found, taking->many, sheet_where(grid, row, column),
                           package_count(grid->arena, taking->rows_most), NULL, NULL, NULL);
        return taking->many;
    }
    if (taking->count == LIMIT_SHEET_CELLS)
        return too_large(taking);
    *ARRAY_PUSH(grid->arena, taking->cell, taking->count, taking->capacity) =
        (struct sheet_cell){row, column, kind, (uint32_t)size, arena_text(grid->arena, text, size)};
    grid->row_count = row;
    if (column > grid->column_count)
        grid->column_count = column;
    return BATON_OK;
}

static baton_code take_cell(void *context, const struct workbook_cell *cell) {
    return keep(context, cell->row, cell->column, cell->kind, cell->text, cell->size);
}

/* Records of CSV are rows; the reader skips blank ones, each of which is a line. */
static baton_code take_records(struct taking *taking, const struct file *file) {
    struct csv_scan scan = {file->text, file->text + file->size, 1};
    struct csv_record *record = arena_alloc_raw(taking->grid->arena, 1, sizeof *record);
    uint32_t row = 0;
    uint64_t next = 1; // the line behind the last record
    while (csv_next(&scan, record, taking->grid->arena)) {
        const uint64_t rows = row + (record->line - next) + 1;
        if (rows > LIMIT_SHEET_ROWS)
            return too_large(taking);
        row = (uint32_t)rows;
        next = scan.line;
        if (record->problem != BATON_OK) {
            csv_report_problem(taking->found, taking->grid->place, record);
            return record->problem;
        }
        for (uint32_t i = 0; i < record->count; i++)
            TRY(keep(taking, row, i + 1, CELL_TEXT, record->field[i].text, record->field[i].size));
    }
    return BATON_OK;
}

/* Where each row begins. */
static void index_rows(struct sheet_grid *grid) {
    uint32_t *first = arena_alloc_raw(grid->arena, (size_t)grid->row_count + 2, sizeof *first);
    size_t at = 0;
    for (uint32_t row = 0; row < grid->row_count + 2; row++) {
        while (at < grid->cell_count && grid->cell[at].row < row)
            at++;
        first[row] = (uint32_t)at;
    }
    grid->first = first;
}

baton_code sheet_grid_read(struct baton_arena *arena, const struct sheet_file *file, uint32_t sheet,
                           const struct sheet_grid **out, struct baton_findings *found) {
    return sheet_grid_read_most(arena, file, sheet, UINT32_MAX, BATON_SHEET_TOO_LARGE, out, found);
}

baton_code sheet_grid_read_most(struct baton_arena *arena, const struct sheet_file *file,
                                uint32_t sheet, uint32_t rows_most, baton_code many,
                                const struct sheet_grid **out, struct baton_findings *found) {
    struct sheet_grid *grid = arena_alloc(arena, 1, sizeof *grid);
    *grid = (struct sheet_grid){.arena = arena, .file = file, .place = file->name};
    struct taking taking = {.grid = grid, .rows_most = rows_most, .many = many, .found = found};
    if (file->workbook != NULL) {
        grid->sheet = file->sheet[sheet].name;
        grid->place = arena_printf(arena, "%s!%s", file->name, grid->sheet);
        TRY(workbook_read(file->workbook, sheet, take_cell, &taking, &grid->merge,
                          &grid->merge_count, found));
        if (grid->merge_count > LIMIT_SHEET_MERGES)
            return too_large(&taking);
    } else {
        TRY(take_records(&taking, &file->csv->file));
    }
    grid->cell = taking.cell;
    grid->cell_count = taking.count;
    index_rows(grid);
    *out = grid;
    return BATON_OK;
}

/* Looking */

const struct sheet_cell *sheet_cell_at(const struct sheet_grid *grid, uint32_t row,
                                       uint32_t column) {
    if (row == 0 || row > grid->row_count)
        return NULL;
    uint32_t low = grid->first[row], high = grid->first[row + 1];
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (grid->cell[middle].column < column)
            low = middle + 1;
        else
            high = middle;
    }
    return low < grid->first[row + 1] && grid->cell[low].column == column ? &grid->cell[low] : NULL;
}

static const char *text_of(const struct sheet_cell *cell) {
    return cell == NULL ? "" : cell->text;
}

const char *sheet_text_at(const struct sheet_grid *grid, uint32_t row, uint32_t column) {
    const struct sheet_cell *cell = sheet_cell_at(grid, row, column);
    for (uint32_t i = 0; cell == NULL && i < grid->merge_count; i++) {
        const struct workbook_merge *merge = &grid->merge[i];
        if (row >= merge->first_row && row <= merge->last_row && column >= merge->first_column &&
            column <= merge->last_column)
            return text_of(sheet_cell_at(grid, merge->first_row, merge->first_column));
    }
    return text_of(cell);
}

/* Fills text[from .. to], as far as it is empty, with what is seen in a merged range. Ranges that do not overlap fill no more than there is: *left
 * counts down, so that a broken workbook takes no longer. */
static void fill_in(const struct sheet_grid *grid, const struct workbook_merge *merge,
                    const char **text, uint32_t from, uint32_t to, uint32_t *left) {
    const char *seen = text_of(sheet_cell_at(grid, merge->first_row, merge->first_column));
    for (uint32_t i = from; i <= to && *left > 0; i++, *left -= 1)
        if (text[i][0] == '\0')
            text[i] = seen;
}

static uint32_t least(uint32_t a, uint32_t b) {
    return a < b ? a : b;
}

const char **sheet_row_texts(const struct sheet_grid *grid, uint32_t row) {
    const char **text = arena_alloc_raw(grid->arena, (size_t)grid->column_count + 1, sizeof *text);
    text[0] = "";
    for (uint32_t column = 1; column <= grid->column_count; column++)
        text[column] = text_of(sheet_cell_at(grid, row, column));
    uint32_t left = grid->column_count;
    for (uint32_t i = 0; i < grid->merge_count; i++) {
        const struct workbook_merge *merge = &grid->merge[i];
        if (row >= merge->first_row && row <= merge->last_row)
            fill_in(grid, merge, text, merge->first_column,
                    least(merge->last_column, grid->column_count), &left);
    }
    return text;
}

const char **sheet_column_texts(const struct sheet_grid *grid, uint32_t column) {
    const char **text = arena_alloc_raw(grid->arena, (size_t)grid->row_count + 1, sizeof *text);
    text[0] = "";
    for (uint32_t row = 1; row <= grid->row_count; row++)
        text[row] = text_of(sheet_cell_at(grid, row, column));
    uint32_t left = grid->row_count;
    for (uint32_t i = 0; i < grid->merge_count; i++) {
        const struct workbook_merge *merge = &grid->merge[i];
        if (column >= merge->first_column && column <= merge->last_column)
            fill_in(grid, merge, text, merge->first_row, least(merge->last_row, grid->row_count),
                    &left);
    }
    return text;
}

const char *sheet_row_first(const struct sheet_grid *grid, uint32_t row) {
    if (row == 0 || row > grid->row_count || grid->first[row] == grid->first[row + 1])
        return "";
    return grid->cell[grid->first[row]].text;
}

struct baton_where sheet_where(const struct sheet_grid *grid, uint32_t row, uint32_t column) {
    char name[WORKBOOK_NAME_SIZE];
    struct baton_where where = {.file = grid->place, .row = row};
    if (row > 0 && column > 0) {
        workbook_cell_name(row, column, name);
        where.field = arena_text(grid->arena, name, strlen(name));
    }
    return where;
}
