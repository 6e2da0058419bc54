/* `baton collect`: a step with reports, from draft to accepted figure, of one figure or of all that are where it leads from; and the reports of a period. */
#include "base/csv_field.h"
#include "base/text.h"
#include "cli/evidence_file.h"
#include "cli/list_table.h"
#include "cli/open_collection.h"
#include "cli/open_ledger.h"
#include "cli/open_package.h"
#include "cli/pass_on.h"
#include "cli/tell_checks.h"
#include "cli/terminal.h"
#include "cli/world.h"
#include "flow/collect.h"
#include "flow/entry_print.h"
#include "flow/expected_index.h"
#include "flow/figure_names.h"
#include "flow/report_print.h"
#include "report/explain_report.h"
#include <inttypes.h>
#include <string.h>

enum { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON };
enum { OPERAND_PERIOD = 1, OPERAND_ACT, OPERAND_UNIT, OPERAND_ELEMENT, OPERAND_VALUE };
enum { ELEMENT, NAME, UNIT, STAGE, VALUE, BY, SINCE, NUMBER, RETURNS, WHY, COLUMNS };

struct job {
    struct invocation *invocation;
    const char *actor;
    struct collection of;
    const char *period;
    struct report_list reports;
    enum act act;
    struct collect_item *item;
    size_t count;
    struct checked_list checks;
    struct names names;
    struct figure_names figures;
    struct expected_index index; /* of what is expected */
};

/* ---- Which reports. */

static bool is_of(const char *asked, const char *id) {
    return asked == NULL || strcmp(asked, id) == 0;
}

/* As --unit, --element, --reporter and --stage say. */
static bool is_asked_for(const struct job *job, const struct report_step *report) {
    const struct settings *const settings = &job->invocation->settings;
    return is_of(settings->unit, report->unit) && is_of(settings->element, report->element) &&
           is_of(settings->reporter, report->reporter) &&
           (settings->stage == 0 || settings->stage == (int)report->stage);
}

static baton_code open_all(struct job *job) {
    struct invocation *const invocation = job->invocation;
    const struct settings *const settings = &invocation->settings;
    const char *const named[] = {settings->unit, settings->reporter};
    struct baton_period period;
    job->period = invocation->operand[OPERAND_PERIOD];
    TRY(collection_period(invocation, job->period, &period));
    TRY(collection_open(invocation, (struct baton_period){0}, &job->of));
    for (size_t i = 0; i < LENGTH(named); i++)
        if (named[i] != NULL && find_unit(invocation, job->of.scheme, named[i]) == BATON_NONE)
            return BATON_UNIT_UNKNOWN;
    job->names = (struct names){
        .arena = invocation->arena, .reader = job->of.reader, .language = invocation->language};
    figure_names_make(invocation->arena, job->of.scheme, &job->figures);
    expected_index_make(invocation->arena, &job->of.expected, &job->index);
    return collection_reports(invocation, &job->of, job->period, &job->reports);
}

/* ---- Listing. */

static const char *unit_shown(const struct job *job, const char *id) {
    const struct baton_scheme *const scheme = job->of.scheme;
    for (uint32_t u = 0; u < scheme->unit_count; u++)
        if (strcmp(scheme->unit[u].id, id) == 0)
            return collection_unit(job->invocation, scheme, u);
    return id;
}

/* What is expected of that name; NULL = nothing asks for it any more. */
static const struct expectation *asked_for(const struct job *job, const char *unit,
                                           const char *element) {
    const size_t at = expected_index_find(&job->index, unit, element);
    return at == SIZE_MAX ? NULL : job->index.all.item[at];
}

static void put_report(struct job *job, const struct report_step *report,
                       struct list_table *table) {
    struct invocation *const invocation = job->invocation;
    const char **const cell = list_add(table);
    const struct expectation *const one = asked_for(job, report->unit, report->element);
    cell[ELEMENT] = report->element;
    cell[NAME] = one == NULL ? NULL : figure_indicator(&job->figures, one, invocation->language);
    cell[UNIT] = unit_shown(job, report->unit);
    cell[STAGE] = stage_name(report->stage, invocation->language);
    cell[VALUE] = *report->state != '\0' ? report->state : report->value;
    cell[BY] = names_shown(&job->names, report->actor);
    cell[SINCE] = explain_time(invocation->arena, report->time_utc_ms);
    cell[NUMBER] = arena_printf(invocation->arena, "%" PRIu64, report->position);
    cell[RETURNS] =
        report->returns == 0 ? NULL : arena_printf(invocation->arena, "%" PRIu32, report->returns);
    cell[WHY] = *report->reason == '\0' ? NULL : report->reason;
}

