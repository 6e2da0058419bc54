/* The file is open all the while, and read by offsets: what was looked at is what is stored, as far as nobody writes to it meanwhile; what is stored has its digest. */
#include "cli/evidence_file.h"
#include "files/media.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 18 };

struct storing {
    struct invocation *invocation;
    struct ledger *ledger;
    const char *path, *name, *media;
    int file;
    uint64_t size;
};

static size_t read_at(void *context, uint64_t offset, void *to, size_t size) {
    const struct storing *const storing = context;
    size_t at = 0;
    while (at < size) {
        const ssize_t got = pread(storing->file, (char *)to + at, size - at, (off_t)(offset + at));
        if (got < 0 && errno != EINTR)
            return SIZE_MAX;
        if (got == 0)
            break;
        at += got < 0 ? 0 : (size_t)got;
    }
    return at;
}

static baton_code look(struct storing *storing) {
    struct invocation *const invocation = storing->invocation;
    struct baton_findings found = {.arena = invocation->arena};
    struct stat about;
    enum media_kind kind;
    if (fstat(storing->file, &about) != 0 || !S_ISREG(about.st_mode))
        return refuse(invocation, BATON_FILE_READ, storing->path,
                      S_ISREG(about.st_mode) ? strerror(errno) : strerror(EINVAL), NULL, NULL);
    storing->size = (uint64_t)about.st_size;
    const struct media_file file = {read_at, storing, storing->size};
    const baton_code code =
        media_check(invocation->arena, &file, storing->name, NULL, MEDIA_ALL, &kind, &found);
    if (code != BATON_OK)
        return refuse_all(invocation, &found);
    storing->media = media_info(kind)->media;
    return BATON_OK;
}

static baton_code put_all(struct storing *storing, struct content_stream *stream) {
    char *const piece = arena_alloc_raw(storing->invocation->arena, PIECE, 1);
    for (uint64_t at = 0; at < storing->size;) {
        const size_t got = read_at(storing, at, piece, PIECE);
        if (got == 0 || got == SIZE_MAX)
            return refuse(storing->invocation, BATON_FILE_READ, storing->path,
                          strerror(got == 0 ? EIO : errno), NULL, NULL);
        const baton_code code = ledger_content_put(stream, piece, got);
        if (code != BATON_OK)
            return refuse(storing->invocation, code, NULL, NULL, NULL, NULL);
        at += got;
    }
    return BATON_OK;
}

static baton_code store(struct storing *storing, struct digest *digest) {
    struct invocation *const invocation = storing->invocation;
    struct content_stream *stream;
    baton_code code =
        ledger_content_open(storing->ledger, invocation->arena, storing->media, &stream);
    if (code != BATON_OK)
        return refuse(invocation, code, NULL, NULL, NULL, NULL);
    code = put_all(storing, stream);
    if (code == BATON_OK) {
        code = ledger_content_close(stream, digest);
        if (code != BATON_OK)
            code = refuse(invocation, code, NULL, NULL, NULL, NULL);
    }
    if (code == BATON_OK)
        return code;
    const baton_code left = ledger_content_take_back(stream);
    (void)left; /* it goes when the ledger is next opened */
    return code;
}

static baton_code say(struct storing *storing, const char *actor, const char *assessment,
                      const struct digest *digest, struct submission *told) {
    struct invocation *const invocation = storing->invocation;
    struct baton_arena *const arena = invocation->arena;
    struct baton_findings found = {.arena = arena};
    struct field *const field = arena_alloc(arena, 4, sizeof *field);
    struct fact_body *const fact = arena_alloc(arena, 1, sizeof *fact);
    field[0] = (struct field){"content", (const char *)digest->byte, DIGEST_SIZE, 'c'};
    field[1] = text_field("media", storing->media);
    field[2] = (struct field){"name", storing->name, strlen(storing->name), 'C'};
    field[3] = text_field("size", arena_printf(arena, "%" PRIu64, storing->size));
    *fact = (struct fact_body){"evidence", assessment, field, 4};
    *told = (struct submission){.actor = actor, .fact = fact, .count = 1, .want_receipts = true};
    const baton_code code = ledger_append(storing->ledger, arena, told, &found);
    return code == BATON_OK || code == BATON_NO_MEMORY ? code : refuse_all(invocation, &found);
}

baton_code evidence_store(struct invocation *invocation, struct ledger *ledger, const char *actor,
                          const char *assessment, const char *path, struct digest *digest,
                          struct submission *told) {
    const char *const slash = strrchr(path, '/');
    struct storing storing = {.invocation = invocation,
                              .ledger = ledger,
                              .path = path,
                              .name = slash == NULL ? path : slash + 1,
                              .file = open(path, O_RDONLY | O_CLOEXEC)};
    if (storing.file < 0)
        return refuse(invocation, BATON_FILE_READ, path, strerror(errno), NULL, NULL);
    baton_code code = look(&storing);
    if (code == BATON_OK)
        code = store(&storing, digest);
    close(storing.file);
    TRY(code);
    return say(&storing, actor, assessment, digest, told);
}
