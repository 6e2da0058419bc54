/* An archive is looked at before it is kept, so that no colleague is sent one that leads anywhere or inflates to more than packages may; what stands in it need not be sound, for it is a draft. */
#include "server/api_draft.h"
#include "files/archive.h"
#include "ledger/draft.h"
#include "server/api.h"
#include "server/covers.h"
#include "server/listing.h"
#include "server/sent.h"
#include "server/sight.h"
#include <inttypes.h>
#include <string.h>

enum { INFLATED_MOST = 4 * DRAFT_BYTES_MOST }; /* bytes that a browser unpacks in memory */

/* clang-format off */
#define NAME(NEEDED) {.name = "name", .type = BODY_TEXT, .needed = (NEEDED), .length = DRAFT_NAME_MOST, .is = {"what people call it", "草稿名称"}}
#define REVISION {.name = "revision", .type = BODY_COUNT, .needed = true, .least = 1, .is = {"the revision that was seen: upon an older one nothing is done", "所据的稿次；已有更新的稿次时不予办理"}}
static const struct body_field add_query_fields[] = {NAME(true)};
const struct body_shape draft_add_query_shape = {
    .name = "DraftAddQuery", BODY_FIELDS(add_query_fields), .is = {"a new draft", "新草稿"}, .example = "{\"name\": \"2022 年修订\"}"};
static const struct body_field save_query_fields[] = {REVISION, NAME(false)};
const struct body_shape draft_save_query_shape = {
    .name = "DraftSaveQuery", BODY_FIELDS(save_query_fields), .is = {"upon what; without a name it keeps its own", "所据的稿次；不填名称则不变"}, .example = "{\"revision\": 3}"};
static const struct body_field discard_query_fields[] = {REVISION};
const struct body_shape draft_discard_query_shape = {
    .name = "DraftDiscardQuery", BODY_FIELDS(discard_query_fields), .is = {"what was seen of it", "所据的稿次"}, .example = "{\"revision\": 3}"};

#define TEXT(MEMBER, EN, ZH) {.name = (MEMBER), .type = BODY_TEXT, .needed = true, .is = {EN, ZH}}
static const struct body_field draft_fields[] = {
    TEXT("id", "of the draft", "草稿编号"),
    TEXT("name", "what people call it", "草稿名称"),
    {.name = "revision", .type = BODY_COUNT, .needed = true, .least = 1, .is = {"how often it was saved", "稿次"}},
    {.name = "size", .type = BODY_COUNT, .needed = true, .is = {"bytes of its archive", "压缩包字节数"}},
    TEXT("saved", "when it was saved last", "最后保存时间"),
    TEXT("saved_by", "by whom", "最后保存人"),
    TEXT("saved_by_name", "the same with the name", "最后保存人姓名"),
    TEXT("made", "when it was begun", "建立时间"),
    TEXT("made_by", "by whom", "建立人"),
    TEXT("made_by_name", "the same with the name", "建立人姓名"),
};
const struct body_shape draft_shape = {
    .name = "Draft", BODY_FIELDS(draft_fields), .is = {"a draft of a scheme", "方案草稿"},
    .example = "{\"id\": \"5f1d0c9be2a47763\", \"name\": \"2022 年修订\", \"revision\": 3, \"size\": 48211, \"saved\": \"2021-08-27T01:02:03.004Z\", \"saved_by\": \"li.wei\", \"saved_by_name\": \"李伟（li.wei）\", "
               "\"made\": \"2021-08-26T01:02:03.004Z\", \"made_by\": \"wang.min\", \"made_by_name\": \"王敏（wang.min）\"}"};
static const struct body_field list_fields[] = {
    {.name = "items", .type = BODY_OBJECTS, .needed = true, .inner = &draft_shape, .is = {"the last saved first", "最近保存的在前"}},
    {.name = "most",  .type = BODY_COUNT, .needed = true, .is = {"how many an assessment may have", "每项考核草稿数上限"}},
    {.name = "size_most", .type = BODY_COUNT, .needed = true, .is = {"how many bytes one may have", "每份草稿字节数上限"}},
};
const struct body_shape draft_list_shape = {
    .name = "DraftList", BODY_FIELDS(list_fields), .is = {"the drafts of an assessment", "一项考核的方案草稿"}, .example = "{\"items\": [], \"most\": 20, \"size_most\": 8388608}"};
