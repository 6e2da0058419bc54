/* A mapping proposed: how a sheet is probably to be read, from the sheet and the scheme alone (`import-sheet --guess`).
 *
 * The proposal is a mapping (docs/mappings.md), with comments that say how sure each line of it is. What is not sure enough is a line
 * in a comment, with what it may be: nothing is better than a wrong figure. A person confirms it; nothing is imported.
 *
 * What it goes by. Units: identifiers, names, names without 市, 区, 县 and the like, names behind that of a city; the column, or the row,
 * that names most of them. Header: the rows above the first unit that have two texts or more. Elements: names of indicators, and identifiers,
 * that are equal when spaces, numbering, measures in brackets and words such as 累计 and 完成值 are left out; what is only similar
 * is in a comment. Factors: the measure in the header, or in a corner (单位：万元), against that of the indicator; and the figures
 * against those of earlier periods, where the caller can tell. Period: the title, the name of the sheet, that of the file. */
#ifndef PACKAGE_GUESS_H
#define PACKAGE_GUESS_H

#include "base/writer.h"
#include "package/mapping.h"
#include "package/sheet_grid.h"

/* What the figures of earlier periods say of those of a sheet. */
enum guess_history {
    GUESS_NO_HISTORY, /* there are none to compare with */
    GUESS_AS_USUAL,
    GUESS_OFF /* most of them are 10^power times what is usual */
};

/* Figures of one element in one period, for `count` units, NaN none. */
struct guess_figures {
    uint32_t element;
    struct baton_period period;
    size_t count;
    const uint32_t *unit;
    const double *value;
};

struct guess_request {
    const struct sheet_file *file;
    struct baton_package *package;
    struct baton_period period;   /* asked for; kind NONE = what the sheet says */
    enum baton_language language; /* of the comments */
    enum guess_history (*history)(void *context, const struct guess_figures *figures, int *power);
    void *context;
};

/* Writes the proposal for the sheet that looks most like a table of the package's units. BATON_OK, with the note
 * GUESS_NO_ELEMENTS where it reads none; or GUESS_NO_UNITS where no sheet names two of
 * them, or the code of what is wrong with the file, with a finding; or NO_MEMORY. What was allocated lives in the arena. */
MUST_USE baton_code guess_mapping(struct baton_arena *arena, const struct guess_request *request,
                                  struct writer *out, struct baton_findings *found);

#endif
