/* The description of the interface, and the answers that it describes: every reference leads somewhere, every route is there, every example and every answer has its shape. */
#include "base/arena.h"
#include "base/json.h"
#include "http/http_problem.h"
#include "server/api_about.h"
#include "server/openapi.h"
#include "server/schema.h"
#include "unit/test.h"
#include <string.h>

static const struct json_value *read_back(struct baton_arena *arena, const char *text) {
    struct baton_findings found = {.arena = arena};
    const struct json_value *value = NULL;
    CHECK_INT(json_in_read(arena, text, strlen(text), &value, &found), BATON_OK);
    return value;
}

static void check_has_shape(struct baton_arena *arena, const struct body_shape *shape,
                            const char *text) {
    struct baton_findings found = {.arena = arena};
    const struct json_value *value = read_back(arena, text);
    if (value == NULL)
        return;
    CHECK_INT(body_shape_check(arena, shape, value, &found), BATON_OK);
    for (size_t i = 0; i < found.count && i < 3; i++)
        FAIL("%s at %s: %s", shape->name, found.item[i].where.field,
             baton_finding_message(arena, &found.item[i], BATON_EN));
}

/* Every shape of the document. */
static struct schema_set all_shapes(struct baton_arena *arena) {
    struct schema_set set = {.arena = arena};
    size_t count;
    const struct route *route = routes(&count);
    schema_add(&set, &problem_shape);
    for (size_t i = 0; i < count; i++) {
        schema_add(&set, route[i].body);
        schema_add(&set, route[i].answer);
    }
    return set;
}

static void check_field(const struct body_shape *shape, const struct body_field *field) {
    CASE("%s.%s", shape->name, field->name);
    const bool is_inside = field->type == BODY_OBJECT || field->type == BODY_OBJECTS;
    CHECK(is_inside == (field->inner != NULL));
    CHECK((field->type == BODY_WORD) == (field->words != NULL));
    CHECK(field->is[BATON_EN] != NULL && *field->is[BATON_EN] != '\0');
    CHECK(field->is[BATON_ZH] != NULL && *field->is[BATON_ZH] != '\0');
    if (shape->size == 0)
        return;
    CHECK(field->type != BODY_NUMBER && field->type != BODY_ANY);
    CHECK(!field->nullable && !field->blank);
    CHECK(field->offset < shape->size);
    CHECK(field->inner == NULL || field->inner->size > 0);
}

TEST(shapes_hold) {
    struct baton_arena *arena = arena_open();
    const struct schema_set set = all_shapes(arena);
    CHECK(set.count > 5);
    for (size_t i = 0; i < set.count; i++) {
        const struct body_shape *shape = set.shape[i];
        for (size_t j = 0; j < shape->count; j++)
            check_field(shape, &shape->field[j]);
        CASE("%s", shape->name);
        CHECK(shape->is[BATON_EN] != NULL && shape->is[BATON_ZH] != NULL);
        if (CHECK(shape->example != NULL))
            check_has_shape(arena, shape, shape->example);
    }
    arena_close(arena);
}

static const struct json_value *at(const struct json_value *value, const char *name) {
    const struct json_value *member = value == NULL ? NULL : json_member(value, name);
    if (member == NULL)
        FAIL("there is no member %s", name);
    return member;
}

/* What "#/a/b" leads to; NULL = nowhere. */
static const struct json_value *led_to(const struct json_value *root, const char *reference) {
    char part[200];
    if (strncmp(reference, "#/", 2) != 0)
        return NULL;
    for (const char *from = reference + 2; root != NULL;) {
        const size_t size = strcspn(from, "/");
        memcpy(part, from, size);
        part[size] = '\0';
        root = json_member(root, part);
        if (from[size] == '\0')
            return root;
        from += size + 1;
    }
    return NULL;
}

static size_t check_references(const struct json_value *root, const struct json_value *value) {
    size_t count = 0;
    for (size_t i = 0; i < value->count; i++) {
        const struct json_value *part = &value->part[i];
        if (part->name != NULL && strcmp(part->name, "$ref") == 0) {
            CASE("%s", part->text);
            CHECK(led_to(root, part->text) != NULL);
            count++;
        }
        count += check_references(root, part);
    }
    return count;
}

