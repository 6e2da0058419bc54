/* Tokens: a program that acts for a person, with less than the person may do and not for longer than a year. `bt_` and 40 letters and digits by chance (238 bits); the store has the
 * SHA-256 only. They go with the account, and when it gets a new first password. */
#ifndef LEDGER_TOKEN_H
#define LEDGER_TOKEN_H

#include "ledger/session.h"

enum {
    TOKEN_TEXT_SIZE = 44, /* with the NUL */
    TOKEN_NAME_SIZE_MAX = 100,
    TOKEN_DAYS_MAX = 366,
    TOKENS_MAX = 20 /* of one person */
};

struct token_wish {
    const char *person;
    const char *name; /* what it is for */
    uint32_t
        roles; /* bits of enum role, at least one; what the person's posts do not give it does not give either */
    const char *assessment;  /* id; NULL or "" = any */
    const char *const *unit; /* ids; none = any */
    size_t unit_count;
    int64_t expires_utc_ms;
};

/* Makes one; `text` is told once. ACCOUNT_UNKNOWN, TOKEN_NAME, TOKEN_SCOPE, TOKEN_EXPIRY, TOKENS_FULL. */
MUST_USE baton_code token_make(struct accounts *accounts, const struct token_wish *wish,
                               char text[TOKEN_TEXT_SIZE], char id[SESSION_ID_SIZE],
                               struct baton_findings *found);
/* Whose it is, from memory; false where it has expired or was revoked, or never was. */
bool token_find(struct accounts *accounts, const char *text, size_t size, struct signed_in *out);
/* TOKEN_UNKNOWN. */
MUST_USE baton_code token_revoke(struct accounts *accounts, const char *person, const char *id,
                                 struct baton_findings *found);

struct token_row {
    struct signed_in scope; /* .begun_utc_ms = when it was made */
    char name[TOKEN_NAME_SIZE_MAX + 1];
    int64_t expires_utc_ms, used_utc_ms; /* 0 = never used */
};
/* A person's tokens, the newest first; at most so many as fit. */
size_t token_list(struct accounts *accounts, const char *person, struct token_row *out,
                  size_t room);
/* How many there are in all, those that have just expired among them. */
size_t token_count(struct accounts *accounts);

#endif
