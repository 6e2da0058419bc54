/* Deadlines of periods and exceptions: what follows of both, and what they lock of a ledger as time goes on. */
#include "ledger/deadlines.h"
#include "unit/ledger/ledger_fixture.h"
#include "unit/test.h"
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

static bool make(struct ledger_test *test, enum store_kind kind) {
    return ledger_test_make(test, store_fixture_new(kind), DIGEST_SHA256, SIGNATURE_ED25519);
}

static struct civil_moment moment(const char *text) {
    struct civil_moment out = {0};
    CHECK(civil_moment_parse(text, strlen(text), &out));
    return out;
}

static int64_t ends(const char *text) {
    return civil_moment_ends_utc_ms(moment(text));
}

/* NULL = it has none. */
static struct deadlines deadlines(const char *due, const char *grace, const char *locks) {
    struct deadlines d = {
        .due = moment(due), .has_grace = grace != NULL, .has_locks = locks != NULL};
    if (grace != NULL)
        d.grace = moment(grace);
    if (locks != NULL)
        d.locks = moment(locks);
    return d;
}

static void check_moment(bool has, struct civil_moment got, const char *want) {
    char text[CIVIL_MOMENT_SIZE];
    CHECK(has == (want != NULL));
    if (has && want != NULL) {
        civil_moment_format(got, text);
        CHECK_TEXT(text, want);
    }
}

/* An exception over a period: what of each stays. */
TEST(exceptions_lie_over_periods) {
    static const struct {
        const char *period[3], *exception[3], *want[3]; /* due, grace, locks */
    } cases[] = {
        {{"2021-09-10", NULL, NULL}, {"2021-09-15", NULL, NULL}, {"2021-09-15", NULL, NULL}},
        {{"2021-09-10", "2021-09-13", "2021-09-30"},
         {"2021-09-12T17:00", NULL, NULL},
         {"2021-09-12T17:00", "2021-09-13", "2021-09-30"}},
        {{"2021-09-10", "2021-09-13", "2021-09-30"},
         {"2021-09-13", NULL, NULL},
         {"2021-09-13", NULL, "2021-09-30"}},
        {{"2021-09-10", "2021-09-13", "2021-09-30"},
         {"2021-10-08", NULL, NULL},
         {"2021-10-08", NULL, "2021-10-08"}},
        {{"2021-09-10", "2021-09-13", "2021-09-30"},
         {"2021-10-08", "2021-10-09", NULL},
         {"2021-10-08", "2021-10-09", "2021-10-09"}},
        {{"2021-09-10", NULL, "2021-09-30"},
         {"2021-09-15", NULL, "2021-09-20"},
         {"2021-09-15", NULL, "2021-09-20"}},
        {{"2021-09-10", NULL, NULL},
         {"2021-09-15", NULL, "2021-09-20"},
         {"2021-09-15", NULL, "2021-09-20"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct deadlines period = deadlines(cases[i].period[0], cases[i].period[1],
                                                  cases[i].period[2]),
                               exception = deadlines(cases[i].exception[0], cases[i].exception[1],
                                                     cases[i].exception[2]),
                               got = deadlines_except(&period, &exception);
        CASE("%zu", i);
        check_moment(true, got.due, cases[i].want[0]);
        check_moment(got.has_grace, got.grace, cases[i].want[1]);
        check_moment(got.has_locks, got.locks, cases[i].want[2]);
    }
}

TEST(deadlines_have_an_order) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        static const struct {
            const char *fields;
            const char *later, *earlier; /* NULL = it is taken */
        } cases[] = {
            {"opens=2021-09-01 due=2021-08-31", "due", "opens"},
            {"opens=2021-09-01T08:00 due=2021-09-01T08:00", "due", "opens"},
            {"opens=2021-09-01 due=2021-09-10 grace=2021-09-09", "grace", "due"},
            {"opens=2021-09-01 due=2021-09-10 locks=2021-09-10T23:59", "locks", "due"},
            {"opens=2021-09-01 due=2021-09-10 grace=2021-09-13 locks=2021-09-12", "locks", "grace"},
            {"opens=2021-09-01 due=2021-09-01", NULL, NULL},
            {"opens=2021-09-01 due=2021-09-10 grace=2021-09-10 locks=2021-09-10", NULL, NULL},
        };
        if (!make(&test, kind))
            return;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            CASE("%s", cases[i].fields);
            const char *const fields =
                arena_printf(test.arena, "period=2021-%02zu %s", i + 1, cases[i].fields);
            const baton_code code =
                ledger_test_say(&test, "li.wei", "period", "city", fields, NULL);
            CHECK_INT(code, cases[i].later != NULL ? BATON_DEADLINES_CROSS : BATON_OK);
            if (code == BATON_DEADLINES_CROSS) {
                CHECK_TEXT(test.found.item[0].arg[0], cases[i].later);
                CHECK_TEXT(test.found.item[0].arg[2], cases[i].earlier);
            }
        }
        CHECK_INT(ledger_test_propose(&test, "li.wei", "exception", "city",
                                      "period=2021-08 unit=a element=* due=2021-09-10 "
                                      "grace=2021-09-09",
                                      NULL),
                  BATON_DEADLINES_CROSS);
        ledger_test_close(&test);
    }
}

