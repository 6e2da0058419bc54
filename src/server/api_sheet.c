/* A sheet comes by itself, to be read by a mapping of the assessment; or in an archive with a mapping of its own. It is written to a file of the name that it has at the office, which is where the origins of
 * its figures say that they come from. */
#include "server/api_sheet.h"
#include "files/archive.h"
#include "flow/sheet_import.h"
#include "package/sheet_add.h"
#include "report/findings_json.h"
#include "server/api_check.h"
#include "server/api_write.h"
#include "server/costly.h"
#include "server/covers.h"
#include "server/sent.h"
#include "server/sight.h"
#include <string.h>

enum { NAME_MOST = 200, MAPPING_MOST = 1 << 20, PASSED_MOST = 100 };

/* clang-format off */
static bool is_file_name(const char *text, size_t size) {
    return size > 0 && size <= NAME_MOST && text[0] != '.' && memchr(text, '/', size) == NULL && memchr(text, '\\', size) == NULL;
}
static const struct body_form file_name = {"file-name", is_file_name, {"the name of a file, without folders", "不含文件夹的文件名"}, "monthly.xlsx"};

#define WISH(NAME, EN, ZH) {.name = (NAME), .type = BODY_WORD, .words = "0 1", .is = {EN, ZH}}
static const struct body_field sheet_query_fields[] = {
    {.name = "mapping", .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"the mapping of the assessment (mappings/NAME.yaml) by which the sheet is read; not of an archive, which has its own", "读表所用的考核对照表（mappings/NAME.yaml）；发送压缩包时对照表在其中，不填"}},
    {.name = "name",    .type = BODY_TEXT, .form = &file_name, .length = NAME_MOST, .is = {"what the file is called, for the origins of its figures; not of an archive", "文件名，用于数据来源；发送压缩包时不填"}},
    {.name = "period",  .type = BODY_TEXT, .form = &body_period, .length = 12, .is = {"as the command's --period", "同命令的 --period"}},
    WISH("correct", "1: what differs is corrected", "1 表示不一致的予以更正"),
    WISH("propose", "1: all of it is only proposed", "1 表示全部仅作提请"),
    {.name = "reason",  .type = BODY_TEXT, .is = {"why: of corrections and proposals", "更正和提请的理由"}},
    WISH("trial", "1: nothing is stored; the answer is the rows as CSV, as the command prints them", "1 表示不入账，以 CSV 答复所读各行，同命令的输出"),
};
const struct body_shape sheet_query_shape = {
    .name = "SheetQuery", BODY_FIELDS(sheet_query_fields), .is = {"how the sheet is read, and what becomes of what differs", "读表方式与不一致内容的处理"},
    .example = "{\"mapping\": \"monthly\", \"name\": \"2021-08.xlsx\"}"};

static const struct body_field passed_fields[] = {
    {.name = "place",  .type = BODY_TEXT,  .needed = true, .is = {"file and sheet", "文件和工作表"}},
    {.name = "row",    .type = BODY_COUNT, .is = {"of a row its number", "行号"}},
    {.name = "column", .type = BODY_COUNT, .is = {"of a column its number; A is 1", "列号，A 列为 1"}},
    {.name = "text",   .type = BODY_TEXT,  .needed = true, .blank = true, .lines = true, .length = 100000, .is = {"what stands there", "其中的文字"}},
};
static const struct body_shape passed_shape = {
    .name = "SheetPassed", BODY_FIELDS(passed_fields), .is = {"a row or column in which figures may stand, and which was not read", "可能有数据而未读取的一行或一列"},
    .example = "{\"place\": \"2021-08.xlsx!Sheet1\", \"column\": 4, \"text\": \"growth\"}"};

