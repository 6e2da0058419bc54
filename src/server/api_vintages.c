/* A row is shown to whoever may read all that was said of it, so that first and final are what they are called; what a revision changed in totals and ranks to whoever may read the revision. */
#include "server/api_vintages.h"
#include "flow/vintages_print.h"
#include "server/api.h"
#include "server/audit_call.h"
#include "server/costly.h"
#include "server/listing.h"
#include "server/sight.h"
#include <inttypes.h>
#include <string.h>

static const unsigned forms = 1U << FORM_JSON | 1U << FORM_CSV;

static baton_code may_read(struct call *call, enum fact_kind kind, const char *assessment,
                           const struct vintage *vintage, bool *out) {
    struct entry entry;
    *out = sight_far(sight_of(call), kind, assessment) == SIGHT_ALL;
    if (*out)
        return BATON_OK;
    TRY(reader_entry(call->reader, call->arena, vintage->fact.position, &entry));
    return sight_reads(call, &entry, out);
}

static baton_code take_kind(struct call *call, const char *assessment, enum fact_kind *out) {
    const char *const word = http_segment(call->request, "kind");
    if (!fact_kind_of(word, out) ||
        (*out != FACT_OBSERVATION && *out != FACT_TARGET && *out != FACT_ADJUSTMENT))
        return call_refuse_at(call, BATON_FACT_KIND, "kind", word, NULL, NULL, NULL);
    if (sight_far(sight_of(call), *out, assessment) == SIGHT_NOTHING)
        return call_refuse(call, BATON_READING_LACKING, call_actor(call),
                           fact_kind_info(*out)->name[call->request->language], NULL, NULL);
    return BATON_OK;
}

/* Rows that were revised. */
struct listed {
    const char *assessment;
    enum fact_kind kind;
    uint64_t known, before;
    struct vintages *row; /* in the order of their newest revision */
    size_t count;
};

static uint64_t newest_of(const struct vintages *row) {
    return row->vintage[row->count - 1].fact.position;
}

static baton_code keep_readable(struct call *call, struct listed *listed) {
    size_t kept = 0;
    for (size_t i = 0; i < listed->count; i++) {
        const struct vintages *const row = &listed->row[i];
        bool may = row->count > 1 && newest_of(row) < listed->before;
        for (size_t v = 0; may && v < row->count; v++)
            TRY(may_read(call, listed->kind, listed->assessment, &row->vintage[v], &may));
        if (may)
            listed->row[kept++] = *row;
    }
    listed->count = kept;
    return BATON_OK;
}

static void answer_rows_csv(struct call *call, const struct listed *listed) {
    struct writer *const writer = writer_memory(call->arena);
    vintages_csv_head(writer);
    for (size_t i = listed->count; i > 0; i--)
        vintages_csv(call->arena, writer, &listed->row[i - 1]);
    call_audit_export(call, arena_printf(call->arena, "%s/vintages/%s", listed->assessment,
                                         fact_kind_info(listed->kind)->word));
    call_answer(call, form_media[FORM_CSV], writer);
}

static void answer_rows_json(struct call *call, const struct listed *listed, size_t limit) {
    struct writer *const writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    const size_t end = listed->count > limit ? listed->count - limit : 0;
    json_object(&json, NULL);
    json_array(&json, "items");
    for (size_t i = listed->count; i > end; i--)
        vintages_json(call->arena, &json, &listed->row[i - 1]);
    json_end(&json);
    json_count(&json, "known", listed->known);
    list_next(call, &json,
              end == 0 ? NULL
                       : arena_printf(call->arena,
                                      "before=%" PRIu64 "&limit=%zu&known=%" PRIu64 "&format=json",
                                      newest_of(&listed->row[end]), limit, listed->known - 1));
    json_end(&json);
    call_answer(call, form_media[FORM_JSON], writer);
}

