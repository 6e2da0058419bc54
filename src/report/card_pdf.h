/* Report cards (成绩单) on paper: a page of A4 for each unit. */
#ifndef REPORT_CARD_PDF_H
#define REPORT_CARD_PDF_H

#include "report/card.h"
#include "report/matrix_report.h"

/* Writes the file `path` with the card of each unit that the view has, by group and rank: rank, total and grade; the course of the year as a
 * line beside the mean of its group; each block against mean and best; indicators by their ratings; strengths, weaknesses, points
 * lost, ranks that moved. A unit has one page always: where there is much to say, the type becomes smaller and long lists become counts.
 * Numbers are as published. `families` of fonts as in files/page.h, NULL = the usual.
 *
 * The same result gives the same bytes. BATON_OK, BATON_NO_MEMORY, or the code of the first finding that was added to `found`. */
MUST_USE baton_code card_pdf(struct baton_arena *arena, const struct matrix_view *view,
                             const struct card_course *course, const char *path,
                             const char *families, struct baton_findings *found);

#endif