/* clang-format on */

/* Who may not propose a version has nothing to do with what is not proposed yet. */
static baton_code begin(struct call *call, const char **assessment) {
    TRY(call_reader(call));
    TRY(call_assessment(call, assessment));
    return covers_facts(call, COVERS_PROPOSING, &(struct fact_body){"scheme", *assessment, NULL, 0},
                        1);
}

static void put_draft(struct call *call, struct json *json, const struct draft *draft) {
    struct names *const names = call_names(call);
    json_object(json, NULL);
    json_text(json, "id", draft->id);
    json_text(json, "name", draft->name);
    json_count(json, "revision", draft->revision);
    json_count(json, "size", draft->size);
    json_text(json, "saved", time_exact(call->arena, draft->saved_utc_ms));
    json_text(json, "saved_by", draft->saved_by);
    json_text(json, "saved_by_name", names_shown(names, draft->saved_by));
    json_text(json, "made", time_exact(call->arena, draft->made_utc_ms));
    json_text(json, "made_by", draft->made_by);
    json_text(json, "made_by_name", names_shown(names, draft->made_by));
    json_end(json);
}

static void tell_revision(struct call *call, const struct draft *draft) {
    http_add_header(call->request, "Draft-Revision",
                    arena_printf(call->arena, "%" PRIu64, draft->revision));
}

/* What the ledger refused, in words. */
static baton_code refuse(struct call *call, baton_code code, const struct draft_wish *wish,
                         const struct draft *draft) {
    if (code == BATON_DRAFT_UNKNOWN)
        return call_refuse(call, code, wish->id, NULL, NULL, NULL);
    if (code == BATON_DRAFTS_FULL)
        return call_refuse(call, code, wish->assessment,
                           arena_printf(call->arena, "%d", DRAFTS_MOST), NULL, NULL);
    if (code != BATON_DRAFT_MEANWHILE)
        return call_refuse(call, code, "", NULL, NULL, NULL);
    tell_revision(call, draft);
    return call_refuse(call, code, names_shown(call_names(call), draft->saved_by), draft->name,
                       arena_printf(call->arena, "%" PRIu64, draft->revision),
                       arena_printf(call->arena, "%" PRIu64, wish->revision));
}

static baton_code answer(struct call *call, int status, const struct draft *draft) {
    struct writer *const writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    put_draft(call, &json, draft);
    tell_revision(call, draft);
    const char *const text = writer_text_of(writer);
    http_answer(call->request, status, form_media[FORM_JSON], text, strlen(text));
    return BATON_OK;
}

