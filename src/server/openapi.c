/* The document is written from top to bottom as the tables are walked: paths in the order of routes.def, all methods of a path together where the first of them stands; then the schemas
 * of all shapes that routes name.
 *
 * Which problems may come follows from the row: some codes from every route, some from those that take a query or a body or ask for an account, and the row's own. */
#include "server/openapi.h"
#include "base/arena.h"
#include "base/json.h"
#include "server/gate.h"
#include "server/grave.h"
#include "server/schema.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const char from_all[] =
    "REQUEST_MALFORMED ROUTE_UNKNOWN METHOD_NOT_ALLOWED BODY_TOO_LARGE MEDIA_UNKNOWN CONTENT_CODED "
    "TARGET_TOO_LONG HEAD_TOO_LARGE RATE_LIMITED SERVER_BUSY SERVER_FAILED QUERY_UNKNOWN NO_MEMORY";
static const char from_query[] = "NAME_TWICE MEMBER_NEEDED MEMBER_LONG MEMBER_EMPTY MEMBER_FORM "
                                 "MEMBER_COUNT MEMBER_WORD NUMBER_BAD";
static const char from_position[] = "NUMBER_BAD";
static const char from_body[] =
    "JSON_SYNTAX JSON_ENDS JSON_TRAILING JSON_UTF8 JSON_NUL JSON_NUMBER JSON_DEPTH JSON_LARGE "
    "NAME_TWICE MEMBER_UNKNOWN MEMBER_NEEDED MEMBER_TYPE MEMBER_LONG MEMBER_EMPTY MEMBER_FORM "
    "MEMBER_COUNT MEMBER_FIGURE MEMBER_WORD";
static const char from_account[] = "SIGN_IN_NEEDED SCOPE_LACKING";
static const char from_working[] = "FACTOR_DUE";
static const char from_raised[] = "SESSION_NOT_RAISED";
static const char from_roles[] = "ROUTE_ROLE SCOPE_LACKING";
static const char from_posts[] = "POST_NONE READING_LACKING";
static const char from_writing[] = "CSRF_WRONG";
static const char from_changing[] = "PRECONDITION";
static const char from_reading[] = "CONTENT_ERASED CONTENT_MISSING CONTENT_WRONG";
static const char key_needed[] = "REQUEST_KEY_NEEDED";

struct document {
    struct baton_arena *arena;
    struct json json;
    enum baton_language language;
    struct schema_set shapes;
};

/* One of two texts, by language. */
static const char *in(const struct document *document, const char *en, const char *zh) {
    return document->language == BATON_ZH ? zh : en;
}

static const struct baton_code_info *code_of(const char *name, size_t size) {
    unsigned count;
    const struct baton_code_info *const code = baton_code_list(&count);
    for (unsigned i = 0; i < count; i++)
        if (strlen(code[i].name) == size && memcmp(code[i].name, name, size) == 0)
            return &code[i];
    return NULL;
}

struct code_list {
    struct baton_arena *arena;
    const struct baton_code_info **code;
    size_t count, capacity;
};

static void add_code(struct code_list *list, const struct baton_code_info *code) {
    for (size_t i = 0; i < list->count; i++)
        if (list->code[i] == code)
            return;
    *ARRAY_PUSH(list->arena, list->code, list->count, list->capacity) = code;
}

/* Everything that can be wrong with a package. */
static void add_package_codes(struct code_list *list) {
    unsigned count;
    const struct baton_code_info *const code = baton_code_list(&count);
    for (unsigned i = 0; i < count; i++)
        if (route_is_of_package(&code[i]) && code[i].severity == BATON_ERROR && code[i].http >= 400)
            add_code(list, &code[i]);
}

static void add_codes(struct code_list *list, const char *names) {
    size_t size;
    const char *name;
    for (size_t n = 0; (name = body_word_at(names, n, &size)) != NULL; n++) {
        const struct baton_code_info *const code = code_of(name, size);
        assert(code != NULL);
        add_code(list, code);
    }
}

/* What a part of the path may lack is 404, and nothing of a package that was sent is. */
static void settle_statuses(struct code_list *list, const struct route *route, bool is_sent) {
    for (size_t i = 0; i < list->count; i++) {
        const struct baton_code_info *const code = list->code[i];
        const bool is_missed = route_may_miss(route, code->name);
        const bool is_of_package = is_sent && code->http == 404 && route_is_of_package(code);
        if (!is_missed && !is_of_package)
            continue;
        struct baton_code_info *const copy = arena_alloc(list->arena, 1, sizeof *copy);
        *copy = *code;
        copy->http = is_missed ? 404 : 422;
        list->code[i] = copy;
    }
}

