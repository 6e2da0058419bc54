/* What an import has read, and what of the sheet it has not. */
#ifndef CLI_IMPORT_SUMMARY_H
#define CLI_IMPORT_SUMMARY_H

#include "cli/command.h"
#include "package/sheet_add.h"

/* Tells on standard error how many figures of how many units and elements were read, for which periods, which rows and columns were passed over, and, with
 * `added`, what became of them in the package. */
void import_summary(struct invocation *invocation, const struct sheet_figures *figures,
                    const struct sheet_added *added);

#endif
