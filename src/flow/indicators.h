/* What posts that name indicators are for, and who reports and verifies a figure, asked by a ledger that is appended to (ledger_indicators): it knows no schemes. */
#ifndef FLOW_INDICATORS_H
#define FLOW_INDICATORS_H

#include "ledger/ledger.h"
#include "ledger/standing.h"

struct indicators;

/* Reads the ledger at `place` (borrowed) by a connection of its own, once somebody's post names an indicator. Closed with the arena, when nothing is appended any more. */
struct indicators *indicators_open(struct baton_arena *arena, const struct ledger_place *place);

/* For ledger_indicators. What a scheme reaches is remembered until there is a newer version of it; where that is not sound, or cannot be read, nothing is reached: which is remembered too, until something is said that could mend it. */
struct standing_indicators indicators_of(struct indicators *indicators);

/* How often a scheme was compiled so far. */
uint64_t indicators_compiled(const struct indicators *indicators);

#endif
