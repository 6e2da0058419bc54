/* The three lists side by side: level, class, progress. */
#include "report/grid.h"
#include "report/matrix_parts.h"
#include "report/words.h"
#include <math.h>

enum { LIST_COLUMNS = 3, LISTS = 3 };

/* A list's columns: place, unit, figure; of progress the change of rank behind the figure. */
static void list_columns(const struct matrix *matrix, const struct baton_matrix_place *list,
                         uint32_t count, bool is_progress, const char *above, const char *figure,
                         struct grid_column *out) {
    struct grid_cell *cell[LIST_COLUMNS];
    for (uint32_t c = 0; c < LIST_COLUMNS; c++)
        cell[c] = arena_alloc(matrix->arena, count, sizeof **cell);
    uint32_t lines = 0;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t unit = list[i].unit;
        const int decimals =
            baton_result_decimals(matrix->session, 0, matrix->scheme->unit[unit].group);
        if (!matrix_has_unit(matrix, unit))
            continue;
        enum paint paint = PAINT_PLAIN;
        const char *number = matrix_fixed(matrix, list[i].figure, decimals, is_progress);
        if (is_progress) {
            const char *change = matrix_change(matrix, unit, &paint);
            if (list[i].place == 0)
                number = *change == '\0' ? "—" : change;
            else if (*change != '\0')
                number = arena_printf(matrix->arena, "%s %s", number, change);
        }
        cell[0][lines].text = matrix_half(matrix, list[i].place);
        cell[1][lines].text = matrix_unit_name(matrix, unit);
        cell[2][lines++] = (struct grid_cell){number, paint};
    }
    const char *const title[] = {matrix_words(matrix, "Place", "位次"),
                                 matrix_words(matrix, "Unit", "单位"), figure};
    for (uint32_t c = 0; c < LIST_COLUMNS; c++)
        out[c] = (struct grid_column){.title = title[c],
                                      .above = c == 0 ? above : NULL,
                                      .align = c == 1 || (c == 2 && is_progress) ? ALIGN_LEFT
                                                                                 : ALIGN_RIGHT,
                                      .cell = cell[c],
                                      .head_most = 12,
                                      .least = c == 1 ? 8 : 0};
}

static void group_lists(const struct matrix *matrix, uint32_t g,
                        const struct baton_matrix_lists *lists, bool has_progress) {
    const uint32_t from = lists->group_first[g], count = lists->group_first[g + 1] - from;
    const struct baton_matrix_group size = {.group = g, .unit_count = count};
    struct grid_column column[LISTS * LIST_COLUMNS];
    const uint32_t one = matrix->view->result.unit;
    matrix_group_heading(matrix, &size);
    if (count == 0 || (one != BATON_NONE && !baton_result_has_row(matrix->session, 0, one)))
        return;
    list_columns(matrix, lists->level + from, count, false,
                 arena_printf(matrix->arena,
                              matrix_words(matrix, "Level (of %u)", "水平榜（共%u个）"),
                              lists->level[from].of),
                 matrix_words(matrix, "Of 100", "百分制"), column);
    list_columns(matrix, lists->class + from, count, false, matrix_words(matrix, "Class", "分类榜"),
                 matrix_words(matrix, "Total", "总分"), column + LIST_COLUMNS);
    list_columns(matrix, lists->progress + from, count, true,
                 matrix_words(matrix, "Progress", "进步榜"),
                 matrix_words(matrix, "Change", "分差、升降"), column + (size_t)2 * LIST_COLUMNS);
    struct grid grid = {.arena = matrix->arena,
                        .writer = matrix->writer,
                        .colour = matrix->view->colour,
                        .width = matrix->view->width,
                        .line_count = one == BATON_NONE ? count : 1};
    grid_begin(&grid);
    grid_add_all(&grid, column, (has_progress ? LISTS : LISTS - 1) * LIST_COLUMNS);
    grid_end(&grid);
}

baton_code matrix_table_lists(const struct matrix *matrix) {
    struct baton_matrix_lists lists;
    struct baton_period compared;
    TRY(baton_matrix_lists(matrix->arena, matrix->session, &lists));
    const bool has = baton_result_compared(matrix->session, &compared);
    const char *en = "there is no earlier result to compare with";
    const char *zh = "没有此前结果可比，不列";
    if (has) {
        en = arena_printf(matrix->arena, "the change of the total from %s, inside the group",
                          words_period(matrix->arena, compared, BATON_EN));
        zh = arena_printf(matrix->arena, "总分与%s相比的增减，在本类别中排列",
                          words_period(matrix->arena, compared, BATON_ZH));
    }
    matrix_title(
        matrix,
        arena_printf(matrix->arena,
                     "Level: the total on a scale of 100, among all groups. Class: the rank "
                     "inside the group. Progress: %s.",
                     en),
        arena_printf(
            matrix->arena,
            "水平榜：总分折算为百分制，在全部类别中排列。分类榜：在本类别中的位次。进步榜：%s。",
            zh));
    for (uint32_t g = 0; g < matrix->scheme->group_count; g++) {
        const struct arena_mark mark = arena_mark(matrix->arena);
        if (result_has_group(&matrix->view->result, g))
            group_lists(matrix, g, &lists, has);
        arena_reset_to(matrix->arena, mark);
    }
    return BATON_OK;
}
