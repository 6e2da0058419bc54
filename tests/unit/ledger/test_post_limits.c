/* Posts for an indicator, posts of deputies, and which kinds of facts which roles read. */
#include "ledger/standing.h"
#include "unit/ledger/ledger_fixture.h"
#include "unit/test.h"
#include <stdio.h>
#include <string.h>

/* An indicator is for the element, or the target, whose name begins with it; there has to be a scheme. */
static bool cover(void *context, const char *assessment, int64_t scheme, const char *indicator,
                  enum fact_kind kind, const struct fact_body *body) {
    unsigned *const asked = context;
    const char *const id = body_text(body, kind == FACT_OBSERVATION ? "element" : "indicator");
    ++*asked;
    return strcmp(assessment, "city") == 0 && scheme > 0 &&
           strncmp(id, indicator, strlen(indicator)) == 0;
}

static bool make(struct ledger_test *test, enum store_kind kind) {
    return ledger_test_make(test, store_fixture_new(kind), DIGEST_SHA256, SIGNATURE_ED25519) &&
           CHECK_DONE(test,
                      ledger_test_say(test, "li.wei", "scheme", "city", "in_force=2021", NULL)) &&
           CHECK_DONE(test, ledger_test_say(test, "li.wei", "person", "", "id=sun name:=S", NULL));
}

static void post(struct ledger_test *test, const char *person, const char *rest) {
    char fields[200];
    snprintf(fields, sizeof fields, "person=%s from=2021-01-01 %s", person, rest);
    CHECK_DONE(test, ledger_test_say(test, "li.wei", "post", "", fields, NULL));
}

TEST(a_post_for_an_indicator_is_for_its_elements) {
    static const struct {
        const char *posts[2], *assessment, *element;
        baton_code want;
    } cases[] = {
        {{"role=owner unit=tax indicator=gdp"}, "city", "gdp_now", BATON_OK},
        {{"role=owner unit=tax indicator=gdp"}, "city", "jobs", BATON_RIGHT_INDICATOR},
        {{"role=owner unit=tax indicator=gdp"}, "town", "gdp_now", BATON_RIGHT_INDICATOR},
        {{"role=owner unit=tax indicator=gdp assessment=town"}, "city", "gdp", BATON_RIGHT_UNIT},
        {{"role=owner unit=tax indicator=gdp", "role=owner unit=jobs indicator=jobs"},
         "city",
         "jobs",
         BATON_OK},
        {{"role=owner unit=tax indicator=gdp", "role=owner unit=jobs"}, "town", "jobs", BATON_OK},
        {{"role=unit unit=a indicator=gdp"}, "city", "gdp", BATON_OK},
        {{"role=unit unit=a indicator=gdp"}, "city", "jobs", BATON_RIGHT_INDICATOR},
        {{"role=unit unit=b indicator=gdp"}, "city", "gdp", BATON_RIGHT_UNIT},
        {{"role=leader unit=a indicator=gdp"}, "city", "gdp", BATON_RIGHT_LACKING},
    };
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        unsigned asked = 0;
        if (!make(&test, kind))
            return;
        ledger_indicators(test.ledger,
                          &(struct standing_indicators){.cover = cover, .context = &asked});
        for (size_t i = 0; i < LENGTH(cases); i++) {
            char person[60], name[20], fields[160];
            CASE("%s: %s of %s", cases[i].posts[0], cases[i].element, cases[i].assessment);
            snprintf(name, sizeof name, "p%d", (int)i);
            snprintf(person, sizeof person, "id=%s name:=P", name);
            CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "person", "", person, NULL));
            for (size_t k = 0; k < 2 && cases[i].posts[k] != NULL; k++)
                post(&test, name, cases[i].posts[k]);
            snprintf(fields, sizeof fields, "unit=a element=%s period=2021-%02d value=7",
                     cases[i].element, (int)i + 1);
            CHECK_INT(
                ledger_test_say(&test, name, "observation", cases[i].assessment, fields, NULL),
                cases[i].want);
        }
        CHECK(asked > 0);
        ledger_test_close(&test);
    }
}

