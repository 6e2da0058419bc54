/* A run takes as long as the ledger is large, so it goes on by itself, and is asked about. */
#include "server/api_verify.h"
#include "server/verifying.h"
#include <string.h>

/* clang-format off */
static const struct body_field problem_fields[] = {
    {.name = "name",   .type = BODY_TEXT, .needed = true, .is = {"of the code: see /api/v1/codes", "代码名称，见 /api/v1/codes"}},
    {.name = "detail", .type = BODY_TEXT, .needed = true, .lines = true, .length = 100000, .is = {"what does not hold", "不符之处"}},
};
static const struct body_shape problem_shape = {
    .name = "NotHeld", BODY_FIELDS(problem_fields), .is = {"something that does not hold", "一处不符"},
    .example = "{\"name\": \"HEAD_ROOT\", \"detail\": \"the head of 812 facts has another root\"}"};

#define COUNT(NAME, EN, ZH) {.name = (NAME), .type = BODY_COUNT, .is = {EN, ZH}}
static const struct body_field verified_fields[] = {
    {.name = "state",    .type = BODY_WORD, .needed = true, .words = "none running holds failed", .is = {"none: nothing was verified since the server started; holds: it is what it says", "none 表示启动后尚未核验，running 正在核验，holds 核验通过，failed 未通过"}},
    {.name = "by",       .type = BODY_TEXT, .is = {"who began it", "发起人"}},
    {.name = "begun",    .type = BODY_TEXT, .is = {"when it began", "开始时间"}},
    {.name = "ended",    .type = BODY_TEXT, .is = {"when it ended", "结束时间"}},
    {.name = "doing",    .type = BODY_WORD, .words = "journal postings", .is = {"what is looked at: the journal with its tables and contents, then posted results, scored again", "正在核验的内容：账本及其各表和内容，其后重算已公布结果"}},
    COUNT("done", "so much of it is done", "已完成"),
    COUNT("of", "of so much; 0 = not known yet", "总量，0 表示未知"),
    COUNT("facts", "facts that were read", "事实数"),
    COUNT("heads", "signed heads", "签名凭证数"),
    COUNT("contents", "contents", "内容数"),
    COUNT("content_bytes", "bytes of them", "内容字节数"),
    COUNT("erased", "of them erased", "已删除的内容数"),
    COUNT("postings", "posted results scored again to the same bytes", "重算结果逐字节相同的已公布结果数"),
    {.name = "root",     .type = BODY_TEXT, .is = {"root of the newest head", "最新凭证的根摘要"}},
    {.name = "problems", .type = BODY_OBJECTS, .inner = &problem_shape, .is = {"what does not hold", "不符之处"}},
};
const struct body_shape verified_shape = {
    .name = "Verification", BODY_FIELDS(verified_fields), .is = {"the newest verification", "最近一次核验"},
    .example = "{\"state\": \"holds\", \"by\": \"liu.yang\", \"begun\": \"2021-08-27T01:02:03.004Z\", \"ended\": \"2021-08-27T01:02:05.004Z\", \"facts\": 26725, \"heads\": 12, \"contents\": 40, \"content_bytes\": 812345, \"erased\": 0, \"postings\": 1, \"root\": \"00\", \"problems\": []}"};
/* clang-format on */

static baton_code answer(struct call *call, int status) {
    struct writer *writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    TRY(verifying_json(call->api->verifying, call->arena, call->request->language, &json));
    const char *text = writer_text_of(writer);
    http_answer(call->request, status, form_media[FORM_JSON], text, strlen(text));
    return BATON_OK;
}

static baton_code begin(struct call *call) {
    const baton_code code = verifying_begin(call->api->verifying, call_actor(call));
    if (code == BATON_VERIFY_RUNNING)
        return call_refuse(call, code, NULL, NULL, NULL, NULL);
    TRY(code);
    return answer(call, 202);
}

void api_verify(struct http_request *request, void *api) {
    call_run(request, api, begin);
}

static baton_code tell(struct call *call) {
    return answer(call, 200);
}

void api_verified(struct http_request *request, void *api) {
    call_run(request, api, tell);
}
