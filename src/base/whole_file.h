/* A file that appears when it is whole: written beside its name, and given it only when it is on the disk, so that nobody ever sees
 * half a file and whatever goes wrong leaves the old one as it was. */
#ifndef BASE_WHOLE_FILE_H
#define BASE_WHOLE_FILE_H

#include "base/arena.h"
#include <stdbool.h>

struct whole_file {
    const char *path;  /* the name that it will have; links are followed */
    const char *aside; /* where it stands until then, empty at first; NULL = no longer there */
    bool is_device;    /* `path` is a device or a pipe: what was written goes into it at the end */
};

/* Makes an empty file beside `path` (copied), with the permissions of the one that is there, else those of any new file. Removed with the
 * arena unless kept. Returns 0 or errno. */
MUST_USE int whole_file_open(struct baton_arena *arena, const char *path, struct whole_file **out);

/* Makes sure that what stands aside is on the disk, and gives it its name. Whoever wrote it has closed it. Returns 0 or errno. */
MUST_USE int whole_file_keep(struct whole_file *file);

/* Removes what stands aside. */
void whole_file_abandon(struct whole_file *file);

#endif
