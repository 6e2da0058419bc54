/* `baton check`: whether a package is sound, with every finding. */
#include "baton/lint.h"
#include "cli/open_package.h"
#include "cli/print_findings.h"
#include "package/mapping.h"

enum { FORMAT_TEXT, FORMAT_JSON };

/* What a sound package holds. */
static void print_contents(struct invocation *invocation, const struct baton_scheme *scheme) {
    uint32_t leaves = 0;
    for (uint32_t n = 1; n < scheme->node_count; n++)
        leaves += scheme->node[n].child_count == 0;
    const char *title = baton_text_in(&scheme->title, invocation->language, scheme->id);
    if (invocation->language == BATON_ZH)
        writer_printf(invocation->out, "%s：%u个考核对象，%u个考核类别，%u项指标。\n", title,
                      scheme->ranked_count, scheme->group_count, leaves);
    else
        writer_printf(invocation->out, "%s: %u unit%s in %u group%s, %u indicator%s.\n", title,
                      scheme->ranked_count, scheme->ranked_count == 1 ? "" : "s",
                      scheme->group_count, scheme->group_count == 1 ? "" : "s", leaves,
                      leaves == 1 ? "" : "s");
}

static void print_verdict(struct invocation *invocation, const struct baton_findings *found,
                          bool is_sound) {
    struct writer *out = invocation->out;
    if (found->errors + found->warnings == 0) {
        paint_text(out, invocation->colour_out, PAINT_GREEN,
                   in_language(invocation, "The package is sound.\n", "考核包符合要求。\n"));
        return;
    }
    const char *count = count_findings(invocation->arena, found, invocation->language);
    paint_begin(out, invocation->colour_out, is_sound ? PAINT_YELLOW : PAINT_RED);
    writer_printf(
        out, in_language(invocation, "%s: the package is %ssound.\n", "%s，考核包%s符合要求。\n"),
        count, is_sound ? "" : in_language(invocation, "not ", "不"));
    paint_end(out, invocation->colour_out, PAINT_RED);
}

/* The first that is not OK. */
static baton_code worse(baton_code before, baton_code code) {
    return before != BATON_OK ? before : code;
}

baton_code cmd_check(struct invocation *invocation) {
    struct opened opened;
    struct baton_findings found = {.arena = invocation->arena};
    baton_code code = package_open(invocation, false, &opened, &found);
    if (code == BATON_OK && !invocation->settings.no_lint) {
        progress_say(opened.progress, in_language(invocation, "Looking", "正在体检"), NULL, 0);
        const struct baton_linting linting = {opened.session, opened.predecessor,
                                              opened.result->period, invocation->settings.as_of};
        code = baton_lint(invocation->arena, &linting, &found);
    }
    if (code != BATON_NO_MEMORY && opened.package != NULL)
        code = worse(code, mappings_check(opened.package, opened.session != NULL, &found));
    progress_close(opened.progress);
    const bool is_sound = found.errors == 0 && code == BATON_OK &&
                          !(invocation->settings.strict && found.warnings > 0);
    if (invocation->settings.format == FORMAT_JSON) {
        findings_json(invocation->arena, invocation->out, &found, invocation->language);
    } else {
        print_findings(
            invocation->arena, invocation->out, &found,
            (struct findings_style){invocation->language, invocation->colour_out, BATON_NOTE});
        if (opened.is_package && is_sound)
            print_contents(invocation, baton_package_scheme(opened.package));
        if (opened.is_package)
            print_verdict(invocation, &found, is_sound);
    }
    if (is_sound)
        return BATON_OK;
    /* What could not be done (a disk, memory) is no verdict; what is no package at all cannot be judged. */
    const bool is_judged =
        opened.is_package && (code == BATON_OK || baton_code_info(code)->exit_status == 2);
    return is_judged ? BATON_NOT_SOUND : code;
}
