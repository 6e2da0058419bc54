/* Contents: what stands outside of the entries, by digest, in pieces. What is handed out has been checked: it is the content of that digest, or it is an error. */
#include "ledger/reader.h"
#include "ledger/reader_parts.h"
#include <stdio.h>
#include <string.h>

static baton_code fail_content(struct ledger_reader *reader, baton_code code,
                               const struct digest *digest) {
    char hex[DIGEST_HEX_SIZE];
    digest_hex(digest, hex);
    return reader_fail(reader, code, hex, NULL);
}

struct content_ask {
    struct baton_arena *arena;
    uint8_t salt[DIGEST_SIZE];
    struct reader_content *out;
};

/* salt, plain, media, size, erased, entry */
static void take_content(void *context, const struct store_value *row) {
    struct content_ask *ask = context;
    memset(ask->salt, 0, DIGEST_SIZE);
    if (row[0].size == DIGEST_SIZE)
        memcpy(ask->salt, row[0].data, DIGEST_SIZE);
    *ask->out = (struct reader_content){
        .media = arena_text(ask->arena, row[2].data, row[2].size),
        .size = (uint64_t)row[3].number,
        .erased = row[4].number != 0,
        .entry = row[5].number,
    };
}

static baton_code ask_content(struct ledger_reader *reader, const struct digest *digest,
                              struct content_ask *ask) {
    bool is_row;
    TRY(reader_one(
        reader, STATEMENT_CONTENT_GET,
        (struct store_value[]){store_int(reader->number), store_bytes(digest->byte, DIGEST_SIZE)},
        take_content, ask, &is_row));
    if (!is_row)
        return fail_content(reader, BATON_CONTENT_UNKNOWN, digest);
    return ask->out->erased ? fail_content(reader, BATON_CONTENT_ERASED, digest) : BATON_OK;
}

baton_code reader_content(struct ledger_reader *reader, const struct digest *digest,
                          struct reader_content *out) {
    struct content_ask ask = {.arena = reader->arena, .out = out};
    return ask_content(reader, digest, &ask);
}

struct pieces_ask {
    struct ledger_reader *reader;
    const struct digest *digest;
    struct digest_stream *stream;
    uint64_t size;
    int64_t part;
    baton_code (*each)(void *context, const void *bytes, size_t size);
    void *context;
};

static baton_code take_piece(void *context, const struct store_value *row) {
    struct pieces_ask *ask = context;
    if (row[0].number != ask->part++)
        return fail_content(ask->reader, BATON_CONTENT_MISSING, ask->digest);
    digest_add(ask->stream, row[1].data, row[1].size);
    ask->size += row[1].size;
    return ask->each(ask->context, row[1].data, row[1].size);
}

/* What each gets has not been checked as a whole yet: only the answer tells. */
static baton_code pieces(struct ledger_reader *reader, struct baton_arena *arena,
                         const struct digest *digest, struct pieces_ask *ask) {
    struct reader_content content;
    struct content_ask question = {.arena = arena, .out = &content};
    TRY(ask_content(reader, digest, &question));
    ask->reader = reader;
    ask->digest = digest;
    ask->stream = digest_content_begin(arena, reader->digest, question.salt);
    TRY(reader_all(
        reader, STATEMENT_PART_RANGE,
        (struct store_value[]){store_int(reader->number), store_bytes(digest->byte, DIGEST_SIZE)},
        take_piece, ask));
    const struct digest got = digest_end(ask->stream);
    return digest_equal(&got, digest) && ask->size == content.size
               ? BATON_OK
               : fail_content(reader, BATON_CONTENT_WRONG, digest);
}

baton_code reader_content_pieces(struct ledger_reader *reader, const struct digest *digest,
                                 baton_code (*each)(void *context, const void *bytes, size_t size),
                                 void *context) {
    struct pieces_ask ask = {.each = each, .context = context};
    return pieces(reader, reader->arena, digest, &ask);
}

struct text_ask {
    struct baton_arena *arena;
    char *text;
    size_t size, capacity;
};

static baton_code add_piece(void *context, const void *bytes, size_t size) {
    struct text_ask *ask = context;
    ARRAY_RESERVE(ask->arena, ask->text, ask->size, ask->capacity, ask->size + size + 1);
    memcpy(ask->text + ask->size, bytes, size);
    ask->size += size;
    return BATON_OK;
}

baton_code reader_content_text(struct ledger_reader *reader, struct baton_arena *arena,
                               const struct digest *digest, const char **text, size_t *size) {
    struct text_ask ask = {.arena = arena};
    struct pieces_ask question = {.each = add_piece, .context = &ask};
    TRY(pieces(reader, arena, digest, &question));
    ARRAY_RESERVE(arena, ask.text, ask.size, ask.capacity, ask.size + 1);
    ask.text[ask.size] = '\0';
    *text = ask.text;
    *size = ask.size;
    return BATON_OK;
}
