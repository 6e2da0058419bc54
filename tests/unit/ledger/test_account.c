/* Signing in, changing passwords, the second factor; what is refused, and that it does not tell why. */
#include "ledger/accounts_inside.h"
#include "unit/ledger/account_fixture.h"
#include "unit/test.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

TEST(an_account_begins_with_a_first_password) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        char first[PASSWORD_FIRST_SIZE], again[PASSWORD_FIRST_SIZE];
        struct session_made session;
        struct account_state state;
        CHECK_INT(account_make(t.accounts, "li.wei", first, account_test_fresh(&t)), BATON_OK);
        CHECK_INT(account_make(t.accounts, "li.wei", again, account_test_fresh(&t)),
                  BATON_ACCOUNT_THERE);
        CHECK_INT(account_make(t.accounts, "nobody", again, account_test_fresh(&t)),
                  BATON_PERSON_UNKNOWN);
        CHECK_INT(account_make(t.accounts, "no\xff one", again, account_test_fresh(&t)),
                  BATON_PERSON_UNKNOWN);
        CHECK_INT(account_test_in(&t, "li.wei", first, NULL, &session), BATON_PASSWORD_OLD);
        CHECK_INT(account_state(t.accounts, "li.wei", &state, account_test_fresh(&t)), BATON_OK);
        CHECK(state.account.is_first);
        CHECK_INT(state.account.expires_utc_ms - ledger_test_now_utc_ms, 7 * (int64_t)DAYS);
        CHECK_INT(account_test_change(&t, "li.wei", first, NULL, first, &session),
                  BATON_PASSWORD_USED);
        CHECK_INT(account_test_change(&t, "li.wei", first, NULL, "xk7mq2vb9d", &session), BATON_OK);
        CHECK_TEXT(session.who.person, "li.wei");
        CHECK(account_test_found(&t, session.secret));
        CHECK_INT(account_test_in(&t, "li.wei", first, NULL, &session), BATON_SIGN_IN_REFUSED);
        CHECK_INT(account_test_in(&t, "li.wei", "xk7mq2vb9d", NULL, &session), BATON_OK);
        account_test_close(&t);
    }
}

TEST(a_first_password_expires) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        char first[PASSWORD_FIRST_SIZE];
        struct session_made session;
        CHECK_INT(account_make(t.accounts, "li.wei", first, account_test_fresh(&t)), BATON_OK);
        account_test_pass(7 * (int64_t)DAYS - 1);
        CHECK_INT(account_test_in(&t, "li.wei", first, NULL, &session), BATON_PASSWORD_OLD);
        account_test_pass(1);
        CHECK_INT(account_test_in(&t, "li.wei", first, NULL, &session), BATON_SIGN_IN_REFUSED);
        CHECK_INT(account_test_change(&t, "li.wei", first, NULL, "xk7mq2vb9d", &session),
                  BATON_SIGN_IN_REFUSED);
        account_test_close(&t);
    }
}

TEST(a_password_grows_old) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, &(struct accounts_settings){.password_days = 30}))
            return;
        struct session_made session;
        account_test_pass(30 * (int64_t)DAYS - 1);
        CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &session), BATON_OK);
        account_test_pass(1);
        CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &session),
                  BATON_PASSWORD_OLD);
        CHECK_INT(account_test_change(&t, "wang.min", MIN_PASSWORD, NULL, "xk7mq2vb9d", &session),
                  BATON_OK);
        CHECK_INT(account_test_in(&t, "wang.min", "xk7mq2vb9d", NULL, &session), BATON_OK);
        account_test_close(&t);
    }
}

TEST(the_last_passwords_may_not_come_back) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        struct session_made session;
        char text[7][20];
        const char *before = MIN_PASSWORD;
        for (int i = 0; i < 6; i++) {
            CASE("password %d", i);
            snprintf(text[i], sizeof text[i], "xk7mq2vb9d-%d", i);
            CHECK_INT(account_test_change(&t, "wang.min", before, NULL, text[i], &session),
                      BATON_OK);
            before = text[i];
        }
        for (int i = 1; i < 6; i++) { // the last 5, the present one among them
            CASE("back to %d", i);
            CHECK_INT(account_test_change(&t, "wang.min", before, NULL, text[i], &session),
                      BATON_PASSWORD_USED);
        }
        CASE("back to the one before them");
        CHECK_INT(account_test_change(&t, "wang.min", before, NULL, text[0], &session), BATON_OK);
        account_test_close(&t);
    }
}

