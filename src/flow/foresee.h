/* What facts would change that nobody has said yet: a correction before it is stored, a proposal before somebody decides on it. And what changed between two results. */
#ifndef FLOW_FORESEE_H
#define FLOW_FORESEE_H

#include "flow/vintages.h"

/* The units whose total as published, rank or grade differs between two results, in the order of the newer one's groups and units, then those that are in it no longer. In the
 * arena. NULL = there is no such result: nobody has a standing there. */
void unit_changes(struct baton_arena *arena, const struct baton_session *old,
                  const struct baton_session *new, struct unit_change **out, size_t *count);

struct foreseen {
    struct baton_period period;
    /* the result with the facts; sound */
    struct ledger_scored after;
    bool was_sound; /* it could be scored without them; false = nothing is compared */
    struct unit_change *change;
    size_t count, of; /* of so many ranked units */
};

/* Scores the view with and without its `also`. On a code other than BATON_OK it could not be scored with them: what is wrong is told; of what was wrong already
 * without them, too. */
MUST_USE baton_code foresee(struct baton_arena *arena, const struct ledger_view *view,
                            unsigned threads, struct foreseen *out, struct baton_findings *found);

#endif
