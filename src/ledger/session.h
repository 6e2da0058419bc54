/* Sessions: who is signed in. The browser has a secret of 32 bytes, in hexadecimal; the store has its SHA-256 only, so that whoever reads the store signs in as nobody. A session that is
 * raised (the password given once more, or changed) gets a new secret, so that one which was put into a browser beforehand is worth nothing.
 *
 * What the server asks with every request, session_find, looks at a list in memory. What another process changes shows there after its accounts_tend: a second. */
#ifndef LEDGER_SESSION_H
#define LEDGER_SESSION_H

#include "ledger/account.h"
#include "ledger/rights.h"

enum {
    SESSION_SECRET_SIZE = 65, /* with the NUL, as those below */
    SESSION_ID_SIZE = 9,
    CSRF_SIZE = 65,
    KEEPING_SIZE = 65,
    KEEPINGS_MOST = 8, /* of other sessions that are told */
    TOKEN_UNITS_MAX = 16,
    TOKEN_UNITS_SIZE = TOKEN_UNITS_MAX * (LIMIT_ID_SIZE + 1)
};

/* Whom a request comes from. */
struct signed_in {
    char person[LIMIT_ID_SIZE + 1];
    char id
        [SESSION_ID_SIZE]; /* of the session or token, for logs and lists: 8 digits of the digest */
    bool is_token;
    int64_t begun_utc_ms;
    int64_t raised_utc_ms; /* when the password was last given; 0 = a token */
    bool has_factor;       /* the person's second factor is on; of a session */
    int64_t
        factor_due_utc_ms; /* when who needs one, and has none, may do nothing else any more; of a session */
    /* Of tokens only: what more than the person's posts limits what may be done. */
    uint32_t roles;                     /* bits of enum role; of a session all */
    char assessment[LIMIT_ID_SIZE + 1]; /* "" = any */
    char units[TOKEN_UNITS_SIZE];       /* separated by spaces; "" = any */
};

struct session_made {
    char secret[SESSION_SECRET_SIZE];
    struct signed_in who;
};

/* Whose session it is; false where it has ended, or never was. `touches` = it was used: its time begins anew (not so for a stream that only stays open). */
bool session_find(struct accounts *accounts, const char *secret, size_t size, bool touches,
                  struct signed_in *out);
/* Until when a session may do what is grave: the password was given shortly before; 0 = a token. */
int64_t session_raised_until_utc_ms(const struct accounts *accounts, const struct signed_in *who);
/* Whether that is to come. Of a token always: it was made in such a session, and does less. */
bool session_is_raised(const struct accounts *accounts, const struct signed_in *who);
/* Whether somebody with these roles, signed in so, may for now do nothing but set a second factor up. */
bool session_needs_factor(const struct accounts *accounts, const struct signed_in *who,
                          uint32_t roles);
/* The roles that need one, of these. */
uint32_t session_factor_roles(const struct accounts *accounts, uint32_t roles);
/* What a form of the session with this secret has to bring along; false where the text is no secret. Made when it is asked for: few requests need it. */
bool session_csrf(const char *secret, char out[CSRF_SIZE]);
/* Whether the text is that; takes as long for every text of that size. */
bool session_holds_csrf(const char *secret, const char *text, size_t size);

/* The key, 32 bytes in hexadecimal, under which the browser of the session with this secret may keep what was typed and not sent. It is made for the session at random, stays when the session is raised, and is gone
 * with it: it stands nowhere but in its row, and is told to nobody but whoever has the secret. False where the session has ended, or has none. */
bool session_keeping(struct accounts *accounts, const char *secret, char out[KEEPING_SIZE]);
/* The keys of the other sessions of whoever's session that is, as long as these live: a browser that was killed has lost its cookie, and what it keeps lies under the key of a session that nobody ended. At most so
 * many, the newest ones; how many there are. */
size_t session_keeping_others(struct accounts *accounts, const char *secret,
                              char (*out)[KEEPING_SIZE], size_t most);

/* The password once more, before something grave: the secret changes, its time of beginning stays. SESSION_ENDED, and as account_sign_in. in->person does not matter. */
MUST_USE baton_code session_raise(struct accounts *accounts, const char *secret, size_t size,
                                  const struct sign_in *in, struct session_made *out,
                                  struct baton_findings *found);

/* Ends one by its secret; one of a person by its id (SESSION_UNKNOWN); all of a person but the one of that id ("" = all). */
MUST_USE baton_code session_end(struct accounts *accounts, const char *secret, size_t size,
                                struct baton_findings *found);
MUST_USE baton_code session_end_one(struct accounts *accounts, const char *person, const char *id,
                                    struct baton_findings *found);
MUST_USE baton_code session_end_all(struct accounts *accounts, const char *person,
                                    const char *but_id, struct baton_findings *found);

struct session_row {
    char id[SESSION_ID_SIZE];
    int64_t begun_utc_ms, seen_utc_ms;
    char address[ADDRESS_SIZE_MAX + 1], agent[AGENT_SIZE_MAX + 1];
};
/* A person's sessions, the newest first; at most so many as fit. */
size_t session_list(struct accounts *accounts, const char *person, struct session_row *out,
                    size_t room);
/* How many there are in all. */
size_t session_count(struct accounts *accounts);

#endif
