/* Each indicator over the units of a group: who is first and last, how the scores spread, how many are in each rating. */
#include "report/grid.h"
#include "report/matrix_parts.h"
#include "report/words.h"
#include <math.h>

enum {
    COLUMN_UNITS,
    COLUMN_FIRST,
    COLUMN_LAST,
    COLUMN_MEAN,
    COLUMN_MEDIAN,
    COLUMN_SD,
    COLUMN_SPREAD,
    COLUMN_RATINGS,
    COLUMN_MISSING,
    COLUMNS
};

/* Who is first or last: the name of one, of several how many they are. */
static const char *who(const struct matrix *matrix, const uint32_t *unit, uint32_t count) {
    return count == 0 ? "—"
           : count == 1
               ? matrix_unit_name(matrix, unit[0])
               : arena_printf(matrix->arena, matrix_words(matrix, "%u tied", "%u个并列"), count);
}

/* How many are in each rating, "3● 2◐". */
static const char *rated(const struct matrix *matrix, const struct baton_matrix_group *group,
                         const struct baton_matrix_node *node) {
    struct writer *text = writer_memory(matrix->arena);
    for (uint32_t r = 0; r < matrix->scheme->group[group->group].ratings.count; r++)
        if (node->rated[r] > 0)
            writer_printf(text, "%s%u%s", text->used > 0 ? " " : "", node->rated[r], words_mark(r));
    return writer_text_of(text);
}

static void cells(const struct matrix *matrix, const struct baton_matrix_group *group, uint32_t n,
                  struct grid_cell out[COLUMNS]) {
    const struct baton_matrix_node *node = &group->node[n];
    const int decimals = baton_result_decimals(matrix->session, n, group->group);
    out[COLUMN_UNITS].text = arena_printf(matrix->arena, "%u", node->rows);
    out[COLUMN_MEAN].text = matrix_fixed(matrix, node->mean, decimals, false);
    out[COLUMN_MEDIAN].text = matrix_fixed(matrix, node->median, decimals, false);
    out[COLUMN_SD].text = matrix_fixed(matrix, node->sd, decimals, false);
    out[COLUMN_SPREAD].text = matrix_fixed(matrix, node->highest - node->lowest, decimals, false);
    if (matrix->scheme->node[n].child_count == 0) {
        out[COLUMN_RATINGS].text = rated(matrix, group, node);
        if (node->missing > 0)
            out[COLUMN_MISSING] = (struct grid_cell){
                arena_printf(matrix->arena, "%s%%",
                             matrix_fixed(matrix, 100 * node->missing_share, 0, false)),
                PAINT_YELLOW};
    }
    out[COLUMN_FIRST].text = who(matrix, node->first, node->first_count);
    out[COLUMN_LAST].text = who(matrix, node->last, node->last_count);
}

/* Whether a page is too narrow for a column beside names that can be read; CSV and JSON have them all. */
static bool is_left_out(const struct matrix *matrix, uint32_t column) {
    return matrix->view->width < 110 && (column == COLUMN_UNITS || column == COLUMN_MEDIAN);
}

/* The columns that have something to say. */
static uint32_t columns_of(const struct matrix *matrix, struct grid_cell *const cell[COLUMNS],
                           uint32_t lines, struct grid_column *out) {
    static const struct {
        const char *title[2];
        enum layout_align align;
        size_t least;
    } columns[COLUMNS] = {
        [COLUMN_UNITS] = {{"Units", "个数"}, ALIGN_RIGHT, 0},
        [COLUMN_MEAN] = {{"Mean", "平均"}, ALIGN_RIGHT, 0},
        [COLUMN_MEDIAN] = {{"Median", "中位数"}, ALIGN_RIGHT, 0},
        [COLUMN_SD] = {{"Sd", "标准差"}, ALIGN_RIGHT, 0},
        [COLUMN_SPREAD] = {{"Spread", "极差"}, ALIGN_RIGHT, 0},
        [COLUMN_RATINGS] = {{"Ratings", "评价"}, ALIGN_LEFT, 0},
        [COLUMN_MISSING] = {{"Missing", "缺报率"}, ALIGN_RIGHT, 0},
        [COLUMN_FIRST] = {{"First", "第一位"}, ALIGN_LEFT, 12},
        [COLUMN_LAST] = {{"Last", "末位"}, ALIGN_LEFT, 12},
    };
    uint32_t count = 0;
    for (uint32_t c = 0; c < COLUMNS; c++) {
        bool any = false;
        for (uint32_t i = 0; i < lines && !is_left_out(matrix, c); i++)
            any = any || (cell[c][i].text != NULL && cell[c][i].text[0] != '\0');
        if (any)
            out[count++] = (struct grid_column){.title = columns[c].title[matrix->zh],
                                                .align = columns[c].align,
                                                .cell = cell[c],
                                                .head_most = 10,
                                                .least = columns[c].least};
    }
    return count;
}

static baton_code group_table(const struct matrix *matrix, uint32_t g) {
    const struct baton_scheme *scheme = matrix->scheme;
    struct baton_matrix_group group;
    TRY(baton_matrix_group(matrix->arena, matrix->session, g, &group));
    struct grid_line *line = arena_alloc(matrix->arena, scheme->node_count, sizeof *line);
    struct grid_cell *cell[COLUMNS];
    struct grid_column column[COLUMNS];
    uint32_t lines = 0;
    for (uint32_t c = 0; c < COLUMNS; c++)
        cell[c] = arena_alloc(matrix->arena, scheme->node_count, sizeof **cell);
    for (uint32_t n = 0; n < scheme->node_count; n++) {
        struct grid_cell own[COLUMNS] = {{0}};
        if (group.node[n].rows == 0 || !matrix_is_shown(matrix, n))
            continue;
        line[lines] = matrix_line(matrix, n);
        cells(matrix, &group, n, own);
        for (uint32_t c = 0; c < COLUMNS; c++)
            cell[c][lines] = own[c];
        lines++;
    }
    struct grid grid = {.arena = matrix->arena,
                        .writer = matrix->writer,
                        .colour = matrix->view->colour,
                        .width = matrix->view->width,
                        .line_title = matrix_words(matrix, "Indicator", "指标"),
                        .line_count = lines,
                        .line = line,
                        .name_most = matrix->view->width < 80 ? 24 : 34,
                        .name_least = 20};
    matrix_group_heading(matrix, &group);
    grid_begin(&grid);
    grid_add_all(&grid, column, columns_of(matrix, cell, lines, column));
    grid_end(&grid);
    return BATON_OK;
}

baton_code matrix_table_indicators(const struct matrix *matrix) {
    matrix_title(
        matrix,
        "Each indicator over the units of its group. First and last only where not all are "
        "equal.",
        "各指标在同类中的情况。各对象得分相同的指标不列第一位和末位。");
    return matrix_each_group(matrix, group_table);
}
