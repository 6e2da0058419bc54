/* Lists of sessions: one's own, and those of an account for the security administrator. */
#include "base/json.h"
#include "flow/entry_print.h"
#include "server/api_session.h"
#include "server/gate.h"
#include <string.h>

enum { SESSIONS_LISTED = 64 };

/* clang-format off */
static const struct body_field row_fields[] = {
    {.name = "id",      .type = BODY_TEXT, .needed = true, .is = {"by which it is ended", "会话编号，供结束会话"}},
    {.name = "begun",   .type = BODY_TEXT, .needed = true, .is = {"since when", "登录时间"}},
    {.name = "seen",    .type = BODY_TEXT, .needed = true, .is = {"when it was last used", "最近使用时间"}},
    {.name = "address", .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"from where", "登录地址"}},
    {.name = "agent",   .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"with which browser", "浏览器"}},
    {.name = "present", .type = BODY_FLAG, .needed = true, .is = {"it is this one", "即当前会话"}},
};
static const struct body_shape row_shape = {
    .name = "SessionRow", BODY_FIELDS(row_fields), .is = {"a session", "一个会话"},
    .example = "{\"id\": \"5f1d0c3a\", \"begun\": \"2021-08-27T01:02:03.004Z\", \"seen\": \"2021-08-27T01:12:03.004Z\", \"address\": \"10.0.0.7\", \"agent\": null, \"present\": true}"};

static const struct body_field session_list_fields[] = {
    {.name = "items", .type = BODY_OBJECTS, .needed = true, .inner = &row_shape, .is = {"the newest first", "新的在前"}},
};
const struct body_shape session_list_shape = {
    .name = "SessionList", BODY_FIELDS(session_list_fields), .is = {"the sessions of a person", "一人的会话"},
    .example = "{\"items\": [{\"id\": \"5f1d0c3a\", \"begun\": \"2021-08-27T01:02:03.004Z\", \"seen\": \"2021-08-27T01:12:03.004Z\", \"address\": \"10.0.0.7\", \"agent\": null, \"present\": true}]}"};
/* clang-format on */

static baton_code list_of(struct call *call, const char *person) {
    struct writer *writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    struct session_row *row = arena_alloc(call->arena, SESSIONS_LISTED, sizeof *row);
    const size_t count = session_list(call->api->accounts, person, row, SESSIONS_LISTED);
    json_object(&json, NULL);
    json_array(&json, "items");
    for (size_t i = 0; i < count; i++) {
        json_object_tight(&json, NULL);
        json_text(&json, "id", row[i].id);
        json_text(&json, "begun", time_exact(call->arena, row[i].begun_utc_ms));
        json_text(&json, "seen", time_exact(call->arena, row[i].seen_utc_ms));
        json_text(&json, "address", row[i].address[0] != '\0' ? row[i].address : NULL);
        json_text(&json, "agent", row[i].agent[0] != '\0' ? row[i].agent : NULL);
        json_flag(&json, "present",
                  strcmp(person, call_actor(call)) == 0 &&
                      strcmp(row[i].id, caller_of(call->request)->who.id) == 0);
        json_end(&json);
    }
    json_end(&json);
    json_end(&json);
    answer_unkept(call, 200, writer);
    return BATON_OK;
}

static baton_code done(struct call *call) {
    http_answer_nothing(call->request, 204);
    return BATON_OK;
}

/* One's own */

static baton_code list_own(struct call *call) {
    TRY(refuse_token(call));
    return list_of(call, call_actor(call));
}

void api_sessions(struct http_request *request, void *api) {
    call_run(request, api, list_own);
}

static baton_code end_own(struct call *call) {
    const char *const id = http_segment(call->request, "session");
    TRY(refuse_token(call));
    TRY(session_end_one(call->api->accounts, call_actor(call), id, &call->found));
    call_audit(call, AUDIT_SESSION_END, NULL, id);
    return done(call);
}

void api_session_end(struct http_request *request, void *api) {
    call_run(request, api, end_own);
}

static baton_code end_others(struct call *call) {
    TRY(refuse_token(call));
    TRY(session_end_all(call->api->accounts, call_actor(call), caller_of(call->request)->who.id,
                        &call->found));
    call_audit(call, AUDIT_SESSION_END, NULL, NULL);
    return done(call);
}

void api_session_end_others(struct http_request *request, void *api) {
    call_run(request, api, end_others);
}

/* An account's */

/* ACCOUNT_UNKNOWN. */
static baton_code take_account(struct call *call, const char **person) {
    struct account_state state;
    *person = http_segment(call->request, "person");
    return account_state(call->api->accounts, *person, &state, &call->found);
}

static baton_code list_account(struct call *call) {
    const char *person;
    TRY(take_account(call, &person));
    call_audit_read(call, person, "sessions");
    return list_of(call, person);
}

void api_account_sessions(struct http_request *request, void *api) {
    call_run(request, api, list_account);
}

static baton_code end_one(struct call *call) {
    const char *const id = http_segment(call->request, "session"), *person;
    TRY(take_account(call, &person));
    TRY(call_audit_first(call, AUDIT_SESSION_END, person, id));
    const baton_code code = session_end_one(call->api->accounts, person, id, &call->found);
    TRY(call_audit_after(call, code, AUDIT_SESSION_END, person, id));
    return done(call);
}

void api_account_session_end(struct http_request *request, void *api) {
    call_run(request, api, end_one);
}

static baton_code end_all(struct call *call) {
    const char *person;
    TRY(take_account(call, &person));
    TRY(call_audit_first(call, AUDIT_SESSION_END, person, NULL));
    const baton_code code = session_end_all(call->api->accounts, person, "", &call->found);
    TRY(call_audit_after(call, code, AUDIT_SESSION_END, person, NULL));
    return done(call);
}

void api_account_sessions_end(struct http_request *request, void *api) {
    call_run(request, api, end_all);
}
