/* The audit records are rows of their kind, read backwards a piece at a time. What is asked for is picked out here: a request looks through LOOKED_MOST of them at most, and then leads on. */
#include "server/api_audit.h"
#include "base/civil_day.h"
#include "base/text.h"
#include "flow/entry_words.h"
#include "flow/fact_origin.h"
#include "server/audit_call.h"
#include "server/listing.h"
#include "server/sight.h"
#include <inttypes.h>
#include <string.h>

enum { PIECE = 512, LOOKED_MOST = 16384 };

#define EVENTS \
    "sign_in sign_out raise session_end password factor_on factor_off token_make token_revoke " \
    "account_make account_reset account_close read export rights given_up lost"
#define OUTCOMES "begun done refused locked"

/* clang-format off */
static const struct body_field audit_query_fields[] = {
    {.name = "person", .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"only what this person did, and what is about them; of others for the auditor", "仅限该人员所为及与其有关的记录；查看他人须为审计员"}},
    {.name = "event",  .type = BODY_WORD, .words = EVENTS, .is = {"only what happened so", "仅限该类事项"}},
    {.name = "outcome", .type = BODY_WORD, .words = OUTCOMES, .is = {"only what ended so", "仅限该结果"}},
    {.name = "from",   .type = BODY_TEXT, .form = &body_day, .length = 10, .is = {"from this day on, by the clocks of China", "自该日起（北京时间）"}},
    {.name = "to",     .type = BODY_TEXT, .form = &body_day, .length = 10, .is = {"to the end of this day", "至该日止"}},
    {.name = "before", .type = BODY_COUNT, .initial = UINT64_MAX, .is = {"only those before this entry", "仅限该编号之前的记录"}},
    {.name = "limit",  .type = BODY_COUNT, .least = 1, .most = LIMIT_MOST, .initial = LIMIT_USUAL, .is = {"at most so many", "最多条数"}},
};
const struct body_shape audit_query_shape = {
    .name = "AuditQuery", BODY_FIELDS(audit_query_fields), .is = {"which records", "查询哪些记录"}, .example = "{\"event\": \"sign_in\"}"};

static const struct body_field audit_fields[] = {
    {.name = "position", .type = BODY_COUNT, .needed = true, .is = {"number of the entry", "记录编号"}},
    {.name = "time",     .type = BODY_TEXT, .needed = true, .is = {"when it was written: ISO 8601, UTC", "记录时间（ISO 8601，协调世界时）"}},
    {.name = "event",    .type = BODY_WORD, .needed = true, .words = EVENTS, .is = {"what happened", "事项"}},
    {.name = "outcome",  .type = BODY_WORD, .needed = true, .words = OUTCOMES, .is = {"what became of it; begun: what follows says how it ended", "结果；begun 表示已开始，结果见其后的记录"}},
    {.name = "actor",    .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"who did it; null = nobody known, or the program", "经办人；null 表示未知或系统"}},
    {.name = "actor_name", .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"their name", "姓名"}},
    {.name = "person",   .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"about whom", "涉及人员"}},
    {.name = "subject",  .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"about what", "涉及事项"}},
    {.name = "address",  .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"from where; null = not known, or erased", "来源地址；null 表示未知或已删除"}},
    {.name = "count",    .type = BODY_COUNT, .needed = true, .is = {"how many times", "次数"}},
    {.name = "words",    .type = BODY_TEXT, .needed = true, .length = 4000, .is = {"the same in a line", "文字说明"}},
};
#define EXAMPLE "{\"position\": 812, \"time\": \"2021-08-27T01:02:03.004Z\", \"event\": \"sign_in\", \"outcome\": \"refused\", \"actor\": null, \"actor_name\": null, \"person\": \"li.wei\", \"subject\": null, \"address\": \"10.0.0.7\", \"count\": 3, \"words\": \"signing in of li.wei: refused, 3 times\"}"
static const struct body_shape audit_shape = {
    .name = "AuditRecord", BODY_FIELDS(audit_fields), .is = {"what somebody did", "一条审计记录"}, .example = EXAMPLE};

