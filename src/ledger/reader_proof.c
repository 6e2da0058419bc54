/* Heads, the keys that signed them, and receipts. The tree of a receipt is made of the stored subtrees and some hundred entries; it is kept for the next receipt
 * of the same state. */
#include "ledger/merkle.h"
#include "ledger/reader.h"
#include "ledger/reader_parts.h"
#include <stdio.h>
#include <string.h>

bool reader_head_of(const struct ledger_reader *reader, const struct store_value *row,
                    struct head *out) {
    if (row[2].size != DIGEST_SIZE || row[3].size != DIGEST_SIZE ||
        row[4].size > SIGNATURE_SIZE_MAX || row[4].size == 0)
        return false;
    memset(out, 0, sizeof *out);
    out->ledger = reader->id;
    out->digest = reader->digest;
    out->size = (uint64_t)row[0].number;
    out->time_utc_ms = row[1].number;
    memcpy(out->root.byte, row[2].data, DIGEST_SIZE);
    memcpy(out->key.byte, row[3].data, DIGEST_SIZE);
    memcpy(out->signature.byte, row[4].data, row[4].size);
    out->signature.size = row[4].size;
    return true;
}

struct head_ask {
    struct ledger_reader *reader;
    struct head *out;
    bool is_sound;
};

static void take_head(void *context, const struct store_value *row) {
    struct head_ask *ask = context;
    ask->is_sound = reader_head_of(ask->reader, row, ask->out);
}

struct key_ask {
    struct ledger_reader *reader;
    const struct digest *digest; /* of the key that is looked for */
    struct public_key *out;
    bool is_found;
};

static baton_code offer_key(void *context, const struct fact_row *row) {
    struct key_ask *ask = context;
    const char *const text = body_text(&row->entry.body, "public_key");
    const size_t size = strlen(text);
    struct public_key key = {.size = size / 2};
    if (key.size > PUBLIC_KEY_SIZE_MAX || !bytes_of_hex(text, size, key.der))
        return reader_fail_at(ask->reader, BATON_ENTRY_BROKEN, row->position, "public_key");
    const struct digest digest = public_key_digest(ask->reader->digest, &key);
    if (digest_equal(&digest, ask->digest)) {
        *ask->out = key;
        ask->is_found = true;
    }
    return BATON_OK;
}

static baton_code find_key(struct ledger_reader *reader, const struct head *head,
                           struct public_key *key) {
    struct key_ask ask = {reader, &head->key, key, false};
    TRY(reader_rows(reader, "", FACT_LEDGER, head->size, offer_key, &ask));
    TRY(reader_rows(reader, "", FACT_KEY, head->size, offer_key, &ask));
    if (ask.is_found)
        return BATON_OK;
    char hex[DIGEST_HEX_SIZE];
    digest_hex(&head->key, hex);
    return reader_fail_at(reader, BATON_HEAD_KEY, head->size, hex);
}

static baton_code head_by(struct ledger_reader *reader, enum statement statement, uint64_t size,
                          struct head *out, struct public_key *key) {
    struct head_ask ask = {reader, out, false};
    bool is_row;
    TRY(reader_one(reader, statement,
                   (struct store_value[]){store_int(reader->number), store_number(size)}, take_head,
                   &ask, &is_row));
    if (!is_row)
        return reader_fail_at(reader, BATON_HEAD_MISSING, size > 0 ? size - 1 : 0, NULL);
    if (!ask.is_sound)
        return reader_fail_at(reader, BATON_HEAD_SIGNATURE, size, NULL);
    return find_key(reader, out, key);
}

baton_code reader_head(struct ledger_reader *reader, struct baton_arena *arena, struct head *out,
                       struct public_key *key) {
    (void)arena;
    return head_by(reader, STATEMENT_HEAD_LAST, 0, out, key);
}

baton_code reader_head_at(struct ledger_reader *reader, uint64_t size, struct head *out,
                          struct public_key *key) {
    return head_by(reader, STATEMENT_HEAD_AT, size, out, key);
}

/* Digests for the tree */

