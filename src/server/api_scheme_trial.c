/* Both sides are packages: the scheme in force with the figures of the ledger, and one that is sent, or the ledger's own with a version that nobody has decided on yet. */
#include "flow/ledger_score.h"
#include "flow/package_session.h"
#include "ledger/entry.h"
#include "report/compare_report.h"
#include "server/api_scheme.h"
#include "server/costly.h"
#include "server/sent.h"
#include "server/sight.h"
#include <string.h>

/* clang-format off */
#define PERIOD {.name = "period", .type = BODY_TEXT, .form = &body_period, .length = 12, .is = {"the period replayed; that of the scheme in force", "回放的周期，默认为现行方案的周期"}}
#define IN_WORDS {.name = "words", .type = BODY_WORD, .words = "0 1", .is = {"1: with the changes as phrases, the words of the clauses and names, in the language of the answer", "1 表示附修改内容的文字、条款原文和名称，语言同答复"}}
#define CHANGES {.name = "changes", .type = BODY_WORD, .words = "0 1", .is = {"1: only what differs, no replay", "1 表示只作对比，不回放"}}
static const struct body_field trial_query_fields[] = {
    PERIOD, IN_WORDS, CHANGES,
    {.name = "folder", .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"the folder of an archive in which the package is; without it it stands at the top", "考核包在压缩包中的文件夹；不填表示在最上层"}},
};
const struct body_shape scheme_trial_query_shape = {
    .name = "SchemeTrialQuery", BODY_FIELDS(trial_query_fields), .is = {"which figures, which package", "数据与考核包"},
    .example = "{\"period\": \"2021-08\", \"words\": \"1\"}"};

static const struct body_field proposed_query_fields[] = {
    PERIOD, IN_WORDS, CHANGES,
    {.name = "proposal", .type = BODY_COUNT, .needed = true, .is = {"number of the proposal: see /api/v1/proposals", "提请的编号，见 /api/v1/proposals"}},
};
const struct body_shape scheme_proposed_query_shape = {
    .name = "SchemeProposedQuery", BODY_FIELDS(proposed_query_fields), .is = {"which version, which figures", "方案版本与数据"},
    .example = "{\"proposal\": 26737}"};

#define PART(NAME, EN, ZH) {.name = (NAME), .type = BODY_ANY, .is = {EN, ZH}}
static const struct body_field trial_fields[] = {
    PART("old", "the scheme in force", "现行方案"),
    PART("new", "the other one", "拟用方案"),
    PART("amendments", "what differs, with the clauses", "修订及其条款"),
    PART("units", "units that came, left, or changed their group", "增加、减少或变更类别的考核对象"),
    PART("stability", "how much stayed, over all and group by group", "总体和各类别的稳定程度"),
    {.name = "replay", .type = BODY_ANY, .nullable = true, .is = {"of each unit score, rank and grade before and after, and what of that each amendment did; null = there is none", "各考核对象前后的得分、位次、等次及各项修订的影响；null 表示没有"}},
    PART("replay_refused", "why there is none", "未能回放的原因"),
};
const struct body_shape scheme_trial_shape = {
    .name = "SchemeTrial", BODY_FIELDS(trial_fields), .is = {"two schemes compared and the figures replayed, as `baton diff --format json` prints it", "两个方案的对比与回放，同 `baton diff --format json`"},
    .example = "{\"amendments\": [], \"replay\": null}"};
/* clang-format on */

struct side {
    struct baton_package *package;
    const struct baton_links *links;
};

struct trial {
    struct call *call;
    struct side before, after;
    struct ledger_view view;
    struct baton_findings refused;
    struct compare_view compare;
};

static const struct baton_options options = {.as_of_day = INT32_MAX, .threads = 1};

static baton_code link_side(struct trial *trial, struct side *side) {
    struct baton_session *session;
    return package_session(trial->call->arena, side->package, &options, &side->links, &session,
                           &trial->call->found);
}

/* A package of the ledger, by the version in force, or with what is not said yet. */
static baton_code open_view(struct trial *trial, const struct ledger_view *view,
                            struct side *side) {
    uint64_t version;
    TRY(ledger_package(trial->call->arena, view, &(struct baton_package_options){.threads = 1},
                       &side->package, &version, &trial->call->found));
    return link_side(trial, side);
}

baton_code scheme_begin_trial(struct call *call, struct ledger_view *view) {
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    view->reader = call->reader;
    TRY(call_assessment(call, &view->assessment));
    if (sight_far(sight_of(call), FACT_SCHEME, view->assessment) != SIGHT_ALL)
        return call_refuse(call, BATON_READING_LACKING, call_actor(call), view->assessment, NULL,
                           NULL);
    TRY(sight_whole(call, view->assessment, "scheme/trial")); /* it tells figures of all units */
    TRY(reader_size(call->reader, &view->known));
    return costly_begin(call);
}

static bool clause_of(void *context, const char *basis, struct baton_clause *out) {
    const struct trial *const trial = context;
    return baton_package_clause(trial->after.package, basis, out) ||
           baton_package_clause(trial->before.package, basis, out);
}

static bool place_of(void *context, const char *basis, struct baton_place *out) {
    const struct trial *const trial = context;
    struct baton_clause clause;
    if (!clause_of(context, basis, &clause))
        return false;
    out->document = arena_text(trial->call->arena, basis, strcspn(basis, "#"));
    out->row = clause.row;
    return true;
}

