/* The records of a zip file (PKWARE's APPNOTE.TXT, 4.3): the end of the directory, its entries, the local headers.
 *
 * A zip file says most things twice, and readers differ in whom they believe; that is where hostile archives hide. So there is one reading here
 * or none: the directory ends where the file ends, it has no byte and no entry more or less than is said, each entry agrees with its local header and
 * descriptor, and no two share a byte. Archives as programs write them are like that.
 *
 *     [local header, name, extra, packed bytes, descriptor]... [entry of the directory]... [zip64 end, locator] end, comment */
#include "base/limits.h"
#include "files/archive_inside.h"
#include <stdlib.h>
#include <string.h>

enum {
    LOCAL_MARK = 0x04034b50,
    ENTRY_MARK = 0x02014b50,
    END_MARK = 0x06054b50,
    END64_MARK = 0x06064b50,
    LOCATOR_MARK = 0x07064b50,
    DESCRIPTOR_MARK = 0x08074b50,
    LOCAL_SIZE = 30, /* bytes of the fixed parts */
    ENTRY_SIZE = 46,
    END_SIZE = 22,
    END64_SIZE = 56,
    LOCATOR_SIZE = 20,
    COMMENT_MOST = 65535,
    EXTRA_ZIP64 = 1,
    NAME_ENTRY_LEAST = ENTRY_SIZE + 1 /* an entry with a name of one byte */
};

/* The end of the directory. */
struct ending {
    uint64_t at; /* where the directory must end */
    uint64_t count, size, start;
};

/* Where the record is that ends the directory: the first whose comment ends with the file. UINT64_MAX where there is none. */
static uint64_t find_end(const struct archive_inside *in) {
    if (in->size < END_SIZE)
        return UINT64_MAX;
    const uint64_t last = in->size - END_SIZE;
    for (uint64_t at = last > COMMENT_MOST ? last - COMMENT_MOST : 0; at <= last; at++)
        if (archive_u32(in->bytes + at) == END_MARK &&
            archive_u16(in->bytes + at + 20) == last - at)
            return at;
    return UINT64_MAX;
}

/* Whether its comment could be taken for one, or for the beginning of one. */
static bool has_second_end(const struct archive_inside *in, uint64_t end) {
    for (uint64_t at = end + END_SIZE; at + 4 <= in->size; at++)
        if (archive_u32(in->bytes + at) == END_MARK)
            return true;
    return false;
}

/* A number that is said in the old record and in the one for large archives: the old one may say that it is too small. */
static bool agree(uint64_t old, uint64_t most, uint64_t large) {
    return old == large || old == most;
}

/* Reads the record for large archives, where there is one; false where what is there cannot be. */
static bool read_end64(const struct archive_inside *in, uint64_t end, struct ending *out) {
    const uint8_t *old = in->bytes + end;
    if (end < LOCATOR_SIZE || archive_u32(old - LOCATOR_SIZE) != LOCATOR_MARK)
        return true; /* a number that asks for it is then out of range by itself */
    const uint8_t *locator = old - LOCATOR_SIZE;
    const uint64_t locator_at = end - LOCATOR_SIZE, at = archive_u64(locator + 8);
    if (archive_u32(locator + 4) != 0 || archive_u32(locator + 16) > 1 || locator_at < END64_SIZE ||
        at > locator_at - END64_SIZE)
        return false;
    const uint8_t *record = in->bytes + at;
    if (archive_u32(record) != END64_MARK || archive_u64(record + 4) != locator_at - at - 12 ||
        archive_u32(record + 16) != 0 || archive_u32(record + 20) != 0 ||
        archive_u64(record + 24) != archive_u64(record + 32))
        return false;
    *out = (struct ending){at, archive_u64(record + 32), archive_u64(record + 40),
                           archive_u64(record + 48)};
    return agree(archive_u16(old + 10), UINT16_MAX, out->count) &&
           agree(archive_u32(old + 12), UINT32_MAX, out->size) &&
           agree(archive_u32(old + 16), UINT32_MAX, out->start);
}

