/* What a scheme says of one indicator, by the version in force; see report/indicator_json.h. */
#include "server/api_indicator.h"
#include "flow/ledger_score.h"
#include "report/indicator_json.h"
#include "server/api_scheme.h"
#include "server/find.h"

/* clang-format off */
static const struct body_field query_fields[] = {
    {.name = "period",  .type = BODY_TEXT, .form = &body_period, .length = 12, .is = {"by the version in force then; the newest", "该周期生效的版本，默认最新版本"}},
    {.name = "known",   .type = BODY_TEXT, .length = 24, .is = {"as known then: a date (to its end, by the clocks of China) or the number of the last fact that counts", "截至何时所知：日期（北京时间当日结束）或计入的最后一号事实"}},
};
const struct body_shape indicator_query_shape = {
    .name = "IndicatorQuery", BODY_FIELDS(query_fields), .is = {"by which version", "依据的版本"},
    .example = "{\"period\": \"2021-08\"}"};

static const struct body_field name_fields[] = {
    {.name = "en", .type = BODY_TEXT, .is = {"in English, where there is one", "英文，没有时省略"}},
    {.name = "zh", .type = BODY_TEXT, .is = {"in Chinese, where there is one", "中文，没有时省略"}},
};
static const struct body_shape name_shape = {
    .name = "IndicatorName", BODY_FIELDS(name_fields), .is = {"a name, in one language or both", "名称，一种或两种语言"},
    .example = "{\"zh\": \"地区生产总值增速\"}"};

static const struct body_field organ_fields[] = {
    {.name = "id",   .type = BODY_TEXT, .needed = true, .is = {"as the scheme has it", "方案中的标识"}},
    {.name = "name", .type = BODY_TEXT, .needed = true, .is = {"in the language of the answer", "名称，用答复的语言"}},
};
static const struct body_shape organ_shape = {
    .name = "IndicatorOrgan", BODY_FIELDS(organ_fields), .is = {"who supplies or verifies", "来源或审核单位"},
    .example = "{\"id\": \"statistics\", \"name\": \"市统计局\"}"};

static const struct body_field told_fields[] = {
    {.name = "text", .type = BODY_TEXT, .lines = true, .is = {"a paragraph; left out of a table", "一段文字；表格没有"}},
    {.name = "head", .type = BODY_TEXTS, .is = {"of a table: its columns", "表格的列名"}},
    {.name = "rows", .type = BODY_ANY, .is = {"of a table: lists of its cells", "表格各行的单元格"}},
};
static const struct body_shape told_shape = {
    .name = "IndicatorTold", BODY_FIELDS(told_fields), .is = {"a paragraph or table", "一段文字或一个表格"},
    .example = "{\"text\": \"得分＝100×实际值/目标值\"}"};

static const struct body_field method_fields[] = {
    {.name = "id",     .type = BODY_TEXT, .needed = true, .is = {"as the scheme calls it", "方案中的标识"}},
    {.name = "name",   .type = BODY_TEXT, .needed = true, .is = {"what such methods are called", "方法名称"}},
    {.name = "kind",   .type = BODY_TEXT, .needed = true, .is = {"of /api/v1/methods", "办法，见 /api/v1/methods"}},
    {.name = "parameters", .type = BODY_ANY, .needed = true, .is = {"an object: those that are said, as scheme.yaml has them", "已写明的参数，写法同 scheme.yaml"}},
    {.name = "bounds", .type = BODY_TEXT, .lines = true, .is = {"the indicator's own bounds", "该指标自身的上下限"}},
    {.name = "told",   .type = BODY_OBJECTS, .needed = true, .inner = &told_shape, .is = {"its formula in words, and what else holds", "公式及其他规定"}},
};
const struct body_shape indicator_method_shape = {
    .name = "IndicatorMethod", BODY_FIELDS(method_fields), .is = {"how it is scored", "计分方法"},
    .example = "{\"id\": \"completion\", \"name\": \"目标完成法\", \"kind\": \"target\", \"parameters\": {\"cap\": 100}, \"told\": [{\"text\": \"得分＝100×实际值/目标值\"}]}"};

static const struct body_field clause_fields[] = {
    {.name = "of",    .type = BODY_TEXT, .needed = true, .is = {"the indicator whose clause it is: this one, or one above it", "条款所属的指标：本指标或其上级"}},
    {.name = "basis", .type = BODY_TEXT, .needed = true, .is = {"as the scheme names it", "方案中的条款标识"}},
    {.name = "title", .type = BODY_TEXT, .is = {"its heading; left out, with the rest, where there is no such clause", "条款标题；没有该条款时以下均省略"}},
    {.name = "file",  .type = BODY_TEXT, .is = {"the text in which it stands", "所在文件"}},
    {.name = "row",   .type = BODY_COUNT, .is = {"at which line", "行号"}},
    {.name = "text",  .type = BODY_TEXT, .lines = true, .length = 1000000, .is = {"its words", "条款原文"}},
};
static const struct body_shape clause_shape = {
    .name = "IndicatorClause", BODY_FIELDS(clause_fields), .is = {"the clause on which it rests", "依据条款"},
    .example = "{\"of\": \"gdp_growth\", \"basis\": \"districts#art-4\", \"title\": \"第四条 经济发展\", \"file\": \"documents/districts.md\", \"row\": 17, \"text\": \"经济发展板块26分。\"}"};

