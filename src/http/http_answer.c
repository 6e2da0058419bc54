/* Answers: what a handler says, kept until it has ended; then made into what the library sends. */
#include "base/text.h"
#include "http/http_blob.h"
#include "http/http_compress.h"
#include "http/http_inside.h"
#include "http/http_problem.h"
#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

void http_answer_reset(struct http_answer *answer) {
    http_blob_release(answer->blob);
    if (answer->file >= 0)
        close(answer->file);
    answer->blob = NULL;
    answer->file = -1;
    answer->kind = HTTP_ANSWER_NONE;
}

/* Takes the place of what was answered before. */
static struct http_answer *begin(struct http_request *request, enum http_answer_kind kind,
                                 int status, const char *media) {
    struct http_answer *const answer = &((struct http_call *)request)->answer;
    http_answer_reset(answer);
    answer->kind = kind;
    answer->problem = BATON_OK;
    answer->status = status;
    answer->media = media;
    answer->bytes = NULL;
    answer->size = 0;
    answer->from = 0;
    return answer;
}

void http_answer(struct http_request *request, int status, const char *media, const void *bytes,
                 size_t size) {
    struct http_answer *const answer = begin(request, HTTP_ANSWER_BYTES, status, media);
    answer->bytes = bytes;
    answer->size = size;
}

void http_answer_nothing(struct http_request *request, int status) {
    begin(request, HTTP_ANSWER_BYTES, status, NULL);
}

void http_answer_blob(struct http_request *request, int status, struct http_blob *blob) {
    if (status == 200 && http_tag(request, http_blob_tag(blob)))
        return;
    struct http_answer *const answer =
        begin(request, HTTP_ANSWER_BLOB, status, http_blob_media(blob));
    answer->blob = http_blob_hold(blob);
}

void http_answer_file(struct http_request *request, int status, const char *media, int file) {
    begin(request, HTTP_ANSWER_FILE, status, media)->file = file;
}

void http_answer_stream(struct http_request *request, struct http_stream *stream) {
    assert(stream == ((struct http_call *)request)->stream);
    if (stream != NULL)
        begin(request, HTTP_ANSWER_STREAM, 200, "text/event-stream");
}

void http_answer_findings_as(struct http_request *request, int status,
                             const struct baton_findings *found) {
    const char *const text =
        http_problem_text(request->arena, found, request->language, request->id, &status);
    struct http_answer *const answer = &((struct http_call *)request)->answer;
    answer->tag = NULL;
    http_answer(request, status, http_problem_media, text, strlen(text));
    answer->problem = http_problem_main(found)->code;
    if (status == 503)
        http_add_header(request, "Retry-After", "1");
}

void http_answer_findings(struct http_request *request, const struct baton_findings *found) {
    http_answer_findings_as(request, 0, found);
}

baton_code http_problem_code(const struct http_request *request) {
    return ((const struct http_call *)request)->answer.problem;
}

void http_answer_problem(struct http_request *request, baton_code code, const char *a,
                         const char *b, const char *c, const char *d) {
    struct baton_findings found = {.arena = request->arena};
    baton_findings_add(&found, code, (struct baton_where){0}, a, b, c, d);
    http_answer_findings(request, &found);
}

void http_add_header(struct http_request *request, const char *name, const char *value) {
    struct http_answer *const answer = &((struct http_call *)request)->answer;
    assert(http_is_token(name, strlen(name)) && http_is_text(value, strlen(value)));
    *ARRAY_PUSH(request->arena, answer->header, answer->header_count, answer->header_capacity) =
        (struct http_pair){name, value};
}

static bool is_tag(const char *tag) {
    return tag[0] != '\0' && strchr(tag, '"') == NULL && http_is_text(tag, strlen(tag));
}

bool http_tag(struct http_request *request, const char *tag) {
    struct http_answer *const answer = &((struct http_call *)request)->answer;
    const char *const match = http_header(request, "If-Match");
    const char *const none = http_header(request, "If-None-Match");
    assert(is_tag(tag));
    answer->tag = arena_text(request->arena, tag, strlen(tag));
    answer->tag_found = (struct http_tag_found){0};
    if (match != NULL && !http_tags_have(match, tag, false, NULL)) {
        http_answer_problem(request, BATON_PRECONDITION, NULL, NULL, NULL, NULL);
        return true;
    }
    if (none == NULL || !http_tags_have(none, tag, true, &answer->tag_found))
        return false;
    if (request->method == HTTP_GET)
        http_answer_nothing(request, 304);
    else
        http_answer_problem(request, BATON_PRECONDITION, NULL, NULL, NULL, NULL);
    return true;
}

