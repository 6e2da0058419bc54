/* What may be asked of whom, and what need not be asked twice, as the ledger holds everybody to it. Schemes are played: the assessment "city" asks gdp of a and b, "heat" asks output of a only; each reports its own. */
#include "base/civil_moment.h"
#include "ledger/requests.h"
#include "ledger/standing.h"
#include "unit/ledger/ledger_fixture.h"
#include "unit/test.h"
#include <stdatomic.h>
#include <string.h>

/* Whom assessments ask; by their own callback. */
static bool responsible(void *context, int64_t scheme, const struct fact_body *figure,
                        const char **reporter, const char **verifier, bool *is_sound,
                        bool *needs_evidence) {
    const char *const element = body_text(figure, "element"), *const unit =
                                                                  body_text(figure, "unit");
    (void)context;
    (void)scheme;
    *reporter = unit;
    *verifier = "";
    *is_sound = true;
    *needs_evidence = false;
    return strcmp(figure->assessment, "city") == 0
               ? strcmp(element, "gdp") == 0 || strcmp(element, "jobs") == 0
               : strcmp(element, "output") == 0 && strcmp(unit, "a") == 0;
}

/* a is a street; what is asked of it is the figure at hand, else gdp. heat gives it no level: there it is one only by what others call it. */
static bool refused(void *context, const struct request_question *question,
                    struct request_refused *out) {
    const char *const element =
        question->figure == NULL ? "gdp" : body_text(question->figure, "element");
    const bool is_city = strcmp(question->assessment, "city") == 0;
    const struct permit_asked asked = {question->assessment, element, "", question->day};
    const char *by;
    (void)context;
    if ((question->period != NULL && strcmp(question->period, "2021-09") == 0) ||
        permits_of_unit(question->permits, question->levels, "a", is_city ? "街道" : NULL, &asked,
                        &by) != PERMITTED_NOT)
        return false;
    *out = (struct request_refused){"a", "", ""};
    memcpy(out->element, element, strlen(element) + 1);
    memcpy(out->level, by, strlen(by) + 1);
    return true;
}

/* A scheme says nothing but its year; "x" and "y" do not. Of one that is in the store already the test says it. */
static int stored_year;

static bool year(void *context, const struct fact_body *scheme, const char *text, size_t size,
                 int *out) {
    (void)context;
    (void)scheme;
    *out = text == NULL                              ? stored_year
           : size == 4 && memcmp(text, "20", 2) == 0 ? 2000 + 10 * (text[2] - '0') + text[3] - '0'
                                                     : 0;
    return *out != 0;
}

static bool make_in(struct ledger_test *test, enum store_kind kind) {
    static const struct standing_indicators indicators = {
        .responsible = responsible, .refused = refused, .year = year};
    atomic_store(&ledger_test_now_utc_ms, INT64_C(1630800000000)); /* 2021-09-05 in China */
    if (!ledger_test_make(test, store_fixture_new(kind), DIGEST_SHA256, SIGNATURE_ED25519))
        return false;
    ledger_indicators(test->ledger, &indicators);
    CHECK_DONE(test,
               ledger_test_say(test, "li.wei", "scheme", "city", "file:scheme.yaml:=x", NULL));
    CHECK_DONE(test,
               ledger_test_say(test, "li.wei", "scheme", "heat", "file:scheme.yaml:=x", NULL));
    return true;
}

static bool make(struct ledger_test *test) {
    return make_in(test, STORE_SQLITE);
}

static void end(struct ledger_test *test) {
    ledger_test_close(test);
    atomic_store(&ledger_test_now_utc_ms, LEDGER_TEST_BEGINS);
}

/* Proposed by one of the office, accepted by another. */
static baton_code by_two(struct ledger_test *test, const char *kind, const char *assessment,
                         const char *fields) {
    uint64_t proposal;
    const baton_code code =
        ledger_test_propose(test, "li.wei", kind, assessment, fields, &proposal);
    return code == BATON_OK ? ledger_test_accept(test, "wang.min", proposal) : code;
}

static void open_city(struct ledger_test *test) {
    CHECK_DONE(test, ledger_test_say(test, "li.wei", "period", "city",
                                     "period=2021-08 opens=2021-09-01 due=2021-09-10", NULL));
}

static const struct {
    const char *factor;
    int shift;
    bool is_one;
} factors[] = {{"1", 0, true},
               {"10000", 4, true},
               {"0.0001", -4, true},
               {"0.1", -1, true},
               {"01", 0, true},
               {"2", 0, false},
               {"11", 0, false},
               {"", 0, false},
               {"1.", 0, false},
               {".1", 0, false},
               {"0", 0, false},
               {"1e4", 0, false},
               {"-1", 0, false},
               {"1.0", 0, true},
               {"1.1", 0, false},
               {"1..0", 0, false},
               {"10000000000000", 0, false}};

