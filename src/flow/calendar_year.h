/* The periods of a year: those that are opened, and those that would be, with the moments that the rules give them today. */
#ifndef FLOW_CALENDAR_YEAR_H
#define FLOW_CALENDAR_YEAR_H

#include "flow/calendar.h"
#include "flow/expected.h"

struct calendar_row {
    struct baton_period period;
    struct deadlines deadlines; /* of the period, without exceptions */
    bool is_opened;
};

/* A period: its moments, those of its rule today where it is not opened. As calendar_rule_apply; *out then is as it was. */
MUST_USE baton_code calendar_row_of(const struct calendar *calendar,
                                    const struct baton_scheme *scheme, struct baton_period period,
                                    struct calendar_row *out, struct baton_findings *found);

/* The kinds of periods in which something is expected, for which the office has a rule, or has opened one, as bits (1 << enum baton_period_kind). */
uint32_t calendar_kinds(const struct calendar *calendar, const struct expected *expected);

/* The periods of those kinds with that year in their names, in the order of baton_period_compare; in the arena. Other codes than BATON_OK where a rule gives one that is not
 * opened no moments, with a finding each (calendar_rule_apply); *out then has the others. */
MUST_USE baton_code calendar_year(struct baton_arena *arena, const struct calendar *calendar,
                                  const struct baton_scheme *scheme, int year, uint32_t kinds,
                                  struct calendar_row **out, size_t *count,
                                  struct baton_findings *found);

#endif
