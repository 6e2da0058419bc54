/* What the files that print the matrix share: which nodes and units are shown, their names, numbers in words. */
#include "report/matrix_parts.h"
#include "report/words.h"
#include <math.h>

struct matrix matrix_begin(struct baton_arena *arena, const struct matrix_view *view,
                           struct writer *writer) {
    return (struct matrix){.arena = arena,
                           .view = view,
                           .session = view->result.session,
                           .scheme = view->result.scheme,
                           .result = view->result.result,
                           .writer = writer,
                           .zh = view->language == BATON_ZH};
}

const char *matrix_unit_name(const struct matrix *matrix, uint32_t unit) {
    const struct baton_unit *of = &matrix->scheme->unit[unit];
    return baton_text_in(&of->name, matrix->view->language, of->id);
}

const char *matrix_node_name(const struct matrix *matrix, uint32_t node) {
    const struct baton_node *of = &matrix->scheme->node[node];
    return node == 0 ? matrix_words(matrix, "Total", "总分")
                     : baton_text_in(&of->name, matrix->view->language, of->id);
}

const char *matrix_group_name(const struct matrix *matrix, uint32_t group) {
    const struct baton_group *of = &matrix->scheme->group[group];
    return baton_text_in(&of->title, matrix->view->language, of->id);
}

const char *matrix_rating_name(const struct matrix *matrix, uint32_t group, uint32_t rating) {
    const struct baton_rating *of = &matrix->scheme->group[group].ratings.item[rating];
    return baton_text_in(&of->title, matrix->view->language, of->id);
}

bool matrix_is_end(const struct matrix *matrix, uint32_t node) {
    const struct baton_node *of = &matrix->scheme->node[node];
    const uint32_t level = matrix->view->level;
    return node > 0 && ((of->child_count == 0 && (level == 0 || of->level <= level)) ||
                        (level != 0 && of->level == level));
}

bool matrix_is_shown(const struct matrix *matrix, uint32_t node) {
    const uint32_t level = matrix->view->level;
    return level == 0 || matrix->scheme->node[node].level <= level;
}

bool matrix_has_unit(const struct matrix *matrix, uint32_t unit) {
    return matrix->view->result.unit == BATON_NONE || matrix->view->result.unit == unit;
}

double matrix_number(const struct matrix *matrix, const struct baton_matrix_unit *unit,
                     uint32_t node) {
    const struct baton_matrix_cell *cell = &unit->cell[node];
    switch (matrix->view->what) {
    case MATRIX_RANKS:
        return cell->rank == 0 ? NAN : cell->rank / 2.0;
    case MATRIX_SCORES:
        return cell->score;
    case MATRIX_POINTS:
        return cell->points;
    case MATRIX_LOST:
        return node == 0 ? unit->lost : cell->lost;
    case MATRIX_CONTRIBUTIONS:
        return cell->share;
    case MATRIX_FROM_MEAN:
        return cell->from_mean;
    case MATRIX_FROM_BEST:
        return cell->from_best;
    default:
        return NAN;
    }
}

bool matrix_has_parts(const struct matrix *matrix) {
    return matrix->view->what == MATRIX_POINTS || matrix->view->what == MATRIX_CONTRIBUTIONS;
}

struct matrix_rating_ids matrix_rating_ids(const struct matrix *matrix) {
    struct matrix_rating_ids ids = {0};
    size_t most = 1;
    for (uint32_t g = 0; g < matrix->scheme->group_count; g++)
        most += matrix->scheme->group[g].ratings.count;
    ids.id = arena_alloc(matrix->arena, most, sizeof *ids.id);
    ids.rating = arena_alloc(matrix->arena, most, sizeof(*ids.rating));
    for (uint32_t g = 0; g < matrix->scheme->group_count; g++) {
        const struct baton_ratings *ratings = &matrix->scheme->group[g].ratings;
        for (uint32_t r = 0; r < ratings->count && result_has_group(&matrix->view->result, g);
             r++) {
            bool is_there = false;
            for (uint32_t i = 0; i < ids.count; i++)
                is_there = is_there || strcmp(ids.id[i], ratings->item[r].id) == 0;
            if (is_there)
                continue;
            ids.rating[ids.count] = &ratings->item[r];
            ids.id[ids.count++] = ratings->item[r].id;
        }
    }
    return ids;
}

