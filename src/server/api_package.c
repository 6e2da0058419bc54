/* What is sent is read as the command reads it, from a file of its own; what is answered is written as the command writes it, and sent as it is read. */
#include "server/api_package.h"
#include "base/json.h"
#include "flow/package_export.h"
#include "flow/package_import.h"
#include "ledger/verify.h"
#include "server/api_write.h"
#include "server/audit_call.h"
#include "server/costly.h"
#include "server/covers.h"
#include "server/sent.h"
#include "server/sight.h"
#include "server/temporary.h"
#include <inttypes.h>
#include <string.h>

/* In */

static void put_tables(struct json *json, const struct imported *package) {
    json_array(json, "tables");
    for (size_t t = 0; t < FLOW_TABLES; t++) {
        const struct import_count *const count = &package->table[t];
        if (count->same + count->added + count->corrected + count->withdrawn + count->left == 0)
            continue;
        json_object_tight(json, NULL);
        json_text(json, "file", flow_tables[t].file);
        json_count(json, "added", count->added);
        json_count(json, "corrected", count->corrected);
        json_count(json, "withdrawn", count->withdrawn);
        json_count(json, "same", count->same);
        json_count(json, "left", count->left);
        json_end(json);
    }
    json_end(json);
}

static void put_package(struct json *json, const struct imported *package) {
    static const char *const words[] = {[IMPORT_SCHEME_SAME] = "same",
                                        [IMPORT_SCHEME_NEW] = "new",
                                        [IMPORT_SCHEME_PROPOSED] = "proposed"};
    json_object(json, NULL);
    json_text(json, "assessment", package->assessment);
    json_text(json, "scheme", words[package->scheme]);
    if (package->scheme == IMPORT_SCHEME_PROPOSED) {
        json_count(json, "scheme_proposal", package->proposal);
        json_text(json, "scheme_files", package->scheme_files);
    }
    if (package->facts_proposal > 0)
        json_count(json, "facts_proposal", package->facts_proposal);
    put_tables(json, package);
    json_end(json);
}

static baton_code answer_imported(struct call *call, const struct import_result *result) {
    struct writer *writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    json_object(&json, NULL);
    json_flag(&json, "repeat", result->is_repeat);
    TRY(call_put_stored(call, &json, result->facts, result->first));
    json_array(&json, "packages");
    for (size_t i = 0; i < result->count; i++)
        put_package(&json, &result->package[i]);
    json_end(&json);
    json_count(&json, "warnings", call->found.warnings);
    json_end(&json);
    call_answer_stored(call, result->is_repeat, writer);
    return BATON_OK;
}

static baton_code bring_in(struct call *call) {
    struct request request;
    struct import_wish wish = {.actor = call_actor(call),
                               .reason = http_query(call->request, "reason"),
                               .in_force = http_query(call->request, "in_force"),
                               .correct = sent_wishes(call, "correct"),
                               .propose = sent_wishes(call, "propose"),
                               .withdraw = sent_wishes(call, "withdraw"),
                               .threads = 1,
                               .assessment = http_segment(call->request, "assessment"),
                               .in_file_only = true,
                               .request = &request,
                               .may = covers_import,
                               .may_context = call};
    struct import_result result = {0};
    TRY(call_request(call, &request));
    TRY(covers_saying(call, FACT_OBSERVATION));
    TRY(covers_facts(call, COVERS_SAYING,
                     &(struct fact_body){"observation", wish.assessment, NULL, 0}, 1));
    TRY(costly_begin(call));
    TRY(sent_package(call, &wish.path));
    TRY(call_reader(call));
    TRY(package_import(call->arena, call->api->ledger, call->reader, &wish, &result, &call->found));
    return answer_imported(call, &result);
}

void api_import(struct http_request *request, void *api) {
    call_run(request, api, bring_in);
}

/* Out */

/* Everything of an assessment is exported, so everything may have to be read. */
static baton_code may_read(void *context, const char *assessment) {
    static const enum fact_kind kinds[] = {FACT_SCHEME, FACT_UNIT, FACT_OBSERVATION, FACT_TARGET,
                                           FACT_ADJUSTMENT};
    struct call *call = context;
    for (size_t i = 0; i < LENGTH(kinds); i++)
        if (sight_far(sight_of(call), kinds[i], assessment) != SIGHT_ALL)
            return call_refuse(call, BATON_READING_LACKING, call_actor(call), assessment, NULL,
                               NULL);
    return BATON_OK;
}

static baton_code take_out(struct call *call) {
    const char *const format = http_query(call->request, "format");
    const char *const period = http_query(call->request, "period");
    const bool is_workbook = format != NULL && strcmp(format, "xlsx") == 0;
    struct export_wish wish = {.together = true, .may = may_read, .may_context = call};
    struct export_result result;
    bool is_now;
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(call_assessment(call, &wish.view.assessment));
    TRY(call_known(call, &wish.view.known, &is_now));
    TRY(may_read(call, wish.view.assessment));
    wish.view.reader = call->reader;
    TRY(call_period_of(call, "period", period, &wish.view.period));
    if (http_tag(call->request,
                 arena_printf(call->arena, "%s-%" PRIu64 "-%s-%s", BATON_VERSION, wish.view.known,
                              is_workbook ? "xlsx" : "zip", period != NULL ? period : "newest")))
        return BATON_OK;
    TRY(costly_begin(call));
    const char *const name =
        arena_printf(call->arena, "%s.%s", wish.view.assessment, is_workbook ? "xlsx" : "zip");
    TRY(temporary_path(call, is_workbook ? "export.xlsx" : "export.zip", &wish.output));
    TRY(package_export(call->arena, &wish, &result, &call->found));
    call_audit_export(call, arena_printf(call->arena, "%s/export", wish.view.assessment));
    return temporary_answer(call, wish.output, is_workbook ? form_media[FORM_XLSX] : sent_zip,
                            name);
}

void api_export(struct http_request *request, void *api) {
    call_run(request, api, take_out);
}

static baton_code send_journal(struct call *call) {
    struct verify_report report;
    const char *path;
    uint64_t size;
    TRY(call_reader(call));
    TRY(reader_size(call->reader, &size));
    if (http_tag(call->request, arena_printf(call->arena, "journal-%" PRIu64, size)))
        return BATON_OK;
    TRY(costly_begin(call));
    TRY(temporary_path(call, "ledger.journal", &path));
    TRY(ledger_export(call->arena, &call->api->place, path, &report, &call->found));
    call_audit_export(call, "journal");
    if (http_tag(call->request, arena_printf(call->arena, "journal-%" PRIu64, report.entries)))
        return BATON_OK;
    call_audit_export(call, "journal");
    return temporary_answer(call, path, "application/octet-stream",
                            arena_printf(call->arena, "%s.journal", reader_ledger(call->reader)));
}

void api_journal_file(struct http_request *request, void *api) {
    call_run(request, api, send_journal);
}
