/* Tables on pages. Widths are measured once, at a type of size 1, since they grow with the type; then it is a matter of sums how large the type
 * can be. Ways to part heads and names are tried in turn, from the one that looks best on. */
#include "files/page_table.h"
#include <assert.h>
#include <math.h>

enum { HEAD_LINES = 3 };

static const double HEAD_SCALE = 0.62; /* type of the heads, to the table's */
static const double GAP = 0.7;         /* between columns, in sizes */
static const double WORD_MOST = 12;    /* a word that is wider, in sizes, may be broken */
static const double BAR_HEIGHT = 0.16,
                    BAR_ABOVE = 0.1; /* of a bar, in sizes of the column's type */
static const double MEASURE = 10;    /* mm, the type in which is measured */

static const struct page_cell *cell_at(const struct page_table *table, uint32_t row,
                                       uint32_t column) {
    return &table->cell[(size_t)row * table->column_count + column];
}

static const char *text_of(const struct page_cell *cell) {
    return cell->text != NULL ? cell->text : "";
}

static double larger(double a, double b) {
    return a > b ? a : b;
}

/* The narrowest width in which the text takes at most `lines` lines with no word broken, at type size 1. */
static double width_in(struct page_out *out, const char *text, unsigned lines) {
    const double all = page_text_width(out, MEASURE, text),
                 word = page_word_width(out, MEASURE, text);
    double width = larger(all / lines, word);
    while (width < all && page_text_extent(out, MEASURE, width + 0.01, text).lines > lines)
        width += MEASURE / 4;
    return (width < all ? width : all) / MEASURE;
}

static void measure_column(const struct page_table *table, uint32_t c) {
    struct page_column *column = &table->column[c];
    for (unsigned lines = 0; lines < HEAD_LINES; lines++)
        column->head_width[lines] = width_in(table->out, column->head, lines + 1);
    if (column->mark != NULL)
        column->least = larger(column->least, page_text_width(table->out, MEASURE, column->mark) /
                                                  MEASURE * HEAD_SCALE / column->scale);
    column->natural = column->word = 0;
    for (uint32_t r = 0; r < table->row_count; r++) {
        const char *text = text_of(cell_at(table, r, c));
        column->natural =
            larger(column->natural, page_text_width(table->out, MEASURE, text) / MEASURE);
        if (column->wraps)
            column->word =
                larger(column->word, page_word_width(table->out, MEASURE, text) / MEASURE);
    }
    column->natural += 0.02; /* so that rounding breaks no line */
}

/* Width of a column at type size 1 of the table: heads in so many lines, texts that may be parted in about so many. */
static double column_width(const struct page_column *column, unsigned head_lines, unsigned lines) {
    double cells = larger(column->natural, column->least);
    if (column->wraps && lines > 1) {
        const double word = column->word < WORD_MOST ? column->word : WORD_MOST;
        const double part = larger(column->natural / lines + 1, word);
        cells = larger(part < column->natural ? part : column->natural, column->least);
    }
    return larger(column->head_width[head_lines - 1] * HEAD_SCALE, cells * column->scale);
}

static double table_width(const struct page_table *table, unsigned head_lines, unsigned lines) {
    double all = GAP * (table->column_count - 1);
    for (uint32_t c = 0; c < table->column_count; c++)
        all += column_width(&table->column[c], head_lines, lines);
    return all;
}

static struct page_style head_style(const struct page_table *table) {
    return (struct page_style){
        .size = table->size * HEAD_SCALE, .colour = table->head_colour, .leading = 1.2};
}

static struct page_style cell_style(const struct page_table *table, uint32_t column) {
    return (struct page_style){.size = table->size * table->column[column].scale,
                               .align = table->column[column].align,
                               .leading = 1.2};
}

/* Heads are as high as the one of most lines; a row as its highest cell. */
static void measure_heights(struct page_table *table) {
    const struct page_style head = head_style(table);
    unsigned most = 1;
    for (uint32_t c = 0; c < table->column_count; c++) {
        const unsigned lines =
            page_text_extent(table->out, head.size, table->column[c].width + 0.05,
                             table->column[c].head)
                .lines;
        most = lines > most ? lines : most;
    }
    table->head_height = page_lines_height(&head, most) + 0.5 * table->size;
}

static unsigned cell_lines(const struct page_table *table, uint32_t row, uint32_t column) {
    const double size = table->size * table->column[column].scale;
    const double width = table->column[column].width + 0.05;
    return table->column[column].natural * size <= width
               ? 1
               : page_text_extent(table->out, size, width, text_of(cell_at(table, row, column)))
                     .lines;
}

static double cell_height(const struct page_table *table, uint32_t row, uint32_t column) {
    const struct page_style style = cell_style(table, column);
    return page_lines_height(&style, cell_lines(table, row, column)) +
           (isnan(cell_at(table, row, column)->bar) ? 0 : (BAR_HEIGHT + BAR_ABOVE) * style.size);
}

static void measure_rows(struct page_table *table) {
    for (uint32_t r = 0; r < table->row_count; r++) {
        table->height[r] = 0;
        for (uint32_t c = 0; c < table->column_count; c++)
            table->height[r] = larger(table->height[r], cell_height(table, r, c));
        table->height[r] += 2 * table->padding * table->size;
    }
}