void matrix_title(const struct matrix *matrix, const char *en, const char *zh) {
    const struct heading_style style = {matrix->view->language, matrix->view->colour,
                                        matrix->view->width, matrix->view->width};
    heading_title(matrix->arena, &matrix->view->result, matrix->writer, &style);
    layout_wrap(matrix->writer, matrix_words(matrix, en, zh), 0, 0, matrix->view->width);
}

void matrix_group_heading(const struct matrix *matrix, const struct baton_matrix_group *group) {
    const struct heading_style style = {matrix->view->language, matrix->view->colour,
                                        matrix->view->width, matrix->view->width};
    const char *count = matrix->zh ? arena_printf(matrix->arena, "%u个", group->unit_count)
                                   : arena_printf(matrix->arena, "%u unit%s", group->unit_count,
                                                  group->unit_count == 1 ? "" : "s");
    const uint32_t unit = matrix->view->result.unit;
    const bool is_one = unit != BATON_NONE && matrix->view->what != MATRIX_INDICATORS;
    if (is_one && group->unit_count > 1)
        count = arena_printf(matrix->arena, matrix_words(matrix, "one of %s", "%s之一"), count);
    heading_group(matrix->arena, &matrix->view->result, matrix->writer, &style, group->group,
                  count);
    if (is_one && !baton_result_has_row(matrix->session, 0, unit))
        layout_wrap(matrix->writer,
                    arena_printf(matrix->arena,
                                 matrix_words(matrix, "%s takes no part in this period.",
                                              "%s不参加本期考核。"),
                                 matrix_unit_name(matrix, unit)),
                    0, 0, matrix->view->width);
}

const char *matrix_half(const struct matrix *matrix, uint32_t doubled) {
    return doubled == 0
               ? "—"
               : arena_printf(matrix->arena, "%u%s", doubled / 2, doubled % 2 != 0 ? ".5" : "");
}

const char *matrix_fixed(const struct matrix *matrix, double number, int decimals, bool sign) {
    char text[BATON_NUMBER_FIXED_SIZE];
    if (isnan(number))
        return "—";
    const double rounded = result_rounded(&matrix->view->result, number, decimals);
    const size_t size = baton_number_fixed(rounded, decimals < 0 ? 0 : decimals, text);
    return sign && rounded > 0 ? arena_printf(matrix->arena, "+%s", text)
                               : arena_text(matrix->arena, text, size);
}

int matrix_points_decimals(const struct matrix *matrix, uint32_t node, uint32_t group) {
    const int own = baton_result_decimals(matrix->session, node, group);
    const int total = baton_result_decimals(matrix->session, 0, group);
    return matrix->scheme->round_at_node || own > total ? own : total;
}

const char *matrix_change(const struct matrix *matrix, uint32_t unit, enum paint *paint) {
    const uint32_t rank = matrix->result->rank[unit];
    const uint32_t earlier = baton_result_earlier_rank(matrix->session, 0, unit);
    *paint = PAINT_PLAIN;
    if (rank == 0)
        return "";
    if (earlier == 0)
        return matrix_words(matrix, "new", "新");
    if (earlier == rank)
        return "—";
    *paint =
        earlier > rank ? paint_rise(matrix->view->language) : paint_fall(matrix->view->language);
    return arena_printf(matrix->arena, "%s%s", earlier > rank ? "▲" : "▼",
                        matrix_half(matrix, earlier > rank ? earlier - rank : rank - earlier));
}

struct grid_line matrix_line(const struct matrix *matrix, uint32_t node) {
    const struct baton_node *is = &matrix->scheme->node[node];
    return (struct grid_line){matrix_node_name(matrix, node), node == 0 ? 0 : 2 * (is->level - 1),
                              is->child_count > 0 ? PAINT_STRONG : PAINT_PLAIN};
}

baton_code matrix_each_group(const struct matrix *matrix,
                             baton_code (*each)(const struct matrix *matrix, uint32_t group)) {
    for (uint32_t g = 0; g < matrix->scheme->group_count; g++) {
        const struct arena_mark mark = arena_mark(matrix->arena);
        if (result_has_group(&matrix->view->result, g))
            TRY(each(matrix, g));
        arena_reset_to(matrix->arena, mark);
    }
    return BATON_OK;
}
