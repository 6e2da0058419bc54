/* A folder that appears when it is whole: written beside its name, and given it only when all of its files are on the disk. Whatever goes wrong leaves
 * nothing behind, and what was there as it was.
 *
 * As with base/writer.h nothing fails until the end: the first error is kept, and folder_out_close tells. */
#ifndef FILES_FOLDER_OUT_H
#define FILES_FOLDER_OUT_H

#include "base/arena.h"
#include <stdbool.h>

struct folder_out;

/* A folder that will be `path` (copied; a link is followed). There may be none yet, or an empty one; one that is not empty is ENOTEMPTY unless `replace`
 * is set: then it is kept beside, see folder_out_close. Lives in `arena`; abandoned where the arena is closed first. */
struct folder_out *folder_out_open(struct baton_arena *arena, const char *path, bool replace);

/* Adds a file; folders of its name ("documents/rules.md") are made. A name that leads out of the folder is a bug and asserts. */
void folder_out_add(struct folder_out *out, const char *name, const void *bytes, size_t size);

/* Returns 0, or the errno of what went wrong first. *kept is the path to which the folder of that name was moved, `path`.old or the next
 * that is free; NULL where there was none. */
MUST_USE int folder_out_close(struct folder_out *out, const char **kept);

#endif
