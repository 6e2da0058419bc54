/* What stands in a cell of a sheet: a figure, a word, or nothing. */
#ifndef PACKAGE_SHEET_VALUE_H
#define PACKAGE_SHEET_VALUE_H

#include "package/mapping_text.h"
#include "package/sheet_figures.h"
#include "package/sheet_number.h"

struct sheet_values {
    struct baton_arena *arena;
    struct baton_findings *found;
    const struct sheet_import *import;
    /* words for what is missing, not applicable, not yet due: to their numbers in that order; of each of these how many words there are up to its last */
    struct mapping_index words;
    uint32_t word_end[3];
    uint32_t read_as[SHEET_KINDS]; /* how many figures had what the mapping permits, by bit */
};

void sheet_values_open(struct baton_arena *arena, const struct sheet_import *import,
                       struct sheet_values *out, struct baton_findings *found);

/* Fills value and state of a figure from its cell (NULL = empty). False where there is no row to be had: nothing stands there, or what is wrong with it has
 * been told. */
bool sheet_value_read(struct sheet_values *values, const struct sheet_grid *grid,
                      const struct mapping_element *element, const struct sheet_cell *cell,
                      struct sheet_figure *figure);

/* Adds a note for each kind of writing that the mapping permits and the sheet has: how many figures. */
void sheet_values_tell(struct sheet_values *values);

#endif
