/* Who holds which posts, remembered until a post, a person or a unit changes: one state for all requests, in memory. */
#ifndef SERVER_PEOPLE_H
#define SERVER_PEOPLE_H

#include "ledger/standing.h"
#include "server/readers.h"

struct people;

/* Closed with the arena; nobody holds a state by then. `world` and `readers` are borrowed. */
struct people *people_open(struct baton_arena *arena, const struct ledger_world *world,
                           struct readers *readers);

/* A state, which never changes; threads may look into it side by side. */
struct people_now {
    const struct standing *standing; /* with the units of all assessments */
    uint64_t number;                 /* unlike that of any other state */
};

/* The newest, until the arena is closed. May ask the store; what the reader answers. */
MUST_USE baton_code people_now(struct people *people, struct baton_arena *arena,
                               const struct people_now **out, struct baton_findings *found);
/* The same where it is in memory; NULL = it has to be read. Quick. */
const struct people_now *people_at_once(struct people *people, struct baton_arena *arena);

int64_t people_time_utc_ms(const struct people *people);

/* The roles of a person today as a set of bits; 0 of whom the ledger does not know. As people_now. */
MUST_USE baton_code people_roles(struct people *people, struct baton_arena *arena,
                                 const char *person, uint32_t *out, struct baton_findings *found);

/* Posts, persons or units have changed: nothing is remembered any more. From any thread, quick. */
void people_forget(struct people *people);

#endif
