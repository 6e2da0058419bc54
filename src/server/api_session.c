/* A session is a cookie that pages cannot read; its csrf is told to the page, which sends it along with whatever changes something. */
#include "server/api_session.h"
#include "base/json.h"
#include "flow/entry_print.h"
#include "flow/fact_origin.h"
#include "ledger/session.h"
#include "server/gate.h"
#include <stddef.h>
#include <string.h>

struct signing_in {
    const char *person, *password, *code, *new_password;
};

/* clang-format off */
static const struct body_field sign_in_fields[] = {
    {.name = "person",   .type = BODY_TEXT, .needed = true, .length = 64, .offset = offsetof(struct signing_in, person), .is = {"id of the person", "人员标识"}},
    {.name = "password", .type = BODY_TEXT, .needed = true, .length = 128, .offset = offsetof(struct signing_in, password), .is = {"password", "密码"}},
    {.name = "code",     .type = BODY_TEXT, .length = 40, .offset = offsetof(struct signing_in, code), .is = {"code of the second factor, or a recovery code", "动态口令或备用码"}},
};
const struct body_shape sign_in_shape = {
    .name = "SignIn", BODY_FIELDS(sign_in_fields), .size = sizeof(struct signing_in), .is = {"who wants in", "登录信息"},
    .example = "{\"person\": \"li.wei\", \"password\": \"correct horse battery\"}"};

static const struct body_field password_fields[] = {
    {.name = "person",       .type = BODY_TEXT, .needed = true, .length = 64, .offset = offsetof(struct signing_in, person), .is = {"id of the person", "人员标识"}},
    {.name = "password",     .type = BODY_TEXT, .needed = true, .length = 128, .offset = offsetof(struct signing_in, password), .is = {"the present one", "现密码"}},
    {.name = "new_password", .type = BODY_TEXT, .needed = true, .length = 128, .offset = offsetof(struct signing_in, new_password), .is = {"the new one", "新密码"}},
    {.name = "code",         .type = BODY_TEXT, .length = 40, .offset = offsetof(struct signing_in, code), .is = {"code of the second factor", "动态口令"}},
};
const struct body_shape password_shape = {
    .name = "NewPassword", BODY_FIELDS(password_fields), .size = sizeof(struct signing_in), .is = {"a password changed", "更改密码"},
    .example = "{\"person\": \"li.wei\", \"password\": \"kf7m-2qpw-xz4h-9rtc\", \"new_password\": \"correct horse battery\"}"};

static const struct body_field session_fields[] = {
    {.name = "person", .type = BODY_TEXT, .needed = true, .is = {"id of the person", "人员标识"}},
    {.name = "name",   .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"name of the person", "姓名"}},
    {.name = "roles",  .type = BODY_TEXTS, .needed = true, .is = {"what their posts give today", "今日任职所具有的角色"}},
    {.name = "csrf",   .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"to be sent as X-CSRF-Token with whatever is not GET; null of a token", "除 GET 外的请求须作为 X-CSRF-Token 头携带；令牌无此项"}},
    {.name = "begun",  .type = BODY_TEXT, .needed = true, .is = {"when it began", "登录时间"}},
};
const struct body_shape session_shape = {
    .name = "Session", BODY_FIELDS(session_fields), .is = {"who is signed in", "当前会话"},
    .example = "{\"person\": \"li.wei\", \"name\": \"李伟\", \"roles\": [\"office\"], \"csrf\": \"5f1d\", \"begun\": \"2021-08-27T01:02:03.004Z\"}"};
/* clang-format on */

static baton_code answer_who(struct call *call, const struct signed_in *who, int status) {
    struct writer *writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    const char *name = NULL;
    uint32_t roles;
    TRY(people_roles(call->api->people, call->arena, who->person, &roles, &call->found));
    TRY(call_reader(call));
    TRY(fact_person_name(call->arena, call->reader, who->person, &name));
    json_object(&json, NULL);
    json_text(&json, "person", who->person);
    json_text(&json, "name", name);
    json_array_tight(&json, "roles");
    for (unsigned role = 0; role < ROLE_COUNT; role++)
        if ((roles & who->roles) >> role & 1)
            json_text(&json, NULL, role_word((enum role)role));
    json_end(&json);
    json_text(&json, "csrf", who->csrf[0] != '\0' ? who->csrf : NULL);
    json_text(&json, "begun", time_exact(call->arena, who->begun_utc_ms));
    json_end(&json);
    const char *text = writer_text_of(writer);
    http_add_header(call->request, "Cache-Control", "no-store");
    http_answer(call->request, status, form_media[FORM_JSON], text, strlen(text));
    return BATON_OK;
}

static void set_cookie(struct call *call, const char *secret) {
    http_add_header(call->request, "Set-Cookie",
                    arena_printf(call->arena, "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s",
                                 gate_cookie(call->request), secret,
                                 call->request->is_secure ? "; Secure" : "",
                                 *secret == '\0' ? "; Max-Age=0" : ""));
}

static baton_code show_session(struct call *call) {
    return answer_who(call, &caller_of(call->request)->who, 200);
}

void api_session(struct http_request *request, void *api) {
    call_run(request, api, show_session);
}

static struct sign_in proof_of(struct call *call, const struct signing_in *body) {
    return (struct sign_in){.person = body->person,
                            .password = body->password,
                            .code = body->code,
                            .address = call->request->peer,
                            .agent = http_header(call->request, "User-Agent")};
}

/* Whoever was signed in before is not any more: a session that was put into the browser beforehand is worth nothing. */
static baton_code end_former(struct call *call) {
    const struct caller *const caller = caller_of(call->request);
    return caller->secret == NULL ? BATON_OK
                                  : session_end(call->api->accounts, caller->secret,
                                                strlen(caller->secret), &call->found);
}

static baton_code sign_in(struct call *call) {
    struct session_made made;
    const void *body;
    TRY(route_body(call->request, &body, &call->found));
    const struct sign_in in = proof_of(call, body);
    TRY(end_former(call));
    TRY(account_sign_in(call->api->accounts, &in, &made, &call->found));
    set_cookie(call, made.secret);
    return answer_who(call, &made.who, 201);
}

void api_sign_in(struct http_request *request, void *api) {
    call_run(request, api, sign_in);
}

static baton_code sign_out(struct call *call) {
    TRY(end_former(call));
    set_cookie(call, "");
    http_answer_nothing(call->request, 204);
    return BATON_OK;
}

void api_sign_out(struct http_request *request, void *api) {
    call_run(request, api, sign_out);
}

static baton_code change_password(struct call *call) {
    struct session_made made;
    const void *body;
    TRY(route_body(call->request, &body, &call->found));
    const struct signing_in *const asked = body;
    const struct sign_in in = proof_of(call, asked);
    TRY(account_change_password(call->api->accounts, &in, asked->new_password, &made,
                                &call->found));
    set_cookie(call, made.secret);
    return answer_who(call, &made.who, 201);
}

void api_password(struct http_request *request, void *api) {
    call_run(request, api, change_password);
}
