/* Each unit in words, as a report card: place, ratings counted, first and last places, strengths and weaknesses, points
 * lost. Of a single unit all its numbers follow, an indicator a line. */
#include "report/grid.h"
#include "report/matrix_parts.h"
#include "report/words.h"
#include <ctype.h>
#include <math.h>

/* A list of names that is being made: "A, B (2/7)". */
struct list {
    const struct matrix *matrix;
    struct writer *text;
    uint32_t count;
};

static struct list list_of(const struct matrix *matrix) {
    return (struct list){matrix, writer_memory(matrix->arena), 0};
}

static void list_add(struct list *list, const char *name) {
    writer_printf(list->text, "%s%s",
                  list->count++ > 0 ? matrix_words(list->matrix, ", ", "、") : "", name);
}

/* A line of the card: its label, then a paragraph beside it. */
static void say(const struct matrix *matrix, const char *label, const char *text) {
    const size_t width = matrix->zh ? 12 : 15;
    writer_text(matrix->writer, "  ");
    paint_begin(matrix->writer, matrix->view->colour, PAINT_DIM);
    layout_pad(matrix->writer, label, width - 2, ALIGN_LEFT);
    paint_end(matrix->writer, matrix->view->colour, PAINT_DIM);
    layout_wrap(matrix->writer, text, width, width, matrix->view->width);
}

/* "33 of 39 common indicators good or fairly good, 4 of 4 individual ones." */
static void rating_sentence(const struct matrix *matrix, struct writer *text,
                            const struct baton_matrix_count *count, const char *kind,
                            const char *titles) {
    const bool is_first = text->used == 0;
    if (count->leaves == 0)
        return;
    const uint32_t without = count->leaves - count->rated;
    if (matrix->zh) {
        writer_printf(text, "%s%u项%s指标", is_first ? "" : "、", count->rated, kind);
        if (without > 0)
            writer_printf(text, "（另有%u项没有得分）", without);
        writer_printf(text, "中%u项", count->upper);
        return;
    }
    if (is_first)
        writer_printf(text, "%u of %u %s indicator%s %s", count->upper, count->rated, kind,
                      count->rated == 1 ? "" : "s", titles);
    else
        writer_printf(text, ", %u of %u %s one%s", count->upper, count->rated, kind,
                      count->rated == 1 ? "" : "s");
    if (without > 0)
        writer_printf(text, " (%u more without a score)", without);
}

/* A title inside of a sentence. */
static const char *inside(const struct matrix *matrix, const char *title) {
    if (matrix->zh || !isupper((unsigned char)title[0]) || !islower((unsigned char)title[1]))
        return title;
    char *small = arena_text(matrix->arena, title, strlen(title));
    small[0] = (char)tolower((unsigned char)small[0]);
    return small;
}

/* "good or fairly good": the titles of the upper ratings. */
static const char *upper_titles(const struct matrix *matrix, uint32_t group) {
    struct writer *text = writer_memory(matrix->arena);
    const uint32_t upper = baton_matrix_upper(matrix->scheme->group[group].ratings.count);
    for (uint32_t r = 0; r < upper; r++)
        writer_printf(text, "%s%s", r > 0 ? matrix_words(matrix, " or ", "或") : "",
                      inside(matrix, matrix_rating_name(matrix, group, r)));
    return writer_text_of(text);
}

/* "25 good, 12 fairly good" */
static const char *each_rating(const struct matrix *matrix, const struct baton_matrix_count *count,
                               uint32_t group) {
    struct list list = list_of(matrix);
    for (uint32_t r = 0; r < matrix->scheme->group[group].ratings.count; r++) {
        const char *title = inside(matrix, matrix_rating_name(matrix, group, r));
        if (count->by[r] > 0)
            list_add(&list, matrix->zh ? arena_printf(matrix->arena, "%s%u项", title, count->by[r])
                                       : arena_printf(matrix->arena, "%u %s", count->by[r], title));
    }
    return writer_text_of(list.text);
}