TEST(without_somebody_who_knows_schemes_no_indicator_is_reached) {
    struct ledger_test test;
    if (!make(&test, STORE_SQLITE))
        return;
    post(&test, "sun", "role=owner unit=tax indicator=gdp");
    CHECK_INT(ledger_test_say(&test, "sun", "observation", "city",
                              "unit=a element=gdp period=2021-01 value=7", NULL),
              BATON_RIGHT_INDICATOR);
    if (CHECK_INT(test.found.errors, 1)) {
        CHECK_TEXT(baton_finding_message(test.arena, &test.found.item[0], BATON_EN),
                   "sun may not do that for 'gdp' in the assessment 'city': the posts of sun are "
                   "for gdp");
        CHECK_TEXT(baton_finding_message(test.arena, &test.found.item[0], BATON_ZH),
                   "sun 无权办理考核“city”中“gdp”的事项：其任职限于 gdp");
    }
    CHECK_DONE(&test, ledger_test_say(&test, "sun", "evidence", "city",
                                      "content:=x name:=n size=1 media=text/plain", NULL));
    ledger_test_close(&test);
}

static baton_code propose(struct ledger_test *test, const char *actor, uint64_t *proposal) {
    static unsigned number;
    char fields[100];
    snprintf(fields, sizeof fields, "unit=a element=d%u period=2021-01 value=7", number++);
    return ledger_test_propose(test, actor, "observation", "city", fields, proposal);
}

/* sun is a deputy of the office, of which the founder li.wei and wang.min are; what is proposed by whom, with which further posts of sun. */
TEST(a_deputy_does_not_decide_for_whoever_proposed) {
    static const struct {
        const char *deputy, *also, *proposer;
        baton_code want;
    } cases[] = {
        {"role=office deputy=1", NULL, "li.wei", BATON_DECISION_DEPUTY},
        {"role=office", NULL, "li.wei", BATON_OK},
        {"role=office assessment=city deputy=1", NULL, "li.wei", BATON_OK}, // of another post
        {"role=office deputy=1", "role=committee", "li.wei", BATON_OK},
        {"role=committee deputy=1", NULL, "li.wei", BATON_OK},
    };
    FOR_EACH_STORE(kind)
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct ledger_test test;
        uint64_t proposal;
        CASE("%s, %s", cases[i].deputy, cases[i].also != NULL ? cases[i].also : "");
        if (!make(&test, kind))
            return;
        post(&test, "sun", cases[i].deputy);
        if (cases[i].also != NULL)
            post(&test, "sun", cases[i].also);
        CHECK_DONE(&test, propose(&test, cases[i].proposer, &proposal));
        CHECK_INT(ledger_test_accept(&test, "sun", proposal), cases[i].want);
        ledger_test_close(&test);
    }
}

TEST(holders_decide_on_what_deputies_propose) {
    struct ledger_test test;
    uint64_t proposal;
    if (!make(&test, STORE_SQLITE))
        return;
    post(&test, "sun", "role=office deputy=1");
    CHECK_DONE(&test, propose(&test, "sun", &proposal));
    CHECK_DONE(&test, ledger_test_accept(&test, "li.wei", proposal));
    ledger_test_close(&test);
}

TEST(who_reads_what) {
    const uint32_t auditor = UINT32_C(1) << ROLE_AUDITOR, unit = UINT32_C(1) << ROLE_UNIT;
    const uint32_t administrators = UINT32_C(1) << ROLE_SYSTEM_ADMIN | UINT32_C(1)
                                                                           << ROLE_SECURITY_ADMIN;
    for (int kind = 0; kind < FACT_KINDS; kind++) {
        CASE("%s", fact_kind_info((enum fact_kind)kind)->word);
        CHECK((rights_to_read((enum fact_kind)kind) & auditor) != 0);
        if (fact_kind_info((enum fact_kind)kind)->of_assessment)
            CHECK((rights_to_read((enum fact_kind)kind) & administrators) == 0);
        CHECK((rights_to_read((enum fact_kind)kind) & rights_to_read_units((enum fact_kind)kind)) ==
              0);
    }
    CHECK((rights_to_read_units(FACT_OBSERVATION) & unit) != 0);
    CHECK((rights_to_read(FACT_OBSERVATION) & unit) == 0);
    CHECK((rights_to_read(FACT_POSTING) & unit) != 0);
    CHECK_INT(rights_to_read(FACT_DECISION), auditor);
}
