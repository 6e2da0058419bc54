/* The shapes of what api_vintages.c takes and answers. */
#include "server/api_vintages.h"

/* clang-format off */
#define KINDS  "observation target adjustment"
#define KNOWN  {.name = "known",  .type = BODY_TEXT, .length = 24, .is = {"as known then: a date (to its end, by the clocks of China) or the number of the last fact that counts", "截至何时所知：日期（北京时间当日结束）或计入的最后一号事实"}}
#define FORMAT {.name = "format", .type = BODY_WORD, .words = "json csv", .is = {"the form, before what Accept says", "形式，优先于 Accept 头"}}

static const struct body_field vintages_query_fields[] = {
    KNOWN, FORMAT,
    {.name = "limit",  .type = BODY_COUNT, .least = 1, .most = 1000, .initial = 50, .is = {"of JSON: at most so many; 50", "JSON 最多条数，默认 50"}},
    {.name = "before", .type = BODY_COUNT, .is = {"of JSON: only rows whose newest revision stands before this number", "JSON 中仅最近修订在该编号之前的行"}},
};
const struct body_shape vintages_query_shape = {.name = "VintagesQuery", BODY_FIELDS(vintages_query_fields), .is = {"which rows that were revised", "哪些经过修订的行"}, .example = "{\"limit\": 20, \"format\": \"json\"}"};

static const struct body_field revisions_query_fields[] = {
    KNOWN, FORMAT,
    {.name = "limit", .type = BODY_COUNT, .least = 1, .most = 100, .initial = 10, .is = {"the newest so many; 10. Each is two scorings", "最近的若干次修订，默认 10；每次须计分两遍"}},
    {.name = "kind",  .type = BODY_WORD, .words = KINDS, .is = {"only of this table", "仅该类事实"}},
    {.name = "key",   .type = BODY_TEXT, .length = 300, .is = {"only of this row; its fields separated by commas", "仅该行，各字段以逗号分隔"}},
};
const struct body_shape revisions_query_shape = {.name = "RevisionsQuery", BODY_FIELDS(revisions_query_fields), .is = {"which revisions", "哪些修订"}, .example = "{\"kind\": \"observation\", \"key\": \"yunhu,gdp,2021-08\"}"};

#define NUMBERS(NAME) \
    static const struct body_field NAME##_fields[] = { \
        {.name = "before", .type = BODY_NUMBER, .needed = true, .nullable = true, .is = {"null = there was none", "原值，null 表示没有"}}, \
        {.name = "after",  .type = BODY_NUMBER, .needed = true, .nullable = true, .is = {"null = there is none", "现值，null 表示没有"}}, \
    }
NUMBERS(score);
static const struct body_shape score_shape = {.name = "NumberChange", BODY_FIELDS(score_fields), .is = {"a score as published, or a rank", "公布位数的得分，或位次"}, .example = "{\"before\": 92.67, \"after\": 87.33}"};
static const struct body_field grade_fields[] = {
    {.name = "before", .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"null = there was none", "原等次，null 表示没有"}},
    {.name = "after",  .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"null = there is none", "现等次，null 表示没有"}},
};
static const struct body_shape grade_shape = {.name = "GradeChange", BODY_FIELDS(grade_fields), .is = {"a grade", "等次"}, .example = "{\"before\": \"good\", \"after\": null}"};

static const struct body_field change_fields[] = {
    {.name = "id",    .type = BODY_TEXT,   .needed = true, .is = {"unit", "考核对象"}},
    {.name = "group", .type = BODY_TEXT,   .needed = true, .is = {"its group", "所在考核类别"}},
    {.name = "score", .type = BODY_OBJECT, .needed = true, .inner = &score_shape, .is = {"the total as published", "公布位数的总分"}},
    {.name = "rank",  .type = BODY_OBJECT, .needed = true, .inner = &score_shape, .is = {"in its group", "在类别中的名次"}},
    {.name = "grade", .type = BODY_OBJECT, .needed = true, .inner = &grade_shape, .is = {"grade", "等次"}},
};
#define CHANGE "{\"id\": \"yunhu\", \"group\": \"districts\", \"score\": {\"before\": 92.67, \"after\": 87.33}, \"rank\": {\"before\": 2, \"after\": 4}, \"grade\": {\"before\": \"good\", \"after\": null}}"
static const struct body_shape change_shape = {.name = "UnitChange", BODY_FIELDS(change_fields), .is = {"a unit whose total, rank or grade is another one", "总分、位次或等次有变化的考核对象"}, .example = CHANGE};

static const struct body_field vintage_fields[] = {
    {.name = "position",   .type = BODY_COUNT, .needed = true, .is = {"number of the entry", "记录编号"}},
    {.name = "time",       .type = BODY_TEXT,  .needed = true, .is = {"ISO 8601, UTC", "时间（ISO 8601，协调世界时）"}},
    {.name = "actor",      .type = BODY_TEXT,  .needed = true, .blank = true, .is = {"who said it", "填报人"}},
    {.name = "actor_name", .type = BODY_TEXT,  .is = {"their name", "填报人姓名"}},
    {.name = "verifier",   .type = BODY_TEXT,  .is = {"who decided on it", "审核人"}},
    {.name = "reason",     .type = BODY_TEXT,  .lines = true, .is = {"why", "理由"}},
    {.name = "withdrawn",  .type = BODY_FLAG,  .needed = true, .is = {"there is no such row from here on", "该行自此撤销"}},
    {.name = "value",      .type = BODY_TEXT,  .needed = true, .nullable = true, .is = {"figure, target or points; null = none is said", "数据值、目标值或分值，null 表示未填"}},
    {.name = "fields",     .type = BODY_MAP,   .needed = true, .lines = true, .is = {"what it says besides its key", "键以外的内容"}},
};
#define VINTAGE(POSITION, VALUE) "{\"position\": " POSITION ", \"time\": \"2021-08-27T01:02:03.004Z\", \"actor\": \"li.wei\", \"withdrawn\": false, \"value\": \"" VALUE "\", \"fields\": {\"value\": \"" VALUE "\"}}"
static const struct body_shape vintage_shape = {.name = "Vintage", BODY_FIELDS(vintage_fields), .is = {"what was said of a row once", "一行的一次填报"}, .example = VINTAGE("812", "6")};

