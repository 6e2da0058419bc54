/* Writes an exported journal: each record goes to the writer and into the digest that stands at the end. */
#include "ledger/bytes.h"
#include "ledger/journal_file.h"

struct journal_out {
    struct writer *writer;
    struct digest_stream *digest;
    uint64_t records;
};

static void put(struct journal_out *out, const void *bytes, size_t size) {
    writer_put(out->writer, bytes, size);
    digest_add(out->digest, bytes, size);
}

/* The beginning of a record. */
static void begin(struct journal_out *out, char type, uint64_t size) {
    uint8_t head[9];
    put_u64(put_u8(head, (uint8_t)type), size);
    put(out, head, sizeof head);
    out->records++;
}

static void record(struct journal_out *out, char type, const uint8_t *bytes, const uint8_t *end) {
    begin(out, type, (uint64_t)(end - bytes));
    put(out, bytes, (size_t)(end - bytes));
}

/* A string, of which no more is written than `most`: what is longer has been checked to be shorter long ago, and is refused when it is read. */
static uint8_t *put_limited(uint8_t *to, const char *text, size_t most) {
    const size_t size = strlen(text);
    return put_string(to, text, size < most ? size : most);
}

struct journal_out *journal_out_open(struct baton_arena *arena, struct writer *writer,
                                     const struct journal_ledger *ledger) {
    struct journal_out *const out = arena_alloc(arena, 1, sizeof *out);
    uint8_t bytes[1024];
    out->writer = writer;
    out->digest = digest_begin(arena, ledger->digest);
    put(out, JOURNAL_LINE, sizeof JOURNAL_LINE - 1);
    uint8_t *to = put_limited(bytes, ledger->id, 512);
    to = put_limited(to, digest_word(ledger->digest), 64);
    to = put_limited(to, signature_word(ledger->signature), 64);
    to = put_u64(to, (uint64_t)ledger->created_utc_ms);
    record(out, 'L', bytes, to);
    return out;
}

void journal_out_entry(struct journal_out *out, const void *bytes, size_t size) {
    begin(out, 'E', size);
    put(out, bytes, size);
}

void journal_out_head(struct journal_out *out, const struct head *head) {
    uint8_t bytes[256];
    uint8_t *to = put_u64(bytes, head->size);
    to = put_u64(to, (uint64_t)head->time_utc_ms);
    to = put_bytes(to, head->root.byte, DIGEST_SIZE);
    to = put_bytes(to, head->key.byte, DIGEST_SIZE);
    to = put_string(to, head->signature.byte, head->signature.size);
    record(out, 'H', bytes, to);
}

void journal_out_content(struct journal_out *out, const struct journal_content *content) {
    uint8_t bytes[JOURNAL_MEDIA_MAX + 128];
    uint8_t *to = put_bytes(bytes, content->digest.byte, DIGEST_SIZE);
    to = put_string(to, content->salt, content->erased ? 0 : DIGEST_SIZE);
    to = put_limited(to, content->media, JOURNAL_MEDIA_MAX);
    to = put_u64(to, content->size);
    record(out, 'C', bytes, to);
}

void journal_out_bytes(struct journal_out *out, const void *bytes, size_t size) {
    const uint8_t *from = bytes;
    while (size > 0) {
        const size_t piece = size < JOURNAL_PIECE ? size : JOURNAL_PIECE;
        begin(out, 'B', piece);
        put(out, from, piece);
        from += piece;
        size -= piece;
    }
}

void journal_out_end(struct journal_out *out) {
    uint8_t bytes[9 + 8 + DIGEST_SIZE];
    const struct digest digest = digest_end(out->digest);
    uint8_t *to = put_u8(bytes, 'Z');
    to = put_u64(to, 8 + DIGEST_SIZE);
    to = put_u64(to, out->records);
    put_bytes(to, digest.byte, DIGEST_SIZE);
    writer_put(out->writer, (const char *)bytes, sizeof bytes);
}
