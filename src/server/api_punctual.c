/* Counted when it is asked for, by the figures of the current result: one pass over the reports of each period. */
#include "server/api_punctual.h"
#include "flow/punctual_figures.h"
#include "flow/punctual_print.h"
#include "server/api.h"
#include "server/api_expected.h"
#include "server/api_write.h"
#include "server/call_register.h"
#include "server/covers.h"
#include "server/kept_expected.h"
#include "server/sight.h"
#include <string.h>

/* clang-format off */
static const struct body_field query_fields[] = {
    {.name = "by",     .type = BODY_WORD, .words = "unit verifier office", .is = {"a row for each unit that reports (unless said otherwise), for each department that verifies, or one for all", "按报送单位（默认）、审核单位统计，或合计"}},
    {.name = "period", .type = BODY_TEXT, .form = &body_period, .is = {"of one period; else of all that are opened", "仅该周期；不写为全部已开放的周期"}},
    {.name = "year",   .type = BODY_COUNT, .least = BATON_YEAR_FIRST, .most = BATON_YEAR_LAST, .is = {"of the opened periods of a year", "仅该年度已开放的周期"}},
    {.name = "format", .type = BODY_WORD, .words = "json csv", .is = {"before what Accept says", "优先于 Accept"}},
};
const struct body_shape completeness_query_shape = {
    .name = "CompletenessQuery", BODY_FIELDS(query_fields), .is = {"what is counted", "统计范围"},
    .example = "{\"by\": \"verifier\", \"period\": \"2021-08\"}"};

static const struct body_field post_fields[] = {
    {.name = "post",          .type = BODY_WORD, .needed = true, .words = "drafting signing verifying accepting", .is = {"with whom figures lay", "环节：填报、审签、审核、认定"}},
    {.name = "count",         .type = BODY_COUNT, .needed = true, .is = {"how often", "次数"}},
    {.name = "median_hours",  .type = BODY_NUMBER, .needed = true, .nullable = true, .is = {"how long; the median", "用时中位数（小时）"}},
    {.name = "longest_hours", .type = BODY_NUMBER, .needed = true, .nullable = true, .is = {"the longest", "最长用时（小时）"}},
};
static const struct body_shape post_shape = {
    .name = "CompletenessPost", BODY_FIELDS(post_fields), .is = {"how long figures lay with a post", "数据在某环节的停留时间"},
    .example = "{\"post\": \"verifying\", \"count\": 2, \"median_hours\": 20.5, \"longest_hours\": 31.0}"};

#define COUNT(NAME, EN, ZH) {.name = (NAME), .type = BODY_COUNT, .needed = true, .is = {EN, ZH}}
static const struct body_field row_fields[] = {
    {.name = "unit", .type = BODY_TEXT, .needed = true, .blank = true, .is = {"who reports, or verifies; empty: the office, or all", "报送（审核）单位；空为考核办或合计"}},
    COUNT("expected", "figures in all", "应报"),
    COUNT("in_time", "submitted before it was due", "按时报送"),
    COUNT("excepted", "later, but before it was due by exception", "经批准延期内报送"),
    COUNT("late", "later still", "逾期报送"),
    COUNT("awaited", "not submitted, but it may still be", "待报"),
    COUNT("missing", "not submitted, and it may not any more", "缺报"),
    COUNT("entered", "a figure without a report", "未经填报流程直接录入"),
    COUNT("na", "said not to apply", "不适用"),
    COUNT("pending", "agreed not to be there yet, before the lock; missing from then on", "已认定暂不出数，锁定前；锁定后计为缺报"),
    COUNT("not_due", "the period is not open yet", "未到期"),
    COUNT("days_late", "days begun by which the late ones were late, together", "逾期天数合计"),
    COUNT("days_late_most", "of the latest one", "最长逾期天数"),
    COUNT("returned_once", "figures that came back once", "退回一次的数据"),
    COUNT("returned_more", "more than once", "多次退回的数据"),
    COUNT("returns", "how often figures came back", "退回次数合计"),
    COUNT("corrected", "figures that were changed after they had been accepted", "认定后更正的数据"),
    {.name = "completeness", .type = BODY_NUMBER, .needed = true, .nullable = true, .is = {"of 100 that were owed, those submitted; owed: expected less entered, na, pending, not_due", "完整率（%）：已报送占应报（扣除直接录入、不适用、暂不出数、未到期）的比例"}},
    {.name = "timeliness",   .type = BODY_NUMBER, .needed = true, .nullable = true, .is = {"of 100 that were owed, those in time or within an exception", "及时率（%）：按时及经批准延期报送所占比例"}},
    {.name = "posts", .type = BODY_OBJECTS, .needed = true, .inner = &post_shape, .is = {"how long figures lay with each post", "各环节用时"}},
};
static const struct body_shape row_shape = {
    .name = "CompletenessRow", BODY_FIELDS(row_fields), .is = {"the figures of a unit, a department, or all", "一个单位、部门或全部的统计"},
    .example = "{\"unit\": \"yunhu\", \"expected\": 0, \"in_time\": 0, \"excepted\": 0, \"late\": 0, \"awaited\": 0, \"missing\": 0, \"entered\": 0, \"na\": 0, \"pending\": 0, \"not_due\": 0, \"days_late\": 0, \"days_late_most\": 0, \"returned_once\": 0, \"returned_more\": 0, \"returns\": 0, \"corrected\": 0, \"completeness\": null, \"timeliness\": null, \"posts\": []}"};

