/* What takes long for one request: a result as known earlier, a whole explanation, exports, imports, packages that are sent. Only so many are at it at a time and some wait, in workers that are there for
 * them, so that all other requests go on as if there were none. */
#ifndef SERVER_COSTLY_H
#define SERVER_COSTLY_H

#include "base/turns.h"
#include "server/api.h"

struct costly {
    struct turns turns;
};

/* Closed with the arena. */
struct costly *costly_open(struct baton_arena *arena, unsigned most, unsigned waiting_most);

/* Waits for a turn, once in a request; it is given back when the handler is done. SERVER_BUSY where too many wait already. */
MUST_USE baton_code costly_begin(struct call *call);
/* Also called where the handler was left without memory. */
void costly_end(struct call *call);

#endif
