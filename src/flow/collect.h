/* Collection: what is done with reports (stages.def), figure by figure, many at a time, all of them or none.
 *
 * Whoever acts says which step of each report they have seen. Where others have taken one further meanwhile, that is told of every such report: who, what it says now, since when; and nothing is stored. */
#ifndef FLOW_COLLECT_H
#define FLOW_COLLECT_H

#include "flow/expected.h"
#include "ledger/ledger.h"
#include "ledger/reader.h"
#include "ledger/stage.h"

/* What is to be done with one figure. */
struct collect_item {
    const char *unit, *element;
    uint64_t at; /* position of the step that was seen; COLLECT_NEW = none yet */
    /* Of drafts: what it is to say; NULL = nothing. Evidence as in fact.h. */
    const char *value, *state, *source, *document, *evidence;
    const char *note; /* for whoever decides on it; needed where it is said not to apply */
};
#define COLLECT_NEW UINT64_MAX

struct collect_wish {
    const char *assessment, *actor, *period;
    const struct expected *expected; /* of the assessment (expected_all) */
    enum act act;
    const char *reason; /* NULL = none */
    const struct collect_item *item;
    size_t count;
    /* Whether whoever acts may read a report; what they may not is to them as if it were not there. NULL = they may read all. */
    bool (*may_read)(void *context, const struct entry *report);
    void *context;
};

/* Makes the facts of a submission: the next step of each report, each with its figure where it is accepted. In the arena; texts of the wish are borrowed. FIGURE_UNEXPECTED, REPORT_MEANWHILE, STAGE_WRONG,
 * FIGURE_TWICE, with a finding for each item; what the reader answers. The ledger judges them when they are appended. */
MUST_USE baton_code collect_make(struct baton_arena *arena, struct ledger_reader *reader,
                                 const struct collect_wish *wish, struct fact_body **out,
                                 size_t *count, struct baton_findings *found);

/* The report in force of a figure; *is_there false = there is none. The entry lives in the arena. */
MUST_USE baton_code collect_report(struct baton_arena *arena, struct ledger_reader *reader,
                                   const char *assessment, const char *period, const char *unit,
                                   const char *element, struct entry *out, bool *is_there);

#endif
