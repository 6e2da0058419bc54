/* Live results: what touches which period, results that readers hold, assessments that stop being sound, assessments that read others. */
#include "flow/live.h"
#include "flow_fixture.h"
#include "ledger/store.h"
#include "report/result_csv.h"
#include "unit/test.h"
#include <stdatomic.h>
#include <string.h>

static const char months[] = "baton: 1\nid: months\ntitle: {zh: 月度考核, en: Months}\n"
                             "period: 2021\nfrequency: month\n"
                             "methods:\n  efficacy: {kind: range, low: 60, high: 100}\n"
                             "groups:\n  - {id: town, title: {zh: 乡镇, en: Towns}}\n";
static const char month_figures[] =
    "unit,element,period,value,state\n"
    "a,growth,2021-01,8,\nb,growth,2021-01,6,\nc,growth,2021-01,4,\n"
    "a,growth,2021-02,5,\nb,growth,2021-02,7,\nc,growth,2021-02,6,\n"
    "a,growth,2021-03,5,\nb,growth,2021-03,7,\nc,growth,2021-03,9,\n"
    "a,jobs,2021-01,450,\nb,jobs,2021-01,600,\nc,jobs,2021-01,,\n";

/* Calls that the store of the live results does well before one fails, or: */
enum { CALLS_ALL = -1, CALLS_NONE = -2 };
static _Atomic int calls_left = CALLS_ALL;
static bool live_fails; /* the next live results have such a store */

static baton_code before_call(void *context, const char *call) {
    (void)context;
    (void)call;
    const int left = atomic_load(&calls_left);
    if (left == CALLS_ALL)
        return BATON_OK;
    if (left >= 0)
        atomic_store(&calls_left, left - 1); /* after 0 comes CALLS_ALL */
    return left > 0 ? BATON_OK : BATON_STORE_FAILED;
}

struct live_test {
    struct flow_test flow;
    struct live *live;
};

static bool open_live(struct live_test *test, const char *yaml, const char *figures,
                      uint32_t poll_ms) {
    struct import_result imported;
    struct flow_test *flow = &test->flow;
    *test = (struct live_test){0};
    if (!flow_begin(flow))
        return false;
    const char *path = flow_package(flow, "towns", "scheme.yaml", yaml);
    if (figures != NULL) {
        flow_file(flow, "towns", "observations.csv", figures);
        flow_file(flow, "towns", "adjustments.csv", "unit,period,item,reason\n");
        flow_file(flow, "towns", "indicators.csv",
                  "id,name,weight,method,measure,accumulate\ngrowth,增速,2,efficacy,%,\n"
                  "jobs,就业,1,efficacy,人,sum\n");
        flow_file(flow, "towns", "targets.csv", "unit,indicator,period,target\n");
    }
    const struct live_options options = {INT32_MAX, poll_ms};
    if (!CHECK_INT(flow_import(flow, path, &imported), BATON_OK))
        return false;
    if (live_fails)
        store_inject(NULL, before_call, NULL);
    if (!CHECK_INT(live_open(flow->arena, &flow->place, &options, &test->live, &flow->found),
                   BATON_OK))
        return false;
    if (poll_ms == 0)
        ledger_listen(flow->ledger, live_heard, test->live);
    return true;
}

static void close_live(struct live_test *test) {
    ledger_listen(test->flow.ledger, NULL, NULL);
    live_close(test->live);
    flow_end(&test->flow);
}

static struct baton_period period_of(const char *name) {
    struct baton_period period = {0};
    if (name != NULL)
        CHECK(baton_period_parse(name, strlen(name), &period));
    return period;
}

/* Waits until everything appended is seen. */
static bool catch_up(struct live_test *test) {
    uint64_t size;
    return CHECK_INT(reader_size(test->flow.reader, &size), BATON_OK) &&
           CHECK(live_wait(test->live, size, 10000));
}

static const char *csv_of(struct live_test *test, const struct live_result *result) {
    struct result_view view = result_view_of(result->session);
    struct writer *csv = writer_memory(test->flow.arena);
    view.as_of_day = INT32_MAX;
    result_csv(test->flow.arena, &view, csv, NULL);
    return writer_text_of(csv);
}

