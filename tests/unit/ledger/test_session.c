/* Sessions: how long they last, what ends them, what the store knows of them, and what another process sees. */
#include "ledger/digest_map.h"
#include "unit/ledger/account_fixture.h"
#include "unit/test.h"
#include <stdlib.h>
#include <string.h>

static bool touch(struct account_test *t, const char *secret) {
    struct signed_in who;
    return session_find(t->accounts, secret, strlen(secret), true, &who);
}

TEST(a_session_ends_when_it_is_not_used) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        for (int i = 0; i < 5; i++) {
            account_test_pass(29 * (int64_t)MINUTES);
            account_test_tend(&t);
            CHECK(touch(&t, t.session.secret));
        }
        account_test_pass(30 * (int64_t)MINUTES - 1);
        CHECK(account_test_found(&t, t.session.secret)); // which does not touch it
        account_test_pass(1);
        CHECK(!account_test_found(&t, t.session.secret));
        CHECK(!touch(&t, t.session.secret)); // nor brings it back
        account_test_pass(2 * (int64_t)MINUTES);
        account_test_tend(&t);
        CHECK_INT(session_count(t.accounts), 0);
        account_test_close(&t);
    }
}

TEST(a_session_ends_after_its_longest_time) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, &(struct accounts_settings){.session_hours = 2}))
            return;
        for (int i = 0; i < 7; i++) {
            account_test_pass(17 * (int64_t)MINUTES);
            CHECK(touch(&t, t.session.secret));
        }
        account_test_pass(MINUTES - 1);
        CHECK(touch(&t, t.session.secret));
        account_test_pass(1); // 120 minutes
        CHECK(!touch(&t, t.session.secret));
        account_test_close(&t);
    }
}

TEST(a_fourth_session_ends_the_oldest) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        struct session_made session[3];
        struct session_row row[9];
        for (int i = 0; i < 3; i++) {
            account_test_pass(SECONDS);
            CHECK(i > 1 || touch(&t, t.session.secret));
            CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &session[i]), BATON_OK);
        }
        CHECK(!account_test_found(&t, t.session.secret));
        for (int i = 0; i < 3; i++)
            CHECK(account_test_found(&t, session[i].secret));
        if (CHECK_INT(session_list(t.accounts, "wang.min", row, LENGTH(row)), 3)) {
            CHECK_TEXT(row[0].id, session[2].who.id); // the newest first
            CHECK_TEXT(row[2].id, session[0].who.id);
            CHECK_TEXT(row[0].address, "192.0.2.7");
            CHECK_TEXT(row[0].agent, "a browser");
        }
        CHECK_INT(session_list(t.accounts, "wang.min", row, 2), 2);
        CHECK_INT(session_list(t.accounts, "zhao.qing", row, LENGTH(row)), 1);
        account_test_close(&t);
    }
}

TEST(sessions_are_ended) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        struct session_made one, two;
        CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &one), BATON_OK);
        CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &two), BATON_OK);
        CHECK_INT(session_end_one(t.accounts, "zhao.qing", one.who.id, account_test_fresh(&t)),
                  BATON_SESSION_UNKNOWN); // somebody else's
        CHECK_INT(session_end_one(t.accounts, "wang.min", one.who.id, account_test_fresh(&t)),
                  BATON_OK);
        CHECK(!account_test_found(&t, one.secret) && account_test_found(&t, two.secret));
        CHECK_INT(session_end_all(t.accounts, "wang.min", two.who.id, account_test_fresh(&t)),
                  BATON_OK);
        CHECK(!account_test_found(&t, t.session.secret) && account_test_found(&t, two.secret));
        CHECK_INT(session_end(t.accounts, two.secret, 64, account_test_fresh(&t)), BATON_OK);
        CHECK(!account_test_found(&t, two.secret));
        CHECK_INT(session_end(t.accounts, two.secret, 64, account_test_fresh(&t)), BATON_OK);
        CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &one), BATON_OK);
        CHECK_INT(session_end_all(t.accounts, "wang.min", "", account_test_fresh(&t)), BATON_OK);
        CHECK(!account_test_found(&t, one.secret));
        CHECK_INT(session_count(t.accounts), 1); // that of zhao.qing
        account_test_close(&t);
    }
}

TEST(a_new_password_ends_all_sessions) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        struct session_made other, now;
        CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &other), BATON_OK);
        CHECK_INT(account_test_change(&t, "wang.min", MIN_PASSWORD, NULL, "xk7mq2vb9d", &now),
                  BATON_OK);
        CHECK(!account_test_found(&t, t.session.secret));
        CHECK(!account_test_found(&t, other.secret));
        CHECK(account_test_found(&t, now.secret));
        CHECK_INT(session_count(t.accounts), 2);
        account_test_close(&t);
    }
}

