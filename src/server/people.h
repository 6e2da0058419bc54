/* Which roles a person has today, remembered until a post or a person changes, or the day. */
#ifndef SERVER_PEOPLE_H
#define SERVER_PEOPLE_H

#include "server/readers.h"

struct people;

/* Closed with the arena. `world` and `readers` are borrowed. */
struct people *people_open(struct baton_arena *arena, const struct ledger_world *world,
                           struct readers *readers);

/* The roles of a person as a set of bits; 0 of whom the ledger does not know. May ask the store; the reader goes back with `arena`. What the reader answers. */
MUST_USE baton_code people_roles(struct people *people, struct baton_arena *arena,
                                 const char *person, uint32_t *out, struct baton_findings *found);

/* Posts or persons have changed: nothing is remembered any more. From any thread, quick. */
void people_forget(struct people *people);

#endif
