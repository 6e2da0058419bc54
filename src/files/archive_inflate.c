/* The bytes of members, by zlib. The directory has said how many there are; what gives fewer or more, or others than its checksum tells, is refused, and
 * no byte beyond that number is ever inflated. The clock is looked at once a block. */
#include "base/limits.h"
#include "base/steady.h"
#include "files/archive_inside.h"
#include <assert.h>
#include <string.h>
#include <zlib.h>

enum { BLOCK = 1 << 20 }; /* bytes inflated between two looks at the clock: some milliseconds */

struct archive_stream {
    struct archive_inside *in;
    const struct archive_entry *entry;
    z_stream z;
    bool is_open;   /* z is */
    bool is_ended;  /* deflate has said that it is over */
    bool is_proved; /* size and checksum were right */
    uint64_t got;   /* bytes given out */
    uint64_t taken; /* bytes of the packed ones given to z, or copied */
    uint32_t checksum;
};

static void close_stream(void *context) {
    archive_stream_close(context);
}

void archive_stream_close(struct archive_stream *stream) {
    if (stream != NULL && stream->is_open) {
        inflateEnd(&stream->z);
        stream->is_open = false;
    }
}

static baton_code wrong(const struct archive_stream *s, baton_code code,
                        struct baton_findings *found) {
    return archive_tell(s->in, found, code, archive_shown(s->in, s->entry), NULL, NULL);
}

baton_code archive_stream_open(struct archive *archive, uint32_t member, uint64_t most,
                               struct archive_stream **out, struct baton_findings *found) {
    assert(member < archive->count);
    struct archive_inside *in = archive->inside;
    const struct archive_entry *entry = in->member[member];
    if (entry->size > most) {
        baton_findings_add(found, BATON_FILE_TOO_LARGE, (struct baton_where){.file = entry->name},
                           archive_count(in, entry->size), archive_count(in, most), NULL, NULL);
        return BATON_FILE_TOO_LARGE;
    }
    struct archive_stream *s = arena_alloc(in->arena, 1, sizeof(*s));
    s->in = in;
    s->entry = entry;
    arena_on_close(in->arena, close_stream, s);
    if (entry->method == METHOD_DEFLATE) {
        const int answer = inflateInit2(&s->z, -MAX_WBITS);
        if (answer != Z_OK) /* nothing else can be wrong */
            arena_out_of_memory(in->arena);
        s->is_open = true;
    }
    *out = s;
    return BATON_OK;
}

/* Up to `room` bytes, at most a BLOCK, into `bytes`; how many come is added to `got`. */
static baton_code inflate_some(struct archive_stream *s, uint8_t *bytes, size_t room,
                               struct baton_findings *found) {
    const struct archive_entry *entry = s->entry;
    const uint8_t *packed = s->in->bytes + entry->data;
    s->z.next_out = bytes;
    s->z.avail_out = (uInt)room;
    do {
        if (s->z.avail_in == 0) {
            const uint64_t left = entry->packed_size - s->taken;
            s->z.next_in = (Bytef *)packed + s->taken;
            s->z.avail_in = (uInt)(left < BLOCK ? left : BLOCK);
            s->taken += s->z.avail_in;
        }
        const int answer = inflate(&s->z, Z_NO_FLUSH);
        if (answer == Z_MEM_ERROR)
            arena_out_of_memory(s->in->arena);
        s->is_ended = answer == Z_STREAM_END;
        /* No progress (Z_BUF_ERROR) with room left: the packed bytes are over before deflate has said so. */
        if (answer != Z_OK && !s->is_ended)
            return wrong(s, BATON_MEMBER_DAMAGED, found);
    } while (s->z.avail_out > 0 && !s->is_ended);
    const size_t got = room - s->z.avail_out;
    s->checksum = (uint32_t)crc32_z(s->checksum, bytes, got);
    s->got += got;
    return BATON_OK;
}

static void copy_some(struct archive_stream *s, uint8_t *bytes, size_t room) {
    memcpy(bytes, s->in->bytes + s->entry->data + s->got, room);
    s->checksum = (uint32_t)crc32_z(s->checksum, bytes, room);
    s->got += room;
}

/* All that was announced has come: nothing may follow, and it must be what was packed. */
static baton_code prove(struct archive_stream *s, struct baton_findings *found) {
    if (s->entry->method == METHOD_DEFLATE && !s->is_ended) {
        uint8_t more[1];
        const uint64_t before = s->got;
        const uint32_t checksum = s->checksum;
        TRY(inflate_some(s, more, sizeof more, found));
        if (s->got != before)
            return wrong(s, BATON_MEMBER_SIZE, found);
        s->checksum = checksum;
    }
    if (s->entry->method == METHOD_DEFLATE &&
        (s->z.avail_in > 0 || s->taken < s->entry->packed_size))
        return wrong(s, BATON_MEMBER_SIZE, found);
    if (s->checksum != s->entry->checksum)
        return wrong(s, BATON_MEMBER_CHECKSUM, found);
    s->is_proved = true;
    archive_stream_close(s);
    return BATON_OK;
}

/* A block at most, of what is left of the size that the directory says. */
static baton_code read_block(struct archive_stream *s, uint8_t *bytes, size_t room,
                             struct baton_findings *found) {
    const uint64_t left = s->entry->size - s->got, began = (uint64_t)steady_ns();
    size_t most = room < BLOCK ? room : BLOCK;
    most = left < most ? (size_t)left : most;
    baton_code code = BATON_OK;
    if (s->entry->method == METHOD_STORED) {
        copy_some(s, bytes, most);
    } else {
        const uint64_t before = s->got;
        code = inflate_some(s, bytes, most, found);
        if (code == BATON_OK && s->got - before < most) /* deflate is over, and too early */
            code = wrong(s, BATON_MEMBER_SIZE, found);
    }
    s->in->inflating_ns += (uint64_t)steady_ns() - began;
    if (code == BATON_OK && s->in->inflating_ns > s->in->inflating_ns_most)
        code = archive_tell(s->in, found, BATON_ARCHIVE_TIME,
                            archive_count(s->in, LIMIT_INFLATE_SECONDS), NULL, NULL);
    return code;
}

baton_code archive_stream_read(struct archive_stream *s, void *bytes, size_t room, size_t *got,
                               struct baton_findings *found) {
    assert(room > 0);
    *got = 0;
    while (*got < room && s->got < s->entry->size) {
        const uint64_t before = s->got;
        TRY(read_block(s, (uint8_t *)bytes + *got, room - *got, found));
        *got += (size_t)(s->got - before);
    }
    if (s->got == s->entry->size && !s->is_proved)
        TRY(prove(s, found));
    return BATON_OK;
}

baton_code archive_read(struct archive *archive, uint32_t member, uint64_t most, char **text,
                        size_t *size, struct baton_findings *found) {
    struct archive_stream *stream;
    TRY(archive_stream_open(archive, member, most, &stream, found));
    const size_t whole = (size_t)stream->entry->size;
    char *bytes = arena_alloc_raw(archive->inside->arena, whole + 1, 1);
    size_t got = 0;
    TRY(archive_stream_read(stream, bytes, whole + 1, &got, found));
    assert(got == whole && stream->is_proved);
    bytes[whole] = '\0';
    *text = bytes;
    *size = whole;
    return BATON_OK;
}