/* What is put together for the library; a header that was added by the handler takes the place of the site's. */
struct making {
    struct http_call *call; /* its response: so that it is not lost when the arena is left */
    bool failed;
};

static void put(struct making *making, const char *name, const char *value) {
    struct MHD_Response *const response = making->call->response;
    if (response != NULL && !making->failed)
        making->failed = MHD_add_response_header(response, name, value) != MHD_YES;
}

static bool is_added(const struct http_answer *answer, const char *name) {
    for (size_t i = 0; i < answer->header_count; i++)
        if (strcasecmp(answer->header[i].name, name) == 0)
            return true;
    return false;
}

static void put_of_site(struct making *making, const struct http_pair *header, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!is_added(&making->call->answer, header[i].name))
            put(making, header[i].name, header[i].value);
}

/* Made anew once a second in each thread: the library would make it for each answer, and an answer that is at hand costs little else. */
static const char *date_now(void) {
    static _Thread_local char text[sizeof "Sun, 22 Nov 2026 00:00:00 GMT"];
    static _Thread_local time_t second = -1;
    struct timespec now;
    struct tm parts;
    clock_gettime(CLOCK_REALTIME_COARSE, &now);
    if (now.tv_sec != second && gmtime_r(&now.tv_sec, &parts) != NULL) {
        strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
        second = now.tv_sec;
    }
    return text;
}

static void put_common(struct making *making) {
    const struct http_call *const call = making->call;
    const struct http_answer *const answer = &call->answer;
    const struct http_site *const site = call->server->site;
    put(making, "Date", date_now());
    put(making, "X-Request-Id", call->request.id);
    put_of_site(making, site->header, site->header_count);
    if (call->request.is_secure)
        put_of_site(making, site->secure_header, site->secure_header_count);
    for (size_t i = 0; i < answer->header_count; i++)
        put(making, answer->header[i].name, answer->header[i].value);
    if (call->closes || atomic_load(&call->server->is_stopping))
        put(making, "Connection", "close");
}

/* Behind one another, in the arena: for what every answer has, several times as fast as printing it. */
static const char *joined(struct baton_arena *arena, const char *first, const char *second,
                          const char *third) {
    const size_t sizes[] = {strlen(first), strlen(second), strlen(third)};
    char *const text = arena_alloc_raw(arena, sizes[0] + sizes[1] + sizes[2] + 1, 1);
    memcpy(text, first, sizes[0]);
    memcpy(text + sizes[0], second, sizes[1]);
    memcpy(text + sizes[0] + sizes[1], third, sizes[2] + 1);
    return text;
}

static void put_media(struct making *making) {
    const struct http_answer *const answer = &making->call->answer;
    if (answer->media == NULL)
        return;
    const char *media = answer->media;
    if (http_media_has_charset(media))
        media = joined(making->call->request.arena, media, "; charset=utf-8", "");
    put(making, "Content-Type", media);
}

/* The entity tag in quotes; that of a compressed form is another one than that of the bytes. */
static void put_tag(struct making *making, enum http_coding coding) {
    static const char *const ends[HTTP_CODINGS] = {"+br\"", "+gzip\"", "\""};
    const struct http_answer *const answer = &making->call->answer;
    struct baton_arena *const arena = making->call->request.arena;
    if (answer->tag == NULL)
        return;
    if (answer->status == 304 && answer->tag_found.text != NULL)
        put(making, "ETag", arena_text(arena, answer->tag_found.text, answer->tag_found.size));
    else
        put(making, "ETag", joined(arena, "\"", answer->tag, ends[coding]));
}

static void put_coding(struct making *making, enum http_coding coding, bool varies) {
    if (varies)
        put(making, "Vary", "Accept-Encoding");
    if (coding != HTTP_IDENTITY)
        put(making, "Content-Encoding", http_coding_word(coding));
    put_tag(making, coding);
}

static struct MHD_Response *from_bytes(const void *bytes, size_t size) {
    union {
        const void *in;
        void *take; /* the library does not write there */
    } from = {bytes};
    return MHD_create_response_from_buffer(size, from.take, MHD_RESPMEM_PERSISTENT);
}

