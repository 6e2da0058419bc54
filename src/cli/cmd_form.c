/* `baton form`: what a unit still has to report for a period, as a form to be filled in. */
#include "cli/open_form.h"

baton_code cmd_form(struct invocation *invocation) {
    const struct settings *const settings = &invocation->settings;
    const char *const period_name = invocation->operand[1];
    const struct form_pick pick = {
        .reporter = settings->reporter, .unit = settings->unit, .all = settings->all};
    struct baton_period period;
    struct form_open open;
    struct form_sheet form;
    if (pick.reporter == NULL)
        return refuse(invocation, BATON_OPTION_NEEDED, invocation->command->name, "--reporter",
                      NULL, NULL);
    TRY(collection_period(invocation, period_name, &period));
    TRY(form_open(invocation, period, period_name, &open));
    form_make(invocation->arena, &open.use, &pick, &form);
    return form_write(invocation, &form, settings->output);
}
