/* What a file is, by its content: held to what its name and its sender say, and to a list of types that are taken (media.def). What libmagic is asked about comes from anybody: it sees the first LOOKED bytes, runs nothing, looks into no
 * compressed file, and has a handle of its own for each question (it is not thread-safe). Containers are looked into here: the directory of a ZIP tells OFD and office documents apart. */
#ifndef FILES_MEDIA_H
#define FILES_MEDIA_H

#include "base/arena.h"
#include "baton/findings.h"
#include <stdbool.h>
#include <stdint.h>

enum media_kind {
#define X(kind, ...) MEDIA_##kind,
#include "files/media.def"
#undef X
    MEDIA_KINDS
};

struct media_info {
    const char *word, *endings, *contents, *declared, *media;
    const char *is[2]; /* by enum baton_language */
};
const struct media_info *media_info(enum media_kind kind);

/* A set of kinds: bit 1 << kind. */
#define MEDIA_ALL ((UINT64_C(1) << MEDIA_KINDS) - 1)
/* Of words separated by spaces, "" = none. False where one is none; *wrong gets where it begins. */
bool media_kinds_of(const char *words, uint64_t *out, const char **wrong);

/* Reads up to `size` bytes from `offset` on into `to`; answers how many, less only at the end of the file; SIZE_MAX = it failed. */
struct media_file {
    size_t (*read)(void *context, uint64_t offset, void *to, size_t size);
    void *context;
    uint64_t size; /* bytes */
};
/* One of bytes in memory. */
struct media_bytes {
    const void *bytes;
    size_t size;
};
struct media_file media_file_of(const struct media_bytes *bytes);

/* Which kind of `taken` a file is, of that name (NULL = none) and, as its sender says, of that media type (NULL = not said). EVIDENCE_EMPTY; EVIDENCE_NAME where the name is none of a file; EVIDENCE_TYPE where the content is none that is
 * taken; EVIDENCE_CONTRADICTS where name or sender say something else; MEDIA_UNREADABLE where the file cannot be read, or libmagic has no data: each with a finding. */
MUST_USE baton_code media_check(struct baton_arena *arena, const struct media_file *file,
                                const char *name, const char *declared, uint64_t taken,
                                enum media_kind *out, struct baton_findings *found);

/* Whether a text can be the name of a file, and nothing else: 1 to MEDIA_NAME_MAX bytes of UTF-8, no path, no control character, none that turns the direction of writing, not only dots and spaces. */
enum { MEDIA_NAME_MAX = 255 };
bool media_is_name(const char *name);

#endif