/* Each field that the calendar's kinds have, said wrongly. */
TEST(values_of_the_calendar_are_held_to_their_forms) {
    struct ledger_test test;
    static const struct {
        const char *kind, *assessment, *fields;
    } cases[] = {
        {"day", "", "date=2021-13-01 is=holiday"},
        {"day", "", "date=2021-10-01 is=free"},
        {"calendar", "city", "frequency=months opens=1d due=10d"},
        {"calendar", "city", "frequency=month opens=1 due=10d"},
        {"calendar", "city", "frequency=month opens=1d due=10w"},
        {"calendar", "city", "frequency=month opens=1d due=10d grace=soon"},
        {"calendar", "city", "frequency=month opens=1d due=10d locks=+1d"},
        {"calendar", "city", "frequency=month opens=1d due=10d moves=up"},
        {"period", "city", "period=2021-13 opens=2021-09-01 due=2021-09-10"},
        {"period", "city", "period=2021-08 opens=2021-09-31 due=2021-10-10"},
        {"period", "city", "period=2021-08 opens=2021-09-01 due=10d"},
        {"period", "city", "period=2021-08 opens=2021-09-01 due=2021-09-10T24:00"},
    };
    if (!make(&test, STORE_SQLITE))
        return;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CASE("%s %s", cases[i].kind, cases[i].fields);
        CHECK_INT(ledger_test_say(&test, "li.wei", cases[i].kind, cases[i].assessment,
                                  cases[i].fields, NULL),
                  BATON_FACT_FIELD_BAD);
    }
    CASE("sound");
    CHECK_DONE(&test,
               ledger_test_say(&test, "li.wei", "day", "", "date=2021-10-01 is=holiday", NULL));
    CHECK_DONE(&test,
               ledger_test_say(&test, "li.wei", "calendar", "city",
                               "frequency=month opens=-5d due=8wd locks=30d moves=earlier", NULL));
    ledger_test_close(&test);
}

static baton_code say_figure(struct ledger_test *test, const char *unit, const char *element) {
    return ledger_test_say(
        test, "li.wei", "observation", "city",
        arena_printf(test->arena, "unit=%s element=%s period=2021-08 value=7", unit, element),
        NULL);
}

/* Periods lock to the millisecond; an exception moves that for its unit and element. */
/* The period with another due day; or taken back. */
static baton_code correct_period(struct ledger_test *test, uint64_t *period, const char *fields) {
    return ledger_test_say(test, "li.wei", "period", "city",
                           arena_printf(test->arena, "period=2021-08 %s @corrects=%llu @reason=so",
                                        fields, (unsigned long long)*period),
                           period);
}

/* Who was late is changed by one hand only until it can be told. */
TEST(deadlines_are_changed_by_two_once_a_period_was_due) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        uint64_t period, proposal;
        atomic_store(&ledger_test_now_utc_ms, ends("2021-08-27"));
        if (!make(&test, kind))
            return;
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "period", "city",
                                          "period=2021-08 opens=2021-09-01 due=2021-09-08 "
                                          "grace=2021-09-13",
                                          &period));
        atomic_store(&ledger_test_now_utc_ms, ends("2021-09-08") - 1);
        CHECK_DONE(&test, correct_period(&test, &period,
                                         "opens=2021-09-01 due=2021-09-10T17:00 grace=2021-09-13"));
        atomic_store(&ledger_test_now_utc_ms, ends("2021-09-10T17:00"));
        static const char *const changed[] = {
            "opens=2021-09-01 due=2021-09-05 grace=2021-09-13",       // in time becomes late
            "opens=2021-09-01 due=2021-09-30",                        // late becomes in time
            "opens=2021-09-01 due=2021-09-10T17:00 grace=2021-09-20", // the window
            "opens=2021-09-01 due=2021-09-10T17:00 grace=2021-09-13 locks=2021-09-14",
            "opens=2021-09-02 due=2021-09-10T17:00 grace=2021-09-13",
            "@withdrawn=1",
        };
        for (size_t i = 0; i < LENGTH(changed); i++) {
            CASE("%s", changed[i]);
            CHECK_INT(correct_period(&test, &period, changed[i]), BATON_PERIOD_DUE);
            CHECK_TEXT(test.found.item[0].arg[0], "2021-08");
            CHECK_TEXT(test.found.item[0].arg[1], "2021-09-10T17:00");
        }
        const char *const later = arena_printf(
            test.arena, "period=2021-08 opens=2021-09-01 due=2021-09-30 @corrects=%llu @reason=so",
            (unsigned long long)period);
        CHECK_DONE(&test, ledger_test_propose(&test, "li.wei", "period", "city", later, &proposal));
        CHECK_INT(ledger_test_accept(&test, "li.wei", proposal), BATON_DECISION_OWN);
        CHECK_DONE(&test, ledger_test_accept(&test, "wang.min", proposal));
        ledger_test_close(&test);
    }
    atomic_store(&ledger_test_now_utc_ms, LEDGER_TEST_BEGINS);
}

