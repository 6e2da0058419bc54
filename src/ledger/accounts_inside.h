/* The inside of accounts: the connection, what is at hand of sessions and tokens, proving. For account*.c, session.c, token.c and second_factor.c only.
 *
 * Two locks. `work` is held by whoever uses the connection, and while the lists change; `lists` for moments only, by whoever looks at the lists or changes them. Passwords are tried under
 * neither. */
#ifndef LEDGER_ACCOUNTS_INSIDE_H
#define LEDGER_ACCOUNTS_INSIDE_H

#include "base/turns.h"
#include "ledger/digest_map.h"
#include "ledger/ledger.h"
#include "ledger/store.h"
#include "ledger/token.h"
#include <pthread.h>

enum {
    MINUTE_MS = 60000,
    HOUR_MS = 3600000,
    DAY_MS = 86400000,
    SHARES = 256,
    ACCOUNTS_WORD_SIZE = 160
};

/* At hand of a session, of a token. */
struct session_item {
    struct digest digest; /* first: see digest_map.h */
    char person[LIMIT_ID_SIZE + 1];
    int64_t begun_utc_ms, seen_utc_ms, raised_utc_ms;
    int64_t stored_utc_ms; /* what the store has for seen */
    int64_t made_utc_ms;   /* the account */
    bool has_factor;
    char address[ADDRESS_SIZE_MAX + 1], agent[AGENT_SIZE_MAX + 1];
    char keeping[KEEPING_SIZE]; /* "" = it began before there were any */
};
struct token_item {
    struct digest digest;
    struct token_row row;
    int64_t stored_utc_ms; /* what the store has for used */
};

struct accounts {
    struct ledger_world world;
    struct accounts_settings set;   /* without zeros */
    struct ledger_place place;      /* texts of the arena that it was opened with */
    char decoy[PASSWORD_HASH_SIZE]; /* tried where there is no account */

    struct turns hashing; /* of those who try passwords */

    pthread_mutex_t work;
    struct baton_arena *store_arena; /* of store and reader */
    struct baton_arena *scratch;     /* of one piece of work */
    struct store *store;             /* NULL = closed */
    struct ledger_reader *reader;
    struct ledger *beside; /* see accounts_beside */
    bool has_turn;         /* no batch of it is at work, until the end of this piece of work */
    int64_t number;        /* of the ledger */
    bool is_broken;        /* the store failed: it is opened anew before the next work */
    bool changes;          /* the transaction changes sessions or tokens */
    int64_t change; /* account_change of which the lists are; -1 = they have to be read again */
    int64_t journal_size; /* entries that were looked through for persons who were withdrawn */

    pthread_mutex_t lists;
    struct digest_map sessions, tokens;
};

static inline int64_t accounts_now(const struct accounts *accounts) {
    return accounts->world.now_utc_ms(accounts->world.context);
}

/* A finding without a place; answers the code. */
baton_code accounts_refuse(struct baton_findings *found, baton_code code, const char *arg1,
                           const char *arg2);

/* Runs body(context) with the connection in hand; what it began and did not commit is rolled back. A failure of the store becomes a finding here, any other code is the caller's to tell. */
MUST_USE baton_code accounts_work(struct accounts *accounts, baton_code (*body)(void *context),
                                  void *context, struct baton_findings *found);

/* The same in two steps, for who holds something that has to be given back before a finding is made (which may find no memory). */
struct accounts_words {
    bool is_there;
    char word[4][ACCOUNTS_WORD_SIZE];
};
MUST_USE baton_code accounts_work_quietly(struct accounts *accounts,
                                          baton_code (*body)(void *context), void *context,
                                          struct accounts_words *words);
baton_code accounts_tell(struct baton_findings *found, baton_code code,
                         const struct accounts_words *words);

/* Within it: a transaction that writes, one at a time of all processes. `changes` = it changes sessions or tokens. */
MUST_USE baton_code accounts_begin(struct accounts *accounts, bool changes);
MUST_USE baton_code accounts_commit(struct accounts *accounts);
/* One row at most, copied by take; *is_row may be NULL. */
MUST_USE baton_code accounts_one(struct accounts *accounts, enum statement statement,
                                 const struct store_value *value,
                                 void (*take)(void *context, const struct store_value *row),
                                 void *context, bool *is_row);