TEST(a_new_password_has_to_be_good) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        struct session_made session;
        static const struct {
            const char *text;
            baton_code want;
        } cases[] = {
            {"short", BATON_PASSWORD_SHORT},
            {"password2021", BATON_PASSWORD_COMMON},
            {"I am WangMin, you know", BATON_PASSWORD_NAMED}, // the id
            {"王敏就是我呀你猜不着的", BATON_PASSWORD_NAMED}, // the name, as the journal has it
            {"xk7mq2vb9d\n", BATON_PASSWORD_TEXT},
        };
        for (int round = 0; round < 2; round++) // more of them than wrong ones are free
            for (size_t i = 0; i < LENGTH(cases); i++) {
                CASE("%s", cases[i].text);
                CHECK_INT(account_test_change(&t, "wang.min", MIN_PASSWORD, NULL, cases[i].text,
                                              &session),
                          cases[i].want);
            }
        CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &session), BATON_OK);
        account_test_close(&t);
    }
}

/* One wrong attempt. */
static void miss(struct account_test *t, const char *person) {
    struct session_made session;
    CHECK_INT(account_test_in(t, person, "a wrong password", NULL, &session),
              BATON_SIGN_IN_REFUSED);
}

TEST(after_wrong_ones_an_account_waits_longer_and_longer) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        struct session_made session;
        struct account_state state;
        static const int minutes[] = {1, 2, 4, 8, 16, 32, 60, 60};
        for (int i = 0; i < FAILURES_FREE - 1; i++)
            miss(&t, "wang.min");
        for (size_t i = 0; i < LENGTH(minutes); i++) {
            CASE("%d minutes", minutes[i]);
            miss(&t, "wang.min");
            CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &session),
                      BATON_SIGN_IN_REFUSED); // right, but it waits
            CHECK_INT(account_state(t.accounts, "wang.min", &state, account_test_fresh(&t)),
                      BATON_OK);
            CHECK_INT(state.waits_until_utc_ms - ledger_test_now_utc_ms,
                      minutes[i] * (int64_t)MINUTES);
            CHECK_INT(state.failures, FAILURES_FREE + (int)i);
            account_test_pass(minutes[i] * (int64_t)MINUTES - 1);
            CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &session),
                      BATON_SIGN_IN_REFUSED);
            account_test_pass(1);
        }
        CHECK(!account_test_found(&t, t.session.secret)); // hours have passed; else it would go on
        CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &session), BATON_OK);
        CHECK_INT(account_state(t.accounts, "wang.min", &state, account_test_fresh(&t)), BATON_OK);
        CHECK_INT(state.failures, 0);
        for (int i = 0; i < FAILURES_FREE - 1; i++)
            miss(&t, "wang.min");
        CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &session), BATON_OK);
        account_test_close(&t);
    }
}

TEST(who_is_signed_in_goes_on_while_the_account_waits) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        for (int i = 0; i < FAILURES_FREE; i++)
            miss(&t, "wang.min");
        account_test_tend(&t);
        CHECK(account_test_found(&t, t.session.secret));
        char first[PASSWORD_FIRST_SIZE];
        struct session_made session;
        CHECK_INT(account_reset(t.accounts, "wang.min", false, first, account_test_fresh(&t)),
                  BATON_OK);
        CHECK_INT(account_test_in(&t, "wang.min", first, NULL, &session), BATON_PASSWORD_OLD);
        account_test_close(&t);
    }
}

