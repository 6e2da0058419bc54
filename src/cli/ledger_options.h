/* The options of the commands of ledgers; each table ends with an entry without name. The commands themselves stand in commands.c with all others. */
#ifndef CLI_LEDGER_OPTIONS_H
#define CLI_LEDGER_OPTIONS_H

#include "cli/options.h"

extern const struct option account_options[], calendar_options[], expected_options[],
    serve_options[], backup_options[], rebuild_options[], restore_options[], correct_options[],
    decide_options[], doctor_options[], export_options[], import_options[], init_options[],
    key_options[], log_options[], show_options[], user_options[], verify_options[];

#endif
