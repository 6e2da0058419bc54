/* From method and path to a route. */
#include "base/arena.h"
#include "http/http_route.h"
#include "unit/test.h"
#include <string.h>

static void nothing(struct http_request *request, void *site) {
    (void)request, (void)site;
}

/* clang-format off */
static const struct http_route routes[] = {
    {HTTP_GET, HTTP_AT_ONCE, "/", 0, NULL, nothing},
    {HTTP_GET, HTTP_AT_ONCE, "/units", 0, NULL, nothing},
    {HTTP_POST, HTTP_AT_ONCE, "/units", 0, NULL, nothing},
    {HTTP_GET, HTTP_AT_ONCE, "/units/{unit}", 0, NULL, nothing},
    {HTTP_DELETE, HTTP_AT_ONCE, "/units/mine", 0, NULL, nothing},
    {HTTP_PUT, HTTP_AT_ONCE, "/units/{unit}/name", 0, NULL, nothing},
    {HTTP_GET, HTTP_AT_ONCE, "/{any}/of/{all}/things", 0, NULL, nothing},
    {HTTP_GET, HTTP_AT_ONCE, "/units/of/all/things", 0, NULL, nothing},
    {HTTP_GET, HTTP_AT_ONCE, "/folder/", 0, NULL, nothing},
};

static const struct {
    enum http_method method;
    const char *target;
    const char *pattern;  /* NULL = none */
    const char *allowed;  /* where none */
    const char *segments; /* name=value; */
} cases[] = {
    {HTTP_GET, "/", "/", NULL, ""},
    {HTTP_GET, "/units", "/units", NULL, ""},
    {HTTP_POST, "/units", "/units", NULL, ""},
    {HTTP_GET, "/units?a=b", "/units", NULL, ""},
    {HTTP_GET, "/units/%E4%B8%AD", "/units/{unit}", NULL, "unit=中;"},
    {HTTP_DELETE, "/units/mine", "/units/mine", NULL, ""},
    {HTTP_GET, "/units/mine", "/units/{unit}", NULL, "unit=mine;"},
    {HTTP_PUT, "/units/7/name", "/units/{unit}/name", NULL, "unit=7;"},
    {HTTP_GET, "/units/of/all/things", "/units/of/all/things", NULL, ""},
    {HTTP_GET, "/units/of/some/things", "/{any}/of/{all}/things", NULL, "any=units;all=some;"},
    {HTTP_GET, "/folder/", "/folder/", NULL, ""},
    {HTTP_GET, "/folder", NULL, "", NULL},
    {HTTP_GET, "/units/", NULL, "", NULL},
    {HTTP_GET, "/Units", NULL, "", NULL},
    {HTTP_GET, "/unit", NULL, "", NULL},
    {HTTP_GET, "/units/7/names", NULL, "", NULL},
    {HTTP_GET, "/units/7/name/x", NULL, "", NULL},
    {HTTP_PUT, "/units", NULL, "GET, HEAD, POST, OPTIONS", NULL},
    {HTTP_POST, "/units/mine", NULL, "GET, HEAD, DELETE, OPTIONS", NULL},
    {HTTP_GET, "/units/7/name", NULL, "PUT, OPTIONS", NULL},
    {HTTP_METHODS, "/units", NULL, "GET, HEAD, POST, OPTIONS", NULL},
};
/* clang-format on */

struct finding {
    struct baton_arena *arena;
    size_t index;
};

static baton_code find(void *context) {
    const struct finding *const finding = context;
    const size_t i = finding->index;
    struct http_target target;
    struct http_routes *const made = http_routes_make(finding->arena, routes, LENGTH(routes));
    CHECK_INT(http_target_read(finding->arena, cases[i].target, &target), HTTP_SOUND);
    const struct http_match match =
        http_routes_find(made, finding->arena, cases[i].method, &target);
    CHECK_TEXT(match.route == NULL ? NULL : match.route->pattern, cases[i].pattern);
    if (match.route == NULL) {
        CHECK_TEXT(match.allowed == 0 ? "" : http_allowed_text(finding->arena, match.allowed),
                   cases[i].allowed);
        return BATON_OK;
    }
    const char *text = "";
    for (size_t k = 0; k < match.segment_count; k++)
        text = arena_printf(finding->arena, "%s%s=%s;", text, match.segment[k].name,
                            match.segment[k].value);
    CHECK_TEXT(text, cases[i].segments);
    return BATON_OK;
}

TEST(route_find) {
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].target);
        struct finding finding = {arena_open(), i};
        CHECK_INT(arena_run(finding.arena, find, &finding), BATON_OK);
        arena_close(finding.arena);
    }
}
