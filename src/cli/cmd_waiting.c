/* `baton waiting`: what waits for whom: figures that are expected and not done, by whose turn it is. */
#include "cli/list_table.h"
#include "cli/open_collection.h"
#include "cli/open_ledger.h"
#include "cli/open_package.h"
#include "cli/terminal.h"
#include "flow/calendar_words.h"
#include "flow/entry_print.h"
#include "flow/figure_names.h"
#include "flow/waiting_print.h"
#include "report/explain_report.h"
#include <string.h>

enum { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON };
enum { NEXT, ELEMENT, NAME, UNIT, PERIOD, STAGE, SINCE, UNTIL, LATE, COLUMNS };

struct job {
    struct invocation *invocation;
    struct collection of;
    struct waiting_filter filter;
    struct waiting waiting;
    const struct waiting_item **item; /* those that are asked for */
    size_t count;
    struct names names;
    struct figure_names figures;
};

/* Reading */

/* Words of --stage and --role, as their options have them; the first is any. */
static baton_code take_filter(struct job *job) {
    static const char *const roles[] = {NULL, "office", "unit", "approver", "owner"};
    const struct settings *const settings = &job->invocation->settings;
    const char *const named[] = {settings->unit, settings->reporter};
    for (size_t i = 0; i < LENGTH(named); i++)
        if (named[i] != NULL && find_unit(job->invocation, job->of.scheme, named[i]) == BATON_NONE)
            return BATON_UNIT_UNKNOWN;
    job->filter = (struct waiting_filter){
        .unit = settings->unit,
        .reporter = settings->reporter,
        .stage = settings->stage == 0 ? NULL : stage_word((enum stage)(settings->stage - 1)),
        .person = settings->person,
        .role = settings->turn == 0 ? 0 : rights_bits(roles[settings->turn])};
    return BATON_OK;
}

static baton_code take_periods(struct job *job, struct baton_period *period, size_t *count) {
    const struct invocation *const invocation = job->invocation;
    *count = invocation->operand_count - 1;
    for (size_t i = 0; i < *count; i++)
        TRY(collection_period(job->invocation, invocation->operand[i + 1], &period[i]));
    return BATON_OK;
}

static baton_code read_all(struct job *job, const struct baton_period *period, size_t periods,
                           struct baton_findings *found) {
    struct baton_arena *const arena = job->invocation->arena;
    struct hash accounts;
    struct waiting_world world = {.assessment = job->of.assessment,
                                  .session = job->of.session,
                                  .calendar = &job->of.calendar,
                                  .expected = &job->of.expected,
                                  .accounts = &accounts,
                                  .known = job->of.known,
                                  .now_utc_ms = job->of.now_utc_ms};
    struct standing *standing;
    TRY(reader_standing(job->of.reader, arena, &standing));
    TRY(reader_accounts(job->of.reader, arena, &accounts));
    world.standing = standing;
    return waiting_read(arena, job->of.reader, &world, period, periods, &job->waiting, found);
}

static void choose(struct job *job) {
    job->item = arena_alloc(job->invocation->arena, job->waiting.count, sizeof *job->item);
    for (size_t i = 0; i < job->waiting.count; i++)
        if (waiting_is(&job->waiting.item[i], &job->filter))
            job->item[job->count++] = &job->waiting.item[i];
}

/* For people */

/* "clerk or approver" */
static const char *roles_shown(const struct job *job, uint32_t roles) {
    struct invocation *const invocation = job->invocation;
    const char *words = "";
    for (int role = 0; role < ROLE_COUNT; role++)
        if ((roles >> role & 1) != 0)
            words = arena_printf(invocation->arena, "%s%s%s", words,
                                 *words == '\0' ? "" : in_language(invocation, " or ", "、"),
                                 role_name((enum role)role, invocation->language));
    return words;
}

/* The unit by its id, with its name. */
static const char *unit_named(const struct job *job, const char *id) {
    const struct baton_scheme *const scheme = job->of.scheme;
    for (uint32_t u = 0; u < scheme->unit_count; u++)
        if (strcmp(scheme->unit[u].id, id) == 0)
            return collection_unit(job->invocation, scheme, u);
    return id;
}

