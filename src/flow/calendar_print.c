/* Moments and offsets are told as they are said: 2021-09-10T17:00, 8wd 17:00. */
#include "flow/calendar_print.h"
#include "base/frequency.h"

bool calendar_has_rule(const struct calendar *calendar, enum baton_period_kind frequency) {
    return calendar->rule[frequency].frequency != BATON_PERIOD_NONE;
}

enum calendar_phase calendar_row_phase(const struct calendar_row *row, int64_t now_utc_ms) {
    return calendar_phase_at(row->is_opened ? &row->deadlines : NULL, now_utc_ms);
}

static void put_moment(struct json *json, const char *name, bool has, struct civil_moment moment) {
    char text[CIVIL_MOMENT_SIZE];
    if (!has)
        return;
    civil_moment_format(moment, text);
    json_text(json, name, text);
}

void deadlines_json(struct json *json, const struct deadlines *d) {
    put_moment(json, "opens", d->has_opens, d->opens);
    put_moment(json, "due", true, d->due);
    put_moment(json, "grace", d->has_grace, d->grace);
    put_moment(json, "locks", d->has_locks, d->locks);
}

static void put_cell(struct writer *writer, bool has, struct civil_moment moment) {
    char text[CIVIL_MOMENT_SIZE] = "";
    if (has)
        civil_moment_format(moment, text);
    writer_printf(writer, ",%s", text);
}

void deadlines_csv(struct writer *writer, const struct deadlines *d) {
    put_cell(writer, d->has_opens, d->opens);
    put_cell(writer, true, d->due);
    put_cell(writer, d->has_grace, d->grace);
    put_cell(writer, d->has_locks, d->locks);
}

static void put_offset(struct json *json, const char *name, bool has, struct civil_offset offset) {
    char text[CIVIL_MOMENT_SIZE];
    if (!has)
        return;
    civil_offset_format(offset, text);
    json_text(json, name, text);
}

static void put_rule(struct json *json, const struct calendar_view *view,
                     enum baton_period_kind frequency) {
    const struct calendar_rule rule = calendar_rule_for(view->calendar, view->scheme, frequency);
    json_object(json, NULL);
    json_text(json, "frequency", frequency_word[frequency]);
    put_offset(json, "opens", true, rule.opens);
    put_offset(json, "due", true, rule.due);
    put_offset(json, "grace", rule.has_grace, rule.grace);
    put_offset(json, "locks", rule.has_locks, rule.locks);
    json_text(json, "moves", calendar_moves_word[rule.moves]);
    if (!calendar_has_rule(view->calendar, frequency))
        json_flag(json, "of_scheme", true);
    json_end(json);
}

static void put_row(struct json *json, const struct calendar_row *row, int64_t now_utc_ms) {
    char name[BATON_PERIOD_NAME_SIZE];
    baton_period_format(row->period, name);
    json_object(json, NULL);
    json_text(json, "period", name);
    json_text(json, "frequency", frequency_word[row->period.kind]);
    json_flag(json, "opened", row->is_opened);
    json_text(json, "phase", calendar_phase_word(calendar_row_phase(row, now_utc_ms)));
    deadlines_json(json, &row->deadlines);
    json_end(json);
}

void calendar_json(struct json *json, const struct calendar_view *view, uint64_t year) {
    json_object(json, NULL);
    if (year != 0)
        json_count(json, "year", year);
    json_array(json, "rules");
    for (int kind = BATON_DAY; kind <= BATON_YEAR; kind++)
        if ((view->kinds >> kind & 1) != 0)
            put_rule(json, view, (enum baton_period_kind)kind);
    json_end(json);
    json_array(json, "periods");
    for (size_t i = 0; i < view->rows; i++)
        put_row(json, &view->row[i], view->now_utc_ms);
    json_end(json);
    json_end(json);
}

void calendar_csv(struct writer *writer, const struct calendar_view *view) {
    writer_text(writer, "period,frequency,opened,phase,opens,due,grace,locks\n");
    for (size_t i = 0; i < view->rows; i++) {
        const struct calendar_row *const row = &view->row[i];
        char name[BATON_PERIOD_NAME_SIZE];
        baton_period_format(row->period, name);
        writer_printf(writer, "%s,%s,%d,%s", name, frequency_word[row->period.kind], row->is_opened,
                      calendar_phase_word(calendar_row_phase(row, view->now_utc_ms)));
        deadlines_csv(writer, &row->deadlines);
        writer_text(writer, "\n");
    }
}
