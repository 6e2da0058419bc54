/* Reads an exported journal.
 *
 * A buffer holds one record as a whole, which has a limit by its type, so that no size that a file tells makes anything large. Each record is looked at by a function of its
 * type, of a table that also says behind which records it may stand. */
#include "base/text.h"
#include "ledger/bytes.h"
#include "ledger/journal_file.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <unistd.h>

enum { HEADER = 9, BUFFER = ENTRY_SIZE_MAX + (1 << 18) };

/* What has been read; of each stage only some records may follow. */
enum stage { AT_BEGIN, IN_ENTRIES, IN_CONTENTS, AT_END };

struct journal_in {
    struct baton_arena *arena;
    const char *path;
    int file;
    uint8_t *buffer;
    size_t from, used;       // buffer[from .. used) is read and not yet taken
    uint64_t offset;         // in the file, of buffer[from]
    uint64_t records;        // taken
    uint64_t entries, sizes; // entries taken; size of the last head
    uint64_t bytes_left;     // of the content
    bool has_content;
    struct digest content; // of the last one
    enum stage stage;
    struct digest_stream *digest;
    struct journal_ledger ledger;
    char media[JOURNAL_MEDIA_MAX + 1];
    baton_code failed; // BATON_OK = nothing yet
};

static void file_close(void *context) {
    struct journal_in *const in = context;
    if (in->file >= 0)
        close(in->file);
}

/* `wrong` NULL = it ends in the middle of the record. */
static baton_code broken(struct journal_in *in, const char *wrong, struct baton_findings *found) {
    in->failed = BATON_JOURNAL_BROKEN;
    baton_findings_add(found, BATON_JOURNAL_BROKEN, (struct baton_where){0}, in->path,
                       arena_printf(in->arena, "%" PRIu64, in->records),
                       arena_printf(in->arena, "%" PRIu64, in->offset), wrong);
    return in->failed;
}

static baton_code cannot(struct journal_in *in, int error, struct baton_findings *found) {
    in->failed = BATON_FILE_READ;
    baton_findings_add(found, BATON_FILE_READ, (struct baton_where){0}, in->path, strerror(error),
                       NULL, NULL);
    return in->failed;
}

/* Has `size` bytes in the buffer, or all that there are: *is_there says whether there were enough. */
static baton_code fill(struct journal_in *in, size_t size, bool *is_there,
                       struct baton_findings *found) {
    if (in->used - in->from < size && in->from > 0) {
        memmove(in->buffer, in->buffer + in->from, in->used - in->from);
        in->used -= in->from;
        in->from = 0;
    }
    while (in->used < in->from + size) {
        const ssize_t got = read(in->file, in->buffer + in->used, BUFFER - in->used);
        if (got < 0 && errno != EINTR)
            return cannot(in, errno, found);
        if (got == 0)
            break;
        if (got > 0)
            in->used += (size_t)got;
    }
    *is_there = in->used - in->from >= size;
    return BATON_OK;
}

static void taken(struct journal_in *in, size_t size) {
    digest_add(in->digest, in->buffer + in->from, size);
    in->from += size;
    in->offset += size;
}

static bool read_ledger(struct journal_in *in, struct bytes_in *bytes) {
    char word[2][16];
    size_t size;
    const char *const id = (const char *)take_string(bytes, &size);
    if (id == NULL || !text_is_identifier(id, size))
        return false;
    in->ledger.id = arena_text(in->arena, id, size);
    for (unsigned i = 0; i < 2; i++) {
        const uint8_t *const text = take_string(bytes, &size);
        if (text == NULL || size >= sizeof word[i] || memchr(text, '\0', size) != NULL)
            return false;
        memcpy(word[i], text, size);
        word[i][size] = '\0';
    }
    in->ledger.created_utc_ms = (int64_t)take_u64(bytes);
    return digest_of_word(word[0], &in->ledger.digest) &&
           signature_of_word(word[1], &in->ledger.signature) && in->ledger.created_utc_ms >= 0 &&
           in->ledger.created_utc_ms <= ENTRY_TIME_MAX;
}

static bool read_entry(struct journal_in *in, struct bytes_in *bytes, struct journal_item *out) {
    out->bytes = bytes->at;
    out->size = (size_t)(bytes->end - bytes->at);
    if (take_u8(bytes) != ENTRY_VERSION || take_u64(bytes) != in->entries || bytes->broken)
        return false;
    bytes->at = bytes->end;
    in->entries++;
    return true;
}