TEST(factors_are_powers_of_ten) {
    for (size_t i = 0; i < LENGTH(factors); i++) {
        int shift = 0;
        CASE("%s", factors[i].factor);
        CHECK(sharing_factor(factors[i].factor, strlen(factors[i].factor), &shift) ==
              factors[i].is_one);
        CHECK_INT(shift, factors[i].shift);
    }
}

static const struct {
    const char *text;
    int shift;
    const char *want; /* NULL = it cannot be moved */
} values[] = {
    {"512.3", 0, "512.3"},
    {"512.3", 4, "5123000"},
    {"512.3", 1, "5123"},
    {"5123000", -4, "512.3"},
    {"5123001", -4, "512.3001"},
    {"-0.05", 2, "-5"},
    {"7", -1, "0.7"},
    {"7", -3, "0.007"},
    {"0", 4, "0"},
    {"0.000", -4, "0"},
    {"1e3", -2, "10"},
    {"+12.50", 1, "125"},
    {"007", 1, "70"},
    {"0.0001", 4, "1"},
    {"A", 0, "A"},
    {"A", 4, NULL},
    {"", 4, ""},
    {"12亿", 4, NULL},
    {"123456789012345678901", -4, "12345678901234567.8901"},
    {"2.5E-2", 4, "250"},
};

TEST(values_are_moved_by_their_point) {
    struct baton_arena *const arena = arena_open();
    for (size_t i = 0; i < LENGTH(values); i++) {
        const char *got = NULL;
        CASE("%s by %d", values[i].text, values[i].shift);
        if (CHECK(sharing_value(arena, values[i].shift, values[i].text, &got) ==
                  (values[i].want != NULL)) &&
            values[i].want != NULL)
            CHECK_TEXT(got, values[i].want);
    }
    arena_close(arena);
}

TEST(a_list_says_what_a_level_may_be_asked) {
    struct ledger_test test;
    uint64_t at;
    if (!make(&test))
        return;
    CASE("without a list anything is");
    open_city(&test);
    CASE("one person makes none");
    CHECK_INT(ledger_test_say(&test, "li.wei", "permitted", "",
                              "level=街道 element=jobs department=* name=就业", NULL),
              BATON_RIGHT_LACKING);
    CHECK_DONE(&test, by_two(&test, "permitted", "",
                             "level=街道 element=jobs department=* name=就业 until=2021-09-30"));
    CASE("what is not on it");
    CHECK_INT(ledger_test_say(&test, "li.wei", "period", "city",
                              "period=2021-07 opens=2021-08-01 due=2021-09-10", NULL),
              BATON_REQUEST_NOT_PERMITTED);
    CHECK_TEXT(test.found.item[0].arg[0], "city");
    CHECK_TEXT(test.found.item[0].arg[1], "a");
    CHECK_TEXT(test.found.item[0].arg[2], "gdp");
    CHECK_TEXT(test.found.item[0].arg[3], "街道");
    CHECK_INT(by_two(&test, "scheme", "city", "file:scheme.yaml:=y"), BATON_REQUEST_NOT_PERMITTED);
    CHECK_INT(ledger_test_say(&test, "li.wei", "report", "city",
                              "stage=draft reporter=a unit=a element=gdp period=2021-08 value=1",
                              NULL),
              BATON_REQUEST_NOT_PERMITTED);
    CASE("what does not ask for it");
    CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "period", "city",
                                      "period=2021-09 opens=2021-10-01 due=2021-10-10", NULL));
    CHECK_INT(ledger_test_say(&test, "li.wei", "report", "city",
                              "stage=draft reporter=a unit=a element=jobs period=2021-08 value=1",
                              NULL),
              BATON_RIGHT_LACKING); /* on to who may say it */
    CASE("once the list is amended");
    CHECK_DONE(&test, by_two(&test, "permitted", "", "level=街道 element=gdp department=* name=x"));
    CHECK_DONE(&test, by_two(&test, "scheme", "city", "file:scheme.yaml:=y"));
    CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "period", "city",
                                      "period=2021-07 opens=2021-08-01 due=2021-10-10", &at));
    CASE("an item ends");
    atomic_store(&ledger_test_now_utc_ms, INT64_C(1633104000000)); /* 2021-10-02 */
    CHECK_INT(ledger_test_say(&test, "li.wei", "report", "city",
                              "stage=draft reporter=a unit=a element=jobs period=2021-08 value=1",
                              NULL),
              BATON_REQUEST_NOT_PERMITTED);
    CASE("a period is taken back whatever it asks");
    CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "period", "city",
                                      arena_printf(test.arena,
                                                   "period=2021-07 @corrects=%llu "
                                                   "@withdrawn=1 @reason=x",
                                                   (unsigned long long)at),
                                      NULL));
    end(&test);
}

