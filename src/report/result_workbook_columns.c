/* The columns of a group's table: rank and total first, then each block with what is below it, so that a block can be folded; points
 * stand in sight, the score and the weight that they are made of can be unfolded behind them. */
#include "report/result_workbook_parts.h"
#include "report/words.h"
#include <string.h>

enum {
    ROW_TITLE,
    ROW_ABOUT,
    ROW_BLOCKS,
    ROW_NODES,
    ROW_WHAT,
    ROWS_OF_HEAD,
    SPARE = 32,       /* columns kept free for what is not of a node */
    LEAVES_OPEN = 12, /* so many leaves, and no more, stand in sight at first */
    WIDTH_NUMBER = 10,
    WIDTH_A4 = 200, /* columns of a terminal that can still be read on the smaller sheet */
    PAPER_A3 = 8
};

static void add(struct group_sheet *group, enum column_kind kind, uint32_t node, uint32_t index,
                unsigned level) {
    if (kind < COLUMN_POINTS || kind == COLUMN_NOTES)
        group->at[kind] = group->columns;
    group->column[group->columns++] = (struct workbook_column){kind, node, index, level};
}

static bool applies(const struct result_book *result, const struct group_sheet *group,
                    uint32_t node) {
    for (uint32_t i = 0; i < group->count; i++)
        if (baton_result_has_row(result->view->session, node, group->units[i]))
            return true;
    return false;
}

static bool has_changes(const struct result_book *result, const struct group_sheet *group) {
    for (uint32_t i = 0; i < group->count; i++)
        if (baton_result_earlier_rank(result->view->session, 0, group->units[i]) != 0)
            return true;
    return false;
}

static void add_node(struct group_sheet *group, uint32_t node, unsigned level, bool parts) {
    group->points[node] = group->columns;
    add(group, COLUMN_POINTS, node, 0, level - 1);
    if (!parts)
        return;
    group->score[node] = group->columns;
    add(group, COLUMN_SCORE, node, 0, level);
    group->weight[node] = group->columns;
    add(group, COLUMN_WEIGHT, node, 0, level);
}

/* The nodes in the order of the tree, with their scores and weights if there is room for these. */
static void add_nodes(const struct result_book *result, struct group_sheet *group) {
    const struct baton_scheme *scheme = result->scheme;
    const uint32_t room = BOOK_COLUMNS - SPARE - scheme->group[group->group].ratings.count;
    bool *shown = arena_alloc(result->arena, scheme->node_count, sizeof *shown);
    uint32_t count = 0;
    for (uint32_t n = 1; n < scheme->node_count; n++) {
        shown[n] = applies(result, group, n);
        count += shown[n];
    }
    const bool parts = count <= room / 3;
    for (uint32_t n = 1; n < scheme->node_count; n++) {
        if (!shown[n])
            continue;
        if (group->columns < room)
            add_node(group, n, scheme->node[n].level, parts);
        else
            group->left_out++;
    }
}

void workbook_choose_columns(const struct result_book *result, struct group_sheet *group) {
    const struct baton_scheme *scheme = result->scheme;
    const uint32_t nodes = scheme->node_count;
    const uint32_t ratings = scheme->group[group->group].ratings.count;
    group->points = arena_alloc_raw(result->arena, nodes, sizeof(uint32_t));
    group->score = arena_alloc_raw(result->arena, nodes, sizeof(uint32_t));
    group->weight = arena_alloc_raw(result->arena, nodes, sizeof(uint32_t));
    for (uint32_t n = 0; n < nodes; n++)
        group->points[n] = group->score[n] = group->weight[n] = BATON_NONE;
    for (unsigned i = 0; i < LENGTH(group->at); i++)
        group->at[i] = BATON_NONE;
    group->column =
        arena_alloc(result->arena, 3 * (size_t)nodes + ratings + SPARE, sizeof *group->column);
    add(group, COLUMN_RANK, 0, 0, 0);
    if (has_changes(result, group))
        add(group, COLUMN_CHANGE, 0, 0, 0);
    add(group, COLUMN_UNIT, 0, 0, 0);
    add(group, COLUMN_TOTAL, 0, 0, 0);
    if (scheme->group[group->group].grades != BATON_NONE)
        add(group, COLUMN_GRADE, 0, 0, 0);
    if (result_has_base(result->view)) {
        add(group, COLUMN_BASE, 0, 0, 0);
        add(group, COLUMN_BONUS, 0, 0, 0);
        add(group, COLUMN_DEDUCTION, 0, 0, 0);
    }
    add_nodes(result, group);
    for (uint32_t r = 0; r < ratings; r++)
        add(group, COLUMN_RATING, 0, r, 0);
    add(group, COLUMN_NOTES, 0, 0, 0);
}

