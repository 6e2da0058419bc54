/* An assessment of a ledger written as a package: a folder, an archive (.zip) or a workbook (.xlsx), by the ending of the name.
 *
 * The packages that it names by paths are written where these paths lead from it, in the same form, so that the package can be scored where it stands: inside of an archive
 * what stands in its folder, everything else beside. Nothing that is there is overwritten unless that is wished. */
#ifndef FLOW_PACKAGE_EXPORT_H
#define FLOW_PACKAGE_EXPORT_H

#include "flow/ledger_source.h"

struct export_wish {
    struct ledger_view view;
    const char *output;
    bool replace; /* take the names of folders that are not empty; they are kept beside */
    /* write one file whatever the paths: an archive with a folder for each package where there are several (`..` leads from one to the other in it); EXPORT_SEVERAL of a workbook then */
    bool together;
    /* whether an assessment may be read whole, with a finding; NULL = each may */
    baton_code (*may)(void *context, const char *assessment);
    void *may_context;
};

/* One file or folder that was written. */
struct exported {
    const char *assessment, *path;
    size_t files;     /* of a workbook 0 */
    const char *kept; /* the folder that had the name is called so now; NULL = there was none */
};

struct export_result {
    struct exported *package; /* the one that was asked for first */
    size_t count;
};

/* BATON_OK: all is written. A name that is taken (FOLDER_NOT_EMPTY, FILE_THERE), two packages that would stand at one place (EXPORT_PLACES) and what cannot be read is told
 * before anything is written; FILE_WRITE may leave some of the packages written. */
MUST_USE baton_code package_export(struct baton_arena *arena, const struct export_wish *wish,
                                   struct export_result *out, struct baton_findings *found);

#endif
