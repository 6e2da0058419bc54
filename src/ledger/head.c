/* What is signed of a head, and whether heads and receipts hold. */
#include "ledger/head.h"
#include "ledger/bytes.h"
#include <assert.h>
#include <inttypes.h>

void head_bytes(struct baton_arena *arena, const struct head *head, const uint8_t **bytes,
                size_t *size) {
    static const char what[] = "baton-head";
    const size_t id_size = strlen(head->ledger);
    *size = 1 + (4 + sizeof what - 1) + (4 + id_size) + 8 + 8 + DIGEST_SIZE + DIGEST_SIZE;
    uint8_t *const begin = arena_alloc_raw(arena, *size, 1);
    uint8_t *to = put_u8(begin, 1);
    to = put_string(to, what, sizeof what - 1);
    to = put_string(to, head->ledger, id_size);
    to = put_u64(to, head->size);
    to = put_u64(to, (uint64_t)head->time_utc_ms);
    to = put_bytes(to, head->root.byte, DIGEST_SIZE);
    to = put_bytes(to, head->key.byte, DIGEST_SIZE);
    assert(to == begin + *size);
    *bytes = begin;
}

static baton_code refuse(const char *name, struct baton_findings *found, baton_code code,
                         const char *arg1, const char *arg2, const char *arg3, const char *arg4) {
    const struct baton_where where = {.file = name};
    baton_findings_add(found, code, where, arg1, arg2, arg3, arg4);
    return code;
}

baton_code head_check(struct baton_arena *arena, const char *name, const struct head *head,
                      const struct public_key *key, struct baton_findings *found) {
    struct verifier *verifier = NULL;
    if (verifier_open(arena, key, &verifier) != BATON_OK)
        return refuse(name, found, BATON_KEY_KIND, NULL, NULL, NULL, NULL);
    const struct digest named = public_key_digest(head->digest, key);
    const uint8_t *bytes;
    size_t size;
    head_bytes(arena, head, &bytes, &size);
    if (digest_equal(&named, &head->key) && verifier_holds(verifier, bytes, size, &head->signature))
        return BATON_OK;
    return refuse(name, found, BATON_HEAD_SIGNATURE, arena_printf(arena, "%" PRIu64, head->size),
                  NULL, NULL, NULL);
}

/* The entry of a receipt: its leaf, its form, its position. */
static baton_code check_entry(struct baton_arena *arena, const char *name,
                              const struct receipt *receipt, struct baton_findings *found) {
    const struct digest leaf =
        merkle_leaf(receipt->head.digest, receipt->entry, receipt->entry_size);
    if (!digest_equal(&leaf, &receipt->leaf))
        return refuse(name, found, BATON_RECEIPT_PROOF, NULL, "", NULL, "");
    struct entry entry;
    if (entry_read(arena, receipt->entry, receipt->entry_size, &entry) != BATON_OK)
        return refuse(name, found, BATON_RECEIPT_PROOF, NULL, NULL, NULL, NULL);
    if (entry.position != receipt->position)
        return refuse(name, found, BATON_RECEIPT_PROOF, NULL, NULL,
                      arena_printf(arena, "%" PRIu64, entry.position),
                      arena_printf(arena, "%" PRIu64, receipt->position));
    return BATON_OK;
}

baton_code receipt_check(struct baton_arena *arena, const char *name, const struct receipt *receipt,
                         struct baton_findings *found) {
    const struct head *const head = &receipt->head;
    TRY(head_check(arena, name, head, &receipt->key, found));
    if (receipt->entry != NULL)
        TRY(check_entry(arena, name, receipt, found));
    if (!merkle_inclusion_holds(head->digest, receipt->position, head->size, &receipt->leaf,
                                receipt->proof, receipt->proof_count, &head->root))
        return refuse(name, found, BATON_RECEIPT_PROOF, "", NULL, NULL, "");
    return BATON_OK;
}
