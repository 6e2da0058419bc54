/* The columns of a league table: which there are, how wide each is, and their rows.
 *
 * Cells are made twice: once to see how wide they are, once to be printed. Where the columns are wider than the page, they
 * move together, heads are broken into two lines and names shortened; where that is not enough, the last blocks are
 * left out, and named below the table. */
#include "report/table_internal.h"
#include "report/words.h"
#include <math.h>
#include <stdio.h>

enum column_kind {
    COLUMN_RANK,
    COLUMN_CHANGE,
    COLUMN_UNIT,
    COLUMN_TOTAL,
    COLUMN_GRADE,
    COLUMN_BLOCK,
    COLUMN_RATINGS
};

enum { CELL_SIZE = 512, RATINGS_MOST = WORDS_MARKS, HEAD_MOST = 40 };

struct column {
    enum column_kind kind;
    uint32_t node; /* of a block */
    enum layout_align align;
    const char *title;
    struct layout_head head;
    size_t cells; /* width of the widest cell */
    size_t width;
};

struct columns {
    struct column *item;
    uint32_t count, blocks; /* blocks are the last ones, but for the ratings */
    uint32_t rating_digits[RATINGS_MOST];
    uint32_t ratings; /* how many are shown */
    size_t gap;
    bool has_ratings;
    const char *left_out; /* names of blocks; "" = none */
};

/* Ways to lay the columns out, the best first: blanks between them, the widest heads of blocks, the widest names. */
static const struct fashion {
    size_t gap, head, name;
} fashions[] = {{2, 16, 64}, {2, 16, 40}, {2, 12, 40}, {2, 16, 28}, {1, 16, 40}, {1, 12, 40},
                {1, 16, 28}, {1, 12, 28}, {1, 10, 40}, {1, 10, 28}, {1, 8, 40},  {1, 8, 28},
                {1, 8, 20},  {1, 6, 28},  {1, 6, 20},  {1, 6, 16},  {1, 6, 12}};

static void add(struct columns *columns, enum column_kind kind, uint32_t node, const char *title,
                enum layout_align align) {
    columns->item[columns->count++] =
        (struct column){.kind = kind, .node = node, .align = align, .title = title};
}

/* Whether some unit shown has an earlier rank. */
static bool has_changes(const struct table *table, const struct table_group *group) {
    for (uint32_t i = 0; i < group->count; i++)
        if (baton_result_earlier_rank(table->view->session, 0, group->units[i]) != 0)
            return true;
    return false;
}

/* Whether the node has a row for some unit shown. */
static bool applies(const struct table *table, const struct table_group *group, uint32_t node) {
    for (uint32_t i = 0; i < group->count; i++)
        if (baton_result_has_row(table->view->session, node, group->units[i]))
            return true;
    return false;
}

static void choose_columns(const struct table *table, const struct table_group *of,
                           struct columns *columns) {
    const struct baton_scheme *scheme = table->scheme;
    const struct baton_node *root = &scheme->node[0];
    const struct baton_ratings *ratings = &scheme->group[of->group].ratings;
    columns->item = arena_alloc(table->arena, root->child_count + (size_t)8, sizeof *columns->item);
    add(columns, COLUMN_RANK, 0, table_words(table, "Rank", "位次"), ALIGN_RIGHT);
    if (has_changes(table, of))
        add(columns, COLUMN_CHANGE, 0, table_words(table, "±", "升降"), ALIGN_LEFT);
    add(columns, COLUMN_UNIT, 0, table_words(table, "Unit", "单位"), ALIGN_LEFT);
    add(columns, COLUMN_TOTAL, 0, table_words(table, "Total", "总分"), ALIGN_RIGHT);
    if (scheme->group[of->group].grades != BATON_NONE)
        add(columns, COLUMN_GRADE, 0, table_words(table, "Grade", "等次"), ALIGN_LEFT);
    for (uint32_t c = 0; c < root->child_count; c++)
        if (applies(table, of, root->child[c])) {
            add(columns, COLUMN_BLOCK, root->child[c], table_node_name(table, root->child[c]),
                ALIGN_RIGHT);
            columns->blocks++;
        }
    columns->ratings = ratings->count < RATINGS_MOST ? ratings->count : RATINGS_MOST;
    columns->has_ratings = columns->ratings > 0;
    if (columns->has_ratings)
        add(columns, COLUMN_RATINGS, 0, table_words(table, "Ratings", "评价"), ALIGN_LEFT);
}

