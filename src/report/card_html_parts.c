/* Parts of a report card as HTML: blocks beside the group, ratings with the indicators behind each count, lists. */
#include "report/card_html_parts.h"
#include <math.h>

void card_html_open(const struct card_page *page, const char *title, const char *beside) {
    struct writer *writer = page->matrix->writer;
    writer_text(writer, "<section>\n<h3>");
    html_text(writer, title);
    if (beside != NULL) {
        writer_text(writer, " <small>");
        html_text(writer, beside);
        writer_text(writer, "</small>");
    }
    writer_text(writer, "</h3>\n");
}

void card_html_close(const struct card_page *page) {
    writer_text(page->matrix->writer, "</section>\n");
}

void card_html_place(const struct card_page *page, const struct baton_matrix_cell *cell) {
    const struct matrix *matrix = page->matrix;
    if (cell->rank == 0) {
        writer_text(matrix->writer, "—");
        return;
    }
    html_printf(matrix, "%s%s/%u", cell->level > 0 ? matrix_words(matrix, "=", "并列") : "",
                matrix_half(matrix, cell->rank), cell->of);
}

/* ---- Blocks. */

static void block_row(const struct card_page *page, const struct card_block *block) {
    const struct matrix *matrix = page->matrix;
    struct writer *writer = matrix->writer;
    const int decimals = baton_result_decimals(matrix->session, block->node, page->card->group);
    const int points = matrix_points_decimals(matrix, block->node, page->card->group);
    writer_text(writer, "<tr><th scope=\"row\">");
    html_text(writer, matrix_node_name(matrix, block->node));
    writer_text(writer, "</th><td class=\"n\">");
    html_score(matrix, block->node, page->card->unit);
    writer_text(writer, "</td><td class=\"drawn\">");
    svg_bar(writer, &(struct svg_bar){.value = block->score,
                                      .full = 100,
                                      .mean = block->mean,
                                      .best = block->best,
                                      .label = NULL});
    writer_text(writer, "</td><td class=\"n\">");
    html_number(matrix, block->mean, decimals);
    writer_text(writer, "</td><td class=\"n\">");
    html_number(matrix, block->best, decimals);
    writer_text(writer, "</td><td class=\"n\">");
    card_html_place(page, &page->card->matrix.cell[block->node]);
    writer_text(writer, "</td><td class=\"n optional\">");
    html_number(matrix, block->points, points);
    writer_text(writer, "/");
    html_number(matrix, block->weight, points);
    writer_text(writer, "</td></tr>\n");
}

void card_html_blocks(const struct card_page *page) {
    const struct matrix *matrix = page->matrix;
    if (page->card->block_count == 0)
        return;
    card_html_open(page, matrix_words(matrix, "Blocks beside the group", "各板块与同类比较"), NULL);
    writer_text(
        matrix->writer,
        matrix_words(
            matrix,
            "<table class=\"blocks\">\n<thead><tr><th scope=\"col\">Block</th><th scope=\"col\" "
            "class=\"n\">Score</th><td></td><th scope=\"col\" class=\"n\">Mean</th><th "
            "scope=\"col\" class=\"n\">Best</th><th scope=\"col\" class=\"n\">Rank</th><th "
            "scope=\"col\" class=\"n optional\">Points</th></tr></thead>\n<tbody>\n",
            "<table class=\"blocks\">\n<thead><tr><th scope=\"col\">板块</th><th scope=\"col\" "
            "class=\"n\">得分</th><td></td><th scope=\"col\" class=\"n\">均值</th><th "
            "scope=\"col\" class=\"n\">最高</th><th scope=\"col\" class=\"n\">位次</th><th "
            "scope=\"col\" class=\"n optional\">分值/权重</th></tr></thead>\n<tbody>\n"));
    for (uint32_t b = 0; b < page->card->block_count; b++)
        block_row(page, &page->card->block[b]);
    writer_text(matrix->writer, "</tbody>\n</table>\n");
    card_html_close(page);
}

/* ---- Ratings. */

static void names(const struct card_page *page, const uint32_t *leaf, uint32_t count) {
    const struct matrix *matrix = page->matrix;
    for (uint32_t i = 0; i < count; i++) {
        writer_text(matrix->writer, i > 0 ? matrix_words(matrix, ", ", "、") : "");
        html_text(matrix->writer, matrix_node_name(matrix, leaf[i]));
    }
}

/* A count, behind which the names are. */
static void counted(const struct card_page *page, const struct card_rating *rating) {
    struct writer *writer = page->matrix->writer;
    if (rating->count == 0) {
        writer_text(writer, "<td>0</td>");
        return;
    }
    writer_printf(writer, "<td><details><summary>%u</summary>", rating->count);
    names(page, rating->leaf, rating->count);
    writer_text(writer, "</details></td>");
}

static void rating_row(const struct card_page *page, uint32_t rating) {
    const struct matrix *matrix = page->matrix;
    const struct card *card = page->card;
    const bool is_rated = rating < card->rating_count;
    writer_text(matrix->writer, "<tr><th scope=\"row\">");
    if (is_rated) {
        svg_shape(matrix->writer, rating, NULL);
        writer_text(matrix->writer, " ");
        html_text(matrix->writer, matrix_rating_name(matrix, card->group, rating));
    } else {
        writer_text(matrix->writer, matrix_words(matrix, "without", "无评价"));
    }
    writer_text(matrix->writer, "</th>");
    for (unsigned k = 0; k < LENGTH(card->kind); k++)
        if (card->kind[k].leaves > 0)
            counted(page, is_rated ? &card->kind[k].rating[rating] : &card->kind[k].unrated);
    writer_text(matrix->writer, "</tr>\n");
}

