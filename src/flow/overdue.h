/* What is late, by the unit that owes it and the post that answers for it: of what waits (waiting.h), what was due and is not submitted.
 *
 * For the figures of a unit its approver answers, who signs for it; where nobody holds that post, its clerk; where nobody holds either, those on whom it falls (seats.h). */
#ifndef FLOW_OVERDUE_H
#define FLOW_OVERDUE_H

#include "flow/waiting.h"

struct overdue_row {
    const struct seat *seat;
    const char *reporter;    /* the unit that owes the figures */
    uint32_t reporter_index; /* in the scheme */
    uint64_t count;          /* figures */
    uint64_t shut; /* of these, those that may only come in by an exception, or a correction */
    struct civil_moment due; /* of the one that is late longest */
};

struct overdue {
    const struct overdue_row
        *row; /* the most figures first, then what was due first, then in the order of units */
    size_t count;
    uint64_t figures;
};

/* In the arena; of a world with which `waiting` was read. */
void overdue_of(struct baton_arena *arena, const struct waiting_world *world,
                const struct waiting *waiting, struct overdue *out);

#endif
