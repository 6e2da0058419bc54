/* What a session may do: how lately its password was given, whether a second factor is due, and which one ends for it. */
#include "unit/ledger/account_fixture.h"
#include "unit/test.h"
#include <string.h>

#define OFFICE (UINT32_C(1) << ROLE_OFFICE)
#define CLERK (UINT32_C(1) << ROLE_UNIT)

static struct signed_in who_has(struct account_test *t, const char *secret) {
    struct signed_in who = {0};
    CHECK(session_find(t->accounts, secret, strlen(secret), false, &who));
    return who;
}

TEST(a_password_is_given_for_some_minutes) {
    struct account_test t;
    if (!account_test_make(&t, STORE_SQLITE, NULL))
        return;
    struct signed_in who = who_has(&t, t.session.secret);
    CHECK(session_is_raised(t.accounts, &who));
    account_test_pass(10 * (int64_t)MINUTES - 1);
    CHECK(session_is_raised(t.accounts, &who));
    account_test_pass(1);
    CHECK(!session_is_raised(t.accounts, &who));
    CHECK_INT(session_raised_until_utc_ms(t.accounts, &who),
              t.begun_utc_ms + 10 * (int64_t)MINUTES);
    struct session_made raised;
    const struct sign_in right = {.password = MIN_PASSWORD};
    CHECK_INT(
        session_raise(t.accounts, t.session.secret, 64, &right, &raised, account_test_fresh(&t)),
        BATON_OK);
    CHECK(session_is_raised(t.accounts, &raised.who));
    who = (struct signed_in){.is_token = true};
    CHECK(session_is_raised(t.accounts, &who));
    CHECK_INT(session_raised_until_utc_ms(t.accounts, &who), 0);
    account_test_close(&t);
}

TEST(a_second_factor_is_due_for_some_roles_in_some_days) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        uint8_t secret[TOTP_SECRET_SIZE];
        char recovery[RECOVERY_CODES][RECOVERY_CODE_SIZE];
        struct session_made session;
        if (!account_test_make(&t, kind, NULL))
            return;
        struct signed_in who = who_has(&t, t.session.secret);
        CHECK(!who.has_factor);
        CHECK(!session_needs_factor(t.accounts, &who, OFFICE));
        account_test_pass(7 * (int64_t)DAYS);
        CHECK(session_needs_factor(t.accounts, &who, OFFICE | CLERK));
        CHECK(!session_needs_factor(t.accounts, &who, CLERK));
        CHECK_INT(session_factor_roles(t.accounts, OFFICE | CLERK), OFFICE);
        who.is_token = true;
        CHECK(!session_needs_factor(t.accounts, &who, OFFICE));
        CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &session), BATON_OK);
        struct accounts *other = account_test_other(&t);
        CHECK(account_test_factor(&t, secret, recovery));
        who = who_has(&t, session.secret);
        CHECK(who.has_factor);
        CHECK(!session_needs_factor(t.accounts, &who, OFFICE));
        CHECK_INT(accounts_tend(other, account_test_fresh(&t)), BATON_OK);
        CHECK(session_find(other, session.secret, 64, false, &who));
        CHECK(who.has_factor);
        const struct sign_in off = {
            .person = "wang.min", .password = MIN_PASSWORD, .code = recovery[0]};
        CHECK_INT(second_factor_off(t.accounts, &off, account_test_fresh(&t)), BATON_OK);
        CHECK(!who_has(&t, session.secret).has_factor);
        account_test_close(&t);
    }
}

TEST(nobody_needs_one_where_that_is_set) {
    struct account_test t;
    const struct accounts_settings settings = {.factor_roles = FACTOR_NOBODY};
    if (!account_test_make(&t, STORE_SQLITE, &settings))
        return;
    const struct signed_in who = who_has(&t, t.session.secret);
    account_test_pass(100 * (int64_t)DAYS);
    CHECK(!session_needs_factor(t.accounts, &who, UINT32_MAX));
    account_test_close(&t);
}

