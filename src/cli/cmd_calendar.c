/* `baton calendar`: by what rules periods open, are due and lock; the periods of a year; opening them. */
#include "cli/list_table.h"
#include "cli/open_collection.h"
#include "cli/open_ledger.h"
#include "cli/print_findings.h"
#include "cli/terminal.h"
#include "flow/calendar_print.h"
#include "flow/calendar_words.h"
#include "flow/entry_print.h"
#include "flow/unreported.h"
#include "report/explain_report.h"
#include <inttypes.h>
#include <string.h>

enum { FORMAT_TEXT, FORMAT_CSV, FORMAT_JSON };

struct job {
    struct invocation *invocation;
    struct collection of;
    int year;       /* 0 = the periods are named */
    uint32_t kinds; /* of the periods that are told */
    struct calendar_row *row;
    size_t rows;
};

/* What is asked for */

static baton_code refuse_apart(struct invocation *invocation) {
    const struct settings *const settings = &invocation->settings;
    const char *const named = invocation->operand_count > 1 ? invocation->operand[1] : NULL;
    const char *const format = settings->format == FORMAT_TEXT ? NULL : "--format";
    const char *const apart[][2] = {
        {settings->year != 0 ? "--year" : NULL, named},
        {settings->what != 0 ? "--frequency" : NULL, named},
        {settings->open ? "--open" : NULL, format},
        {settings->open ? "--open" : NULL, settings->known == NULL ? NULL : "--known"},
        {settings->open ? "--open" : NULL, settings->at.day == INT32_MAX ? NULL : "--as-of"},
    };
    for (size_t i = 0; i < LENGTH(apart); i++)
        if (apart[i][0] != NULL && apart[i][1] != NULL)
            return refuse(invocation, BATON_OPTIONS_APART, apart[i][0], apart[i][1], NULL, NULL);
    if (settings->open && named == NULL && settings->year == 0)
        return refuse(invocation, BATON_OPERAND_MISSING, "calendar",
                      in_language(invocation, "PERIOD or --year", "PERIOD 或 --year"), NULL, NULL);
    return BATON_OK;
}

/* The periods that are named, in that order. */
static baton_code take_named(struct job *job, const struct baton_period *named,
                             struct baton_findings *found) {
    job->rows = job->invocation->operand_count - 1;
    job->row = arena_alloc(job->invocation->arena, job->rows, sizeof *job->row);
    for (size_t i = 0; i < job->rows; i++) {
        job->kinds |= UINT32_C(1) << named[i].kind;
        TRY(calendar_row_of(&job->of.calendar, job->of.scheme, named[i], &job->row[i], found));
    }
    return BATON_OK;
}

static baton_code take_year(struct job *job, struct baton_findings *found) {
    const struct settings *const settings = &job->invocation->settings;
    job->year = settings->year == 0 ? job->of.scheme->period.year : (int)settings->year;
    job->kinds = settings->what == 0 ? calendar_kinds(&job->of.calendar, &job->of.expected)
                                     : UINT32_C(1) << settings->what; /* words as the kinds are */
    return calendar_year(job->invocation->arena, &job->of.calendar, job->of.scheme, job->year,
                         job->kinds, &job->row, &job->rows, found);
}

/* For people */

static const char *moment(const struct job *job, bool has, struct civil_moment at) {
    return has ? calendar_moment_words(job->invocation->arena, at) : NULL;
}

static const char *offset(const struct job *job, bool has, struct civil_offset at) {
    return has ? calendar_offset_words(job->invocation->arena, at, job->invocation->language)
               : NULL;
}

static struct list_table table_of(const struct job *job, const char *const *title, size_t columns,
                                  const enum layout_align *align) {
    return (struct list_table){
        .arena = job->invocation->arena, .columns = columns, .title = title, .align = align};
}

static void print_table(const struct job *job, struct list_table *table) {
    const struct invocation *const invocation = job->invocation;
    list_drop_empty(table);
    list_print(table, invocation->out, invocation->colour_out, terminal_width(invocation));
}

