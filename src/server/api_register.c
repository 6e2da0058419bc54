/* The register is made anew for each request, of results that are kept: nothing of it is stored. */
#include "server/api_register.h"
#include "base/text.h"
#include "flow/register_print.h"
#include "server/call_register.h"
#include "server/listing.h"
#include <string.h>

/* clang-format off */
#define LANGUAGE {.name = "language", .type = BODY_WORD, .words = "en zh", .is = {"language of names; en", "名称的语言，默认 en"}}
#define OF_ASSESSMENT {.name = "assessment", .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"only what this assessment asks", "仅该项考核"}}
#define OF_DEPARTMENT {.name = "department", .type = BODY_TEXT, .length = 64, .is = {"only what this department asks", "仅该部门要求报送的"}}
static const struct body_field register_query_fields[] = {
    OF_ASSESSMENT,
    {.name = "unit",     .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"only the figures of this unit", "仅该对象的数据"}},
    {.name = "reporter", .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"only what this unit reports, of itself or of others", "仅由该单位报送的数据（本单位或其他对象的）"}},
    {.name = "element",  .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"only this figure", "仅该数据项"}},
    OF_DEPARTMENT,
    {.name = "level",    .type = BODY_TEXT, .length = 64, .is = {"only what units of this level report: a kind of units.csv", "仅该层级（units.csv 的 kind）单位报送的"}},
    LANGUAGE,
    {.name = "after",    .type = BODY_COUNT, .is = {"how many come before the page: as `next` has it", "此页之前的条数，取自 next"}},
    {.name = "limit",    .type = BODY_COUNT, .least = 1, .most = LIMIT_MOST, .initial = LIMIT_USUAL, .is = {"at most so many; 50", "最多条数，默认 50"}},
};
const struct body_shape register_query_shape = {
    .name = "RegisterQuery", BODY_FIELDS(register_query_fields), .is = {"which figures", "哪些数据"},
    .example = "{\"level\": \"街道\"}"};

#define SIDE \
    {.name = "assessment", .type = BODY_TEXT, .needed = true, .is = {"which assessment asks for it", "要求报送该数据的考核"}}, \
    {.name = "element",    .type = BODY_TEXT, .needed = true, .is = {"which figure", "数据项"}}, \
    {.name = "name",       .type = BODY_TEXT, .needed = true, .is = {"its name, or that of the indicator for which it is asked", "名称，或所属指标的名称"}}, \
    {.name = "measure",    .type = BODY_TEXT, .is = {"its unit of measurement", "计量单位"}}, \
    {.name = "frequency",  .type = BODY_WORD, .needed = true, .words = "day week month quarter half year", .is = {"how often", "周期"}}, \
    {.name = "department", .type = BODY_TEXT, .is = {"who asks; none = the office", "需求部门；不写为考核办"}}
static const struct body_field figure_fields[] = {
    SIDE,
    {.name = "unit",      .type = BODY_TEXT, .needed = true, .is = {"of which unit", "考核对象"}},
    {.name = "reporter",  .type = BODY_TEXT, .needed = true, .is = {"who reports it", "报送单位"}},
    {.name = "level",     .type = BODY_TEXT, .is = {"the level of that unit", "报送单位的层级"}},
    {.name = "indicator", .type = BODY_TEXT, .is = {"the indicator that says who reports it", "据以确定报送单位的指标"}},
    {.name = "permitted", .type = BODY_WORD, .words = "yes no", .is = {"whether it is on the list of that level; none = there is no list", "是否在该层级事项清单内；不写为没有清单"}},
    {.name = "from",      .type = BODY_TEXT, .is = {"it is taken over from this assessment, and not asked", "取自该项考核，不再要求报送"}},
    {.name = "from_element", .type = BODY_TEXT, .is = {"and is this figure there", "在该项考核中的数据项"}},
};
static const struct body_shape figure_shape = {
    .name = "RegisterFigure", BODY_FIELDS(figure_fields), .is = {"a figure that is asked", "一项要求报送的数据"},
    .example = "{\"assessment\": \"yunlan-2021\", \"element\": \"gdp\", \"name\": \"GDP\", \"frequency\": \"quarter\", \"unit\": \"yunhu\", \"reporter\": \"statistics\"}"};

static const struct body_field register_fields[] = {
    {.name = "count", .type = BODY_COUNT, .needed = true, .is = {"how many there are on all pages", "总条数"}},
    {.name = "items", .type = BODY_OBJECTS, .needed = true, .inner = &figure_shape, .is = {"by assessment, unit and the tree", "按考核、对象和指标树的顺序"}},
    {.name = "next",  .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"address of the next page; null = there is none", "下一页的地址；null 表示没有"}},
};
const struct body_shape register_shape = {
    .name = "Register", BODY_FIELDS(register_fields), .is = {"what is asked of units", "要求报送的数据登记册"},
    .example = "{\"count\": 0, \"items\": [], \"next\": null}"};

