/* The matrix as a workbook: a sheet for ranks, scores, points and points lost, with a row a unit and a column an indicator; report cards a
 * row a unit; the three lists. Numbers are exact and shown at their decimals. */
#include "report/book.h"
#include "report/layout.h"
#include "report/matrix_parts.h"
#include "report/words.h"
#include <math.h>

enum {
    ROW_TITLE,
    ROW_ABOUT,
    ROW_HEADS,
    HEAD_ROWS,
    CELL_GROUP = 0,
    CELL_UNIT,
    CELL_TOTAL,
    CELLS_BEFORE,
    CARD_WIDTH = 48, /* of columns with names of indicators */
    NODE_WIDTH = 10,
    PAGE_NODES = 16 /* indicators beside each other on a page */
};

struct matrix_book {
    struct book *book;
    struct matrix matrix;
    const bool *column; /* [nodes] */
};

static const struct book_look plain = {.border = true};

static struct book_sheet *begin(const struct matrix_book *on, const char *name, const char *about,
                                uint32_t columns) {
    struct book_sheet *sheet = book_add(on->book, name, columns);
    worksheet_set_row(sheet->sheet, ROW_TITLE, 24, NULL);
    book_text(sheet, ROW_TITLE, 0, book_title(on->book), (struct book_look){.bold = true});
    book_text(sheet, ROW_ABOUT, 0, about, (struct book_look){0});
    sheet->width[0] = 0; /* these run over the cells beside them */
    return sheet;
}

/* A head whose words are not broken. */
static void head(struct book_sheet *sheet, uint32_t column, const char *text) {
    const double word = book_word(text);
    book_text(sheet, ROW_HEADS, column, text, BOOK_HEAD_LOOK);
    book_widen(sheet, column, word > 2 ? (size_t)word - 2 : 0);
}

/* ---- Indicators by units. */

/* The ends of the tree that apply to somebody shown, as many as a sheet has columns for. */
static const bool *columns_of(const struct matrix *matrix, uint32_t *count) {
    bool *column = arena_alloc(matrix->arena, matrix->scheme->node_count, sizeof *column);
    for (uint32_t n = 1; n < matrix->scheme->node_count; n++) {
        for (uint32_t u = 0; u < matrix->result->units && matrix_is_end(matrix, n) && !column[n] &&
                             *count < BOOK_COLUMNS - CELLS_BEFORE;
             u++)
            column[n] = result_has_group(&matrix->view->result, matrix->scheme->unit[u].group) &&
                        matrix_has_unit(matrix, u) && baton_result_has_row(matrix->session, n, u);
        *count += column[n];
    }
    return column;
}

static struct book_look cell_look(const struct matrix *matrix, const struct baton_matrix_unit *unit,
                                  uint32_t node, double number) {
    const uint32_t group = matrix->scheme->unit[unit->unit].group;
    struct book_look look = {.number = BOOK_FIXED, .border = true};
    if (matrix->view->what == MATRIX_RANKS) {
        look.align = LXW_ALIGN_CENTER;
        look.decimals = floor(number) != number;
    } else {
        const int decimals = matrix->view->what == MATRIX_SCORES
                                 ? baton_result_decimals(matrix->session, node, group)
                                 : matrix_points_decimals(matrix, node, group);
        look.decimals = (uint8_t)(decimals > 0 ? decimals : 0);
    }
    const uint32_t rating = node == 0 ? BATON_NONE : unit->cell[node].rating;
    if (node == 0) {
        look.bold = true;
        look.fill = BOOK_FILL_TOTAL;
    } else if (rating != BATON_NONE && matrix->view->what != MATRIX_LOST) {
        look.fill = book_rating_fill(rating, matrix->scheme->group[group].ratings.count);
        look.mark = matrix->view->what == MATRIX_SCORES
                        ? (uint8_t)(1 + (rating < WORDS_MARKS ? rating : WORDS_MARKS - 1))
                        : 0;
    }
    return look;
}

static void put_unit(const struct matrix_book *on, struct book_sheet *sheet, uint32_t row,
                     const struct baton_matrix_unit *unit) {
    const struct matrix *matrix = &on->matrix;
    book_text(sheet, row, CELL_GROUP,
              matrix_group_name(matrix, matrix->scheme->unit[unit->unit].group), plain);
    book_text(sheet, row, CELL_UNIT, matrix_unit_name(matrix, unit->unit), plain);
    uint32_t column = CELL_TOTAL;
    for (uint32_t n = 0; n < matrix->scheme->node_count; n++) {
        if (n > 0 && !on->column[n])
            continue;
        const double number = matrix_number(matrix, unit, n);
        if (isnan(number) && !unit->cell[n].has_row)
            book_text(sheet, row, column++, "", plain);
        else if (isnan(number))
            book_text(sheet, row, column++,
                      words_absent(result_notes(&matrix->view->result, n, unit->unit),
                                   matrix->view->language),
                      (struct book_look){.align = LXW_ALIGN_CENTER, .border = true});
        else
            book_number(sheet, row, column++, number, cell_look(matrix, unit, n, number));
    }
}

