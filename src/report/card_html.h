/* Report cards as a page of HTML: `baton matrix --what units --format html`. */
#ifndef REPORT_CARD_HTML_H
#define REPORT_CARD_HTML_H

#include "report/card.h"
#include "report/matrix_report.h"

/* One file that needs no other and has no script: a card for each unit that the view has, each on paper on a page of its own, with
 * a table of contents where there are several. Numbers are as published; figures at six significant digits, exact in the
 * `value` of their element. BATON_OK or BATON_NO_MEMORY. */
MUST_USE baton_code card_html(struct baton_arena *arena, const struct matrix_view *view,
                              const struct card_course *course, struct writer *writer);

#endif
