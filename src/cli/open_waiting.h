/* What waits for whom, for commands: a collection with its people. */
#ifndef CLI_OPEN_WAITING_H
#define CLI_OPEN_WAITING_H

#include "cli/open_collection.h"
#include "flow/waiting.h"

/* collection_open by the newest scheme, and the world as waiting.h has it: everything is told. Lives as long as *of and the arena. */
MUST_USE baton_code waiting_world_open(struct invocation *invocation, struct collection *of,
                                       struct waiting_world *out);

#endif
