/* What sight.c, about posts, and sight_entries.c, about entries and contents, share. */
#ifndef SERVER_SIGHT_INSIDE_H
#define SERVER_SIGHT_INSIDE_H

#include "server/sight.h"

/* Whether what a token is limited to takes it in. */
bool sight_token_over(const struct sight *sight, const char *assessment);
bool sight_token_unit(const struct sight *sight, const char *unit);

/* Whether posts let a fact be read by its kind, unit and indicator; proposals, what closes them, and evidence that somebody else brought in are not asked for here. */
bool sight_reads_fact(struct call *call, enum fact_kind kind, const struct fact_body *body);
/* Whether they have said it, or it is about them; within what the token is limited to. */
bool sight_is_own(const struct sight *sight, enum fact_kind kind, const struct entry *entry);

#endif
