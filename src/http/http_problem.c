/* Problems, from findings. */
#include "http/http_problem.h"
#include "base/json.h"
#include <assert.h>

const char http_problem_media[] = "application/problem+json";

/* clang-format off */
static const struct {
    int status;
    const char *title[2]; /* by enum baton_language */
} titles[] = {
    {400, {"The request is malformed", "请求有误"}},
    {401, {"Sign in first", "尚未登录"}},
    {403, {"Not allowed", "无权办理"}},
    {404, {"Not found", "未找到"}},
    {405, {"The method is not allowed here", "不支持该方法"}},
    {406, {"Not in a form that is accepted", "没有可接受的格式"}},
    {409, {"In conflict with what is there", "与现有内容冲突"}},
    {410, {"Gone", "已不存在"}},
    {412, {"Changed meanwhile", "内容已有变化"}},
    {413, {"Too large", "内容过大"}},
    {414, {"The address is too long", "请求地址过长"}},
    {415, {"A media type that is not taken", "不支持的内容类型"}},
    {422, {"The content is not sound", "内容不符合要求"}},
    {428, {"A condition is needed", "须带前提条件"}},
    {429, {"Too many requests", "请求过于频繁"}},
    {431, {"The head is too large", "请求头部过大"}},
    {500, {"Something failed", "服务器内部出错"}},
    {503, {"Not now", "暂时无法受理"}},
};
/* clang-format on */

static const char *title_of(int status, enum baton_language language) {
    for (size_t i = 0; i < LENGTH(titles); i++)
        if (titles[i].status == status)
            return titles[i].title[language];
    return language == BATON_ZH ? "未能办理" : "Not done";
}

static const char *severity_word(enum baton_severity severity) {
    return severity == BATON_ERROR ? "error" : severity == BATON_WARNING ? "warning" : "note";
}

static const char *text_or_null(const char *text) {
    return text[0] == '\0' ? NULL : text;
}

static void put_place(struct json *json, const struct baton_where *where) {
    const bool is_pointer = where->field != NULL && where->field[0] == '/';
    json_text_if(json, "pointer", is_pointer ? where->field : NULL);
    json_text_if(json, "file", where->file);
    if (where->row > 0)
        json_count(json, "row", where->row);
    if (where->column > 0)
        json_count(json, "column", where->column);
    json_text_if(json, "field", is_pointer ? NULL : where->field);
}

static void put_error(struct json *json, struct baton_arena *arena,
                      const struct baton_finding *finding, enum baton_language language) {
    const struct baton_code_info *const info = baton_code_info(finding->code);
    json_object_tight(json, NULL);
    json_count(json, "code", (uint64_t)info->number);
    json_text(json, "name", info->name);
    json_text(json, "severity", severity_word(info->severity));
    json_text(json, "detail", baton_finding_message(arena, finding, language));
    json_text_if(json, "advice", text_or_null(baton_finding_advice(arena, finding, language)));
    put_place(json, &finding->where);
    json_end(json);
}

const struct baton_finding *http_problem_main(const struct baton_findings *found) {
    assert(found->count > 0);
    for (size_t i = 0; i < found->count; i++)
        if (baton_code_info(found->item[i].code)->severity == BATON_ERROR)
            return &found->item[i];
    return &found->item[0];
}

const char *http_problem_text(struct baton_arena *arena, const struct baton_findings *found,
                              enum baton_language language, const char *request_id, int *status) {
    const struct baton_finding *const main = http_problem_main(found);
    const struct baton_code_info *const info = baton_code_info(main->code);
    struct writer *const writer = writer_memory(arena);
    struct json json = json_to(writer);
    if (*status == 0)
        *status = info->http;
    json_object(&json, NULL);
    json_text(&json, "type", arena_printf(arena, "urn:baton:code:%d", info->number));
    json_text(&json, "title", title_of(*status, language));
    json_count(&json, "status", (uint64_t)*status);
    json_text(&json, "detail", baton_finding_message(arena, main, language));
    json_count(&json, "code", (uint64_t)info->number);
    json_text(&json, "name", info->name);
    json_text_if(&json, "advice", text_or_null(baton_finding_advice(arena, main, language)));
    json_text(&json, "request", request_id);
    json_array(&json, "errors");
    for (size_t i = 0; i < found->count; i++)
        put_error(&json, arena, &found->item[i], language);
    json_end(&json);
    if (found->left_out > 0)
        json_count(&json, "errors_left_out", found->left_out);
    json_end(&json);
    return writer_text_of(writer);
}