/* Two take back what is at that position. */
static baton_code take_back(struct ledger_test *test, const char *kind, const char *assessment,
                            const char *key, uint64_t position) {
    return by_two(test, kind, assessment,
                  arena_printf(test->arena, "%s @withdrawn=1 @reason=x @corrects=%llu", key,
                               (unsigned long long)position));
}

/* Position of the newest fact that two have said: the decision comes before it. */
static baton_code said_by_two(struct ledger_test *test, const char *kind, const char *fields,
                              uint64_t *position) {
    uint64_t proposal;
    TRY(ledger_test_propose(test, "li.wei", kind, "", fields, &proposal));
    TRY(ledger_test_accept(test, "wang.min", proposal));
    *position = proposal + 2;
    return BATON_OK;
}

TEST(a_list_that_is_empty_again_permits_nothing) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        uint64_t item = 0;
        if (!make_in(&test, kind))
            return;
        CHECK_DONE(&test, said_by_two(&test, "permitted",
                                      "level=街道 element=gdp department=* name=x", &item));
        open_city(&test);
        CHECK_DONE(&test,
                   take_back(&test, "permitted", "", "level=街道 element=gdp department=*", item));
        CHECK_INT(ledger_test_say(&test, "li.wei", "period", "city",
                                  "period=2021-07 opens=2021-08-01 due=2021-09-10", NULL),
                  BATON_REQUEST_NOT_PERMITTED);
        CHECK_INT(by_two(&test, "scheme", "city", "file:scheme.yaml:=y"),
                  BATON_REQUEST_NOT_PERMITTED);
        CASE("what lifts the limit is an item for anything");
        CHECK_DONE(&test,
                   by_two(&test, "permitted", "", "level=街道 element=* department=* name=x"));
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "period", "city",
                                          "period=2021-07 opens=2021-08-01 due=2021-09-10", NULL));
        end(&test);
    }
}

/* Also where no period was ever opened. */
TEST(a_list_holds_for_figures_that_are_said) {
    struct ledger_test test;
    uint64_t before;
    if (!make(&test))
        return;
    CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "observation", "city",
                                      "unit=a element=gdp period=2020-11 value=1", &before));
    CHECK_DONE(&test,
               by_two(&test, "permitted", "", "level=街道 element=jobs department=* name=就业"));
    CHECK_INT(ledger_test_say(&test, "li.wei", "observation", "city",
                              "unit=a element=gdp period=2020-12 value=1", NULL),
              BATON_REQUEST_NOT_PERMITTED);
    CHECK_TEXT(test.found.item[0].arg[2], "gdp");
    CHECK_INT(by_two(&test, "observation", "city", "unit=a element=gdp period=2020-12 value=1"),
              BATON_REQUEST_NOT_PERMITTED);
    CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "observation", "city",
                                      "unit=a element=jobs period=2020-12 value=1", NULL));
    CASE("what is there already is corrected and withdrawn");
    CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "observation", "city",
                                      arena_printf(test.arena,
                                                   "unit=a element=gdp period=2020-11 value=2 "
                                                   "@reason=x @corrects=%llu",
                                                   (unsigned long long)before),
                                      &before));
    CHECK_DONE(&test, take_back(&test, "observation", "city", "unit=a element=gdp period=2020-11",
                                before));
    end(&test);
}

static enum permitted permitted(const struct permits *permits, const char *level,
                                const char *element, const char *department) {
    return permits_of(permits, level, &(struct permit_asked){"city", element, department, 0});
}

