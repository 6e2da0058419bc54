/* Evidence comes in pieces, each of which is stored at once, under a name by chance; when all is there the parts get the digest for their name. Until a fact names it, the
 * content belongs to nobody, and goes when whoever brought it in takes it back, or when the ledger is opened again. */
#include "base/text.h"
#include "ledger/journal_file.h"
#include "ledger/ledger_inside.h"
#include <string.h>

struct content_stream {
    struct ledger *ledger;
    struct baton_arena *arena;
    const char *media;
    uint8_t salt[DIGEST_SIZE];
    struct digest name; /* of the parts, until the digest is known */
    struct digest_stream *salted, *plain;
    uint64_t size;
    int64_t part;
    char *piece; /* JOURNAL_PIECE bytes */
    size_t used;
    baton_code code; /* of the first piece that could not be stored */
    struct digest digest;
    bool has_pieces; /* there may be some under `name` */
    bool is_new;     /* there may be a content of `digest` that was not there before */
};

baton_code ledger_content_open(struct ledger *ledger, struct baton_arena *arena, const char *media,
                               struct content_stream **out) {
    const size_t media_size = strlen(media);
    if (media_size > JOURNAL_MEDIA_MAX || text_valid_size(media, media_size) != media_size)
        return BATON_FACT_FIELD_BAD;
    struct content_stream *stream = arena_alloc(arena, 1, sizeof *stream);
    stream->ledger = ledger;
    stream->arena = arena;
    stream->media = arena_text(arena, media, media_size);
    stream->piece = arena_alloc_raw(arena, JOURNAL_PIECE, 1);
    ledger->world.random(ledger->world.context, stream->salt, sizeof stream->salt);
    ledger->world.random(ledger->world.context, stream->name.byte, DIGEST_SIZE);
    stream->salted = digest_content_begin(arena, ledger->digest, stream->salt);
    stream->plain = digest_begin(arena, ledger->digest);
    *out = stream;
    return BATON_OK;
}

/* One transaction of the writer's store; the ledger is entered. */
static baton_code store_piece(struct content_stream *stream) {
    struct ledger *ledger = stream->ledger;
    TRY(mend_go_on(ledger));
    TRY(store_begin(ledger->store, true));
    TRY(lease_hold(ledger, ledger->world.now_utc_ms(ledger->world.context)));
    TRY(store_run(ledger->store, STATEMENT_PART_ADD,
                  (struct store_value[]){
                      store_int(ledger->number), store_bytes(stream->name.byte, DIGEST_SIZE),
                      store_int(stream->part), store_bytes(stream->piece, stream->used)},
                  NULL));
    return store_commit(ledger->store);
}

/* Whether a fact names it by now. */
static baton_code find_name(struct store *store, const struct store_value *key, bool *is_named) {
    enum { ENTRY = 5 };
    const struct store_value *row;
    *is_named = false;
    TRY(store_query(store, STATEMENT_CONTENT_GET, key));
    TRY(store_next(store, &row));
    if (row == NULL)
        return BATON_OK;
    *is_named = row[ENTRY].number >= 0;
    store_query_end(store);
    return BATON_OK;
}

/* Pieces and content of that name, unless a fact names it. One transaction of the writer's store; the ledger is entered. */
static baton_code take_out(struct ledger *ledger, const struct digest *digest) {
    const struct store_value key[] = {store_int(ledger->number),
                                      store_bytes(digest->byte, DIGEST_SIZE)};
    bool is_named;
    TRY(mend_go_on(ledger));
    TRY(store_begin(ledger->store, true));
    TRY(lease_hold(ledger, ledger->world.now_utc_ms(ledger->world.context)));
    TRY(find_name(ledger->store, key, &is_named));
    if (!is_named) {
        TRY(store_run(ledger->store, STATEMENT_PART_DELETE, key, NULL));
        TRY(store_run(ledger->store, STATEMENT_CONTENT_DELETE, key, NULL));
    }
    return store_commit(ledger->store);
}

/* Of streams that could not be taken back. What cannot be taken out now either, stays for the next time. */
static void take_leftovers(struct ledger *ledger) {
    while (ledger->leftover_count > 0) {
        const baton_code code = take_out(ledger, &ledger->leftover[ledger->leftover_count - 1]);
        mend_note(ledger, code);
        if (code != BATON_OK) {
            store_rollback(ledger->store);
            return;
        }
        ledger->leftover_count--;
    }
}

static baton_code put_piece(struct content_stream *stream) {
    struct ledger *ledger = stream->ledger;
    if (stream->code != BATON_OK || stream->used == 0)
        return stream->code;
    if (!ledger_enter(ledger))
        return stream->code = ledger->dead;
    if (!stream->has_pieces)
        take_leftovers(ledger);
    stream->has_pieces = true;
    stream->code = store_piece(stream);
    mend_note(ledger, stream->code);
    if (stream->code != BATON_OK)
        store_rollback(ledger->store);
    ledger_leave(ledger);
    stream->part++;
    stream->used = 0;
    return stream->code;
}