static const struct body_field completeness_fields[] = {
    {.name = "by",      .type = BODY_WORD, .needed = true, .words = "unit verifier office", .is = {"what a row is for", "统计口径"}},
    {.name = "known",   .type = BODY_COUNT, .needed = true, .is = {"how many entries of the journal were counted", "据以统计的记录数"}},
    {.name = "periods", .type = BODY_TEXTS, .needed = true, .is = {"of which periods", "统计的周期"}},
    {.name = "items",   .type = BODY_OBJECTS, .needed = true, .inner = &row_shape, .is = {"in the order of units, the office last", "按单位顺序，考核办在最后"}},
    {.name = "all",     .type = BODY_OBJECT, .needed = true, .inner = &row_shape, .is = {"together", "合计"}},
};
const struct body_shape completeness_shape = {
    .name = "Completeness", BODY_FIELDS(completeness_fields), .is = {"how complete and how timely collection is", "报送的完整与及时情况"},
    .example = "{\"by\": \"unit\", \"known\": 0, \"periods\": [\"2021-08\"], \"items\": [], \"all\": {\"unit\": \"\", \"expected\": 0, \"in_time\": 0, \"excepted\": 0, \"late\": 0, \"awaited\": 0, \"missing\": 0, \"entered\": 0, \"na\": 0, \"pending\": 0, \"not_due\": 0, \"days_late\": 0, \"days_late_most\": 0, \"returned_once\": 0, \"returned_more\": 0, \"returns\": 0, \"corrected\": 0, \"completeness\": null, \"timeliness\": null, \"posts\": []}}"};

struct figures_asked {
    const char *period, *reason;
};
static const struct body_field figures_fields[] = {
    {.name = "period", .type = BODY_TEXT, .needed = true, .form = &body_period, .offset = offsetof(struct figures_asked, period), .is = {"of which period of the indicator", "指标的周期"}},
    {.name = "reason", .type = BODY_TEXT, .lines = true, .offset = offsetof(struct figures_asked, reason), .is = {"where figures that are there already are corrected", "更正已有数据时的理由"}},
};
const struct body_shape completeness_figures_shape = {
    .name = "CompletenessFigures", BODY_FIELDS(figures_fields), .size = sizeof(struct figures_asked), .is = {"figures that are to be counted and said", "须计数并录入的数据"},
    .example = "{\"period\": \"2021\"}"};
/* clang-format on */

struct asking {
    struct call *call;
    const char *assessment;
};

