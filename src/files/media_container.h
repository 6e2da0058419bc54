/* What stands in a container, for media.c: words as media.def has them ("zip:docx", "zip:any"). */
#ifndef FILES_MEDIA_CONTAINER_H
#define FILES_MEDIA_CONTAINER_H

#include "files/media.h"

/* Of a file that begins as a ZIP. "zip:program" where it is one to be run, "zip:macros" of an office document with macros, "zip:broken" where it has no sound directory; NULL = it cannot be read. */
const char *media_zip(struct baton_arena *arena, const struct media_file *file);

#endif
