/* Opening archives: the file is mapped, its directory read (archive_directory.c), its names checked (archive_names.c), and what the directory says of
 * sizes and kinds held against the limits, before anything is inflated (archive_inflate.c). The library that writes archives (libzip) reads them
 * too, but takes one of several readings where an archive has several; what comes from outside must have one. */
#include "files/archive.h"
#include "base/limits.h"
#include "files/archive_inside.h"
#include "files/workbook.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

baton_code archive_tell(const struct archive_inside *in, struct baton_findings *found,
                        baton_code code, const char *arg1, const char *arg2, const char *arg3) {
    baton_findings_add(found, code, (struct baton_where){.file = in->path}, arg1, arg2, arg3, NULL);
    return code;
}

const char *archive_count(const struct archive_inside *in, uint64_t count) {
    return arena_printf(in->arena, "%llu", (unsigned long long)count);
}

/* Links, devices and the like, as Unix and Windows mark them. */
static bool is_plain(const struct archive_entry *entry) {
    const uint32_t type = entry->attributes >> 16 & S_IFMT;
    const bool is_reparse_point = (entry->attributes & 0x400) != 0;
    if (is_reparse_point)
        return false;
    return type == 0 || type == S_IFREG || (type == S_IFDIR && entry->is_folder);
}

static baton_code check_kind(const struct archive_inside *in, const struct archive_entry *entry,
                             struct baton_findings *found) {
    const char *name = archive_shown(in, entry);
    if (!is_plain(entry))
        return archive_tell(in, found, BATON_MEMBER_LINK, name, NULL, NULL);
    if ((entry->flags & (FLAG_ENCRYPTED | FLAG_STRONG | FLAG_MASKED)) != 0)
        return archive_tell(in, found, BATON_MEMBER_ENCRYPTED, name, NULL, NULL);
    if (entry->method != METHOD_STORED && entry->method != METHOD_DEFLATE)
        return archive_tell(in, found, BATON_MEMBER_METHOD, name, archive_count(in, entry->method),
                            NULL);
    if ((entry->method == METHOD_STORED && entry->size != entry->packed_size) ||
        (entry->is_folder && entry->size != 0))
        return archive_tell(in, found, BATON_MEMBER_HEADERS, name, NULL, NULL);
    if (entry->size > LIMIT_MEMBER_SIZE)
        return archive_tell(in, found, BATON_MEMBER_TOO_LARGE, name, archive_count(in, entry->size),
                            archive_count(in, LIMIT_MEMBER_SIZE));
    if (entry->size >= LIMIT_RATIO_FROM && entry->size / LIMIT_RATIO >= entry->packed_size)
        return archive_tell(in, found, BATON_MEMBER_RATIO, name, archive_count(in, LIMIT_RATIO),
                            NULL);
    return BATON_OK;
}

static baton_code check_kinds(const struct archive_inside *in, struct baton_findings *found) {
    baton_code worst = BATON_OK;
    uint64_t sum = 0; /* at most LIMIT_MEMBERS times what fits a member, once these are checked */
    for (uint32_t i = 0; i < in->entry_count; i++) {
        const baton_code code = check_kind(in, &in->entry[i], found);
        worst = worst == BATON_OK ? code : worst;
        sum += code == BATON_OK ? in->entry[i].size : 0;
    }
    if (worst != BATON_OK)
        return worst;
    if (sum > LIMIT_INFLATED)
        return archive_tell(in, found, BATON_ARCHIVE_INFLATED, archive_count(in, sum),
                            archive_count(in, LIMIT_INFLATED), NULL);
    if (sum >= LIMIT_RATIO_FROM && sum / LIMIT_RATIO >= in->size)
        return archive_tell(in, found, BATON_ARCHIVE_RATIO, archive_count(in, LIMIT_RATIO), NULL,
                            NULL);
    return BATON_OK;
}

