/* An explanation as JSON. */
#include "base/json.h"
#include "report/clause_words.h"
#include "report/explain_report.h"
#include <math.h>
#include <string.h>

struct output {
    struct baton_arena *arena;
    const struct explain_view *view;
    const struct baton_scheme *scheme;
    struct json *json;
};

static void number_if(struct json *json, const char *name, double number) {
    if (!isnan(number))
        json_number(json, name, number);
}

static void text_by_language(struct json *json, const char *name, const char *en, const char *zh) {
    if (en == NULL && zh == NULL)
        return;
    if (en != NULL && zh != NULL && strcmp(en, zh) == 0) {
        json_text(json, name, en);
        return;
    }
    json_object_tight(json, name);
    json_text_if(json, "zh", zh);
    json_text_if(json, "en", en);
    json_end(json);
}

static void period_if(struct json *json, struct baton_period period) {
    char text[BATON_PERIOD_NAME_SIZE];
    if (baton_period_format(period, text) > 0)
        json_text(json, "period", text);
}

static void rank_if(struct json *json, const char *name, uint32_t twice) {
    if (twice != 0)
        json_number(json, name, twice / 2.0);
}

/* {"id", "name"} of a unit, group or package; text NULL = no name. */
static void named(struct json *json, const char *name, const char *id,
                  const struct baton_text *text) {
    json_object_tight(json, name);
    json_text(json, "id", id);
    if (text != NULL && (text->zh != NULL || text->en != NULL)) {
        json_object_tight(json, "name");
        json_text_if(json, "zh", text->zh);
        json_text_if(json, "en", text->en);
        json_end(json);
    }
    json_end(json);
}

static void put_node(struct output *out, const struct explain_node *node) {
    struct json *json = out->json;
    const struct baton_ratings *ratings =
        &out->scheme->group[out->scheme->unit[out->view->unit].group].ratings;
    json_flag(json, "told", node->told);
    if (!node->has_row)
        return;
    json_number(json, "score", node->score);
    number_if(json, "published", node->published);
    json_number(json, "decimals", node->decimals);
    number_if(json, "weight", node->weight);
    json_number(json, "share_full", node->share_full);
    json_number(json, "share", node->share);
    number_if(json, "points", node->points);
    rank_if(json, "rank", node->rank_twice);
    json_number(json, "of", node->of);
    if (node->rank_twice != 0 && node->earlier_rank_twice != 0)
        json_number(json, "rank_change",
                    (node->earlier_rank_twice / 2.0) - (node->rank_twice / 2.0));
    if (node->rating != BATON_NONE)
        json_text(json, "rating", ratings->item[node->rating].id);
    if (node->grade != NULL)
        json_text(json, "grade", node->grade->id);
    json_array_tight(json, "notes");
    for (unsigned i = 0; i < BATON_NOTES; i++)
        if ((node->notes >> i & 1) != 0)
            json_text(json, NULL, baton_note_name(i));
    json_end(json);
}

static void put_numbers(struct output *out, const struct explain_line *line) {
    const char *names = explain_entry(line->kind)->numbers;
    for (int i = 0; i < EXPLAIN_NUMBERS && *names != '\0'; i++) {
        const size_t size = strcspn(names, " ");
        number_if(out->json, arena_text(out->arena, names, size), line->number[i]);
        names += size + (names[size] == ' ');
    }
}

static void put_person(struct json *json, const char *name, const char *id, const char *called) {
    if (id == NULL)
        return;
    json_object_tight(json, name);
    json_text(json, "id", id);
    json_text_if(json, "name", called);
    json_end(json);
}

/* Where something was written: file and row, or the fact that stands behind it. */
static void put_place(struct output *out, const char *file, uint32_t row) {
    const struct explain_view *view = out->view;
    struct json *json = out->json;
    struct baton_fact fact;
    if (row == 0 || view->fact == NULL ||
        !view->fact(view->context, out->arena, file, row, &fact)) {
        json_text(json, "file", file);
        if (row > 0)
            json_count(json, "row", row);
        return;
    }
    json_object_tight(json, "fact");
    json_count(json, "position", fact.position);
    json_text(json, "time", explain_instant(out->arena, fact.time_utc_ms));
    put_person(json, "reporter", fact.reporter, fact.reporter_name);
    put_person(json, "verifier", fact.verifier, fact.verifier_name);
    json_text(json, "receipt", fact.digest);
    if (fact.is_correction) {
        json_count(json, "corrects", fact.corrects);
        json_text_if(json, "was", fact.was);
        json_text_if(json, "reason", fact.reason);
    }
    json_end(json);
}

