/* League tables as a page. Each has its rows in the order of ranks; a cell of a block has its score above a bar with the mean of
 * the group, the cell of the course a line of the ranks of the year, the best one above. */
#include "report/result_html.h"
#include "report/html_parts.h"
#include "report/result_notes.h"
#include "report/words.h"
#include <math.h>

enum {
    BLOCKS_MANY = 10, /* more of them than that have no room side by side */
    COURSE_LEAST = 2  /* points that make a line */
};

struct page {
    struct matrix matrix;
    const struct card_course *course;
    struct result_counts counts;
    bool has_course; /* in some table */
    bool has_ratings, has_blocks;
};

/* A group's table. */
struct league {
    struct card_group card;
    uint32_t group;
    uint32_t *unit; /* shown: the first `shown` of `count` */
    uint32_t shown, count;
    uint32_t *block;
    uint32_t block_count;
    bool has_change, has_grade, has_course;
    uint32_t *rated; /* [ratings] a unit's, for one row */
};

/* ---- What there is to show. */

static void choose_units(const struct page *page, struct league *league) {
    const struct result_view *view = &page->matrix.view->result;
    struct result_view all = *view;
    all.top = 0;
    all.unit = BATON_NONE;
    league->unit = arena_alloc_raw(page->matrix.arena,
                                   view->scheme->group[league->group].unit_count + (size_t)1,
                                   sizeof(uint32_t));
    league->count = result_units(&all, league->group, league->unit);
    league->shown = result_units(view, league->group, league->unit);
    if (view->unit != BATON_NONE)
        league->count = league->shown;
}

static bool applies(const struct page *page, const struct league *league, uint32_t node) {
    for (uint32_t i = 0; i < league->shown; i++)
        if (baton_result_has_row(page->matrix.session, node, league->unit[i]))
            return true;
    return false;
}

/* Whether the year so far has a line for some unit. */
static bool has_course(const struct page *page, const struct league *league) {
    for (uint32_t i = 0; i < league->shown; i++) {
        uint32_t points = 0;
        for (uint32_t p = 0; p < page->course->count; p++)
            points += page->course->rank[(size_t)p * page->course->units + league->unit[i]] != 0;
        if (points >= COURSE_LEAST)
            return true;
    }
    return false;
}

static void choose_columns(const struct page *page, struct league *league) {
    const struct baton_scheme *scheme = page->matrix.scheme;
    const struct baton_node *root = &scheme->node[0];
    league->block = arena_alloc(page->matrix.arena, root->child_count, sizeof(uint32_t));
    for (uint32_t c = 0; c < root->child_count; c++)
        if (applies(page, league, root->child[c]))
            league->block[league->block_count++] = root->child[c];
    for (uint32_t i = 0; i < league->shown; i++)
        league->has_change =
            league->has_change ||
            baton_result_earlier_rank(page->matrix.session, 0, league->unit[i]) != 0;
    league->has_grade = scheme->group[league->group].grades != BATON_NONE;
    league->has_course = has_course(page, league);
    league->rated = arena_alloc(page->matrix.arena, scheme->group[league->group].ratings.count,
                                sizeof(uint32_t));
}

/* ---- Cells. */

/* Opens a cell; what it is called stands in it for narrow screens, where there is no head above it. */
static void open_cell(const struct page *page, const char *class, const char *label) {
    writer_printf(page->matrix.writer, "<td class=\"%s\"", class);
    if (label != NULL) {
        writer_text(page->matrix.writer, " data-label=\"");
        html_text(page->matrix.writer, label);
        writer_text(page->matrix.writer, "\"");
    }
    writer_text(page->matrix.writer, ">");
}

static void close_cell(const struct page *page) {
    writer_text(page->matrix.writer, "</td>\n");
}

