/* The shapes of what api_about.c answers. */
#include "server/api_about.h"

/* clang-format off */
static const struct body_field link_fields[] = {
    {.name = "name",  .type = BODY_TEXT, .needed = true, .is = {"operation of the OpenAPI document", "OpenAPI 文档中的操作名称"}},
    {.name = "href",  .type = BODY_TEXT, .needed = true, .is = {"path", "路径"}},
    {.name = "title", .type = BODY_TEXT, .needed = true, .is = {"what it gives", "提供的内容"}},
};
static const struct body_shape link_shape = {
    .name = "Link", BODY_FIELDS(link_fields), .is = {"an address", "地址"},
    .example = "{\"name\": \"code_list\", \"href\": \"/api/v1/codes\", \"title\": \"every code that an answer may have\"}"};

static const struct body_field api_fields[] = {
    {.name = "name",    .type = BODY_TEXT, .needed = true, .is = {"of the program", "程序名称"}},
    {.name = "version", .type = BODY_TEXT, .needed = true, .is = {"of the program; that of the interface is in the path", "程序版本；接口版本见路径"}},
    {.name = "links",   .type = BODY_OBJECTS, .needed = true, .inner = &link_shape, .is = {"addresses that need nothing more", "无需其他参数即可访问的地址"}},
};
const struct body_shape api_shape = {
    .name = "Api", BODY_FIELDS(api_fields), .is = {"what this is", "接口概况"},
    .example = "{\"name\": \"baton\", \"version\": \"0.1.0\", \"links\": [{\"name\": \"code_list\", \"href\": \"/api/v1/codes\", \"title\": \"every code that an answer may have\"}]}"};

static const struct body_field code_fields[] = {
    {.name = "code",        .type = BODY_COUNT, .needed = true, .least = 1000, .most = 9999, .is = {"number, which is never used again; the exit status of commands and the type of problems are made from it", "编号，永不重复使用"}},
    {.name = "name",        .type = BODY_TEXT,  .needed = true, .is = {"name", "名称"}},
    {.name = "severity",    .type = BODY_WORD,  .needed = true, .words = "note warning error", .is = {"an error is refused; a warning is sound, but probably not what was meant", "error 表示拒绝受理；warning 表示可以受理但可能有误；note 为提示"}},
    {.name = "status",      .type = BODY_COUNT, .needed = true, .least = 200, .most = 599, .is = {"HTTP status of an answer that is a problem with this code", "以该代码答复时的 HTTP 状态"}},
    {.name = "exit_status", .type = BODY_COUNT, .needed = true, .most = 3, .is = {"exit status of a command that ends with it", "命令以该代码结束时的退出状态"}},
    {.name = "message",     .type = BODY_TEXT,  .needed = true, .is = {"words; %1 .. %4 stand for the particulars, {?2...} is left out where there is no second, {!2...} where there is one", "说明；%1 至 %4 为具体内容，没有第二项时省略 {?2…}，有第二项时省略 {!2…}"}},
    {.name = "advice",      .type = BODY_TEXT,  .is = {"what to do", "处理建议"}},
    {.name = "why",         .type = BODY_TEXT,  .lines = true, .length = 4000, .is = {"why it matters", "为何重要"}},
};
const struct body_shape code_shape = {
    .name = "Code", BODY_FIELDS(code_fields), .is = {"what an answer may say", "代码"},
    .example = "{\"code\": 5739, \"name\": \"QUERY_UNKNOWN\", \"severity\": \"error\", \"status\": 400, \"exit_status\": 2, \"message\": \"there is no parameter '%1' here\"}"};

static const struct body_field code_list_fields[] = {
    {.name = "codes", .type = BODY_OBJECTS, .needed = true, .inner = &code_shape, .is = {"in the order of their list", "按代码表顺序"}},
};
const struct body_shape code_list_shape = {
    .name = "CodeList", BODY_FIELDS(code_list_fields), .is = {"every code", "全部代码"},
    .example = "{\"codes\": [{\"code\": 5739, \"name\": \"QUERY_UNKNOWN\", \"severity\": \"error\", \"status\": 400, \"exit_status\": 2, \"message\": \"there is no parameter '%1' here\"}]}"};

static const struct body_field words_fields[] = {
    {.name = "zh", .type = BODY_TEXT, .needed = true, .lines = true, .length = 4000, .is = {"in Chinese", "中文"}},
    {.name = "en", .type = BODY_TEXT, .needed = true, .lines = true, .length = 4000, .is = {"in English", "英文"}},
};
static const struct body_shape words_shape = {
    .name = "Words", BODY_FIELDS(words_fields), .is = {"words in both languages", "中英文说明"},
    .example = "{\"zh\": \"得分\", \"en\": \"score\"}"};

