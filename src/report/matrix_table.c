/* Indicators by units for people: the tree down the page, units in order across it.
 *
 * A regulation has a few dozen indicators with long names, and a group rarely more units than fit beside each other, so the
 * indicators are the lines; where there are more units, the table goes on below. */
#include "report/grid.h"
#include "report/matrix_parts.h"
#include "report/words.h"
#include <math.h>
#include <stdio.h>

/* What stands for a node where the line is a part of the total that is no indicator's. */
#define PART_ADJUST (UINT32_MAX - 1)
#define PART_REST (UINT32_MAX - 2)

/* Where an indicator is not this unit's at all. */
#define NO_ROW "·"

/* A line of the table: a node, or a part of the total that is no indicator's. */
struct lines {
    uint32_t *node;
    struct grid_line *line;
    uint32_t count;
};

static const char *about(enum matrix_what what, bool zh) {
    static const char *const words[][2] = {
        [MATRIX_RANKS] = {"Ranks inside the group.", "各指标在同类中的位次。"},
        [MATRIX_SCORES] = {"Scores.", "各指标得分。"},
        [MATRIX_RATINGS] = {"Ratings.", "各指标评价。"},
        [MATRIX_POINTS] = {"Points of the total.", "各指标在总分中的分值。"},
        [MATRIX_LOST] =
            {"Points lost: the weight less the points. Below 0 where a score is above 100.",
             "各指标失分（权重减分值，得分超过100的为负）。"},
        [MATRIX_CONTRIBUTIONS] = {"Shares of the total, in percent.",
                                  "各指标对总分的贡献（占总分的百分比）。"},
        [MATRIX_FROM_MEAN] = {"Scores less the mean of the group.", "各指标得分与同类平均分之差。"},
        [MATRIX_FROM_BEST] = {"Scores less the highest of the group.",
                              "各指标得分与同类最高分之差。"},
    };
    return words[what][zh];
}

/* ---- Cells. */

/* Best to worst: what is good stands out as little as what is not. */
static enum paint paint_rating(uint32_t rating, uint32_t count) {
    return rating == 0           ? PAINT_GREEN
           : rating + 1 == count ? PAINT_RED
           : rating == 1         ? PAINT_BLUE
                                 : PAINT_YELLOW;
}

static enum paint number_text(const struct matrix *matrix, const struct baton_matrix_unit *unit,
                              uint32_t node, char *out) {
    const struct baton_matrix_cell *cell = &unit->cell[node];
    const enum matrix_what what = matrix->view->what;
    const double number = matrix_number(matrix, unit, node);
    const uint32_t group = matrix->scheme->unit[unit->unit].group;
    const bool is_points = what == MATRIX_POINTS || what == MATRIX_LOST;
    const int decimals = is_points ? matrix_points_decimals(matrix, node, group)
                                   : baton_result_decimals(matrix->session, node, group);
    const bool sign = what == MATRIX_FROM_MEAN || what == MATRIX_FROM_BEST;
    if (what == MATRIX_RANKS) {
        snprintf(out, GRID_TEXT, "%s", matrix_half(matrix, cell->rank));
        return cell->first ? PAINT_GREEN : cell->last ? PAINT_RED : PAINT_PLAIN;
    }
    if (what == MATRIX_CONTRIBUTIONS)
        snprintf(out, GRID_TEXT, "%s", matrix_fixed(matrix, 100 * number, 2, false));
    else
        snprintf(out, GRID_TEXT, "%s", matrix_fixed(matrix, number, decimals, sign));
    return number == 0 && what != MATRIX_SCORES ? PAINT_DIM : PAINT_PLAIN;
}

static enum paint rating_text(const struct matrix *matrix, const struct baton_matrix_unit *unit,
                              uint32_t node, char *out) {
    const uint32_t group = matrix->scheme->unit[unit->unit].group;
    const uint32_t rating = unit->cell[node].rating;
    const struct baton_grade *grade = result_grade(&matrix->view->result, unit->unit);
    if (node == 0 && grade != NULL)
        snprintf(out, GRID_TEXT, "%s",
                 layout_shorten(matrix->arena,
                                baton_text_in(&grade->title, matrix->view->language, grade->id),
                                12));
    if (rating == BATON_NONE)
        return PAINT_STRONG;
    snprintf(out, GRID_TEXT, "%s", words_mark(rating));
    return paint_rating(rating, matrix->scheme->group[group].ratings.count);
}

