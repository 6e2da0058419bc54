/* What the parts of the reader of archives share: archive.c (opening), archive_directory.c (the records of a zip file),
 * archive_names.c (what members may be called), archive_inflate.c (their bytes). */
#ifndef FILES_ARCHIVE_INSIDE_H
#define FILES_ARCHIVE_INSIDE_H

#include "base/macros.h"
#include "files/archive.h"

/* An entry of the directory, folders included. All places are bytes from the beginning of the archive. */
struct archive_entry {
    const char *raw;  /* the name as it stands there, in the archive's bytes; no NUL behind it */
    const char *name; /* UTF-8; NULL until archive_names has been there, or where the name is bad */
    uint32_t raw_size;
    bool is_utf8;   /* the directory says so */
    bool is_folder; /* its name ends with a slash */
    uint16_t flags, method;
    uint32_t attributes; /* external ones: type and mode of Unix above, those of DOS below */
    uint32_t checksum;
    uint64_t size, packed_size;
    uint64_t header;     /* where its local header is */
    uint64_t data, stop; /* where its packed bytes begin; where all that belongs to it is over */
};

struct archive_inside {
    struct baton_arena *arena;
    const char *path;
    const uint8_t *bytes; /* the whole archive */
    uint64_t size;
    struct archive_entry *entry;
    uint32_t entry_count;
    const struct archive_entry **member; /* those that are no folders, as archive->member */
    uint64_t directory;                  /* where the directory begins */
    uint64_t inflating_ns;               /* time that went into inflating until now */
    uint64_t inflating_ns_most;
};

enum archive_method { METHOD_STORED = 0, METHOD_DEFLATE = 8 };

enum archive_flag {
    FLAG_ENCRYPTED = 1,
    FLAG_DESCRIPTOR = 8,
    FLAG_STRONG = 64,
    FLAG_UTF8 = 2048,
    FLAG_MASKED = 8192
};

/* Numbers in an archive have their lowest byte first. */
static inline uint16_t archive_u16(const uint8_t *at) {
    return (uint16_t)(at[0] | at[1] << 8);
}
static inline uint32_t archive_u32(const uint8_t *at) {
    return archive_u16(at) | (uint32_t)archive_u16(at + 2) << 16;
}
static inline uint64_t archive_u64(const uint8_t *at) {
    return archive_u32(at) | (uint64_t)archive_u32(at + 4) << 32;
}

/* Finds the directory and fills in the entries, all but `name`; compares each with its local header. */
MUST_USE baton_code archive_read_directory(struct archive_inside *in, struct baton_findings *found);

/* Fills in the names; refuses those that may not be. */
MUST_USE baton_code archive_check_names(struct archive_inside *in, struct baton_findings *found);

/* Adds a finding about the archive, and answers its code; the arguments as of baton_findings_add. */
baton_code archive_tell(const struct archive_inside *in, struct baton_findings *found,
                        baton_code code, const char *arg1, const char *arg2, const char *arg3);

/* The name of an entry as a person may see it: without control characters and what is not UTF-8, and not too long. */
const char *archive_shown(const struct archive_inside *in, const struct archive_entry *entry);

/* "123" */
const char *archive_count(const struct archive_inside *in, uint64_t count);

#endif
