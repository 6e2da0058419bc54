/* The routes of the server as a table: who may ask for what, with which parameters and body, and what is answered. From routes.def come the table that http_start takes, the checks before a
 * handler, and the OpenAPI document. A row that leaves out a column, its roles above all, or has nobody as its roles, does not compile. */
#ifndef SERVER_ROUTE_H
#define SERVER_ROUTE_H

#include "http/http.h"
#include "ledger/rights.h"
#include "server/body.h"

/* Whose facts a route is about: what an account's rights must reach over. */
enum route_scope {
    SCOPE_LEDGER,     /* the ledger as a whole */
    SCOPE_ASSESSMENT, /* {assessment} */
    SCOPE_UNIT, /* {unit}, or the units of the figures: they lie within what the account's posts reach over */
    SCOPE_OWN /* the account itself */
};

/* Sets of roles. */
#define ROLE(word) (UINT32_C(1) << ROLE_##word)
#define ROUTE_SIGNED_IN (UINT32_C(1) << 30) /* any account, with a post or without */
#define ROUTE_ANYBODY (UINT32_C(1) << 31)   /* also without signing in */
_Static_assert(ROLE_COUNT < 30, "a role has a bit of its own");

struct route {
    const char *name; /* "code_list": the operation in the OpenAPI document */
    enum http_method method;
    enum http_way way;
    const char *pattern;
    uint32_t roles; /* never 0 */
    enum route_scope scope;
    const struct body_shape
        *query; /* parameters, each a TEXT, WORD or COUNT; NULL = it takes none */
    const struct body_shape *body;   /* NULL = it takes none, or one that is no JSON */
    size_t body_max;                 /* bytes; 0 = it takes none */
    const struct body_shape *answer; /* of the JSON that is answered; NULL = none is */
    /* what may be answered, separated by spaces; "" = nothing (204). The status of success stands before it where it is another than usual: "200 text/csv" of a POST that stores nothing */
    const char *media;
    const char *
        codes; /* names of codes.def that this route in particular may answer with, separated by spaces */
    http_handler *handle;
    const char *is[2];
};

/* One row of a table of routes: see routes.def for the columns. */
#define ROUTE_ROW(NAME, METHOD, WAY, PATTERN, ROLES, SCOPE, QUERY, BODY, BODY_MAX, ANSWER, MEDIA, \
                  CODES, HANDLE, EN, ZH) \
    { \
        .name = #NAME, .method = HTTP_##METHOD, .way = HTTP_##WAY, .pattern = (PATTERN), \
        .roles = (ROLES) + 0 * sizeof(char[(ROLES) != 0 ? 1 : -1]), .scope = SCOPE_##SCOPE, \
        .query = (QUERY), .body = (BODY), .body_max = (BODY_MAX), .answer = (ANSWER), \
        .media = (MEDIA), .codes = (CODES), .handle = (HANDLE), .is = {(EN), (ZH)}, \
    }

/* The table, in the order of routes.def. */
const struct route *routes(size_t *count);

/* The same for http_start: the n-th is of the n-th route. Their handlers hold the query to the route's parameters (QUERY_UNKNOWN, NAME_TWICE, MEMBER_...), then call the route's. */
const struct http_route *routes_for_http(size_t *count);

/* The route that a request was brought to; NULL where there was none. */
const struct route *route_of(const struct http_request *request);

/* The same, but NULL also where the route's address turned out to be none (ROUTE_UNKNOWN): of "/{page}" only the pages that there are. For whoever tells of requests: a path that is none may have anything in it. */
const struct route *route_found(const struct http_request *request);

/* Whether somebody with these roles may ask for it at all. What their rights reach over is another question. */
bool route_allows(const struct route *route, bool is_signed_in, uint32_t roles);

/* The query of a page: its own state, which the server neither reads nor checks. */
extern const struct body_shape route_any_query;

/* The body of the request, as the route's shape has it: *out is its struct, in the request's arena. Findings as body_shape_read. */
MUST_USE baton_code route_body(const struct http_request *request, const void **out,
                               struct baton_findings *found);

/* Whether the query has the parameters of a shape (NULL = none), each once. Fields of findings are the names of parameters. */
MUST_USE baton_code route_check_query(struct baton_arena *arena, const struct body_shape *shape,
                                      const struct http_pair *query, size_t count,
                                      struct baton_findings *found);

/* What the braces of patterns stand for, everywhere the same. NULL = no pattern has it. */
const struct body_field *route_segment(const char *name, size_t size);

/* The status of a POST that was done: "201", or what stands in its media. */
const char *route_success(const struct route *route);

/* What may be wrong with a part of the path besides its being unlike any, is no part of what is sent: nothing is found there. Whether a code says so of a route's path wherever it comes from, and whether a finding does. */
bool route_may_miss(const struct route *route, const char *code_name);
bool route_misses(const struct route *route, const struct baton_finding *finding);

/* Whether a code says what is wrong with a package: of one that was sent, nothing is 404. */
bool route_is_of_package(const struct baton_code_info *code);

#endif
