/* Private keys in files and in what OpenSSL's providers open by a URI. For signing.c. */
#ifndef LEDGER_KEY_FILE_H
#define LEDGER_KEY_FILE_H

#include "base/arena.h"
#include "baton/findings.h"
#include <openssl/evp.h>

/* As signer_create, with the key given. */
MUST_USE baton_code key_file_create(struct baton_arena *arena, const char *path, EVP_PKEY *key,
                                    struct baton_findings *found);

/* As signer_open, of any algorithm; *out is closed with the arena. */
MUST_USE baton_code key_open(struct baton_arena *arena, const char *place, EVP_PKEY **out,
                             struct baton_findings *found);

#endif
