/* What the files that write report cards as HTML share. */
#ifndef REPORT_CARD_HTML_PARTS_H
#define REPORT_CARD_HTML_PARTS_H

#include "report/card_html.h"
#include "report/html_parts.h"

/* A card that is being written. */
struct card_page {
    const struct matrix *matrix;
    const struct card_group *group;
    const struct card *card;
};

/* "3/7" with a sign where others share the place; "—" without one. */
void card_html_place(const struct card_page *page, const struct baton_matrix_cell *cell);

/* Opens and closes a part under a heading, with what is said beside it in small print (NULL = nothing). */
void card_html_open(const struct card_page *page, const char *title, const char *beside);
void card_html_close(const struct card_page *page);

/* The parts of a card. */
void card_html_blocks(const struct card_page *page);
void card_html_ratings(const struct card_page *page);
void card_html_lists(const struct card_page *page);
void card_html_course(const struct card_page *page);
void card_html_indicators(const struct card_page *page);

#endif
