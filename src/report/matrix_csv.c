/* The matrix as CSV: a row a unit and a column an indicator, or rows of the summaries.
 *
 * Identifiers hold no colon, so a head with one (`common:good`) is never that of an indicator. */
#include "base/csv_field.h"
#include "report/matrix_parts.h"
#include "report/words.h"
#include <math.h>

/* Names are for people, ids for programs. */
static void cell(const struct matrix *matrix, const char *text) {
    (matrix->view->names ? csv_cell : csv_field)(matrix->writer, text);
}

/* A head: its id, or its words where names are asked for. */
static void head(const struct matrix *matrix, bool first, const char *id, const char *en,
                 const char *zh) {
    if (!first)
        writer_char(matrix->writer, ',');
    cell(matrix, matrix->view->names ? matrix_words(matrix, en, zh) : id);
}

static void text(const struct matrix *matrix, const char *id, const char *name) {
    writer_char(matrix->writer, ',');
    cell(matrix, matrix->view->names ? name : id);
}

static void number(const struct matrix *matrix, double value) {
    writer_char(matrix->writer, ',');
    writer_number(matrix->writer, value);
}

static void count(const struct matrix *matrix, uint32_t value) {
    writer_char(matrix->writer, ',');
    writer_count(matrix->writer, value);
}

/* Half of a doubled rank; nothing where there is none. */
static void place(const struct matrix *matrix, uint32_t doubled) {
    number(matrix, doubled == 0 ? NAN : doubled / 2.0);
}

static void row_begin(const struct matrix *matrix, uint32_t group) {
    char period[BATON_PERIOD_NAME_SIZE];
    baton_period_format(matrix->result->period, period);
    writer_text(matrix->writer, period);
    text(matrix, matrix->scheme->group[group].id, matrix_group_name(matrix, group));
}

static void unit_field(const struct matrix *matrix, uint32_t unit) {
    text(matrix, matrix->scheme->unit[unit].id, matrix_unit_name(matrix, unit));
}

static void line_end(const struct matrix *matrix) {
    writer_char(matrix->writer, '\n');
}

/* Which nodes have a column: ends of the tree that apply to some unit shown. */
static bool *columns_of(const struct matrix *matrix) {
    bool *column = arena_alloc(matrix->arena, matrix->scheme->node_count, sizeof *column);
    for (uint32_t n = 1; n < matrix->scheme->node_count; n++)
        for (uint32_t u = 0; u < matrix->result->units && matrix_is_end(matrix, n) && !column[n];
             u++)
            column[n] = result_has_group(&matrix->view->result, matrix->scheme->unit[u].group) &&
                        matrix_has_unit(matrix, u) && baton_result_has_row(matrix->session, n, u);
    return column;
}

/* ---- Indicators by units. */

static void rating_cell(const struct matrix *matrix, const struct baton_matrix_unit *unit,
                        uint32_t node) {
    const uint32_t group = matrix->scheme->unit[unit->unit].group;
    const struct baton_grade *grade = result_grade(&matrix->view->result, unit->unit);
    const uint32_t rating = unit->cell[node].rating;
    if (node == 0)
        text(matrix, grade == NULL ? "" : grade->id,
             grade == NULL ? "" : baton_text_in(&grade->title, matrix->view->language, grade->id));
    else
        text(matrix,
             rating == BATON_NONE ? "" : matrix->scheme->group[group].ratings.item[rating].id,
             rating == BATON_NONE ? "" : matrix_rating_name(matrix, group, rating));
}

static void unit_cells(const struct matrix *matrix, const struct baton_matrix_unit *unit,
                       const bool *column) {
    row_begin(matrix, matrix->scheme->unit[unit->unit].group);
    unit_field(matrix, unit->unit);
    for (uint32_t n = 0; n < matrix->scheme->node_count; n++) {
        if (n > 0 && !column[n])
            continue;
        if (matrix->view->what == MATRIX_RATINGS)
            rating_cell(matrix, unit, n);
        else
            number(matrix, matrix_number(matrix, unit, n));
    }
    if (matrix_has_parts(matrix)) {
        const bool share = matrix->view->what == MATRIX_CONTRIBUTIONS;
        number(matrix, share ? unit->adjust_share : unit->adjust);
        number(matrix, share ? unit->rest_share : unit->rest);
    }
    line_end(matrix);
}

