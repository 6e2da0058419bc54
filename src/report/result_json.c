/* A result as one JSON object, written as it comes. */
#include "report/result_json.h"
#include "base/json.h"
#include <math.h>

static void title(struct json *json, const char *name, const struct baton_text *text) {
    if (text->zh == NULL && text->en == NULL)
        return;
    json_object_tight(json, name);
    json_text_if(json, "zh", text->zh);
    json_text_if(json, "en", text->en);
    json_end(json);
}

static void head(struct json *json, const struct result_view *view) {
    char period[BATON_PERIOD_NAME_SIZE], day[BATON_PERIOD_NAME_SIZE];
    baton_period_format(view->result->period, period);
    json_text(json, "package", view->scheme->id);
    title(json, "title", &view->scheme->title);
    json_text(json, "period", period);
    if (view->as_of_day == INT32_MAX) {
        json_null(json, "as_of");
    } else {
        baton_day_format(view->as_of_day, day);
        json_text(json, "as_of", day);
    }
}

static void compared_with(struct json *json, const struct result_view *view) {
    char period[BATON_PERIOD_NAME_SIZE];
    struct baton_period compared;
    if (baton_result_compared(view->session, &compared)) {
        baton_period_format(compared, period);
        json_text(json, "compared_with", period);
    } else {
        json_null(json, "compared_with");
    }
}

static void number(struct json *json, const struct result_view *view, const char *name,
                   double value, int decimals) {
    if (isnan(value))
        return;
    if (view->rounded)
        json_fixed(json, name, result_rounded(view, value, decimals), decimals);
    else
        json_number(json, name, value);
}

static void ranks(struct json *json, const struct result_view *view, uint32_t node, uint32_t unit) {
    const uint32_t rank = result_rank(view, node, unit);
    if (rank != 0)
        json_number(json, "rank", rank / 2.0);
    json_count(json, "of", baton_result_of(view->session, node, view->scheme->unit[unit].group));
    const uint32_t earlier = rank == 0 ? 0 : baton_result_earlier_rank(view->session, node, unit);
    if (earlier != 0)
        json_number(json, "rank_change", ((double)earlier - (double)rank) / 2.0);
}

static void value(struct json *json, const struct result_view *view, uint32_t leaf, uint32_t unit) {
    const double figure = baton_result_value(view->session, leaf, unit);
    if (isnan(figure))
        return;
    if (view->scheme->element[view->scheme->node[leaf].element].is_code)
        json_text(json, "value", view->scheme->code[(size_t)figure]);
    else
        json_number(json, "value", figure);
}

static void row(struct json *json, const struct result_view *view, uint32_t node, uint32_t unit,
                const double *share, const double *points) {
    const struct baton_scheme *scheme = view->scheme;
    const bool is_base = node == BATON_NONE;
    const double score = is_base ? view->result->base[unit]
                                 : view->result->score[(size_t)node * view->result->stride + unit];
    const bool is_leaf = !is_base && scheme->node[node].child_count == 0;
    const uint32_t group = scheme->unit[unit].group;
    const int decimals = baton_result_decimals(view->session, is_base ? 0 : node, group);
    json_object_tight(json, NULL);
    json_text(json, "node", is_base ? "base" : scheme->node[node].id);
    json_count(json, "level", is_base ? 0 : scheme->node[node].level);
    if (is_leaf)
        value(json, view, node, unit);
    number(json, view, "score", score, decimals);
    number(json, view, "weight", share[is_base ? 0 : node], decimals);
    number(json, view, "points", is_base ? score : points[node], decimals);
    ranks(json, view, node, unit);
    const uint32_t rating = is_leaf ? baton_result_rating(view->session, node, unit) : BATON_NONE;
    if (rating != BATON_NONE)
        json_text(json, "rating", scheme->group[group].ratings.item[rating].id);
    if (node == 0 && result_grade(view, unit) != NULL)
        json_text(json, "grade", result_grade(view, unit)->id);
    const uint16_t notes =
        result_shows(view, is_base ? 0 : node, unit) ? result_notes(view, node, unit) : 0;
    if (notes != 0) {
        json_array_tight(json, "notes");
        for (unsigned i = 0; i < BATON_NOTES; i++)
            if ((notes >> i & 1) != 0)
                json_text(json, NULL, baton_note_name(i));
        json_end(json);
    }
    json_end(json);
}

