/* From method and path to a route. */
#ifndef HTTP_HTTP_ROUTE_H
#define HTTP_HTTP_ROUTE_H

#include "http/http.h"
#include "http/http_target.h"

struct http_routes;

/* The routes of a site, made ready; they are borrowed. Two routes of one method and pattern are a bug (asserted), as is a pattern that does not begin with a slash. */
struct http_routes *http_routes_make(struct baton_arena *arena, const struct http_route *route,
                                     size_t count);

struct http_match {
    const struct http_route
        *route; /* NULL = none of that method; `allowed` tells which there are */
    unsigned
        allowed; /* bit 1 << enum http_method of each method that the path has; 0 = no such path */
    const struct http_pair *segment; /* what the braces stand for */
    size_t segment_count;
};

/* method HTTP_METHODS = one that no route has. Among the routes of that method the one is taken whose segments, from the left, are fixed where others have braces. */
struct http_match http_routes_find(const struct http_routes *routes, struct baton_arena *arena,
                                   enum http_method method, const struct http_target *target);

/* "GET, HEAD, OPTIONS": for the header Allow. */
const char *http_allowed_text(struct baton_arena *arena, unsigned allowed);

#endif
