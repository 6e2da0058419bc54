/* Compares figures of a sheet with those of a package. The reader of sheets knows no studies and the studies know no sheets; here both
 * meet: rows become figures by indices, and what is found goes back to the cell that it came from. */
#include "flow/import_magnitude.h"
#include "analyse/magnitude.h"
#include "base/hash.h"
#include "package/numeral.h"
#include "package/package.h"
#include <math.h>

static const char *key_of(struct baton_arena *arena, uint32_t unit, uint32_t element,
                          struct baton_period period) {
    return arena_printf(arena, "%u %u %u", unit, element, baton_period_key(period));
}

/* A row as a new figure; false where it is none, or the package does not know what it is of. */
static bool take_row(const struct baton_package *package, const struct sheet_figure *row,
                     struct magnitude_new *out) {
    const struct package_reader *reader = &package->reader;
    out->unit = hash_find(&reader->unit, row->unit, strlen(row->unit));
    out->element = hash_find(&reader->element_index, row->element, strlen(row->element));
    out->period = row->period;
    if (row->state != BATON_FIGURE || out->unit == HASH_NONE || out->element == HASH_NONE)
        return false;
    const struct baton_element *element = &package->scheme.element[out->element];
    return element->value.text == NULL && !element->is_code &&
           (element->frequency == BATON_PERIOD_NONE ||
            element->frequency == (enum baton_period_kind)row->period.kind) &&
           numeral_parse(row->value, strlen(row->value), numeral_percent_of(element->measure),
                         &out->value) == BATON_NUMBER_OK;
}

static void report(struct baton_arena *arena, const struct baton_scheme *scheme,
                   const struct magnitude_found *found, const struct sheet_figure *cell,
                   struct baton_findings *findings) {
    const struct baton_where at = sheet_where(cell->grid, cell->row, cell->column);
    const char *element = scheme->element[found->element].id,
               *unit = scheme->unit[found->slip.unit].id, *span = magnitude_span(arena, found),
               *formula = magnitude_formula(arena, &found->slip);
    if (found->slip.units == 1)
        baton_findings_add(findings, BATON_SHEET_MAGNITUDE, at, element, unit, span, formula);
    else
        baton_findings_add(findings, BATON_SHEET_MAGNITUDE_OF_MANY, at, element,
                           arena_printf(arena, "%u", found->slip.units), span,
                           arena_printf(arena, "%s: %s", unit, formula));
}

void import_magnitude(struct baton_arena *arena, struct baton_package *package,
                      const struct sheet_figures *figures, struct baton_findings *found) {
    struct magnitude_new *fresh = arena_alloc(arena, figures->count, sizeof *fresh);
    struct magnitude_list list = {0};
    struct hash cells = {0};
    size_t count = 0;
    for (size_t i = 0; i < figures->count; i++) {
        if (!take_row(package, &figures->item[i], &fresh[count]))
            continue;
        const char *key =
            key_of(arena, fresh[count].unit, fresh[count].element, fresh[count].period);
        hash_add(arena, &cells, key, strlen(key), (uint32_t)i);
        count++;
    }
    magnitude_of_new(arena, &package->scheme, &package->facts, fresh, count, &list);
    for (size_t i = 0; i < list.count; i++) {
        const struct magnitude_found *one = &list.item[i];
        const char *key = key_of(arena, one->slip.unit, one->element, one->first);
        report(arena, &package->scheme, one, &figures->item[hash_find(&cells, key, strlen(key))],
               found);
    }
}

enum guess_history import_history(void *context, const struct guess_figures *figures, int *power) {
    const struct import_history *history = context;
    const struct magnitude_sheet sheet = {figures->element, figures->period, figures->count,
                                          figures->unit, figures->value};
    if (!magnitude_of_sheet(history->arena, &history->package->scheme, &history->package->facts,
                            &sheet, power))
        return GUESS_NO_HISTORY;
    return *power == 0 ? GUESS_AS_USUAL : GUESS_OFF;
}
