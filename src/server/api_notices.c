/* Notices are found by whom they are for: the person, and each post that the person holds, or would be told for; each of these is read a few at a time, the newest first, and they are merged by their numbers. Of what is found for a post, those for
 * others (of another assessment, or for somebody who holds the post itself) are passed over; where there are very many a page of the answer may be short, and still have a next one. */
#include "server/api_notices.h"
#include "flow/addressees.h"
#include "flow/digest.h"
#include "flow/entry_print.h"
#include "flow/stale.h"
#include "server/api.h"
#include "server/call_register.h"
#include "server/kept_expected.h"
#include "server/listing.h"
#include "server/news.h"
#include "server/route.h"
#include "server/sight.h"
#include <inttypes.h>
#include <string.h>

enum { ROWS = 200, LOOKED_MOST = 5000 };

/* clang-format off */
static const struct body_field query_fields[] = {
    {.name = "after", .type = BODY_COUNT, .is = {"only those before this number: as `next` has it", "仅编号小于此值的，取自 next"}},
    {.name = "limit", .type = BODY_COUNT, .least = 1, .most = LIMIT_MOST, .initial = LIMIT_USUAL, .is = {"at most so many; 50", "最多条数，默认 50"}},
};
const struct body_shape notices_query_shape = {
    .name = "NoticesQuery", BODY_FIELDS(query_fields), .is = {"which notices", "哪些通知"}, .example = "{\"limit\": 20}"};

static const struct body_field notice_fields[] = {
    {.name = "id",         .type = BODY_COUNT, .needed = true, .is = {"number, which only rises", "编号，只增不减"}},
    {.name = "kind",       .type = BODY_TEXT, .needed = true, .is = {"due, overdue, verifying, stale, returned, decided, exception, vacated", "类别：催报 due、逾期 overdue、待审核 verifying、岗位账号 stale、退回 returned、决定 decided、延期 exception、岗位空出 vacated"}},
    {.name = "assessment", .type = BODY_TEXT, .is = {"of which assessment", "所属考核"}},
    {.name = "made",       .type = BODY_TEXT, .needed = true, .is = {"when, in UTC", "时间（UTC）"}},
    {.name = "role",       .type = BODY_TEXT, .is = {"for holders of this post; none: for the person", "面向任此职的人员；不写为面向本人"}},
    {.name = "unit",       .type = BODY_TEXT, .is = {"of this unit", "所在单位"}},
    {.name = "read",       .type = BODY_FLAG, .needed = true, .is = {"whether it was read", "是否已读"}},
    {.name = "notice",     .type = BODY_ANY, .needed = true, .is = {"what it says: text.en and text.zh for people, and by kind period, due, figures, reason ...", "内容：text.zh、text.en 供阅读，另按类别有 period、due、figures、reason 等"}},
};
static const struct body_shape notice_shape = {
    .name = "Notice", BODY_FIELDS(notice_fields), .is = {"a notice", "一条通知"},
    .example = "{\"id\": 7, \"kind\": \"due\", \"made\": \"2021-09-07T01:00:00.000Z\", \"read\": false, \"notice\": {}}"};

static const struct body_field list_fields[] = {
    {.name = "read",  .type = BODY_COUNT, .needed = true, .is = {"up to which number they are read", "已读至此编号"}},
    {.name = "items", .type = BODY_OBJECTS, .needed = true, .inner = &notice_shape, .is = {"the newest first", "新的在前"}},
    {.name = "next",  .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"address of the next page; null = there is none", "下一页的地址；null 表示没有"}},
};
const struct body_shape notice_list_shape = {
    .name = "NoticeList", BODY_FIELDS(list_fields), .is = {"one's own notices", "本人的通知"},
    .example = "{\"read\": 0, \"items\": [], \"next\": null}"};

struct read_asked {
    uint64_t until;
};
static const struct body_field read_fields[] = {
    {.name = "until", .type = BODY_COUNT, .needed = true, .most = INT64_MAX, .offset = offsetof(struct read_asked, until), .is = {"number of the newest notice that was read; beyond the newest there is, that one", "已读的最新一条的编号；超过现有最新一条的，按该条计"}},
};
const struct body_shape notices_read_shape = {
    .name = "NoticesRead", BODY_FIELDS(read_fields), .size = sizeof(struct read_asked), .is = {"what was read", "已读范围"}, .example = "{\"until\": 7}"};

