/* Words as the scheme, the calendar and posts have them; names are for whoever prints for people. */
#include "flow/waiting_print.h"
#include "base/csv_field.h"
#include "flow/entry_print.h"
#include <inttypes.h>

static const char *unless_empty(const char *text) {
    return text[0] == '\0' ? NULL : text;
}

static void put_roles(struct json *json, const char *name, uint32_t roles) {
    json_array_tight(json, name);
    for (int role = 0; role < ROLE_COUNT; role++)
        if ((roles >> role & 1) != 0)
            json_text(json, NULL, role_word((enum role)role));
    json_end(json);
}

static void put_persons(struct json *json, const struct seat *seat,
                        const struct waiting_naming *naming) {
    json_array(json, "persons");
    for (size_t i = 0; i < seat->count; i++) {
        const struct seat_person *const person = &seat->person[i];
        if (naming != NULL && !naming->names(naming->context, person->id))
            continue;
        json_object_tight(json, NULL);
        json_text(json, "person", person->id);
        json_flag(json, "deputy", person->is_deputy);
        json_end(json);
    }
    json_end(json);
}

void waiting_put_seat(struct json *json, const struct seat *seat) {
    put_roles(json, "roles", seat->roles);
    json_text_if(json, "at", unless_empty(seat->unit));
    json_flag(json, "vacant", seat->is_vacant);
    if (seat->is_vacant) {
        put_roles(json, "falls_on", seat->falls_on);
        json_text_if(json, "falls_on_at", unless_empty(seat->falls_on_unit));
    }
}

void waiting_json(struct baton_arena *arena, struct json *json, const struct waiting_item *item,
                  const struct waiting_naming *naming) {
    const struct expectation *const figure = item->figure;
    char until[CIVIL_MOMENT_SIZE];
    json_object(json, NULL);
    json_text(json, "period", item->period);
    json_text(json, "unit", figure->unit);
    json_text(json, "element", figure->element);
    json_text_if(json, "indicator", unless_empty(figure->indicator));
    json_text_if(json, "measure", figure->measure);
    json_text(json, "reporter", figure->reporter);
    json_text_if(json, "verifier", unless_empty(figure->verifier));
    json_text(json, "stage", stage_word(item->stage));
    if (item->report != NULL)
        json_count(json, "report", item->report->position);
    json_text(json, "act", waiting_act_word(item->act));
    json_text(json, "since", time_exact(arena, item->since_utc_ms));
    if (item->has_until) {
        civil_moment_format(item->until, until);
        json_text(json, "until", until);
    }
    json_flag(json, "late", item->is_late);
    waiting_put_seat(json, item->seat);
    put_persons(json, item->seat, naming);
    json_end(json);
}

void waiting_count(struct waiting_totals *totals, const struct waiting_item *item) {
    totals->stage[item->stage]++;
    totals->vacant += item->seat->is_vacant;
    totals->late += item->is_late;
}

void waiting_totals_json(struct json *json, const char *name, const struct waiting_totals *totals) {
    json_object(json, name);
    for (int stage = STAGE_NONE; stage < STAGES; stage++)
        json_count(json, stage_word((enum stage)stage), totals->stage[stage]);
    json_count(json, "vacant", totals->vacant);
    json_count(json, "late", totals->late);
    json_end(json);
}

const char *waiting_role_words(struct baton_arena *arena, uint32_t roles) {
    const char *words = "";
    for (int role = 0; role < ROLE_COUNT; role++)
        if ((roles >> role & 1) != 0)
            words = arena_printf(arena, "%s%s%s", words, *words == '\0' ? "" : " ",
                                 role_word((enum role)role));
    return words;
}

static const char *persons_of(struct baton_arena *arena, const struct seat *seat) {
    const char *words = "";
    for (size_t i = 0; i < seat->count; i++)
        words = arena_printf(arena, "%s%s%s%s", words, i > 0 ? " " : "", seat->person[i].id,
                             seat->person[i].is_deputy ? "*" : "");
    return words;
}

void waiting_csv_head(struct writer *writer) {
    writer_text(writer, "period,unit,element,indicator,measure,reporter,verifier,stage,report,act,"
                        "since,until,late,roles,at,vacant,falls_on,falls_on_at,persons\n");
}

void waiting_csv(struct baton_arena *arena, struct writer *writer,
                 const struct waiting_item *item) {
    const struct expectation *const figure = item->figure;
    const struct seat *const seat = item->seat;
    char until[CIVIL_MOMENT_SIZE] = "";
    if (item->has_until)
        civil_moment_format(item->until, until);
    const char *const text[] = {
        item->period,
        figure->unit,
        figure->element,
        figure->indicator,
        figure->measure == NULL ? "" : figure->measure,
        figure->reporter,
        figure->verifier,
        stage_word(item->stage),
        item->report == NULL ? "" : arena_printf(arena, "%" PRIu64, item->report->position),
        waiting_act_word(item->act),
        time_exact(arena, item->since_utc_ms),
        until,
        item->is_late ? "1" : "0",
        waiting_role_words(arena, seat->roles),
        seat->unit,
        seat->is_vacant ? "1" : "0",
        waiting_role_words(arena, seat->falls_on),
        seat->falls_on_unit,
        persons_of(arena, seat)};
    for (size_t i = 0; i < LENGTH(text); i++) {
        writer_text(writer, i > 0 ? "," : "");
        csv_cell(writer, text[i]);
    }
    writer_text(writer, "\n");
}
