/* The inside of postings: shared by who proposes one and who makes them again. */
#ifndef FLOW_POSTING_PARTS_H
#define FLOW_POSTING_PARTS_H

#include "flow/posting.h"

/* The table of a view, scored now; everything of *out but the proposal. In the arena. */
MUST_USE baton_code posting_made(struct baton_arena *arena, const struct ledger_view *view,
                                 unsigned threads, struct posting_made *out,
                                 struct baton_findings *found);

#endif