static const struct body_field twice_query_fields[] = {OF_ASSESSMENT, OF_DEPARTMENT, LANGUAGE};
const struct body_shape twice_query_shape = {
    .name = "TwiceQuery", BODY_FIELDS(twice_query_fields), .is = {"which pairs", "哪些"}, .example = "{\"language\": \"zh\"}"};
static const struct body_field side_fields[] = {SIDE};
static const struct body_shape side_shape = {
    .name = "TwiceSide", BODY_FIELDS(side_fields), .is = {"one of two", "其中一项"},
    .example = "{\"assessment\": \"yunlan-2021\", \"element\": \"gdp\", \"name\": \"GDP\", \"frequency\": \"quarter\"}"};
static const struct body_field pair_fields[] = {
    {.name = "sure",     .type = BODY_WORD, .needed = true, .words = "certain likely possible", .is = {"how sure that is", "把握大小"}},
    {.name = "evidence", .type = BODY_TEXTS, .needed = true, .is = {"what speaks for it: element, name, values, source; against it: differs", "依据：标识、名称、数值、来源相同；differs 为数值不同"}},
    {.name = "units",    .type = BODY_COUNT, .needed = true, .is = {"of how many units both ask", "两者都要求的单位数"}},
    {.name = "compared", .type = BODY_COUNT, .needed = true, .is = {"how many numbers were compared", "比对的数值个数"}},
    {.name = "agreeing", .type = BODY_COUNT, .needed = true, .is = {"how many of them agree", "其中一致的个数"}},
    {.name = "shift",    .type = BODY_NUMBER, .needed = true, .is = {"the second is the first times ten to this power", "第二项为第一项乘以 10 的该次幂"}},
    {.name = "shared",   .type = BODY_FLAG, .needed = true, .is = {"one comes from the other already", "已共享"}},
    {.name = "can_be_shared", .type = BODY_FLAG, .needed = true, .is = {"it can come from the other", "可以共享"}},
    {.name = "sides",    .type = BODY_OBJECTS, .needed = true, .inner = &side_shape, .is = {"the two", "两项数据"}},
};
static const struct body_shape pair_shape = {
    .name = "TwicePair", BODY_FIELDS(pair_fields), .is = {"a figure that is asked twice", "一对重复填报的数据"},
    .example = "{\"sure\": \"certain\", \"evidence\": [\"name\", \"values\"], \"units\": 7, \"compared\": 84, \"agreeing\": 84, \"shift\": 4, \"shared\": false, \"can_be_shared\": true, \"sides\": []}"};
static const struct body_field twice_fields[] = {
    {.name = "count", .type = BODY_COUNT, .needed = true, .is = {"how many", "对数"}},
    {.name = "items", .type = BODY_OBJECTS, .needed = true, .inner = &pair_shape, .is = {"the surest first", "按把握大小"}},
};
const struct body_shape twice_shape = {
    .name = "Twice", BODY_FIELDS(twice_fields), .is = {"what is asked twice", "重复填报的数据"}, .example = "{\"count\": 0, \"items\": []}"};

static const struct body_field registered_query_fields[] = {
    OF_DEPARTMENT, LANGUAGE,
    {.name = "year", .type = BODY_COUNT, .least = BATON_YEAR_FIRST, .most = BATON_YEAR_LAST, .is = {"of which year; else this one", "年度，不写为今年"}},
};
const struct body_shape registered_query_shape = {
    .name = "RegisteredQuery", BODY_FIELDS(registered_query_fields), .is = {"of which year", "年度"}, .example = "{\"year\": 2021}"};
static const struct body_field one_fields[] = {
    {.name = "assessment", .type = BODY_TEXT, .needed = true, .is = {"which one", "考核"}},
    {.name = "name",       .type = BODY_TEXT, .needed = true, .is = {"its name", "名称"}},
    {.name = "department", .type = BODY_TEXT, .is = {"who has registered it; none = nobody", "备案部门；不写为未备案"}},
    {.name = "registered", .type = BODY_FLAG, .needed = true, .is = {"whether it is registered", "是否备案"}},
    {.name = "in_ledger",  .type = BODY_FLAG, .needed = true, .is = {"whether the ledger has it, and it runs in that year", "账本中是否有该项考核且当年开展"}},
    {.name = "number",     .type = BODY_COUNT, .is = {"the how many-eth of its department", "该部门当年第几项"}},
    {.name = "limit",      .type = BODY_COUNT, .is = {"how many the department may register", "该部门当年限额"}},
    {.name = "over",       .type = BODY_FLAG, .needed = true, .is = {"it is beyond the limit", "是否超限额"}},
};
static const struct body_shape one_shape = {
    .name = "RegisteredAssessment", BODY_FIELDS(one_fields), .is = {"an assessment of the year", "一项考核"},
    .example = "{\"assessment\": \"yunlan-2021\", \"name\": \"云澜市2021年度综合考核\", \"department\": \"assessment_office\", \"registered\": true, \"in_ledger\": true, \"number\": 1, \"limit\": 2, \"over\": false}"};
