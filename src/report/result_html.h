/* A result as a page of HTML: `baton score --format html`. */
#ifndef REPORT_RESULT_HTML_H
#define REPORT_RESULT_HTML_H

#include "base/writer.h"
#include "report/card.h"

/* One file that needs no other and has no script: a table for each group with the course of the year, notes, awards. Numbers are as
 * published. `only_awards`: nothing but these. BATON_OK or BATON_NO_MEMORY. */
MUST_USE baton_code result_html(struct baton_arena *arena, const struct result_view *view,
                                const struct card_course *course, enum baton_language language,
                                bool only_awards, struct writer *writer);

#endif
