/* A package that is the body of a request: an archive or a workbook, written to a file of its own for as long as the request lasts. */
#ifndef SERVER_SENT_H
#define SERVER_SENT_H

#include "server/api.h"

enum { SENT_MOST = 32 << 20 /* bytes */ };

extern const char
    sent_zip[]; /* the media type of archives; that of workbooks is form_media[FORM_XLSX] */

/* Its path; with ?folder= that of the package in this folder of the archive. MEDIA_UNKNOWN where it says to be neither. What is found wrong with it later is told as 422, by the name of what was sent,
 * not by where it was put. */
MUST_USE baton_code sent_package(struct call *call, const char **path);

/* "?x=1". */
bool sent_wishes(const struct call *call, const char *name);

/* Called by call_run: paths of the file in findings become "package.zip". */
void sent_hide(struct call *call);

#endif
