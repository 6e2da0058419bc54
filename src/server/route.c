/* Checks before a handler. A query is held to its shape as a body is: its parameters become the members of an object, those that are counts numbers, all others texts; findings get
 * the parameter's name in the place of a pointer. */
#include "server/route.h"
#include "base/arena.h"
#include "base/text.h"
#include "server/gate.h"
#include "server/grave.h"
#include "server/route_answer.h"
#include <assert.h>
#include <string.h>

const struct body_field *route_segment(const char *name, size_t size) {
    /* clang-format off */
    static const struct body_field segments[] = {
        {.name = "assessment", .type = BODY_TEXT, .needed = true, .form = &body_identifier, .length = 64, .is = {"id of the assessment", "考核的标识"}},
        {.name = "period", .type = BODY_TEXT, .needed = true, .form = &body_period, .length = 12, .is = {"period: 2021, 2021-H1, 2021-Q3, 2021-08", "考核周期：2021、2021-H1、2021-Q3、2021-08"}},
        {.name = "person", .type = BODY_TEXT, .needed = true, .form = &body_identifier, .length = 64, .is = {"id of the person", "人员标识"}},
        {.name = "session", .type = BODY_TEXT, .needed = true, .length = 8, .is = {"id of the session", "会话编号"}},
        {.name = "token", .type = BODY_TEXT, .needed = true, .length = 8, .is = {"id of the token", "令牌编号"}},
        {.name = "unit", .type = BODY_TEXT, .needed = true, .form = &body_identifier, .length = 64, .is = {"id of the unit", "考核对象的标识"}},
        {.name = "indicator", .type = BODY_TEXT, .needed = true, .form = &body_identifier, .length = 64, .is = {"id of the indicator; total is the root", "指标的标识；total 为总分"}},
        {.name = "kind", .type = BODY_TEXT, .needed = true, .length = 40, .is = {"kind of fact: observation, target, adjustment, unit ...", "事实种类：observation、target、adjustment、unit 等"}},
        {.name = "draft", .type = BODY_TEXT, .needed = true, .length = 16, .is = {"id of the draft", "草稿编号"}},
        {.name = "position", .type = BODY_TEXT, .needed = true, .length = 20, .is = {"number of the entry", "记录编号"}},
        {.name = "digest", .type = BODY_TEXT, .needed = true, .length = 64, .is = {"digest of the content, 64 digits", "内容的摘要，64 位十六进制"}},
        {.name = "page", .type = BODY_TEXT, .needed = true, .length = 100, .is = {"name of a page of the web interface: table, glossary", "网页名称：table、glossary"}},
        {.name = "file", .type = BODY_TEXT, .needed = true, .length = 100, .is = {"name of a file of the web interface", "网页文件名"}},
        {.name = "code", .type = BODY_TEXT, .needed = true, .length = 40, .is = {"number or name of a code: 5739, QUERY_UNKNOWN", "代码的编号或名称，如 5739、QUERY_UNKNOWN"}},
    };
    /* clang-format on */
    for (size_t i = 0; i < LENGTH(segments); i++)
        if (strlen(segments[i].name) == size && memcmp(segments[i].name, name, size) == 0)
            return &segments[i];
    return NULL;
}

/* Names of codes that say that a part of the path is unknown; in findings the part's name is the field. */
static const struct {
    const char *segment, *codes;
} missing[] = {
    {"{period}", "PERIOD_BAD"},
    {"{unit}", "UNIT_UNKNOWN UNIT_NOT_RANKED"},
    {"{kind}", "FACT_KIND"},
};

static bool has_name(const char *names, const char *wanted) {
    size_t size;
    const char *name;
    for (size_t n = 0; (name = body_word_at(names, n, &size)) != NULL; n++)
        if (strlen(wanted) == size && memcmp(name, wanted, size) == 0)
            return true;
    return false;
}

const char *route_success(const struct route *route) {
    static const char *const words[] = {"200", "202"};
    for (size_t i = 0; i < LENGTH(words); i++)
        if (strncmp(route->media, words[i], strlen(words[i])) == 0)
            return words[i];
    return "201";
}

bool route_may_miss(const struct route *route, const char *code_name) {
    for (size_t i = 0; i < LENGTH(missing); i++)
        if (has_name(missing[i].codes, code_name) &&
            strstr(route->pattern, missing[i].segment) != NULL)
            return true;
    return false;
}

bool route_is_of_package(const struct baton_code_info *code) {
    enum { PACKAGE_FIRST = 2001, PACKAGE_LAST = 2999 };
    return code->number >= PACKAGE_FIRST && code->number <= PACKAGE_LAST;
}

bool route_misses(const struct route *route, const struct baton_finding *finding) {
    const char *const field = finding->where.field;
    for (size_t i = 0; route != NULL && field != NULL && i < LENGTH(missing); i++) {
        const char *const name = missing[i].segment + 1;
        if (strncmp(name, field, strlen(field)) == 0 && name[strlen(field)] == '}')
            return route_may_miss(route, baton_code_info(finding->code)->name);
    }
    return false;
}

