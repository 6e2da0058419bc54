/* `baton expected`: the figures that the scheme asks for in a period, by who reports them, and what has become of them. */
#include "cli/list_table.h"
#include "cli/open_collection.h"
#include "cli/open_ledger.h"
#include "cli/open_package.h"
#include "cli/terminal.h"
#include "flow/calendar_words.h"
#include "flow/entry_print.h"
#include "flow/expected_print.h"
#include "flow/figure_names.h"
#include "report/explain_report.h"
#include <string.h>

enum { FORMAT_TEXT, FORMAT_CSV, FORMAT_JSON };
enum { STATE, ELEMENT, NAME, MEASURE, STAGE, BY, CORRECTED, DUE, UNIT, COLUMNS };

struct job {
    struct invocation *invocation;
    struct collection of;
    struct baton_period period;
    const char *period_name;
    struct expected asked; /* of the unit, of the reporter; whatever has become of them */
    size_t count[EXPECTED_STATES];
    struct hash unit; /* its id to its index in the scheme */
    bool is_opened;
    struct deadlines deadlines; /* of the period, without exceptions */
    struct report_list reports;
    struct names names;
    struct figure_names figures;
};

/* What is asked for */

static struct expected_standing standing(const struct job *job, const struct expectation *one) {
    return expected_standing_of(one, job->of.session, &job->of.calendar, job->period,
                                job->of.now_utc_ms);
}

/* Whether it is listed: `state` of the options has all of them first. */
static bool is_listed(const struct job *job, enum expected_state state) {
    const int what = job->invocation->settings.what;
    return what == 0 || what - 1 == (int)state;
}

static bool is_of(const char *asked, const char *id) {
    return asked == NULL || strcmp(asked, id) == 0;
}

/* Those that are expected in the period, of the unit and of the reporter; counted by what has become of them. */
static baton_code choose(struct job *job) {
    struct invocation *const invocation = job->invocation;
    const struct settings *const settings = &invocation->settings;
    const char *const named[] = {settings->unit, settings->reporter};
    struct expected all;
    for (uint32_t u = 0; u < job->of.scheme->unit_count; u++) {
        const char *const id = job->of.scheme->unit[u].id;
        hash_add(invocation->arena, &job->unit, id, strlen(id), u);
    }
    for (size_t i = 0; i < LENGTH(named); i++)
        if (named[i] != NULL && find_unit(invocation, job->of.scheme, named[i]) == BATON_NONE)
            return BATON_UNIT_UNKNOWN;
    expected_in(invocation->arena, &job->of.expected, job->period, &all);
    const struct expectation **const item = arena_alloc(invocation->arena, all.count, sizeof *item);
    job->asked = (struct expected){all.scheme, 0, item, all.session};
    for (size_t i = 0; i < all.count; i++) {
        const struct expectation *const one = all.item[i];
        if (!is_of(settings->unit, one->unit) || !is_of(settings->reporter, one->reporter))
            continue;
        item[job->asked.count++] = one;
        job->count[standing(job, one).state]++;
    }
    return BATON_OK;
}

static baton_code figure_of(struct job *job, const struct expectation *one,
                            struct expected_figure *out) {
    struct baton_findings found = {.arena = job->invocation->arena};
    const baton_code code =
        expected_figure_read(job->invocation->arena, job->of.reader, job->of.assessment,
                             job->of.known, job->period_name, one, out, &found);
    return code == BATON_OK ? BATON_OK : refuse_all(job->invocation, &found);
}

/* A figure, or the word for why there is none. */
static const char *said(const char *value, const char *state) {
    return *state != '\0' ? state : value;
}

/* For people */

/* Who took the report there; and of which unit, where the scheme names another one now. */
static const char *reported_by(struct job *job, const struct expectation *one,
                               const struct report_step *report) {
    const char *const who = names_shown(&job->names, report->actor);
    if (strcmp(report->reporter, one->reporter) == 0)
        return who;
    return arena_printf(job->invocation->arena,
                        in_language(job->invocation, "%s, for %s", "%s，代 %s"), who,
                        report->reporter);
}

static bool is_later(const struct job *job, const struct expected_standing *is) {
    return is->is_opened && civil_moment_ends_utc_ms(is->deadlines.due) !=
                                civil_moment_ends_utc_ms(job->deadlines.due);
}

/* The figure in the ledger, and what was accepted, where that is not the same any more; NULL = it is. */
static baton_code corrected(struct job *job, const struct expectation *one,
                            const struct report_step *report, const char **out) {
    struct invocation *const invocation = job->invocation;
    struct expected_figure figure;
    *out = NULL;
    if (report == NULL || report->stage != STAGE_ACCEPTED)
        return BATON_OK;
    TRY(figure_of(job, one, &figure));
    const char *const accepted = said(report->value, report->state);
    const char *const now = said(figure.value, figure.state);
    if (!figure.is_there && *figure.actor != '\0')
        *out = arena_printf(
            invocation->arena,
            in_language(invocation, "withdrawn (accepted: %s)", "已撤销（认定值 %s）"), accepted);
    else if (strcmp(now, accepted) != 0)
        *out = arena_printf(invocation->arena,
                            in_language(invocation, "%s (accepted: %s)", "%s（认定值 %s）"), now,
                            accepted);
    return BATON_OK;
}

