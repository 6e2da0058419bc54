/* The scheme and the figures are those of the current result; the calendar is read from the ledger. */
#include "server/api_expected.h"
#include "flow/checks.h"
#include "flow/expected_print.h"
#include "flow/reports.h"
#include "flow/unit_reports.h"
#include "ledger/stage.h"
#include "server/api.h"
#include "server/api_checks.h"
#include "server/asker.h"
#include "server/call_register.h"
#include "server/find.h"
#include "server/kept_expected.h"
#include "server/listing.h"
#include "server/sight.h"
#include <string.h>

/* clang-format off */
static const struct body_field expected_query_fields[] = {
    {.name = "unit",     .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"only the figures of this unit", "仅该对象的数据"}},
    {.name = "reporter", .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"only those that this unit reports, of itself or of others", "仅由该单位报送的数据（本单位或其他对象的）"}},
    {.name = "state",    .type = BODY_WORD, .words = "given na pending not_due derived awaited missing", .is = {"only those of which this has become", "仅此状态的数据"}},
    {.name = "stage",    .type = BODY_WORD, .words = "none draft signed submitted returned verified accepted", .is = {"only those whose report is at this stage, as far as it may be read; none = there is none", "仅填报处于此环节的数据（以可查看的为限），none 为未填报"}},
    {.name = "checks",   .type = BODY_COUNT, .most = 1, .is = {"1 = with what the checks say of each report that is under way", "1：附办理中各项填报的校验结果"}},
    {.name = "beside",   .type = BODY_COUNT, .most = 1, .is = {"1 = with what a form shows beside each figure", "1：附填报表中各项数据旁所列的内容"}},
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
    {.name = "by_name",  .type = BODY_TEXT, .is = {"the name of that person, where one is known", "经办人姓名"}},
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

static const struct body_field first_fields[] = {
    {.name = "at",    .type = BODY_COUNT, .needed = true, .is = {"number of the fact", "入账编号"}},
    {.name = "value", .type = BODY_TEXT, .is = {"what it said", "原值"}},
    {.name = "state", .type = BODY_TEXT, .is = {"or why there was no figure", "无数据的原因"}},
};
static const struct body_shape first_shape = {
    .name = "FirstVintage", BODY_FIELDS(first_fields), .is = {"what a figure was first said to be", "首报数据"},
    .example = "{\"at\": 820, \"value\": \"512.3\"}"};
static const struct body_field figure_fields[] = {
    {.name = "at",        .type = BODY_COUNT, .needed = true, .is = {"number of the fact in force", "现行数据的入账编号"}},
    {.name = "value",     .type = BODY_TEXT, .is = {"what it says", "现行值"}},
    {.name = "state",     .type = BODY_TEXT, .is = {"or why there is no figure", "无数据的原因"}},
    {.name = "by",        .type = BODY_TEXT, .needed = true, .is = {"who said it", "入账人"}},
    {.name = "time",      .type = BODY_TEXT, .needed = true, .is = {"when, in UTC", "入账时间（UTC）"}},
    {.name = "reason",    .type = BODY_TEXT, .lines = true, .is = {"why it was revised", "修订理由"}},
    {.name = "withdrawn", .type = BODY_FLAG, .needed = true, .is = {"it was withdrawn: there is none", "已撤销，现无数据"}},
    {.name = "revision",  .type = BODY_COUNT, .needed = true, .is = {"how often it was revised; all of it: facts/observation/history", "已修订次数；全部版本见 facts/observation/history"}},
    {.name = "first",     .type = BODY_OBJECT, .inner = &first_shape, .is = {"where it was revised: what it was first said to be", "经过修订的：首报数据"}},
};
static const struct body_shape figure_shape = {
    .name = "FigureInForce", BODY_FIELDS(figure_fields), .is = {"the figure as it stands in the ledger, which may have been corrected after its report was accepted", "账本中的现行数据，认定后可能经过更正"},
    .example = "{\"at\": 901, \"value\": \"513.1\", \"by\": \"wang.min\", \"time\": \"2021-10-08T03:12:45.118Z\", \"reason\": \"revised\", \"withdrawn\": false, \"revision\": 1, \"first\": {\"at\": 820, \"value\": \"512.3\"}}"};

static const struct body_field name_fields[] = {
    {.name = "en", .type = BODY_TEXT, .needed = true, .is = {"in English, where there is one", "英文，没有时同中文"}},
    {.name = "zh", .type = BODY_TEXT, .needed = true, .is = {"in Chinese, where there is one", "中文，没有时同英文"}},
};
static const struct body_shape name_shape = {
    .name = "ExpectedName", BODY_FIELDS(name_fields), .is = {"a name as the scheme has it", "考核方案中的名称"},
    .example = "{\"en\": \"Yunhu District\", \"zh\": \"云湖区\"}"};
