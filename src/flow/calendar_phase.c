/* The phases by their bounds, and their words from the table. */
#include "flow/calendar_phase.h"
#include <assert.h>
#include <string.h>

static const struct {
    const char *word, *name[2];
} phases[CALENDAR_PHASES] = {
#define X(name, word, en, zh) {word, {en, zh}},
#include "flow/calendar_phases.def"
#undef X
};

enum calendar_phase calendar_phase_at(const struct deadlines *deadlines, int64_t now_utc_ms) {
    if (deadlines == NULL || now_utc_ms < civil_moment_begins_utc_ms(deadlines->opens))
        return CALENDAR_UNOPENED;
    if (now_utc_ms < civil_moment_ends_utc_ms(deadlines->due))
        return CALENDAR_OPEN;
    if (deadlines->has_grace && now_utc_ms < civil_moment_ends_utc_ms(deadlines->grace))
        return CALENDAR_GRACE;
    return deadlines->has_locks && now_utc_ms >= civil_moment_ends_utc_ms(deadlines->locks)
               ? CALENDAR_LOCKED
               : CALENDAR_CLOSED;
}

const char *calendar_phase_word(enum calendar_phase phase) {
    assert(phase < CALENDAR_PHASES);
    return phases[phase].word;
}

const char *calendar_phase_name(enum calendar_phase phase, enum baton_language language) {
    assert(phase < CALENDAR_PHASES);
    return phases[phase].name[language];
}

bool calendar_phase_of(const char *word, enum calendar_phase *out) {
    for (int phase = 0; phase < CALENDAR_PHASES; phase++)
        if (strcmp(phases[phase].word, word) == 0) {
            *out = (enum calendar_phase)phase;
            return true;
        }
    return false;
}
