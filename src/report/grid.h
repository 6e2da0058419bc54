/* A table whose lines have names, and whose columns may be more than the page has room for: then it goes on below, with the
 * names of the lines on its left again. Columns come one after the other and are printed as a page is full, so that a table of
 * any length is never in memory as a whole. */
#ifndef REPORT_GRID_H
#define REPORT_GRID_H

#include "report/layout.h"
#include "report/paint.h"

struct grid_cell {
    const char *text; /* NULL = nothing */
    enum paint paint;
};

/* The name of a line. */
struct grid_line {
    const char *name;
    uint32_t indent; /* columns */
    enum paint paint;
};

struct grid_column {
    const char *title; /* in one line or two */
    /* stands over this and the columns behind it, up to the next that has one; NULL = none */
    const char *above;
    enum layout_align align;
    const struct grid_cell *cell; /* [lines] */
    /* columns that its head may take where the cells are narrower, and to how many it may be shortened; 0 = head_most */
    size_t head_most, head_least;
    size_t least; /* a cell may be shortened to that many columns where room is short; 0 = not */
};

/* Bytes of a cell's text with its NUL that grid_add keeps; what is longer is cut at a character. */
enum { GRID_TEXT = 48 };

struct grid {
    struct baton_arena *arena;
    struct writer *writer;
    bool colour;
    size_t width;           /* of the page */
    const char *line_title; /* over the names */
    uint32_t line_count;
    const struct grid_line *line; /* NULL = the lines have no names */
    /* columns that names may take, and to how many they may be shortened so that one table is enough; 0 = name_most */
    size_t name_most, name_least;

    /* Its own: columns that wait to be printed, and their texts. */
    struct grid_waiting *waiting;
    uint32_t count, capacity, most; /* most columns of a table */
    size_t name_width, used;
    bool is_continued;
};

/* Ready for columns. What was given must stay until grid_end. */
void grid_begin(struct grid *grid);

/* Adds a column, whose texts are copied; prints those before it where it has no room beside them. */
void grid_add(struct grid *grid, const struct grid_column *column);

/* Adds these, whose texts must stay. Where that puts all of them side by side, heads, names and cells are shortened as far as
 * they allow; otherwise they stay as they are, and the tables have as many columns each. */
void grid_add_all(struct grid *grid, const struct grid_column *column, uint32_t count);

/* Prints what is left. */
void grid_end(struct grid *grid);

#endif