static bool read_head(struct journal_in *in, struct bytes_in *bytes, struct journal_item *out) {
    struct head *const head = &out->head;
    size_t size;
    *head = (struct head){.ledger = in->ledger.id, .digest = in->ledger.digest};
    head->size = take_u64(bytes);
    head->time_utc_ms = (int64_t)take_u64(bytes);
    const uint8_t *const root = take_bytes(bytes, DIGEST_SIZE);
    const uint8_t *const key = take_bytes(bytes, DIGEST_SIZE);
    const uint8_t *const signature = take_string(bytes, &size);
    if (bytes->broken || size == 0 || size > SIGNATURE_SIZE_MAX || head->size <= in->sizes ||
        head->size > in->entries || head->time_utc_ms < 0 || head->time_utc_ms > ENTRY_TIME_MAX)
        return false;
    memcpy(head->root.byte, root, DIGEST_SIZE);
    memcpy(head->key.byte, key, DIGEST_SIZE);
    memcpy(head->signature.byte, signature, size);
    head->signature.size = size;
    in->sizes = head->size;
    return true;
}

static bool read_content(struct journal_in *in, struct bytes_in *bytes, struct journal_item *out) {
    struct journal_content *const content = &out->content;
    size_t salt_size, media_size;
    *content = (struct journal_content){.media = in->media};
    const uint8_t *const digest = take_bytes(bytes, DIGEST_SIZE);
    const uint8_t *const salt = take_string(bytes, &salt_size);
    const uint8_t *const media = take_string(bytes, &media_size);
    content->size = take_u64(bytes);
    content->erased = salt_size == 0;
    if (bytes->broken || in->bytes_left > 0 || media_size > JOURNAL_MEDIA_MAX ||
        (salt_size != 0 && salt_size != DIGEST_SIZE) || content->size > (uint64_t)INT64_MAX ||
        (content->erased && (media_size > 0 || content->size > 0)) ||
        memchr(media, '\0', media_size) != NULL ||
        text_valid_size((const char *)media, media_size) != media_size)
        return false;
    memcpy(content->digest.byte, digest, DIGEST_SIZE);
    if (in->has_content && memcmp(in->content.byte, digest, DIGEST_SIZE) >= 0)
        return false;
    memcpy(content->salt, salt, salt_size);
    memcpy(in->media, media, media_size);
    in->media[media_size] = '\0';
    in->content = content->digest;
    in->has_content = true;
    in->bytes_left = content->size;
    return true;
}

static bool read_bytes(struct journal_in *in, struct bytes_in *bytes, struct journal_item *out) {
    out->bytes = bytes->at;
    out->size = (size_t)(bytes->end - bytes->at);
    bytes->at = bytes->end;
    if (out->size == 0 || out->size > in->bytes_left)
        return false;
    in->bytes_left -= out->size;
    return true;
}

/* The digest is that of everything before this record. */
static bool read_end(struct journal_in *in, struct bytes_in *bytes, struct journal_item *out) {
    (void)out;
    const struct digest digest = digest_end(in->digest);
    const uint64_t records = take_u64(bytes);
    const uint8_t *const told = take_bytes(bytes, DIGEST_SIZE);
    return told != NULL && records == in->records - 1 && in->bytes_left == 0 &&
           memcmp(told, digest.byte, DIGEST_SIZE) == 0;
}

static const struct record_kind {
    char type;
    enum stage first, last; // stages in which it may stand
    enum stage then;        // the stage behind it
    size_t most;            // bytes
    bool (*read)(struct journal_in *in, struct bytes_in *bytes, struct journal_item *out);
} kinds[] = {
    {'E', IN_ENTRIES, IN_ENTRIES, IN_ENTRIES, ENTRY_SIZE_MAX, read_entry},
    {'H', IN_ENTRIES, IN_ENTRIES, IN_ENTRIES, 512, read_head},
    {'C', IN_ENTRIES, IN_CONTENTS, IN_CONTENTS, JOURNAL_MEDIA_MAX + 128, read_content},
    {'B', IN_CONTENTS, IN_CONTENTS, IN_CONTENTS, JOURNAL_PIECE, read_bytes},
    {'Z', IN_ENTRIES, IN_CONTENTS, AT_END, 8 + DIGEST_SIZE, read_end},
};

static const struct record_kind *kind_of(char type, enum stage stage) {
    for (size_t i = 0; i < LENGTH(kinds); i++)
        if (kinds[i].type == type)
            return stage >= kinds[i].first && stage <= kinds[i].last ? &kinds[i] : NULL;
    return NULL;
}