static void print_rules(const struct job *job) {
    static const char *const title[2][7] = {
        {"for", "opens", "due", "grace", "locked after", "holidays", "made by"},
        {"周期", "开放", "截止", "宽限至", "此后锁定", "遇节假日", "依据"}};
    struct invocation *const invocation = job->invocation;
    const enum baton_language language = invocation->language;
    struct list_table table = table_of(job, title[language], LENGTH(title[language]), NULL);
    for (int kind = BATON_DAY; kind <= BATON_YEAR; kind++) {
        const enum baton_period_kind frequency = (enum baton_period_kind)kind;
        if ((job->kinds >> kind & 1) == 0)
            continue;
        const struct calendar_rule rule =
            calendar_rule_for(&job->of.calendar, job->of.scheme, frequency);
        const char **const cell = list_add(&table);
        cell[0] = calendar_frequency_name(frequency, language);
        cell[1] = offset(job, true, rule.opens);
        cell[2] = offset(job, true, rule.due);
        cell[3] = offset(job, rule.has_grace, rule.grace);
        cell[4] = offset(job, rule.has_locks, rule.locks);
        cell[5] = calendar_moves_name(rule.moves, language);
        cell[6] = calendar_has_rule(&job->of.calendar, frequency)
                      ? in_language(invocation, "the office", "考核办")
                      : in_language(invocation, "the scheme", "方案");
    }
    writer_text(invocation->out,
                in_language(invocation, "Rules, counted from the last day of a period\n",
                            "规则（自周期末日起计）\n"));
    print_table(job, &table);
}

static const char *phase_of(const struct job *job, const struct calendar_row *row) {
    return row->is_opened ? calendar_phase_name(calendar_row_phase(row, job->of.now_utc_ms),
                                                job->invocation->language)
                          : in_language(job->invocation, "to be opened", "待开放");
}

static void put_period(const struct job *job, const struct calendar_row *row, const char **to) {
    const struct deadlines *const d = &row->deadlines;
    char name[BATON_PERIOD_NAME_SIZE];
    const size_t size = baton_period_format(row->period, name);
    to[0] = arena_text(job->invocation->arena, name, size);
    to[1] = moment(job, d->has_opens, d->opens);
    to[2] = moment(job, true, d->due);
    to[3] = moment(job, d->has_grace, d->grace);
    to[4] = moment(job, d->has_locks, d->locks);
}

static void print_periods(const struct job *job) {
    static const char *const title[2][6] = {
        {"period", "opens", "due", "grace until", "locked after", "now"},
        {"周期", "开放", "截止", "宽限至", "此后锁定", "当前"}};
    const enum baton_language language = job->invocation->language;
    struct list_table table = table_of(job, title[language], LENGTH(title[language]), NULL);
    for (size_t i = 0; i < job->rows; i++) {
        const char **const cell = list_add(&table);
        put_period(job, &job->row[i], cell);
        cell[5] = phase_of(job, &job->row[i]);
    }
    print_table(job, &table);
}

static void print_text(const struct job *job) {
    struct invocation *const invocation = job->invocation;
    const size_t exceptions = job->of.calendar.opened.exception.count;
    writer_printf(invocation->out, in_language(invocation, "%s, as of %s\n\n", "%s，截至 %s\n\n"),
                  job->of.assessment, explain_time(invocation->arena, job->of.now_utc_ms));
    print_rules(job);
    writer_text(invocation->out, "\n");
    print_periods(job);
    if (exceptions > 0)
        writer_printf(
            invocation->out,
            in_language(invocation,
                        "\nExceptions: %zu; `baton log %s --kind exception` lists them.\n",
                        "\n另有延期 %zu 项，可用 `baton log %s --kind exception` 查看。\n"),
            exceptions, invocation->operand[0]);
}

static void print(const struct job *job) {
    struct writer *const out = job->invocation->out;
    const struct calendar_view view = {&job->of.calendar, job->of.scheme, job->kinds,
                                       job->row,          job->rows,      job->of.now_utc_ms};
    if (job->invocation->settings.format == FORMAT_CSV) {
        calendar_csv(out, &view);
    } else if (job->invocation->settings.format == FORMAT_JSON) {
        struct json json = json_to(out);
        calendar_json(&json, &view, (uint64_t)job->year);
    } else {
        print_text(job);
    }
}

/* Opening */