TEST(raising_changes_the_secret) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        struct session_made raised;
        const struct sign_in right = {.password = MIN_PASSWORD};
        const struct sign_in wrong = {.password = "a wrong password"};
        account_test_pass(5 * (int64_t)MINUTES);
        CHECK_INT(session_raise(t.accounts, t.session.secret, 64, &wrong, &raised,
                                account_test_fresh(&t)),
                  BATON_SIGN_IN_REFUSED);
        CHECK(account_test_found(&t, t.session.secret));
        CHECK_INT(session_raise(t.accounts, t.session.secret, 64, &right, &raised,
                                account_test_fresh(&t)),
                  BATON_OK);
        CHECK(!account_test_found(&t, t.session.secret));
        CHECK(strcmp(raised.secret, t.session.secret) != 0);
        char csrf[CSRF_SIZE], before[CSRF_SIZE];
        CHECK(session_csrf(raised.secret, csrf) && session_csrf(t.session.secret, before));
        CHECK(strcmp(csrf, before) != 0);
        CHECK_TEXT(raised.who.person, "wang.min");
        CHECK_INT(raised.who.begun_utc_ms, t.begun_utc_ms);
        CHECK_INT(raised.who.raised_utc_ms, t.begun_utc_ms + 5 * (int64_t)MINUTES);
        CHECK_INT(session_raise(t.accounts, t.session.secret, 64, &right, &raised,
                                account_test_fresh(&t)),
                  BATON_SESSION_ENDED);
        CHECK_INT(session_count(t.accounts), 2);
        account_test_close(&t);
    }
}

TEST(secrets_that_are_none) {
    struct account_test t;
    if (!account_test_make(&t, STORE_SQLITE, NULL))
        return;
    struct signed_in who;
    char text[66];
    memcpy(text, t.session.secret, 65);
    CHECK(session_find(t.accounts, text, 64, false, &who));
    CHECK_TEXT(who.person, "wang.min");
    CHECK_INT(strlen(who.id), 8);
    CHECK(!who.is_token && who.roles == (1u << ROLE_COUNT) - 1);
    for (size_t size = 0; size < 64; size++)
        CHECK(!session_find(t.accounts, text, size, false, &who));
    text[64] = '0';
    CHECK(!session_find(t.accounts, text, 65, false, &who));
    for (size_t i = 0; i < 64; i += 7) {
        const char was = text[i];
        text[i] = was == '0' ? '1' : '0';
        CHECK(!session_find(t.accounts, text, 64, false, &who));
        text[i] = 'G';
        CHECK(!session_find(t.accounts, text, 64, false, &who));
        text[i] = was;
    }
    account_test_close(&t);
}

TEST(a_form_has_to_come_from_the_session) {
    struct account_test t;
    if (!account_test_make(&t, STORE_SQLITE, NULL))
        return;
    const char *const secret = t.session.secret;
    char csrf[CSRF_SIZE], again[CSRF_SIZE], of_other[CSRF_SIZE];
    struct session_made other;
    CHECK(session_csrf(secret, csrf) && session_csrf(secret, again));
    CHECK_INT(strlen(csrf), 64);
    CHECK_TEXT(again, csrf);
    CHECK(strcmp(csrf, secret) != 0);
    CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &other), BATON_OK);
    CHECK(session_csrf(other.secret, of_other));
    CHECK(session_holds_csrf(secret, csrf, 64));
    CHECK(!session_holds_csrf(secret, of_other, 64) && !session_holds_csrf(secret, secret, 64));
    CHECK(!session_holds_csrf(secret, csrf, 63) && !session_holds_csrf(secret, "", 0));
    CHECK(!session_csrf("", again) && !session_csrf("0f", again) && !session_csrf(csrf + 1, again));
    account_test_close(&t);
}

TEST(the_store_has_no_secret) {
    struct account_test t;
    if (!account_test_make(&t, STORE_SQLITE, NULL))
        return;
    uint8_t secret[DIGEST_SIZE];
    CHECK(bytes_of_hex(t.session.secret, 64, secret));
    struct store_test store;
    bool is_there = false;
    if (store_test_open(&store, t.ledger.place.address, STORE_READ)) {
        const struct store_value *row;
        CHECK_OK(&store, store_query(store.store, STATEMENT_SESSION_ALL, VALUES(store_int(1))));
        for (;;) {
            CHECK_OK(&store, store_next(store.store, &row));
            if (row == NULL)
                break;
            const struct digest digest = digest_bytes(DIGEST_SHA256, secret, sizeof secret);
            CHECK(memcmp(row[1].data, secret, sizeof secret) != 0);
            is_there |= memcmp(row[1].data, digest.byte, DIGEST_SIZE) == 0;
        }
        shut(&store);
    }
    CHECK(is_there);
    account_test_close(&t);
}

