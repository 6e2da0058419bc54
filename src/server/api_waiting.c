/* Reports are of the ledger as it stands, scheme and figures of the newest result, posts those that are held at hand. */
#include "server/api_waiting.h"
#include "flow/waiting_print.h"
#include "server/api.h"
#include "server/api_expected.h"
#include "server/call_register.h"
#include "server/kept_expected.h"
#include "server/listing.h"
#include "server/sight.h"
#include <string.h>

/* clang-format off */
#define STAGE_WORDS "none draft signed submitted returned verified accepted"
static const struct body_field query_fields[] = {
    {.name = "period",   .type = BODY_TEXT, .form = &body_period, .is = {"only of this period; else of all that are opened", "仅此周期；不写为全部已开放周期"}},
    {.name = "unit",     .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"only the figures of this unit", "仅该对象的数据"}},
    {.name = "reporter", .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"only those that this unit reports, of itself or of others", "仅由该单位报送的数据（本单位或其他对象的）"}},
    {.name = "stage",    .type = BODY_WORD, .words = STAGE_WORDS, .is = {"only those at this stage; none = there is no report that may be read", "仅处于此环节的数据，none 为没有可查看的填报"}},
    {.name = "role",     .type = BODY_WORD, .words = "office unit approver owner", .is = {"only where it is the turn of this role, or has fallen on it", "仅轮到此角色办理（含因岗位空缺转由其办理）的数据"}},
    {.name = "person",   .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"only where it is the turn of this person: oneself, or whoever may read posts", "仅轮到此人办理的数据：本人，或有权查看任职者"}},
    {.name = "mine",     .type = BODY_WORD, .words = "1", .is = {"1 = only where it is one's own turn", "1 为仅轮到本人办理的数据"}},
    {.name = "after",    .type = BODY_COUNT, .is = {"how many come before the page: as `next` has it", "此页之前的条数，取自 next"}},
    {.name = "limit",    .type = BODY_COUNT, .least = 1, .most = LIMIT_MOST, .initial = LIMIT_USUAL, .is = {"at most so many; 50", "最多条数，默认 50"}},
};
const struct body_shape waiting_query_shape = {
    .name = "WaitingQuery", BODY_FIELDS(query_fields), .is = {"which figures", "哪些数据"},
    .example = "{\"period\": \"2021-08\", \"mine\": \"1\"}"};

static const struct body_field person_fields[] = {
    {.name = "person", .type = BODY_TEXT, .needed = true, .is = {"who", "人员"}},
    {.name = "deputy", .type = BODY_FLAG, .needed = true, .is = {"whether as a deputy only", "是否仅以副职身份"}},
};
static const struct body_shape person_shape = {
    .name = "WaitingPerson", BODY_FIELDS(person_fields), .is = {"somebody whose turn it is", "轮到办理的人员"},
    .example = "{\"person\": \"chen.li\", \"deputy\": false}"};

static const struct body_field item_fields[] = {
    {.name = "period",    .type = BODY_TEXT, .needed = true, .form = &body_period, .is = {"of which period", "周期"}},
    {.name = "unit",      .type = BODY_TEXT, .needed = true, .is = {"of which unit", "考核对象"}},
    {.name = "element",   .type = BODY_TEXT, .needed = true, .is = {"which figure", "数据项"}},
    {.name = "indicator", .type = BODY_TEXT, .is = {"the indicator that says who reports it", "据以确定报送单位的指标"}},
    {.name = "measure",   .type = BODY_TEXT, .is = {"its unit of measurement", "计量单位"}},
    {.name = "reporter",  .type = BODY_TEXT, .needed = true, .is = {"the unit that reports it", "报送单位"}},
    {.name = "verifier",  .type = BODY_TEXT, .is = {"the unit that verifies it; none = the office", "审核单位；不写为考核办"}},
    {.name = "stage",     .type = BODY_WORD, .needed = true, .words = STAGE_WORDS, .is = {"how far it is; none = there is no report that may be read", "当前环节；none 为没有可查看的填报"}},
    {.name = "report",    .type = BODY_COUNT, .is = {"number of the step, to be said by whoever takes the next one", "该环节的编号，办理下一环节时须注明"}},
    {.name = "act",       .type = BODY_WORD, .needed = true, .words = "draft sign submit verify accept return except correct", .is = {"what is next; except: only by an exception, correct: only by two, return: it is accepted and its figure was withdrawn since", "下一步；except 须批准延期，correct 已锁定须两人更正，return 为已认定而其数据已撤销"}},
    {.name = "since",     .type = BODY_TEXT, .needed = true, .is = {"when it came to that, in UTC", "何时起等待（UTC）"}},
    {.name = "until",     .type = BODY_TEXT, .is = {"when it ought to be done; where that is past, the last moment at which it may be", "应办理的时限；时限已过的，为仍可办理的最后时点"}},
    {.name = "late",      .type = BODY_FLAG, .needed = true, .is = {"it was due, and is not submitted", "已过截止时间而未报送"}},
    {.name = "roles",     .type = BODY_TEXTS, .needed = true, .is = {"any of these roles", "其中任一角色"}},
    {.name = "at",        .type = BODY_TEXT, .is = {"of this unit or department; none = the office", "该单位或部门；不写为考核办"}},
    {.name = "vacant",    .type = BODY_FLAG, .needed = true, .is = {"nobody with an open account holds such a post today who may do it", "今日没有可办理且账户有效的任职人员"}},
    {.name = "falls_on",  .type = BODY_TEXTS, .is = {"where it is vacant: the role on which it falls", "空缺时转由此角色办理"}},
    {.name = "falls_on_at", .type = BODY_TEXT, .is = {"and of which unit; none = the office", "及其所在单位；不写为考核办"}},
    {.name = "persons",   .type = BODY_OBJECTS, .needed = true, .inner = &person_shape, .is = {"whose turn it is, as far as they may be named", "轮到办理的人员（以可查看的为限）"}},
};
static const struct body_shape item_shape = {
    .name = "WaitingFigure", BODY_FIELDS(item_fields), .is = {"a figure that waits", "一项待办数据"},
    .example = "{\"period\": \"2021-08\", \"unit\": \"yunhu\", \"element\": \"retail\", \"reporter\": \"statistics\", \"stage\": \"draft\", \"report\": 812, \"act\": \"sign\", \"since\": \"2021-09-08T03:12:45.118Z\", \"until\": \"2021-09-10T17:00\", "
               "\"late\": false, \"roles\": [\"approver\"], \"at\": \"statistics\", \"vacant\": false, \"persons\": []}"};