static const char *persons_shown(struct job *job, const struct seat *seat) {
    struct invocation *const invocation = job->invocation;
    const char *words = "";
    for (size_t i = 0; i < seat->count; i++)
        words = arena_printf(
            invocation->arena, "%s%s%s%s", words, i > 0 ? in_language(invocation, ", ", "、") : "",
            names_shown(&job->names, seat->person[i].id),
            seat->person[i].is_deputy ? in_language(invocation, ", deputy", "（副职）") : "");
    return *words == '\0' ? in_language(invocation, "nobody", "无人") : words;
}

/* "Statistics Bureau (statistics), approver: 陈丽 (chen.li); 3" */
static const char *heading(struct job *job, const struct seat *seat, size_t count) {
    struct invocation *const invocation = job->invocation;
    struct writer *const text = writer_memory(invocation->arena);
    if (seat->unit[0] != '\0')
        writer_printf(text, in_language(invocation, "%s, ", "%s"), unit_named(job, seat->unit));
    writer_text(text, roles_shown(job, seat->roles));
    if (seat->is_vacant && seat->falls_on_unit[0] != '\0')
        writer_printf(text,
                      in_language(invocation, ", vacant; falls on %s, %s", "（空缺），转由%s%s"),
                      unit_named(job, seat->falls_on_unit), roles_shown(job, seat->falls_on));
    else if (seat->is_vacant)
        writer_printf(text, in_language(invocation, ", vacant; falls on %s", "（空缺），转由%s"),
                      roles_shown(job, seat->falls_on));
    writer_printf(text, in_language(invocation, ": %s; %zu", "：%s，%zu 项"),
                  persons_shown(job, seat), count);
    return writer_text_of(text);
}

static void put_item(const struct job *job, const struct waiting_item *item,
                     struct list_table *table) {
    struct baton_arena *const arena = job->invocation->arena;
    const enum baton_language language = job->invocation->language;
    const char **const cell = list_add(table);
    cell[NEXT] = waiting_act_name(item->act, language);
    cell[ELEMENT] = item->figure->element;
    cell[NAME] = figure_indicator(&job->figures, item->figure, language);
    cell[UNIT] = collection_unit(job->invocation, job->of.scheme, item->figure->unit_index);
    cell[PERIOD] = item->period;
    cell[STAGE] = stage_name(item->stage, language);
    cell[SINCE] = explain_time(arena, item->since_utc_ms);
    cell[UNTIL] = item->has_until ? calendar_moment_words(arena, item->until) : NULL;
    cell[LATE] = item->is_late ? in_language(job->invocation, "late", "逾期") : NULL;
}

/* Places of the items, those of one seat together, seats in the order in which they come. */
static const struct waiting_item **by_seat(struct job *job) {
    struct baton_arena *const arena = job->invocation->arena;
    const size_t seats = job->waiting.seats;
    size_t *const at = arena_alloc(arena, seats + 1, sizeof *at);
    const struct waiting_item **const sorted = arena_alloc(arena, job->count, sizeof *sorted);
    for (size_t i = 0; i < job->count; i++)
        at[job->item[i]->seat->number + 1]++;
    for (size_t s = 0; s < seats; s++)
        at[s + 1] += at[s];
    for (size_t i = 0; i < job->count; i++)
        sorted[at[job->item[i]->seat->number]++] = job->item[i];
    return sorted;
}

