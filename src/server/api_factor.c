/* The second factor is turned on in two steps, so that nobody locks themselves out. Secret and recovery codes are in one answer and told to nobody again. */
#include "server/api_factor.h"
#include "base/json.h"
#include "server/api_session.h"
#include "server/gate.h"
#include <stddef.h>
#include <string.h>

struct confirming {
    const char *code;
};

/* clang-format off */
static const struct body_field factor_fields[] = {
    {.name = "on",             .type = BODY_FLAG,  .needed = true, .is = {"a sign-in takes a code", "登录须输入动态口令"}},
    {.name = "recovery_codes", .type = BODY_COUNT, .needed = true, .most = 100, .is = {"recovery codes that are left", "剩余备用码个数"}},
};
const struct body_shape factor_shape = {
    .name = "Factor", BODY_FIELDS(factor_fields), .is = {"one's second factor", "本人的动态验证码"},
    .example = "{\"on\": true, \"recovery_codes\": 8}"};

static const struct body_field factor_begun_fields[] = {
    {.name = "secret", .type = BODY_TEXT, .needed = true, .is = {"to be typed into an authenticator", "供手工录入验证器的密钥"}},
    {.name = "uri",    .type = BODY_TEXT, .needed = true, .is = {"the same as an authenticator reads it from a square code", "同一密钥，供验证器扫码"}},
};
const struct body_shape factor_begun_shape = {
    .name = "FactorBegun", BODY_FIELDS(factor_begun_fields), .is = {"a second factor that is not on yet", "尚未生效的动态验证码"},
    .example = "{\"secret\": \"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\", \"uri\": \"otpauth://totp/Baton:li.wei?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Baton\"}"};

static const struct body_field factor_confirm_fields[] = {
    {.name = "code", .type = BODY_TEXT, .needed = true, .length = 40, .offset = offsetof(struct confirming, code), .is = {"what the authenticator shows now", "验证器当前显示的动态口令"}},
};
const struct body_shape factor_confirm_shape = {
    .name = "FactorConfirm", BODY_FIELDS(factor_confirm_fields), .size = sizeof(struct confirming), .is = {"a first code", "首个动态口令"},
    .example = "{\"code\": \"287082\"}"};

static const struct body_field factor_on_fields[] = {
    {.name = "recovery", .type = BODY_TEXTS, .needed = true, .is = {"told once; each signs in once in place of a code", "仅显示一次；每个可代替动态口令使用一次"}},
};
const struct body_shape factor_on_shape = {
    .name = "FactorOn", BODY_FIELDS(factor_on_fields), .is = {"recovery codes", "备用码"},
    .example = "{\"recovery\": [\"k7m2-qpwx-z4h9-rtcd\"]}"};
/* clang-format on */

static baton_code show_factor(struct call *call) {
    struct writer *writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    struct account_state state;
    TRY(account_state(call->api->accounts, call_actor(call), &state, &call->found));
    json_object(&json, NULL);
    json_flag(&json, "on", state.has_factor);
    json_count(&json, "recovery_codes", state.recovery_codes);
    json_end(&json);
    answer_unkept(call, 200, writer);
    return BATON_OK;
}

void api_factor(struct http_request *request, void *api) {
    call_run(request, api, show_factor);
}

static baton_code begin(struct call *call) {
    struct writer *writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    const char *secret, *uri;
    TRY(refuse_token(call));
    TRY(second_factor_begin(call->api->accounts, call->arena, call_actor(call), &secret, &uri,
                            &call->found));
    json_object(&json, NULL);
    json_text(&json, "secret", secret);
    json_text(&json, "uri", uri);
    json_end(&json);
    answer_unkept(call, 201, writer);
    return BATON_OK;
}

void api_factor_begin(struct http_request *request, void *api) {
    call_run(request, api, begin);
}

static baton_code confirm(struct call *call) {
    struct writer *writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    char recovery[RECOVERY_CODES][RECOVERY_CODE_SIZE];
    const void *body;
    TRY(refuse_token(call));
    TRY(route_body(call->request, &body, &call->found));
    const struct confirming *const confirming = body;
    TRY(second_factor_confirm(call->api->accounts, call_actor(call), confirming->code, recovery,
                              &call->found));
    call_audit(call, AUDIT_FACTOR_ON, NULL, NULL);
    json_object(&json, NULL);
    json_array(&json, "recovery");
    for (size_t i = 0; i < RECOVERY_CODES; i++)
        json_text(&json, NULL, recovery[i]);
    json_end(&json);
    json_end(&json);
    answer_unkept(call, 201, writer);
    return BATON_OK;
}

void api_factor_confirm(struct http_request *request, void *api) {
    call_run(request, api, confirm);
}

static baton_code turn_off(struct call *call) {
    struct sign_in_seen seen;
    const void *body;
    TRY(refuse_token(call));
    TRY(route_body(call->request, &body, &call->found));
    const struct sign_in in = proof_of(call, body, &seen);
    TRY(call_audit_first(call, AUDIT_FACTOR_OFF, NULL, NULL));
    const baton_code code = second_factor_off(call->api->accounts, &in, &call->found);
    TRY(call_audit_after(call, code, AUDIT_FACTOR_OFF, NULL, NULL));
    http_answer_nothing(call->request, 204);
    return BATON_OK;
}

void api_factor_off(struct http_request *request, void *api) {
    call_run(request, api, turn_off);
}
