/* Accounts: how a person proves who they are. What somebody may do is another question, which posts answer (rights.h).
 *
 * Persons and posts are facts. Passwords, second factors, sessions and tokens are not: they are secret and short-lived, so they stand in tables of their own beside the journal, which
 * never forgets and is given out. Nothing here is made again from the journal, nor in its backups; losing it costs new passwords, no fact. docs/people.md has the whole.
 *
 *     accounts_open(arena, &world, &place, &(struct accounts_settings){0}, &accounts, found);
 *     account_make(accounts, "wang.min", first, found);                   the first password, to be told once
 *     account_sign_in(accounts, &(struct sign_in){"wang.min", first}, &session, found);        PASSWORD_OLD
 *     account_change_password(accounts, &(struct sign_in){"wang.min", first}, "...", &session, found);
 *     session_find(accounts, session.secret, strlen(session.secret), true, &who);
 *     accounts_tend(accounts, found);                                     about once a second
 *
 * All functions may be called from any thread. Those without `found` look only at what is in memory and never wait for the store; the others do, and those that take a password
 * take an eighth of a second besides. Who may do a thing to another's account is for the caller to know. Besides the codes that are named a function may
 * answer one of the store (store.h) or NO_MEMORY; each but NO_MEMORY with a finding. */
#ifndef LEDGER_ACCOUNT_H
#define LEDGER_ACCOUNT_H

#include "base/limits.h"
#include "ledger/password.h"
#include "ledger/totp.h"

struct accounts;
struct ledger;
struct signed_in;
struct session_made;

/* 0, NULL = as it stands here. */
struct accounts_settings {
    struct password_cost cost; /* 65,536 KiB, 3 passes */
    uint32_t
        hashes_max; /* 2: passwords that are tried at once; each takes a core and the memory of its cost */
    uint32_t waiting_max;   /* 8: calls that wait for these; SIGN_IN_BUSY beyond */
    uint32_t password_days; /* 90: how long a password lasts */
    uint32_t first_days;    /* 7: how long a first password lasts */
    uint32_t idle_minutes;  /* 30: a session ends so long after it was last used; at least 2 */
    uint32_t session_hours; /* 12: and in any case so long after it began */
    uint32_t sessions_max;  /* 3: of one person; one more ends the oldest */
    uint32_t
        raised_minutes; /* 10: so long after the password was given a session may do what is grave */
    /* Bits of enum role, FACTOR_NOBODY = none: whoever holds one of them needs a second factor, from so many days after the account was made. The three administrators and the office. */
    uint32_t factor_roles;
    uint32_t factor_days; /* 7 */
    const char *issuer;   /* "Baton": what an authenticator shows; borrowed */
};

#define FACTOR_NOBODY (UINT32_C(1) << 31)

enum {
    PASSWORDS_KEPT = 5, /* that may not be used again, the present one among them */
    FAILURES_FREE = 5,  /* wrong ones in a row before an account waits: 1 minute, then 2, 4 ... */
    WAIT_MINUTES_MAX = 60,
    ADDRESS_SIZE_MAX = 63, /* bytes that are kept of them */
    AGENT_SIZE_MAX = 199
};

/* Opens the accounts of a ledger, on a connection of their own, and reads sessions and tokens. Closed with the arena, or before. */
MUST_USE baton_code accounts_open(struct baton_arena *arena, const struct ledger_world *world,
                                  const struct ledger_place *place,
                                  const struct accounts_settings *settings, struct accounts **out,
                                  struct baton_findings *found);
void accounts_close(struct accounts *accounts); /* NULL is fine; nobody may be in a call */

/* The same ledger, opened for appending by this process: transactions on a file then take turns with its batches. Without it both wait for the file as processes do, by asking again and again, and a ledger at
 * full speed lets them wait for seconds. NULL = none any more, before it is closed. */
void accounts_beside(struct accounts *accounts, struct ledger *ledger);

/* What has to be done now and then, about once a second: writes down when sessions and tokens were last used (once a minute each), ends those whose time is over, closes accounts of
 * persons who were withdrawn, and takes notice of what other processes changed. */
MUST_USE baton_code accounts_tend(struct accounts *accounts, struct baton_findings *found);