TEST(permits_may_be_for_any_department_or_figure) {
    struct baton_arena *const arena = arena_open();
    const struct field field[][3] = {
        {text_field("department", "statistics"), text_field("element", "gdp"),
         text_field("level", "街道")},
        {text_field("department", "police"), text_field("element", "*"),
         text_field("level", "街道")},
        {text_field("department", "*"), text_field("element", "jobs"), text_field("level", "街道")},
    };
    struct permits permits = {0};
    for (size_t i = 0; i < LENGTH(field); i++)
        permits_add(arena, &permits, &(struct fact_body){"permitted", "", field[i], 3});
    CHECK_INT(permitted(&permits, "街道", "gdp", "statistics"), PERMITTED);
    CHECK_INT(permitted(&permits, "街道", "gdp", ""), PERMITTED_NOT);
    CHECK_INT(permitted(&permits, "街道", "anything", "police"), PERMITTED);
    CHECK_INT(permitted(&permits, "街道", "jobs", ""), PERMITTED);
    CHECK_INT(permitted(&permits, "街道", "jobs", "x"), PERMITTED);
    CHECK_INT(permitted(&permits, "县", "gdp", ""), PERMITTED_NO_LIST);
    CHECK_INT(permitted(&permits, NULL, "gdp", ""), PERMITTED_NO_LIST);
    const struct field withdrawn[] = {text_field("@withdrawn", "1"), text_field("department", "*"),
                                      text_field("element", "gdp"), text_field("level", "县")};
    permits_add(arena, &permits, &(struct fact_body){"permitted", "", withdrawn, 4});
    CHECK_INT(permitted(&permits, "县", "gdp", ""), PERMITTED_NOT);
    arena_close(arena);
}

TEST(a_permit_may_be_for_one_assessment) {
    struct baton_arena *const arena = arena_open();
    const struct field field[] = {text_field("assessment", "heat"), text_field("department", "*"),
                                  text_field("element", "gdp"), text_field("level", "街道")};
    struct permits permits = {0};
    permits_add(arena, &permits, &(struct fact_body){"permitted", "", field, LENGTH(field)});
    CHECK_INT(permits_of(&permits, "街道", &(struct permit_asked){"heat", "gdp", "", 0}),
              PERMITTED);
    CHECK_INT(permits_of(&permits, "街道", &(struct permit_asked){"city", "gdp", "", 0}),
              PERMITTED_NOT);
    arena_close(arena);
}

/* u is a street in one assessment and a county in another; v is nothing anywhere. */
TEST(a_unit_is_bound_by_the_lists_of_all_its_levels) {
    struct baton_arena *const arena = arena_open();
    const struct permit_asked asked = {"city", "gdp", "", 0};
    const struct field street[] = {text_field("department", "*"), text_field("element", "jobs"),
                                   text_field("level", "街道")};
    const struct field county[] = {text_field("department", "*"), text_field("element", "gdp"),
                                   text_field("level", "县")};
    static const char *const said[][2] = {{"u", "县"}, {"w", "县"}, {"u", NULL},
                                          {"u", "县"}, {"v", "镇"}, {"u", "街道"}};
    struct permits permits = {0};
    struct unit_levels levels = {0};
    const char *by;
    permits_add(arena, &permits, &(struct fact_body){"permitted", "", county, LENGTH(county)});
    for (size_t i = 0; i < LENGTH(said); i++)
        unit_levels_add(arena, &levels, said[i][0], said[i][1]);
    CHECK_INT(levels.count, 5);
    CHECK_INT(permits_of_unit(&permits, &levels, "u", "单位", &asked, &by), PERMITTED);
    CHECK_INT(permits_of_unit(&permits, &levels, "v", "单位", &asked, &by), PERMITTED_NO_LIST);
    CHECK_INT(permits_of_unit(&permits, &levels, "none", NULL, &asked, &by), PERMITTED_NO_LIST);
    permits_add(arena, &permits, &(struct fact_body){"permitted", "", street, LENGTH(street)});
    CHECK_INT(permits_of_unit(&permits, &levels, "u", "单位", &asked, &by), PERMITTED_NOT);
    CHECK_TEXT(by, "街道");
    CHECK_INT(permits_of_unit(&permits, &levels, "w", NULL, &asked, &by), PERMITTED);
    CHECK_INT(permits_of_unit(&permits, &levels, "none", "街道", &asked, &by), PERMITTED_NOT);
    CHECK(unit_levels_know(&levels, "v") && !unit_levels_know(&levels, "none"));
    arena_close(arena);
}

