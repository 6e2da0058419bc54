/* The matrix as JSON: one object with everything that baton/matrix.h tells, in the order of the result. */
#include "base/json.h"
#include "report/matrix_parts.h"
#include <math.h>

static void title(struct json *json, const char *name, const struct baton_text *text) {
    json_object_tight(json, name);
    json_text_if(json, "zh", text->zh);
    json_text_if(json, "en", text->en);
    json_end(json);
}

static void place(struct json *json, const char *name, uint32_t doubled) {
    json_number(json, name, doubled == 0 ? NAN : doubled / 2.0);
}

static void nodes(const struct matrix *matrix, struct json *json, const char *name,
                  const struct baton_matrix_some *some) {
    json_array_tight(json, name);
    for (uint32_t i = 0; i < some->count; i++)
        json_text(json, NULL, matrix->scheme->node[some->item[i]].id);
    json_end(json);
}

static void units(const struct matrix *matrix, struct json *json, const char *name,
                  const uint32_t *unit, uint32_t count) {
    json_array_tight(json, name);
    for (uint32_t i = 0; i < count; i++)
        json_text(json, NULL, matrix->scheme->unit[unit[i]].id);
    json_end(json);
}

static void rated(struct json *json, const char *name, const struct baton_ratings *ratings,
                  const uint32_t *by) {
    json_object_tight(json, name);
    for (uint32_t r = 0; r < ratings->count; r++)
        json_count(json, ratings->item[r].id, by[r]);
    json_end(json);
}

static void counted(struct json *json, const char *name, const struct baton_ratings *ratings,
                    const struct baton_matrix_count *count) {
    json_object_tight(json, name);
    json_count(json, "leaves", count->leaves);
    json_count(json, "rated", count->rated);
    json_count(json, "upper", count->upper);
    rated(json, "by", ratings, count->by);
    json_end(json);
}

static void cell_object(const struct matrix *matrix, struct json *json, uint32_t node,
                        const struct baton_matrix_cell *cell, const struct baton_ratings *ratings) {
    json_object_tight(json, NULL);
    json_text(json, "node", matrix->scheme->node[node].id);
    place(json, "rank", cell->rank);
    json_count(json, "of", cell->of);
    json_number(json, "score", cell->score);
    if (cell->rating != BATON_NONE)
        json_text(json, "rating", ratings->item[cell->rating].id);
    json_number(json, "weight", cell->weight);
    json_number(json, "points", cell->points);
    json_number(json, "lost", cell->lost);
    json_number(json, "share", cell->share);
    json_number(json, "from_mean", cell->from_mean);
    json_number(json, "from_best", cell->from_best);
    json_number(json, "standing", cell->standing);
    json_flag(json, "first", cell->first);
    json_flag(json, "last", cell->last);
    json_end(json);
}

static void unit_object(const struct matrix *matrix, struct json *json,
                        const struct baton_matrix_unit *unit) {
    static const char *const kind[] = {"common", "individual"};
    static const char *const class[] = {"mandatory", "competitive", "bonus", "gate"};
    const struct baton_unit *of = &matrix->scheme->unit[unit->unit];
    const struct baton_ratings *ratings = &matrix->scheme->group[of->group].ratings;
    const struct baton_grade *grade = result_grade(&matrix->view->result, unit->unit);
    json_object(json, NULL);
    json_text(json, "id", of->id);
    title(json, "name", &of->name);
    place(json, "rank", unit->cell[0].rank);
    json_number(json, "total", unit->cell[0].score);
    if (grade != NULL)
        json_text(json, "grade", grade->id);
    json_number(json, "base", unit->base);
    json_number(json, "lost", unit->lost);
    json_number(json, "adjust", unit->adjust);
    json_number(json, "adjust_share", unit->adjust_share);
    json_number(json, "rest", unit->rest);
    json_number(json, "rest_share", unit->rest_share);
    json_object(json, "ratings");
    counted(json, "all", ratings, &unit->all);
    for (size_t i = 0; i < LENGTH(kind); i++)
        counted(json, kind[i], ratings, &unit->kind[i]);
    for (size_t i = 0; i < LENGTH(class); i++)
        counted(json, class[i], ratings, &unit -> class[i]);
    json_end(json);
    nodes(matrix, json, "first", &unit->first);
    nodes(matrix, json, "last", &unit->last);
    nodes(matrix, json, "strengths", &unit->strengths);
    nodes(matrix, json, "weaknesses", &unit->weaknesses);
    nodes(matrix, json, "most_lost", &unit->most_lost);
    json_array(json, "nodes");
    for (uint32_t n = 0; n < matrix->scheme->node_count; n++)
        if (unit->cell[n].has_row && matrix_is_shown(matrix, n))
            cell_object(matrix, json, n, &unit->cell[n], ratings);
    json_end(json);
    json_end(json);
}

