/* Archives (.zip), written: the same members give the same bytes, for every date in them is 1980-01-01.
 *
 * As with base/writer.h nothing fails until the end: the first error is kept, and archive_out_close tells. The file is written beside
 * its name and takes it only when it is whole and on the disk. */
#ifndef FILES_ARCHIVE_OUT_H
#define FILES_ARCHIVE_OUT_H

#include "base/arena.h"

struct archive_out;

/* An archive that will be the file `path` (copied). Lives in `arena`; abandoned, with nothing left behind, where the arena is closed first. */
struct archive_out *archive_out_open(struct baton_arena *arena, const char *path);

/* Adds a member; `bytes` are borrowed until the archive is closed. Members are in the order in which they were added. */
void archive_out_add(struct archive_out *out, const char *name, const void *bytes, size_t size);

/* Returns 0, or the errno of what went wrong first; then a file of that name stays as it was. */
MUST_USE int archive_out_close(struct archive_out *out);

#endif
