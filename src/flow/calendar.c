/* Rows in force become tables that are asked without the ledger. */
#include "flow/calendar.h"
#include "flow/sharings.h"
#include <string.h>

struct reading {
    struct baton_arena *arena;
    struct calendar *calendar;
    struct told_day *told;
    size_t told_count, told_capacity;
    struct baton_findings *found;
};

static baton_code refuse(struct reading *r, const struct fact_body *body, const char *field) {
    baton_findings_add(r->found, BATON_FACT_FIELD_BAD, (struct baton_where){.field = field}, field,
                       body_text(body, field), NULL, NULL);
    return BATON_FACT_FIELD_BAD;
}

static baton_code take_day(void *context, const struct fact_row *row) {
    struct reading *r = context;
    struct told_day told;
    const char *const bad = calendar_day_read(&row->entry.body, &told);
    if (bad != NULL)
        return refuse(r, &row->entry.body, bad);
    *ARRAY_PUSH(r->arena, r->told, r->told_count, r->told_capacity) = told;
    return BATON_OK;
}

static baton_code take_rule(void *context, const struct fact_row *row) {
    struct reading *r = context;
    struct calendar_rule rule;
    const char *const bad = calendar_rule_read(&row->entry.body, &rule);
    if (bad != NULL)
        return refuse(r, &row->entry.body, bad);
    r->calendar->rule[rule.frequency] = rule;
    return BATON_OK;
}

static baton_code take_period(void *context, const struct fact_row *row) {
    struct reading *r = context;
    deadline_list_add(r->arena, &r->calendar->opened, FACT_PERIOD, &row->entry.body);
    return BATON_OK;
}

static baton_code take_exception(void *context, const struct fact_row *row) {
    struct reading *r = context;
    deadline_list_add(r->arena, &r->calendar->opened, FACT_EXCEPTION, &row->entry.body);
    return BATON_OK;
}

baton_code calendar_read(struct baton_arena *arena, struct ledger_reader *reader,
                         const char *assessment, uint64_t known, struct calendar *out,
                         struct baton_findings *found) {
    struct calendar calendar = {.assessment = arena_text(arena, assessment, strlen(assessment))};
    struct reading r = {.arena = arena, .calendar = &calendar, .found = found};
    const struct {
        enum fact_kind kind;
        reader_each *take;
    } parts[] = {{FACT_DAY, take_day},
                 {FACT_CALENDAR, take_rule},
                 {FACT_PERIOD, take_period},
                 {FACT_EXCEPTION, take_exception}};
    for (size_t i = 0; i < LENGTH(parts); i++) {
        const char *const of = fact_kind_info(parts[i].kind)->of_assessment ? assessment : "";
        const baton_code code = reader_rows(reader, of, parts[i].kind, known, parts[i].take, &r);
        if (code != BATON_OK && code != BATON_FACT_FIELD_BAD)
            reader_report(reader, code, found);
        TRY(code);
    }
    const baton_code code = sharings_read_of(arena, reader, assessment, known, &calendar.shared);
    if (code != BATON_OK) {
        reader_report(reader, code, found);
        return code;
    }
    calendar.workdays = workdays_of(arena, r.told, r.told_count);
    *out = calendar;
    return BATON_OK;
}

bool calendar_window_of(const struct calendar *calendar, struct baton_period period,
                        const char *unit, const char *element, struct deadlines *out) {
    char name[BATON_PERIOD_NAME_SIZE];
    baton_period_format(period, name);
    return deadlines_of(&calendar->opened, name, unit, element, out);
}

enum calendar_phase calendar_phase_of_figure(const struct calendar *calendar,
                                             struct baton_period period, const char *unit,
                                             const char *element, int64_t now_utc_ms) {
    struct deadlines window;
    return calendar_phase_at(
        calendar_window_of(calendar, period, unit, element, &window) ? &window : NULL, now_utc_ms);
}

struct calendar_rule calendar_rule_for(const struct calendar *calendar,
                                       const struct baton_scheme *scheme,
                                       enum baton_period_kind frequency) {
    const struct calendar_rule *const rule = &calendar->rule[frequency];
    return rule->frequency != BATON_PERIOD_NONE ? *rule
                                                : calendar_rule_of_scheme(scheme, frequency);
}

/* Opening */

const struct baton_period *calendar_periods(struct baton_arena *arena, enum baton_period_kind kind,
                                            int year, size_t *count) {
    *count = (size_t)baton_period_count_in_year(kind, year);
    struct baton_period *const period = arena_alloc(arena, *count, sizeof *period);
    for (size_t i = 0; i < *count; i++)
        period[i] = (struct baton_period){(int16_t)year, (int16_t)(i + 1), (uint8_t)kind};
    return period;
}

static const char *moment_text(struct baton_arena *arena, bool has, struct civil_moment moment) {
    char text[CIVIL_MOMENT_SIZE];
    return has ? arena_text(arena, text, civil_moment_format(moment, text)) : NULL;
}

static struct fact_body period_fact(struct baton_arena *arena, const struct calendar *calendar,
                                    const char *name, const struct deadlines *d) {
    const struct field fields[] = {text_field("due", moment_text(arena, true, d->due)),
                                   text_field("grace", moment_text(arena, d->has_grace, d->grace)),
                                   text_field("locks", moment_text(arena, d->has_locks, d->locks)),
                                   text_field("opens", moment_text(arena, true, d->opens)),
                                   text_field("period", name)};
    struct field *const field = arena_alloc(arena, LENGTH(fields), sizeof *field);
    size_t count = LENGTH(fields);
    memcpy(field, fields, sizeof fields);
    (void)fields_sort(field, &count); /* drops those without a value; no name comes twice */
    return (struct fact_body){fact_kind_info(FACT_PERIOD)->word, calendar->assessment, field,
                              count};
}

baton_code calendar_open(struct baton_arena *arena, const struct calendar *calendar,
                         const struct baton_scheme *scheme, const struct baton_period *period,
                         size_t count, struct fact_body **out, size_t *out_count,
                         struct baton_findings *found) {
    struct fact_body *const fact = arena_alloc(arena, count, sizeof *fact);
    struct hash seen = {0};
    size_t facts = 0;
    baton_code worst = BATON_OK;
    for (size_t i = 0; i < count; i++) {
        char name[BATON_PERIOD_NAME_SIZE];
        const size_t size = baton_period_format(period[i], name);
        const struct calendar_rule rule = calendar_rule_for(calendar, scheme, period[i].kind);
        const char *const kept = arena_text(arena, name, size);
        struct deadlines window;
        if (hash_find(&calendar->opened.period, name, size) != HASH_NONE ||
            hash_add(arena, &seen, kept, size, (uint32_t)i) != i)
            continue;
        const baton_code code =
            calendar_rule_apply(&rule, &calendar->workdays, period[i], &window, found);
        if (code == BATON_OK)
            fact[facts++] = period_fact(arena, calendar, kept, &window);
        else if (worst == BATON_OK)
            worst = code;
    }
    TRY(worst);
    *out = fact;
    *out_count = facts;
    return BATON_OK;
}
