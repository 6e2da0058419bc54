/* A package that is the body of a request: an archive or a workbook, written to a file of its own for as long as the request lasts. */
#ifndef SERVER_SENT_H
#define SERVER_SENT_H

#include "server/api.h"

enum { SENT_MOST = 32 << 20 /* bytes */ };

extern const char
    sent_zip[]; /* the media type of archives; that of workbooks is form_media[FORM_XLSX] */

/* What a body says that it is: an archive, a workbook, CSV; one of those allowed (bits 1 << enum sent_media). MEDIA_UNKNOWN with those that are. */
enum sent_media { SENT_ARCHIVE, SENT_WORKBOOK, SENT_CSV, SENT_MEDIA };
MUST_USE baton_code sent_media(struct call *call, unsigned allowed, enum sent_media *out);

/* Writes bytes to a file of that name in a folder of its own. What is found wrong with what was sent is told as 422 from then on, by the name of the file, not by where it was put. */
MUST_USE baton_code sent_file(struct call *call, const char *name, const void *bytes, size_t size,
                              const char **path);

/* Its path; with ?folder= that of the package in this folder of the archive. MEDIA_UNKNOWN where it says to be neither. */
MUST_USE baton_code sent_package(struct call *call, const char **path);

/* "?x=1". */
bool sent_wishes(const struct call *call, const char *name);

/* Called by call_run: paths of the file in findings become "package.zip". */
void sent_hide(struct call *call);

#endif
