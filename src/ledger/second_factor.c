/* The second factor: turned on in two steps, so that nobody locks themselves out with a secret that no device has. */
#include "base/text.h"
#include "ledger/accounts_inside.h"
#include <string.h>

struct factor_work {
    struct accounts *accounts;
    const char *person, *code;
    uint8_t secret[TOTP_SECRET_SIZE];
    struct digest recovery[RECOVERY_CODES];
    struct proof proof;
    int64_t now_utc_ms;
};

static baton_code refused(baton_code code, const char *person, struct baton_findings *found) {
    if (code == BATON_ACCOUNT_UNKNOWN)
        return accounts_refuse(found, code, person, NULL);
    if (code == BATON_SECOND_FACTOR_ON || code == BATON_SECOND_FACTOR_OFF ||
        code == BATON_CODE_WRONG || code == BATON_SIGN_IN_REFUSED)
        return accounts_refuse(found, code, NULL, NULL);
    return code;
}

static baton_code put(struct factor_work *f, bool is_confirmed, int64_t step) {
    struct accounts *accounts = f->accounts;
    return store_run(accounts->store, STATEMENT_FACTOR_PUT,
                     (struct store_value[]){store_int(accounts->number), store_word(f->person),
                                            store_bytes(f->secret, TOTP_SECRET_SIZE),
                                            store_int(is_confirmed ? 1 : 0), store_int(step)},
                     NULL);
}

static baton_code begin_inside(void *context) {
    struct factor_work *f = context;
    struct accounts *accounts = f->accounts;
    struct account_row account;
    struct factor_row factor;
    TRY(accounts_begin(accounts, false));
    TRY(accounts_row(accounts, f->person, &account));
    if (!account.is_there)
        return BATON_ACCOUNT_UNKNOWN;
    TRY(accounts_factor(accounts, f->person, &factor));
    if (factor.is_confirmed)
        return BATON_SECOND_FACTOR_ON;
    TRY(put(f, false, -1));
    return accounts_commit(accounts);
}

baton_code second_factor_begin(struct accounts *accounts, struct baton_arena *arena,
                               const char *person, const char **secret, const char **uri,
                               struct baton_findings *found) {
    struct factor_work f = {.accounts = accounts, .person = person};
    char text[TOTP_SECRET_TEXT_SIZE];
    if (!text_is_identifier(person, strlen(person)))
        return accounts_refuse(found, BATON_ACCOUNT_UNKNOWN, person, NULL);
    totp_secret(&accounts->world, f.secret);
    TRY(refused(accounts_work(accounts, begin_inside, &f, found), person, found));
    totp_secret_text(f.secret, text);
    *secret = arena_text(arena, text, strlen(text));
    *uri = totp_uri(arena, f.secret, accounts->set.issuer, person);
    return BATON_OK;
}

static baton_code add_recovery(struct factor_work *f) {
    struct accounts *accounts = f->accounts;
    const struct store_value number = store_int(accounts->number), person = store_word(f->person);
    TRY(store_run(accounts->store, STATEMENT_RECOVERY_DROP, (struct store_value[]){number, person},
                  NULL));
    for (size_t i = 0; i < RECOVERY_CODES; i++)
        TRY(store_run(
            accounts->store, STATEMENT_RECOVERY_ADD,
            (struct store_value[]){number, person, store_bytes(f->recovery[i].byte, DIGEST_SIZE)},
            NULL));
    return BATON_OK;
}

static baton_code confirm_inside(void *context) {
    struct factor_work *f = context;
    struct accounts *accounts = f->accounts;
    struct factor_row factor;
    int64_t step;
    TRY(accounts_begin(accounts, true)); // other processes are to know of it
    TRY(accounts_factor(accounts, f->person, &factor));
    if (!factor.is_there)
        return BATON_SECOND_FACTOR_OFF;
    if (factor.is_confirmed)
        return BATON_SECOND_FACTOR_ON;
    if (!totp_holds(factor.secret, f->code, f->now_utc_ms, factor.step, &step))
        return BATON_CODE_WRONG;
    memcpy(f->secret, factor.secret, TOTP_SECRET_SIZE);
    TRY(put(f, true, step));
    TRY(add_recovery(f));
    TRY(accounts_commit(accounts));
    accounts_know_factor(accounts, f->person, true);
    return BATON_OK;
}

baton_code second_factor_confirm(struct accounts *accounts, const char *person, const char *code,
                                 char recovery[RECOVERY_CODES][RECOVERY_CODE_SIZE],
                                 struct baton_findings *found) {
    struct factor_work f = {
        .accounts = accounts, .person = person, .code = code, .now_utc_ms = accounts_now(accounts)};
    if (!text_is_identifier(person, strlen(person)))
        return accounts_refuse(found, BATON_SECOND_FACTOR_OFF, NULL, NULL);
    for (size_t i = 0; i < RECOVERY_CODES; i++) {
        recovery_code(&accounts->world, recovery[i]);
        (void)recovery_digest(person, recovery[i], &f.recovery[i]); // it is one
    }
    return refused(accounts_work(accounts, confirm_inside, &f, found), person, found);
}

static baton_code off_inside(void *context) {
    struct factor_work *f = context;
    struct accounts *accounts = f->accounts;
    const struct store_value key[] = {store_int(accounts->number), store_word(f->person)};
    TRY(accounts_begin(accounts, true));
    TRY(proof_settle(&f->proof, true));
    TRY(store_run(accounts->store, STATEMENT_FACTOR_DELETE, key, NULL));
    TRY(store_run(accounts->store, STATEMENT_RECOVERY_DROP, key, NULL));
    TRY(accounts_commit(accounts));
    accounts_know_factor(accounts, f->person, false);
    return BATON_OK;
}

baton_code second_factor_off(struct accounts *accounts, const struct sign_in *in,
                             struct baton_findings *found) {
    struct factor_work f = {.accounts = accounts, .person = in->person};
    TRY(proof_try(accounts, in, &f.proof, found));
    return refused(accounts_work(accounts, off_inside, &f, found), in->person, found);
}
