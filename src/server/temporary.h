/* Files that writers of workbooks and archives want by name, read again at once. */
#ifndef SERVER_TEMPORARY_H
#define SERVER_TEMPORARY_H

#include "server/api.h"

/* Has make(context, path, &error) write a file at a path of its own ending, and reads it into the call's arena; nothing is left of it. error is an errno. FILE_WRITE, FILE_READ with a finding; what
 * `make` answers. */
MUST_USE baton_code temporary_file(struct call *call, const char *ending,
                                   baton_code (*make)(void *context, const char *path, int *error),
                                   void *context, const char **bytes, size_t *size);

/* The same the other way: writes the bytes to a file, has use(context, path) read it, removes it. */
MUST_USE baton_code temporary_use(struct call *call, const char *ending, const void *bytes,
                                  size_t size, baton_code (*use)(void *context, const char *path),
                                  void *context);

#endif
