/* The calendar is read from the ledger each time: it is small. The scheme, which says what is expected in which kinds of periods, is that of the current result. */
#include "server/api_calendar.h"
#include "base/frequency.h"
#include "flow/calendar_print.h"
#include "flow/expected.h"
#include "flow/unreported.h"
#include "server/api.h"
#include "server/api_write.h"
#include "server/costly.h"
#include "server/covers.h"
#include "server/kept_expected.h"
#include "server/sight.h"

struct opening_asked {
    uint64_t year;
    const char *frequency;
    struct body_texts periods;
};

/* clang-format off */
enum { PERIODS_MOST = 400 }; /* days of a year, and some */
#define YEAR_RANGE .least = BATON_YEAR_FIRST, .most = BATON_YEAR_LAST
#define FREQUENCIES "day week month quarter half year"
#define KNOWN_IS {"as known then: a date (to its end, by the clocks of China) or the number of the last fact that counts", "截至何时所知：日期（北京时间当日结束）或计入的最后一号事实"}
static const struct body_field calendar_query_fields[] = {
    {.name = "year",  .type = BODY_COUNT, YEAR_RANGE, .is = {"of which year; that of the scheme's period", "年度，默认为方案周期所在年度"}},
    {.name = "known", .type = BODY_TEXT, .length = 24, .is = KNOWN_IS},
};
const struct body_shape calendar_query_shape = {
    .name = "CalendarQuery", BODY_FIELDS(calendar_query_fields), .is = {"which year", "年度"},
    .example = "{\"year\": \"2021\"}"};

static const struct body_field rule_fields[] = {
    {.name = "frequency", .type = BODY_WORD, .needed = true, .words = FREQUENCIES, .is = {"of which periods", "适用的周期"}},
    {.name = "opens",     .type = BODY_TEXT, .needed = true, .is = {"offset from the last day of the period: `10d` days, `8wd` workdays, with a time `8wd 17:00`", "自周期末日起：`10d` 为自然日，`8wd` 为工作日，可带时刻如 `8wd 17:00`"}},
    {.name = "due",       .type = BODY_TEXT, .needed = true, .is = {"likewise, when figures are due", "同上，应报截止"}},
    {.name = "grace",     .type = BODY_TEXT, .is = {"likewise, the end of the days of grace", "同上，宽限期结束"}},
    {.name = "locks",     .type = BODY_TEXT, .is = {"likewise, the day after which it takes two to change a figure", "同上，此后锁定，更正须两人办理"}},
    {.name = "moves",     .type = BODY_WORD, .needed = true, .words = "later earlier none", .is = {"what becomes of a day that is a holiday: the next workday, the one before, the same", "遇节假日：顺延、提前或不变"}},
    {.name = "of_scheme", .type = BODY_FLAG, .is = {"the office has made none: it follows from `due` of the scheme", "未另行规定，按方案的 `due`"}},
};
static const struct body_shape rule_shape = {
    .name = "CalendarRule", BODY_FIELDS(rule_fields), .is = {"the rule for a kind of periods", "某类周期的日程规则"},
    .example = "{\"frequency\": \"month\", \"opens\": \"1d\", \"due\": \"8wd 17:00\", \"locks\": \"30d\", \"moves\": \"later\"}"};

#define MOMENT(NAME, NEEDED, EN, ZH) {.name = (NAME), .type = BODY_TEXT, .needed = (NEEDED), .is = {EN, ZH}}
static const struct body_field row_fields[] = {
    {.name = "period",    .type = BODY_TEXT, .needed = true, .form = &body_period, .is = {"which", "周期"}},
    {.name = "frequency", .type = BODY_WORD, .needed = true, .words = FREQUENCIES, .is = {"its kind", "周期类型"}},
    {.name = "opened",    .type = BODY_FLAG, .needed = true, .is = {"the office has opened it: its moments hold; else they are what the rule gives today", "考核办已开放，各时点为准；否则为按规则推算"}},
    {.name = "phase",     .type = BODY_WORD, .needed = true, .words = "unopened open grace closed locked", .is = {"what it is now", "当前阶段"}},
    MOMENT("opens", true, "from then on figures come in: a day, or a day and a time of China", "开放：日期或北京时间的时刻"),
    MOMENT("due", true, "until then they are in time; a day ends with its last moment", "截止，此前为按时；只写日期的至当日结束"),
    MOMENT("grace", false, "until then they come in late", "宽限期结束，此前为迟报"),
    MOMENT("locks", false, "after it, it takes two", "此后锁定，更正须两人办理"),
};
static const struct body_shape row_shape = {
    .name = "CalendarPeriod", BODY_FIELDS(row_fields), .is = {"a period and its moments", "一个周期及其各时点"},
    .example = "{\"period\": \"2021-08\", \"frequency\": \"month\", \"opened\": true, \"phase\": \"open\", \"opens\": \"2021-09-01\", \"due\": \"2021-09-10T17:00\"}"};

