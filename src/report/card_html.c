/* The page of report cards: contents, and of each card its head; the parts below it are in card_html_parts.c and
 * card_html_rows.c. */
#include "report/card_html.h"
#include "report/card_html_parts.h"
#include "report/words.h"
#include <math.h>

/* ---- The head of a card: a few figures side by side, the first two large. */

static void open_figure(const struct card_page *page, const char *class, const char *title) {
    writer_printf(page->matrix->writer, "<div%s><dt>", class);
    html_text(page->matrix->writer, title);
    writer_text(page->matrix->writer, "</dt><dd>");
}

static void close_figure(const struct card_page *page) {
    writer_text(page->matrix->writer, "</dd></div>\n");
}

static void figure(const struct card_page *page, const char *title, const char *text) {
    open_figure(page, "", title);
    html_text(page->matrix->writer, text);
    close_figure(page);
}

static void small(const struct card_page *page, const char *text) {
    writer_text(page->matrix->writer, " <small>");
    html_text(page->matrix->writer, text);
    writer_text(page->matrix->writer, "</small>");
}

static void rank_figure(const struct card_page *page) {
    const struct matrix *matrix = page->matrix;
    const struct card *card = page->card;
    open_figure(page, " class=\"first\"", matrix_words(matrix, "Rank", "位次"));
    if (card->rank == 0) {
        html_text(matrix->writer, matrix_words(matrix, "no rank", "不参加排名"));
    } else {
        html_printf(matrix, matrix_words(matrix, "%s", "第%s位"), matrix_half(matrix, card->rank));
        small(page, arena_printf(matrix->arena, matrix_words(matrix, "of %u", "共%u个"), card->of));
        if (card->level > 0)
            small(page, matrix_words(matrix, "shared", "并列"));
        if (card->earlier_rank != 0) {
            writer_text(matrix->writer, " <small>");
            html_change(matrix, card->rank, card->earlier_rank);
            writer_text(matrix->writer, "</small>");
        }
    }
    close_figure(page);
}

static void earlier_figure(const struct card_page *page) {
    const struct matrix *matrix = page->matrix;
    const struct card *card = page->card;
    if (card->earlier_rank == 0)
        return;
    open_figure(page, "", words_period(matrix->arena, card->compared, matrix->view->language));
    html_number(matrix, card->earlier_total, card->decimals);
    small(page, arena_printf(matrix->arena, matrix_words(matrix, "rank %s", "第%s位"),
                             matrix_half(matrix, card->earlier_rank)));
    close_figure(page);
}

static void head(const struct card_page *page) {
    const struct matrix *matrix = page->matrix;
    const struct card *card = page->card;
    writer_text(matrix->writer, "<h2>");
    html_text(matrix->writer, matrix_unit_name(matrix, card->unit));
    writer_text(matrix->writer, "<small>");
    html_text(matrix->writer, matrix_group_name(matrix, card->group));
    writer_text(matrix->writer, "</small></h2>\n<dl class=\"figures\">\n");
    open_figure(page, " class=\"first\"", matrix_words(matrix, "Total", "总分"));
    html_number(matrix, card->total, card->decimals);
    small(page, arena_printf(matrix->arena, matrix_words(matrix, "of %s", "满分%s"),
                             matrix_fixed(matrix, card->full, 0, false)));
    close_figure(page);
    rank_figure(page);
    if (card->grade != NULL)
        figure(page, matrix_words(matrix, "Grade", "等次"),
               baton_text_in(&card->grade->title, matrix->view->language, card->grade->id));
    earlier_figure(page);
    if (!isnan(card->to_above))
        figure(page, matrix_words(matrix, "Behind the next above", "距上一位"),
               matrix_fixed(matrix, card->to_above, card->decimals, false));
    if (!isnan(card->to_below))
        figure(page, matrix_words(matrix, "Ahead of the next below", "领先下一位"),
               matrix_fixed(matrix, card->to_below, card->decimals, false));
    if (!isnan(card->matrix.lost))
        figure(page, matrix_words(matrix, "Points lost", "失分"),
               matrix_fixed(matrix, card->matrix.lost, card->decimals, false));
    if (!isnan(card->matrix.adjust) && card->matrix.adjust != 0)
        figure(page, matrix_words(matrix, "Adjustments", "加减分"),
               matrix_fixed(matrix, card->matrix.adjust, card->decimals, true));
    writer_text(matrix->writer, "</dl>\n");
    if (card->is_vetoed)
        writer_printf(matrix->writer,
                      "<p class=\"notes\"><span class=\"grave\"><b>%s</b></span></p>\n",
                      matrix_words(matrix, "Under a veto or a gate.", "受一票否决或门槛约束。"));
}

