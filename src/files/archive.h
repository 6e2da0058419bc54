/* Archives (.zip), read: what offices send, and what somebody hostile might.
 *
 * Opening looks at the whole directory of the archive: nothing is inflated, and nothing is ever written. Refused, each
 * with a finding: what is no archive, or is cut short; more members, longer names or more inflated bytes than
 * base/limits.h allows; names that lead out of the archive (absolute, with a drive, `..`, backslashes), are empty, hold control characters, are not UTF-8 (nor
 * GB18030), or stand there twice; links and other things that are no plain files; members that are encrypted, or packed by a method that is not
 * stored or deflate. What a member really inflates to is counted while it is inflated, whatever the directory says, and so is its
 * ratio; its checksum is compared at the end. A member that is an archive itself is bytes like any other: nothing here looks inside. */
#ifndef FILES_ARCHIVE_H
#define FILES_ARCHIVE_H

#include "base/arena.h"
#include "baton/findings.h"
#include <stdbool.h>

struct archive_member {
    const char *name; /* UTF-8, with slashes; folders as such have no entry here */
    uint64_t size;    /* bytes, inflated, as the directory says */
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

/* Inflates a member into the arena, with a NUL behind it. More than `most` bytes is FILE_TOO_LARGE, where the directory says so
 * already nothing is inflated. Findings name the member. */
MUST_USE baton_code archive_read(struct archive *archive, uint32_t member, uint64_t most,
                                 char **text, size_t *size, struct baton_findings *found);

/* The same piece by piece, for what need not be in memory as a whole. Opens a member; then each call fills up to `room` bytes and tells
 * how many, 0 at the end, when the checksum has been found right. One member is open at a time for an archive_stream; it is closed with the arena. */
struct archive_stream;
MUST_USE baton_code archive_stream_open(struct archive *archive, uint32_t member, uint64_t most,
                                        struct archive_stream **out, struct baton_findings *found);
MUST_USE baton_code archive_stream_read(struct archive_stream *stream, void *bytes, size_t room,
                                        size_t *got, struct baton_findings *found);
void archive_stream_close(struct archive_stream *stream); /* NULL is fine */

#endif