/* What is refused looks the same, whoever it is: the same code, and the same words. */
TEST(a_refusal_does_not_tell_why) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        char first[PASSWORD_FIRST_SIZE], long_one[300], words[200] = "", fields[100];
        uint64_t at = 0;
        memset(long_one, 'x', sizeof long_one);
        long_one[sizeof long_one - 1] = '\0';
        CHECK_INT(ledger_test_say(&t.ledger, "li.wei", "person", "", "id=left name:=L", &at),
                  BATON_OK);
        CHECK_INT(account_make(t.accounts, "left", first, account_test_fresh(&t)), BATON_OK);
        snprintf(fields, sizeof fields, "id=left @corrects=%d @withdrawn=1 @reason=r", (int)at);
        CHECK_INT(ledger_test_say(&t.ledger, "li.wei", "person", "", fields, NULL), BATON_OK);
        const struct {
            const char *person, *password;
        } cases[] = {
            {"wang.min", "a wrong password"},
            {"wang.min", ""},
            {"wang.min", long_one},
            {"li.wei", "no account"},
            {"nobody", "nobody"},
            {"left", first},
            {"WANG.MIN", MIN_PASSWORD},
            {"", ""},
            {"' OR 1=1 --", "x"},
            {"no\xff", "\xff\xfe"},
            {long_one, "x"},
            {"wang.min\n", MIN_PASSWORD},
        };
        for (size_t i = 0; i < LENGTH(cases); i++) {
            CASE("%s", cases[i].person);
            struct session_made session;
            CHECK_INT(account_test_in(&t, cases[i].person, cases[i].password, NULL, &session),
                      BATON_SIGN_IN_REFUSED);
            if (!CHECK_INT(t.ledger.found.count, 1))
                continue;
            const char *says =
                baton_finding_message(t.ledger.arena, &t.ledger.found.item[0], BATON_EN);
            if (i == 0)
                snprintf(words, sizeof words, "%s", says);
            CHECK_TEXT(says, words);
        }
        account_test_close(&t);
    }
}

/* The calls that an attempt makes to the store are as many and the same for every reason of a refusal. */
struct calls {
    char list[400];
    size_t size;
};

static baton_code note_call(void *context, const char *call) {
    struct calls *calls = context;
    calls->size +=
        (size_t)snprintf(calls->list + calls->size, sizeof calls->list - calls->size, "%s ", call);
    return BATON_OK;
}

TEST(a_refusal_takes_the_same_work) {
    struct account_test t;
    if (!account_test_make(&t, STORE_SQLITE, NULL))
        return;
    struct calls usual = {0};
    static const char *const person[] = {"wang.min", "wang.min", "li.wei", "nobody", "no one"};
    for (int i = 0; i < 10; i++) // statements are prepared, and the account waits
        miss(&t, "zhao.qing");
    for (size_t i = 0; i <= LENGTH(person); i++) {
        struct calls calls = {0};
        const char *who = i < LENGTH(person) ? person[i] : "zhao.qing";
        CASE("%s", who);
        store_inject(NULL, note_call, &calls);
        struct accounts *other = account_test_other(&t);
        const struct sign_in in = {.person = who, .password = "a wrong password"};
        struct session_made session;
        for (int j = 0; j < 2; j++) {
            calls = (struct calls){0};
            CHECK_INT(account_sign_in(other, &in, &session, account_test_fresh(&t)),
                      BATON_SIGN_IN_REFUSED);
        }
        store_inject(NULL, NULL, NULL);
        if (i == 0)
            usual = calls;
        CHECK(calls.size > 0);
        CHECK_TEXT(calls.list, usual.list);
        accounts_close(other);
    }
    account_test_close(&t);
}

TEST(ids_without_an_account_fill_nothing) {
    struct account_test t;
    if (!account_test_make(&t, STORE_SQLITE, NULL))
        return;
    for (int i = 0; i < 400; i++) {
        char person[20];
        snprintf(person, sizeof person, "p%d", i);
        miss(&t, person);
    }
    struct store_test store;
    if (store_test_open(&store, t.ledger.place.address, STORE_READ)) {
        int rows = 0;
        for (int i = 0; i < 256; i++) {
            char who[8];
            const struct store_value *row;
            snprintf(who, sizeof who, "?%02x", i);
            CHECK_OK(&store, store_query(store.store, STATEMENT_ATTEMPT_GET,
                                         VALUES(store_int(1), store_word(who))));
            CHECK_OK(&store, store_next(store.store, &row));
            rows += row != NULL;
            store_query_end(store.store);
        }
        CHECK(rows > 150 && rows <= 256);
        shut(&store);
    }
    account_test_close(&t);
}