static const struct body_field calendar_fields[] = {
    {.name = "year",    .type = BODY_COUNT, .needed = true, .is = {"of which year", "年度"}},
    {.name = "rules",   .type = BODY_OBJECTS, .needed = true, .inner = &rule_shape, .is = {"in force, one for each kind of periods", "现行规则，每类周期一条"}},
    {.name = "periods", .type = BODY_OBJECTS, .needed = true, .inner = &row_shape, .is = {"in the order of their ends", "各周期，按结束先后"}},
};
const struct body_shape calendar_shape = {
    .name = "Calendar", BODY_FIELDS(calendar_fields), .is = {"when figures are due in a year", "全年报送日程"},
    .example = "{\"year\": 2021, \"rules\": [], \"periods\": []}"};

static const struct body_field open_fields[] = {
    {.name = "year",      .type = BODY_COUNT, YEAR_RANGE, .offset = offsetof(struct opening_asked, year), .is = {"every period of that year in whose kind something is expected", "该年度内需要报送的全部周期"}},
    {.name = "frequency", .type = BODY_WORD, .words = FREQUENCIES, .offset = offsetof(struct opening_asked, frequency), .is = {"only those of that kind", "仅该类周期"}},
    {.name = "periods",   .type = BODY_TEXTS, .form = &body_period, .length = 12, .most = PERIODS_MOST, .offset = offsetof(struct opening_asked, periods), .is = {"just these", "仅这些周期"}},
};
const struct body_shape calendar_open_shape = {
    .name = "CalendarOpening", BODY_FIELDS(open_fields), .size = sizeof(struct opening_asked), .is = {"which periods are to be opened: a year, or a list", "要开放的周期：按年度，或逐个列出"},
    .example = "{\"periods\": [\"2021-08\"]}"};

static const struct body_field unreported_fields[] = {
    {.name = "period",  .type = BODY_TEXT, .needed = true, .form = &body_period, .is = {"in which they stand", "所属周期"}},
    {.name = "figures", .type = BODY_COUNT, .needed = true, .is = {"how many", "数据项数"}},
    {.name = "first",   .type = BODY_COUNT, .needed = true, .is = {"position of the oldest", "最早一项的编号"}},
};
static const struct body_shape unreported_shape = {
    .name = "UnreportedFigures", BODY_FIELDS(unreported_fields), .is = {"figures that were there before their period was opened, and that others than the office said: they count as entered, and nobody is asked for them", "周期开放前已有、且非考核办录入的数据：按直接录入统计，不再要求填报"},
    .example = "{\"period\": \"2021-08\", \"figures\": 2, \"first\": 812}"};

static const struct body_field opened_fields[] = {
    {.name = "first",  .type = BODY_COUNT, .needed = true, .is = {"position of the first one", "第一条的编号"}},
    {.name = "repeat", .type = BODY_FLAG, .needed = true, .is = {"this request was stored before, and nothing was stored now", "此请求先前已受理，本次未再存入"}},
    {.name = "items",  .type = BODY_OBJECTS, .needed = true, .inner = &stored_fact_shape, .is = {"each with its receipt", "各条及其回执"}},
    {.name = "unreported", .type = BODY_OBJECTS, .inner = &unreported_shape, .is = {"what the opened periods had already; not told of a request that is repeated", "所开放周期已有的数据；重发的请求不再列出"}},
};
const struct body_shape calendar_opened_shape = {
    .name = "OpenedPeriods", BODY_FIELDS(opened_fields), .is = {"periods that are opened", "已开放的周期"},
    .example = "{\"first\": 812, \"repeat\": false, \"items\": [], \"unreported\": []}"};
/* clang-format on */

/* An assessment with its calendar, and the scheme. */
struct looked {
    const char *assessment;
    const struct baton_scheme *scheme;
    struct calendar calendar;
    uint32_t kinds; /* of periods in which something is expected, ruled or opened */
};

static baton_code look(struct call *call, struct looked *out) {
    const struct baton_session *session;
    const struct expected_index *expected;
    uint64_t known;
    bool is_now;
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(call_assessment(call, &out->assessment));
    if (sight_far(sight_of(call), FACT_CALENDAR, out->assessment) != SIGHT_ALL)
        return call_refuse(call, BATON_READING_LACKING, call_actor(call), out->assessment, NULL,
                           NULL);
    TRY(call_known(call, &known, &is_now));
    TRY(call_expected(call, out->assessment, &session, &expected));
    out->scheme = baton_session_scheme(session);
    TRY(calendar_read(call->arena, call->reader, out->assessment, known, &out->calendar,
                      &call->found));
    out->kinds = calendar_kinds(&out->calendar, &expected->all);
    return BATON_OK;
}

