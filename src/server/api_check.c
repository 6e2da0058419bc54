/* Read, linked within what was sent, scored; then the question is answered as the command answers it. */
#include "server/api_check.h"
#include "baton/lint.h"
#include "baton/package.h"
#include "flow/package_convert.h"
#include "flow/package_session.h"
#include "package/mapping.h"
#include "report/findings_json.h"
#include "report/result_csv.h"
#include "report/result_json.h"
#include "server/costly.h"
#include "server/sent.h"
#include "server/temporary.h"
#include <string.h>

/* clang-format off */
#define FINDING_EXAMPLE "{\"code\": \"UNIT_UNKNOWN\", \"number\": 2301, \"severity\": \"error\", \"file\": \"observations.csv\", \"row\": 12, \"column\": null, \"field\": \"unit\", \"message\": \"there is no unit 'yunhv'\", \"why\": null, \"advice\": \"\"}"
#define FOLDER {.name = "folder", .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"the folder of an archive in which the package is; without it it stands at the top", "考核包在压缩包中的文件夹；不填表示在最上层"}}
#define PERIOD {.name = "period", .type = BODY_TEXT, .form = &body_period, .length = 12, .is = {"the period; that of the scheme where there is none", "考核周期，不填为方案自身的周期"}}

static const struct body_field check_query_fields[] = {PERIOD, FOLDER};
const struct body_shape check_query_shape = {
    .name = "CheckQuery", BODY_FIELDS(check_query_fields), .is = {"which package of what is sent", "检查哪个考核包"},
    .example = "{\"period\": \"2021-08\"}"};

#define WHERE(NAME, TYPE, EN, ZH) {.name = (NAME), .type = (TYPE), .needed = true, .nullable = true, .lines = true, .length = 100000, .is = {EN, ZH}}
static const struct body_field finding_fields[] = {
    {.name = "code",     .type = BODY_TEXT, .needed = true, .is = {"its name: see /api/v1/codes", "代码名称，见 /api/v1/codes"}},
    {.name = "number",   .type = BODY_COUNT, .needed = true, .is = {"its number", "代码编号"}},
    {.name = "severity", .type = BODY_WORD, .needed = true, .words = "error warning note", .is = {"an error makes the package unsound", "error 表示考核包不符合要求"}},
    WHERE("file", BODY_TEXT, "file of the package; null = of the whole", "考核包中的文件，null 表示整体"),
    WHERE("row", BODY_COUNT, "line of the file", "行号"),
    WHERE("column", BODY_COUNT, "character of the line, or of the field", "行内或字段内的字符位置"),
    WHERE("field", BODY_TEXT, "column or key", "字段"),
    {.name = "message",  .type = BODY_TEXT, .needed = true, .lines = true, .length = 100000, .is = {"what is wrong", "问题说明"}},
    WHERE("why", BODY_TEXT, "why it matters", "原因"),
    {.name = "advice",   .type = BODY_TEXT, .needed = true, .blank = true, .lines = true, .length = 100000, .is = {"what to do about it", "建议"}},
};
const struct body_shape finding_shape = {
    .name = "Finding", BODY_FIELDS(finding_fields), .is = {"something that is wrong or odd about a package", "考核包中的一处问题"},
    .example = FINDING_EXAMPLE};

static const struct body_field check_fields[] = {
    {.name = "sound",    .type = BODY_FLAG, .needed = true, .is = {"there is no error", "没有错误"}},
    {.name = "errors",   .type = BODY_COUNT, .needed = true, .is = {"how many there are", "错误数"}},
    {.name = "warnings", .type = BODY_COUNT, .needed = true, .is = {"how many there are", "警告数"}},
    {.name = "findings", .type = BODY_OBJECTS, .needed = true, .inner = &finding_shape, .is = {"as `baton check --format json` prints them", "各处问题，同 `baton check --format json`"}},
};
const struct body_shape check_shape = {
    .name = "Checked", BODY_FIELDS(check_fields), .is = {"whether a package is sound", "考核包检查结果"},
    .example = "{\"sound\": false, \"errors\": 1, \"warnings\": 0, \"findings\": [" FINDING_EXAMPLE "]}"};

static const struct body_field score_query_fields[] = {
    PERIOD, FOLDER,
    {.name = "rounded", .type = BODY_WORD, .words = "0 1", .is = {"1: scores, weights and points as published", "1 表示得分、权重和分值按公布位数"}},
    {.name = "format",  .type = BODY_WORD, .words = "json csv", .is = {"the form; json", "形式，默认 json"}},
};
const struct body_shape score_query_shape = {
    .name = "TrialQuery", BODY_FIELDS(score_query_fields), .is = {"which result, in which form", "结果与形式"},
    .example = "{\"format\": \"csv\"}"};

