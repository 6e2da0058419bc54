/* What a verification read, for people. */
#ifndef CLI_TELL_VERIFIED_H
#define CLI_TELL_VERIFIED_H

#include "cli/command.h"
#include "ledger/verify.h"

/* Prints a line with a label in its column. */
void tell_line(struct invocation *invocation, const char *label, const char *text);

/* The ledger, how many facts and contents, the newest head. */
void tell_verified(struct invocation *invocation, const struct verify_report *report);

#endif
