/* Signed heads, and receipts: what leaves a ledger so that others can hold it to its word.
 *
 * A head says: of the ledger of that id the first `size` entries have this root. Its canonical bytes, which are signed:
 *   u8 version 1, string "baton-head", string ledger id, u64 size, u64 time (ms since 1970 UTC), 32 bytes root, 32 bytes digest of the public key
 * (numbers and strings as in entry.h). The digest algorithm is no part of it: the digest of the key says it. A receipt is an entry, where it stands, the proof, and a head; it can be checked by anyone who
 * has nothing else. Both are kept as texts, a line `name: value` each, in this order and with nothing else:
 *   baton-head 1 (baton-receipt 1), ledger, digest, size, time, root, key, public_key, signature; of a receipt also position, entry (left out where
 *   only the leaf is told), leaf, proof (a line for each digest, from the leaf up)
 * Bytes are in hexadecimal digits in lower case, numbers in decimal, the time as 2021-08-27T01:02:03.004Z. Lines end with LF or CRLF, the last one may go
 * without. docs/journal.md has examples. */
#ifndef LEDGER_HEAD_H
#define LEDGER_HEAD_H

#include "ledger/entry.h"
#include "ledger/merkle.h"
#include "ledger/signing.h"

enum {
    HEAD_TEXT_MAX = 4096,                                         /* bytes of a head as a text */
    RECEIPT_TEXT_MAX = HEAD_TEXT_MAX + 2 * ENTRY_SIZE_MAX + 16384 /* of a receipt */
};

struct head {
    const char *ledger; /* id: an identifier (base/text.h) */
    enum digest_kind digest;
    uint64_t size;
    int64_t time_utc_ms;
    struct digest root;
    struct digest key; /* of the public key */
    struct signature signature;
};

struct receipt {
    struct head head;
    struct public_key
        key; /* as the ledger says; who wants to be sure compares its digest with one from elsewhere */
    uint64_t position;
    const uint8_t *entry; /* canonical bytes; NULL = only the leaf is told */
    size_t entry_size;
    struct digest leaf;
    struct digest proof[MERKLE_PROOF_MAX];
    size_t proof_count;
};

/* What is signed; in the arena. */
void head_bytes(struct baton_arena *arena, const struct head *head, const uint8_t **bytes,
                size_t *size);

/* "baton-head 1" and so on, with LF. */
const char *head_text(struct baton_arena *arena, const struct head *head,
                      const struct public_key *key);
const char *receipt_text(struct baton_arena *arena, const struct receipt *receipt);

/* Reads them; texts live in the arena. HEAD_BROKEN, RECEIPT_BROKEN with a finding that names the line, and *out is untouched. Whatever is read is written again to the
 * same text, but for the ends of lines. A receipt holds a head: head_read takes it as well, and reads all of it. `name` is what findings name. */
MUST_USE baton_code head_read(struct baton_arena *arena, const char *name, const char *text,
                              size_t size, struct head *out, struct public_key *key,
                              struct baton_findings *found);
MUST_USE baton_code receipt_read(struct baton_arena *arena, const char *name, const char *text,
                                 size_t size, struct receipt *out, struct baton_findings *found);

/* Offline: the signature is the key's, the key is named by its digest, the entry's leaf and proof lead to the root, the entry says the position itself. BATON_OK, or
 * HEAD_SIGNATURE, RECEIPT_PROOF with a finding. KEY_KIND where the public key is none. */
MUST_USE baton_code head_check(struct baton_arena *arena, const char *name, const struct head *head,
                               const struct public_key *key, struct baton_findings *found);
MUST_USE baton_code receipt_check(struct baton_arena *arena, const char *name,
                                  const struct receipt *receipt, struct baton_findings *found);

#endif
