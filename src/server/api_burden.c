/* Whoever may read the figures of all units sees all of it; others what their own units report. */
#include "server/api_burden.h"
#include "flow/register_print.h"
#include "server/call_register.h"
#include "server/sight.h"
#include <string.h>

/* clang-format off */
#define BY_WORDS "unit level department month assessment"
static const struct body_field query_fields[] = {
    {.name = "year",     .type = BODY_COUNT, .least = BATON_YEAR_FIRST, .most = BATON_YEAR_LAST, .is = {"of which year; else this one", "年度，不写为今年"}},
    {.name = "by",       .type = BODY_WORD, .words = BY_WORDS, .is = {"added up by what; unit", "汇总方式，默认 unit"}},
    {.name = "assessment", .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"only what this assessment asks", "仅该项考核"}},
    {.name = "reporter", .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"only what this unit reports", "仅该单位报送的"}},
    {.name = "department", .type = BODY_TEXT, .length = 64, .is = {"only what this department asks", "仅该部门要求报送的"}},
    {.name = "level",    .type = BODY_TEXT, .length = 64, .is = {"only what units of this level report", "仅该层级单位报送的"}},
    {.name = "language", .type = BODY_WORD, .words = "en zh", .is = {"language of names; en", "名称的语言，默认 en"}},
};
const struct body_shape burden_query_shape = {
    .name = "BurdenQuery", BODY_FIELDS(query_fields), .is = {"which year, added up how", "年度和汇总方式"},
    .example = "{\"year\": 2021, \"by\": \"department\"}"};

#define SUM_EXAMPLE "{\"figures\": 12, \"forms\": 1, \"files\": 0, \"hours\": 1.5, \"saved_figures\": 0, \"saved_forms\": 0, \"saved_hours\": 0.0}"
#define SUMS_EXAMPLE "\"now\": " SUM_EXAMPLE ", \"before\": " SUM_EXAMPLE
#define MINUTES_EXAMPLE "{\"figure\": 6, \"form\": 20, \"file\": 10}"
static const struct body_field sum_fields[] = {
    {.name = "figures", .type = BODY_COUNT, .needed = true, .is = {"figures, each period counted", "数据项次"}},
    {.name = "forms",   .type = BODY_COUNT, .needed = true, .is = {"forms: what one unit reports to one department for one period", "报表份数"}},
    {.name = "files",   .type = BODY_COUNT, .needed = true, .is = {"files: those that were brought in, and one for each figure that is asked with evidence and has none yet", "佐证件数：已上传的，加上须附佐证而尚未附的数据各计一件"}},
    {.name = "hours",   .type = BODY_NUMBER, .needed = true, .is = {"hours that takes", "所需小时数"}},
    {.name = "saved_figures", .type = BODY_COUNT, .needed = true, .is = {"figures that come from elsewhere", "共享的数据项次"}},
    {.name = "saved_forms",   .type = BODY_COUNT, .needed = true, .is = {"forms that need not be made for that", "因此免报的报表份数"}},
    {.name = "saved_hours",   .type = BODY_NUMBER, .needed = true, .is = {"hours saved", "节省的小时数"}},
};
static const struct body_shape sum_shape = {
    .name = "BurdenSum", BODY_FIELDS(sum_fields), .is = {"what is asked", "填报负担"},
    .example = SUM_EXAMPLE};
static const struct body_field minutes_fields[] = {
    {.name = "figure", .type = BODY_NUMBER, .needed = true, .is = {"a figure", "每项数据"}},
    {.name = "form",   .type = BODY_NUMBER, .needed = true, .is = {"a form", "每份报表"}},
    {.name = "file",   .type = BODY_NUMBER, .needed = true, .is = {"a file", "每件佐证"}},
};
static const struct body_shape minutes_shape = {
    .name = "BurdenMinutes", BODY_FIELDS(minutes_fields), .is = {"minutes of work", "用时标准（分钟）"}, .example = MINUTES_EXAMPLE};