/* Widths at the size chosen; what is left over goes to the texts that are parted, as far as they need it, then to all gaps. */
static void set_widths(struct page_table *table, unsigned head_lines, unsigned lines) {
    double used = 0;
    for (uint32_t c = 0; c < table->column_count; c++) {
        table->column[c].width = column_width(&table->column[c], head_lines, lines) * table->size;
        used += table->column[c].width;
    }
    for (uint32_t c = 0; c < table->column_count; c++) {
        struct page_column *column = &table->column[c];
        const double wants = column->natural * column->scale * table->size - column->width;
        const double left = table->width - used - GAP * table->size * (table->column_count - 1);
        if (column->wraps && wants > 0 && left > 0) {
            column->width += wants < left ? wants : left;
            used += wants < left ? wants : left;
        }
    }
    table->gap = table->column_count > 1 ? (table->width - used) / (table->column_count - 1) : 0;
}

bool page_table_fit(struct page_table *table, double width, double least, double most) {
    /* lines of heads and of texts */
    static const unsigned fashion[][2] = {{1, 1}, {2, 1}, {3, 1}, {2, 2}, {3, 2}, {3, 3}};
    unsigned best = 0;
    assert(table->column_count > 0);
    for (uint32_t c = 0; c < table->column_count; c++)
        measure_column(table, c);
    table->size = 0;
    for (unsigned i = 0; i < LENGTH(fashion) && table->size < most; i++) {
        const double size = width / table_width(table, fashion[i][0], fashion[i][1]);
        /* A text that is parted looks worse: it must bring something. */
        if (size > table->size * (i < 3 ? 1 : i < 5 ? 1.08 : 1.25)) {
            table->size = size;
            best = i;
        }
    }
    const bool fits = table->size >= least;
    table->size = table->size > most ? most : fits ? table->size : least;
    table->width =
        larger(width, table->size * table_width(table, fashion[best][0], fashion[best][1]));
    set_widths(table, fashion[best][0], fashion[best][1]);
    measure_heights(table);
    measure_rows(table);
    return fits;
}

void page_table_resize(struct page_table *table, double size) {
    table->size = size;
    measure_heights(table);
    measure_rows(table);
}

double page_table_height(const struct page_table *table, uint32_t first, uint32_t last) {
    double all = table->head_height;
    for (uint32_t r = first; r < last; r++)
        all += table->height[r];
    return all;
}

/* Fills pages one by one; returns how many. */
static uint32_t fill(const struct page_table *table, double room, uint32_t *first) {
    uint32_t pages = 0;
    double used = 0;
    first[0] = 0;
    for (uint32_t r = 0; r < table->row_count; r++) {
        if (used > 0 && used + table->height[r] > room) {
            first[++pages] = r;
            used = 0;
        }
        used += table->height[r];
    }
    first[++pages] = table->row_count;
    return pages;
}

uint32_t page_table_break(const struct page_table *table, double room, uint32_t *first) {
    double high = room - table->head_height, low = 0;
    const uint32_t pages = fill(table, high, first);
    /* The least room that takes as many pages fills them evenly. */
    for (unsigned i = 0; i < 30 && pages > 1; i++) {
        const double middle = (low + high) / 2;
        if (fill(table, middle, first) > pages)
            low = middle;
        else
            high = middle;
    }
    return fill(table, high, first);
}

/* Draws a text of so many lines no wider than these need: 经济|发展, not 经济发|展. */
static void draw_even(const struct page_table *table, const struct page_style *style,
                      unsigned lines, double x, double y, double width, const char *text) {
    const double needed =
        lines > 1 ? width_in(table->out, text, lines) * style->size + 0.05 : width;
    const double even = needed < width ? needed : width;
    page_text(table->out, style,
              style->align == PAGE_RIGHT    ? x + width - even
              : style->align == PAGE_CENTRE ? x + (width - even) / 2
                                            : x,
              y, even, text);
}

static void draw_head(const struct page_table *table, double x, double y) {
    struct page_style style = head_style(table);
    const double foot = y + table->head_height - 0.3 * table->size;
    for (uint32_t c = 0; c < table->column_count; c++) {
        const struct page_column *column = &table->column[c];
        style.align = column->align;
        const unsigned lines =
            page_text_extent(table->out, style.size, column->width + 0.05, column->head).lines;
        const double top = foot - page_lines_height(&style, lines);
        draw_even(table, &style, lines, x, top, column->width + 0.05, column->head);
        if (column->mark != NULL)
            draw_even(table, &style, 1, x, top - page_lines_height(&style, 1), column->width + 0.05,
                      column->mark);
        x += column->width + table->gap;
    }
}

static void draw_cell(const struct page_table *table, uint32_t row, uint32_t c, double x,
                      double y) {
    const struct page_cell *cell = cell_at(table, row, c);
    struct page_style style = cell_style(table, c);
    const double width = table->column[c].width + 0.05;
    const double top = y + (table->height[row] - cell_height(table, row, c)) / 2;
    style.colour = cell->colour;
    const unsigned lines = cell_lines(table, row, c);
    draw_even(table, &style, lines, x, top, width, text_of(cell));
    page_bar(table->out, x, top + page_lines_height(&style, lines) + BAR_ABOVE * style.size,
             table->column[c].width, BAR_HEIGHT * style.size, cell->bar, table->bar_colour,
             table->track_colour);
}

void page_table_draw(const struct page_table *table, double x, double y, uint32_t first,
                     uint32_t last) {
    const double thin = 0.02 * table->size;
    draw_head(table, x, y);
    y += table->head_height;
    page_rectangle(table->out, x, y - 2 * thin, table->width, 2 * thin, table->head_colour);
    for (uint32_t r = first; r < last; r++) {
        double at = x;
        for (uint32_t c = 0; c < table->column_count; c++) {
            draw_cell(table, r, c, at, y);
            at += table->column[c].width + table->gap;
        }
        y += table->height[r];
        page_rectangle(table->out, x, y - thin, table->width, thin,
                       r + 1 == last ? table->head_colour : table->rule_colour);
    }
}