TEST(a_level_is_left_by_two) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        uint64_t unit = 0, other = 0;
        if (!make_in(&test, kind))
            return;
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "unit", "city", "id=a name=A kind=街道",
                                          &unit));
        CHECK_DONE(&test,
                   ledger_test_say(&test, "li.wei", "unit", "city", "id=b name=B kind=县", &other));
        CHECK_DONE(&test, by_two(&test, "permitted", "",
                                 "level=街道 element=jobs department=* name=就业"));
        CASE("one alone neither renames it, nor empties it, nor takes the unit out");
        static const char *const changes[] = {"name=A kind=街道办", "name=A", "@withdrawn=1"};
        for (size_t i = 0; i < LENGTH(changes); i++)
            CHECK_INT(ledger_test_say(&test, "li.wei", "unit", "city",
                                      arena_printf(test.arena, "id=a %s @reason=x @corrects=%llu",
                                                   changes[i], (unsigned long long)unit),
                                      NULL),
                      BATON_LEVEL_TAKES_TWO);
        CHECK_TEXT(test.found.item[0].arg[1], "街道");
        CASE("anything else of it, and the level of others, as ever");
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "unit", "city",
                                          arena_printf(test.arena,
                                                       "id=a name=A2 kind=街道 @reason=x "
                                                       "@corrects=%llu",
                                                       (unsigned long long)unit),
                                          &unit));
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "unit", "city",
                                          arena_printf(test.arena,
                                                       "id=b name=B kind=区 @reason=x "
                                                       "@corrects=%llu",
                                                       (unsigned long long)other),
                                          NULL));
        CASE("two do");
        CHECK_DONE(&test, by_two(&test, "unit", "city",
                                 arena_printf(test.arena,
                                              "id=a name=A kind=街道办 @reason=x @corrects=%llu",
                                              (unsigned long long)unit)));
        end(&test);
    }
}

/* heat gives it no level. */
TEST(what_another_assessment_calls_a_unit_lifts_no_list) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        const char *const report =
            "stage=draft reporter=a unit=a element=output period=2021-08 value=1";
        if (!make_in(&test, kind))
            return;
        CHECK_DONE(&test, by_two(&test, "permitted", "",
                                 "level=街道 element=jobs department=* name=就业"));
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "period", "heat",
                                          "period=2021-07 opens=2021-08-01 due=2021-09-10", NULL));
        CHECK_DONE(&test,
                   ledger_test_say(&test, "li.wei", "unit", "city", "id=a name=A kind=街道", NULL));
        CHECK_INT(ledger_test_say(&test, "li.wei", "period", "heat",
                                  "period=2021-08 opens=2021-09-01 due=2021-09-10", NULL),
                  BATON_REQUEST_NOT_PERMITTED);
        CHECK_TEXT(test.found.item[0].arg[3], "街道");
        CHECK_INT(ledger_test_say(&test, "li.wei", "report", "heat", report, NULL),
                  BATON_REQUEST_NOT_PERMITTED);
        CHECK_INT(by_two(&test, "scheme", "heat", "file:scheme.yaml:=y"),
                  BATON_REQUEST_NOT_PERMITTED);
        end(&test);
    }
}

/* Departments are units of some assessment, here of one that has no scheme yet. */
static void say_departments(struct ledger_test *test) {
    static const char *const units[] = {"office", "police", "new"};
    for (size_t i = 0; i < LENGTH(units); i++)
        CHECK_DONE(test,
                   ledger_test_say(test, "li.wei", "unit", "offices",
                                   arena_printf(test->arena, "id=%s name=x", units[i]), NULL));
}

static baton_code register_it(struct ledger_test *test, const char *department,
                              const char *assessment, uint64_t *at) {
    return ledger_test_say(test, "li.wei", "registration", "",
                           arena_printf(test->arena, "department=%s year=2021 assessment=%s name=x",
                                        department, assessment),
                           at);
}

/* With a limit of one each the office alone gets no further. */
TEST(a_registration_is_evaded_by_nobody_alone) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        uint64_t city = 0, more = 0, period = 0;
        if (!make_in(&test, kind))
            return;
        say_departments(&test);
        CHECK_DONE(&test,
                   by_two(&test, "quota", "", "department=* year=2021 limit=1 registered=1"));
        CASE("a department is a unit of some assessment");
        CHECK_INT(register_it(&test, "ghost", "city", NULL), BATON_DEPARTMENT_UNKNOWN);
        CHECK_INT(said_by_two(&test, "registration",
                              "department=ghost year=2021 assessment=city name=x", &more),
                  BATON_RIGHT_LACKING); /* the committee's */
        CHECK_DONE(&test, register_it(&test, "office", "city", &city));
        CASE("one assessment is of one department");
        CHECK_INT(register_it(&test, "police", "city", NULL), BATON_REGISTERED_ELSEWHERE);
        CHECK_TEXT(test.found.item[0].arg[2], "office");
        CASE("what has begun is not withdrawn by one");
        const char *const gone = arena_printf(
            test.arena,
            "department=office year=2021 assessment=city @withdrawn=1 @reason=x @corrects=%llu",
            (unsigned long long)city);
        CHECK_INT(ledger_test_say(&test, "li.wei", "registration", "", gone, NULL),
                  BATON_REGISTRATION_TAKES_TWO);
        CASE("but what has not");
        CHECK_DONE(&test, register_it(&test, "new", "later", &more));
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "registration", "",
                                          arena_printf(test.arena,
                                                       "department=new year=2021 assessment=later "
                                                       "@withdrawn=1 @reason=x @corrects=%llu",
                                                       (unsigned long long)more),
                                          NULL));
        CASE("the committee withdraws it; then it may be another's, and its periods stay as they "
             "are");
        CHECK_DONE(&test,
                   ledger_test_say(&test, "li.wei", "period", "city",
                                   "period=2021-08 opens=2021-09-01 due=2021-09-10", &period));
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "person", "", "id=chair name:=C", NULL));
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "post", "",
                                          "person=chair role=committee from=2021-01-01", NULL));
        CHECK_DONE(&test, ledger_test_propose(&test, "li.wei", "registration", "", gone, &more));
        CHECK_DONE(&test, ledger_test_accept(&test, "chair", more));
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "period", "city",
                                          arena_printf(test.arena,
                                                       "period=2021-08 opens=2021-09-01 "
                                                       "due=2021-09-20 @reason=x @corrects=%llu",
                                                       (unsigned long long)period),
                                          NULL));
        CHECK_INT(ledger_test_say(&test, "li.wei", "period", "city",
                                  "period=2021-07 opens=2021-09-01 due=2021-09-10", NULL),
                  BATON_ASSESSMENT_UNREGISTERED);
        CHECK_DONE(&test, register_it(&test, "police", "city", NULL));
        end(&test);
    }
}

