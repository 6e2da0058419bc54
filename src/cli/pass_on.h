/* Figures that other assessments take over (flow/sharings.h) are said there with what a command has just stored, as a running server would. */
#ifndef CLI_PASS_ON_H
#define CLI_PASS_ON_H

#include "cli/command.h"
#include "ledger/ledger.h"
#include "ledger/reader.h"

/* What follows from facts that were stored: from figures their copies; from a sharing or a unit all that is not said yet. Tells how many figures of which assessment were taken over, and what was refused, with what to do: that is no error of the
 * command, whose own facts stand. Codes of the store, told. */
MUST_USE baton_code pass_on(struct invocation *invocation, struct ledger_reader *reader,
                            struct ledger *ledger, const struct submission *stored);

#endif
