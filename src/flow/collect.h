/* Collection: what is done with reports (stages.def), figure by figure, many at a time, all of them or none.
 *
 * Whoever acts says which step of each report they have seen. Where others have taken one further meanwhile, that is told of every such report: who, what it says now, since when; and nothing is stored. */
#ifndef FLOW_COLLECT_H
#define FLOW_COLLECT_H

#include "flow/expected_index.h"
#include "flow/report_entries.h"
#include "ledger/ledger.h"
#include "ledger/reader.h"
#include "ledger/stage.h"

/* What is to be done with one figure. */
struct collect_item {
    const char *unit, *element;
    uint64_t at; /* position of the step that was seen; COLLECT_NEW = none yet */
    /* Of drafts: what it is to say; NULL = nothing. Evidence as in fact.h. */
    const char *value, *state, *source, *document, *evidence;
    const char *note;         /* for whoever decides on it; needed where it is said not to apply */
    struct baton_where where; /* where it was read, for findings about it; {0} = nowhere */
};
#define COLLECT_NEW UINT64_MAX

struct checked_list; /* flow/checks.h */

struct collect_wish {
    const char *assessment, *actor, *period;
    const struct expected *expected;    /* of the assessment (expected_all) */
    const struct expected_index *index; /* the same to be asked; NULL = it is made */
    enum act act;
    const char *reason; /* NULL = none */
    const struct collect_item *item;
    size_t count;
    /* Whether whoever acts may read a report; what they may not is to them as if it were not there. NULL = they may read all. */
    bool (*may_read)(void *context, const struct entry *report);
    /* As of checks_wish (flow/checks.h). */
    bool (*may_show)(void *context, const char *unit, const char *element,
                     const struct expectation *one);
    /* Whether whoever acts reports a figure at all: what they may not draft is left to the ledger, which tells why. NULL = they do. */
    bool (*may_draft)(void *context, const struct expectation *one);
    void *context;
    const struct report_entries
        *reports; /* those of the period, as far as they may be read; NULL = they are read anew */
    struct checked_list *
        checks; /* gets what checks say, of drafts and where they stand in the way; NULL = of drafts nobody wants to know */
};

/* Makes the facts of a submission: the next step of each report, each with its figure where it is accepted. In the arena; texts of the wish are borrowed. FIGURE_UNEXPECTED, REPORT_MEANWHILE, STAGE_WRONG,
 * FIGURE_TWICE, with a finding for each item; what the reader answers. What is signed off or submitted has to pass the checks of the scheme: CHECK_FAILED, CHECK_UNJUSTIFIED.
 * The ledger judges the rest when they are appended. */
MUST_USE baton_code collect_make(struct baton_arena *arena, struct ledger_reader *reader,
                                 const struct collect_wish *wish, struct fact_body **out,
                                 size_t *count, struct baton_findings *found);

/* The act of that word (asserted) by whoever holds these roles (bits): a return by whoever verifies is counted, one by the office is not. */
enum act collect_act(const char *word, uint32_t roles);

/* Of those facts where the item of each was read, [count]; in the arena. For submission->where. */
const struct baton_where *collect_where(struct baton_arena *arena, const struct collect_wish *wish,
                                        const struct fact_body *fact, size_t count);

/* The report in force of a figure; *is_there false = there is none. The entry lives in the arena. */
MUST_USE baton_code collect_report(struct baton_arena *arena, struct ledger_reader *reader,
                                   const char *assessment, const char *period, const char *unit,
                                   const char *element, struct entry *out, bool *is_there);
/* The figure in force, likewise. */
MUST_USE baton_code collect_figure(struct baton_arena *arena, struct ledger_reader *reader,
                                   const char *assessment, const char *period, const char *unit,
                                   const char *element, struct entry *out, bool *is_there);

#endif
