/* What of a result is printed, and in which order. */
#include "report/result_view.h"
#include <math.h>
#include <stdlib.h>

struct result_view result_view_of(const struct baton_session *session) {
    return (struct result_view){.session = session,
                                .scheme = baton_session_scheme(session),
                                .result = baton_session_result(session),
                                .group = BATON_NONE,
                                .unit = BATON_NONE,
                                .as_of_day = INT32_MAX};
}

bool result_has_group(const struct result_view *view, uint32_t group) {
    if (view->unit != BATON_NONE)
        return view->scheme->unit[view->unit].group == group;
    return view->group == BATON_NONE || view->group == group;
}

bool result_shows(const struct result_view *view, uint32_t node, uint32_t unit) {
    const bool is_asked = view->node == 0 || node == 0 || node == view->node;
    return is_asked && (view->of_unit == NULL || (view->of_unit[unit] & view->of_node[node]) != 0);
}

bool result_has_base(const struct result_view *view) {
    return view->result->base != NULL;
}

uint32_t *result_units_room(struct baton_arena *arena, const struct result_view *view) {
    uint32_t most = 0;
    for (uint32_t g = 0; g < view->scheme->group_count; g++)
        if (view->scheme->group[g].unit_count > most)
            most = view->scheme->group[g].unit_count;
    return arena_alloc_raw(arena, (size_t)most + 1, sizeof(uint32_t));
}

static int by_rank(const void *left, const void *right, void *context) {
    const uint32_t *rank = context;
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    if (rank[a] != rank[b])
        return rank[a] - 1 < rank[b] - 1 ? -1 : 1; /* 0, no rank, last */
    return a < b ? -1 : a > b;
}

uint32_t result_units(const struct result_view *view, uint32_t group, uint32_t *out) {
    const struct baton_group *of = &view->scheme->group[group];
    const uint32_t *rank = view->result->rank;
    uint32_t count = 0;
    for (uint32_t u = of->first_unit; u < of->first_unit + of->unit_count; u++)
        if (baton_result_has_row(view->session, 0, u))
            out[count++] = u;
    qsort_r(out, count, sizeof *out, by_rank, (void *)rank);
    if (view->unit != BATON_NONE) {
        for (uint32_t i = 0; i < count; i++)
            if (out[i] == view->unit) {
                out[0] = view->unit;
                return 1;
            }
        return 0;
    }
    if (view->top > 0 && view->top < count) {
        const uint32_t last = rank[out[view->top - 1]];
        uint32_t shown = view->top;
        while (shown < count && last != 0 && rank[out[shown]] == last)
            shown++;
        return shown;
    }
    return count;
}

double result_rounded(const struct result_view *view, double number, int decimals) {
    return baton_number_round(number, decimals, view->scheme->rounding);
}

double result_published(const struct result_view *view, uint32_t node, uint32_t unit,
                        int *decimals) {
    const struct baton_result *result = view->result;
    const double score = node == BATON_NONE ? result->base[unit]
                                            : result->score[(size_t)node * result->stride + unit];
    *decimals = baton_result_decimals(view->session, node == BATON_NONE ? 0 : node,
                                      view->scheme->unit[unit].group);
    return result_rounded(view, score, *decimals);
}

uint32_t result_rank(const struct result_view *view, uint32_t node, uint32_t unit) {
    const struct baton_result *result = view->result;
    return node == BATON_NONE ? result->base_rank[unit]
                              : result->rank[(size_t)node * result->stride + unit];
}

uint16_t result_notes(const struct result_view *view, uint32_t node, uint32_t unit) {
    const struct baton_result *result = view->result;
    return node == BATON_NONE || result->note == NULL
               ? 0
               : result->note[(size_t)node * result->stride + unit];
}

const struct baton_grade *result_grade(const struct result_view *view, uint32_t unit) {
    const uint32_t *grade = view->result->grade;
    const uint32_t of = view->scheme->group[view->scheme->unit[unit].group].grades;
    return grade == NULL || of == BATON_NONE || grade[unit] == BATON_NONE
               ? NULL
               : &view->scheme->grades[of].item[grade[unit]];
}
