/* Tables of a report card as HTML: the course of the year under its line, and every indicator. */
#include "report/card_html_parts.h"
#include "report/words.h"
#include <math.h>

enum {
    COURSE_SHOWN = 13, /* columns for which a page of paper has room */
    /* whatever the count, so that four quarters are as high as twelve months */
    LINE_WIDTH = 720,
    LINE_HEIGHT = 96
};

/* ---- The course of the year. */

/* 1月 in a year that is told elsewhere: the shortest that tells periods of a kind apart. */
static const char *short_period(const struct matrix *matrix, struct baton_period p) {
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    switch ((enum baton_period_kind)p.kind) {
    case BATON_MONTH:
        return matrix->zh ? arena_printf(matrix->arena, "%d月", p.index) : months[p.index - 1];
    case BATON_QUARTER:
        return arena_printf(matrix->arena, matrix_words(matrix, "Q%d", "%d季度"), p.index);
    case BATON_HALF:
        return matrix->zh ? (p.index == 1 ? "上半年" : "下半年")
                          : arena_printf(matrix->arena, "H%d", p.index);
    case BATON_WEEK:
        return arena_printf(matrix->arena, matrix_words(matrix, "W%d", "%d周"), p.index);
    default: {
        char name[BATON_PERIOD_NAME_SIZE];
        return arena_text(matrix->arena, name, baton_period_format(p, name));
    }
    }
}

/* Between which totals the line runs: those of the unit and of the group's mean, the whole numbers around them. */
static void span_of(const double *own, const double *mean, uint32_t count, double *lowest,
                    double *highest) {
    *lowest = INFINITY;
    *highest = -INFINITY;
    for (uint32_t i = 0; i < count; i++) {
        const double of[] = {own[i], mean[i]};
        for (size_t k = 0; k < LENGTH(of); k++) {
            *lowest = of[k] < *lowest ? floor(of[k]) : *lowest;
            *highest = of[k] > *highest ? ceil(of[k]) : *highest;
        }
    }
}

enum course_line { LINE_TOTAL, LINE_MEAN, LINE_RANK, LINE_GRADE };

static void course_row(const struct card_page *page, const struct card_point *point,
                       const double *mean, uint32_t count, enum course_line what) {
    static const char *const title[][2] = {
        {"Total", "总分"}, {"Mean", "同类均值"}, {"Rank", "位次"}, {"Grade", "等次"}};
    const struct matrix *matrix = page->matrix;
    writer_printf(matrix->writer, "<tr><th scope=\"row\">%s</th>", title[what][matrix->zh]);
    for (uint32_t i = 0; i < count; i++) {
        writer_text(matrix->writer,
                    what == LINE_TOTAL ? "<td class=\"n strong\">" : "<td class=\"n\">");
        if (what == LINE_TOTAL)
            html_number(matrix, point[i].total, page->card->decimals);
        else if (what == LINE_MEAN)
            html_number(matrix, mean[i], page->card->decimals);
        else if (what == LINE_RANK)
            html_text(matrix->writer, matrix_half(matrix, point[i].rank));
        else
            html_text(matrix->writer, point[i].grade == NULL ? "—"
                                                             : baton_text_in(&point[i].grade->title,
                                                                             matrix->view->language,
                                                                             point[i].grade->id));
        writer_text(matrix->writer, "</td>");
    }
    writer_text(matrix->writer, "</tr>\n");
}

void card_html_course(const struct card_page *page) {
    const struct matrix *matrix = page->matrix;
    const struct card *card = page->card;
    const uint32_t count = card->course_count < COURSE_SHOWN ? card->course_count : COURSE_SHOWN;
    const struct card_point *point = card->course + (card->course_count - count);
    const double *mean = card->course_mean + (card->course_count - count);
    double *own = arena_alloc(matrix->arena, count, sizeof *own);
    struct svg_line line = {.count = count,
                            .value = own,
                            .other = mean,
                            .width = LINE_WIDTH,
                            .height = LINE_HEIGHT,
                            .large = true};
    uint32_t points = 0;
    bool has_grade = false;
    for (uint32_t i = 0; i < count; i++) {
        own[i] = point[i].total;
        points += !isnan(own[i]);
        has_grade = has_grade || point[i].grade != NULL;
    }
    if (points < 2)
        return;
    span_of(own, mean, count, &line.lowest, &line.highest);
    line.label = matrix_words(matrix, "Totals of the year, as in the table below",
                              "全年总分走势，数值见下表");
    card_html_open(page, matrix_words(matrix, "Course of the year", "全年走势"),
                   matrix_words(matrix, "dashed: mean of the group", "虚线为同类均值"));
    writer_printf(matrix->writer,
                  "<div class=\"wide\">\n<table class=\"course-table\" style=\"--points: %u\">\n"
                  "<thead><tr><td></td>",
                  count);
    for (uint32_t i = 0; i < count; i++) {
        writer_text(matrix->writer, "<th scope=\"col\">");
        html_text(matrix->writer, short_period(matrix, point[i].period));
        writer_text(matrix->writer, "</th>");
    }
    writer_printf(matrix->writer,
                  "</tr></thead>\n<tbody>\n<tr><td></td><td class=\"drawing\" colspan=\"%u\">",
                  count);
    svg_line(matrix->writer, &line);
    writer_text(matrix->writer, "</td></tr>\n");
    course_row(page, point, mean, count, LINE_TOTAL);
    course_row(page, point, mean, count, LINE_MEAN);
    course_row(page, point, mean, count, LINE_RANK);
    if (has_grade)
        course_row(page, point, mean, count, LINE_GRADE);
    writer_text(matrix->writer, "</tbody>\n</table>\n</div>\n");
    card_html_close(page);
}

