/* What a leaf would score if the figure of one unit were another, and all others as they are: for whoever looks at a method. */
#ifndef ENGINE_CURVE_H
#define ENGINE_CURVE_H

#include "baton/score.h"

/* The session has been scored. Figures are as baton_result_value has them: before treatment, which is done anew for each.
 *
 *   node, unit         a leaf that applies to the unit, which takes part
 *   x[count] in        its figures; codes as indices
 *   score[count] out   NaN where the formula gives none; what stands in for a missing score is not asked
 *
 * Who races, and whatever else sees the figure, is worked out anew for each; whether the leaf's `when` holds is not. O(count x what the method takes for its cohort; all units for `rule`, all and all periods of a panel). Leaves by a jump where memory is
 * out, as the session's own scoring does: called inside of an arena_run on `arena`, which is scratch. */
struct baton_arena;
void curve_scores(struct baton_session *session, struct baton_arena *arena, uint32_t node,
                  uint32_t unit, uint32_t count, const double *x, double *score);

/* Its target in the period, and baseline; NaN = none, or its method asks for none. */
double curve_target(const struct baton_session *session, uint32_t node, uint32_t unit);
double curve_baseline(const struct baton_session *session, uint32_t node, uint32_t unit);

#endif