static const struct body_field beside_fields[] = {
    {.name = "unit",      .type = BODY_OBJECT, .needed = true, .inner = &name_shape, .is = {"of the unit", "考核对象名称"}},
    {.name = "indicator", .type = BODY_OBJECT, .needed = true, .inner = &name_shape, .is = {"of the indicator that asks for it", "要求该数据的指标名称"}},
    {.name = "last",      .type = BODY_TEXT, .is = {"the figure of the period before, where there is one", "上期数据"}},
    {.name = "year_ago",  .type = BODY_TEXT, .is = {"the figure of the same period a year ago, where there is one", "上年同期数据"}},
    {.name = "codes",     .type = BODY_TEXTS, .is = {"the codes that it may be; not told = it is a number", "可填的档次代码；没有此项的填数值"}},
};
static const struct body_shape beside_shape = {
    .name = "BesideFigure", BODY_FIELDS(beside_fields), .is = {"what a form shows beside a figure", "填报表中一项数据旁所列的内容"},
    .example = "{\"unit\": {\"en\": \"Yunhu District\", \"zh\": \"云湖区\"}, \"indicator\": {\"en\": \"Output\", \"zh\": \"地区生产总值\"}, \"last\": \"501.2\", \"year_ago\": \"480\"}"};

#define MOMENT(NAME, EN, ZH) {.name = (NAME), .type = BODY_TEXT, .is = {EN, ZH}}
static const struct body_field item_fields[] = {
    {.name = "unit",      .type = BODY_TEXT, .needed = true, .is = {"of which unit", "考核对象"}},
    {.name = "element",   .type = BODY_TEXT, .needed = true, .is = {"which figure", "数据项"}},
    {.name = "indicator", .type = BODY_TEXT, .is = {"the indicator that says who reports it", "据以确定报送单位的指标"}},
    {.name = "measure",   .type = BODY_TEXT, .is = {"its unit of measurement", "计量单位"}},
    {.name = "needs_evidence", .type = BODY_FLAG, .is = {"it is signed off with evidence only", "须附佐证方可审签"}},
    {.name = "reporter",  .type = BODY_TEXT, .needed = true, .is = {"the unit that reports it", "报送单位"}},
    {.name = "verifier",  .type = BODY_TEXT, .is = {"the unit that verifies it; none = the office", "审核单位；不写为考核办"}},
    {.name = "state",     .type = BODY_WORD, .needed = true, .words = "given na pending not_due derived awaited missing", .is = {"what has become of it", "当前状态"}},
    {.name = "phase",     .type = BODY_WORD, .needed = true, .words = "unopened open grace closed locked", .is = {"what the period is now, for this figure", "该数据当前所处的阶段"}},
    MOMENT("opens", "from then on it may come in", "开放"),
    MOMENT("due", "until then it is in time", "截止"),
    MOMENT("grace", "until then it comes in late", "宽限期结束"),
    MOMENT("locks", "after it, it takes two to change it", "此后锁定"),
    {.name = "report",    .type = BODY_OBJECT, .inner = &report_shape, .is = {"its report, where there is one that may be read", "可查看的填报"}},
    {.name = "figure",    .type = BODY_OBJECT, .inner = &figure_shape, .is = {"what stands in the ledger, where it may be read", "可查看的账本数据"}},
    {.name = "checks",    .type = BODY_OBJECTS, .inner = &check_finding_shape, .is = {"of a report under way, with ?checks=1: the checks that do not hold, or were not judged; none = all hold", "办理中填报的校验结果（?checks=1），为空即全部符合"}},
    {.name = "beside",    .type = BODY_OBJECT, .inner = &beside_shape, .is = {"with ?beside=1: what a form shows beside it", "填报表中其旁所列的内容（?beside=1）"}},
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
    const struct expected_index *expected;
    struct unit_reports of_units;                /* as they are come to */
    struct report_list reports;                  /* all, where a stage of all units is asked for */
    const char *unit, *reporter, *state, *stage; /* NULL = any */
    uint64_t known;
    int64_t now_utc_ms;
    uint64_t checks, beside; /* 1 = they are wanted */
};

