/* The shapes of what api_results.c and api_explain.c answer; what stands in them is written by report/. */
#include "engine/result_notes.h"
#include "server/api_results.h"

/* clang-format off */
static const struct body_field texts_fields[] = {
    {.name = "en", .type = BODY_TEXT, .is = {"in English, where there is one", "英文，没有时省略"}},
    {.name = "zh", .type = BODY_TEXT, .is = {"in Chinese, where there is one", "中文，没有时省略"}},
};
const struct body_shape texts_shape = {
    .name = "Texts", BODY_FIELDS(texts_fields), .is = {"a title or name as the scheme has it, in one language or both", "考核方案中的名称，一种或两种语言"},
    .example = "{\"zh\": \"云湖区\", \"en\": \"Yunhu District\"}"};

/* Assessments */

static const struct body_field trouble_fields[] = {
    {.name = "name",   .type = BODY_TEXT, .needed = true, .is = {"of the code: see /api/v1/codes", "代码名称，见 /api/v1/codes"}},
    {.name = "detail", .type = BODY_TEXT, .needed = true, .lines = true, .length = 100000, .is = {"what is wrong", "问题说明"}},
    {.name = "file",   .type = BODY_TEXT, .is = {"file of the package, or kind of facts", "考核包中的文件或事实种类"}},
    {.name = "row",    .type = BODY_COUNT, .is = {"row, or number of the fact", "行号或事实编号"}},
    {.name = "field",  .type = BODY_TEXT, .is = {"field", "字段"}},
};
static const struct body_shape trouble_shape = {
    .name = "Trouble", BODY_FIELDS(trouble_fields), .is = {"something that is wrong with an assessment", "考核存在的一个问题"},
    .example = "{\"name\": \"UNIT_UNKNOWN\", \"detail\": \"there is no unit 'yunhv'\", \"file\": \"observations.csv\", \"row\": 812, \"field\": \"unit\"}"};

static const struct body_field member_fields[] = {
    {.name = "id",   .type = BODY_TEXT, .needed = true, .is = {"of the unit", "考核对象编号"}},
    {.name = "name", .type = BODY_OBJECT, .needed = true, .inner = &texts_shape, .is = {"of the unit", "考核对象名称"}},
};
static const struct body_shape member_shape = {
    .name = "GroupMember", BODY_FIELDS(member_fields), .is = {"a unit of a group", "类别中的考核对象"},
    .example = "{\"id\": \"yunhu\", \"name\": {\"zh\": \"云湖区\"}}"};

static const struct body_field titled_fields[] = {
    {.name = "id",    .type = BODY_TEXT, .needed = true, .is = {"as results have it", "编号，同结果中所用"}},
    {.name = "title", .type = BODY_OBJECT, .needed = true, .inner = &texts_shape, .is = {"in words", "名称"}},
};
static const struct body_shape titled_shape = {
    .name = "Titled", BODY_FIELDS(titled_fields), .is = {"a rating or grade", "一个评价或等次"},
    .example = "{\"id\": \"good\", \"title\": {\"zh\": \"好\"}}"};

static const struct body_field tree_node_fields[] = {
    {.name = "id",    .type = BODY_TEXT, .needed = true, .is = {"of the indicator; `total` for the root", "指标编号；total 为总分"}},
    {.name = "name",  .type = BODY_OBJECT, .needed = true, .inner = &texts_shape, .is = {"of the indicator; empty for the root", "指标名称，总分为空"}},
    {.name = "level", .type = BODY_COUNT, .needed = true, .is = {"0 for the root, 1 for the blocks, and so on", "总分为 0，一级指标为 1，依此类推"}},
    {.name = "leaf",  .type = BODY_FLAG, .needed = true, .is = {"nothing is below it", "末级指标"}},
    {.name = "individual", .type = BODY_FLAG, .needed = true, .is = {"of named units, not of a whole group", "个性指标"}},
    {.name = "measure", .type = BODY_TEXT, .is = {"unit of measurement of its figures", "计量单位"}},
};
static const struct body_shape tree_node_shape = {
    .name = "TreeNode", BODY_FIELDS(tree_node_fields), .is = {"a node of the tree of indicators", "指标体系中的一个指标"},
    .example = "{\"id\": \"gdp\", \"name\": {\"zh\": \"地区生产总值增速\"}, \"level\": 2, \"leaf\": true, \"individual\": false, \"measure\": \"%\"}"};