#define TOTAL(NAME, EN, ZH) {.name = (NAME), .type = BODY_COUNT, .needed = true, .is = {EN, ZH}}
static const struct body_field total_fields[] = {
    TOTAL("none", "to be drafted, or drafted where that may not be read", "未填报（含不可查看的草稿）"),
    TOTAL("draft", "drafted", "草稿"),
    TOTAL("signed", "signed off", "已审签"),
    TOTAL("submitted", "submitted", "已报送"),
    TOTAL("returned", "returned", "已退回"),
    TOTAL("verified", "verified", "已审核"),
    TOTAL("accepted", "accepted, and withdrawn since", "已认定而数据已撤销"),
    TOTAL("vacant", "of all these, at vacant posts", "其中岗位空缺"),
    TOTAL("late", "of all these, late", "其中逾期"),
};
static const struct body_shape total_shape = {
    .name = "WaitingTotals", BODY_FIELDS(total_fields), .is = {"how many wait, by stage", "按环节统计的待办数"},
    .example = "{\"none\": 3, \"draft\": 0, \"signed\": 0, \"submitted\": 1, \"returned\": 0, \"verified\": 0, \"accepted\": 0, \"vacant\": 0, \"late\": 2}"};

static const struct body_field waiting_fields[] = {
    {.name = "count",  .type = BODY_COUNT, .needed = true, .is = {"how many there are on all pages", "总条数"}},
    {.name = "totals", .type = BODY_OBJECT, .needed = true, .inner = &total_shape, .is = {"of what is asked for, at whatever stage", "所查范围内各环节的条数，不限 stage"}},
    {.name = "items",  .type = BODY_OBJECTS, .needed = true, .inner = &item_shape, .is = {"by period, unit and the tree", "按周期、考核对象和指标树的顺序"}},
    {.name = "next",   .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"address of the next page; null = there is none", "下一页的地址；null 表示没有"}},
};
const struct body_shape waiting_shape = {
    .name = "Waiting", BODY_FIELDS(waiting_fields), .is = {"what waits for whom", "待办事项"},
    .example = "{\"count\": 0, \"totals\": {\"none\": 0, \"draft\": 0, \"signed\": 0, \"submitted\": 0, \"returned\": 0, \"verified\": 0, \"accepted\": 0, \"vacant\": 0, \"late\": 0}, \"items\": [], \"next\": null}"};
/* clang-format on */

/* What is asked for. */
struct asked {
    struct baton_period period; /* of kind NONE: all */
    struct waiting_filter filter;
    uint64_t after;
    size_t limit;
};

static bool tells(void *context, const char *period, const struct expectation *figure) {
    const struct waiting_look *const looking = context;
    return api_expected_may(looking->call, looking->world.assessment, period, figure);
}

static bool sees(void *context, const struct report_list *list, const struct report_step *step) {
    const struct waiting_look *const looking = context;
    struct field field[REPORT_KEY_FIELDS];
    const struct entry entry = report_step_entry(list, step, field);
    return sight_may(looking->call, &entry);
}