/* Why there is no replay is a part of the answer. */
static baton_code replay(struct trial *trial) {
    struct call *const call = trial->call;
    struct compare_view *const compare = &trial->compare;
    const struct baton_scheme *const before = compare->comparison->before;
    const struct baton_facts *const facts = baton_package_facts(trial->before.package);
    struct baton_replaying replaying = {.comparison = compare->comparison,
                                        .facts = facts,
                                        .links_before = trial->before.links,
                                        .links_after = trial->after.links,
                                        .period = before->period,
                                        .as_of_day = options.as_of_day};
    TRY(call_period_of(call, "period", http_query(call->request, "period"), &replaying.period));
    if (facts->first.kind == BATON_PERIOD_NONE)
        return BATON_OK;
    const baton_code code =
        baton_replay(call->arena, &replaying, &compare->replay, &trial->refused);
    if (code != BATON_OK)
        return code == BATON_NO_MEMORY ? code : BATON_OK;
    struct baton_replay_stability *of =
        arena_alloc(call->arena, (size_t)before->group_count + 1, sizeof *of);
    compare->steadiness = baton_replay_stability_of(&replaying, compare->replay, of);
    compare->steadiness_of = of;
    return BATON_OK;
}

static baton_code write_trial(void *context, struct baton_arena *scratch, struct writer *writer) {
    const struct trial *const trial = context;
    compare_json(scratch, &trial->compare, writer);
    return BATON_OK;
}

static baton_code answer(struct trial *trial) {
    struct call *const call = trial->call;
    struct compare_view *const compare = &trial->compare;
    const char *bytes;
    size_t size;
    trial->refused.arena = call->arena;
    *compare = (struct compare_view){
        .comparison = baton_compare(call->arena, baton_package_scheme(trial->before.package),
                                    baton_package_scheme(trial->after.package), place_of, trial),
        .changes_only = sent_wishes(call, "changes"),
        .words = sent_wishes(call, "words"),
        .group = BATON_NONE,
        .unit = BATON_NONE,
        .language = call->request->language,
        .refused = &trial->refused,
        .context = trial,
        .clause = clause_of};
    struct baton_stability *of =
        arena_alloc(call->arena, (size_t)compare->comparison->before->group_count + 1, sizeof *of);
    compare->stability = baton_stability_of(call->arena, compare->comparison, of);
    compare->stability_of = of;
    if (!compare->changes_only)
        TRY(replay(trial));
    TRY(call_write(call, write_trial, trial, &bytes, &size));
    http_answer(call->request, 200, form_media[FORM_JSON], bytes, size);
    return BATON_OK;
}

static baton_code try_sent(struct call *call) {
    struct trial trial = {.call = call};
    const char *path;
    TRY(scheme_begin_trial(call, &trial.view));
    TRY(open_view(&trial, &trial.view, &trial.before));
    TRY(sent_package(call, &path));
    TRY(baton_package_load(call->arena, path,
                           &(struct baton_package_options){.threads = 1, .in_file_only = true},
                           &trial.after.package, &call->found));
    TRY(link_side(&trial, &trial.after));
    return answer(&trial);
}

void api_scheme_trial(struct http_request *request, void *api) {
    call_run(request, api, try_sent);
}

/* What is proposed */

static baton_code refuse_proposal(struct call *call, const char *asked) {
    return call_refuse_at(call, BATON_PROPOSAL_UNKNOWN, "proposal", asked, NULL, NULL, NULL);
}

/* The facts of a proposal of this assessment, one of which is a version of its scheme. */
static baton_code take_proposed(struct trial *trial, struct ledger_view *after) {
    struct call *const call = trial->call;
    const char *const asked = http_query(call->request, "proposal");
    struct proposal proposal;
    struct entry entry;
    uint64_t position = 0;
    bool has_scheme = false;
    TRY(call_number(call, "proposal", asked, &position));
    if (position >= trial->view.known ||
        reader_proposal(call->reader, call->arena, position, &proposal) != BATON_OK ||
        strcmp(proposal.assessment, trial->view.assessment) != 0)
        return refuse_proposal(call, asked);
    TRY(reader_entry(call->reader, call->arena, position, &entry));
    TRY(sight_entry(call, &entry));
    if (strcmp(proposal.state, "open") != 0)
        trial->view.known = position;
    *after = trial->view;
    struct fact_body *const fact = arena_alloc(call->arena, entry.body.field_count, sizeof *fact);
    for (size_t i = 0; i < entry.body.field_count; i++) {
        const struct field *const field = &entry.body.field[i];
        if (field->type != 'f')
            continue;
        struct fact_body *const one = &fact[after->also_count];
        TRY(body_read(call->arena, field->value, field->size, one));
        has_scheme = has_scheme || (strcmp(one->kind, fact_kind_info(FACT_SCHEME)->word) == 0 &&
                                    strcmp(one->assessment, trial->view.assessment) == 0);
        after->also_count++;
    }
    after->also = fact;
    return has_scheme ? BATON_OK : refuse_proposal(call, asked);
}

static baton_code try_proposed(struct call *call) {
    struct trial trial = {.call = call};
    struct ledger_view after;
    TRY(scheme_begin_trial(call, &trial.view));
    TRY(take_proposed(&trial, &after));
    TRY(open_view(&trial, &trial.view, &trial.before));
    TRY(open_view(&trial, &after, &trial.after));
    return answer(&trial);
}

void api_scheme_proposed(struct http_request *request, void *api) {
    call_run(request, api, try_proposed);
}
