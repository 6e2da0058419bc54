/* Contents. Their rows are few and are kept; their pieces are read once, in the order of the digests, so that a store full of evidence is one question and needs the memory of one piece. */
#include "ledger/verify_tables.h"
#include <inttypes.h>
#include <string.h>

static baton_code differs(struct verify_tables *t, const struct digest *digest) {
    char hex[DIGEST_HEX_SIZE];
    t->differed++;
    if (t->counts_only)
        return BATON_OK;
    digest_hex(digest, hex);
    return verify_fail(t->v, BATON_PROJECTION_WRONG, "content", hex);
}

/* With the entry that names it, where there is one. */
static baton_code fail_content(struct verify_journal *v, baton_code code,
                               const struct digest *digest) {
    char hex[DIGEST_HEX_SIZE];
    const struct verify_named *named = verify_named(v, digest);
    digest_hex(digest, hex);
    return verify_fail(v, code, hex,
                       named != NULL ? arena_printf(v->scratch, "%" PRIu64, named->entry) : "-");
}

/* Rows */

/* digest, salt, plain, media, size, erased, entry */
static baton_code take_content(void *context, const struct store_value *row) {
    struct verify_tables *t = context;
    struct verify_content content = {
        .media = arena_text(t->v->arena, row[3].data, row[3].size),
        .size = (uint64_t)row[4].number,
        .erased = row[5].number != 0,
        .entry = row[6].number,
        .salt_size = row[1].size,
        .plain_size = row[2].size,
    };
    if (row[0].size != DIGEST_SIZE || (row[5].number != 0 && row[5].number != 1))
        return verify_fail(t->v, BATON_PROJECTION_WRONG, "content", content.media);
    memcpy(content.digest.byte, row[0].data, DIGEST_SIZE);
    if (content.salt_size == DIGEST_SIZE)
        memcpy(content.salt, row[1].data, DIGEST_SIZE);
    if (content.plain_size == DIGEST_SIZE)
        memcpy(content.plain.byte, row[2].data, DIGEST_SIZE);
    *ARRAY_PUSH(t->v->arena, t->content, t->content_count, t->content_capacity) = content;
    return BATON_OK;
}

/* What the journal says of a row. Of what nobody names it says nothing. */
static bool row_holds(const struct verify_content *content, const struct verify_named *named) {
    const bool is_named = named != NULL && !named->only_erased;
    if (content->entry != (is_named ? (int64_t)named->entry : -1))
        return false;
    if (named == NULL || !named->erased)
        return !content->erased && content->salt_size == DIGEST_SIZE &&
               content->plain_size == DIGEST_SIZE;
    return content->erased && content->salt_size == 0 && content->plain_size == 0 &&
           content->media[0] == '\0' && content->size == 0;
}

baton_code verify_content_rows(struct verify_tables *t) {
    struct verify_journal *v = t->v;
    TRY(reader_all(t->reader, STATEMENT_CONTENT_ALL,
                   &(struct store_value){.type = 'i', .number = t->reader->number}, take_content,
                   t));
    for (size_t i = 0; i < t->content_count; i++) {
        struct verify_named *named = verify_named(v, &t->content[i].digest);
        if (named != NULL)
            named->is_there = true;
        if (!row_holds(&t->content[i], named))
            TRY(differs(t, &t->content[i].digest));
    }
    for (size_t i = 0; i < v->named_count; i++)
        if (!v->named[i].is_there && !v->named[i].only_erased)
            return fail_content(v, BATON_CONTENT_MISSING, &v->named[i].digest);
    return BATON_OK;
}

/* Pieces */

struct walk {
    struct verify_tables *t;
    struct verify_pieces pieces;
    size_t next; /* content that has not ended */
};

/* Contents up to the digest have no more pieces; NULL = all. */
static baton_code end_until(struct walk *walk, const uint8_t *digest) {
    struct verify_tables *t = walk->t;
    while (walk->next < t->content_count &&
           (digest == NULL || memcmp(t->content[walk->next].digest.byte, digest, DIGEST_SIZE) < 0))
        TRY(walk->pieces.content_ends(walk->pieces.context, &t->content[walk->next++]));
    return BATON_OK;
}

