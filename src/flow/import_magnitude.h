/* Figures of a sheet against those that a package has: is the unit of measurement right? */
#ifndef FLOW_IMPORT_MAGNITUDE_H
#define FLOW_IMPORT_MAGNITUDE_H

#include "package/guess.h"
#include "package/sheet_figures.h"

/* Adds a SHEET_MAGNITUDE, at its cell, for each figure of another order of magnitude than usual (analyse/magnitude.h); of four units or more at once one
 * SHEET_MAGNITUDE_OF_MANY. */
void import_magnitude(struct baton_arena *arena, struct baton_package *package,
                      const struct sheet_figures *figures, struct baton_findings *found);

/* What a guess asks; `context` is a struct import_history. */
struct import_history {
    struct baton_arena *arena;
    struct baton_package *package;
};
enum guess_history import_history(void *context, const struct guess_figures *figures, int *power);

#endif