const struct route *route_found(const struct http_request *request) {
    return http_problem_code(request) == BATON_ROUTE_UNKNOWN ? NULL : route_of(request);
}

bool route_allows(const struct route *route, bool is_signed_in, uint32_t roles) {
    if ((route->roles & ROUTE_ANYBODY) != 0)
        return true;
    return is_signed_in && ((route->roles & ROUTE_SIGNED_IN) != 0 || (route->roles & roles) != 0);
}

baton_code route_body(const struct http_request *request, const void **out,
                      struct baton_findings *found) {
    const struct route *const route = route_of(request);
    assert(route != NULL && route->body != NULL);
    return body_shape_read(request->arena, route->body, request->body, request->body_size, out,
                           found);
}

const struct body_shape route_any_query = {.name = "AnyQuery", .is = {"anything", "任意参数"}};

static const struct body_field *parameter(const struct body_shape *shape, const char *name) {
    for (size_t i = 0; shape != NULL && i < shape->count; i++)
        if (strcmp(shape->field[i].name, name) == 0)
            return &shape->field[i];
    return NULL;
}

static void tell_unknown(struct baton_arena *arena, const struct body_shape *shape,
                         const char *name, struct baton_findings *found) {
    struct text_guess guess = {.text = name, .size = strlen(name)};
    const char *names = NULL;
    for (size_t i = 0; shape != NULL && i < shape->count; i++) {
        const char *const known = shape->field[i].name;
        text_guess_offer(&guess, known, strlen(known));
        names = names == NULL ? known : arena_printf(arena, "%s %s", names, known);
    }
    baton_findings_add(found, BATON_QUERY_UNKNOWN, (struct baton_where){.field = name}, name,
                       guess.best, names, NULL);
}

/* The findings of a shape about parameters: the name is the pointer without its stroke. A member that is missing, though, is one of the query. */
static void pass_on(const struct baton_findings *from, struct baton_findings *found) {
    for (size_t i = 0; i < from->count; i++) {
        const struct baton_finding *const finding = &from->item[i];
        const char *const field = finding->where.field;
        const struct baton_where where = {.field =
                                              field == NULL || *field == '\0' ? field : field + 1};
        baton_findings_add(found, finding->code, where, finding->arg[0], finding->arg[1],
                           finding->arg[2], finding->arg[3]);
    }
}

baton_code route_check_query(struct baton_arena *arena, const struct body_shape *shape,
                             const struct http_pair *query, size_t count,
                             struct baton_findings *found) {
    static const struct body_shape none = {.name = "none"};
    struct json_value *part = arena_alloc(arena, count, sizeof(*part));
    struct json_value object = {.kind = JSON_IN_OBJECT, .part = part};
    struct baton_findings wrong = {.arena = arena};
    if (shape == &route_any_query)
        return BATON_OK;
    for (size_t i = 0; i < count; i++) {
        const struct body_field *const field = parameter(shape, query[i].name);
        if (field == NULL) {
            tell_unknown(arena, shape, query[i].name, found);
        } else if (json_member(&object, query[i].name) != NULL) {
            baton_findings_add(found, BATON_NAME_TWICE,
                               (struct baton_where){.field = query[i].name}, query[i].name, NULL,
                               NULL, NULL);
        } else {
            part[object.count++] = (struct json_value){
                .kind = field->type == BODY_COUNT ? JSON_IN_NUMBER : JSON_IN_TEXT,
                .name = query[i].name,
                .text = query[i].value,
                .size = strlen(query[i].value)};
        }
    }
    if (body_shape_check(arena, shape == NULL ? &none : shape, &object, &wrong) != BATON_OK)
        pass_on(&wrong, found);
    return baton_findings_worst(found);
}

/* What takes a role over the whole ledger is not for a token of one assessment or some units. */
static bool is_beyond_token(const struct http_request *request, const struct route *route) {
    if (route_allows(route, true, 0) || route->scope != SCOPE_LEDGER)
        return false;
    const struct signed_in *const who = &caller_of(request)->who;
    return who->is_token && (who->assessment[0] != '\0' || who->units[0] != '\0');
}

void route_answer(struct http_request *request, void *site) {
    const struct route *const route = route_of(request);
    struct baton_findings found = {.arena = request->arena};
    assert(route != NULL);
    if (!gate_allows(request, site) || !grave_allows(request, site))
        return;
    if (is_beyond_token(request, route)) {
        http_answer_problem(request, BATON_SCOPE_LACKING, request->path, NULL, NULL, NULL);
        return;
    }
    if (route_check_query(request->arena, route->query, request->query, request->query_count,
                          &found) == BATON_OK)
        route->handle(request, site);
    else
        http_answer_findings(request, &found);
}
