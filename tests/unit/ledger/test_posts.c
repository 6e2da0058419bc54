/* Posts: that the three administrators are three persons, and what a post may be limited to. */
#include "unit/ledger/ledger_fixture.h"
#include "unit/test.h"
#include <stdio.h>
#include <string.h>

static baton_code give(struct ledger_test *test, const char *person, const char *rest) {
    char fields[200];
    snprintf(fields, sizeof fields, "person=%s %s", person, rest);
    return ledger_test_say(test, "li.wei", "post", "", fields, NULL);
}

static bool make(struct ledger_test *test, enum store_kind kind) {
    return ledger_test_make(test, store_fixture_new(kind), DIGEST_SHA256, SIGNATURE_ED25519);
}

TEST(administrators_are_apart) {
    /* What somebody has, what they would have besides, and whether they may. */
    static const struct {
        const char *has, *gets;
        bool may;
    } cases[] = {
        {"system_admin", "security_admin", false},
        {"security_admin", "system_admin", false},
        {"system_admin", "auditor", false},
        {"auditor", "security_admin", false},
        {"auditor", "office", false},
        {"office", "auditor", false},
        {"committee", "system_admin", false},
        {"security_admin", "committee", false},
        {"office", "committee", true},
        {"auditor", "unit", true},
        {"leader", "auditor", true},
        {"supervisor", "cadre", true},
        {"unit", "approver", true},
        {"system_admin", "owner", true},
    };
    FOR_EACH_STORE(kind) {
        for (size_t i = 0; i < LENGTH(cases); i++) {
            struct ledger_test test;
            char has[60], gets[60];
            CASE("%s beside %s", cases[i].gets, cases[i].has);
            if (!make(&test, kind))
                return;
            snprintf(has, sizeof has, "role=%s from=2022-01-01", cases[i].has);
            snprintf(gets, sizeof gets, "role=%s from=2022-06-01", cases[i].gets);
            CHECK_DONE(&test,
                       ledger_test_say(&test, "li.wei", "person", "", "id=sun name:=S", NULL));
            CHECK_DONE(&test, give(&test, "sun", has));
            CHECK_INT(give(&test, "sun", gets), cases[i].may ? BATON_OK : BATON_ROLES_APART);
            CHECK_DONE(&test, give(&test, "zhao.qing", gets)); // somebody else
            ledger_test_close(&test);
        }
    }
}

TEST(roles_are_apart_on_the_days_that_they_share) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        if (!make(&test, kind))
            return;
        CHECK_DONE(&test, give(&test, "zhao.qing", "role=auditor from=2022-03-01 to=2022-06-30"));
        static const struct {
            const char *days;
            bool may;
        } cases[] = {
            {"from=2022-07-01 to=2022-07-31", true},
            {"from=2022-01-01 to=2022-02-28", true},
            {"from=2022-06-30 to=2022-08-31", false},
            {"from=2022-01-02 to=2022-03-01", false},
            {"from=2022-04-01 to=2022-04-02", false},
            {"from=2021-01-01", false},
            {"from=2022-09-01", true},
            {"from=2022-05-05 to=2022-05-04", true},
        };
        for (size_t i = 0; i < LENGTH(cases); i++) {
            char rest[80];
            CASE("%s", cases[i].days);
            snprintf(rest, sizeof rest, "role=system_admin %s", cases[i].days);
            CHECK_INT(give(&test, "zhao.qing", rest), cases[i].may ? BATON_OK : BATON_ROLES_APART);
        }
        ledger_test_close(&test);
    }
}

TEST(one_submission_gives_no_two_that_are_apart) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        if (!make(&test, kind))
            return;
        struct fact_body fact[] = {
            ledger_test_fact(&test, "post", "", "person=zhao.qing role=auditor from=2022-01-01"),
            ledger_test_fact(&test, "post", "", "person=zhao.qing role=office from=2022-01-01")};
        struct submission both = {.actor = "li.wei", .fact = fact, .count = 2};
        CHECK_INT(ledger_append(test.ledger, test.arena, &both, &test.found), BATON_ROLES_APART);
        if (CHECK_INT(test.found.errors, 1)) {
            const char *says = baton_finding_message(test.arena, &test.found.item[0], BATON_EN);
            CHECK(strstr(says, "zhao.qing") != NULL && strstr(says, "office") != NULL &&
                  strstr(says, "auditor") != NULL);
        }
        struct submission one = {.actor = "li.wei", .fact = fact, .count = 1};
        CHECK_DONE(&test, ledger_append(test.ledger, test.arena, &one, &test.found));
        ledger_test_close(&test);
    }
}

