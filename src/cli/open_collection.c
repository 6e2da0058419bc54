/* Figures are expected whether the assessment can be scored or not, so nothing is scored here. */
#include "cli/open_collection.h"
#include "cli/open_ledger.h"
#include "cli/world.h"
#include "flow/ledger_score.h"
#include "flow/package_session.h"
#include "flow/register_open.h"
#include <string.h>

int64_t collection_now_utc_ms(const struct invocation *invocation) {
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

/* What the assessments ask for from which figures come; one that is not sound gives none. */
static baton_code read_sources(struct invocation *invocation, const struct ledger_view *view,
                               struct collection *out, struct baton_findings *found) {
    const char *from;
    for (size_t n = 0; (from = calendar_source(&out->calendar, n)) != NULL; n++) {
        struct expected *const asked = arena_alloc(invocation->arena, 1, sizeof *asked);
        const struct ledger_view other = {
            .reader = view->reader, .assessment = from, .known = view->known};
        const struct baton_session *session;
        struct baton_findings unheard = {.arena = invocation->arena};
        const baton_code code = register_session(invocation->arena, &other,
                                                 invocation->settings.threads, &session, &unheard);
        if (code != BATON_OK && baton_code_info(code)->exit_status != 2) {
            reader_report(view->reader, code, found);
            return code;
        }
        if (code != BATON_OK)
            continue;
        expected_all(invocation->arena, session, asked);
        calendar_share(invocation->arena, &out->calendar, from, asked);
    }
    return BATON_OK;
}

baton_code collection_read(struct invocation *invocation, const struct ledger_view *view,
                           struct collection *out, struct baton_findings *found) {
    *out = (struct collection){.now_utc_ms = collection_now_utc_ms(invocation),
                               .reader = view->reader,
                               .assessment = view->assessment,
                               .known = view->known};
    TRY(read_all(invocation, view, out, found));
    return read_sources(invocation, view, out, found);
}

baton_code collection_open(struct invocation *invocation, struct baton_period period,
                           struct collection *out) {
    struct baton_findings found = {.arena = invocation->arena};
    struct ledger_view view = {.period = period};
    TRY(open_reader(invocation, invocation->operand[0], &view.reader));
    TRY(which_assessment(invocation, view.reader, &view.assessment));
    TRY(known_as_asked(invocation, view.reader, &view.known));
    const baton_code code = collection_read(invocation, &view, out, &found);
    return code == BATON_OK || code == BATON_NO_MEMORY ? code : refuse_all(invocation, &found);
}

const char *collection_unit(const struct invocation *invocation, const struct baton_scheme *scheme,
                            uint32_t unit) {
    const char *const id = scheme->unit[unit].id;
    const char *const name = baton_text_in(&scheme->unit[unit].name, invocation->language, NULL);
    return name == NULL ? id
                        : arena_printf(invocation->arena,
                                       in_language(invocation, "%s (%s)", "%s（%s）"), name, id);
}

baton_code collection_reports(struct invocation *invocation, const struct collection *of,
                              const char *period, struct report_list *out) {
    struct baton_findings found = {.arena = invocation->arena};
    const baton_code code =
        reports_read(invocation->arena, of->reader, of->assessment, period, of->known, out, &found);
    return code == BATON_OK ? BATON_OK : refuse_all(invocation, &found);
}

baton_code collection_period(struct invocation *invocation, const char *text,
                             struct baton_period *out) {
    return baton_period_parse(text, strlen(text), out)
               ? BATON_OK
               : refuse(invocation, BATON_PERIOD_BAD, text, NULL, NULL, NULL);
}
