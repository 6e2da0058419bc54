/* The table of grave.def, held against each request. */
#include "server/grave.h"
#include "server/gate.h"
#include "server/route.h"
#include <string.h>

struct grave {
    const char *name;
    bool is_raised, is_setup;
};

/* clang-format off */
static const struct grave graves[] = {
#define X(name, raised, setup) {#name, (raised) == 1, (setup) == 1},
#include "server/grave.def"
#undef X
};
/* clang-format on */

static const struct grave *grave_of(const struct route *route) {
    static const struct grave none = {"", false, false};
    for (size_t i = 0; i < LENGTH(graves); i++)
        if (strcmp(graves[i].name, route->name) == 0)
            return &graves[i];
    return &none;
}

bool grave_is_raised(const struct route *route) {
    return grave_of(route)->is_raised;
}

bool grave_is_setup(const struct route *route) {
    return grave_of(route)->is_setup;
}

/* FACTOR_DUE, or what asking for their roles answers. */
static baton_code judge_factor(struct http_request *request, struct api *api,
                               struct baton_findings *found) {
    const struct caller *const caller = caller_of(request);
    const struct signed_in *const who = &caller->who;
    uint32_t roles = caller->sight != NULL ? caller->sight->roles : 0;
    if (who->is_token || who->has_factor)
        return BATON_OK;
    if (caller->sight == NULL) /* of a route that is about one's own account */
        TRY(people_roles(api->people, request->arena, who->person, &roles, found));
    return session_needs_factor(api->accounts, who, roles) ? BATON_FACTOR_DUE : BATON_OK;
}

bool grave_allows(struct http_request *request, struct api *api) {
    const struct route *const route = route_of(request);
    struct baton_findings found = {.arena = request->arena};
    baton_code code = BATON_OK;
    if (route_allows(route, false, 0))
        return true;
    if (!grave_is_setup(route))
        code = judge_factor(request, api, &found);
    if (code == BATON_OK && grave_is_raised(route) &&
        !session_is_raised(api->accounts, &caller_of(request)->who))
        code = BATON_SESSION_NOT_RAISED;
    if (code == BATON_OK)
        return true;
    if (found.errors > 0)
        http_answer_findings(request, &found);
    else
        http_answer_problem(request, code, NULL, NULL, NULL, NULL);
    return false;
}

baton_code grave_facts(struct call *call, const struct fact_body *fact, size_t count) {
    const struct signed_in *const who = &caller_of(call->request)->who;
    for (size_t i = 0; i < count; i++)
        if (strcmp(fact[i].kind, fact_kind_info(FACT_POST)->word) == 0 &&
            !session_is_raised(call->api->accounts, who))
            return call_refuse(call, BATON_SESSION_NOT_RAISED, NULL, NULL, NULL, NULL);
    return BATON_OK;
}
