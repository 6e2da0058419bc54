/* The posting (公布榜): the result of each group on large pages for a wall. */
#ifndef REPORT_POSTING_PDF_H
#define REPORT_POSTING_PDF_H

#include "report/result_view.h"

enum posting_paper { POSTING_A3, POSTING_A4 };

struct posting_style {
    enum baton_language language;
    enum posting_paper paper; /* lying */
    const char *families;     /* of fonts, see files/page.h; NULL = the usual */
};

/* Writes the file `path`: for each group its title, the units in order with rank and its change, total, grade, points of each block,
 * adjustments where there are any, how many indicators are in each rating; under them what must be known to read it, how ranks
 * are made, where it comes from. A group that is long goes on on further pages, with its head again. The type is as large as rows and columns
 * allow; a table that would need smaller type than can be read leaves its last blocks out, and names them. Numbers are as published.
 *
 * The document's date is the day as of which was scored, else the last day of the period, so that the same result gives the same bytes.
 * BATON_OK, or the code of the first finding that was added to `found`: see page_out_open and page_out_close. */
MUST_USE baton_code posting_pdf(struct baton_arena *arena, const struct result_view *view,
                                const char *path, const struct posting_style *style,
                                struct baton_findings *found);

#endif
