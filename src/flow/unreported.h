/* Figures that stand in a period by the time it is opened, though no report brought them and others than the office said them: opening a period asks nobody for what is there. */
#ifndef FLOW_UNREPORTED_H
#define FLOW_UNREPORTED_H

#include "ledger/reader.h"
#include "ledger/standing.h"

struct unreported {
    const char *period;
    uint64_t count;
    uint64_t first; /* the number of the oldest of them */
};

/* Of the periods that facts of kind period open, those that have any, in the order of the facts; in the arena. Figures that are in force count, whose actor was not of the office when they said them. One pass over the figures of the assessment
 * for all periods. What the reader answers. */
MUST_USE baton_code unreported_find(struct baton_arena *arena, struct ledger_reader *reader,
                                    const char *assessment, const struct fact_body *opening,
                                    size_t count, struct unreported **out, size_t *out_count);

/* FIGURES_UNREPORTED of each. */
void unreported_tell(struct baton_arena *arena, const struct unreported *list, size_t count,
                     struct baton_findings *found);

#endif
