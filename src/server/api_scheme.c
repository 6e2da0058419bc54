/* A version is read with the units and figures that are there now: what differs between two is what their files say. */
#include "server/api_scheme.h"
#include "flow/ledger_score.h"
#include "flow/package_session.h"
#include "report/annex.h"
#include "report/compare_report.h"
#include "server/costly.h"
#include "server/find.h"
#include "server/sent.h"
#include "server/sight.h"
#include <inttypes.h>
#include <string.h>

enum { WIDTH = 100 };
enum { FORMAT_TEXT, FORMAT_MARKDOWN, FORMAT_HTML, FORMAT_PROGRAM };

/* clang-format off */
#define DOCUMENT_WORDS "text markdown html"
static const struct body_field scheme_query_fields[] = {
    {.name = "format",  .type = BODY_WORD, .words = DOCUMENT_WORDS, .is = {"the form; text", "形式，默认 text"}},
    {.name = "group",   .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"only what concerns this group", "仅该考核类别的内容"}},
    {.name = "clauses", .type = BODY_WORD, .words = "0 1", .is = {"1: with the words of the clauses", "1 表示附条款原文"}},
    {.name = "period",  .type = BODY_TEXT, .form = &body_period, .length = 12, .is = {"the version in force then; the newest", "该周期生效的版本，默认最新版本"}},
    {.name = "known",   .type = BODY_TEXT, .length = 24, .is = {"as known then: a date (to its end, by the clocks of China) or the number of the last fact that counts", "截至何时所知：日期（北京时间当日结束）或计入的最后一号事实"}},
};
const struct body_shape scheme_query_shape = {
    .name = "SchemeQuery", BODY_FIELDS(scheme_query_fields), .is = {"which version, in which form", "版本与形式"},
    .example = "{\"format\": \"html\"}"};

static const struct body_field scheme_diff_query_fields[] = {
    {.name = "before", .type = BODY_COUNT, .needed = true, .is = {"number of the fact that is the older version: see /api/v1/entries?kind=scheme", "旧版本对应的事实编号，见 /api/v1/entries?kind=scheme"}},
    {.name = "after",  .type = BODY_COUNT, .needed = true, .is = {"of the newer one", "新版本对应的事实编号"}},
    {.name = "format", .type = BODY_WORD, .words = "json " DOCUMENT_WORDS, .is = {"the form; json", "形式，默认 json"}},
    {.name = "words",  .type = BODY_WORD, .words = "0 1", .is = {"1: JSON with the changes as phrases, the words of the clauses and names, in the language of the answer", "1 表示 JSON 附修改内容的文字、条款原文和名称，语言同答复"}},
};
const struct body_shape scheme_diff_query_shape = {
    .name = "SchemeDiffQuery", BODY_FIELDS(scheme_diff_query_fields), .is = {"which versions", "对比的版本"},
    .example = "{\"before\": \"3\", \"after\": \"26730\"}"};
/* clang-format on */

/* clang-format off */
#define PART(NAME, EN, ZH) {.name = (NAME), .type = BODY_ANY, .is = {EN, ZH}}
static const struct body_field scheme_diff_fields[] = {
    PART("old", "the older version", "旧版本"),
    PART("new", "the newer one", "新版本"),
    PART("amendments", "what differs, with the clauses", "修订及其条款"),
    PART("units", "units that came, left, or changed their group", "增加、减少或变更类别的考核对象"),
    PART("stability", "how much stayed, over all and group by group", "总体和各类别的稳定程度"),
};
const struct body_shape scheme_diff_shape = {
    .name = "SchemeDiff", BODY_FIELDS(scheme_diff_fields), .is = {"two versions compared, as `baton diff --changes-only --format json` prints it", "两个版本的对比，同 `baton diff --changes-only --format json`"},
    .example = "{\"amendments\": []}"};
/* clang-format on */

static const char *const media[] = {[FORMAT_TEXT] = "text/plain",
                                    [FORMAT_MARKDOWN] = "text/markdown",
                                    [FORMAT_HTML] = "text/html",
                                    [FORMAT_PROGRAM] = "application/json"};

static int format_of(const struct call *call, int usual) {
    static const char *const words[] = {[FORMAT_TEXT] = "text",
                                        [FORMAT_MARKDOWN] = "markdown",
                                        [FORMAT_HTML] = "html",
                                        [FORMAT_PROGRAM] = "json"};
    const char *const asked = http_query(call->request, "format");
    for (int i = FORMAT_TEXT; asked != NULL && i <= FORMAT_PROGRAM; i++)
        if (strcmp(asked, words[i]) == 0)
            return i;
    return usual;
}

static baton_code read_version(struct call *call, const struct ledger_view *view,
                               struct scheme_version *out) {
    const struct baton_package_options reading = {.threads = 1};
    const struct baton_options scoring = {.as_of_day = INT32_MAX, .threads = 1};
    TRY(ledger_package(call->arena, view, &reading, &out->package, &out->position, &call->found));
    return package_session(call->arena, out->package, &scoring, NULL, &out->session, &call->found);
}

baton_code scheme_open_version(struct call *call, const struct ledger_view *view,
                               struct scheme_version *out) {
    return sight_scored(call, view->assessment, read_version(call, view, out));
}

