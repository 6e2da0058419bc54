/* Tokens of programs: their scope, their end, and that nothing of them is left with the account. */
#include "unit/ledger/account_fixture.h"
#include "unit/test.h"
#include <stdio.h>
#include <string.h>

static struct token_wish wish_of(const char *person) {
    return (struct token_wish){.person = person,
                               .name = "the data platform",
                               .roles = 1u << ROLE_UNIT | 1u << ROLE_OWNER,
                               .expires_utc_ms = ledger_test_now_utc_ms + 30 * (int64_t)DAYS};
}

static baton_code make(struct account_test *t, const struct token_wish *wish, char *text,
                       char *id) {
    return token_make(t->accounts, wish, text, id, account_test_fresh(t));
}

static bool find(struct account_test *t, const char *text, struct signed_in *who) {
    return token_find(t->accounts, text, strlen(text), who);
}

TEST(a_token_has_its_scope) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        char text[TOKEN_TEXT_SIZE], id[SESSION_ID_SIZE];
        struct signed_in who;
        struct token_wish wish = wish_of("wang.min");
        static const char *const unit[] = {"d1", "开发区"};
        wish.assessment = "city";
        wish.unit = unit;
        wish.unit_count = 2;
        CHECK_INT(make(&t, &wish, text, id), BATON_OK);
        CHECK_INT(strlen(text), 43);
        CHECK(strncmp(text, "bt_", 3) == 0);
        CHECK_INT(
            strspn(text + 3, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"), 40);
        for (int round = 0; round < 2; round++) {
            CASE("round %d", round);
            if (CHECK(find(&t, text, &who))) {
                CHECK(who.is_token);
                CHECK_TEXT(who.person, "wang.min");
                CHECK_TEXT(who.id, id);
                CHECK_TEXT(who.assessment, "city");
                CHECK_TEXT(who.units, "d1 开发区");
                CHECK_INT(who.roles, 1u << ROLE_UNIT | 1u << ROLE_OWNER);
                CHECK_INT(who.raised_utc_ms, 0);
                CHECK(!session_holds_csrf(text, "", 0));
            }
            accounts_close(t.accounts); // and from the store
            t.accounts = account_test_other(&t);
        }
        CHECK(!account_test_found(&t, text)); // it is no session
        CHECK(!token_find(t.accounts, t.session.secret, 64, &who));
        account_test_close(&t);
    }
}

TEST(texts_that_are_no_token) {
    struct account_test t;
    if (!account_test_make(&t, STORE_SQLITE, NULL))
        return;
    char text[TOKEN_TEXT_SIZE + 1], id[SESSION_ID_SIZE];
    struct signed_in who;
    const struct token_wish wish = wish_of("wang.min");
    CHECK_INT(make(&t, &wish, text, id), BATON_OK);
    for (size_t size = 0; size < 43; size++)
        CHECK(!token_find(t.accounts, text, size, &who));
    for (size_t i = 0; i < 43; i += 3) {
        const char was = text[i];
        text[i] = was == 'x' ? 'y' : 'x';
        CHECK(!find(&t, text, &who));
        text[i] = was;
    }
    CHECK(find(&t, text, &who));
    account_test_close(&t);
}

TEST(a_token_ends) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        char text[2][TOKEN_TEXT_SIZE], id[2][SESSION_ID_SIZE];
        struct signed_in who;
        struct token_row row[3];
        struct token_wish wish = wish_of("wang.min");
        CHECK_INT(make(&t, &wish, text[0], id[0]), BATON_OK);
        account_test_pass(MINUTES);
        CHECK_INT(make(&t, &wish, text[1], id[1]), BATON_OK);
        CHECK_INT(token_revoke(t.accounts, "zhao.qing", id[0], account_test_fresh(&t)),
                  BATON_TOKEN_UNKNOWN); // somebody else's
        CHECK(find(&t, text[0], &who));
        account_test_tend(&t);
        if (CHECK_INT(token_list(t.accounts, "wang.min", row, LENGTH(row)), 2)) {
            CHECK_TEXT(row[0].scope.id, id[1]);
            CHECK_TEXT(row[1].scope.id, id[0]);
            CHECK_TEXT(row[1].name, "the data platform");
            CHECK_INT(row[1].used_utc_ms, ledger_test_now_utc_ms);
            CHECK_INT(row[0].used_utc_ms, 0);
        }
        CHECK_INT(token_revoke(t.accounts, "wang.min", id[0], account_test_fresh(&t)), BATON_OK);
        CHECK_INT(token_revoke(t.accounts, "wang.min", id[0], account_test_fresh(&t)),
                  BATON_TOKEN_UNKNOWN);
        CHECK(!find(&t, text[0], &who) && find(&t, text[1], &who));
        account_test_pass(30 * (int64_t)DAYS - MINUTES - 1);
        CHECK(find(&t, text[1], &who));
        account_test_pass(1);
        CHECK(!find(&t, text[1], &who));
        account_test_tend(&t);
        CHECK_INT(token_list(t.accounts, "wang.min", row, LENGTH(row)), 0);
        account_test_close(&t);
    }
}

