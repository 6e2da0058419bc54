/* What is there is told by the figures; whether what is not there ought to be, by the calendar. */
#include "flow/expected_state.h"
#include "engine/session.h"
#include <math.h>

static const char *const words[] = {
#define X(name, word, en, zh) word,
#include "flow/expected_states.def"
#undef X
};

static const char *const names[][2] = {
#define X(name, word, en, zh) {en, zh},
#include "flow/expected_states.def"
#undef X
};

const char *expected_state_word(enum expected_state state) {
    return words[state];
}

const char *expected_state_name(enum expected_state state, enum baton_language language) {
    return names[state][language];
}

/* EXPECTED_MISSING = no figure, and nothing that says why. */
static enum expected_state state_of_figure(const struct baton_session *session, uint32_t unit,
                                           uint32_t element, struct baton_period period) {
    struct baton_column column;
    if (!figures_reported(session, element, period, &column))
        return EXPECTED_MISSING;
    const uint8_t state = column.state == NULL ? BATON_FIGURE : column.state[unit];
    if (state == BATON_NA)
        return EXPECTED_NA;
    if (state == BATON_PENDING)
        return EXPECTED_PENDING;
    return isnan(column.value[unit]) ? EXPECTED_MISSING : EXPECTED_GIVEN;
}

struct expected_standing expected_standing_of(const struct expectation *expectation,
                                              const struct baton_session *session,
                                              const struct calendar *calendar,
                                              struct baton_period period, int64_t now_utc_ms) {
    struct expected_standing standing = {0};
    standing.is_opened = calendar_window_of(calendar, period, expectation->unit,
                                            expectation->element, &standing.deadlines);
    standing.phase = calendar_phase_at(standing.is_opened ? &standing.deadlines : NULL, now_utc_ms);
    standing.state =
        state_of_figure(session, expectation->unit_index, expectation->element_index, period);
    if (standing.state != EXPECTED_MISSING)
        return standing;
    if (calendar_takes_over(calendar, expectation, period))
        standing.state = EXPECTED_DERIVED;
    else if (standing.phase == CALENDAR_UNOPENED)
        standing.state = EXPECTED_NOT_DUE;
    else if (standing.phase == CALENDAR_OPEN || standing.phase == CALENDAR_GRACE)
        standing.state = EXPECTED_AWAITED;
    return standing;
}