static enum paint cell_text(const struct matrix *matrix, const struct baton_matrix_unit *unit,
                            uint32_t node, char *out) {
    const bool share = matrix->view->what == MATRIX_CONTRIBUTIONS;
    out[0] = '\0';
    if (node == PART_ADJUST || node == PART_REST) {
        const double part = node == PART_ADJUST ? (share ? 100 * unit->adjust_share : unit->adjust)
                                                : (share ? 100 * unit->rest_share : unit->rest);
        const int decimals = share ? 2
                                   : baton_result_decimals(matrix->session, 0,
                                                           matrix->scheme->unit[unit->unit].group);
        snprintf(out, GRID_TEXT, "%s", matrix_fixed(matrix, part, decimals, false));
        return part == 0 ? PAINT_DIM : PAINT_PLAIN;
    }
    const struct baton_matrix_cell *cell = &unit->cell[node];
    if (!cell->has_row) {
        snprintf(out, GRID_TEXT, "%s", NO_ROW);
        return PAINT_DIM;
    }
    const bool is_leaf = node > 0 && matrix->scheme->node[node].child_count == 0;
    if (isnan(cell->score) && (is_leaf || matrix->view->what != MATRIX_RATINGS)) {
        const uint16_t notes = result_notes(&matrix->view->result, node, unit->unit);
        snprintf(out, GRID_TEXT, "%s", words_absent(notes, matrix->view->language));
        return (notes & (BATON_NOTE_NA | BATON_NOTE_PENDING)) == 0 ? PAINT_YELLOW : PAINT_DIM;
    }
    return matrix->view->what == MATRIX_RATINGS ? rating_text(matrix, unit, node, out)
                                                : number_text(matrix, unit, node, out);
}

/* ---- Lines. */

static bool has_part(const struct matrix *matrix, const struct baton_matrix_group *group,
                     uint32_t part, bool *out) {
    for (uint32_t i = 0; i < group->unit_count && !*out; i++) {
        const struct arena_mark mark = arena_mark(matrix->arena);
        struct baton_matrix_unit unit;
        if (!matrix_has_unit(matrix, group->unit[i]))
            continue;
        if (baton_matrix_unit(matrix->arena, matrix->session, group, i, 0, &unit) != BATON_OK)
            return false;
        const double number = part == PART_ADJUST ? unit.adjust : unit.rest;
        *out = !isnan(number) && number != 0;
        arena_reset_to(matrix->arena, mark);
    }
    return true;
}

static void add_line(struct lines *lines, uint32_t node, const char *name, uint32_t indent,
                     enum paint paint) {
    lines->node[lines->count] = node;
    lines->line[lines->count++] = (struct grid_line){name, indent, paint};
}

static bool applies(const struct matrix *matrix, const struct baton_matrix_group *group,
                    uint32_t node) {
    if (matrix->view->result.unit == BATON_NONE)
        return group->node[node].rows > 0;
    return baton_result_has_row(matrix->session, node, matrix->view->result.unit);
}

static baton_code lines_of(const struct matrix *matrix, const struct baton_matrix_group *group,
                           struct lines *lines) {
    const struct baton_scheme *scheme = matrix->scheme;
    lines->node = arena_alloc(matrix->arena, scheme->node_count + (size_t)2, sizeof *lines->node);
    lines->line = arena_alloc(matrix->arena, scheme->node_count + (size_t)2, sizeof *lines->line);
    const bool total =
        matrix->view->what != MATRIX_RATINGS || scheme->group[group->group].grades != BATON_NONE;
    if (total)
        add_line(lines, 0,
                 matrix->view->what == MATRIX_RATINGS ? matrix_words(matrix, "Grade", "等次")
                                                      : matrix_node_name(matrix, 0),
                 0, PAINT_STRONG);
    for (uint32_t n = 1; n < scheme->node_count; n++) {
        const bool is_inner = scheme->node[n].child_count > 0;
        if (matrix_is_shown(matrix, n) && applies(matrix, group, n))
            add_line(lines, n, matrix_node_name(matrix, n), 2 * (scheme->node[n].level - 1),
                     is_inner ? PAINT_STRONG : PAINT_PLAIN);
    }
    bool adjusted = false, rest = false;
    if (matrix_has_parts(matrix) && (!has_part(matrix, group, PART_ADJUST, &adjusted) ||
                                     !has_part(matrix, group, PART_REST, &rest)))
        return BATON_NO_MEMORY;
    if (adjusted)
        add_line(lines, PART_ADJUST, matrix_words(matrix, "Adjustments", "加减分"), 0,
                 PAINT_STRONG);
    if (rest)
        add_line(lines, PART_REST, matrix_words(matrix, "Aggregation and vetoes", "合成及否决影响"),
                 0, PAINT_STRONG);
    return BATON_OK;
}

/* ---- The table of a group. */

/* Up to so many units are laid out together, so that tables are alike; of more, each table is filled and printed. */
enum { TOGETHER = 64 };