TEST(tokens_go_with_the_account) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        char text[TOKEN_TEXT_SIZE], id[SESSION_ID_SIZE], first[PASSWORD_FIRST_SIZE];
        struct signed_in who;
        struct session_made session;
        const struct token_wish min = wish_of("wang.min"), qing = wish_of("zhao.qing");
        CHECK_INT(make(&t, &min, text, id), BATON_OK);
        CHECK_INT(account_test_change(&t, "wang.min", MIN_PASSWORD, NULL, "xk7mq2vb9d", &session),
                  BATON_OK);
        CHECK(find(&t, text, &who)); // a new password of one's own changes nothing for programs
        CHECK_INT(account_reset(t.accounts, "wang.min", false, first, account_test_fresh(&t)),
                  BATON_OK);
        CHECK(!find(&t, text, &who));
        CHECK_INT(make(&t, &qing, text, id), BATON_OK);
        CHECK(find(&t, text, &who));
        CHECK_INT(account_close(t.accounts, "zhao.qing", account_test_fresh(&t)), BATON_OK);
        CHECK(!find(&t, text, &who));
        accounts_close(t.accounts);
        t.accounts = account_test_other(&t);
        CHECK(!find(&t, text, &who));
        account_test_close(&t);
    }
}

TEST(wishes_that_are_refused) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        char text[TOKEN_TEXT_SIZE], id[SESSION_ID_SIZE], long_name[200];
        memset(long_name, 'x', sizeof long_name);
        long_name[sizeof long_name - 1] = '\0';
        static const char *const many[17] = {"a", "a", "a", "a", "a", "a", "a", "a", "a",
                                             "a", "a", "a", "a", "a", "a", "a", "b"};
        static const char *const bad[] = {"a b"};
        const int64_t now = ledger_test_now_utc_ms;
        struct token_wish wish = wish_of("li.wei");
        CHECK_INT(make(&t, &wish, text, id), BATON_ACCOUNT_UNKNOWN);
        wish = wish_of("no one");
        CHECK_INT(make(&t, &wish, text, id), BATON_ACCOUNT_UNKNOWN);
        static const struct {
            const char *what;
            baton_code want;
        } cases[] = {{"no name", BATON_TOKEN_NAME},        {"a long name", BATON_TOKEN_NAME},
                     {"no text", BATON_TOKEN_NAME},        {"no role", BATON_TOKEN_SCOPE},
                     {"an odd role", BATON_TOKEN_SCOPE},   {"an assessment", BATON_TOKEN_SCOPE},
                     {"a unit", BATON_TOKEN_SCOPE},        {"many units", BATON_TOKEN_SCOPE},
                     {"over already", BATON_TOKEN_EXPIRY}, {"too long", BATON_TOKEN_EXPIRY}};
        for (size_t i = 0; i < LENGTH(cases); i++) {
            CASE("%s", cases[i].what);
            wish = wish_of("wang.min");
            wish.name = i == 0 ? "" : i == 1 ? long_name : i == 2 ? "\xff" : wish.name;
            wish.roles = i == 3 ? 0 : i == 4 ? 1u << ROLE_COUNT : wish.roles;
            wish.assessment = i == 5 ? "a'b" : NULL;
            wish.unit = i == 6 ? bad : many;
            wish.unit_count = i == 6 ? 1 : i == 7 ? 17 : 16;
            wish.expires_utc_ms = i == 8   ? now
                                  : i == 9 ? now + 366 * (int64_t)DAYS + 1
                                           : wish.expires_utc_ms;
            CHECK_INT(make(&t, &wish, text, id), cases[i].want);
            CHECK_INT(t.ledger.found.errors, 1);
        }
        wish = wish_of("wang.min");
        wish.unit = many;
        wish.unit_count = 16;
        wish.expires_utc_ms = now + 366 * (int64_t)DAYS;
        for (int i = 0; i < TOKENS_MAX; i++)
            CHECK_INT(make(&t, &wish, text, id), BATON_OK);
        CHECK_INT(make(&t, &wish, text, id), BATON_TOKENS_FULL);
        CHECK_INT(token_revoke(t.accounts, "wang.min", id, account_test_fresh(&t)),
                  BATON_TOKEN_UNKNOWN); // the one that was refused
        account_test_close(&t);
    }
}