static const struct body_field convert_query_fields[] = {
    FOLDER,
    {.name = "format", .type = BODY_WORD, .needed = true, .words = "zip xlsx", .is = {"what it becomes", "转换后的形式"}},
};
const struct body_shape convert_query_shape = {
    .name = "ConvertQuery", BODY_FIELDS(convert_query_fields), .is = {"into which form", "转换后的形式"},
    .example = "{\"format\": \"xlsx\"}"};
/* clang-format on */

/* A package on its way; what could be had of it. */
struct opened {
    struct baton_package *package;
    struct baton_session *session;
    const struct baton_links *links;
    const struct baton_result *result;
};

static baton_code open_sent(struct call *call, struct opened *out) {
    const char *path;
    const struct baton_options options = {.as_of_day = INT32_MAX, .threads = 1, .full = true};
    struct baton_period period;
    TRY(costly_begin(call));
    TRY(sent_package(call, &path));
    TRY(baton_package_load(call->arena, path,
                           &(struct baton_package_options){.threads = 1, .in_file_only = true},
                           &out->package, &call->found));
    period = baton_package_scheme(out->package)->period;
    TRY(call_period_of(call, "period", http_query(call->request, "period"), &period));
    TRY(package_session(call->arena, out->package, &options, &out->links, &out->session,
                        &call->found));
    TRY(baton_score(out->session, period, &out->result, &call->found));
    return baton_findings_worst(&call->found);
}

/* Findings */

static baton_code write_findings(void *context, struct baton_arena *scratch,
                                 struct writer *writer) {
    struct call *const call = context;
    struct json json = json_to(writer);
    json_object(&json, NULL);
    json_flag(&json, "sound", call->found.errors == 0);
    json_count(&json, "errors", call->found.errors);
    json_count(&json, "warnings", call->found.warnings);
    findings_list(&json, "findings", scratch, &call->found, call->request->language);
    json_end(&json);
    return BATON_OK;
}

/* What is wrong with the package is the answer; what is wrong with the request, or could not be done, is none. */
static baton_code check(struct call *call) {
    struct opened opened = {0};
    const char *bytes;
    size_t size;
    baton_code code = open_sent(call, &opened);
    if (code != BATON_OK &&
        (call->sent == NULL || code == BATON_NO_MEMORY || baton_code_info(code)->exit_status != 2))
        return code;
    if (code == BATON_OK)
        TRY(baton_lint(call->arena,
                       &(struct baton_linting){opened.session, opened.links->predecessor,
                                               opened.result->period, INT32_MAX},
                       &call->found));
    if (opened.package != NULL) {
        code = mappings_check(opened.package, opened.session != NULL, &call->found);
        if (code == BATON_NO_MEMORY)
            return code;
    }
    sent_hide(call);
    TRY(call_write(call, write_findings, call, &bytes, &size));
    http_answer(call->request, 200, form_media[FORM_JSON], bytes, size);
    return BATON_OK;
}

void api_check(struct http_request *request, void *api) {
    call_run(request, api, check);
}

/* A result */

struct printing {
    const struct result_view *view;
    bool is_csv;
};

static baton_code write_result(void *context, struct baton_arena *scratch, struct writer *writer) {
    const struct printing *const printing = context;
    if (printing->is_csv)
        result_csv(scratch, printing->view, writer, NULL);
    else
        result_json(scratch, printing->view, writer, NULL);
    return BATON_OK;
}

static baton_code score(struct call *call) {
    const char *const format = http_query(call->request, "format");
    struct opened opened = {0};
    const char *bytes;
    size_t size;
    TRY(open_sent(call, &opened));
    struct result_view view = result_view_of(opened.session);
    view.rounded = sent_wishes(call, "rounded");
    view.as_of_day = INT32_MAX;
    struct printing printing = {&view, format != NULL && strcmp(format, "csv") == 0};
    TRY(call_write(call, write_result, &printing, &bytes, &size));
    http_answer(call->request, 200, form_media[printing.is_csv ? FORM_CSV : FORM_JSON], bytes,
                size);
    return BATON_OK;
}

void api_score(struct http_request *request, void *api) {
    call_run(request, api, score);
}

/* Another form */

static baton_code convert(struct call *call) {
    const bool is_workbook = strcmp(http_query(call->request, "format"), "xlsx") == 0;
    struct convert_wish wish = {.language = call->request->language};
    struct converted converted;
    TRY(costly_begin(call));
    TRY(sent_package(call, &wish.path));
    TRY(temporary_path(call, is_workbook ? "converted.xlsx" : "converted.zip", &wish.output));
    TRY(package_convert(call->arena, &wish, &converted, &call->found));
    return temporary_answer(call, wish.output, is_workbook ? form_media[FORM_XLSX] : sent_zip,
                            is_workbook ? "package.xlsx" : "package.zip");
}

void api_convert(struct http_request *request, void *api) {
    call_run(request, api, convert);
}
