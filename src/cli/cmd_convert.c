/* `baton convert`: a package in another form. The form is that of the ending of the output's name. */
#include "cli/command.h"
#include "cli/print_findings.h"
#include "flow/package_convert.h"

baton_code cmd_convert(struct invocation *invocation) {
    const struct settings *settings = &invocation->settings;
    struct baton_findings found = {.arena = invocation->arena};
    const struct convert_wish wish = {.path = invocation->operand[0],
                                      .output = settings->output,
                                      .replace = settings->replace,
                                      .language = invocation->language};
    struct converted converted;
    if (settings->output == NULL)
        return refuse(invocation, BATON_OPTION_NEEDED, "convert", "-o", NULL, NULL);
    const baton_code code = package_convert(invocation->arena, &wish, &converted, &found);
    if (code == BATON_NO_MEMORY)
        return code;
    print_findings(
        invocation->arena, invocation->err, &found,
        (struct findings_style){invocation->language, invocation->colour_err, BATON_NOTE});
    if (code == BATON_OK && converted.is_workbook)
        writer_printf(invocation->out,
                      in_language(invocation, "%s: a workbook.\n", "%s：工作簿。\n"),
                      settings->output);
    else if (code == BATON_OK)
        writer_printf(invocation->out,
                      in_language(invocation, "%s: %zu files.\n", "%s：%zu 个文件。\n"),
                      settings->output, converted.files);
    return code;
}