/* When a session of the store was last used, in minutes since the beginning; -1 = it is not there. */
static int64_t stored_minutes(struct account_test *t, const char *id) {
    struct store_test store;
    int64_t minutes = -1;
    if (!store_test_open(&store, t->ledger.place.address, STORE_READ))
        return -2;
    const struct store_value *row;
    CHECK_OK(&store, store_query(store.store, STATEMENT_SESSION_ALL, VALUES(store_int(1))));
    for (;;) {
        char has[9];
        CHECK_OK(&store, store_next(store.store, &row));
        if (row == NULL)
            break;
        bytes_hex(row[1].data, 4, has);
        if (strcmp(has, id) == 0)
            minutes = (row[3].number - t->begun_utc_ms) / MINUTES;
    }
    shut(&store);
    return minutes;
}

TEST(use_is_written_once_a_minute) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        const char *id = t.session.who.id;
        for (int second = 0; second < 59; second++) {
            account_test_pass(SECONDS);
            CHECK(touch(&t, t.session.secret));
            account_test_tend(&t);
        }
        CHECK_INT(stored_minutes(&t, id), 0);
        account_test_pass(61 * SECONDS);
        CHECK(touch(&t, t.session.secret));
        CHECK_INT(stored_minutes(&t, id), 0);
        account_test_tend(&t);
        CHECK_INT(stored_minutes(&t, id), 2);
        account_test_pass(29 * (int64_t)MINUTES);
        CHECK(touch(&t, t.session.secret));
        account_test_tend(&t); // others are over: zhao.qing's
        CHECK_INT(session_count(t.accounts), 1);
        account_test_pass(29 * (int64_t)MINUTES);
        account_test_tend(&t);
        CHECK(account_test_found(&t, t.session.secret));
        CHECK_INT(stored_minutes(&t, id), 31);
        account_test_pass(2 * (int64_t)MINUTES);
        account_test_tend(&t);
        CHECK_INT(stored_minutes(&t, id), -1);
        account_test_close(&t);
    }
}

TEST(sessions_outlive_the_process) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        accounts_close(t.accounts);
        t.accounts = account_test_other(&t);
        CHECK(account_test_found(&t, t.session.secret));
        struct session_row row[3];
        CHECK_INT(session_list(t.accounts, "wang.min", row, 3), 1);
        CHECK_TEXT(row[0].agent, "a browser");
        account_test_close(&t);
    }
}

TEST(another_process_sees_what_changed) {
    FOR_EACH_STORE(kind) {
        struct account_test t;
        if (!account_test_make(&t, kind, NULL))
            return;
        struct accounts *other = account_test_other(&t);
        struct signed_in who;
        struct session_made session;
        CHECK_INT(account_test_in(&t, "wang.min", MIN_PASSWORD, NULL, &session), BATON_OK);
        CHECK(!session_find(other, session.secret, 64, false, &who));
        CHECK_INT(accounts_tend(other, account_test_fresh(&t)), BATON_OK);
        CHECK(session_find(other, session.secret, 64, true, &who));
        account_test_pass(20 * (int64_t)MINUTES); // used at the other one only
        CHECK(session_find(other, session.secret, 64, true, &who));
        CHECK_INT(accounts_tend(other, account_test_fresh(&t)), BATON_OK);
        account_test_tend(&t);
        account_test_pass(20 * (int64_t)MINUTES);
        account_test_tend(&t);
        CHECK(account_test_found(&t, session.secret));
        CHECK_INT(session_end(t.accounts, session.secret, 64, account_test_fresh(&t)), BATON_OK);
        CHECK_INT(accounts_tend(other, account_test_fresh(&t)), BATON_OK);
        CHECK(!session_find(other, session.secret, 64, false, &who));
        accounts_close(other);
        account_test_close(&t);
    }
}

/* -- When the store fails -- */

static int calls_left;

static baton_code fail_at(void *context, const char *call) {
    (void)context, (void)call;
    return --calls_left == 0 ? BATON_STORE_FAILED : BATON_OK;
}

