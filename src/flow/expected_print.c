/* Words as the scheme and the calendar have them; names are for whoever prints for people. */
#include "flow/expected_print.h"
#include "base/csv_field.h"
#include "flow/calendar_print.h"
#include "flow/report_print.h"
#include <inttypes.h>

static void put_asker(struct json *json, const struct expected_asker *asker) {
    static const char *const by[] = {[EXPECTED_BY_LEAF] = "indicator",
                                     [EXPECTED_BY_ADJUSTMENT] = "adjustment",
                                     [EXPECTED_BY_GRADE] = "grade",
                                     [EXPECTED_BY_AWARD] = "award"};
    json_object(json, NULL);
    json_text(json, "by", by[asker->by]);
    json_text(json, "id", asker->id);
    json_text_if(json, "list", asker->list);
    json_end(json);
}

static const char *unless_empty(const char *text) {
    return text[0] == '\0' ? NULL : text;
}

static void put_name(struct json *json, const char *name, const struct form_use *use,
                     const struct expectation *one,
                     const char *(*in)(const struct form_use *use, const struct expectation *of,
                                       enum baton_language language)) {
    json_object_tight(json, name);
    json_text(json, "en", in(use, one, BATON_EN));
    json_text(json, "zh", in(use, one, BATON_ZH));
    json_end(json);
}

void expected_beside_json(struct baton_arena *arena, struct json *json, const struct form_use *use,
                          const struct expectation *one) {
    struct baton_period year_ago = {0};
    const char **code;
    size_t count;
    (void)baton_period_same_name(use->period, -1, &year_ago);
    json_object(json, "beside");
    put_name(json, "unit", use, one, form_unit_name);
    put_name(json, "indicator", use, one, form_indicator_name);
    json_text_if(json, "last",
                 unless_empty(form_figure(arena, use, one, baton_period_shift(use->period, -1))));
    json_text_if(json, "year_ago", unless_empty(form_figure(arena, use, one, year_ago)));
    if (form_codes(arena, baton_session_scheme(use->session), one, &code, &count)) {
        json_array_tight(json, "codes");
        for (size_t i = 0; i < count; i++)
            json_text(json, NULL, code[i]);
        json_end(json);
    }
    json_end(json);
}

void expected_json(struct baton_arena *arena, struct json *json, const struct expectation *one,
                   const struct expected_standing *standing, const struct entry *report,
                   const struct expected_figure *figure, const struct expected_checks *checks,
                   const struct form_use *beside, struct names *names) {
    json_object(json, NULL);
    json_text(json, "unit", one->unit);
    json_text(json, "element", one->element);
    json_text_if(json, "indicator", unless_empty(one->indicator));
    json_text_if(json, "measure", one->measure);
    if (one->needs_evidence)
        json_flag(json, "needs_evidence", true);
    json_text(json, "reporter", one->reporter);
    json_text_if(json, "verifier", unless_empty(one->verifier));
    json_text(json, "state", expected_state_word(standing->state));
    json_text(json, "phase", calendar_phase_word(standing->phase));
    if (standing->is_opened)
        deadlines_json(json, &standing->deadlines);
    if (report != NULL)
        report_json(arena, json, "report", report, names);
    if (figure != NULL)
        expected_figure_json(arena, json, figure);
    if (checks != NULL)
        checks_json(json, checks->list, checks->figure, checks->language);
    if (beside != NULL)
        expected_beside_json(arena, json, beside, one);
    json_array(json, "askers");
    for (size_t i = 0; i < one->asker_count; i++)
        put_asker(json, one->asker[i]);
    json_end(json);
    json_end(json);
}

void expected_csv_head(struct writer *writer) {
    writer_text(writer, "unit,element,indicator,measure,reporter,verifier,state,phase,opens,due,"
                        "grace,locks,stage,at,reported,value,revision,first\n");
}

static void put_cells(struct writer *writer, const char *const *text, size_t count) {
    for (size_t i = 0; i < count; i++) {
        writer_text(writer, i > 0 ? "," : "");
        csv_cell(writer, text[i]);
    }
}

/* A figure, or the word for why there is none. */
static const char *said(const char *value, const char *state) {
    return *state != '\0' ? state : value;
}

void expected_csv(struct baton_arena *arena, struct writer *writer, const struct expectation *one,
                  const struct expected_standing *standing, const struct report_step *report,
                  const struct expected_figure *figure) {
    const bool is_said = figure != NULL && figure->is_there;
    const bool is_revised = figure != NULL && figure->revisions > 0;
    const char *const what[] = {one->unit,
                                one->element,
                                one->indicator,
                                one->measure == NULL ? "" : one->measure,
                                one->reporter,
                                one->verifier,
                                expected_state_word(standing->state),
                                calendar_phase_word(standing->phase)};
    const char *const become[] = {
        report == NULL ? "" : stage_word(report->stage),
        report == NULL ? "" : arena_printf(arena, "%" PRIu64, report->position),
        report == NULL ? "" : said(report->value, report->state),
        is_said ? said(figure->value, figure->state) : "",
        is_revised ? arena_printf(arena, "%" PRIu64, figure->revisions) : "",
        is_revised ? said(figure->first_value, figure->first_state) : ""};
    put_cells(writer, what, LENGTH(what));
    if (standing->is_opened)
        deadlines_csv(writer, &standing->deadlines);
    else
        writer_text(writer, ",,,,");
    writer_text(writer, ",");
    put_cells(writer, become, LENGTH(become));
    writer_text(writer, "\n");
}
