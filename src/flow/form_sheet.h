/* An office's own sheet as what is to be drafted: read by a mapping of the assessment. */
#ifndef FLOW_FORM_SHEET_H
#define FLOW_FORM_SHEET_H

#include "flow/form_read.h"

/* Reads the sheet at `path`, of the period of `use`. What says what is there already is left out. Findings as sheet_figures_read has them, and as form_items, at the cell of each figure. MAPPING_UNKNOWN. */
MUST_USE baton_code form_sheet_items(struct baton_arena *arena, const struct form_use *use,
                                     const char *path, const char *mapping, bool over,
                                     struct form_items *out, struct baton_findings *found);

#endif
