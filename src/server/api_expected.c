/* The scheme and the figures are those of the current result; the calendar is read from the ledger. */
#include "server/api_expected.h"
#include "flow/collect.h"
#include "flow/expected_print.h"
#include "server/api.h"
#include "server/api_calendar.h"
#include "server/find.h"
#include "server/listing.h"
#include "server/sight.h"
#include <string.h>

/* clang-format off */
static const struct body_field expected_query_fields[] = {
    {.name = "unit",     .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"only the figures of this unit", "仅该对象的数据"}},
    {.name = "reporter", .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"only those that this unit reports, of itself or of others", "仅由该单位报送的数据（本单位或其他对象的）"}},
    {.name = "state",    .type = BODY_WORD, .words = "given na pending not_due awaited missing", .is = {"only those of which this has become", "仅此状态的数据"}},
    {.name = "stage",    .type = BODY_WORD, .words = "none draft signed submitted returned verified accepted", .is = {"only those whose report is at this stage, as far as it may be read; none = there is none", "仅填报处于此环节的数据（以可查看的为限），none 为未填报"}},
    {.name = "after",    .type = BODY_COUNT, .is = {"how many come before the page: as `next` has it", "此页之前的条数，取自 next"}},
    {.name = "limit",    .type = BODY_COUNT, .least = 1, .most = LIMIT_MOST, .initial = LIMIT_USUAL, .is = {"at most so many; 50", "最多条数，默认 50"}},
};
const struct body_shape expected_query_shape = {
    .name = "ExpectedQuery", BODY_FIELDS(expected_query_fields), .is = {"which figures", "哪些数据"},
    .example = "{\"reporter\": \"statistics\", \"state\": \"awaited\"}"};

static const struct body_field asker_fields[] = {
    {.name = "by", .type = BODY_WORD, .needed = true, .words = "indicator adjustment grade award", .is = {"what asks", "要求方类型"}},
    {.name = "id", .type = BODY_TEXT, .needed = true, .is = {"which one", "标识"}},
    {.name = "list", .type = BODY_TEXT, .is = {"of a grade: its list", "等次所在的列表"}},
};
static const struct body_shape asker_shape = {
    .name = "ExpectedAsker", BODY_FIELDS(asker_fields), .is = {"what asks for a figure", "数据的要求方"},
    .example = "{\"by\": \"indicator\", \"id\": \"gdp_growth\"}"};

static const struct body_field report_fields[] = {
    {.name = "at",       .type = BODY_COUNT, .needed = true, .is = {"number of the step, to be said by whoever takes the next one", "该环节的编号，办理下一环节时须注明"}},
    {.name = "stage",    .type = BODY_WORD, .needed = true, .words = "draft signed submitted returned verified accepted", .is = {"how far it is", "当前环节"}},
    {.name = "by",       .type = BODY_TEXT, .needed = true, .is = {"who took it there", "经办人"}},
    {.name = "time",     .type = BODY_TEXT, .needed = true, .is = {"when, in UTC", "办理时间（UTC）"}},
    {.name = "returns",  .type = BODY_COUNT, .is = {"how often it was returned", "已退回次数"}},
    {.name = "reason",   .type = BODY_TEXT, .lines = true, .is = {"why, as of a return", "理由，如退回理由"}},
    {.name = "value",    .type = BODY_TEXT, .is = {"what it says", "填报值"}},
    {.name = "state",    .type = BODY_TEXT, .is = {"or why there is no figure", "无数据的原因"}},
    {.name = "source",   .type = BODY_TEXT, .is = {"where it is from", "来源"}},
    {.name = "document", .type = BODY_TEXT, .is = {"by which document", "依据文件"}},
    {.name = "note",     .type = BODY_TEXT, .lines = true, .is = {"for whoever decides on it", "说明"}},
    {.name = "evidence", .type = BODY_TEXTS, .is = {"digests of evidence", "佐证摘要"}},
};
static const struct body_shape report_shape = {
    .name = "ReportStep", BODY_FIELDS(report_fields), .is = {"the report of a figure", "一项数据的填报"},
    .example = "{\"at\": 812, \"stage\": \"submitted\", \"by\": \"chen.li\", \"time\": \"2021-09-08T03:12:45.118Z\", \"value\": \"512.3\"}"};

