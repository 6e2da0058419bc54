/* The table of what is not for every session. */
#include "server/grave.h"
#include "server/route.h"
#include "unit/test.h"
#include <string.h>

static const struct route *route_named(const char *name) {
    size_t count;
    const struct route *const route = routes(&count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(route[i].name, name) == 0)
            return &route[i];
    return NULL;
}

TEST(every_row_names_a_route) {
    static const char *const names[] = {
#define X(name, raised, setup) #name,
#include "server/grave.def"
#undef X
    };
    for (size_t i = 0; i < LENGTH(names); i++) {
        CASE("%s", names[i]);
        const struct route *const route = route_named(names[i]);
        CHECK(route != NULL);
        if (route == NULL)
            continue;
        CHECK(grave_is_raised(route) || grave_is_setup(route));
        CHECK((route->roles & ROUTE_ANYBODY) == 0); /* it would never be looked at */
        CHECK(!grave_is_setup(route) || route->scope == SCOPE_OWN);
    }
}

/* Whoever has to set up a second factor does not come to anything by another way. */
TEST(nothing_else_is_for_setting_up) {
    size_t count, setup = 0;
    const struct route *const route = routes(&count);
    for (size_t i = 0; i < count; i++) {
        CASE("%s", route[i].name);
        setup += grave_is_setup(&route[i]);
        if (strncmp(route[i].pattern, "/api/v1/accounts", 16) == 0 && route[i].method != HTTP_GET)
            CHECK(grave_is_raised(&route[i]));
    }
    CHECK_INT(setup, 10);
    CHECK_INT(baton_code_info(BATON_FACTOR_DUE)->http, 403);
    CHECK_INT(baton_code_info(BATON_SESSION_NOT_RAISED)->http, 403);
}
