/* A comparison as one JSON object. Names of columns and keys are those of the package, ids those of the schemes; nothing is
 * translated. */
#include "base/json.h"
#include "report/compare_parts.h"
#include "report/document.h"
#include <math.h>
#include <string.h>

bool compare_wants(const struct compare_view *view, const struct baton_replay_unit *unit) {
    if (view->unit != BATON_NONE)
        return view->unit == unit->unit;
    return view->group == BATON_NONE ||
           view->group == view->comparison->before->unit[unit->unit].group;
}

static void put_title(struct json *json, const char *name, const struct baton_text *title) {
    if (title->zh == NULL && title->en == NULL) {
        json_null(json, name);
        return;
    }
    json_object_tight(json, name);
    json_text_if(json, "zh", title->zh);
    json_text_if(json, "en", title->en);
    json_end(json);
}

static void put_scheme(struct json *json, const char *name, const struct baton_scheme *scheme) {
    char period[BATON_PERIOD_NAME_SIZE];
    baton_period_format(scheme->period, period);
    json_object_tight(json, name);
    json_text(json, "id", scheme->id);
    put_title(json, "title", &scheme->title);
    json_text(json, "period", period);
    json_end(json);
}

/* ---- Changes */

/* What kind of change: of a node its column, or what became of it; of anything else what it is a change of. */
static const char *kind_of(const struct baton_change *change) {
    if (change->subject != BATON_SUBJECT_NODE)
        return baton_subject_name(change->subject);
    return change->act == BATON_ACT_CHANGED ? change->field : baton_act_name(change->act);
}

static void put_value(struct json *json, const char *name, const struct baton_change *change,
                      const char *text, double number) {
    if (change->is_number && !isnan(number))
        json_number(json, name, number);
    else
        json_text(json, name, text);
}

static void put_where(struct json *json, const char *name, const struct baton_where *where) {
    if (where->file == NULL)
        return;
    json_object_tight(json, name);
    json_text(json, "file", where->file);
    if (where->row > 0)
        json_count(json, "row", where->row);
    json_text_if(json, "field", where->field);
    json_end(json);
}

/* A phrase without the marks that documents have around ids. */
static void put_words(struct json *json, const struct compare_print *p, const char *name,
                      const char *text) {
    if (!p->view->words)
        return;
    char *plain = arena_text(p->arena, text, strlen(text)), *to = plain;
    for (const char *from = plain; *from != '\0'; from++)
        if (*from != *DOCUMENT_CODE && *from != *DOCUMENT_END)
            *to++ = *from;
    *to = '\0';
    json_text(json, name, plain);
}

static void put_change(struct json *json, const struct compare_print *p,
                       const struct baton_change *change) {
    const bool is_node =
        change->subject == BATON_SUBJECT_NODE || change->subject == BATON_SUBJECT_WEIGHT;
    json_object_tight(json, NULL);
    json_text(json, "kind", kind_of(change));
    json_text(json, is_node ? "node" : "id", change->id);
    if (change->subject == BATON_SUBJECT_WEIGHT)
        json_text(json, "for", change->of);
    else
        json_text_if(json, "of", change->of);
    if (change->subject != BATON_SUBJECT_NODE) {
        json_text(json, "act", baton_act_name(change->act));
        json_text_if(json, "field", change->field);
    }
    put_value(json, "old", change, change->before, change->number_before);
    put_value(json, "new", change, change->after, change->number_after);
    json_flag(json, "effective", change->effective);
    put_where(json, "old_at", &change->at_before);
    put_where(json, "new_at", &change->at_after);
    put_words(json, p, "words", compare_phrase(p, change));
    json_end(json);
}

/* The title and the words of the clause on which an amendment rests. */
static void put_clause(struct json *json, const struct compare_print *p, const char *basis) {
    struct baton_clause clause;
    if (!p->view->words || basis == NULL || p->view->clause == NULL ||
        !p->view->clause(p->view->context, basis, &clause))
        return;
    json_object(json, "clause");
    json_text(json, "title", clause.title);
    json_text(json, "text", arena_text(p->arena, clause.text, clause.size));
    json_end(json);
}

static void put_amendments(struct json *json, const struct compare_print *p) {
    const struct baton_comparison *comparison = p->comparison;
    json_array(json, "amendments");
    for (uint32_t a = 0; a < comparison->amendment_count; a++) {
        const struct baton_amendment *amendment = &comparison->amendment[a];
        json_object(json, NULL);
        json_text(json, "id", arena_printf(p->arena, "%u", a + 1));
        json_text(json, "basis", amendment->basis);
        put_clause(json, p, amendment->basis);
        json_flag(json, "effective", amendment->effective);
        json_array(json, "changes");
        for (uint32_t i = 0; i < amendment->change_count; i++)
            put_change(json, p, &comparison->change[amendment->change[i]]);
        json_end(json);
        json_end(json);
    }
    json_end(json);
}

static void put_units(struct json *json, const struct compare_print *p) {
    const struct baton_comparison *comparison = p->comparison;
    json_array(json, "units");
    for (uint32_t i = 0; i < comparison->change_count; i++)
        if (comparison->change[i].amendment == BATON_NONE)
            put_change(json, p, &comparison->change[i]);
    json_end(json);
}

/* ---- Stability */

static void put_stability(struct json *json, const struct baton_stability *of) {
    json_number(json, "weight", of->weight);
    json_count(json, "units", of->units);
    json_object_tight(json, "leaves");
    json_count(json, "old", of->leaves_before);
    json_count(json, "new", of->leaves_after);
    json_count(json, "kept", of->leaves_kept);
    json_end(json);
}

