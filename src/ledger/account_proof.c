/* Proving who somebody is, so that neither the answer nor the time tells what was wrong.
 *
 * An attempt is counted before the password is tried, and no longer counts once it was right: so any number of attempts at the same time are no more than those that are free. Of ids
 * without an account attempts are counted too, by shares of a digest, of which there are 256, so that nobody fills the store with invented ids. Every attempt reads and writes the same
 * rows and tries one password: its own, or the decoy that was made when the accounts were opened. Only so many are at it at the same time, some wait for them, and the others are turned away before
 * anything is read or written: a flood of attempts takes neither all memory nor the one writer of SQLite. */
#include "base/text.h"
#include "ledger/accounts_inside.h"
#include <sodium.h>
#include <stdio.h>
#include <string.h>

static void take_attempt(void *context, const struct store_value *row) {
    struct proof *proof = context;
    proof->failures = row[0].number;
    proof->waits_until_utc_ms = row[1].number;
}

/* How long an account waits after so many failures. */
static int64_t wait_ms(int64_t failures) {
    if (failures < FAILURES_FREE)
        return 0;
    const int64_t doubled = failures - FAILURES_FREE;
    const int64_t minutes = doubled >= 6 ? WAIT_MINUTES_MAX : INT64_C(1) << doubled;
    return minutes * MINUTE_MS;
}

/* While it waits nothing is counted: who sits at the door does not make it longer. The row is written all the same. */
static baton_code count(struct proof *proof) {
    struct accounts *accounts = proof->accounts;
    const struct store_value key[] = {store_int(accounts->number), store_word(proof->who)};
    TRY(accounts_one(accounts, STATEMENT_ATTEMPT_GET, key, take_attempt, proof, NULL));
    proof->is_waiting = proof->now_utc_ms < proof->waits_until_utc_ms;
    const int64_t failures = proof->failures + (proof->is_waiting ? 0 : 1);
    const int64_t wait = wait_ms(failures);
    const int64_t until = proof->is_waiting ? proof->waits_until_utc_ms
                          : wait > 0        ? proof->now_utc_ms + wait
                                            : 0;
    return store_run(accounts->store, STATEMENT_ATTEMPT_PUT,
                     (struct store_value[]){key[0], key[1], store_int(failures), store_int(until)},
                     NULL);
}

static baton_code ask(void *context) {
    struct proof *proof = context;
    struct accounts *accounts = proof->accounts;
    TRY(accounts_begin(accounts, false));
    TRY(accounts_row(accounts, proof->person, &proof->account));
    TRY(accounts_factor(accounts, proof->person, &proof->factor));
    TRY(accounts_knows(accounts, proof->person, &proof->is_known));
    if (proof->account.is_there) {
        snprintf(proof->who, sizeof proof->who, "%s", proof->person);
    } else {
        const struct digest share =
            digest_bytes(DIGEST_SHA256, proof->in->person, strlen(proof->in->person));
        snprintf(proof->who, sizeof proof->who, "?%02x", share.byte[0] % SHARES);
    }
    TRY(count(proof));
    return accounts_commit(accounts);
}

/* The attempt no longer counts, unless another came meanwhile. */
static baton_code take_back(void *context) {
    struct proof *proof = context;
    struct accounts *accounts = proof->accounts;
    TRY(accounts_begin(accounts, false));
    TRY(store_run(accounts->store, STATEMENT_ATTEMPT_BACK,
                  (struct store_value[]){store_int(accounts->number), store_word(proof->who),
                                         store_int(proof->failures),
                                         store_int(proof->waits_until_utc_ms),
                                         store_int(proof->failures + 1)},
                  NULL));
    return accounts_commit(accounts);
}

baton_code proof_take_back(struct proof *proof, struct baton_findings *found) {
    return accounts_work(proof->accounts, take_back, proof, found);
}

static bool has_code(const struct sign_in *in) {
    return in->code != NULL && in->code[0] != '\0';
}

