/* Figures are expected whether the assessment can be scored or not, so nothing is scored here. */
#include "cli/open_collection.h"
#include "cli/open_ledger.h"
#include "cli/world.h"
#include "flow/ledger_score.h"
#include "flow/package_session.h"
#include <string.h>

static int64_t now_as_asked(const struct invocation *invocation) {
    const struct civil_moment at = invocation->settings.at;
    if (at.day == INT32_MAX)
        return world_now_utc_ms();
    return at.minute < 0 ? civil_moment_ends_utc_ms(at) - 1 : civil_moment_begins_utc_ms(at);
}

static baton_code read_all(struct invocation *invocation, const struct ledger_view *view,
                           struct collection *out, struct baton_findings *found) {
    struct baton_arena *const arena = invocation->arena;
    const unsigned threads = invocation->settings.threads;
    struct baton_package *package;
    uint64_t scheme;
    TRY(ledger_package(arena, view, &(struct baton_package_options){.threads = threads}, &package,
                       &scheme, found));
    TRY(package_session(arena, package,
                        &(struct baton_options){.as_of_day = INT32_MAX, .threads = threads}, NULL,
                        &out->session, found));
    TRY(calendar_read(arena, view->reader, view->assessment, view->known, &out->calendar, found));
    out->scheme = baton_session_scheme(out->session);
    expected_all(arena, out->session, &out->expected);
    return BATON_OK;
}

baton_code collection_open(struct invocation *invocation, struct baton_period period,
                           struct collection *out) {
    struct baton_findings found = {.arena = invocation->arena};
    struct ledger_view view = {.period = period};
    *out = (struct collection){.now_utc_ms = now_as_asked(invocation)};
    TRY(open_reader(invocation, invocation->operand[0], &view.reader));
    TRY(which_assessment(invocation, view.reader, &view.assessment));
    TRY(known_as_asked(invocation, view.reader, &view.known));
    out->reader = view.reader;
    out->assessment = view.assessment;
    const baton_code code = read_all(invocation, &view, out, &found);
    return code == BATON_OK || code == BATON_NO_MEMORY ? code : refuse_all(invocation, &found);
}

baton_code collection_period(struct invocation *invocation, const char *text,
                             struct baton_period *out) {
    return baton_period_parse(text, strlen(text), out)
               ? BATON_OK
               : refuse(invocation, BATON_PERIOD_BAD, text, NULL, NULL, NULL);
}
