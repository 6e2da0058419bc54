/* The parts of the lint that reckon with what can be reached: conditions, bands, limits. */
#ifndef ANALYSE_LINT_REACH_H
#define ANALYSE_LINT_REACH_H

#include "analyse/lint.h"
#include "analyse/reach.h"
#include "analyse/regions.h"

void lint_grades(struct lint *lint, struct reach *reach);  /* gaps, overlaps, grades out of reach */
void lint_ratings(struct lint *lint, struct reach *reach); /* the same of ratings */
void lint_methods(struct lint *lint, struct reach *reach); /* bands, floors, caps of methods */
void lint_limits(struct lint *lint, struct reach *reach);  /* bounds, gates, awards */
void lint_adjustments(struct lint *lint,
                      struct reach *reach); /* caps of items, weight of bonuses */
void lint_expressions(struct lint *lint, struct reach *reach); /* if() and bands() in expressions */

/* [item] whether some expression counts its rows by event(); in lint->arena. */
const bool *lint_counted(struct lint *lint);

/* Most boxes that are tried for one finding. */
enum { LINT_BOXES_MAX = 4096 };

/* The regions of what is compared where an expression stands; `from` must outlive them. Nothing is collected yet. */
struct regions lint_regions(struct lint *lint, struct standpoint *from);
/* Whether the condition can hold at all, as far as names can be reckoned with. */
bool lint_can_hold(struct lint *lint, struct standpoint *from, const struct rule *rule);

#endif
