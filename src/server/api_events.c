/* Tables are watched before the stream begins, so that whoever asks for what cannot be scored is told so. */
#include "server/api_events.h"
#include "server/api.h"
#include "server/gate.h"
#include "server/kept.h"
#include "server/sight.h"
#include <string.h>

enum { TABLES_MOST = 32 };

/* clang-format off */
static const struct body_field events_fields[] = {
    {.name = "period", .type = BODY_TEXT, .form = &body_period, .length = 12, .is = {"which period; else the scheme's own", "考核周期；不填为方案自身周期"}},
};
const struct body_shape events_query_shape = {.name = "EventsQuery", BODY_FIELDS(events_fields), .is = {"which result", "哪个结果"}, .example = "{\"period\": \"2021-08\"}"};

static const struct body_field tables_fields[] = {
    {.name = "tables", .type = BODY_TEXT, .length = 4000, .is = {"which results, separated by commas: an assessment, then `/` and the period, else the scheme's own; at most 32; may be left out where notices are wanted", "要接收哪些结果，以逗号分隔：考核，后接 `/` 和周期，不写为方案自身周期；至多 32 个；接收通知时可不填"}},
    {.name = "notices", .type = BODY_WORD, .words = "1", .is = {"also told when there is a new notice for oneself", "本人有新通知时也告知"}},
};
const struct body_shape tables_query_shape = {.name = "TablesQuery", BODY_FIELDS(tables_fields), .is = {"which results", "哪些结果"}, .example = "{\"tables\": \"yunlan-2021,yunlan-2021/2021-08\"}"};
/* clang-format on */

/* Only periods that are kept current can be watched. `field` is where the request says the period. */
static baton_code check_watched(struct call *call, const struct watched_table *table,
                                const char *field) {
    struct live_result result;
    char period[BATON_PERIOD_NAME_SIZE];
    bool is_kept;
    TRY(kept_result(call->api->live, table->assessment, table->period, &result, &is_kept));
    if (!is_kept) {
        baton_period_format(table->period, period);
        return call_refuse_at(call, BATON_PERIOD_NOT_LIVE, field, period, table->assessment, NULL,
                              NULL);
    }
    live_release(&result);
    return BATON_OK;
}

static baton_code begin(struct call *call, const struct watched_table *table, size_t count) {
    const struct http_request *const request = call->request;
    const char *const notices = http_query(request, "notices");
    struct watcher watcher = {.secret = caller_of(request)->secret,
                              .token = gate_token(request),
                              .table = table,
                              .count = count,
                              .notices = notices != NULL};
    TRY(call_number(call, "Last-Event-ID", http_header(request, "Last-Event-ID"), &watcher.seen));
    return events_watch(call->api->events, call->request, &watcher);
}

static baton_code watch_one(struct call *call) {
    const char *const period = http_query(call->request, "period");
    struct watched_table table = {0};
    if (period != NULL)
        (void)baton_period_parse(period, strlen(period),
                                 &table.period); /* its shape says it is one */
    TRY(call_reader(call));
    TRY(call_assessment(call, &table.assessment));
    TRY(sight_board(call, table.assessment));
    TRY(check_watched(call, &table, "period"));
    return begin(call, &table, 1);
}

void api_events(struct http_request *request, void *api) {
    call_run(request, api, watch_one);
}

/* Several */

static bool is_among(const struct watched_table *table, size_t count,
                     const struct watched_table *one) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(table[i].assessment, one->assessment) == 0 &&
            baton_period_compare(table[i].period, one->period) == 0)
            return true;
    return false;
}

/* "yunlan-2021/2021-08", "yunlan-2021" */
static baton_code take_table(struct call *call, const char *text, size_t size,
                             struct watched_table *out) {
    const char *const slash = memchr(text, '/', size);
    const size_t name = slash != NULL ? (size_t)(slash - text) : size;
    if (slash != NULL && !baton_period_parse(slash + 1, size - name - 1, &out->period))
        return call_refuse_at(call, BATON_PERIOD_BAD, "tables",
                              arena_text(call->arena, slash + 1, size - name - 1), NULL, NULL,
                              NULL);
    TRY(call_assessment_named(call, arena_text(call->arena, text, name), &out->assessment));
    TRY(sight_board(call, out->assessment));
    return check_watched(call, out, "tables");
}

static baton_code take_tables(struct call *call, struct watched_table table[TABLES_MOST],
                              size_t *count) {
    const char *at = http_query(call->request, "tables");
    for (;; at++) {
        const size_t size = strcspn(at, ",");
        struct watched_table *const one = &table[*count];
        if (*count == TABLES_MOST)
            return call_refuse_at(call, BATON_MEMBER_LONG, "tables", "32", NULL, NULL, NULL);
        TRY(take_table(call, at, size, one));
        if (is_among(table, *count, one))
            return call_refuse_at(call, BATON_NAME_TWICE, "tables",
                                  arena_text(call->arena, at, size), NULL, NULL, NULL);
        ++*count;
        at += size;
        if (*at == '\0')
            return BATON_OK;
    }
}

static baton_code watch_several(struct call *call) {
    struct watched_table table[TABLES_MOST] = {0};
    size_t count = 0;
    const bool has_tables = http_query(call->request, "tables") != NULL;
    if (!has_tables && http_query(call->request, "notices") == NULL)
        return call_refuse_at(call, BATON_MEMBER_NEEDED, "tables", "tables", NULL, NULL, NULL);
    TRY(call_reader(call));
    if (has_tables)
        TRY(take_tables(call, table, &count));
    return begin(call, table, count);
}

void api_events_of(struct http_request *request, void *api) {
    call_run(request, api, watch_several);
}
