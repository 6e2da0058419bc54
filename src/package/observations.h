/* observations.csv: the figures, as dense columns by element and period.
 *
 * Reading is the hot path of a package: the file is mapped and cut into chunks at line ends, which
 * the threads of reader->parallel parse side by side; what comes out is the same for any number of
 * threads and any order of rows. */
#ifndef PACKAGE_OBSERVATIONS_H
#define PACKAGE_OBSERVATIONS_H

#include "package/package_internal.h"

struct observations; /* lives in the reader's arena */

/* Reads observations.csv. Needs units, indicators, named elements and successions (where there are
 * successions, an empty value is kept apart from no row: BATON_EMPTY). Elements that only the file
 * names are added to the scheme, sorted by id; the frequency of every element with figures is
 * filled in. With reader->want_origins the origin of a figure is the line of its row.
 *
 * BATON_OK: *out has what could be read; findings may have been added. Otherwise the file cannot be
 * read at all (with a finding), or memory is out. */
MUST_USE baton_code observations_read(struct package_reader *reader, struct observations **out);

/* The same from a text that is already there, which stays as long as the reader's arena. */
struct file;
MUST_USE baton_code observations_read_file(struct package_reader *reader, const struct file *file,
                                           struct observations **out);

/* The figures. Valid as long as the reader's arena. element_first and element_last cover the
 * elements that the scheme had when the file was read; call again after more were added. */
struct baton_facts observations_facts(struct observations *observations);

/* What a row says besides its figure, read again from the file. Texts live in `arena`; NULL = empty
 * or no such column. */
struct observation_text {
    const char *unit, *element, *period, *value, *state, *source, *document;
    uint32_t also_count; /* columns x_..., in the order of the file, the empty ones left out */
    const char **also_name, **also_text;
};

/* The row `row`, which is the line on which it begins where the file is no sheet; false where none does. */
bool observations_row_text(const struct observations *observations, struct baton_arena *arena,
                           uint32_t row, struct observation_text *out);

/* Whether the file has a column of that name. */
bool observations_has_column(const struct observations *observations, const char *name);

/* Reads a figure by the rules of the file, for who keeps figures that come one by one: of an element that the scheme had when the file was read, its value
 * and state as texts ("" = empty). False where a row that says so would be an error. */
bool observations_figure(const struct observations *observations, uint32_t element,
                         const char *value_text, const char *state_text, double *value,
                         uint8_t *state);

/* The words of the column state. */
const char *const *observation_states(uint32_t *count);

#endif
