/* A package put into another form: a folder, an archive (.zip) or a workbook (.xlsx), by the ending of the output's name. */
#ifndef FLOW_PACKAGE_CONVERT_H
#define FLOW_PACKAGE_CONVERT_H

#include "base/arena.h"
#include "base/macros.h"
#include "baton/findings.h"
#include <stdbool.h>

struct convert_wish {
    const char *path, *output;
    bool replace; /* take the name of a folder that is not empty; it is kept beside */
    enum baton_language language; /* of lists of names in findings */
};

struct converted {
    bool is_workbook;
    size_t files;
};

/* What was not taken along is told as notes and warnings. FOLDER_NOT_EMPTY, FILE_WRITE, what source_open and the forms find. */
MUST_USE baton_code package_convert(struct baton_arena *arena, const struct convert_wish *wish,
                                    struct converted *out, struct baton_findings *found);

#endif
