/* What was filled in, as the facts that draft it: the way in of forms and of offices' own sheets, for commands and server alike. */
#ifndef FLOW_FORM_FILL_H
#define FLOW_FORM_FILL_H

#include "flow/form_sheet.h"

struct form_fill {
    const struct form_use *use; /* prepared */
    const char *actor;
    const char *path;
    const char *mapping;     /* NULL = the file is a form */
    bool over;               /* as form_items */
    struct form_read read;   /* out, of a form; in where it was read before (grid not NULL) */
    struct form_items items; /* out */
};

/* Reads and compares; findings as form_read, form_belongs, form_items, form_sheet_items. */
MUST_USE baton_code form_fill_read(struct baton_arena *arena, struct form_fill *fill,
                                   struct baton_findings *found);

/* Makes the facts of a submission, with where each was read. As collect_make. */
MUST_USE baton_code form_fill_make(struct baton_arena *arena, const struct form_fill *fill,
                                   struct submission *out, struct baton_findings *found);

#endif
