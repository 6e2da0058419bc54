/* A form is made of what is expected, and read against it, by flow/form.h; here is who may, what is asked for, and what is answered. */
#include "server/api_form.h"
#include "flow/form_fill.h"
#include "flow/request_seen.h"
#include "report/findings_json.h"
#include "server/api.h"
#include "server/api_check.h"
#include "server/api_expected.h"
#include "server/api_write.h"
#include "server/asker.h"
#include "server/call_register.h"
#include "server/costly.h"
#include "server/covers.h"
#include "server/kept_expected.h"
#include "server/sent.h"
#include "server/sight.h"
#include "server/temporary.h"
#include <string.h>

enum { NAME_MOST = 200, COSTLY_FROM = 1 << 20 /* bytes */ };

/* clang-format off */
static bool is_file_name(const char *text, size_t size) {
    return size > 0 && size <= NAME_MOST && text[0] != '.' && memchr(text, '/', size) == NULL && memchr(text, '\\', size) == NULL;
}
static const struct body_form file_name = {"form-name", is_file_name, {"the name of a file, without folders", "不含文件夹的文件名"}, "form.xlsx"};

#define WISH(NAME, EN, ZH) {.name = (NAME), .type = BODY_WORD, .words = "0 1", .is = {EN, ZH}}
#define LANGUAGE {.name = "language", .type = BODY_WORD, .words = "zh en", .is = {"of the form; else as Accept-Language says", "填报表的语言，不写则按 Accept-Language"}}
#define FORMAT {.name = "format", .type = BODY_WORD, .words = "xlsx csv", .is = {"of the form; a workbook, unless Accept says otherwise", "填报表的形式，默认工作簿"}}
static const struct body_field form_query_fields[] = {
    {.name = "reporter", .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"the unit that reports; else the only one that whoever asks reports for", "报送单位；不写则为本人唯一的报送单位"}},
    {.name = "unit",     .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"only the figures of this unit", "仅该对象的数据"}},
    {.name = "element",  .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"only this figure", "仅该数据项"}},
    {.name = "stage",    .type = BODY_WORD, .words = "none draft signed submitted returned verified accepted", .is = {"only those whose report is at this stage; none = there is none", "仅填报处于此环节的数据，none 为未填报"}},
    WISH("all", "1: also what is out of the unit's hands, shut", "1 表示含已报出的数据，均锁定"),
    LANGUAGE, FORMAT,
};
const struct body_shape form_query_shape = {
    .name = "FormQuery", BODY_FIELDS(form_query_fields), .is = {"which figures a form has, and how", "填报表的内容和形式"},
    .example = "{\"reporter\": \"statistics\", \"format\": \"xlsx\"}"};

static const struct body_field form_in_query_fields[] = {
    {.name = "mapping", .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"what is sent is no form but an office's own sheet, read by this mapping of the assessment", "所传不是填报表，而是本单位自有表格，按考核的此对照表读取"}},
    {.name = "name",    .type = BODY_TEXT, .form = &file_name, .length = NAME_MOST, .is = {"what the file is called, for findings and origins", "文件名，用于指出问题和来源"}},
    WISH("trial", "1: nothing is stored; the answer says what would be", "1 表示只检查不入账"),
    WISH("over", "1: whoever sends it has seen what is there now, and goes on from that", "1 表示已看过现有内容，以所传为准"),
    WISH("beside", "1: nothing is stored; the answer is the form once more, with what was typed, and beside it what somebody else has put there meanwhile", "1 表示不入账，返回同一填报表，保留所填内容，并列出其间他人填报的内容"),
    LANGUAGE, FORMAT,
};
const struct body_shape form_in_query_shape = {
    .name = "FormInQuery", BODY_FIELDS(form_in_query_fields), .is = {"how what is sent is read", "如何读取所传文件"},
    .example = "{\"trial\": \"1\", \"name\": \"2021-08.xlsx\"}"};

static const struct body_field form_filled_fields[] = {
    {.name = "repeat",   .type = BODY_FLAG,  .needed = true, .is = {"this request was stored before, and nothing was read now", "此请求先前已受理，本次未再读取"}},
    {.name = "rows",     .type = BODY_COUNT, .needed = true, .is = {"that were read", "读取的行数"}},
    {.name = "empty",    .type = BODY_COUNT, .needed = true, .is = {"rows left empty, and left alone", "未填而不作处理的行数"}},
    {.name = "same",     .type = BODY_COUNT, .needed = true, .is = {"rows that say what is there already", "与现有内容相同的行数"}},
    {.name = "drafted",  .type = BODY_COUNT, .needed = true, .is = {"rows that became drafts, or in a trial would", "成为（试查时为可成为）草稿的行数"}},
    {.name = "facts",    .type = BODY_COUNT, .needed = true, .is = {"facts that were stored", "入账的事实数"}},
    {.name = "first",    .type = BODY_COUNT, .is = {"position of the first; the others follow", "第一条的编号，其余依次排列"}},
    {.name = "receipt",  .type = BODY_TEXT, .lines = true, .length = 5000000, .is = {"of the last", "最后一条的回执"}},
    {.name = "findings", .type = BODY_OBJECTS, .needed = true, .inner = &finding_shape, .is = {"what is odd, with sheet, row and cell", "提示，含工作表、行和单元格"}},
};
const struct body_shape form_filled_shape = {
    .name = "FormFilled", BODY_FIELDS(form_filled_fields), .is = {"what a form that was filled in brought", "填报表上传结果"},
    .example = "{\"repeat\": false, \"rows\": 34, \"empty\": 30, \"same\": 1, \"drafted\": 3, \"facts\": 3, \"first\": 812, \"receipt\": \"baton-receipt 1\\n\", \"findings\": []}"};
