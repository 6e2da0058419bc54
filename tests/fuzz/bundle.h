/* An archive out of a text, so that what is tried is what stands in its members and not their checksums.
 *
 * The text is any number of members: a line `=== NAME`, and what follows up to the next such line is its content. */
#ifndef BUNDLE_H
#define BUNDLE_H

#include <stddef.h>
#include <stdint.h>

/* The archive, its members stored as they are; free() it. NULL where the text has no member or names one twice. */
void *bundle_archive(const uint8_t *text, size_t size, size_t *archive_size);

/* The member of that name, inside of the text; NULL where there is none. */
const char *bundle_member(const uint8_t *text, size_t size, const char *name, size_t *member_size);

#endif
