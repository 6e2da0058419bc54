/* Documents as text for a terminal, where a Chinese character is two columns wide.
 *
 * A table is as wide as its cells ask for. Where that is more than the line has, the widest columns give way, all down to
 * one width, and their cells are broken; where even that does not do, each row is a block of lines. */
#include "base/text.h"
#include "report/document_parts.h"
#include "report/paint.h"
#include <string.h>

enum {
    GAP = 2,         /* between columns of a table, and for a step down a tree or a list */
    READABLE = 8,    /* columns that a cell has at least, where it asks for as many */
    PIECE_MOST = 20, /* a longer word may be broken where a column has no room */
    WORD_MOST = 40   /* the same of columns that are kept whole */
};

struct text_output {
    const struct document *document;
    struct baton_arena *arena;
    struct writer *writer, *wrapped;
    size_t width;
    bool colour, zh;
    bool begun; /* something was written: an empty line may follow */
};

/* ---- Lines of one width. */

struct lines {
    const char **line;
    size_t count, capacity, width; /* of the widest one */
};

static void add_line(struct text_output *out, struct lines *lines, const char *text, size_t size) {
    while (size > 0 && text[size - 1] == ' ')
        size--;
    const size_t width = text_width(text, size);
    lines->width = width > lines->width ? width : lines->width;
    *ARRAY_PUSH(out->arena, lines->line, lines->count, lines->capacity) =
        arena_text(out->arena, text, size);
}

/* Where a word is broken of which `fit` bytes have room: behind a sign of an expression, unless that is near its beginning. */
static size_t break_of(const char *word, size_t fit, size_t size) {
    for (size_t at = fit; at > fit / 3; at--)
        if (strchr("*/+-(),;=<>", word[at - 1]) != NULL)
            return at;
    return fit > 0 ? fit : size;
}

/* The text without marks in lines of at most `width` columns, the first one shorter by `at`; with `anywhere` words that are
 * longer are broken too. An empty text has one empty line. */
static struct lines break_behind(struct text_output *out, const char *text, size_t at, size_t width,
                                 bool anywhere) {
    struct lines lines = {0};
    const char *bare = document_plain(out->arena, text);
    for (bool more = true; more; at = 0) {
        const size_t size = strcspn(bare, "\n");
        out->wrapped->used = 0;
        layout_wrap(out->wrapped, arena_text(out->arena, bare, size), at, 0, width);
        const char *line = writer_text_of(out->wrapped);
        while (*line != '\0') {
            size_t length = strcspn(line, "\n");
            if (anywhere && text_width(line, length) > width) {
                length = break_of(line, text_fit(line, length, width), length);
            }
            add_line(out, &lines, line, length);
            line += length;
            line += *line == '\n';
        }
        more = bare[size] == '\n';
        bare += size + (more ? 1 : 0);
    }
    return lines;
}

static struct lines break_text(struct text_output *out, const char *text, size_t width,
                               bool anywhere) {
    return break_behind(out, text, 0, width, anywhere);
}

static void new_line(struct text_output *out) {
    writer_text(out->writer, "\n");
}

/* An empty line between what was written and what follows. */
static void gap(struct text_output *out) {
    if (out->begun)
        new_line(out);
    out->begun = true;
}

/* Lines behind `first`, those that follow behind `next`. */
static void write_lines(struct text_output *out, const char *text, const char *first,
                        const char *next, enum paint paint) {
    const size_t used = layout_width(next), begun = layout_width(first);
    const size_t at = begun > used ? begun - used : 0;
    const struct lines lines =
        break_behind(out, text, at, out->width > used ? out->width - used : 1, false);
    for (size_t i = 0; i < lines.count; i++) {
        writer_text(out->writer, i == 0 ? first : next);
        paint_text(out->writer, out->colour, paint, lines.line[i]);
        new_line(out);
    }
}

/* ---- Tables. */

struct text_table {
    const struct document_table *of;
    size_t width[DOCUMENT_COLUMNS], least[DOCUMENT_COLUMNS];
    size_t total; /* with the gaps */
};

static size_t indent_of(const struct document_table *table, size_t column, unsigned depth) {
    return table->column[column].tree ? (size_t)depth * GAP : 0;
}

/* Widens a column to what a cell asks for: to stand as it is, and to be broken at its narrowest. */
static void measure(struct text_output *out, struct text_table *table, size_t column,
                    const char *text, size_t indent) {
    const size_t most = table->of->column[column].whole ? WORD_MOST : PIECE_MOST;
    const size_t whole = break_text(out, text, SIZE_MAX / 2, false).width + indent;
    size_t least = break_text(out, text, 1, false).width;
    least = least < most ? least : most;
    const size_t readable = whole - indent < READABLE ? whole - indent : READABLE;
    least = (least > readable ? least : readable) + indent;
    if (whole > table->width[column])
        table->width[column] = whole;
    if (least > table->least[column])
        table->least[column] = least;
}