static baton_code read_end(const struct archive_inside *in, struct ending *out,
                           struct baton_findings *found) {
    const uint64_t end = find_end(in);
    if (end == UINT64_MAX) {
        const bool begins = in->size >= 4 && archive_u32(in->bytes) == LOCAL_MARK;
        return archive_tell(in, found, begins ? BATON_ARCHIVE_CUT : BATON_ARCHIVE_NONE, NULL, NULL,
                            NULL);
    }
    if (has_second_end(in, end))
        return archive_tell(in, found, BATON_ARCHIVE_TWO_ENDS, NULL, NULL, NULL);
    const uint8_t *record = in->bytes + end;
    const uint16_t disk = archive_u16(record + 4), directory_disk = archive_u16(record + 6);
    *out = (struct ending){end, archive_u16(record + 10), archive_u32(record + 12),
                           archive_u32(record + 16)};
    const bool is_sound = read_end64(in, end, out);
    if ((disk != 0 && disk != UINT16_MAX) ||
        (directory_disk != 0 && directory_disk != UINT16_MAX) ||
        archive_u16(record + 8) != archive_u16(record + 10))
        return archive_tell(in, found, BATON_ARCHIVE_VOLUMES, NULL, NULL, NULL);
    if (!is_sound || out->start > out->at || out->size != out->at - out->start)
        return archive_tell(in, found, BATON_ARCHIVE_DAMAGED, NULL, NULL, NULL);
    if (out->count > LIMIT_MEMBERS)
        return archive_tell(in, found, BATON_ARCHIVE_MEMBERS, archive_count(in, out->count),
                            archive_count(in, LIMIT_MEMBERS), NULL);
    return BATON_OK;
}

/* The extra field for large archives has the numbers that do not fit their places, in this order. False where one is not there. */
static bool read_extra(const uint8_t *extra, size_t size, uint64_t *const number[], size_t count) {
    size_t wanted = 0;
    for (size_t i = 0; i < count; i++)
        wanted += *number[i] == UINT32_MAX;
    if (wanted == 0)
        return true;
    for (size_t at = 0; at + 4 <= size;) {
        const uint16_t id = archive_u16(extra + at), length = archive_u16(extra + at + 2);
        at += 4;
        if (length > size - at)
            return false;
        if (id == EXTRA_ZIP64) {
            if (length < 8 * wanted)
                return false;
            for (size_t i = 0; i < count; i++)
                if (*number[i] == UINT32_MAX) {
                    *number[i] = archive_u64(extra + at);
                    at += 8;
                }
            return true;
        }
        at += length;
    }
    return false;
}

/* One entry of the directory at *at, which moves behind it. False where it cannot be one. */
static bool read_entry(const struct archive_inside *in, uint64_t *at, uint64_t stop,
                       struct archive_entry *out) {
    const uint8_t *record = in->bytes + *at;
    if (stop - *at < ENTRY_SIZE || archive_u32(record) != ENTRY_MARK)
        return false;
    const uint16_t name_size = archive_u16(record + 28), extra_size = archive_u16(record + 30);
    const uint64_t whole = (uint64_t)ENTRY_SIZE + name_size + extra_size + archive_u16(record + 32);
    if (stop - *at < whole)
        return false;
    *out = (struct archive_entry){
        .raw = (const char *)record + ENTRY_SIZE,
        .raw_size = name_size,
        .flags = archive_u16(record + 8),
        .method = archive_u16(record + 10),
        .checksum = archive_u32(record + 16),
        .packed_size = archive_u32(record + 20),
        .size = archive_u32(record + 24),
        .attributes = archive_u32(record + 38),
        .header = archive_u32(record + 42),
    };
    out->is_utf8 = (out->flags & FLAG_UTF8) != 0;
    out->is_folder = name_size > 0 && out->raw[name_size - 1] == '/';
    uint64_t *const number[] = {&out->size, &out->packed_size, &out->header};
    const uint16_t disk = archive_u16(record + 34);
    *at += whole;
    return (disk == 0 || disk == UINT16_MAX) &&
           read_extra(record + ENTRY_SIZE + name_size, extra_size, number, LENGTH(number));
}

/* What follows the packed bytes of a member that was written without knowing its size: with or without a mark, with short or long numbers. Returns
 * its size; 0 where none of these agrees with the directory. */
static uint64_t descriptor_size(const struct archive_inside *in, const struct archive_entry *entry,
                                uint64_t at) {
    for (unsigned form = 0; form < 4; form++) {
        const uint64_t mark = form & 1 ? 0 : 4, width = form & 2 ? 8 : 4,
                       size = mark + 4 + 2 * width;
        if (in->directory - at < size)
            continue;
        const uint8_t *record = in->bytes + at;
        if (mark > 0 && archive_u32(record) != DESCRIPTOR_MARK)
            continue;
        record += mark;
        const uint64_t packed = width == 8 ? archive_u64(record + 4) : archive_u32(record + 4);
        const uint64_t unpacked = width == 8 ? archive_u64(record + 12) : archive_u32(record + 8);
        if (archive_u32(record) == entry->checksum && packed == entry->packed_size &&
            unpacked == entry->size)
            return size;
    }
    return 0;
}

