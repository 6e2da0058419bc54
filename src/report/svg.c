/* Drawings as elements of SVG. Coordinates have at most one decimal. */
#include "report/svg.h"
#include "report/html.h"
#include <math.h>

enum { SHAPES = 8 };

/* A number of one decimal at most. */
static void put(struct writer *writer, double number) {
    writer_number(writer, baton_number_round(number, 1, BATON_ROUND_HALF_AWAY));
}

/* Ends the tag of a drawing with what it shows. */
static void label(struct writer *writer, const char *text) {
    if (text == NULL) {
        writer_text(writer, " aria-hidden=\"true\">");
        return;
    }
    writer_text(writer, " role=\"img\"><title>");
    html_text(writer, text);
    writer_text(writer, "</title>");
}

/* ---- Bars. */

/* Where a value stands on a rail of 100. */
static double share_of(const struct svg_bar *bar, double value) {
    const double share = 100 * value / bar->full;
    return !(share > 0) ? 0 : share > 100 ? 100 : share;
}

static void tick(struct writer *writer, const struct svg_bar *bar, double value,
                 const char *class) {
    if (isnan(value))
        return;
    const double at = share_of(bar, value);
    writer_printf(writer, "<line class=\"%s\" x1=\"", class);
    put(writer, at);
    writer_text(writer, "\" y1=\"0\" x2=\"");
    put(writer, at);
    writer_text(writer, "\" y2=\"8\"/>");
}

void svg_bar(struct writer *writer, const struct svg_bar *bar) {
    writer_text(writer, "<svg class=\"bar\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\"");
    label(writer, bar->label);
    writer_text(writer, "<rect class=\"rail\" y=\"2\" width=\"100\" height=\"4\"/>");
    if (!isnan(bar->value)) {
        writer_text(writer, "<rect class=\"fill\" y=\"2\" height=\"4\" width=\"");
        put(writer, share_of(bar, bar->value));
        writer_text(writer, "\"/>");
        tick(writer, bar, bar->mean, "tick");
        tick(writer, bar, bar->best, "best");
    }
    writer_text(writer, "</svg>");
}

/* ---- Arrows and shapes. */

void svg_arrow(struct writer *writer, bool up, const char *text) {
    writer_printf(writer, "<svg class=\"arrow %s\" viewBox=\"0 0 10 10\"", up ? "rise" : "fall");
    label(writer, text);
    writer_printf(writer, "<path d=\"%s\"/></svg>", up ? "M5 1L9.5 9H.5z" : "M5 9L9.5 1H.5z");
}

void svg_shapes(struct writer *writer) {
    static const char *const shape[SHAPES] = {
        "<circle cx=\"6\" cy=\"6\" r=\"5.5\"/>",
        "<circle class=\"open\" cx=\"6\" cy=\"6\" r=\"4.8\"/><path d=\"M6 1.2a4.8 4.8 0 0 0 0 "
        "9.6z\"/>",
        "<circle class=\"open\" cx=\"6\" cy=\"6\" r=\"4.8\"/>",
        "<path class=\"open\" d=\"M1.2 2H10.8L6 10.6z\"/>",
        "<path class=\"open\" d=\"M6 .9L11.1 6L6 11.1L.9 6z\"/>",
        "<path class=\"open\" d=\"M1.5 1.5H10.5V10.5H1.5z\"/>",
        "<path class=\"open\" d=\"M1.2 10H10.8L6 1.4z\"/>",
        "<path class=\"open\" d=\"M6 1L7.4 4.5L11.2 4.8L8.3 7.2L9.2 10.9L6 8.9L2.8 10.9L3.7 7.2L.8 "
        "4.8L4.6 4.5z\"/>"};
    writer_text(writer, "<svg class=\"shapes\" aria-hidden=\"true\" width=\"0\" height=\"0\">\n");
    for (uint32_t i = 0; i < SHAPES; i++)
        writer_printf(writer, "<symbol id=\"shape%u\" viewBox=\"0 0 12 12\">%s</symbol>\n", i,
                      shape[i]);
    writer_text(writer, "</svg>\n");
}

void svg_shape(struct writer *writer, uint32_t rating, const char *text) {
    const uint32_t shape = rating < SHAPES ? rating : SHAPES - 1;
    writer_printf(writer, "<svg class=\"shape r%u\" viewBox=\"0 0 12 12\"", shape);
    label(writer, text);
    writer_printf(writer, "<use href=\"#shape%u\"/></svg>", shape);
}

/* ---- Lines. */

enum { MARGIN = 4 }; /* above and below a line, so that points are seen as a whole */

static double at_x(const struct svg_line *line, uint32_t i) {
    return (i + 0.5) * line->width / line->count;
}

static double at_y(const struct svg_line *line, double value) {
    const double span = line->highest - line->lowest;
    const double height = (double)line->height - 2 * MARGIN;
    const double share = span > 0 ? (value - line->lowest) / span : 0.5;
    return MARGIN + height * (1 - (share < 0 ? 0 : share > 1 ? 1 : share));
}

static void point(struct writer *writer, const struct svg_line *line, uint32_t i, bool is_last) {
    writer_printf(writer, "<circle class=\"%s\" cx=\"", is_last ? "last" : "point");
    put(writer, at_x(line, i));
    writer_text(writer, "\" cy=\"");
    put(writer, at_y(line, line->value[i]));
    writer_printf(writer, "\" r=\"%s\"/>", is_last ? "2.8" : "1.8");
}

/* The stretches of a line between gaps. */
static void stretches(struct writer *writer, const struct svg_line *line, const double *value,
                      const char *class) {
    for (uint32_t i = 0; i < line->count; i++) {
        const bool begins = !isnan(value[i]) && (i == 0 || isnan(value[i - 1])) &&
                            i + 1 < line->count && !isnan(value[i + 1]);
        if (!begins)
            continue;
        writer_printf(writer, "<polyline class=\"%s\" points=\"", class);
        for (; i < line->count && !isnan(value[i]); i++) {
            put(writer, at_x(line, i));
            writer_char(writer, ',');
            put(writer, at_y(line, value[i]));
            writer_text(writer, i + 1 < line->count && !isnan(value[i + 1]) ? " " : "\"/>");
        }
    }
}

void svg_line(struct writer *writer, const struct svg_line *line) {
    writer_printf(writer, "<svg class=\"line%s\" viewBox=\"0 0 %u %u\"",
                  line->large ? " large" : "", line->width, line->height);
    label(writer, line->label);
    if (line->other != NULL)
        stretches(writer, line, line->other, "other");
    stretches(writer, line, line->value, "own");
    uint32_t last = line->count;
    for (uint32_t i = 0; i < line->count; i++)
        last = isnan(line->value[i]) ? last : i;
    for (uint32_t i = 0; i < line->count; i++) {
        const bool lonely = (i == 0 || isnan(line->value[i - 1])) &&
                            (i + 1 == line->count || isnan(line->value[i + 1]));
        if (!isnan(line->value[i]) && (i == last || line->large || lonely))
            point(writer, line, i, i == last);
    }
    writer_text(writer, "</svg>");
}