/* Schemes are for whoever may read them: see ledger/reading.def. */
baton_code scheme_take_view(struct call *call, struct ledger_view *view) {
    bool is_now;
    TRY(call_period_of(call, "period", http_query(call->request, "period"), &view->period));
    TRY(costly_begin(call));
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    view->reader = call->reader;
    TRY(call_assessment(call, &view->assessment));
    if (sight_far(sight_of(call), FACT_SCHEME, view->assessment) != SIGHT_ALL)
        return call_refuse(call, BATON_READING_LACKING, call_actor(call), view->assessment, NULL,
                           NULL);
    return call_known(call, &view->known, &is_now);
}

static bool clause_of(void *context, const char *basis, struct baton_clause *out) {
    return baton_package_clause(context, basis, out);
}

/* A document written. */
struct writing {
    struct call *call;
    int format;
    bool landscape;
    const struct annex_view *annex;
    const struct compare_view *compare; /* where there is no annex */
};

static baton_code write_document(void *context, struct baton_arena *scratch,
                                 struct writer *writer) {
    static const enum document_format formats[] = {[FORMAT_TEXT] = DOCUMENT_TEXT,
                                                   [FORMAT_MARKDOWN] = DOCUMENT_MARKDOWN,
                                                   [FORMAT_HTML] = DOCUMENT_HTML};
    const struct writing *const writing = context;
    if (writing->format == FORMAT_PROGRAM) {
        compare_json(scratch, writing->compare, writer);
        return BATON_OK;
    }
    const struct document_how how = {
        .format = formats[writing->format], .width = WIDTH, .landscape = writing->annex != NULL};
    document_write(writing->annex != NULL ? annex_document(scratch, writing->annex)
                                          : compare_document(scratch, writing->compare),
                   &how, writer);
    return BATON_OK;
}

static baton_code answer_document(struct call *call, struct writing *writing) {
    const char *bytes;
    size_t size;
    TRY(call_write(call, write_document, writing, &bytes, &size));
    http_answer(call->request, 200, media[writing->format], bytes, size);
    return BATON_OK;
}

static baton_code print_scheme(struct call *call) {
    const char *const group = http_query(call->request, "group");
    struct ledger_view view = {0};
    struct scheme_version version;
    TRY(scheme_take_view(call, &view));
    TRY(scheme_open_version(call, &view, &version));
    struct annex_view annex = {.session = version.session,
                               .language = call->request->language,
                               .group = BATON_NONE,
                               .clauses = sent_wishes(call, "clauses"),
                               .context = version.package,
                               .clause = clause_of};
    if (group != NULL)
        TRY(call_group(call, baton_session_scheme(version.session), group, &annex.group));
    http_add_header(call->request, "Baton-Scheme",
                    arena_printf(call->arena, "%" PRIu64, version.position));
    return answer_document(
        call,
        &(struct writing){.call = call, .format = format_of(call, FORMAT_TEXT), .annex = &annex});
}

void api_scheme(struct http_request *request, void *api) {
    call_run(request, api, print_scheme);
}

/* Two versions */

struct both {
    struct scheme_version before, after;
    struct baton_arena *arena;
};

static bool clause_of_both(void *context, const char *basis, struct baton_clause *out) {
    const struct both *const both = context;
    return baton_package_clause(both->after.package, basis, out) ||
           baton_package_clause(both->before.package, basis, out);
}

static bool place_of(void *context, const char *basis, struct baton_place *out) {
    const struct both *const both = context;
    struct baton_clause clause;
    if (!clause_of_both(context, basis, &clause))
        return false;
    out->document = arena_text(both->arena, basis, strcspn(basis, "#"));
    out->row = clause.row;
    return true;
}

/* The version of a number, with the units and figures of today. */
static baton_code take_version(struct call *call, const struct ledger_view *view, const char *name,
                               struct scheme_version *out) {
    const char *const asked = http_query(call->request, name);
    struct ledger_view of = *view;
    struct entry entry;
    TRY(call_number(call, name, asked, &of.version));
    if (of.version < view->known)
        TRY(reader_entry(call->reader, call->arena, of.version, &entry));
    if (of.version >= view->known ||
        strcmp(entry.body.kind, fact_kind_info(FACT_SCHEME)->word) != 0 ||
        strcmp(entry.body.assessment, view->assessment) != 0)
        return call_refuse_at(call, BATON_SCHEME_VERSION, name, asked, view->assessment, NULL,
                              NULL);
    return scheme_open_version(call, &of, out);
}

static baton_code compare_versions(struct call *call) {
    struct both both = {.arena = call->arena};
    struct ledger_view view = {0};
    TRY(scheme_take_view(call, &view));
    TRY(take_version(call, &view, "before", &both.before));
    TRY(take_version(call, &view, "after", &both.after));
    const struct baton_comparison *const comparison =
        baton_compare(call->arena, baton_package_scheme(both.before.package),
                      baton_package_scheme(both.after.package), place_of, &both);
    struct baton_stability *of =
        arena_alloc(call->arena, (size_t)comparison->before->group_count + 1, sizeof *of);
    struct compare_view compare = {.comparison = comparison,
                                   .changes_only = true,
                                   .words = sent_wishes(call, "words"),
                                   .group = BATON_NONE,
                                   .unit = BATON_NONE,
                                   .language = call->request->language,
                                   .context = &both,
                                   .clause = clause_of_both};
    compare.stability = baton_stability_of(call->arena, comparison, of);
    compare.stability_of = of;
    return answer_document(call, &(struct writing){.call = call,
                                                   .format = format_of(call, FORMAT_PROGRAM),
                                                   .compare = &compare});
}

void api_scheme_diff(struct http_request *request, void *api) {
    call_run(request, api, compare_versions);
}