/* Withdrawn and registered anew by another department. */
TEST(a_registration_moves_in_one_submission) {
    struct ledger_test test;
    uint64_t at = 0;
    if (!make(&test))
        return;
    say_departments(&test);
    CHECK_DONE(&test, register_it(&test, "office", "later", &at));
    struct fact_body facts[] = {
        ledger_test_fact(&test, "registration", "",
                         arena_printf(test.arena,
                                      "department=office year=2021 assessment=later @withdrawn=1 "
                                      "@reason=x @corrects=%llu",
                                      (unsigned long long)at)),
        ledger_test_fact(&test, "registration", "",
                         "department=police year=2021 assessment=later name=x"),
        ledger_test_fact(&test, "unit", "offices", "id=fire name=x"),
        ledger_test_fact(&test, "registration", "",
                         "department=fire year=2021 assessment=another name=x"),
        ledger_test_fact(&test, "registration", "",
                         "department=new year=2021 assessment=another name=x"),
    };
    CASE("not for two");
    CHECK_INT(ledger_append(
                  test.ledger, test.arena,
                  &(struct submission){.actor = "li.wei", .fact = facts, .count = LENGTH(facts)},
                  &test.found),
              BATON_REGISTERED_ELSEWHERE);
    CASE("for a department that comes with it");
    CHECK_DONE(&test,
               ledger_append(test.ledger, test.arena,
                             &(struct submission){.actor = "li.wei", .fact = facts, .count = 4},
                             &test.found));
    end(&test);
}

