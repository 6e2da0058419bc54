/* The figures of a sheet, read by a mapping. */
#ifndef PACKAGE_SHEET_FIGURES_H
#define PACKAGE_SHEET_FIGURES_H

#include "baton/facts.h"
#include "package/mapping.h"
#include "package/sheet_grid.h"

/* A row of observations to be. */
struct sheet_figure {
    const char *unit, *element;
    struct baton_period period;
    enum baton_state state; /* BATON_EMPTY: a row without value */
    const char *value;      /* as a table of a package has it; "" without a figure */
    const char *source;     /* NULL = none */
    const struct sheet_grid *grid;
    uint32_t row, column;
};

/* A row or column that was not read though figures may stand there. */
struct sheet_passed {
    const struct sheet_grid *grid;
    uint32_t number;
    const char *text; /* what stands there: a header, the first text of a row */
};

struct sheet_figures {
    struct sheet_figure *item; /* by sheet, row, column */
    size_t count, capacity;
    struct sheet_passed *row, *column;
    size_t row_count, row_capacity, column_count, column_capacity;
    size_t other_periods; /* cells passed over because they are of another period than asked for */
};

/* What an import goes by. */
struct sheet_import {
    const struct sheet_file *file;
    const struct mapping *mapping;
    struct baton_package *
        package; /* units by id and name, measures, codes; NULL = none: only what the mapping names */
    struct baton_period period; /* asked for; kind NONE = that of the sheet */
};

/* Reads the figures. BATON_OK: *out is complete, `found` may have notes and warnings. Otherwise the code of the first finding, all of
 * which were added, or NO_MEMORY. Everything lives in the arena. */
MUST_USE baton_code sheet_figures_read(struct baton_arena *arena, const struct sheet_import *import,
                                       struct sheet_figures *out, struct baton_findings *found);

/* "FILE!SHEET!C5", of CSV "FILE!C5"; in the arena. */
const char *sheet_figure_origin(struct baton_arena *arena, const struct sheet_figure *figure);

#endif
