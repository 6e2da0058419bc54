/* A package brought into a ledger, and told: for `baton init --from` and `baton import`. */
#ifndef CLI_IMPORT_TELL_H
#define CLI_IMPORT_TELL_H

#include "cli/command.h"
#include "ledger/place.h"

/* Whether the package can be brought in at all: tells what is wrong with it. */
MUST_USE baton_code import_look(struct invocation *invocation, const char *path);

/* Brings it in as the options say (--correct, --withdraw, --reason, --in-force), and tells what is new. */
MUST_USE baton_code import_package(struct invocation *invocation, const struct ledger_place *place,
                                   const char *path, const char *actor);

#endif
