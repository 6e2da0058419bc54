/* The files of an assessment that whoever asks may read, each with the facts in force that name it, as far as they may be read; by what the server has read of the journal (flow/evidence.h). */
#include "base/civil_day.h"
#include "base/json.h"
#include "files/media.h"
#include "flow/entry_print.h"
#include "flow/evidence.h"
#include "flow/post_reach.h"
#include "server/api.h"
#include "server/api_evidence.h"
#include "server/find.h"
#include "server/kept_expected.h"
#include "server/listing.h"
#include "server/sight.h"
#include <inttypes.h>
#include <string.h>

enum { NAMES_TOLD = 50, LOOKED_MOST = 20000 };

/* clang-format off */
static const struct body_field evidence_query_fields[] = {
    {.name = "name", .type = BODY_TEXT, .needed = true, .length = 200, .is = {"name of the file", "文件名"}},
};
const struct body_shape evidence_query_shape = {
    .name = "EvidenceQuery", BODY_FIELDS(evidence_query_fields), .is = {"what the bytes are called", "文件名称"},
    .example = "{\"name\": \"report.pdf\"}"};

static const struct body_field list_query_fields[] = {
    {.name = "unit",      .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"only what facts of this unit name", "仅该对象的数据所引用的"}},
    {.name = "period",    .type = BODY_TEXT, .form = &body_period, .is = {"only what facts of this period name", "仅该周期的数据所引用的"}},
    {.name = "element",   .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"only what figures of this element name", "仅该数据项所引用的"}},
    {.name = "indicator", .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"only what figures of this indicator or block name, and its targets", "仅该指标或指标块的数据和目标值所引用的"}},
    {.name = "state",     .type = BODY_WORD, .words = "kept unnamed past_term erased", .is = {"kept: those that are there; unnamed: which no fact in force names; past_term: whose term is over; erased", "kept 为现存的，unnamed 为无现行数据引用的，past_term 为保管期满的，erased 为已删除的"}},
    {.name = "before",    .type = BODY_COUNT, .is = {"only those brought in before this entry", "仅在该编号之前上传的"}},
    {.name = "limit",     .type = BODY_COUNT, .least = 1, .most = LIMIT_MOST, .initial = LIMIT_USUAL, .is = {"at most so many; 50", "最多条数，默认 50"}},
};
const struct body_shape evidence_list_query_shape = {
    .name = "EvidenceListQuery", BODY_FIELDS(list_query_fields), .is = {"which files", "哪些佐证"},
    .example = "{\"unit\": \"yunhu\", \"period\": \"2021-08\"}"};

static const struct body_field naming_fields[] = {
    {.name = "position",  .type = BODY_COUNT, .needed = true, .is = {"number of the fact", "事实编号"}},
    {.name = "kind",      .type = BODY_TEXT, .needed = true, .is = {"its kind", "类型"}},
    {.name = "unit",      .type = BODY_TEXT, .is = {"of which unit", "考核对象"}},
    {.name = "element",   .type = BODY_TEXT, .is = {"of a figure or report: its element", "数据项"}},
    {.name = "indicator", .type = BODY_TEXT, .is = {"of a target: its indicator", "目标值的指标"}},
    {.name = "item",      .type = BODY_TEXT, .is = {"of an adjustment: its item", "加减分项"}},
    {.name = "period",    .type = BODY_TEXT, .is = {"its period", "周期"}},
    {.name = "stage",     .type = BODY_TEXT, .is = {"of a report: how far it is", "填报环节"}},
};
static const struct body_shape naming_shape = {
    .name = "EvidenceNaming", BODY_FIELDS(naming_fields), .is = {"a fact that names it", "引用佐证的一条事实"},
    .example = "{\"position\": 812, \"kind\": \"observation\", \"unit\": \"yunhu\", \"element\": \"gdp\", \"period\": \"2021-08\"}"};