#define MOMENT(NAME, EN, ZH) {.name = (NAME), .type = BODY_TEXT, .is = {EN, ZH}}
static const struct body_field item_fields[] = {
    {.name = "unit",      .type = BODY_TEXT, .needed = true, .is = {"of which unit", "考核对象"}},
    {.name = "element",   .type = BODY_TEXT, .needed = true, .is = {"which figure", "数据项"}},
    {.name = "indicator", .type = BODY_TEXT, .is = {"the indicator that says who reports it", "据以确定报送单位的指标"}},
    {.name = "measure",   .type = BODY_TEXT, .is = {"its unit of measurement", "计量单位"}},
    {.name = "reporter",  .type = BODY_TEXT, .needed = true, .is = {"the unit that reports it", "报送单位"}},
    {.name = "verifier",  .type = BODY_TEXT, .is = {"the unit that verifies it; none = the office", "审核单位；不写为考核办"}},
    {.name = "state",     .type = BODY_WORD, .needed = true, .words = "given na pending not_due awaited missing", .is = {"what has become of it", "当前状态"}},
    {.name = "phase",     .type = BODY_WORD, .needed = true, .words = "unopened open grace closed locked", .is = {"what the period is now, for this figure", "该数据当前所处的阶段"}},
    MOMENT("opens", "from then on it may come in", "开放"),
    MOMENT("due", "until then it is in time", "截止"),
    MOMENT("grace", "until then it comes in late", "宽限期结束"),
    MOMENT("locks", "from then on it takes two to change it", "锁定"),
    {.name = "report",    .type = BODY_OBJECT, .inner = &report_shape, .is = {"its report, where there is one that may be read", "可查看的填报"}},
    {.name = "askers",    .type = BODY_OBJECTS, .needed = true, .inner = &asker_shape, .is = {"everything that asks for it", "要求该数据的全部条目"}},
};
static const struct body_shape item_shape = {
    .name = "ExpectedFigure", BODY_FIELDS(item_fields), .is = {"a figure that is expected", "一项应报数据"},
    .example = "{\"unit\": \"yunhu\", \"element\": \"gdp\", \"reporter\": \"statistics\", \"state\": \"awaited\", \"phase\": \"open\", \"due\": \"2021-10-20\", \"askers\": []}"};

static const struct body_field expected_fields[] = {
    {.name = "period", .type = BODY_TEXT, .needed = true, .form = &body_period, .is = {"of which period", "周期"}},
    {.name = "count",  .type = BODY_COUNT, .needed = true, .is = {"how many there are on all pages", "总条数"}},
    {.name = "items",  .type = BODY_OBJECTS, .needed = true, .inner = &item_shape, .is = {"in the order of units, then of the tree", "按考核对象和指标树的顺序"}},
    {.name = "next",   .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"address of the next page; null = there is none", "下一页的地址；null 表示没有"}},
};
const struct body_shape expected_shape = {
    .name = "Expected", BODY_FIELDS(expected_fields), .is = {"what is expected in a period", "一个周期的应报数据"},
    .example = "{\"period\": \"2021-Q3\", \"count\": 0, \"items\": [], \"next\": null}"};
/* clang-format on */

/* What is listed, and what it is told by. */
struct looking {
    struct call *call;
    const char *assessment, *period_name;
    struct baton_period period;
    const struct baton_session *session;
    struct calendar calendar;
    const char *unit, *reporter, *state, *stage; /* NULL = any */
    int64_t now_utc_ms;
};

/* Whoever may read the figures of the unit, or of the unit that reports them. */
static bool may_read(const struct looking *looking, const struct expectation *one) {
    const char *const of[] = {one->unit, one->reporter};
    for (size_t i = 0; i < LENGTH(of); i++) {
        const struct field field[] = {text_field("element", one->element),
                                      text_field("period", looking->period_name),
                                      text_field("unit", of[i])};
        const struct entry entry = {
            .actor = "", .body = {"observation", looking->assessment, field, LENGTH(field)}};
        if (sight_may(looking->call, &entry))
            return true;
    }
    return false;
}

static bool is_asked_for(const struct looking *looking, const struct expectation *one) {
    return (looking->unit == NULL || strcmp(looking->unit, one->unit) == 0) &&
           (looking->reporter == NULL || strcmp(looking->reporter, one->reporter) == 0) &&
           may_read(looking, one);
}

