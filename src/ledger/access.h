/* Who can come in, for lists of people who cannot: accounts, tokens, and who signed in lately. */
#ifndef LEDGER_ACCESS_H
#define LEDGER_ACCESS_H

#include "base/hash.h"
#include "ledger/reader.h"

struct access_token {
    const char *person, *name, *units; /* ids separated by spaces; "" = all */
    int64_t expires_utc_ms;
};
struct access {
    struct hash
        account; /* persons with an account: 1 = they have never changed their first password, so never signed in; else 0 */
    struct hash
        seen; /* persons who have signed in since the time that was asked for, by the audit records */
    const struct access_token *token;
    size_t token_count;
};

/* As it stands; in the arena. What the reader answers. */
MUST_USE baton_code access_read(struct baton_arena *arena, struct ledger_reader *reader,
                                int64_t since_utc_ms, struct access *out);

#endif
