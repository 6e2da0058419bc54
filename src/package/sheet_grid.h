/* A sheet as an office keeps it, as a grid of texts: out of a workbook (.xlsx) or a CSV file.
 *
 * Nothing is known of its meaning here. Rows and columns count from 1, as people see them: A1 is 1, 1. Texts are those of
 * files/workbook.h, with spaces at both ends dropped; a cell without text is not kept. Of a CSV file rows are its records, blank
 * ones counted, so that they are the rows that a spreadsheet shows; UTF-8 with a byte-order mark or without, GB18030 (with a note),
 * LF or CRLF. Limits are in base/limits.h; reaching one is SHEET_TOO_LARGE. */
#ifndef PACKAGE_SHEET_GRID_H
#define PACKAGE_SHEET_GRID_H

#include "base/arena.h"
#include "baton/findings.h"
#include "files/workbook.h"
#include <stdbool.h>

struct sheet_cell {
    uint32_t row, column;
    enum workbook_kind kind; /* of CSV always CELL_TEXT */
    uint32_t size;
    const char *text; /* not empty but of CELL_NO_VALUE; a NUL is behind it */
};

/* Sheets of a file. */
struct sheet_file {
    const char *path;                   /* as it was given */
    const char *name;                   /* without its folder */
    const char *stem;                   /* without ending too */
    struct workbook *workbook;          /* NULL = CSV */
    uint32_t sheet_count;               /* 1 of CSV */
    const struct workbook_sheet *sheet; /* of CSV one that is named by the stem */
    struct sheet_csv *csv;              /* inside */
};

struct sheet_grid {
    struct baton_arena *arena;
    const struct sheet_file *file;
    const char *sheet;                /* its name; NULL = CSV */
    const char *place;                /* "FILE!SHEET", of CSV "FILE": what findings call it */
    uint32_t row_count, column_count; /* up to the last cell with a text */
    const struct sheet_cell *cell;    /* by row, then column */
    size_t cell_count;
    const uint32_t
        *first; /* [row_count + 2]: the cells of row r are cell[first[r] .. first[r + 1]) */
    const struct workbook_merge *merge;
    uint32_t merge_count;
};

/* Opens the file at `path`: a workbook by its content, else CSV. It is closed with the arena, which must be that of `found` too.
 * BATON_OK; or the code of a finding; or NO_MEMORY. */
MUST_USE baton_code sheet_file_open(struct baton_arena *arena, const char *path,
                                    const struct sheet_file **out, struct baton_findings *found);

/* Reads a sheet of it, by its index. */
MUST_USE baton_code sheet_grid_read(struct baton_arena *arena, const struct sheet_file *file,
                                    uint32_t sheet, const struct sheet_grid **out,
                                    struct baton_findings *found);

/* The same of a sheet that may have something down to the row `rows_most` only: beyond it no more is kept, and `many` (with the number) is told. */
MUST_USE baton_code sheet_grid_read_most(struct baton_arena *arena, const struct sheet_file *file,
                                         uint32_t sheet, uint32_t rows_most, baton_code many,
                                         const struct sheet_grid **out,
                                         struct baton_findings *found);

/* The cell itself; NULL where it has no text. O(log cells of the row). */
const struct sheet_cell *sheet_cell_at(const struct sheet_grid *grid, uint32_t row,
                                       uint32_t column);

/* The text that is seen at a place: of a merged range that of its first cell; "" where there is none. O(merges). */
const char *sheet_text_at(const struct sheet_grid *grid, uint32_t row, uint32_t column);

/* The same for a whole row, text[column], or a whole column, text[row]; index 0 is not used. In grid->arena.
 * Rows and columns beyond the grid are empty. O(size + merges). */
const char **sheet_row_texts(const struct sheet_grid *grid, uint32_t row);
const char **sheet_column_texts(const struct sheet_grid *grid, uint32_t column);

/* The first text of a row; "" where it has none. */
const char *sheet_row_first(const struct sheet_grid *grid, uint32_t row);

/* The place of a cell for findings: row, and "C5" as the field. Row 0 = the sheet as a whole. */
struct baton_where sheet_where(const struct sheet_grid *grid, uint32_t row, uint32_t column);

#endif
