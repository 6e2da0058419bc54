/* Accounts for tests: of a ledger that a test has made, opened beside it, with passwords that cost little and the clock of the ledger's tests.
 *
 * wang.min and zhao.qing have accounts in their ledger; the passwords are told. */
#ifndef ACCOUNT_FIXTURE_H
#define ACCOUNT_FIXTURE_H

#include "ledger/token.h"
#include "unit/ledger/ledger_fixture.h"

struct account_test {
    struct ledger_test ledger;
    struct accounts *accounts;
    struct accounts_settings settings;
    struct session_made session; /* of wang.min */
    int64_t begun_utc_ms;        /* where the clock stood */
};

#define MIN_PASSWORD "correct horse battery"
#define QING_PASSWORD "another staple of mine"

enum { SECONDS = 1000, MINUTES = 60000, HOURS = 3600000, DAYS = 86400000 };

/* Makes ledger and accounts on an empty store; false, and the test fails, when it cannot. Settings that are 0 are as usual, but for the cost. */
bool account_test_make(struct account_test *test, enum store_kind kind,
                       const struct accounts_settings *settings);
/* Closes both, and puts the clock back. */
void account_test_close(struct account_test *test);
/* The accounts once more, as another process has them; closed with the test. */
struct accounts *account_test_other(struct account_test *test);

/* Signs in, code NULL = none. What was found is in test->ledger.found. */
baton_code account_test_in(struct account_test *test, const char *person, const char *password,
                           const char *code, struct session_made *out);
baton_code account_test_change(struct account_test *test, const char *person, const char *password,
                               const char *code, const char *new_password,
                               struct session_made *out);
bool account_test_found(struct account_test *test, const char *secret);
void account_test_tend(struct account_test *test);
void account_test_pass(int64_t ms); /* time */

/* A second factor for wang.min, turned on; the code of so many steps from now. */
bool account_test_factor(struct account_test *test, uint8_t secret[TOTP_SECRET_SIZE],
                         char recovery[RECOVERY_CODES][RECOVERY_CODE_SIZE]);
const char *account_test_code(const uint8_t secret[TOTP_SECRET_SIZE], int64_t away);

/* Findings without any in them, for the next call. */
struct baton_findings *account_test_fresh(struct account_test *test);

#endif