static const struct body_field digest_query_fields[] = {
    {.name = "format", .type = BODY_WORD, .words = "json text", .is = {"text: for a letter", "text 为信件正文"}},
};
const struct body_shape digest_query_shape = {
    .name = "DigestQuery", BODY_FIELDS(digest_query_fields), .is = {"in which form", "形式"}, .example = "{\"format\": \"text\"}"};

static const struct body_field digest_item_fields[] = {
    {.name = "period",   .type = BODY_TEXT, .needed = true, .is = {"of which period", "周期"}},
    {.name = "unit",     .type = BODY_TEXT, .needed = true, .is = {"of which unit", "考核对象"}},
    {.name = "element",  .type = BODY_TEXT, .needed = true, .is = {"which figure", "数据项"}},
    {.name = "reporter", .type = BODY_TEXT, .needed = true, .is = {"the unit that reports it", "报送单位"}},
    {.name = "until",    .type = BODY_TEXT, .is = {"when it ought to be done", "办理时限"}},
    {.name = "late",     .type = BODY_FLAG, .needed = true, .is = {"whether it is overdue", "是否逾期"}},
    {.name = "reason",   .type = BODY_TEXT, .lines = true, .is = {"why it came back", "退回理由"}},
    {.name = "by",       .type = BODY_TEXT, .is = {"who returned it", "退回人"}},
};
static const struct body_shape digest_item_shape = {
    .name = "DigestItem", BODY_FIELDS(digest_item_fields), .is = {"a figure", "一项数据"},
    .example = "{\"period\": \"2021-08\", \"unit\": \"yunhu\", \"element\": \"gdp\", \"reporter\": \"statistics\", \"until\": \"2021-09-10T17:00\", \"late\": false}"};
static const struct body_field digest_section_fields[] = {
    {.name = "what",  .type = BODY_WORD, .needed = true, .words = "returned draft sign submit verify accept except late accepted", .is = {"what is to be done, or has become of it", "待办或结果"}},
    {.name = "count", .type = BODY_COUNT, .needed = true, .is = {"how many", "条数"}},
    {.name = "items", .type = BODY_OBJECTS, .needed = true, .inner = &digest_item_shape, .is = {"200 at most, what is due first before", "最多 200 条，先到期的在前"}},
};
static const struct body_shape digest_section_shape = {
    .name = "DigestSection", BODY_FIELDS(digest_section_fields), .is = {"figures of one kind", "一类数据"},
    .example = "{\"what\": \"draft\", \"count\": 0, \"items\": []}"};
static const struct body_field digest_of_fields[] = {
    {.name = "assessment", .type = BODY_TEXT, .needed = true, .is = {"of which assessment", "考核"}},
    {.name = "sections",   .type = BODY_OBJECTS, .needed = true, .inner = &digest_section_shape, .is = {"those that have any", "有内容的各类"}},
};
static const struct body_shape digest_of_shape = {
    .name = "DigestOf", BODY_FIELDS(digest_of_fields), .is = {"of an assessment", "一项考核的"},
    .example = "{\"assessment\": \"yunlan-2021\", \"sections\": []}"};
static const struct body_field digest_decision_fields[] = {
    {.name = "position",   .type = BODY_COUNT, .needed = true, .is = {"its number, by which it is decided on", "编号，凭此决定"}},
    {.name = "assessment", .type = BODY_TEXT, .is = {"of which assessment; none: of the ledger as a whole", "所属考核；不写为整个账本的"}},
    {.name = "time",       .type = BODY_TEXT, .needed = true, .is = {"when, in UTC", "提请时间（UTC）"}},
    {.name = "proposer",   .type = BODY_TEXT, .needed = true, .is = {"who proposed it", "提请人"}},
    {.name = "says",       .type = BODY_TEXT, .needed = true, .is = {"what it would say, for people; `/entries/{position}` has the whole of it", "提请内容（供阅读），全文见 `/entries/{position}`"}},
    {.name = "reason",     .type = BODY_TEXT, .needed = true, .lines = true, .is = {"why", "理由"}},
    {.name = "expires",    .type = BODY_TEXT, .is = {"until when it may be decided on, in UTC", "决定时限（UTC）"}},
};
static const struct body_shape digest_decision_shape = {
    .name = "DigestDecision", BODY_FIELDS(digest_decision_fields), .is = {"a proposal that waits for the person's decision", "待本人决定的一件提请"},
    .example = "{\"position\": 26737, \"assessment\": \"yunlan-2021\", \"time\": \"2021-09-14T01:00:00.000Z\", \"proposer\": \"li.wei\", \"says\": \"figure yunhu gdp 2021-08: withdrawn\", \"reason\": \"误报\"}"};
