/* A result as one JSON object: `baton score --format json`. */
#ifndef REPORT_RESULT_JSON_H
#define REPORT_RESULT_JSON_H

#include "base/writer.h"
#include "report/result_view.h"

/* {"package", "title", "period", "as_of", "compared_with" (period that changes of rank are since, or null), "groups": [{"id", "title", "units": [{"id", "name", "rank", "of", "score",
 * "grade", "nodes": [a row of the CSV each]}]}], "awards": [...], "notes": {"na": {"en", "zh"}, ...}}. Names and
 * order of members are those of the CSV; what is empty there is left out, titles and names are objects by language.
 * `done` as in result_csv. */
void result_json(struct baton_arena *arena, const struct result_view *view, struct writer *writer,
                 _Atomic uint32_t *done);

/* Only the awards: {"package", "title", "period", "as_of", "awards"}. */
void result_json_awards(const struct result_view *view, struct writer *writer);

#endif