static int by_status(const void *left, const void *right) {
    const struct baton_code_info *const a = *(const struct baton_code_info *const *)left;
    const struct baton_code_info *const b = *(const struct baton_code_info *const *)right;
    return a->http != b->http ? a->http - b->http : a->number - b->number;
}

/* Whether it asks for more than an account. */
static bool has_roles(const struct route *route) {
    return (route->roles & (ROUTE_ANYBODY | ROUTE_SIGNED_IN)) == 0;
}

/* Whether it changes what is there, so that a tag can guard it. */
static bool changes(const struct route *route) {
    return route->method == HTTP_PUT || route->method == HTTP_PATCH;
}

/* Whether each request has to have a key of its own: it may say so by its codes. */
static bool has_key(const struct route *route) {
    size_t size;
    const char *name;
    for (size_t n = 0; (name = body_word_at(route->codes, n, &size)) != NULL; n++)
        if (strlen(key_needed) == size && memcmp(name, key_needed, size) == 0)
            return true;
    return false;
}

/* Whether its body is a package, a part of one, a sheet or a form; whether it reads a package out of the ledger, which need not be sound either: they say so by a code that only these have. */
static bool takes_package(const struct route *route) {
    return strstr(route->codes, "PACKAGE_OUTSIDE") != NULL ||
           strstr(route->codes, "SHEET_ARCHIVE") != NULL ||
           strstr(route->codes, "FORM_NONE") != NULL ||
           (route->body_max > 0 && strstr(route->codes, "DRAFT") != NULL);
}

static bool reads_package(const struct route *route) {
    return strstr(route->codes, "SCHEME_NONE") != NULL ||
           strstr(route->codes, "SCHEME_VERSION") != NULL;
}

const struct baton_code_info **openapi_codes(struct baton_arena *arena, const struct route *route,
                                             size_t *count) {
    struct code_list list = {.arena = arena};
    add_codes(&list, from_all);
    if (route->query != NULL && route->query != &route_any_query)
        add_codes(&list, from_query);
    if (strstr(route->pattern, "{position}") != NULL)
        add_codes(&list, from_position);
    if (route->body != NULL)
        add_codes(&list, from_body);
    if ((route->roles & ROUTE_ANYBODY) == 0)
        add_codes(&list, from_account);
    if ((route->roles & ROUTE_ANYBODY) == 0 && !grave_is_setup(route))
        add_codes(&list, from_working);
    if (grave_is_raised(route))
        add_codes(&list, from_raised);
    if (has_roles(route))
        add_codes(&list, from_roles);
    if ((route->roles & ROUTE_ANYBODY) == 0 && route->scope != SCOPE_OWN)
        add_codes(&list, from_posts);
    if (route->method != HTTP_GET)
        add_codes(&list, from_writing);
    if (changes(route))
        add_codes(&list, from_changing);
    add_codes(&list, route->codes);
    if (reads_package(route))
        add_codes(&list, from_reading);
    if (takes_package(route) || reads_package(route))
        add_package_codes(&list);
    settle_statuses(&list, route, takes_package(route));
    assert(list.code != NULL); /* some come from every route */
    qsort(list.code, list.count, sizeof(*list.code), by_status);
    *count = list.count;
    return list.code;
}

/* Parameters */

static void put_parameter(struct document *document, const struct body_field *field,
                          const char *place) {
    struct json *const json = &document->json;
    json_object(json, NULL);
    json_text(json, "name", field->name);
    json_text(json, "in", place);
    json_flag(json, "required", field->needed);
    json_text_if(json, "description", field->is[document->language]);
    schema_field(json, "schema", field, true, document->language);
    json_end(json);
}

static void refer(struct document *document, const char *to) {
    json_object_tight(&document->json, NULL);
    json_text(&document->json, "$ref", to);
    json_end(&document->json);
}