static const struct body_field group_fields[] = {
    {.name = "id",    .type = BODY_TEXT, .needed = true, .is = {"of the group", "考核类别编号"}},
    {.name = "title", .type = BODY_OBJECT, .needed = true, .inner = &texts_shape, .is = {"of the group", "考核类别名称"}},
    {.name = "decimals", .type = BODY_NUMBER, .needed = true, .is = {"with which totals are published", "总分公布的小数位数"}},
    {.name = "total", .type = BODY_NUMBER, .needed = true, .is = {"scale of the total", "总分的满分"}},
    {.name = "ratings", .type = BODY_OBJECTS, .needed = true, .inner = &titled_shape, .is = {"of indicators, the best first", "指标的评价，最优的在前"}},
    {.name = "grades", .type = BODY_OBJECTS, .needed = true, .inner = &titled_shape, .is = {"of totals, the best first", "总分的等次，最优的在前"}},
    {.name = "units", .type = BODY_OBJECTS, .needed = true, .inner = &member_shape, .is = {"that are ranked in it, in official order", "参加排名的考核对象，按规定顺序"}},
};
static const struct body_shape group_shape = {
    .name = "Group", BODY_FIELDS(group_fields), .is = {"units that are compared with each other", "一个考核类别"},
    .example = "{\"id\": \"districts\", \"title\": {\"zh\": \"县（市、区）\"}, \"decimals\": 2, \"total\": 100, \"ratings\": [], \"grades\": [], \"units\": [{\"id\": \"yunhu\", \"name\": {\"zh\": \"云湖区\"}}]}"};

/* What a list has of each, and one alone too. */
#define ASSESSMENT \
    {.name = "id",      .type = BODY_TEXT, .needed = true, .is = {"of the assessment", "考核编号"}}, \
    {.name = "title",   .type = BODY_OBJECT, .inner = &texts_shape, .is = {"of the scheme; left out, with `period`, `scheme` and `known`, where there never was a result", "考核方案名称；从未有过结果时，title、period、scheme、known 均省略"}}, \
    {.name = "period",  .type = BODY_TEXT, .form = &body_period, .is = {"the scheme's own", "方案自身的周期"}}, \
    {.name = "scheme",  .type = BODY_COUNT, .is = {"number of the fact that is the version of the scheme", "方案版本对应的事实编号"}}, \
    {.name = "known",   .type = BODY_COUNT, .is = {"so many entries of the journal were seen", "已计入的账本记录数"}}, \
    {.name = "periods", .type = BODY_TEXTS, .needed = true, .form = &body_period, .is = {"that have a current result, in the order of time", "有当前结果的周期，按时间排列"}}, \
    {.name = "sound",   .type = BODY_FLAG, .needed = true, .is = {"whether its newest state can be scored; else results are of the last that could", "最新状态能否计分；不能时，结果取自上一个能够计分的状态"}}
#define CITY "\"id\": \"city-2021\", \"title\": {\"zh\": \"二〇二一年度综合考核\"}, \"period\": \"2021\", \"scheme\": 3, \"known\": 26725, \"periods\": [\"2021-07\", \"2021-08\"], \"sound\": true"

static const struct body_field assessment_item_fields[] = {ASSESSMENT};
static const struct body_shape assessment_item_shape = {
    .name = "AssessmentItem", BODY_FIELDS(assessment_item_fields), .is = {"an assessment of a list", "列表中的一项考核"},
    .example = "{" CITY "}"};

static const struct body_field assessment_list_fields[] = {
    {.name = "items", .type = BODY_OBJECTS, .needed = true, .inner = &assessment_item_shape, .is = {"those that have facts", "已有事实的考核"}},
};
const struct body_shape assessment_list_shape = {
    .name = "AssessmentList", BODY_FIELDS(assessment_list_fields), .is = {"the assessments of the ledger", "账本中的考核"},
    .example = "{\"items\": [{" CITY "}]}"};

