/* One line for each check, below what was stored: the figure, what should hold with a number in place of each name, and what follows. */
#include "cli/tell_checks.h"

/* What follows from it. */
static const char *outcome(const struct invocation *invocation, const struct checked *checked) {
    if (checked->state == CHECKED_JUSTIFIED)
        return in_language(invocation, "the note stands for it", "已作说明");
    return checked->severity == BATON_CHECK_HARD
               ? in_language(invocation, "correct it before it is signed off", "审签前须更正")
               : in_language(invocation,
                             "correct it, or say why in a note, before it is signed off",
                             "审签前须更正，无误的须填写说明");
}

static void tell(struct invocation *invocation, const struct figure_names *names,
                 const struct checked *checked) {
    const struct expectation *const figure = checked->of->expectation;
    const char *const unit = baton_text_in(&names->scheme->unit[figure->unit_index].name,
                                           invocation->language, figure->unit),
                      *const element = figure_name(names, figure, invocation->language),
                      *const title =
                          baton_text_in(&checked->title, invocation->language, checked->id);
    if (checked->state == CHECKED_UNJUDGED) {
        writer_printf(invocation->out,
                      in_language(invocation,
                                  "  %s, %s: “%s” is not judged, for something is missing: %s\n",
                                  "  %s %s：“%s”所需数据不全，未予校验：%s\n"),
                      unit, element, title, checked->shown[invocation->language]);
        return;
    }
    const bool is_slip = checked->rule == NULL; /* what is shown is no condition */
    writer_printf(
        invocation->out,
        in_language(invocation, "  %s, %s: “%s”: %s%s; %s\n", "  %s %s：“%s”：%s%s；%s\n"), unit,
        element, title, checked->shown[invocation->language],
        is_slip ? "" : in_language(invocation, " does not hold", " 不成立"),
        outcome(invocation, checked));
}

void tell_checks(struct invocation *invocation, const struct figure_names *names,
                 const struct checked_list *list) {
    for (size_t i = 0; i < list->count; i++)
        tell(invocation, names, &list->item[i]);
}
