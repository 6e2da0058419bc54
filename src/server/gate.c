/* Sessions come by cookie and then have to prove that the page sent them, by the header X-CSRF-Token; tokens come by the header Authorization, which no page of another site can send. */
#include "server/gate.h"
#include "ledger/token.h"
#include "server/route.h"
#include <string.h>

const struct caller *caller_of(const struct http_request *request) {
    return request->mine;
}

const char *gate_cookie(const struct http_request *request) {
    return request->is_secure ? COOKIE_SECURE : COOKIE_PLAIN;
}

/* "Bearer bt_..." */
const char *gate_token(const struct http_request *request) {
    static const char word[] = "Bearer ";
    const char *const header = http_header(request, "Authorization");
    return header != NULL && strncasecmp(header, word, sizeof word - 1) == 0
               ? header + sizeof word - 1
               : NULL;
}

/* Whether the page that sends it is of this host. Browsers say so with everything that is not GET; programs say nothing. */
static bool is_own_page(const struct http_request *request) {
    const char *const origin = http_header(request, "Origin"), *host = http_header(request, "Host");
    const char *const begins = request->is_secure ? "https://" : "http://";
    return origin == NULL || (host != NULL && strncmp(origin, begins, strlen(begins)) == 0 &&
                              strcmp(origin + strlen(begins), host) == 0);
}

static void find_caller(struct api *api, const struct http_request *request,
                        struct caller *caller) {
    const char *const token = gate_token(request);
    if (token != NULL) {
        caller->is_in = token_find(api->accounts, token, strlen(token), &caller->who);
        return;
    }
    const char *const secret = http_cookie(request, gate_cookie(request));
    caller->is_in =
        secret != NULL && session_find(api->accounts, secret, strlen(secret), true, &caller->who);
    caller->secret = caller->is_in ? secret : NULL;
}

/* Whether what changes something was meant by whoever is signed in. */
static bool is_meant(const struct http_request *request, const struct caller *caller) {
    const char *const csrf = http_header(request, "X-CSRF-Token");
    if (request->method == HTTP_GET)
        return true;
    if (!is_own_page(request))
        return false;
    return caller->secret == NULL ||
           (csrf != NULL && session_holds_csrf(caller->secret, csrf, strlen(csrf)));
}

static void refuse_stranger(struct http_request *request) {
    http_add_header(request, "WWW-Authenticate", "Bearer");
    http_answer_problem(request, BATON_SIGN_IN_NEEDED, NULL, NULL, NULL, NULL);
}

bool gate_admit(struct http_request *request, void *context) {
    struct api *api = context;
    struct caller *caller = arena_alloc(request->arena, 1, sizeof *caller);
    const struct route *const route = route_of(request);
    request->mine = caller;
    find_caller(api, request, caller);
    if (!route_allows(route, true, UINT32_MAX) ||
        (!caller->is_in && !route_allows(route, false, 0))) {
        refuse_stranger(request);
        return false;
    }
    if (!is_meant(request, caller)) {
        http_answer_problem(request, BATON_CSRF_WRONG, NULL, NULL, NULL, NULL);
        return false;
    }
    return true;
}

/* "office, committee" */
static const char *role_names(const struct http_request *request, uint32_t roles) {
    const char *list = NULL;
    for (unsigned role = 0; role < ROLE_COUNT; role++)
        if ((roles >> role & 1) != 0) {
            const char *const name = role_name((enum role)role, request->language);
            list = list == NULL ? name : arena_printf(request->arena, "%s, %s", list, name);
        }
    return list;
}

/* A body may come long after its head, and work begin long after that, when whoever was signed in then is so no more. What is answered at once has no body. */
static bool is_still_in(const struct http_request *request, struct api *api) {
    struct caller now = {0};
    find_caller(api, request, &now);
    return now.is_in;
}

/* An assessment that is not theirs to see is answered as one that there is not. */
static baton_code refuse_assessment(struct call *call) {
    const char *assessment;
    TRY(call_reader(call));
    TRY(call_assessment(call, &assessment));
    return BATON_ASSESSMENT_UNKNOWN; /* never: it is not seen */
}

/* What is wrong with a post that somebody has; BATON_OK = nothing. */
static baton_code judge_posts(const struct route *route, const struct sight *sight,
                              const char *assessment) {
    if (sight->roles == 0)
        return sight->who->is_token ? BATON_SCOPE_LACKING : BATON_POST_NONE;
    if (assessment != NULL && !sight_over(sight, assessment))
        return BATON_ASSESSMENT_UNKNOWN;
    return route_allows(route, true, sight_roles_over(sight, assessment != NULL ? assessment : ""))
               ? BATON_OK
               : BATON_ROUTE_ROLE;
}

static bool is_let_in(struct http_request *request, struct api *api, const struct sight *sight) {
    const struct route *const route = route_of(request);
    const baton_code code = judge_posts(route, sight, http_segment(request, "assessment"));
    const char *about = NULL;
    if (code == BATON_OK)
        return true;
    if (code == BATON_ASSESSMENT_UNKNOWN) {
        if (request->is_in_pool)
            call_run(request, api, refuse_assessment);
        else
            http_pass_on(request);
        return false;
    }
    if (code == BATON_ROUTE_ROLE)
        about = role_names(request, route->roles);
    else
        about = code == BATON_POST_NONE ? sight->who->person : request->path;
    http_answer_problem(request, code, about, NULL, NULL, NULL);
    return false;
}

bool gate_allows(struct http_request *request, struct api *api) {
    const struct route *const route = route_of(request);
    struct caller *const caller = request->mine;
    struct baton_findings found = {.arena = request->arena};
    if (route_allows(route, false, 0))
        return true;
    if (request->is_in_pool && !is_still_in(request, api)) {
        refuse_stranger(request);
        return false;
    }
    if (route->scope == SCOPE_OWN && route_allows(route, true, 0))
        return true;
    if (sight_make(api, request->arena, &caller->who, !request->is_in_pool, &caller->sight,
                   &found) != BATON_OK) {
        http_answer_findings(request, &found);
        return false;
    }
    if (caller->sight == NULL) {
        http_pass_on(request);
        return false;
    }
    return is_let_in(request, api, caller->sight);
}
