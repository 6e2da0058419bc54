/* Forms that come back, filled in: read, and compared with what the ledger has. */
#ifndef FLOW_FORM_READ_H
#define FLOW_FORM_READ_H

#include "flow/collect.h"
#include "flow/form.h"
#include "package/sheet_grid.h"

/* The last row of a sheet in which a form may have anything: a sheet that goes on for long is not kept first. */
enum { FORM_ROWS_MOST = 200000 };

/* A row; by column what stands there, NULL = nothing. */
struct form_line {
    uint32_t row; /* of the sheet */
    const char *text[FORM_COLUMNS];
};

struct form_read {
    const struct sheet_grid *grid;
    struct form_head head;
    uint32_t column[FORM_COLUMNS]; /* of the sheet, from 1; 0 = the form has none */
    struct form_line *line;
    size_t count, filled; /* filled: with a figure, or why there is none */
    double sum;           /* of what are numbers for the sheet */
};

/* Reads the file at `path`, a workbook or CSV. BATON_OK: there are rows, and nothing was lost on the way as far as the check row knows. Otherwise the code of the first finding, each with sheet, row and cell. */
MUST_USE baton_code form_read(struct baton_arena *arena, const char *path, struct form_read *out,
                              struct baton_findings *found);

/* Whether it is a form of what `use` is: FORM_OTHER, of each part that is another. */
MUST_USE baton_code form_belongs(const struct form_read *read, const struct form_use *use,
                                 struct baton_findings *found);

/* The place of a cell. */
struct baton_where form_where(const struct form_read *read, const struct form_line *line,
                              enum form_column column);

/* What is to be drafted. */
struct form_items {
    struct collect_item *item;
    size_t count;
    uint64_t rows, empty,
        same;     /* rows read; of these left empty; of these as they are there already */
    size_t *line; /* [count]: of the form, where it is one */
};

/* Compares a form with what is there. `over`: whoever sends it has seen what is there now, and goes on from that. Findings of every row: what the ledger would refuse of it, as far as it can be told of each row by
 * itself; but not where another has gone on meanwhile, which collect_make tells. */
MUST_USE baton_code form_items(struct baton_arena *arena, const struct form_use *use,
                               const struct form_read *read, bool over, struct form_items *out,
                               struct baton_findings *found);

/* The form once more, with what was typed, and beside it what somebody else has put there meanwhile. As form_items, whose items are those of `items`. */
void form_beside(struct baton_arena *arena, const struct form_use *use,
                 const struct form_read *read, const struct form_items *items,
                 struct form_sheet *out);

/* The same judgement of a figure that comes from elsewhere (an office's own sheet): whether it has to be drafted; false where it says what is there already. Findings at item->where. */
MUST_USE bool form_judge(struct baton_arena *arena, const struct form_use *use,
                         struct collect_item *item, bool over, const char *reporter,
                         struct baton_findings *found);

#endif