/* Those of one unit that reports together, units in the order of the scheme. */
static void list_table_of(struct job *job) {
    static const char *const titles[2][COLUMNS] = {
        {"figure", "indicator", "of", "stage", "value", "by", "since", "no.", "returned", "reason"},
        {"数据项", "指标", "对象", "环节", "填报值", "经办人", "时间", "编号", "退回次数", "理由"}};
    static const enum layout_align align[COLUMNS] = {[VALUE] = ALIGN_RIGHT, [NUMBER] = ALIGN_RIGHT};
    struct invocation *const invocation = job->invocation;
    const struct baton_scheme *const scheme = job->of.scheme;
    struct list_table table = {.arena = invocation->arena,
                               .columns = COLUMNS,
                               .title = titles[invocation->language],
                               .align = align};
    for (uint32_t u = 0; u < scheme->unit_count; u++) {
        bool is_begun = false;
        for (size_t i = 0; i < job->reports.count; i++) {
            const struct report_step *const report = &job->reports.step[i];
            if (strcmp(report->reporter, scheme->unit[u].id) != 0 || !is_asked_for(job, report))
                continue;
            if (!is_begun)
                list_section(&table, arena_printf(invocation->arena,
                                                  in_language(invocation, "%s reports", "%s报送"),
                                                  collection_unit(invocation, scheme, u)));
            is_begun = true;
            put_report(job, report, &table);
        }
    }
    if (table.rows == 0) {
        writer_printf(invocation->out,
                      in_language(invocation, "No reports of %s.\n", "%s 没有填报。\n"),
                      job->period);
        return;
    }
    list_drop_empty(&table);
    list_print(&table, invocation->out, invocation->colour_out, terminal_width(invocation));
}

static void list_csv(const struct job *job) {
    struct baton_arena *const arena = job->invocation->arena;
    struct writer *const out = job->invocation->out;
    writer_text(out, "unit,element,reporter,stage,at,by,time,value,state,returns,reason\n");
    for (size_t i = 0; i < job->reports.count; i++) {
        const struct report_step *const report = &job->reports.step[i];
        if (!is_asked_for(job, report))
            continue;
        const char *const cell[] = {report->unit,
                                    report->element,
                                    report->reporter,
                                    stage_word(report->stage),
                                    arena_printf(arena, "%" PRIu64, report->position),
                                    report->actor,
                                    time_exact(arena, report->time_utc_ms),
                                    report->value,
                                    report->state,
                                    arena_printf(arena, "%" PRIu32, report->returns),
                                    report->reason};
        for (size_t c = 0; c < LENGTH(cell); c++) {
            writer_text(out, c > 0 ? "," : "");
            csv_cell(out, cell[c]);
        }
        writer_text(out, "\n");
    }
}

static baton_code list_json(const struct job *job) {
    struct baton_arena *const arena = job->invocation->arena;
    struct json json = json_to(job->invocation->out);
    json_object(&json, NULL);
    json_text(&json, "period", job->period);
    json_array(&json, "items");
    for (size_t i = 0; i < job->reports.count; i++) {
        const struct report_step *const report = &job->reports.step[i];
        struct entry entry;
        if (!is_asked_for(job, report))
            continue;
        const baton_code code = reader_entry(job->of.reader, arena, report->position, &entry);
        if (code != BATON_OK)
            return refuse_reader(job->invocation, job->of.reader, code);
        json_object(&json, NULL);
        json_text(&json, "unit", report->unit);
        json_text(&json, "element", report->element);
        json_text(&json, "reporter", report->reporter);
        report_json(arena, &json, "report", &entry, NULL);
        json_end(&json);
    }
    json_end(&json);
    json_end(&json);
    return BATON_OK;
}

static baton_code list(struct job *job) {
    switch (job->invocation->settings.format) {
    case FORMAT_CSV:
        list_csv(job);
        return BATON_OK;
    case FORMAT_JSON:
        return list_json(job);
    default:
        list_table_of(job);
        return BATON_OK;
    }
}

