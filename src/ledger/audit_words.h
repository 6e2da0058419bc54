/* The vocabulary of facts of kind audit: what happened, and what became of it. docs/people.md says which is written when. */
#ifndef LEDGER_AUDIT_WORDS_H
#define LEDGER_AUDIT_WORDS_H

#include "baton/code.h"
#include <stdbool.h>
#include <stddef.h>

enum audit_event {
#define X(name, word, en, zh) AUDIT_##name,
#define Y(name, word, en, zh)
#include "ledger/audit_events.def"
#undef X
#undef Y
    AUDIT_EVENTS
};

/* BEGUN: it was asked for by whoever may, and is being done; what became of it is told by another fact. */
enum audit_outcome {
#define X(name, word, en, zh)
#define Y(name, word, en, zh) AUDIT_##name,
#include "ledger/audit_events.def"
#undef X
#undef Y
    AUDIT_OUTCOMES
};

const char *audit_event_word(enum audit_event event);
const char *audit_outcome_word(enum audit_outcome outcome);
/* False where it is none of the words. */
bool audit_event_of(const char *word, enum audit_event *out);
bool audit_outcome_of(const char *word, enum audit_outcome *out);
/* For people; the word itself where this program does not know it. */
const char *audit_event_name(const char *word, enum baton_language language);
const char *audit_outcome_name(const char *word, enum baton_language language);

#endif