static void put_parameters(struct document *document, const struct route *route) {
    json_array(&document->json, "parameters");
    for (const char *at = strchr(route->pattern, '{'); at != NULL; at = strchr(at, '{')) {
        const size_t size = strcspn(++at, "}");
        const struct body_field *const segment = route_segment(at, size);
        assert(segment != NULL);
        put_parameter(document, segment, "path");
    }
    for (size_t i = 0; route->query != NULL && i < route->query->count; i++)
        put_parameter(document, &route->query->field[i], "query");
    refer(document, "#/components/parameters/language");
    if (route->method == HTTP_GET)
        refer(document, "#/components/parameters/if_none_match");
    else if ((route->roles & ROUTE_ANYBODY) == 0)
        refer(document, "#/components/parameters/csrf_token");
    if (has_key(route))
        refer(document, "#/components/parameters/idempotency_key");
    if (changes(route))
        refer(document, "#/components/parameters/if_match");
    json_end(&document->json);
}

/* Rights */

static void put_rights(struct document *document, const struct route *route) {
    static const char *const scope[] = {[SCOPE_LEDGER] = "ledger",
                                        [SCOPE_ASSESSMENT] = "assessment",
                                        [SCOPE_UNIT] = "unit",
                                        [SCOPE_OWN] = "own"};
    struct json *const json = &document->json;
    json_array_tight(json, "x-roles");
    if ((route->roles & ROUTE_ANYBODY) != 0)
        json_text(json, NULL, "anybody");
    if ((route->roles & ROUTE_SIGNED_IN) != 0)
        json_text(json, NULL, "signed_in");
    for (unsigned role = 0; role < ROLE_COUNT; role++)
        if ((route->roles >> role & 1) != 0)
            json_text(json, NULL, role_word((enum role)role));
    json_end(json);
    json_text(json, "x-scope", scope[route->scope]);
    if ((route->roles & ROUTE_ANYBODY) != 0) { /* which nothing else says than an empty list */
        json_array_tight(json, "security");
        json_end(json);
    }
}

/* Bodies and answers */

static void put_body(struct document *document, const struct route *route) {
    struct json *const json = &document->json;
    if (route->body_max == 0)
        return;
    json_object(json, "requestBody");
    json_flag(json, "required", true);
    json_object(json, "content");
    json_object(json, route->body != NULL ? "application/json" : "*/*");
    if (route->body != NULL)
        schema_refer(json, "schema", route->body);
    json_end(json);
    json_end(json);
    json_count(json, "x-size-max", route->body_max);
    json_end(json);
}

/* Of every answer; with its tag where it can be asked for again. */
static void put_headers(struct document *document, bool is_tagged) {
    struct json *const json = &document->json;
    json_object(json, "headers");
    json_object_tight(json, "X-Request-Id");
    json_text(json, "$ref", "#/components/headers/request_id");
    json_end(json);
    if (is_tagged) {
        json_object_tight(json, "ETag");
        json_text(json, "$ref", "#/components/headers/tag");
        json_end(json);
    }
    json_end(json);
}

static void put_success(struct document *document, const struct route *route, const char *status,
                        const char *is) {
    struct json *const json = &document->json;
    size_t size;
    const char *media;
    json_object(json, status);
    json_text(json, "description", is);
    put_headers(document, route->method == HTTP_GET);
    if (*route->media != '\0')
        json_object(json, "content");
    for (size_t i = 0; (media = body_word_at(route->media, i, &size)) != NULL; i++) {
        if (*media >= '0' && *media <= '9') /* the status */
            continue;
        const char *const name = arena_text(document->arena, media, size);
        json_object(json, name);
        if (route->answer != NULL && strcmp(name, "application/json") == 0)
            schema_refer(json, "schema", route->answer);
        json_end(json);
    }
    if (*route->media != '\0')
        json_end(json);
    json_end(json);
}

/* What is posted makes something new; what has a key and was stored before is there already. */
static void put_answer(struct document *document, const struct route *route) {
    struct json *const json = &document->json;
    const char *const done = in(document, "done", "成功");
    if (*route->media == '\0')
        put_success(document, route, "204", done);
    else if (route->method != HTTP_POST)
        put_success(document, route, "200", done);
    else
        put_success(document, route, route_success(route), done);
    if (route->method == HTTP_POST && has_key(route))
        put_success(document, route, "200",
                    in(document, "stored before, under the same key", "先前已以同一键受理"));
    if (strstr(route->codes, "RANGE_OUTSIDE") != NULL)
        put_success(document, route, "206",
                    in(document, "the part that was asked for: Range", "所求范围的内容（Range）"));
    if (route->method == HTTP_GET) {
        json_object(json, "304");
        json_text(
            json, "description",
            in(document, "what the client has already", "内容未变，客户端可继续使用已有内容"));
        json_end(json);
    }
}

