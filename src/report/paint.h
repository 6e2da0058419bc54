/* Colour on a terminal: a few meanings, so that what looks alike means alike. Nothing is told by colour alone. */
#ifndef REPORT_PAINT_H
#define REPORT_PAINT_H

#include "base/writer.h"
#include "baton/code.h"

enum paint {
    PAINT_PLAIN,
    PAINT_STRONG, /* titles, heads */
    PAINT_DIM,    /* rules, what explains */
    PAINT_RED,
    PAINT_GREEN,
    PAINT_YELLOW,
    PAINT_BLUE
};

/* Puts `text` in that colour; as it is where `colour` is false. */
void paint_text(struct writer *writer, bool colour, enum paint paint, const char *text);
/* The same in two calls around whatever is put between. */
void paint_begin(struct writer *writer, bool colour, enum paint paint);
void paint_end(struct writer *writer, bool colour, enum paint paint);

/* What rises and what falls: red and green for readers of Chinese, green and red for those of English. */
enum paint paint_rise(enum baton_language language);
enum paint paint_fall(enum baton_language language);

/* Whether colour is wanted on a descriptor: it is a terminal that knows colours, and NO_COLOR is not set. */
bool paint_wanted(int file);

#endif
