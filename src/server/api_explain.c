/* How a score came about, with who reported and verified each figure: the assessment is read again from the ledger, with the facts behind its rows. */
#include "engine/explain.h"
#include "flow/explain_package.h"
#include "flow/ledger_score.h"
#include "server/api.h"
#include "server/api_results.h"
#include "server/costly.h"
#include "server/find.h"
#include "server/sight.h"
#include <string.h>

enum { TEXT_WIDTH = 100 };

static baton_code score_asked(struct call *call, struct ledger_scored *out) {
    struct ledger_view view = {.want_origins = true};
    const struct baton_options options = {.as_of_day = INT32_MAX, .threads = 1};
    bool is_now;
    TRY(call_period(call, &view.period));
    TRY(costly_begin(call));
    TRY(call_reader(call));
    view.reader = call->reader;
    TRY(reader_begin(call->reader));
    TRY(call_assessment(call, &view.assessment));
    TRY(call_known(call, &view.known, &is_now));
    return sight_scored(call, view.assessment,
                        ledger_score(call->arena, &view, &options, out, &call->found));
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
    const bool is_text = form != NULL && strcmp(form, "text") == 0; /* else "json" */
    struct ledger_scored scored;
    struct explain_wish wish = {0};
    struct sight_result sight;
    struct explain_line *line;
    TRY(score_asked(call, &scored));
    TRY(take_wish(call, baton_session_scheme(scored.session), &wish));
    TRY(sight_result(call, http_segment(call->request, "assessment"), scored.session, &sight));
    TRY(sight_node(call, &sight, wish.unit, wish.node, http_segment(call->request, "unit")));
    TRY(explain(call->arena, scored.session, &wish, &line));
    struct explain_view view = {.session = scored.session,
                                .line = line,
                                .unit = wish.unit,
                                .as_of_day = INT32_MAX,
                                .language = call->request->language,
                                .width = TEXT_WIDTH,
                                .clauses = http_query(call->request, "clauses") != NULL,
                                .worded = http_query(call->request, "words") != NULL};
    explain_package(&view, scored.package);
    const char *bytes;
    size_t size;
    TRY(call_write(call, print, &(struct printing){&view, is_text}, &bytes, &size));
    http_answer(call->request, 200, is_text ? "text/plain" : form_media[FORM_JSON], bytes, size);
    return BATON_OK;
}

void api_explanation(struct http_request *request, void *api) {
    call_run(request, api, answer_explanation);
}
