/* The terminal that the output goes to, if it does. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include "cli/command.h"

/* Columns of the output: as --width says; else those of the terminal that standard output is, from 60 to 1000; else 100,
 * so that what goes to a file or pipe does not depend on where it was made. */
uint32_t terminal_width(const struct invocation *invocation);

/* For output that is no text: tells, and answers its code, where it would go to a terminal. BATON_OK otherwise. */
MUST_USE baton_code terminal_refuse(struct invocation *invocation);

#endif
