/* The matrix (baton/matrix.h) printed: as tables for people, CSV for spreadsheets, JSON for programs. */
#ifndef REPORT_MATRIX_REPORT_H
#define REPORT_MATRIX_REPORT_H

#include "base/writer.h"
#include "baton/matrix.h"
#include "report/result_view.h"

/* What is shown: of each indicator for each unit one of its numbers, or a summary. */
enum matrix_what {
    MATRIX_RANKS,
    MATRIX_SCORES,
    MATRIX_RATINGS,
    MATRIX_POINTS,
    MATRIX_LOST,
    MATRIX_CONTRIBUTIONS,
    MATRIX_FROM_MEAN,
    MATRIX_FROM_BEST,
    MATRIX_UNITS, /* each unit in words: ratings counted, first and last, strengths, points lost */
    MATRIX_INDICATORS, /* each indicator over the units of a group */
    MATRIX_LISTS       /* level, class, progress */
};

struct matrix_view {
    struct result_view
        result; /* its group or unit limits what is shown; top and rounded are not read */
    enum matrix_what what;
    /* indicators of that level, leaves above it too; 0 = leaves wherever they are */
    uint32_t level;
    uint32_t top; /* at most so many strengths, weaknesses, leaves that lost most */
    enum baton_language language;
    bool names;     /* CSV: names in the language instead of ids */
    bool colour;    /* tables */
    uint32_t width; /* of tables, columns; lines are not longer as long as it is 60 or more */
};

/* All answer BATON_OK or BATON_NO_MEMORY; what they need in `arena` is given back as they go. */

/* Tables: an indicator a line and a unit a column, split into several where they are wider than the page; or a paragraph
 * a unit, a line an indicator, three lists side by side. Numbers are as published. */
MUST_USE baton_code matrix_table(struct baton_arena *arena, const struct matrix_view *view,
                                 struct writer *writer);

/* CSV, numbers exact. Of indicators by units: a row for each unit, in the order of the result, with the columns period, group,
 * unit, total, then one for each indicator in the order of the tree; behind these `adjust` and `rest` where points or shares
 * are shown, so that they add up to `total`. With names it begins with a byte order mark, which spreadsheets ask for. */
MUST_USE baton_code matrix_csv(struct baton_arena *arena, const struct matrix_view *view,
                               struct writer *writer);

/* One object with everything, whatever `what` is. Numbers exact. */
MUST_USE baton_code matrix_json(struct baton_arena *arena, const struct matrix_view *view,
                                struct writer *writer);

/* A workbook that will be the file `path`: ranks, scores, points, points lost; report cards; lists; whatever `what` is. Numbers exact, the
 * totals of report cards and lists as published. *error gets 0, or the errno of what went wrong with the file; where the code is not
 * BATON_OK it is untouched. */
MUST_USE baton_code matrix_workbook(struct baton_arena *arena, const struct matrix_view *view,
                                    const char *path, int *error);

#endif
