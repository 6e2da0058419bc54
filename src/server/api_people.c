/* Persons are a page of their table; their posts are what stands between the first and the last of them in the table of posts, whose keys begin with the person. */
#include "server/api_people.h"
#include "base/json.h"
#include "server/audit_call.h"
#include "server/listing.h"
#include "server/sight.h"
#include <string.h>

/* clang-format off */
static const struct body_field people_query_fields[] = {
    {.name = "after", .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"only ids behind this one", "仅该标识之后的人员"}},
    {.name = "limit", .type = BODY_COUNT, .least = 1, .most = LIMIT_MOST, .initial = LIMIT_USUAL, .is = {"at most so many persons", "最多人数"}},
};
const struct body_shape people_query_shape = {
    .name = "PeopleQuery", BODY_FIELDS(people_query_fields), .is = {"which persons", "查询哪些人员"}, .example = "{\"limit\": 100}"};

static const struct body_field post_fields[] = {
    {.name = "position",   .type = BODY_COUNT, .needed = true, .is = {"number of the entry by which it is corrected or handed over", "记录编号，供更正或交接"}},
    {.name = "role",       .type = BODY_TEXT, .needed = true, .is = {"role", "角色"}},
    {.name = "unit",       .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"of which unit or department", "所属单位"}},
    {.name = "assessment", .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"only for this assessment", "仅限该项考核"}},
    {.name = "indicator",  .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"only for this indicator or block", "仅限该指标或板块"}},
    {.name = "deputy",     .type = BODY_FLAG, .needed = true, .is = {"as a deputy", "副职代理"}},
    {.name = "from",       .type = BODY_TEXT, .needed = true, .is = {"first day", "首日"}},
    {.name = "to",         .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"last day; null = none is said", "末日；null 表示未定"}},
};
static const struct body_shape post_shape = {
    .name = "PersonPost", BODY_FIELDS(post_fields), .is = {"a post", "一项任职"},
    .example = "{\"position\": 40, \"role\": \"unit\", \"unit\": \"yunhu\", \"assessment\": null, \"indicator\": null, \"deputy\": false, \"from\": \"2021-01-01\", \"to\": null}"};

static const struct body_field person_fields[] = {
    {.name = "id",       .type = BODY_TEXT, .needed = true, .is = {"id", "标识"}},
    {.name = "name",     .type = BODY_TEXT, .needed = true, .nullable = true, .lines = true, .length = 100000, .is = {"name; null = erased", "姓名；null 表示已删除"}},
    {.name = "note",     .type = BODY_TEXT, .needed = true, .nullable = true, .lines = true, .length = 100000, .is = {"what else is said of them", "说明"}},
    {.name = "position", .type = BODY_COUNT, .needed = true, .is = {"number of the entry by which they are corrected", "记录编号，供更正"}},
    {.name = "posts",    .type = BODY_OBJECTS, .needed = true, .inner = &post_shape, .is = {"posts of whatever days, by role, unit and first day", "历次任职，按角色、单位和首日排列"}},
};
#define EXAMPLE "{\"id\": \"zhao.qing\", \"name\": \"赵青\", \"note\": null, \"position\": 39, \"posts\": [{\"position\": 40, \"role\": \"unit\", \"unit\": \"yunhu\", \"assessment\": null, \"indicator\": null, \"deputy\": false, \"from\": \"2021-01-01\", \"to\": null}]}"
static const struct body_shape person_shape = {
    .name = "Person", BODY_FIELDS(person_fields), .is = {"a person", "一名人员"}, .example = EXAMPLE};

static const struct body_field people_fields[] = {
    {.name = "items", .type = BODY_OBJECTS, .needed = true, .inner = &person_shape, .is = {"by id", "按标识排列"}},
    {.name = "next",  .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"address of the next page; null = there is none", "下一页的地址；null 表示没有"}},
};
const struct body_shape people_shape = {
    .name = "People", BODY_FIELDS(people_fields), .is = {"persons and their posts", "人员及其任职"},
    .example = "{\"items\": [" EXAMPLE "], \"next\": null}"};
/* clang-format on */

static baton_code take(void *context, const struct fact_row *row) {
    struct list *const list = context;
    if (sight_may(list->call, &row->entry))
        list_keep(list, row);
    return BATON_OK;
}