static void cells_head(const struct matrix *matrix, const bool *column) {
    head(matrix, true, "period", "Period", "考核周期");
    head(matrix, false, "group", "Group", "考核类别");
    head(matrix, false, "unit", "Unit", "考核对象");
    head(matrix, false, "total", "Total", "总分");
    for (uint32_t n = 1; n < matrix->scheme->node_count; n++)
        if (column[n])
            text(matrix, matrix->scheme->node[n].id, matrix_node_name(matrix, n));
    if (matrix_has_parts(matrix)) {
        head(matrix, false, "adjust", "Adjustments", "加减分");
        head(matrix, false, "rest", "Aggregation and vetoes", "合成及否决影响");
    }
    line_end(matrix);
}

/* ---- Units. */

static const struct {
    const char *id, *en, *zh;
} scopes[] = {
    {"all", "All indicators", "全部指标"},
    {"common", "Common", "共性"},
    {"individual", "Individual", "个性"},
    {"mandatory", "Mandatory", "必答题"},
    {"competitive", "Competitive", "抢答题"},
    {"bonus", "Bonus", "加分题"},
    {"gate", "Gate", "门槛"},
};

static const struct baton_matrix_count *scope_of(const struct baton_matrix_unit *unit, size_t s) {
    return s == 0 ? &unit->all : s < 3 ? &unit->kind[s - 1] : &unit->class[s - 3];
}

static void units_head(const struct matrix *matrix, const struct matrix_rating_ids *ratings) {
    head(matrix, true, "period", "Period", "考核周期");
    head(matrix, false, "group", "Group", "考核类别");
    head(matrix, false, "unit", "Unit", "考核对象");
    head(matrix, false, "total", "Total", "总分");
    head(matrix, false, "rank", "Rank", "位次");
    head(matrix, false, "of", "of", "参评数");
    head(matrix, false, "lost", "Points lost", "失分");
    head(matrix, false, "adjust", "Adjustments", "加减分");
    head(matrix, false, "rest", "Aggregation and vetoes", "合成及否决影响");
    for (size_t s = 0; s < LENGTH(scopes); s++) {
        const char *id = scopes[s].id, *en = scopes[s].en, *zh = scopes[s].zh;
        struct baton_arena *arena = matrix->arena;
        head(matrix, false, id, en, zh);
        head(matrix, false, arena_printf(arena, "%s:rated", id),
             arena_printf(arena, "%s: rated", en), arena_printf(arena, "%s：已评价", zh));
        head(matrix, false, arena_printf(arena, "%s:upper", id),
             arena_printf(arena, "%s: upper ratings", en), arena_printf(arena, "%s：上档评价", zh));
        for (uint32_t r = 0; r < ratings->count; r++) {
            const char *title =
                baton_text_in(&ratings->rating[r]->title, matrix->view->language, ratings->id[r]);
            head(matrix, false, arena_printf(arena, "%s:%s", id, ratings->id[r]),
                 arena_printf(arena, "%s: %s", en, title),
                 arena_printf(arena, "%s：%s", zh, title));
        }
    }
    head(matrix, false, "first", "First places", "第一名项数");
    head(matrix, false, "last", "Last places", "末位项数");
    head(matrix, false, "first_in", "First in", "列第一名的指标");
    head(matrix, false, "last_in", "Last in", "列末位的指标");
    head(matrix, false, "strengths", "Strengths", "优势指标");
    head(matrix, false, "weaknesses", "Weaknesses", "弱势指标");
    head(matrix, false, "most_lost", "Most points lost in", "失分最多的指标");
    line_end(matrix);
}

/* Ids behind each other with blanks, which they do not hold; names as in a sentence. */
static void some_nodes(const struct matrix *matrix, const struct baton_matrix_some *some) {
    struct writer *list = writer_memory(matrix->arena);
    for (uint32_t i = 0; i < some->count; i++)
        writer_printf(list, "%s%s",
                      i == 0                ? ""
                      : matrix->view->names ? matrix_words(matrix, "; ", "；")
                                            : " ",
                      matrix->view->names ? matrix_node_name(matrix, some->item[i])
                                          : matrix->scheme->node[some->item[i]].id);
    writer_char(matrix->writer, ',');
    cell(matrix, writer_text_of(list));
}

static void scope_cells(const struct matrix *matrix, const struct baton_matrix_count *of,
                        const struct baton_ratings *own, const struct matrix_rating_ids *ratings) {
    count(matrix, of->leaves);
    count(matrix, of->rated);
    count(matrix, of->upper);
    for (uint32_t r = 0; r < ratings->count; r++) {
        uint32_t at = 0;
        while (at < own->count && strcmp(own->item[at].id, ratings->id[r]) != 0)
            at++;
        if (at < own->count)
            count(matrix, of->by[at]);
        else
            writer_char(matrix->writer, ',');
    }
}