TEST(a_second_factor) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        uint8_t secret[TOTP_SECRET_SIZE];
        char recovery[RECOVERY_CODES][RECOVERY_CODE_SIZE];
        struct session_made session;
        struct account_state state;
        const char *text, *uri;
        if (!account_test_factor(&t, secret, recovery))
            return;
        CHECK_INT(second_factor_begin(t.accounts, t.ledger.arena, "wang.min", &text, &uri,
                                      account_test_fresh(&t)),
                  BATON_SECOND_FACTOR_ON);
        CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &session),
                  BATON_SECOND_FACTOR_NEEDED);
        CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, "", &session),
                  BATON_SECOND_FACTOR_NEEDED);
        CHECK_INT(account_test_in(&t, "wang.min", "a wrong password", account_test_code(secret, 1),
                                  &session),
                  BATON_SIGN_IN_REFUSED);
        CHECK_INT(
            account_test_in(&t, "wang.min", MIN_PASSWORD, account_test_code(secret, 0), &session),
            BATON_SIGN_IN_REFUSED); // it was good for the confirmation
        CHECK_INT(
            account_test_in(&t, "wang.min", MIN_PASSWORD, account_test_code(secret, 1), &session),
            BATON_OK);
        CHECK_INT(
            account_test_in(&t, "wang.min", MIN_PASSWORD, account_test_code(secret, 1), &session),
            BATON_SIGN_IN_REFUSED); // once
        CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, recovery[3], &session), BATON_OK);
        CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, recovery[3], &session),
                  BATON_SIGN_IN_REFUSED);
        CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, recovery[4], &session), BATON_OK);
        CHECK_INT(account_state(t.accounts, "wang.min", &state, account_test_fresh(&t)), BATON_OK);
        CHECK(state.has_factor);
        CHECK_INT(state.recovery_codes, RECOVERY_CODES - 2);
        const struct sign_in off = {
            .person = "wang.min", .password = MIN_PASSWORD, .code = recovery[5]};
        const struct sign_in bare = {.person = "wang.min", .password = MIN_PASSWORD};
        CHECK_INT(second_factor_off(t.accounts, &bare, account_test_fresh(&t)),
                  BATON_SECOND_FACTOR_NEEDED);
        CHECK_INT(second_factor_off(t.accounts, &off, account_test_fresh(&t)), BATON_OK);
        CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &session), BATON_OK);
        account_test_close(&t);
    }
}

TEST(a_second_factor_is_on_when_a_device_has_it) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        char recovery[RECOVERY_CODES][RECOVERY_CODE_SIZE];
        struct session_made session;
        const char *text, *uri;
        CHECK_INT(second_factor_confirm(t.accounts, "wang.min", "123456", recovery,
                                        account_test_fresh(&t)),
                  BATON_SECOND_FACTOR_OFF);
        CHECK_INT(second_factor_begin(t.accounts, t.ledger.arena, "li.wei", &text, &uri,
                                      account_test_fresh(&t)),
                  BATON_ACCOUNT_UNKNOWN);
        CHECK_INT(second_factor_begin(t.accounts, t.ledger.arena, "wang.min", &text, &uri,
                                      account_test_fresh(&t)),
                  BATON_OK);
        CHECK_INT(second_factor_confirm(t.accounts, "wang.min", "12345", recovery,
                                        account_test_fresh(&t)),
                  BATON_CODE_WRONG);
        CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &session), BATON_OK);
        uint8_t secret[TOTP_SECRET_SIZE];
        if (CHECK(account_test_factor(&t, secret, recovery))) // begun anew
            CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &session),
                      BATON_SECOND_FACTOR_NEEDED);
        account_test_close(&t);
    }
}