static void indicator_object(const struct matrix *matrix, struct json *json,
                             const struct baton_matrix_group *group, uint32_t n) {
    const struct baton_matrix_node *node = &group->node[n];
    json_object_tight(json, NULL);
    json_text(json, "node", matrix->scheme->node[n].id);
    json_count(json, "units", node->rows);
    json_count(json, "scored", node->scored);
    json_count(json, "ranked", node->ranked);
    json_count(json, "missing", node->missing);
    json_count(json, "imputed", node->imputed);
    json_count(json, "pending", node->pending);
    json_count(json, "na", node->na);
    json_number(json, "missing_share", node->missing_share);
    json_number(json, "mean", node->mean);
    json_number(json, "median", node->median);
    json_number(json, "sd", node->sd);
    json_number(json, "lowest", node->lowest);
    json_number(json, "highest", node->highest);
    units(matrix, json, "first", node->first, node->first_count);
    units(matrix, json, "last", node->last, node->last_count);
    if (matrix->scheme->node[n].child_count == 0)
        rated(json, "ratings", &matrix->scheme->group[group->group].ratings, node->rated);
    json_end(json);
}

static baton_code group_units(const struct matrix *matrix, struct json *json,
                              const struct baton_matrix_group *group) {
    json_array(json, "units");
    for (uint32_t i = 0; i < group->unit_count && matrix->writer->error == 0; i++) {
        const struct arena_mark mark = arena_mark(matrix->arena);
        struct baton_matrix_unit unit;
        if (!matrix_has_unit(matrix, group->unit[i]))
            continue;
        TRY(baton_matrix_unit(matrix->arena, matrix->session, group, i, matrix->view->top, &unit));
        unit_object(matrix, json, &unit);
        arena_reset_to(matrix->arena, mark);
    }
    json_end(json);
    return BATON_OK;
}

static void list(const struct matrix *matrix, struct json *json, const char *name,
                 const struct baton_matrix_place *places, uint32_t from, uint32_t to) {
    json_array(json, name);
    for (uint32_t i = from; i < to; i++) {
        const uint32_t unit = places[i].unit;
        const uint32_t rank = matrix->result->rank[unit];
        const uint32_t earlier = baton_result_earlier_rank(matrix->session, 0, unit);
        if (!matrix_has_unit(matrix, unit))
            continue;
        json_object_tight(json, NULL);
        place(json, "place", places[i].place);
        json_count(json, "of", places[i].of);
        json_text(json, "unit", matrix->scheme->unit[unit].id);
        json_number(json, "figure", places[i].figure);
        json_number(json, "rank_change",
                    rank == 0 || earlier == 0 ? NAN : ((double)earlier - (double)rank) / 2.0);
        json_end(json);
    }
    json_end(json);
}

static baton_code group_object(const struct matrix *matrix, struct json *json, uint32_t g,
                               const struct baton_matrix_lists *lists) {
    struct baton_matrix_group group;
    const uint32_t from = lists->group_first[g], to = lists->group_first[g + 1];
    TRY(baton_matrix_group(matrix->arena, matrix->session, g, &group));
    json_object(json, NULL);
    json_text(json, "id", matrix->scheme->group[g].id);
    title(json, "title", &matrix->scheme->group[g].title);
    TRY(group_units(matrix, json, &group));
    json_array(json, "indicators");
    for (uint32_t n = 0; n < matrix->scheme->node_count; n++)
        if (group.node[n].rows > 0 && matrix_is_shown(matrix, n))
            indicator_object(matrix, json, &group, n);
    json_end(json);
    json_object(json, "lists");
    list(matrix, json, "level", lists->level, from, to);
    list(matrix, json, "class", lists->class, from, to);
    list(matrix, json, "progress", lists->progress, from, to);
    json_end(json);
    json_end(json);
    return BATON_OK;
}

static void head(const struct matrix *matrix, struct json *json) {
    char name[BATON_PERIOD_NAME_SIZE];
    struct baton_period compared;
    json_text(json, "package", matrix->scheme->id);
    title(json, "title", &matrix->scheme->title);
    baton_period_format(matrix->result->period, name);
    json_text(json, "period", name);
    if (matrix->view->result.as_of_day == INT32_MAX) {
        json_null(json, "as_of");
    } else {
        baton_day_format(matrix->view->result.as_of_day, name);
        json_text(json, "as_of", name);
    }
    if (baton_result_compared(matrix->session, &compared)) {
        baton_period_format(compared, name);
        json_text(json, "compared_with", name);
    } else {
        json_null(json, "compared_with");
    }
}

baton_code matrix_json(struct baton_arena *arena, const struct matrix_view *view,
                       struct writer *writer) {
    const struct matrix matrix = matrix_begin(arena, view, writer);
    struct json json = json_to(writer);
    struct baton_matrix_lists lists;
    TRY(baton_matrix_lists(arena, matrix.session, &lists));
    json_object(&json, NULL);
    head(&matrix, &json);
    json_array(&json, "groups");
    for (uint32_t g = 0; g < matrix.scheme->group_count; g++) {
        const struct arena_mark mark = arena_mark(arena);
        if (result_has_group(&view->result, g))
            TRY(group_object(&matrix, &json, g, &lists));
        arena_reset_to(arena, mark);
    }
    json_end(&json);
    json_end(&json);
    return BATON_OK;
}
