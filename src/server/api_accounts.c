/* What is secret, a first password or a token, is in one answer and kept by nobody. */
#include "server/api_accounts.h"
#include "base/civil_day.h"
#include "base/json.h"
#include "flow/entry_print.h"
#include "ledger/token.h"
#include "server/api_session.h"
#include "server/gate.h"
#include <stddef.h>
#include <string.h>

struct account_wanted {
    const char *person;
};

struct token_wanted {
    const char *name, *assessment, *until;
    struct body_texts roles, units;
};

/* clang-format off */
static const struct body_field account_make_fields[] = {
    {.name = "person", .type = BODY_TEXT, .needed = true, .form = &body_identifier, .length = 64, .offset = offsetof(struct account_wanted, person), .is = {"id of a person whom the ledger knows", "账本中已登记人员的标识"}},
};
const struct body_shape account_make_shape = {
    .name = "NewAccount", BODY_FIELDS(account_make_fields), .size = sizeof(struct account_wanted), .is = {"an account to be made", "开通账号"},
    .example = "{\"person\": \"wang.min\"}"};

static const struct body_field first_password_fields[] = {
    {.name = "person",         .type = BODY_TEXT, .needed = true, .is = {"whose", "人员标识"}},
    {.name = "first_password", .type = BODY_TEXT, .needed = true, .is = {"told once; it has to be changed at the first sign-in", "仅显示一次；首次登录须更改"}},
};
const struct body_shape first_password_shape = {
    .name = "FirstPassword", BODY_FIELDS(first_password_fields), .is = {"a first password", "初始密码"},
    .example = "{\"person\": \"wang.min\", \"first_password\": \"kf7m2qpwxz4h9rtc\"}"};

static const struct body_field account_fields[] = {
    {.name = "person",  .type = BODY_TEXT, .needed = true, .is = {"whose", "人员标识"}},
    {.name = "made",    .type = BODY_TEXT, .needed = true, .is = {"since when", "开通时间"}},
    {.name = "changed", .type = BODY_TEXT, .needed = true, .is = {"when its password was set", "密码设定时间"}},
    {.name = "expires", .type = BODY_TEXT, .needed = true, .is = {"when its password ends", "密码到期时间"}},
    {.name = "first",   .type = BODY_FLAG, .needed = true, .is = {"it has its first password still", "尚未更改初始密码"}},
};
static const struct body_shape account_shape = {
    .name = "Account", BODY_FIELDS(account_fields), .is = {"an account", "账号"},
    .example = "{\"person\": \"wang.min\", \"made\": \"2021-08-27T01:02:03.004Z\", \"changed\": \"2021-08-27T01:02:03.004Z\", \"expires\": \"2021-09-03T01:02:03.004Z\", \"first\": true}"};

static const struct body_field account_list_fields[] = {
    {.name = "items", .type = BODY_OBJECTS, .needed = true, .inner = &account_shape, .is = {"by person", "按人员排列"}},
};
const struct body_shape account_list_shape = {
    .name = "AccountList", BODY_FIELDS(account_list_fields), .is = {"all accounts", "全部账号"},
    .example = "{\"items\": [{\"person\": \"wang.min\", \"made\": \"2021-08-27T01:02:03.004Z\", \"changed\": \"2021-08-27T01:02:03.004Z\", \"expires\": \"2021-09-03T01:02:03.004Z\", \"first\": true}]}"};

static const struct body_field token_make_fields[] = {
    {.name = "name",       .type = BODY_TEXT, .needed = true, .length = 100, .offset = offsetof(struct token_wanted, name), .is = {"what it is for", "用途"}},
    {.name = "roles",      .type = BODY_TEXTS, .needed = true, .length = 40, .offset = offsetof(struct token_wanted, roles), .is = {"roles that it acts in; those that the person does not hold count for nothing", "以何角色行事；本人没有的角色不起作用"}},
    {.name = "assessment", .type = BODY_TEXT, .form = &body_identifier, .length = 64, .offset = offsetof(struct token_wanted, assessment), .is = {"only in this assessment", "仅限该项考核"}},
    {.name = "units",      .type = BODY_TEXTS, .form = &body_identifier, .length = 64, .most = 16, .offset = offsetof(struct token_wanted, units), .is = {"only for these units", "仅限这些考核对象"}},
    {.name = "until",      .type = BODY_TEXT, .needed = true, .form = &body_day, .length = 10, .offset = offsetof(struct token_wanted, until), .is = {"last day; at most a year from today", "截止日，最长一年"}},
};
const struct body_shape token_make_shape = {
    .name = "NewToken", BODY_FIELDS(token_make_fields), .size = sizeof(struct token_wanted), .is = {"a token to be made", "申请令牌"},
    .example = "{\"name\": \"monthly figures\", \"roles\": [\"unit\"], \"assessment\": \"city-2021\", \"units\": [\"yunhu\"], \"until\": \"2022-01-31\"}"};