static void say_ratings(const struct matrix *matrix, const struct baton_matrix_unit *unit,
                        uint32_t group) {
    struct writer *text = writer_memory(matrix->arena);
    if (matrix->scheme->group[group].ratings.count == 0 || unit->all.leaves == 0)
        return;
    const char *titles = upper_titles(matrix, group);
    rating_sentence(matrix, text, &unit->kind[BATON_COMMON], matrix_words(matrix, "common", "共性"),
                    titles);
    rating_sentence(matrix, text, &unit->kind[BATON_INDIVIDUAL],
                    matrix_words(matrix, "individual", "个性"), titles);
    if (matrix->zh)
        writer_printf(text, "评价为%s", titles);
    if (unit->all.rated > 0)
        writer_printf(text, matrix_words(matrix, "; in all %s", "；合计%s"),
                      each_rating(matrix, &unit->all, group));
    writer_text(text, matrix_words(matrix, ".", "。"));
    say(matrix, matrix_words(matrix, "Ratings", "评价"), writer_text_of(text));
}

/* "3/7"; "=3/7" where others share the rank. */
static const char *place_of(const struct matrix *matrix, const struct baton_matrix_cell *cell) {
    return arena_printf(matrix->arena, "%s%s/%u",
                        cell->level > 0 ? matrix_words(matrix, "=", "并列") : "",
                        matrix_half(matrix, cell->rank), cell->of);
}

static void say_nodes(const struct matrix *matrix, const char *label,
                      const struct baton_matrix_unit *unit, const struct baton_matrix_some *some,
                      bool with_ranks) {
    struct list list = list_of(matrix);
    for (uint32_t i = 0; i < some->count; i++) {
        const struct baton_matrix_cell *cell = &unit->cell[some->item[i]];
        const char *name = matrix_node_name(matrix, some->item[i]);
        list_add(&list, with_ranks ? arena_printf(matrix->arena,
                                                  matrix_words(matrix, "%s (%s)", "%s（%s）"), name,
                                                  place_of(matrix, cell))
                                   : name);
    }
    const char *names = writer_text_of(list.text);
    if (some->count == 0)
        names = matrix_words(matrix, "none", "无");
    else if (!with_ranks)
        names = arena_printf(matrix->arena, matrix_words(matrix, "%u: %s", "%u项：%s"), some->count,
                             names);
    say(matrix, label, names);
}

/* Points lost, what adjustments added, and whether a veto holds. */
static void say_lost(const struct matrix *matrix, const struct baton_matrix_unit *unit,
                     uint32_t group) {
    struct list list = list_of(matrix);
    const int decimals = baton_result_decimals(matrix->session, 0, group);
    for (uint32_t i = 0; i < unit->most_lost.count; i++) {
        const uint32_t node = unit->most_lost.item[i];
        const int own = matrix_points_decimals(matrix, node, group);
        list_add(&list, arena_printf(matrix->arena, matrix_words(matrix, "%s %s", "%s%s"),
                                     matrix_node_name(matrix, node),
                                     matrix_fixed(matrix, unit->cell[node].lost, own, false)));
    }
    const char *all =
        arena_printf(matrix->arena, matrix_words(matrix, "%s of %s", "共%s分（满分%s分）"),
                     matrix_fixed(matrix, unit->lost, decimals, false),
                     matrix_fixed(matrix, matrix->scheme->group[group].total, 0, false));
    if (list.count > 0)
        all =
            arena_printf(matrix->arena, matrix_words(matrix, "%s; most in %s", "%s；失分最多：%s"),
                         all, writer_text_of(list.text));
    say(matrix, matrix_words(matrix, "Points lost", "失分"), all);
    if (!isnan(unit->adjust) && unit->adjust != 0)
        say(matrix, matrix_words(matrix, "Adjustments", "加减分"),
            matrix_fixed(matrix, unit->adjust, decimals, true));
    if ((matrix->result->note[unit->unit] & BATON_NOTE_VETOED) != 0)
        say(matrix, matrix_words(matrix, "Veto", "否决"),
            matrix_words(matrix, "under a veto or a gate", "受一票否决或门槛约束"));
}