static const struct body_field assessment_fields[] = {
    ASSESSMENT,
    {.name = "succeeds", .type = BODY_TEXT, .is = {"the assessment that it succeeds: its results are those of the years before; left out where there is none, or none that one may see", "所接续的考核，以前年度的结果取自该考核；没有或无权查看时省略"}},
    {.name = "problems", .type = BODY_OBJECTS, .needed = true, .inner = &trouble_shape, .is = {"all that is wrong with its newest state", "最新状态存在的全部问题"}},
    {.name = "groups",   .type = BODY_OBJECTS, .inner = &group_shape, .is = {"left out where there never was a result", "从未有过结果时省略"}},
    {.name = "tree",     .type = BODY_OBJECTS, .inner = &tree_node_shape, .is = {"the indicators, each before those below it; left out likewise", "各级指标，上级在前；同样情形下省略"}},
};
const struct body_shape assessment_shape = {
    .name = "Assessment", BODY_FIELDS(assessment_fields), .is = {"an assessment", "一项考核"},
    .example = "{" CITY ", \"problems\": [], \"groups\": [{\"id\": \"districts\", \"title\": {\"zh\": \"县（市、区）\"}, \"decimals\": 2, \"total\": 100, \"ratings\": [], \"grades\": [], \"units\": [{\"id\": \"yunhu\", \"name\": {\"zh\": \"云湖区\"}}]}]}"};

/* Results: report/result_json.c */

/* Of what and when. */
#define OF_RESULT \
    {.name = "package", .type = BODY_TEXT, .needed = true, .is = {"id of the scheme", "考核方案编号"}}, \
    {.name = "period",  .type = BODY_TEXT, .needed = true, .form = &body_period, .is = {"of the result", "结果的周期"}}, \
    {.name = "as_of",   .type = BODY_TEXT, .needed = true, .nullable = true, .form = &body_day, .is = {"what counts as due is as of this day; null = everything is due", "以该日判断是否到期；null 表示全部视为到期"}}
#define RANK \
    {.name = "rank",        .type = BODY_NUMBER, .is = {"in the group; a half where places are shared by their mean; left out where there is none", "在类别中的名次，按平均名次并列时可为半数；没有时省略"}}, \
    {.name = "of",          .type = BODY_COUNT, .needed = true, .is = {"so many have a rank there", "有名次的对象数"}}, \
    {.name = "rank_change", .type = BODY_NUMBER, .is = {"places risen since the result that it is compared with; below 0: fallen; left out where there is nothing to compare", "较比较周期上升的位次，负数为下降；无可比名次时省略"}}
#define NODE {.name = "node", .type = BODY_TEXT, .needed = true, .is = {"id of the indicator; `total` for the root, `base` for the total before adjustments", "指标编号；total 为总分，base 为加减分前总分"}}
#define GRADE {.name = "grade", .type = BODY_TEXT, .is = {"id of the grade of the total", "总分的等次编号"}}

static const struct body_field result_row_fields[] = {
    NODE,
    {.name = "level",  .type = BODY_COUNT, .needed = true, .is = {"0 for the total, 1 for the blocks, and so on", "总分为 0，一级指标为 1，依此类推"}},
    {.name = "value",  .type = BODY_ANY, .is = {"of a leaf: its figure, a number; a code as a text", "末级指标的数值；代码为文本"}},
    {.name = "score",  .type = BODY_NUMBER, .is = {"on a scale of 100, the total's on its own; left out where there is none", "百分制得分，总分按其满分；没有得分时省略"}},
    {.name = "weight", .type = BODY_NUMBER, .is = {"the effective one: a share of the total after overrides and redistribution", "有效权重：经调整和重新分摊后占总分的份额"}},
    {.name = "points", .type = BODY_NUMBER, .is = {"share × score / 100; the total's are its score", "份额 × 得分 / 100；总分为其得分"}},
    RANK,
    {.name = "rating", .type = BODY_TEXT, .is = {"of a leaf: id of its rating", "末级指标的评价编号"}},
    GRADE,
    {.name = "notes",  .type = BODY_TEXTS, .is = {"what else is to be known: words that `notes` of the result explains", "其他说明，含义见结果的 notes"}},
};
static const struct body_shape result_row_shape = {
    .name = "ResultRow", BODY_FIELDS(result_row_fields), .is = {"a unit at a node of the tree", "考核对象在一个指标上的结果"},
    .example = "{\"node\": \"gdp\", \"level\": 2, \"value\": 512.3, \"score\": 91.5, \"weight\": 8, \"points\": 7.32, \"rank\": 2, \"of\": 7, \"rank_change\": 1, \"rating\": \"good\", \"notes\": [\"imputed\"]}"};

