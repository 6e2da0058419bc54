/* A package in an archive (.zip). See source.h. */
#ifndef PACKAGE_SOURCE_ARCHIVE_H
#define PACKAGE_SOURCE_ARCHIVE_H

#include "files/archive.h"
#include "package/source.h"

/* Fills in the form of `source`: the package in the archive, or in its folder `inside` ("" = the archive's own). The tables stand at the top of
 * the archive or in one folder of it, told by scheme.yaml. A member outside of that folder is MEMBER_OUTSIDE; what systems add on their own
 * (__MACOSX, .DS_Store, Thumbs.db, desktop.ini) is passed over with a note. NO_PACKAGE where there is no folder `inside`. */
MUST_USE baton_code source_use_archive(struct source *source, struct archive *archive,
                                       const char *inside, struct baton_findings *found);

#endif
