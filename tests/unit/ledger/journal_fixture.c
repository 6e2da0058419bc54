/* A small ledger made by hand. */
#include "journal_fixture.h"
#include "ledger/bytes.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* What goes wrong here is a mistake of the test's. */
static void require(bool holds, const char *what) {
    if (!holds) {
        fprintf(stderr, "the fixture cannot %s\n", what);
        abort();
    }
}

static void tree_close(void *tree) {
    merkle_close(tree);
}

static struct public_key use_key(struct fixture *fixture, const char *name) {
    struct baton_findings found = {.arena = fixture->arena};
    const char *const path = arena_printf(fixture->arena, "%s/%s.pem", fixture->folder, name);
    unlink(path);
    /* One that is always the same, so that the journal is: RFC 8032, 7.1, tests 2 and 3. */
    const char *const of_rfc =
        strcmp(name, "key1") == 0
            ? "MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7"
            : "MC4CAQAwBQYDK2VwBCIEIMWqjfQ/n4N77bdELzHct7Fm04U1B28JS4XOOi4LRFj3";
    if (fixture->how.signature == SIGNATURE_ED25519) {
        FILE *const file = fopen(path, "w");
        require(file != NULL &&
                    fprintf(file, "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n",
                            of_rfc) > 0 &&
                    fchmod(fileno(file), 0600) == 0 && fclose(file) == 0,
                "write a key");
    } else {
        require(signer_create(fixture->arena, path, SIGNATURE_SM2, &found) == BATON_OK,
                "make a key");
    }
    require(signer_open(fixture->arena, path, &fixture->signer, &found) == BATON_OK, "open a key");
    return *signer_public(fixture->signer);
}

static const char *hex(struct fixture *fixture, const void *bytes, size_t size) {
    char *const text = arena_alloc(fixture->arena, 2 * size + 1, 1);
    bytes_hex(bytes, size, text);
    return text;
}

static void add(struct fixture *fixture, const char *kind, const char *assessment,
                const char *actor, struct field *field, size_t count) {
    struct entry entry = {.position = fixture->entry_count,
                          .time_utc_ms = fixture->now,
                          .actor = actor,
                          .body = {kind, assessment, field, count}};
    struct fixture_entry made;
    require(fields_sort(field, &entry.body.field_count), "sort");
    entry_write(fixture->arena, &entry, &made.bytes, &made.size);
    *ARRAY_PUSH(fixture->arena, fixture->entry, fixture->entry_count, fixture->entry_capacity) =
        made;
    require(merkle_append(fixture->tree, merkle_leaf(fixture->how.digest, made.bytes, made.size)) ==
                BATON_OK,
            "append");
}

/* Content of so many bytes that follow from its number; the digest in the order of digests. */
static struct digest add_content(struct fixture *fixture, size_t size, const char *media) {
    struct journal_content content = {.media = media, .size = size};
    const size_t number = fixture->content_count;
    uint8_t *const bytes = arena_alloc(fixture->arena, size + 1, 1);
    for (size_t i = 0; i < DIGEST_SIZE; i++)
        content.salt[i] = (uint8_t)(number * 31 + i);
    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)("content "[i % 8] + number);
    content.digest = digest_content(fixture->how.digest, content.salt, bytes, size);
    size_t at = number;
    ARRAY_PUSH(fixture->arena, fixture->content, fixture->content_count, fixture->content_capacity);
    ARRAY_PUSH(fixture->arena, fixture->bytes, fixture->bytes_count, fixture->bytes_capacity);
    for (; at > 0 &&
           memcmp(fixture->content[at - 1].digest.byte, content.digest.byte, DIGEST_SIZE) > 0;
         at--) {
        fixture->content[at] = fixture->content[at - 1];
        fixture->bytes[at] = fixture->bytes[at - 1];
    }
    fixture->content[at] = content;
    fixture->bytes[at] = bytes;
    return content.digest;
}

