/* What the files that write a result as a workbook share: result_workbook.c puts the sheets together, result_workbook_group.c is the
 * table of a group, result_workbook_columns.c its columns, result_workbook_lists.c awards and adjustments, result_workbook_notes.c
 * what there is to know, result_workbook_data.c the long table. */
#ifndef REPORT_RESULT_WORKBOOK_PARTS_H
#define REPORT_RESULT_WORKBOOK_PARTS_H

#include "report/book.h"
#include "report/result_formula.h"

enum { NOTES_WIDTH = 36 }; /* of the column of notes, at most */

enum column_kind {
    COLUMN_RANK,
    COLUMN_CHANGE,
    COLUMN_UNIT,
    COLUMN_TOTAL,
    COLUMN_GRADE,
    COLUMN_BASE,
    COLUMN_BONUS,
    COLUMN_DEDUCTION,
    COLUMN_POINTS,
    COLUMN_SCORE,
    COLUMN_WEIGHT,
    COLUMN_RATING,
    COLUMN_NOTES
};

struct workbook_column {
    enum column_kind kind;
    uint32_t node;  /* of points, score, weight */
    uint32_t index; /* of a rating */
    unsigned level; /* in the outline */
};

/* A group on a sheet, or as much of it as a sheet has room for. */
struct group_sheet {
    struct book_sheet *sheet;
    uint32_t group;
    const uint32_t *units; /* in order */
    uint32_t count;
    uint32_t left_out; /* nodes for which a sheet has no columns */
    struct workbook_column *column;
    uint32_t columns;
    uint32_t at[COLUMN_NOTES +
                1]; /* where the columns stand of which there is one; BATON_NONE = nowhere */
    uint32_t *points, *score, *weight; /* [nodes] likewise */
    uint32_t first_row;                /* of units, from 0 */
};

struct result_book {
    struct book *book;
    const struct result_view *view;
    const struct baton_scheme *scheme;
    struct baton_arena *arena;
    bool only_awards;
    _Atomic uint32_t *done;
    struct group_sheet *group;
    size_t groups, group_capacity;
    bool *is_shown; /* [ranked units] */
    uint64_t formulas,
        plain; /* cells with a formula; those that might have had one and have a number */
};

/* ---- result_workbook_columns.c: chooses the columns of a group, and writes their heads. */
void workbook_choose_columns(const struct result_book *result, struct group_sheet *group);
void workbook_heads(const struct result_book *result, struct group_sheet *group);
/* Once the rows are written. */
void workbook_column_widths(const struct result_book *result, struct group_sheet *group);

/* ---- result_workbook_group.c */
void workbook_group(struct result_book *result, uint32_t group, const uint32_t *units,
                    uint32_t count);
/* The same text that stands in the last column of a unit; "" = nothing to say. In the arena. */
const char *workbook_unit_notes(const struct result_book *result, uint32_t unit);

/* ---- The other sheets; each is left out where it would be empty. */
void workbook_charts(struct result_book *result);
void workbook_awards(struct result_book *result);
void workbook_adjustments(struct result_book *result);
void workbook_notes(struct result_book *result);
void workbook_data(struct result_book *result);

#endif
