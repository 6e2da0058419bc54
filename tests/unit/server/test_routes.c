/* The table of routes: what holds of every row; who may ask; queries by tables. */
#include "base/arena.h"
#include "server/openapi.h"
#include "unit/test.h"
#include <string.h>

static bool is_name(const char *name) {
    return *name != '\0' && strspn(name, "abcdefghijklmnopqrstuvwxyz_") == strlen(name);
}

static void check_segments(const struct route *route) {
    for (const char *at = strchr(route->pattern, '{'); at != NULL; at = strchr(at, '{')) {
        const size_t size = strcspn(++at, "}");
        const struct body_field *field = route_segment(at, size);
        if (CHECK(field != NULL))
            CHECK(field->needed && *field->is[BATON_EN] != '\0' && *field->is[BATON_ZH] != '\0');
    }
}

static void check_query(const struct route *route) {
    for (size_t i = 0; route->query != NULL && i < route->query->count; i++) {
        const enum body_type type = route->query->field[i].type;
        CASE("%s ?%s", route->name, route->query->field[i].name);
        CHECK(type == BODY_TEXT || type == BODY_WORD || type == BODY_COUNT);
        CHECK(!route->query->field[i].nullable);
    }
}

/* What a body needs to be read, and an answer to be told of. */
static void check_media(const struct route *route) {
    CHECK(route->body == NULL || (route->body_max > 0 && route->body_max <= JSON_IN_SIZE));
    CHECK(route->body == NULL || route->body->size > 0);
    CHECK(route->body_max == 0 || (route->method != HTTP_GET && route->method != HTTP_DELETE));
    const bool is_document = strcmp(route->name, "openapi") == 0; /* its shape is OpenAPI's own */
    CHECK((route->answer != NULL) ==
          (strstr(route->media, "application/json") != NULL && !is_document));
}

TEST(routes_hold) {
    size_t count, http_count;
    const struct route *route = routes(&count);
    const struct http_route *http = routes_for_http(&http_count);
    CHECK_INT(http_count, count);
    for (size_t i = 0; i < count; i++) {
        CASE("%s", route[i].name);
        CHECK(is_name(route[i].name));
        CHECK(route[i].roles != 0 && route[i].handle != NULL);
        CHECK_TEXT(http[i].pattern, route[i].pattern);
        CHECK_INT(http[i].method, route[i].method);
        CHECK_INT(http[i].way, route[i].way);
        CHECK_INT(http[i].body_max, route[i].body_max);
        CHECK(http[i].handle != route[i].handle); /* but the one that checks first */
        CHECK((http[i].media == NULL) == (route[i].body_max == 0));
        CHECK(*route[i].is[BATON_EN] != '\0' && *route[i].is[BATON_ZH] != '\0');
        const struct http_request request = {.route = &http[i]};
        CHECK(route_of(&request) == &route[i]);
        for (size_t j = 0; j < i; j++) {
            CHECK(strcmp(route[i].name, route[j].name) != 0);
            CHECK(route[i].method != route[j].method ||
                  strcmp(route[i].pattern, route[j].pattern) != 0);
        }
        check_segments(&route[i]);
        check_media(&route[i]);
        check_query(&route[i]);
    }
    const struct http_request nowhere = {0};
    CHECK(route_of(&nowhere) == NULL);
    CHECK(route_segment("cod", 3) == NULL);
}

TEST(route_roles) {
    const struct route anybody = {.roles = ROUTE_ANYBODY}, any_account = {.roles = ROUTE_SIGNED_IN},
                       two = {.roles = ROLE(OFFICE) | ROLE(AUDITOR)};
    CHECK(route_allows(&anybody, false, 0));
    CHECK(route_allows(&anybody, true, ROLE(UNIT)));
    CHECK(!route_allows(&any_account, false, 0));
    CHECK(route_allows(&any_account, true, 0));
    CHECK(!route_allows(&two, true, 0));
    for (unsigned role = 0; role < ROLE_COUNT; role++) {
        const bool is_one = role == ROLE_OFFICE || role == ROLE_AUDITOR;
        CASE("%s", role_word((enum role)role));
        CHECK_INT(route_allows(&two, true, UINT32_C(1) << role), is_one);
        /* roles without an account are none */
        CHECK(!route_allows(&two, false, UINT32_C(1) << role));
        CHECK(!route_allows(&any_account, false, UINT32_C(1) << role));
    }
}