static void put_observation(struct output *out, uint32_t origin) {
    const struct explain_view *view = out->view;
    struct baton_observation row;
    json_object_tight(out->json, "observation");
    const bool is_there =
        view->observation != NULL && view->observation(view->context, out->arena, origin, &row);
    put_place(out, is_there ? row.file : "observations.csv", origin);
    if (is_there) {
        json_text_if(out->json, "source", row.source);
        json_text_if(out->json, "document", row.document);
        for (uint32_t i = 0; i < row.also_count; i++)
            json_text(out->json, row.also_name[i], row.also_text[i]);
    }
    json_end(out->json);
}

static void put_clause(struct output *out, const char *basis) {
    const struct explain_view *view = out->view;
    struct baton_clause clause;
    if (view->clause == NULL || !view->clause(view->context, basis, &clause))
        return;
    json_object_tight(out->json, "clause");
    json_text(out->json, "title", clause.title);
    json_text(out->json, "file", clause.file);
    json_count(out->json, "row", clause.row);
    if (view->clauses)
        json_text(out->json, "text", clause_trimmed(out->arena, clause.text, clause.size));
    json_end(out->json);
}

static void put_value(struct json *json, const struct explain_line *line) {
    if (line->code != NULL)
        json_text(json, "value", line->code);
    else if (line->kind != EXPLAIN_NODE)
        number_if(json, "value", line->value);
}

/* What the tree for people says in this line. */
static void put_words(struct output *out, const struct explain_line *line) {
    const struct explain_view *view = out->view;
    if (!view->worded || line->kind == EXPLAIN_NODE || line->kind == EXPLAIN_CLAUSE)
        return;
    const char *const label = explain_entry(line->kind)->label[view->language];
    struct writer *const words = writer_memory(out->arena);
    explain_put_words(view, line, words);
    json_text_if(out->json, "label", label[0] == '\0' ? NULL : label);
    json_text(out->json, "text", writer_text_of(words));
}

static void put_line(struct output *out, const char *name, const struct explain_line *line) {
    struct json *json = out->json;
    json_object(json, name);
    json_text(json, "kind", explain_entry(line->kind)->name);
    put_words(out, line);
    json_text_if(json, "id", line->id);
    if (line->name != NULL)
        text_by_language(json, "name", line->name->en, line->name->zh);
    if (line->unit != BATON_NONE)
        json_text(json, "unit", out->scheme->unit[line->unit].id);
    if (line->imported != NULL) {
        named(json, "package", line->imported->package, line->imported->title);
        named(json, "unit", line->imported->unit, line->imported->unit_name);
    }
    period_if(json, line->period);
    if (line->node != NULL)
        put_node(out, line->node);
    text_by_language(json, "formula", line->formula[BATON_EN], line->formula[BATON_ZH]);
    json_text_if(json, "arithmetic", line->arithmetic);
    put_value(json, line);
    json_text_if(json, "measure", line->measure);
    json_text_if(json, "word", line->word);
    put_numbers(out, line);
    json_text_if(json, "reason", line->reason);
    json_text_if(json, "document", line->document);
    if (line->at.file != NULL)
        put_place(out, line->at.file, line->at.row);
    if (line->origin != 0)
        put_observation(out, line->origin);
    if (line->kind == EXPLAIN_CLAUSE)
        put_clause(out, line->id);
    if (line->first != NULL) {
        json_array(json, "lines");
        for (const struct explain_line *below = line->first; below != NULL; below = below->next)
            put_line(out, NULL, below);
        json_end(json);
    }
    json_end(json);
}

void explain_json(struct baton_arena *arena, const struct explain_view *view,
                  struct writer *writer) {
    struct json json = json_to(writer);
    struct output out = {arena, view, baton_session_scheme(view->session), &json};
    const struct baton_unit *unit = &out.scheme->unit[view->unit];
    char day[BATON_PERIOD_NAME_SIZE];
    json_object(&json, NULL);
    json_text(&json, "package", out.scheme->id);
    text_by_language(&json, "title", out.scheme->title.en, out.scheme->title.zh);
    period_if(&json, baton_session_result(view->session)->period);
    if (view->as_of_day != INT32_MAX && baton_day_format(view->as_of_day, day) > 0)
        json_text(&json, "as_of", day);
    named(&json, "unit", unit->id, &unit->name);
    named(&json, "group", out.scheme->group[unit->group].id, &out.scheme->group[unit->group].title);
    put_line(&out, "explanation", view->line);
    json_end(&json);
}