/* What a sign-in showed, for the audit; nobody who is refused may learn of it. */
struct sign_in_seen {
    bool has_account; /* of a person whom the ledger knows */
    bool waits;       /* the account did already, or does from now on */
};

/* Somebody who wants in. */
struct sign_in {
    const char *person, *password;
    const char *code;    /* of the second factor, or a recovery code; NULL or "" = none given */
    const char *address; /* for the list of sessions; NULL = not known */
    const char *agent;   /* likewise */
    /* Secret of the session that the browser had: it ends when another begins, whoever's it was, and not before. NULL = none. */
    const char *former;
    struct sign_in_seen *seen; /* out; NULL = not asked for */
};

/* Signs in. SIGN_IN_REFUSED, for every reason the same and after the same work: no such person or account, a wrong password or code, a first password that has expired, an
 * account that waits. PASSWORD_OLD: all is right, but a new password is needed first. SECOND_FACTOR_NEEDED: the password is right, give the code too. SIGN_IN_BUSY. */
MUST_USE baton_code account_sign_in(struct accounts *accounts, const struct sign_in *in,
                                    struct session_made *out, struct baton_findings *found);
/* Takes a new password, proved by the old one (and a code that was not used before). All sessions of the person end, and a new one begins. As account_sign_in, and
 * what password_check refuses, and PASSWORD_USED. */
MUST_USE baton_code account_change_password(struct accounts *accounts, const struct sign_in *in,
                                            const char *password, struct session_made *out,
                                            struct baton_findings *found);

/* Makes an account, with a first password, which is told once and kept by nobody. PERSON_UNKNOWN, ACCOUNT_THERE. */
MUST_USE baton_code account_make(struct accounts *accounts, const char *person,
                                 char first[PASSWORD_FIRST_SIZE], struct baton_findings *found);
/* Gives a new first password and lets the account wait no longer; sessions end, tokens are revoked, and the second factor goes with `drops_factor` (the device is lost). ACCOUNT_UNKNOWN. */
MUST_USE baton_code account_reset(struct accounts *accounts, const char *person, bool drops_factor,
                                  char first[PASSWORD_FIRST_SIZE], struct baton_findings *found);
/* Closes an account: nothing is left of it. ACCOUNT_UNKNOWN. */
MUST_USE baton_code account_close(struct accounts *accounts, const char *person,
                                  struct baton_findings *found);

struct account {
    const char *person;
    int64_t made_utc_ms, changed_utc_ms; /* the account; its password */
    bool is_first;                       /* its password was made by us and not changed yet */
    int64_t expires_utc_ms;              /* of the password, whatever it is */
};
/* All accounts, by person; in the arena. */
MUST_USE baton_code account_list(struct accounts *accounts, struct baton_arena *arena,
                                 struct account **out, size_t *count, struct baton_findings *found);

/* What the holder and the security administrator may know of one. ACCOUNT_UNKNOWN. */
struct account_state {
    struct account account; /* .person is the caller's */
    bool has_factor;
    uint32_t recovery_codes;    /* left */
    uint32_t failures;          /* wrong ones since the last right one */
    int64_t waits_until_utc_ms; /* 0 = it does not */
};
MUST_USE baton_code account_state(struct accounts *accounts, const char *person,
                                  struct account_state *out, struct baton_findings *found);

/* The second factor, in two steps: a secret, which an authenticator is given by its uri (in the arena), and a first code, which shows that it has it. Until then nothing asks for
 * codes. Then recovery codes are told once. SECOND_FACTOR_ON, ACCOUNT_UNKNOWN; CODE_WRONG, SECOND_FACTOR_OFF. */
MUST_USE baton_code second_factor_begin(struct accounts *accounts, struct baton_arena *arena,
                                        const char *person, const char **secret, const char **uri,
                                        struct baton_findings *found);
MUST_USE baton_code second_factor_confirm(struct accounts *accounts, const char *person,
                                          const char *code,
                                          char recovery[RECOVERY_CODES][RECOVERY_CODE_SIZE],
                                          struct baton_findings *found);
/* Turns it off: proved by password and code, as a sign-in is. */
MUST_USE baton_code second_factor_off(struct accounts *accounts, const struct sign_in *in,
                                      struct baton_findings *found);

#endif
