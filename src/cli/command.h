/* A command of `baton`, and one run of it. The list is in commands.c; each has a file cmd_NAME.c. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "cli/options.h"
#include "report/paint.h"

enum { OPERANDS_MAX = 4096 };

/* One run of the program. */
struct invocation {
    struct baton_arena *arena;
    const struct command *command;
    struct settings settings;
    const char **operand;
    size_t operand_count;
    enum baton_language language;
    struct writer *out, *err; /* standard output, closed by cli.c; what people are told */
    bool colour_out, colour_err;
};

/* What a command does: prints to invocation->out and answers with a code, of which the exit status comes. What is wrong
 * it has told by then (see print_findings.h); a code other than BATON_OK is not told again. */
typedef baton_code command_run(struct invocation *invocation);

struct command {
    const char *name;
    command_run *run;
    const char *operands;        /* as help shows them: "PACKAGE", "[NAME]..." or "" */
    size_t least, most;          /* how many */
    const struct option *option; /* ends with an entry without name; sorted */
    const char *summary[2];      /* one line, by enum baton_language */
    const char *about[2];        /* paragraphs, separated by empty lines */
    const char *example[2];      /* lines "command    what it does" */
};

/* All of them, sorted by name. */
const struct command *command_list(size_t *count);
/* NULL where there is none of that name. */
const struct command *command_find(const char *name);
/* The options of `baton` itself, before a command. */
const struct option *command_own_options(void);

/* Tells what is wrong with the arguments, and answers its code. */
baton_code refuse(struct invocation *invocation, baton_code code, const char *arg1,
                  const char *arg2, const char *arg3, const char *arg4);

/* Tells all that was found, and answers the code of the first error. */
baton_code refuse_all(struct invocation *invocation, struct baton_findings *found);

/* The same for a name that is no command, with what was perhaps meant. */
MUST_USE baton_code command_unknown(struct invocation *invocation, const char *name);

/* zh or en, whichever the run is in. */
__attribute__((format_arg(2), format_arg(3))) static inline const char *in_language(
    const struct invocation *invocation, const char *en, const char *zh) {
    return invocation->language == BATON_ZH ? zh : en;
}

/* The handlers. */
command_run cmd_check, cmd_convert, cmd_diff, cmd_explain, cmd_help, cmd_import_sheet, cmd_matrix,
    cmd_methods, cmd_scheme, cmd_score, cmd_version;
command_run cmd_account, cmd_serve, cmd_backup, cmd_rebuild, cmd_restore, cmd_correct, cmd_decide,
    cmd_doctor, cmd_export, cmd_import, cmd_init, cmd_key, cmd_log, cmd_show, cmd_user, cmd_verify;
command_run cmd_calendar, cmd_collect, cmd_evidence, cmd_expected, cmd_waiting;
command_run cmd_chase, cmd_completeness, cmd_digest, cmd_stale;
command_run cmd_burden, cmd_register, cmd_share;
command_run cmd_fill, cmd_form;

#endif