/* Reads the lists from the store; in a transaction or not. */
MUST_USE baton_code accounts_read_lists(struct accounts *accounts);

/* Sessions and tokens of a person, in the store and, after the commit, at hand. NULL = all of the person; else all but the one of that digest. */
void accounts_forget_sessions(struct accounts *accounts, const char *person,
                              const struct digest *but);
void accounts_forget_tokens(struct accounts *accounts, const char *person);
/* Sessions at hand know whether the second factor of a person is on. */
void accounts_know_factor(struct accounts *accounts, const char *person, bool is_on);
void accounts_forget(struct accounts *accounts, struct digest_map *map,
                     const struct digest *digest);

/* Whether the person is in the ledger, and was not withdrawn. Within work. */
MUST_USE baton_code accounts_knows(struct accounts *accounts, const char *person, bool *knows);

/* An account as its row has it. */
struct account_row {
    bool is_there, is_first;
    char password[PASSWORD_HASH_SIZE];
    int64_t made_utc_ms, changed_utc_ms, expires_utc_ms;
};
MUST_USE baton_code accounts_row(struct accounts *accounts, const char *person,
                                 struct account_row *out);
struct factor_row {
    bool is_there, is_confirmed;
    uint8_t secret[TOTP_SECRET_SIZE];
    int64_t step;
};
MUST_USE baton_code accounts_factor(struct accounts *accounts, const char *person,
                                    struct factor_row *out);

/* Takes an account out of the store with all that belongs to it. Within a transaction that changes. */
MUST_USE baton_code accounts_close_person(struct accounts *accounts, const char *person);

/* Proving who somebody is: proof_try before a transaction, proof_settle in it. */
struct proof {
    struct accounts *accounts;
    const struct sign_in *in;
    const char *person; /* "?" where it is no identifier */
    char who[LIMIT_ID_SIZE + 1];
    struct account_row account;
    struct factor_row factor;
    bool is_known, is_waiting, holds;
    int64_t failures, waits_until_utc_ms; /* before this attempt was counted */
    int64_t now_utc_ms;
};
/* Counts the attempt, tries the password. BATON_OK = the password is right. SIGN_IN_REFUSED, SIGN_IN_BUSY, SECOND_FACTOR_NEEDED, with a finding. */
MUST_USE baton_code proof_try(struct accounts *accounts, const struct sign_in *in,
                              struct proof *proof, struct baton_findings *found);
/* Within a transaction: that it still is so, and the code, which is taken then if `takes`. The attempt no longer counts. SIGN_IN_REFUSED. */
MUST_USE baton_code proof_settle(struct proof *proof, bool takes);
/* The password was right, but nothing came of it for another reason: the attempt does not count. */
MUST_USE baton_code proof_take_back(struct proof *proof, struct baton_findings *found);
/* A session to be: made before the transaction, put into the store in it, at hand after it. */
struct session_new {
    struct session_item *item; /* NULL once it is at hand */
    uint8_t secret[DIGEST_SIZE];
    const struct digest *over; /* the oldest ones, which end for it; in the scratch arena */
    size_t over_count;
    bool has_former;
    struct session_item former; /* of the same browser, which ends too */
    struct signed_in who;       /* once it is at hand */
};
/* Whether its time is not over. */
bool session_lives(const struct accounts *accounts, const struct session_item *item, int64_t now);
MUST_USE baton_code session_new(struct accounts *accounts, const struct proof *proof,
                                struct session_new *out);
MUST_USE baton_code session_new_store(struct accounts *accounts, struct session_new *session);
void session_new_at_hand(struct accounts *accounts, struct session_new *session);
/* What the caller is told; the item is freed where it never came to hand. */
void session_new_tell(struct session_new *session, struct session_made *out);
void session_new_drop(struct session_new *session);

/* The first 8 digits of a digest. */
void accounts_id(const struct digest *digest, char out[SESSION_ID_SIZE]);

#endif
