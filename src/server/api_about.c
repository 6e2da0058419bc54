/* Tables of the program as JSON: each is written when it is first asked for in a language, and kept as a blob with its tag and compressed forms. */
#include "server/api_about.h"
#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"
#include "report/methods_report.h"
#include "server/api.h"
#include "server/openapi.h"
#include "server/route.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef void write_about(struct writer *writer, enum baton_language language);

static void release(void *blob) {
    http_blob_release(blob);
}

/* Answers what `write` writes: kept under `name`, for each language. */
static void answer_kept(struct http_request *request, struct api *api, const char *name,
                        write_about *write) {
    static const char *const word[] = {[BATON_EN] = "en", [BATON_ZH] = "zh-CN"};
    const enum baton_language language = request->language;
    const char *const key = arena_printf(request->arena, "about:%s:%s", name, word[language]);
    struct http_blob *blob = blobs_find(api->blobs, key, 0);
    if (blob == NULL) {
        struct writer *writer = writer_memory(request->arena);
        write(writer, language);
        const char *const text = writer_text_of(writer);
        const size_t size = strlen(text);
        blob = http_blob_make("application/json", text, size, NULL, HTTP_EFFORT_MUCH);
        if (blob == NULL) {
            http_answer_problem(request, BATON_NO_MEMORY, NULL, NULL, NULL, NULL);
            return;
        }
        blobs_keep(api->blobs, key, 0, blob, size);
    }
    arena_on_close(request->arena, release, blob);
    http_add_header(request, "Content-Language", word[language]);
    http_add_header(request, "Vary", "Accept-Language");
    http_answer_blob(request, 200, blob);
}

/* GET /api/v1 */

void about_write_api(struct writer *writer, enum baton_language language) {
    struct json json = json_to(writer);
    size_t count;
    const struct route *const route = routes(&count);
    json_object(&json, NULL);
    json_text(&json, "name", "baton");
    json_text(&json, "version", BATON_VERSION);
    json_array(&json, "links");
    for (size_t i = 0; i < count; i++) {
        if (route[i].method != HTTP_GET || strchr(route[i].pattern, '{') != NULL)
            continue;
        json_object_tight(&json, NULL);
        json_text(&json, "name", route[i].name);
        json_text(&json, "href", route[i].pattern);
        json_text(&json, "title", route[i].is[language]);
        json_end(&json);
    }
    json_end(&json);
    json_end(&json);
}

void api_about(struct http_request *request, void *api) {
    answer_kept(request, api, "api", about_write_api);
}

void api_openapi(struct http_request *request, void *api) {
    answer_kept(request, api, "openapi", openapi_write);
}

/* Codes */

static void code(struct json *json, const char *name, const struct baton_code_info *of,
                 enum baton_language language) {
    static const char *const severity[] = {
        [BATON_NOTE] = "note", [BATON_WARNING] = "warning", [BATON_ERROR] = "error"};
    const char *const why = baton_code_why((baton_code)of->number, language);
    json_object_tight(json, name);
    json_count(json, "code", (uint64_t)of->number);
    json_text(json, "name", of->name);
    json_text(json, "severity", severity[of->severity]);
    json_count(json, "status", (uint64_t)of->http);
    json_count(json, "exit_status", (uint64_t)of->exit_status);
    json_text(json, "message", of->message[language]);
    if (*of->advice[language] != '\0')
        json_text(json, "advice", of->advice[language]);
    if (*why != '\0')
        json_text(json, "why", why);
    json_end(json);
}

void about_write_codes(struct writer *writer, enum baton_language language) {
    struct json json = json_to(writer);
    unsigned count;
    const struct baton_code_info *const of = baton_code_list(&count);
    json_object(&json, NULL);
    json_array(&json, "codes");
    for (unsigned i = 0; i < count; i++)
        code(&json, NULL, &of[i], language);
    json_end(&json);
    json_end(&json);
}

void about_write_code(struct writer *writer, const struct baton_code_info *of,
                      enum baton_language language) {
    struct json json = json_to(writer);
    code(&json, NULL, of, language);
}

void api_codes(struct http_request *request, void *api) {
    answer_kept(request, api, "codes", about_write_codes);
}

const struct baton_code_info *about_find_code(const char *text, const char **guess) {
    unsigned count;
    const struct baton_code_info *const of = baton_code_list(&count);
    const size_t size = strlen(text);
    struct text_guess near = {.text = text, .size = size};
    char number[16];
    for (unsigned i = 0; i < count; i++) {
        snprintf(number, sizeof(number), "%d", of[i].number);
        if (strcasecmp(of[i].name, text) == 0 || strcmp(number, text) == 0)
            return &of[i];
        text_guess_offer(&near, of[i].name, strlen(of[i].name));
    }
    *guess = near.best;
    return NULL;
}

void api_code(struct http_request *request, void *api) {
    (void)api;
    const char *const asked = http_segment(request, "code"), *guess;
    const struct baton_code_info *const of = about_find_code(asked, &guess);
    if (of == NULL) {
        http_answer_problem(request, BATON_CODE_NUMBER_UNKNOWN, asked, guess, NULL, NULL);
        return;
    }
    struct writer *writer = writer_memory(request->arena);
    about_write_code(writer, of, request->language);
    const char *const text = writer_text_of(writer);
    http_add_header(request, "Vary", "Accept-Language");
    http_answer(request, 200, "application/json", text, strlen(text));
}

/* Methods */

void about_write_methods(struct writer *writer, enum baton_language language) {
    const struct methods_report report = {
        .arena = writer->arena, .writer = writer, .language = language};
    methods_json(&report);
}

void api_methods(struct http_request *request, void *api) {
    answer_kept(request, api, "methods", about_write_methods);
}
