/* Pages (PDF): text, lines, bars, by cairo and pango.
 *
 *     page_out_open(arena, "posting.pdf", &(struct page_setup){.title = "..."}, found, &pages)
 *     page_add(pages, 420, 297)                              an A3 page, lying
 *     page_text(pages, &style, 15, 20, 390, "滨湖区")         in a box 390 mm wide
 *     page_out_close(pages)
 *
 * All lengths are in mm; a page's origin is its upper left corner and y grows downwards. A colour is 0xRRGGBB.
 *
 * The same calls give the same bytes, whatever the time, the locale and the other fonts that are installed: the date is the one given, widths are
 * not rounded to any device, and a character is only ever taken from the families asked for, the first that has it. One that none
 * of them has is never left blank: page_out_close tells of it and no file comes about.
 *
 * As with base/writer.h nothing fails until the end. Only memory is left by the arena's way, where the library tells
 * (cairo does; glib, below pango, ends the process). docs/adr/0009 has the reasons for the fonts. */
#ifndef FILES_PAGE_H
#define FILES_PAGE_H

#include "base/arena.h"
#include "baton/findings.h"
#include <stdbool.h>

/* The families of fonts that are taken unless others are asked for: one that must be there, and one, where it is installed, for what that lacks. */
#define PAGE_FAMILIES "WenQuanYi Micro Hei"
#define PAGE_FAMILY_SPARE "DejaVu Sans"
enum { PAGE_FAMILIES_MOST = 16 };

struct page_setup {
    const char *title; /* of the document */
    const char *
        families; /* separated by commas, the first that has a character gives it; NULL = the usual */
    const char *language; /* "zh-CN" or "en": how lines are broken */
    int32_t day;          /* its date, since 1970 */
};

struct page_out;

/* A document that will be the file `path` (copied); everything in `setup` is copied. Lives in `arena`, which must be that of `found` (kept until it
 * is closed); abandoned, with nothing left behind, where the arena is closed first. BATON_OK, or the code of the first finding: a
 * family that is not installed, one whose glyphs PDF would lose, or too many of them. A file that cannot be made shows at the end. */
MUST_USE baton_code page_out_open(struct baton_arena *arena, const char *path,
                                  const struct page_setup *setup, struct baton_findings *found,
                                  struct page_out **out);

/* Begins a page of that size; before it only measuring is possible. */
void page_add(struct page_out *out, double width, double height);

/* Finishes the document. BATON_OK: the file is there. Otherwise a file of that name stays as it was, and `found` says why: each character
 * that the fonts lack with the text in which it came first (FONT_LACKS), or that the file cannot be written. */
MUST_USE baton_code page_out_close(struct page_out *out);

/* How many characters that the fonts lack have come so far. */
uint32_t page_lacks(const struct page_out *out);

/* ---- Text. Control characters, line ends among them, count as blanks. */

enum page_align { PAGE_LEFT, PAGE_CENTRE, PAGE_RIGHT };

struct page_style {
    double size; /* of the type: the height of a Chinese character */
    uint32_t colour;
    enum page_align align;
    double leading; /* from line to line, in sizes; 0 = 1.35 */
};

/* Width of the text in one line. */
double page_text_width(struct page_out *out, double size, const char *text);

/* Of a paragraph in lines of at most `width`: how many lines there are, and the width of the widest, which is more than `width` only where not
 * even one character fits. Broken at spaces and between Chinese characters, never before punctuation that closes; inside of a word only where
 * it fits no line of its own. */
struct page_extent {
    unsigned lines;
    double width;
};
struct page_extent page_text_extent(struct page_out *out, double size, double width,
                                    const char *text);

/* Width of the widest piece that is not broken where lines have room for it: a word, or a Chinese character. */
double page_word_width(struct page_out *out, double size, const char *text);

/* Height of `lines` lines. */
double page_lines_height(const struct page_style *style, unsigned lines);

/* Draws the text in one line, its upper edge at y: from x on, centred at x, or up to x. Returns its width. */
double page_line(struct page_out *out, const struct page_style *style, double x, double y,
                 const char *text);

/* Draws a paragraph in lines of at most `width`, aligned between x and x + width, its upper edge at y. Returns its height. */
double page_text(struct page_out *out, const struct page_style *style, double x, double y,
                 double width, const char *text);

/* ---- Lines and areas. */

void page_rectangle(struct page_out *out, double x, double y, double width, double height,
                    uint32_t colour);
/* Its outline, `line` thick, inside of the rectangle. */
void page_frame(struct page_out *out, double x, double y, double width, double height, double line,
                uint32_t colour);
/* A line of straight pieces through `count` points; a point whose y is NaN is left out, and parts the line. */
struct page_point {
    double x, y;
};
void page_polyline(struct page_out *out, const struct page_point *point, uint32_t count,
                   double line, uint32_t colour);
void page_disc(struct page_out *out, double x, double y, double radius, uint32_t colour);

/* How much of a full bar of that place is filled: `share` from 0 to 1 (beyond, the nearest; NaN = nothing is drawn), on a lighter track. */
void page_bar(struct page_out *out, double x, double y, double width, double height, double share,
              uint32_t colour, uint32_t track);

#endif