static baton_code list_vintages(struct call *call) {
    struct listed listed = {.before = UINT64_MAX};
    enum form form;
    size_t limit;
    bool is_now;
    TRY(call_form(call, forms, &form));
    TRY(call_limit(call, LIMIT_USUAL, LIMIT_MOST, &limit));
    if (form == FORM_JSON)
        TRY(call_number(call, "before", http_query(call->request, "before"), &listed.before));
    TRY(costly_begin(call));
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(call_assessment(call, &listed.assessment));
    TRY(call_known(call, &listed.known, &is_now));
    TRY(take_kind(call, listed.assessment, &listed.kind));
    TRY(vintages_revised(call->arena, call->reader, listed.assessment, listed.kind, listed.known,
                         &listed.row, &listed.count, &call->found));
    TRY(keep_readable(call, &listed));
    if (form == FORM_CSV)
        answer_rows_csv(call, &listed);
    else
        answer_rows_json(call, &listed, limit);
    return BATON_OK;
}

void api_vintages(struct http_request *request, void *api) {
    call_run(request, api, list_vintages);
}

/* What revisions changed */

struct wanted {
    struct call *call;
    const char *assessment, *kind, *key; /* kind, key: NULL = any */
};

static baton_code takes(void *context, const struct vintages *row, size_t index, bool *out) {
    const struct wanted *const wanted = context;
    *out = (wanted->kind == NULL || strcmp(wanted->kind, fact_kind_info(row->kind)->word) == 0) &&
           (wanted->key == NULL || strcmp(wanted->key, row->key) == 0);
    for (size_t v = index - 1; *out && v <= index; v++)
        TRY(may_read(wanted->call, row->kind, wanted->assessment, &row->vintage[v], out));
    return BATON_OK;
}

static void answer_effects(struct call *call, const struct revision_effects *effects,
                           uint64_t known) {
    struct writer *const writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    char period[BATON_PERIOD_NAME_SIZE];
    baton_period_format(effects->period, period);
    json_object(&json, NULL);
    json_text(&json, "period", period);
    json_count(&json, "known", known);
    json_array(&json, "items");
    for (size_t i = 0; i < effects->count; i++)
        effect_json(call->arena, &json, &effects->effect[i]);
    json_end(&json);
    json_count(&json, "left_out", effects->left_out);
    json_end(&json);
    call_answer(call, form_media[FORM_JSON], writer);
}

static void answer_effects_csv(struct call *call, const char *assessment,
                               const struct revision_effects *effects) {
    struct writer *const writer = writer_memory(call->arena);
    effects_csv(writer, effects);
    call_audit_export(call, arena_printf(call->arena, "%s/results/%s/revisions", assessment,
                                         http_segment(call->request, "period")));
    call_answer(call, form_media[FORM_CSV], writer);
}

static baton_code list_effects(struct call *call) {
    enum { USUAL = 10, MOST = 100 };
    const char *const key = http_query(call->request, "key");
    struct wanted wanted = {.call = call, .kind = http_query(call->request, "kind")};
    struct revision_wish wish = {.threads = 1, .takes = takes, .context = &wanted};
    struct revision_effects effects;
    struct ledger_view view = {0};
    enum form form;
    size_t limit;
    bool is_now;
    TRY(call_form(call, forms, &form));
    TRY(call_limit(call, USUAL, MOST, &limit));
    TRY(call_period(call, &view.period));
    TRY(costly_begin(call));
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(call_assessment(call, &view.assessment));
    TRY(call_known(call, &view.known, &is_now));
    TRY(sight_board(call, view.assessment));
    view.reader = call->reader;
    wish.most = limit;
    wanted.assessment = view.assessment;
    wanted.key = key == NULL ? NULL : list_key(call, key);
    TRY(sight_scored(call, view.assessment,
                     vintages_effects(call->arena, &view, &wish, &effects, &call->found)));
    if (form == FORM_CSV)
        answer_effects_csv(call, view.assessment, &effects);
    else
        answer_effects(call, &effects, view.known);
    return BATON_OK;
}

void api_revisions(struct http_request *request, void *api) {
    call_run(request, api, list_effects);
}