static const struct body_field result_unit_fields[] = {
    {.name = "id",    .type = BODY_TEXT, .needed = true, .is = {"of the unit", "考核对象编号"}},
    {.name = "name",  .type = BODY_OBJECT, .inner = &texts_shape, .is = {"of the unit", "考核对象名称"}},
    RANK,
    {.name = "score", .type = BODY_NUMBER, .is = {"the total; left out where there is none", "总分；没有时省略"}},
    GRADE,
    {.name = "nodes", .type = BODY_OBJECTS, .needed = true, .inner = &result_row_shape, .is = {"the total, then the indicators that apply, in the order of the tree", "总分及适用的各级指标，按指标树顺序"}},
};
static const struct body_shape result_unit_shape = {
    .name = "ResultUnit", BODY_FIELDS(result_unit_fields), .is = {"the result of a unit", "一个考核对象的结果"},
    .example = "{\"id\": \"yunhu\", \"name\": {\"zh\": \"云湖区\"}, \"rank\": 2, \"of\": 7, \"score\": 93.63, \"grade\": \"excellent\", \"nodes\": [{\"node\": \"total\", \"level\": 0, \"score\": 93.63, \"weight\": 100, \"points\": 93.63, \"rank\": 2, \"of\": 7}]}"};

static const struct body_field result_group_fields[] = {
    {.name = "id",    .type = BODY_TEXT, .needed = true, .is = {"of the group", "考核类别编号"}},
    {.name = "title", .type = BODY_OBJECT, .inner = &texts_shape, .is = {"of the group", "考核类别名称"}},
    {.name = "units", .type = BODY_OBJECTS, .needed = true, .inner = &result_unit_shape, .is = {"by rank; those without one at the end", "按名次排列，无名次的在后"}},
};
static const struct body_shape result_group_shape = {
    .name = "ResultGroup", BODY_FIELDS(result_group_fields), .is = {"the result of a group", "一个考核类别的结果"},
    .example = "{\"id\": \"districts\", \"units\": []}"};

static const struct body_field award_fields[] = {
    {.name = "award", .type = BODY_TEXT, .needed = true, .is = {"id of the award", "奖项编号"}},
    {.name = "title", .type = BODY_OBJECT, .inner = &texts_shape, .is = {"of the award", "奖项名称"}},
    {.name = "group", .type = BODY_TEXT, .needed = true, .is = {"id of the group", "考核类别编号"}},
    {.name = "unit",  .type = BODY_TEXT, .needed = true, .is = {"who has it", "获奖对象编号"}},
    {.name = "place", .type = BODY_COUNT, .needed = true, .is = {"at which place of the award", "获奖位次"}},
    {.name = "by",    .type = BODY_NUMBER, .needed = true, .nullable = true, .is = {"the number by which it is given", "据以评奖的数值"}},
};
static const struct body_shape award_shape = {
    .name = "Award", BODY_FIELDS(award_fields), .is = {"an award to a unit", "一个获奖对象"},
    .example = "{\"award\": \"progress\", \"group\": \"districts\", \"unit\": \"yunhu\", \"place\": 1, \"by\": 2.4}"};

#define LEGEND "\"imputed\": {\"zh\": \"按缺失规则补值\", \"en\": \"filled in by the rule for missing figures\"}"
static const struct body_field note_fields[] = {
#define X(id, en, zh) {.name = (id), .type = BODY_OBJECT, .inner = &texts_shape, .is = {en, zh}},
    BATON_NOTE_TABLE
#undef X
};
static const struct body_shape notes_shape = {
    .name = "Notes", BODY_FIELDS(note_fields), .is = {"what each word of `notes` means", "notes 各词的含义"},
    .example = "{" LEGEND "}"};

