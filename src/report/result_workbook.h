/* A result as a workbook: `baton score --format xlsx`. */
#ifndef REPORT_RESULT_WORKBOOK_H
#define REPORT_RESULT_WORKBOOK_H

#include "report/result_view.h"

struct result_workbook_style {
    enum baton_language language;
    bool only_awards;
};

/* A sheet for each group of the view, with formulas for points and totals; a sheet of charts; awards; adjustments; notes; and every number
 * of the CSV in one long table, `data`. `path` is replaced when the workbook is whole. Of a view
 * that does not show everything (of_unit) it is that table alone. The same result gives the same bytes. *done,
 * where it is not NULL, counts units. Returns 0 or errno; BATON_NO_MEMORY leaves by the arena. */
MUST_USE int result_workbook(struct baton_arena *arena, const struct result_view *view,
                             const struct result_workbook_style *style, const char *path,
                             _Atomic uint32_t *done);

#endif
