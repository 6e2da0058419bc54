/* A session is a cookie that pages cannot read; its csrf is told to the page, which sends it along with whatever changes something. */
#include "server/api_session.h"
#include "base/json.h"
#include "base/text.h"
#include "flow/entry_print.h"
#include "flow/fact_origin.h"
#include "server/audit_call.h"
#include "server/gate.h"
#include "server/sight.h"
#include <stddef.h>
#include <string.h>

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

static const struct body_field proof_fields[] = {
    {.name = "password", .type = BODY_TEXT, .needed = true, .length = 128, .offset = offsetof(struct signing_in, password), .is = {"one's own password", "本人密码"}},
    {.name = "code",     .type = BODY_TEXT, .length = 40, .offset = offsetof(struct signing_in, code), .is = {"code of the second factor that was not used before, or a recovery code", "尚未用过的动态口令或备用码"}},
};
const struct body_shape proof_shape = {
    .name = "Proof", BODY_FIELDS(proof_fields), .size = sizeof(struct signing_in), .is = {"that it is oneself", "本人验证"},
    .example = "{\"password\": \"correct horse battery\"}"};

static const struct body_field session_post_fields[] = {
    {.name = "role",       .type = BODY_TEXT, .needed = true, .is = {"role", "角色"}},
    {.name = "unit",       .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"unit or department", "考核对象或部门"}},
    {.name = "assessment", .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"only in this assessment", "仅限该项考核"}},
    {.name = "indicator",  .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"only for this indicator or block", "仅限该指标或指标块"}},
    {.name = "deputy",     .type = BODY_FLAG, .needed = true, .is = {"as a deputy", "以副职身份"}},
    {.name = "to",         .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"last day; null = without an end", "末日；null 表示未定"}},
};
static const struct body_shape session_post_shape = {
    .name = "SessionPost", BODY_FIELDS(session_post_fields), .is = {"a post that is held today", "今日任职"},
    .example = "{\"role\": \"office\", \"unit\": null, \"assessment\": null, \"indicator\": null, \"deputy\": false, \"to\": null}"};

static const struct body_field session_fields[] = {
    {.name = "person", .type = BODY_TEXT, .needed = true, .is = {"id of the person", "人员标识"}},
    {.name = "name",   .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"name of the person", "姓名"}},
    {.name = "roles",  .type = BODY_TEXTS, .needed = true, .is = {"what their posts give today", "今日任职所具有的角色"}},
    {.name = "posts",  .type = BODY_OBJECTS, .needed = true, .inner = &session_post_shape, .is = {"their posts of today; of a token those in its roles", "今日任职；令牌仅列其角色范围内的任职"}},
    {.name = "csrf",   .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"to be sent as X-CSRF-Token with whatever is not GET; null of a token", "除 GET 外的请求须作为 X-CSRF-Token 头携带；令牌无此项"}},
    {.name = "keeping", .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"key of 32 bytes, in hexadecimal, under which its browser may keep what was typed and not sent: it ends with the session; null of a token, and of a session that began before there were any", "浏览器暂存未提交内容所用的密钥（32 字节，十六进制），随会话失效；令牌及此前已开始的会话无此项"}},
    {.name = "keeping_others", .type = BODY_TEXTS, .needed = true, .is = {"such keys of the person's other sessions that still live, the newest first, 8 at most: what a browser kept that was ended with its cookie is opened by them", "本人其他仍有效会话的此类密钥，新的在前，最多 8 个：浏览器意外关闭、会话凭据丢失后，凭此恢复其暂存内容"}},
    {.name = "begun",  .type = BODY_TEXT, .needed = true, .is = {"when it began", "登录时间"}},
    {.name = "raised_until", .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"until then it may do what takes the password given lately (SESSION_NOT_RAISED); null of a token", "在此之前可进行须再次验证密码的操作（否则 SESSION_NOT_RAISED）；令牌无此项"}},
    {.name = "factor", .type = BODY_FLAG, .needed = true, .is = {"the second factor is on", "已启用动态验证码"}},
    {.name = "factor_due", .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"from then on nothing else may be done before it is on (FACTOR_DUE); null = it need not be, or is", "自此时起须先启用动态验证码（FACTOR_DUE）；null 表示无须启用或已启用"}},
};
const struct body_shape session_shape = {
    .name = "Session", BODY_FIELDS(session_fields), .is = {"who is signed in", "当前会话"},
    .example = "{\"person\": \"li.wei\", \"name\": \"李伟\", \"roles\": [\"office\"], \"posts\": [{\"role\": \"office\", \"unit\": null, \"assessment\": null, \"indicator\": null, \"deputy\": false, \"to\": null}], \"csrf\": \"5f1d\", \"keeping\": \"2c7b\", \"keeping_others\": [], \"begun\": \"2021-08-27T01:02:03.004Z\", \"raised_until\": \"2021-08-27T01:12:03.004Z\", \"factor\": true, \"factor_due\": null}"};
