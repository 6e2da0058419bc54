/* A figure is told by its member `x`, a code by `code`. */
#include "report/curve_json.h"
#include "report/annex_parts.h"
#include "report/indicator_json.h"
#include <math.h>

struct telling {
    struct json *json;
    const struct annex *annex;
    const struct curve *curve;
};

static void put_point(const struct telling *t, const struct curve_point *point) {
    if (t->curve->has_codes)
        json_text(t->json, "code", t->annex->scheme->code[(uint32_t)point->x]);
    else
        json_number(t->json, "x", point->x);
    json_number(t->json, "score", point->score);
}

static void put_named(const struct telling *t, const char *name, const char *id,
                      const char *shown) {
    json_object_tight(t->json, name);
    json_text(t->json, "id", id);
    json_text(t->json, "name", shown);
    json_end(t->json);
}

static void put_head(const struct telling *t) {
    const struct baton_scheme *const scheme = t->annex->scheme;
    const struct baton_node *const leaf = &scheme->node[t->curve->node];
    const struct baton_group *const group = &scheme->group[t->curve->group];
    char period[BATON_PERIOD_NAME_SIZE];
    baton_period_format(baton_session_result(t->annex->session)->period, period);
    json_text(t->json, "period", period);
    json_text(t->json, "better", leaf->direction == BATON_UP ? "up" : "down");
    json_text_if(t->json, "measure", leaf->measure);
    json_flag(t->json, "codes", t->curve->has_codes);
    json_flag(t->json, "treated", leaf->treat != BATON_TREAT_NONE);
    put_named(t, "group", group->id, annex_name(t->annex, &group->title, group->id));
    if (t->curve->unit != BATON_NONE)
        put_named(t, "unit", scheme->unit[t->curve->unit].id,
                  annex_unit_name(t->annex, t->curve->unit));
    if (!isnan(t->curve->target))
        json_number(t->json, "target", t->curve->target);
    if (!isnan(t->curve->baseline))
        json_number(t->json, "baseline", t->curve->baseline);
}

void curve_json(struct baton_arena *arena, const struct baton_session *session,
                const struct curve *curve, enum baton_language language, struct json *json) {
    const struct annex_view view = {.session = session, .language = language, .group = BATON_NONE};
    const struct annex annex = annex_open(arena, &view, curve->node);
    const struct telling t = {json, &annex, curve};
    put_head(&t);
    indicator_method_json(&annex, curve->node, json);
    json_array(json, "points");
    for (uint32_t i = 0; i < curve->point_count; i++) {
        json_object_tight(json, NULL);
        put_point(&t, &curve->point[i]);
        json_end(json);
    }
    json_end(json);
    json_count(json, "figures", curve->figures);
    json_array(json, "among");
    for (uint32_t i = 0; i < curve->among_count; i++) {
        const uint32_t unit = curve->among[i];
        json_object_tight(json, NULL);
        json_text(json, "unit", annex.scheme->unit[unit].id);
        json_text(json, "name", annex_unit_name(&annex, unit));
        put_point(&t, &curve->at[i]);
        json_end(json);
    }
    json_end(json);
}
