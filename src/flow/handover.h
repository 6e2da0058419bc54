/* A post that passes from one person to another on a day: what is said for it, in one submission. */
#ifndef FLOW_HANDOVER_H
#define FLOW_HANDOVER_H

#include "ledger/reader.h"

struct handover {
    uint64_t position;  /* of the post in force */
    const char *person; /* who gets it */
    int32_t day;        /* their first day; the day before is the other's last one */
    const char *reason;
};

/* The end of the post, unless it has an earlier one, and the same post (role, unit, assessment, indicator, deputy) of the other person: *count facts, in the arena. FACT_KIND, with a finding, where no post stands at that
 * position; what the reader answers. Whether the person is known, and the post still in force, the ledger says. What was proposed by whoever held it stays valid. */
MUST_USE baton_code handover_facts(struct baton_arena *arena, struct ledger_reader *reader,
                                   const struct handover *handover, struct fact_body fact[2],
                                   size_t *count, struct baton_findings *found);

#endif