static void tell_opened(const struct job *job, const struct submission *submission) {
    static const char *const title[2][7] = {
        {"no.", "period", "opens", "due", "grace until", "locked after", "receipt"},
        {"编号", "周期", "开放", "截止", "宽限至", "此后锁定", "回执"}};
    static const enum layout_align align[] = {ALIGN_RIGHT, ALIGN_LEFT, ALIGN_LEFT, ALIGN_LEFT,
                                              ALIGN_LEFT,  ALIGN_LEFT, ALIGN_LEFT};
    struct baton_arena *const arena = job->invocation->arena;
    const enum baton_language language = job->invocation->language;
    struct list_table table = table_of(job, title[language], LENGTH(title[language]), align);
    for (size_t i = 0; i < submission->count; i++) {
        const struct fact_body *const body = &submission->fact[i];
        const char *const name = body_text(body, "period");
        struct calendar_row row = {.is_opened = true};
        if (!baton_period_parse(name, strlen(name), &row.period) ||
            !deadlines_read(body, &row.deadlines))
            continue; /* calendar_open says none such */
        const char **const cell = list_add(&table);
        cell[0] = arena_printf(arena, "%" PRIu64, submission->first + i);
        put_period(job, &row, cell + 1);
        cell[6] = arena_printf(arena, "%s…", digest_shown(arena, &submission->receipt[i].leaf));
    }
    print_table(job, &table);
}

static baton_code append(const struct job *job, struct submission *submission) {
    struct invocation *const invocation = job->invocation;
    struct baton_findings found = {.arena = invocation->arena};
    struct ledger *ledger;
    TRY(open_appender(invocation, invocation->operand[0], &ledger));
    const baton_code code = ledger_append(ledger, invocation->arena, submission, &found);
    ledger_close(ledger);
    return code == BATON_OK || code == BATON_NO_MEMORY ? code : refuse_all(invocation, &found);
}

/* What was there before, and nobody is asked for. */
static baton_code tell_unreported(const struct job *job, const struct submission *submission) {
    struct invocation *const invocation = job->invocation;
    struct baton_findings found = {.arena = invocation->arena};
    struct unreported *list;
    size_t count;
    const baton_code code = unreported_find(invocation->arena, job->of.reader, job->of.assessment,
                                            submission->fact, submission->count, &list, &count);
    if (code != BATON_OK) {
        reader_report(job->of.reader, code, &found);
        return refuse_all(invocation, &found);
    }
    unreported_tell(invocation->arena, list, count, &found);
    print_findings(
        invocation->arena, invocation->err, &found,
        (struct findings_style){invocation->language, invocation->colour_err, BATON_WARNING});
    return BATON_OK;
}

static baton_code open_periods(const struct job *job) {
    struct invocation *const invocation = job->invocation;
    struct baton_findings found = {.arena = invocation->arena};
    struct baton_period *const period = arena_alloc(invocation->arena, job->rows, sizeof *period);
    struct submission submission = {.want_receipts = true};
    TRY(who_acts(invocation, &submission.actor));
    for (size_t i = 0; i < job->rows; i++)
        period[i] = job->row[i].period;
    if (calendar_open(invocation->arena, &job->of.calendar, job->of.scheme, period, job->rows,
                      &submission.fact, &submission.count, &found) != BATON_OK)
        return refuse_all(invocation, &found);
    if (submission.count == 0) {
        writer_text(invocation->out,
                    in_language(invocation, "They are open already.\n", "均已开放。\n"));
        return BATON_OK;
    }
    TRY(append(job, &submission));
    tell_opened(job, &submission);
    return tell_unreported(job, &submission);
}

baton_code cmd_calendar(struct invocation *invocation) {
    struct baton_findings found = {.arena = invocation->arena};
    struct job job = {.invocation = invocation};
    const size_t count = invocation->operand_count - 1;
    struct baton_period *const named = arena_alloc(invocation->arena, count, sizeof *named);
    TRY(refuse_apart(invocation));
    for (size_t i = 0; i < count; i++)
        TRY(collection_period(invocation, invocation->operand[i + 1], &named[i]));
    TRY(collection_open(invocation, (struct baton_period){0}, &job.of));
    const baton_code code = count > 0 ? take_named(&job, named, &found) : take_year(&job, &found);
    if (code != BATON_OK)
        return refuse_all(invocation, &found);
    if (invocation->settings.open)
        return open_periods(&job);
    print(&job);
    return BATON_OK;
}
