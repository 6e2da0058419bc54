/* The certificate of `baton serve` and its key: read, and looked at before the server takes them. */
#ifndef CLI_SERVE_TLS_H
#define CLI_SERVE_TLS_H

#include "base/arena.h"
#include "baton/findings.h"
#include <stdbool.h>
#include <stdint.h>

struct serve_tls {
    const char *certificate, *key;     /* contents, PEM */
    const char *subject;               /* "CN=baton.example" */
    int64_t from_utc_ms, until_utc_ms; /* when the certificate holds, the first of its chain */
    bool key_is_open;                  /* others than the owner's group may read the file */
};

/* Reads both. FILE_READ; SERVER_TLS where they are not in PEM, or do not belong together. */
MUST_USE baton_code serve_tls_read(struct baton_arena *arena, const char *certificate,
                                   const char *key, struct serve_tls *out,
                                   struct baton_findings *found);

#endif
