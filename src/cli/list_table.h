/* A table of texts on a terminal: columns as wide as what is in them, the last one wrapped in what is left of the line. */
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
    const enum layout_align *align; /* [columns]; NULL = all to the left. The last one always is */
    const char **cell;              /* [rows][columns]; NULL = nothing */
    size_t rows, capacity;          /* capacity is counted in cells */
};

/* Adds a row; its cells are NULL until they are set. */
const char **list_add(struct list_table *table);

/* Prints it; nothing where there are no rows. */
void list_print(const struct list_table *table, struct writer *writer, bool colour, size_t width);

#endif