/* Asking without a code gives no more attempts at codes than wrong passwords would. */
TEST(codes_cannot_be_guessed_on_and_on) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        uint8_t secret[TOTP_SECRET_SIZE];
        char recovery[RECOVERY_CODES][RECOVERY_CODE_SIZE];
        struct session_made session;
        if (!account_test_factor(&t, secret, recovery))
            return;
        for (int i = 0; i < FAILURES_FREE; i++) {
            CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &session),
                      BATON_SECOND_FACTOR_NEEDED);
            CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, "000000", &session),
                      BATON_SIGN_IN_REFUSED);
        }
        CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &session),
                  BATON_SIGN_IN_REFUSED);
        CHECK_INT(
            account_test_in(&t, "wang.min", MIN_PASSWORD, account_test_code(secret, 1), &session),
            BATON_SIGN_IN_REFUSED);
        account_test_pass(MINUTES);
        CHECK_INT(
            account_test_in(&t, "wang.min", MIN_PASSWORD, account_test_code(secret, 0), &session),
            BATON_OK);
        account_test_close(&t);
    }
}

TEST(a_code_is_still_good_for_the_change_that_is_asked_for) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, &(struct accounts_settings){.password_days = 1}))
            return;
        uint8_t secret[TOTP_SECRET_SIZE];
        char recovery[RECOVERY_CODES][RECOVERY_CODE_SIZE];
        struct session_made session;
        if (!account_test_factor(&t, secret, recovery))
            return;
        account_test_pass(2 * (int64_t)DAYS);
        char code[TOTP_CODE_SIZE];
        snprintf(code, sizeof code, "%s", account_test_code(secret, 0));
        CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, code, &session),
                  BATON_PASSWORD_OLD);
        CHECK_INT(account_test_change(&t, "wang.min", MIN_PASSWORD, NULL, "xk7mq2vb9d", &session),
                  BATON_SECOND_FACTOR_NEEDED);
        CHECK_INT(account_test_change(&t, "wang.min", MIN_PASSWORD, code, "xk7mq2vb9d", &session),
                  BATON_OK);
        CHECK_INT(account_test_in(&t, "wang.min", "xk7mq2vb9d", code, &session),
                  BATON_SIGN_IN_REFUSED);
        account_test_close(&t);
    }
}

TEST(a_reset_ends_what_was) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        uint8_t secret[TOTP_SECRET_SIZE];
        char recovery[RECOVERY_CODES][RECOVERY_CODE_SIZE], first[PASSWORD_FIRST_SIZE];
        struct session_made session;
        if (!account_test_factor(&t, secret, recovery))
            return;
        CHECK_INT(account_reset(t.accounts, "wang.min", false, first, account_test_fresh(&t)),
                  BATON_OK);
        CHECK(!account_test_found(&t, t.session.secret));
        CHECK_INT(account_test_in(&t, "wang.min", first, NULL, &session),
                  BATON_SECOND_FACTOR_NEEDED);
        CHECK_INT(account_reset(t.accounts, "wang.min", true, first, account_test_fresh(&t)),
                  BATON_OK);
        CHECK_INT(account_test_in(&t, "wang.min", first, NULL, &session), BATON_PASSWORD_OLD);
        CHECK_INT(account_reset(t.accounts, "li.wei", true, first, account_test_fresh(&t)),
                  BATON_ACCOUNT_UNKNOWN);
        CHECK_INT(account_reset(t.accounts, "a b", true, first, account_test_fresh(&t)),
                  BATON_ACCOUNT_UNKNOWN);
        account_test_close(&t);
    }
}