/* The score of a node and its bar. */
static void score_cell(const struct page *page, const struct league *league, uint32_t node,
                       uint32_t unit) {
    const struct matrix *matrix = &page->matrix;
    const struct baton_matrix_node *of = &league->card.matrix.node[node];
    const double full = node == 0 ? matrix->scheme->group[league->group].total : 100;
    int decimals = 0;
    const double score = baton_result_has_row(matrix->session, node, unit)
                             ? result_published(&matrix->view->result, node, unit, &decimals)
                             : NAN;
    html_score(matrix, node, unit);
    if (isnan(score))
        return;
    svg_bar(
        matrix->writer,
        &(struct svg_bar){
            .value = score,
            .full = full,
            .mean = of->mean,
            .best = NAN,
            .label = arena_printf(
                matrix->arena,
                matrix_words(matrix, "%s: mean of the group %s, best %s", "%s：同类均值%s，最高%s"),
                matrix_node_name(matrix, node), matrix_fixed(matrix, of->mean, decimals, false),
                matrix_fixed(matrix, of->highest, decimals, false))});
}

static void ratings_cell(const struct page *page, const struct league *league, uint32_t unit) {
    const struct matrix *matrix = &page->matrix;
    const uint32_t ratings = matrix->scheme->group[league->group].ratings.count;
    for (uint32_t r = 0; r < ratings; r++)
        league->rated[r] = 0;
    for (uint32_t n = 1; n < matrix->scheme->node_count; n++) {
        if (matrix->scheme->node[n].child_count > 0 ||
            !baton_result_has_row(matrix->session, n, unit))
            continue;
        const uint32_t rating = baton_result_rating(matrix->session, n, unit);
        if (rating != BATON_NONE)
            league->rated[rating]++;
    }
    for (uint32_t r = 0; r < ratings; r++) {
        if (league->rated[r] == 0)
            continue;
        writer_printf(matrix->writer, "<span>%u", league->rated[r]);
        html_rating(matrix, league->group, r);
        writer_text(matrix->writer, "</span>");
    }
}

/* "January 3, February 1 ...": what the line shows, for whoever does not see it. */
static const char *course_words(const struct page *page, uint32_t unit) {
    const struct matrix *matrix = &page->matrix;
    struct writer *text = writer_memory(matrix->arena);
    for (uint32_t p = 0; p < page->course->count; p++) {
        const struct card_point point = card_point(&matrix->view->result, page->course, p, unit);
        if (point.rank == 0)
            continue;
        writer_printf(text, matrix_words(matrix, "%s%s: %s", "%s%s第%s位"),
                      text->used == 0 ? "" : matrix_words(matrix, ", ", "，"),
                      words_period(matrix->arena, point.period, matrix->view->language),
                      matrix_half(matrix, point.rank));
    }
    return writer_text_of(text);
}

/* The ranks of the year as a line, the first place above, and between which places it ran. */
static void course_cell(const struct page *page, const struct league *league, uint32_t unit) {
    const struct card_course *course = page->course;
    const struct matrix *matrix = &page->matrix;
    double *value = arena_alloc(matrix->arena, course->count, sizeof *value);
    uint32_t lowest = 2, best = 0, worst = 0, points = 0;
    for (uint32_t p = 0; p < course->count; p++) {
        const struct card_point point = card_point(&matrix->view->result, course, p, unit);
        value[p] = point.rank == 0 ? NAN : -(double)point.rank;
        lowest = 2 * point.of > lowest ? 2 * point.of : lowest;
        if (point.rank == 0)
            continue;
        best = points == 0 || point.rank < best ? point.rank : best;
        worst = point.rank > worst ? point.rank : worst;
        points++;
    }
    (void)league;
    if (points < COURSE_LEAST) {
        writer_text(matrix->writer, "—");
        return;
    }
    svg_line(matrix->writer, &(struct svg_line){.count = course->count,
                                                .value = value,
                                                .lowest = -(double)lowest,
                                                .highest = -2,
                                                .width = 104,
                                                .height = 26,
                                                .label = course_words(page, unit)});
    writer_printf(matrix->writer, " <small class=\"dim\">%s", matrix_half(matrix, best));
    if (best != worst)
        writer_printf(matrix->writer, "–%s", matrix_half(matrix, worst));
    writer_text(matrix->writer, "</small>");
}

