/* Telling a notice to whoever passes it on to people: a webhook, or a command.
 *
 *   webhook   POST of the JSON to an http or https address, with X-Baton-Notice (the id) and, where there is a secret, X-Baton-Signature: sha256= and the HMAC of the body in hexadecimal. Any status 2xx takes it; redirects are not followed
 *   command   started without a shell, with its fixed arguments, the JSON on its standard input, BATON_NOTICE in its environment. It takes it by ending with 0; it and what it has started are killed after the time */
#ifndef SERVER_NOTIFY_H
#define SERVER_NOTIFY_H

#include "base/arena.h"
#include "baton/findings.h"
#include <stdbool.h>
#include <stdint.h>

enum { NOTIFY_SECRET_MAX = 1024, NOTIFY_ANSWER_MAX = 65536, NOTIFY_WORDS_MAX = 32 };

struct notify_settings {
    const char *webhook;        /* NULL = none */
    const char *secret;         /* file with the secret, a line; NULL = none */
    const char *const *command; /* path and arguments, ends with NULL; NULL = none */
    uint32_t timeout_ms;
};

struct notify;

/* Reads the secret. With neither webhook nor command *out is NULL, and nobody is told. FILE_READ; CONFIG_VALUE for an address that is none, or a secret that is empty or too long. */
MUST_USE baton_code notify_open(struct baton_arena *arena, const struct notify_settings *settings,
                                struct notify **out, struct baton_findings *found);

/* Whether it was taken; else *error says why, in English, in the arena. Waits for the time of the settings at most. */
bool notify_send(struct notify *notify, struct baton_arena *arena, int64_t id, const char *json,
                 const char **error);

/* Whether the text is an address that a notice may be posted to. */
bool notify_is_address(const char *text);

#endif
