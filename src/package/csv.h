/* CSV as RFC 4180 has it: records out of a text, and small tables out of files.
 *
 * UTF-8; lines end with LF or CRLF; a field may stand in quotation marks, with those inside of it
 * doubled, and then hold commas and line ends; spaces around a field are dropped, also inside of
 * the quotation marks; blank lines, and rows whose fields are all empty, are skipped. The first row
 * names the columns, in any order; a column whose name begins with x_ is passed over. */
#ifndef PACKAGE_CSV_H
#define PACKAGE_CSV_H

#include "base/arena.h"
#include "base/limits.h"
#include "baton/findings.h"
#include "baton/period.h"
#include "package/numeral.h"
#include "package/source.h"

/* Records */

struct csv_field {
    const char *text; /* without the spaces and quotation marks around it; no NUL behind it */
    uint32_t size;
};

/* Where the reader of records stands. Begin with text and end of the bytes, line 1. */
struct csv_scan {
    const char *at, *end;
    uint64_t line; /* of `at` */
};

/* A record. `problem` is the first thing that is wrong with its form, BATON_OK where nothing is:
 * CSV_QUOTE_OPEN, CSV_QUOTE_STRAY, CSV_CARRIAGE_RETURN, CSV_NUL, TOO_MANY_COLUMNS,
 * FIELD_TOO_LONG. */
struct csv_record {
    uint64_t line;     /* on which it begins */
    const char *start; /* its first byte */
    uint32_t count;    /* fields; one more than fits says TOO_MANY_COLUMNS */
    baton_code problem;
    const char *problem_at; /* the byte */
    bool is_open;           /* a field in quotation marks ran to the end of the text */
    struct csv_field field[LIMIT_COLUMNS];
};

/* Reads the next record that is not blank; false at the end. A field with doubled quotation marks
 * is put right in `arena`; where that is NULL, in the text itself, which may be written to then. */
bool csv_next(struct csv_scan *scan, struct csv_record *record, struct baton_arena *arena);

/* A text of a record that was read with `arena` NULL, to write to. */
char *csv_writable(const char *text);

/* Adds the finding for a record's problem: its line, and the character in it. In two steps for who
 * reports later. */
void csv_report_problem(struct baton_findings *found, const char *file,
                        const struct csv_record *record);
void csv_problem_place(const struct csv_record *record, uint64_t *line, uint32_t *column);
void csv_report_at(struct baton_findings *found, baton_code problem, struct baton_where at);

/* The first of , " CR LF NUL in at[0..end), or end. Fast. */
const char *csv_special(const char *at, const char *end);

/* Columns */

struct csv_column {
    const char *name;
    bool needed;
};

enum { CSV_NO_COLUMN = -1 };

/* Finds out which column each field of the header is: column_of[field] is an index of `columns`, or
 * CSV_NO_COLUMN for one that is passed over. Findings for unknown, doubled and missing columns;
 * false where a needed one is missing. */
bool csv_header(struct baton_findings *found, const char *file, const struct csv_record *header,
                const struct csv_column *columns, uint32_t column_count,
                int16_t column_of[LIMIT_COLUMNS]);

/* The finding for a row that has another number of fields than the header. */
void csv_report_ragged(struct baton_findings *found, const char *file, uint64_t line,
                       uint32_t count, uint32_t expected);

/* A line as findings hold it. */
uint32_t csv_row(uint64_t line);

/* Tables */

struct csv_cell {
    uint32_t at, size; /* in the text of the table */
};

struct csv_table {
    const char *file;
    bool there; /* false = there is no such file */
    const struct csv_column *column;
    uint32_t column_count;
    uint32_t row_count;   /* of rows below the header, without blank ones */
    const uint32_t *line; /* [row_count] */
    const char *text;
    const struct csv_cell *cell; /* [row_count * stride] */
    uint32_t stride;             /* known columns that the file has */
    int16_t slot[LIMIT_COLUMNS]; /* by column: which of them it is, or CSV_NO_COLUMN */
    struct baton_arena *arena;
    struct baton_findings *found;
};

/* Reads the table `file` of a package. Findings are added for everything that is wrong with its
 * form; rows that are wrong are left out, and all of them where a needed column is missing. A file
 * that is not there is FILE_MISSING where `needed`. BATON_OK also where findings were added, as
 * long as there is something to go on with. */
MUST_USE baton_code csv_table_read(struct source *source, const char *file, bool needed,
                                   uint64_t size_most, const struct csv_column *columns,
                                   uint32_t column_count, struct csv_table *out,
                                   struct baton_findings *found);

/* The same from a text that is already there (not mapped, as it is written to), which stays as long
 * as the arena. */
MUST_USE baton_code csv_table_read_file(struct baton_arena *arena, struct file *file,
                                        const struct csv_column *columns, uint32_t column_count,
                                        struct csv_table *out, struct baton_findings *found);

/* Whether the file has the column. */
bool csv_has(const struct csv_table *table, uint32_t column);

/* A field's text, with a NUL behind it; "" where it is empty or the file has no such column. Lives
 * as long as the arena. csv_optional gives NULL for an empty one. */
const char *csv_text(const struct csv_table *table, uint32_t row, uint32_t column);
uint32_t csv_size(const struct csv_table *table, uint32_t row, uint32_t column);
const char *csv_optional(const struct csv_table *table, uint32_t row, uint32_t column);

/* The place of a field, of a row. */
struct baton_where csv_where(const struct csv_table *table, uint32_t row, uint32_t column);
struct baton_where csv_where_row(const struct csv_table *table, uint32_t row);

/* Adds a finding at a field. */
void csv_report(const struct csv_table *table, baton_code code, uint32_t row, uint32_t column,
                const char *arg1, const char *arg2, const char *arg3, const char *arg4);

/* Fields of a type. Each leaves *out untouched where the field is empty, and where it is wrong;
 * false, with a finding, only then. `measure` says what a percentage means (numeral_percent_of). */
bool csv_number(const struct csv_table *table, uint32_t row, uint32_t column, const char *measure,
                double *out);
bool csv_number_in(const struct csv_table *table, uint32_t row, uint32_t column, double lowest,
                   double highest, double *out);
bool csv_whole(const struct csv_table *table, uint32_t row, uint32_t column, int32_t lowest,
               int32_t highest, int32_t *out);
bool csv_period(const struct csv_table *table, uint32_t row, uint32_t column,
                struct baton_period *out);
bool csv_date(const struct csv_table *table, uint32_t row, uint32_t column,
              int32_t *out); /* a day since 1970 */
bool csv_days(const struct csv_table *table, uint32_t row, uint32_t column, int32_t *out); /* 10d */
/* One of `count` words; *out gets its index. */
bool csv_word(const struct csv_table *table, uint32_t row, uint32_t column,
              const char *const words[], uint32_t count, uint32_t *out);

#endif