TEST(periods_lock_as_time_goes_on) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        uint64_t period, proposal;
        char address[512];
        atomic_store(&ledger_test_now_utc_ms, ends("2021-08-27"));
        if (!make(&test, kind))
            return;
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "period", "city",
                                          "period=2021-08 opens=2021-09-01 due=2021-09-10T17:00 "
                                          "grace=2021-09-13 locks=2021-09-30",
                                          &period));
        CHECK_INT(ledger_test_say(&test, "li.wei", "exception", "city",
                                  "period=2021-08 unit=a element=gdp due=2021-10-08", NULL),
                  BATON_RIGHT_LACKING);
        CHECK_INT(ledger_test_propose(&test, "zhao.qing", "exception", "city",
                                      "period=2021-08 unit=b element=gdp due=2021-10-08", NULL),
                  BATON_RIGHT_UNIT);
        CHECK_DONE(&test, ledger_test_propose(&test, "zhao.qing", "exception", "city",
                                              "period=2021-08 unit=a element=gdp due=2021-10-08",
                                              &proposal));
        CHECK_INT(ledger_test_accept(&test, "zhao.qing", proposal), BATON_DECISION_OWN);
        CHECK_DONE(&test, ledger_test_accept(&test, "li.wei", proposal));
        CHECK_DONE(&test, ledger_test_propose(&test, "li.wei", "exception", "city",
                                              "period=2021-08 unit=c element=* due=2021-10-09",
                                              &proposal));
        CHECK_DONE(&test, ledger_test_accept(&test, "wang.min", proposal));

        atomic_store(&ledger_test_now_utc_ms, ends("2021-09-30") - 1);
        CHECK_DONE(&test, say_figure(&test, "b", "gdp"));
        atomic_store(&ledger_test_now_utc_ms, ends("2021-09-30"));
        CHECK_INT(say_figure(&test, "b", "jobs"), BATON_LOCKED);
        CHECK_TEXT(test.found.item[0].arg[1], "2021-08");
        CHECK_TEXT(test.found.item[0].arg[2], "2021-09-30");
        CHECK_INT(say_figure(&test, "a", "jobs"), BATON_LOCKED);
        CHECK_DONE(&test, say_figure(&test, "a", "gdp"));
        CHECK_DONE(&test, say_figure(&test, "c", "gdp"));
        /* Another period is not opened and does not lock; the year's figures are of a period of their own. */
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "observation", "city",
                                          "unit=b element=gdp period=2021-07 value=7", NULL));
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "observation", "city",
                                          "unit=b element=plan period=2021 value=7", NULL));
        atomic_store(&ledger_test_now_utc_ms, ends("2021-10-08"));
        CHECK_INT(ledger_test_say(&test, "li.wei", "observation", "city",
                                  "unit=a element=gdp period=2021-08 value=8", NULL),
                  BATON_LOCKED);
        CHECK_TEXT(test.found.item[0].arg[2], "2021-10-08");
        CHECK_DONE(&test, say_figure(&test, "c", "jobs"));

        /* What is locked stays so for one alone: its lock is not put off by one hand either. */
        const char *const later =
            arena_printf(test.arena,
                         "period=2021-08 opens=2021-09-01 due=2021-10-20 locks=2021-10-30 "
                         "@corrects=%llu @reason=late",
                         (unsigned long long)period);
        CHECK_INT(ledger_test_say(&test, "li.wei", "period", "city", later, NULL), BATON_LOCKED);
        CHECK_DONE(&test, ledger_test_propose(&test, "li.wei", "period", "city", later, &proposal));
        CHECK_DONE(&test, ledger_test_accept(&test, "wang.min", proposal));
        CHECK_DONE(&test, say_figure(&test, "b", "jobs"));
        atomic_store(&ledger_test_now_utc_ms, ends("2021-10-30"));
        CHECK_INT(say_figure(&test, "b", "roads"), BATON_LOCKED);
        CHECK_DONE(&test,
                   ledger_test_propose(&test, "li.wei", "observation", "city",
                                       "unit=b element=roads period=2021-08 value=7", &proposal));
        CHECK_DONE(&test, ledger_test_accept(&test, "wang.min", proposal));
        snprintf(address, sizeof address, "%s", test.place.address);
        ledger_test_close(&test);

        /* It is read again from the store. */
        if (!ledger_test_open(&test, address))
            return;
        CHECK_INT(say_figure(&test, "b", "schools"), BATON_LOCKED);
        ledger_test_close(&test);
        atomic_store(&ledger_test_now_utc_ms, LEDGER_TEST_BEGINS);
    }
}
