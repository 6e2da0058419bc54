/* One indicator in words: what the annex says of it, as one JSON object for a page. */
#ifndef REPORT_INDICATOR_JSON_H
#define REPORT_INDICATOR_JSON_H

#include "base/writer.h"
#include "report/annex.h"

/* Its id, name, level, the ids above it, whom it is for; of a leaf what it counts, when that is due, its method with formulas and tables, what a missing figure does; who answers for it, and the words of the clause: its own, else
 * that of the nearest node above with one. `view->clauses` and `view->group` are not read. Cannot fail. */
void indicator_json(struct baton_arena *arena, const struct annex_view *view, uint32_t node,
                    struct writer *writer);

/* The member `method` of a leaf: id, name, kind and parameters, its bounds, formulas and tables. The annex is one of annex_open for it, with nothing in its document. */
struct annex;
struct json;
void indicator_method_json(const struct annex *annex, uint32_t node, struct json *json);

#endif