struct fetch {
    struct ledger_reader *reader;
    struct digest *out;
    unsigned level;
    uint64_t next; /* place of the next one */
};

static baton_code miss(struct fetch *fetch) {
    char place[24];
    snprintf(place, sizeof place, "%llu", (unsigned long long)fetch->next);
    if (fetch->level == 0)
        return reader_fail(fetch->reader, BATON_ENTRY_MISSING, place, NULL);
    return reader_fail_at(fetch->reader, BATON_NODE_WRONG, fetch->level, place);
}

static baton_code take_digest(void *context, const struct store_value *row) {
    struct fetch *fetch = context;
    if ((uint64_t)row[0].number != fetch->next || (fetch->level > 0 && row[1].size != DIGEST_SIZE))
        return miss(fetch);
    if (fetch->level > 0)
        memcpy(fetch->out->byte, row[1].data, DIGEST_SIZE);
    else
        *fetch->out = merkle_leaf(fetch->reader->digest, row[1].data, row[1].size);
    fetch->out++;
    fetch->next++;
    return BATON_OK;
}

static baton_code fetch_digests(void *context, unsigned level, uint64_t place, size_t count,
                                struct digest *out) {
    struct ledger_reader *reader = context;
    struct fetch fetch = {reader, out, level, place};
    const struct store_value ledger = store_int(reader->number), from = store_number(place),
                             to = store_number(place + count);
    if (level == 0)
        TRY(reader_all(reader, STATEMENT_ENTRY_RANGE, (struct store_value[]){ledger, from, to},
                       take_digest, &fetch));
    else
        TRY(reader_all(reader, STATEMENT_NODE_RANGE,
                       (struct store_value[]){ledger, store_int((int64_t)level), from, to},
                       take_digest, &fetch));
    return fetch.next == place + count ? BATON_OK : miss(&fetch);
}

static baton_code tree_of(struct ledger_reader *reader, uint64_t size) {
    if (reader->tree != NULL && reader->tree_size == size)
        return BATON_OK;
    merkle_close(reader->tree);
    reader->tree = NULL;
    TRY(merkle_open(reader->digest, size, (struct merkle_source){reader, fetch_digests},
                    &reader->tree));
    reader->tree_size = size;
    return BATON_OK;
}

/* Receipts */

struct bytes_ask {
    struct baton_arena *arena;
    const uint8_t *bytes;
    size_t size;
};

static void take_bytes_of(void *context, const struct store_value *row) {
    struct bytes_ask *ask = context;
    ask->bytes = (const uint8_t *)arena_text(ask->arena, row[0].data, row[0].size);
    ask->size = row[0].size;
}

baton_code reader_receipt(struct ledger_reader *reader, struct baton_arena *arena,
                          uint64_t position, struct receipt *out) {
    struct bytes_ask ask = {.arena = arena};
    struct entry entry;
    bool is_row;
    memset(out, 0, sizeof *out);
    TRY(reader_head(reader, arena, &out->head, &out->key));
    TRY(reader_entry(reader, arena, position, &entry));
    if (position >= out->head.size)
        return reader_fail_at(reader, BATON_HEAD_MISSING, position, NULL);
    TRY(reader_one(reader, STATEMENT_ENTRY_GET,
                   (struct store_value[]){store_int(reader->number), store_number(position)},
                   take_bytes_of, &ask, &is_row));
    TRY(tree_of(reader, out->head.size));
    out->position = position;
    out->entry = ask.bytes;
    out->entry_size = ask.size;
    out->leaf = merkle_leaf(reader->digest, ask.bytes, ask.size);
    return merkle_inclusion(reader->tree, position, out->head.size, out->proof, &out->proof_count);
}

baton_code reader_consistency(struct ledger_reader *reader, uint64_t old,
                              struct digest proof[MERKLE_PROOF_MAX], size_t *count) {
    uint64_t size;
    TRY(reader_size(reader, &size));
    if (old > size)
        return reader_fail_at(reader, BATON_LEDGER_REWRITTEN, old, NULL);
    TRY(tree_of(reader, size));
    return merkle_consistency(reader->tree, old, size, proof, count);
}
