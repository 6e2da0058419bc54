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

static const char section[] = ""; /* in the second cell of a heading */

void list_section(struct list_table *table, const char *heading) {
    const char **const cell = list_add(table);
    assert(table->columns >= 2);
    cell[0] = heading;
    cell[1] = section;
}

static bool is_section(const struct list_table *table, size_t row) {
    return table->columns >= 2 && table->cell[row * table->columns + 1] == section;
}

static const char *cell(const struct list_table *table, size_t row, size_t column) {
    const char *text = table->cell[row * table->columns + column];
    return text == NULL ? "" : text;
}

static bool has_any(const struct list_table *table, size_t column) {
    for (size_t r = 0; r < table->rows; r++)
        if (!is_section(table, r) && cell(table, r, column)[0] != '\0')
            return true;
    return false;
}

void list_drop_empty(struct list_table *table) {
    const char **const title = arena_alloc(table->arena, table->columns, sizeof *title);
    enum layout_align *const align = arena_alloc(table->arena, table->columns, sizeof *align);
    const struct list_table old = *table;
    size_t from[LIST_COLUMNS_MAX], kept = 0;
    for (size_t c = 0; c < old.columns; c++) {
        if (old.columns - c + kept > 2 && !has_any(&old, c))
            continue;
        title[kept] = old.title[c];
        align[kept] = old.align == NULL ? ALIGN_LEFT : old.align[c];
        from[kept++] = c;
    }
    *table =
        (struct list_table){.arena = old.arena, .columns = kept, .title = title, .align = align};
    for (size_t r = 0; r < old.rows; r++)
        if (is_section(&old, r)) {
            list_section(table, cell(&old, r, 0));
        } else {
            const char **const to = list_add(table);
            for (size_t k = 0; k < kept; k++)
                to[k] = old.cell[r * old.columns + from[k]];
        }
}

static enum layout_align align_of(const struct list_table *table, size_t column) {
    return table->align == NULL ? ALIGN_LEFT : table->align[column];
}

static size_t width_of(const struct list_table *table, size_t column) {
    size_t widest = layout_width(table->title[column]);
    for (size_t r = 0; r < table->rows; r++) {
        const size_t width = is_section(table, r) ? 0 : layout_width(cell(table, r, column));
        widest = width > widest ? width : widest;
    }
    return widest;
}

static void print_section(const struct list_table *table, size_t row, struct writer *writer,
                          bool colour, size_t width) {
    writer_text(writer, row > 0 ? "\n" : "");
    paint_begin(writer, colour, PAINT_STRONG);
    layout_wrap(writer, cell(table, row, 0), 0, 0, width);
    paint_end(writer, colour, PAINT_STRONG);
}

/* Cells behind which there is nothing are not padded. */
static void print_row(const struct list_table *table, size_t row, const size_t *widths,
                      struct writer *writer, size_t width) {
    const size_t last = table->columns - 1;
    size_t used = table->columns, at = 0;
    while (used > 0 && cell(table, row, used - 1)[0] == '\0')
        used--;
    for (size_t c = 0; c < used; c++) {
        if (c == last && align_of(table, c) == ALIGN_LEFT) {
            layout_wrap(writer, cell(table, row, c), at, at, width);
            return;
        }
        const bool ends = c + 1 == used;
        layout_pad(writer, cell(table, row, c),
                   ends && align_of(table, c) == ALIGN_LEFT ? 0 : widths[c], align_of(table, c));
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
        layout_pad(writer, table->title[c], widths[c], align_of(table, c));
        writer_repeat(writer, " ", GAP);
    }
    layout_pad(writer, table->title[last], align_of(table, last) == ALIGN_LEFT ? 0 : widths[last],
               align_of(table, last));
    paint_end(writer, colour, PAINT_STRONG);
    writer_text(writer, "\n");
    const size_t rule = at + widths[last];
    paint_begin(writer, colour, PAINT_DIM);
    writer_repeat(writer, "─", rule < end ? rule : end);
    paint_end(writer, colour, PAINT_DIM);
    writer_text(writer, "\n");
    for (size_t r = 0; r < table->rows; r++)
        if (is_section(table, r))
            print_section(table, r, writer, colour, end);
        else
            print_row(table, r, widths, writer, end);
}
