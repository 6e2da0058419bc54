/* What the files of report cards on paper share: card_pdf.c has pages and head, card_pdf_chart.c the course and the blocks, card_pdf_lists.c
 * what is told of single indicators.
 *
 * A page is gone through several times: first only to see how high it is, in ever smaller type and with ever shorter lists until it fits,
 * then to be drawn. */
#ifndef REPORT_CARD_PDF_PARTS_H
#define REPORT_CARD_PDF_PARTS_H

#include "files/page.h"
#include "report/card_pdf.h"
#include "report/paper.h"

/* How much is told of single indicators. */
enum card_detail {
    CARD_ALL,   /* the indicators of each rating by name */
    CARD_LOW,   /* of the upper ratings only how many */
    CARD_COUNTS /* of all how many */
};

struct card_page {
    struct baton_arena *arena;
    const struct matrix_view *view;
    const struct baton_scheme *scheme;
    const struct card *card;
    struct page_out *out;
    enum baton_language language;
    bool zh;
    bool draws;  /* false: only measures */
    double unit; /* mm; all sizes are multiples of it */
    enum card_detail detail;
    double y; /* how far down the page has got, mm */
};

enum { CARD_WIDTH = 180, CARD_LEFT = 15 }; /* mm, of what stands on the page, and its edge */

/* en or zh, whichever it is written in. */
__attribute__((format_arg(2), format_arg(3))) static inline const char *card_in(
    const struct card_page *page, const char *en, const char *zh) {
    return page->zh ? zh : en;
}
const char *card_node_name(const struct card_page *page, uint32_t node);

/* A style with a type of so many units. */
struct page_style card_style(const struct card_page *page, double size, uint32_t colour,
                             enum page_align align);

/* A paragraph at x, y; returns its height. A line; nothing is measured. */
double card_text(const struct card_page *page, const struct page_style *style, double x, double y,
                 double width, const char *text);
void card_line(const struct card_page *page, const struct page_style *style, double x, double y,
               const char *text);

/* The heading of a part, with a rule below. Moves page->y. */
void card_heading(struct card_page *page, const char *text);

/* The parts; each moves page->y, and does nothing where it has nothing to say. */
void card_draw_course(struct card_page *page);
void card_draw_blocks(struct card_page *page);
void card_draw_lists(struct card_page *page);
void card_draw_moves(struct card_page *page);
void card_draw_ratings(struct card_page *page);

#endif
