/* Help on a terminal. */
#include "cli/help.h"
#include "report/layout.h"

enum { HELP_WIDTH = 80 };

const char *help_option(struct baton_arena *arena, const struct option *option) {
    const char *letter = option->letter == '\0' ? "" : arena_printf(arena, "-%c, ", option->letter);
    if (option->type == OPTION_FLAG)
        return arena_printf(arena, "%s--%s", letter, option->name);
    const char *value = option->value;
    if (option->type == OPTION_WORD && value == NULL) {
        char *words = arena_text(arena, option->words, strlen(option->words));
        for (char *at = words; *at != '\0'; at++)
            if (*at == ' ')
                *at = '|';
        value = words;
    }
    return arena_printf(arena, "%s--%s %s", letter, option->name, value);
}

static void head(const struct invocation *invocation, const char *en, const char *zh) {
    writer_text(invocation->out, "\n");
    paint_text(invocation->out, invocation->colour_out, PAINT_STRONG,
               in_language(invocation, en, zh));
    writer_text(invocation->out, "\n");
}

static void options(const struct invocation *invocation, const struct option *table) {
    size_t width = 0;
    for (const struct option *option = table; option->name != NULL; option++) {
        const size_t own = layout_width(help_option(invocation->arena, option));
        width = own > width ? own : width;
    }
    for (const struct option *option = table; option->name != NULL; option++) {
        writer_text(invocation->out, "  ");
        layout_pad(invocation->out, help_option(invocation->arena, option), width + 2, ALIGN_LEFT);
        layout_wrap(invocation->out, option->help[invocation->language], width + 4, width + 4,
                    HELP_WIDTH);
    }
}

/* Paragraphs, or lines, each indented. */
static void paragraphs(const struct invocation *invocation, const char *text, bool wraps) {
    while (*text != '\0') {
        const size_t size = strcspn(text, "\n");
        const char *line = arena_text(invocation->arena, text, size);
        if (size > 0)
            writer_text(invocation->out, "  ");
        if (wraps && size > 0) {
            layout_wrap(invocation->out, line, 2, 2, HELP_WIDTH);
        } else {
            writer_text(invocation->out, line);
            writer_text(invocation->out, "\n");
        }
        text += size + (text[size] == '\n');
    }
}

void help_list(struct invocation *invocation) {
    size_t count;
    const struct command *list = command_list(&count);
    writer_text(invocation->out,
                in_language(invocation,
                            "Baton scores comprehensive assessments and explains every number.\n\n"
                            "Usage: baton [OPTION]... COMMAND ...\n",
                            "Baton（指挥棒）：综合考核的计分、排名与逐数说明。\n\n"
                            "用法：baton [选项]... 命令 ...\n"));
    head(invocation, "Commands", "命令");
    size_t width = 0;
    for (size_t i = 0; i < count; i++)
        if (strlen(list[i].name) > width)
            width = strlen(list[i].name);
    for (size_t i = 0; i < count; i++) {
        writer_text(invocation->out, "  ");
        layout_pad(invocation->out, list[i].name, width + 2, ALIGN_LEFT);
        writer_printf(invocation->out, "%s\n", list[i].summary[invocation->language]);
    }
    head(invocation, "Options", "选项");
    options(invocation, command_own_options());
    writer_text(invocation->out,
                in_language(invocation,
                            "\n`baton help COMMAND` tells more about one. Exit status: 0 done, 1 "
                            "the answer is no,\n"
                            "2 bad usage or input, 3 could not.\n",
                            "\n`baton help 命令` 查看某个命令的详细说明。\n"
                            "退出状态：0 完成，1 结论为否，2 用法或输入有误，3 未能完成。\n"));
}

void help_command(struct invocation *invocation, const struct command *command) {
    const enum baton_language language = invocation->language;
    writer_printf(invocation->out,
                  in_language(invocation, "baton %s: %s\n\nUsage: baton %s [OPTION]...%s%s\n",
                              "baton %s：%s\n\n用法：baton %s [选项]...%s%s\n"),
                  command->name, command->summary[language], command->name,
                  *command->operands != '\0' ? " " : "", command->operands);
    writer_text(invocation->out, "\n");
    paragraphs(invocation, command->about[language], true);
    head(invocation, "Options", "选项");
    options(invocation, command->option);
    if (*command->example[language] != '\0') {
        head(invocation, "Examples", "示例");
        paragraphs(invocation, command->example[language], false);
    }
}