/* digest, part, bytes */
static baton_code take_piece(void *context, const struct store_value *row) {
    struct walk *walk = context;
    struct verify_tables *t = walk->t;
    const struct verify_content *content = NULL;
    if (row[0].size != DIGEST_SIZE)
        return verify_fail(t->v, BATON_PROJECTION_WRONG, "content_part", "digest");
    TRY(end_until(walk, row[0].data));
    if (walk->next < t->content_count &&
        memcmp(t->content[walk->next].digest.byte, row[0].data, DIGEST_SIZE) == 0)
        content = &t->content[walk->next];
    return walk->pieces.piece(walk->pieces.context, content, row[1].number, row[2].data,
                              row[2].size);
}

baton_code verify_each_piece(struct verify_tables *t, struct verify_pieces pieces) {
    struct walk walk = {t, pieces, 0};
    TRY(reader_all(t->reader, STATEMENT_PART_ALL,
                   &(struct store_value){.type = 'i', .number = t->reader->number}, take_piece,
                   &walk));
    return end_until(&walk, NULL);
}

/* Bytes */

struct bytes_check {
    struct verify_tables *t;
    struct verify_report *out;
    struct arena_mark mark;               /* of the scratch arena, before the streams */
    struct digest_stream *salted, *plain; /* of the content that is read; NULL = none */
    uint64_t size;
    int64_t part;
};

static void begin(struct bytes_check *check, const struct verify_content *content) {
    const enum digest_kind kind = check->t->v->ledger.digest;
    if (check->salted != NULL)
        return;
    check->mark = arena_mark(check->t->v->scratch);
    check->salted = digest_content_begin(check->t->v->scratch, kind, content->salt);
    check->plain = digest_begin(check->t->v->scratch, kind);
    check->size = 0;
    check->part = 0;
}

static baton_code take_bytes(void *context, const struct verify_content *content, int64_t part,
                             const void *bytes, size_t size) {
    struct bytes_check *check = context;
    if (content == NULL) { /* of an upload that did not end */
        check->out->orphans += part == 0;
        return BATON_OK;
    }
    if (content->erased)
        return fail_content(check->t->v, BATON_CONTENT_WRONG, &content->digest);
    if (check->t->progress != NULL &&
        !check->t->progress(check->t->context, check->t->v->count, 2 * check->t->v->count))
        return BATON_VERIFY_ENDED;
    begin(check, content);
    if (part != check->part++)
        return fail_content(check->t->v, BATON_CONTENT_WRONG, &content->digest);
    digest_add(check->salted, bytes, size);
    digest_add(check->plain, bytes, size);
    check->size += size;
    return BATON_OK;
}

static baton_code end_bytes(void *context, const struct verify_content *content) {
    struct bytes_check *check = context;
    struct verify_journal *v = check->t->v;
    const struct verify_named *named = verify_named(v, &content->digest);
    check->out->contents += named != NULL;
    check->out->orphans += named == NULL;
    check->out->erased += content->erased;
    if (content->erased)
        return BATON_OK;
    begin(check, content);
    digest_add(check->plain, content->media, strlen(content->media));
    const struct digest salted = digest_end(check->salted), plain = digest_end(check->plain);
    check->salted = NULL;
    arena_reset_to(v->scratch, check->mark);
    if (!digest_equal(&salted, &content->digest) || !digest_equal(&plain, &content->plain) ||
        check->size != content->size)
        return fail_content(v, BATON_CONTENT_WRONG, &content->digest);
    if (named != NULL)
        check->out->content_bytes += content->size;
    return BATON_OK;
}

baton_code verify_content_bytes(struct verify_tables *t, struct verify_report *out) {
    struct bytes_check check = {.t = t, .out = out};
    return verify_each_piece(t, (struct verify_pieces){&check, take_bytes, end_bytes});
}