static const struct body_field digest_fields[] = {
    {.name = "person",      .type = BODY_TEXT, .needed = true, .is = {"whose it is", "人员"}},
    {.name = "proposals",   .type = BODY_COUNT, .needed = true, .is = {"how many of others wait that the person may decide on", "待本人决定的他人提请件数"}},
    {.name = "decisions",   .type = BODY_OBJECTS, .needed = true, .inner = &digest_decision_shape, .is = {"these, the oldest first, 200 at most", "各件提请，先提请的在前，最多 200 件"}},
    {.name = "assessments", .type = BODY_OBJECTS, .needed = true, .inner = &digest_of_shape, .is = {"by assessment", "按考核"}},
};
const struct body_shape digest_shape = {
    .name = "Digest", BODY_FIELDS(digest_fields), .is = {"what one person ought to know today", "个人今日事项"},
    .example = "{\"person\": \"li.wei\", \"proposals\": 0, \"decisions\": [], \"assessments\": []}"};

static const struct body_field stale_query_fields[] = {
    {.name = "days", .type = BODY_COUNT, .least = 1, .most = 3650, .initial = STALE_DAYS_USUAL, .is = {"who has not signed in for so many days; 60", "多少天未登录；默认 60"}},
};
const struct body_shape stale_query_shape = {
    .name = "StaleQuery", BODY_FIELDS(stale_query_fields), .is = {"what counts", "判定标准"}, .example = "{\"days\": 30}"};
static const struct body_field stale_fields[] = {
    {.name = "what",    .type = BODY_WORD, .needed = true, .words = "vacant no_account never absent ending token", .is = {"nobody holds the post; no account; never signed in; not for long; the post ends soon; a token runs out soon", "岗位空缺、没有账号、从未登录、长期未登录、任职将到期、令牌将到期"}},
    {.name = "role",    .type = BODY_TEXT, .needed = true, .is = {"of which post", "角色"}},
    {.name = "unit",    .type = BODY_TEXT, .is = {"at which unit", "单位"}},
    {.name = "person",  .type = BODY_TEXT, .is = {"who holds it", "任职人员"}},
    {.name = "detail",  .type = BODY_TEXT, .is = {"when it ends; which token", "到期日、令牌名称"}},
    {.name = "figures", .type = BODY_COUNT, .needed = true, .is = {"how many figures hang on it", "涉及的应报数据项数"}},
};
static const struct body_shape stale_shape = {
    .name = "Stale", BODY_FIELDS(stale_fields), .is = {"a post or an account that is not fit", "不能履职的岗位或账号"},
    .example = "{\"what\": \"vacant\", \"role\": \"approver\", \"unit\": \"statistics\", \"figures\": 12}"};
static const struct body_field stale_list_fields[] = {
    {.name = "count", .type = BODY_COUNT, .needed = true, .is = {"how many", "条数"}},
    {.name = "items", .type = BODY_OBJECTS, .needed = true, .inner = &stale_shape, .is = {"by what, then by unit", "按类别和单位"}},
};
const struct body_shape stale_list_shape = {
    .name = "StaleList", BODY_FIELDS(stale_list_fields), .is = {"ownership that is stale", "岗位与账号检查结果"},
    .example = "{\"count\": 0, \"items\": []}"};
/* clang-format on */

static int64_t now_of(const struct call *call) {
    return call->api->world->now_utc_ms(call->api->world->context);
}

/* Notices */

static void put_notice(struct call *call, struct json *json, const struct outbox_row *row,
                       int64_t read) {
    const struct outbox_notice *const notice = &row->notice;
    json_object(json, NULL);
    json_count(json, "id", (uint64_t)row->id);
    json_text(json, "kind", notice->kind);
    json_text_if(json, "assessment", notice->assessment[0] == '\0' ? NULL : notice->assessment);
    json_text(json, "made", time_exact(call->arena, row->made_utc_ms));
    json_text_if(json, "role", notice->role[0] == '\0' ? NULL : notice->role);
    json_text_if(json, "unit", notice->unit[0] == '\0' ? NULL : notice->unit);
    json_flag(json, "read", row->id <= read);
    json_raw(json, "notice", notice->payload);
    json_end(json);
}

/* Those for one addressee, as far as they were read. */
struct stream {
    struct outbox_addressee of;
    struct outbox_row *row;
    size_t count, next;
    bool is_read; /* to the end */
};

struct streams {
    struct call *call;
    struct stream *stream;
    size_t count, capacity;
    size_t looked;
};

