/* Tables of results. A result that is current is in memory (flow/live.h), and a table that was made of it is answered again until it is scored anew; one as known earlier is scored for the request. */
#include "server/api_results.h"
#include "base/json.h"
#include "flow/ledger_score.h"
#include "flow/tables.h"
#include "report/matrix_report.h"
#include "report/result_csv.h"
#include "report/result_json.h"
#include "report/result_workbook.h"
#include "server/api.h"
#include "server/audit_call.h"
#include "server/costly.h"
#include "server/find.h"
#include "server/kept.h"
#include "server/sight.h"
#include "server/temporary.h"
#include <inttypes.h>
#include <string.h>

enum { PERIODS_MOST = LIVE_PERIODS, TOP_USUAL = 5 };

/* The result that a request is about: current, and then held until the request is over, or as known earlier. */
struct asked {
    const char *assessment;
    struct baton_period period;
    uint64_t known,
        stamp; /* entries that count; when it was scored: the same stamp, the same result */
    uint64_t scheme;
    bool is_now;
    const struct baton_session *session;
    struct live_result held;
};

static baton_code tell_why(struct call *call, const char *assessment,
                           const struct live_result *result) {
    for (size_t i = 0; result->why != NULL && i < result->why->count; i++) {
        const struct baton_finding *finding = &result->why->item[i];
        baton_findings_add(&call->found, finding->code, finding->where, finding->arg[0],
                           finding->arg[1], finding->arg[2], finding->arg[3]);
    }
    return sight_scored(call, assessment, result->code);
}

static baton_code score_then(struct call *call, struct asked *asked) {
    struct ledger_scored scored;
    const struct ledger_view view = {.reader = call->reader,
                                     .assessment = asked->assessment,
                                     .known = asked->known,
                                     .period = asked->period};
    const struct baton_options options = {.as_of_day = INT32_MAX, .threads = 1};
    TRY(costly_begin(call));
    TRY(sight_scored(call, view.assessment,
                     ledger_score(call->arena, &view, &options, &scored, &call->found)));
    asked->session = scored.session;
    asked->stamp = asked->known;
    asked->scheme = scored.scheme;
    return BATON_OK;
}

/* The current one; of a period that is not kept current one that is scored for the request. */
static baton_code take_current(struct call *call, struct asked *asked) {
    const struct live_result *held = &asked->held;
    bool is_kept;
    TRY(kept_result(call->api->live, asked->assessment, asked->period, &asked->held, &is_kept));
    if (!is_kept) {
        asked->is_now = false;
        return score_then(call, asked);
    }
    live_release_with(call->arena, &asked->held);
    if (held->session == NULL && held->code != BATON_OK)
        return tell_why(call, asked->assessment, held);
    if (held->session ==
        NULL) { /* a period that came with the newest figure, and is not scored yet */
        asked->is_now = false;
        return score_then(call, asked);
    }
    asked->session = held->session;
    asked->known = held->size;
    asked->stamp = held->scored_at;
    asked->scheme = held->scheme;
    return BATON_OK;
}

/* A header for each thing by which the result can be made again. */
static void name_state(struct call *call, const struct asked *asked) {
    struct baton_arena *arena = call->arena;
    http_add_header(call->request, "Baton-Known", arena_printf(arena, "%" PRIu64, asked->known));
    http_add_header(call->request, "Baton-Scheme", arena_printf(arena, "%" PRIu64, asked->scheme));
    if (asked->is_now && asked->held.code != BATON_OK)
        http_add_header(call->request, "Baton-Stale", baton_code_info(asked->held.code)->name);
}

static baton_code take_asked(struct call *call, struct asked **out) {
    struct asked *asked = arena_alloc(call->arena, 1, sizeof *asked);
    TRY(call_period(call, &asked->period));
    TRY(call_reader(call));
    TRY(call_assessment(call, &asked->assessment));
    TRY(call_known(call, &asked->known, &asked->is_now));
    TRY(asked->is_now ? take_current(call, asked) : score_then(call, asked));
    name_state(call, asked);
    *out = asked;
    return BATON_OK;
}