/* The live result of a period is that of a scoring from nothing; *scored_at may be NULL. */
static void check_same(struct live_test *test, const char *assessment, const char *period,
                       uint64_t *scored_at) {
    struct live_result result;
    CASE("%s %s", assessment, period != NULL ? period : "");
    if (!CHECK(live_result(test->live, assessment, period_of(period), &result)) ||
        !CHECK_INT(result.code, BATON_OK) || !CHECK(result.session != NULL))
        return;
    CHECK_TEXT(csv_of(test, &result), flow_score(&test->flow, assessment, 0, period));
    if (scored_at != NULL)
        *scored_at = result.scored_at;
    live_release(&result);
}

static uint64_t say(struct live_test *test, const char *unit, const char *element,
                    const char *period, const char *value) {
    uint64_t position = 0;
    CHECK_INT(flow_say(&test->flow, "li",
                       flow_fact(&test->flow, "observation", "months", "unit", unit, "element",
                                 element, "period", period, "value", value, NULL),
                       &position),
              BATON_OK);
    return position;
}

TEST(a_fact_touches_the_periods_that_end_not_before_it) {
    struct live_test test;
    uint64_t size = 0, at = 0;
    if (!open_live(&test, months, month_figures, 0))
        return;
    CHECK_INT(live_watch(test.live, "months", period_of(NULL)), BATON_OK);
    struct baton_period period[8];
    if (CHECK_INT(live_periods(test.live, "months", 8, period), 3))
        CHECK(baton_period_equal(period[0], period_of("2021-01")) &&
              baton_period_equal(period[2], period_of("2021-03")));
    CHECK_INT(reader_size(test.flow.reader, &size), BATON_OK);
    say(&test, "a", "jobs", "2021-02", "500");
    CHECK(catch_up(&test));
    check_same(&test, "months", "2021-01", &at);
    CHECK_INT(at, size);
    check_same(&test, "months", "2021-02", &at);
    CHECK_INT(at, size + 1);
    check_same(&test, "months", "2021-03", &at);
    CHECK_INT(at, size + 1);
    check_same(&test, "months", NULL, &at);
    CHECK_INT(at, size + 1);
    CASE("a new period");
    say(&test, "a", "growth", "2021-04", "3");
    CHECK(catch_up(&test));
    CHECK_INT(live_periods(test.live, "months", 8, period), 4);
    check_same(&test, "months", "2021-04", NULL);
    check_same(&test, "months", "2021-03", &at);
    CHECK_INT(at, size + 1);
    close_live(&test);
}

TEST(what_is_held_stays_as_it_was) {
    struct live_test test;
    struct live_result old;
    if (!open_live(&test, months, month_figures, 0))
        return;
    CHECK_INT(live_watch(test.live, "months", period_of("2021-03")), BATON_OK);
    if (!CHECK(live_result(test.live, "months", period_of("2021-03"), &old)))
        return;
    const char *before = csv_of(&test, &old);
    static const char *const values[] = {"1", "7", "3"};
    for (size_t i = 0; i < LENGTH(values); i++) {
        say(&test, i == 0 ? "a" : i == 1 ? "b" : "c", "jobs", "2021-03", values[i]);
        CHECK(catch_up(&test));
        check_same(&test, "months", "2021-03", NULL);
    }
    CHECK_TEXT(csv_of(&test, &old), before);
    ledger_listen(test.flow.ledger, NULL, NULL);
    live_close(test.live);
    CHECK_TEXT(csv_of(&test, &old), before);
    live_release(&old);
    flow_end(&test.flow);
}

TEST(an_unsound_assessment_keeps_its_last_result_and_says_why) {
    struct live_test test;
    struct live_result result;
    if (!open_live(&test, months, month_figures, 0))
        return;
    CHECK_INT(live_watch(test.live, "months", period_of("2021-02")), BATON_OK);
    const char *before = flow_score(&test.flow, "months", 0, "2021-02");
    const uint64_t position = say(&test, "nobody", "growth", "2021-02", "5");
    CHECK(catch_up(&test));
    if (CHECK(live_result(test.live, "months", period_of("2021-02"), &result))) {
        CHECK_INT(result.code, BATON_UNIT_UNKNOWN);
        CHECK_INT(result.size, position + 1);
        CHECK_INT(result.scored_at, position);
        if (CHECK(result.why != NULL) && CHECK_INT(result.why->count, 1))
            CHECK_TEXT(result.why->item[0].where.file, "observations.csv");
        CHECK_TEXT(csv_of(&test, &result), before);
        live_release(&result);
    }
    CASE("withdrawn");
    CHECK_INT(
        flow_say(&test.flow, "li",
                 flow_fact(&test.flow, "observation", "months", "unit", "nobody", "element",
                           "growth", "period", "2021-02", "@withdrawn", "1", "@corrects",
                           arena_printf(test.flow.arena, "%llu", (unsigned long long)position),
                           "@reason", "slip", NULL),
                 NULL),
        BATON_OK);
    CHECK(catch_up(&test));
    check_same(&test, "months", "2021-02", NULL);
    close_live(&test);
}