/* Its report, where there is one that whoever asks may read; NULL = none. */
static baton_code find_report(const struct looking *looking, const struct expectation *one,
                              const struct entry **out) {
    struct baton_arena *const arena = looking->call->arena;
    struct entry *const report = arena_alloc(arena, 1, sizeof *report);
    bool is_there;
    TRY(collect_report(arena, looking->call->reader, looking->assessment, looking->period_name,
                       one->unit, one->element, report, &is_there));
    *out = is_there && sight_may(looking->call, report) ? report : NULL;
    return BATON_OK;
}

static bool is_at_stage(const struct looking *looking, const struct entry *report) {
    return strcmp(looking->stage,
                  report == NULL ? stage_word(STAGE_NONE) : body_text(&report->body, "stage")) == 0;
}

/* Puts the page; *all gets how many there are on all of them. Reports are read of what is shown, unless their stage decides what is. */
static baton_code put_page(struct looking *looking, struct json *json,
                           const struct expected *expected, size_t after, size_t limit,
                           size_t *all) {
    size_t count = 0;
    for (size_t i = 0; i < expected->count; i++) {
        const struct expectation *const one = expected->item[i];
        const struct entry *report = NULL;
        if (!is_asked_for(looking, one))
            continue;
        const struct expected_standing standing = expected_standing_of(
            one, looking->session, &looking->calendar, looking->period, looking->now_utc_ms);
        if (looking->state != NULL &&
            strcmp(looking->state, expected_state_word(standing.state)) != 0)
            continue;
        const bool is_on_page = count >= after && count - after < limit;
        if (is_on_page || looking->stage != NULL)
            TRY(find_report(looking, one, &report));
        if (looking->stage != NULL && !is_at_stage(looking, report))
            continue;
        if (is_on_page)
            expected_json_with(looking->call->arena, json, one, &standing, report);
        count++;
    }
    *all = count;
    return BATON_OK;
}

static const char *query_of(const struct looking *looking, size_t after, size_t limit) {
    struct baton_arena *const arena = looking->call->arena;
    const char *query = arena_printf(arena, "after=%zu&limit=%zu", after + limit, limit);
    const char *const name[] = {"unit", "reporter", "state", "stage"};
    const char *const value[] = {looking->unit, looking->reporter, looking->state, looking->stage};
    for (size_t i = 0; i < LENGTH(name); i++)
        if (value[i] != NULL)
            query = arena_printf(arena, "%s&%s=%s", query, name[i], value[i]);
    return query;
}

static baton_code take(struct call *call, struct looking *out) {
    *out = (struct looking){.call = call,
                            .unit = http_query(call->request, "unit"),
                            .reporter = http_query(call->request, "reporter"),
                            .state = http_query(call->request, "state"),
                            .stage = http_query(call->request, "stage"),
                            .period_name = http_segment(call->request, "period"),
                            .now_utc_ms = call->api->world->now_utc_ms(call->api->world->context)};
    uint64_t known;
    TRY(call_period(call, &out->period));
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(call_assessment(call, &out->assessment));
    if (sight_far(sight_of(call), FACT_OBSERVATION, out->assessment) == SIGHT_NOTHING)
        return call_refuse(call, BATON_READING_LACKING, call_actor(call), out->assessment, NULL,
                           NULL);
    TRY(sight_prepare(call, FACT_OBSERVATION, out->assessment));
    TRY(sight_prepare(call, FACT_REPORT, out->assessment));
    TRY(reader_size(call->reader, &known));
    TRY(call_session_now(call, out->assessment, &out->session));
    return calendar_read(call->arena, call->reader, out->assessment, known, &out->calendar,
                         &call->found);
}

static baton_code list(struct call *call) {
    struct looking looking;
    struct expected all, expected;
    uint64_t after = 0;
    size_t limit, count;
    TRY(call_limit(call, LIMIT_USUAL, LIMIT_MOST, &limit));
    TRY(call_number(call, "after", http_query(call->request, "after"), &after));
    TRY(take(call, &looking));
    expected_all(call->arena, looking.session, &all);
    expected_in(call->arena, &all, looking.period, &expected);
    struct writer *const writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    json_object(&json, NULL);
    json_text(&json, "period", looking.period_name);
    json_array(&json, "items");
    TRY(put_page(&looking, &json, &expected, after, limit, &count));
    json_end(&json);
    json_count(&json, "count", count);
    list_next(call, &json, after + limit < count ? query_of(&looking, after, limit) : NULL);
    json_end(&json);
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_expected(struct http_request *request, void *api) {
    call_run(request, api, list);
}