static void unit_summary(const struct matrix *matrix, const struct baton_matrix_unit *unit,
                         const struct matrix_rating_ids *ratings) {
    const uint32_t group = matrix->scheme->unit[unit->unit].group;
    row_begin(matrix, group);
    unit_field(matrix, unit->unit);
    number(matrix, unit->cell[0].score);
    place(matrix, unit->cell[0].rank);
    count(matrix, unit->cell[0].of);
    number(matrix, unit->lost);
    number(matrix, unit->adjust);
    number(matrix, unit->rest);
    for (size_t s = 0; s < LENGTH(scopes); s++)
        scope_cells(matrix, scope_of(unit, s), &matrix->scheme->group[group].ratings, ratings);
    count(matrix, unit->first.count);
    count(matrix, unit->last.count);
    some_nodes(matrix, &unit->first);
    some_nodes(matrix, &unit->last);
    some_nodes(matrix, &unit->strengths);
    some_nodes(matrix, &unit->weaknesses);
    some_nodes(matrix, &unit->most_lost);
    line_end(matrix);
}

/* ---- Indicators. */

static void indicators_head(const struct matrix *matrix, const struct matrix_rating_ids *ratings) {
    static const char *const heads[][3] = {
        {"node", "Indicator", "指标"},
        {"units", "Units", "适用对象数"},
        {"scored", "With a score", "有得分"},
        {"missing", "Missing", "应报未报"},
        {"imputed", "Filled in", "按规则补值"},
        {"pending", "Not due", "未到期"},
        {"na", "Not applicable", "不适用"},
        {"missing_share", "Share missing", "缺报率"},
        {"mean", "Mean", "平均分"},
        {"median", "Median", "中位数"},
        {"sd", "Standard deviation", "标准差"},
        {"lowest", "Lowest", "最低分"},
        {"highest", "Highest", "最高分"},
        {"spread", "Spread", "极差"},
        {"first", "First", "第一名"},
        {"last", "Last", "末位"},
    };
    head(matrix, true, "period", "Period", "考核周期");
    head(matrix, false, "group", "Group", "考核类别");
    for (size_t i = 0; i < LENGTH(heads); i++)
        head(matrix, false, heads[i][0], heads[i][1], heads[i][2]);
    for (uint32_t r = 0; r < ratings->count; r++) {
        const char *title =
            baton_text_in(&ratings->rating[r]->title, matrix->view->language, ratings->id[r]);
        head(matrix, false, arena_printf(matrix->arena, "rated:%s", ratings->id[r]), title, title);
    }
    line_end(matrix);
}

static void some_units(const struct matrix *matrix, const uint32_t *unit, uint32_t units) {
    struct writer *list = writer_memory(matrix->arena);
    for (uint32_t i = 0; i < units; i++)
        writer_printf(list, "%s%s",
                      i == 0                ? ""
                      : matrix->view->names ? matrix_words(matrix, "; ", "；")
                                            : " ",
                      matrix->view->names ? matrix_unit_name(matrix, unit[i])
                                          : matrix->scheme->unit[unit[i]].id);
    writer_char(matrix->writer, ',');
    cell(matrix, writer_text_of(list));
}

static void indicator_row(const struct matrix *matrix, const struct baton_matrix_group *group,
                          uint32_t n, const struct matrix_rating_ids *ratings) {
    const struct baton_matrix_node *node = &group->node[n];
    const struct baton_ratings *own = &matrix->scheme->group[group->group].ratings;
    row_begin(matrix, group->group);
    text(matrix, matrix->scheme->node[n].id, matrix_node_name(matrix, n));
    count(matrix, node->rows);
    count(matrix, node->scored);
    count(matrix, node->missing);
    count(matrix, node->imputed);
    count(matrix, node->pending);
    count(matrix, node->na);
    number(matrix, node->missing_share);
    number(matrix, node->mean);
    number(matrix, node->median);
    number(matrix, node->sd);
    number(matrix, node->lowest);
    number(matrix, node->highest);
    number(matrix, node->highest - node->lowest);
    some_units(matrix, node->first, node->first_count);
    some_units(matrix, node->last, node->last_count);
    for (uint32_t r = 0; r < ratings->count; r++) {
        uint32_t at = 0;
        while (at < own->count && strcmp(own->item[at].id, ratings->id[r]) != 0)
            at++;
        if (at < own->count && matrix->scheme->node[n].child_count == 0)
            count(matrix, node->rated[at]);
        else
            writer_char(matrix->writer, ',');
    }
    line_end(matrix);
}

