/* Man pages, as roff. */
#include "cli/help.h"

/* A text in which nothing means anything to roff: backslashes, dots and quotes at the beginning of a line, hyphens that
 * are to be typed. */
static void plain(struct writer *writer, const char *text) {
    bool at_start = true;
    for (; *text != '\0'; text++) {
        if (at_start && (*text == '.' || *text == '\''))
            writer_text(writer, "\\&");
        if (*text == '\\')
            writer_text(writer, "\\e");
        else if (*text == '-')
            writer_text(writer, "\\-");
        else
            writer_char(writer, *text);
        at_start = *text == '\n';
    }
}

static void section(const struct invocation *invocation, const char *en, const char *zh) {
    writer_printf(invocation->out, ".SH %s\n", in_language(invocation, en, zh));
}

/* Paragraphs are separated by empty lines. */
static void paragraphs(struct writer *writer, const char *text) {
    while (*text != '\0') {
        const char *end = strstr(text, "\n\n");
        const size_t size = end == NULL ? strlen(text) : (size_t)(end - text);
        plain(writer, arena_text(writer->arena, text, size));
        writer_text(writer, "\n");
        text += size;
        if (end != NULL) {
            writer_text(writer, ".PP\n");
            text += 2;
        }
    }
}

static void options(const struct invocation *invocation, const struct option *option) {
    for (; option->name != NULL; option++) {
        writer_text(invocation->out, ".TP\n.B ");
        plain(invocation->out, help_option(invocation->arena, option));
        writer_text(invocation->out, "\n");
        plain(invocation->out, option->help[invocation->language]);
        writer_text(invocation->out, "\n");
    }
}

static void title(const struct invocation *invocation, const char *name, const char *summary) {
    writer_printf(invocation->out, ".TH %s 1 \"\" \"baton %s\" \"%s\"\n", name, BATON_VERSION,
                  in_language(invocation, "Baton", "指挥棒"));
    section(invocation, "NAME", "名称");
    plain(invocation->out, name);
    writer_text(invocation->out, " \\- ");
    plain(invocation->out, summary);
    writer_text(invocation->out, "\n");
}

static void exit_status(const struct invocation *invocation) {
    section(invocation, "EXIT STATUS", "退出状态");
    plain(invocation->out,
          in_language(invocation,
                      "0 done, 1 the answer is no, 2 bad usage or input, 3 could not.\n",
                      "0 完成，1 结论为否，2 用法或输入有误，3 未能完成。\n"));
}

static void man_of_command(const struct invocation *invocation, const struct command *command) {
    const enum baton_language language = invocation->language;
    title(invocation, arena_printf(invocation->arena, "baton-%s", command->name),
          command->summary[language]);
    section(invocation, "SYNOPSIS", "用法");
    writer_printf(invocation->out, ".B baton %s\n", command->name);
    plain(invocation->out, in_language(invocation, "[OPTION]... ", "[选项]... "));
    plain(invocation->out, command->operands);
    writer_text(invocation->out, "\n");
    section(invocation, "DESCRIPTION", "说明");
    paragraphs(invocation->out, command->about[language]);
    section(invocation, "OPTIONS", "选项");
    options(invocation, command->option);
    if (*command->example[language] != '\0') {
        section(invocation, "EXAMPLES", "示例");
        writer_text(invocation->out, ".nf\n");
        plain(invocation->out, command->example[language]);
        writer_text(invocation->out, "\n.fi\n");
    }
    exit_status(invocation);
    section(invocation, "SEE ALSO", "参见");
    writer_text(invocation->out, ".BR baton (1)\n");
}

void help_man(struct invocation *invocation, const struct command *command) {
    if (command != NULL) {
        man_of_command(invocation, command);
        return;
    }
    size_t count;
    const struct command *list = command_list(&count);
    title(invocation, "baton",
          in_language(invocation, "score comprehensive assessments and explain every number",
                      "综合考核的计分、排名与逐数说明"));
    section(invocation, "SYNOPSIS", "用法");
    writer_text(invocation->out, ".B baton\n");
    plain(invocation->out,
          in_language(invocation, "[OPTION]... COMMAND ...\n", "[选项]... 命令 ...\n"));
    section(invocation, "COMMANDS", "命令");
    for (size_t i = 0; i < count; i++) {
        writer_printf(invocation->out, ".TP\n.BR baton\\-%s (1)\n", list[i].name);
        plain(invocation->out, list[i].summary[invocation->language]);
        writer_text(invocation->out, "\n");
    }
    section(invocation, "OPTIONS", "选项");
    options(invocation, command_own_options());
    section(invocation, "ENVIRONMENT", "环境变量");
    writer_text(invocation->out, ".TP\n.B LC_ALL, LC_MESSAGES, LANG\n");
    plain(invocation->out, in_language(invocation,
                                       "The first that is set chooses the language of messages: "
                                       "Chinese where it begins with zh.\n",
                                       "其中第一个已设置的决定提示语言：以 zh 开头为中文。\n"));
    writer_text(invocation->out, ".TP\n.B BATON_USER\n");
    plain(invocation->out, in_language(invocation, "Who acts on a ledger, where no --as says.\n",
                                       "账本命令的经办人，未写 --as 时采用。\n"));
    writer_text(invocation->out, ".TP\n.B NO_COLOR\n");
    plain(invocation->out, in_language(invocation, "No colour unless it is asked for.\n",
                                       "设置后不用颜色，除非明确要求。\n"));
    exit_status(invocation);
    section(invocation, "SEE ALSO", "参见");
    for (size_t i = 0; i < count; i++)
        writer_printf(invocation->out, ".BR baton\\-%s (1)%s\n", list[i].name,
                      i + 1 < count ? "," : "");
}
