/* A result proposed for posting. For `baton score --post`. */
#ifndef CLI_SCORE_POST_H
#define CLI_SCORE_POST_H

#include "cli/command.h"

/* Scores the assessment of --ledger and proposes the posting of its result; tells what comes of it. */
MUST_USE baton_code score_post(struct invocation *invocation);

#endif
