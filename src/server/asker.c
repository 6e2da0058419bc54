/* A figure that nobody holds in the hand yet is asked for as a fact that says no more than its key. */
#include "server/asker.h"
#include "base/macros.h"
#include "ledger/stage.h"
#include "server/sight.h"

bool asker_may_read(void *asker, const struct entry *report) {
    return sight_may(((const struct asker *)asker)->call, report);
}

static bool may(const struct asker *asker, const char *kind, const struct field *field,
                size_t count) {
    const struct entry entry = {.actor = "", .body = {kind, asker->assessment, field, count}};
    return sight_may(asker->call, &entry);
}

bool asker_may_show(void *context, const char *unit, const char *element,
                    const struct expectation *one) {
    const struct asker *const asker = context;
    const struct field figure[] = {text_field("element", element),
                                   text_field("period", asker->period), text_field("unit", unit)};
    const struct field report[] = {
        text_field("element", element), text_field("period", asker->period),
        text_field("reporter", one == NULL ? "" : one->reporter), text_field("unit", unit)};
    return may(asker, "observation", figure, LENGTH(figure)) ||
           (one != NULL && may(asker, "report", report, LENGTH(report)));
}

bool asker_may_draft(void *context, const struct expectation *one) {
    const struct asker *const asker = context;
    const struct field field[] = {
        text_field("element", one->element), text_field("period", asker->period),
        text_field("reporter", one->reporter), text_field("unit", one->unit)};
    const struct fact_body report = {fact_kind_info(FACT_REPORT)->word, asker->assessment, field,
                                     LENGTH(field)};
    return sight_acts(asker->call, act_roles(ACT_DRAFT), FACT_REPORT, &report);
}
