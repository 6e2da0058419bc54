/* Health and readiness are told from memory, at once; figures are put together anew for whoever asks. */
#include "server/api_operation.h"
#include "base/writer.h"
#include "server/api.h"
#include "server/metrics.h"
#include "server/ready.h"
#include <string.h>

static void answer_text(struct http_request *request, const char *media, const char *text) {
    http_add_header(request, "Cache-Control", "no-store");
    http_answer(request, 200, media, text, strlen(text));
}

void api_healthz(struct http_request *request, void *api) {
    (void)api;
    answer_text(request, "text/plain", "ok\n");
}

void api_readyz(struct http_request *request, void *context) {
    const struct api *api = context;
    const enum ready_state state = ready_now(api->ready);
    if (state == READY) {
        answer_text(request, "text/plain", "ready\n");
        return;
    }
    http_add_header(request, "Cache-Control", "no-store");
    http_answer_problem(request, BATON_NOT_READY, ready_words(state, false),
                        ready_words(state, true), NULL, NULL);
}

void api_metrics(struct http_request *request, void *context) {
    struct writer *writer = writer_memory(request->arena);
    metrics_write(context, writer);
    answer_text(request, "text/plain; version=0.0.4; charset=utf-8", writer_text_of(writer));
}

const struct http_route *operation_routes(size_t *count) {
    static const struct http_route table[] = {
        {.method = HTTP_GET, .way = HTTP_AT_ONCE, .pattern = "/healthz", .handle = api_healthz},
        {.method = HTTP_GET, .way = HTTP_AT_ONCE, .pattern = "/readyz", .handle = api_readyz},
        {.method = HTTP_GET, .way = HTTP_IN_POOL, .pattern = "/metrics", .handle = api_metrics},
    };
    *count = LENGTH(table);
    return table;
}
