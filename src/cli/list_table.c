/* A table of texts on a terminal. */
#include "cli/list_table.h"
#include <assert.h>

enum { GAP = 2, LAST_LEAST = 24 };

const char **list_add(struct list_table *table) {
    const size_t used = table->rows * table->columns;
    ARRAY_RESERVE(table->arena, table->cell, used, table->capacity, used + table->columns);
    table->rows++;
    for (size_t c = 0; c < table->columns; c++)
        table->cell[used + c] = NULL;
    return &table->cell[used];
}

static const char *cell(const struct list_table *table, size_t row, size_t column) {
    const char *text = table->cell[row * table->columns + column];
    return text == NULL ? "" : text;
}

static size_t width_of(const struct list_table *table, size_t column) {
    size_t widest = layout_width(table->title[column]);
    for (size_t r = 0; r < table->rows; r++) {
        const size_t width = layout_width(cell(table, r, column));
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* Cells behind which there is nothing are not padded. */
static void print_row(const struct list_table *table, size_t row, const size_t *widths,
                      struct writer *writer, size_t width) {
    const size_t last = table->columns - 1;
    size_t used = table->columns, at = 0;
    while (used > 0 && cell(table, row, used - 1)[0] == '\0')
        used--;
    for (size_t c = 0; c < used; c++) {
        if (c == last) {
            layout_wrap(writer, cell(table, row, c), at, at, width);
            return;
        }
        const enum layout_align align = table->align == NULL ? ALIGN_LEFT : table->align[c];
        const bool ends = c + 1 == used && align == ALIGN_LEFT;
        layout_pad(writer, cell(table, row, c), ends ? 0 : widths[c], align);
        writer_repeat(writer, " ", ends ? 0 : GAP);
        at += widths[c] + GAP;
    }
    writer_text(writer, "\n");
}

void list_print(const struct list_table *table, struct writer *writer, bool colour, size_t width) {
    size_t widths[LIST_COLUMNS_MAX], at = 0;
    assert(table->columns > 0 && table->columns <= LIST_COLUMNS_MAX);
    const size_t last = table->columns - 1;
    if (table->rows == 0)
        return;
    for (size_t c = 0; c < table->columns; c++) {
        widths[c] = width_of(table, c);
        at += c < last ? widths[c] + GAP : 0;
    }
    const size_t end = width >= at + LAST_LEAST ? width : at + LAST_LEAST;
    paint_begin(writer, colour, PAINT_STRONG);
    for (size_t c = 0; c < last; c++) {
        layout_pad(writer, table->title[c], widths[c],
                   table->align == NULL ? ALIGN_LEFT : table->align[c]);
        writer_repeat(writer, " ", GAP);
    }
    writer_text(writer, table->title[last]);
    paint_end(writer, colour, PAINT_STRONG);
    writer_text(writer, "\n");
    const size_t rule = at + widths[last];
    paint_begin(writer, colour, PAINT_DIM);
    writer_repeat(writer, "─", rule < end ? rule : end);
    paint_end(writer, colour, PAINT_DIM);
    writer_text(writer, "\n");
    for (size_t r = 0; r < table->rows; r++)
        print_row(table, r, widths, writer, end);
}