/* Name, place and its change, total, grade. */
static void card_head(const struct matrix *matrix, const struct baton_matrix_unit *unit,
                      uint32_t group) {
    enum paint paint;
    const struct baton_matrix_cell *total = &unit->cell[0];
    const struct baton_grade *grade = result_grade(&matrix->view->result, unit->unit);
    const char *change = matrix_change(matrix, unit->unit, &paint);
    writer_text(matrix->writer, "\n");
    paint_text(matrix->writer, matrix->view->colour, PAINT_STRONG,
               layout_shorten(matrix->arena, matrix_unit_name(matrix, unit->unit),
                              matrix->view->width > 40 ? matrix->view->width - 36 : 8));
    writer_text(matrix->writer, "  ");
    if (total->rank != 0)
        writer_printf(matrix->writer, matrix_words(matrix, "%s of %u", "第%s位（共%u个）"),
                      matrix_half(matrix, total->rank), total->of);
    else
        writer_text(matrix->writer, matrix_words(matrix, "no rank", "不参加排名"));
    if (*change != '\0' && baton_result_earlier_rank(matrix->session, 0, unit->unit) != 0) {
        writer_text(matrix->writer, " ");
        paint_text(matrix->writer, matrix->view->colour, paint, change);
    }
    writer_text(matrix->writer, "  ");
    paint_text(matrix->writer, matrix->view->colour, PAINT_STRONG,
               matrix_fixed(matrix, total->score, baton_result_decimals(matrix->session, 0, group),
                            false));
    if (grade != NULL)
        writer_printf(matrix->writer, "  %s",
                      baton_text_in(&grade->title, matrix->view->language, grade->id));
    writer_text(matrix->writer, "\n");
}

static void card(const struct matrix *matrix, const struct baton_matrix_unit *unit,
                 uint32_t group) {
    card_head(matrix, unit, group);
    say_ratings(matrix, unit, group);
    say_nodes(matrix, matrix_words(matrix, "First in", "列第一位"), unit, &unit->first, false);
    say_nodes(matrix, matrix_words(matrix, "Last in", "列末位"), unit, &unit->last, false);
    say_nodes(matrix, matrix_words(matrix, "Strengths", "优势指标"), unit, &unit->strengths, true);
    say_nodes(matrix, matrix_words(matrix, "Weaknesses", "弱势指标"), unit, &unit->weaknesses,
              true);
    say_lost(matrix, unit, group);
}

/* ---- All numbers of one unit. */

enum { COLUMNS = 8 };

static void number_cells(const struct matrix *matrix, const struct baton_matrix_unit *unit,
                         uint32_t group, uint32_t node, struct grid_cell out[COLUMNS]) {
    const struct baton_matrix_cell *cell = &unit->cell[node];
    const int decimals = baton_result_decimals(matrix->session, node, group);
    const int points = matrix_points_decimals(matrix, node, group);
    const double lost = node == 0 ? unit->lost : cell->lost;
    if (isnan(cell->score)) {
        out[1] =
            (struct grid_cell){words_absent(result_notes(&matrix->view->result, node, unit->unit),
                                            matrix->view->language),
                               PAINT_YELLOW};
        return;
    }
    out[0] = (struct grid_cell){
        arena_printf(matrix->arena, "%s/%u", matrix_half(matrix, cell->rank), cell->of),
        cell->first  ? PAINT_GREEN
        : cell->last ? PAINT_RED
                     : PAINT_PLAIN};
    out[1].text = matrix_fixed(matrix, cell->score, decimals, false);
    out[2].text = cell->rating == BATON_NONE ? "" : words_mark(cell->rating);
    out[3].text = matrix_fixed(matrix, cell->weight, points, false);
    out[4].text = matrix_fixed(matrix, cell->points, points, false);
    out[5] = (struct grid_cell){matrix_fixed(matrix, lost, points, false),
                                lost == 0 ? PAINT_DIM : PAINT_PLAIN};
    out[6].text = matrix_fixed(matrix, cell->from_mean, decimals, true);
    out[7].text = matrix_fixed(matrix, cell->from_best, decimals, true);
}