/* What stands in the last row of the head. */
static const char *title_of(const struct result_book *result, const struct group_sheet *group,
                            const struct workbook_column *column) {
    const struct book *book = result->book;
    switch (column->kind) {
    case COLUMN_RANK:
        return book_words(book, "Rank", "位次");
    case COLUMN_CHANGE:
        return book_words(book, "Change", "升降");
    case COLUMN_UNIT:
        return book_words(book, "Unit", "单位");
    case COLUMN_TOTAL:
        return book_words(book, "Total", "总分");
    case COLUMN_GRADE:
        return book_words(book, "Grade", "等次");
    case COLUMN_BASE:
        return book_words(book, "Before adjustments", "加减分前");
    case COLUMN_BONUS:
        return book_words(book, "Bonus", "加分");
    case COLUMN_DEDUCTION:
        return book_words(book, "Deduction", "减分");
    case COLUMN_POINTS:
        return book_words(book, "Points", "分值");
    case COLUMN_SCORE:
        return book_words(book, "Score", "得分");
    case COLUMN_WEIGHT:
        return book_words(book, "Weight", "权重");
    case COLUMN_RATING: {
        const struct baton_rating *rating =
            &result->scheme->group[group->group].ratings.item[column->index];
        return arena_printf(result->arena, "%s %s", words_mark(column->index),
                            baton_text_in(&rating->title, book->language, rating->id));
    }
    case COLUMN_NOTES:
        return book_words(book, "Notes", "说明");
    }
    return "";
}

static uint32_t block_of(const struct baton_scheme *scheme, uint32_t node) {
    while (scheme->node[node].level > 1)
        node = scheme->node[node].parent;
    return node;
}

static bool is_of_node(const struct workbook_column *column) {
    return column->kind >= COLUMN_POINTS && column->kind <= COLUMN_WEIGHT;
}

/* The columns next to each other that are of one block, or of one node. */
static uint32_t last_alike(const struct result_book *result, const struct group_sheet *group,
                           uint32_t first, bool block) {
    const struct baton_scheme *scheme = result->scheme;
    uint32_t last = first;
    while (last + 1 < group->columns && is_of_node(&group->column[last + 1])) {
        const uint32_t a = group->column[first].node, b = group->column[last + 1].node;
        if (block ? block_of(scheme, a) != block_of(scheme, b) : a != b)
            break;
        last++;
    }
    return last;
}

/* A cell of the head above one that says what the column is: the two look like one. */
static void put_above(struct group_sheet *group, uint32_t row, uint32_t column) {
    book_text(group->sheet, row, column, "", (struct book_look){.fill = BOOK_FILL_HEAD});
}

/* What stands over a node's columns in the row of the nodes. */
static const char *node_title(const struct result_book *result, uint32_t node) {
    const struct baton_node *of = &result->scheme->node[node];
    return of->level > 1         ? book_node(result->book, node)
           : of->child_count > 0 ? book_words(result->book, "In all", "小计")
                                 : "";
}

/* A row of heads over the nodes' columns: of blocks, or of nodes. Answers how high it has to be. */
static double name_row(const struct result_book *result, struct group_sheet *group, uint32_t row,
                       bool block) {
    double height = book_lines("", WIDTH_NUMBER);
    const uint32_t ratings = result->scheme->group[group->group].ratings.count;
    for (uint32_t c = 0; c < group->columns; c++) {
        const struct workbook_column *column = &group->column[c];
        if (block && column->kind == COLUMN_RATING && column->index == 0) {
            book_span(group->sheet, row, c, c + ratings - 1,
                      book_words(result->book, "Indicators rated", "评价（项数）"), BOOK_HEAD_LOOK);
            c += ratings - 1;
            continue;
        }
        if (!is_of_node(column)) {
            put_above(group, row, c);
            continue;
        }
        const uint32_t last = last_alike(result, group, c, block);
        const char *text = block ? book_node(result->book, block_of(result->scheme, column->node))
                                 : node_title(result, column->node);
        const double own = book_lines(text, WIDTH_NUMBER), word = book_word(text);
        height = own > height ? own : height;
        book_widen(group->sheet, c, word > 2 ? (size_t)word - 2 : 0);
        book_span(group->sheet, row, c, last, text, BOOK_HEAD_LOOK);
        c = last;
    }
    return height;
}