/* ?group= and ?unit=; and what of it whoever asks may read under the totals. */
static baton_code take_part(struct call *call, const char *assessment, struct result_view *view,
                            const char **reach) {
    struct sight_result sight;
    TRY(sight_board(call, assessment));
    TRY(sight_result(call, assessment, view->session, &sight));
    view->of_unit = sight.of_unit;
    view->of_node = sight.of_node;
    *reach = sight.reach;
    const char *const group = http_query(call->request, "group");
    const char *const unit = http_query(call->request, "unit");
    if (group != NULL)
        TRY(call_group(call, view->scheme, group, &view->group));
    return unit != NULL ? call_ranked_unit(call, view->scheme, unit, &view->unit) : BATON_OK;
}

static bool is_wished(const struct call *call, const char *name) {
    const char *const value = http_query(call->request, name);
    return value != NULL && strcmp(value, "0") != 0 && strcmp(value, "false") != 0;
}

/* The list of assessments */

static void put_texts(struct json *json, const char *name, const struct baton_text *text) {
    json_object_tight(json, name);
    json_text_if(json, "en", text->en);
    json_text_if(json, "zh", text->zh);
    json_end(json);
}

static void put_periods(struct call *call, struct json *json, const char *assessment) {
    struct baton_period *period = arena_alloc(call->arena, PERIODS_MOST, sizeof *period);
    const size_t count = live_periods(call->api->live, assessment, PERIODS_MOST, period);
    char name[BATON_PERIOD_NAME_SIZE];
    json_array_tight(json, "periods");
    for (size_t i = 0; i < count && i < PERIODS_MOST; i++) {
        baton_period_format(period[i], name);
        json_text(json, NULL, name);
    }
    json_end(json);
}

/* What is wrong quotes rows of any unit. */
static void put_trouble(struct call *call, struct json *json, const char *assessment) {
    const struct baton_finding finding = {.code = BATON_NOT_SCORED, .arg = {assessment}};
    json_object(json, NULL);
    json_text(json, "name", baton_code_info(finding.code)->name);
    json_text(json, "detail",
              baton_finding_message(call->arena, &finding, call->request->language));
    json_end(json);
}

static void put_troubles(struct call *call, struct json *json, const char *assessment,
                         const struct live_result *result) {
    const bool is_told = sight_is_told(call, assessment);
    json_array(json, "problems");
    if (!is_told && result->code != BATON_OK)
        put_trouble(call, json, assessment);
    for (size_t i = 0; is_told && result->why != NULL && i < result->why->count; i++) {
        const struct baton_finding *finding = &result->why->item[i];
        json_object(json, NULL);
        json_text(json, "name", baton_code_info(finding->code)->name);
        json_text(json, "detail",
                  baton_finding_message(call->arena, finding, call->request->language));
        json_text_if(json, "file", finding->where.file);
        if (finding->where.row > 0)
            json_count(json, "row", finding->where.row);
        json_text_if(json, "field", finding->where.field);
        json_end(json);
    }
    json_end(json);
}

static void put_titled(struct json *json, const char *id, const struct baton_text *title) {
    json_object_tight(json, NULL);
    json_text(json, "id", id);
    put_texts(json, "title", title);
    json_end(json);
}

/* What figures of a group look like: decimals, ratings, grades. */
static void put_manner(struct json *json, const struct baton_scheme *scheme,
                       const struct baton_group *group) {
    const struct baton_grades *const grades =
        group->grades != BATON_NONE ? &scheme->grades[group->grades] : NULL;
    json_number(json, "decimals", group->decimals);
    json_number(json, "total", group->total);
    json_array(json, "ratings");
    for (uint32_t i = 0; i < group->ratings.count; i++)
        put_titled(json, group->ratings.item[i].id, &group->ratings.item[i].title);
    json_end(json);
    json_array(json, "grades");
    for (uint32_t i = 0; grades != NULL && i < grades->count; i++)
        put_titled(json, grades->item[i].id, &grades->item[i].title);
    json_end(json);
}