bool waiting_names(void *call, const char *person) {
    const struct field field = text_field("person", person);
    const struct entry entry = {.actor = "",
                                .body = {fact_kind_info(FACT_POST)->word, "", &field, 1}};
    return sight_may(call, &entry);
}

static baton_code take(struct call *call, struct asked *out) {
    const char *const person = http_query(call->request, "person");
    const char *const role = http_query(call->request, "role");
    *out = (struct asked){.filter = {.unit = http_query(call->request, "unit"),
                                     .reporter = http_query(call->request, "reporter"),
                                     .stage = http_query(call->request, "stage"),
                                     .person = person,
                                     .role = role == NULL ? 0 : rights_bits(role)}};
    TRY(call_limit(call, LIMIT_USUAL, LIMIT_MOST, &out->limit));
    TRY(call_number(call, "after", http_query(call->request, "after"), &out->after));
    TRY(call_period_of(call, "period", http_query(call->request, "period"), &out->period));
    if (http_query(call->request, "mine") != NULL)
        out->filter.person = call_actor(call);
    if (person != NULL && !waiting_names(call, person))
        return call_refuse(call, BATON_READING_LACKING, call_actor(call), person, NULL, NULL);
    return BATON_OK;
}

baton_code waiting_look(struct call *call, struct waiting_look *out) {
    struct waiting_world *const world = &out->world;
    const struct expected_index *expected;
    *out = (struct waiting_look){.call = call};
    *world = (struct waiting_world){.calendar = &out->calendar,
                                    .accounts = &out->accounts,
                                    .standing = sight_of(call)->now->standing,
                                    .now_utc_ms =
                                        call->api->world->now_utc_ms(call->api->world->context),
                                    .tells = tells,
                                    .sees = sees,
                                    .context = out};
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(call_assessment(call, &world->assessment));
    if (sight_far(sight_of(call), FACT_OBSERVATION, world->assessment) == SIGHT_NOTHING)
        return call_refuse(call, BATON_READING_LACKING, call_actor(call), world->assessment, NULL,
                           NULL);
    world->answers =
        (sight_roles_over(sight_of(call), world->assessment) & rights_bits("office")) != 0;
    TRY(sight_prepare(call, FACT_OBSERVATION, world->assessment));
    TRY(sight_prepare(call, FACT_REPORT, world->assessment));
    TRY(reader_size(call->reader, &world->known));
    TRY(reader_accounts(call->reader, call->arena, &out->accounts));
    TRY(call_expected(call, world->assessment, &world->session, &expected));
    world->expected = &expected->all;
    return call_calendar(call, world->assessment, world->known, &out->calendar);
}

/* Puts the page; *all gets how many there are on all of them. */
static void put_page(struct call *call, const struct asked *asked, const struct waiting *waiting,
                     struct json *json, struct waiting_totals *totals, size_t *all) {
    const struct waiting_naming naming = {waiting_names, call};
    size_t count = 0;
    for (size_t i = 0; i < waiting->count; i++) {
        const struct waiting_item *const item = &waiting->item[i];
        if (!waiting_is_but_stage(item, &asked->filter))
            continue;
        waiting_count(totals, item);
        if (!waiting_is(item, &asked->filter))
            continue;
        if (count >= asked->after && count - asked->after < asked->limit)
            waiting_json(call->arena, json, item, &naming);
        count++;
    }
    *all = count;
}

static const char *query_of(struct call *call, const struct asked *asked) {
    static const char *const name[] = {"period", "unit",   "reporter", "stage",
                                       "role",   "person", "mine"};
    struct baton_arena *const arena = call->arena;
    const char *query = arena_printf(arena, "after=%zu&limit=%zu",
                                     (size_t)asked->after + asked->limit, asked->limit);
    for (size_t i = 0; i < LENGTH(name); i++)
        if (http_query(call->request, name[i]) != NULL)
            query =
                arena_printf(arena, "%s&%s=%s", query, name[i], http_query(call->request, name[i]));
    return query;
}

static baton_code list(struct call *call) {
    struct asked asked;
    struct waiting_look looking;
    struct waiting waiting;
    struct waiting_totals totals = {0};
    size_t count;
    TRY(take(call, &asked));
    TRY(waiting_look(call, &looking));
    TRY(waiting_read(call->arena, call->reader, &looking.world, &asked.period,
                     asked.period.kind == BATON_PERIOD_NONE ? 0 : 1, &waiting, &call->found));
    struct writer *const writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    json_object(&json, NULL);
    json_array(&json, "items");
    put_page(call, &asked, &waiting, &json, &totals, &count);
    json_end(&json);
    json_count(&json, "count", count);
    waiting_totals_json(&json, "totals", &totals);
    list_next(call, &json, asked.after + asked.limit < count ? query_of(call, &asked) : NULL);
    json_end(&json);
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_waiting(struct http_request *request, void *api) {
    call_run(request, api, list);
}