TEST(assessments_are_registered_up_to_the_limit) {
    struct ledger_test test;
    uint64_t first, proposal;
    if (!make(&test))
        return;
    say_departments(&test);
    CHECK_DONE(&test, by_two(&test, "quota", "", "department=* year=2021 limit=2 registered=1"));
    CHECK_DONE(&test, by_two(&test, "quota", "", "department=police year=2021 limit=0"));
    CASE("what is not registered does not begin");
    CHECK_INT(ledger_test_say(&test, "li.wei", "period", "city",
                              "period=2021-08 opens=2021-09-01 due=2021-09-10", NULL),
              BATON_ASSESSMENT_UNREGISTERED);
    CHECK_INT(ledger_test_say(&test, "li.wei", "scheme", "new", "file:scheme.yaml:=x", NULL),
              BATON_ASSESSMENT_UNREGISTERED);
    CHECK_INT(ledger_test_say(&test, "li.wei", "scheme", "new",
                              "in_force=2021-10 file:scheme.yaml:=x", NULL),
              BATON_ASSESSMENT_UNREGISTERED);
    CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "scheme", "new",
                                      "in_force=2022 file:scheme.yaml:=x", NULL));
    CHECK_DONE(&test,
               ledger_test_say(&test, "li.wei", "registration", "",
                               "department=office year=2021 assessment=city name=x", &first));
    open_city(&test);
    CASE("as many as the limit");
    CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "registration", "",
                                      "department=office year=2021 assessment=heat name=x", NULL));
    CHECK_INT(ledger_test_say(&test, "li.wei", "registration", "",
                              "department=office year=2021 assessment=more name=x", NULL),
              BATON_ASSESSMENTS_OVER);
    CHECK_TEXT(test.found.item[0].arg[1], "2");
    CHECK_TEXT(test.found.item[0].arg[3], "2");
    CHECK_INT(ledger_test_say(&test, "li.wei", "registration", "",
                              "department=police year=2021 assessment=more name=x", NULL),
              BATON_ASSESSMENTS_OVER);
    CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "registration", "",
                                      "department=office year=2022 assessment=more name=x", NULL));
    CASE("in one submission");
    struct fact_body facts[3];
    for (size_t i = 0; i < LENGTH(facts); i++)
        facts[i] = ledger_test_fact(
            &test, "registration", "",
            arena_printf(test.arena, "department=new year=2021 assessment=n%zu name=x", i));
    CHECK_INT(ledger_append(test.ledger, test.arena,
                            &(struct submission){.actor = "li.wei", .fact = facts, .count = 3},
                            &test.found),
              BATON_ASSESSMENTS_OVER);
    CHECK_DONE(&test,
               ledger_append(test.ledger, test.arena,
                             &(struct submission){.actor = "li.wei", .fact = facts, .count = 2},
                             &test.found));
    CASE("beyond it the committee decides");
    CHECK_DONE(&test, ledger_test_propose(&test, "li.wei", "registration", "",
                                          "department=office year=2021 assessment=more name=x",
                                          &proposal));
    CHECK_INT(ledger_test_accept(&test, "wang.min", proposal), BATON_RIGHT_LACKING);
    CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "person", "", "id=chair name:=C", NULL));
    CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "post", "",
                                      "person=chair role=committee from=2021-01-01", NULL));
    CHECK_DONE(&test, ledger_test_accept(&test, "chair", proposal));
    CASE("one that is taken back makes room, once the other is gone too");
    CHECK_DONE(&test,
               ledger_test_propose(&test, "li.wei", "registration", "",
                                   arena_printf(test.arena,
                                                "department=office year=2021 assessment=city "
                                                "@corrects=%llu @withdrawn=1 @reason=x",
                                                (unsigned long long)first),
                                   &proposal));
    CHECK_DONE(&test, ledger_test_accept(&test, "chair", proposal));
    CHECK_INT(ledger_test_say(&test, "li.wei", "registration", "",
                              "department=office year=2021 assessment=city name=x", NULL),
              BATON_ASSESSMENTS_OVER);
    end(&test);
}

/* The year in which an assessment is registered is that of the period that its scheme names, whenever a version begins or is brought in. */
TEST(schemes_are_registered_for_their_own_year) {
    struct ledger_test test;
    if (!make(&test))
        return;
    CHECK_DONE(&test, by_two(&test, "quota", "", "department=* year=2021 limit=2 registered=1"));
    CASE("this year's asks for nothing of another year's");
    CHECK_DONE(&test,
               ledger_test_say(&test, "li.wei", "scheme", "old", "file:scheme.yaml:=2020", NULL));
    CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "scheme", "next",
                                      "in_force=2021-10 file:scheme.yaml:=2022", NULL));
    CASE("nor does a beginning in another year help");
    CHECK_INT(ledger_test_say(&test, "li.wei", "scheme", "new",
                              "in_force=2022 file:scheme.yaml:=2021", NULL),
              BATON_ASSESSMENT_UNREGISTERED);
    CHECK_TEXT(test.found.item[0].arg[1], "2021");
    CASE("of a version that two decide on");
    stored_year = 2021;
    CHECK_INT(by_two(&test, "scheme", "heat", "in_force=2022 file:scheme.yaml:=2021"),
              BATON_ASSESSMENT_UNREGISTERED);
    stored_year = 2022;
    CHECK_DONE(&test, by_two(&test, "scheme", "heat", "in_force=2021-10 file:scheme.yaml:=2022"));
    stored_year = 0;
    end(&test);
}

static const struct {
    const char *name, *assessment, *fields;
    baton_code code;
} chains[] = {
    {"from itself", "city", "element=x from=city from_element=x", BATON_SHARING_CHAIN},
    {"from what is taken over itself", "city", "element=x from=heat from_element=output",
     BATON_SHARING_CHAIN},
    {"what others take over", "city", "element=gdp from=heat from_element=y", BATON_SHARING_CHAIN},
    {"in a circle", "city", "element=gdp from=heat from_element=output", BATON_SHARING_CHAIN},
    {"from nowhere", "city", "element=x from=town from_element=y", BATON_SHARING_NOWHERE},
    {"within one assessment", "city", "element=x from=city from_element=jobs", BATON_OK},
    {"two from one", "city", "element=y from=city from_element=gdp", BATON_OK},
};

