/* Small drawings that stand in a page beside their numbers: bars, arrows, marks, lines. Pure: numbers in, elements out.
 *
 * Colours come from the style sheet by the classes that are named here, so that paper, the dark and every language have their
 * own. What a drawing shows is told by its label, which is escaped here; with NULL it is left to the number beside it, and
 * whoever reads the page aloud passes it over. */
#ifndef REPORT_SVG_H
#define REPORT_SVG_H

#include "base/writer.h"

/* A bar (class bar): a rail of the whole width, filled up to the value; a tick at the mean (class tick), a mark at the best (class
 * best). What lies outside of 0..full stands at the end. */
struct svg_bar {
    double value, full; /* NaN = an empty rail */
    double mean, best;  /* NaN = none */
    const char *label;
};
void svg_bar(struct writer *writer, const struct svg_bar *bar);

/* ▲ or ▼ (class rise or fall). */
void svg_arrow(struct writer *writer, bool up, const char *label);

/* Shapes of ratings, defined once in a page, and one of them (class r0, r1 ...): a disc, a half disc, a ring, a triangle on its tip, a
 * diamond, a square, a triangle, a star; further ones are stars too. */
void svg_shapes(struct writer *writer);
void svg_shape(struct writer *writer, uint32_t rating, const char *label);

/* A line through the middles of `count` columns of one width; where a value is NaN there is a gap. The last point stands out. */
struct svg_line {
    uint32_t count;
    const double *value, *other; /* the line; a second one (class other), NULL = none */
    double lowest, highest;      /* what the lower and the upper edge stand for */
    uint32_t width, height;      /* of the drawing */
    bool large; /* (class large) each point is drawn, not only the last one and lonely ones */
    const char *label;
};
void svg_line(struct writer *writer, const struct svg_line *line);

#endif
