/* The result is watched before the stream begins, so that whoever asks for what cannot be scored is told so. */
#include "server/api_events.h"
#include "server/api.h"
#include "server/gate.h"
#include "server/sight.h"
#include <string.h>

/* clang-format off */
static const struct body_field events_fields[] = {
    {.name = "period", .type = BODY_TEXT, .form = &body_period, .length = 12, .is = {"which period; else the scheme's own", "考核周期；不填为方案自身周期"}},
};
const struct body_shape events_query_shape = {.name = "EventsQuery", BODY_FIELDS(events_fields), .is = {"which result", "哪个结果"}, .example = "{\"period\": \"2021-08\"}"};
/* clang-format on */

/* Only periods that are kept current can be watched. */
static baton_code check_watched(struct call *call, const struct watcher *watcher) {
    const struct baton_period whole = {0};
    struct live_result result;
    char period[BATON_PERIOD_NAME_SIZE];
    if (!live_result(call->api->live, watcher->assessment, watcher->period, &result)) {
        TRY(live_watch(call->api->live, watcher->assessment, whole));
        if (!live_result(call->api->live, watcher->assessment, watcher->period, &result)) {
            baton_period_format(watcher->period, period);
            return call_refuse_at(call, BATON_PERIOD_NOT_LIVE, "period", period,
                                  watcher->assessment, NULL, NULL);
        }
    }
    live_release(&result);
    return BATON_OK;
}

static baton_code watch(struct call *call) {
    const struct http_request *request = call->request;
    const struct caller *caller = caller_of(request);
    const char *const period = http_query(request, "period");
    const char *const last = http_header(request, "Last-Event-ID");
    struct watcher watcher = {.secret = caller->secret, .token = gate_token(request)};
    if (period != NULL)
        (void)baton_period_parse(period, strlen(period),
                                 &watcher.period); /* its shape says it is one */
    TRY(call_number(call, "Last-Event-ID", last, &watcher.seen));
    TRY(call_reader(call));
    TRY(call_assessment(call, &watcher.assessment));
    TRY(sight_board(call, watcher.assessment));
    TRY(check_watched(call, &watcher));
    return events_watch(call->api->events, call->request, &watcher);
}

void api_events(struct http_request *request, void *api) {
    call_run(request, api, watch);
}