/* When it is due is told of those only for which there is an exception. */
static baton_code put_figure(struct job *job, const struct expectation *one,
                             const struct expected_standing *is, struct list_table *table) {
    struct baton_arena *const arena = job->invocation->arena;
    const struct report_step *const report = reports_find(&job->reports, one->unit, one->element);
    const char *now;
    TRY(corrected(job, one, report, &now));
    const char **const cell = list_add(table);
    if (report != NULL) {
        cell[STAGE] = stage_name(report->stage, job->invocation->language);
        cell[BY] = reported_by(job, one, report);
    }
    cell[CORRECTED] = now;
    cell[STATE] = expected_state_name(is->state, job->invocation->language);
    cell[ELEMENT] = one->element;
    cell[NAME] = figure_indicator(&job->figures, one, job->invocation->language);
    cell[MEASURE] = one->measure;
    cell[DUE] = is_later(job, is) ? calendar_moment_words(arena, is->deadlines.due) : NULL;
    cell[UNIT] = collection_unit(job->invocation, job->of.scheme, one->unit_index);
    return BATON_OK;
}

/* Figures that one unit reports and one verifies, as far as they are listed. */
struct group {
    const struct expectation *first;
    size_t count, missing;
};

/* "统计局（statistics）报送 12 项，市政府办公室审核，缺报 3 项" */
static const char *heading(const struct job *job, const struct group *group) {
    struct invocation *const invocation = job->invocation;
    struct writer *const text = writer_memory(invocation->arena);
    const uint32_t verifier =
        hash_find(&job->unit, group->first->verifier, strlen(group->first->verifier));
    writer_printf(text, in_language(invocation, "%s reports %zu", "%s报送 %zu 项"),
                  collection_unit(invocation, job->of.scheme, group->first->reporter_index),
                  group->count);
    if (verifier != HASH_NONE)
        writer_printf(text, in_language(invocation, ", %s verifies", "，%s审核"),
                      baton_text_in(&job->of.scheme->unit[verifier].name, invocation->language,
                                    group->first->verifier));
    if (group->missing > 0)
        writer_printf(text, in_language(invocation, "; %zu missing", "，缺报 %zu 项"),
                      group->missing);
    return writer_text_of(text);
}

static bool is_in(const struct job *job, const struct expectation *one,
                  const struct expected_standing *is, const char *verifier) {
    return is_listed(job, is->state) && strcmp(one->verifier, verifier) == 0;
}

/* The figures of a reporter that one unit verifies. */
static baton_code put_group(struct job *job, const struct expected_owed *owed, const char *verifier,
                            struct list_table *table) {
    struct group group = {0};
    for (size_t i = 0; i < owed->figures.count; i++) {
        const struct expectation *const one = owed->figures.item[i];
        const struct expected_standing is = standing(job, one);
        if (!is_in(job, one, &is, verifier))
            continue;
        group.first = group.first == NULL ? one : group.first;
        group.count++;
        group.missing += is.state == EXPECTED_MISSING;
    }
    if (group.count == 0)
        return BATON_OK;
    list_section(table, heading(job, &group));
    for (size_t i = 0; i < owed->figures.count; i++) {
        const struct expectation *const one = owed->figures.item[i];
        const struct expected_standing is = standing(job, one);
        if (is_in(job, one, &is, verifier))
            TRY(put_figure(job, one, &is, table));
    }
    return BATON_OK;
}

static baton_code put_reporter(struct job *job, const struct expected_owed *owed,
                               struct list_table *table) {
    struct hash seen = {0};
    for (size_t i = 0; i < owed->figures.count; i++) {
        const char *const verifier = owed->figures.item[i]->verifier;
        const uint32_t index = (uint32_t)i;
        if (hash_add(job->invocation->arena, &seen, verifier, strlen(verifier), index) == index)
            TRY(put_group(job, owed, verifier, table));
    }
    return BATON_OK;
}

/* "2021-08 of yunlan-2021, due 2021-09-10: expected 36; given 30, ..., missing 2." as of a time. */
static void print_summary(const struct job *job) {
    struct invocation *const invocation = job->invocation;
    struct baton_arena *const arena = invocation->arena;
    struct writer *const text = writer_memory(arena);
    writer_printf(invocation->out,
                  in_language(invocation, "%s of %s, as of %s", "%s（%s），截至 %s"),
                  job->period_name, job->of.assessment, explain_time(arena, job->of.now_utc_ms));
    if (job->is_opened)
        writer_printf(invocation->out, in_language(invocation, ", due %s\n", "，报送截止 %s\n"),
                      calendar_moment_words(arena, job->deadlines.due));
    else
        writer_printf(invocation->out,
                      in_language(invocation,
                                  "\nNot opened: `baton calendar %s %s --open` opens it.\n",
                                  "\n尚未开放，可用 `baton calendar %s %s --open` 开放。\n"),
                      invocation->operand[0], job->period_name);
    writer_printf(text, in_language(invocation, "Expected %zu", "应报 %zu 项"), job->asked.count);
    for (int state = 0; state < EXPECTED_STATES; state++) {
        if (state == EXPECTED_DERIVED && job->count[state] == 0)
            continue; /* few assessments have any */
        writer_printf(text, "%s%s %zu",
                      state > 0 ? in_language(invocation, ", ", "，")
                                : in_language(invocation, ": ", "："),
                      expected_state_name((enum expected_state)state, invocation->language),
                      job->count[state]);
    }
    layout_wrap(invocation->out, writer_text_of(text), 0, 0, terminal_width(invocation));
}

