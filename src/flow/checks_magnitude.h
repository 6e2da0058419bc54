/* Figures that are reported against those that there are: is the unit of measurement right? */
#ifndef FLOW_CHECKS_MAGNITUDE_H
#define FLOW_CHECKS_MAGNITUDE_H

#include "flow/checks.h"

/* For each figure of the wish "530 ≈ 5.3 × 100" where it is of another order of magnitude than usual, else NULL; `value` as in the wish, NaN = not asked about. A figure within a factor of 3 of the period
 * before and of the same period of last year, as far as they are there, is as usual, whatever the others are. */
const char **checks_slips(struct baton_arena *arena, const struct baton_session *session,
                          struct baton_period period, const struct checks_wish *wish,
                          const double *value);

#endif
