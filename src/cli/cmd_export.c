/* `baton export`: an assessment of a ledger written as a package. */
#include "cli/open_ledger.h"
#include "cli/print_findings.h"
#include "flow/package_export.h"
#include <string.h>

static void tell(struct invocation *invocation, const struct export_result *result) {
    for (size_t i = 0; i < result->count; i++) {
        const struct exported *one = &result->package[i];
        if (one->files > 0)
            writer_printf(invocation->out,
                          in_language(invocation, "%s: %s, %zu files", "%s：%s，%zu 个文件"),
                          one->path, one->assessment, one->files);
        else
            writer_printf(invocation->out,
                          in_language(invocation, "%s: %s, a workbook", "%s：%s，工作簿"),
                          one->path, one->assessment);
        if (one->kept != NULL)
            writer_printf(
                invocation->out,
                in_language(invocation, "; what was there is now %s", "；原有的同名文件夹现为 %s"),
                one->kept);
        writer_text(invocation->out, "\n");
    }
}

baton_code cmd_export(struct invocation *invocation) {
    const struct settings *settings = &invocation->settings;
    struct baton_findings found = {.arena = invocation->arena};
    struct export_wish wish = {.output = settings->output,
                               .replace = settings->replace,
                               .view = {.period = settings->period}};
    struct export_result result;
    if (settings->output == NULL)
        return refuse(invocation, BATON_OPTION_NEEDED, "export", "-o", NULL, NULL);
    TRY(open_reader(invocation, invocation->operand[0], &wish.view.reader));
    TRY(which_assessment(invocation, wish.view.reader, &wish.view.assessment));
    TRY(known_as_asked(invocation, wish.view.reader, &wish.view.known));
    const baton_code code = package_export(invocation->arena, &wish, &result, &found);
    if (code == BATON_NO_MEMORY)
        return code;
    print_findings(
        invocation->arena, invocation->err, &found,
        (struct findings_style){invocation->language, invocation->colour_err, BATON_NOTE});
    if (code == BATON_OK)
        tell(invocation, &result);
    return code;
}