/* A post may be said before its person is known, and counts from then on: it must not slip past. */
TEST(persons_who_are_not_known_yet) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        if (!make(&test, kind))
            return;
        CHECK_DONE(&test, give(&test, "later", "role=auditor from=2022-01-01"));
        CHECK_INT(give(&test, "later", "role=system_admin from=2022-01-01"), BATON_ROLES_APART);
        ledger_test_close(&test);
    }
}

TEST(a_role_that_has_ended_or_was_withdrawn_is_in_nobodys_way) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        uint64_t at = 0, other = 0;
        char fields[200];
        if (!make(&test, kind))
            return;
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "post", "",
                                          "person=zhao.qing role=auditor from=2022-01-01", &at));
        CHECK_INT(give(&test, "zhao.qing", "role=system_admin from=2022-05-01"), BATON_ROLES_APART);
        snprintf(fields, sizeof fields,
                 "person=zhao.qing role=auditor from=2022-01-01 to=2022-04-30 @corrects=%d "
                 "@reason=r",
                 (int)at);
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "post", "", fields, &other));
        CHECK_DONE(&test, give(&test, "zhao.qing", "role=system_admin from=2022-05-01"));
        snprintf(fields, sizeof fields,
                 "person=zhao.qing role=auditor from=2022-01-01 to=2022-05-01 @corrects=%d "
                 "@reason=r",
                 (int)other);
        CHECK_INT(ledger_test_say(&test, "li.wei", "post", "", fields, NULL), BATON_ROLES_APART);
        snprintf(fields, sizeof fields,
                 "person=zhao.qing role=auditor from=2022-01-01 @corrects=%d @withdrawn=1 "
                 "@reason=r",
                 (int)other);
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "post", "", fields, NULL));
        CHECK_DONE(&test, give(&test, "zhao.qing",
                               "role=security_admin from=2022-01-01 "
                               "to=2022-04-30"));
        ledger_test_close(&test);
    }
}

/* Until somebody has them, the office does what only these administrators may: no post, so it is in nobody's way. */
TEST(who_stands_in_is_no_administrator) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        if (!make(&test, kind))
            return;
        CHECK_DONE(&test, give(&test, "li.wei", "role=committee from=2021-01-01"));
        CHECK_INT(give(&test, "li.wei", "role=security_admin from=2021-01-01"), BATON_ROLES_APART);
        CHECK_DONE(&test, give(&test, "zhao.qing", "role=security_admin from=2021-01-01"));
        CHECK_INT(give(&test, "wang.min", "role=leader from=2021-01-01"), BATON_RIGHT_LACKING);
        ledger_test_close(&test);
    }
}

TEST(a_post_may_be_of_an_assessment_an_indicator_a_deputy) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        if (!make(&test, kind))
            return;
        CHECK_DONE(&test, give(&test, "zhao.qing",
                               "role=approver unit=a from=2021-01-01 assessment=city "
                               "indicator=economy deputy=1"));
        static const char *const bad[] = {"assessment=a'b", "indicator=,", "deputy=yes",
                                          "deputy=0"};
        for (size_t i = 0; i < LENGTH(bad); i++) {
            char rest[100];
            CASE("%s", bad[i]);
            snprintf(rest, sizeof rest, "role=owner from=2021-01-01 %s", bad[i]);
            CHECK_INT(give(&test, "zhao.qing", rest), BATON_FACT_FIELD_BAD);
        }
        CHECK_INT(give(&test, "zhao.qing", "role=owner from=2021-01-01 deputies=1"),
                  BATON_FACT_FIELD_UNKNOWN);
        ledger_test_close(&test);
    }
}
