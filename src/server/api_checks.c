/* Figures that nobody has stored yet are judged as drafts would be. */
#include "server/api_checks.h"
#include "base/hash.h"
#include "flow/checks.h"
#include "server/api.h"
#include "server/asker.h"
#include "server/kept_expected.h"
#include "server/route.h"
#include "server/sight.h"
#include <string.h>

struct item_asked {
    const char *unit, *element, *value, *state, *note;
};

struct checks_asked {
    struct body_list items; /* of struct item_asked */
};

/* clang-format off */
enum { ITEMS_MOST = 2000 };
static const struct body_field item_fields[] = {
    {.name = "unit",    .type = BODY_TEXT, .needed = true, .form = &body_identifier, .length = 64, .offset = offsetof(struct item_asked, unit), .is = {"of which unit", "考核对象"}},
    {.name = "element", .type = BODY_TEXT, .needed = true, .form = &body_identifier, .length = 64, .offset = offsetof(struct item_asked, element), .is = {"which figure", "数据项"}},
    {.name = "value",   .type = BODY_TEXT, .length = 100, .offset = offsetof(struct item_asked, value), .is = {"the figure, a decimal number, or a code of a levels indicator", "数值（十进制），或分档指标的档次代码"}},
    {.name = "state",   .type = BODY_WORD, .words = "na pending", .offset = offsetof(struct item_asked, state), .is = {"or why there is none", "或无数据的原因"}},
    {.name = "note",    .type = BODY_TEXT, .lines = true, .offset = offsetof(struct item_asked, note), .is = {"what is said for it", "说明"}},
};
static const struct body_shape item_shape = {
    .name = "CheckItem", BODY_FIELDS(item_fields), .size = sizeof(struct item_asked), .is = {"a figure that may be reported", "一项拟报数据"},
    .example = "{\"unit\": \"yunhu\", \"element\": \"gdp\", \"value\": \"512.3\"}"};

static const struct body_field asked_fields[] = {
    {.name = "items", .type = BODY_OBJECTS, .needed = true, .inner = &item_shape, .most = ITEMS_MOST, .offset = offsetof(struct checks_asked, items), .is = {"which figures, judged together", "数据，一并校验"}},
};
const struct body_shape checks_asked_shape = {
    .name = "ChecksAsked", BODY_FIELDS(asked_fields), .size = sizeof(struct checks_asked), .is = {"figures to be judged", "待校验的数据"},
    .example = "{\"items\": [{\"unit\": \"yunhu\", \"element\": \"gdp\", \"value\": \"512.3\"}]}"};

static const struct body_field finding_fields[] = {
    {.name = "unit",     .type = BODY_TEXT, .is = {"of which unit", "考核对象"}},
    {.name = "element",  .type = BODY_TEXT, .is = {"which figure", "数据项"}},
    {.name = "check",    .type = BODY_TEXT, .needed = true, .is = {"which check; magnitude = a slip of magnitude", "校验规则；magnitude 为数量级差错"}},
    {.name = "severity", .type = BODY_WORD, .needed = true, .words = "hard justify", .is = {"it has to hold, or may be justified", "必须符合，或可作说明"}},
    {.name = "state",    .type = BODY_WORD, .needed = true, .words = "failed justified unjudged", .is = {"it does not hold; likewise, with a note; something that it reads is not there", "不成立；不成立但已作说明；缺少相关数据，未予校验"}},
    {.name = "title",    .type = BODY_TEXT, .needed = true, .is = {"what it is called, in the language of the request", "规则名称"}},
    {.name = "rule",     .type = BODY_TEXT, .lines = true, .length = 4096, .is = {"what has to hold, as written in the scheme", "校验条件，按方案原文"}},
    {.name = "shown",    .type = BODY_TEXT, .needed = true, .lines = true, .length = 20000, .is = {"the same with a value in place of each name", "以数值代入各名称的校验条件"}},
};
const struct body_shape check_finding_shape = {
    .name = "CheckFinding", BODY_FIELDS(finding_fields), .is = {"a check that does not hold, or was not judged", "一条不成立或未予校验的规则"},
    .example = "{\"unit\": \"yunhu\", \"element\": \"gdp\", \"check\": \"jump\", \"severity\": \"justify\", \"state\": \"failed\", \"title\": \"大幅波动\", \"rule\": \"abs(x / prev(x) - 1) <= 0.5\", \"shown\": \"abs(980 / prev(512.3) - 1) <= 0.5\"}"};