static const struct body_field token_made_fields[] = {
    {.name = "id",    .type = BODY_TEXT, .needed = true, .is = {"by which it is listed and revoked", "令牌编号，供查询和撤销"}},
    {.name = "token", .type = BODY_TEXT, .needed = true, .is = {"told once; sent as Authorization: Bearer", "仅显示一次；以 Authorization: Bearer 携带"}},
};
const struct body_shape token_made_shape = {
    .name = "TokenMade", BODY_FIELDS(token_made_fields), .is = {"a token", "令牌"},
    .example = "{\"id\": \"5f1d0c3a\", \"token\": \"bt_abc\"}"};

static const struct body_field token_fields[] = {
    {.name = "id",         .type = BODY_TEXT, .needed = true, .is = {"its first digits", "令牌编号"}},
    {.name = "name",       .type = BODY_TEXT, .needed = true, .is = {"what it is for", "用途"}},
    {.name = "roles",      .type = BODY_TEXTS, .needed = true, .is = {"roles that it acts in", "以何角色行事"}},
    {.name = "assessment", .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"only in this assessment", "仅限该项考核"}},
    {.name = "units",      .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"only for these units, separated by spaces", "仅限这些考核对象，以空格分隔"}},
    {.name = "expires",    .type = BODY_TEXT, .needed = true, .is = {"when it ends", "到期时间"}},
    {.name = "used",       .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"when it was last used", "最近使用时间"}},
};
static const struct body_shape token_shape = {
    .name = "Token", BODY_FIELDS(token_fields), .is = {"a token", "令牌"},
    .example = "{\"id\": \"5f1d0c3a\", \"name\": \"monthly figures\", \"roles\": [\"unit\"], \"assessment\": null, \"units\": null, \"expires\": \"2022-01-31T16:00:00.000Z\", \"used\": null}"};

static const struct body_field token_list_fields[] = {
    {.name = "items", .type = BODY_OBJECTS, .needed = true, .inner = &token_shape, .is = {"the newest first", "新的在前"}},
};
const struct body_shape token_list_shape = {
    .name = "TokenList", BODY_FIELDS(token_list_fields), .is = {"one's own tokens", "本人的令牌"},
    .example = "{\"items\": [{\"id\": \"5f1d0c3a\", \"name\": \"monthly figures\", \"roles\": [\"unit\"], \"assessment\": null, \"units\": null, \"expires\": \"2022-01-31T16:00:00.000Z\", \"used\": null}]}"};
/* clang-format on */

/* Accounts */

static baton_code list_accounts(struct call *call) {
    struct writer *writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    struct account *account;
    size_t count;
    TRY(account_list(call->api->accounts, call->arena, &account, &count, &call->found));
    call_audit_read(call, NULL, "accounts");
    json_object(&json, NULL);
    json_array(&json, "items");
    for (size_t i = 0; i < count; i++) {
        json_object_tight(&json, NULL);
        json_text(&json, "person", account[i].person);
        json_text(&json, "made", time_exact(call->arena, account[i].made_utc_ms));
        json_text(&json, "changed", time_exact(call->arena, account[i].changed_utc_ms));
        json_text(&json, "expires", time_exact(call->arena, account[i].expires_utc_ms));
        json_flag(&json, "first", account[i].is_first);
        json_end(&json);
    }
    json_end(&json);
    json_end(&json);
    answer_unkept(call, 200, writer);
    return BATON_OK;
}

void api_accounts(struct http_request *request, void *api) {
    call_run(request, api, list_accounts);
}

static baton_code tell_first(struct call *call, const char *person, const char *first) {
    struct writer *writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    json_object(&json, NULL);
    json_text(&json, "person", person);
    json_text(&json, "first_password", first);
    json_end(&json);
    answer_unkept(call, 201, writer);
    return BATON_OK;
}

static baton_code make_account(struct call *call) {
    char first[PASSWORD_FIRST_SIZE];
    const void *body;
    TRY(route_body(call->request, &body, &call->found));
    const struct account_wanted *const wanted = body;
    TRY(call_audit_first(call, AUDIT_ACCOUNT_MAKE, wanted->person, NULL));
    TRY(call_audit_after(call,
                         account_make(call->api->accounts, wanted->person, first, &call->found),
                         AUDIT_ACCOUNT_MAKE, wanted->person, NULL));
    return tell_first(call, wanted->person, first);
}

void api_account_make(struct http_request *request, void *api) {
    call_run(request, api, make_account);
}

static baton_code reset_account(struct call *call) {
    const char *const person = http_segment(call->request, "person");
    char first[PASSWORD_FIRST_SIZE];
    TRY(call_audit_first(call, AUDIT_ACCOUNT_RESET, person, NULL));
    TRY(call_audit_after(call,
                         account_reset(call->api->accounts, person, true, first, &call->found),
                         AUDIT_ACCOUNT_RESET, person, NULL));
    return tell_first(call, person, first);
}

void api_account_reset(struct http_request *request, void *api) {
    call_run(request, api, reset_account);
}

static baton_code close_account(struct call *call) {
    const char *const person = http_segment(call->request, "person");
    TRY(call_audit_first(call, AUDIT_ACCOUNT_CLOSE, person, NULL));
    TRY(call_audit_after(call, account_close(call->api->accounts, person, &call->found),
                         AUDIT_ACCOUNT_CLOSE, person, NULL));
    http_answer_nothing(call->request, 204);
    return BATON_OK;
}

