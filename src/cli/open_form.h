/* What forms are made of and read against, out of a ledger: what form and fill begin with. */
#ifndef CLI_OPEN_FORM_H
#define CLI_OPEN_FORM_H

#include "cli/open_collection.h"
#include "flow/form.h"

struct form_open {
    struct collection of;
    struct form_use use;
};

/* Tells what is wrong. */
MUST_USE baton_code form_open(struct invocation *invocation, struct baton_period period,
                              const char *period_name, struct form_open *out);

/* Writes a form where --output or `path` says, by its ending a workbook or CSV; NULL = prints CSV. Tells what is wrong. */
MUST_USE baton_code form_write(struct invocation *invocation, const struct form_sheet *form,
                               const char *path);

#endif