TEST(a_closed_account_leaves_nothing) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        uint8_t secret[TOTP_SECRET_SIZE];
        char recovery[RECOVERY_CODES][RECOVERY_CODE_SIZE], first[PASSWORD_FIRST_SIZE];
        struct account *list;
        struct session_made session;
        size_t count = 0;
        if (!account_test_factor(&t, secret, recovery))
            return;
        CHECK_INT(account_list(t.accounts, t.ledger.arena, &list, &count, account_test_fresh(&t)),
                  BATON_OK);
        CHECK_INT(count, 2);
        CHECK_TEXT(list[0].person, "wang.min");
        CHECK_TEXT(list[1].person, "zhao.qing");
        CHECK_INT(account_close(t.accounts, "wang.min", account_test_fresh(&t)), BATON_OK);
        CHECK_INT(account_close(t.accounts, "wang.min", account_test_fresh(&t)),
                  BATON_ACCOUNT_UNKNOWN);
        CHECK(!account_test_found(&t, t.session.secret));
        CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, recovery[0], &session),
                  BATON_SIGN_IN_REFUSED);
        struct store_test store;
        static const enum statement asked[] = {STATEMENT_ACCOUNT_GET, STATEMENT_OLD_PASSWORD_ALL,
                                               STATEMENT_ATTEMPT_GET, STATEMENT_FACTOR_GET,
                                               STATEMENT_SESSION_OF,  STATEMENT_TOKEN_OF};
        if (store_test_open(&store, t.ledger.place.address, STORE_READ)) {
            for (size_t i = 0; i < LENGTH(asked); i++) {
                const struct store_value *row;
                CHECK_OK(&store, store_query(store.store, asked[i],
                                             VALUES(store_int(1), store_word("wang.min"))));
                CHECK_OK(&store, store_next(store.store, &row));
                CHECK(row == NULL);
                store_query_end(store.store);
            }
            shut(&store);
        }
        CHECK_INT(account_make(t.accounts, "wang.min", first, account_test_fresh(&t)), BATON_OK);
        CHECK_INT(account_test_in(&t, "wang.min", first, NULL, &session), BATON_PASSWORD_OLD);
        account_test_close(&t);
    }
}

TEST(a_person_who_was_withdrawn_has_no_account) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        struct session_made session;
        uint64_t at = 0;
        struct account_state state;
        account_test_tend(&t);
        CHECK_INT(account_test_in(&t, "zhao.qing", QING_PASSWORD, NULL, &session), BATON_OK);
        CHECK_INT(ledger_test_say(&t.ledger, "li.wei", "person", "",
                                  "id=zhao.qing @corrects=5 @withdrawn=1 @reason=left", &at),
                  BATON_OK);
        struct session_made other;
        CHECK_INT(account_test_in(&t, "zhao.qing", QING_PASSWORD, NULL, &other),
                  BATON_SIGN_IN_REFUSED); // at once
        account_test_tend(&t);
        CHECK(!account_test_found(&t, session.secret));
        CHECK(account_test_found(&t, t.session.secret)); // the other person's
        CHECK_INT(account_state(t.accounts, "zhao.qing", &state, account_test_fresh(&t)),
                  BATON_ACCOUNT_UNKNOWN);
        account_test_close(&t);
    }
}

TEST(the_cost_of_passwords_can_be_raised) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        struct session_made session;
        t.settings.cost.memory_kib = 32;
        struct accounts *other = account_test_other(&t);
        const struct sign_in in = {.person = "wang.min", .password = MIN_PASSWORD};
        CHECK_INT(account_sign_in(other, &in, &session, account_test_fresh(&t)), BATON_OK);
        struct store_test store;
        if (store_test_open(&store, t.ledger.place.address, STORE_READ)) {
            const struct store_value *row;
            CHECK_OK(&store, store_query(store.store, STATEMENT_ACCOUNT_GET,
                                         VALUES(store_int(1), store_word("wang.min"))));
            CHECK_OK(&store, store_next(store.store, &row));
            CHECK(row != NULL && strncmp(row[0].data, "$argon2id$v=19$m=32,", 20) == 0);
            CHECK(row != NULL && strstr(row[0].data, "horse") == NULL);
            shut(&store);
        }
        CHECK_INT(account_sign_in(other, &in, &session, account_test_fresh(&t)), BATON_OK);
        accounts_close(other);
        account_test_close(&t);
    }
}

/* -- Many at once -- */

struct guesser {
    pthread_t thread;
    struct baton_arena *arena;
    baton_code code;
    struct account_test *t;
    const char *password;
    _Atomic int *signed_in, *refused, *busy;
};

static baton_code guess_on(void *context) {
    struct guesser *g = context;
    for (int i = 0; i < 25; i++) {
        struct baton_findings found = {.arena = g->arena};
        struct session_made session;
        const struct sign_in in = {.person = "wang.min", .password = g->password};
        const baton_code code = account_sign_in(g->t->accounts, &in, &session, &found);
        atomic_fetch_add(code == BATON_OK                ? g->signed_in
                         : code == BATON_SIGN_IN_REFUSED ? g->refused
                                                         : g->busy,
                         1);
        if (code == BATON_OK) {
            struct signed_in who;
            (void)session_find(g->t->accounts, session.secret, 64, true, &who);
        }
    }
    return BATON_OK;
}

