/* An exception is of a unit, so that of no unit finds the period alone. */
#include "flow/calendar_year.h"
#include <stdlib.h>

baton_code calendar_row_of(const struct calendar *calendar, const struct baton_scheme *scheme,
                           struct baton_period period, struct calendar_row *out,
                           struct baton_findings *found) {
    const struct calendar_rule rule = calendar_rule_for(calendar, scheme, period.kind);
    struct calendar_row row = {.period = period};
    row.is_opened = calendar_window_of(calendar, period, "", "", &row.deadlines);
    if (!row.is_opened)
        TRY(calendar_rule_apply(&rule, &calendar->workdays, period, &row.deadlines, found));
    *out = row;
    return BATON_OK;
}

uint32_t calendar_kinds(const struct calendar *calendar, const struct expected *expected) {
    uint32_t kinds = 0;
    for (size_t i = 0; i < expected->count; i++)
        kinds |= UINT32_C(1) << expected->item[i]->frequency;
    for (int kind = BATON_DAY; kind <= BATON_YEAR; kind++)
        if (calendar->rule[kind].frequency != BATON_PERIOD_NONE)
            kinds |= UINT32_C(1) << kind;
    for (size_t i = 0; i < calendar->opened.period.count; i++) {
        const struct hash_key *const name = &calendar->opened.period.key[i];
        struct baton_period period;
        if (baton_period_parse(name->text, name->size, &period))
            kinds |= UINT32_C(1) << period.kind;
    }
    return kinds;
}

static int by_time(const void *a, const void *b) {
    const struct calendar_row *const left = a, *const right = b;
    return baton_period_compare(left->period, right->period);
}

baton_code calendar_year(struct baton_arena *arena, const struct calendar *calendar,
                         const struct baton_scheme *scheme, int year, uint32_t kinds,
                         struct calendar_row **out, size_t *count, struct baton_findings *found) {
    struct calendar_row *row = NULL;
    size_t rows = 0, capacity = 0;
    baton_code worst = BATON_OK;
    for (int kind = BATON_DAY; kind <= BATON_YEAR; kind++) {
        if ((kinds >> kind & 1) == 0)
            continue;
        size_t periods;
        const enum baton_period_kind frequency = (enum baton_period_kind)kind;
        const struct baton_period *const period =
            calendar_periods(arena, frequency, year, &periods);
        for (size_t i = 0; i < periods; i++) {
            struct calendar_row one;
            const baton_code code = calendar_row_of(calendar, scheme, period[i], &one, found);
            if (code == BATON_OK)
                *ARRAY_PUSH(arena, row, rows, capacity) = one;
            else if (worst == BATON_OK)
                worst = code;
        }
    }
    if (rows > 0)
        qsort(row, rows, sizeof *row, by_time);
    *out = row;
    *count = rows;
    return worst;
}