static void row(const struct page *page, const struct league *league, uint32_t unit) {
    const struct matrix *matrix = &page->matrix;
    struct writer *writer = matrix->writer;
    const struct arena_mark mark = arena_mark(matrix->arena);
    const uint32_t rank = matrix->result->rank[unit];
    writer_text(writer, "<tr>\n");
    open_cell(page, "rank", NULL);
    html_text(writer, matrix_half(matrix, rank));
    close_cell(page);
    if (league->has_change) {
        open_cell(page, "change", NULL);
        html_change(matrix, rank, baton_result_earlier_rank(matrix->session, 0, unit));
        close_cell(page);
    }
    writer_text(writer, "<th scope=\"row\">");
    html_text(writer, matrix_unit_name(matrix, unit));
    writer_text(writer, "</th>\n");
    open_cell(page, "total n", NULL);
    score_cell(page, league, 0, unit);
    close_cell(page);
    if (league->has_grade) {
        const struct baton_grade *grade = result_grade(&matrix->view->result, unit);
        open_cell(page, "grade", NULL);
        html_text(writer, grade == NULL
                              ? "—"
                              : baton_text_in(&grade->title, matrix->view->language, grade->id));
        close_cell(page);
    }
    for (uint32_t b = 0; b < league->block_count; b++) {
        open_cell(page, "block", matrix_node_name(matrix, league->block[b]));
        score_cell(page, league, league->block[b], unit);
        close_cell(page);
    }
    if (matrix->scheme->group[league->group].ratings.count > 0) {
        open_cell(page, "ratings", NULL);
        ratings_cell(page, league, unit);
        close_cell(page);
    }
    if (league->has_course) {
        open_cell(page, "course", NULL);
        course_cell(page, league, unit);
        close_cell(page);
    }
    writer_text(writer, "</tr>\n");
    arena_reset_to(matrix->arena, mark);
}

/* ---- A group. */

static void head_cell(const struct page *page, const char *class, const char *text) {
    writer_printf(page->matrix.writer, "<th scope=\"col\" class=\"%s\">", class);
    html_text(page->matrix.writer, text);
    writer_text(page->matrix.writer, "</th>");
}

static void head(const struct page *page, const struct league *league) {
    const struct matrix *matrix = &page->matrix;
    writer_text(matrix->writer, "<thead><tr>");
    head_cell(page, "rank", matrix_words(matrix, "Rank", "位次"));
    if (league->has_change)
        head_cell(page, "change", matrix_words(matrix, "Change", "升降"));
    head_cell(page, "unit", matrix_words(matrix, "Unit", "单位"));
    head_cell(page, "total n", matrix_words(matrix, "Total", "总分"));
    if (league->has_grade)
        head_cell(page, "grade", matrix_words(matrix, "Grade", "等次"));
    for (uint32_t b = 0; b < league->block_count; b++)
        head_cell(page, "block", matrix_node_name(matrix, league->block[b]));
    if (matrix->scheme->group[league->group].ratings.count > 0)
        head_cell(page, "ratings", matrix_words(matrix, "Ratings", "评价"));
    if (league->has_course)
        head_cell(page, "course", matrix_words(matrix, "Places of the year", "全年位次"));
    writer_text(matrix->writer, "</tr></thead>\n");
}

static void caption(const struct page *page, const struct league *league) {
    const struct matrix *matrix = &page->matrix;
    const uint32_t size = league->card.matrix.unit_count;
    const char *count = matrix->zh
                            ? arena_printf(matrix->arena, "%u个", size)
                            : arena_printf(matrix->arena, "%u unit%s", size, size == 1 ? "" : "s");
    if (matrix->view->result.unit != BATON_NONE && size > 1)
        count = arena_printf(matrix->arena, matrix_words(matrix, "one of %s", "%s之一"), count);
    else if (league->shown < size)
        count = arena_printf(matrix->arena, matrix_words(matrix, "%s, the first %u", "%s，前%u名"),
                             count, league->shown);
    writer_text(matrix->writer, "<caption>");
    html_text(matrix->writer, matrix_group_name(matrix, league->group));
    writer_text(matrix->writer, "<small>");
    html_text(matrix->writer, count);
    writer_text(matrix->writer, "</small></caption>\n");
}