static baton_code unit_column(const struct matrix *matrix, const struct baton_matrix_group *group,
                              uint32_t i, const struct lines *lines, struct grid_column *out) {
    struct grid_cell *cell = arena_alloc(matrix->arena, lines->count, sizeof *cell);
    char(*text)[GRID_TEXT] = arena_alloc(matrix->arena, lines->count, GRID_TEXT);
    const struct arena_mark mark = arena_mark(matrix->arena);
    struct baton_matrix_unit unit;
    TRY(baton_matrix_unit(matrix->arena, matrix->session, group, i, 0, &unit));
    for (uint32_t l = 0; l < lines->count; l++)
        cell[l] = (struct grid_cell){text[l], cell_text(matrix, &unit, lines->node[l], text[l])};
    arena_reset_to(matrix->arena, mark);
    *out = (struct grid_column){.title = matrix_unit_name(matrix, group->unit[i]),
                                .align = ALIGN_RIGHT,
                                .cell = cell,
                                .head_most = matrix->zh ? 10 : 16,
                                .head_least = matrix->zh ? 6 : 8};
    return BATON_OK;
}

static baton_code few_units(const struct matrix *matrix, const struct baton_matrix_group *group,
                            const struct lines *lines, struct grid *grid) {
    struct grid_column column[TOGETHER];
    uint32_t count = 0;
    for (uint32_t i = 0; i < group->unit_count; i++)
        if (matrix_has_unit(matrix, group->unit[i]))
            TRY(unit_column(matrix, group, i, lines, &column[count++]));
    grid_add_all(grid, column, count);
    return BATON_OK;
}

static baton_code many_units(const struct matrix *matrix, const struct baton_matrix_group *group,
                             const struct lines *lines, struct grid *grid) {
    for (uint32_t i = 0; i < group->unit_count && matrix->writer->error == 0; i++) {
        const struct arena_mark mark = arena_mark(matrix->arena);
        struct grid_column column;
        if (!matrix_has_unit(matrix, group->unit[i]))
            continue;
        TRY(unit_column(matrix, group, i, lines, &column));
        grid_add(grid, &column);
        arena_reset_to(matrix->arena, mark);
    }
    return BATON_OK;
}

/* What the marks mean: ratings, where they are shown; that an indicator is not a unit's, where that comes up. */
static void legend(const struct matrix *matrix, const struct baton_matrix_group *group,
                   const struct lines *lines) {
    const struct baton_ratings *ratings = &matrix->scheme->group[group->group].ratings;
    struct writer *text = writer_memory(matrix->arena);
    const uint32_t shown = matrix->view->what == MATRIX_RATINGS ? ratings->count : 0;
    bool is_lacking = false;
    for (uint32_t l = 0; l < lines->count; l++)
        is_lacking = is_lacking || (lines->node[l] < matrix->scheme->node_count &&
                                    matrix->view->result.unit == BATON_NONE &&
                                    group->node[lines->node[l]].rows < group->unit_count);
    for (uint32_t r = 0; r < shown; r++)
        writer_printf(text, "%s%s %s", r > 0 ? "  " : "", words_mark(r),
                      matrix_rating_name(matrix, group->group, r));
    if (is_lacking)
        writer_printf(text, "%s%s %s", shown > 0 ? "  " : "", NO_ROW,
                      matrix_words(matrix, "not an indicator of this unit", "非该对象的指标"));
    if (text->used > 0)
        layout_wrap(matrix->writer, writer_text_of(text), 0, 0, matrix->view->width);
}

static baton_code group_table(const struct matrix *matrix, uint32_t g) {
    struct baton_matrix_group group;
    struct lines lines = {0};
    TRY(baton_matrix_group(matrix->arena, matrix->session, g, &group));
    TRY(lines_of(matrix, &group, &lines));
    const size_t page = matrix->view->width;
    struct grid grid = {.arena = matrix->arena,
                        .writer = matrix->writer,
                        .colour = matrix->view->colour,
                        .width = page,
                        .line_title = matrix_words(matrix, "Indicator", "指标"),
                        .line_count = lines.count,
                        .line = lines.line,
                        .name_most = page < 80 ? page * 2 / 5 : 34,
                        .name_least = 22};
    matrix_group_heading(matrix, &group);
    grid_begin(&grid);
    TRY(group.unit_count <= TOGETHER ? few_units(matrix, &group, &lines, &grid)
                                     : many_units(matrix, &group, &lines, &grid));
    grid_end(&grid);
    legend(matrix, &group, &lines);
    return BATON_OK;
}

baton_code matrix_table_cells(const struct matrix *matrix) {
    matrix_title(matrix, about(matrix->view->what, false), about(matrix->view->what, true));
    return matrix_each_group(matrix, group_table);
}

baton_code matrix_table(struct baton_arena *arena, const struct matrix_view *view,
                        struct writer *writer) {
    const struct matrix matrix = matrix_begin(arena, view, writer);
    switch (view->what) {
    case MATRIX_UNITS:
        return matrix_table_units(&matrix);
    case MATRIX_INDICATORS:
        return matrix_table_indicators(&matrix);
    case MATRIX_LISTS:
        return matrix_table_lists(&matrix);
    default:
        return matrix_table_cells(&matrix);
    }
}