static const struct body_field checks_fields[] = {
    {.name = "checks", .type = BODY_OBJECTS, .needed = true, .inner = &check_finding_shape, .is = {"by figure, then in the order of the scheme; none = all hold", "按数据、再按方案的次序；为空即全部符合"}},
};
const struct body_shape checks_shape = {
    .name = "Checks", BODY_FIELDS(checks_fields), .is = {"what checks say", "校验结果"},
    .example = "{\"checks\": []}"};
/* clang-format on */

/* Whoever may read a draft of it, which is for those who report it. */
static bool may_ask(struct call *call, const struct checks_wish *wish,
                    const struct expectation *one) {
    const struct field field[] = {
        text_field("element", one->element), text_field("period", wish->period),
        text_field("reporter", one->reporter), text_field("unit", one->unit)};
    const struct entry entry = {.actor = "",
                                .body = {"report", wish->assessment, field, LENGTH(field)}};
    return sight_may(call, &entry);
}

static baton_code find_figures(struct call *call, const struct checks_asked *asked,
                               struct checks_wish *wish) {
    const struct item_asked *const item = asked->items.item;
    struct checks_figure *const figure =
        arena_alloc(call->arena, asked->items.count, sizeof *figure);
    struct hash items = {0};
    baton_code code = BATON_OK;
    hash_reserve(call->arena, &items, asked->items.count);
    for (size_t i = 0; i < asked->items.count; i++) {
        const char *const key =
            arena_printf(call->arena, "%s\x1f%s", item[i].unit, item[i].element);
        figure[i] = (struct checks_figure){
            .value = item[i].value, .state = item[i].state, .note = item[i].note};
        if (hash_add(call->arena, &items, key, strlen(key), (uint32_t)i) != i)
            code =
                call_refuse_at(call, BATON_FIGURE_TWICE, arena_printf(call->arena, "/items/%zu", i),
                               NULL, NULL, NULL, NULL);
    }
    for (size_t i = 0; i < wish->expected->count; i++) {
        const struct expectation *const one = wish->expected->item[i];
        const char *const key = arena_printf(call->arena, "%s\x1f%s", one->unit, one->element);
        const uint32_t at = hash_find(&items, key, strlen(key));
        if (at == HASH_NONE)
            continue;
        figure[at].expectation = one;
        if (!may_ask(call, wish, one))
            return call_refuse_at(call, BATON_READING_LACKING,
                                  arena_printf(call->arena, "/items/%u", at), call_actor(call),
                                  arena_printf(call->arena, "%s %s", one->unit, one->element), NULL,
                                  NULL);
    }
    for (size_t i = 0; i < asked->items.count; i++)
        if (figure[i].expectation == NULL)
            code = call_refuse_at(call, BATON_FIGURE_UNEXPECTED,
                                  arena_printf(call->arena, "/items/%zu", i), item[i].element,
                                  item[i].unit, NULL, NULL);
    wish->figure = figure;
    wish->count = asked->items.count;
    return code;
}

static baton_code judge(struct call *call) {
    const struct baton_session *session;
    const struct expected_index *index;
    struct expected expected;
    struct checked_list list;
    struct baton_period period;
    const void *body;
    struct checks_wish wish = {.period = http_segment(call->request, "period"),
                               .expected = &expected,
                               .may_read = asker_may_read,
                               .may_show = asker_may_show};
    TRY(call_period(call, &period));
    TRY(route_body(call->request, &body, &call->found));
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(call_assessment(call, &wish.assessment));
    TRY(sight_prepare(call, FACT_REPORT, wish.assessment));
    wish.context = &(struct asker){call, wish.assessment, wish.period};
    TRY(call_expected(call, wish.assessment, &session, &index));
    expected_in(call->arena, &index->all, period, &expected);
    TRY(find_figures(call, body, &wish));
    TRY(checks_judge(call->arena, call->reader, &wish, &list, &call->found));
    struct writer *const writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    json_object(&json, NULL);
    checks_json(&json, &list, SIZE_MAX, call->request->language);
    json_end(&json);
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_checks(struct http_request *request, void *api) {
    call_run(request, api, judge);
}
