/* What a ledger has acknowledged, kept outside of it, and whether it is still there.
 *
 * A figure is told by its key, which no other has: it is the unit of an observation. An acknowledgement is that key, the position, and what the receipt says: the entry's leaf, and
 * size and root of the head. As a line: key, position, leaf, size, root, with spaces between. */
#ifndef ACKS_H
#define ACKS_H

#include "ledger/ledger.h"
#include <stdio.h>

enum { ACK_KEY_SIZE = 40, ACK_DIGEST_SIZE = 16, ACK_LINE_SIZE = 192 };

struct ack {
    char key[ACK_KEY_SIZE];
    uint64_t position, size;
    uint8_t leaf[ACK_DIGEST_SIZE], root[ACK_DIGEST_SIZE]; /* their first bytes */
};

/* The observation of that key: "unit=KEY element=gdp period=2021 value=N" of the assessment "city". */
struct fact_body ack_fact(struct baton_arena *arena, const char *key, const char *value);
struct ack ack_of(const char *key, const struct receipt *receipt);
/* With LF; returns the size. */
size_t ack_write(const struct ack *ack, char line[ACK_LINE_SIZE]);
/* Reads a file of lines. The last one may be cut short; false, with a message, for anything else that is no acknowledgement. */
bool acks_read(struct baton_arena *arena, const char *path, struct ack **out, size_t *count);

/* Compares what was acknowledged with the ledger, by reading every entry: each is where it was said, with that leaf, and the head of its receipt is among the heads; no key
 * stands twice, acknowledged or not. And the ledger verifies. Prints what is wrong, the first few; *entries may be NULL. Returns whether all is well. */
bool acks_hold(struct baton_arena *arena, const struct ledger_place *place, const struct ack *ack,
               size_t count, FILE *out, uint64_t *entries);

void print_found(struct baton_arena *arena, FILE *out, const char *what, baton_code code,
                 const struct baton_findings *found);

#endif