/* ---- A step. */

/* The act that the operand names, by whoever acts. */
static baton_code take_act(struct job *job) {
    struct invocation *const invocation = job->invocation;
    const char *const word = invocation->operand[OPERAND_ACT];
    struct text_guess guess = {.text = word, .size = strlen(word)};
    const char *words = "";
    bool is_known = false;
    uint32_t roles;
    for (int act = 0; act < ACTS; act++) {
        const char *const known = act_info((enum act)act)->word;
        text_guess_offer(&guess, known, strlen(known));
        if (act != ACT_REJECT) /* the same word as another */
            words = arena_printf(invocation->arena, "%s%s%s", words, act > 0 ? ", " : "", known);
        is_known = is_known || strcmp(known, word) == 0;
    }
    if (!is_known)
        return refuse(invocation, BATON_OPERAND_WORD, "collect", word, words, guess.best);
    const baton_code code =
        reader_roles(job->of.reader, job->actor, world_now_utc_ms(), &roles, &is_known);
    if (code != BATON_OK)
        return refuse_reader(invocation, job->of.reader, code);
    job->act = collect_act(word, roles);
    return BATON_OK;
}

/* The one that operands name. */
static baton_code take_one(struct job *job) {
    struct invocation *const invocation = job->invocation;
    const struct settings *const settings = &invocation->settings;
    static const char *const states[] = {NULL, "na", "pending"};
    const char *const *const operand = invocation->operand;
    const bool has_value = invocation->operand_count > OPERAND_VALUE;
    if (invocation->operand_count == OPERAND_ELEMENT ||
        (job->act == ACT_DRAFT && !has_value && settings->what == 0))
        return refuse(invocation, BATON_OPERAND_MISSING, "collect",
                      job->act == ACT_DRAFT ? "LEDGER PERIOD draft UNIT ELEMENT VALUE"
                                            : "LEDGER PERIOD ACT UNIT ELEMENT",
                      NULL, NULL);
    if (has_value && job->act != ACT_DRAFT)
        return refuse(invocation, BATON_OPERAND_EXCESS, "collect", operand[OPERAND_VALUE], NULL,
                      NULL);
    const struct report_step *const report =
        reports_find(&job->reports, operand[OPERAND_UNIT], operand[OPERAND_ELEMENT]);
    job->item = arena_alloc(invocation->arena, 1, sizeof *job->item);
    job->count = 1;
    *job->item = (struct collect_item){.unit = operand[OPERAND_UNIT],
                                       .element = operand[OPERAND_ELEMENT],
                                       .at = report == NULL ? COLLECT_NEW : report->position,
                                       .value = has_value ? operand[OPERAND_VALUE] : NULL,
                                       .state = states[settings->what],
                                       .source = settings->source,
                                       .document = settings->document,
                                       .note = settings->note};
    return BATON_OK;
}

/* All that the act may be done with, as far as they are asked for. */
static baton_code take_all(struct job *job) {
    struct invocation *const invocation = job->invocation;
    if (job->act == ACT_DRAFT)
        return refuse(invocation, BATON_OPERAND_MISSING, "collect",
                      "LEDGER PERIOD draft UNIT ELEMENT VALUE", NULL, NULL);
    job->item = arena_alloc(invocation->arena, job->reports.count, sizeof *job->item);
    for (size_t i = 0; i < job->reports.count; i++) {
        const struct report_step *const report = &job->reports.step[i];
        if (is_asked_for(job, report) && act_leads(job->act, report->stage, act_info(job->act)->to))
            job->item[job->count++] = (struct collect_item){
                .unit = report->unit, .element = report->element, .at = report->position};
    }
    return job->count > 0 ? BATON_OK
                          : refuse(invocation, BATON_COLLECT_NOTHING, act_info(job->act)->word,
                                   job->period, NULL, NULL);
}

/* What goes with a draft only. */
static baton_code check_options(const struct job *job) {
    const struct settings *const settings = &job->invocation->settings;
    const struct {
        const char *name;
        bool is_given;
    } of_drafts[] = {{"--document", settings->document != NULL},
                     {"--evidence", settings->evidence != NULL},
                     {"--note", settings->note != NULL},
                     {"--source", settings->source != NULL},
                     {"--state", settings->what != 0}};
    for (size_t i = 0; i < LENGTH(of_drafts); i++)
        if (of_drafts[i].is_given && job->act != ACT_DRAFT)
            return refuse(job->invocation, BATON_OPTIONS_APART, of_drafts[i].name,
                          act_info(job->act)->word, NULL, NULL);
    return BATON_OK;
}

