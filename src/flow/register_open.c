/* An assessment that is not sound asks for nothing that can be told; the others are told without it. */
#include "flow/register_open.h"
#include "flow/entry_print.h"
#include "flow/ledger_score.h"
#include "flow/package_session.h"
#include "flow/sharings.h"

baton_code register_session(struct baton_arena *arena, const struct ledger_view *view,
                            unsigned threads, const struct baton_session **out,
                            struct baton_findings *found) {
    struct baton_package *package;
    struct baton_session *session;
    uint64_t scheme;
    TRY(ledger_package(arena, view, &(struct baton_package_options){.threads = threads}, &package,
                       &scheme, found));
    TRY(package_session(arena, package,
                        &(struct baton_options){.as_of_day = INT32_MAX, .threads = threads}, NULL,
                        &session, found));
    *out = session;
    return BATON_OK;
}

static bool is_unsound(baton_code code) {
    return code != BATON_OK && baton_code_info(code)->exit_status == 2;
}

/* The years of the opened periods, each once. */
static void find_years(struct baton_arena *arena, const struct calendar *calendar,
                       struct register_source *source) {
    const struct hash *const period = &calendar->opened.period;
    int *year = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < period->count; i++) {
        struct baton_period one;
        bool is_new = baton_period_parse(period->key[i].text, period->key[i].size, &one);
        for (size_t k = 0; k < count && is_new; k++)
            is_new = year[k] != one.year;
        if (is_new)
            *ARRAY_PUSH(arena, year, count, capacity) = one.year;
    }
    source->year = year;
    source->year_count = count;
}

baton_code register_open_with(struct baton_arena *arena, struct ledger_reader *reader,
                              uint64_t known, struct register_source *source, size_t count,
                              struct register_opened *out, struct baton_findings *found) {
    struct calendar *const calendar = arena_alloc(arena, count, sizeof *calendar);
    const baton_code code = sharings_read(arena, reader, known, &out->sharings);
    if (code != BATON_OK) {
        reader_report(reader, code, found);
        return code;
    }
    for (size_t i = 0; i < count; i++) {
        TRY(calendar_read(arena, reader, source[i].assessment, known, &calendar[i], found));
        find_years(arena, &calendar[i], &source[i]);
    }
    register_make(arena, source, count, &out->sharings, &out->of);
    out->calendar = calendar;
    return BATON_OK;
}

baton_code register_open(struct baton_arena *arena, struct ledger_reader *reader, uint64_t known,
                         unsigned threads, struct register_opened *out,
                         struct baton_findings *found) {
    const char **name;
    size_t names, count = 0;
    *out = (struct register_opened){0};
    baton_code code = reader_assessments(reader, arena, &name, &names);
    if (code != BATON_OK) {
        reader_report(reader, code, found);
        return code;
    }
    struct register_source *const source = arena_alloc(arena, names, sizeof *source);
    const char **const unsound = arena_alloc(arena, names, sizeof *unsound);
    for (size_t i = 0; i < names; i++) {
        struct baton_findings unheard = {.arena = arena};
        if (name[i][0] == '\0')
            continue;
        code = register_session(
            arena, &(struct ledger_view){.reader = reader, .assessment = name[i], .known = known},
            threads, &source[count].session, &unheard);
        if (code != BATON_OK && !is_unsound(code)) {
            reader_report(reader, code, found);
            return code;
        }
        if (code == BATON_OK)
            source[count++].assessment = name[i];
        else if (code != BATON_SCHEME_NONE)
            unsound[out->unsound_count++] = name[i];
    }
    out->unsound = unsound;
    return register_open_with(arena, reader, known, source, count, out, found);
}

/* ---- Rules. */

struct rules {
    struct baton_arena *arena;
    enum fact_kind kind;
    struct permits *permits;
    struct registrations *registrations;
};

static baton_code take_rule(void *context, const struct fact_row *row) {
    const struct rules *const rules = context;
    struct entry entry;
    entry_copy(rules->arena, &row->entry, &entry);
    if (rules->kind == FACT_PERMITTED)
        permits_add(rules->arena, rules->permits, &entry.body);
    else
        registrations_add(rules->arena, rules->registrations, rules->kind, &entry.body);
    return BATON_OK;
}

/* The level of an item that was withdrawn has a list still. */
static baton_code take_withdrawn(void *context, const struct fact_row *row) {
    return row->withdrawn ? take_rule(context, row) : BATON_OK;
}

baton_code register_rules(struct baton_arena *arena, struct ledger_reader *reader, uint64_t known,
                          struct permits *permits, struct registrations *registrations) {
    static const enum fact_kind kinds[] = {FACT_PERMITTED, FACT_REGISTRATION, FACT_QUOTA};
    *permits = (struct permits){0};
    *registrations = (struct registrations){0};
    for (size_t i = 0; i < LENGTH(kinds); i++) {
        struct rules rules = {arena, kinds[i], permits, registrations};
        TRY(reader_rows(reader, "", kinds[i], known, take_rule, &rules));
    }
    struct rules emptied = {arena, FACT_PERMITTED, permits, registrations};
    return reader_revised(reader, "", FACT_PERMITTED, known, take_withdrawn, &emptied);
}
