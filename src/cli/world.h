/* What the program takes from outside: the time, chance, and on which machine it runs. world.c is the one file that asks the system for them. */
#ifndef CLI_WORLD_H
#define CLI_WORLD_H

#include "base/arena.h"
#include "ledger/place.h"
#include <stdbool.h>

/* Time and chance, for ledgers. As long as the program. */
const struct ledger_world *world_of_system(void);

/* Now, in milliseconds since 1970 UTC. */
int64_t world_now_utc_ms(void);

/* Who appends, for people: "server1:1234", host and process; in the arena. */
const char *world_holder(struct baton_arena *arena);

#endif