static void notes(struct page *page, const struct league *league) {
    static const char *const class[] = {"plain", "odd", "grave"};
    const struct matrix *matrix = &page->matrix;
    struct result_note note[RESULT_NOTES_MOST];
    const uint32_t count =
        result_notes_of(matrix->arena, &matrix->view->result, matrix->view->language, league->unit,
                        league->count, league->shown, note, &page->counts);
    for (uint32_t i = 0; i < count; i++) {
        writer_printf(matrix->writer, "%s<li class=\"%s\"><b>",
                      i == 0 ? "<ul class=\"notes\">\n" : "", class[note[i].weight]);
        html_text(matrix->writer, note[i].heading);
        writer_printf(matrix->writer, "</b>%s", matrix_words(matrix, ": ", "："));
        html_text(matrix->writer, note[i].text);
        writer_text(matrix->writer, "</li>\n");
    }
    writer_text(matrix->writer, count > 0 ? "</ul>\n" : "");
}

static baton_code group(struct page *page, uint32_t g) {
    const struct matrix *matrix = &page->matrix;
    struct league league = {.group = g};
    TRY(card_group(matrix->arena, &matrix->view->result, page->course, g, &league.card));
    choose_units(page, &league);
    choose_columns(page, &league);
    page->has_course = page->has_course || league.has_course;
    page->has_ratings = page->has_ratings || matrix->scheme->group[g].ratings.count > 0;
    page->has_blocks = page->has_blocks || league.block_count > 0;
    writer_printf(matrix->writer,
                  "<section class=\"group\" id=\"group%u\">\n<table class=\"league%s\">\n", g,
                  league.block_count > BLOCKS_MANY ? " many" : "");
    caption(page, &league);
    head(page, &league);
    writer_text(matrix->writer, "<tbody>\n");
    for (uint32_t i = 0; i < league.shown && matrix->writer->error == 0; i++)
        row(page, &league, league.unit[i]);
    writer_text(matrix->writer, "</tbody>\n</table>\n");
    notes(page, &league);
    writer_text(matrix->writer, "</section>\n");
    return BATON_OK;
}

/* ---- Everything else. */

static bool award_is_shown(const struct matrix *matrix, const struct baton_award_row *award) {
    return result_has_group(&matrix->view->result, award->group) &&
           matrix_has_unit(matrix, award->unit);
}

static void award_row(const struct matrix *matrix, const struct baton_award_row *of) {
    const struct baton_award *award = &matrix->scheme->award[of->award];
    struct writer *writer = matrix->writer;
    writer_text(writer, "<tr><th scope=\"row\">");
    html_text(writer, baton_text_in(&award->title, matrix->view->language, award->id));
    writer_text(writer, "</th><td>");
    html_text(writer, matrix_group_name(matrix, of->group));
    writer_printf(writer, "</td><td class=\"n\">%u</td><td>", of->place);
    html_text(writer, matrix_unit_name(matrix, of->unit));
    writer_text(writer, "</td><td class=\"n\">");
    html_number(matrix, of->by, matrix->scheme->decimals);
    writer_text(writer, "</td></tr>\n");
}

static void awards(const struct page *page, bool only_awards) {
    const struct matrix *matrix = &page->matrix;
    uint32_t count, shown = 0;
    const struct baton_award_row *award = baton_result_awards(matrix->session, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (!award_is_shown(matrix, &award[i]))
            continue;
        if (shown++ == 0)
            writer_text(matrix->writer,
                        matrix_words(
                            matrix,
                            "<table class=\"awards\">\n<caption>Awards</caption>\n<thead><tr><th "
                            "scope=\"col\">Award</th><th scope=\"col\">Group</th><th scope=\"col\" "
                            "class=\"n\">Place</th><th scope=\"col\">Unit</th><th scope=\"col\" "
                            "class=\"n\">By</th></tr></thead>\n<tbody>\n",
                            "<table class=\"awards\">\n<caption>奖项</caption>\n<thead><tr><th "
                            "scope=\"col\">奖项</th><th scope=\"col\">类别</th><th scope=\"col\" "
                            "class=\"n\">名次</th><th scope=\"col\">单位</th><th scope=\"col\" "
                            "class=\"n\">依据数值</th></tr></thead>\n<tbody>\n"));
        award_row(matrix, &award[i]);
    }
    if (shown > 0)
        writer_text(matrix->writer, "</tbody>\n</table>\n");
    else if (only_awards)
        writer_text(matrix->writer,
                    matrix_words(matrix, "<p>No awards.</p>\n", "<p>没有奖项。</p>\n"));
}

