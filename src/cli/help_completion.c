/* Completion of commands, options and the words that options take, for bash and zsh. */
#include "cli/help.h"

/* What may stand behind an option. */
enum behind { BEHIND_NOTHING, BEHIND_WORDS, BEHIND_FILE, BEHIND_ANYTHING };

static enum behind behind(const struct option *option) {
    return option->type == OPTION_FLAG                                         ? BEHIND_NOTHING
           : option->type == OPTION_WORD                                       ? BEHIND_WORDS
           : option->type == OPTION_TEXT && strcmp(option->value, "FILE") == 0 ? BEHIND_FILE
                                                                               : BEHIND_ANYTHING;
}

static void option_names(struct writer *writer, const struct option *option) {
    const struct option *first = option;
    for (; option->name != NULL; option++) {
        if (option->letter != '\0')
            writer_printf(writer, "%s-%c --%s", option == first ? "" : " ", option->letter,
                          option->name);
        else
            writer_printf(writer, "%s--%s", option == first ? "" : " ", option->name);
    }
}

static void command_names(struct writer *writer) {
    size_t count;
    const struct command *list = command_list(&count);
    for (size_t i = 0; i < count; i++)
        writer_printf(writer, "%s%s", i == 0 ? "" : " ", list[i].name);
}

/* What an option's value is completed from, as a case of `$command:$before`. */
static void bash_values(struct writer *writer, const char *command, const struct option *option) {
    for (; option->name != NULL; option++) {
        if (behind(option) == BEHIND_NOTHING)
            continue;
        writer_printf(writer, "    '%s:--%s'", command, option->name);
        if (option->letter != '\0')
            writer_printf(writer, " | '%s:-%c'", command, option->letter);
        writer_text(writer, ")\n");
        if (behind(option) == BEHIND_WORDS)
            writer_printf(writer,
                          "        mapfile -t COMPREPLY < <(compgen -W '%s' -- \"$word\")\n",
                          option->words);
        else if (behind(option) == BEHIND_FILE)
            writer_text(writer, "        mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n");
        writer_text(writer, "        return\n        ;;\n");
    }
}

void help_bash(struct writer *writer) {
    size_t count;
    const struct command *list = command_list(&count);
    writer_text(
        writer,
        "# bash completion for baton, made by `baton help --completion bash`\n"
        "_baton() {\n"
        "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command= i\n"
        "    COMPREPLY=()\n"
        "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
        "        case ${COMP_WORDS[i]} in\n"
        "        --lang) ((i++)) ;;\n"
        "        -*) ;;\n"
        "        *)\n"
        "            command=${COMP_WORDS[i]}\n"
        "            break\n"
        "            ;;\n"
        "        esac\n"
        "    done\n"
        "    case $command:$before in\n");
    bash_values(writer, "", command_own_options());
    for (size_t i = 0; i < count; i++)
        bash_values(writer, list[i].name, list[i].option);
    writer_text(writer, "    esac\n"
                        "    case $command:$word in\n"
                        "    :-*) mapfile -t COMPREPLY < <(compgen -W '");
    option_names(writer, command_own_options());
    writer_text(writer, "' -- \"$word\") ;;\n    :*) mapfile -t COMPREPLY < <(compgen -W '");
    command_names(writer);
    writer_text(writer, "' -- \"$word\") ;;\n");
    for (size_t i = 0; i < count; i++) {
        writer_printf(writer, "    %s:-*) mapfile -t COMPREPLY < <(compgen -W '", list[i].name);
        option_names(writer, list[i].option);
        writer_text(writer, "' -- \"$word\") ;;\n");
    }
    writer_text(writer, "    help:*) mapfile -t COMPREPLY < <(compgen -W '");
    command_names(writer);
    writer_text(writer, " " HELP_TOPICS "' -- \"$word\") ;;\n"
                        "    *) mapfile -t COMPREPLY < <(compgen -f -- \"$word\") ;;\n"
                        "    esac\n"
                        "}\n"
                        "complete -o filenames -F _baton baton\n");
}

/* Inside single quotes, and inside the brackets of a description. */
static void zsh_text(struct writer *writer, const char *text) {
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            writer_text(writer, "'\\''");
        else if (*text == '[' || *text == ']' || *text == ':' || *text == '\\')
            writer_printf(writer, "\\%c", *text);
        else
            writer_char(writer, *text);
    }
}

static void zsh_options(struct writer *writer, const struct option *option,
                        enum baton_language language) {
    for (; option->name != NULL; option++) {
        const enum behind what = behind(option);
        writer_printf(writer, " \\\n            '--%s%s[", option->name,
                      what == BEHIND_NOTHING ? "" : "=");
        zsh_text(writer, option->help[language]);
        writer_text(writer, "]");
        if (what == BEHIND_WORDS)
            writer_printf(writer, ":%s:(%s)", option->name, option->words);
        else if (what == BEHIND_FILE)
            writer_printf(writer, ":%s:_files", option->name);
        else if (what == BEHIND_ANYTHING)
            writer_printf(writer, ":%s:", option->value);
        writer_text(writer, "'");
    }
}

void help_zsh(struct writer *writer, enum baton_language language) {
    size_t count;
    const struct command *list = command_list(&count);
    writer_text(writer, "#compdef baton\n"
                        "# zsh completion for baton, made by `baton help --completion zsh`\n"
                        "_baton() {\n"
                        "    local state line\n"
                        "    typeset -A opt_args\n"
                        "    _arguments -C");
    zsh_options(writer, command_own_options(), language);
    writer_text(writer, " \\\n            '1: :->command' '*:: :->rest'\n"
                        "    case $state in\n"
                        "    command)\n"
                        "        local -a commands=(");
    for (size_t i = 0; i < count; i++) {
        writer_printf(writer, "\n            '%s:", list[i].name);
        zsh_text(writer, list[i].summary[language]);
        writer_text(writer, "'");
    }
    writer_text(writer, ")\n"
                        "        _describe command commands\n"
                        "        ;;\n"
                        "    rest)\n"
                        "        case $line[1] in\n");
    for (size_t i = 0; i < count; i++) {
        writer_printf(writer, "        %s)\n            _arguments", list[i].name);
        zsh_options(writer, list[i].option, language);
        if (strcmp(list[i].name, "help") == 0) {
            writer_text(writer, " \\\n            '1:command:(");
            command_names(writer);
            writer_text(writer, " " HELP_TOPICS ")'");
        } else if (list[i].most > 0 && strstr(list[i].operands, "PACKAGE") != NULL) {
            writer_text(writer, " \\\n            '*:package:_files'");
        }
        writer_text(writer, "\n            ;;\n");
    }
    writer_text(writer, "        esac\n"
                        "        ;;\n"
                        "    esac\n"
                        "}\n"
                        "if [ \"$funcstack[1]\" = _baton ]; then\n"
                        "    _baton \"$@\"\n"
                        "else\n"
                        "    compdef _baton baton\n"
                        "fi\n");
}