static const struct body_field fields[] = {
    {.name = "limit", .type = BODY_COUNT, .least = 1, .most = 500},
    {.name = "format", .type = BODY_WORD, .words = "json csv"},
    {.name = "known", .type = BODY_TEXT, .form = &body_day},
    {.name = "from", .type = BODY_TEXT, .needed = true, .length = 5},
};
static const struct body_shape shape = {.name = "Query", BODY_FIELDS(fields)};

static const struct {
    struct http_pair query[3];
    size_t count;
    baton_code code;
    const char *field, *a, *b, *c;
} cases[] = {
    {{{"from", "a"}}, 1, BATON_OK, NULL, NULL, NULL, NULL},
    {{{"from", "a"}, {"limit", "500"}, {"format", "csv"}}, 3, BATON_OK, NULL, NULL, NULL, NULL},
    {{{"known", "2021-08-27"}, {"from", "云云云云云"}}, 2, BATON_OK, NULL, NULL, NULL, NULL},
    {{{"limit", "1"}}, 1, BATON_MEMBER_NEEDED, "from", "from", NULL, NULL},
    {{{"from", "a"}, {"limits", "1"}},
     2,
     BATON_QUERY_UNKNOWN,
     "limits",
     "limits",
     "limit",
     "limit format known from"},
    {{{"from", "a"}, {"", ""}}, 2, BATON_QUERY_UNKNOWN, "", "", NULL, "limit format known from"},
    {{{"from", "a"}, {"from", "a"}}, 2, BATON_NAME_TWICE, "from", "from", NULL, NULL},
    {{{"from", "a"}, {"limit", "0"}}, 2, BATON_MEMBER_COUNT, "limit", "0", "1", "500"},
    {{{"from", "a"}, {"limit", "501"}}, 2, BATON_MEMBER_COUNT, "limit", "501", "1", "500"},
    {{{"from", "a"}, {"limit", ""}}, 2, BATON_MEMBER_COUNT, "limit", "", "1", "500"},
    {{{"from", "a"}, {"limit", "+5"}}, 2, BATON_MEMBER_COUNT, "limit", "+5", "1", "500"},
    {{{"from", "a"}, {"limit", "99999999999999999999999"}},
     2,
     BATON_MEMBER_COUNT,
     "limit",
     "99999999999999999999999",
     "1",
     "500"},
    {{{"from", "a"}, {"format", "cvs"}}, 2, BATON_MEMBER_WORD, "format", "cvs", "json csv", "csv"},
    {{{"from", "a"}, {"known", "2021-13-01"}},
     2,
     BATON_MEMBER_FORM,
     "known",
     "2021-13-01",
     "a date such as 2021-08-27",
     "日期（写作 2021-08-27）"},
    {{{"from", "123456"}}, 1, BATON_MEMBER_LONG, "from", "5", "", NULL},
    {{{"from", ""}}, 1, BATON_MEMBER_EMPTY, "from", NULL, NULL, NULL},
};

TEST(route_queries) {
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%zu", i);
        struct baton_arena *arena = arena_open();
        struct baton_findings found = {.arena = arena};
        CHECK_INT(route_check_query(arena, &shape, cases[i].query, cases[i].count, &found),
                  cases[i].code);
        if (CHECK_INT(found.count, cases[i].code != BATON_OK) && found.count == 1) {
            CHECK_TEXT(found.item[0].where.field, cases[i].field);
            CHECK_INT(found.item[0].where.row, 0);
            CHECK_TEXT(found.item[0].arg[0], cases[i].a);
            CHECK_TEXT(found.item[0].arg[1], cases[i].b);
            CHECK_TEXT(found.item[0].arg[2], cases[i].c);
        }
        arena_close(arena);
    }
}

TEST(route_without_query) {
    struct baton_arena *arena = arena_open();
    struct baton_findings found = {.arena = arena};
    CHECK_INT(route_check_query(arena, NULL, NULL, 0, &found), BATON_OK);
    const struct http_pair query[] = {{"a", "1"}, {"b", "2"}};
    CHECK_INT(route_check_query(arena, NULL, query, 2, &found), BATON_QUERY_UNKNOWN);
    if (CHECK_INT(found.count, 2)) {
        CHECK_TEXT(found.item[1].arg[0], "b");
        CHECK_TEXT(found.item[1].arg[2], NULL); /* it takes none */
        CHECK_TEXT(baton_finding_advice(arena, &found.item[1], BATON_EN),
                   "this address takes none");
    }
    arena_close(arena);
}
