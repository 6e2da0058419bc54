/* The formulas of a workbook by which a reader can follow points and totals: what each says, and what it comes to.
 *
 * A formula stands in a cell only if it comes to the engine's own number at 12 significant digits, worked out from the cells that it
 * names; and where it rounds, to the same decimal. Otherwise, as for a node that a veto made 0, there is none, and the cell has the
 * number alone. */
#ifndef REPORT_RESULT_FORMULA_H
#define REPORT_RESULT_FORMULA_H

#include "report/result_view.h"

/* Where the columns of a sheet stand; BATON_NONE = there is no such column. */
struct formula_columns {
    const uint32_t *points, *score, *weight; /* [nodes] */
    uint32_t base, bonus, deduction;
};

/* A unit in its row. */
struct formula_unit {
    const struct result_view *view;
    const struct formula_columns *columns;
    uint32_t group, unit, row;    /* row from 0 */
    const double *share, *points; /* [nodes] of baton_result_points */
};

enum { FORMULA_SIZE = 8000 }; /* spreadsheets take 8192 characters */

/* The formula of a node's points, of its score (inner nodes only), with = in front, in out[FORMULA_SIZE]; of the total before adjustments,
 * and of the total as published. False where there is none. Nodes from 1 on. */
bool formula_points(const struct formula_unit *of, uint32_t node, char *out);
bool formula_score(const struct formula_unit *of, uint32_t node, char *out);
bool formula_base(const struct formula_unit *of, char *out);
bool formula_total(const struct formula_unit *of, char *out);

#endif