static const char *id_of(const struct list *persons, size_t i) {
    return body_text(&persons->entry[i].body, "id");
}

/* A text that stands outside of the journal; NULL = there is none, or it was erased. */
static baton_code outside(struct call *call, const struct fact_body *body, const char *name,
                          const char **out) {
    const struct field *const field = body_field(body, name);
    struct digest digest;
    size_t size;
    *out = NULL;
    if (field == NULL || field->size != DIGEST_SIZE)
        return BATON_OK;
    memcpy(digest.byte, field->value, DIGEST_SIZE);
    const baton_code code = reader_content_text(call->reader, call->arena, &digest, out, &size);
    if (code == BATON_CONTENT_ERASED)
        *out = NULL;
    return code == BATON_CONTENT_ERASED ? BATON_OK : code;
}

static void put_text(struct json *json, const struct fact_body *body, const char *name) {
    const char *const text = body_text(body, name);
    json_text(json, name, *text == '\0' ? NULL : text);
}

static void put_post(struct json *json, const struct list *posts, size_t i) {
    const struct fact_body *const body = &posts->entry[i].body;
    json_object_tight(json, NULL);
    json_count(json, "position", posts->about[i].position);
    json_text(json, "role", body_text(body, "role"));
    put_text(json, body, "unit");
    put_text(json, body, "assessment");
    put_text(json, body, "indicator");
    json_flag(json, "deputy", body_field(body, "deputy") != NULL);
    json_text(json, "from", body_text(body, "from"));
    put_text(json, body, "to");
    json_end(json);
}

/* *at is the first post that is not behind those of the persons before. */
static baton_code put_person(struct call *call, struct json *json, const struct list *persons,
                             size_t i, const struct list *posts, size_t *at) {
    const struct fact_body *const body = &persons->entry[i].body;
    const char *const id = id_of(persons, i), *name, *note;
    TRY(outside(call, body, "name", &name));
    TRY(outside(call, body, "note", &note));
    json_object(json, NULL);
    json_text(json, "id", id);
    json_text(json, "name", name);
    json_text(json, "note", note);
    json_count(json, "position", persons->about[i].position);
    json_array(json, "posts");
    for (; *at < posts->count; ++*at) {
        const int order = strcmp(body_text(&posts->entry[*at].body, "person"), id);
        if (order > 0)
            break;
        if (order == 0) /* else of somebody who is withdrawn */
            put_post(json, posts, *at);
    }
    json_end(json);
    json_end(json);
    return BATON_OK;
}

/* The posts of the persons from the first to the last that are told: keys have a character below all of an id's between their fields. */
static baton_code read_posts(struct list *posts, const struct list *persons, size_t count,
                             uint64_t known) {
    struct call *const call = posts->call;
    return count == 0 ? BATON_OK
                      : reader_range(call->reader, "", FACT_POST, known, id_of(persons, 0),
                                     arena_printf(call->arena, "%s ", id_of(persons, count - 1)),
                                     take, posts);
}

static baton_code list_people(struct call *call) {
    const char *const after = http_query(call->request, "after");
    struct list persons = {.call = call}, posts = {.call = call};
    struct writer *writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    size_t limit, at = 0;
    uint64_t known;
    TRY(call_limit(call, LIMIT_USUAL, LIMIT_MOST, &limit));
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(reader_size(call->reader, &known));
    TRY(reader_page(call->reader, "", FACT_PERSON, known, after == NULL ? "" : after, limit + 1,
                    take, &persons));
    const size_t count = persons.count < limit ? persons.count : limit;
    TRY(read_posts(&posts, &persons, count, known));
    json_object(&json, NULL);
    json_array(&json, "items");
    for (size_t i = 0; i < count; i++)
        TRY(put_person(call, &json, &persons, i, &posts, &at));
    json_end(&json);
    reader_end(call->reader);
    list_next(call, &json,
              persons.count <= limit ? NULL
                                     : arena_printf(call->arena, "after=%s&limit=%zu",
                                                    id_of(&persons, limit - 1), limit));
    json_end(&json);
    call_audit_read(call, NULL, fact_kind_info(FACT_PERSON)->word);
    call_audit_read(call, NULL, fact_kind_info(FACT_POST)->word);
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_people(struct http_request *request, void *api) {
    call_run(request, api, list_people);
}