static const struct body_field audit_list_fields[] = {
    {.name = "items", .type = BODY_OBJECTS, .needed = true, .inner = &audit_shape, .is = {"the newest first", "新的在前"}},
    {.name = "next",  .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"address of the next page, which may be there although this one has few; null = there is no more", "下一页的地址，本页较少时也可能有下一页；null 表示没有更多"}},
};
const struct body_shape audit_list_shape = {
    .name = "AuditList", BODY_FIELDS(audit_list_fields), .is = {"audit records", "审计记录"},
    .example = "{\"items\": [" EXAMPLE "], \"next\": null}"};
/* clang-format on */

/* What is asked for. */
struct asked {
    struct list list;
    const char *person, *event, *outcome; /* NULL = any */
    const char *who;
    uint32_t roles;
    int64_t from_utc_ms, to_utc_ms;
    uint64_t before; /* where the next piece begins */
    size_t looked;
    bool is_early; /* a record from before `from` was seen */
};

static bool fits(const char *wanted, const char *has) {
    return wanted == NULL || strcmp(wanted, has) == 0;
}

static baton_code take(void *context, const struct fact_row *row) {
    struct asked *asked = context;
    const struct entry *const entry = &row->entry;
    const struct fact_body *const body = &entry->body;
    asked->looked++;
    asked->before = row->position;
    asked->is_early = asked->is_early || entry->time_utc_ms < asked->from_utc_ms;
    if (entry->time_utc_ms >= asked->from_utc_ms && entry->time_utc_ms <= asked->to_utc_ms &&
        audit_may_read(entry, asked->who, asked->roles) &&
        (asked->person == NULL || strcmp(entry->actor, asked->person) == 0 ||
         strcmp(body_text(body, "person"), asked->person) == 0) &&
        fits(asked->event, body_text(body, "event")) &&
        fits(asked->outcome, body_text(body, "outcome")))
        list_keep(&asked->list, row);
    return BATON_OK;
}

/* From the newest on, until one more than wanted was found; *has_more where that is so, or enough was looked through. */
static baton_code find(struct asked *asked, size_t limit, bool *has_more) {
    size_t before = 0;
    do {
        before = asked->looked;
        TRY(reader_newest(asked->list.call->reader, "", FACT_AUDIT, asked->before, PIECE, take,
                          asked));
    } while (asked->looked == before + PIECE && asked->list.count <= limit && !asked->is_early &&
             asked->looked < LOOKED_MOST);
    *has_more = asked->list.count > limit || (asked->looked == before + PIECE && !asked->is_early);
    return BATON_OK;
}

/* The address, where it was not erased. */
static baton_code address_of(struct call *call, const struct fact_body *body, const char **out) {
    const struct field *const field = body_field(body, "address");
    struct digest digest;
    size_t size;
    *out = NULL;
    if (field == NULL || field->size != DIGEST_SIZE)
        return BATON_OK;
    memcpy(digest.byte, field->value, DIGEST_SIZE);
    const baton_code code = reader_content_text(call->reader, call->arena, &digest, out, &size);
    return code == BATON_CONTENT_ERASED ? BATON_OK : code;
}

static baton_code put_record(struct call *call, struct json *json, const struct entry *entry) {
    const struct fact_body *const body = &entry->body;
    const char *address, *name = NULL;
    uint64_t count = 1;
    TRY(address_of(call, body, &address));
    if (*entry->actor != '\0')
        TRY(fact_person_name(call->arena, call->reader, entry->actor, &name));
    (void)fact_position(body_text(body, "count"), &count);
    json_object(json, NULL);
    json_count(json, "position", entry->position);
    json_text(json, "time", time_exact(call->arena, entry->time_utc_ms));
    json_text(json, "event", body_text(body, "event"));
    json_text(json, "outcome", body_text(body, "outcome"));
    json_text(json, "actor", text_or_null(entry->actor));
    json_text(json, "actor_name", name);
    json_text(json, "person", text_or_null(body_text(body, "person")));
    json_text(json, "subject", text_or_null(body_text(body, "subject")));
    json_text(json, "address", address);
    json_count(json, "count", count);
    json_text(json, "words", entry_says(call->arena, body, call->request->language));
    json_end(json);
    return BATON_OK;
}