/* The indicators, a node before its children. */
static void put_tree(struct json *json, const struct baton_scheme *scheme) {
    json_array(json, "tree");
    for (uint32_t n = 0; n < scheme->node_count; n++) {
        const struct baton_node *const node = &scheme->node[n];
        json_object_tight(json, NULL);
        json_text(json, "id", node->id);
        put_texts(json, "name", &node->name);
        json_count(json, "level", node->level);
        json_flag(json, "leaf", node->child_count == 0);
        json_flag(json, "individual", node->kind == BATON_INDIVIDUAL);
        json_text_if(json, "measure", node->measure);
        json_end(json);
    }
    json_end(json);
}

static void put_groups(struct json *json, const struct baton_scheme *scheme) {
    json_array(json, "groups");
    for (uint32_t g = 0; g < scheme->group_count; g++) {
        json_object(json, NULL);
        json_text(json, "id", scheme->group[g].id);
        put_texts(json, "title", &scheme->group[g].title);
        put_manner(json, scheme, &scheme->group[g]);
        json_array(json, "units");
        for (uint32_t u = 0; u < scheme->ranked_count; u++) {
            if (scheme->unit[u].group != g)
                continue;
            json_object_tight(json, NULL);
            json_text(json, "id", scheme->unit[u].id);
            put_texts(json, "name", &scheme->unit[u].name);
            json_end(json);
        }
        json_end(json);
        json_end(json);
    }
    json_end(json);
}

/* The assessment whose results are those of the years before, by the links of the version that was scored; for whoever sees that there is one. */
static baton_code put_succeeded(struct call *call, struct json *json,
                                const struct baton_scheme *scheme, uint64_t version) {
    struct entry entry;
    if (scheme->succeeds == NULL)
        return BATON_OK;
    TRY(reader_entry(call->reader, call->arena, version, &entry));
    const char *const link = arena_printf(call->arena, FLOW_LINK "%s", scheme->succeeds);
    const struct field *const field = body_field(&entry.body, link);
    if (field != NULL && field->type == 't' && sight_over(sight_of(call), field->value))
        json_text(json, "succeeds", field->value);
    return BATON_OK;
}

/* One assessment as a member of a list, or in full. */
static baton_code put_assessment(struct call *call, struct json *json, const char *assessment,
                                 const struct live_result *result, bool in_full) {
    const struct baton_scheme *scheme =
        result->session != NULL ? baton_session_scheme(result->session) : NULL;
    char name[BATON_PERIOD_NAME_SIZE];
    json_object(json, NULL);
    json_text(json, "id", assessment);
    if (scheme != NULL) {
        put_texts(json, "title", &scheme->title);
        baton_period_format(scheme->period, name);
        json_text(json, "period", name);
        json_count(json, "scheme", result->scheme);
        json_count(json, "known", result->size);
    }
    put_periods(call, json, assessment);
    json_flag(json, "sound", result->code == BATON_OK);
    if (in_full && scheme != NULL)
        TRY(put_succeeded(call, json, scheme, result->scheme));
    if (in_full) {
        put_troubles(call, json, assessment, result);
        if (scheme != NULL) {
            put_groups(json, scheme);
            put_tree(json, scheme);
        }
    }
    json_end(json);
    return BATON_OK;
}

static baton_code put_watched(struct call *call, struct json *json, const char *assessment,
                              bool in_full) {
    struct live_result *held = arena_alloc(call->arena, 1, sizeof *held);
    const struct baton_period whole = {0};
    bool is_kept;
    TRY(kept_result(call->api->live, assessment, whole, held, &is_kept));
    if (!is_kept)
        return BATON_OK;
    live_release_with(call->arena, held);
    return put_assessment(call, json, assessment, held, in_full);
}

