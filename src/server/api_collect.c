/* The items become the next steps of their reports, which the ledger judges. */
#include "server/api_collect.h"
#include "flow/checks.h"
#include "flow/collect.h"
#include "server/api.h"
#include "server/api_checks.h"
#include "server/api_write.h"
#include "server/asker.h"
#include "server/covers.h"
#include "server/kept_expected.h"
#include "server/sight.h"
#include <string.h>

struct item_asked {
    const char *unit, *element, *value, *state, *source, *document, *note;
    struct body_texts evidence;
    uint64_t at;
};

struct collect_asked {
    const char *act, *reason;
    struct body_list items; /* of struct item_asked */
};

/* clang-format off */
enum { ITEMS_MOST = 2000 };
static const struct body_field item_fields[] = {
    {.name = "unit",     .type = BODY_TEXT, .needed = true, .form = &body_identifier, .length = 64, .offset = offsetof(struct item_asked, unit), .is = {"of which unit", "考核对象"}},
    {.name = "element",  .type = BODY_TEXT, .needed = true, .form = &body_identifier, .length = 64, .offset = offsetof(struct item_asked, element), .is = {"which figure", "数据项"}},
    {.name = "at",       .type = BODY_COUNT, .initial = COLLECT_NEW, .offset = offsetof(struct item_asked, at), .is = {"number of the step that was seen; left out where there was none", "所见环节的编号；此前未填报的不写"}},
    {.name = "value",    .type = BODY_TEXT, .length = 100, .offset = offsetof(struct item_asked, value), .is = {"of drafts: the figure, a decimal number, or a code of a levels indicator", "填报时：数值（十进制），或分档指标的档次代码"}},
    {.name = "state",    .type = BODY_WORD, .words = "na pending", .offset = offsetof(struct item_asked, state), .is = {"of drafts: or why there is none: not applicable, not there yet; with a note", "填报时：或无数据的原因：不适用、暂不出数；须写说明"}},
    {.name = "source",   .type = BODY_TEXT, .length = 400, .offset = offsetof(struct item_asked, source), .is = {"of drafts: where it is from", "填报时：来源"}},
    {.name = "document", .type = BODY_TEXT, .length = 400, .offset = offsetof(struct item_asked, document), .is = {"of drafts: by which document", "填报时：依据文件"}},
    {.name = "note",     .type = BODY_TEXT, .lines = true, .offset = offsetof(struct item_asked, note), .is = {"of drafts: for whoever decides on it; needed where it is said not to apply", "填报时：供审核、认定参考的说明；填不适用时必填"}},
    {.name = "evidence", .type = BODY_TEXTS, .length = 64, .most = 20, .offset = offsetof(struct item_asked, evidence), .is = {"of drafts: digests of evidence that was brought in", "填报时：已上传佐证的摘要"}},
};
static const struct body_shape item_shape = {
    .name = "CollectionItem", BODY_FIELDS(item_fields), .size = sizeof(struct item_asked), .is = {"a figure", "一项数据"},
    .example = "{\"unit\": \"yunhu\", \"element\": \"gdp\", \"value\": \"512.3\"}"};

static const struct body_field collect_fields[] = {
    {.name = "act",    .type = BODY_WORD, .needed = true, .words = "draft recall sign submit return verify accept", .offset = offsetof(struct collect_asked, act), .is = {"what is done with them", "办理事项：填报、撤回、审签、报送、退回、审核、认定"}},
    {.name = "reason", .type = BODY_TEXT, .lines = true, .offset = offsetof(struct collect_asked, reason), .is = {"why; of a return, what has to be changed", "理由；退回时为须修改之处"}},
    {.name = "items",  .type = BODY_OBJECTS, .needed = true, .inner = &item_shape, .most = ITEMS_MOST, .offset = offsetof(struct collect_asked, items), .is = {"which figures: all or none", "数据，全部办理或全部不办理"}},
};
const struct body_shape collect_shape = {
    .name = "CollectionStep", BODY_FIELDS(collect_fields), .size = sizeof(struct collect_asked), .is = {"a step with reports", "填报流程的一步"},
    .example = "{\"act\": \"draft\", \"items\": [{\"unit\": \"yunhu\", \"element\": \"gdp\", \"value\": \"512.3\"}]}"};