/* How many leaves of a unit are in each rating; those beyond the last mark count with it. */
static void count_ratings(const struct table *table, uint32_t unit, const struct columns *columns,
                          uint32_t *count) {
    for (uint32_t i = 0; i < columns->ratings; i++)
        count[i] = 0;
    for (uint32_t n = 1; n < table->scheme->node_count; n++) {
        if (table->scheme->node[n].child_count > 0 ||
            !baton_result_has_row(table->view->session, n, unit))
            continue;
        const uint32_t rating = baton_result_rating(table->view->session, n, unit);
        if (rating != BATON_NONE)
            count[rating < columns->ratings ? rating : columns->ratings - 1]++;
    }
}

static uint32_t digits_of(uint32_t count) {
    uint32_t digits = 1;
    while (count >= 10) {
        count /= 10;
        digits++;
    }
    return digits;
}

/* "36●  2◐     1▽": a place for each rating, nothing where there is none. */
static void ratings_cell(const struct table *table, uint32_t unit, const struct columns *columns,
                         char *out) {
    uint32_t count[RATINGS_MOST] = {0};
    size_t at = 0;
    count_ratings(table, unit, columns, count);
    for (uint32_t i = 0; i < columns->ratings; i++) {
        const int digits = (int)columns->rating_digits[i];
        if (digits == 0)
            continue; /* of nobody */
        const char *gap = at > 0 ? " " : "";
        if (count[i] > 0)
            at += (size_t)snprintf(out + at, CELL_SIZE - at, "%s%*u%s", gap, digits, count[i],
                                   words_mark(i));
        else
            at += (size_t)snprintf(out + at, CELL_SIZE - at, "%s%*s", gap, digits + 1, "");
    }
    while (at > 0 && out[at - 1] == ' ')
        out[--at] = '\0';
}

static void half(uint32_t doubled, const char *before, char *out) {
    snprintf(out, CELL_SIZE, "%s%u%s", before, doubled / 2, doubled % 2 != 0 ? ".5" : "");
}

static enum paint change_cell(const struct table *table, uint32_t unit, char *out) {
    const uint32_t rank = table->view->result->rank[unit];
    const uint32_t earlier = baton_result_earlier_rank(table->view->session, 0, unit);
    if (rank == 0)
        return PAINT_PLAIN;
    if (earlier == 0)
        snprintf(out, CELL_SIZE, "%s", table_words(table, "new", "新"));
    else if (earlier == rank)
        snprintf(out, CELL_SIZE, "—");
    else if (earlier > rank)
        half(earlier - rank, "▲", out);
    else
        half(rank - earlier, "▼", out);
    return earlier == 0 || earlier == rank ? PAINT_PLAIN
           : earlier > rank                ? paint_rise(table->style->language)
                                           : paint_fall(table->style->language);
}

static void score_cell(const struct table *table, uint32_t node, uint32_t unit, char *out) {
    int decimals;
    const double score = result_published(table->view, node, unit, &decimals);
    if (!baton_result_has_row(table->view->session, node, unit))
        snprintf(out, CELL_SIZE, "%s", words_absent(BATON_NOTE_NA, table->style->language));
    else if (isnan(score))
        snprintf(out, CELL_SIZE, "%s",
                 words_absent(result_notes(table->view, node, unit), table->style->language));
    else
        baton_number_fixed(score, decimals, out);
}

/* The text of a cell, in out[CELL_SIZE], and how it is painted. */
static enum paint cell(const struct table *table, const struct columns *columns,
                       const struct column *column, uint32_t unit, char *out) {
    out[0] = '\0';
    switch (column->kind) {
    case COLUMN_RANK:
        if (table->view->result->rank[unit] != 0)
            half(table->view->result->rank[unit], "", out);
        else
            snprintf(out, CELL_SIZE, "—");
        break;
    case COLUMN_CHANGE:
        return change_cell(table, unit, out);
    case COLUMN_UNIT:
        snprintf(out, CELL_SIZE, "%s",
                 layout_shorten(table->arena, table_unit_name(table, unit), CELL_SIZE / 4));
        break;
    case COLUMN_TOTAL:
        score_cell(table, 0, unit, out);
        return PAINT_STRONG;
    case COLUMN_GRADE: {
        const struct baton_grade *grade = result_grade(table->view, unit);
        snprintf(out, CELL_SIZE, "%s",
                 grade == NULL ? "—"
                               : baton_text_in(&grade->title, table->style->language, grade->id));
        break;
    }
    case COLUMN_BLOCK:
        score_cell(table, column->node, unit, out);
        break;
    case COLUMN_RATINGS:
        ratings_cell(table, unit, columns, out);
        break;
    }
    return PAINT_PLAIN;
}