/* The width of a column where those that ask for more have `cap`; the first, which names the row, half as much again. */
static size_t width_capped(const struct text_table *table, size_t column, size_t cap) {
    const size_t own = column == 0 ? cap + cap / 2 : cap;
    const size_t width = table->width[column] < own ? table->width[column] : own;
    return width > table->least[column] ? width : table->least[column];
}

static size_t sum_capped(const struct text_table *table, size_t cap) {
    size_t sum = GAP * (table->of->count - 1);
    for (size_t c = 0; c < table->of->count; c++)
        sum += width_capped(table, c, cap);
    return sum;
}

/* Chooses the widths of the columns; false where the line has no room for the table. */
static bool fit(struct text_output *out, struct text_table *table) {
    for (size_t c = 0; c < table->of->count; c++) {
        if (table->of->column[c].title != NULL)
            measure(out, table, c, table->of->column[c].title, 0);
        for (size_t r = 0; r < table->of->row_count; r++)
            measure(out, table, c, table->of->row[r].cell[c],
                    indent_of(table->of, c, table->of->row[r].depth));
    }
    size_t cap = out->width;
    while (cap > 0 && sum_capped(table, cap) > out->width)
        cap--;
    for (size_t c = 0; c < table->of->count; c++)
        table->width[c] = width_capped(table, c, cap);
    table->total = sum_capped(table, out->width);
    return table->total <= out->width;
}

static const char *blanks(struct text_output *out, size_t count) {
    return arena_printf(out->arena, "%*s", (int)count, "");
}

/* The n-th line of all cells of a row, without blanks at its end. */
static void put_line(struct text_output *out, const struct text_table *table,
                     const struct lines *cells, const struct document_line *row, size_t n,
                     enum paint paint) {
    struct writer *line = out->wrapped;
    line->used = 0;
    for (size_t c = 0; c < table->of->count; c++) {
        const size_t indent = indent_of(table->of, c, row->depth);
        writer_repeat(line, " ", (c > 0 ? GAP : 0) + indent);
        layout_pad(line, n < cells[c].count ? cells[c].line[n] : "", table->width[c] - indent,
                   table->of->column[c].align);
    }
    while (line->used > 0 && line->buffer[line->used - 1] == ' ')
        line->used--;
    paint_text(out->writer, out->colour, paint, writer_text_of(line));
    new_line(out);
}

static void put_row(struct text_output *out, const struct text_table *table,
                    const struct document_line *row, enum paint paint) {
    struct lines cells[DOCUMENT_COLUMNS];
    size_t most = 0;
    for (size_t c = 0; c < table->of->count; c++) {
        cells[c] = break_text(out, row->cell[c],
                              table->width[c] - indent_of(table->of, c, row->depth), true);
        most = cells[c].count > most ? cells[c].count : most;
    }
    for (size_t n = 0; n < most; n++)
        put_line(out, table, cells, row, n, paint);
}

static void put_rule(struct text_output *out, const char *character, size_t width) {
    paint_begin(out->writer, out->colour, PAINT_DIM);
    writer_repeat(out->writer, character, width);
    paint_end(out->writer, out->colour, PAINT_DIM);
    new_line(out);
}

/* Titles of the columns as a row. */
static struct document_line head_of(struct text_output *out, const struct document_table *table) {
    struct document_line head = {
        .cell = arena_alloc_raw(out->arena, table->count, sizeof(const char *))};
    for (size_t c = 0; c < table->count; c++)
        head.cell[c] = table->column[c].title == NULL ? "" : table->column[c].title;
    return head;
}

static void put_columns(struct text_output *out, const struct text_table *table) {
    put_rule(out, "─", table->total);
    if (document_has_head(table->of)) {
        const struct document_line head = head_of(out, table->of);
        put_row(out, table, &head, PAINT_STRONG);
        put_rule(out, "─", table->total);
    }
    for (size_t r = 0; r < table->of->row_count; r++) {
        const struct document_line *row = &table->of->row[r];
        put_row(out, table, row, row->kind == ROW_STRONG ? PAINT_STRONG : PAINT_PLAIN);
    }
    put_rule(out, "─", table->total);
}

/* The lines of a cell behind each other. */
static const char *on_one_line(struct text_output *out, const char *text) {
    const char *const between = out->zh ? "；" : "; ";
    const size_t size = strlen(between);
    char *line = arena_alloc(out->arena, (size * strlen(text)) + 1, 1), *to = line;
    for (; *text != '\0'; text++) {
        const bool is_end = *text == '\n';
        memcpy(to, is_end ? between : text, is_end ? size : 1);
        to += is_end ? size : 1;
    }
    return line;
}