void card_html_ratings(const struct card_page *page) {
    const struct matrix *matrix = page->matrix;
    const struct card *card = page->card;
    static const char *const title[][2] = {{"Common", "共性指标"}, {"Individual", "个性指标"}};
    if (card->rating_count == 0 || card->kind[0].leaves + card->kind[1].leaves == 0)
        return;
    card_html_open(page, matrix_words(matrix, "Ratings of indicators", "指标评价"), NULL);
    writer_printf(matrix->writer, "<table class=\"rated\">\n<thead><tr><th scope=\"col\">%s</th>",
                  matrix_words(matrix, "Rating", "评价"));
    for (unsigned k = 0; k < LENGTH(card->kind); k++)
        if (card->kind[k].leaves > 0)
            writer_printf(matrix->writer, "<th scope=\"col\">%s (%u)</th>", title[k][matrix->zh],
                          card->kind[k].leaves);
    writer_text(matrix->writer, "</tr></thead>\n<tbody>\n");
    for (uint32_t r = 0; r < card->rating_count; r++)
        rating_row(page, r);
    if (card->kind[0].unrated.count + card->kind[1].unrated.count > 0)
        rating_row(page, card->rating_count);
    writer_text(matrix->writer, "</tbody>\n</table>\n");
    card_html_close(page);
}

/* ---- Lists. */

static void open_list(const struct card_page *page, const char *title, const char *beside,
                      uint32_t count) {
    card_html_open(page, title, beside);
    writer_text(page->matrix->writer,
                count > 0 ? "<ul>\n"
                          : matrix_words(page->matrix, "<p class=\"dim\">none</p>\n",
                                         "<p class=\"dim\">无</p>\n"));
}

static void close_list(const struct card_page *page, uint32_t count) {
    writer_text(page->matrix->writer, count > 0 ? "</ul>\n" : "");
    card_html_close(page);
}

static void open_item(const struct card_page *page, uint32_t node) {
    writer_text(page->matrix->writer, "<li><span>");
    html_text(page->matrix->writer, matrix_node_name(page->matrix, node));
    writer_text(page->matrix->writer, "</span><span>");
}

static void close_item(const struct card_page *page) {
    writer_text(page->matrix->writer, "</span></li>\n");
}

static void placed(const struct card_page *page, const char *title,
                   const struct baton_matrix_some *some) {
    open_list(page, title, NULL, some->count);
    for (uint32_t i = 0; i < some->count; i++) {
        open_item(page, some->item[i]);
        card_html_place(page, &page->card->matrix.cell[some->item[i]]);
        close_item(page);
    }
    close_list(page, some->count);
}

static void lost(const struct card_page *page) {
    const struct matrix *matrix = page->matrix;
    const struct baton_matrix_some *some = &page->card->matrix.most_lost;
    open_list(page, matrix_words(matrix, "Most points lost", "失分最多"), NULL, some->count);
    for (uint32_t i = 0; i < some->count; i++) {
        const uint32_t node = some->item[i];
        open_item(page, node);
        html_number(matrix, page->card->matrix.cell[node].lost,
                    matrix_points_decimals(matrix, node, page->card->group));
        close_item(page);
    }
    close_list(page, some->count);
}

static void moved(const struct card_page *page, const char *title, const struct card_move *move,
                  uint32_t count, uint32_t all) {
    const struct matrix *matrix = page->matrix;
    const char *beside = NULL;
    if (all > count)
        beside = arena_printf(matrix->arena, matrix_words(matrix, "%u of %u", "列出%u项（共%u项）"),
                              count, all);
    open_list(page, title, beside, count);
    for (uint32_t i = 0; i < count; i++) {
        open_item(page, move[i].node);
        html_change(matrix, move[i].rank, move[i].earlier);
        html_printf(matrix, " (%s→%s)", matrix_half(matrix, move[i].earlier),
                    matrix_half(matrix, move[i].rank));
        close_item(page);
    }
    close_list(page, count);
}

static void ends(const struct card_page *page) {
    const struct matrix *matrix = page->matrix;
    const struct baton_matrix_some *const some[] = {&page->card->matrix.first,
                                                    &page->card->matrix.last};
    static const char *const title[][2] = {{"First in", "列第一位"}, {"Last in", "列末位"}};
    card_html_open(page, matrix_words(matrix, "First and last places", "列第一位和末位"), NULL);
    for (size_t i = 0; i < LENGTH(some); i++) {
        writer_printf(matrix->writer, "<details><summary>%s%s%u</summary>", title[i][matrix->zh],
                      matrix_words(matrix, ": ", "："), some[i]->count);
        names(page, some[i]->item, some[i]->count);
        writer_text(matrix->writer, "</details>\n");
    }
    card_html_close(page);
}

void card_html_lists(const struct card_page *page) {
    const struct matrix *matrix = page->matrix;
    const struct card *card = page->card;
    writer_text(matrix->writer, "<div class=\"three\">\n");
    placed(page, matrix_words(matrix, "Strengths", "优势指标"), &card->matrix.strengths);
    placed(page, matrix_words(matrix, "Weaknesses", "弱势指标"), &card->matrix.weaknesses);
    lost(page);
    if (card->earlier_rank != 0) {
        moved(page, matrix_words(matrix, "Rose most", "位次上升最多"), card->rose, card->rose_count,
              card->rose_all);
        moved(page, matrix_words(matrix, "Fell most", "位次下降最多"), card->fell, card->fell_count,
              card->fell_all);
    }
    ends(page);
    writer_text(matrix->writer, "</div>\n");
}
