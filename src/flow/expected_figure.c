/* All that was said of the figure, the first and the last of which are kept. */
#include "flow/expected_figure.h"
#include "flow/entry_print.h"
#include <string.h>

struct taking {
    struct baton_arena *arena;
    uint64_t known;
    struct expected_figure *out;
};

static const char *kept(struct baton_arena *arena, const char *text) {
    return *text == '\0' ? "" : arena_text(arena, text, strlen(text));
}

static baton_code take(void *context, const struct fact_row *row) {
    const struct taking *const taking = context;
    struct expected_figure *const out = taking->out;
    const struct fact_body *const body = &row->entry.body;
    if (row->position >= taking->known)
        return BATON_OK;
    out->is_there = !row->withdrawn;
    out->revisions = row->revision;
    out->position = row->position;
    out->value = kept(taking->arena, body_text(body, "value"));
    out->state = kept(taking->arena, body_text(body, "state"));
    out->actor = kept(taking->arena, row->entry.actor);
    out->reason = kept(taking->arena, body_text(body, "@reason"));
    out->time_utc_ms = row->entry.time_utc_ms;
    if (row->revision == 0) {
        out->first = row->position;
        out->first_value = out->value;
        out->first_state = out->state;
    }
    return BATON_OK;
}

baton_code expected_figure_read(struct baton_arena *arena, struct ledger_reader *reader,
                                const char *assessment, uint64_t known, const char *period,
                                const struct expectation *of, struct expected_figure *out,
                                struct baton_findings *found) {
    const struct field field[] = {text_field("element", of->element), text_field("period", period),
                                  text_field("unit", of->unit)};
    const struct fact_body body = {fact_kind_info(FACT_OBSERVATION)->word, assessment, field,
                                   LENGTH(field)};
    struct taking taking = {arena, known, out};
    *out = (struct expected_figure){
        .value = "", .state = "", .actor = "", .reason = "", .first_value = "", .first_state = ""};
    const baton_code code = reader_history(reader, assessment, FACT_OBSERVATION,
                                           fact_key(arena, &body, 0), take, &taking);
    if (code != BATON_OK)
        reader_report(reader, code, found);
    return code;
}

static void put_said(struct json *json, uint64_t position, const char *value, const char *state) {
    json_count(json, "at", position);
    if (*value != '\0')
        json_text(json, "value", value);
    if (*state != '\0')
        json_text(json, "state", state);
}

void expected_figure_json(struct baton_arena *arena, struct json *json,
                          const struct expected_figure *figure) {
    if (*figure->actor == '\0')
        return;
    json_object(json, "figure");
    put_said(json, figure->position, figure->value, figure->state);
    json_text(json, "by", figure->actor);
    json_text(json, "time", time_exact(arena, figure->time_utc_ms));
    if (*figure->reason != '\0')
        json_text(json, "reason", figure->reason);
    json_flag(json, "withdrawn", !figure->is_there);
    json_count(json, "revision", figure->revisions);
    if (figure->revisions > 0) {
        json_object(json, "first");
        put_said(json, figure->first, figure->first_value, figure->first_state);
        json_end(json);
    }
    json_end(json);
}
