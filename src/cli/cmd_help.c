/* `baton help`: what there is to know about the commands, from the table of commands.c. */
#include "cli/help.h"
#include <string.h>

baton_code cmd_help(struct invocation *invocation) {
    const struct command *command = NULL;
    const bool wants_codes =
        invocation->operand_count > 0 && strcmp(invocation->operand[0], HELP_TOPIC_CODES) == 0;
    if (wants_codes && invocation->settings.man)
        return refuse(invocation, BATON_OPTIONS_APART, HELP_TOPIC_CODES, "--man", NULL, NULL);
    if (wants_codes && invocation->settings.completion != COMPLETION_NONE)
        return refuse(invocation, BATON_OPTIONS_APART, "--completion", HELP_TOPIC_CODES, NULL,
                      NULL);
    if (wants_codes) {
        help_codes(invocation);
        return BATON_OK;
    }
    if (invocation->operand_count > 0) {
        command = command_find(invocation->operand[0]);
        if (command == NULL)
            return command_unknown(invocation, invocation->operand[0]);
    }
    if (invocation->settings.completion != COMPLETION_NONE) {
        if (command != NULL)
            return refuse(invocation, BATON_OPTIONS_APART, "--completion", command->name, NULL,
                          NULL);
        if (invocation->settings.man)
            return refuse(invocation, BATON_OPTIONS_APART, "--completion", "--man", NULL, NULL);
        if (invocation->settings.completion == COMPLETION_BASH)
            help_bash(invocation->out);
        else
            help_zsh(invocation->out, invocation->language);
    } else if (invocation->settings.man) {
        help_man(invocation, command);
    } else if (command != NULL) {
        help_command(invocation, command);
    } else {
        help_list(invocation);
    }
    return BATON_OK;
}