static const struct body_field result_fields[] = {
    OF_RESULT,
    {.name = "title",  .type = BODY_OBJECT, .inner = &texts_shape, .is = {"of the scheme", "考核方案名称"}},
    {.name = "compared_with", .type = BODY_TEXT, .needed = true, .nullable = true, .form = &body_period, .is = {"period that changes of rank are since; null = none", "位次升降所比较的周期；null 表示没有"}},
    {.name = "groups", .type = BODY_OBJECTS, .needed = true, .inner = &result_group_shape, .is = {"in the order of the scheme", "按方案顺序"}},
    {.name = "awards", .type = BODY_OBJECTS, .needed = true, .inner = &award_shape, .is = {"in the order of the scheme, its groups, and places", "按方案、类别和位次排列"}},
    {.name = "notes",  .type = BODY_OBJECT, .needed = true, .inner = &notes_shape, .is = {"legend", "说明"}},
};
const struct body_shape result_shape = {
    .name = "Result", BODY_FIELDS(result_fields), .is = {"a result, as `baton score --format json` prints it", "结果，同 `baton score --format json`"},
    .example = "{\"package\": \"city-2021\", \"title\": {\"zh\": \"二〇二一年度综合考核\"}, \"period\": \"2021-08\", \"as_of\": null, \"compared_with\": \"2021-07\", \"groups\": [{\"id\": \"districts\", \"units\": []}], \"awards\": [], \"notes\": {" LEGEND "}}"};

/* Matrices: report/matrix_json.c */

#define NUMBER(NAME, EN, ZH) {.name = (NAME), .type = BODY_NUMBER, .needed = true, .nullable = true, .is = {EN, ZH}}
#define COUNT(NAME, EN, ZH) {.name = (NAME), .type = BODY_COUNT, .needed = true, .is = {EN, ZH}}
#define IDS(NAME, EN, ZH) {.name = (NAME), .type = BODY_TEXTS, .needed = true, .is = {EN, ZH}}

static const struct body_field matrix_cell_fields[] = {
    NODE,
    NUMBER("rank", "in the group; null = none", "在类别中的名次；null 表示没有"),
    COUNT("of", "so many have a rank there", "有名次的对象数"),
    NUMBER("score", "on a scale of 100, the total's on its own; null = none", "百分制得分，总分按其满分；null 表示没有"),
    {.name = "rating", .type = BODY_TEXT, .is = {"of a leaf: id of its rating", "末级指标的评价编号"}},
    NUMBER("weight", "the effective one", "有效权重"),
    NUMBER("points", "that the score comes to", "得分折合的分值"),
    NUMBER("lost", "points lost: weight less points", "失分：权重减去分值"),
    NUMBER("share", "contribution: its points as a share of the total", "贡献：分值占总分的份额"),
    NUMBER("from_mean", "score less the mean of the group", "得分与类别均值之差"),
    NUMBER("from_best", "score less the best of the group", "得分与类别最高分之差"),
    NUMBER("standing", "from 1, alone at the top, to 0, alone at the bottom; null = fewer than two are ranked", "相对位置：独居首位为 1，独居末位为 0；有名次的不足两个时为 null"),
    {.name = "first", .type = BODY_FLAG, .needed = true, .is = {"nobody is above it, and somebody below", "位居首位，且有对象在其后"}},
    {.name = "last",  .type = BODY_FLAG, .needed = true, .is = {"nobody is below it, and somebody above", "位居末位，且有对象在其前"}},
};
static const struct body_shape matrix_cell_shape = {
    .name = "MatrixCell", BODY_FIELDS(matrix_cell_fields), .is = {"a unit at a node of the tree", "考核对象在一个指标上的位置"},
    .example = "{\"node\": \"gdp\", \"rank\": 2, \"of\": 7, \"score\": 91.5, \"rating\": \"good\", \"weight\": 8, \"points\": 7.32, \"lost\": 0.68, \"share\": 0.078, \"from_mean\": 3.1, \"from_best\": -1.2, \"standing\": 0.83, \"first\": false, \"last\": false}"};

static const struct body_field rating_count_fields[] = {
    COUNT("leaves", "indicators that apply", "适用的末级指标数"),
    COUNT("rated", "of these with a score, where the group has ratings", "其中已评价的"),
    COUNT("upper", "of these in one of the upper ratings", "其中评价在上等的"),
    {.name = "by", .type = BODY_MAP, .needed = true, .is = {"how many are in each rating, by its id", "各评价编号对应的指标数"}},
};
static const struct body_shape rating_count_shape = {
    .name = "RatingCount", BODY_FIELDS(rating_count_fields), .is = {"indicators counted by their ratings", "按评价统计的指标数"},
    .example = "{\"leaves\": 43, \"rated\": 43, \"upper\": 37, \"by\": {\"good\": 25, \"fair\": 12}}"};

