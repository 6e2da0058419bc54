/* A file brought in as evidence by a command: looked at as a server does, stored piece by piece, and the fact about it said. */
#ifndef CLI_EVIDENCE_FILE_H
#define CLI_EVIDENCE_FILE_H

#include "cli/command.h"
#include "ledger/ledger.h"

/* *told is the submission that says it, *digest that of the content. Tells what is wrong, and answers its code: EVIDENCE_..., FILE_READ, what the ledger answers. */
MUST_USE baton_code evidence_store(struct invocation *invocation, struct ledger *ledger,
                                   const char *actor, const char *assessment, const char *path,
                                   struct digest *digest, struct submission *told);

#endif