static const struct body_field sheet_fields[] = {
    {.name = "repeat",    .type = BODY_FLAG,  .needed = true, .is = {"this request was stored before, and nothing was read now", "此请求先前已受理，本次未再读取"}},
    {.name = "figures",   .type = BODY_COUNT, .needed = true, .is = {"that were read", "读取的数据数"}},
    {.name = "added",     .type = BODY_COUNT, .needed = true, .is = {"rows that are new", "新增行数"}},
    {.name = "corrected", .type = BODY_COUNT, .needed = true, .is = {"rows corrected, or said again after they were withdrawn", "更正或撤销后重新填报的行数"}},
    {.name = "same",      .type = BODY_COUNT, .needed = true, .is = {"rows that are there already", "相同行数"}},
    {.name = "facts",     .type = BODY_COUNT, .needed = true, .is = {"facts that were stored; a proposal is one", "入账的事实数，提请计为一条"}},
    {.name = "first",     .type = BODY_COUNT, .is = {"position of the first; the others follow", "第一条的编号，其余依次排列"}},
    {.name = "receipt",   .type = BODY_TEXT, .lines = true, .length = 5000000, .is = {"of the last", "最后一条的回执"}},
    {.name = "other_periods", .type = BODY_COUNT, .needed = true, .is = {"cells passed over because they are of another period than asked for", "因周期不符未读取的单元格数"}},
    {.name = "passed",    .type = BODY_OBJECTS, .needed = true, .inner = &passed_shape, .is = {"what was passed over, up to a hundred", "未读取的行和列，最多列出一百项"}},
    {.name = "findings",  .type = BODY_OBJECTS, .needed = true, .inner = &finding_shape, .is = {"what is odd, with sheet, row and cell", "提示，含工作表、行和单元格"}},
};
const struct body_shape sheet_shape = {
    .name = "SheetImported", BODY_FIELDS(sheet_fields), .is = {"what a sheet brought into the ledger", "表格导入结果"},
    .example = "{\"repeat\": false, \"figures\": 12, \"added\": 12, \"corrected\": 0, \"same\": 0, \"facts\": 12, \"first\": 812, \"receipt\": \"baton-receipt 1\\n\", \"other_periods\": 0, \"passed\": [], \"findings\": []}"};
/* clang-format on */

/* What was sent */

static bool ends_in_yaml(const char *name) {
    static const char ending[] = ".yaml";
    const size_t size = strlen(name), own = sizeof ending - 1;
    return size > own && strcmp(name + size - own, ending) == 0;
}

static const char *base_name(const char *name) {
    const char *const slash = strrchr(name, '/');
    return slash != NULL ? slash + 1 : name;
}

/* An archive of two files: the sheet, and a mapping. */
static baton_code unpack(struct call *call, struct sheet_wish *wish) {
    struct archive *archive;
    size_t size;
    char *text;
    TRY(archive_open_bytes(call->arena, "package.zip", call->request->body,
                           call->request->body_size, &archive, &call->found));
    const uint32_t mapping = archive->count == 2 && ends_in_yaml(archive->member[1].name);
    if (archive->count != 2 || !ends_in_yaml(archive->member[mapping].name) ||
        ends_in_yaml(archive->member[1 - mapping].name) ||
        !is_file_name(base_name(archive->member[1 - mapping].name),
                      strlen(base_name(archive->member[1 - mapping].name))))
        return call_refuse(call, BATON_SHEET_ARCHIVE, NULL, NULL, NULL, NULL);
    TRY(archive_read(archive, mapping, MAPPING_MOST, &text, &size, &call->found));
    TRY(mapping_read(call->arena, archive->member[mapping].name, text, size, &wish->sent,
                     &call->found));
    TRY(archive_read(archive, 1 - mapping, SENT_MOST, &text, &size, &call->found));
    return sent_file(call, base_name(archive->member[1 - mapping].name), text, size, &wish->path);
}

