/* Figures of a sheet put among the observations of a package. */
#ifndef PACKAGE_SHEET_ADD_H
#define PACKAGE_SHEET_ADD_H

#include "base/writer.h"
#include "package/sheet_figures.h"

struct sheet_added {
    size_t added, replaced, same; /* rows: at the end, in place of another value, there already */
};

/* Adds the figures as rows to observations.csv of the package in `folder`. What a row there has already, equal in value and state, is passed over; another value
 * is FIGURE_DIFFERS, or with `replace` gives way to the new one. Other rows keep their bytes, apart from an empty field where a column is new (state, source,
 * x_origin). The file is written anew as a whole, or not at all.
 *
 * BATON_OK; the code of the first finding; OBSERVATIONS_FIXED, with a finding, where the package is no folder or the file not UTF-8; FILE_WRITE likewise. */
MUST_USE baton_code sheet_add(struct baton_arena *arena, const char *folder,
                              const struct sheet_figures *figures, bool replace,
                              struct sheet_added *out, struct baton_findings *found);

/* Whether a row says what a figure does: the same state, and the same value as text or as number. */
bool sheet_figure_says(const struct sheet_figure *figure, const char *value, size_t value_size,
                       const char *state, size_t state_size);

/* The figures as rows of observations.csv: unit, element, period, value, state, source, x_origin. */
void sheet_rows_csv(struct baton_arena *arena, const struct sheet_figures *figures,
                    struct writer *writer);

/* "na", "pending"; "" of others. */
const char *sheet_state_word(enum baton_state state);

#endif
