/* Where a sheet has what its mapping speaks of: header, columns, the range of figures, the texts of each place. */
#ifndef PACKAGE_SHEET_LAYOUT_H
#define PACKAGE_SHEET_LAYOUT_H

#include "package/mapping.h"
#include "package/sheet_grid.h"

/* The texts of a place, as they are compared (mapping_normal) and as they stand there. */
struct sheet_texts {
    enum mapping_in in;
    const char **normal, **seen; /* by row of MAPPING_COLUMN, by column of MAPPING_ROW; else one */
    uint32_t row,
        column; /* of MAPPING_CELL; of MAPPING_ROW the row, of MAPPING_COLUMN the column, to tell a place */
};

struct sheet_layout {
    struct baton_arena *arena;
    struct baton_findings *found;
    const struct mapping *mapping;
    const struct sheet_grid *grid;
    const char *
        *header; /* [column_count + 1]: levels joined by "/", normal; "" where there is none */
    const char **header_seen;                                /* the same as they stand there */
    uint32_t value_column;                                   /* of a long table; 0 = none */
    uint32_t row_first, row_last, column_first, column_last; /* of the figures */
    bool *is_place; /* [column_count + 1]: a column that names something */
    struct sheet_texts unit, element, period, year;
};

/* Finds all that. BATON_OK; or the code of the first finding; or NO_MEMORY. */
MUST_USE baton_code sheet_layout_read(struct baton_arena *arena, const struct mapping *mapping,
                                      const struct sheet_grid *grid, struct sheet_layout *out,
                                      struct baton_findings *found);

/* The text of a place for a figure; "" where nothing stands there. `seen` may be NULL. */
const char *sheet_text_for(const struct sheet_texts *texts, uint32_t row, uint32_t column,
                           const char **seen);

/* Where that text stands, for findings. */
struct baton_where sheet_where_of(const struct sheet_layout *layout,
                                  const struct sheet_texts *texts, uint32_t row, uint32_t column);

/* The texts of a header: those of its rows joined by "/", an equal one or an empty one below another left out. seen[column]. */
const char **sheet_header_texts(const struct sheet_grid *grid, const uint32_t *row, uint32_t count,
                                bool fill);

#endif
