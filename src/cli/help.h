/* Help made from the table of commands: on a terminal, as man pages, as completion for shells. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/command.h"

/* What `baton help` knows besides commands, separated by spaces. */
#define HELP_TOPICS "codes config"

/* What `baton` is, its commands, its own options. */
void help_list(struct invocation *invocation);

/* About one command: how it is written, what it does, its options, examples. */
void help_command(struct invocation *invocation, const struct command *command);

/* The man page baton-COMMAND(1), or with NULL baton(1), as roff. */
void help_man(struct invocation *invocation, const struct command *command);

/* Every code that Baton may answer with: number, name, severity, words and advice. */
void help_codes(const struct invocation *invocation);

/* A script to be sourced, or put where the shell looks for completions. */
void help_bash(struct writer *writer);
void help_zsh(struct writer *writer, enum baton_language language);

/* "--output FILE", "-o" in front where there is one; in the arena. */
const char *help_option(struct baton_arena *arena, const struct option *option);

#endif