static void write_card(const struct card_page *page, bool alone) {
    struct writer *writer = page->matrix->writer;
    writer_printf(writer, "<article class=\"card%s\" id=\"unit%u\">\n", alone ? " alone" : "",
                  page->card->unit);
    head(page);
    writer_text(writer, "<div class=\"pair\">\n");
    card_html_blocks(page);
    card_html_ratings(page);
    writer_text(writer, "</div>\n");
    card_html_course(page);
    card_html_lists(page);
    card_html_indicators(page);
    writer_text(writer, "</article>\n");
}

/* ---- The page. */

/* Links to the cards of a group, with place and total. */
static baton_code contents_of(const struct matrix *matrix, uint32_t g) {
    struct baton_matrix_group group;
    TRY(baton_matrix_group(matrix->arena, matrix->session, g, &group));
    writer_text(matrix->writer, "<h2>");
    html_text(matrix->writer, matrix_group_name(matrix, g));
    writer_text(matrix->writer, "</h2>\n<ul>\n");
    for (uint32_t i = 0; i < group.unit_count; i++) {
        const uint32_t unit = group.unit[i];
        int decimals;
        const double total = result_published(&matrix->view->result, 0, unit, &decimals);
        writer_printf(matrix->writer, "<li>%s <a href=\"#unit%u\">",
                      matrix_half(matrix, matrix->result->rank[unit]), unit);
        html_text(matrix->writer, matrix_unit_name(matrix, unit));
        writer_text(matrix->writer, "</a> ");
        html_number(matrix, total, decimals);
        writer_text(matrix->writer, "</li>\n");
    }
    writer_text(matrix->writer, "</ul>\n");
    return BATON_OK;
}

static baton_code cards_of(const struct matrix *matrix, const struct card_course *course,
                           uint32_t g) {
    struct card_group group;
    const bool alone = matrix->view->result.unit != BATON_NONE;
    TRY(card_group(matrix->arena, &matrix->view->result, course, g, &group));
    for (uint32_t i = 0; i < group.matrix.unit_count && matrix->writer->error == 0; i++) {
        const struct arena_mark mark = arena_mark(matrix->arena);
        struct card card;
        if (!matrix_has_unit(matrix, group.matrix.unit[i]))
            continue;
        TRY(card_of(matrix->arena, &group, i, matrix->view->top, &card));
        write_card(&(struct card_page){matrix, &group, &card}, alone);
        arena_reset_to(matrix->arena, mark);
    }
    return BATON_OK;
}

static void foot(const struct matrix *matrix) {
    writer_text(matrix->writer, "<p class=\"legend\">");
    for (uint32_t g = 0; g < matrix->scheme->group_count; g++)
        if (result_has_group(&matrix->view->result, g)) {
            html_rating_legend(matrix, g);
            break;
        }
    writer_text(
        matrix->writer,
        matrix_words(
            matrix,
            "Bars: thin line, mean of the group; thick line, best of it. Strengths (weaknesses) "
            "are indicators in the upper (lower) half of the group, the best (worst) place first.",
            "横条上细线为同类均值，粗线为同类最高。优势（弱势）指标为在同类中位次居前（居后）的指"
            "标，从最前（最后）列起。"));
    writer_text(matrix->writer, "</p>\n");
}

baton_code card_html(struct baton_arena *arena, const struct matrix_view *view,
                     const struct card_course *course, struct writer *writer) {
    const struct matrix matrix = matrix_begin(arena, view, writer);
    const uint32_t unit = view->result.unit;
    html_result_begin(&matrix, false, matrix_words(&matrix, "report cards", "成绩单"));
    writer_text(writer, "</header>\n<div class=\"cards\">\n");
    if (unit == BATON_NONE) {
        writer_text(writer, "<nav>\n");
        TRY(matrix_each_group(&matrix, contents_of));
        writer_text(writer, "</nav>\n");
    } else if (!baton_result_has_row(matrix.session, 0, unit)) {
        writer_text(writer, "<p>");
        html_printf(&matrix,
                    matrix_words(&matrix, "%s takes no part in this period.", "%s不参加本期考核。"),
                    matrix_unit_name(&matrix, unit));
        writer_text(writer, "</p>\n");
    }
    for (uint32_t g = 0; g < view->result.scheme->group_count; g++) {
        const struct arena_mark mark = arena_mark(arena);
        if (result_has_group(&view->result, g))
            TRY(cards_of(&matrix, course, g));
        arena_reset_to(arena, mark);
    }
    foot(&matrix);
    writer_text(writer, "</div>\n");
    html_end(writer);
    return BATON_OK;
}
