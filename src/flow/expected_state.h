/* What has become of figures that are expected: whether they are there, and if not, whether they ought to be. */
#ifndef FLOW_EXPECTED_STATE_H
#define FLOW_EXPECTED_STATE_H

#include "flow/calendar.h"
#include "flow/expected.h"

/* given     there is a figure
 * na        it is said not to apply to the unit
 * pending   it is said that it cannot be there yet
 * not_due   there is none, and the period is not open yet for it
 * derived   there is none yet; it comes from another assessment (kind sharing), and nobody is asked for it
 * awaited   there is none, and it may still come in
 * missing   there is none, and none comes in any more */
enum expected_state {
#define X(name, word, en, zh) EXPECTED_##name,
#include "flow/expected_states.def"
#undef X
    EXPECTED_STATES
};

struct expected_standing {
    enum expected_state state;
    enum calendar_phase phase;
    struct deadlines deadlines; /* for the unit and element; only where the period is opened */
    bool is_opened;
};

/* By the figures that a session was made with (those in force), and the calendar at a time. A period is one of the expectation's frequency. */
struct expected_standing expected_standing_of(const struct expectation *expectation,
                                              const struct baton_session *session,
                                              const struct calendar *calendar,
                                              struct baton_period period, int64_t now_utc_ms);

const char *expected_state_word(enum expected_state state);
const char *expected_state_name(enum expected_state state, enum baton_language language);

#endif
