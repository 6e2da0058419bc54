/* How complete and how timely collection is: counted from the steps of reports, for each unit that reports, each department that verifies, or the office as a whole. The assessors are assessed by the same facts as everybody else.
 *
 * Each expected figure is one of the kinds below, at a time and as known at a size of the journal. What counts is when the unit submitted it first; that it was returned counts by itself. A submission that the unit took back
 * itself does not count. */
#ifndef FLOW_PUNCTUAL_H
#define FLOW_PUNCTUAL_H

#include "flow/course.h"
#include "flow/expected_state.h"

/* in_time   submitted until the period was due
 * excepted  after that, but until it was due by exception: counts as in time
 * late      submitted, and later
 * awaited   not submitted, or it came back and is to be submitted anew, or it was accepted and withdrawn since, or it was submitted why there is no figure and nobody has agreed yet; it may still be
 * missing   likewise, and it may not any more
 * entered   there is a figure without a report: the office said it, or an import did. Counts for and against nobody
 * na        it is agreed (accepted, or said by the office) not to apply
 * pending   it is agreed that it cannot be there yet, until the lock; of a period that never locks, as long as figures come in. From then on it is missing
 * not_due   the period is not open yet */
#define PUNCTUAL_KINDS(X) \
    X(IN_TIME, "in_time", "in time", "按时") \
    X(EXCEPTED, "excepted", "by exception", "经批准延期") \
    X(LATE, "late", "late", "逾期") \
    X(AWAITED, "awaited", "awaited", "待报") \
    X(MISSING, "missing", "missing", "缺报") \
    X(ENTERED, "entered", "entered", "直接录入") \
    X(NA, "na", "n/a", "不适用") \
    X(PENDING, "pending", "pending", "暂不出数") \
    X(NOT_DUE, "not_due", "not due", "未到期")
enum punctual_kind {
#define X(name, word, en, zh) PUNCTUAL_##name,
    PUNCTUAL_KINDS(X)
#undef X
        PUNCTUAL_KIND_COUNT
};
const char *punctual_kind_word(enum punctual_kind kind);
const char *punctual_kind_name(enum punctual_kind kind, enum baton_language language);

enum punctual_by { PUNCTUAL_BY_UNIT, PUNCTUAL_BY_VERIFIER, PUNCTUAL_BY_OFFICE };
extern const char *const punctual_by_word[PUNCTUAL_BY_OFFICE + 1]; /* unit verifier office */

/* How long figures lay with a post, from one step to the next; a figure that came back counts as often as it came. */
struct punctual_stays {
    size_t count;
    int64_t median_ms; /* the lower one of two */
    int64_t longest_ms, sum_ms;
};

struct punctual_row {
    const char *unit; /* who reports, who verifies; "" = the office */
    uint32_t unit_index;
    uint64_t expected; /* the sum of the kinds */
    uint64_t kind[PUNCTUAL_KIND_COUNT];
    uint64_t returned_once, returned_more; /* figures */
    uint64_t returns;                      /* times, before a figure was accepted */
    uint64_t corrected; /* figures that were changed after they had been accepted or entered */
    uint64_t days_late, days_late_most; /* of those that came late: days begun */
    struct punctual_stays stay[COURSE_POSTS];
};

/* Of 100 figures that had to come in (expected, less entered, na, pending and not_due), those that did; those that did in time. NaN where there is none. */
double punctual_completeness(const struct punctual_row *row);
double punctual_timeliness(const struct punctual_row *row);
uint64_t punctual_owed(const struct punctual_row *row);
uint64_t punctual_given(const struct punctual_row *row);

struct punctual_ask {
    const char *assessment;
    const struct baton_session *session; /* with the figures in force */
    const struct calendar *calendar;
    const struct expected *expected; /* expected_all */
    const struct baton_period *period;
    size_t period_count;
    enum punctual_by by;
    uint64_t known;
    int64_t now_utc_ms;
    /* Which figures count; NULL = all. */
    bool (*is_asked)(void *context, const struct expectation *one, const char *period);
    void *context;
};

struct punctual {
    const struct punctual_row *
        row; /* units in the scheme's order, the office ("" as verifier) last; only those with figures */
    size_t count;
    struct punctual_row all;
};

/* In the arena. One pass over the reports of each period, one over what was revised. What the reader answers. */
MUST_USE baton_code punctual_read(struct baton_arena *arena, struct ledger_reader *reader,
                                  const struct punctual_ask *ask, struct punctual *out);

/* What a figure was changed to after it was first said, as the journal has it, for a result may be older than its reports: there is none in force; a value; a reason why there is none. */
enum punctual_change {
    PUNCTUAL_UNCHANGED,
    PUNCTUAL_CHANGE_WITHDRAWN,
    PUNCTUAL_CHANGE_GIVEN,
    PUNCTUAL_CHANGE_NONE
};

/* What has become of one figure of a period. `base` is the period's own deadlines; NULL = it is not opened. *days_late (NULL = not wanted) gets how late it came, in days begun. */
enum punctual_kind punctual_kind_of(const struct course *course,
                                    const struct expected_standing *standing,
                                    enum punctual_change change, const struct deadlines *base,
                                    int64_t now_utc_ms, uint64_t *days_late);

/* The opened periods of an assessment by their last days, then their kinds: those of a year (by their names), 0 = all. In the arena. */
const struct baton_period *punctual_periods(struct baton_arena *arena,
                                            const struct calendar *calendar, int year,
                                            size_t *count);

#endif
