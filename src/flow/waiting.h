/* What waits for whom: every figure of opened periods that is expected and not done, how far it is, which act is next, whose turn that is, since when and until when.
 *
 * A figure is done when it is accepted, or is there without a report (also as not applicable, or as not due). What else there is waits:
 *   none, returned   to be drafted by a clerk or approver of the unit that reports it
 *   draft            to be signed off by its approver, but for the one who drafted it
 *   signed           to be submitted by its clerk or approver
 *   submitted        to be verified by the department's owner, but for the one who drafted it; accepted by the office where no department verifies it, or after three returns
 *   verified         to be accepted by the office
 *   accepted         only where the figure has been withdrawn since: the office returns it
 * Where its time is over, it waits for the office: for an exception, from the lock on for a correction by two. */
#ifndef FLOW_WAITING_H
#define FLOW_WAITING_H

#include "flow/expected_state.h"
#include "flow/reports.h"
#include "flow/seats.h"

enum waiting_act {
#define X(name, word, en, zh) WAITING_##name,
#include "flow/waiting_acts.def"
#undef X
    WAITING_ACTS
};

const char *waiting_act_word(enum waiting_act act);
const char *waiting_act_name(enum waiting_act act, enum baton_language language);

struct waiting_item {
    const struct expectation *figure;
    const char *period;
    enum stage stage;                 /* STAGE_NONE also where the report may not be seen */
    const struct report_step *report; /* NULL = there is none, or it may not be seen */
    enum waiting_act act;
    const struct seat *seat;
    int64_t since_utc_ms; /* when it came to that */
    struct civil_moment
        until; /* when it ought to be done; else the last moment at which it may be */
    bool has_until;
    struct civil_moment due; /* when its period is due of the unit that reports it */
    bool
        is_late; /* it was due from the unit that reports it, and is not submitted, or said to come later */
};

/* What is looked at, borrowed. */
struct waiting_world {
    const char *assessment;
    const struct baton_session *session; /* with the figures in force */
    const struct calendar *calendar;
    const struct expected *expected; /* expected_all */
    const struct standing *standing; /* with units (reader_standing) */
    const struct hash *accounts;     /* reader_accounts */
    uint64_t known;
    int64_t now_utc_ms;
    /* Whether a figure is told of at all, and whether its report may be seen; NULL = all. What may not be seen is as if it were not there, but for `answers`: then what has fallen on the office is told with its stage. */
    bool (*tells)(void *context, const char *period, const struct expectation *figure);
    bool (*sees)(void *context, const struct report_list *list, const struct report_step *step);
    bool answers;
    void *context;
};

struct waiting {
    const struct waiting_item
        *item; /* by the last day of the period, then as the scheme expects them */
    size_t count;
    size_t seats; /* numbers of seats are below */
};

/* Of so many periods; 0 = of all that are opened. Those that are not opened, or whose first moment is still to come, have nothing that waits. In the arena; what the reader answers, told. Reports are read in one pass a
 * period, of one that is locked only where a figure is missing. */
MUST_USE baton_code waiting_read(struct baton_arena *arena, struct ledger_reader *reader,
                                 const struct waiting_world *world,
                                 const struct baton_period *period, size_t periods,
                                 struct waiting *out, struct baton_findings *found);

/* What of it is looked for. */
struct waiting_filter {
    const char *unit, *reporter; /* NULL = any */
    const char *stage;           /* word, "none" too; NULL = any */
    const char *person;          /* whose turn it is; NULL = anybody's */
    uint32_t role; /* bits: it is the turn of one of them, or has fallen on it; 0 = any */
};
bool waiting_is(const struct waiting_item *item, const struct waiting_filter *filter);

/* The same without looking at the stage: what totals by stage are of. */
bool waiting_is_but_stage(const struct waiting_item *item, const struct waiting_filter *filter);

#endif
