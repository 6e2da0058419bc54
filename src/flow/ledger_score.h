/* An assessment scored out of a ledger, as known at any size of the journal: what `score --ledger`, postings and vintages begin with. */
#ifndef FLOW_LEDGER_SCORE_H
#define FLOW_LEDGER_SCORE_H

#include "baton/score.h"
#include "flow/ledger_source.h"
#include "package/package.h"

struct ledger_scored {
    struct baton_package *package;
    struct baton_session
        *session; /* has scored, with ranks of all nodes and notes; closed with the arena */
    const struct baton_result *result;
    uint64_t scheme; /* position of the version by which */
};

/* Reads the package of a view; it tells facts behind its rows where `options` wants origins. Findings as baton_package_load, *scheme the position of the version. */
MUST_USE baton_code ledger_package(struct baton_arena *arena, const struct ledger_view *view,
                                   const struct baton_package_options *options,
                                   struct baton_package **out, uint64_t *scheme,
                                   struct baton_findings *found);

/* Scores view->period, by the version in force for it; of kind NONE the period of the newest version. On a code other than BATON_OK `found` says why. */
MUST_USE baton_code ledger_score(struct baton_arena *arena, const struct ledger_view *view,
                                 const struct baton_options *options, struct ledger_scored *out,
                                 struct baton_findings *found);

#endif
