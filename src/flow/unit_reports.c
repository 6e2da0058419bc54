/* The key of a report is period, unit and element: those of a unit are the keys between two. */
#include "flow/unit_reports.h"
#include "flow/entry_print.h"
#include <string.h>

static baton_code take(void *context, const struct fact_row *row) {
    struct unit_reports *const reports = context;
    struct entry *const report = arena_alloc(reports->arena, 1, sizeof *report);
    entry_copy(reports->arena, &row->entry, report);
    const char *const element = body_text(&report->body, "element");
    hash_add(reports->arena, &reports->element, element, strlen(element), (uint32_t)reports->count);
    *ARRAY_PUSH(reports->arena, reports->report, reports->count, reports->capacity) = report;
    return BATON_OK;
}

baton_code unit_reports_find(struct unit_reports *reports, const char *unit, const char *element,
                             const struct entry **out) {
    struct baton_arena *const arena = reports->arena;
    *out = NULL;
    if (reports->unit == NULL || strcmp(reports->unit, unit) != 0) {
        reports->unit = unit;
        reports->element = (struct hash){0};
        reports->count = 0;
        TRY(reader_range(reports->reader, reports->assessment, FACT_REPORT, reports->known,
                         arena_printf(arena, "%s\x1f%s\x1f", reports->period, unit),
                         arena_printf(arena, "%s\x1f%s ", reports->period, unit), take,
                         reports)); /* a space is next to U+001F */
    }
    const uint32_t at = hash_find(&reports->element, element, strlen(element));
    if (at != HASH_NONE)
        *out = reports->report[at];
    return BATON_OK;
}