static void unit_object(struct json *json, const struct result_view *view, uint32_t unit,
                        double *share, double *points) {
    const struct baton_unit *of = &view->scheme->unit[unit];
    baton_result_points(view->session, unit, share, points);
    json_object(json, NULL);
    json_text(json, "id", of->id);
    title(json, "name", &of->name);
    ranks(json, view, 0, unit);
    number(json, view, "score", view->result->score[unit],
           baton_result_decimals(view->session, 0, of->group));
    if (result_grade(view, unit) != NULL)
        json_text(json, "grade", result_grade(view, unit)->id);
    json_array(json, "nodes");
    row(json, view, 0, unit, share, points);
    if (result_has_base(view) && result_shows(view, 0, unit))
        row(json, view, BATON_NONE, unit, share, points);
    for (uint32_t n = 1; n < view->scheme->node_count; n++)
        if (baton_result_has_row(view->session, n, unit) && result_shows(view, n, unit))
            row(json, view, n, unit, share, points);
    json_end(json);
    json_end(json);
}

static void groups(struct baton_arena *arena, struct json *json, const struct result_view *view,
                   _Atomic uint32_t *done) {
    const struct baton_scheme *scheme = view->scheme;
    uint32_t *units = result_units_room(arena, view);
    double *share = arena_alloc(arena, scheme->node_count, sizeof(double));
    double *points = arena_alloc(arena, scheme->node_count, sizeof(double));
    json_array(json, "groups");
    for (uint32_t g = 0; g < scheme->group_count; g++) {
        if (!result_has_group(view, g))
            continue;
        json_object(json, NULL);
        json_text(json, "id", scheme->group[g].id);
        title(json, "title", &scheme->group[g].title);
        json_array(json, "units");
        const uint32_t count = result_units(view, g, units);
        for (uint32_t i = 0; i < count && json->writer->error == 0; i++) {
            unit_object(json, view, units[i], share, points);
            if (done != NULL)
                *done += 1;
        }
        json_end(json);
        json_end(json);
    }
    json_end(json);
}

static void awards(struct json *json, const struct result_view *view) {
    const struct baton_scheme *scheme = view->scheme;
    uint32_t count;
    const struct baton_award_row *award = baton_result_awards(view->session, &count);
    json_array(json, "awards");
    for (uint32_t i = 0; i < count; i++) {
        if (!result_has_group(view, award[i].group) ||
            (view->unit != BATON_NONE && view->unit != award[i].unit))
            continue;
        json_object_tight(json, NULL);
        json_text(json, "award", scheme->award[award[i].award].id);
        title(json, "title", &scheme->award[award[i].award].title);
        json_text(json, "group", scheme->group[award[i].group].id);
        json_text(json, "unit", scheme->unit[award[i].unit].id);
        json_count(json, "place", award[i].place);
        json_number(json, "by", result_shows(view, 0, award[i].unit) ? award[i].by : NAN);
        json_end(json);
    }
    json_end(json);
}

static void legend(struct json *json) {
    json_object(json, "notes");
    for (unsigned i = 0; i < BATON_NOTES; i++) {
        json_object_tight(json, baton_note_name(i));
        json_text(json, "zh", baton_note_meaning(i, BATON_ZH));
        json_text(json, "en", baton_note_meaning(i, BATON_EN));
        json_end(json);
    }
    json_end(json);
}

void result_json(struct baton_arena *arena, const struct result_view *view, struct writer *writer,
                 _Atomic uint32_t *done) {
    struct json json = json_to(writer);
    json_object(&json, NULL);
    head(&json, view);
    compared_with(&json, view);
    groups(arena, &json, view, done);
    awards(&json, view);
    legend(&json);
    json_end(&json);
}

void result_json_awards(const struct result_view *view, struct writer *writer) {
    struct json json = json_to(writer);
    json_object(&json, NULL);
    head(&json, view);
    awards(&json, view);
    json_end(&json);
}