static const struct body_field parameter_fields[] = {
    {.name = "name",    .type = BODY_TEXT, .needed = true, .is = {"key in the scheme", "在方案中的键"}},
    {.name = "title",   .type = BODY_OBJECT, .inner = &words_shape, .is = {"what it is called", "名称"}},
    {.name = "type",    .type = BODY_TEXT, .needed = true, .is = {"number, share, flag, word ...", "类型：number、share、flag、word 等"}},
    {.name = "needed",  .type = BODY_FLAG, .needed = true, .is = {"whether it has to be given", "是否必须给出"}},
    {.name = "default", .type = BODY_TEXT, .is = {"what holds where it is not given", "未给出时的取值"}},
    {.name = "lowest",  .type = BODY_NUMBER, .is = {"of a number: its bounds, both allowed; left out where there is none", "数字的下限（含），没有时省略"}},
    {.name = "highest", .type = BODY_NUMBER, .is = {"likewise", "上限（含）"}},
    {.name = "words",   .type = BODY_TEXT, .is = {"of a word: those that there are, separated by spaces", "word 类型可用的词，以空格分隔"}},
    {.name = "is",      .type = BODY_OBJECT, .inner = &words_shape, .is = {"what it means", "含义"}},
};
static const struct body_shape parameter_shape = {
    .name = "MethodParameter", BODY_FIELDS(parameter_fields), .is = {"a parameter of a method", "评分方法的参数"},
    .example = "{\"name\": \"low\", \"type\": \"share\", \"needed\": false, \"default\": \"60%\"}"};

static const struct body_field method_fields[] = {
    {.name = "name",       .type = BODY_TEXT, .needed = true, .is = {"name in the scheme", "在方案中的名称"}},
    {.name = "title",      .type = BODY_OBJECT, .inner = &words_shape, .is = {"what it is called", "名称"}},
    {.name = "score",      .type = BODY_OBJECT, .inner = &words_shape, .is = {"how it scores", "计分公式"}},
    {.name = "down",       .type = BODY_OBJECT, .inner = &words_shape, .is = {"how, where less is better", "逆向指标的计分公式"}},
    {.name = "notes",      .type = BODY_OBJECT, .inner = &words_shape, .is = {"what else holds", "说明"}},
    {.name = "source",     .type = BODY_OBJECT, .inner = &words_shape, .is = {"where it comes from", "出处"}},
    {.name = "floor",      .type = BODY_TEXT, .is = {"its default least score", "默认最低得分"}},
    {.name = "parameters", .type = BODY_OBJECTS, .inner = &parameter_shape, .is = {"that only it has", "特有参数"}},
};
static const struct body_shape method_shape = {
    .name = "Method", BODY_FIELDS(method_fields), .is = {"a method of scoring", "评分方法"},
    .example = "{\"name\": \"range\", \"parameters\": []}"};

static const struct body_field function_fields[] = {
    {.name = "name",    .type = BODY_TEXT, .needed = true, .is = {"name", "名称"}},
    {.name = "kind",    .type = BODY_TEXT, .needed = true, .is = {"kind", "类别"}},
    {.name = "usage",   .type = BODY_TEXT, .needed = true, .is = {"how it is written", "写法"}},
    {.name = "formula", .type = BODY_OBJECT, .inner = &words_shape, .is = {"what it gives, as a formula", "公式"}},
    {.name = "is",      .type = BODY_OBJECT, .inner = &words_shape, .is = {"what it gives", "含义"}},
    {.name = "places",  .type = BODY_TEXTS, .is = {"where it may stand", "可用之处"}},
    {.name = "example", .type = BODY_TEXT, .blank = true, .is = {"an example", "示例"}},
    {.name = "value",   .type = BODY_TEXT, .nullable = true, .is = {"what the example gives; null = it depends on figures", "示例的值；null 表示取决于数据"}},
};
static const struct body_shape function_shape = {
    .name = "Function", BODY_FIELDS(function_fields), .is = {"a function of the rule language", "规则语言的函数"},
    .example = "{\"name\": \"min\", \"kind\": \"number\", \"usage\": \"min(a, b, ...)\", \"places\": [\"value\"], \"example\": \"min(1, 2)\", \"value\": \"1\"}"};

static const struct body_field name_fields[] = {
    {.name = "name",   .type = BODY_TEXT, .needed = true, .is = {"name", "名称"}},
    {.name = "type",   .type = BODY_WORD, .needed = true, .words = "text number", .is = {"type of its value", "值的类型"}},
    {.name = "is",     .type = BODY_OBJECT, .inner = &words_shape, .is = {"what it means", "含义"}},
    {.name = "places", .type = BODY_TEXTS, .is = {"where it may stand", "可用之处"}},
};
static const struct body_shape name_shape = {
    .name = "RuleName", BODY_FIELDS(name_fields), .is = {"a name of the rule language", "规则语言的名称"},
    .example = "{\"name\": \"value\", \"type\": \"number\", \"places\": []}"};

static const struct body_field method_list_fields[] = {
    {.name = "methods",    .type = BODY_OBJECTS, .needed = true, .inner = &method_shape, .is = {"methods of scoring", "评分方法"}},
    {.name = "parameters", .type = BODY_OBJECTS, .needed = true, .inner = &parameter_shape, .is = {"that every method has", "各方法共有的参数"}},
    {.name = "functions",  .type = BODY_OBJECTS, .needed = true, .inner = &function_shape, .is = {"of the rule language", "规则语言的函数"}},
    {.name = "names",      .type = BODY_OBJECTS, .needed = true, .inner = &name_shape, .is = {"of the rule language", "规则语言的名称"}},
};
const struct body_shape method_list_shape = {
    .name = "MethodList", BODY_FIELDS(method_list_fields), .is = {"methods, functions and names", "评分方法、函数和名称"},
    .example = "{\"methods\": [{\"name\": \"range\", \"parameters\": []}], \"parameters\": [{\"name\": \"floor\", \"type\": \"share\", \"needed\": false}], "
               "\"functions\": [{\"name\": \"min\", \"kind\": \"number\", \"usage\": \"min(a, b, ...)\"}], \"names\": [{\"name\": \"value\", \"type\": \"number\"}]}"};
/* clang-format on */
