/* Lint: figures of another order of magnitude than usual, which ask whether the unit of measurement is right. All figures that
 * there are; magnitude.h has the rules. */
#include "analyse/lint.h"
#include "analyse/magnitude.h"
#include "engine/session.h"

/* The lines that are told; what is beyond is only counted. */
static struct baton_figure_row *find_rows(struct lint *lint, const struct magnitude_list *list) {
    const struct baton_facts *facts = lint->session->facts;
    struct baton_figure_row *row = arena_alloc(lint->arena, list->count, sizeof(*row));
    const size_t told =
        list->count < BATON_FINDINGS_PER_FILE ? list->count : BATON_FINDINGS_PER_FILE;
    for (size_t i = 0; i < list->count; i++)
        row[i] = (struct baton_figure_row){list->item[i].slip.unit, list->item[i].element,
                                           list->item[i].first, 0};
    if (told > 0 && facts->rows != NULL)
        facts->rows(facts->context, told, row);
    return row;
}

void lint_magnitude(struct lint *lint) {
    const struct baton_scheme *scheme = lint->scheme;
    struct magnitude_list list = {0};
    magnitude_of_facts(lint->arena, scheme, lint->session->facts, &list);
    const struct baton_figure_row *row = find_rows(lint, &list);
    for (size_t i = 0; i < list.count; i++) {
        const struct magnitude_found *found = &list.item[i];
        const struct baton_where at = {.file = "observations.csv", .row = row[i].row};
        const char *element = scheme->element[found->element].id,
                   *unit = scheme->unit[found->slip.unit].id,
                   *span = magnitude_span(lint->arena, found),
                   *formula = magnitude_formula(lint->arena, &found->slip);
        if (found->slip.units == 1)
            lint_report(lint, BATON_LINT_MAGNITUDE, at, "value", element, unit, span, formula);
        else
            lint_report(lint, BATON_LINT_MAGNITUDE_OF_MANY, at, "value", element,
                        lint_number(lint, found->slip.units), span,
                        arena_printf(lint->arena, "%s: %s", unit, formula));
    }
}
