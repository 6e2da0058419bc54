/* The options of the commands of ledgers; each table ends with an entry without name. The commands themselves stand in commands.c with all others. */
#ifndef CLI_LEDGER_OPTIONS_H
#define CLI_LEDGER_OPTIONS_H

#include "cli/options.h"

extern const struct option account_options[], burden_options[], calendar_options[],
    collect_options[], evidence_options[], expected_options[], fill_options[], form_options[],
    register_options[], share_options[], waiting_options[], serve_options[], backup_options[],
    rebuild_options[], restore_options[], correct_options[], decide_options[], doctor_options[],
    export_options[], import_options[], init_options[], key_options[], log_options[],
    show_options[], user_options[], verify_options[];
extern const struct option chase_options[], completeness_options[], digest_options[],
    stale_options[];

#endif