static void *run_guesser(void *context) {
    struct guesser *g = context;
    g->arena = arena_open();
    g->code = arena_run(g->arena, guess_on, g);
    arena_close(g->arena);
    return NULL;
}

static void run_guessers(struct account_test *t, const char *password, _Atomic int count[3]) {
    struct guesser guesser[8];
    for (size_t i = 0; i < LENGTH(guesser); i++) {
        guesser[i] = (struct guesser){.t = t,
                                      .password = password,
                                      .signed_in = &count[0],
                                      .refused = &count[1],
                                      .busy = &count[2]};
        CHECK_INT(pthread_create(&guesser[i].thread, NULL, run_guesser, &guesser[i]), 0);
    }
    for (int i = 0; i < 20; i++)
        account_test_tend(t);
    for (size_t i = 0; i < LENGTH(guesser); i++)
        CHECK(pthread_join(guesser[i].thread, NULL) == 0 && guesser[i].code == BATON_OK);
}

/* However many attempts are made at the same time, no more than those that are free are tried: the account waits, and its failures are as many. */
TEST(guesses_at_the_same_time_are_counted) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, &(struct accounts_settings){.hashes_max = 100}))
            return;
        _Atomic int count[3] = {0};
        struct account_state state;
        struct session_made session;
        run_guessers(&t, "a wrong password", count);
        CHECK_INT(count[0], 0);
        CHECK_INT(count[1], 200);
        CHECK_INT(account_state(t.accounts, "wang.min", &state, account_test_fresh(&t)), BATON_OK);
        CHECK_INT(state.failures, FAILURES_FREE);
        CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &session),
                  BATON_SIGN_IN_REFUSED);
        account_test_close(&t);
    }
}

TEST(many_sign_in_at_the_same_time) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, &(struct accounts_settings){.hashes_max = 1}))
            return;
        _Atomic int count[3] = {0};
        struct session_row row[9];
        run_guessers(&t, MIN_PASSWORD, count);
        CHECK(count[0] > 0);
        CHECK_INT(count[2], 0); // seven wait for one
        CHECK_INT(count[0] + count[1], 200);
        CHECK_INT(session_list(t.accounts, "wang.min", row, LENGTH(row)), 3);
        CHECK_INT(session_count(t.accounts), 4); // one of zhao.qing
        account_test_close(&t);
    }
}

/* -- When memory runs out -- */

struct doing {
    struct account_test *t;
    int what;
    struct session_made session;
};

enum { DOINGS = 8 };

static baton_code do_it(void *context) {
    struct doing *d = context;
    struct account_test *t = d->t;
    struct baton_findings *found = account_test_fresh(t);
    const struct sign_in wrong = {.person = "wang.min", .password = "a wrong password"};
    const struct sign_in right = {.person = "wang.min", .password = MIN_PASSWORD};
    const char *secret, *uri;
    struct account *list;
    size_t count;
    switch (d->what) {
    case 0:
        return account_sign_in(t->accounts, &wrong, &d->session, found);
    case 1:
        return account_sign_in(t->accounts, &right, &d->session, found);
    case 2:
        return account_change_password(t->accounts, &right, "short", &d->session, found);
    case 3:
        return account_change_password(t->accounts, &right, MIN_PASSWORD, &d->session, found);
    case 4:
        return account_list(t->accounts, t->ledger.arena, &list, &count, found);
    case 5:
        return second_factor_begin(t->accounts, t->ledger.arena, "zhao.qing", &secret, &uri, found);
    case 6:
        return session_end_all(t->accounts, "wang.min", "", found);
    default:
        return accounts_tend(t->accounts, found);
    }
}