#define COUNTS(NAME, EN, ZH) {.name = (NAME), .type = BODY_OBJECT, .needed = true, .inner = &rating_count_shape, .is = {EN, ZH}}
#define COUNT_EXAMPLE "{\"leaves\": 1, \"rated\": 1, \"upper\": 1, \"by\": {\"good\": 1}}"
static const struct body_field unit_ratings_fields[] = {
    COUNTS("all", "of all indicators", "全部指标"),
    COUNTS("common", "of common ones", "共性指标"),
    COUNTS("individual", "of individual ones", "个性指标"),
    COUNTS("mandatory", "of mandatory ones", "必答题"),
    COUNTS("competitive", "of competitive ones", "抢答题"),
    COUNTS("bonus", "of bonus ones", "加分题"),
    COUNTS("gate", "of gates", "门槛"),
};
static const struct body_shape unit_ratings_shape = {
    .name = "UnitRatings", BODY_FIELDS(unit_ratings_fields), .is = {"ratings of a unit, counted", "考核对象的评价统计"},
    .example = "{\"all\": " COUNT_EXAMPLE ", \"common\": " COUNT_EXAMPLE ", \"individual\": " COUNT_EXAMPLE ", \"mandatory\": " COUNT_EXAMPLE ", \"competitive\": " COUNT_EXAMPLE ", \"bonus\": " COUNT_EXAMPLE ", \"gate\": " COUNT_EXAMPLE "}"};

static const struct body_field matrix_unit_fields[] = {
    {.name = "id",   .type = BODY_TEXT, .needed = true, .is = {"of the unit", "考核对象编号"}},
    {.name = "name", .type = BODY_OBJECT, .needed = true, .inner = &texts_shape, .is = {"of the unit", "考核对象名称"}},
    NUMBER("rank", "of the total; null = none", "总分名次；null 表示没有"),
    NUMBER("total", "null = none", "总分；null 表示没有"),
    GRADE,
    NUMBER("base", "total before adjustments", "加减分前总分"),
    NUMBER("lost", "the group's scale less `base`", "满分减去加减分前总分"),
    NUMBER("adjust", "what adjustments gave", "加减分"),
    NUMBER("adjust_share", "as a share of the total", "加减分占总分的份额"),
    NUMBER("rest", "what rounding and vetoes make up of the total", "取整和一票否决造成的差额"),
    NUMBER("rest_share", "as a share of the total", "差额占总分的份额"),
    {.name = "ratings", .type = BODY_OBJECT, .needed = true, .inner = &unit_ratings_shape, .is = {"indicators in each rating", "各评价的指标数"}},
    IDS("first", "indicators at which it is first", "位居首位的指标"),
    IDS("last", "indicators at which it is last", "位居末位的指标"),
    IDS("strengths", "indicators in the upper half of the group, the best first", "优势指标，最优的在前"),
    IDS("weaknesses", "indicators in the lower half of the group, the worst first", "弱势指标，最弱的在前"),
    IDS("most_lost", "indicators that lost points, most first", "失分指标，失分多的在前"),
    {.name = "nodes", .type = BODY_OBJECTS, .needed = true, .inner = &matrix_cell_shape, .is = {"in the order of the tree", "按指标树顺序"}},
};
static const struct body_shape matrix_unit_shape = {
    .name = "MatrixUnit", BODY_FIELDS(matrix_unit_fields), .is = {"a unit over all indicators", "一个考核对象的各项指标"},
    .example = "{\"id\": \"yunhu\", \"name\": {\"zh\": \"云湖区\"}, \"rank\": 2, \"total\": 93.63, \"grade\": \"excellent\", \"base\": 92.6, \"lost\": 7.4, \"adjust\": 1.03, \"adjust_share\": 0.011, \"rest\": 0, \"rest_share\": 0, "
               "\"ratings\": {\"all\": " COUNT_EXAMPLE ", \"common\": " COUNT_EXAMPLE ", \"individual\": " COUNT_EXAMPLE ", \"mandatory\": " COUNT_EXAMPLE ", \"competitive\": " COUNT_EXAMPLE ", \"bonus\": " COUNT_EXAMPLE ", \"gate\": " COUNT_EXAMPLE "}, "
               "\"first\": [\"gdp\"], \"last\": [], \"strengths\": [\"gdp\"], \"weaknesses\": [], \"most_lost\": [], \"nodes\": []}"};