/* "12 figures wait: to be drafted 8, to be signed off 4; late 3, at vacant posts 2" */
static void print_summary(const struct job *job) {
    struct invocation *const invocation = job->invocation;
    struct writer *const text = writer_memory(invocation->arena);
    struct waiting_totals totals = {0};
    size_t count[WAITING_ACTS] = {0}, told = 0;
    for (size_t i = 0; i < job->count; i++) {
        waiting_count(&totals, job->item[i]);
        count[job->item[i]->act]++;
    }
    writer_printf(invocation->out, in_language(invocation, "%s, as of %s\n", "%s，截至 %s\n"),
                  job->of.assessment, explain_time(invocation->arena, job->of.now_utc_ms));
    writer_printf(text, in_language(invocation, "Waiting %zu", "待办 %zu 项"), job->count);
    for (int act = 0; act < WAITING_ACTS; act++)
        if (count[act] > 0)
            writer_printf(text, "%s%s %zu",
                          told++ > 0 ? in_language(invocation, ", ", "，")
                                     : in_language(invocation, ": ", "："),
                          waiting_act_name((enum waiting_act)act, invocation->language),
                          count[act]);
    writer_printf(
        text,
        in_language(invocation, "; late %zu, at vacant posts %zu", "；逾期 %zu，岗位空缺 %zu"),
        totals.late, totals.vacant);
    layout_wrap(invocation->out, writer_text_of(text), 0, 0, terminal_width(invocation));
}

static void print_table(struct job *job) {
    static const char *const titles[2][COLUMNS] = {
        {"next", "figure", "indicator", "of", "period", "stage", "since", "until", ""},
        {"下一步", "数据项", "指标", "对象", "周期", "环节", "自", "时限", ""}};
    struct invocation *const invocation = job->invocation;
    struct list_table table = {
        .arena = invocation->arena, .columns = COLUMNS, .title = titles[invocation->language]};
    const struct waiting_item **const item = by_seat(job);
    print_summary(job);
    for (size_t i = 0, end; i < job->count; i = end) {
        for (end = i; end < job->count && item[end]->seat == item[i]->seat;)
            end++;
        list_section(&table, heading(job, item[i]->seat, end - i));
        for (size_t k = i; k < end; k++)
            put_item(job, item[k], &table);
    }
    if (table.rows == 0)
        return;
    writer_text(invocation->out, "\n");
    list_drop_empty(&table);
    list_print(&table, invocation->out, invocation->colour_out, terminal_width(invocation));
}

/* For programs */

static void print_csv(const struct job *job) {
    waiting_csv_head(job->invocation->out);
    for (size_t i = 0; i < job->count; i++)
        waiting_csv(job->invocation->arena, job->invocation->out, job->item[i]);
}

static void print_json(const struct job *job) {
    struct json json = json_to(job->invocation->out);
    struct waiting_totals totals = {0};
    json_object(&json, NULL);
    json_array(&json, "items");
    for (size_t i = 0; i < job->count; i++)
        waiting_json(job->invocation->arena, &json, job->item[i], NULL);
    json_end(&json);
    for (size_t i = 0; i < job->waiting.count; i++)
        if (waiting_is_but_stage(&job->waiting.item[i], &job->filter))
            waiting_count(&totals, &job->waiting.item[i]);
    json_count(&json, "count", job->count);
    waiting_totals_json(&json, "totals", &totals);
    json_null(&json, "next");
    json_end(&json);
}

baton_code cmd_waiting(struct invocation *invocation) {
    struct job job = {.invocation = invocation};
    struct baton_findings found = {.arena = invocation->arena};
    struct baton_period *const period =
        arena_alloc(invocation->arena, invocation->operand_count, sizeof *period);
    size_t periods;
    TRY(take_periods(&job, period, &periods));
    TRY(collection_open(invocation, (struct baton_period){0}, &job.of));
    TRY(take_filter(&job));
    const baton_code code = read_all(&job, period, periods, &found);
    if (code != BATON_OK)
        return found.count > 0 ? refuse_all(invocation, &found)
                               : refuse_reader(invocation, job.of.reader, code);
    job.names = (struct names){
        .arena = invocation->arena, .reader = job.of.reader, .language = invocation->language};
    figure_names_make(invocation->arena, job.of.scheme, &job.figures);
    choose(&job);
    switch (invocation->settings.format) {
    case FORMAT_CSV:
        print_csv(&job);
        break;
    case FORMAT_JSON:
        print_json(&job);
        break;
    default:
        print_table(&job);
    }
    return BATON_OK;
}