bool api_expected_may(struct call *call, const char *assessment, const char *period,
                      const struct expectation *one) {
    const char *const of[] = {one->unit, one->reporter};
    for (size_t i = 0; i < LENGTH(of); i++) {
        const struct field field[] = {text_field("element", one->element),
                                      text_field("period", period), text_field("unit", of[i])};
        const struct entry entry = {.actor = "",
                                    .body = {"observation", assessment, field, LENGTH(field)}};
        if (sight_may(call, &entry))
            return true;
    }
    return false;
}

static bool is_asked_for(const struct looking *looking, const struct expectation *one) {
    return (looking->unit == NULL || strcmp(looking->unit, one->unit) == 0) &&
           (looking->reporter == NULL || strcmp(looking->reporter, one->reporter) == 0) &&
           api_expected_may(looking->call, looking->assessment, looking->period_name, one);
}

/* Its report, where there is one that whoever asks may read; NULL = none. */
static baton_code find_report(struct looking *looking, const struct expectation *one,
                              const struct entry **out) {
    TRY(unit_reports_find(&looking->of_units, one->unit, one->element, out));
    if (*out != NULL && !sight_may(looking->call, *out))
        *out = NULL;
    return BATON_OK;
}

/* The figure in the ledger, where whoever asks may read that; NULL = not. */
static baton_code find_figure(const struct looking *looking, const struct expectation *one,
                              const struct expected_figure **out) {
    struct call *const call = looking->call;
    struct expected_figure *const figure = arena_alloc(call->arena, 1, sizeof *figure);
    const struct field field[] = {text_field("element", one->element),
                                  text_field("period", looking->period_name),
                                  text_field("unit", one->unit)};
    TRY(expected_figure_read(call->arena, call->reader, looking->assessment, looking->known,
                             looking->period_name, one, figure, &call->found));
    const struct entry entry = {.actor = figure->actor,
                                .body = {"observation", looking->assessment, field, LENGTH(field)}};
    *out = sight_may(call, &entry) ? figure : NULL;
    return BATON_OK;
}

/* Whether a stage is asked for, of all units. */
static bool asks_all(const struct looking *looking) {
    return looking->stage != NULL && looking->unit == NULL && looking->reporter == NULL;
}

static baton_code look_at_stage(struct looking *looking, const struct expectation *one,
                                bool *is_at) {
    const struct report_step *step = NULL;
    const struct entry *report = NULL;
    struct field field[REPORT_KEY_FIELDS];
    enum stage stage = STAGE_NONE;
    if (asks_all(looking))
        step = reports_find(&looking->reports, one->unit, one->element);
    else
        TRY(find_report(looking, one, &report));
    if (report != NULL)
        (void)stage_of_word(body_text(&report->body, "stage"), &stage);
    if (step != NULL) {
        const struct entry entry = report_step_entry(&looking->reports, step, field);
        if (sight_may(looking->call, &entry))
            stage = step->stage;
    }
    *is_at = strcmp(looking->stage, stage_word(stage)) == 0;
    return BATON_OK;
}

/* A figure on the page. */
struct shown {
    const struct expectation *one;
    struct expected_standing standing;
    const struct entry *report;
    size_t judged; /* index among those that are; SIZE_MAX = it is not */
};

struct page {
    struct shown *item;
    size_t count;
    struct checked_list checks;
};

/* What the checks say of the reports that are under way, judged together. Of what is accepted there is nothing left to decide. */
static baton_code judge_page(const struct looking *looking, struct page *page) {
    struct baton_arena *const arena = looking->call->arena;
    struct checks_figure *const figure = arena_alloc(arena, page->count + 1, sizeof *figure);
    struct asker asker = {looking->call, looking->assessment, looking->period_name};
    struct checks_wish wish = {.assessment = looking->assessment,
                               .period = looking->period_name,
                               .expected = &looking->expected->all,
                               .figure = figure,
                               .may_read = asker_may_read,
                               .may_show = asker_may_show,
                               .context = &asker};
    for (size_t i = 0; i < page->count; i++) {
        struct shown *const shown = &page->item[i];
        if (looking->checks == 0 || shown->report == NULL ||
            strcmp(body_text(&shown->report->body, "stage"), stage_word(STAGE_ACCEPTED)) == 0)
            continue;
        const struct fact_body *const body = &shown->report->body;
        figure[wish.count] = (struct checks_figure){.expectation = shown->one,
                                                    .value = body_text(body, "value"),
                                                    .state = body_text(body, "state"),
                                                    .note = body_text(body, "note")};
        shown->judged = wish.count++;
    }
    return wish.count == 0 ? BATON_OK
                           : checks_judge(arena, looking->call->reader, &wish, &page->checks,
                                          &looking->call->found);
}