#define SUMS \
    {.name = "now",    .type = BODY_OBJECT, .needed = true, .inner = &sum_shape, .is = {"of the year", "当年"}}, \
    {.name = "before", .type = BODY_OBJECT, .needed = true, .inner = &sum_shape, .is = {"of the year before", "上年"}}
static const struct body_field row_fields[] = {
    {.name = "key",  .type = BODY_TEXT, .needed = true, .is = {"unit, level, department (empty = the office), month or assessment", "单位、层级、部门（空为考核办）、月份或考核"}},
    {.name = "name", .type = BODY_TEXT, .is = {"its name", "名称"}},
    SUMS,
};
static const struct body_shape row_shape = {
    .name = "BurdenRow", BODY_FIELDS(row_fields), .is = {"a line of it", "一行"}, .example = "{\"key\": \"statistics\", " SUMS_EXAMPLE "}"};
static const struct body_field burden_fields[] = {
    {.name = "year",    .type = BODY_COUNT, .needed = true, .is = {"of which year", "年度"}},
    {.name = "by",      .type = BODY_WORD, .needed = true, .words = BY_WORDS, .is = {"added up by what", "汇总方式"}},
    {.name = "minutes", .type = BODY_OBJECT, .needed = true, .inner = &minutes_shape, .is = {"at so many minutes", "用时标准"}},
    SUMS,
    {.name = "items",   .type = BODY_OBJECTS, .needed = true, .inner = &row_shape, .is = {"the lines", "各行"}},
};
const struct body_shape burden_shape = {
    .name = "Burden", BODY_FIELDS(burden_fields), .is = {"how much is asked of units", "填报负担"}, .example = "{\"year\": 2021, \"by\": \"unit\", \"minutes\": " MINUTES_EXAMPLE ", " SUMS_EXAMPLE ", \"items\": []}"};
/* clang-format on */

static enum burden_by by_of(const char *word) {
    int by = 0;
    while (word != NULL && by + 1 < BURDEN_BYS &&
           strcmp(burden_by_word((enum burden_by)by), word) != 0)
        by++;
    return (enum burden_by)by;
}

/* Leaves those forms whose reporter they may read figures of. */
static baton_code keep_seen(struct call *call, const struct call_register *of,
                            struct burden_cells *cells) {
    uint32_t source = UINT32_MAX;
    size_t kept = 0;
    for (size_t i = 0; i < cells->count; i++) {
        const struct burden_cell *const cell = &cells->cell[i];
        const char *const assessment = of->opened.of.source[cell->source].assessment;
        const struct field field[] = {text_field("element", ""), text_field("period", ""),
                                      text_field("unit", cell->unit)};
        const struct entry entry = {.actor = "",
                                    .body = {"observation", assessment, field, LENGTH(field)}};
        if (cell->source != source)
            TRY(call_register_source(call, of, cell->source));
        source = cell->source;
        if (sight_far(sight_of(call), FACT_OBSERVATION, assessment) == SIGHT_ALL ||
            sight_may(call, &entry))
            cells->cell[kept++] = *cell;
    }
    cells->count = kept;
    return BATON_OK;
}

static baton_code show(struct call *call) {
    const enum burden_by by = by_of(http_query(call->request, "by"));
    struct call_register of;
    struct burden_cells cells[2];
    struct burden_effort effort;
    struct burden_table table;
    TRY(call_register(call, false, &of));
    for (int i = 0; i < 2; i++) {
        burden_count(call->arena, &of.opened.of, of.opened.calendar, of.year - i, &cells[i]);
        TRY(burden_files(call->arena, call->reader, of.known, &cells[i]));
        TRY(keep_seen(call, &of, &cells[i]));
    }
    TRY(burden_effort_read(call->reader, of.known, &effort));
    burden_rows(call->arena, &cells[0], &cells[1], &of.filter, by, of.year, of.language, &table);
    struct writer *const writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    burden_table_json(&json, &table, by, of.year, &effort);
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_burden(struct http_request *request, void *api) {
    call_run(request, api, show);
}