TEST(sharings_make_no_chains) {
    struct ledger_test test;
    if (!make(&test))
        return;
    CHECK_INT(ledger_test_say(&test, "li.wei", "sharing", "heat",
                              "element=output from=city from_element=gdp", NULL),
              BATON_RIGHT_LACKING);
    CHECK_DONE(&test,
               by_two(&test, "sharing", "heat", "element=output from=city from_element=gdp"));
    for (size_t i = 0; i < LENGTH(chains); i++) {
        CASE("%s", chains[i].name);
        CHECK_INT(by_two(&test, "sharing", chains[i].assessment, chains[i].fields), chains[i].code);
    }
    end(&test);
}

/* A figure of heat that is taken over. */
static baton_code derive(struct ledger_test *test, const char *fields) {
    struct fact_body fact = ledger_test_fact(test, "observation", "heat", fields);
    struct submission submission = {
        .fact = &fact, .count = 1, .actors = (const char *const[]){"li.wei"}};
    test->found = (struct baton_findings){.arena = test->arena};
    return ledger_derive(test->ledger, test->arena, &submission, &test->found);
}

static const char *with(struct ledger_test *test, const char *fields, uint64_t position) {
    return arena_printf(test->arena, "%s%llu", fields, (unsigned long long)position);
}

#define OUTPUT "unit=a element=output period=2021-08 "

TEST(what_is_taken_over_says_what_its_source_says) {
    struct ledger_test test;
    uint64_t source, other, derived = 0;
    if (!make(&test))
        return;
    CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "observation", "city",
                                      "unit=a element=gdp period=2021-08 value=512.3", &source));
    CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "observation", "city",
                                      "unit=b element=gdp period=2021-08 value=7", &other));
    CASE("nothing is taken over yet");
    CHECK_INT(derive(&test, with(&test, OUTPUT "value=5123000 @from=", source)),
              BATON_FIGURE_NOT_SHARED);
    CHECK_DONE(&test, by_two(&test, "sharing", "heat",
                             "element=output from=city from_element=gdp factor=10000 "
                             "since=2021-08"));
    CASE("nobody says it by hand");
    CHECK_INT(ledger_test_say(&test, "li.wei", "observation", "heat", OUTPUT "value=1", NULL),
              BATON_FIGURE_DERIVED);
    CHECK_INT(by_two(&test, "observation", "heat", OUTPUT "value=1"), BATON_FIGURE_DERIVED);
    CHECK_INT(ledger_test_say(&test, "li.wei", "observation", "heat",
                              with(&test, OUTPUT "value=5123000 @from=", source), NULL),
              BATON_FACT_FIELD_UNKNOWN);
    CHECK_INT(ledger_test_say(&test, "li.wei", "report", "heat",
                              OUTPUT "stage=draft reporter=a value=1", NULL),
              BATON_FIGURE_DERIVED);
    CASE("what is earlier is said as ever, and of units of which the other does not ask it");
    CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "observation", "heat",
                                      "unit=a element=output period=2021-07 value=1", NULL));
    CASE("another value, source, unit, period");
    CHECK_INT(derive(&test, with(&test, OUTPUT "value=5123001 @from=", source)),
              BATON_FIGURE_NOT_SHARED);
    CHECK_INT(derive(&test, with(&test, OUTPUT "value=70000 @from=", other)),
              BATON_FIGURE_NOT_SHARED);
    CHECK_INT(derive(&test, with(&test, OUTPUT "value=5123000 @from=", 3)),
              BATON_FIGURE_NOT_SHARED);
    CHECK_INT(derive(&test, with(&test, OUTPUT "value=5123000 @from=", 99999)),
              BATON_FIGURE_NOT_SHARED);
    CHECK_INT(derive(&test, with(&test, "unit=a element=output period=2021-07 value=5123000 @from=",
                                 source)),
              BATON_FIGURE_NOT_SHARED);
    CHECK_DONE(&test, derive(&test, with(&test, OUTPUT "value=5123000 @from=", source)));
    CHECK_INT(derive(&test, with(&test, OUTPUT "value=5123000 @from=", source)), BATON_FACT_EXISTS);
    CASE("after a correction the old source counts no more");
    CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "observation", "city",
                                      with(&test,
                                           "unit=a element=gdp period=2021-08 value=513 "
                                           "@reason=x @corrects=",
                                           source),
                                      &derived));
    source = derived;
    CHECK_INT(derive(&test, with(&test, OUTPUT "value=5123000 @from=", source)),
              BATON_FIGURE_NOT_SHARED);
    end(&test);
}