static void list_members(struct archive *archive, struct archive_inside *in) {
    struct archive_member *member = arena_alloc(in->arena, in->entry_count, sizeof(*member));
    in->member = arena_alloc(in->arena, in->entry_count, sizeof(*in->member));
    archive->member = member;
    for (uint32_t i = 0; i < in->entry_count; i++) {
        if (in->entry[i].is_folder)
            continue;
        in->member[archive->count] = &in->entry[i];
        member[archive->count++] = (struct archive_member){in->entry[i].name, in->entry[i].size};
    }
}

static struct archive_inside *begin(struct baton_arena *arena, const char *path) {
    struct archive_inside *in = arena_alloc(arena, 1, sizeof(*in));
    in->arena = arena;
    in->path = arena_text(arena, path, strlen(path));
    in->inflating_ns_most = (uint64_t)LIMIT_INFLATE_SECONDS * 1000000000;
    return in;
}

static baton_code open_inside(struct archive_inside *in, struct archive **out,
                              struct baton_findings *found) {
    struct archive *archive = arena_alloc(in->arena, 1, sizeof(*archive));
    archive->path = in->path;
    archive->inside = in;
    TRY(workbook_refuse_old(in->path, in->bytes, (size_t)in->size, found));
    TRY(archive_read_directory(in, found));
    const baton_code names = archive_check_names(in, found);
    const baton_code kinds = check_kinds(in, found);
    TRY(names);
    TRY(kinds);
    list_members(archive, in);
    *out = archive;
    return BATON_OK;
}

baton_code archive_open_bytes(struct baton_arena *arena, const char *path, const void *bytes,
                              size_t size, struct archive **out, struct baton_findings *found) {
    struct archive_inside *in = begin(arena, path);
    in->bytes = bytes;
    in->size = size;
    return open_inside(in, out, found);
}

static void unmap(void *context) {
    const struct archive_inside *in = context;
    if (in->bytes != NULL)
        munmap((void *)in->bytes, (size_t)in->size);
}

static baton_code could_not(const struct archive_inside *in, int number,
                            struct baton_findings *found) {
    char text[128];
    return archive_tell(in, found, BATON_FILE_READ, in->path, strerror_r(number, text, sizeof text),
                        NULL);
}

/* Maps the file that is open as `file`; an empty one is no archive. */
static baton_code map(struct archive_inside *in, int file, struct baton_findings *found) {
    struct stat about;
    if (fstat(file, &about) != 0)
        return could_not(in, errno, found);
    if (!S_ISREG(about.st_mode))
        return could_not(in, S_ISDIR(about.st_mode) ? EISDIR : EINVAL, found);
    if ((uint64_t)about.st_size > LIMIT_ARCHIVE_SIZE)
        return archive_tell(in, found, BATON_FILE_TOO_LARGE,
                            archive_count(in, (uint64_t)about.st_size),
                            archive_count(in, LIMIT_ARCHIVE_SIZE), NULL);
    if (about.st_size == 0)
        return archive_tell(in, found, BATON_ARCHIVE_NONE, NULL, NULL, NULL);
    void *bytes = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (bytes == MAP_FAILED)
        return errno == ENOMEM ? BATON_NO_MEMORY : could_not(in, errno, found);
    in->bytes = bytes;
    in->size = (uint64_t)about.st_size;
    return BATON_OK;
}

baton_code archive_open(struct baton_arena *arena, const char *path, struct archive **out,
                        struct baton_findings *found) {
    struct archive_inside *in = begin(arena, path);
    arena_on_close(arena, unmap, in);
    const int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe does not block */
    if (file < 0)
        return could_not(in, errno, found);
    /* Nothing of the arena is asked for while the file is open but by a finding, whose memory may fail: the descriptor is then lost with the process. */
    const baton_code code = map(in, file, found);
    close(file);
    return code != BATON_OK ? code : open_inside(in, out, found);
}

uint32_t archive_find(const struct archive *archive, const char *name) {
    for (uint32_t i = 0; i < archive->count; i++)
        if (strcmp(archive->member[i].name, name) == 0)
            return i;
    return UINT32_MAX;
}

void archive_limit_time(struct archive *archive, uint64_t nanoseconds) {
    archive->inside->inflating_ns_most = nanoseconds;
}