#define ROW \
    {.name = "kind",   .type = BODY_WORD, .needed = true, .words = KINDS, .is = {"the table", "事实种类"}}, \
    {.name = "unit",   .type = BODY_TEXT, .is = {"unit", "考核对象"}}, \
    {.name = "what",   .type = BODY_TEXT, .is = {"element, indicator or item", "数据项、指标或加减分项"}}, \
    {.name = "period", .type = BODY_TEXT, .is = {"period", "周期"}}
#define ROW_EXAMPLE "\"kind\": \"observation\", \"unit\": \"yunhu\", \"what\": \"gdp\", \"period\": \"2021-08\", "

static const struct body_field row_fields[] = {
    ROW,
    {.name = "key",     .type = BODY_TEXT,    .needed = true, .is = {"as /facts/{kind}/history takes it; of adjustments the number of the first", "可用于 /facts/{kind}/history；加减分为首次填报的编号"}},
    {.name = "first",   .type = BODY_OBJECT,  .needed = true, .inner = &vintage_shape, .is = {"as it was first said", "首报"}},
    {.name = "revised", .type = BODY_OBJECTS, .needed = true, .inner = &vintage_shape, .is = {"what was said in between, the oldest first", "其间的修订，旧的在前"}},
    {.name = "final",   .type = BODY_OBJECT,  .needed = true, .inner = &vintage_shape, .is = {"as it was said last", "现行"}},
};
#define ROW_WHOLE "{" ROW_EXAMPLE "\"key\": \"yunhu,gdp,2021-08\", \"first\": " VINTAGE("812", "6") ", \"revised\": [], \"final\": " VINTAGE("815", "7") "}"
static const struct body_shape row_shape = {.name = "RevisedRow", BODY_FIELDS(row_fields), .is = {"a row that was revised", "经过修订的一行"}, .example = ROW_WHOLE};

static const struct body_field vintage_list_fields[] = {
    {.name = "items", .type = BODY_OBJECTS, .needed = true, .inner = &row_shape, .is = {"the one revised last first", "最近修订的在前"}},
    {.name = "known", .type = BODY_COUNT,   .needed = true, .is = {"so many entries count", "计入的记录数"}},
    {.name = "next",  .type = BODY_TEXT,    .needed = true, .nullable = true, .is = {"address of the next page; null = there is none", "下一页地址，null 表示没有"}},
};
const struct body_shape vintage_list_shape = {.name = "VintageList", BODY_FIELDS(vintage_list_fields), .is = {"rows that were revised", "经过修订的各行"}, .example = "{\"items\": [" ROW_WHOLE "], \"known\": 26725, \"next\": null}"};

static const struct body_field effect_fields[] = {
    ROW,
    {.name = "before",  .type = BODY_OBJECT,  .needed = true, .inner = &vintage_shape, .is = {"the row before it", "修订前"}},
    {.name = "after",   .type = BODY_OBJECT,  .needed = true, .inner = &vintage_shape, .is = {"the row with it", "修订后"}},
    {.name = "problem", .type = BODY_TEXT,    .is = {"code that says why the result cannot be compared: it could not be scored before, or with it", "结果不能对比的原因代码：修订前或修订后无法计分"}},
    {.name = "units",   .type = BODY_OBJECTS, .needed = true, .inner = &change_shape, .is = {"those that changed", "有变化的考核对象"}},
};
#define EFFECT "{" ROW_EXAMPLE "\"before\": " VINTAGE("812", "6") ", \"after\": " VINTAGE("815", "7") ", \"units\": [" CHANGE "]}"
static const struct body_shape effect_shape = {.name = "RevisionEffect", BODY_FIELDS(effect_fields), .is = {"what a revision changed", "一次修订引起的变化"}, .example = EFFECT};

static const struct body_field effect_list_fields[] = {
    {.name = "period",   .type = BODY_TEXT,    .needed = true, .is = {"of the result", "结果的周期"}},
    {.name = "known",    .type = BODY_COUNT,   .needed = true, .is = {"so many entries count", "计入的记录数"}},
    {.name = "items",    .type = BODY_OBJECTS, .needed = true, .inner = &effect_shape, .is = {"in the order in which they were said", "按填报先后"}},
    {.name = "left_out", .type = BODY_COUNT,   .needed = true, .is = {"older ones beyond the limit", "超出条数未列的较早修订"}},
};
const struct body_shape effect_list_shape = {.name = "RevisionEffects", BODY_FIELDS(effect_list_fields), .is = {"what revisions changed in a result", "各次修订对结果的影响"}, .example = "{\"period\": \"2021\", \"known\": 26725, \"items\": [" EFFECT "], \"left_out\": 0}"};
/* clang-format on */
