/* Problems: what stands in them, in both languages; and of each code of this layer. */
#include "base/arena.h"
#include "http/http_problem.h"
#include "unit/test.h"
#include <string.h>

struct telling {
    struct baton_arena *arena;
};

static baton_code several(void *context) {
    const struct telling *const telling = context;
    struct baton_findings found = {.arena = telling->arena};
    const struct baton_where row = {"indicators.csv", 7, 3, "weight"};
    const struct baton_where pointer = {NULL, 0, 0, "/facts/3/unit"};
    baton_findings_add(&found, BATON_ENCODING_CONVERTED, (struct baton_where){0}, NULL, NULL, NULL,
                       NULL);
    baton_findings_add(&found, BATON_WEIGHT_NEGATIVE, row, "-1", NULL, NULL, NULL);
    baton_findings_add(&found, BATON_FIELD_EMPTY, pointer, "a \"quoted\" name", NULL, NULL, NULL);
    int status = 0;
    CHECK_TEXT(http_problem_text(telling->arena, &found, BATON_ZH, "0id", &status),
               "{\n"
               "  \"type\": \"urn:baton:code:2101\",\n"
               "  \"title\": \"内容不符合要求\",\n"
               "  \"status\": 422,\n"
               "  \"detail\": \"权重应为不小于零的数，不能是 -1\",\n"
               "  \"code\": 2101,\n"
               "  \"name\": \"WEIGHT_NEGATIVE\",\n"
               "  \"advice\": \"不适用的指标，权重填 0\",\n"
               "  \"request\": \"0id\",\n"
               "  \"errors\": [\n"
               "    {\"code\": 2103, \"name\": \"ENCODING_CONVERTED\", \"severity\": \"note\", "
               "\"detail\": \"文件为 GB18030 编码，已按该编码读取\", "
               "\"advice\": \"建议另存为 UTF-8 编码（表格存为“CSV UTF-8”），以免个别字符有误\"},\n"
               "    {\"code\": 2101, \"name\": \"WEIGHT_NEGATIVE\", \"severity\": \"error\", "
               "\"detail\": \"权重应为不小于零的数，不能是 -1\", "
               "\"advice\": \"不适用的指标，权重填 0\", \"file\": \"indicators.csv\", \"row\": 7, "
               "\"column\": 3, \"field\": \"weight\"},\n"
               "    {\"code\": 2116, \"name\": \"FIELD_EMPTY\", \"severity\": \"error\", "
               "\"detail\": \"“a \\\"quoted\\\" name”为空\", "
               "\"advice\": \"每一行都必须填写\", \"pointer\": \"/facts/3/unit\"}\n"
               "  ]\n"
               "}\n");
    CHECK_INT(status, 422);
    return BATON_OK;
}

TEST(problem_of_findings) {
    struct telling telling = {arena_open()};
    CHECK_INT(arena_run(telling.arena, several, &telling), BATON_OK);
    arena_close(telling.arena);
}