static const struct body_field registered_fields[] = {
    {.name = "year",         .type = BODY_COUNT, .needed = true, .is = {"of which year", "年度"}},
    {.name = "needed",       .type = BODY_FLAG, .needed = true, .is = {"no assessment of that year runs unregistered", "当年考核未备案不得开展"}},
    {.name = "unregistered", .type = BODY_COUNT, .needed = true, .is = {"how many are not registered", "未备案项数"}},
    {.name = "over",         .type = BODY_COUNT, .needed = true, .is = {"how many are beyond a limit", "超限额项数"}},
    {.name = "items",        .type = BODY_OBJECTS, .needed = true, .inner = &one_shape, .is = {"by department", "按部门"}},
};
const struct body_shape registered_shape = {
    .name = "Registered", BODY_FIELDS(registered_fields), .is = {"the assessments of a year", "年度考核备案情况"},
    .example = "{\"year\": 2021, \"needed\": false, \"unregistered\": 0, \"over\": 0, \"items\": []}"};
/* clang-format on */

static struct register_telling telling_of(const struct call_register *of) {
    return (struct register_telling){&of->opened.of, &of->permits, of->today, of->language};
}

/* ---- Figures. */

static baton_code put_page(struct call *call, const struct call_register *of, struct json *json,
                           size_t after, size_t limit, size_t *all) {
    const struct figure_register *const figures = &of->opened.of;
    const struct register_telling telling = telling_of(of);
    size_t count = 0;
    for (uint32_t s = 0; s < figures->source_count; s++) {
        TRY(call_register_source(call, of, s));
        for (size_t i = figures->first[s]; i < figures->first[s + 1]; i++) {
            const struct register_figure *const figure = &figures->figure[i];
            if (!register_holds(figures, &of->filter, figure) ||
                !call_register_may(call, of, figure))
                continue;
            if (count >= after && count - after < limit)
                register_json(json, &telling, figure);
            count++;
        }
    }
    *all = count;
    return BATON_OK;
}

static const char *query_of(struct call *call, size_t after, size_t limit) {
    static const char *const name[] = {"assessment", "unit",  "reporter", "element",
                                       "department", "level", "language"};
    const char *query = arena_printf(call->arena, "after=%zu&limit=%zu", after + limit, limit);
    for (size_t i = 0; i < LENGTH(name); i++) {
        const char *const value = http_query(call->request, name[i]);
        if (value != NULL)
            query = arena_printf(call->arena, "%s&%s=%s", query, name[i], value);
    }
    return query;
}

static baton_code list(struct call *call) {
    struct call_register of;
    uint64_t after = 0;
    size_t limit, count;
    TRY(call_limit(call, LIMIT_USUAL, LIMIT_MOST, &limit));
    TRY(call_number(call, "after", http_query(call->request, "after"), &after));
    TRY(call_register(call, false, &of));
    struct writer *const writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    json_object(&json, NULL);
    json_array(&json, "items");
    TRY(put_page(call, &of, &json, after, limit, &count));
    json_end(&json);
    json_count(&json, "count", count);
    list_next(call, &json, after + limit < count ? query_of(call, after, limit) : NULL);
    json_end(&json);
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_register(struct http_request *request, void *api) {
    call_run(request, api, list);
}

/* ---- Asked twice. Numbers are compared, so only for whoever may read them all. */

static baton_code list_twice(struct call *call) {
    struct call_register of;
    const struct twice *twice;
    TRY(call_register(call, true, &of));
    const struct register_telling telling = telling_of(&of);
    const size_t all = register_twice(call->arena, &of.opened.of, &twice);
    struct writer *const writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    size_t count = 0;
    json_object(&json, NULL);
    json_array(&json, "items");
    for (size_t i = 0; i < all; i++) {
        if (!register_holds(&of.opened.of, &of.filter, twice[i].side[0]) &&
            !register_holds(&of.opened.of, &of.filter, twice[i].side[1]))
            continue;
        twice_json(&json, &telling, &twice[i]);
        count++;
    }
    json_end(&json);
    json_count(&json, "count", count);
    json_end(&json);
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_register_twice(struct http_request *request, void *api) {
    call_run(request, api, list_twice);
}

/* ---- Assessments. */

static baton_code list_assessments(struct call *call) {
    struct call_register of;
    struct registered_list found;
    TRY(call_register(call, false, &of));
    registered_of(call->arena, &of.opened, &of.registrations, of.year, of.filter.department,
                  of.language, &found);
    struct writer *const writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    registered_list_json(&json, &found, of.year);
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_register_assessments(struct http_request *request, void *api) {
    call_run(request, api, list_assessments);
}
