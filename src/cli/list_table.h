/* A table of texts on a terminal: columns as wide as what is in them, the last one, unless it stands to the right, wrapped in what is left of the line. */
#ifndef CLI_LIST_TABLE_H
#define CLI_LIST_TABLE_H

#include "report/layout.h"
#include "report/paint.h"
#include <stdint.h>

enum { LIST_COLUMNS_MAX = 300 };

struct list_table {
    struct baton_arena *arena;
    size_t columns;                 /* at most LIST_COLUMNS_MAX */
    const char *const *title;       /* [columns] */
    const enum layout_align *align; /* [columns]; NULL = all to the left */
    const char **cell;              /* [rows][columns]; NULL = nothing */
    size_t rows, capacity;          /* capacity is counted in cells */
};

/* Adds a row; its cells are NULL until they are set. */
const char **list_add(struct list_table *table);

/* Adds a heading of the rows below, over the whole width, with an empty line before it unless it is the first row. Asks for two columns at least. */
void list_section(struct list_table *table, const char *heading);

/* Takes out the columns that have nothing in any row. At least two are left. */
void list_drop_empty(struct list_table *table);

/* Prints it; nothing where there are no rows. */
void list_print(const struct list_table *table, struct writer *writer, bool colour, size_t width);

#endif