static const struct body_field file_fields[] = {
    {.name = "digest",     .type = BODY_TEXT, .needed = true, .is = {"by which facts name it, and under which it is read: /contents/{digest}", "引用和读取（/contents/{digest}）所用的摘要"}},
    {.name = "name",       .type = BODY_TEXT, .is = {"of the file; none once it was erased", "文件名；已删除的没有"}},
    {.name = "size",       .type = BODY_COUNT, .needed = true, .is = {"bytes", "字节数"}},
    {.name = "media",      .type = BODY_TEXT, .needed = true, .is = {"media type, by its content", "按内容识别的类型"}},
    {.name = "by",         .type = BODY_TEXT, .needed = true, .is = {"who brought it in first", "首次上传人"}},
    {.name = "time",       .type = BODY_TEXT, .needed = true, .is = {"when, in UTC", "上传时间（UTC）"}},
    {.name = "position",   .type = BODY_COUNT, .needed = true, .is = {"number of the fact that says so", "相应事实的编号"}},
    {.name = "named",      .type = BODY_COUNT, .needed = true, .is = {"how many facts in force name it, of those that may be read", "引用它的现行事实数，以可查看的为限"}},
    {.name = "facts",      .type = BODY_OBJECTS, .needed = true, .inner = &naming_shape, .is = {"these, up to fifty", "这些事实，至多五十条"}},
    {.name = "keep_until", .type = BODY_TEXT, .is = {"the last day of its term; none: it is kept for good", "保管期限的最后一日；没有则永久保管"}},
    {.name = "past_term",  .type = BODY_FLAG, .needed = true, .is = {"its term is over, and its erasure may be proposed", "保管期满，可提请删除"}},
    {.name = "erased",     .type = BODY_TEXT, .is = {"when it was erased, in UTC", "删除时间（UTC）"}},
};
static const struct body_shape file_shape = {
    .name = "EvidenceFile", BODY_FIELDS(file_fields), .is = {"a file that was brought in", "一份佐证"},
    .example = "{\"digest\": \"213fccc20fbf055f8c34c3db27be9107a1f4e44729495fadb652b294e03bf3c9\", \"name\": \"函.pdf\", \"size\": 81234, \"media\": \"application/pdf\", \"by\": \"zhao.qing\", \"time\": \"2021-09-08T03:12:45.118Z\", \"position\": 811, \"named\": 0, \"facts\": [], \"keep_until\": \"2051-12-31\", \"past_term\": false}"};

static const struct body_field list_fields[] = {
    {.name = "size_max", .type = BODY_COUNT, .needed = true, .is = {"bytes that a file may have", "单个文件的大小上限（字节）"}},
    {.name = "endings",  .type = BODY_TEXTS, .needed = true, .is = {"endings of names of files that are taken", "可上传文件的扩展名"}},
    {.name = "items",    .type = BODY_OBJECTS, .needed = true, .inner = &file_shape, .is = {"the newest first", "新的在前"}},
    {.name = "next",     .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"address of the next page; null = there is none", "下一页的地址；null 表示没有"}},
};
const struct body_shape evidence_list_shape = {
    .name = "EvidenceList", BODY_FIELDS(list_fields), .is = {"evidence of an assessment", "一项考核的佐证"},
    .example = "{\"size_max\": 268435456, \"endings\": [\"pdf\"], \"items\": [], \"next\": null}"};
/* clang-format on */

/* What is listed. */
struct looking {
    struct call *call;
    const char *assessment, *indicator, *state; /* NULL = any */
    struct evidence_wish wish;
    struct post_reach reach; /* of the indicator */
    int32_t today;
    /* Of the file at hand: facts in force that may be read and are asked for, and those among them that are told. */
    const struct evidence_name *name[NAMES_TOLD];
    size_t named, asked;
};