/* ---- Report cards. */

enum {
    CARD_GROUP,
    CARD_UNIT,
    CARD_TOTAL,
    CARD_RANK,
    CARD_OF,
    CARD_LOST,
    CARD_UPPER,
    CARD_LEAVES,
    CARD_FIRST,
    CARD_LAST,
    CARD_STRENGTHS,
    CARD_WEAKNESSES,
    CARD_MOST_LOST,
    CARD_COLUMNS
};

static const char *names_of(const struct matrix *matrix, const struct baton_matrix_some *some) {
    struct writer *text = writer_memory(matrix->arena);
    for (uint32_t i = 0; i < some->count; i++)
        writer_printf(text, "%s%s", i > 0 ? matrix_words(matrix, ", ", "、") : "",
                      matrix_node_name(matrix, some->item[i]));
    return writer_text_of(text);
}

static void put_card(const struct matrix_book *on, struct book_sheet *sheet, uint32_t row,
                     const struct baton_matrix_unit *unit) {
    const struct matrix *matrix = &on->matrix;
    const uint32_t group = matrix->scheme->unit[unit->unit].group;
    const int32_t decimals = baton_result_decimals(matrix->session, 0, group);
    const struct book_look count = {
        .align = LXW_ALIGN_CENTER, .number = BOOK_FIXED, .border = true};
    struct book_look points = {.number = BOOK_FIXED, .border = true};
    points.decimals = (uint8_t)(decimals > 0 ? decimals : 0);
    struct book_look rank = count;
    rank.decimals = unit->cell[0].rank % 2;
    int total_decimals;
    book_text(sheet, row, CARD_GROUP, matrix_group_name(matrix, group), plain);
    book_text(sheet, row, CARD_UNIT, matrix_unit_name(matrix, unit->unit), plain);
    book_number(sheet, row, CARD_TOTAL,
                result_published(&matrix->view->result, 0, unit->unit, &total_decimals), points);
    book_number(sheet, row, CARD_RANK,
                unit->cell[0].rank == 0 ? (double)NAN : unit->cell[0].rank / 2.0, rank);
    book_number(sheet, row, CARD_OF, unit->cell[0].of, count);
    book_number(sheet, row, CARD_LOST, unit->lost, points);
    book_number(sheet, row, CARD_UPPER, unit->all.upper, count);
    book_number(sheet, row, CARD_LEAVES, unit->all.leaves, count);
    const struct {
        uint32_t column;
        const struct baton_matrix_some *some;
    } lists[] = {{CARD_FIRST, &unit->first},
                 {CARD_LAST, &unit->last},
                 {CARD_STRENGTHS, &unit->strengths},
                 {CARD_WEAKNESSES, &unit->weaknesses},
                 {CARD_MOST_LOST, &unit->most_lost}};
    double height = 16;
    for (size_t i = 0; i < LENGTH(lists); i++) {
        const char *text = names_of(matrix, lists[i].some);
        const double own = book_lines(text, CARD_WIDTH - 4);
        height = own > height ? own : height;
        book_text(sheet, row, lists[i].column, text,
                  (struct book_look){.border = true, .wrap = true});
        book_widen(sheet, lists[i].column, layout_width(text));
    }
    worksheet_set_row(sheet->sheet, row, height, NULL);
}

/* ---- What goes over all units. */

typedef void put_row(const struct matrix_book *on, struct book_sheet *sheet, uint32_t row,
                     const struct baton_matrix_unit *unit);

