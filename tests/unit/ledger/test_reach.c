/* What posts reach over: units and those below them, assessments. */
#include "unit/ledger/ledger_fixture.h"
#include "unit/test.h"
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

/* The units of `city`: a has b, b has c; d stands alone; x and y are each other's parents. Of `town`: b alone, and t below a. */
static bool make(struct ledger_test *test, enum store_kind kind) {
    static const char *const unit[][2] = {
        {"city", "id=a name=A"}, {"city", "id=b name=B parent=a"}, {"city", "id=c name=C parent=b"},
        {"city", "id=d name=D"}, {"city", "id=x name=X parent=y"}, {"city", "id=y name=Y parent=x"},
        {"town", "id=b name=B"}, {"town", "id=t name=T parent=a"},
    };
    if (!ledger_test_make(test, store_fixture_new(kind), DIGEST_SHA256, SIGNATURE_ED25519))
        return false;
    for (size_t i = 0; i < LENGTH(unit); i++)
        CHECK_DONE(test, ledger_test_say(test, "li.wei", "unit", unit[i][0], unit[i][1], NULL));
    return CHECK_DONE(test, ledger_test_say(test, "li.wei", "person", "", "id=sun name:=S", NULL));
}

static void post(struct ledger_test *test, const char *rest) {
    char fields[200];
    snprintf(fields, sizeof fields, "person=sun %s", rest);
    CHECK_DONE(test, ledger_test_say(test, "li.wei", "post", "", fields, NULL));
}

/* A figure that nobody has said yet. */
static baton_code figure(struct ledger_test *test, const char *actor, const char *assessment,
                         const char *unit, uint64_t *position) {
    static unsigned number;
    char fields[200];
    snprintf(fields, sizeof fields, "unit=%s element=e%u period=2021-01 value=7", unit, number++);
    return ledger_test_say(test, actor, "observation", assessment, fields, position);
}

static baton_code propose(struct ledger_test *test, const char *actor, const char *assessment,
                          const char *unit, uint64_t *proposal) {
    static unsigned number;
    char fields[200];
    snprintf(fields, sizeof fields, "unit=%s element=p%u period=2021-01 value=7", unit, number++);
    return ledger_test_propose(test, actor, "observation", assessment, fields, proposal);
}