static void measure_cells(const struct table *table, const struct table_group *group,
                          struct columns *columns) {
    char text[CELL_SIZE];
    for (uint32_t i = 0; i < group->count && columns->has_ratings; i++) {
        uint32_t count[RATINGS_MOST] = {0};
        count_ratings(table, group->units[i], columns, count);
        for (uint32_t r = 0; r < columns->ratings; r++)
            if (count[r] > 0 && digits_of(count[r]) > columns->rating_digits[r])
                columns->rating_digits[r] = digits_of(count[r]);
    }
    for (uint32_t i = 0; i < group->count; i++)
        for (uint32_t c = 0; c < columns->count; c++) {
            struct column *column = &columns->item[c];
            const struct arena_mark mark = arena_mark(table->arena);
            cell(table, columns, column, group->units[i], text);
            arena_reset_to(table->arena, mark);
            const size_t width = layout_width(text);
            if (width > column->cells)
                column->cells = width;
        }
}

/* Lays the columns out in one of the fashions; returns the width of the whole. */
static size_t lay_out(const struct table *table, struct columns *columns,
                      const struct fashion *fashion) {
    size_t width = 0;
    columns->gap = fashion->gap;
    for (uint32_t c = 0; c < columns->count; c++) {
        struct column *column = &columns->item[c];
        const bool is_block = column->kind == COLUMN_BLOCK;
        const size_t room = !is_block                       ? HEAD_MOST
                            : fashion->head > column->cells ? fashion->head
                                                            : column->cells;
        column->head = layout_head(table->arena, column->title, room);
        column->width = column->cells;
        if (column->kind == COLUMN_UNIT && column->width > fashion->name)
            column->width = fashion->name;
        if (column->width < column->head.width)
            column->width = column->head.width;
        width += column->width + (c > 0 ? columns->gap : 0);
    }
    return width;
}

static struct column *unit_column(struct columns *columns) {
    struct column *column = columns->item;
    while (column->kind != COLUMN_UNIT)
        column++;
    return column;
}

/* In the best fashion in which they fit, names as wide as there is room; false = in none. */
static bool lay_out_best(const struct table *table, struct columns *columns) {
    for (size_t i = 0; i < LENGTH(fashions); i++) {
        const size_t width = lay_out(table, columns, &fashions[i]);
        if (width > table->style->width)
            continue;
        struct column *unit = unit_column(columns);
        const size_t room = unit->width + table->style->width - width;
        if (unit->cells > unit->width)
            unit->width = unit->cells < room ? unit->cells : room;
        return true;
    }
    return false;
}

static void remove_column(struct columns *columns, uint32_t at) {
    for (uint32_t c = at; c + 1 < columns->count; c++)
        columns->item[c] = columns->item[c + 1];
    columns->count--;
}

static uint32_t last_block(const struct columns *columns) {
    uint32_t at = columns->count - 1;
    while (columns->item[at].kind != COLUMN_BLOCK)
        at--;
    return at;
}

/* Makes the columns fit the page; what is left out is named in columns->left_out, in order. */
static void fit(const struct table *table, struct columns *columns) {
    struct writer *left = writer_memory(table->arena);
    /* Rather a block less than heads that cannot be read. */
    const struct fashion readable = {1, table->zh ? 6 : 8, table->style->width < 80 ? 16 : 20};
    const char *const comma = table_words(table, ", ", "、");
    columns->left_out = "";
    if (lay_out_best(table, columns))
        return;
    const char **dropped = arena_alloc(table->arena, columns->blocks + (size_t)1, sizeof *dropped);
    uint32_t count = 0;
    while (columns->blocks > 0 && lay_out(table, columns, &readable) > table->style->width) {
        const uint32_t at = last_block(columns);
        dropped[count++] = columns->item[at].title;
        remove_column(columns, at);
        columns->blocks--;
    }
    for (uint32_t i = count; i > 0; i--)
        writer_printf(left, "%s%s", dropped[i - 1], i > 1 ? comma : "");
    if (columns->has_ratings && !lay_out_best(table, columns)) {
        remove_column(columns, columns->count - 1);
        columns->has_ratings = false;
        writer_printf(left, "%s%s", count > 0 ? comma : "", table_words(table, "ratings", "评价"));
    }
    lay_out_best(table, columns);
    columns->left_out = writer_text_of(left);
}