static bool takes_in(const struct outbox_addressee *a, const struct outbox_addressee *b) {
    return strcmp(a->person, b->person) == 0 && strcmp(a->role, b->role) == 0 &&
           (a->unit == NULL || (b->unit != NULL && strcmp(a->unit, b->unit) == 0));
}

/* One that takes in others takes their place. */
static void add_stream(struct streams *s, struct outbox_addressee of) {
    size_t kept = 0;
    for (size_t i = 0; i < s->count; i++)
        if (takes_in(&s->stream[i].of, &of))
            return;
    for (size_t i = 0; i < s->count; i++)
        if (!takes_in(&of, &s->stream[i].of))
            s->stream[kept++] = s->stream[i];
    s->count = kept;
    *ARRAY_PUSH(s->call->arena, s->stream, s->count, s->capacity) = (struct stream){.of = of};
}

/* As addressees.h has it: whoever holds a post at no unit stands in at all of them, clerks and approvers of a unit for each other. */
static void add_post(struct streams *s, const struct standing_post *post) {
    const char *const unit = post->unit[0] == '\0' ? NULL : post->unit;
    add_stream(s, (struct outbox_addressee){"", role_word(post->role), unit});
    if (post->role == ROLE_UNIT || post->role == ROLE_APPROVER)
        add_stream(s, (struct outbox_addressee){
                          "", role_word(post->role == ROLE_UNIT ? ROLE_APPROVER : ROLE_UNIT),
                          unit != NULL ? unit : ""});
}

static void find_streams(struct streams *s) {
    struct standing_post post[SIGHT_POSTS];
    struct reach reach;
    size_t count = 0;
    add_stream(s, (struct outbox_addressee){call_actor(s->call), "", NULL});
    if (standing_reach(sight_of(s->call)->now->standing, call_actor(s->call), now_of(s->call),
                       &reach))
        count = standing_posts(&reach, SIGHT_POSTS, post);
    for (size_t i = 0; i < count && i < SIGHT_POSTS; i++)
        add_post(s, &post[i]);
}

/* The newest before a number; *out NULL = there is none. */
static baton_code next_row(struct streams *s, int64_t before, const struct outbox_row **out) {
    struct stream *newest = NULL;
    *out = NULL;
    for (size_t i = 0; i < s->count; i++) {
        struct stream *const stream = &s->stream[i];
        if (stream->next == stream->count && !stream->is_read) {
            TRY(reader_outbox_page(s->call->reader, s->call->arena, &stream->of, before, ROWS,
                                   &stream->row, &stream->count));
            stream->next = 0;
            stream->is_read = stream->count < ROWS;
        }
        if (stream->next < stream->count &&
            (newest == NULL || stream->row[stream->next].id > newest->row[newest->next].id))
            newest = stream;
    }
    if (newest != NULL)
        *out = &newest->row[newest->next++];
    s->looked += newest != NULL;
    return BATON_OK;
}

/* The next one for whoever asks; *before gets the number of the last that was looked at. */
static baton_code next_notice(struct streams *s, struct addressees *addressees, int64_t *before,
                              const struct outbox_row **out) {
    while (s->looked < LOOKED_MOST) {
        TRY(next_row(s, *before, out));
        if (*out == NULL)
            return BATON_OK;
        *before = (*out)->id;
        if (news_is_for(sight_of(s->call), addressees, &(*out)->notice))
            return BATON_OK;
    }
    *out = NULL;
    return BATON_OK;
}

static baton_code put_notices(struct call *call, struct json *json, int64_t read, size_t limit,
                              int64_t *before, bool *is_more) {
    struct streams streams = {.call = call};
    const struct outbox_row *row;
    struct addressees *const addressees =
        addressees_open(call->arena, sight_of(call)->now->standing, now_of(call));
    find_streams(&streams);
    for (size_t shown = 0;; shown++) {
        const int64_t last = *before;
        TRY(next_notice(&streams, addressees, before, &row));
        *is_more = row != NULL || streams.looked >= LOOKED_MOST;
        if (row != NULL && shown == limit)
            *before = last;
        if (row == NULL || shown == limit)
            return BATON_OK;
        put_notice(call, json, row, read);
    }
}