TEST(posts_reach_over_units_below_and_over_assessments) {
    /* Posts (from 2021-01-01, on a day of August 2021), the assessment, the unit, whether a figure may be said. */
    static const struct {
        const char *post[2], *assessment, *unit;
        bool may;
    } cases[] = {
        {{"role=unit unit=a"}, "city", "a", true},
        {{"role=unit unit=a"}, "city", "b", true},
        {{"role=unit unit=a"}, "city", "c", true},
        {{"role=unit unit=a"}, "city", "d", false},
        {{"role=unit unit=a"}, "city", "nobody", false},
        {{"role=unit unit=b"}, "city", "a", false},
        {{"role=unit unit=b"}, "city", "c", true},
        {{"role=approver unit=b"}, "city", "c", true},
        {{"role=approver unit=b"}, "city", "d", false},
        {{"role=unit unit=nobody"}, "city", "nobody", true},
        {{"role=unit unit=nobody"}, "city", "a", false},
        {{"role=unit unit=d"}, "city", "x", false}, // of a ring
        {{"role=unit unit=x"}, "city", "y", true},
        {{"role=unit unit=y"}, "city", "x", true},
        {{"role=unit unit=a"}, "town", "b", false}, // there it stands alone
        {{"role=unit unit=a"}, "town", "t", true},
        {{"role=unit unit=b"}, "town", "b", true},
        {{"role=unit unit=b"}, "elsewhere", "b", true},
        {{"role=unit unit=a"}, "elsewhere", "b", false},
        {{"role=unit"}, "city", "d", true},
        {{"role=unit assessment=city"}, "city", "d", true},
        {{"role=unit assessment=city"}, "town", "b", false},
        {{"role=unit unit=a assessment=city"}, "city", "c", true},
        {{"role=unit unit=a assessment=city"}, "city", "d", false},
        {{"role=unit unit=b assessment=city"}, "town", "b", false},
        {{"role=unit unit=d", "role=unit unit=b"}, "city", "c", true},
        {{"role=unit unit=d", "role=unit unit=b"}, "city", "a", false},
        {{"role=unit unit=d", "role=approver unit=b"}, "city", "d", true},
        {{"role=unit unit=a assessment=city", "role=unit unit=b assessment=town"},
         "town",
         "b",
         true},
        {{"role=unit unit=a assessment=city", "role=unit unit=b assessment=town"},
         "town",
         "t",
         false},
        {{"role=unit unit=d", "role=leader unit=a"}, "city", "a", false}, // which says nothing
        {{"role=owner unit=tax"}, "city", "a", true},
        {{"role=owner unit=tax"}, "town", "t", true},
        {{"role=owner unit=tax assessment=city"}, "city", "d", true},
        {{"role=owner unit=tax assessment=city"}, "town", "b", false},
        {{"role=office unit=a"}, "city", "d", true},
        {{"role=office assessment=town"}, "city", "d", false},
        {{"role=office assessment=town", "role=office assessment=city"}, "city", "d", true},
        {{"role=office assessment=town", "role=unit unit=d"}, "city", "d", true},
        {{"role=office assessment=town", "role=unit unit=d"}, "city", "a", false},
    };
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        if (!make(&test, kind))
            return;
        for (size_t i = 0; i < LENGTH(cases); i++) {
            char person[100];
            const baton_code expected = cases[i].may ? BATON_OK : BATON_RIGHT_UNIT;
            CASE("%s, %s: %s of %s", cases[i].post[0],
                 cases[i].post[1] != NULL ? cases[i].post[1] : "", cases[i].unit,
                 cases[i].assessment);
            snprintf(person, sizeof person, "id=p%d name:=P", (int)i);
            CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "person", "", person, NULL));
            for (size_t k = 0; k < 2 && cases[i].post[k] != NULL; k++) {
                char fields[160];
                snprintf(fields, sizeof fields, "person=p%d %s from=2021-01-0%d", (int)i,
                         cases[i].post[k], (int)k + 1);
                CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "post", "", fields, NULL));
            }
            snprintf(person, sizeof person, "p%d", (int)i);
            CHECK_INT(figure(&test, person, cases[i].assessment, cases[i].unit, NULL), expected);
            CHECK_INT(propose(&test, person, cases[i].assessment, cases[i].unit, NULL), expected);
        }
        ledger_test_close(&test);
    }
}

TEST(the_refusal_says_who_what_and_how_far) {
    struct ledger_test test;
    if (!make(&test, STORE_SQLITE))
        return;
    post(&test, "role=unit unit=d from=2021-01-01");
    post(&test, "role=approver unit=b assessment=town from=2021-01-01");
    CHECK_INT(figure(&test, "sun", "city", "c", NULL), BATON_RIGHT_UNIT);
    if (CHECK_INT(test.found.errors, 1)) {
        CHECK_TEXT(baton_finding_message(test.arena, &test.found.item[0], BATON_EN),
                   "sun may not do that for the unit 'c' in the assessment 'city': the posts of "
                   "sun reach over d, town: b");
        CHECK_TEXT(baton_finding_message(test.arena, &test.found.item[0], BATON_ZH),
                   "sun 无权办理考核“city”中考核对象“c”的事项：其任职范围为 d, town: b");
    }
    ledger_test_close(&test);
}

