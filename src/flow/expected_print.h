/* Expected figures, and what has become of them, as JSON and CSV, for the command and the server alike. */
#ifndef FLOW_EXPECTED_PRINT_H
#define FLOW_EXPECTED_PRINT_H

#include "base/json.h"
#include "flow/checks.h"
#include "flow/entry_print.h"
#include "flow/expected_figure.h"
#include "flow/expected_state.h"
#include "flow/form.h"
#include "flow/reports.h"

/* What a form shows beside a figure: names, the codes that it may be, the figures of the last period and of a year ago. By session and period of a form_use. */
void expected_beside_json(struct baton_arena *arena, struct json *json, const struct form_use *use,
                          const struct expectation *one);

/* An object: unit, element, indicator, measure, reporter, verifier, state, phase, moments where the period is opened, its `report` and the `figure` in the ledger (NULL = none), its `checks`
 * (NULL = they are not wanted, or it was not judged), `beside` (NULL = it is not wanted), `askers`. `names`: as report_json. */
struct expected_checks {
    const struct checked_list *list;
    size_t figure; /* its index among those that were judged */
    enum baton_language language;
};
void expected_json(struct baton_arena *arena, struct json *json, const struct expectation *one,
                   const struct expected_standing *standing, const struct entry *report,
                   const struct expected_figure *figure, const struct expected_checks *checks,
                   const struct form_use *beside, struct names *names);

/* A line of it, and the line above all; NULL as above. */
void expected_csv_head(struct writer *writer);
void expected_csv(struct baton_arena *arena, struct writer *writer, const struct expectation *one,
                  const struct expected_standing *standing, const struct report_step *report,
                  const struct expected_figure *figure);

#endif
