/* Public keys in files: to be given out with a ledger's receipts, and to be compared with. */
#ifndef CLI_PUBLIC_KEY_H
#define CLI_PUBLIC_KEY_H

#include "cli/command.h"
#include "ledger/signing.h"

/* As PEM: "-----BEGIN PUBLIC KEY-----" and so on; in the arena. */
const char *public_key_pem(struct baton_arena *arena, const struct public_key *key);

/* The digest, by that algorithm, of a key that --key names: the digest itself (64 hexadecimal digits), a file in PEM, or a head or receipt that was kept. Tells what is wrong:
 * PUBLIC_KEY_BAD, or that the file cannot be read. */
MUST_USE baton_code public_key_named(struct invocation *invocation, const char *text,
                                     enum digest_kind kind, struct digest *out);

/* Reads a file of at most so many bytes; tells what is wrong. In the arena, with a NUL behind it. */
MUST_USE baton_code read_whole(struct invocation *invocation, const char *path, uint64_t most,
                               const char **text, size_t *size);

#endif