static const struct body_field collected_fields[] = {
    {.name = "first",  .type = BODY_COUNT, .needed = true, .is = {"position of the first one", "第一条的编号"}},
    {.name = "repeat", .type = BODY_FLAG, .needed = true, .is = {"this request was stored before, and nothing was stored now", "此请求先前已受理，本次未再存入"}},
    {.name = "items",  .type = BODY_OBJECTS, .needed = true, .inner = &stored_fact_shape, .is = {"each with its receipt", "各条及其回执"}},
    {.name = "checks", .type = BODY_OBJECTS, .inner = &check_finding_shape, .is = {"of what was drafted, signed off or submitted now: the checks that do not hold, or were not judged", "本次填报、审签、报送的数据中不成立或未予校验的规则"}},
};
const struct body_shape collected_shape = {
    .name = "CollectionStored", BODY_FIELDS(collected_fields), .is = {"the steps that became durable", "已入账的环节"},
    .example = "{\"first\": 812, \"repeat\": false, \"items\": [{\"position\": 812, \"words\": \"report yunhu gdp 2021-08: draft\", \"receipt\": \"baton-receipt 1\\n\"}], \"checks\": []}"};
/* clang-format on */

static const char *joined(struct baton_arena *arena, const struct body_texts *texts) {
    const char *all = NULL;
    for (size_t i = 0; i < texts->count; i++)
        all = all == NULL ? texts->text[i] : arena_printf(arena, "%s %s", all, texts->text[i]);
    return all;
}

static const struct collect_item *items_of(struct call *call, const struct collect_asked *asked) {
    const struct item_asked *const from = asked->items.item;
    struct collect_item *const item = arena_alloc(call->arena, asked->items.count, sizeof *item);
    for (size_t i = 0; i < asked->items.count; i++)
        item[i] =
            (struct collect_item){.unit = from[i].unit,
                                  .element = from[i].element,
                                  .at = from[i].at,
                                  .value = from[i].value,
                                  .state = from[i].state,
                                  .source = from[i].source,
                                  .document = from[i].document,
                                  .note = from[i].note,
                                  .where = {.field = arena_printf(call->arena, "/items/%zu", i)},
                                  .evidence = joined(call->arena, &from[i].evidence)};
    return item;
}

/* What checks say, behind what was stored. */
struct checks_put {
    const struct checked_list *list;
    enum baton_language language;
};

static void put_checks(void *context, struct json *json) {
    const struct checks_put *const put = context;
    checks_json(json, put->list, SIZE_MAX, put->language);
}

static bool is_checked(enum act act) {
    return act == ACT_DRAFT || act == ACT_SIGN || act == ACT_SUBMIT;
}

static baton_code step(struct call *call) {
    struct checked_list checks = {0};
    struct checks_put put = {&checks, call->request->language};
    const struct baton_session *session;
    const struct expected_index *expected;
    bool is_done;
    struct baton_period period;
    struct request request;
    const void *body;
    TRY(call_period(call, &period));
    TRY(call_request(call, &request));
    TRY(route_body(call->request, &body, &call->found));
    const struct collect_asked *const asked = body;
    struct submission submission = {.actor = call_actor(call),
                                    .want_receipts = true,
                                    .request = &request,
                                    .roles = covers_roles(call)};
    struct collect_wish wish = {.actor = submission.actor,
                                .period = http_segment(call->request, "period"),
                                .act = collect_act(asked->act, sight_of(call)->roles),
                                .reason = asked->reason,
                                .item = items_of(call, asked),
                                .count = asked->items.count,
                                .may_read = asker_may_read,
                                .may_show = asker_may_show,
                                .may_draft = asker_may_draft,
                                .checks = &checks};
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(call_assessment(call, &wish.assessment));
    TRY(answer_again_stored(call, &request, &is_done));
    if (is_done)
        return BATON_OK;
    TRY(sight_prepare(call, FACT_REPORT, wish.assessment));
    wish.context = &(struct asker){call, wish.assessment, wish.period};
    TRY(call_expected(call, wish.assessment, &session, &expected));
    wish.expected = &expected->all;
    wish.index = expected;
    TRY(collect_make(call->arena, call->reader, &wish, &submission.fact, &submission.count,
                     &call->found));
    TRY(call_evidence(call, submission.fact, submission.count));
    submission.where = collect_where(call->arena, &wish, submission.fact, submission.count);
    reader_end(call->reader); /* receipts are of the state after */
    TRY(covers_facts(call, COVERS_SAYING, submission.fact, submission.count));
    TRY(ledger_append(call->api->ledger, call->arena, &submission, &call->found));
    return answer_stored_with(call, &submission, NULL, is_checked(wish.act) ? put_checks : NULL,
                              &put);
}

void api_collect(struct http_request *request, void *api) {
    call_run(request, api, step);
}