static void make_bytes(struct making *making, bool may_compress) {
    struct http_call *const call = making->call;
    const struct http_answer *const answer = &call->answer;
    const bool varies = answer->media != NULL && answer->size >= HTTP_COMPRESS_FROM &&
                        may_compress && answer->status != 206 &&
                        http_media_is_text(answer->media) && !is_added(answer, "Content-Encoding");
    enum http_coding coding =
        varies ? http_accept_coding(http_header(&call->request, "Accept-Encoding")) : HTTP_IDENTITY;
    const void *bytes = answer->bytes;
    size_t size = answer->size;
    if (coding != HTTP_IDENTITY) {
        void *const out = arena_alloc_raw(call->request.arena, size, 1);
        const size_t used = http_compress(coding, HTTP_EFFORT_LITTLE, bytes, size, out, size - 1);
        coding = used > 0 ? coding : HTTP_IDENTITY;
        bytes = used > 0 ? out : bytes;
        size = used > 0 ? used : size;
    }
    call->response = from_bytes(bytes, size);
    call->response_size = size;
    put_coding(making, coding, varies);
}

static void release_blob(void *blob) {
    http_blob_release(blob);
}

static void make_blob(struct making *making) {
    struct http_call *const call = making->call;
    struct http_blob *const blob = call->answer.blob;
    const enum http_coding accepted =
        http_accept_coding(http_header(&call->request, "Accept-Encoding"));
    const struct http_form form = http_blob_form(blob, accepted);
    union {
        const void *in;
        void *take;
    } from = {form.bytes};
    call->response = MHD_create_response_from_buffer_with_free_callback_cls(form.size, from.take,
                                                                            release_blob, blob);
    if (call->response == NULL)
        return;
    call->answer.blob = NULL; /* the response has it */
    call->response_size = form.size;
    put_coding(making, form.coding, http_blob_varies(blob));
}

static void make_file(struct making *making) {
    struct http_call *const call = making->call;
    struct stat about = {0};
    const struct http_answer *const answer = &call->answer;
    if (fstat(answer->file, &about) != 0 || !S_ISREG(about.st_mode)) {
        http_answer_problem(&call->request, BATON_SERVER_FAILED, NULL, NULL, NULL, NULL);
        make_bytes(making, false);
        return;
    }
    const uint64_t size = answer->size > 0 ? answer->size : (uint64_t)about.st_size;
    call->response = MHD_create_response_from_fd_at_offset64(size, answer->file, answer->from);
    if (call->response == NULL)
        return;
    call->answer.file = -1; /* the response has it */
    call->response_size = size;
    put_tag(making, HTTP_IDENTITY);
}

static bool finish(struct making *making) {
    struct http_call *const call = making->call;
    if (call->response != NULL && making->failed)
        http_answer_forget(call);
    return call->response != NULL;
}

void http_answer_forget(struct http_call *call) {
    if (call->response != NULL)
        MHD_destroy_response(call->response);
    call->response = NULL;
}

bool http_answer_make(struct http_call *call, bool may_compress) {
    struct making making = {.call = call};
    if (call->answer.kind == HTTP_ANSWER_NONE)
        http_answer_problem(&call->request, BATON_SERVER_FAILED, NULL, NULL, NULL, NULL);
    if (call->answer.kind == HTTP_ANSWER_BYTES)
        make_bytes(&making, may_compress);
    else if (call->answer.kind == HTTP_ANSWER_BLOB)
        make_blob(&making);
    else if (call->answer.kind == HTTP_ANSWER_FILE)
        make_file(&making);
    else if (call->request.is_head) /* the library would send the end of the chunks */
        call->response = from_bytes("", 0);
    else
        call->response = http_stream_response(call->stream);
    put_media(&making);
    put_common(&making);
    call->status = call->answer.status;
    return finish(&making);
}

bool http_answer_last_resort(struct http_call *call) {
    static const char text[] =
        "{\"type\": \"urn:baton:code:3001\", \"title\": \"Not now\", \"status\": 503, "
        "\"detail\": \"there is not enough memory\", \"code\": 3001, \"name\": \"NO_MEMORY\"}\n";
    struct making making = {.call = call};
    http_answer_forget(call);
    call->answer.header_count = 0;
    call->answer.problem = BATON_NO_MEMORY;
    call->response = from_bytes(text, sizeof text - 1);
    call->status = 503;
    call->response_size = sizeof text - 1;
    put(&making, "Content-Type", http_problem_media);
    put(&making, "Retry-After", "1");
    put_common(&making);
    return finish(&making);
}
