/* A package written as a workbook (.xlsx): what source_use_workbook reads. */
#ifndef PACKAGE_WORKBOOK_PACKAGE_H
#define PACKAGE_WORKBOOK_PACKAGE_H

#include "package/source.h"

/* Writes the package of a source, of whatever form, as the workbook `path`. All its tables, columns, comments and texts are kept; of what CSV and YAML
 * may write in several ways the meaning. The same package gives the same bytes.
 *
 * BATON_OK, or the code of the first finding: what cannot be read as a table or as YAML, is longer than a cell or a sheet, or FILE_WRITE. Nothing
 * stands at `path` then that was not there before. */
MUST_USE baton_code workbook_package_write(struct baton_arena *arena, struct source *source,
                                           const char *path, struct baton_findings *found);

#endif