static const struct body_field matrix_indicator_fields[] = {
    NODE,
    COUNT("units", "to which it applies", "适用的对象数"),
    COUNT("scored", "of these with a score", "其中有得分的"),
    COUNT("ranked", "of these with a rank", "其中有名次的"),
    COUNT("missing", "without a figure, with a stand-in or not", "应报未报的，含已补值的"),
    COUNT("imputed", "with a stand-in", "已补值的"),
    COUNT("pending", "not yet due", "未到期的"),
    COUNT("na", "not applicable", "不适用的"),
    NUMBER("missing_share", "missing, of those that were due; null = none was due", "应报未报占应报的份额；null 表示均未到期"),
    NUMBER("mean", "of the scores", "得分的均值"),
    NUMBER("median", "of the scores", "得分的中位数"),
    NUMBER("sd", "standard deviation of the scores, with n - 1; null = fewer than two", "得分的样本标准差；不足两个时为 null"),
    NUMBER("lowest", "of the scores", "最低得分"),
    NUMBER("highest", "of the scores", "最高得分"),
    IDS("first", "units that are first", "位居首位的对象"),
    IDS("last", "units that are last", "位居末位的对象"),
    {.name = "ratings", .type = BODY_MAP, .is = {"of a leaf: units in each rating, by its id", "末级指标各评价编号对应的对象数"}},
};
static const struct body_shape matrix_indicator_shape = {
    .name = "MatrixIndicator", BODY_FIELDS(matrix_indicator_fields), .is = {"an indicator over the units of a group", "一个指标在类别各对象中的情况"},
    .example = "{\"node\": \"gdp\", \"units\": 7, \"scored\": 7, \"ranked\": 7, \"missing\": 0, \"imputed\": 0, \"pending\": 0, \"na\": 0, \"missing_share\": 0, \"mean\": 88.4, \"median\": 88.1, \"sd\": 2.9, \"lowest\": 83.2, \"highest\": 92.7, \"first\": [\"qingcen\"], \"last\": [\"jinting\"], \"ratings\": {\"good\": 4, \"fair\": 3}}"};

static const struct body_field matrix_place_fields[] = {
    NUMBER("place", "null = none", "位次；null 表示没有"),
    COUNT("of", "so many have a place", "有位次的对象数"),
    {.name = "unit", .type = BODY_TEXT, .needed = true, .is = {"id of the unit", "考核对象编号"}},
    NUMBER("figure", "by which the places are given; null = none", "据以排位的数值；null 表示没有"),
    NUMBER("rank_change", "places risen since the result that it is compared with; below 0: fallen", "较比较周期上升的位次，负数为下降"),
};
static const struct body_shape matrix_place_shape = {
    .name = "MatrixPlace", BODY_FIELDS(matrix_place_fields), .is = {"a unit in a list", "考核对象在榜单中的位次"},
    .example = "{\"place\": 2, \"of\": 13, \"unit\": \"yunhu\", \"figure\": 93.63, \"rank_change\": null}"};

#define PLACES(NAME, EN, ZH) {.name = (NAME), .type = BODY_OBJECTS, .needed = true, .inner = &matrix_place_shape, .is = {EN, ZH}}
static const struct body_field matrix_lists_fields[] = {
    PLACES("level", "by the total on a scale of 100, among the units of all groups", "水平榜：按百分制总分，在全部对象中排位"),
    PLACES("class", "by the total, in the group", "分类榜：按总分，在本类别中排位"),
    PLACES("progress", "by what the total gained since the result that it is compared with, in the group", "进步榜：按总分较比较周期的增量，在本类别中排位"),
};
static const struct body_shape matrix_lists_shape = {
    .name = "MatrixLists", BODY_FIELDS(matrix_lists_fields), .is = {"the three lists, of one group", "一个类别的三个榜单"},
    .example = "{\"level\": [], \"class\": [], \"progress\": []}"};

static const struct body_field matrix_group_fields[] = {
    {.name = "id",         .type = BODY_TEXT, .needed = true, .is = {"of the group", "考核类别编号"}},
    {.name = "title",      .type = BODY_OBJECT, .needed = true, .inner = &texts_shape, .is = {"of the group", "考核类别名称"}},
    {.name = "units",      .type = BODY_OBJECTS, .needed = true, .inner = &matrix_unit_shape, .is = {"by rank; those without one at the end", "按名次排列，无名次的在后"}},
    {.name = "indicators", .type = BODY_OBJECTS, .needed = true, .inner = &matrix_indicator_shape, .is = {"in the order of the tree", "按指标树顺序"}},
    {.name = "lists",      .type = BODY_OBJECT, .needed = true, .inner = &matrix_lists_shape, .is = {"level, class, progress", "水平榜、分类榜、进步榜"}},
};
static const struct body_shape matrix_group_shape = {
    .name = "MatrixGroup", BODY_FIELDS(matrix_group_fields), .is = {"the matrix of a group", "一个考核类别的横向比较"},
    .example = "{\"id\": \"districts\", \"title\": {\"zh\": \"县（市、区）\"}, \"units\": [], \"indicators\": [], \"lists\": {\"level\": [], \"class\": [], \"progress\": []}}"};

