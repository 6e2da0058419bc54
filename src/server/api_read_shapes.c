/* The parameters of what is read. */
#include "server/api_read_shapes.h"

/* clang-format off */
#define KNOWN   {.name = "known",  .type = BODY_TEXT, .length = 24, .is = {"as known then: a date (to its end, by the clocks of China) or the number of the last fact that counts", "截至何时所知：日期（北京时间当日结束）或计入的最后一号事实"}}
#define GROUP   {.name = "group",  .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"only this group", "仅该考核类别"}}
#define UNIT    {.name = "unit",   .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"only this unit", "仅该考核对象"}}
#define FORMAT  {.name = "format", .type = BODY_WORD, .words = "json csv xlsx", .is = {"the form, before what Accept says", "形式，优先于 Accept 头"}}
#define LIMIT   {.name = "limit",  .type = BODY_COUNT, .least = 1, .most = 1000, .initial = 50, .is = {"at most so many; 50", "最多条数，默认 50"}}
#define BEFORE  {.name = "before", .type = BODY_COUNT, .is = {"only what stands before this number", "仅该编号之前的"}}
#define ASSESS  {.name = "assessment", .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"only of this assessment", "仅该项考核"}}

static const struct body_field result_fields[] = {
    GROUP, UNIT, KNOWN, FORMAT,
    {.name = "node",    .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"beside the total only this indicator; not of a workbook", "总分之外仅列该指标，不适用于工作簿"}},
    {.name = "rounded", .type = BODY_WORD, .words = "0 1", .is = {"1: scores, weights and points as published", "1 表示得分、权重和分值按公布位数"}},
};
const struct body_shape result_query_shape = {.name = "ResultQuery", BODY_FIELDS(result_fields), .is = {"which part of a result, and in which form", "结果的范围与形式"}, .example = "{\"group\": \"districts\", \"format\": \"csv\"}"};

static const struct body_field matrix_fields[] = {
    GROUP, UNIT, KNOWN, FORMAT,
    {.name = "what", .type = BODY_WORD, .words = "ranks scores ratings points lost contributions from-mean from-best", .is = {"of CSV: which numbers", "CSV 中列出的数"}},
};
const struct body_shape matrix_query_shape = {.name = "MatrixQuery", BODY_FIELDS(matrix_fields), .is = {"which part of a matrix, and in which form", "矩阵的范围与形式"}, .example = "{\"what\": \"lost\", \"format\": \"csv\"}"};

static const struct body_field explanation_fields[] = {
    KNOWN,
    {.name = "node",    .type = BODY_TEXT, .length = 64, .is = {"the indicator; the total where there is none", "指标；不填为总分"}},
    {.name = "depth",   .type = BODY_COUNT, .most = 100, .is = {"so many levels below it", "向下展开的层数"}},
    {.name = "all",     .type = BODY_WORD, .words = "1", .is = {"1: everything below it", "1 表示全部展开"}},
    {.name = "clauses", .type = BODY_WORD, .words = "1", .is = {"1: with the words of the clauses", "1 表示附条款原文"}},
    {.name = "words",   .type = BODY_WORD, .words = "1", .is = {"1: each line of the JSON with its `label` and `text`, in the language of the answer", "1 表示 JSON 各行附 label 和 text，用答复的语言"}},
    {.name = "format",  .type = BODY_WORD, .words = "json text", .is = {"json, or text for people", "json 或 text"}},
};
const struct body_shape explanation_query_shape = {.name = "ExplanationQuery", BODY_FIELDS(explanation_fields), .is = {"which score, how deep", "说明哪项得分、展开多深"}, .example = "{\"node\": \"gdp\", \"clauses\": \"1\"}"};

static const struct body_field entries_fields[] = {
    BEFORE, LIMIT, ASSESS,
    {.name = "kind", .type = BODY_TEXT, .length = 40, .is = {"only facts of this kind", "仅该类事实"}},
    {.name = "actor", .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"only what this person said", "仅该人员填报的记录"}},
    {.name = "to",   .type = BODY_TEXT, .form = &body_day, .length = 10, .is = {"to the end of this day, by the clocks of China", "至该日止（北京时间）"}},
};
const struct body_shape entries_query_shape = {.name = "EntriesQuery", BODY_FIELDS(entries_fields), .is = {"which entries", "哪些记录"}, .example = "{\"kind\": \"observation\", \"limit\": 20}"};

static const struct body_field proposals_fields[] = {
    BEFORE, LIMIT, ASSESS,
    {.name = "state", .type = BODY_WORD, .words = "open accepted refused withdrawn", .is = {"only those in this state", "仅该状态的提请"}},
};
const struct body_shape proposals_query_shape = {.name = "ProposalsQuery", BODY_FIELDS(proposals_fields), .is = {"which proposals", "哪些提请"}, .example = "{\"state\": \"open\"}"};

static const struct body_field facts_fields[] = {
    KNOWN, LIMIT,
    {.name = "after", .type = BODY_TEXT, .length = 300, .is = {"only keys behind this one; its fields separated by commas", "仅该键之后的行，各字段以逗号分隔"}},
};
const struct body_shape facts_query_shape = {.name = "FactsQuery", BODY_FIELDS(facts_fields), .is = {"which rows", "哪些行"}, .example = "{\"limit\": 100}"};

static const struct body_field history_fields[] = {
    {.name = "key", .type = BODY_TEXT, .needed = true, .length = 300, .is = {"key of the row; its fields separated by commas", "行的键，各字段以逗号分隔"}},
};
const struct body_shape history_query_shape = {.name = "HistoryQuery", BODY_FIELDS(history_fields), .is = {"which row", "哪一行"}, .example = "{\"key\": \"yunhu,gdp,2021-08\"}"};

static const struct body_field consistency_fields[] = {
    {.name = "from", .type = BODY_COUNT, .needed = true, .least = 1, .is = {"so many entries had the head that was kept", "所存凭证对应的记录数"}},
};
const struct body_shape consistency_query_shape = {.name = "ConsistencyQuery", BODY_FIELDS(consistency_fields), .is = {"from which head", "自哪个凭证起"}, .example = "{\"from\": 812}"};
/* clang-format on */
