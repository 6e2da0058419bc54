/* Sessions are those of the newest results; an assessment without one is left out, as it is from a register on the command line. */
#include "server/call_register.h"
#include "base/civil_day.h"
#include "server/api_expected.h"
#include "server/costly.h"
#include "server/kept.h"
#include "server/sight.h"

/* NULL where nothing was ever scored. */
static baton_code session_of(struct baton_arena *arena, struct api *api, const char *assessment,
                             const struct baton_session **out) {
    struct live_result *const held = arena_alloc(arena, 1, sizeof *held);
    bool is_kept;
    TRY(kept_result(api->live, assessment, (struct baton_period){0}, held, &is_kept));
    if (is_kept)
        live_release_with(arena, held);
    *out = is_kept ? held->session : NULL;
    return BATON_OK;
}

static baton_code take(struct call *call, struct call_register *out) {
    const struct http_request *const request = call->request;
    const char *const language = http_query(request, "language");
    const int64_t now = call->api->world->now_utc_ms(call->api->world->context);
    uint64_t year;
    *out = (struct call_register){
        .filter = {.assessment = http_query(request, "assessment"),
                   .unit = http_query(request, "unit"),
                   .reporter = http_query(request, "reporter"),
                   .element = http_query(request, "element"),
                   .level = http_query(request, "level"),
                   .department = http_query(request, "department")},
        .today = civil_day(now),
        .language = language != NULL && language[0] == 'z' ? BATON_ZH : BATON_EN,
    };
    year = (uint64_t)baton_period_of_day(BATON_YEAR, out->today).year;
    TRY(call_number(call, "year", http_query(request, "year"), &year));
    out->year = (int)year;
    return BATON_OK;
}

baton_code call_register(struct call *call, bool whole, struct call_register *out) {
    const char **name;
    size_t names, count = 0;
    TRY(take(call, out));
    TRY(costly_begin(call));
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(reader_size(call->reader, &out->known));
    TRY(call_assessments(call, &name, &names));
    struct register_source *const source = arena_alloc(call->arena, names, sizeof *source);
    bool sees_any = false;
    for (size_t i = 0; i < names; i++) {
        const enum sight_far far = sight_far(sight_of(call), FACT_OBSERVATION, name[i]);
        if (far == SIGHT_NOTHING || (whole && far != SIGHT_ALL))
            continue;
        sees_any = true;
        TRY(session_of(call->arena, call->api, name[i], &source[count].session));
        if (source[count].session != NULL)
            source[count++].assessment = name[i];
    }
    if (!sees_any)
        return call_refuse(call, BATON_READING_LACKING, call_actor(call), "register", NULL, NULL);
    TRY(register_open_with(call->arena, call->reader, out->known, source, count, &out->opened,
                           &call->found));
    return register_rules(call->arena, call->reader, out->known, &out->permits,
                          &out->registrations);
}

baton_code call_register_source(struct call *call, const struct call_register *of,
                                uint32_t source) {
    return sight_prepare(call, FACT_OBSERVATION, of->opened.of.source[source].assessment);
}

bool call_register_may(struct call *call, const struct call_register *of,
                       const struct register_figure *figure) {
    return api_expected_may(call, of->opened.of.source[figure->source].assessment, "", figure->as);
}

baton_code shared_calendar(struct baton_arena *arena, struct api *api, struct ledger_reader *reader,
                           const char *assessment, uint64_t known, struct calendar *out,
                           struct baton_findings *found) {
    const char *from;
    TRY(calendar_read(arena, reader, assessment, known, out, found));
    for (size_t n = 0; (from = calendar_source(out, n)) != NULL; n++) {
        struct expected *const asked = arena_alloc(arena, 1, sizeof *asked);
        const struct baton_session *session;
        TRY(session_of(arena, api, from, &session));
        if (session == NULL)
            continue;
        expected_all(arena, session, asked);
        calendar_share(arena, out, from, asked);
    }
    return BATON_OK;
}

baton_code call_calendar(struct call *call, const char *assessment, uint64_t known,
                         struct calendar *out) {
    return shared_calendar(call->arena, call->api, call->reader, assessment, known, out,
                           &call->found);
}
