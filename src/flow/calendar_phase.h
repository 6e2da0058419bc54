/* What a period is, for a unit and an element, at a time: from not open yet to locked. */
#ifndef FLOW_CALENDAR_PHASE_H
#define FLOW_CALENDAR_PHASE_H

#include "baton/code.h"
#include "ledger/deadlines.h"

/* unopened  before it opens, or nobody has said when it does
 * open      figures come in, until they are due
 * grace     they still do, and count as late
 * closed    none come in
 * locked    from here on it takes two to change any */
enum calendar_phase {
#define X(name, word, en, zh) CALENDAR_##name,
#include "flow/calendar_phases.def"
#undef X
    CALENDAR_PHASES
};

/* NULL = the period is not opened. Each phase has begun at the moment at which the one before has ended. One that has no grace is closed when it was due; one that has no lock stays closed. */
enum calendar_phase calendar_phase_at(const struct deadlines *deadlines, int64_t now_utc_ms);

const char *calendar_phase_word(enum calendar_phase phase);
const char *calendar_phase_name(enum calendar_phase phase, enum baton_language language);
/* False, and *out untouched, where it is none of the words. */
bool calendar_phase_of(const char *word, enum calendar_phase *out);

#endif
