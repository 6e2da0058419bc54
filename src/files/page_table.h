/* Tables on pages: columns as wide as what stands in them, a head that comes again on each page, breaks between rows only.
 *
 *     page_table_fit(&table, 380, 4, 9)       chooses size and widths
 *     page_table_break(&table, 180, first)    where pages begin
 *     page_table_draw(&table, 20, 40, first[0], first[1])
 *
 * Nothing is cut: what does not fit its column goes on in the next line, and the row is as high as that needs. */
#ifndef FILES_PAGE_TABLE_H
#define FILES_PAGE_TABLE_H

#include "files/page.h"

struct page_cell {
    const char *text; /* NULL = empty */
    uint32_t colour;
    double bar; /* drawn under the text: share of the column's width that is filled; NaN = none */
};

struct page_column {
    const char *head;
    const char *mark; /* on a line of its own above the head; NULL = none */
    enum page_align align;
    double scale; /* of its type, to the table's */
    double least; /* width that it has at least, in its own type's sizes */
    bool
        wraps; /* its texts may be parted; others keep to a line as long as the table fits its width at all */
    /* made by page_table_fit */
    double width;         /* mm, without the gap behind it */
    double head_width[3]; /* of the head in so many lines and one, at type size 1 */
    double natural, word; /* of the widest cell, and of the widest word of one, at type size 1 */
};

struct page_table {
    struct page_out *out;
    struct page_column *column;
    uint32_t column_count;
    const struct page_cell *cell; /* [row * column_count + column] */
    uint32_t row_count;
    uint32_t bar_colour, track_colour, rule_colour, head_colour;
    double padding; /* above and below the text of a row, in sizes */
    /* made by page_table_fit, or chosen by the caller and page_table_measure called */
    double size;        /* of the type, mm */
    double width, gap;  /* mm */
    double head_height; /* mm */
    double *height;     /* mm, [row_count]; the caller gives the room */
};

/* Chooses the greatest size of type, at most `most`, with which the table is `width` mm wide, heads and texts being parted as far as
 * that helps, and measures. Returns false where the size would be below `least`: then it is `least`, and the table is wider than `width`. */
bool page_table_fit(struct page_table *table, double width, double least, double most);

/* The same table in another type, no larger than page_table_fit chose, and with the padding as it is now: widths stay. */
void page_table_resize(struct page_table *table, double size);

/* Where the pages of `room` mm begin: first[0] = 0, first[pages] = row_count; pages are filled evenly. `first` has room for row_count + 2.
 * Returns the number of pages, 1 at least; a row that is higher than a page has one of its own. */
uint32_t page_table_break(const struct page_table *table, double room, uint32_t *first);

/* Height of rows first .. last - 1 with the head. */
double page_table_height(const struct page_table *table, uint32_t first, uint32_t last);

/* Draws the head and these rows with the upper left corner at x, y. */
void page_table_draw(const struct page_table *table, double x, double y, uint32_t first,
                     uint32_t last);

#endif
