/* `baton completeness`: how complete and how timely collection is, and the same as figures of indicators. */
#include "cli/list_table.h"
#include "cli/open_collection.h"
#include "cli/open_ledger.h"
#include "cli/terminal.h"
#include "flow/punctual_figures.h"
#include "flow/punctual_print.h"
#include "report/explain_report.h"
#include <inttypes.h>
#include <string.h>

enum { FORMAT_TEXT, FORMAT_CSV, FORMAT_JSON };

struct job {
    struct invocation *invocation;
    struct collection of;
    struct punctual_ask ask;
    struct punctual counted;
};

/* What is asked for */

static baton_code refuse_apart(struct invocation *invocation) {
    const struct settings *const settings = &invocation->settings;
    const char *const named = invocation->operand_count > 1 ? invocation->operand[1] : NULL;
    if (settings->year != 0 && named != NULL)
        return refuse(invocation, BATON_OPTIONS_APART, "--year", named, NULL, NULL);
    if (settings->add && settings->known != NULL)
        return refuse(invocation, BATON_OPTIONS_APART, "--figures", "--known", NULL, NULL);
    if (settings->add && invocation->operand_count != 2)
        return refuse(invocation, BATON_OPERAND_MISSING, "completeness --figures", "PERIOD", NULL,
                      NULL);
    return BATON_OK;
}

static baton_code open_all(struct job *job) {
    struct invocation *const invocation = job->invocation;
    const size_t named = invocation->operand_count - 1;
    struct baton_period *const period = arena_alloc(invocation->arena, named, sizeof *period);
    for (size_t i = 0; i < named; i++)
        TRY(collection_period(invocation, invocation->operand[i + 1], &period[i]));
    TRY(collection_open(invocation, named > 0 ? period[0] : (struct baton_period){0}, &job->of));
    job->ask = (struct punctual_ask){.assessment = job->of.assessment,
                                     .session = job->of.session,
                                     .calendar = &job->of.calendar,
                                     .expected = &job->of.expected,
                                     .period = period,
                                     .period_count = named,
                                     .by = (enum punctual_by)invocation->settings.what,
                                     .now_utc_ms = job->of.now_utc_ms};
    if (named == 0)
        job->ask.period = punctual_periods(invocation->arena, &job->of.calendar,
                                           (int)invocation->settings.year, &job->ask.period_count);
    return known_as_asked(invocation, job->of.reader, &job->ask.known);
}

/* For people */

enum {
    UNIT,
    EXPECTED,
    KINDS,
    DAYS = KINDS + PUNCTUAL_KIND_COUNT,
    RETURNED,
    CORRECTED,
    COMPLETE,
    TIMELY,
    STAYS,
    COLUMNS = STAYS + COURSE_POSTS
};

static const char *number(const struct job *job, uint64_t count) {
    return count == 0 ? NULL : arena_printf(job->invocation->arena, "%" PRIu64, count);
}

static const char *percent(const struct job *job, double share) {
    return share >= 0 ? arena_printf(job->invocation->arena, "%.2f", share) : NULL;
}

static const char *name_of(const struct job *job, const struct punctual_row *row) {
    if (row->unit[0] == '\0')
        return in_language(job->invocation, "assessment office", "考核办");
    return baton_text_in(&job->of.scheme->unit[row->unit_index].name, job->invocation->language,
                         row->unit);
}

static void put_row(const struct job *job, const char *name, const struct punctual_row *row,
                    struct list_table *table) {
    struct baton_arena *const arena = job->invocation->arena;
    const enum baton_language language = job->invocation->language;
    const char **const cell = list_add(table);
    cell[UNIT] = name;
    cell[EXPECTED] = arena_printf(arena, "%" PRIu64, row->expected);
    for (int kind = 0; kind < PUNCTUAL_KIND_COUNT; kind++)
        cell[KINDS + kind] = number(job, row->kind[kind]);
    cell[DAYS] = number(job, row->days_late_most);
    cell[RETURNED] = number(job, row->returned_once + row->returned_more);
    cell[CORRECTED] = number(job, row->corrected);
    cell[COMPLETE] = percent(job, punctual_completeness(row));
    cell[TIMELY] = percent(job, punctual_timeliness(row));
    for (int post = 0; post < COURSE_POSTS; post++) {
        const struct punctual_stays *const stay = &row->stay[post];
        if (stay->count > 0)
            cell[STAYS + post] = arena_printf(
                arena, "%s / %s", punctual_time_words(arena, stay->median_ms, language),
                punctual_time_words(arena, stay->longest_ms, language));
    }
}