/* The codes of one status, from `from` on; returns the index behind the last. */
static size_t put_problem(struct document *document, const struct baton_code_info *const *code,
                          size_t count, size_t from) {
    struct json *const json = &document->json;
    const char *names = code[from]->name;
    size_t end = from + 1;
    for (; end < count && code[end]->http == code[from]->http; end++)
        names = arena_printf(document->arena, "%s, %s", names, code[end]->name);
    json_object(json, arena_printf(document->arena, "%d", code[from]->http));
    json_text(json, "description", names);
    json_array_tight(json, "x-codes");
    for (size_t i = from; i < end; i++)
        json_text(json, NULL, code[i]->name);
    json_end(json);
    put_headers(document, false);
    json_object(json, "content");
    json_object(json, "application/problem+json");
    schema_refer(json, "schema", &problem_shape);
    json_end(json);
    json_end(json);
    json_end(json);
    return end;
}

static void put_answers(struct document *document, const struct route *route) {
    size_t count;
    const struct baton_code_info **const code = openapi_codes(document->arena, route, &count);
    json_object(&document->json, "responses");
    put_answer(document, route);
    for (size_t i = 0; i < count;) /* those below 400 are no problems, but said of what was done */
        i = code[i]->http < 400 ? i + 1 : put_problem(document, code, count, i);
    json_end(&document->json);
}

/* Paths */

static const char *lower_case(struct baton_arena *arena, const char *text) {
    char *out = arena_text(arena, text, strlen(text));
    for (char *at = out; *at != '\0'; at++)
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
    return out;
}

static void put_operation(struct document *document, const struct route *route) {
    struct json *const json = &document->json;
    json_object(json, lower_case(document->arena, http_method_word(route->method)));
    json_text(json, "operationId", route->name);
    json_text(json, "summary", route->is[document->language]);
    put_rights(document, route);
    put_parameters(document, route);
    put_body(document, route);
    put_answers(document, route);
    json_end(json);
}

static bool is_first_of_path(const struct route *route, size_t at) {
    for (size_t i = 0; i < at; i++)
        if (strcmp(route[i].pattern, route[at].pattern) == 0)
            return false;
    return true;
}

static void put_paths(struct document *document) {
    size_t count;
    const struct route *const route = routes(&count);
    json_object(&document->json, "paths");
    for (size_t i = 0; i < count; i++) {
        if (!is_first_of_path(route, i))
            continue;
        json_object(&document->json, route[i].pattern);
        for (size_t j = i; j < count; j++)
            if (strcmp(route[i].pattern, route[j].pattern) == 0)
                put_operation(document, &route[j]);
        json_end(&document->json);
    }
    json_end(&document->json);
}

/* Components */

static void put_header_parameter(struct document *document, const char *key, const char *name,
                                 bool is_needed, const char *is) {
    struct json *const json = &document->json;
    json_object(json, key);
    json_text(json, "name", name);
    json_text(json, "in", "header");
    json_flag(json, "required", is_needed);
    json_text(json, "description", is);
    json_object_tight(json, "schema");
    json_text(json, "type", "string");
    json_end(json);
    json_end(json);
}

static void put_common_parameters(struct document *document) {
    json_object(&document->json, "parameters");
    put_header_parameter(
        document, "language", "Accept-Language", false,
        in(document, "en or zh: the language of messages and words", "en 或 zh：说明文字的语言"));
    put_header_parameter(document, "if_none_match", "If-None-Match", false,
                         in(document, "tag of what the client has: then 304 where it is the same",
                            "客户端已有内容的标签；未变时答复 304"));
    put_header_parameter(
        document, "if_match", "If-Match", false,
        in(document, "tag of what is to be changed: else 412", "拟变更内容的标签；不符时答复 412"));
    put_header_parameter(document, "csrf_token", "X-CSRF-Token", false,
                         in(document,
                            "of the session, where a cookie says who asks; a token needs none",
                            "会话的防伪令牌；以 Cookie 表明身份时必须携带，使用令牌时不需要"));
    put_header_parameter(
        document, "idempotency_key", "Idempotency-Key", true,
        in(document,
           "a text of the client's own for this one write, 1 to 100 characters from ! to ~: sent "
           "again, nothing is done twice",
           "客户端为本次写入自定的键，1 至 100 个可见 ASCII 字符；重复发送时不会重复办理"));
    json_end(&document->json);
}

