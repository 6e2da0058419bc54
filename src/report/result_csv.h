/* A result as CSV (RFC 4180, UTF-8, line feeds): the contract of `baton score --format csv`. */
#ifndef REPORT_RESULT_CSV_H
#define REPORT_RESULT_CSV_H

#include "base/writer.h"
#include "report/result_view.h"

/* One row for each unit and node:
 *     period,group,unit,node,level,value,score,weight,points,rank,of,rank_change,rating,grade,notes
 * Groups in the scheme's order, units by the rank of their totals, then the total, the total before adjustments
 * (`base`, where the scheme has adjustments), and every other node before its children. Numbers are in the shortest form
 * that reads back as the same double, or as published (view->rounded). `done` counts units, for who shows how far it is;
 * NULL = nobody does. */
void result_csv(struct baton_arena *arena, const struct result_view *view, struct writer *writer,
                _Atomic uint32_t *done);

/* The awards: period,award,group,unit,place,by */
void result_csv_awards(const struct result_view *view, struct writer *writer);

#endif
