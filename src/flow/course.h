/* What has happened to the figures of a period on their way from draft to figure: every report of it read in one pass, step by step. */
#ifndef FLOW_COURSE_H
#define FLOW_COURSE_H

#include "flow/expected.h"
#include "ledger/reader.h"
#include "ledger/stage.h"

/* Whose turn a figure is waiting for, or was; a report that waits for nobody is accepted. */
enum course_post {
    COURSE_DRAFTING,  /* clerks: from the opening, a return or a taking back to the last draft */
    COURSE_SIGNING,   /* the approver, until it is submitted */
    COURSE_VERIFYING, /* the department, until it has verified or returned it */
    COURSE_ACCEPTING, /* the office, until it has accepted or returned it */
    COURSE_POSTS
};

/* How long it lay with one of them, once. */
struct course_stay {
    enum course_post post;
    int64_t ms;
};

struct course {
    const struct expectation *of;
    uint64_t position; /* of the last step */
    enum stage stage;  /* NONE = there is no report */
    const char *
        state; /* what it says instead of a value: "na", "pending"; "" = a value, or there is none */
    const char *value;  /* "" = none */
    const char *actor;  /* of the last step; "" */
    const char *reason; /* of the last step; "" */
    const char *drafter;
    int64_t time_utc_ms; /* of the last step */
    /* When it was submitted first: a submission that was taken back by the unit itself does not count, one that was returned does; nor does one that says why there is no figure, and once "pending" is accepted nothing before it. 0 = never. */
    int64_t submitted_utc_ms;
    int64_t
        since_utc_ms; /* since when it is at its stage: of drafts since the first one of this turn */
    uint32_t returns; /* before it was accepted, by the department and by the office */
    const struct course_stay *stay;
    size_t stay_count;
};

/* One for each of the expected figures of a period, in their order, as known when there were so many entries; in the arena. `opens_utc_ms` is when drafting could begin. What the reader answers. */
MUST_USE baton_code courses_read(struct baton_arena *arena, struct ledger_reader *reader,
                                 const char *assessment, const struct expected *expected,
                                 struct baton_period period, int64_t opens_utc_ms, uint64_t known,
                                 struct course **out);

#endif
