/* Rules of the calendar: when the periods of a frequency open, are due, end their grace and lock, counted from their last days.
 *
 * An offset in days that leads to a holiday is moved as the rule says, to the next workday (as the civil code has it) or the last one before, or not; one in workdays leads to a workday by itself. Either
 * keeps its time of the day. */
#ifndef FLOW_CALENDAR_RULE_H
#define FLOW_CALENDAR_RULE_H

#include "baton/scheme.h"
#include "flow/calendar_days.h"
#include "ledger/deadlines.h"

enum calendar_moves { CALENDAR_LATER, CALENDAR_EARLIER, CALENDAR_STAYS };
extern const char *const calendar_moves_word[CALENDAR_STAYS + 1]; /* later earlier none */

struct calendar_rule {
    enum baton_period_kind frequency;
    struct civil_offset opens, due, grace, locks;
    bool has_grace, has_locks;
    enum calendar_moves moves;
};

/* Of a fact of kind calendar, or of kind day. NULL = read; else the name of the first field that cannot be, and *out is untouched. */
const char *calendar_rule_read(const struct fact_body *body, struct calendar_rule *out);
const char *calendar_day_read(const struct fact_body *body, struct told_day *out);

/* The rule where the office has made none: by what the scheme says under `due` of that kind of period (not NONE). It opens on the day after the last day, on the last day where figures are due on that
 * one; neither day is moved; there is no grace and no lock. Days of an indicator's own are not looked at: a period has one day. */
struct calendar_rule calendar_rule_of_scheme(const struct baton_scheme *scheme,
                                             enum baton_period_kind frequency);

/* The moments that a rule gives a period of its frequency (asserted). With a finding, and *out untouched: CALENDAR_NO_DAY where an offset leads out of the years, or to no workday;
 * CALENDAR_ORDER where the moments do not follow each other. */
MUST_USE baton_code calendar_rule_apply(const struct calendar_rule *rule,
                                        const struct workdays *workdays, struct baton_period period,
                                        struct deadlines *out, struct baton_findings *found);

#endif