static void check_operation(const struct json_value *paths, const struct route *route) {
    CASE("%s", route->name);
    char method[8];
    const char *word = http_method_word(route->method);
    for (size_t i = 0; i <= strlen(word); i++)
        method[i] = (char)(word[i] | (word[i] == '\0' ? 0 : 0x20));
    const struct json_value *operation = at(at(paths, route->pattern), method);
    if (operation == NULL)
        return;
    CHECK_TEXT(at(operation, "operationId")->text, route->name);
    const struct json_value *answers = at(operation, "responses");
    CHECK(json_member(answers, *route->media == '\0'        ? "204"
                               : route->method == HTTP_POST ? route_success(route)
                                                            : "200") != NULL);
    CHECK(json_member(answers, "400") != NULL && json_member(answers, "503") != NULL);
    CHECK(json_member(answers, "401") != NULL || (route->roles & ROUTE_ANYBODY) != 0);
    CHECK(json_member(answers, "422") != NULL ||
          ((route->query == NULL || route->query == &route_any_query) && route->body == NULL));
    CHECK((json_member(operation, "requestBody") != NULL) == (route->body_max > 0));
}

TEST(openapi_document) {
    for (int language = BATON_EN; language <= BATON_ZH; language++) {
        struct baton_arena *arena = arena_open();
        struct writer *writer = writer_memory(arena);
        openapi_write(writer, (enum baton_language)language);
        const struct json_value *document = read_back(arena, writer_text_of(writer));
        if (document != NULL) {
            CHECK_TEXT(at(document, "openapi")->text, "3.1.0");
            CHECK(check_references(document, document) > 10);
            size_t count;
            const struct route *route = routes(&count);
            for (size_t i = 0; i < count; i++)
                check_operation(at(document, "paths"), &route[i]);
        }
        arena_close(arena);
    }
}

TEST(openapi_codes_of_routes) {
    struct baton_arena *arena = arena_open();
    size_t count;
    const struct route *route = routes(&count);
    for (size_t i = 0; i < count; i++) {
        CASE("%s", route[i].name);
        size_t codes;
        const struct baton_code_info **code = openapi_codes(arena, &route[i], &codes);
        CHECK(codes > 5);
        for (size_t j = 1; j < codes; j++) /* in order, each once */
            CHECK(code[j - 1]->http < code[j]->http ||
                  (code[j - 1]->http == code[j]->http && code[j - 1]->number < code[j]->number));
    }
    arena_close(arena);
}

TEST(answers_have_their_shapes) {
    static const struct {
        const struct body_shape *shape;
        void (*write)(struct writer *writer, enum baton_language language);
    } answers[] = {
        {&api_shape, about_write_api},
        {&code_list_shape, about_write_codes},
        {&method_list_shape, about_write_methods},
    };
    for (size_t i = 0; i < LENGTH(answers); i++)
        for (int language = BATON_EN; language <= BATON_ZH; language++) {
            CASE("%s", answers[i].shape->name);
            struct baton_arena *arena = arena_open();
            struct writer *writer = writer_memory(arena);
            answers[i].write(writer, (enum baton_language)language);
            check_has_shape(arena, answers[i].shape, writer_text_of(writer));
            arena_close(arena);
        }
}

TEST(problems_have_their_shape) {
    struct baton_arena *arena = arena_open();
    struct baton_findings found = {.arena = arena};
    const struct baton_where where = {.file = "f.csv", .row = 3, .column = 4, .field = "unit"};
    baton_findings_add(&found, BATON_MEMBER_LONG,
                       (struct baton_where){.field = "/a/0", .row = 1, .column = 1}, "5", "", NULL,
                       NULL);
    baton_findings_add(&found, BATON_MEMBER_EMPTY, where, NULL, NULL, NULL, NULL);
    baton_findings_add(&found, BATON_DIFFERENT, (struct baton_where){0}, NULL, NULL, NULL, NULL);
    int status = 0;
    check_has_shape(arena, &problem_shape,
                    http_problem_text(arena, &found, BATON_ZH, "0123", &status));
    CHECK_INT(status, 422);
    arena_close(arena);
}

TEST(codes_are_found) {
    const char *guess = NULL;
    const struct baton_code_info *code = about_find_code("QUERY_UNKNOWN", &guess);
    CHECK(code != NULL && code->number == BATON_QUERY_UNKNOWN);
    code = about_find_code("query_unknown", &guess);
    CHECK(code != NULL && code->number == BATON_QUERY_UNKNOWN);
    code = about_find_code("5729", &guess);
    CHECK(code != NULL && code->number == BATON_CODE_NUMBER_UNKNOWN);
    CHECK(about_find_code("QUERY_UNKNOWM", &guess) == NULL);
    CHECK_TEXT(guess, "QUERY_UNKNOWN");
    CHECK(about_find_code("05729", &guess) == NULL);
    CHECK(about_find_code("", &guess) == NULL);
    unsigned count;
    const struct baton_code_info *all = baton_code_list(&count);
    struct baton_arena *arena = arena_open();
    for (unsigned i = 0; i < count; i++) {
        CASE("%s", all[i].name);
        struct writer *writer = writer_memory(arena);
        about_write_code(writer, &all[i], BATON_ZH);
        check_has_shape(arena, &code_shape, writer_text_of(writer));
    }
    arena_close(arena);
}