static int64_t now_of(const struct call *call) {
    return call->api->world->now_utc_ms(call->api->world->context);
}

/* Telling */

static baton_code show(struct call *call) {
    struct looked looked = {0};
    struct calendar_row *row;
    size_t rows;
    uint64_t year = 0;
    TRY(look(call, &looked));
    year = (uint64_t)looked.scheme->period.year;
    TRY(call_number(call, "year", http_query(call->request, "year"), &year));
    TRY(calendar_year(call->arena, &looked.calendar, looked.scheme, (int)year, looked.kinds, &row,
                      &rows, &call->found));
    struct writer *const writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    calendar_json(&json,
                  &(struct calendar_view){&looked.calendar, looked.scheme, looked.kinds, row, rows,
                                          now_of(call)},
                  year);
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_calendar(struct http_request *request, void *api) {
    call_run(request, api, show);
}

/* Opening */

/* Periods that are to be opened, whether they are or not. */
struct opening {
    const struct looked *looked;
    struct baton_period *period;
    size_t count, capacity;
};

static baton_code add_listed(struct call *call, const struct opening_asked *asked,
                             struct opening *opening) {
    for (size_t i = 0; i < asked->periods.count; i++)
        TRY(call_period_of(
            call, "/periods", asked->periods.text[i],
            ARRAY_PUSH(call->arena, opening->period, opening->count, opening->capacity)));
    return BATON_OK;
}

static baton_code add_year(struct call *call, const struct opening_asked *asked,
                           struct opening *opening) {
    enum baton_period_kind frequency = BATON_PERIOD_NONE;
    uint32_t kinds = opening->looked->kinds;
    struct calendar_row *row;
    size_t rows;
    if (asked->frequency != NULL && frequency_of_word(asked->frequency, &frequency))
        kinds = UINT32_C(1) << frequency;
    TRY(calendar_year(call->arena, &opening->looked->calendar, opening->looked->scheme,
                      (int)asked->year, kinds, &row, &rows, &call->found));
    for (size_t i = 0; i < rows; i++)
        *ARRAY_PUSH(call->arena, opening->period, opening->count, opening->capacity) =
            row[i].period;
    return BATON_OK;
}

/* What was in the opened periods before. */
struct there {
    struct unreported *list;
    size_t count;
};

static baton_code find_unreported(struct call *call, const struct submission *submission,
                                  struct there *out) {
    if (submission->count == 0)
        return BATON_OK;
    const char *const assessment = submission->fact[0].assessment;
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    const baton_code code = unreported_find(call->arena, call->reader, assessment, submission->fact,
                                            submission->count, &out->list, &out->count);
    if (code != BATON_OK)
        reader_report(call->reader, code, &call->found);
    return code;
}

static void put_unreported(void *context, struct json *json) {
    const struct there *const there = context;
    json_array(json, "unreported");
    for (size_t i = 0; i < there->count; i++) {
        json_object(json, NULL);
        json_text(json, "period", there->list[i].period);
        json_count(json, "figures", there->list[i].count);
        json_count(json, "first", there->list[i].first);
        json_end(json);
    }
    json_end(json);
}

static baton_code open_periods(struct call *call) {
    struct looked looked = {0};
    struct opening opening = {.looked = &looked};
    struct there there = {0};
    bool is_done;
    struct request request;
    const void *body;
    TRY(call_request(call, &request));
    TRY(route_body(call->request, &body, &call->found));
    const struct opening_asked *const asked = body;
    struct submission submission = {.actor = call_actor(call),
                                    .want_receipts = true,
                                    .request = &request,
                                    .roles = covers_roles(call)};
    if (asked->year == 0 && asked->periods.count == 0)
        return call_refuse_at(call, BATON_MEMBER_NEEDED, "/year", "year", NULL, NULL, NULL);
    TRY(look(call, &looked));
    TRY(answer_again_stored(call, &request, &is_done));
    if (is_done) /* what it opened is open now, and would not be said again */
        return BATON_OK;
    reader_end(call->reader); /* receipts are of the state after */
    TRY(add_listed(call, asked, &opening));
    if (asked->year != 0)
        TRY(add_year(call, asked, &opening));
    TRY(calendar_open(call->arena, &looked.calendar, looked.scheme, opening.period, opening.count,
                      &submission.fact, &submission.count, &call->found));
    TRY(covers_facts(call, COVERS_SAYING, submission.fact, submission.count));
    TRY(ledger_append(call->api->ledger, call->arena, &submission, &call->found));
    TRY(find_unreported(call, &submission, &there));
    return answer_stored_with(call, &submission, NULL, put_unreported, &there);
}

void api_calendar_open(struct http_request *request, void *api) {
    call_run(request, api, open_periods);
}