static void put_steadiness(struct json *json, const struct baton_replay_stability *of) {
    if (of == NULL)
        return;
    json_object_tight(json, "replay");
    json_count(json, "units", of->units);
    json_count(json, "ranked", of->ranked);
    json_count(json, "rank_kept", of->rank_kept);
    json_count(json, "graded", of->graded);
    json_count(json, "grade_kept", of->grade_kept);
    json_number(json, "score_change", of->score_change);
    json_number(json, "tau", of->tau);
    json_end(json);
}

static void put_stabilities(struct json *json, const struct compare_view *view) {
    const struct baton_scheme *before = view->comparison->before;
    json_object(json, "stability");
    put_stability(json, &view->stability);
    put_steadiness(json, view->replay == NULL ? NULL : &view->steadiness);
    json_array(json, "groups");
    for (uint32_t g = 0; g < before->group_count; g++) {
        json_object(json, NULL);
        json_text(json, "group", before->group[g].id);
        if (view->words)
            put_title(json, "title", &before->group[g].title);
        put_stability(json, &view->stability_of[g]);
        put_steadiness(json, view->steadiness_of == NULL ? NULL : &view->steadiness_of[g]);
        json_end(json);
    }
    json_end(json);
    json_end(json);
}

/* ---- Replay */

static void put_standing(struct json *json, const char *name, const struct baton_standing *of) {
    json_object_tight(json, name);
    json_number(json, "score", of->score);
    json_number(json, "rank", of->rank);
    json_text(json, "grade", of->grade == NULL ? NULL : of->grade->id);
    json_number(json, "step", of->step);
    json_end(json);
}

static void put_gain(struct json *json, const struct baton_gain *gain) {
    json_number(json, "score", gain->score);
    json_number(json, "rank", gain->rank);
    json_number(json, "grade", gain->grade);
}

static void put_unit(struct baton_arena *arena, struct json *json, const struct compare_view *view,
                     const struct baton_replay_unit *unit) {
    const struct baton_comparison *comparison = view->comparison;
    const struct baton_unit *is = &comparison->before->unit[unit->unit];
    const char *group = comparison->before->group[is->group].id;
    const char *group_after =
        unit->group == BATON_NONE ? group : comparison->after->group[unit->group].id;
    json_object(json, NULL);
    json_text(json, "unit", is->id);
    if (view->words)
        put_title(json, "name", &is->name);
    json_text(json, "group", group);
    if (strcmp(group, group_after) != 0)
        json_text(json, "new_group", group_after);
    put_standing(json, "old", &unit->before);
    put_standing(json, "replayed", &unit->replayed);
    json_array(json, "attribution");
    for (uint32_t a = 0; a < comparison->amendment_count; a++) {
        json_object_tight(json, NULL);
        json_text(json, "amendment", arena_printf(arena, "%u", a + 1));
        put_gain(json, &unit->gain[a]);
        json_end(json);
    }
    json_end(json);
    json_object_tight(json, "remainder");
    put_gain(json, &unit->remainder);
    json_end(json);
    json_end(json);
}

static void put_replay(struct baton_arena *arena, struct json *json,
                       const struct compare_view *view) {
    const struct baton_replay *replay = view->replay;
    char period[BATON_PERIOD_NAME_SIZE];
    if (replay == NULL) {
        json_null(json, "replay");
        return;
    }
    baton_period_format(replay->period, period);
    json_object(json, "replay");
    json_text(json, "period", period);
    json_text(json, "attribution", replay->attribution == BATON_SHAPLEY ? "shapley" : "in_order");
    json_text(json, "fallback",
              replay->fallback == NULL
                  ? NULL
                  : baton_finding_message(arena, replay->fallback, view->language));
    json_count(json, "scorings", replay->scorings);
    json_array_tight(json, "without_figures");
    for (uint32_t i = 0; i < replay->leaf_without_count; i++)
        json_text(json, NULL, view->comparison->after->node[replay->leaf_without[i]].id);
    json_end(json);
    json_count(json, "adjustments_left_out", replay->rows_left_out);
    json_array(json, "units");
    for (uint32_t i = 0; i < replay->unit_count; i++)
        if (compare_wants(view, &replay->unit[i]))
            put_unit(arena, json, view, &replay->unit[i]);
    json_end(json);
    json_end(json);
}

static void put_refused(struct baton_arena *arena, struct json *json,
                        const struct compare_view *view) {
    if (view->refused == NULL || view->refused->count == 0)
        return;
    json_array(json, "replay_refused");
    for (size_t i = 0; i < view->refused->count; i++)
        json_text(json, NULL,
                  baton_finding_message(arena, &view->refused->item[i], view->language));
    json_end(json);
}

void compare_json(struct baton_arena *arena, const struct compare_view *view,
                  struct writer *writer) {
    const struct compare_print print = {
        .arena = arena, .view = view, .comparison = view->comparison};
    struct json json = json_to(writer);
    json_object(&json, NULL);
    put_scheme(&json, "old", view->comparison->before);
    put_scheme(&json, "new", view->comparison->after);
    put_amendments(&json, &print);
    put_units(&json, &print);
    put_stabilities(&json, view);
    if (!view->changes_only) {
        put_replay(arena, &json, view);
        put_refused(arena, &json, view);
    }
    json_end(&json);
}