static baton_code list_assessments(struct call *call) {
    struct writer *writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    const char **name;
    size_t count;
    TRY(call_reader(call));
    TRY(call_assessments(call, &name, &count));
    json_object(&json, NULL);
    json_array(&json, "items");
    for (size_t i = 0; i < count; i++)
        TRY(put_watched(call, &json, name[i], false));
    json_end(&json);
    json_end(&json);
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_assessments(struct http_request *request, void *api) {
    call_run(request, api, list_assessments);
}

static baton_code show_assessment(struct call *call) {
    struct writer *writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    const char *assessment;
    TRY(call_reader(call));
    TRY(call_assessment(call, &assessment));
    TRY(put_watched(call, &json, assessment, true));
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_assessment(struct http_request *request, void *api) {
    call_run(request, api, show_assessment);
}

/* Tables */

/* What makes a table different from others of the same result: also for whom it is. */
static const char *key_of(struct call *call, const struct asked *asked, const char *what,
                          const struct result_view *view, const char *reach, enum form form) {
    char period[BATON_PERIOD_NAME_SIZE];
    baton_period_format(asked->period, period);
    return arena_printf(call->arena, "%s\x1e%s\x1e%s\x1e%u\x1e%u\x1e%u\x1e%d\x1e%d\x1e%d\x1e%s",
                        what, asked->assessment, period, view->group, view->unit, view->node,
                        view->rounded, (int)form,
                        form == FORM_XLSX ? (int)call->request->language : 0, reach);
}

/* A table of a result in some form; text is written, a workbook made at a path. */
struct table {
    struct call *call;
    enum form form;
    const struct result_view *view;
    const struct matrix_view *matrix; /* NULL = the result itself */
    const char *reach;                /* of whoever asks: see sight.h */
};

static baton_code write_text(void *context, struct baton_arena *scratch, struct writer *writer) {
    const struct table *table = context;
    const bool is_csv = table->form == FORM_CSV;
    if (table->matrix != NULL)
        return is_csv ? matrix_csv(scratch, table->matrix, writer)
                      : matrix_json(scratch, table->matrix, writer);
    if (is_csv)
        result_csv(scratch, table->view, writer, NULL);
    else
        result_json(scratch, table->view, writer, NULL);
    return BATON_OK;
}

static baton_code write_workbook(void *context, const char *path, int *error) {
    const struct table *table = context;
    struct baton_arena *arena = table->call->arena;
    if (table->matrix != NULL)
        return matrix_workbook(arena, table->matrix, path, error);
    *error = result_workbook(arena, table->view,
                             &(struct result_workbook_style){table->call->request->language, false},
                             path, NULL);
    return BATON_OK;
}

static baton_code make_table(struct table *table, const char **bytes, size_t *size) {
    return table->form == FORM_XLSX
               ? temporary_file(table->call, ".xlsx", write_workbook, table, bytes, size)
               : call_write(table->call, write_text, table, bytes, size);
}

/* A table in a form that is made to be taken away is recorded; once an hour, however often it is asked for. */
static void tell_export(struct call *call, const struct asked *asked, enum form form) {
    char period[BATON_PERIOD_NAME_SIZE];
    if (form == FORM_JSON)
        return;
    baton_period_format(asked->period, period);
    call_audit_export(call, arena_printf(call->arena, "%s/results%s%s", asked->assessment,
                                         period[0] != '\0' ? "/" : "", period));
}

static void release_blob(void *blob) {
    http_blob_release(blob);
}

static baton_code answer_table(struct table *table, const struct asked *asked, const char *what) {
    struct call *call = table->call;
    const char *bytes, *key = key_of(call, asked, what, table->view, table->reach, table->form);
    size_t size;
    struct http_blob *blob =
        asked->is_now ? blobs_await(call->api->blobs, call->arena, key, asked->stamp) : NULL;
    if (blob == NULL) {
        TRY(make_table(table, &bytes, &size));
        blob = http_blob_make(form_media[table->form], bytes, size, NULL, HTTP_EFFORT_LITTLE);
        if (blob == NULL)
            return BATON_NO_MEMORY;
        if (asked->is_now)
            blobs_keep(call->api->blobs, key, asked->stamp, blob, size);
    }
    arena_on_close(call->arena, release_blob, blob);
    tell_export(call, asked, table->form);
    http_answer_blob(call->request, 200, blob);
    return BATON_OK;
}

/* ?rounded= and ?node=, which a matrix has not. */
static baton_code take_rows(struct call *call, enum form form, struct result_view *view) {
    const char *const node = http_query(call->request, "node");
    view->rounded = is_wished(call, "rounded");
    if (node != NULL && form == FORM_XLSX)
        return call_refuse_at(call, BATON_OPTIONS_APART, "node", "node", "format=xlsx", NULL, NULL);
    return node != NULL ? call_node(call, view->scheme, node, &view->node) : BATON_OK;
}

static const unsigned table_forms = 1U << FORM_JSON | 1U << FORM_CSV | 1U << FORM_XLSX;

static baton_code answer_result(struct call *call) {
    struct asked *asked;
    enum form form;
    TRY(call_form(call, table_forms, &form));
    TRY(take_asked(call, &asked));
    struct result_view view = result_view_of(asked->session);
    const char *reach;
    TRY(take_part(call, asked->assessment, &view, &reach));
    TRY(take_rows(call, form, &view));
    return answer_table(&(struct table){call, form, &view, NULL, reach}, asked, "result");
}

/* A table of a current result that was answered before. Other codes than BATON_OK: it has to be made, or what is wrong to be told, in the pool. */
static baton_code answer_again(struct call *call) {
    struct asked *asked = arena_alloc(call->arena, 1, sizeof *asked);
    enum form form;
    asked->is_now = true;
    asked->assessment = http_segment(call->request, "assessment");
    if (http_query(call->request, "known") != NULL)
        return BATON_FORM_UNKNOWN;
    TRY(call_form(call, table_forms, &form));
    TRY(call_period(call, &asked->period));
    if (!live_result(call->api->live, asked->assessment, asked->period, &asked->held))
        return BATON_SCHEME_NONE;
    live_release_with(call->arena, &asked->held);
    if (asked->held.session == NULL)
        return BATON_SCHEME_NONE;
    asked->known = asked->held.size;
    asked->scheme = asked->held.scheme;
    struct result_view view = result_view_of(asked->held.session);
    const char *reach;
    TRY(take_part(call, asked->assessment, &view, &reach));
    TRY(take_rows(call, form, &view));
    struct http_blob *blob = blobs_find(
        call->api->blobs, key_of(call, asked, "result", &view, reach, form), asked->held.scored_at);
    if (blob == NULL)
        return BATON_CONTENT_MISSING;
    arena_on_close(call->arena, release_blob, blob);
    if (!http_blob_is_ready(blob,
                            http_accept_coding(http_header(call->request, "Accept-Encoding"))))
        return BATON_CONTENT_MISSING;
    name_state(call, asked);
    tell_export(call, asked, form);
    http_answer_blob(call->request, 200, blob);
    return BATON_OK;
}

static bool answers_again(struct http_request *request, void *api) {
    struct call call = {.request = request,
                        .api = api,
                        .arena = request->arena,
                        .found = {.arena = request->arena}};
    return answer_again(&call) == BATON_OK;
}

void api_result(struct http_request *request, void *api) {
    if (request->is_in_pool)
        call_run(request, api, answer_result);
    else if (!answers_again(request, api))
        http_pass_on(request);
}

/* ?what=, held to these words by the shape of the query. */
static enum matrix_what matrix_asked(const struct call *call) {
    static const char *const words[] = {"ranks", "scores",        "ratings",   "points",
                                        "lost",  "contributions", "from-mean", "from-best"};
    const char *const asked = http_query(call->request, "what");
    for (size_t i = 0; asked != NULL && i < sizeof words / sizeof *words; i++)
        if (strcmp(asked, words[i]) == 0)
            return (enum matrix_what)i;
    return MATRIX_RANKS;
}

static baton_code answer_matrix(struct call *call) {
    struct asked *asked;
    enum form form;
    struct matrix_view matrix = {
        .what = matrix_asked(call), .top = TOP_USUAL, .language = call->request->language};
    TRY(call_form(call, table_forms, &form));
    TRY(take_asked(call, &asked));
    matrix.result = result_view_of(asked->session);
    const char *reach;
    TRY(take_part(call, asked->assessment, &matrix.result, &reach));
    TRY(sight_whole(call, asked->assessment, "matrix")); /* it compares units with each other */
    const char *key =
        arena_printf(call->arena, "matrix%d%d", (int)matrix.what, (int)matrix.language);
    return answer_table(&(struct table){call, form, &matrix.result, &matrix, reach}, asked, key);
}

void api_matrix(struct http_request *request, void *api) {
    call_run(request, api, answer_matrix);
}
