/* Reminders and escalation: what time makes of what waits. For each addressee and period one notice that lists all that is awaited from there, made once for each day of the rules; what is given, not applicable or not due is reminded
 * of to nobody.
 *
 * Days are counted from the day on which a figure is due, exceptions included, to workdays (calendar_days.h): so no reminder is made on a holiday. Of the days that have passed only the last one counts, and for CHASE_LATE_DAYS
 * days only: a server that was down reminds once, and one that is new says nothing of what has long passed. */
#ifndef FLOW_CHASE_H
#define FLOW_CHASE_H

#include "flow/waiting.h"
#include "ledger/outbox.h"

enum { CHASE_STEPS_MAX = 16, CHASE_LATE_DAYS = 7, CHASE_FIGURES_MAX = 200 };

/* Who is reminded. */
enum chase_of {
    CHASE_CLERK,    /* of the unit that reports, of what is not submitted */
    CHASE_APPROVER, /* of that unit, likewise */
    CHASE_OFFICE,   /* likewise, all units in one */
    CHASE_OWNER, /* of the department, of what is not verified: counted from when it was due, or submitted where that was later */
    CHASE_VERIFYING, /* the office, of the same */
    CHASE_STALE,     /* the office, of posts and accounts that are not fit for what will be due */
    CHASE_OFS
};

struct chase_rule {
    int32_t workdays[CHASE_STEPS_MAX];
    size_t count;
};
struct chase_rules {
    struct chase_rule of[CHASE_OFS];
    int16_t minute; /* of the day at which reminders are made */
};

/* -3wd 0wd 1wd; 2wd; 4wd; 2wd; 4wd; -5wd; at 09:00. */
extern const char *const chase_rule_usual[CHASE_OFS];
struct chase_rules chase_rules_usual(void);
/* "-3wd 0wd 1wd"; "" = never. False, and *out untouched, where it is none, or has more than CHASE_STEPS_MAX. */
bool chase_rule_parse(const char *text, struct chase_rule *out);

/* The day of a step from a day that something is due on. False where the calendar has none. */
bool chase_day(const struct workdays *workdays, int32_t due, int32_t step, int32_t *out);

/* The notices that are to be made now, whether they were made before or not: their keys tell. In the arena. The texts are in both languages. */
MUST_USE baton_code chase_notices(struct baton_arena *arena, struct ledger_reader *reader,
                                  const struct waiting_world *world,
                                  const struct chase_rules *rules, struct outbox_notice **out,
                                  size_t *count, struct baton_findings *found);

#endif