/* The facts of this assessment in force that name it. */
static void look_at_names(struct looking *looking, const struct evidence_file *file) {
    looking->named = looking->asked = 0;
    for (size_t i = file->name_count; i > 0; i--) {
        const struct evidence_name *const name = &file->name[i - 1];
        if (!name->in_force || strcmp(name->body.assessment, looking->assessment) != 0 ||
            !sight_reads_named(looking->call, name))
            continue;
        if (looking->named < NAMES_TOLD)
            looking->name[looking->named] = name;
        looking->named++;
        looking->asked += evidence_wishes(&looking->wish, &name->body);
    }
}

static bool has_filter(const struct looking *looking) {
    const struct evidence_wish *const wish = &looking->wish;
    return wish->unit != NULL || wish->period != NULL || wish->element != NULL ||
           wish->reach != NULL;
}

static bool is_in_state(const struct looking *looking, const struct evidence_file *file,
                        int32_t until) {
    const char *const state = looking->state;
    if (state == NULL)
        return true;
    if (strcmp(state, "erased") == 0 || file->erased >= 0)
        return (file->erased >= 0) == (strcmp(state, "erased") == 0);
    return strcmp(state, "kept") == 0 ||
           (strcmp(state, "unnamed") == 0 ? !evidence_is_named(file) : looking->today > until);
}

/* Telling */

static baton_code put_name(struct call *call, struct json *json,
                           const struct evidence_brought *brought) {
    const char *text;
    size_t size;
    if (!brought->has_name)
        return BATON_OK;
    const baton_code code =
        reader_content_text(call->reader, call->arena, &brought->name, &text, &size);
    if (code == BATON_OK)
        json_text(json, "name", text);
    return code == BATON_CONTENT_ERASED ? BATON_OK : code;
}

static void put_names(const struct looking *looking, struct json *json) {
    static const char *const fields[] = {"unit", "element", "indicator", "item", "period", "stage"};
    json_count(json, "named", looking->named);
    json_array(json, "facts");
    for (size_t i = 0; i < looking->named && i < NAMES_TOLD; i++) {
        const struct fact_body *const body = &looking->name[i]->body;
        json_object(json, NULL);
        json_count(json, "position", looking->name[i]->position);
        json_text(json, "kind", body->kind);
        for (size_t f = 0; f < LENGTH(fields); f++)
            if (body_field(body, fields[f]) != NULL)
                json_text(json, fields[f], body_text(body, fields[f]));
        json_end(json);
    }
    json_end(json);
}

static baton_code put_file(const struct looking *looking, struct json *json,
                           const struct evidence_file *file, const struct evidence_brought *brought,
                           int32_t until) {
    struct call *const call = looking->call;
    char hex[DIGEST_HEX_SIZE], day[BATON_PERIOD_NAME_SIZE];
    digest_hex(&file->digest, hex);
    json_object(json, NULL);
    json_text(json, "digest", hex);
    TRY(put_name(call, json, brought));
    json_count(json, "size", file->size);
    json_text(json, "media", file->media);
    json_text(json, "by", brought->actor);
    json_text(json, "time", time_exact(call->arena, brought->time_utc_ms));
    json_count(json, "position", brought->position);
    put_names(looking, json);
    if (until != INT32_MAX) {
        baton_day_format(until, day);
        json_text(json, "keep_until", day);
    }
    json_flag(json, "past_term", looking->today > until);
    if (file->erased >= 0)
        json_text(json, "erased", time_exact(call->arena, file->erased_utc_ms));
    json_end(json);
    return BATON_OK;
}

/* How it came to this assessment first; NULL = it did not. */
static const struct evidence_brought *brought_to(const struct looking *looking,
                                                 const struct evidence_file *file) {
    for (size_t i = 0; i < file->brought_count; i++)
        if (strcmp(file->brought[i].assessment, looking->assessment) == 0)
            return &file->brought[i];
    return NULL;
}

/* One file, where it is one of those asked for. */
static baton_code tell(struct looking *looking, struct json *json, const struct evidence_file *file,
                       const struct evidence_brought *brought, size_t *told) {
    struct evidence *const evidence = looking->call->api->evidence;
    const struct evidence_name *why;
    const int32_t until = evidence_kept_until(evidence, file, &why);
    if (!sight_file(looking->call, file, looking->assessment) || !is_in_state(looking, file, until))
        return BATON_OK;
    look_at_names(looking, file);
    if (has_filter(looking) && looking->asked == 0)
        return BATON_OK;
    ++*told;
    return put_file(looking, json, file, brought, until);
}