static baton_code print_text(struct job *job) {
    static const char *const titles[2][COLUMNS] = {
        {"state", "figure", "indicator", "in", "report", "by", "figure now", "due", "of"},
        {"状态", "数据项", "指标", "单位", "环节", "经办人", "现行数据", "截止", "对象"}};
    struct invocation *const invocation = job->invocation;
    const struct expected_owed *owed;
    struct list_table table = {
        .arena = invocation->arena, .columns = COLUMNS, .title = titles[invocation->language]};
    if (job->asked.count == 0) {
        writer_printf(
            invocation->out,
            in_language(invocation, "Nothing is expected in %s.\n", "%s 没有应报数据。\n"),
            job->period_name);
        return BATON_OK;
    }
    job->is_opened = calendar_window_of(&job->of.calendar, job->period, "", "", &job->deadlines);
    print_summary(job);
    const size_t reporters = expected_by_reporter(invocation->arena, &job->asked, &owed);
    for (size_t i = 0; i < reporters; i++)
        TRY(put_reporter(job, &owed[i], &table));
    if (table.rows == 0)
        return BATON_OK;
    writer_text(invocation->out, "\n");
    list_drop_empty(&table);
    list_print(&table, invocation->out, invocation->colour_out, terminal_width(invocation));
    return BATON_OK;
}

/* For programs */

static baton_code print_csv(struct job *job) {
    expected_csv_head(job->invocation->out);
    for (size_t i = 0; i < job->asked.count; i++) {
        const struct expectation *const one = job->asked.item[i];
        const struct expected_standing is = standing(job, one);
        struct expected_figure figure;
        if (!is_listed(job, is.state))
            continue;
        TRY(figure_of(job, one, &figure));
        expected_csv(job->invocation->arena, job->invocation->out, one, &is,
                     reports_find(&job->reports, one->unit, one->element), &figure);
    }
    return BATON_OK;
}

/* The whole of a report, where there is one. */
static baton_code whole_report(struct job *job, const struct expectation *one,
                               const struct entry **out) {
    struct baton_arena *const arena = job->invocation->arena;
    const struct report_step *const step = reports_find(&job->reports, one->unit, one->element);
    struct entry *const report = arena_alloc(arena, 1, sizeof *report);
    *out = NULL;
    if (step == NULL)
        return BATON_OK;
    const baton_code code = reader_entry(job->of.reader, arena, step->position, report);
    if (code != BATON_OK)
        return refuse_reader(job->invocation, job->of.reader, code);
    *out = report;
    return BATON_OK;
}

static baton_code print_json(struct job *job) {
    struct json json = json_to(job->invocation->out);
    size_t count = 0;
    json_object(&json, NULL);
    json_text(&json, "period", job->period_name);
    json_array(&json, "items");
    for (size_t i = 0; i < job->asked.count; i++) {
        const struct expectation *const one = job->asked.item[i];
        const struct expected_standing is = standing(job, one);
        struct expected_figure figure;
        const struct entry *report;
        if (!is_listed(job, is.state))
            continue;
        TRY(figure_of(job, one, &figure));
        TRY(whole_report(job, one, &report));
        expected_json(job->invocation->arena, &json, one, &is, report, &figure, NULL, NULL, NULL);
        count++;
    }
    json_end(&json);
    json_count(&json, "count", count);
    json_null(&json, "next");
    json_end(&json);
    return BATON_OK;
}

static baton_code print(struct job *job) {
    switch (job->invocation->settings.format) {
    case FORMAT_CSV:
        return print_csv(job);
    case FORMAT_JSON:
        return print_json(job);
    default:
        return print_text(job);
    }
}

baton_code cmd_expected(struct invocation *invocation) {
    struct job job = {.invocation = invocation, .period_name = invocation->operand[1]};
    TRY(collection_period(invocation, job.period_name, &job.period));
    TRY(collection_open(invocation, job.period, &job.of));
    TRY(choose(&job));
    TRY(collection_reports(invocation, &job.of, job.period_name, &job.reports));
    job.names = (struct names){
        .arena = invocation->arena, .reader = job.of.reader, .language = invocation->language};
    figure_names_make(invocation->arena, job.of.scheme, &job.figures);
    TRY(print(&job));
    return job.count[EXPECTED_MISSING] > 0 ? BATON_FIGURES_MISSING : BATON_OK;
}
