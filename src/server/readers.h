/* Connections for reading a ledger, shared by those who answer requests: each is one thread's at a time, and goes back when the request's arena is closed. */
#ifndef SERVER_READERS_H
#define SERVER_READERS_H

#include "ledger/reader.h"

struct readers;

/* Opens the first one, to see that it can be; `place` is borrowed. Closed with the arena, when all have come back. What reader_open answers. */
MUST_USE baton_code readers_open(struct baton_arena *arena, const struct ledger_place *place,
                                 struct readers **out, struct baton_findings *found);

/* One that nobody else uses until `arena` is closed; opened where none is free. One whose store failed is closed when it comes back (readers_spoil). */
MUST_USE baton_code readers_take(struct readers *readers, struct baton_arena *arena,
                                 struct ledger_reader **out, struct baton_findings *found);
void readers_spoil(struct readers *readers, const struct ledger_reader *reader);

#endif