static baton_code list(struct call *call) {
    uint64_t after = INT64_MAX;
    size_t limit;
    int64_t before, read;
    bool is_more;
    TRY(call_limit(call, LIMIT_USUAL, LIMIT_MOST, &limit));
    TRY(call_number(call, "after", http_query(call->request, "after"), &after));
    before = after > INT64_MAX ? INT64_MAX : (int64_t)after;
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(reader_outbox_mark(call->reader, call_actor(call), &read));
    struct writer *const writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    json_object(&json, NULL);
    json_count(&json, "read", (uint64_t)read);
    json_array(&json, "items");
    TRY(put_notices(call, &json, read, limit, &before, &is_more));
    json_end(&json);
    list_next(call, &json,
              is_more ? arena_printf(call->arena, "after=%" PRId64 "&limit=%zu", before, limit)
                      : NULL);
    json_end(&json);
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_notices(struct http_request *request, void *api) {
    call_run(request, api, list);
}

static baton_code mark(struct call *call) {
    const void *body;
    TRY(route_body(call->request, &body, &call->found));
    const struct read_asked *const asked = body;
    const baton_code code =
        ledger_outbox_mark(call->api->ledger, call_actor(call), (int64_t)asked->until);
    if (code != BATON_OK)
        return call_refuse(call, code, "", NULL, NULL, NULL);
    http_answer_nothing(call->request, 204);
    return BATON_OK;
}

void api_notices_read(struct http_request *request, void *api) {
    call_run(request, api, mark);
}

/* What waits for somebody they may see: so nothing is held back here. */
static baton_code open_world(struct call *call, const char *assessment, struct waiting_world *out) {
    struct calendar *const calendar = arena_alloc(call->arena, 1, sizeof *calendar);
    const struct expected_index *expected;
    struct hash *const accounts = arena_alloc(call->arena, 1, sizeof *accounts);
    *out = (struct waiting_world){.assessment = assessment,
                                  .calendar = calendar,
                                  .accounts = accounts,
                                  .standing = sight_of(call)->now->standing,
                                  .answers = true,
                                  .now_utc_ms = now_of(call)};
    TRY(call_expected(call, assessment, &out->session, &expected));
    out->expected = &expected->all;
    TRY(reader_size(call->reader, &out->known));
    TRY(reader_accounts(call->reader, call->arena, accounts));
    return call_calendar(call, assessment, out->known, calendar);
}

/* Of every assessment that they see and that is scored. */
static baton_code read_digest(struct call *call, struct person_digest *out) {
    const char **name;
    size_t count;
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(call_assessments(call, &name, &count));
    struct digest_of *const of = arena_alloc(call->arena, count, sizeof *of);
    *out = (struct person_digest){.person = call_actor(call), .of = of};
    for (size_t i = 0; i < count; i++) {
        struct waiting_world world;
        const struct baton_findings told = call->found;
        const baton_code code = open_world(call, name[i], &world);
        if (code == BATON_NOT_SCORED) { /* it is left out */
            call->found = told;
            continue;
        }
        TRY(code);
        TRY(digest_read(call->arena, call->reader, &world, call_actor(call), &of[out->count++],
                        &call->found));
    }
    const struct sight *const sight = sight_of(call);
    return deciding_read(call->arena, call->reader, sight->now->standing, call_actor(call),
                         sight->roles, now_of(call), &out->deciding);
}

static baton_code digest(struct call *call) {
    const char *const format = http_query(call->request, "format");
    struct names names = {
        .arena = call->arena, .reader = NULL, .language = call->request->language};
    struct person_digest digest;
    TRY(read_digest(call, &digest));
    names.reader = call->reader;
    struct writer *const writer = writer_memory(call->arena);
    if (format != NULL && strcmp(format, "text") == 0) {
        writer_printf(writer, "%s\n", names_shown(&names, digest.person));
        digest_text(writer, &names, &digest);
        call_answer(call, "text/plain", writer);
        return BATON_OK;
    }
    struct json json = json_to(writer);
    digest_json(call->arena, &json, &digest, call->request->language);
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_digest(struct http_request *request, void *api) {
    call_run(request, api, digest);
}

static baton_code stale(struct call *call) {
    struct waiting_world world;
    struct stale found;
    const char *assessment;
    uint64_t days = STALE_DAYS_USUAL;
    TRY(call_number(call, "days", http_query(call->request, "days"), &days));
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(call_assessment(call, &assessment));
    TRY(sight_whole(call, assessment, "stale"));
    TRY(open_world(call, assessment, &world));
    TRY(stale_read(call->arena, call->reader, &world, (uint32_t)days, &found, &call->found));
    struct writer *const writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    json_object(&json, NULL);
    json_count(&json, "count", found.count);
    stale_json(&json, "items", &found, SIZE_MAX);
    json_end(&json);
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_stale(struct http_request *request, void *api) {
    call_run(request, api, stale);
}
