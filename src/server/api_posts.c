/* Both facts are said by whoever asks, and judged by the ledger as if they came one by one. */
#include "server/api_posts.h"
#include "flow/handover.h"
#include "server/api.h"
#include "server/api_write.h"
#include "server/covers.h"
#include <stddef.h>
#include <string.h>

struct handover_asked {
    const char *person, *from, *reason;
};

/* clang-format off */
static const struct body_field handover_fields[] = {
    {.name = "person", .type = BODY_TEXT, .needed = true, .form = &body_identifier, .length = 64, .offset = offsetof(struct handover_asked, person), .is = {"who gets the post", "接任人员标识"}},
    {.name = "from",   .type = BODY_TEXT, .needed = true, .form = &body_day, .length = 10, .offset = offsetof(struct handover_asked, from), .is = {"their first day; the day before is the other's last one", "接任首日，前一日为原任末日"}},
    {.name = "reason", .type = BODY_TEXT, .needed = true, .lines = true, .offset = offsetof(struct handover_asked, reason), .is = {"why", "理由"}},
};
const struct body_shape handover_shape = {
    .name = "Handover", BODY_FIELDS(handover_fields), .size = sizeof(struct handover_asked), .is = {"a post that passes to another person", "交接任职"},
    .example = "{\"person\": \"zhao.qing\", \"from\": \"2021-09-01\", \"reason\": \"transferred\"}"};
/* clang-format on */

static baton_code hand_over(struct call *call) {
    struct handover handover = {0};
    struct fact_body fact[2];
    struct submission submission = {.actor = call_actor(call), .fact = fact, .want_receipts = true};
    struct request request;
    const void *body;
    TRY(call_request(call, &request));
    TRY(route_body(call->request, &body, &call->found));
    const struct handover_asked *const asked = body;
    handover.person = asked->person;
    handover.reason = asked->reason;
    (void)baton_day_parse(asked->from, strlen(asked->from),
                          &handover.day); /* its shape says it is one */
    TRY(call_number(call, "position", http_segment(call->request, "position"), &handover.position));
    TRY(call_reader(call));
    TRY(handover_facts(call->arena, call->reader, &handover, fact, &submission.count,
                       &call->found));
    submission.request = &request;
    TRY(covers_facts(call, COVERS_SAYING, fact, submission.count));
    TRY(ledger_append(call->api->ledger, call->arena, &submission, &call->found));
    return answer_stored(call, &submission, NULL);
}

void api_handover(struct http_request *request, void *api) {
    call_run(request, api, hand_over);
}