static bool is_asked(void *context, const struct expectation *one, const char *period) {
    const struct asking *const asking = context;
    return api_expected_may(asking->call, asking->assessment, period, one);
}

/* What counting needs, by the current result. */
static baton_code look(struct call *call, struct punctual_ask *ask) {
    struct calendar *const calendar = arena_alloc(call->arena, 1, sizeof *calendar);
    const struct expected_index *expected;
    TRY(reader_size(call->reader, &ask->known));
    TRY(call_expected(call, ask->assessment, &ask->session, &expected));
    TRY(call_calendar(call, ask->assessment, ask->known, calendar));
    ask->calendar = calendar;
    ask->expected = &expected->all;
    ask->now_utc_ms = call->api->world->now_utc_ms(call->api->world->context);
    return BATON_OK;
}

static baton_code periods_as_asked(struct call *call, struct punctual_ask *ask) {
    const char *const named = http_query(call->request, "period");
    struct baton_period *const one = arena_alloc(call->arena, 1, sizeof *one);
    uint64_t year = 0;
    TRY(call_number(call, "year", http_query(call->request, "year"), &year));
    TRY(call_period_of(call, "period", named, one));
    ask->period = one;
    ask->period_count = 1;
    if (named == NULL)
        ask->period = punctual_periods(call->arena, ask->calendar, (int)year, &ask->period_count);
    return BATON_OK;
}

static baton_code show(struct call *call) {
    struct asking asking = {.call = call};
    struct punctual_ask ask = {.is_asked = is_asked, .context = &asking};
    struct punctual counted;
    const char *const by = http_query(call->request, "by");
    enum form form;
    while (by != NULL && strcmp(by, punctual_by_word[ask.by]) != 0)
        ask.by++;
    TRY(call_form(call, 1u << FORM_JSON | 1u << FORM_CSV, &form));
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(call_assessment(call, &ask.assessment));
    if (sight_far(sight_of(call), FACT_OBSERVATION, ask.assessment) == SIGHT_NOTHING)
        return call_refuse(call, BATON_READING_LACKING, call_actor(call), ask.assessment, NULL,
                           NULL);
    TRY(sight_prepare(call, FACT_OBSERVATION, ask.assessment));
    asking.assessment = ask.assessment;
    TRY(look(call, &ask));
    TRY(periods_as_asked(call, &ask));
    TRY(punctual_read(call->arena, call->reader, &ask, &counted));
    const struct punctual_view view = {&counted, ask.by, ask.period, ask.period_count, ask.known};
    struct writer *const writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    if (form == FORM_CSV)
        punctual_csv(writer, &view);
    else
        punctual_json(&json, &view);
    call_answer(call, form_media[form], writer);
    return BATON_OK;
}

void api_completeness(struct http_request *request, void *api) {
    call_run(request, api, show);
}

static baton_code say(struct call *call) {
    struct punctual_ask ask = {.assessment = NULL};
    struct baton_period period;
    struct request request;
    bool is_done;
    const void *body;
    TRY(call_request(call, &request));
    TRY(route_body(call->request, &body, &call->found));
    const struct figures_asked *const asked = body;
    struct submission submission = {.actor = call_actor(call),
                                    .want_receipts = true,
                                    .request = &request,
                                    .roles = covers_roles(call)};
    TRY(call_period_of(call, "/period", asked->period, &period));
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(call_assessment(call, &ask.assessment));
    TRY(answer_again_stored(call, &request, &is_done));
    if (is_done)
        return BATON_OK;
    TRY(look(call, &ask));
    TRY(punctual_figures(call->arena, call->reader, &ask, period, asked->reason,
                         call->request->language, &submission.fact, &submission.count,
                         &call->found));
    reader_end(call->reader); /* receipts are of the state after */
    TRY(covers_facts(call, COVERS_SAYING, submission.fact, submission.count));
    TRY(ledger_append(call->api->ledger, call->arena, &submission, &call->found));
    return answer_stored(call, &submission, NULL);
}

void api_completeness_figures(struct http_request *request, void *api) {
    call_run(request, api, say);
}
