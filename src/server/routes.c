/* The table of routes, made of routes.def: once for us, once for the HTTP layer. */
#include "server/api_about.h"
#include "server/route_answer.h"

static const struct route table[] = {
#define X(...) ROUTE_ROW(__VA_ARGS__),
#include "server/routes.def"
#undef X
};

/* A body that is no JSON may be of any type: its handler looks. */
#define MEDIA_OF(BODY, BODY_MAX) ((BODY) != NULL ? "application/json" : (BODY_MAX) > 0 ? "" : NULL)

static const struct http_route for_http[] = {
#define X(NAME, METHOD, WAY, PATTERN, ROLES, SCOPE, QUERY, BODY, BODY_MAX, ...) \
    {.method = HTTP_##METHOD, \
     .way = HTTP_##WAY, \
     .pattern = PATTERN, \
     .body_max = BODY_MAX, \
     .media = MEDIA_OF(BODY, BODY_MAX), \
     .handle = route_answer},
#include "server/routes.def"
#undef X
};

const struct route *routes(size_t *count) {
    *count = LENGTH(table);
    return table;
}

const struct http_route *routes_for_http(size_t *count) {
    *count = LENGTH(for_http);
    return for_http;
}

const struct route *route_of(const struct http_request *request) {
    return request->route == NULL ? NULL : &table[request->route - for_http];
}
