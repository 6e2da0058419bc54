/* The shape of problems, as http_problem.c writes them. */
#include "server/openapi.h"

/* clang-format off */
static const struct body_field error_fields[] = {
    {.name = "code",     .type = BODY_COUNT, .needed = true, .least = 1000, .most = 9999, .is = {"number of a code", "代码编号"}},
    {.name = "name",     .type = BODY_TEXT,  .needed = true, .is = {"name of the code", "代码名称"}},
    {.name = "severity", .type = BODY_WORD,  .needed = true, .words = "note warning error", .is = {"severity", "严重程度"}},
    {.name = "detail",   .type = BODY_TEXT,  .needed = true, .lines = true, .length = 100000, .is = {"what is wrong", "问题说明"}},
    {.name = "advice",   .type = BODY_TEXT,  .lines = true, .length = 100000, .is = {"what to do", "处理建议"}},
    {.name = "pointer",  .type = BODY_TEXT,  .length = 100000, .is = {"JSON pointer (RFC 6901) into the body", "在请求体中的位置（JSON 指针，RFC 6901）"}},
    {.name = "file",     .type = BODY_TEXT,  .length = 100000, .is = {"file of what was sent", "所在文件"}},
    {.name = "row",      .type = BODY_COUNT, .least = 1, .is = {"line, from 1", "行号，自 1 起"}},
    {.name = "column",   .type = BODY_COUNT, .least = 1, .is = {"character of the line, from 1", "列号（字符），自 1 起"}},
    {.name = "field",    .type = BODY_TEXT,  .length = 100000, .is = {"column of a table, or parameter", "字段或参数名称"}},
};
static const struct body_shape error_shape = {
    .name = "Error", BODY_FIELDS(error_fields), .is = {"one thing that is wrong", "一处问题"},
    .example = "{\"code\": 5739, \"name\": \"QUERY_UNKNOWN\", \"severity\": \"error\", \"detail\": \"there is no parameter 'limt' here\", \"field\": \"limt\"}"};

static const struct body_field problem_fields[] = {
    {.name = "type",            .type = BODY_TEXT,    .needed = true, .is = {"urn:baton:code: and the number of the code", "urn:baton:code: 加代码编号"}},
    {.name = "title",           .type = BODY_TEXT,    .needed = true, .is = {"the status in words", "状态说明"}},
    {.name = "status",          .type = BODY_COUNT,   .needed = true, .least = 200, .most = 599, .is = {"HTTP status", "HTTP 状态"}},
    {.name = "detail",          .type = BODY_TEXT,    .needed = true, .lines = true, .length = 100000, .is = {"what is wrong", "问题说明"}},
    {.name = "code",            .type = BODY_COUNT,   .needed = true, .least = 1000, .most = 9999, .is = {"number of the code, as commands have it", "代码编号，与命令行一致"}},
    {.name = "name",            .type = BODY_TEXT,    .needed = true, .is = {"name of the code", "代码名称"}},
    {.name = "advice",          .type = BODY_TEXT,    .lines = true, .length = 100000, .is = {"what to do", "处理建议"}},
    {.name = "request",         .type = BODY_TEXT,    .needed = true, .is = {"id of the request, as in the log of the server", "请求编号，与服务器日志一致"}},
    {.name = "errors",          .type = BODY_OBJECTS, .needed = true, .inner = &error_shape, .is = {"everything that is wrong, at most 100", "全部问题，最多列 100 处"}},
    {.name = "errors_left_out", .type = BODY_COUNT,   .least = 1, .is = {"how many more there are", "未列出的问题数"}},
};
const struct body_shape problem_shape = {
    .name = "Problem", BODY_FIELDS(problem_fields), .is = {"why it was not done (RFC 9457)", "未能办理的原因（RFC 9457）"},
    .example = "{\"type\": \"urn:baton:code:5739\", \"title\": \"The request is malformed\", \"status\": 400, \"detail\": \"there is no parameter 'limt' here\", \"code\": 5739, "
               "\"name\": \"QUERY_UNKNOWN\", \"advice\": \"did you mean 'limit'? there are: limit\", \"request\": \"0000000000000001\", "
               "\"errors\": [{\"code\": 5739, \"name\": \"QUERY_UNKNOWN\", \"severity\": \"error\", \"detail\": \"there is no parameter 'limt' here\", \"field\": \"limt\"}]}"};
/* clang-format on */