static baton_code take_sheet(struct call *call, struct sheet_wish *wish) {
    static const char *const usual[] = {[SENT_WORKBOOK] = "sheet.xlsx", [SENT_CSV] = "sheet.csv"};
    const char *const name = http_query(call->request, "name");
    enum sent_media media;
    TRY(sent_media(call, 1U << SENT_ARCHIVE | 1U << SENT_WORKBOOK | 1U << SENT_CSV, &media));
    wish->mapping = media == SENT_ARCHIVE ? NULL : http_query(call->request, "mapping");
    if (media == SENT_ARCHIVE)
        return unpack(call, wish);
    if (wish->mapping == NULL)
        return call_refuse_at(call, BATON_MEMBER_NEEDED, "mapping", "mapping", NULL, NULL, NULL);
    return sent_file(call, name != NULL ? name : usual[media], call->request->body,
                     call->request->body_size, &wish->path);
}

/* What is answered */

static void put_passed(struct json *json, const struct sheet_passed *passed, size_t count,
                       bool is_column) {
    for (size_t i = 0; i < count && i < PASSED_MOST / 2; i++) {
        json_object_tight(json, NULL);
        json_text(json, "place", passed[i].grid->place);
        json_count(json, is_column ? "column" : "row", passed[i].number);
        json_text(json, "text", passed[i].text);
        json_end(json);
    }
}

static baton_code answer_imported(struct call *call, const struct sheet_imported *imported) {
    const struct sheet_figures *const figures = &imported->figures;
    struct writer *const writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    json_object(&json, NULL);
    json_flag(&json, "repeat", imported->is_repeat);
    json_count(&json, "figures", figures->count);
    json_count(&json, "added", imported->added);
    json_count(&json, "corrected", imported->corrected);
    json_count(&json, "same", imported->same);
    TRY(call_put_stored(call, &json, imported->facts, imported->first));
    json_count(&json, "other_periods", figures->other_periods);
    json_array(&json, "passed");
    put_passed(&json, figures->row, figures->row_count, false);
    put_passed(&json, figures->column, figures->column_count, true);
    json_end(&json);
    findings_list(&json, "findings", call->arena, &call->found, call->request->language);
    json_end(&json);
    call_answer_stored(call, imported->is_repeat, writer);
    return BATON_OK;
}

static void answer_rows(struct call *call, const struct sheet_imported *imported) {
    struct writer *const writer = writer_memory(call->arena);
    sheet_rows_csv(call->arena, &imported->figures, writer);
    call_answer(call, form_media[FORM_CSV], writer);
}

/* What differs is told with the value that stands there, so all of them may have to be read. */
static baton_code may_compare(struct call *call, const char *assessment) {
    return sight_far(sight_of(call), FACT_OBSERVATION, assessment) == SIGHT_ALL
               ? BATON_OK
               : call_refuse(call, BATON_READING_LACKING, call_actor(call), assessment, NULL, NULL);
}

static baton_code bring_in(struct call *call) {
    struct request request;
    struct sheet_imported imported;
    struct sheet_wish wish = {.actor = call_actor(call),
                              .reason = http_query(call->request, "reason"),
                              .correct = sent_wishes(call, "correct"),
                              .propose = sent_wishes(call, "propose"),
                              .trial = sent_wishes(call, "trial"),
                              .request = &request,
                              .may = covers_import,
                              .may_context = call};
    TRY(call_request(call, &request));
    TRY(call_period_of(call, "period", http_query(call->request, "period"), &wish.period));
    TRY(covers_saying(call, FACT_OBSERVATION));
    TRY(costly_begin(call));
    TRY(call_reader(call));
    TRY(call_assessment(call, &wish.assessment));
    TRY(covers_facts(call, COVERS_SAYING,
                     &(struct fact_body){"observation", wish.assessment, NULL, 0}, 1));
    TRY(may_compare(call, wish.assessment));
    TRY(take_sheet(call, &wish));
    TRY(sheet_import(call->arena, call->api->ledger, call->reader, &wish, &imported, &call->found));
    sent_hide(call);
    if (wish.trial) {
        answer_rows(call, &imported);
        return BATON_OK;
    }
    return answer_imported(call, &imported);
}

void api_import_sheet(struct http_request *request, void *api) {
    call_run(request, api, bring_in);
}