/* A row for every unit shown; *row is the next one. */
static baton_code put_units(const struct matrix_book *on, struct book_sheet *sheet, put_row *put,
                            uint32_t *row) {
    const struct matrix *matrix = &on->matrix;
    for (uint32_t g = 0; g < matrix->scheme->group_count; g++) {
        if (!result_has_group(&matrix->view->result, g))
            continue;
        const struct arena_mark of_group = arena_mark(matrix->arena);
        struct baton_matrix_group group;
        TRY(baton_matrix_group(matrix->arena, matrix->session, g, &group));
        for (uint32_t i = 0; i < group.unit_count && *row < BOOK_ROWS; i++) {
            const struct arena_mark of_unit = arena_mark(matrix->arena);
            struct baton_matrix_unit unit;
            if (!matrix_has_unit(matrix, group.unit[i]))
                continue;
            TRY(baton_matrix_unit(matrix->arena, matrix->session, &group, i, matrix->view->top,
                                  &unit));
            put(on, sheet, (*row)++, &unit);
            arena_reset_to(matrix->arena, of_unit);
        }
        arena_reset_to(matrix->arena, of_group);
    }
    return BATON_OK;
}

static baton_code write_cells(struct matrix_book *on, const struct matrix_view *view,
                              enum matrix_what what, const char *name, const char *about,
                              uint32_t nodes) {
    struct matrix_view own = *view;
    own.what = what;
    on->matrix.view = &own;
    struct book_sheet *sheet = begin(on, name, about, CELLS_BEFORE + nodes);
    head(sheet, CELL_GROUP, book_words(on->book, "Group", "类别"));
    head(sheet, CELL_UNIT, book_words(on->book, "Unit", "单位"));
    head(sheet, CELL_TOTAL, book_words(on->book, "Total", "总分"));
    double height = 16;
    uint32_t column = CELLS_BEFORE, row = HEAD_ROWS;
    for (uint32_t n = 1; n < on->matrix.scheme->node_count; n++)
        if (on->column[n]) {
            const char *text = matrix_node_name(&on->matrix, n);
            const double lines = book_lines(text, NODE_WIDTH);
            height = lines > height ? lines : height;
            head(sheet, column++, text);
        }
    worksheet_set_row(sheet->sheet, ROW_HEADS, height + 8, NULL);
    const baton_code code = put_units(on, sheet, put_unit, &row);
    book_widths(sheet, CELL_GROUP, 2, 10, 36);
    book_widths(sheet, CELL_TOTAL, 1 + nodes, NODE_WIDTH, 16);
    book_freeze(sheet, HEAD_ROWS, CELL_TOTAL, CELLS_BEFORE + nodes, row);
    /* On paper so many pages side by side that it can be read. */
    worksheet_fit_to_pages(sheet->sheet, (uint16_t)(1 + nodes / PAGE_NODES), 0);
    on->matrix.view = view;
    return code;
}

static baton_code write_cards(const struct matrix_book *on) {
    const struct book *book = on->book;
    const char *titles[CARD_COLUMNS] = {book_words(book, "Group", "类别"),
                                        book_words(book, "Unit", "单位"),
                                        book_words(book, "Total", "总分"),
                                        book_words(book, "Rank", "位次"),
                                        book_words(book, "of", "参评数"),
                                        book_words(book, "Points lost", "失分"),
                                        book_words(book, "In the upper ratings", "评价居前档项数"),
                                        book_words(book, "Indicators", "指标数"),
                                        book_words(book, "First in", "列第一位的指标"),
                                        book_words(book, "Last in", "列末位的指标"),
                                        book_words(book, "Strengths", "优势指标"),
                                        book_words(book, "Weaknesses", "弱势指标"),
                                        book_words(book, "Lost most in", "失分最多的指标")};
    struct book_sheet *sheet =
        begin(on, book_words(book, "Report cards", "成绩单"),
              book_words(book, "Each unit in a row", "逐个小结考核对象"), CARD_COLUMNS);
    uint32_t row = HEAD_ROWS;
    for (uint32_t c = 0; c < CARD_COLUMNS; c++)
        head(sheet, c, titles[c]);
    worksheet_set_row(sheet->sheet, ROW_HEADS, 40, NULL);
    TRY(put_units(on, sheet, put_card, &row));
    book_widths(sheet, CARD_GROUP, 2, 10, 36);
    book_widths(sheet, CARD_TOTAL, CARD_FIRST - CARD_TOTAL, 9, 14);
    book_widths(sheet, CARD_FIRST, CARD_COLUMNS - CARD_FIRST, 16, CARD_WIDTH);
    book_freeze(sheet, HEAD_ROWS, CARD_TOTAL, CARD_COLUMNS, row);
    return BATON_OK;
}

/* ---- The three lists. */

enum { LIST_NAME, LIST_GROUP, LIST_PLACE, LIST_OF, LIST_UNIT, LIST_FIGURE, LIST_COLUMNS };