TEST(what_is_not_there_is_told_and_found_when_it_comes) {
    struct live_test test;
    struct live_result result;
    struct import_result imported;
    if (!open_live(&test, months, month_figures, 0))
        return;
    CHECK(!live_result(test.live, "towns", period_of(NULL), &result));
    CHECK_INT(live_watch(test.live, "towns", period_of(NULL)), BATON_OK);
    if (CHECK(live_result(test.live, "towns", period_of(NULL), &result))) {
        CHECK_INT(result.code, BATON_SCHEME_NONE);
        CHECK(result.session == NULL && result.why != NULL);
        live_release(&result);
    }
    CHECK_INT(flow_import(&test.flow, flow_package(&test.flow, "other", NULL, NULL), &imported),
              BATON_OK);
    CHECK(catch_up(&test));
    check_same(&test, "towns", NULL, NULL);
    check_same(&test, "towns", "2021", NULL);
    close_live(&test);
}

TEST(another_process_looks_by_itself) {
    struct live_test test;
    if (!open_live(&test, months, month_figures, 5))
        return;
    CHECK_INT(live_watch(test.live, "months", period_of("2021-01")), BATON_OK);
    say(&test, "c", "growth", "2021-05", "1");
    say(&test, "c", "jobs", "2021-02", "1");
    CHECK(catch_up(&test));
    check_same(&test, "months", "2021-01", NULL);
    close_live(&test);
}

/* A county that reads the towns and a year that succeeds it. */
TEST(those_that_read_or_succeed_an_assessment_follow_it) {
    struct live_test test;
    struct import_result imported;
    uint64_t size = 0, at = 0;
    if (!open_live(&test, months, month_figures, 0))
        return;
    struct flow_test *flow = &test.flow;
    const char *county = flow_package(
        flow, "county", "scheme.yaml",
        "baton: 1\nid: county\ntitle: {zh: 县, en: County}\nperiod: 2021-02\nfrequency: month\n"
        "imports:\n  towns: ../towns\nsucceeds: ../towns\n"
        "methods:\n  as_is: {kind: direct}\ngroups:\n  - {id: town, title: {zh: 乡镇, en: "
        "Towns}}\n");
    flow_file(
        flow, "county", "indicators.csv",
        "id,name,weight,method,value\nof_towns,得分,1,as_is,\"result(towns, a, total) + jobs\"\n");
    flow_file(flow, "county", "observations.csv",
              "unit,element,period,value\na,jobs,2021-01,1\na,jobs,2021-02,1\nb,jobs,2021-02,2\n"
              "c,jobs,2021-02,3\n");
    flow_file(flow, "county", "adjustments.csv", "unit,period,item,reason\n");
    flow_file(flow, "county", "targets.csv", "unit,indicator,period,target\n");
    flow_file(flow, "county", "documents/rules.md", "# 办法\n");
    if (!CHECK_INT(flow_import(flow, county, &imported), BATON_OK)) {
        CHECK_TEXT(flow_found(flow), "");
        return;
    }
    CHECK_INT(live_watch(test.live, "county", period_of("2021-01")), BATON_OK);
    CHECK_INT(live_watch(test.live, "county", period_of("2021-02")), BATON_OK);
    check_same(&test, "county", "2021-02", NULL);
    CHECK_INT(reader_size(flow->reader, &size), BATON_OK);
    say(&test, "a", "jobs", "2021-02", "900");
    CHECK(catch_up(&test));
    check_same(&test, "county", "2021-02", &at);
    CHECK_INT(at, size + 1);
    check_same(&test, "county", "2021-01", &at);
    CHECK_INT(at, size);
    CASE("the towns are unsound");
    say(&test, "a", "jobs", "2021-03", "many");
    CHECK(catch_up(&test));
    struct live_result result;
    if (CHECK(live_result(test.live, "county", period_of("2021-02"), &result))) {
        CHECK_INT(result.code, BATON_NUMERAL_BAD);
        if (CHECK(result.why != NULL && result.why->count > 0))
            CHECK_TEXT(result.why->item[0].where.file, "months/observations.csv");
        live_release(&result);
    }
    close_live(&test);
}

