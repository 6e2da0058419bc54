/* `baton methods`: every method, function and name, from the tables that the engine itself is made from. */
#include "cli/command.h"
#include "cli/terminal.h"
#include "report/methods_report.h"

enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_MARKDOWN };

baton_code cmd_methods(struct invocation *invocation) {
    const struct methods_report report = {.arena = invocation->arena,
                                          .writer = invocation->out,
                                          .language = invocation->language,
                                          .colour = invocation->colour_out,
                                          .width = terminal_width(invocation),
                                          .name = invocation->operand,
                                          .count = invocation->operand_count};
    for (size_t i = 0; i < report.count; i++) {
        const char *guess;
        if (!methods_has(report.name[i], &guess))
            return refuse(invocation, BATON_TOPIC_UNKNOWN, report.name[i], guess, NULL, NULL);
    }
    if (invocation->settings.format == FORMAT_JSON)
        methods_json(&report);
    else if (invocation->settings.format == FORMAT_MARKDOWN)
        methods_markdown(&report);
    else
        methods_text(&report);
    return BATON_OK;
}