/* Finds the page; *all gets how many there are on all of them. */
static baton_code find_page(struct looking *looking, const struct expected *expected, size_t after,
                            size_t limit, struct page *out, size_t *all) {
    size_t count = 0;
    *out =
        (struct page){.item = arena_alloc(looking->call->arena,
                                          (limit < expected->count ? limit : expected->count) + 1,
                                          sizeof *out->item)};
    for (size_t i = 0; i < expected->count; i++) {
        const struct expectation *const one = expected->item[i];
        if (!is_asked_for(looking, one))
            continue;
        const struct expected_standing standing = expected_standing_of(
            one, looking->session, &looking->calendar, looking->period, looking->now_utc_ms);
        bool is_meant = looking->state == NULL ||
                        strcmp(looking->state, expected_state_word(standing.state)) == 0;
        if (is_meant && looking->stage != NULL)
            TRY(look_at_stage(looking, one, &is_meant));
        if (!is_meant)
            continue;
        if (count >= after && count - after < limit) {
            struct shown *const shown = &out->item[out->count++];
            *shown = (struct shown){one, standing, NULL, SIZE_MAX};
            TRY(find_report(looking, one, &shown->report));
        }
        count++;
    }
    *all = count;
    return judge_page(looking, out);
}

static baton_code put_page(const struct looking *looking, struct json *json,
                           const struct page *page) {
    const struct form_use beside = {.session = looking->session, .period = looking->period};
    struct names names = {.arena = looking->call->arena,
                          .reader = looking->call->reader,
                          .language = looking->call->request->language};
    for (size_t i = 0; i < page->count; i++) {
        const struct shown *const shown = &page->item[i];
        const struct expected_checks checks = {&page->checks, shown->judged,
                                               looking->call->request->language};
        const struct expected_figure *figure;
        TRY(find_figure(looking, shown->one, &figure));
        expected_json(looking->call->arena, json, shown->one, &shown->standing, shown->report,
                      figure, shown->judged != SIZE_MAX ? &checks : NULL,
                      looking->beside != 0 ? &beside : NULL, &names);
    }
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
    if (looking->checks != 0)
        query = arena_printf(arena, "%s&checks=1", query);
    if (looking->beside != 0)
        query = arena_printf(arena, "%s&beside=1", query);
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
    TRY(call_number(call, "checks", http_query(call->request, "checks"), &out->checks));
    TRY(call_number(call, "beside", http_query(call->request, "beside"), &out->beside));
    TRY(call_period(call, &out->period));
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(call_assessment(call, &out->assessment));
    if (sight_far(sight_of(call), FACT_OBSERVATION, out->assessment) == SIGHT_NOTHING)
        return call_refuse(call, BATON_READING_LACKING, call_actor(call), out->assessment, NULL,
                           NULL);
    TRY(sight_prepare(call, FACT_OBSERVATION, out->assessment));
    TRY(sight_prepare(call, FACT_REPORT, out->assessment));
    TRY(reader_size(call->reader, &out->known));
    TRY(call_expected(call, out->assessment, &out->session, &out->expected));
    out->of_units = (struct unit_reports){.arena = call->arena,
                                          .reader = call->reader,
                                          .assessment = out->assessment,
                                          .period = out->period_name,
                                          .known = out->known};
    if (asks_all(out))
        TRY(reports_read(call->arena, call->reader, out->assessment, out->period_name, out->known,
                         &out->reports, &call->found));
    return call_calendar(call, out->assessment, out->known, &out->calendar);
}

/* What may be listed, without looking at all that is expected where one unit is asked for. */
static struct expected part_of(const struct looking *looking) {
    if (looking->reporter != NULL)
        return expected_index_of_reporter(looking->expected, looking->reporter);
    return looking->unit != NULL ? expected_index_of_unit(looking->expected, looking->unit)
                                 : looking->expected->all;
}

static baton_code list(struct call *call) {
    struct looking looking;
    struct expected expected;
    uint64_t after = 0;
    size_t limit, count;
    struct page page;
    TRY(call_limit(call, LIMIT_USUAL, LIMIT_MOST, &limit));
    TRY(call_number(call, "after", http_query(call->request, "after"), &after));
    TRY(take(call, &looking));
    const struct expected part = part_of(&looking);
    expected_in(call->arena, &part, looking.period, &expected);
    TRY(find_page(&looking, &expected, after, limit, &page, &count));
    struct writer *const writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    json_object(&json, NULL);
    json_text(&json, "period", looking.period_name);
    json_array(&json, "items");
    TRY(put_page(&looking, &json, &page));
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
