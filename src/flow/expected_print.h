/* Expected figures, and what has become of them, as JSON and CSV, for the command and the server alike. */
#ifndef FLOW_EXPECTED_PRINT_H
#define FLOW_EXPECTED_PRINT_H

#include "base/json.h"
#include "flow/expected_state.h"

/* An object: unit, element, indicator, measure, reporter, verifier, state, phase, moments where the period is opened, `askers`. */
void expected_json(struct json *json, const struct expectation *one,
                   const struct expected_standing *standing);
/* The same with its `report`; NULL = there is none. */
void expected_json_with(struct baton_arena *arena, struct json *json, const struct expectation *one,
                        const struct expected_standing *standing, const struct entry *report);

/* A line of it, and the line above all. */
void expected_csv_head(struct writer *writer);
void expected_csv(struct writer *writer, const struct expectation *one,
                  const struct expected_standing *standing);

#endif