/* A row as a block: the first cell, and below it every other one that is not empty behind the title of its column. */
static void put_block(struct text_output *out, const struct document_table *table,
                      const struct document_line *row) {
    const char *indent = blanks(out, (size_t)row->depth * GAP);
    const char *inner = arena_printf(out->arena, "%s    ", indent);
    write_lines(out, row->cell[0], indent, inner, PAINT_STRONG);
    for (size_t c = 1; c < table->count; c++) {
        if (row->cell[c][0] == '\0')
            continue;
        const char *const title = table->column[c].title;
        const char *text = on_one_line(out, row->cell[c]);
        if (title != NULL)
            text = arena_printf(out->arena, out->zh ? "%s：%s" : "%s: %s", title, text);
        write_lines(out, text, arena_printf(out->arena, "%s  ", indent), inner, PAINT_PLAIN);
    }
}

static void write_table(struct text_output *out, const struct document_table *of) {
    struct text_table table = {.of = of};
    if (of->row_count == 0)
        return;
    gap(out);
    if (fit(out, &table)) {
        put_columns(out, &table);
        return;
    }
    put_rule(out, "─", out->width);
    for (size_t r = 0; r < of->row_count; r++)
        put_block(out, of, &of->row[r]);
    put_rule(out, "─", out->width);
}

/* ---- Everything else. */

static void centred(struct text_output *out, const char *text, enum paint paint) {
    const struct lines lines = break_text(out, text, out->width, false);
    for (size_t i = 0; i < lines.count; i++) {
        const size_t width = layout_width(lines.line[i]);
        writer_repeat(out->writer, " ", width < out->width ? (out->width - width) / 2 : 0);
        paint_text(out->writer, out->colour, paint, lines.line[i]);
        new_line(out);
    }
}

static void write_head(struct text_output *out) {
    const struct document *document = out->document;
    if (document->above != NULL)
        write_lines(out, document->above, "", "", PAINT_PLAIN);
    if (document->title == NULL)
        return;
    centred(out, document->title, PAINT_STRONG);
    if (document->below != NULL)
        centred(out, document->below, PAINT_PLAIN);
    put_rule(out, "═", out->width);
    out->begun = true;
}

/* A list, and in Chinese paragraphs, have no empty lines between them. */
static bool is_close(const struct text_output *out, const struct document_block *before,
                     const struct document_block *block) {
    if (before == NULL || before->part == PART_TABLE)
        return false;
    if (block->part == PART_ITEM)
        return before->part == PART_ITEM || out->zh;
    if (block->part == PART_NUMBERED && before->part == PART_NUMBERED)
        return true;
    if (block->part == PART_PARAGRAPH || block->part == PART_NOTE || block->part == PART_NUMBERED)
        return out->zh || before->part == PART_HEADING;
    return false;
}

static void write_block(struct text_output *out, const struct document_block *before,
                        const struct document_block *block) {
    const char *const bar = block->quoted ? "  │ " : "";
    if (block->part == PART_TABLE) {
        write_table(out, block->table);
        return;
    }
    if (is_close(out, before, block) || (block->part == PART_NOTE && before != NULL))
        out->begun = true;
    else
        gap(out);
    switch (block->part) {
    case PART_HEADING:
        write_lines(out, arena_printf(out->arena, "%s%s", block->number, block->text), "", "  ",
                    PAINT_STRONG);
        break;
    case PART_ITEM: {
        const char *const indent = blanks(out, (size_t)block->level * GAP);
        write_lines(out, block->text, arena_printf(out->arena, "%s%s- ", bar, indent),
                    arena_printf(out->arena, "%s%s  ", bar, indent), PAINT_PLAIN);
        break;
    }
    case PART_NUMBERED:
        write_lines(out, block->text, block->number, blanks(out, layout_width(block->number)),
                    PAINT_PLAIN);
        break;
    case PART_NOTE:
        write_lines(out, block->text, bar, bar, PAINT_DIM);
        break;
    default:
        write_lines(out, block->text, out->zh && !block->quoted ? "    " : bar, bar, PAINT_PLAIN);
    }
}

void document_text(const struct document *document, const struct document_how *how,
                   struct writer *writer) {
    struct text_output out = {.document = document,
                              .arena = document->arena,
                              .writer = writer,
                              .wrapped = writer_memory(document->arena),
                              .width = how->width < 40 ? 40 : how->width,
                              .colour = how->colour,
                              .zh = document->language == BATON_ZH};
    write_head(&out);
    for (size_t i = 0; i < document->block_count; i++)
        write_block(&out, i > 0 ? &document->block[i - 1] : NULL, &document->block[i]);
}