/* Units that move take the rights over them along, at once and in the same line of submissions. */
TEST(a_unit_that_moves) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        uint64_t d = 0, c = 0;
        char fields[100];
        if (!make(&test, kind))
            return;
        post(&test, "role=unit unit=a from=2021-01-01");
        CHECK_INT(figure(&test, "sun", "city", "d", NULL), BATON_RIGHT_UNIT);
        CHECK_INT(figure(&test, "sun", "city", "new", NULL), BATON_RIGHT_UNIT);
        CHECK_DONE(&test,
                   ledger_test_say(&test, "li.wei", "unit", "city", "id=new name=N parent=c", &c));
        CHECK_DONE(&test, figure(&test, "sun", "city", "new", NULL));
        struct fact_body many[2] = {
            ledger_test_fact(&test, "unit", "city", "id=e name=E parent=b"),
            ledger_test_fact(&test, "unit", "city", "id=f name=F parent=e")};
        struct submission both = {.actor = "li.wei", .fact = many, .count = 2};
        CHECK_DONE(&test, ledger_append(test.ledger, test.arena, &both, &test.found));
        CHECK_DONE(&test, figure(&test, "sun", "city", "f", &d));
        snprintf(fields, sizeof fields, "id=new name=N parent=d @corrects=%d @reason=r", (int)c);
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "unit", "city", fields, &c));
        CHECK_INT(figure(&test, "sun", "city", "new", NULL), BATON_RIGHT_UNIT);
        CHECK_DONE(&test, figure(&test, "sun", "city", "c", NULL));
        snprintf(fields, sizeof fields, "id=new name=N parent=b @corrects=%d @reason=r", (int)c);
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "unit", "city", fields, &c));
        CHECK_DONE(&test, figure(&test, "sun", "city", "new", NULL));
        snprintf(fields, sizeof fields, "id=new @corrects=%d @withdrawn=1 @reason=r", (int)c);
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "unit", "city", fields, NULL));
        CHECK_INT(figure(&test, "sun", "city", "new", NULL), BATON_RIGHT_UNIT);
        ledger_test_close(&test);
    }
}

TEST(a_post_reaches_as_long_as_it_is_held) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        const int64_t now = atomic_load(&ledger_test_now_utc_ms), day = INT64_C(86400000);
        atomic_store(&ledger_test_now_utc_ms, INT64_C(18866) * day); // 2021-08-27 08:00 in China
        if (!make(&test, kind))
            return;
        post(&test, "role=unit unit=b from=2021-01-01 to=2021-08-27");
        post(&test, "role=unit unit=d from=2021-08-28");
        CHECK_DONE(&test, figure(&test, "sun", "city", "c", NULL));
        CHECK_INT(figure(&test, "sun", "city", "d", NULL), BATON_RIGHT_UNIT);
        atomic_store(&ledger_test_now_utc_ms, INT64_C(18867) * day);
        CHECK_INT(figure(&test, "sun", "city", "c", NULL), BATON_RIGHT_UNIT);
        CHECK_DONE(&test, figure(&test, "sun", "city", "d", NULL));
        ledger_test_close(&test);
        atomic_store(&ledger_test_now_utc_ms, now);
    }
}

TEST(corrections_are_of_the_unit_that_they_correct) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        uint64_t at = 0, own = 0;
        char fields[200];
        if (!make(&test, kind))
            return;
        post(&test, "role=unit unit=b from=2021-01-01");
        static const struct {
            const char *unit;
            bool may;
        } cases[] = {{"a", false}, {"b", true}, {"c", true}, {"d", false}};
        for (size_t i = 0; i < LENGTH(cases); i++) {
            const baton_code expected = cases[i].may ? BATON_OK : BATON_RIGHT_UNIT;
            CASE("%s", cases[i].unit);
            snprintf(fields, sizeof fields, "unit=%s element=e period=2021-01 value=7",
                     cases[i].unit);
            CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "observation", "city", fields, &at));
            snprintf(fields, sizeof fields,
                     "unit=%s element=e period=2021-01 value=8 @corrects=%d @reason=r",
                     cases[i].unit, (int)at);
            CHECK_INT(ledger_test_say(&test, "sun", "observation", "city", fields, &own), expected);
            if (cases[i].may)
                at = own;
            snprintf(fields, sizeof fields,
                     "unit=%s element=e period=2021-01 @corrects=%d @withdrawn=1 @reason=r",
                     cases[i].unit, (int)at);
            CHECK_INT(ledger_test_say(&test, "sun", "observation", "city", fields, NULL), expected);
        }
        /* Under the name of their own unit: it is not that row. */
        snprintf(fields, sizeof fields,
                 "unit=b element=e period=2021-01 value=8 @corrects=%d @reason=r", (int)at);
        CHECK_INT(ledger_test_say(&test, "sun", "observation", "city", fields, NULL),
                  BATON_FACT_SUPERSEDED);
        ledger_test_close(&test);
    }
}