static baton_code add_evidence(struct job *job, struct ledger *ledger) {
    struct submission told = {0};
    struct digest *const digest = arena_alloc(job->invocation->arena, 1, sizeof *digest);
    char *const hex = arena_alloc(job->invocation->arena, DIGEST_HEX_SIZE, 1);
    if (job->invocation->settings.evidence == NULL)
        return BATON_OK;
    TRY(evidence_store(job->invocation, ledger, job->actor, job->of.assessment,
                       job->invocation->settings.evidence, digest, &told));
    tell_stored(job->invocation, &told);
    digest_hex(digest, hex);
    job->item->evidence = hex;
    return BATON_OK;
}

static baton_code append(struct job *job, struct ledger *ledger, struct submission *out,
                         struct baton_findings *found) {
    const struct collect_wish wish = {.assessment = job->of.assessment,
                                      .actor = job->actor,
                                      .period = job->period,
                                      .expected = &job->of.expected,
                                      .act = job->act,
                                      .reason = job->invocation->settings.reason,
                                      .item = job->item,
                                      .count = job->count,
                                      .checks = job->act == ACT_DRAFT ? &job->checks : NULL};
    TRY(add_evidence(job, ledger));
    *out = (struct submission){.actor = job->actor, .want_receipts = true};
    baton_code code =
        collect_make(job->invocation->arena, job->of.reader, &wish, &out->fact, &out->count, found);
    if (code == BATON_OK)
        code = ledger_append(ledger, job->invocation->arena, out, found);
    return code == BATON_OK || code == BATON_NO_MEMORY ? code : refuse_all(job->invocation, found);
}

/* A field of a fact with names for what it names. */
static struct field field_shown(const struct job *job, const struct fact_body *fact,
                                const struct field *field) {
    const struct expectation *const one =
        asked_for(job, body_text(fact, "unit"), body_text(fact, "element"));
    const char *const value = body_text(fact, field->name);
    if (strcmp(field->name, "unit") == 0 || strcmp(field->name, "reporter") == 0)
        return text_field(field->name, unit_shown(job, value));
    if (strcmp(field->name, "element") == 0 && one != NULL)
        return text_field(field->name,
                          figure_name_and_id(&job->figures, one, job->invocation->language));
    return *field;
}

/* What was stored, with names. */
static void tell_steps(const struct job *job, const struct submission *submission) {
    struct baton_arena *const arena = job->invocation->arena;
    struct fact_body *const shown = arena_alloc(arena, submission->count, sizeof *shown);
    for (size_t i = 0; i < submission->count; i++) {
        const struct fact_body fact = stored_in_order(arena, &submission->fact[i]);
        struct field *const field = arena_alloc(arena, fact.field_count, sizeof *field);
        for (size_t f = 0; f < fact.field_count; f++)
            field[f] = field_shown(job, &fact, &fact.field[f]);
        shown[i] = (struct fact_body){fact.kind, fact.assessment, field, fact.field_count};
    }
    tell_stored_as(job->invocation, submission, shown);
}

static baton_code step(struct job *job) {
    struct invocation *const invocation = job->invocation;
    struct baton_findings found = {.arena = invocation->arena};
    struct submission submission;
    struct ledger *ledger;
    TRY(take_act(job));
    TRY(check_options(job));
    TRY(invocation->operand_count > OPERAND_UNIT ? take_one(job) : take_all(job));
    TRY(open_appender(invocation, invocation->operand[0], &ledger));
    TRY(append(job, ledger, &submission, &found));
    tell_steps(job, &submission);
    tell_checks(invocation, &job->figures, &job->checks);
    TRY(pass_on(invocation, job->of.reader, ledger, &submission));
    ledger_close(ledger);
    return BATON_OK;
}

baton_code cmd_collect(struct invocation *invocation) {
    struct job job = {.invocation = invocation};
    const bool acts = invocation->operand_count > OPERAND_ACT;
    if (acts)
        TRY(who_acts(invocation, &job.actor));
    TRY(open_all(&job));
    return acts ? step(&job) : list(&job);
}