static void put_header(struct document *document, const char *key, const char *is) {
    struct json *const json = &document->json;
    json_object(json, key);
    json_text(json, "description", is);
    json_object_tight(json, "schema");
    json_text(json, "type", "string");
    json_end(json);
    json_end(json);
}

static void put_security(struct document *document) {
    struct json *const json = &document->json;
    json_object(json, "securitySchemes");
    json_object(json, "session");
    json_text(json, "type", "apiKey");
    json_text(json, "in", "cookie");
    json_text(json, "name", COOKIE_SECURE);
    json_text(json, "description",
              in(document,
                 "of somebody who has signed in; without TLS the cookie is named " COOKIE_PLAIN,
                 "登录后的会话；未使用 TLS 时 Cookie 名为 " COOKIE_PLAIN));
    json_end(json);
    json_object(json, "token");
    json_text(json, "type", "http");
    json_text(json, "scheme", "bearer");
    json_text(json, "description", in(document, "of a program", "程序使用的令牌"));
    json_end(json);
    json_end(json);
}

static void put_components(struct document *document) {
    struct json *const json = &document->json;
    size_t count;
    const struct route *const route = routes(&count);
    schema_add(&document->shapes, &problem_shape);
    for (size_t i = 0; i < count; i++) {
        schema_add(&document->shapes, route[i].body);
        schema_add(&document->shapes, route[i].answer);
    }
    json_object(json, "components");
    schema_write(json, "schemas", &document->shapes, document->language);
    put_common_parameters(document);
    json_object(json, "headers");
    put_header(document, "request_id",
               in(document, "id of the request, as in the log of the server",
                  "请求编号，与服务器日志一致"));
    put_header(
        document, "tag",
        in(document, "tag of the answer, for If-None-Match", "内容标签，用于 If-None-Match"));
    json_end(json);
    put_security(document);
    json_end(json);
}

static void put_info(struct document *document) {
    struct json *const json = &document->json;
    json_object(json, "info");
    json_text(json, "title", in(document, "Baton", "指挥棒（Baton）"));
    json_text(json, "version", BATON_VERSION);
    json_text(json, "summary",
              in(document, "comprehensive performance assessment", "综合考核平台接口"));
    json_text(json, "description",
              in(document,
                 "JSON in UTF-8. An error is a problem (RFC 9457) with a code of /api/v1/codes; "
                 "all that is wrong with a body is told at once. Members that are not known are "
                 "refused in bodies; answers may get more of them. Figures are texts, so that they "
                 "stay as they were written.",
                 "内容为 UTF-8 编码的 JSON。出错时以 RFC 9457 "
                 "格式答复，代码见 "
                 "/api/v1/"
                 "codes，请求体的全部问题一次列出。请求体不接受未定义的成员；答复今后可能增加成员。"
                 "数据以文本传送，保持填报时的写法。"));
    json_object(json, "license");
    json_text(json, "name", "Apache-2.0");
    json_text(json, "identifier", "Apache-2.0");
    json_end(json);
    json_end(json);
    json_array(json, "servers");
    json_object_tight(json, NULL);
    json_text(json, "url", "/");
    json_end(json);
    json_end(json);
}

/* Either a session or a token. */
static void put_default_security(struct document *document) {
    static const char *const schemes[] = {"session", "token"};
    struct json *const json = &document->json;
    json_array(json, "security");
    for (size_t i = 0; i < LENGTH(schemes); i++) {
        json_object_tight(json, NULL);
        json_array(json, schemes[i]);
        json_end(json);
        json_end(json);
    }
    json_end(json);
}

void openapi_write(struct writer *writer, enum baton_language language) {
    struct document document = {.arena = writer->arena,
                                .json = json_to(writer),
                                .language = language,
                                .shapes = {.arena = writer->arena}};
    json_object(&document.json, NULL);
    json_text(&document.json, "openapi", "3.1.0");
    put_info(&document);
    put_default_security(&document);
    put_paths(&document);
    put_components(&document);
    json_end(&document.json);
}
