/* Figures are texts, as they were said; scores and points are those that were published, with their decimals. Ranks are held doubled, so that a shared one has a half. */
#include "flow/vintages_print.h"
#include "base/csv_field.h"
#include "flow/entry_print.h"
#include <inttypes.h>
#include <math.h>
#include <string.h>

/* JSON */

static void put_vintage(struct baton_arena *arena, struct json *json, const char *name,
                        const struct vintage *vintage) {
    const struct baton_fact *const fact = &vintage->fact;
    json_object(json, name);
    json_count(json, "position", fact->position);
    json_text(json, "time", time_exact(arena, fact->time_utc_ms));
    json_text(json, "actor", fact->reporter);
    json_text_if(json, "actor_name", fact->reporter_name);
    json_text_if(json, "verifier", fact->verifier);
    json_text_if(json, "reason", fact->reason);
    json_flag(json, "withdrawn", vintage->withdrawn);
    json_text(json, "value", vintage->value);
    json_object_tight(json, "fields");
    for (size_t i = 0; i < vintage->count; i++)
        json_text(json, vintage->name[i], vintage->text[i]);
    json_end(json);
    json_end(json);
}

static void put_row(struct json *json, enum fact_kind kind, const char *unit, const char *what,
                    const char *period) {
    json_text(json, "kind", fact_kind_info(kind)->word);
    json_text_if(json, "unit", unit);
    json_text_if(json, "what", what);
    json_text_if(json, "period", period);
}

void vintages_json(struct baton_arena *arena, struct json *json, const struct vintages *row) {
    json_object(json, NULL);
    put_row(json, row->kind, row->unit, row->what, row->period);
    json_text(json, "key", entry_key_shown(arena, row->key));
    put_vintage(arena, json, "first", &row->vintage[0]);
    json_array(json, "revised");
    for (size_t i = 1; i + 1 < row->count; i++)
        put_vintage(arena, json, NULL, &row->vintage[i]);
    json_end(json);
    put_vintage(arena, json, "final", &row->vintage[row->count - 1]);
    json_end(json);
}

static void put_both(struct json *json, const char *name, double before, double after,
                     int decimals) {
    json_object_tight(json, name);
    json_fixed(json, "before", before, decimals);
    json_fixed(json, "after", after, decimals);
    json_end(json);
}

static double rank_of(uint32_t doubled) {
    return doubled == 0 ? NAN : doubled / 2.0;
}

static int rank_decimals(const struct unit_change *change) {
    return (change->rank_old | change->rank_new) % 2 == 0 ? 0 : 1;
}

static void put_change(struct json *json, const struct unit_change *change) {
    json_object(json, NULL);
    json_text(json, "id", change->unit);
    json_text(json, "group", change->group);
    put_both(json, "score", change->score_old, change->score_new, change->decimals);
    put_both(json, "rank", rank_of(change->rank_old), rank_of(change->rank_new),
             rank_decimals(change));
    json_object_tight(json, "grade");
    json_text(json, "before", change->grade_old);
    json_text(json, "after", change->grade_new);
    json_end(json);
    json_end(json);
}

void effect_json(struct baton_arena *arena, struct json *json,
                 const struct revision_effect *effect) {
    json_object(json, NULL);
    put_row(json, effect->kind, effect->unit, effect->what, effect->period);
    put_vintage(arena, json, "before", &effect->before);
    put_vintage(arena, json, "after", &effect->after);
    if (effect->code != BATON_OK)
        json_text(json, "problem", baton_code_info(effect->code)->name);
    json_array(json, "units");
    for (size_t i = 0; i < effect->change_count; i++)
        put_change(json, &effect->change[i]);
    json_end(json);
    json_end(json);
}

/* CSV */

static void put_cell(struct writer *writer, const char *text) {
    writer_char(writer, ',');
    if (text != NULL)
        csv_cell(writer, text);
}

static void put_number(struct writer *writer, double number, int decimals) {
    writer_char(writer, ',');
    if (!isnan(number))
        writer_printf(writer, "%.*f", decimals, number);
}

static const char *figure_of(const struct vintage *vintage) {
    return vintage->withdrawn ? NULL : vintage->value;
}

static void put_where(struct writer *writer, enum fact_kind kind, const char *unit,
                      const char *what, const char *period) {
    writer_text(writer, fact_kind_info(kind)->word);
    put_cell(writer, unit);
    put_cell(writer, what);
    put_cell(writer, period);
}

void vintages_csv_head(struct writer *writer) {
    writer_text(writer, "kind,unit,what,period,first,revised,final,state,first_no,final_no\n");
}

/* What was said between the first and the last; a figure that is missing, or withdrawn, keeps its place as a dash. */
static const char *revised_of(struct baton_arena *arena, const struct vintages *row) {
    const char *text = NULL;
    for (size_t i = 1; i + 1 < row->count; i++) {
        const char *const value = figure_of(&row->vintage[i]);
        text = arena_printf(arena, "%s%s%s", text != NULL ? text : "", text != NULL ? " " : "",
                            value != NULL ? value : "-");
    }
    return text;
}

void vintages_csv(struct baton_arena *arena, struct writer *writer, const struct vintages *row) {
    const struct vintage *const last = &row->vintage[row->count - 1];
    put_where(writer, row->kind, row->unit, row->what, row->period);
    put_cell(writer, figure_of(&row->vintage[0]));
    put_cell(writer, revised_of(arena, row));
    put_cell(writer, figure_of(last));
    writer_printf(writer, ",%s,%" PRIu64 ",%" PRIu64 "\n",
                  last->withdrawn ? "withdrawn" : "in force", row->vintage[0].fact.position,
                  last->fact.position);
}

static void put_line(struct writer *writer, const struct revision_effect *effect,
                     const struct unit_change *change) {
    writer_printf(writer, "%" PRIu64 ",", effect->after.fact.position);
    put_where(writer, effect->kind, effect->unit, effect->what, effect->period);
    put_cell(writer, figure_of(&effect->before));
    put_cell(writer, figure_of(&effect->after));
    if (change == NULL) {
        writer_printf(writer, ",,,,,,,,,%s\n",
                      effect->code == BATON_OK ? "" : baton_code_info(effect->code)->name);
        return;
    }
    put_cell(writer, change->unit);
    put_cell(writer, change->group);
    put_number(writer, change->score_old, change->decimals);
    put_number(writer, change->score_new, change->decimals);
    put_number(writer, rank_of(change->rank_old), rank_decimals(change));
    put_number(writer, rank_of(change->rank_new), rank_decimals(change));
    put_cell(writer, change->grade_old);
    put_cell(writer, change->grade_new);
    writer_text(writer, ",\n");
}

void effects_csv(struct writer *writer, const struct revision_effects *effects) {
    writer_text(writer, "no,kind,unit,what,period,value_before,value_after,changed_unit,group,"
                        "score_before,score_after,rank_before,rank_after,grade_before,grade_after,"
                        "problem\n");
    for (size_t i = 0; i < effects->count; i++) {
        const struct revision_effect *const effect = &effects->effect[i];
        if (effect->change_count == 0)
            put_line(writer, effect, NULL);
        for (size_t c = 0; c < effect->change_count; c++)
            put_line(writer, effect, &effect->change[c]);
    }
}