/* clang-format on */

/* What it is about */

/* A form on its way, in either direction. */
struct forming {
    struct call *call;
    struct form_use use;
    struct expected all;
    struct calendar calendar;
    struct form_sheet form;
};

static bool may_read(void *context, const struct entry *report) {
    const struct forming *const f = context;
    return sight_may(f->call, report);
}

static bool may_tell(void *context, const char *period, const struct expectation *of) {
    const struct forming *const f = context;
    return api_expected_may(f->call, f->use.assessment, period, of);
}

static bool may_draft(void *context, const struct expectation *one) {
    const struct forming *const f = context;
    struct asker asker = {f->call, f->use.assessment, f->use.period_name};
    return asker_may_draft(&asker, one);
}

static enum baton_language language_of(const struct call *call) {
    const char *const asked = http_query(call->request, "language");
    return asked == NULL ? call->request->language : strcmp(asked, "zh") == 0 ? BATON_ZH : BATON_EN;
}

/* With the reader begun. */
static baton_code prepare(struct forming *f) {
    const struct expected_index *expected;
    struct call *const call = f->call;
    struct form_use *const use = &f->use;
    uint64_t known;
    *use = (struct form_use){.reader = call->reader,
                             .ledger = reader_ledger(call->reader),
                             .assessment = use->assessment,
                             .period = use->period,
                             .period_name = http_segment(call->request, "period"),
                             .all = &f->all,
                             .calendar = &f->calendar,
                             .now_utc_ms = call->api->world->now_utc_ms(call->api->world->context),
                             .language = language_of(call),
                             .may_read = may_read,
                             .may_tell = may_tell,
                             .may_draft = may_draft,
                             .actor = call_actor(call),
                             .context = f};
    if (sight_far(sight_of(call), FACT_OBSERVATION, use->assessment) == SIGHT_NOTHING)
        return call_refuse(call, BATON_READING_LACKING, call_actor(call), use->assessment, NULL,
                           NULL);
    TRY(sight_prepare(call, FACT_OBSERVATION, use->assessment));
    TRY(sight_prepare(call, FACT_REPORT, use->assessment));
    TRY(reader_size(call->reader, &known));
    TRY(call_expected(call, use->assessment, &use->session, &expected));
    f->all = expected->all;
    TRY(call_calendar(call, use->assessment, known, &f->calendar));
    return form_prepare(call->arena, use);
}

/* Out */

/* The only unit that whoever asks reports for. */
static baton_code own_reporter(struct call *call, const char *assessment, const char **out) {
    const struct sight *const sight = sight_of(call);
    const char *units = NULL;
    size_t count = 0;
    for (size_t i = 0; i < sight->post_count; i++) {
        const struct standing_post *const post = &sight->post[i];
        const bool reports = post->role == ROLE_UNIT || post->role == ROLE_APPROVER;
        if (!reports || post->unit[0] == '\0' ||
            (post->assessment[0] != '\0' && strcmp(post->assessment, assessment) != 0) ||
            (count > 0 && strcmp(*out, post->unit) == 0))
            continue;
        *out = post->unit;
        count++;
        units = units == NULL ? post->unit : arena_printf(call->arena, "%s, %s", units, post->unit);
    }
    return count == 1 ? BATON_OK
                      : call_refuse_at(call, BATON_FORM_REPORTER, "reporter", call_actor(call),
                                       units, NULL, NULL);
}

static baton_code pick_rows(struct forming *f) {
    struct call *const call = f->call;
    struct form_pick pick = {.reporter = http_query(call->request, "reporter"),
                             .unit = http_query(call->request, "unit"),
                             .element = http_query(call->request, "element"),
                             .stage = http_query(call->request, "stage"),
                             .all = sent_wishes(call, "all")};
    if (pick.reporter == NULL)
        TRY(own_reporter(call, f->use.assessment, &pick.reporter));
    form_make(call->arena, &f->use, &pick, &f->form);
    return BATON_OK;
}

static baton_code write_csv(void *context, struct baton_arena *scratch, struct writer *writer) {
    form_csv(scratch, context, writer);
    return BATON_OK;
}

static baton_code write_workbook(void *context, const char *path, int *error) {
    const struct forming *const f = context;
    return form_workbook(f->call->arena, &f->form, path, error, &f->call->found);
}

