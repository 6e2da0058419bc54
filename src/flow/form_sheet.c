/* The cell that a figure came from stands in its report as the document, unless the mapping knows better where it is from. */
#include "flow/form_sheet.h"
#include "flow/import_magnitude.h"
#include "flow/ledger_score.h"
#include "package/package.h"
#include "package/sheet_add.h"
#include "package/sheet_figures.h"

static baton_code read_figures(struct baton_arena *arena, const struct form_use *use,
                               const char *path, const char *mapping, struct sheet_figures *out,
                               struct baton_findings *found) {
    struct ledger_view view = {.reader = use->reader, .assessment = use->assessment};
    struct sheet_import import = {.period = use->period};
    struct baton_findings odd = {.arena = arena}; /* what is odd of the package is for `check` */
    uint64_t scheme;
    TRY(reader_size(use->reader, &view.known));
    TRY(ledger_package(arena, &view, &(struct baton_package_options){.threads = 1}, &import.package,
                       &scheme, found));
    (void)baton_scheme_check(arena, baton_package_scheme(import.package), &odd);
    TRY(mapping_of_package(import.package, mapping, &import.mapping, found));
    mapping_check(import.mapping, import.package, true, found);
    TRY(baton_findings_worst(found));
    TRY(sheet_file_open(arena, path, &import.file, found));
    TRY(sheet_figures_read(arena, &import, out, found));
    import_magnitude(arena, import.package, out, found);
    return BATON_OK;
}

static const char *unless_empty(const char *text) {
    return text == NULL || *text == '\0' ? NULL : text;
}

baton_code form_sheet_items(struct baton_arena *arena, const struct form_use *use, const char *path,
                            const char *mapping, bool over, struct form_items *out,
                            struct baton_findings *found) {
    struct sheet_figures figures = {0};
    TRY(read_figures(arena, use, path, mapping, &figures, found));
    *out = (struct form_items){.item = arena_alloc(arena, figures.count, sizeof *out->item),
                               .rows = figures.count};
    for (size_t i = 0; i < figures.count; i++) {
        const struct sheet_figure *const figure = &figures.item[i];
        struct collect_item item = {.unit = figure->unit,
                                    .element = figure->element,
                                    .at = COLLECT_NEW,
                                    .value = unless_empty(figure->value),
                                    .state = unless_empty(sheet_state_word(figure->state)),
                                    .source = figure->source,
                                    .document = sheet_figure_origin(arena, figure),
                                    .where =
                                        sheet_where(figure->grid, figure->row, figure->column)};
        if (item.value == NULL && item.state == NULL) {
            out->empty++;
            continue;
        }
        const size_t errors = found->errors;
        if (form_judge(arena, use, &item, over, NULL, found))
            out->item[out->count++] = item;
        else
            out->same += found->errors == errors;
    }
    return baton_findings_worst(found);
}