static const struct body_field matrix_fields[] = {
    OF_RESULT,
    {.name = "title",         .type = BODY_OBJECT, .needed = true, .inner = &texts_shape, .is = {"of the scheme", "考核方案名称"}},
    {.name = "compared_with", .type = BODY_TEXT, .needed = true, .nullable = true, .form = &body_period, .is = {"period that changes are since; null = none", "升降所比较的周期；null 表示没有"}},
    {.name = "groups",        .type = BODY_OBJECTS, .needed = true, .inner = &matrix_group_shape, .is = {"in the order of the scheme", "按方案顺序"}},
};
const struct body_shape matrix_shape = {
    .name = "Matrix", BODY_FIELDS(matrix_fields), .is = {"a result read across, as `baton matrix --format json` prints it", "横向比较，同 `baton matrix --format json`"},
    .example = "{\"package\": \"city-2021\", \"title\": {\"zh\": \"二〇二一年度综合考核\"}, \"period\": \"2021-08\", \"as_of\": null, \"compared_with\": \"2021-07\", \"groups\": []}"};

/* Explanations: report/explain_json.c */

static const struct body_field named_fields[] = {
    {.name = "id",   .type = BODY_TEXT, .needed = true, .is = {"id", "编号"}},
    {.name = "name", .type = BODY_OBJECT, .inner = &texts_shape, .is = {"name", "名称"}},
};
static const struct body_shape named_shape = {
    .name = "Named", BODY_FIELDS(named_fields), .is = {"an id with its name", "编号和名称"},
    .example = "{\"id\": \"yunhu\", \"name\": {\"zh\": \"云湖区\"}}"};

static const struct body_field explanation_fields[] = {
    {.name = "package", .type = BODY_TEXT, .needed = true, .is = {"id of the scheme", "考核方案编号"}},
    {.name = "title",   .type = BODY_ANY, .is = {"of the scheme: {\"zh\", \"en\"}, or a text where it is the same in both", "考核方案名称：{\"zh\", \"en\"}，两种语言相同时为文本"}},
    {.name = "period",  .type = BODY_TEXT, .form = &body_period, .is = {"of the result", "结果的周期"}},
    {.name = "as_of",   .type = BODY_TEXT, .form = &body_day, .is = {"what counts as due is as of this day; left out: everything is due", "以该日判断是否到期；省略表示全部视为到期"}},
    {.name = "unit",    .type = BODY_OBJECT, .needed = true, .inner = &named_shape, .is = {"whose score it is", "考核对象"}},
    {.name = "group",   .type = BODY_OBJECT, .needed = true, .inner = &named_shape, .is = {"its group", "考核类别"}},
    {.name = "explanation", .type = BODY_ANY, .needed = true, .is = {"a line: an object with its `kind`; as that has it `id`, `name`, `unit`, `period`, `formula`, `arithmetic`, `value`, `word`, further numbers by name; who reported and verified a figure in `fact`; and in `lines` the lines below it", "一行说明：对象，含 kind，并视种类含 id、name、unit、period、formula、arithmetic、value、word 和其他具名数值；fact 为数据的填报人和审核人；lines 为其下各行"}},
};
const struct body_shape explanation_shape = {
    .name = "Explanation", BODY_FIELDS(explanation_fields), .is = {"how a score came about, as `baton explain --format json` prints it", "得分的由来，同 `baton explain --format json`"},
    .example = "{\"package\": \"city-2021\", \"period\": \"2021-08\", \"unit\": {\"id\": \"yunhu\"}, \"group\": {\"id\": \"districts\"}, \"explanation\": {\"kind\": \"node\", \"id\": \"gdp\", \"told\": true, \"score\": 91.5, \"lines\": []}}"};
/* clang-format on */
