/* The sheets of a workbook that is a package, row by row and as the texts that the readers of tables take. */
#ifndef PACKAGE_WORKBOOK_TABLE_H
#define PACKAGE_WORKBOOK_TABLE_H

#include "files/workbook.h"
#include "package/file.h"

/* Who takes the rows of a sheet. The first row with a text names the columns; cells whose column has no name, merged cells,
 * cells with an error and formulas without a value are findings, but for those in columns of the office's own (x_...). */
struct workbook_rows {
    /* The names of the columns, in the order of the sheet; called once, before any row. */
    void (*columns)(void *context, uint32_t row, const char *const *name, uint32_t count);
    /* A row below the header begins. */
    void (*row)(void *context, uint32_t row);
    /* A field of it that is not empty; by rising index of the column. The text is valid for the call. */
    void (*field)(void *context, uint32_t column, const char *text, uint32_t size);
    void *context;
};

/* Gives the rows of a sheet, which findings call `name`. BATON_OK also where there are findings; another code where the sheet
 * cannot be read. */
MUST_USE baton_code workbook_rows_read(struct baton_arena *arena, struct workbook *workbook,
                                       uint32_t sheet, const char *name,
                                       const struct workbook_rows *rows,
                                       struct baton_findings *found);

/* A sheet as CSV, a line for each row, with as many fields as the header has; *out is called `name`. FILE_TOO_LARGE where it has more than
 * `size_most` bytes. */
MUST_USE baton_code workbook_table_read(struct baton_arena *arena, struct workbook *workbook,
                                        uint32_t sheet, const char *name, uint64_t size_most,
                                        struct file *out, struct baton_findings *found);

#endif