/* Whichever call fails: nothing is half done, and once the store works again everything does. */
TEST(a_store_that_fails_leaves_nothing_half_done) {
    struct account_test t;
    if (!account_test_make(&t, STORE_SQLITE, NULL))
        return;
    int failed = 0;
    for (int at = 1; at < 200; at++) {
        CASE("call %d", at);
        const size_t before = session_count(t.accounts);
        store_inject(NULL, NULL, NULL);
        struct accounts *other;
        calls_left = 0; // counts down below 0: nothing fails
        store_inject(NULL, fail_at, NULL);
        other = account_test_other(&t);
        if (other == NULL)
            break;
        const struct sign_in in = {.person = "zhao.qing", .password = QING_PASSWORD};
        struct session_made session;
        struct signed_in who;
        calls_left = at;
        const baton_code code = account_sign_in(other, &in, &session, account_test_fresh(&t));
        const bool came = calls_left <= 0;
        if (code != BATON_OK) {
            failed++;
            CHECK_INT(code, BATON_STORE_FAILED);
            CHECK(t.ledger.found.errors == 1);
            CHECK(session_count(other) <= before + 1);
            calls_left = 0;
            CHECK_INT(account_sign_in(other, &in, &session, account_test_fresh(&t)), BATON_OK);
        }
        CHECK(session_find(other, session.secret, 64, false, &who));
        store_inject(NULL, NULL, NULL);
        accounts_close(other);
        account_test_tend(&t);
        CHECK(account_test_found(&t, session.secret));
        if (!came)
            break;
    }
    store_inject(NULL, NULL, NULL);
    CHECK(failed > 20);
    account_test_close(&t);
}

TEST(accounts_of_no_ledger) {
    struct account_test t;
    if (!account_test_make(&t, STORE_SQLITE, NULL))
        return;
    struct accounts *accounts = NULL;
    struct ledger_place place = t.ledger.place;
    place.ledger = "another";
    CHECK_INT(accounts_open(t.ledger.arena, &t.ledger.world, &place, &t.settings, &accounts,
                            account_test_fresh(&t)),
              BATON_LEDGER_UNKNOWN);
    CHECK_INT(t.ledger.found.errors, 1);
    place = t.ledger.place;
    place.address = arena_printf(t.ledger.arena, "%s/nowhere.db", test_folder());
    CHECK_INT(accounts_open(t.ledger.arena, &t.ledger.world, &place, &t.settings, &accounts,
                            account_test_fresh(&t)),
              BATON_STORE_OPEN);
    if (CHECK_INT(t.ledger.found.errors, 1))
        CHECK(strstr(baton_finding_message(t.ledger.arena, &t.ledger.found.item[0], BATON_EN),
                     "nowhere.db") != NULL);
    CHECK(accounts == NULL);
    account_test_close(&t);
}

/* -- The map -- */

struct thing {
    struct digest digest;
    unsigned number;
};

static struct thing *thing_of(unsigned number) {
    struct thing *thing = calloc(1, sizeof *thing);
    thing->number = number;
    /* Few different beginnings, so that many want the same place. */
    thing->digest.byte[0] = (uint8_t)(number % 5 == 0 ? 62 : number % 7);
    thing->digest.byte[8] = (uint8_t)number;
    thing->digest.byte[9] = (uint8_t)(number >> 8);
    return thing;
}

static bool is_odd(void *context, const void *thing) {
    (void)context;
    return ((const struct thing *)thing)->number % 2 == 1;
}

TEST(a_map_finds_what_is_left) {
    struct digest_map map = {0};
    enum { COUNT = 500 };
    bool has[COUNT] = {false};
    uint32_t chance = 12345;
    for (int step = 0; step < 20000; step++) {
        chance = chance * 1664525 + 1013904223;
        const unsigned number = (chance >> 8) % COUNT;
        struct thing *thing = thing_of(number);
        if (has[number]) {
            CHECK(digest_map_drop(&map, &thing->digest));
            CHECK(!digest_map_drop(&map, &thing->digest));
            free(thing);
        } else {
            CHECK(digest_map_reserve(&map, 1));
            digest_map_put(&map, thing);
        }
        has[number] = !has[number];
        if (step % 1000 != 0)
            continue;
        size_t count = 0;
        for (unsigned i = 0; i < COUNT; i++) {
            struct thing *want = thing_of(i);
            const struct thing *got = digest_map_find(&map, &want->digest);
            CHECK((got != NULL) == has[i] && (got == NULL || got->number == i));
            count += has[i];
            free(want);
        }
        CHECK_INT(map.count, count);
    }
    digest_map_drop_all(&map, is_odd, NULL);
    size_t count = 0;
    for (unsigned i = 0; i < COUNT; i++) {
        struct thing *want = thing_of(i);
        CHECK((digest_map_find(&map, &want->digest) != NULL) == (has[i] && i % 2 == 0));
        count += has[i] && i % 2 == 0;
        free(want);
    }
    CHECK_INT(map.count, count);
    digest_map_close(&map);
}