/* Links to the groups, where there are several. */
static void contents(const struct matrix *matrix) {
    uint32_t shown = 0;
    for (uint32_t g = 0; g < matrix->scheme->group_count; g++)
        shown += result_has_group(&matrix->view->result, g);
    if (shown < 2)
        return;
    writer_text(matrix->writer, "<nav><ul>\n");
    for (uint32_t g = 0; g < matrix->scheme->group_count; g++) {
        if (!result_has_group(&matrix->view->result, g))
            continue;
        writer_printf(matrix->writer, "<li><a href=\"#group%u\">", g);
        html_text(matrix->writer, matrix_group_name(matrix, g));
        writer_text(matrix->writer, "</a></li>\n");
    }
    writer_text(matrix->writer, "</ul></nav>\n");
}

/* What drawings mean. Ratings of groups that share a list are told once. */
static void legend(const struct page *page) {
    const struct matrix *matrix = &page->matrix;
    writer_text(matrix->writer, "<p class=\"legend\">");
    for (uint32_t g = 0; g < matrix->scheme->group_count && page->has_ratings; g++) {
        bool is_told = !result_has_group(&matrix->view->result, g);
        for (uint32_t i = 0; i < g; i++)
            is_told = is_told || (result_has_group(&matrix->view->result, i) &&
                                  matrix->scheme->group[i].ratings.item ==
                                      matrix->scheme->group[g].ratings.item);
        if (!is_told)
            html_rating_legend(matrix, g);
    }
    writer_text(matrix->writer, page->has_ratings
                                    ? matrix_words(matrix, "(number of indicators) ", "（指标数）")
                                    : "");
    writer_text(
        matrix->writer,
        "<span><svg class=\"key\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" "
        "aria-hidden=\"true\"><rect class=\"rail\" y=\"2\" width=\"100\" height=\"4\"/><rect "
        "class=\"fill\" y=\"2\" width=\"70\" height=\"4\"/><line class=\"tick\" x1=\"55\" "
        "x2=\"55\" y1=\"0\" y2=\"8\"/></svg>");
    writer_text(matrix->writer,
                matrix_words(matrix, "bar: score of the full scale; line: mean of the group</span>",
                             "横条为得分占满分的比例，竖线为同类均值</span>"));
    writer_text(matrix->writer,
                page->has_course
                    ? matrix_words(matrix,
                                   "<span>places of the year: the first above, the best and the "
                                   "worst beside</span>",
                                   "<span>全年位次：越高位次越前，旁注最好至最差位次</span>")
                    : "");
    writer_text(matrix->writer, "</p>\n");
}

baton_code result_html(struct baton_arena *arena, const struct result_view *view,
                       const struct card_course *course, enum baton_language language,
                       bool only_awards, struct writer *writer) {
    const struct matrix_view how = {.result = *view, .language = language};
    struct page page = {.matrix = matrix_begin(arena, &how, writer), .course = course};
    html_result_begin(&page.matrix, true, NULL);
    if (!only_awards)
        contents(&page.matrix);
    writer_text(writer, "</header>\n");
    for (uint32_t g = 0; g < view->scheme->group_count && !only_awards; g++)
        if (result_has_group(view, g))
            TRY(group(&page, g));
    awards(&page, only_awards);
    if (!only_awards) {
        legend(&page);
        writer_text(writer, "<p class=\"legend\">");
        html_text(writer, result_closing(arena, view, language, &page.counts));
        writer_text(writer, "</p>\n");
    }
    html_end(writer);
    return BATON_OK;
}
