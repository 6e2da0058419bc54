/* Hybrids: the old scheme with some of the amendments made, in memory, over the old year's figures. */
#ifndef ANALYSE_HYBRID_H
#define ANALYSE_HYBRID_H

#include "analyse/compare.h"
#include "baton/replay.h"

/* What all hybrids of a comparison share; see hybrid.c. */
struct hybrids;

/* One of them. Everything in it lives in the arena that it was made in. */
struct hybrid {
    struct baton_scheme scheme;
    struct baton_facts facts;
    struct baton_links links;
    uint32_t *unit_at;      /* [units] where each unit of the old scheme stands */
    uint32_t *node_at;      /* [pairs of nodes] BATON_NONE = not there */
    uint32_t rows_left_out; /* rows of adjustments whose item or level is not there */
};

/* Prepares; BATON_OK, or the code of what keeps the new scheme from being replayed at all (a unit that the old year does not
 * have), with a finding. `replaying` is borrowed as long as the hybrids. */
baton_code hybrids_prepare(struct baton_arena *arena, const struct baton_replaying *replaying,
                           struct hybrids **out, struct baton_findings *found);

/* Makes the one in which made[amendment] are made. Its scheme may then be opened once. */
void hybrid_make(const struct hybrids *hybrids, struct baton_arena *arena, const bool *made,
                 struct hybrid *out);

#endif