/* ---- Indicators. */

enum { FIGURE_DIGITS = 6 };

/* Whole digits in threes. */
static void grouped(struct writer *writer, const char *text) {
    const size_t whole = strspn(text + (*text == '-'), "0123456789");
    if (*text == '-')
        writer_char(writer, *text++);
    for (size_t i = 0; i < whole; i++) {
        writer_char(writer, text[i]);
        if ((whole - i - 1) % 3 == 0 && i + 1 < whole)
            writer_char(writer, ',');
    }
    writer_text(writer, text + whole);
}

/* A figure at six significant digits, whole digits never cut; exact in the element's value. */
static void number(const struct matrix *matrix, double figure) {
    char exact[BATON_NUMBER_SHORTEST_SIZE], text[BATON_NUMBER_FIXED_SIZE];
    int decimals = FIGURE_DIGITS - 1;
    for (double above = 10; decimals > 0 && fabs(figure) >= above; above *= 10)
        decimals--;
    baton_number_shortest(figure, exact);
    size_t size = baton_number_fixed(figure, decimals, text);
    while (decimals > 0 && size > 0 && text[size - 1] == '0')
        size--;
    if (decimals > 0 && size > 0 && text[size - 1] == '.')
        size--;
    text[size] = '\0';
    writer_printf(matrix->writer, "<data value=\"%s\">", exact);
    if (strpbrk(text, "ein") != NULL)
        writer_text(matrix->writer, text);
    else
        grouped(matrix->writer, text);
    writer_text(matrix->writer, "</data>");
}

static void figure_cell(const struct card_page *page, uint32_t node) {
    const struct matrix *matrix = page->matrix;
    const struct baton_node *of = &matrix->scheme->node[node];
    writer_text(matrix->writer, "<td class=\"n\">");
    if (of->child_count == 0) {
        const double figure = baton_result_value(matrix->session, node, page->card->unit);
        if (isnan(figure))
            html_text(matrix->writer,
                      words_absent(result_notes(&matrix->view->result, node, page->card->unit),
                                   matrix->view->language));
        else if (matrix->scheme->element[of->element].is_code)
            html_text(matrix->writer, matrix->scheme->code[(uint32_t)figure]);
        else
            number(matrix, figure);
    }
    writer_text(matrix->writer, "</td>");
}

static void indicator_row(const struct card_page *page, uint32_t node) {
    const struct matrix *matrix = page->matrix;
    const struct baton_node *of = &matrix->scheme->node[node];
    const struct baton_matrix_cell *cell = &page->card->matrix.cell[node];
    const int points = matrix_points_decimals(matrix, node, page->card->group);
    struct writer *writer = matrix->writer;
    writer_printf(writer, "<tr class=\"d%u%s\"><th scope=\"row\">", of->level < 4 ? of->level : 4,
                  of->child_count > 0 ? " inner" : "");
    html_text(writer, matrix_node_name(matrix, node));
    if (of->measure != NULL && of->child_count == 0) {
        writer_text(writer, " <span class=\"measure\">");
        html_text(writer, of->measure);
        writer_text(writer, "</span>");
    }
    writer_text(writer, "</th>");
    figure_cell(page, node);
    writer_text(writer, "<td class=\"n\">");
    html_score(matrix, node, page->card->unit);
    writer_text(writer, "</td><td>");
    if (cell->rating != BATON_NONE)
        html_rating(matrix, page->card->group, cell->rating);
    writer_text(writer, "</td><td class=\"n\">");
    card_html_place(page, cell);
    writer_text(writer, "</td><td class=\"n\">");
    html_number(matrix, cell->points, points);
    writer_text(writer, "</td><td class=\"n\">");
    html_number(matrix, cell->weight, points);
    writer_text(writer, "</td><td class=\"n optional\">");
    html_number(matrix, cell->lost, points);
    writer_text(writer, "</td></tr>\n");
}

void card_html_indicators(const struct card_page *page) {
    static const char *const title[][2] = {
        {"Indicator", "指标"}, {"Figure", "数值"}, {"Score", "得分"},  {"Rating", "评价"},
        {"Rank", "位次"},      {"Points", "分值"}, {"Weight", "权重"}, {"Lost", "失分"}};
    static const char *const class[] = {"", "n", "n", "", "n", "n", "n", "n optional"};
    const struct matrix *matrix = page->matrix;
    card_html_open(page, matrix_words(matrix, "All indicators", "各项指标"), NULL);
    writer_text(matrix->writer, "<table class=\"indicators\">\n<thead><tr>");
    for (size_t c = 0; c < LENGTH(title); c++)
        writer_printf(matrix->writer, "<th scope=\"col\" class=\"%s\">%s</th>", class[c],
                      title[c][matrix->zh]);
    writer_text(matrix->writer, "</tr></thead>\n<tbody>\n");
    for (uint32_t n = 1; n < matrix->scheme->node_count; n++)
        if (page->card->matrix.cell[n].has_row && matrix_is_shown(matrix, n))
            indicator_row(page, n);
    writer_text(matrix->writer, "</tbody>\n</table>\n");
    card_html_close(page);
}