static int64_t begins_utc_ms(int32_t day) {
    return civil_day_ends_utc_ms(day - 1) + 1;
}

/* Which records are wanted, and which may be. */
static baton_code take_asked(struct call *call, struct asked *asked) {
    const char *const from = http_query(call->request, "from"), *const to =
                                                                    http_query(call->request, "to");
    int32_t day;
    *asked = (struct asked){.list = {.call = call},
                            .person = http_query(call->request, "person"),
                            .event = http_query(call->request, "event"),
                            .outcome = http_query(call->request, "outcome"),
                            .who = call_actor(call),
                            .from_utc_ms = INT64_MIN,
                            .to_utc_ms = INT64_MAX,
                            .before = INT64_MAX};
    TRY(sight_need(call));
    asked->roles = sight_roles_of_ledger(sight_of(call));
    if (from != NULL && baton_day_parse(from, strlen(from), &day))
        asked->from_utc_ms = begins_utc_ms(day);
    if (to != NULL && baton_day_parse(to, strlen(to), &day))
        asked->to_utc_ms = civil_day_ends_utc_ms(day);
    if (asked->person != NULL && strcmp(asked->person, asked->who) != 0 &&
        (asked->roles >> ROLE_AUDITOR & 1) == 0)
        return call_refuse(call, BATON_ROUTE_ROLE, role_name(ROLE_AUDITOR, call->request->language),
                           NULL, NULL, NULL);
    return BATON_OK;
}

/* Those before `to` are found at once: entries stand in the order of time. */
static baton_code begin_before(struct call *call, struct asked *asked) {
    uint64_t known;
    TRY(call_number(call, "before", http_query(call->request, "before"), &asked->before));
    if (asked->to_utc_ms == INT64_MAX)
        return BATON_OK;
    TRY(reader_known_at(call->reader, asked->to_utc_ms, &known));
    asked->before = known < asked->before ? known : asked->before;
    return BATON_OK;
}

static const char *next_of(struct call *call, const struct asked *asked, size_t limit) {
    static const char *const names[] = {"person", "event", "outcome", "from"};
    const size_t count = asked->list.count;
    const uint64_t before = count > limit ? asked->list.entry[limit - 1].position : asked->before;
    const char *query = arena_printf(call->arena, "before=%" PRIu64 "&limit=%zu", before, limit);
    for (size_t i = 0; i < LENGTH(names); i++)
        if (http_query(call->request, names[i]) != NULL)
            query = arena_printf(call->arena, "%s&%s=%s", query, names[i],
                                 http_query(call->request, names[i]));
    return query;
}

static baton_code list_audit(struct call *call) {
    struct writer *writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    struct asked asked;
    size_t limit;
    bool has_more;
    TRY(call_limit(call, LIMIT_USUAL, LIMIT_MOST, &limit));
    TRY(take_asked(call, &asked));
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(begin_before(call, &asked));
    TRY(find(&asked, limit, &has_more));
    json_object(&json, NULL);
    json_array(&json, "items");
    for (size_t i = 0; i < asked.list.count && i < limit; i++)
        TRY(put_record(call, &json, &asked.list.entry[i]));
    json_end(&json);
    reader_end(call->reader);
    list_next(call, &json, has_more ? next_of(call, &asked, limit) : NULL);
    json_end(&json);
    if ((asked.roles >> ROLE_AUDITOR & 1) != 0)
        call_audit_read(call, asked.person, "audit");
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_audit(struct http_request *request, void *api) {
    call_run(request, api, list_audit);
}
