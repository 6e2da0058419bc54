/* Digests: SHA-256 or SM3, 32 bytes either. A ledger has one of them for good. */
#ifndef LEDGER_DIGEST_H
#define LEDGER_DIGEST_H

#include "base/arena.h"
#include <stdbool.h>
#include <stdint.h>

enum digest_kind { DIGEST_SHA256, DIGEST_SM3 };
enum { DIGEST_SIZE = 32, DIGEST_HEX_SIZE = 65 };

struct digest {
    uint8_t byte[DIGEST_SIZE];
};

/* "sha256", "sm3"; false where the word is neither. */
const char *digest_word(enum digest_kind kind);
bool digest_of_word(const char *word, enum digest_kind *out);

/* Of some bytes, and of several pieces one after the other. From any thread. Cannot fail: a library that lacks the algorithm ends the process
 * at digest_begin or here, with an assertion. */
struct digest digest_bytes(enum digest_kind kind, const void *bytes, size_t size);

/* Of a stream. */
struct digest_stream;
struct digest_stream *digest_begin(struct baton_arena *arena, enum digest_kind kind);
void digest_add(struct digest_stream *stream, const void *bytes, size_t size);
struct digest digest_end(struct digest_stream *stream); /* afterwards it begins anew */

bool digest_equal(const struct digest *a, const struct digest *b);
/* Lower case, with a NUL. */
void digest_hex(const struct digest *digest, char out[DIGEST_HEX_SIZE]);
/* Exactly 64 hexadecimal digits. */
bool digest_of_hex(const char *text, size_t size, struct digest *out);
void bytes_hex(const void *bytes, size_t size, char *out); /* 2 * size + 1 bytes */
bool bytes_of_hex(const char *text, size_t size, uint8_t *out);

#endif