/* Whichever allocation fails: no lock is held afterwards, no place among those who try passwords is lost, and what is asked next is answered. */
TEST(memory_that_runs_out_holds_nothing) {
    static const baton_code want[DOINGS] = {BATON_SIGN_IN_REFUSED,
                                            BATON_OK,
                                            BATON_PASSWORD_SHORT,
                                            BATON_PASSWORD_USED,
                                            BATON_OK,
                                            BATON_OK,
                                            BATON_OK,
                                            BATON_OK};
    struct account_test t;
    if (!account_test_make(&t, STORE_SQLITE, NULL))
        return;
    unsigned failed = 0;
    for (int what = 0; what < DOINGS; what++)
        for (uint64_t at = 1; at < 200; at++) {
            struct doing d = {.t = &t, .what = what};
            struct session_made session;
            CASE("deed %d, allocation %d", what, (int)at);
            arena_fail_at(at);
            const baton_code code = arena_run(t.ledger.arena, do_it, &d);
            const bool came = arena_fail_at(0) == 0;
            CHECK_INT(code, came && code == BATON_NO_MEMORY ? BATON_NO_MEMORY : want[what]);
            failed += code == BATON_NO_MEMORY;
            CHECK_INT(t.accounts->hashing.working + t.accounts->hashing.waiting, 0);
            CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &session), BATON_OK);
            if (!came)
                break;
        }
    CHECK(failed > 10);
    account_test_close(&t);
}

/* -- Beside a ledger that is appended to -- */

struct sayer {
    pthread_t thread;
    struct baton_arena *arena;
    struct account_test *t;
    int number;
    baton_code code;
};

static baton_code say_on(void *context) {
    struct sayer *s = context;
    for (int i = 0; i < 40; i++) {
        char element[20];
        snprintf(element, sizeof element, "e%d.%d", s->number, i);
        struct field field[] = {{"unit", "a", 1, 't'},
                                {"element", element, strlen(element), 't'},
                                {"period", "2021-01", 7, 't'},
                                {"value", "1", 1, 't'}};
        struct fact_body fact = {"observation", "city", field, LENGTH(field)};
        struct submission submission = {.actor = "li.wei", .fact = &fact, .count = 1};
        struct baton_findings found = {.arena = s->arena};
        TRY(ledger_append(s->t->ledger.ledger, s->arena, &submission, &found));
    }
    return BATON_OK;
}

static void *run_sayer(void *context) {
    struct sayer *s = context;
    s->arena = arena_open();
    s->code = arena_run(s->arena, say_on, s);
    arena_close(s->arena);
    return NULL;
}

TEST(sign_ins_and_batches_take_turns) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        struct sayer sayer[4];
        struct session_made session;
        if (!account_test_make(&t, kind, NULL))
            return;
        for (int i = 0; i < (int)LENGTH(sayer); i++) {
            sayer[i] = (struct sayer){.t = &t, .number = i};
            CHECK_INT(pthread_create(&sayer[i].thread, NULL, run_sayer, &sayer[i]), 0);
        }
        for (int i = 0; i < 40; i++) {
            CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &session), BATON_OK);
            account_test_tend(&t);
        }
        for (size_t i = 0; i < LENGTH(sayer); i++)
            CHECK(pthread_join(sayer[i].thread, NULL) == 0 && sayer[i].code == BATON_OK);
        CHECK(account_test_found(&t, session.secret));
        accounts_beside(t.accounts, NULL); // the ledger goes before the accounts
        ledger_close(t.ledger.ledger);
        CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &session), BATON_OK);
        account_test_close(&t);
    }
}

TEST(too_many_at_once_are_told_so) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind,
                               &(struct accounts_settings){.hashes_max = 2, .waiting_max = 1}))
            return;
        struct account_state state;
        struct session_made session;
        t.accounts->hashing.working = 2; // as if two were being tried, and one waited
        t.accounts->hashing.waiting = 1;
        for (int i = 0; i < 2 * FAILURES_FREE; i++)
            CHECK_INT(account_test_in(&t, "wang.min", "a wrong password", NULL, &session),
                      BATON_SIGN_IN_BUSY);
        CHECK_INT(account_state(t.accounts, "wang.min", &state, account_test_fresh(&t)), BATON_OK);
        CHECK_INT(state.failures, 0);
        t.accounts->hashing.working = 1;
        CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &session), BATON_OK);
        CHECK_INT(t.accounts->hashing.working, 1); // each gives back what it took
        CHECK_INT(t.accounts->hashing.waiting, 1);
        t.accounts->hashing.working = t.accounts->hashing.waiting = 0;
        account_test_close(&t);
    }
}