static void put_list(const struct matrix_book *on, struct book_sheet *sheet, const char *name,
                     const struct baton_matrix_place *list, uint32_t count, uint32_t *row) {
    const struct matrix *matrix = &on->matrix;
    const struct book_look place = {
        .align = LXW_ALIGN_CENTER, .number = BOOK_FIXED, .border = true};
    for (uint32_t i = 0; i < count && *row < BOOK_ROWS; i++) {
        const uint32_t unit = list[i].unit, group = matrix->scheme->unit[unit].group;
        if (!result_has_group(&matrix->view->result, group) || !matrix_has_unit(matrix, unit))
            continue;
        const int32_t decimals = baton_result_decimals(matrix->session, 0, group);
        struct book_look look = place;
        look.decimals = list[i].place % 2;
        book_text(sheet, *row, LIST_NAME, name, plain);
        book_text(sheet, *row, LIST_GROUP, matrix_group_name(matrix, group), plain);
        book_number(sheet, *row, LIST_PLACE, list[i].place == 0 ? (double)NAN : list[i].place / 2.0,
                    look);
        book_number(sheet, *row, LIST_OF, list[i].of, place);
        book_text(sheet, *row, LIST_UNIT, matrix_unit_name(matrix, unit), plain);
        look = (struct book_look){.number = BOOK_FIXED, .border = true};
        look.decimals = (uint8_t)(decimals > 0 ? decimals : 0);
        book_number(sheet, (*row)++, LIST_FIGURE, list[i].figure, look);
    }
}

static baton_code write_lists(const struct matrix_book *on) {
    const struct book *book = on->book;
    struct baton_matrix_lists lists;
    TRY(baton_matrix_lists(on->matrix.arena, on->matrix.session, &lists));
    const char *titles[LIST_COLUMNS] = {
        book_words(book, "List", "榜单"),  book_words(book, "Group", "类别"),
        book_words(book, "Place", "位次"), book_words(book, "of", "参评数"),
        book_words(book, "Unit", "单位"),  book_words(book, "Figure", "数值")};
    struct book_sheet *sheet =
        begin(on, book_words(book, "Lists", "榜单"),
              book_words(book,
                         "Level: the total on a scale of 100 among all groups. Class: the total "
                         "inside the group. Progress: how much it has changed.",
                         "水平榜：总分折算为百分制，在全部类别中排列。分类榜：总分，在本类别中排列"
                         "。进步榜：总分与所比结果相比的增减。"),
              LIST_COLUMNS);
    uint32_t row = HEAD_ROWS;
    for (uint32_t c = 0; c < LIST_COLUMNS; c++)
        head(sheet, c, titles[c]);
    put_list(on, sheet, book_words(book, "Level", "水平榜"), lists.level, lists.count, &row);
    put_list(on, sheet, book_words(book, "Class", "分类榜"), lists.class, lists.count, &row);
    put_list(on, sheet, book_words(book, "Progress", "进步榜"), lists.progress, lists.count, &row);
    book_widths(sheet, 0, LIST_COLUMNS, 9, 40);
    book_freeze(sheet, HEAD_ROWS, 0, LIST_COLUMNS, row);
    return BATON_OK;
}

static baton_code write_all(struct matrix_book *on, const struct matrix_view *view) {
    const struct book *book = on->book;
    uint32_t nodes = 0;
    on->column = columns_of(&on->matrix, &nodes);
    TRY(write_cells(on, view, MATRIX_RANKS, book_words(book, "Ranks", "位次"),
                    book_words(book, "Rank in the group, of the total and of each indicator",
                               "在本类别中的位次，按总分和各项指标"),
                    nodes));
    TRY(write_cells(
        on, view, MATRIX_SCORES, book_words(book, "Scores", "得分"),
        book_words(book, "Score of each indicator, on a scale of 100", "各项指标得分，百分制"),
        nodes));
    TRY(write_cells(on, view, MATRIX_POINTS, book_words(book, "Points", "分值"),
                    book_words(book, "Points of each indicator: score × weight / 100",
                               "各项指标分值：得分×权重÷100"),
                    nodes));
    TRY(write_cells(on, view, MATRIX_LOST, book_words(book, "Points lost", "失分"),
                    book_words(book, "Points lost: weight less points", "失分：权重减分值"),
                    nodes));
    TRY(write_cards(on));
    return write_lists(on);
}

baton_code matrix_workbook(struct baton_arena *arena, const struct matrix_view *view,
                           const char *path, int *error) {
    struct matrix_book on = {.book = book_open(arena, &view->result, view->language, path),
                             .matrix = matrix_begin(arena, view, NULL)};
    TRY(write_all(&on, view));
    *error = book_close(on.book);
    return BATON_OK;
}
