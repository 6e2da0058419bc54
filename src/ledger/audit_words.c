/* The table of audit_events.def as words. */
#include "ledger/audit_words.h"
#include <assert.h>
#include <string.h>

struct word {
    const char *word, *name[2];
};

/* clang-format off */
static const struct word events[AUDIT_EVENTS] = {
#define X(name, word, en, zh) {word, {en, zh}},
#define Y(name, word, en, zh)
#include "ledger/audit_events.def"
#undef X
#undef Y
};
static const struct word outcomes[AUDIT_OUTCOMES] = {
#define X(name, word, en, zh)
#define Y(name, word, en, zh) {word, {en, zh}},
#include "ledger/audit_events.def"
#undef X
#undef Y
};
/* clang-format on */

/* Which of them it is; -1 = none. */
static int index_of(const struct word *words, int count, const char *word) {
    for (int i = 0; i < count; i++)
        if (strcmp(words[i].word, word) == 0)
            return i;
    return -1;
}

static const char *name_of(const struct word *words, int count, const char *word,
                           enum baton_language language) {
    const int i = index_of(words, count, word);
    return i < 0 ? word : words[i].name[language == BATON_ZH];
}

const char *audit_event_word(enum audit_event event) {
    assert(event < AUDIT_EVENTS);
    return events[event].word;
}

const char *audit_outcome_word(enum audit_outcome outcome) {
    assert(outcome < AUDIT_OUTCOMES);
    return outcomes[outcome].word;
}

bool audit_event_of(const char *word, enum audit_event *out) {
    const int i = index_of(events, AUDIT_EVENTS, word);
    if (i >= 0)
        *out = (enum audit_event)i;
    return i >= 0;
}

bool audit_outcome_of(const char *word, enum audit_outcome *out) {
    const int i = index_of(outcomes, AUDIT_OUTCOMES, word);
    if (i >= 0)
        *out = (enum audit_outcome)i;
    return i >= 0;
}

const char *audit_event_name(const char *word, enum baton_language language) {
    return name_of(events, AUDIT_EVENTS, word, language);
}

const char *audit_outcome_name(const char *word, enum baton_language language) {
    return name_of(outcomes, AUDIT_OUTCOMES, word, language);
}