/* A figure, so that little is read, or a unit, so that all is read again. */
static void say_more(struct live_test *test, int i) {
    struct flow_test *flow = &test->flow;
    if (i % 2 == 0)
        say(test, "a", "jobs", arena_printf(flow->arena, "2021-%02d", 2 + i / 2), "7");
    else
        CHECK_INT(flow_say(flow, "li",
                           flow_fact(flow, "unit", "months", "id",
                                     arena_printf(flow->arena, "new%d", i), "name", "新区", NULL),
                           NULL),
                  BATON_OK);
}

static uint64_t size_of(struct live_test *test) {
    uint64_t size = 0;
    CHECK_INT(reader_size(test->flow.reader, &size), BATON_OK);
    return size;
}

TEST(a_store_that_fails_once_is_asked_again) {
    static const int calls[] = {0, 0, 3, 5, 6, 17, 7, 40};
    struct live_test test;
    live_fails = true;
    const bool is_open = open_live(&test, months, month_figures, 0);
    live_fails = false;
    if (!is_open)
        return;
    CHECK_INT(live_watch(test.live, "months", period_of("2021-03")), BATON_OK);
    ledger_listen(test.flow.ledger, NULL, NULL);
    for (size_t i = 0; i < LENGTH(calls); i++) {
        CASE("%d calls", calls[i]);
        say_more(&test, (int)i);
        atomic_store(&calls_left, calls[i]);
        live_heard(test.live, NULL, 0, size_of(&test));
        CHECK(live_wait(test.live, size_of(&test), 10000));
        CHECK_INT(atomic_exchange(&calls_left, CALLS_ALL), CALLS_ALL); /* one did fail */
        check_same(&test, "months", "2021-03", NULL);
    }
    store_inject(NULL, NULL, NULL);
    close_live(&test);
}

/* Whoever looks at the journal now and then tells of fewer entries than whoever has just appended. */
TEST(older_news_take_nothing_back) {
    struct live_test test;
    if (!open_live(&test, months, month_figures, 0))
        return;
    CHECK_INT(live_watch(test.live, "months", period_of("2021-03")), BATON_OK);
    ledger_listen(test.flow.ledger, NULL, NULL);
    for (int i = 0; i < 8; i++) {
        say_more(&test, i);
        const uint64_t size = size_of(&test);
        live_heard(test.live, NULL, 0, size);
        live_heard(test.live, NULL, 0, size - 1);
        CHECK(live_wait(test.live, size, 2000));
    }
    close_live(&test);
}

TEST(while_a_store_fails_the_last_result_stands) {
    struct live_test test;
    struct live_result result;
    live_fails = true;
    const bool is_open = open_live(&test, months, month_figures, 0);
    live_fails = false;
    if (!is_open)
        return;
    CHECK_INT(live_watch(test.live, "months", period_of("2021-03")), BATON_OK);
    const char *before = flow_score(&test.flow, "months", 0, "2021-03");
    const uint64_t size = size_of(&test);
    atomic_store(&calls_left, CALLS_NONE);
    say(&test, "a", "jobs", "2021-02", "7");
    CHECK(!live_wait(test.live, size + 1, 600));
    CHECK_INT(live_watch(test.live, "months", period_of("2021-02")), BATON_STORE_FAILED);
    if (CHECK(live_result(test.live, "months", period_of("2021-03"), &result))) {
        CHECK_INT(result.code, BATON_STORE_FAILED);
        CHECK_INT(result.size, size);
        CHECK_TEXT(csv_of(&test, &result), before);
        live_release(&result);
    }
    atomic_store(&calls_left, CALLS_ALL);
    CHECK(live_wait(test.live, size + 1, 10000));
    check_same(&test, "months", "2021-03", NULL);
    store_inject(NULL, NULL, NULL);
    close_live(&test);
}
