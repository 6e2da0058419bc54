/* A package in a workbook (.xlsx): a sheet for each table. See source.h.
 *
 * A sheet is named for its table, `units` for units.csv (without regard to case; `units.csv` too); findings call it `units`. `scheme`, which stands for
 * scheme.yaml, has the columns key, value, x_comment (scheme_sheet.h); `documents` has document, text: a line of a text in each row, the document named in each
 * row or in the first of several; `mappings` has mapping, key, value, x_comment. Sheets whose names begin with x_ are the office's own. */
#ifndef PACKAGE_SOURCE_WORKBOOK_H
#define PACKAGE_SOURCE_WORKBOOK_H

#include "files/workbook.h"
#include "package/source.h"
#include "package/yaml.h"

/* Fills in the form of `source`. Sheets that are no table, that stand there twice, that are hidden are told. */
MUST_USE baton_code source_use_workbook(struct source *source, struct archive *archive,
                                        struct baton_findings *found);

bool source_is_workbook(const struct source *source);

/* The sheet in which a workbook of ours has the lists to choose from; it says nothing that the others do not. */
#define SOURCE_WORKBOOK_LISTS "x_lists"

/* The names of the office's own sheets, in the order of the workbook; without that of the lists. */
void source_workbook_own(const struct source *source, struct source_names *out);

/* A file of a package that is YAML, as a tree: scheme.yaml, mappings/NAME.yaml. */
struct source_tree {
    bool there;              /* false = there is no such file; then the rest is empty */
    const char *file;        /* as findings call it */
    bool is_sheet;           /* rows and keys are those of a sheet */
    struct yaml_value *root; /* with its comments, where they were asked for */
};

/* Reads one, from any form. A code other than BATON_OK has a finding, or is NO_MEMORY. */
MUST_USE baton_code source_tree(struct source *source, const char *name, uint64_t size_most,
                                bool want_comments, struct source_tree *out,
                                struct baton_findings *found);

#endif