/* clang-format on */

void answer_unkept(struct call *call, int status, struct writer *writer) {
    const char *text = writer_text_of(writer);
    http_add_header(call->request, "Cache-Control", "no-store");
    http_answer(call->request, status, form_media[FORM_JSON], text, strlen(text));
}

/* When it began, how long it may do what is grave, and what a second factor has to do with it. */
static void put_times(struct call *call, struct json *json, const struct signed_in *who,
                      uint32_t roles) {
    const struct accounts *const accounts = call->api->accounts;
    const int64_t until = session_raised_until_utc_ms(accounts, who);
    const bool is_due =
        !who->is_token && !who->has_factor && session_factor_roles(accounts, roles) != 0;
    json_text(json, "begun", time_exact(call->arena, who->begun_utc_ms));
    json_text(json, "raised_until", until > 0 ? time_exact(call->arena, until) : NULL);
    json_flag(json, "factor", who->has_factor);
    json_text(json, "factor_due", is_due ? time_exact(call->arena, who->factor_due_utc_ms) : NULL);
}

static baton_code put_posts(struct call *call, struct json *json, const struct signed_in *who) {
    char day[BATON_PERIOD_NAME_SIZE];
    struct sight *sight;
    TRY(sight_make(call->api, call->arena, who, false, &sight, &call->found));
    json_array(json, "posts");
    for (size_t i = 0; i < sight->post_count; i++) {
        const struct standing_post *const post = &sight->post[i];
        json_object_tight(json, NULL);
        json_text(json, "role", role_word(post->role));
        json_text(json, "unit", text_or_null(post->unit));
        json_text(json, "assessment", text_or_null(post->assessment));
        json_text(json, "indicator", text_or_null(post->indicator));
        json_flag(json, "deputy", post->is_deputy);
        if (post->to != INT32_MAX)
            baton_day_format(post->to, day);
        json_text(json, "to", post->to != INT32_MAX ? day : NULL);
        json_end(json);
    }
    json_end(json);
    return BATON_OK;
}

static void put_others(struct call *call, struct json *json, const char *secret) {
    char others[KEEPINGS_MOST][KEEPING_SIZE];
    const size_t count =
        secret == NULL ? 0
                       : session_keeping_others(call->api->accounts, secret, others, KEEPINGS_MOST);
    json_array_tight(json, "keeping_others");
    for (size_t i = 0; i < count; i++)
        json_text(json, NULL, others[i]);
    json_end(json);
}

/* secret: of the session; NULL = a token. */
static baton_code answer_who(struct call *call, const struct signed_in *who, const char *secret,
                             int status) {
    struct writer *writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    const char *name = NULL;
    char csrf[CSRF_SIZE];
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
    TRY(put_posts(call, &json, who));
    json_text(&json, "csrf", secret != NULL && session_csrf(secret, csrf) ? csrf : NULL);
    char keeping[KEEPING_SIZE];
    const bool has_keeping =
        secret != NULL && session_keeping(call->api->accounts, secret, keeping);
    json_text(&json, "keeping", has_keeping ? keeping : NULL);
    put_others(call, &json, secret);
    put_times(call, &json, who, roles);
    json_end(&json);
    answer_unkept(call, status, writer);
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
    const struct caller *const caller = caller_of(call->request);
    return answer_who(call, &caller->who, caller->secret, 200);
}

void api_session(struct http_request *request, void *api) {
    call_run(request, api, show_session);
}

