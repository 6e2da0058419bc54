/* Sheets of a package's workbook, written: pleasant to fill in, and exact. */
#ifndef PACKAGE_WORKBOOK_SHEET_H
#define PACKAGE_WORKBOOK_SHEET_H

#include "baton/findings.h"
#include "files/workbook_out.h"
#include "package/workbook_columns.h"

enum { WORKBOOK_DECIMALS = 15 };

/* A workbook on its way. */
struct workbook_writing {
    struct baton_arena *arena;
    struct baton_findings *found;
    struct workbook_out *out;
    lxw_format *header, *text, *wrapped;
    lxw_format *number[WORKBOOK_DECIMALS + 1],
        *percent[WORKBOOK_DECIMALS + 1]; /* NULL = not needed yet */
    /* for columns whose ids stand elsewhere: the formula of a list of them, by `of`; NULL = there is none yet */
    struct workbook_list {
        const char *of, *formula;
    } * list;
    size_t list_count, list_capacity;
};

struct workbook_sheet_out {
    struct workbook_writing *writing;
    const char *name;
    lxw_worksheet *sheet;
    uint32_t row;   /* of the sheet, from 0, which is written next */
    uint32_t count; /* of columns */
    struct workbook_column *column;
    double *width; /* of each column, in characters */
    bool wraps;    /* texts of several lines are shown as such */
};

void workbook_writing_open(struct workbook_writing *writing, struct baton_arena *arena,
                           struct workbook_out *out, struct baton_findings *found);

/* A sheet with its header. Names are borrowed until it is closed. */
void workbook_sheet_open(struct workbook_writing *writing, const char *name,
                         const char *const *columns, uint32_t count, bool wraps,
                         struct workbook_sheet_out *sheet);

/* Units of UTF-16, of which a cell holds LIMIT_CELL_TEXT. */
size_t workbook_text_units(const char *text, size_t size);

/* Whether a text is a number that is read back from a workbook as the same text: its value, how many decimals the format of its cell shows, whether as a percentage. */
bool workbook_text_number(const char *text, size_t size, double *value, unsigned *decimals,
                          bool *is_percent);

/* Whether a workbook can hold a text's characters; CELL_TEXT_UNSOUND with a finding where it cannot. `field` is the column's name, or NULL. */
MUST_USE baton_code workbook_text_check(const struct workbook_writing *writing, const char *text,
                                        const char *file, uint32_t row, const char *field);

/* Puts a field into the row: a number where the column has numbers and this comes back exactly, else a text. CELL_TEXT_LONG with
 * a finding at `row` of `file` where it is too long for a cell; CELL_TEXT_UNSOUND likewise. */
MUST_USE baton_code workbook_sheet_put(struct workbook_sheet_out *sheet, uint32_t column,
                                       const char *text, uint32_t size, const char *file,
                                       uint32_t row);

/* Ends the row. SHEET_ROWS_MANY with a finding where a sheet has no more. */
MUST_USE baton_code workbook_sheet_next(struct workbook_sheet_out *sheet);

/* Widths, filter, lists and help. */
void workbook_sheet_close(struct workbook_sheet_out *sheet);

/* Makes the column of a sheet (from 0) the list for columns `of` it. */
void workbook_writing_list(struct workbook_writing *writing, const char *of, const char *sheet,
                           uint32_t column);

#endif
