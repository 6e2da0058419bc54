/* Answers put together piece by piece: a body of our own (http_body.h), which goes with the call. The library gets a second descriptor of its file, since it closes what it is given. */
#include "http/http_inside.h"
#include "http/http_range.h"
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

baton_code http_answer_put(struct http_request *request, const void *bytes, size_t size) {
    struct http_call *const call = (struct http_call *)request;
    switch (http_body_add(&call->server->bodies, &call->put, bytes, size, 0)) {
    case HTTP_BODY_OK:
        return BATON_OK;
    case HTTP_BODY_BUSY:
        return BATON_SERVER_BUSY;
    case HTTP_BODY_FULL:
        return BATON_STORE_FULL;
    case HTTP_BODY_FAILED:
        break;
    }
    return BATON_NO_MEMORY;
}

/* If-Range: the part only where it is still the same. A date never is, as we have none. */
static bool is_still(const struct http_call *call) {
    const char *const asked = http_header(&call->request, "If-Range");
    const char *const tag = call->answer.tag;
    const size_t size = tag == NULL ? 0 : strlen(tag);
    return asked == NULL || (tag != NULL && strlen(asked) == size + 2 && asked[0] == '"' &&
                             memcmp(asked + 1, tag, size) == 0 && asked[size + 1] == '"');
}

static baton_code answer_part(struct http_call *call, int status, const char *media, uint64_t from,
                              uint64_t count) {
    struct http_request *const request = &call->request;
    if (call->put.file < 0) {
        http_answer(request, status, media, call->put.bytes == NULL ? "" : call->put.bytes + from,
                    (size_t)count);
        return BATON_OK;
    }
    const int file = fcntl(call->put.file, F_DUPFD_CLOEXEC, 0);
    if (file < 0)
        return BATON_NO_MEMORY;
    http_answer_file(request, status, media, file);
    call->answer.from = from;
    call->answer.size = (size_t)count;
    return BATON_OK;
}

baton_code http_answer_put_all(struct http_request *request, const char *media) {
    struct http_call *const call = (struct http_call *)request;
    const uint64_t size = call->put.size;
    uint64_t from = 0, count = size;
    const char *const asked = request->method == HTTP_GET && !request->is_head && is_still(call)
                                  ? http_header(request, "Range")
                                  : NULL;
    const enum http_range range = http_range_read(asked, size, &from, &count);
    http_add_header(request, "Accept-Ranges", "bytes");
    if (range == HTTP_RANGE_ALL)
        return answer_part(call, 200, media, 0, size);
    if (range == HTTP_RANGE_OUTSIDE) {
        http_add_header(request, "Content-Range",
                        arena_printf(request->arena, "bytes */%" PRIu64, size));
        http_answer_problem(request, BATON_RANGE_OUTSIDE,
                            arena_printf(request->arena, "%" PRIu64, size), NULL, NULL, NULL);
        return BATON_OK;
    }
    http_add_header(request, "Content-Range",
                    arena_printf(request->arena, "bytes %" PRIu64 "-%" PRIu64 "/%" PRIu64, from,
                                 from + count - 1, size));
    return answer_part(call, 206, media, from, count);
}
