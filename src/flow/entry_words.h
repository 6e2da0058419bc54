/* What a fact says, in a line for people: "figure yunhu gdp 2021-08: 512.3". */
#ifndef FLOW_ENTRY_WORDS_H
#define FLOW_ENTRY_WORDS_H

#include "ledger/fact.h"

/* Its kind, then what it says. Content that stands outside of the entry is left out. In the arena. */
const char *entry_words(struct baton_arena *arena, const struct fact_body *body,
                        enum baton_language language);

/* Without the kind. */
const char *entry_says(struct baton_arena *arena, const struct fact_body *body,
                       enum baton_language language);

/* The name of the kind; the word itself where this program does not know it. */
const char *entry_kind(const struct fact_body *body, enum baton_language language);

/* Whether it is an audit record: there are many, so logs leave them out unless they are asked for. */
bool entry_is_audit(const struct fact_body *body);

/* Whether a field belongs to the key of its kind. */
bool entry_is_key(const struct fact_body *body, const char *name);

#endif