static void print_heads(const struct table *table, const struct columns *columns) {
    bool two = false;
    for (uint32_t c = 0; c < columns->count; c++)
        two = two || columns->item[c].head.line[1][0] != '\0';
    for (unsigned line = two ? 0 : 1; line < 2; line++) {
        struct writer *memory = writer_memory(table->arena);
        for (uint32_t c = 0; c < columns->count; c++) {
            const struct column *column = &columns->item[c];
            const bool has_two = column->head.line[1][0] != '\0';
            const char *text = has_two     ? column->head.line[line]
                               : line == 1 ? column->head.line[0]
                                           : "";
            writer_repeat(memory, " ", c > 0 ? columns->gap : 0);
            layout_pad(memory, text, column->width, column->align);
        }
        while (memory->used > 0 && memory->buffer[memory->used - 1] == ' ')
            memory->used--;
        writer_put(table->writer, memory->buffer, memory->used);
        writer_text(table->writer, "\n");
    }
}

static void print_row(const struct table *table, const struct columns *columns, uint32_t unit) {
    char text[CELL_SIZE];
    for (uint32_t c = 0; c < columns->count; c++) {
        const struct column *column = &columns->item[c];
        const struct arena_mark mark = arena_mark(table->arena);
        const enum paint paint = cell(table, columns, column, unit, text);
        const char *shown = layout_shorten(table->arena, text, column->width);
        const bool is_last = c + 1 == columns->count;
        writer_repeat(table->writer, " ", c > 0 ? columns->gap : 0);
        paint_begin(table->writer, table->style->colour, paint);
        if (is_last && column->align == ALIGN_LEFT)
            writer_text(table->writer, shown);
        else
            layout_pad(table->writer, shown, column->width, column->align);
        paint_end(table->writer, table->style->colour, paint);
        arena_reset_to(table->arena, mark);
    }
    writer_text(table->writer, "\n");
}

static size_t width_of(const struct columns *columns) {
    size_t width = 0;
    for (uint32_t c = 0; c < columns->count; c++)
        width += columns->item[c].width + (c > 0 ? columns->gap : 0);
    return width;
}

void table_choose(struct table *table, struct table_group *group) {
    struct columns *columns = arena_alloc(table->arena, 1, sizeof *columns);
    choose_columns(table, group, columns);
    measure_cells(table, group, columns);
    fit(table, columns);
    group->columns = columns;
    group->width = width_of(columns);
    group->name_width = unit_column(columns)->width;
}

void table_widen_names(const struct table *table, struct table_group *group, size_t name_width) {
    struct column *column = unit_column(group->columns);
    if (group->width - column->width + name_width > table->style->width ||
        name_width < column->width)
        return;
    column->width = name_width;
    group->width = width_of(group->columns);
}

void table_rule(const struct table *table) {
    paint_begin(table->writer, table->style->colour, PAINT_DIM);
    writer_repeat(table->writer, "─", table->width);
    paint_end(table->writer, table->style->colour, PAINT_DIM);
    writer_text(table->writer, "\n");
}

uint32_t table_ratings_used(const struct table_group *group) {
    uint32_t used = 0;
    for (uint32_t i = 0; i < group->columns->ratings; i++)
        used |= (uint32_t)(group->columns->has_ratings && group->columns->rating_digits[i] > 0)
                << i;
    return used;
}

void table_rows(const struct table *table, const struct table_group *group) {
    const struct columns *columns = group->columns;
    print_heads(table, columns);
    table_rule(table);
    for (uint32_t i = 0; i < group->count && table->writer->error == 0; i++)
        print_row(table, columns, group->units[i]);
    table_rule(table);
    if (*columns->left_out != '\0')
        layout_wrap(table->writer,
                    arena_printf(table->arena,
                                 table_words(table, "No room for: %s (--width).",
                                             "宽度所限，未列：%s（可用 --width 加宽）。"),
                                 columns->left_out),
                    0, 4, table->style->width);
}
