/* The files that make up a package, whatever its form: what is copied when it is converted. */
#ifndef PACKAGE_PACKAGE_FILES_H
#define PACKAGE_PACKAGE_FILES_H

#include "package/source.h"

struct package_files {
    /* scheme.yaml, the tables that are there, documents/NAME.md, mappings/NAME.yaml; then those of each package in the same folder or archive that this one, or one of
     * those, imports or succeeds: "2020/units.csv" */
    struct source_names part;
    /* what else stands at the top or in these folders, and is none of it; names that begin with a dot are not told */
    struct source_names left;
    /* packages that are named and stand elsewhere, as their paths are written */
    struct source_names elsewhere;
};

/* Lists them, each list in a fixed order. FILE_MISSING and a finding where there is no scheme.yaml. A scheme.yaml that is not sound names no other packages. */
MUST_USE baton_code package_files_list(struct source *source, struct package_files *out,
                                       struct baton_findings *found);

/* The tables of the format, in the order in which they are read; "units.csv" first. */
const char *const *package_tables(size_t *count);

#endif