static void add_genesis(struct fixture *fixture, const struct public_key *key) {
    struct field fields[] = {
        text_field("id", fixture->id),
        text_field("digest", digest_word(fixture->how.digest)),
        text_field("signature", signature_word(fixture->how.signature)),
        text_field("public_key", hex(fixture, key->der, key->size)),
    };
    add(fixture, "ledger", "", "", fields, LENGTH(fields));
}

/* Another key, signed by both. */
static void add_key(struct fixture *fixture) {
    struct signer *const old = fixture->signer;
    const struct digest old_digest = public_key_digest(fixture->how.digest, signer_public(old));
    const struct public_key key = use_key(fixture, "key2");
    struct signature by_old, by_new;
    uint8_t statement[256], *to = put_u8(statement, 1);
    to = put_string(to, "baton-key", 9);
    to = put_string(to, fixture->id, strlen(fixture->id));
    to = put_bytes(to, old_digest.byte, DIGEST_SIZE);
    to = put_string(to, key.der, key.size);
    const size_t size = (size_t)(to - statement);
    require(signer_sign(old, statement, size, &by_old) == BATON_OK &&
                signer_sign(fixture->signer, statement, size, &by_new) == BATON_OK,
            "sign");
    struct field fields[] = {
        text_field("public_key", hex(fixture, key.der, key.size)),
        text_field("old_signature", hex(fixture, by_old.byte, by_old.size)),
        text_field("new_signature", hex(fixture, by_new.byte, by_new.size)),
        text_field("@reason", "\xe6\x9b\xb4\xe6\x8d\xa2"),
    };
    add(fixture, "key", "", "zhang", fields, LENGTH(fields));
}

static void add_evidence(struct fixture *fixture, uint64_t batch) {
    const size_t size = batch % 9 == 0 ? fixture->how.content : (size_t)(batch * 7 % 40);
    const struct digest content = add_content(fixture, size, "text/plain");
    const struct digest name = add_content(fixture, 8, "");
    struct field fields[] = {{"content", (const char *)content.byte, DIGEST_SIZE, 'c'},
                             {"name", (const char *)name.byte, DIGEST_SIZE, 'c'},
                             text_field("size", arena_printf(fixture->arena, "%zu", size))};
    add(fixture, "evidence", "city-2021", "li", fields, LENGTH(fields));
}

static void add_observation(struct fixture *fixture, uint64_t batch, bool is_proposed) {
    struct field fields[] = {
        text_field("unit", "\xe4\xb8\x9c\xe5\x9f\x8e\xe5\x8c\xba"),
        text_field("element", "gdp"),
        text_field("period", "2021-08"),
        text_field("value", arena_printf(fixture->arena, "%d.5", (int)batch)),
    };
    if (!is_proposed) {
        add(fixture, "observation", "city-2021", "wang", fields, LENGTH(fields));
        return;
    }
    struct fact_body body = {"observation", "city-2021", fields, LENGTH(fields)};
    const uint8_t *bytes;
    size_t size;
    fields_sort(fields, &body.field_count);
    body_write(fixture->arena, &body, &bytes, &size);
    struct field proposal[] = {{"fact:000", (const char *)bytes, size, 'f'},
                               text_field("@reason", "late")};
    add(fixture, "proposal", "city-2021", "wang", proposal, LENGTH(proposal));
}

/* Takes the first content that an entry named. */
static void add_erasure(struct fixture *fixture, const struct digest *digest) {
    struct field fields[] = {{"content", (const char *)digest->byte, DIGEST_SIZE, 'c'},
                             text_field("@reason", "the term is over")};
    add(fixture, "erasure", "", "zhang", fields, LENGTH(fields));
    for (size_t i = 0; i < fixture->content_count; i++) {
        struct journal_content *const content = &fixture->content[i];
        if (digest_equal(&content->digest, digest)) {
            content->erased = true;
            content->media = "";
            content->size = 0;
            memset(content->salt, 0, sizeof content->salt);
        }
    }
}