/* How a message names a record. */
static const char *type_shown(struct journal_in *in, uint8_t type) {
    return type > ' ' && type < 127 ? arena_printf(in->arena, "%c", type)
                                    : arena_printf(in->arena, "0x%02x", type);
}

/* The next record: its bytes where they stand in the buffer, behind the header. */
static baton_code next_record(struct journal_in *in, size_t most, uint8_t *type,
                              struct bytes_in *out, struct baton_findings *found) {
    bool is_there = false;
    in->records++;
    TRY(fill(in, HEADER, &is_there, found));
    if (!is_there)
        return broken(in, NULL, found);
    struct bytes_in header = {in->buffer + in->from, in->buffer + in->from + HEADER, false};
    *type = take_u8(&header);
    const uint64_t size = take_u64(&header);
    const struct record_kind *const kind = kind_of((char)*type, in->stage);
    if (in->stage == AT_BEGIN ? *type != 'L' : kind == NULL)
        return broken(in, type_shown(in, *type), found);
    if (size > (in->stage == AT_BEGIN ? most : kind->most))
        return broken(in, type_shown(in, *type), found);
    TRY(fill(in, HEADER + (size_t)size, &is_there, found));
    if (!is_there)
        return broken(in, NULL, found);
    const uint8_t *const bytes = in->buffer + in->from + HEADER;
    *out = (struct bytes_in){bytes, bytes + size, false};
    return BATON_OK;
}

static bool is_whole(const struct bytes_in *bytes) {
    return !bytes->broken && bytes->at == bytes->end;
}

static baton_code read_begin(struct journal_in *in, struct baton_findings *found) {
    const size_t line_size = sizeof JOURNAL_LINE - 1;
    bool is_there = false;
    uint8_t type;
    struct bytes_in bytes;
    TRY(fill(in, line_size, &is_there, found));
    if (!is_there || memcmp(in->buffer, JOURNAL_LINE, line_size) != 0)
        return broken(in, "baton-journal 1", found);
    in->from += line_size;
    in->offset += line_size;
    TRY(next_record(in, 1024, &type, &bytes, found));
    const uint8_t *const end = bytes.end;
    if (!read_ledger(in, &bytes) || !is_whole(&bytes))
        return broken(in, "L", found);
    in->digest = digest_begin(in->arena, in->ledger.digest);
    digest_add(in->digest, JOURNAL_LINE, line_size);
    taken(in, (size_t)(end - (in->buffer + in->from)));
    in->stage = IN_ENTRIES;
    return BATON_OK;
}

baton_code journal_in_open(struct baton_arena *arena, const char *path, struct journal_in **out,
                           struct baton_findings *found) {
    struct journal_in *const in = arena_alloc(arena, 1, sizeof *in);
    in->arena = arena;
    in->path = arena_text(arena, path, strlen(path));
    in->buffer = arena_alloc_raw(arena, BUFFER, 1);
    in->file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    arena_on_close(arena, file_close, in);
    if (in->file < 0)
        return cannot(in, errno, found);
    TRY(read_begin(in, found));
    *out = in;
    return BATON_OK;
}

const struct journal_ledger *journal_in_ledger(const struct journal_in *in) {
    return &in->ledger;
}

/* Nothing may stand behind the end. */
static baton_code look_behind(struct journal_in *in, struct baton_findings *found) {
    bool is_there = false;
    TRY(fill(in, 1, &is_there, found));
    in->records++;
    return is_there ? broken(in, type_shown(in, in->buffer[in->from]), found) : BATON_OK;
}

baton_code journal_in_next(struct journal_in *in, struct journal_item *out,
                           struct baton_findings *found) {
    uint8_t type;
    struct bytes_in bytes;
    if (in->failed != BATON_OK)
        return in->failed;
    if (in->stage == AT_END) {
        *out = (struct journal_item){.type = JOURNAL_END};
        return BATON_OK;
    }
    TRY(next_record(in, 0, &type, &bytes, found));
    const struct record_kind *const kind = kind_of((char)type, in->stage);
    const uint8_t *const end = bytes.end;
    struct journal_item item = {.type = (enum journal_record)type};
    const bool is_unfinished = in->bytes_left > 0 && type != 'B';
    if (is_unfinished || !kind->read(in, &bytes, &item) || !is_whole(&bytes))
        return broken(in, type_shown(in, type), found);
    in->stage = kind->then;
    taken(in, (size_t)(end - (in->buffer + in->from)));
    if (in->stage == AT_END)
        TRY(look_behind(in, found));
    *out = item;
    return BATON_OK;
}
