/* The table is made from what the ledger knows now, and proposed with it; what was posted is answered from the stored bytes, never scored again. */
#include "server/api_posting.h"
#include "flow/posting.h"
#include "server/api_write.h"
#include "server/audit_call.h"
#include "server/costly.h"
#include "server/covers.h"
#include "server/sight.h"
#include <inttypes.h>
#include <string.h>

/* clang-format off */
static const struct body_field post_query_fields[] = {
    {.name = "known", .type = BODY_TEXT, .length = 24, .is = {"as known then: a date (to its end, by the clocks of China) or the number of the last fact that counts; else all there is now", "截至何时所知：日期（北京时间当日结束）或计入的最后一号事实；不填为当前全部"}},
};
const struct body_shape post_query_shape = {.name = "PostingQuery", BODY_FIELDS(post_query_fields), .is = {"which state of the result", "结果的哪个状态"}, .example = "{\"known\": \"26717\"}"};
/* clang-format on */

struct posting_asked {
    const char *period, *reason;
};

/* clang-format off */
static const struct body_field post_fields[] = {
    {.name = "period", .type = BODY_TEXT, .form = &body_period, .length = 12, .offset = offsetof(struct posting_asked, period), .is = {"of the result; that of the scheme where there is none", "结果的周期，不填为方案自身的周期"}},
    {.name = "reason", .type = BODY_TEXT, .needed = true, .lines = true, .offset = offsetof(struct posting_asked, reason), .is = {"why", "理由"}},
};
const struct body_shape post_shape = {
    .name = "Posting", BODY_FIELDS(post_fields), .size = sizeof(struct posting_asked), .is = {"a result to be posted", "提请公布的结果"},
    .example = "{\"period\": \"2021-08\", \"reason\": \"the month is complete\"}"};
/* clang-format on */

static baton_code propose(struct call *call) {
    struct request request;
    struct posting_made made;
    const void *body;
    bool is_now;
    TRY(call_request(call, &request));
    TRY(route_body(call->request, &body, &call->found));
    const struct posting_asked *const asked = body;
    struct posting_wish wish = {.actor = call_actor(call),
                                .reason = asked->reason,
                                .engine = BATON_VERSION,
                                .threads = 1,
                                .request = &request};
    TRY(call_period_of(call, "/period", asked->period, &wish.view.period));
    TRY(costly_begin(call));
    TRY(call_reader(call));
    wish.view.reader = call->reader;
    TRY(call_assessment(call, &wish.view.assessment));
    TRY(covers_facts(call, COVERS_PROPOSING,
                     &(struct fact_body){"posting", wish.view.assessment, NULL, 0}, 1));
    TRY(call_known(call, &wish.view.known, &is_now));
    TRY(posting_propose(call->arena, call->api->ledger, &wish, &made, &call->found));
    return answer_stored(
        call, &(struct submission){.first = made.proposal, .count = 1, .is_repeat = made.is_repeat},
        NULL);
}

void api_post(struct http_request *request, void *api) {
    call_run(request, api, propose);
}

static baton_code refuse_unknown(struct call *call) {
    return call_refuse(call, BATON_POSTING_UNKNOWN, http_segment(call->request, "position"), NULL,
                       NULL, NULL);
}

static baton_code show_posted(struct call *call) {
    const char *assessment, *text;
    uint64_t position = 0, count;
    struct digest digest;
    struct entry entry;
    size_t size;
    TRY(call_number(call, "position", http_segment(call->request, "position"), &position));
    TRY(call_reader(call));
    TRY(call_assessment(call, &assessment));
    TRY(reader_size(call->reader, &count));
    if (position >= count)
        return refuse_unknown(call);
    TRY(reader_entry(call->reader, call->arena, position, &entry));
    const struct field *const table = body_field(&entry.body, "table");
    if (strcmp(entry.body.kind, fact_kind_info(FACT_POSTING)->word) != 0 ||
        strcmp(entry.body.assessment, assessment) != 0 || table == NULL ||
        table->size != DIGEST_SIZE)
        return refuse_unknown(call);
    TRY(sight_entry(call, &entry));
    TRY(sight_whole(call, assessment, http_segment(call->request, "position")));
    memcpy(digest.byte, table->value, DIGEST_SIZE);
    TRY(reader_content_text(call->reader, call->arena, &digest, &text, &size));
    call_audit_export(call,
                      arena_printf(call->arena, "%s/postings/%" PRIu64, assessment, position));
    http_answer(call->request, 200, form_media[FORM_CSV], text, size);
    return BATON_OK;
}

void api_posted(struct http_request *request, void *api) {
    call_run(request, api, show_posted);
}