struct sign_in proof_of(struct call *call, const struct signing_in *body,
                        struct sign_in_seen *seen) {
    *seen = (struct sign_in_seen){0};
    return (struct sign_in){.person = body->person != NULL ? body->person : call_actor(call),
                            .password = body->password,
                            .code = body->code,
                            .address = call->request->peer,
                            .agent = http_header(call->request, "User-Agent"),
                            .former = caller_of(call->request)->secret,
                            .seen = seen};
}

baton_code proof_told(struct call *call, baton_code code, enum audit_event event,
                      const struct sign_in *in) {
    if (code == BATON_SIGN_IN_REFUSED || code == BATON_PASSWORD_OLD)
        call_audit_refused(call, event, in->person, in->seen);
    return code;
}

/* A session that has begun is handed out when that is written: nobody is in unseen. Otherwise it ends, or, where the store does not even do that, is nobody's: its secret was told to none. */
static baton_code hand_out(struct call *call, enum audit_event event,
                           const struct session_made *made) {
    const baton_code code = call_audit_write(call, event, made->who.person, made->who.id);
    if (code != BATON_OK) {
        struct baton_findings unheard = {.arena = call->arena};
        const baton_code ended =
            session_end(call->api->accounts, made->secret, strlen(made->secret), &unheard);
        (void)ended; /* its secret was told to nobody */
        return code;
    }
    set_cookie(call, made->secret);
    return answer_who(call, &made->who, made->secret, 201);
}

static baton_code sign_in(struct call *call) {
    struct sign_in_seen seen;
    struct session_made made;
    const void *body;
    TRY(route_body(call->request, &body, &call->found));
    const struct sign_in in = proof_of(call, body, &seen);
    TRY(proof_told(call, account_sign_in(call->api->accounts, &in, &made, &call->found),
                   AUDIT_SIGN_IN, &in));
    return hand_out(call, AUDIT_SIGN_IN, &made);
}

void api_sign_in(struct http_request *request, void *api) {
    call_run(request, api, sign_in);
}

/* A token has no session to end. */
static baton_code sign_out(struct call *call) {
    const struct caller *const caller = caller_of(call->request);
    if (caller->secret != NULL) {
        TRY(session_end(call->api->accounts, caller->secret, strlen(caller->secret), &call->found));
        call_audit(call, AUDIT_SIGN_OUT, NULL, caller->who.id);
    }
    set_cookie(call, "");
    http_answer_nothing(call->request, 204);
    return BATON_OK;
}

void api_sign_out(struct http_request *request, void *api) {
    call_run(request, api, sign_out);
}

static baton_code change_password(struct call *call) {
    struct sign_in_seen seen;
    struct session_made made;
    const void *body;
    TRY(route_body(call->request, &body, &call->found));
    const struct signing_in *const asked = body;
    const struct sign_in in = proof_of(call, asked, &seen);
    TRY(proof_told(
        call,
        account_change_password(call->api->accounts, &in, asked->new_password, &made, &call->found),
        AUDIT_PASSWORD, &in));
    return hand_out(call, AUDIT_PASSWORD, &made);
}

void api_password(struct http_request *request, void *api) {
    call_run(request, api, change_password);
}

static baton_code raise(struct call *call) {
    const struct caller *const caller = caller_of(call->request);
    struct sign_in_seen seen;
    struct session_made made;
    const void *body;
    TRY(refuse_token(call));
    TRY(route_body(call->request, &body, &call->found));
    struct sign_in in = proof_of(call, body, &seen);
    in.former = NULL; /* it is the session itself */
    TRY(proof_told(call,
                   session_raise(call->api->accounts, caller->secret, strlen(caller->secret), &in,
                                 &made, &call->found),
                   AUDIT_RAISE, &in));
    return hand_out(call, AUDIT_RAISE, &made);
}

void api_session_raise(struct http_request *request, void *api) {
    call_run(request, api, raise);
}

baton_code refuse_token(struct call *call) {
    return caller_of(call->request)->who.is_token
               ? call_refuse(call, BATON_SCOPE_LACKING, call->request->path, NULL, NULL, NULL)
               : BATON_OK;
}