static void numbers(const struct matrix *matrix, const struct baton_matrix_unit *unit,
                    uint32_t group) {
    static const char *const title[COLUMNS][2] = {
        {"Rank", "位次"},        {"Score", "得分"},      {"", ""},
        {"Weight", "权重"},      {"Points", "分值"},     {"Points lost", "失分"},
        {"From mean", "距均值"}, {"From best", "距最高"}};
    const struct baton_scheme *scheme = matrix->scheme;
    struct grid_line *line = arena_alloc(matrix->arena, scheme->node_count, sizeof *line);
    struct grid_cell *cell =
        arena_alloc(matrix->arena, (size_t)scheme->node_count * COLUMNS, sizeof *cell);
    uint32_t lines = 0;
    for (uint32_t n = 0; n < scheme->node_count; n++) {
        struct grid_cell own[COLUMNS] = {{0}};
        if (!unit->cell[n].has_row || !matrix_is_shown(matrix, n))
            continue;
        line[lines] = matrix_line(matrix, n);
        number_cells(matrix, unit, group, n, own);
        for (uint32_t c = 0; c < COLUMNS; c++)
            cell[(size_t)c * scheme->node_count + lines] = own[c];
        lines++;
    }
    struct grid grid = {.arena = matrix->arena,
                        .writer = matrix->writer,
                        .colour = matrix->view->colour,
                        .width = matrix->view->width,
                        .line_title = matrix_words(matrix, "Indicator", "指标"),
                        .line_count = lines,
                        .line = line,
                        .name_most = matrix->view->width < 80 ? 20 : 34};
    struct grid_column column[COLUMNS];
    for (uint32_t c = 0; c < COLUMNS; c++)
        column[c] = (struct grid_column){.title = title[c][matrix->zh],
                                         .align = c == 2 ? ALIGN_LEFT : ALIGN_RIGHT,
                                         .cell = cell + (size_t)c * scheme->node_count,
                                         .head_most = 9};
    writer_text(matrix->writer, "\n");
    grid_begin(&grid);
    grid_add_all(&grid, column, COLUMNS);
    grid_end(&grid);
}

static baton_code group_units(const struct matrix *matrix, uint32_t g) {
    struct baton_matrix_group group;
    TRY(baton_matrix_group(matrix->arena, matrix->session, g, &group));
    matrix_group_heading(matrix, &group);
    for (uint32_t i = 0; i < group.unit_count && matrix->writer->error == 0; i++) {
        const struct arena_mark mark = arena_mark(matrix->arena);
        struct baton_matrix_unit unit;
        if (!matrix_has_unit(matrix, group.unit[i]))
            continue;
        TRY(baton_matrix_unit(matrix->arena, matrix->session, &group, i, matrix->view->top, &unit));
        card(matrix, &unit, g);
        if (matrix->view->result.unit != BATON_NONE)
            numbers(matrix, &unit, g);
        arena_reset_to(matrix->arena, mark);
    }
    return BATON_OK;
}

baton_code matrix_table_units(const struct matrix *matrix) {
    matrix_title(matrix,
                 "First and last include ties, but not indicators at which all are equal. "
                 "Strengths (weaknesses) are indicators in "
                 "the upper (lower) half of the group, the best (worst) place first; of equal "
                 "places the one that lost less (more) "
                 "points.",
                 "列第一位、列末位含并列，不含各对象得分相同的指标。优势（弱势）指标为在同类中位次"
                 "居前（居后）的指标，从最前（最后）列起，位次相同的，失分少（多）的在前。");
    for (uint32_t g = 0; g < matrix->scheme->group_count; g++) {
        const struct arena_mark mark = arena_mark(matrix->arena);
        if (result_has_group(&matrix->view->result, g))
            TRY(group_units(matrix, g));
        arena_reset_to(matrix->arena, mark);
    }
    return BATON_OK;
}