/* Whether the password is that of an account that may be used now. */
static baton_code try_password(struct proof *proof) {
    const char *const text = proof->in->password;
    const size_t size = strnlen(text, PASSWORD_SIZE_MAX + 1);
    const bool may = proof->account.is_there && proof->is_known && !proof->is_waiting &&
                     size <= PASSWORD_SIZE_MAX;
    bool holds = false;
    TRY(password_holds(proof->account.is_there ? proof->account.password : proof->accounts->decoy,
                       text, size, &holds));
    proof->holds = holds && may;
    return BATON_OK;
}

static struct sign_in_seen seen_of(const struct proof *proof) {
    return (struct sign_in_seen){
        .has_account = proof->account.is_there && proof->is_known,
        .waits = proof->is_waiting || wait_ms(proof->failures + 1) > 0,
    };
}

baton_code proof_try(struct accounts *accounts, const struct sign_in *in, struct proof *proof,
                     struct baton_findings *found) {
    const bool is_id = text_is_identifier(in->person, strlen(in->person));
    *proof = (struct proof){
        .accounts = accounts,
        .in = in,
        .person = is_id ? in->person : "?",
        .now_utc_ms = accounts_now(accounts),
    };
    if (!turns_take(&accounts->hashing))
        return accounts_refuse(found, BATON_SIGN_IN_BUSY, NULL, NULL);
    struct accounts_words words;
    baton_code code = accounts_work_quietly(accounts, ask, proof, &words);
    if (code == BATON_OK)
        code = try_password(proof);
    turns_give(&accounts->hashing);
    TRY(accounts_tell(found, code, &words));
    if (in->seen != NULL)
        *in->seen = seen_of(proof);
    if (!proof->holds)
        return accounts_refuse(found, BATON_SIGN_IN_REFUSED, NULL, NULL);
    if (proof->factor.is_confirmed && !has_code(in)) {
        TRY(proof_take_back(proof, found));
        return accounts_refuse(found, BATON_SECOND_FACTOR_NEEDED, NULL, NULL);
    }
    return BATON_OK;
}

static void take_any(void *context, const struct store_value *row) {
    (void)row;
    *(bool *)context = true;
}

/* A code on paper. */
static baton_code settle_recovery(struct proof *proof, const struct digest *digest, bool takes) {
    struct accounts *accounts = proof->accounts;
    const struct store_value value[] = {store_int(accounts->number), store_word(proof->person),
                                        store_bytes(digest->byte, DIGEST_SIZE)};
    bool is_there = false;
    TRY(accounts_one(accounts, STATEMENT_RECOVERY_GET, value, take_any, &is_there, NULL));
    if (!is_there)
        return BATON_SIGN_IN_REFUSED;
    return takes ? store_run(accounts->store, STATEMENT_RECOVERY_TAKE, value, NULL) : BATON_OK;
}

static baton_code settle_factor(struct proof *proof, bool takes) {
    struct accounts *accounts = proof->accounts;
    struct digest digest;
    int64_t step;
    TRY(accounts_factor(accounts, proof->person, &proof->factor));
    if (!proof->factor.is_confirmed)
        return BATON_OK;
    if (!has_code(proof->in))
        return BATON_SIGN_IN_REFUSED; // it was turned on this very moment
    if (recovery_digest(proof->person, proof->in->code, &digest))
        return settle_recovery(proof, &digest, takes);
    if (!totp_holds(proof->factor.secret, proof->in->code, proof->now_utc_ms, proof->factor.step,
                    &step))
        return BATON_SIGN_IN_REFUSED;
    return takes ? store_run(accounts->store, STATEMENT_FACTOR_STEP,
                             (struct store_value[]){store_int(accounts->number),
                                                    store_word(proof->person), store_int(step)},
                             NULL)
                 : BATON_OK;
}

baton_code proof_settle(struct proof *proof, bool takes) {
    struct accounts *accounts = proof->accounts;
    struct account_row now;
    TRY(accounts_row(accounts, proof->person, &now));
    if (!now.is_there || strcmp(now.password, proof->account.password) != 0 ||
        (now.is_first && now.expires_utc_ms <= proof->now_utc_ms))
        return BATON_SIGN_IN_REFUSED;
    TRY(settle_factor(proof, takes));
    return store_run(accounts->store, STATEMENT_ATTEMPT_PUT,
                     (struct store_value[]){store_int(accounts->number), store_word(proof->who),
                                            store_int(0), store_int(0)},
                     NULL);
}