TEST(the_session_before_it_ends_when_another_begins) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        struct session_made next, mine;
        if (!account_test_make(&t, kind, NULL))
            return;
        struct sign_in in = {
            .person = "wang.min", .password = "a wrong password", .former = t.session.secret};
        CHECK_INT(account_sign_in(t.accounts, &in, &next, account_test_fresh(&t)),
                  BATON_SIGN_IN_REFUSED);
        CHECK(account_test_found(&t, t.session.secret));
        in.password = MIN_PASSWORD;
        CHECK_INT(account_sign_in(t.accounts, &in, &next, account_test_fresh(&t)), BATON_OK);
        CHECK(!account_test_found(&t, t.session.secret));
        CHECK(account_test_found(&t, next.secret));
        CHECK_INT(account_test_in(&t, "zhao.qing", QING_PASSWORD, NULL, &mine), BATON_OK);
        in.former = mine.secret; /* whoever's it was */
        CHECK_INT(account_sign_in(t.accounts, &in, &t.session, account_test_fresh(&t)), BATON_OK);
        CHECK(!account_test_found(&t, mine.secret));
        struct accounts *other = account_test_other(&t);
        struct signed_in who;
        CHECK(!session_find(other, mine.secret, 64, false, &who));
        in.former = "no secret";
        CHECK_INT(account_sign_in(t.accounts, &in, &next, account_test_fresh(&t)), BATON_OK);
        account_test_close(&t);
    }
}

/* What the audit is told, and the client is not. */
TEST(what_a_sign_in_showed) {
    struct account_test t;
    struct session_made session;
    struct sign_in_seen seen = {true, true};
    if (!account_test_make(&t, STORE_SQLITE, NULL))
        return;
    struct sign_in in = {.person = "nobody", .password = "a wrong password", .seen = &seen};
    CHECK_INT(account_sign_in(t.accounts, &in, &session, account_test_fresh(&t)),
              BATON_SIGN_IN_REFUSED);
    CHECK(!seen.has_account && !seen.waits);
    in.person = "zhao.qing";
    for (int i = 1; i <= FAILURES_FREE + 1; i++) {
        CASE("%d", i);
        CHECK_INT(account_sign_in(t.accounts, &in, &session, account_test_fresh(&t)),
                  BATON_SIGN_IN_REFUSED);
        CHECK(seen.has_account);
        CHECK_INT(seen.waits, i >= FAILURES_FREE);
    }
    account_test_close(&t);
}

TEST(the_key_of_what_is_kept_lasts_as_long_as_the_session) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        char first[KEEPING_SIZE], again[KEEPING_SIZE], second[KEEPING_SIZE];
        struct session_made raised, later;
        const struct sign_in right = {.password = MIN_PASSWORD};
        CHECK(session_keeping(t.accounts, t.session.secret, first));
        CHECK_INT(strlen(first), KEEPING_SIZE - 1);
        CHECK(strcmp(first, t.session.secret) != 0);
        CHECK(session_keeping(account_test_other(&t), t.session.secret,
                              again)); // as the store has it
        CHECK_TEXT(again, first);
        CHECK_INT(session_raise(t.accounts, t.session.secret, 64, &right, &raised,
                                account_test_fresh(&t)),
                  BATON_OK);
        CHECK(!session_keeping(t.accounts, t.session.secret, again));
        CHECK(session_keeping(t.accounts, raised.secret, again)); // the same sitting
        CHECK_TEXT(again, first);
        CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &later), BATON_OK);
        CHECK(session_keeping(t.accounts, later.secret, second));
        CHECK(strcmp(second, first) != 0); // another session, another key
        char others[KEEPINGS_MOST][KEEPING_SIZE];
        CHECK_INT(session_keeping_others(t.accounts, later.secret, others, KEEPINGS_MOST), 1);
        CHECK_TEXT(others[0], first); // the former one lives
        CHECK_INT(session_keeping_others(t.accounts, raised.secret, others, KEEPINGS_MOST), 1);
        CHECK_TEXT(others[0], second);
        CHECK_INT(session_keeping_others(t.accounts, later.secret, others, 0), 0);
        CHECK_INT(session_keeping_others(t.accounts, "no secret", others, KEEPINGS_MOST), 0);
        CHECK_INT(session_end(t.accounts, later.secret, 64, account_test_fresh(&t)), BATON_OK);
        CHECK(!session_keeping(t.accounts, later.secret, second));
        CHECK_INT(session_keeping_others(t.accounts, raised.secret, others, KEEPINGS_MOST), 0);
        /* The newest ones, the newest first; of nobody else. */
        struct session_made made[3];
        for (size_t i = 0; i < LENGTH(made); i++) {
            account_test_pass(1);
            CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &made[i]), BATON_OK);
        }
        CHECK_INT(session_keeping_others(t.accounts, made[0].secret, others, 2), 2);
        CHECK(session_keeping(t.accounts, made[2].secret, again));
        CHECK_TEXT(others[0], again);
        CHECK(session_keeping(t.accounts, made[1].secret, again));
        CHECK_TEXT(others[1], again);
        account_test_pass(30 * (int64_t)MINUTES);
        CHECK(!session_keeping(t.accounts, raised.secret, again)); // ended by time
        CHECK(!session_keeping(t.accounts, "no secret", again));
        account_test_close(&t);
    }
}
