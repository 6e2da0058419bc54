/* The calendar of an assessment: which days are worked, by what rules its periods open and end, which have been opened, and for whom there are exceptions.
 *
 *     calendar_read(arena, reader, assessment, known, &calendar, found)
 *     calendar_window_of(&calendar, period, unit, element, &window)      until when a unit may bring in a figure
 *     calendar_open(arena, &calendar, scheme, period, count, ...)        what the office says when it opens periods
 *
 * The moments of a period are worked out when it is opened, and stand in the journal from then on: rules and holidays that change later leave it as it is. */
#ifndef FLOW_CALENDAR_H
#define FLOW_CALENDAR_H

#include "flow/calendar_phase.h"
#include "flow/calendar_rule.h"
#include "ledger/reader.h"
#include "ledger/requests.h"

struct expected;
struct expectation;

/* An assessment from which figures come: what it asks for. */
struct calendar_other {
    const char *assessment;
    const struct expected *asked;
    struct hash figure; /* unit and element, with U+001F between, to their place in `asked` */
};

struct calendar {
    const char *assessment;
    struct workdays workdays;
    struct calendar_rule
        rule[BATON_YEAR + 1]; /* the office's; frequency BATON_PERIOD_NONE = none */
    struct deadline_list opened;
    struct sharings shared;       /* figures that come from elsewhere */
    struct calendar_other *other; /* where they come from, once calendar_share has told */
    size_t others, other_capacity;
};

/* Reads it as known when there were `known` entries; it lives in the arena. What the reader answers, told; FACT_FIELD_BAD for a row that no rule or day can be read of, which the ledger takes
 * from nobody. */
MUST_USE baton_code calendar_read(struct baton_arena *arena, struct ledger_reader *reader,
                                  const char *assessment, uint64_t known, struct calendar *out,
                                  struct baton_findings *found);

/* The moments for the figure of a unit, with its exceptions. False, and *out untouched, where the period is not opened. */
bool calendar_window_of(const struct calendar *calendar, struct baton_period period,
                        const char *unit, const char *element, struct deadlines *out);

/* The n-th assessment that figures come from, each once; NULL = there are no more. Then tells what it asks for (borrowed): a figure comes from there only if it is asked there, of that unit, as often. */
const char *calendar_source(const struct calendar *calendar, size_t n);
void calendar_share(struct baton_arena *arena, struct calendar *calendar, const char *assessment,
                    const struct expected *asked);
/* Whether a figure of a period comes from elsewhere: nobody is asked for it. */
bool calendar_takes_over(const struct calendar *calendar, const struct expectation *figure,
                         struct baton_period period);

/* What that is at a time. */
enum calendar_phase calendar_phase_of_figure(const struct calendar *calendar,
                                             struct baton_period period, const char *unit,
                                             const char *element, int64_t now_utc_ms);

/* The office's rule for a frequency, else the one that the scheme makes. */
struct calendar_rule calendar_rule_for(const struct calendar *calendar,
                                       const struct baton_scheme *scheme,
                                       enum baton_period_kind frequency);

/* All periods of a kind (not NONE) with that year in their names, in their order; in the arena. None outside of the years. */
const struct baton_period *calendar_periods(struct baton_arena *arena, enum baton_period_kind kind,
                                            int year, size_t *count);

/* The facts of kind period that are to be said so that all those periods are opened: one for each that is not yet, in the order of the list, once. In the arena; nothing is appended. Where a
 * rule gives a period no moments (calendar_rule_apply), that is told of every such period, and *out and *out_count are untouched. */
MUST_USE baton_code calendar_open(struct baton_arena *arena, const struct calendar *calendar,
                                  const struct baton_scheme *scheme,
                                  const struct baton_period *period, size_t count,
                                  struct fact_body **out, size_t *out_count,
                                  struct baton_findings *found);

#endif
