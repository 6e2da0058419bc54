/* A small ledger made without the ledger itself: entries, tree, heads, keys, contents, for tests of heads, receipts and exported journals. Everything follows from `how`,
 * but for the signatures of SM2. */
#ifndef JOURNAL_FIXTURE_H
#define JOURNAL_FIXTURE_H

#include "ledger/journal_file.h"

struct fixture_how {
    enum digest_kind digest;
    enum signature_kind signature;
    uint64_t batches;   // of 1 to 4 entries
    uint64_t rotate_at; // the batch that changes the key; 0 = none
    uint64_t erase_at;  // the batch that erases the first content; 0 = none
    size_t content;     // bytes of the largest content; 0 = no contents
};

struct fixture_entry {
    const uint8_t *bytes;
    size_t size;
};

struct fixture {
    struct baton_arena *arena;
    struct fixture_how how;
    const char *folder; // where the keys are
    const char *id;
    struct merkle *tree;
    struct signer *signer; // of the last key
    int64_t now;

    struct fixture_entry *entry;
    size_t entry_count, entry_capacity;
    struct head *head;
    size_t head_count, head_capacity;
    struct public_key *key; // of each head
    size_t key_count, key_capacity;
    struct journal_content *content; // in the order of digests
    size_t content_count, content_capacity;
    const uint8_t **bytes; // of each content
    size_t bytes_count, bytes_capacity;
};

/* In the arena; keys are written to the folder. */
struct fixture *fixture_make(struct baton_arena *arena, const char *folder, struct fixture_how how);
/* Writes it as an exported journal. 0 or errno. */
MUST_USE int fixture_write(struct fixture *fixture, const char *path);
/* A receipt of the entry with the head of that index. */
struct receipt fixture_receipt(struct fixture *fixture, uint64_t position, size_t head);

#endif