static void put_taken(struct call *call, struct json *json) {
    json_count(json, "size_max", call->api->evidence_taken.size_max);
    json_array(json, "endings");
    for (int kind = 0; kind < MEDIA_KINDS; kind++) {
        const char *at = media_info((enum media_kind)kind)->endings;
        while ((call->api->evidence_taken.kinds >> kind & 1) != 0 && *at != '\0') {
            const size_t size = strcspn(at, " ");
            json_text(json, NULL, arena_text(call->arena, at, size));
            at += size + (at[size] == ' ');
        }
    }
    json_end(json);
}

static const char *next_query(const struct looking *looking, uint64_t before, size_t limit) {
    static const char *const names[] = {"unit", "period", "element", "indicator", "state"};
    struct baton_arena *const arena = looking->call->arena;
    const char *query = arena_printf(arena, "before=%" PRIu64 "&limit=%zu", before, limit);
    for (size_t i = 0; i < LENGTH(names); i++) {
        const char *const value = http_query(looking->call->request, names[i]);
        if (value != NULL)
            query = arena_printf(arena, "%s&%s=%s", query, names[i], value);
    }
    return query;
}

static baton_code find_indicator(struct looking *looking) {
    const struct baton_session *session;
    const struct expected_index *expected;
    uint32_t node;
    if (looking->indicator == NULL)
        return BATON_OK;
    TRY(call_expected(looking->call, looking->assessment, &session, &expected));
    TRY(call_node(looking->call, baton_session_scheme(session), looking->indicator, &node));
    post_reach_of(looking->call->arena, session, looking->indicator, &looking->reach);
    looking->wish.reach = &looking->reach;
    return BATON_OK;
}

static baton_code put_files(struct looking *looking, struct json *json, size_t limit,
                            uint64_t before) {
    struct evidence_list list;
    size_t told = 0, looked = 0, i;
    evidence_all(looking->call->api->evidence, looking->call->arena, &list);
    const struct evidence_brought *brought = NULL;
    json_array(json, "items");
    for (i = list.count; i > 0 && told < limit && looked < LOOKED_MOST; i--) {
        const struct evidence_brought *const one = brought_to(looking, &list.file[i - 1]);
        if (one == NULL || list.file[i - 1].brought[0].position >= before)
            continue;
        looked++;
        brought = &list.file[i - 1].brought[0];
        TRY(tell(looking, json, &list.file[i - 1], one, &told));
    }
    json_end(json);
    list_next(looking->call, json,
              i == 0 || brought == NULL ? NULL : next_query(looking, brought->position, limit));
    return BATON_OK;
}

static baton_code list_evidence(struct call *call) {
    struct looking looking = {.call = call,
                              .wish = {.unit = http_query(call->request, "unit"),
                                       .period = http_query(call->request, "period"),
                                       .element = http_query(call->request, "element")},
                              .indicator = http_query(call->request, "indicator"),
                              .state = http_query(call->request, "state"),
                              .today = civil_day(people_time_utc_ms(call->api->people))};
    struct writer *const writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    uint64_t before = UINT64_MAX;
    size_t limit;
    TRY(call_limit(call, LIMIT_USUAL, LIMIT_MOST, &limit));
    TRY(call_number(call, "before", http_query(call->request, "before"), &before));
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(call_assessment(call, &looking.assessment));
    TRY(find_indicator(&looking));
    TRY(evidence_read(call->api->evidence, call->reader));
    json_object(&json, NULL);
    put_taken(call, &json);
    TRY(put_files(&looking, &json, limit, before));
    json_end(&json);
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_evidence_list(struct http_request *request, void *api) {
    call_run(request, api, list_evidence);
}
