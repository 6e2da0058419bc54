/* Workbooks (.xlsx), read: as Excel, WPS and LibreOffice save them.
 *
 * A cell becomes a text as a table of a package would have it:
 *
 *   a number       its shortest decimal form that reads back as the same double; padded with zeros where the cell's number
 *                  format has a fixed count of decimals and that changes no digit (98.5 shown as 0.00 is "98.50"); with the format
 *                  of a percentage 0.985 is "98.5%"
 *   a date         of a date format, by the workbook's 1900 or 1904 system: "2021-08-27"; where the format shows no day "2021-08",
 *                  no month either "2021"; with a time "2021-08-27 13:05:00"; a time alone "13:05:00"
 *   a truth        "true", "false"
 *   text           shared, inline or of a formula; runs are joined, phonetic ones left out; _x000D_ and the like are what they stand for
 *   a formula      the value that was saved with it; CELL_NO_VALUE where none was
 *   an error       "#N/A" and so on, kind CELL_ERROR; what to do about it is the reader's business
 *
 * Only what is asked for is inflated; no external link is followed, a DOCTYPE is refused. Sheets are named by their
 * names, found through the relations of the workbook, hidden ones included (and marked). Findings name the workbook and the sheet; limits
 * are in base/limits.h. */
#ifndef FILES_WORKBOOK_H
#define FILES_WORKBOOK_H

#include "files/archive.h"

enum workbook_kind {
    CELL_TEXT,
    CELL_NUMBER,
    CELL_DATE,
    CELL_TRUTH,
    CELL_ERROR,
    CELL_NO_VALUE /* a formula that was never calculated; the text is empty */
};

struct workbook_cell {
    uint32_t row, column; /* from 1: A1 is 1, 1 */
    enum workbook_kind kind;
    bool is_formula;
    const char *text; /* with a NUL behind it; valid until the next cell */
    uint32_t size;
    double number; /* of CELL_NUMBER, and the serial of CELL_DATE */
};

struct workbook_sheet {
    const char *name;
    bool is_hidden;
};

/* A range of cells that are shown as one; only the first has a value. Rows and columns from 1, both ends included. */
struct workbook_merge {
    uint32_t first_row, first_column, last_row, last_column;
};

struct workbook {
    const char *path;
    uint32_t sheet_count;
    const struct workbook_sheet *sheet; /* in the workbook's order; chart sheets have no entry */
    struct workbook_inside *inside;
};

/* Whether the archive is meant as a workbook: it has [Content_Types].xml, as other files of Office have too, or is an OpenDocument.
 * workbook_open says what it is where it cannot be read. */
bool workbook_is(const struct archive *archive);

/* What is no archive but a workbook all the same: of the old form (.xls), or locked by a password. Adds the finding and returns its code;
 * BATON_OK where the bytes are neither. archive_open asks this too. */
MUST_USE baton_code workbook_refuse_old(const char *path, const void *bytes, size_t size,
                                        struct baton_findings *found);

/* Opens the workbook in an archive: names of sheets, styles; shared strings come when they are first needed. */
MUST_USE baton_code workbook_open(struct baton_arena *arena, struct archive *archive,
                                  struct workbook **out, struct baton_findings *found);

/* The sheet of that name (as Excel compares: without regard to the case of ASCII letters); UINT32_MAX where there is none. */
uint32_t workbook_find(const struct workbook *workbook, const char *name);

/* Gives each cell that has a value to `take`, by row and then column. An answer other than BATON_OK ends the reading and is handed up.
 * *merges (may be NULL, and so may merge_count) gets the merged ranges, in the arena. The cells of hidden rows and columns come too.
 * BATON_OK, or the code of a finding, or of `take`. What `take` allocates is of the workbook's arena, or it runs in an arena_run of its own:
 * a jump over this function would leave the reader's memory behind. */
MUST_USE baton_code workbook_read(struct workbook *workbook, uint32_t sheet,
                                  baton_code (*take)(void *context,
                                                     const struct workbook_cell *cell),
                                  void *context, const struct workbook_merge **merges,
                                  uint32_t *merge_count, struct baton_findings *found);

/* "AB12" of a row and a column, both from 1. */
enum { WORKBOOK_NAME_SIZE = 16 };
const char *workbook_cell_name(uint32_t row, uint32_t column, char out[WORKBOOK_NAME_SIZE]);

/* The other way; `$` is passed over. False where it is no name of a cell within Excel's limits. */
bool workbook_cell_parse(const char *text, size_t size, uint32_t *row, uint32_t *column);

#endif
