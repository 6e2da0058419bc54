/* The command line as a whole: which command, in which language, with which options; and what it ends with.
 *
 * Everything that a run allocates stands in one arena, and the run takes place inside arena_run: when memory is out,
 * it ends there with the one message that needs none. */
#include "cli/cli.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/print_findings.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct run {
    int argc;
    char **argv;
    struct invocation invocation;
};

baton_code refuse(struct invocation *invocation, baton_code code, const char *arg1,
                  const char *arg2, const char *arg3, const char *arg4) {
    struct baton_findings found = {.arena = invocation->arena};
    baton_findings_add(&found, code, (struct baton_where){0}, arg1, arg2, arg3, arg4);
    print_findings(
        invocation->arena, invocation->err, &found,
        (struct findings_style){invocation->language, invocation->colour_err, BATON_NOTE});
    return code;
}

baton_code refuse_all(struct invocation *invocation, struct baton_findings *found) {
    const baton_code code = baton_findings_worst(found);
    print_findings(
        invocation->arena, invocation->err, found,
        (struct findings_style){invocation->language, invocation->colour_err, BATON_NOTE});
    return code;
}

static bool wants_colour(int setting, int file) {
    return setting == COLOR_ALWAYS || (setting == COLOR_AUTO && paint_wanted(file));
}

baton_code command_unknown(struct invocation *invocation, const char *name) {
    struct text_guess guess = {.text = name, .size = strlen(name)};
    size_t count;
    const struct command *list = command_list(&count);
    for (size_t i = 0; i < count; i++)
        text_guess_offer(&guess, list[i].name, strlen(list[i].name));
    return refuse(invocation, BATON_COMMAND_UNKNOWN, name, guess.best, NULL, NULL);
}

/* How many of the arguments stand before the command's name. */
static size_t before_command(char *const *arguments, size_t count) {
    size_t i = 0;
    while (i < count && arguments[i][0] == '-' && arguments[i][1] != '\0' &&
           strcmp(arguments[i], "--") != 0)
        i += strcmp(arguments[i], "--lang") == 0 ? 2 : 1;
    return i < count ? i : count;
}

/* `baton` with options of its own, or with nothing. */
static baton_code run_without_command(struct invocation *invocation, size_t arguments) {
    if (invocation->settings.version) {
        invocation->command = command_find("version");
        return cmd_version(invocation);
    }
    invocation->command = command_find("help");
    if (arguments > 0)
        return cmd_help(invocation);
    struct writer *out =
        invocation->out; /* nothing was asked for: how to ask is said where errors are */
    invocation->out = invocation->err;
    cmd_help(invocation);
    invocation->out = out;
    return BATON_USAGE;
}

static baton_code run_command(struct invocation *invocation, const struct command *command,
                              char *const *arguments, size_t count) {
    struct baton_findings found = {.arena = invocation->arena};
    invocation->command = command;
    invocation->operand = arena_alloc(invocation->arena, count + 1, sizeof *invocation->operand);
    options_parse(invocation->arena, command->option, command->name, arguments, count,
                  &invocation->settings, invocation->operand, &invocation->operand_count, &found);
    if (found.errors == 0 && invocation->settings.help) {
        invocation->operand[0] = command->name;
        invocation->operand_count = 1;
        invocation->settings.man = false;
        return cmd_help(invocation);
    }
    if (invocation->operand_count < command->least)
        baton_findings_add(&found, BATON_OPERAND_MISSING, (struct baton_where){0}, command->name,
                           command->operands, NULL, NULL);
    if (invocation->operand_count > command->most)
        baton_findings_add(&found, BATON_OPERAND_EXCESS, (struct baton_where){0}, command->name,
                           invocation->operand[command->most], NULL, NULL);
    if (found.errors > 0)
        return refuse_all(invocation, &found);
    invocation->colour_out = wants_colour(invocation->settings.color, 1);
    invocation->colour_err = wants_colour(invocation->settings.color, 2);
    return command->run(invocation);
}

static baton_code run(void *context) {
    struct run *run = context;
    struct invocation *invocation = &run->invocation;
    char *const *arguments = run->argv + 1;
    const size_t count = run->argc > 0 ? (size_t)run->argc - 1 : 0;
    invocation->out = writer_descriptor(invocation->arena, 1);
    invocation->err = writer_descriptor(invocation->arena, 2);
    invocation->settings = settings_initial();
    invocation->colour_err = paint_wanted(2);
    const size_t before = before_command(arguments, count);
    struct baton_findings found = {.arena = invocation->arena};
    const char *none[1];
    size_t operands = 0;
    options_parse(invocation->arena, command_own_options(), NULL, arguments, before,
                  &invocation->settings, none, &operands, &found);
    if (found.errors > 0)
        return refuse_all(invocation, &found);
    if (before == count || invocation->settings.help || invocation->settings.version)
        return run_without_command(invocation, count);
    const struct command *command = command_find(arguments[before]);
    if (command == NULL)
        return command_unknown(invocation, arguments[before]);
    return run_command(invocation, command, arguments + before + 1, count - before - 1);
}

/* Without memory: what can be said in one go. */
static void say_no_memory(enum baton_language language) {
    const char *message = baton_code_info(BATON_NO_MEMORY)->message[language];
    char line[200];
    const int size = snprintf(line, sizeof line, "baton: %s\n", message);
    if (size > 0 && (size_t)size < sizeof line && write(2, line, (size_t)size) < 0)
        return; /* nobody listens */
}

/* What could not be printed is an error, unless whoever reads has read enough. */
static baton_code finish(void *context) {
    struct invocation *invocation = context;
    const int error = writer_close(invocation->out);
    baton_code code = BATON_OK;
    if (error != 0 && error != EPIPE)
        code = refuse(invocation, BATON_FILE_WRITE,
                      in_language(invocation, "standard output", "标准输出"), strerror(error), NULL,
                      NULL);
    return writer_close(invocation->err) == 0 || code != BATON_OK ? code : BATON_OK;
}

int cli_main(int argc, char **argv) {
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_DFL); /* where it is ignored nobody learns how a command ended */
    struct run work = {.argc = argc, .argv = argv};
    struct invocation *invocation = &work.invocation;
    invocation->language = options_language(argv + 1, argc > 0 ? (size_t)argc - 1 : 0);
    invocation->arena = arena_open();
    baton_code code = arena_run(invocation->arena, run, &work);
    if (code != BATON_NO_MEMORY && invocation->out != NULL) {
        const baton_code closing = arena_run(invocation->arena, finish, invocation);
        if (closing != BATON_OK)
            code = closing;
    }
    if (code == BATON_NO_MEMORY)
        say_no_memory(invocation->language);
    arena_close(invocation->arena);
    return code == BATON_OK ? 0 : baton_code_info(code)->exit_status;
}