static baton_code list(struct call *call) {
    const char *assessment;
    struct draft *draft;
    size_t count;
    TRY(begin(call, &assessment));
    TRY(reader_drafts(call->reader, call->arena, assessment, &draft, &count));
    struct writer *const writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    json_object(&json, NULL);
    json_array(&json, "items");
    for (size_t i = 0; i < count; i++)
        put_draft(call, &json, &draft[i]);
    json_end(&json);
    json_count(&json, "most", DRAFTS_MOST);
    json_count(&json, "size_most", DRAFT_BYTES_MOST);
    json_end(&json);
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_drafts(struct http_request *request, void *api) {
    call_run(request, api, list);
}

/* The archive of the body. */
static baton_code take_archive(struct call *call, struct draft_wish *wish) {
    struct archive *archive;
    enum sent_media media;
    uint64_t inflated =
        0; /* of as many members as an archive may have, none of them larger than it may be */
    wish->actor = call_actor(call);
    wish->name = http_query(call->request, "name");
    wish->bytes = call->request->body;
    wish->size = call->request->body_size;
    TRY(sent_media(call, 1U << SENT_ARCHIVE, &media));
    TRY(archive_open_bytes(call->arena, "draft.zip", wish->bytes, wish->size, &archive,
                           &call->found));
    for (uint32_t i = 0; i < archive->count; i++)
        inflated += archive->member[i].size;
    return inflated <= INFLATED_MOST
               ? BATON_OK
               : call_refuse(call, BATON_ARCHIVE_INFLATED,
                             arena_printf(call->arena, "%" PRIu64, inflated),
                             arena_printf(call->arena, "%d", INFLATED_MOST), NULL, NULL);
}

static baton_code add(struct call *call) {
    struct draft_wish wish = {0};
    struct draft draft;
    TRY(begin(call, &wish.assessment));
    TRY(take_archive(call, &wish));
    const baton_code code = ledger_draft_add(call->api->ledger, call->arena, &wish, &draft);
    return code == BATON_OK ? answer(call, 201, &draft) : refuse(call, code, &wish, &draft);
}

void api_draft_add(struct http_request *request, void *api) {
    call_run(request, api, add);
}

static const char *tag_of(struct call *call, const struct draft *draft) {
    return arena_printf(call->arena, "%s-%" PRIu64, draft->id, draft->revision);
}

static baton_code show(struct call *call) {
    struct draft_wish wish = {.id = http_segment(call->request, "draft")};
    struct draft draft;
    const char *bytes;
    TRY(begin(call, &wish.assessment));
    const baton_code code =
        reader_draft(call->reader, call->arena, wish.assessment, wish.id, &draft, &bytes);
    if (code == BATON_DRAFT_UNKNOWN)
        return refuse(call, code, &wish, &draft);
    TRY(code);
    if (http_tag(call->request, tag_of(call, &draft)))
        return BATON_OK;
    tell_revision(call, &draft);
    http_answer(call->request, 200, sent_zip, bytes, (size_t)draft.size);
    return BATON_OK;
}

void api_draft(struct http_request *request, void *api) {
    call_run(request, api, show);
}

static baton_code take_seen(struct call *call, struct draft_wish *wish) {
    wish->id = http_segment(call->request, "draft");
    wish->actor = call_actor(call);
    TRY(begin(call, &wish->assessment));
    return call_number(call, "revision", http_query(call->request, "revision"), &wish->revision);
}

/* If-Match, as of everything that is PUT; the revision says the same. */
static baton_code hold_tag(struct call *call, const struct draft_wish *wish, bool *is_answered) {
    struct draft draft;
    const char *bytes;
    *is_answered = false;
    if (http_header(call->request, "If-Match") == NULL &&
        http_header(call->request, "If-None-Match") == NULL)
        return BATON_OK;
    const baton_code code =
        reader_draft(call->reader, call->arena, wish->assessment, wish->id, &draft, &bytes);
    if (code == BATON_DRAFT_UNKNOWN)
        return refuse(call, code, wish, &draft);
    TRY(code);
    *is_answered = http_tag(call->request, tag_of(call, &draft));
    return BATON_OK;
}

static baton_code save(struct call *call) {
    struct draft_wish wish = {0};
    struct draft draft;
    bool is_answered;
    TRY(take_seen(call, &wish));
    TRY(take_archive(call, &wish));
    TRY(hold_tag(call, &wish, &is_answered));
    if (is_answered)
        return BATON_OK;
    const baton_code code = ledger_draft_save(call->api->ledger, call->arena, &wish, &draft);
    return code == BATON_OK ? answer(call, 200, &draft) : refuse(call, code, &wish, &draft);
}

void api_draft_save(struct http_request *request, void *api) {
    call_run(request, api, save);
}

static baton_code discard(struct call *call) {
    struct draft_wish wish = {0};
    struct draft draft;
    TRY(take_seen(call, &wish));
    const baton_code code = ledger_draft_discard(call->api->ledger, call->arena, &wish, &draft);
    if (code != BATON_OK)
        return refuse(call, code, &wish, &draft);
    http_answer_nothing(call->request, 204);
    return BATON_OK;
}

void api_draft_discard(struct http_request *request, void *api) {
    call_run(request, api, discard);
}
