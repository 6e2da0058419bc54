/* Files that writers of workbooks and archives want by name, read again at once. */
#ifndef SERVER_TEMPORARY_H
#define SERVER_TEMPORARY_H

#include "server/api.h"

/* Has make(context, path, &error) write a file at a path of its own ending, and reads it into the call's arena; nothing is left of it. error is an errno. FILE_WRITE, FILE_READ with a finding; what
 * `make` answers. */
MUST_USE baton_code temporary_file(struct call *call, const char *ending,
                                   baton_code (*make)(void *context, const char *path, int *error),
                                   void *context, const char **bytes, size_t *size);

/* A path of that name in a folder of its own, which is removed with all in it when the request is over. */
MUST_USE baton_code temporary_path(struct call *call, const char *name, const char **out);
MUST_USE baton_code temporary_write(struct call *call, const char *path, const void *bytes,
                                    size_t size);

/* Answers with a file, sent as it is read: it is never in memory as a whole. `name` is what a browser calls it. */
MUST_USE baton_code temporary_answer(struct call *call, const char *path, const char *media,
                                     const char *name);

#endif
