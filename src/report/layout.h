/* Laying out text on a terminal or a page of fixed width, where a Chinese character is two columns wide. */
#ifndef REPORT_LAYOUT_H
#define REPORT_LAYOUT_H

#include "base/writer.h"

enum layout_align { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTRE };

/* Columns that a text takes. */
size_t layout_width(const char *text);

/* Writes the text with blanks around it so that it takes `width` columns; a longer one is written as it is. */
void layout_pad(struct writer *writer, const char *text, size_t width, enum layout_align align);

/* The text where it takes at most `width` columns, else as much of it as fits with `…` behind; in the arena. */
const char *layout_shorten(struct baton_arena *arena, const char *text, size_t width);

/* A heading in at most two lines of `width` columns each: broken between words, between Chinese characters into lines
 * alike; what still does not fit is shortened. line[1] is "" where one line is enough. */
struct layout_head {
    const char *line[2];
    size_t width; /* of the wider one */
};
struct layout_head layout_head(struct baton_arena *arena, const char *text, size_t width);

/* Writes a paragraph in lines of at most `width` columns: each line but the first is indented by `indent` columns (the
 * first stands behind `at` columns that are written already). Breaks at spaces and between Chinese characters, never
 * before punctuation that closes. Ends the last line. */
void layout_wrap(struct writer *writer, const char *text, size_t at, size_t indent, size_t width);

/* A line of `width` columns made of one character, and its end. */
void layout_rule(struct writer *writer, const char *character, size_t width);

#endif
