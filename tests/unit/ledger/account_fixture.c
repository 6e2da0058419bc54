/* See account_fixture.h. */
#include "unit/ledger/account_fixture.h"
#include "unit/test.h"
#include <string.h>

static const int64_t clock_utc_ms = INT64_C(1630022400000);

struct baton_findings *account_test_fresh(struct account_test *test) {
    test->ledger.found = (struct baton_findings){.arena = test->ledger.arena};
    return &test->ledger.found;
}

struct opening {
    struct account_test *test;
    struct accounts *accounts;
};

static baton_code open_accounts(void *context) {
    struct opening *o = context;
    struct account_test *test = o->test;
    return accounts_open(test->ledger.arena, &test->ledger.world, &test->ledger.place,
                         &test->settings, &o->accounts, account_test_fresh(test));
}

struct accounts *account_test_other(struct account_test *test) {
    struct opening opening = {.test = test};
    CHECK_DONE(&test->ledger, arena_run(test->ledger.arena, open_accounts, &opening));
    return opening.accounts;
}

static bool make_account(struct account_test *test, const char *person, const char *password,
                         struct session_made *session) {
    char first[PASSWORD_FIRST_SIZE];
    return CHECK_DONE(&test->ledger,
                      account_make(test->accounts, person, first, account_test_fresh(test))) &&
           CHECK_DONE(&test->ledger,
                      account_test_change(test, person, first, NULL, password, session));
}

bool account_test_make(struct account_test *test, enum store_kind kind,
                       const struct accounts_settings *settings) {
    struct session_made session;
    *test = (struct account_test){.begun_utc_ms = clock_utc_ms};
    ledger_test_now_utc_ms = clock_utc_ms;
    if (!ledger_test_make(&test->ledger, store_fixture_new(kind), DIGEST_SHA256, SIGNATURE_ED25519))
        return false;
    if (settings != NULL)
        test->settings = *settings;
    test->settings.cost = (struct password_cost){.memory_kib = 16, .passes = 1};
    test->accounts = account_test_other(test);
    return test->accounts != NULL && make_account(test, "zhao.qing", QING_PASSWORD, &session) &&
           make_account(test, "wang.min", MIN_PASSWORD, &test->session);
}

void account_test_close(struct account_test *test) {
    accounts_close(test->accounts);
    ledger_test_close(&test->ledger);
    ledger_test_now_utc_ms = clock_utc_ms;
}

baton_code account_test_in(struct account_test *test, const char *person, const char *password,
                           const char *code, struct session_made *out) {
    const struct sign_in in = {.person = person,
                               .password = password,
                               .code = code,
                               .address = "192.0.2.7",
                               .agent = "a browser"};
    return account_sign_in(test->accounts, &in, out, account_test_fresh(test));
}

baton_code account_test_change(struct account_test *test, const char *person, const char *password,
                               const char *code, const char *new_password,
                               struct session_made *out) {
    const struct sign_in in = {.person = person,
                               .password = password,
                               .code = code,
                               .address = "192.0.2.7",
                               .agent = "a browser"};
    return account_change_password(test->accounts, &in, new_password, out,
                                   account_test_fresh(test));
}

bool account_test_found(struct account_test *test, const char *secret) {
    struct signed_in who;
    return session_find(test->accounts, secret, strlen(secret), false, &who);
}

void account_test_tend(struct account_test *test) {
    CHECK_DONE(&test->ledger, accounts_tend(test->accounts, account_test_fresh(test)));
}

void account_test_pass(int64_t ms) {
    ledger_test_now_utc_ms += ms;
}

bool account_test_factor(struct account_test *test, uint8_t secret[TOTP_SECRET_SIZE],
                         char recovery[RECOVERY_CODES][RECOVERY_CODE_SIZE]) {
    const char *text, *uri, *const sign = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    if (!CHECK_DONE(&test->ledger,
                    second_factor_begin(test->accounts, test->ledger.arena, "wang.min", &text, &uri,
                                        account_test_fresh(test))))
        return false;
    CHECK(strstr(uri, text) != NULL);
    for (size_t i = 0, bit = 0; i < 8 * TOTP_SECRET_SIZE / 5; i++) // read as an authenticator does
        for (int j = 4; j >= 0; j--, bit++) {
            const unsigned one = (unsigned)(strchr(sign, text[i]) - sign) >> j & 1;
            if (bit % 8 == 0)
                secret[bit / 8] = 0;
            secret[bit / 8] |= (uint8_t)(one << (7 - bit % 8));
        }
    return CHECK_DONE(&test->ledger, second_factor_confirm(test->accounts, "wang.min",
                                                           account_test_code(secret, 0), recovery,
                                                           account_test_fresh(test)));
}

const char *account_test_code(const uint8_t secret[TOTP_SECRET_SIZE], int64_t away) {
    static char code[TOTP_CODE_SIZE];
    totp_code(secret, TOTP_SECRET_SIZE, totp_step(ledger_test_now_utc_ms) + away, code);
    return code;
}