static void add_head(struct fixture *fixture) {
    struct head head = {.ledger = fixture->id,
                        .digest = fixture->how.digest,
                        .size = fixture->entry_count,
                        .time_utc_ms = fixture->now};
    const uint8_t *bytes;
    size_t size;
    head.key = public_key_digest(fixture->how.digest, signer_public(fixture->signer));
    require(merkle_root(fixture->tree, head.size, &head.root) == BATON_OK, "make a root");
    head_bytes(fixture->arena, &head, &bytes, &size);
    require(signer_sign(fixture->signer, bytes, size, &head.signature) == BATON_OK, "sign");
    *ARRAY_PUSH(fixture->arena, fixture->head, fixture->head_count, fixture->head_capacity) = head;
    *ARRAY_PUSH(fixture->arena, fixture->key, fixture->key_count, fixture->key_capacity) =
        *signer_public(fixture->signer);
}

static void add_batch(struct fixture *fixture, uint64_t batch, struct digest *first) {
    const struct fixture_how *const how = &fixture->how;
    if (batch > 0 && batch == how->rotate_at)
        add_key(fixture);
    if (batch > 0 && batch == how->erase_at)
        add_erasure(fixture, first);
    if (how->content > 0 && batch % 3 == 0) {
        const size_t before = fixture->content_count;
        add_evidence(fixture, batch);
        if (before == 0)
            *first = fixture->content[0].digest;
    }
    for (uint64_t i = 0; i < batch % 4; i++)
        add_observation(fixture, batch, (batch + i) % 5 == 0);
    if (fixture->head_count == 0 ||
        fixture->head[fixture->head_count - 1].size < fixture->entry_count)
        add_head(fixture);
    fixture->now += (int64_t)(batch % 3) * 1001; // sometimes the same time
}

struct fixture *fixture_make(struct baton_arena *arena, const char *folder,
                             struct fixture_how how) {
    struct fixture *const fixture = arena_alloc(arena, 1, sizeof *fixture);
    *fixture = (struct fixture){
        .arena = arena, .how = how, .folder = folder, .id = "city", .now = 1630026123004};
    require(merkle_open(how.digest, 0, (struct merkle_source){0}, &fixture->tree) == BATON_OK,
            "open a tree");
    arena_on_close(arena, tree_close, fixture->tree);
    const struct public_key key = use_key(fixture, "key1");
    add_genesis(fixture, &key);
    struct digest first = {{0}};
    for (uint64_t batch = 0; batch < how.batches; batch++)
        add_batch(fixture, batch, &first);
    return fixture;
}

int fixture_write(struct fixture *fixture, const char *path) {
    const struct journal_ledger ledger = {fixture->id, fixture->how.digest, fixture->how.signature,
                                          1630026123000};
    struct writer *const writer = writer_file(fixture->arena, path);
    struct journal_out *const out = journal_out_open(fixture->arena, writer, &ledger);
    size_t head = 0;
    for (size_t i = 0; i < fixture->entry_count; i++) {
        journal_out_entry(out, fixture->entry[i].bytes, fixture->entry[i].size);
        if (head < fixture->head_count && fixture->head[head].size == i + 1)
            journal_out_head(out, &fixture->head[head++]);
    }
    for (size_t i = 0; i < fixture->content_count; i++) {
        const struct journal_content *const content = &fixture->content[i];
        journal_out_content(out, content);
        if (!content->erased)
            journal_out_bytes(out, fixture->bytes[i], (size_t)content->size);
    }
    journal_out_end(out);
    return writer_close(writer);
}

struct receipt fixture_receipt(struct fixture *fixture, uint64_t position, size_t head) {
    struct receipt receipt = {
        .head = fixture->head[head],
        .key = fixture->key[head],
        .position = position,
        .entry = fixture->entry[position].bytes,
        .entry_size = fixture->entry[position].size,
    };
    receipt.leaf = merkle_leaf(fixture->how.digest, receipt.entry, receipt.entry_size);
    require(merkle_inclusion(fixture->tree, position, receipt.head.size, receipt.proof,
                             &receipt.proof_count) == BATON_OK,
            "prove");
    return receipt;
}
