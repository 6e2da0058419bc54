/* Every assessment counts, so --assessment is a filter here. */
#include "cli/open_register.h"
#include "base/civil_day.h"
#include "cli/open_ledger.h"
#include "cli/world.h"
#include <string.h>

static int year_of(int32_t day) {
    return baton_period_of_day(BATON_YEAR, day).year;
}

static void tell_unsound(struct invocation *invocation, const struct register_opened *opened) {
    for (size_t i = 0; i < opened->unsound_count; i++)
        writer_printf(invocation->err,
                      in_language(invocation, "The assessment %s is not sound, and left out.\n",
                                  "考核 %s 不符合要求，未列入。\n"),
                      opened->unsound[i]);
}

baton_code open_register(struct invocation *invocation, struct register_asked *out) {
    const struct settings *const settings = &invocation->settings;
    struct baton_findings found = {.arena = invocation->arena};
    *out = (struct register_asked){
        .filter = {.assessment = settings->assessment,
                   .unit = settings->unit,
                   .reporter = settings->reporter,
                   .element = settings->element,
                   .level = settings->level_name,
                   .department = settings->department},
        .today = civil_day(world_now_utc_ms()),
    };
    out->year = settings->year != 0 ? (int)settings->year : year_of(out->today);
    TRY(open_reader(invocation, invocation->operand[0], &out->reader));
    TRY(known_as_asked(invocation, out->reader, &out->known));
    const baton_code code = register_open(invocation->arena, out->reader, out->known,
                                          settings->threads, &out->opened, &found);
    if (code != BATON_OK)
        return code == BATON_NO_MEMORY ? code : refuse_all(invocation, &found);
    tell_unsound(invocation, &out->opened);
    return BATON_OK;
}