/* Finds the bytes of a member, by its local header; false where that contradicts the directory. */
static bool read_local(const struct archive_inside *in, struct archive_entry *entry) {
    enum { FLAGS_ALIKE = FLAG_ENCRYPTED | FLAG_DESCRIPTOR | FLAG_STRONG | FLAG_UTF8 | FLAG_MASKED };
    if (in->directory < LOCAL_SIZE || entry->header > in->directory - LOCAL_SIZE)
        return false;
    const uint8_t *record = in->bytes + entry->header;
    const uint16_t name_size = archive_u16(record + 26), extra_size = archive_u16(record + 28);
    entry->data = entry->header + LOCAL_SIZE + name_size + extra_size;
    if (archive_u32(record) != LOCAL_MARK || name_size != entry->raw_size ||
        entry->data > in->directory || in->directory - entry->data < entry->packed_size ||
        memcmp(record + LOCAL_SIZE, entry->raw, name_size) != 0 ||
        ((archive_u16(record + 6) ^ entry->flags) & FLAGS_ALIKE) != 0 ||
        archive_u16(record + 8) != entry->method)
        return false;
    const uint32_t checksum = archive_u32(record + 14);
    uint64_t packed = archive_u32(record + 18), unpacked = archive_u32(record + 22);
    uint64_t *const number[] = {&unpacked, &packed};
    if (!read_extra(record + LOCAL_SIZE + name_size, extra_size, number, LENGTH(number)))
        return false;
    entry->stop = entry->data + entry->packed_size;
    const bool is_same =
        checksum == entry->checksum && packed == entry->packed_size && unpacked == entry->size;
    if ((entry->flags & FLAG_DESCRIPTOR) == 0)
        return is_same;
    const uint64_t behind = descriptor_size(in, entry, entry->stop);
    entry->stop += behind;
    return behind > 0 && (is_same || (checksum == 0 && packed == 0 && unpacked == 0));
}

static int by_header(const void *a, const void *b) {
    const struct archive_entry *left = *(const struct archive_entry *const *)a,
                               *right = *(const struct archive_entry *const *)b;
    return (left->header > right->header) - (left->header < right->header);
}

/* Members that share bytes are how a small archive holds more than its size. */
static baton_code check_overlaps(const struct archive_inside *in, struct baton_findings *found) {
    const struct archive_entry **sorted = arena_alloc(in->arena, in->entry_count, sizeof(*sorted));
    for (uint32_t i = 0; i < in->entry_count; i++)
        sorted[i] = &in->entry[i];
    if (in->entry_count > 1)
        qsort(sorted, in->entry_count, sizeof(*sorted), by_header);
    baton_code code = BATON_OK;
    for (uint32_t i = 1; i < in->entry_count; i++)
        if (sorted[i]->header < sorted[i - 1]->stop)
            code = archive_tell(in, found, BATON_MEMBERS_OVERLAP, archive_shown(in, sorted[i - 1]),
                                archive_shown(in, sorted[i]), NULL);
    return code;
}

static baton_code read_entries(struct archive_inside *in, const struct ending *end,
                               struct baton_findings *found) {
    uint64_t at = end->start;
    if (end->count > end->size / NAME_ENTRY_LEAST + 1)
        return archive_tell(in, found, BATON_ARCHIVE_DAMAGED, NULL, NULL, NULL);
    in->directory = end->start;
    in->entry = arena_alloc(in->arena, (size_t)end->count, sizeof(*in->entry));
    for (; in->entry_count < end->count; in->entry_count++)
        if (!read_entry(in, &at, end->at, &in->entry[in->entry_count]))
            return archive_tell(in, found, BATON_ARCHIVE_DAMAGED, NULL, NULL, NULL);
    return at == end->at ? BATON_OK
                         : archive_tell(in, found, BATON_ARCHIVE_DAMAGED, NULL, NULL, NULL);
}

baton_code archive_read_directory(struct archive_inside *in, struct baton_findings *found) {
    struct ending end = {0};
    TRY(read_end(in, &end, found));
    TRY(read_entries(in, &end, found));
    baton_code code = BATON_OK;
    for (uint32_t i = 0; i < in->entry_count; i++)
        if (!read_local(in, &in->entry[i]))
            code = archive_tell(in, found, BATON_MEMBER_HEADERS, archive_shown(in, &in->entry[i]),
                                NULL, NULL);
    return code != BATON_OK ? code : check_overlaps(in, found);
}
