/* How collection went, as figures of indicators: said by the office, with the counts as their source, so that a result stays a function of facts.
 *
 * An indicator whose `source` is `baton` has figures that the program counts: of its element's period P, over the opened periods of every frequency all of whose days are days of P, and over what is expected of people in them.
 *
 *   collection_completeness   of 100 figures that the unit owed, those that it submitted: 100 (in time + by exception + late) / owed
 *   collection_timeliness     those that it submitted in time: 100 (in time + by exception) / owed
 *   collection_returns        how often figures came back, for 100 that it submitted: 100 returns / submitted
 *   verifying_days            of the unit as a department that verifies: days of 24 hours from submission to its answer, the mean of all answers
 *
 * owed = expected less entered, na, pending and not_due (punctual.h). At two decimals, halves upwards. Where there is nothing to divide by, the figure is said not to apply. */
#ifndef FLOW_PUNCTUAL_FIGURES_H
#define FLOW_PUNCTUAL_FIGURES_H

#include "flow/punctual.h"

/* The facts of kind observation for a period, with the counts as their source, as known when there were ask->known entries: `ask` is as for punctual_read, its periods, `by` and is_asked do not matter. Of figures that are there already those that
 * differ are corrected, with the reason; the others are left. In the arena. COUNT_NOTHING, COUNT_UNKNOWN; COUNT_EARLY as long as any figure may still come in; what the reader answers. */
MUST_USE baton_code punctual_figures(struct baton_arena *arena, struct ledger_reader *reader,
                                     const struct punctual_ask *ask, struct baton_period period,
                                     const char *reason, enum baton_language language,
                                     struct fact_body **out, size_t *count,
                                     struct baton_findings *found);

#endif