/* What was proposed was judged when it was proposed; who decides needs no right over the unit, but over the assessment. */
TEST(proposals_and_decisions) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        uint64_t proposal = 0, c = 0;
        char fields[100];
        if (!make(&test, kind))
            return;
        post(&test, "role=unit unit=a from=2021-01-01");
        CHECK_INT(propose(&test, "sun", "city", "d", NULL), BATON_RIGHT_UNIT);
        CHECK_DONE(&test,
                   ledger_test_say(&test, "li.wei", "unit", "city", "id=new name=N parent=b", &c));
        CHECK_DONE(&test, propose(&test, "sun", "city", "new", &proposal));
        snprintf(fields, sizeof fields, "id=new name=N parent=d @corrects=%d @reason=r", (int)c);
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "unit", "city", fields, NULL));
        CHECK_INT(propose(&test, "sun", "city", "new", NULL), BATON_RIGHT_UNIT);
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "person", "", "id=far name:=F", NULL));
        CHECK_DONE(&test, ledger_test_say(
                              &test, "li.wei", "post", "",
                              "person=far role=committee assessment=town from=2021-01-01", NULL));
        CHECK_INT(ledger_test_accept(&test, "far", proposal), BATON_RIGHT_UNIT);
        CHECK_DONE(&test, ledger_test_accept(&test, "wang.min", proposal));
        ledger_test_close(&test);
    }
}

TEST(evidence_is_of_no_unit_but_of_an_assessment) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        if (!make(&test, kind))
            return;
        post(&test, "role=unit unit=a assessment=city from=2021-01-01");
        CHECK_DONE(&test, ledger_test_say(&test, "sun", "evidence", "city",
                                          "content:=abc name:=n size=3", NULL));
        CHECK_INT(
            ledger_test_say(&test, "sun", "evidence", "town", "content:=abd name:=n size=3", NULL),
            BATON_RIGHT_UNIT);
        ledger_test_close(&test);
    }
}

/* Whoever has the office of one assessment does not stand in for the administrators, who give posts in all. */
TEST(standing_in_is_for_the_ledger_as_a_whole) {
    struct ledger_test test;
    if (!make(&test, STORE_SQLITE))
        return;
    post(&test, "role=office assessment=town from=2021-01-01");
    CHECK_INT(ledger_test_say(&test, "sun", "person", "", "id=qian name:=Q", NULL),
              BATON_RIGHT_LACKING);
    CHECK_INT(
        ledger_test_say(&test, "sun", "post", "", "person=sun role=office from=2021-01-01", NULL),
        BATON_RIGHT_LACKING);
    CHECK_INT(ledger_test_say(&test, "sun", "unit", "city", "id=z name=Z", NULL), BATON_RIGHT_UNIT);
    CHECK_DONE(&test, ledger_test_say(&test, "sun", "unit", "town", "id=z name=Z", NULL));
    ledger_test_close(&test);
}

/* Nor does an administrator of one assessment administer the ledger, and as long as there are only such the office stands in. */
TEST(administrators_of_one_assessment_are_not_of_the_ledger) {
    struct ledger_test test;
    if (!make(&test, STORE_SQLITE))
        return;
    post(&test, "role=security_admin assessment=town from=2021-01-01");
    CHECK_INT(ledger_test_say(&test, "sun", "person", "", "id=qian name:=Q", NULL),
              BATON_RIGHT_LACKING);
    CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "person", "", "id=qian name:=Q", NULL));
    post(&test, "role=security_admin from=2021-01-02");
    CHECK_DONE(&test, ledger_test_say(&test, "sun", "person", "", "id=wu name:=W", NULL));
    CHECK_INT(ledger_test_say(&test, "li.wei", "person", "", "id=zheng name:=Z", NULL),
              BATON_RIGHT_LACKING);
    ledger_test_close(&test);
}
