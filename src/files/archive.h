/* Archives (.zip), read: what offices send, and what somebody hostile might.
 *
 * Opening looks at the whole directory of the archive and at the header of each member: nothing is inflated, and nothing is
 * ever written. Refused, each with a finding of code.def's 29xx:
 *
 *   - what is no archive, is cut short, goes on behind its end, is one of several volumes, or can be read in two ways (a second
 *     directory, headers that contradict the directory, members that share bytes)
 *   - names that lead out of the archive (absolute, with a drive, `..`, backslashes), that are empty or hold control characters, are
 *     neither UTF-8 nor GB18030, or stand there twice, also as a file and as a folder
 *   - links and other things that are no plain files
 *   - members that are encrypted, or packed by a method other than stored and deflate
 *   - more members, longer names, more inflated bytes or a higher ratio than base/limits.h allows
 *
 * What a member inflates to is then exactly what the directory says, or it is refused: not a byte more is inflated. Its checksum is
 * compared at the end. A member that is an archive itself is bytes like any other: nothing here looks inside.
 *
 * Names without the flag for UTF-8 are UTF-8 where they can be, else GB18030, as Windows and WPS in China write them (a note says so).
 * Findings have the archive's path as their file; what is wrong with a member names it in the message. */
#ifndef FILES_ARCHIVE_H
#define FILES_ARCHIVE_H

#include "base/arena.h"
#include "baton/findings.h"
#include <stdbool.h>

struct archive_member {
    const char *name; /* UTF-8, with slashes; folders as such have no entry here */
    uint64_t size;    /* bytes, inflated */
};

struct archive {
    const char *path; /* the file, as findings call it */
    uint32_t count;
    const struct archive_member *member; /* in the order of the directory */
    struct archive_inside *inside;
};

/* Opens the archive in the file `path` (copied). It is closed with the arena, which must be that of `found` too.
 * The file must not change in that time. BATON_OK, or the code of the first finding that was added, or BATON_NO_MEMORY. */
MUST_USE baton_code archive_open(struct baton_arena *arena, const char *path, struct archive **out,
                                 struct baton_findings *found);

/* The same from bytes in memory (borrowed for as long as the arena); findings call it `path`. */
MUST_USE baton_code archive_open_bytes(struct baton_arena *arena, const char *path,
                                       const void *bytes, size_t size, struct archive **out,
                                       struct baton_findings *found);

/* The member of that name, exactly; UINT32_MAX where there is none. O(count). */
uint32_t archive_find(const struct archive *archive, const char *name);

/* Inflates a member into the arena, with a NUL behind it. A member of more than `most` bytes is FILE_TOO_LARGE, and nothing of it is
 * inflated. */
MUST_USE baton_code archive_read(struct archive *archive, uint32_t member, uint64_t most,
                                 char **text, size_t *size, struct baton_findings *found);

/* The same piece by piece, for what need not be in memory as a whole. Opens a member; then each call fills up to `room` bytes (more
 * than 0) and tells how many, 0 at the end, when size and checksum have been found right. Several may be open; they are closed with the
 * arena. After an error it is not read further. */
struct archive_stream;
MUST_USE baton_code archive_stream_open(struct archive *archive, uint32_t member, uint64_t most,
                                        struct archive_stream **out, struct baton_findings *found);
MUST_USE baton_code archive_stream_read(struct archive_stream *stream, void *bytes, size_t room,
                                        size_t *got, struct baton_findings *found);
void archive_stream_close(struct archive_stream *stream); /* NULL is fine */

/* For tests: all that is inflated of this archive may take so long, instead of LIMIT_INFLATE_SECONDS. */
void archive_limit_time(struct archive *archive, uint64_t nanoseconds);

#endif