void workbook_heads(const struct result_book *result, struct group_sheet *group) {
    const struct book *book = result->book;
    struct book_sheet *sheet = group->sheet;
    lxw_worksheet *on = sheet->sheet;
    const double high = 220;
    worksheet_set_row(on, ROW_TITLE, 24, NULL);
    book_text(sheet, ROW_TITLE, 0, book_title(book),
              (struct book_look){.bold = true, .fill = BOOK_FILL_NONE});
    book_text(sheet, ROW_ABOUT, 0,
              arena_printf(result->arena, book_words(book, "%s: %u shown", "%s：列出%u个"),
                           book_group(book, group->group), group->count),
              (struct book_look){0});
    /* The title runs over the cells beside it. */
    sheet->width[0] = 0;
    const double blocks = name_row(result, group, ROW_BLOCKS, true);
    worksheet_set_row(on, ROW_BLOCKS, blocks < high ? blocks : high, NULL);
    const double nodes = name_row(result, group, ROW_NODES, false);
    worksheet_set_row(on, ROW_NODES, nodes < high ? nodes : high, NULL);
    double height = book_lines("", WIDTH_NUMBER);
    for (uint32_t c = 0; c < group->columns; c++) {
        const char *title = title_of(result, group, &group->column[c]);
        const double own = book_lines(title, WIDTH_NUMBER), word = book_word(title);
        height = own > height ? own : height;
        book_widen(sheet, c, word > 2 ? (size_t)word - 2 : 0);
        struct book_look look = BOOK_HEAD_LOOK;
        if (group->column[c].kind == COLUMN_RATING)
            look.fill = book_rating_fill(group->column[c].index,
                                         result->scheme->group[group->group].ratings.count);
        book_text(sheet, ROW_WHAT, c, title, look);
    }
    worksheet_set_row(on, ROW_WHAT, height + 8, NULL);
    group->first_row = ROWS_OF_HEAD;
}

static uint32_t count_leaves(const struct result_book *result, const struct group_sheet *group) {
    uint32_t leaves = 0;
    for (uint32_t n = 1; n < result->scheme->node_count; n++)
        leaves += group->points[n] != BATON_NONE && result->scheme->node[n].child_count == 0;
    return leaves;
}

void workbook_column_widths(const struct result_book *result, struct group_sheet *group) {
    struct book_sheet *sheet = group->sheet;
    const bool open = count_leaves(result, group) <= LEAVES_OPEN;
    double in_sight = 0;
    for (uint32_t c = 0; c < group->columns; c++) {
        const struct workbook_column *column = &group->column[c];
        const uint32_t own = sheet->width[c] + 2u;
        uint32_t least = 7, most = 14;
        switch (column->kind) {
        case COLUMN_UNIT:
            least = 10;
            most = 44;
            break;
        case COLUMN_NOTES:
            least = 12;
            most = NOTES_WIDTH;
            break;
        case COLUMN_GRADE:
            most = 24;
            break;
        case COLUMN_TOTAL:
        case COLUMN_BASE:
        case COLUMN_POINTS:
            least = WIDTH_NUMBER;
            break;
        case COLUMN_RATING:
            least = 8;
            break;
        default:
            break;
        }
        const bool is_part = column->kind == COLUMN_SCORE || column->kind == COLUMN_WEIGHT;
        const bool hidden = column->level > 0 && (is_part || !open);
        const bool next_hidden =
            c + 1 < group->columns && group->column[c + 1].level > column->level;
        book_column(sheet, c,
                    own < least  ? least
                    : own > most ? most
                                 : own,
                    column->level, hidden,
                    next_hidden && (column->kind == COLUMN_POINTS) &&
                        (!open || group->column[c + 1].kind == COLUMN_SCORE));
    }
    if (in_sight > WIDTH_A4)
        worksheet_set_paper(sheet->sheet, PAPER_A3);
    worksheet_outline_settings(sheet->sheet, LXW_TRUE, LXW_TRUE, LXW_FALSE, LXW_FALSE);
    book_freeze(sheet, group->first_row, group->at[COLUMN_UNIT] + 1, group->columns,
                group->first_row + group->count);
}