static const struct body_field indicator_fields[] = {
    {.name = "id",         .type = BODY_TEXT, .needed = true, .is = {"of the indicator; `total` for the root", "指标编号；total 为总分"}},
    {.name = "name",       .type = BODY_OBJECT, .needed = true, .inner = &name_shape, .is = {"of the indicator; empty for the root", "指标名称，总分为空"}},
    {.name = "level",      .type = BODY_COUNT, .needed = true, .is = {"0 for the root, 1 for the blocks, and so on", "总分为 0，一级指标为 1，依此类推"}},
    {.name = "leaf",       .type = BODY_FLAG, .needed = true, .is = {"nothing is below it", "末级指标"}},
    {.name = "individual", .type = BODY_FLAG, .needed = true, .is = {"of named units, not of a whole group", "个性指标"}},
    {.name = "above",      .type = BODY_TEXTS, .needed = true, .is = {"ids of the indicators above it, the highest first", "各上级指标的编号，高的在前"}},
    {.name = "groups",     .type = BODY_TEXTS, .needed = true, .is = {"in which it is for somebody", "适用的考核类别"}},
    {.name = "measure",    .type = BODY_TEXT, .is = {"unit of measurement; this and the next six of an indicator with nothing below it only", "计量单位；此项及以下六项仅末级指标有"}},
    {.name = "better",     .type = BODY_WORD, .words = "up down", .is = {"up: higher is better; left out where the method makes no difference", "up 为正向，down 为逆向；方法不分方向时省略"}},
    {.name = "direction",  .type = BODY_TEXT, .is = {"the same in words", "方向的文字说明"}},
    {.name = "figure",     .type = BODY_TEXT, .lines = true, .length = 100000, .is = {"what it counts", "数据口径"}},
    {.name = "time",       .type = BODY_TEXT, .lines = true, .is = {"how often, and within which time", "频次和时限"}},
    {.name = "missing",    .type = BODY_TEXT, .is = {"what a missing figure does", "缺失处理"}},
    {.name = "method",     .type = BODY_OBJECT, .inner = &indicator_method_shape, .is = {"how it is scored", "计分方法"}},
    {.name = "source",     .type = BODY_OBJECT, .inner = &organ_shape, .is = {"who supplies its figures", "数据来源"}},
    {.name = "verifier",   .type = BODY_OBJECT, .inner = &organ_shape, .is = {"who verifies them", "审核单位"}},
    {.name = "evidence",   .type = BODY_FLAG, .needed = true, .is = {"its figures are reported with evidence", "须附佐证"}},
    {.name = "clause",     .type = BODY_OBJECT, .inner = &clause_shape, .is = {"on which it rests; left out where neither it nor one above it names any", "依据条款；本指标及上级均未注明时省略"}},
};
const struct body_shape indicator_shape = {
    .name = "Indicator", BODY_FIELDS(indicator_fields), .is = {"an indicator in words", "一项指标的文字说明"},
    .example = "{\"id\": \"gdp_growth\", \"name\": {\"zh\": \"地区生产总值增速\"}, \"level\": 2, \"leaf\": true, \"individual\": false, \"above\": [\"economy\"], \"groups\": [\"district\"], \"measure\": \"%\", \"evidence\": false}"};
/* clang-format on */

/* An indicator while it is written. */
struct writing {
    const struct annex_view *view;
    uint32_t node;
};

static bool clause_of(void *context, const char *basis, struct baton_clause *out) {
    return baton_package_clause(context, basis, out);
}

static baton_code write_indicator(void *context, struct baton_arena *scratch,
                                  struct writer *writer) {
    const struct writing *const writing = context;
    indicator_json(scratch, writing->view, writing->node, writer);
    return BATON_OK;
}

static baton_code answer_indicator(struct call *call) {
    struct ledger_view of = {0};
    struct scheme_version version;
    struct writing writing;
    const char *bytes;
    size_t size;
    TRY(scheme_take_view(call, &of));
    TRY(scheme_open_version(call, &of, &version));
    TRY(call_node(call, baton_session_scheme(version.session),
                  http_segment(call->request, "indicator"), &writing.node));
    writing.view = &(struct annex_view){.session = version.session,
                                        .language = call->request->language,
                                        .group = BATON_NONE,
                                        .context = version.package,
                                        .clause = clause_of};
    TRY(call_write(call, write_indicator, &writing, &bytes, &size));
    http_answer(call->request, 200, form_media[FORM_JSON], bytes, size);
    return BATON_OK;
}

void api_indicator(struct http_request *request, void *api) {
    call_run(request, api, answer_indicator);
}
