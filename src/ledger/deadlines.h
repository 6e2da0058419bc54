/* Until when figures of a period may be brought in, and from when on they take two: what facts of kind period and exception say. The ledger knows no rules and no holidays: these moments are
 * worked out where a period is opened (flow/calendar.h), and stay what they were then. */
#ifndef LEDGER_DEADLINES_H
#define LEDGER_DEADLINES_H

#include "base/arena.h"
#include "base/civil_moment.h"
#include "base/hash.h"
#include "ledger/fact.h"

/* opens <= due <= grace <= locks, as moments (civil_moment.h): the first one begins, the others end. */
struct deadlines {
    struct civil_moment opens, due, grace, locks;
    bool has_opens, has_grace, has_locks; /* an exception does not open */
};

/* Of a fact of kind period or exception. False where a field is no moment. */
bool deadlines_read(const struct fact_body *body, struct deadlines *out);

/* The names of two fields that are in the wrong order, as `earlier` and `later` ought to be; false: all are in order. */
bool deadlines_cross(const struct deadlines *deadlines, const char **earlier, const char **later);

/* What holds where there is an exception: its due and its grace (the period's grace is kept while it is after that due); its locks, else those of the period, but not before the last moment at which it lets figures
 * in. A period that never locks keeps doing so unless the exception says otherwise. */
struct deadlines deadlines_except(const struct deadlines *period,
                                  const struct deadlines *exception);

/* The last moment at which figures come in. */
struct civil_moment deadlines_closes(const struct deadlines *deadlines);

/* Those of an assessment. All members 0 = none. */
struct deadline_list {
    struct hash period;    /* its name to its index in `of` */
    struct hash exception; /* its key (fact_key) likewise */
    struct deadlines *of;
    size_t count, capacity;
};
/* Texts are borrowed. What cannot be read is left out. */
void deadline_list_add(struct baton_arena *arena, struct deadline_list *list, enum fact_kind kind,
                       const struct fact_body *body);

/* Of the figure of a unit, for an element or "*" (whichever), and a period. False where the period is not opened: an exception alone opens nothing. */
bool deadlines_of(const struct deadline_list *list, const char *period, const char *unit,
                  const char *element, struct deadlines *out);

/* Whether collecting had begun by the end of that period: an opened one is not later than it. What is no period counts as one that is. */
bool deadlines_begun_by(const struct deadline_list *list, const char *period);

#endif
