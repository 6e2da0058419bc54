/* A table of an assessment as it was in force. For `baton show --table`. */
#ifndef CLI_SHOW_TABLE_H
#define CLI_SHOW_TABLE_H

#include "cli/command.h"
#include "ledger/reader.h"

/* Prints, as the options say (--table, --assessment, --known, --format, --output). */
MUST_USE baton_code show_table(struct invocation *invocation, struct ledger_reader *reader);

#endif
