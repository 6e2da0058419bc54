/* A calendar as JSON and CSV, for the command and the server alike. */
#ifndef FLOW_CALENDAR_PRINT_H
#define FLOW_CALENDAR_PRINT_H

#include "base/json.h"
#include "flow/calendar_year.h"

/* What is told: the rules of some kinds of periods, and periods, at a time. */
struct calendar_view {
    const struct calendar *calendar;
    const struct baton_scheme *scheme;
    uint32_t kinds; /* of the rules, as bits */
    const struct calendar_row *row;
    size_t rows;
    int64_t now_utc_ms;
};

/* Whether the office has made the rule; else it follows from the scheme. */
bool calendar_has_rule(const struct calendar *calendar, enum baton_period_kind frequency);

/* What a period is at a time, without exceptions. */
enum calendar_phase calendar_row_phase(const struct calendar_row *row, int64_t now_utc_ms);

/* An object: `year`, which is left out where it is 0, `rules`, `periods`. */
void calendar_json(struct json *json, const struct calendar_view *view, uint64_t year);

/* A line for each period: period,frequency,opened,phase,opens,due,grace,locks. */
void calendar_csv(struct writer *writer, const struct calendar_view *view);

/* Moments as members `opens`, `due`, `grace`, `locks`, and as those cells, each with a comma before it. */
void deadlines_json(struct json *json, const struct deadlines *deadlines);
void deadlines_csv(struct writer *writer, const struct deadlines *deadlines);

#endif