static baton_code answer_form(struct forming *f) {
    struct call *const call = f->call;
    enum form form = FORM_XLSX;
    const char *bytes;
    size_t size;
    if (http_query(call->request, "format") != NULL || http_header(call->request, "Accept") != NULL)
        TRY(call_form(call, 1U << FORM_CSV | 1U << FORM_XLSX, &form));
    TRY(form == FORM_XLSX ? temporary_file(call, ".xlsx", write_workbook, f, &bytes, &size)
                          : call_write(call, write_csv, &f->form, &bytes, &size));
    http_add_header(call->request, "Content-Disposition", "attachment");
    http_answer(call->request, 200, form_media[form], bytes, size);
    return BATON_OK;
}

static baton_code give_out(struct call *call) {
    struct forming *const f = arena_alloc(call->arena, 1, sizeof *f);
    f->call = call;
    TRY(call_period(call, &f->use.period));
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(call_assessment(call, &f->use.assessment));
    TRY(prepare(f));
    TRY(pick_rows(f));
    return answer_form(f);
}

void api_form_out(struct http_request *request, void *api) {
    call_run(request, api, give_out);
}

/* In */

/* What was read, and what became of it. */
struct filling {
    struct forming of;
    struct form_fill fill;
    struct submission submission;
    bool is_repeat;
};

static baton_code take_file(struct call *call, const char **path) {
    static const char *const usual[] = {[SENT_WORKBOOK] = "form.xlsx", [SENT_CSV] = "form.csv"};
    const char *const name = http_query(call->request, "name");
    enum sent_media media;
    TRY(sent_media(call, 1U << SENT_WORKBOOK | 1U << SENT_CSV, &media));
    return sent_file(call, name != NULL ? name : usual[media], call->request->body,
                     call->request->body_size, path);
}

static baton_code answer_filled(struct filling *f) {
    struct call *const call = f->of.call;
    struct writer *const writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    const bool is_trial = sent_wishes(call, "trial");
    json_object(&json, NULL);
    json_flag(&json, "repeat", f->is_repeat);
    json_count(&json, "rows", f->fill.items.rows);
    json_count(&json, "empty", f->fill.items.empty);
    json_count(&json, "same", f->fill.items.same);
    json_count(&json, "drafted", f->fill.items.count);
    TRY(call_put_stored(call, &json, f->submission.count, f->submission.first));
    findings_list(&json, "findings", call->arena, &call->found, call->request->language);
    json_end(&json);
    call_answer_stored(call, f->is_repeat || is_trial || f->submission.count == 0, writer);
    return BATON_OK;
}

static baton_code answer_beside(struct filling *f) {
    form_beside(f->of.call->arena, &f->of.use, &f->fill.read, &f->fill.items, &f->of.form);
    return answer_form(&f->of);
}

static baton_code read_all(struct filling *f, const struct request *request) {
    struct call *const call = f->of.call;
    const bool is_beside = sent_wishes(call, "beside"), is_trial = sent_wishes(call, "trial");
    struct reader_request stored;
    TRY(request_seen(call->reader, f->submission.actor, is_beside || is_trial ? NULL : request,
                     &stored, &f->is_repeat, &call->found));
    if (f->is_repeat) {
        f->submission.first = stored.position;
        f->submission.count = stored.count;
        return BATON_OK;
    }
    TRY(take_file(call, &f->fill.path));
    TRY(prepare(&f->of));
    TRY(form_fill_read(call->arena, &f->fill, &call->found));
    if (is_beside)
        return BATON_OK;
    TRY(form_fill_make(call->arena, &f->fill, &f->submission, &call->found));
    TRY(covers_facts(call, COVERS_SAYING, f->submission.fact, f->submission.count));
    if (is_trial)
        f->submission.count = 0;
    return BATON_OK;
}

static baton_code bring_in(struct call *call) {
    struct filling *const f = arena_alloc(call->arena, 1, sizeof *f);
    struct request request;
    f->of.call = call;
    f->fill = (struct form_fill){.use = &f->of.use,
                                 .actor = call_actor(call),
                                 .mapping = http_query(call->request, "mapping"),
                                 .over = sent_wishes(call, "over")};
    f->submission = (struct submission){
        .actor = call_actor(call), .request = &request, .roles = covers_roles(call)};
    TRY(call_period(call, &f->of.use.period));
    TRY(call_request(call, &request));
    if (f->fill.mapping != NULL && sent_wishes(call, "beside"))
        return call_refuse_at(call, BATON_OPTIONS_APART, "beside", "beside", "mapping", NULL, NULL);
    if (call->request->body_size > COSTLY_FROM || f->fill.mapping != NULL)
        TRY(costly_begin(call));
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(call_assessment(call, &f->of.use.assessment));
    TRY(read_all(f, &request));
    if (sent_wishes(call, "beside"))
        return answer_beside(f);
    reader_end(call->reader); /* receipts are of the state after */
    if (!f->is_repeat && f->submission.count > 0) {
        TRY(ledger_append(call->api->ledger, call->arena, &f->submission, &call->found));
        f->is_repeat = f->submission.is_repeat;
    }
    sent_hide(call);
    return answer_filled(f);
}

void api_form_in(struct http_request *request, void *api) {
    call_run(request, api, bring_in);
}
