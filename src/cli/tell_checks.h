/* What the checks of a scheme say of figures that were drafted, for whoever did it. */
#ifndef CLI_TELL_CHECKS_H
#define CLI_TELL_CHECKS_H

#include "cli/command.h"
#include "flow/checks.h"
#include "flow/figure_names.h"

/* A line for each, and what has to be done about it. */
void tell_checks(struct invocation *invocation, const struct figure_names *names,
                 const struct checked_list *list);

#endif
