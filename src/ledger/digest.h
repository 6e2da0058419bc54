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

/* Of some bytes; of two pieces, one after the other (either may be empty). From any thread. Cannot fail: a library that lacks the algorithm
 * ends the process here or at digest_begin, with an assertion. */
struct digest digest_bytes(enum digest_kind kind, const void *bytes, size_t size);
struct digest digest_two(enum digest_kind kind, const void *first, size_t first_size,
                         const void *second, size_t second_size);

/* Of a stream; it is gone with the arena. */
struct digest_stream;
struct digest_stream *digest_begin(struct baton_arena *arena, enum digest_kind kind);
void digest_add(struct digest_stream *stream, const void *bytes, size_t size);
struct digest digest_end(struct digest_stream *stream); /* afterwards it begins anew */

/* The salted digest of content that stands outside of the journal: H(0x02 || salt || bytes). Whoever has the digest alone cannot guess the content. As a
 * stream: digest_add the bytes, then digest_end (afterwards it begins anew with the same salt); and in one go. */
struct digest_stream *digest_content_begin(struct baton_arena *arena, enum digest_kind kind,
                                           const uint8_t salt[DIGEST_SIZE]);
struct digest digest_content(enum digest_kind kind, const uint8_t salt[DIGEST_SIZE],
                             const void *bytes, size_t size);

bool digest_equal(const struct digest *a, const struct digest *b);
/* Lower case, with a NUL. */
void digest_hex(const struct digest *digest, char out[DIGEST_HEX_SIZE]);
/* Its first digits, for people; in the arena. */
const char *digest_shown(struct baton_arena *arena, const struct digest *digest);
/* Exactly 64 hexadecimal digits, in lower case. */
bool digest_of_hex(const char *text, size_t size, struct digest *out);
/* 2 * size + 1 bytes, with a NUL. */
void bytes_hex(const void *bytes, size_t size, char *out);
/* size / 2 bytes. False, and out is anything, where it is not an even number of digits 0-9 a-f: every value has one form. */
bool bytes_of_hex(const char *text, size_t size, uint8_t *out);

#endif
