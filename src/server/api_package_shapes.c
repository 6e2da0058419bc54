/* The parameters and answers of api_package.c. */
#include "server/api_package.h"

/* clang-format off */
#define WISH(NAME, EN, ZH) {.name = (NAME), .type = BODY_WORD, .words = "0 1", .is = {EN, ZH}}

static const struct body_field import_query_fields[] = {
    {.name = "reason",   .type = BODY_TEXT, .is = {"why: of corrections, withdrawals, proposals and versions", "更正、撤销、提请和新版本的理由"}},
    {.name = "in_force", .type = BODY_TEXT, .form = &body_period, .length = 12, .is = {"the period from which a new version of the scheme is in force", "新版本方案自哪一周期起生效"}},
    WISH("correct", "1: what differs is corrected", "1 表示不一致的予以更正"),
    WISH("propose", "1: what is new of an assessment that is there is only proposed", "1 表示已有考核的新内容仅作提请"),
    WISH("withdraw", "1: what the package does not have is withdrawn", "1 表示考核包中没有的予以撤销"),
    {.name = "folder",   .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"the folder of an archive in which the package is; without it it stands at the top", "考核包在压缩包中的文件夹；不填表示在最上层"}},
};
const struct body_shape import_query_shape = {
    .name = "ImportQuery", BODY_FIELDS(import_query_fields), .is = {"what becomes of what differs", "不一致内容的处理方式"},
    .example = "{\"correct\": \"1\", \"reason\": \"checked again\"}"};

static const struct body_field imported_table_fields[] = {
    {.name = "file",      .type = BODY_TEXT, .needed = true, .is = {"table of the package", "考核包中的表"}},
    {.name = "added",     .type = BODY_COUNT, .needed = true, .is = {"rows that are new", "新增行数"}},
    {.name = "corrected", .type = BODY_COUNT, .needed = true, .is = {"rows corrected", "更正行数"}},
    {.name = "withdrawn", .type = BODY_COUNT, .needed = true, .is = {"rows withdrawn", "撤销行数"}},
    {.name = "same",      .type = BODY_COUNT, .needed = true, .is = {"rows that are there already", "相同行数"}},
    {.name = "left",      .type = BODY_COUNT, .needed = true, .is = {"rows that only the ledger has, and keeps", "仅账本中有的行数"}},
};
static const struct body_shape imported_table_shape = {
    .name = "ImportedTable", BODY_FIELDS(imported_table_fields), .is = {"what became of a table", "一张表的导入结果"},
    .example = "{\"file\": \"observations.csv\", \"added\": 12, \"corrected\": 0, \"withdrawn\": 0, \"same\": 2600, \"left\": 0}"};

#define PACKAGE_EXAMPLE "{\"assessment\": \"city-2021\", \"scheme\": \"same\", \"tables\": [{\"file\": \"observations.csv\", \"added\": 12, \"corrected\": 0, \"withdrawn\": 0, \"same\": 2600, \"left\": 0}]}"
static const struct body_field imported_fields[] = {
    {.name = "assessment",      .type = BODY_TEXT, .needed = true, .is = {"of the package", "考核标识"}},
    {.name = "scheme",          .type = BODY_WORD, .needed = true, .words = "same new proposed", .is = {"what became of its scheme", "方案的导入结果"}},
    {.name = "scheme_proposal", .type = BODY_COUNT, .is = {"position of the proposal of the new version", "新版本提请的编号"}},
    {.name = "scheme_files",    .type = BODY_TEXT, .length = 100000, .is = {"files that differ from the version in force", "与现行版本不同的文件"}},
    {.name = "facts_proposal",  .type = BODY_COUNT, .is = {"position of the proposal of what is new", "新内容提请的编号"}},
    {.name = "tables",          .type = BODY_OBJECTS, .needed = true, .inner = &imported_table_shape, .is = {"its tables that have rows", "有内容的各表"}},
};
static const struct body_shape imported_shape = {
    .name = "ImportedPackage", BODY_FIELDS(imported_fields), .is = {"what became of a package", "一个考核包的导入结果"},
    .example = PACKAGE_EXAMPLE};

static const struct body_field import_fields[] = {
    {.name = "repeat",   .type = BODY_FLAG, .needed = true, .is = {"this request was stored before, and nothing was stored now; then there are no packages", "此请求先前已受理，本次未再存入，不再列出考核包"}},
    {.name = "facts",    .type = BODY_COUNT, .needed = true, .is = {"facts that were stored", "入账的事实数"}},
    {.name = "first",    .type = BODY_COUNT, .is = {"position of the first; the others follow", "第一条的编号，其余依次排列"}},
    {.name = "receipt",  .type = BODY_TEXT, .lines = true, .length = 5000000, .is = {"of the last", "最后一条的回执"}},
    {.name = "packages", .type = BODY_OBJECTS, .needed = true, .inner = &imported_shape, .is = {"those that others name before them", "各考核包，被引用的在前"}},
    {.name = "warnings", .type = BODY_COUNT, .needed = true, .is = {"things that are odd about them; POST /api/v1/packages/check tells", "提示数，可用 POST /api/v1/packages/check 查看"}},
};
const struct body_shape import_shape = {
    .name = "Imported", BODY_FIELDS(import_fields), .is = {"what an import brought into the ledger", "导入结果"},
    .example = "{\"repeat\": false, \"facts\": 12, \"first\": 812, \"receipt\": \"baton-receipt 1\\n\", \"packages\": [" PACKAGE_EXAMPLE "], \"warnings\": 0}"};

static const struct body_field export_query_fields[] = {
    {.name = "format", .type = BODY_WORD, .words = "zip xlsx", .is = {"an archive, or a workbook; zip", "压缩包或工作簿，默认 zip"}},
    {.name = "period", .type = BODY_TEXT, .form = &body_period, .length = 12, .is = {"by the version of the scheme that is in force then; the newest", "按该周期生效的方案版本，默认最新版本"}},
    {.name = "known",  .type = BODY_TEXT, .length = 24, .is = {"as known then: a date (to its end, by the clocks of China) or the number of the last fact that counts", "截至何时所知：日期（北京时间当日结束）或计入的最后一号事实"}},
};
const struct body_shape export_query_shape = {
    .name = "ExportQuery", BODY_FIELDS(export_query_fields), .is = {"in which form, as known when", "形式与时点"},
    .example = "{\"format\": \"xlsx\"}"};
/* clang-format on */
