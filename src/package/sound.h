/* Soundness: what is wrong, or certainly not meant, and shows only when all of a package is known. */
#ifndef PACKAGE_SOUND_H
#define PACKAGE_SOUND_H

#include "package/package_internal.h"

/* Adds findings. To be called when every table has been read; where some had errors, the scheme holds what is sound of
 * them. `facts` may be NULL: then nothing is said about figures (their file could not be read). O(units + nodes x groups +
 * rows), and of the figures as many as it takes to see one of each unit. */
void sound_check(struct package_reader *reader, const struct baton_facts *facts);

#endif