static const char *periods_shown(const struct job *job) {
    struct writer *const text = writer_memory(job->invocation->arena);
    for (size_t i = 0; i < job->ask.period_count; i++) {
        char name[BATON_PERIOD_NAME_SIZE];
        baton_period_format(job->ask.period[i], name);
        writer_printf(text, "%s%s", i == 0 ? "" : in_language(job->invocation, ", ", "、"), name);
    }
    return writer_text_of(text);
}

static void print_text(const struct job *job) {
    static const char *const rest[2][COLUMNS - DAYS] = {
        {"days late", "returned", "corrected", "complete %", "in time %", "drafting", "signing",
         "verifying", "accepting"},
        {"最多逾期天数", "退回", "事后更正", "完整率%", "及时率%", "填报", "审签", "审核", "认定"}};
    struct invocation *const invocation = job->invocation;
    const enum baton_language language = invocation->language;
    const char *title[COLUMNS] = {in_language(invocation, "unit", "单位"),
                                  in_language(invocation, "expected", "应报")};
    enum layout_align align[COLUMNS] = {ALIGN_LEFT};
    for (int i = 1; i < COLUMNS; i++) {
        align[i] = ALIGN_RIGHT;
        if (i >= DAYS)
            title[i] = rest[language][i - DAYS];
        else if (i >= KINDS)
            title[i] = punctual_kind_name((enum punctual_kind)(i - KINDS), language);
    }
    struct list_table table = {
        .arena = invocation->arena, .columns = COLUMNS, .title = title, .align = align};
    writer_printf(invocation->out,
                  in_language(invocation, "%s, as of %s: %s\n", "%s，截至 %s：%s\n"),
                  job->of.assessment, explain_time(invocation->arena, job->of.now_utc_ms),
                  job->ask.period_count == 0
                      ? in_language(invocation, "no period is opened", "没有已开放的周期")
                      : periods_shown(job));
    if (job->counted.count == 0)
        return;
    writer_text(invocation->out, in_language(invocation, "Times at a post: median / longest.\n\n",
                                             "各环节用时：中位数 / 最长。\n\n"));
    for (size_t i = 0; i < job->counted.count; i++)
        put_row(job, name_of(job, &job->counted.row[i]), &job->counted.row[i], &table);
    if (job->counted.count > 1)
        put_row(job, in_language(invocation, "all", "合计"), &job->counted.all, &table);
    list_drop_empty(&table);
    list_print(&table, invocation->out, invocation->colour_out, terminal_width(invocation));
}

static baton_code print(struct job *job) {
    struct invocation *const invocation = job->invocation;
    const struct punctual_view view = {&job->counted, job->ask.by, job->ask.period,
                                       job->ask.period_count, job->ask.known};
    struct json json = json_to(invocation->out);
    TRY(refuse_reader(invocation, job->of.reader,
                      punctual_read(invocation->arena, job->of.reader, &job->ask, &job->counted)));
    if (invocation->settings.format == FORMAT_CSV)
        punctual_csv(invocation->out, &view);
    else if (invocation->settings.format == FORMAT_JSON)
        punctual_json(&json, &view);
    else
        print_text(job);
    return BATON_OK;
}

/* As figures */

static baton_code say(struct job *job) {
    struct invocation *const invocation = job->invocation;
    struct baton_arena *const arena = invocation->arena;
    struct baton_findings found = {.arena = arena};
    struct submission submission = {.want_receipts = true};
    struct ledger *ledger;
    TRY(who_acts(invocation, &submission.actor));
    baton_code code = punctual_figures(arena, job->of.reader, &job->ask, job->ask.period[0],
                                       invocation->settings.reason, invocation->language,
                                       &submission.fact, &submission.count, &found);
    if (code != BATON_OK)
        return refuse_all(invocation, &found);
    if (submission.count == 0) {
        writer_text(invocation->out,
                    in_language(invocation, "Every figure is what the ledger has already.\n",
                                "各项数据均与账本一致，无须写入。\n"));
        return BATON_OK;
    }
    reader_close(job->of.reader);
    TRY(open_appender(invocation, invocation->operand[0], &ledger));
    code = ledger_append(ledger, arena, &submission, &found);
    if (code != BATON_OK)
        return refuse_all(invocation, &found);
    tell_stored(invocation, &submission);
    return BATON_OK;
}

baton_code cmd_completeness(struct invocation *invocation) {
    struct job job = {.invocation = invocation};
    TRY(refuse_apart(invocation));
    TRY(open_all(&job));
    return invocation->settings.add ? say(&job) : print(&job);
}