/* clang-format off */
static const struct {
    baton_code code;
    int status;
    const char *arg[2];
    const char *detail[2], *advice[2]; /* NULL = there is none */
} codes[] = {
    {BATON_REQUEST_MALFORMED, 400, {"Host is missing", "缺少 Host"}, {"this is no sound request: Host is missing", "请求不符合 HTTP 规范：缺少 Host"}, {NULL, NULL}},
    {BATON_ROUTE_UNKNOWN, 404, {"/x", NULL}, {"there is nothing at /x", "没有 /x 这一地址"}, {NULL, NULL}},
    {BATON_METHOD_NOT_ALLOWED, 405, {"PUT", "GET, HEAD"}, {"PUT is not possible here", "此处不支持 PUT 方法"}, {"there are: GET, HEAD", "可用的方法：GET, HEAD"}},
    {BATON_BODY_TOO_LARGE, 413, {"1000", NULL}, {"the body may have at most 1000 bytes here", "此处的请求体最多 1000 字节"}, {NULL, NULL}},
    {BATON_MEDIA_UNKNOWN, 415, {"a/b", "c/d"}, {"a body of the media type 'a/b' is not taken here", "此处不接受内容类型为“a/b”的请求体"}, {"send it as c/d, in UTF-8", "请以 c/d（UTF-8 编码）发送"}},
    {BATON_FORM_REPORTER, 422, {"chen.li", "a, b"}, {"of whose figures is the form to be? chen.li reports for a, b", "须指明由哪个单位报送：chen.li 可报送 a, b"}, {"name the unit: reporter=UNIT", "请指明单位：reporter=单位"}},
    {BATON_MEDIA_UNKNOWN, 415, {NULL, NULL}, {"a body of no media type is not taken here", "此处不接受未注明内容类型的请求体"}, {"say what it is: Content-Type", "请用 Content-Type 注明"}},
    {BATON_CONTENT_CODED, 415, {NULL, NULL}, {"compressed bodies are not taken", "不接受压缩的请求体"}, {"send it without Content-Encoding", "请勿使用 Content-Encoding"}},
    {BATON_TARGET_TOO_LONG, 414, {NULL, NULL}, {"the address is too long", "请求地址过长"}, {"it may have 8192 bytes", "最多 8192 字节"}},
    {BATON_HEAD_TOO_LARGE, 431, {NULL, NULL}, {"the head of the request is too large", "请求头部过大"}, {"it may have 16384 bytes and 100 lines", "最多 16384 字节、100 行"}},
    {BATON_PRECONDITION, 412, {NULL, NULL}, {"it is no longer what you have, or there already", "内容已有变化，或已存在"}, {"read it again, look at what changed, and send it again", "请重新读取，核对变化后再提交"}},
    {BATON_SERVER_BUSY, 503, {NULL, NULL}, {"the server has too much to do", "服务器繁忙"}, {"try again in a moment", "请稍后再试"}},
    {BATON_SERVER_FAILED, 500, {NULL, NULL}, {"the server could not answer this", "服务器未能处理该请求"}, {"tell whoever runs it, with the id of the request", "请将请求编号告知系统管理员"}},
};
/* clang-format on */

static baton_code each_code(void *context) {
    const struct telling *const telling = context;
    for (size_t i = 0; i < LENGTH(codes); i++)
        for (unsigned k = 0; k < 2; k++) {
            CASE("%s, language %u", baton_code_info(codes[i].code)->name, k);
            struct baton_findings found = {.arena = telling->arena};
            baton_findings_add(&found, codes[i].code, (struct baton_where){0}, codes[i].arg[0],
                               codes[i].arg[1], NULL, NULL);
            int status = 0;
            const char *const text =
                http_problem_text(telling->arena, &found, (enum baton_language)k, "0id", &status);
            CHECK_INT(status, codes[i].status);
            CHECK(strstr(text, arena_printf(telling->arena, "\n  \"detail\": \"%s\",",
                                            codes[i].detail[k])) != NULL);
            if (codes[i].advice[k] != NULL)
                CHECK(strstr(text, arena_printf(telling->arena, "\n  \"advice\": \"%s\",",
                                                codes[i].advice[k])) != NULL);
            else
                CHECK(strstr(text, "\"advice\"") == NULL);
        }
    return BATON_OK;
}

TEST(problem_of_codes) {
    struct telling telling = {arena_open()};
    CHECK_INT(arena_run(telling.arena, each_code, &telling), BATON_OK);
    arena_close(telling.arena);
}

/* More findings of a file than are kept are counted. */
static baton_code many(void *context) {
    const struct telling *const telling = context;
    struct baton_findings found = {.arena = telling->arena};
    for (uint32_t i = 1; i <= BATON_FINDINGS_PER_FILE + 5; i++)
        baton_findings_add(&found, BATON_FIELD_EMPTY, (struct baton_where){"a.csv", i, 0, NULL},
                           "unit", NULL, NULL, NULL);
    int status = 0;
    const char *const text = http_problem_text(telling->arena, &found, BATON_EN, "0id", &status);
    CHECK(strstr(text, "\n  \"errors_left_out\": 5\n") != NULL);
    return BATON_OK;
}

TEST(problem_of_many) {
    struct telling telling = {arena_open()};
    CHECK_INT(arena_run(telling.arena, many, &telling), BATON_OK);
    arena_close(telling.arena);
}
