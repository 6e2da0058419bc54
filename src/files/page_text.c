/* Text on pages. One layout of pango's is used for every text in turn; where lines stand is worked out here from the size of the type alone, so
 * that it does not hang on what a font says of itself. */
#include "base/text.h"
#include "files/page_inside.h"
#include <assert.h>
#include <string.h>

enum {
    POINT_REPORTED = 0xfe, /* in page_fonts.has: no family has it, and that was told */
    FOUND_WIDTH = 60       /* columns of a text that are told */
};

static const double LEADING = 1.35;
/* The baseline below the upper edge of a Chinese character, in sizes. */
static const double BASELINE = 0.86;

static void report(struct page_out *out, uint32_t point, const char *text) {
    char character[5] = {0};
    const size_t size = strlen(text), fit = text_fit(text, size, FOUND_WIDTH);
    text_encode(point, character);
    out->fonts.has[point] = POINT_REPORTED;
    out->lacks++;
    baton_findings_add(out->found, BATON_FONT_LACKS, (struct baton_where){0}, character,
                       arena_printf(out->arena, "U+%04X", (unsigned)point),
                       arena_printf(out->arena, "%.*s%s", (int)fit, text, fit < size ? "…" : ""),
                       NULL);
}

/* The family of the character; that of the one before for what is not seen, and for what no family has. */
static unsigned family_of(struct page_out *out, uint32_t point, unsigned before, const char *text) {
    if (out->fonts.has[point] == POINT_REPORTED || pango_is_zero_width(point))
        return before;
    const unsigned family = page_fonts_family(&out->fonts, point);
    if (family != PAGE_NO_FAMILY)
        return family;
    report(out, point, text);
    return before;
}

static void add_run(struct page_out *out, PangoAttrList *list, unsigned family, size_t from,
                    size_t to) {
    if (family == 0 || from == to)
        return; /* the first one is the layout's */
    PangoAttribute *attribute = pango_attr_family_new(out->fonts.family[family]);
    attribute->start_index = (guint)from;
    attribute->end_index = (guint)to;
    pango_attr_list_insert(list, attribute);
}

/* Puts the text in the layout: `width` as there, -1 for one line. */
static void put(struct page_out *out, double size, double width, const char *text) {
    const size_t bytes = strlen(text);
    const struct arena_mark mark = arena_mark(out->arena);
    char *shown = arena_text(out->arena, text, bytes);
    PangoAttrList *list = pango_attr_list_new();
    pango_attr_list_insert(list, pango_attr_fallback_new(FALSE));
    unsigned family = 0;
    size_t run = 0;
    const uint32_t lacked = out->lacks;
    for (size_t at = 0, step; at < bytes; at += step) {
        uint32_t point = 0;
        step = text_decode(text + at, bytes - at, &point);
        if (step == 0 || point < ' ' || point == 0x7f) {
            step = step == 0 ? 1 : step;
            memset(shown + at, ' ', step);
            continue;
        }
        const unsigned own = family_of(out, point, family, text);
        if (own != family) {
            add_run(out, list, family, run, at);
            family = own;
            run = at;
        }
    }
    add_run(out, list, family, run, bytes);
    pango_font_description_set_absolute_size(out->description, size * PANGO_SCALE);
    pango_layout_set_font_description(out->layout, out->description);
    pango_layout_set_attributes(out->layout, list);
    pango_layout_set_width(out->layout, width < 0 ? -1 : (int)(width * PANGO_SCALE));
    pango_layout_set_text(out->layout, shown, (int)bytes);
    pango_attr_list_unref(list);
    if (out->lacks == lacked)
        arena_reset_to(out->arena, mark); /* else a finding may stand there */
}

static double line_width(PangoLayoutLine *line) {
    PangoRectangle logical;
    pango_layout_line_get_extents(line, NULL, &logical);
    return (double)logical.width / PANGO_SCALE;
}

static struct page_extent extent(struct page_out *out) {
    struct page_extent all = {.lines = 0};
    for (GSList *at = pango_layout_get_lines_readonly(out->layout); at != NULL; at = at->next) {
        const double width = line_width(at->data);
        all.lines++;
        all.width = width > all.width ? width : all.width;
    }
    return all;
}

uint32_t page_lacks(const struct page_out *out) {
    return out->lacks;
}

struct page_extent page_text_extent(struct page_out *out, double size, double width,
                                    const char *text) {
    put(out, size, width, text);
    return extent(out);
}

double page_text_width(struct page_out *out, double size, const char *text) {
    put(out, size, -1, text);
    return extent(out).width;
}

double page_word_width(struct page_out *out, double size, const char *text) {
    pango_layout_set_wrap(out->layout, PANGO_WRAP_WORD);
    put(out, size, 0, text);
    const double width = extent(out).width;
    pango_layout_set_wrap(out->layout, PANGO_WRAP_WORD_CHAR);
    return width;
}

static double leading_of(const struct page_style *style) {
    return style->size * (style->leading > 0 ? style->leading : LEADING);
}

double page_lines_height(const struct page_style *style, unsigned lines) {
    return leading_of(style) * lines;
}

static void draw_line(struct page_out *out, const struct page_style *style, PangoLayoutLine *line,
                      double x, double y, double width) {
    const double left = style->align == PAGE_LEFT    ? 0
                        : style->align == PAGE_RIGHT ? width - line_width(line)
                                                     : (width - line_width(line)) / 2;
    const double above = (leading_of(style) - style->size) / 2;
    cairo_move_to(out->cairo, x + left, y + above + BASELINE * style->size);
    pango_cairo_show_layout_line(out->cairo, line);
}

static void draw(struct page_out *out, const struct page_style *style, double x, double y,
                 double width) {
    assert(out->pages > 0);
    cairo_set_source_rgb(out->cairo, (style->colour >> 16 & 0xff) / 255.0,
                         (style->colour >> 8 & 0xff) / 255.0, (style->colour & 0xff) / 255.0);
    for (GSList *at = pango_layout_get_lines_readonly(out->layout); at != NULL; at = at->next) {
        draw_line(out, style, at->data, x, y, width);
        y += leading_of(style);
    }
    page_check_memory(out);
}

double page_line(struct page_out *out, const struct page_style *style, double x, double y,
                 const char *text) {
    put(out, style->size, -1, text);
    draw(out, style, x, y, 0);
    return extent(out).width;
}

double page_text(struct page_out *out, const struct page_style *style, double x, double y,
                 double width, const char *text) {
    put(out, style->size, width, text);
    draw(out, style, x, y, width);
    return page_lines_height(style, extent(out).lines);
}