baton_code ledger_content_put(struct content_stream *stream, const void *bytes, size_t size) {
    const char *at = bytes;
    digest_add(stream->salted, bytes, size);
    digest_add(stream->plain, bytes, size);
    stream->size += size;
    while (size > 0 && stream->code == BATON_OK) {
        const size_t room = JOURNAL_PIECE - stream->used, taken = size < room ? size : room;
        memcpy(stream->piece + stream->used, at, taken);
        stream->used += taken;
        at += taken;
        size -= taken;
        if (stream->used == JOURNAL_PIECE)
            TRY(put_piece(stream));
    }
    return stream->code;
}

/* Whether the same bytes are there already and not erased; *out gets their digest. */
static baton_code find_same(struct content_stream *stream, const struct digest *plain,
                            struct digest *out, bool *is_there) {
    struct store *store = stream->ledger->store;
    const struct store_value *row;
    *is_there = false;
    TRY(store_query(store, STATEMENT_CONTENT_LIKE,
                    (struct store_value[]){store_int(stream->ledger->number),
                                           store_bytes(plain->byte, DIGEST_SIZE),
                                           store_int((int64_t)stream->size)}));
    TRY(store_next(store, &row));
    if (row == NULL)
        return BATON_OK;
    *is_there = row[0].size == DIGEST_SIZE;
    if (*is_there)
        memcpy(out->byte, row[0].data, DIGEST_SIZE);
    store_query_end(store);
    return BATON_OK;
}

static baton_code store_end(struct content_stream *stream, struct digest *out) {
    struct ledger *ledger = stream->ledger;
    const struct store_value number = store_int(ledger->number);
    const struct store_value name = store_bytes(stream->name.byte, DIGEST_SIZE);
    digest_add(stream->plain, stream->media, strlen(stream->media));
    const struct digest plain = digest_end(stream->plain);
    bool is_there;
    TRY(mend_go_on(ledger));
    TRY(store_begin(ledger->store, true));
    TRY(lease_hold(ledger, ledger->world.now_utc_ms(ledger->world.context)));
    TRY(find_same(stream, &plain, out, &is_there));
    if (is_there) {
        TRY(store_run(ledger->store, STATEMENT_PART_DELETE, (struct store_value[]){number, name},
                      NULL));
        return store_commit(ledger->store);
    }
    stream->digest = *out = digest_end(stream->salted);
    const struct store_value digest = store_bytes(out->byte, DIGEST_SIZE);
    TRY(store_run(ledger->store, STATEMENT_PART_MOVE, (struct store_value[]){number, name, digest},
                  NULL));
    TRY(store_run(
        ledger->store, STATEMENT_CONTENT_ADD,
        (struct store_value[]){number, digest, store_bytes(stream->salt, DIGEST_SIZE),
                               store_bytes(plain.byte, DIGEST_SIZE), store_word(stream->media),
                               store_int((int64_t)stream->size), store_int(0), store_int(-1)},
        NULL));
    stream->is_new = true; /* also where nobody knows whether it is */
    return store_commit(ledger->store);
}

baton_code ledger_content_close(struct content_stream *stream, struct digest *out) {
    struct ledger *ledger = stream->ledger;
    TRY(put_piece(stream));
    if (!ledger_enter(ledger))
        return ledger->dead;
    const baton_code code = store_end(stream, out);
    mend_note(ledger, code);
    if (code == BATON_OK)
        stream->has_pieces = false;
    else
        store_rollback(ledger->store);
    ledger_leave(ledger);
    return code;
}

static baton_code take_back(struct ledger *ledger, const struct digest *digest) {
    const baton_code code = take_out(ledger, digest);
    mend_note(ledger, code);
    if (code == BATON_OK)
        return code;
    store_rollback(ledger->store);
    if (ledger->leftover_count < LEFTOVERS_MAX)
        ledger->leftover[ledger->leftover_count++] = *digest;
    return code;
}

baton_code ledger_content_take_back(struct content_stream *stream) {
    struct ledger *ledger = stream->ledger;
    const bool has_pieces = stream->has_pieces, is_new = stream->is_new;
    if (!has_pieces && !is_new)
        return BATON_OK;
    if (!ledger_enter(ledger))
        return ledger->dead;
    stream->has_pieces = stream->is_new = false;
    baton_code code = has_pieces ? take_back(ledger, &stream->name) : BATON_OK;
    if (is_new) {
        const baton_code other = take_back(ledger, &stream->digest);
        code = code == BATON_OK ? other : code;
    }
    ledger_leave(ledger);
    return code;
}