/* ---- The three lists. */

static void list_rows(const struct matrix *matrix, const char *id, const char *name,
                      const struct baton_matrix_place *list, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++) {
        const uint32_t unit = list[i].unit;
        const uint32_t rank = matrix->result->rank[unit];
        const uint32_t earlier = baton_result_earlier_rank(matrix->session, 0, unit);
        if (!matrix_has_unit(matrix, unit))
            continue;
        row_begin(matrix, matrix->scheme->unit[unit].group);
        text(matrix, id, name);
        place(matrix, list[i].place);
        count(matrix, list[i].of);
        unit_field(matrix, unit);
        number(matrix, list[i].figure);
        number(matrix, rank == 0 || earlier == 0 ? NAN : ((double)earlier - (double)rank) / 2.0);
        line_end(matrix);
    }
}

static baton_code lists(const struct matrix *matrix) {
    struct baton_matrix_lists all;
    TRY(baton_matrix_lists(matrix->arena, matrix->session, &all));
    head(matrix, true, "period", "Period", "考核周期");
    head(matrix, false, "group", "Group", "考核类别");
    head(matrix, false, "list", "List", "榜单");
    head(matrix, false, "place", "Place", "位次");
    head(matrix, false, "of", "of", "参评数");
    head(matrix, false, "unit", "Unit", "考核对象");
    head(matrix, false, "figure", "Figure", "数值");
    head(matrix, false, "rank_change", "Change of rank", "位次升降");
    line_end(matrix);
    for (uint32_t g = 0; g < matrix->scheme->group_count; g++) {
        const uint32_t from = all.group_first[g], to = all.group_first[g + 1];
        if (!result_has_group(&matrix->view->result, g))
            continue;
        list_rows(matrix, "level", matrix_words(matrix, "Level", "水平榜"), all.level, from, to);
        list_rows(matrix, "class", matrix_words(matrix, "Class", "分类榜"), all.class, from, to);
        list_rows(matrix, "progress", matrix_words(matrix, "Progress", "进步榜"), all.progress,
                  from, to);
    }
    return BATON_OK;
}

/* ---- All together. */

static baton_code units_of_group(const struct matrix *matrix,
                                 const struct baton_matrix_group *group, const bool *column,
                                 const struct matrix_rating_ids *ratings) {
    for (uint32_t i = 0; i < group->unit_count && matrix->writer->error == 0; i++) {
        const struct arena_mark mark = arena_mark(matrix->arena);
        struct baton_matrix_unit unit;
        if (!matrix_has_unit(matrix, group->unit[i]))
            continue;
        TRY(baton_matrix_unit(matrix->arena, matrix->session, group, i, matrix->view->top, &unit));
        if (matrix->view->what == MATRIX_UNITS)
            unit_summary(matrix, &unit, ratings);
        else
            unit_cells(matrix, &unit, column);
        arena_reset_to(matrix->arena, mark);
    }
    return BATON_OK;
}

static baton_code group_rows(const struct matrix *matrix, uint32_t g, const bool *column,
                             const struct matrix_rating_ids *ratings) {
    struct baton_matrix_group group;
    TRY(baton_matrix_group(matrix->arena, matrix->session, g, &group));
    if (matrix->view->what != MATRIX_INDICATORS)
        return units_of_group(matrix, &group, column, ratings);
    for (uint32_t n = 0; n < matrix->scheme->node_count; n++)
        if ((n == 0 || matrix_is_end(matrix, n)) && group.node[n].rows > 0)
            indicator_row(matrix, &group, n, ratings);
    return BATON_OK;
}

baton_code matrix_csv(struct baton_arena *arena, const struct matrix_view *view,
                      struct writer *writer) {
    const struct matrix matrix = matrix_begin(arena, view, writer);
    if (view->names)
        writer_text(writer, "\xef\xbb\xbf");
    if (view->what == MATRIX_LISTS)
        return lists(&matrix);
    const struct matrix_rating_ids ratings = matrix_rating_ids(&matrix);
    const bool *column = columns_of(&matrix);
    if (view->what == MATRIX_UNITS)
        units_head(&matrix, &ratings);
    else if (view->what == MATRIX_INDICATORS)
        indicators_head(&matrix, &ratings);
    else
        cells_head(&matrix, column);
    for (uint32_t g = 0; g < matrix.scheme->group_count; g++) {
        const struct arena_mark mark = arena_mark(arena);
        if (result_has_group(&view->result, g))
            TRY(group_rows(&matrix, g, column, &ratings));
        arena_reset_to(arena, mark);
    }
    return BATON_OK;
}
