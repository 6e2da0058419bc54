/* How a score came about, with who reported and verified each figure: the assessment is read again from the ledger, with the facts behind its rows. */
#include "engine/explain.h"
#include "flow/ledger_score.h"
#include "report/explain_report.h"
#include "server/api.h"
#include "server/api_results.h"
#include "server/find.h"
#include <string.h>

enum { TEXT_WIDTH = 100 };

/* A period of an assessment read with origins, and scored. */
struct opened {
    struct baton_package *package;
    struct baton_session *session;
};

static bool observation_of(void *context, struct baton_arena *arena, uint32_t origin,
                           struct baton_observation *out) {
    return baton_package_observation(context, arena, origin, out);
}

static bool clause_of(void *context, const char *basis, struct baton_clause *out) {
    return baton_package_clause(context, basis, out);
}

static bool fact_of(void *context, struct baton_arena *arena, const char *file, uint32_t row,
                    struct baton_fact *out) {
    return baton_package_fact(context, arena, file, row, out);
}

static void close_session(void *session) {
    baton_session_close(session);
}

static baton_code open_asked(struct call *call, struct opened *out) {
    struct ledger_view view = {.reader = NULL};
    const struct baton_options options = {.as_of_day = INT32_MAX, .threads = 1, .full = true};
    const struct baton_package_options reading = {.threads = 1, .want_origins = true};
    const struct baton_links *links;
    const struct baton_result *result;
    uint64_t scheme;
    bool is_now;
    TRY(call_period(call, &view.period));
    TRY(call_reader(call));
    view.reader = call->reader;
    TRY(reader_begin(call->reader));
    TRY(call_assessment(call, &view.assessment));
    TRY(call_known(call, &view.known, &is_now));
    TRY(ledger_package(call->arena, &view, &reading, &out->package, &scheme, &call->found));
    struct baton_scheme *all = baton_package_scheme(out->package);
    TRY(baton_package_link(out->package, &options, &links, &call->found));
    TRY(baton_session_open(call->arena, all, baton_package_facts(out->package), links, &options,
                           &out->session, &call->found));
    arena_on_close(call->arena, close_session, out->session);
    TRY(baton_score(out->session, view.period.kind == BATON_PERIOD_NONE ? all->period : view.period,
                    &result, &call->found));
    return baton_findings_worst(&call->found);
}

static baton_code take_wish(struct call *call, const struct baton_scheme *scheme,
                            struct explain_wish *wish) {
    const char *const node = http_query(call->request, "node");
    uint64_t depth = 0;
    TRY(call_ranked_unit(call, scheme, http_segment(call->request, "unit"), &wish->unit));
    if (node != NULL)
        TRY(call_node(call, scheme, node, &wish->node));
    TRY(call_number(call, "depth", http_query(call->request, "depth"), &depth));
    wish->depth = http_query(call->request, "all") != NULL || depth > UINT32_MAX ? UINT32_MAX
                                                                                 : (uint32_t)depth;
    return BATON_OK;
}

/* One explanation printed. */
struct printing {
    const struct explain_view *view;
    bool is_text;
};

static baton_code print(void *context, struct baton_arena *scratch, struct writer *writer) {
    const struct printing *printing = context;
    if (printing->is_text)
        explain_text(scratch, printing->view, writer);
    else
        explain_json(scratch, printing->view, writer);
    return BATON_OK;
}

static baton_code answer_explanation(struct call *call) {
    const char *const form = http_query(call->request, "format");
    const bool is_text = form != NULL && strcmp(form, "text") == 0;
    struct opened opened;
    struct explain_wish wish = {0};
    struct explain_line *line;
    if (form != NULL && !is_text && strcmp(form, "json") != 0)
        return call_refuse_at(call, BATON_FORM_UNKNOWN, "format", form, "json, text", NULL, NULL);
    TRY(open_asked(call, &opened));
    TRY(take_wish(call, baton_session_scheme(opened.session), &wish));
    TRY(explain(call->arena, opened.session, &wish, &line));
    const struct explain_view view = {.session = opened.session,
                                      .line = line,
                                      .unit = wish.unit,
                                      .as_of_day = INT32_MAX,
                                      .language = call->request->language,
                                      .width = TEXT_WIDTH,
                                      .clauses = http_query(call->request, "clauses") != NULL,
                                      .context = opened.package,
                                      .observation = observation_of,
                                      .clause = clause_of,
                                      .fact = fact_of};
    const char *bytes;
    size_t size;
    TRY(call_write(call, print, &(struct printing){&view, is_text}, &bytes, &size));
    http_answer(call->request, 200, is_text ? "text/plain" : form_media[FORM_JSON], bytes, size);
    return BATON_OK;
}

void api_explanation(struct http_request *request, void *api) {
    call_run(request, api, answer_explanation);
}