void api_account_close(struct http_request *request, void *api) {
    call_run(request, api, close_account);
}

/* Tokens */

static void put_token(struct call *call, struct json *json, const struct token_row *token) {
    const struct signed_in *const scope = &token->scope;
    json_object_tight(json, NULL);
    json_text(json, "id", scope->id);
    json_text(json, "name", token->name);
    json_array_tight(json, "roles");
    for (unsigned role = 0; role < ROLE_COUNT; role++)
        if ((scope->roles >> role & 1) != 0)
            json_text(json, NULL, role_word((enum role)role));
    json_end(json);
    json_text(json, "assessment", scope->assessment[0] != '\0' ? scope->assessment : NULL);
    json_text(json, "units", scope->units[0] != '\0' ? scope->units : NULL);
    json_text(json, "expires", time_exact(call->arena, token->expires_utc_ms));
    json_text(json, "used",
              token->used_utc_ms > 0 ? time_exact(call->arena, token->used_utc_ms) : NULL);
    json_end(json);
}

static baton_code list_tokens(struct call *call) {
    const struct signed_in *const who = &caller_of(call->request)->who;
    struct writer *writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    struct token_row *token = arena_alloc(call->arena, TOKENS_MAX, sizeof *token);
    const size_t count = token_list(call->api->accounts, call_actor(call), token, TOKENS_MAX);
    json_object(&json, NULL);
    json_array(&json, "items");
    for (size_t i = 0; i < count && i < TOKENS_MAX; i++)
        if (!who->is_token || strcmp(token[i].scope.id, who->id) == 0) /* it sees itself alone */
            put_token(call, &json, &token[i]);
    json_end(&json);
    json_end(&json);
    answer_unkept(call, 200, writer);
    return BATON_OK;
}

void api_tokens(struct http_request *request, void *api) {
    call_run(request, api, list_tokens);
}

static baton_code take_roles(struct call *call, const struct body_texts *words, uint32_t *out) {
    *out = 0;
    for (size_t i = 0; i < words->count; i++) {
        enum role role;
        if (!role_of_word(words->text[i], strlen(words->text[i]), &role))
            return call_refuse_at(call, BATON_MEMBER_WORD, "/roles", words->text[i], ROLES, NULL,
                                  NULL);
        *out |= UINT32_C(1) << role;
    }
    return BATON_OK;
}

/* A token is told when that is written; otherwise it is taken back, and nobody knows it. */
static baton_code keep_token(struct call *call, const char *id) {
    const baton_code code = call_audit_write(call, AUDIT_TOKEN_MAKE, NULL, id);
    if (code != BATON_OK) {
        struct baton_findings unheard = {.arena = call->arena};
        const baton_code revoked =
            token_revoke(call->api->accounts, call_actor(call), id, &unheard);
        (void)revoked; /* its text was told to nobody */
    }
    return code;
}

/* Only whoever signed in makes tokens: one that makes others would never end. */
static baton_code make_token(struct call *call) {
    struct writer *writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    char text[TOKEN_TEXT_SIZE], id[SESSION_ID_SIZE];
    const void *body;
    int32_t day = 0;
    TRY(refuse_token(call));
    TRY(route_body(call->request, &body, &call->found));
    const struct token_wanted *const wanted = body;
    struct token_wish wish = {.person = call_actor(call),
                              .name = wanted->name,
                              .assessment = wanted->assessment,
                              .unit = wanted->units.text,
                              .unit_count = wanted->units.count};
    TRY(take_roles(call, &wanted->roles, &wish.roles));
    (void)baton_day_parse(wanted->until, strlen(wanted->until),
                          &day); /* its shape says it is one */
    wish.expires_utc_ms = civil_day_ends_utc_ms(day);
    TRY(token_make(call->api->accounts, &wish, text, id, &call->found));
    TRY(keep_token(call, id));
    json_object(&json, NULL);
    json_text(&json, "id", id);
    json_text(&json, "token", text);
    json_end(&json);
    answer_unkept(call, 201, writer);
    return BATON_OK;
}

void api_token_make(struct http_request *request, void *api) {
    call_run(request, api, make_token);
}

/* A token revokes itself, and no other. */
static baton_code revoke_token(struct call *call) {
    const struct signed_in *const who = &caller_of(call->request)->who;
    if (who->is_token && strcmp(who->id, http_segment(call->request, "token")) != 0)
        return call_refuse(call, BATON_TOKEN_UNKNOWN, http_segment(call->request, "token"), NULL,
                           NULL, NULL);
    TRY(token_revoke(call->api->accounts, call_actor(call), http_segment(call->request, "token"),
                     &call->found));
    call_audit(call, AUDIT_TOKEN_REVOKE, NULL, http_segment(call->request, "token"));
    http_answer_nothing(call->request, 204);
    return BATON_OK;
}

void api_token_revoke(struct http_request *request, void *api) {
    call_run(request, api, revoke_token);
}
