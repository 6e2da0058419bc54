/* `baton help`: what there is to know about the commands, from the table of commands.c. */
#include "cli/help.h"
#include "cli/serve_config.h"
#include <string.h>

static void print_config(const struct invocation *invocation) {
    serve_config_print(invocation->out, invocation->language);
}

static const struct topic {
    const char *name; /* one of HELP_TOPICS */
    void (*print)(const struct invocation *invocation);
} topics[] = {{"codes", help_codes}, {"config", print_config}};

static const struct topic *find_topic(const char *name) {
    for (size_t i = 0; i < LENGTH(topics); i++)
        if (strcmp(topics[i].name, name) == 0)
            return &topics[i];
    return NULL;
}

baton_code cmd_help(struct invocation *invocation) {
    const struct command *command = NULL;
    const struct topic *const topic =
        invocation->operand_count > 0 ? find_topic(invocation->operand[0]) : NULL;
    if (topic != NULL && invocation->settings.man)
        return refuse(invocation, BATON_OPTIONS_APART, topic->name, "--man", NULL, NULL);
    if (topic != NULL && invocation->settings.completion != COMPLETION_NONE)
        return refuse(invocation, BATON_OPTIONS_APART, "--completion", topic->name, NULL, NULL);
    if (topic != NULL) {
        topic->print(invocation);
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
