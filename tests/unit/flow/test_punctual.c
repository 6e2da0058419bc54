/* What Baton counts of collection, as figures: whose they are, when it is too early, what it does not know. How figures are counted is walked over HTTP in tests/collect/chasing.py. */
#include "flow/indicators.h"
#include "flow/ledger_score.h"
#include "flow/package_session.h"
#include "flow/punctual_figures.h"
#include "flow_fixture.h"
#include "unit/test.h"
#include <string.h>

static const char *const indicators =
    "id,name,name_en,parent,weight,method,value,source\njobs,就业,Jobs,,60,plain,,\n"
    "punctual,及时率,Timeliness,,40,plain,%s,baton\n";
static const char *const scheme =
    "baton: 1\nid: towns\ntitle: {zh: 乡镇, en: Towns}\nperiod: 2023\nfrequency: year\nmethods:\n"
    "  plain: {kind: direct}\ngroups:\n  - {id: towns, title: {zh: 乡镇, en: Towns}}\n";

struct counting {
    struct flow_test t;
    struct punctual_ask ask;
    struct calendar calendar;
    struct expected all;
    struct fact_body *fact;
    size_t count;
    uint64_t opened; /* position of the period */
};

static bool begin(struct counting *c, const char *element, const char *due) {
    static const char *const files[][2] = {
        {"units.csv", "id,name,name_en,group\na,甲,A,towns\nb,乙,B,towns\n"},
        {"observations.csv", "unit,element,period,value\na,jobs,2023,5\nb,jobs,2023,5\n"},
        {"targets.csv", "unit,indicator,period,target\n"},
        {"adjustments.csv", "unit,period,item,count,reason\n"}};
    struct import_result result;
    *c = (struct counting){.count = 0};
    if (!flow_begin(&c->t))
        return false;
    const char *const folder = flow_package(&c->t, "towns", "scheme.yaml", scheme);
    flow_file(&c->t, "towns", "indicators.csv", arena_printf(c->t.arena, indicators, element));
    for (size_t i = 0; i < LENGTH(files); i++)
        flow_file(&c->t, "towns", files[i][0], files[i][1]);
    if (!CHECK_INT(flow_import(&c->t, folder, &result), BATON_OK)) {
        CHECK_TEXT(flow_found(&c->t), "");
        return false;
    }
    return CHECK_INT(flow_say(&c->t, "li",
                              flow_fact(&c->t, "period", "towns", "period", "2024", "opens",
                                        "2000-01-01", "due", due, NULL),
                              &c->opened),
                     BATON_OK);
}

/* By the figures as they are, all but the period that is counted. */
static baton_code look(struct counting *c) {
    struct flow_test *const t = &c->t;
    struct ledger_view view = {.reader = t->reader, .assessment = "towns"};
    struct baton_package *package;
    struct baton_session *session;
    uint64_t at;
    t->found = (struct baton_findings){.arena = t->arena};
    TRY(reader_size(t->reader, &view.known));
    TRY(ledger_package(t->arena, &view, &(struct baton_package_options){.threads = 1}, &package,
                       &at, &t->found));
    TRY(package_session(t->arena, package, &(struct baton_options){.as_of_day = INT32_MAX}, NULL,
                        &session, &t->found));
    TRY(calendar_read(t->arena, t->reader, "towns", view.known, &c->calendar, &t->found));
    expected_all(t->arena, session, &c->all);
    c->ask = (struct punctual_ask){.assessment = "towns",
                                   .session = session,
                                   .calendar = &c->calendar,
                                   .expected = &c->all,
                                   .known = view.known,
                                   .now_utc_ms = t->now_utc_ms};
    return BATON_OK;
}

static baton_code count(struct counting *c) {
    struct baton_period period;
    TRY(look(c));
    CHECK(baton_period_parse("2024", 4, &period));
    return punctual_figures(c->t.arena, c->t.reader, &c->ask, period, NULL, BATON_ZH, &c->fact,
                            &c->count, &c->t.found);
}

TEST(punctual_counts_what_is_over) {
    struct counting c;
    if (!begin(&c, "collection_completeness", "2001-01-01"))
        return;
    CHECK_INT(count(&c), BATON_OK);
    CHECK_INT(c.all.count, 2); /* of nobody is expected what is counted */
    if (CHECK_INT(c.count, 2)) {
        CHECK_TEXT(body_text(&c.fact[0], "unit"), "a");
        CHECK_TEXT(body_text(&c.fact[0], "value"), "0.00");
        CHECK(strstr(body_text(&c.fact[0], "source"), "应报 1，按时 0") != NULL);
    }
    flow_end(&c.t);
}

TEST(punctual_counts_no_half_times) {
    struct counting c;
    if (!begin(&c, "collection_completeness", "2999-12-31"))
        return;
    CHECK_INT(count(&c), BATON_COUNT_EARLY);
    CHECK_TEXT(flow_found(&c.t), "COUNT_EARLY");
    flow_end(&c.t);
}

TEST(punctual_knows_its_measures) {
    struct counting c;
    if (!begin(&c, "collection_mood", "2001-01-01"))
        return;
    CHECK_INT(count(&c), BATON_COUNT_UNKNOWN);
    flow_end(&c.t);
}

/* Departments that verified nothing are not measured. */
TEST(punctual_says_nothing_of_nothing) {
    struct counting c;
    if (!begin(&c, "verifying_days", "2001-01-01"))
        return;
    CHECK_INT(count(&c), BATON_OK);
    if (CHECK_INT(c.count, 2))
        CHECK_TEXT(body_text(&c.fact[1], "state"), "na");
    flow_end(&c.t);
}

/* What has become of the figure of a, the other one being awaited: the kind's word. */
static const char *become(struct counting *c) {
    struct baton_period period;
    struct punctual counted;
    CHECK(baton_period_parse("2024", 4, &period));
    c->ask.period = &period;
    c->ask.period_count = 1;
    if (!CHECK_INT(reader_size(c->t.reader, &c->ask.known), BATON_OK) ||
        !CHECK_INT(punctual_read(c->t.arena, c->t.reader, &c->ask, &counted), BATON_OK))
        return "";
    for (size_t i = 0; i < counted.count; i++)
        for (int k = 0; k < PUNCTUAL_KIND_COUNT && strcmp(counted.row[i].unit, "a") == 0; k++)
            if (counted.row[i].kind[k] == 1)
                return punctual_kind_word((enum punctual_kind)k);
    return "none";
}

/* A step of the report of a, and the figure that comes with the last one; `state`: of what there is none, "" = a value. *at is the one before, *figure (0 = none) the figure. */
static void step_with(struct counting *c, const char *who, const char *stage, const char *state,
                      uint64_t *at, uint64_t *figure) {
    struct flow_test *const t = &c->t;
    const bool accepts = strcmp(stage, "accepted") == 0, drafts = strcmp(stage, "draft") == 0;
    const bool has_value = state[0] == '\0';
    const char *const corrects = arena_printf(t->arena, "%llu", (unsigned long long)*figure);
    struct fact_body facts[] = {
        flow_fact(t, "report", "towns", "period", "2024", "unit", "a", "element", "jobs",
                  "reporter", "a", "stage", stage, "value", has_value ? "5" : "", "state", state,
                  "note", has_value ? "" : "x", "drafter", drafts ? "" : "wang", "@corrects",
                  *at == 0 ? "" : arena_printf(t->arena, "%llu", (unsigned long long)*at), NULL),
        flow_fact(t, "observation", "towns", "period", "2024", "unit", "a", "element", "jobs",
                  "value", has_value ? "5" : "", "state", state, "@corrects",
                  *figure == 0 ? "" : corrects, "@reason", *figure == 0 ? "" : "x", NULL)};
    struct submission submission = {.actor = who, .fact = facts, .count = accepts ? 2 : 1};
    t->now_utc_ms += 1000;
    if (!CHECK_INT(ledger_append(t->ledger, t->arena, &submission, &t->found), BATON_OK))
        CHECK_TEXT(flow_found(t), "");
    *at = submission.first;
    if (accepts)
        *figure = submission.first + 1;
}

static void step(struct counting *c, const char *who, const char *stage, uint64_t *at) {
    uint64_t figure = 0;
    step_with(c, who, stage, "", at, &figure);
}

/* Two have decided on one fact. */
static void decide(struct counting *c, struct fact_body fact) {
    struct flow_test *const t = &c->t;
    struct submission proposed = {.actor = "li", .fact = &fact, .count = 1}, decided;
    if (!CHECK_INT(ledger_propose(t->ledger, t->arena, &proposed, "x", 0, &t->found), BATON_OK) ||
        !CHECK_INT(ledger_decide(t->ledger, t->arena, "sun", NULL, proposed.first, true, "",
                                 &decided, &t->found),
                   BATON_OK))
        CHECK_TEXT(flow_found(t), "");
}

static bool begin_reporting(struct counting *c) {
    if (!begin(c, "collection_completeness", "2021-09-10") ||
        !flow_person(&c->t, "wang", "王敏", "unit") ||
        !flow_person(&c->t, "zhao", "赵青", "approver") ||
        !flow_person(&c->t, "sun", "孙伟", "office"))
        return false;
    struct standing_indicators *const asked = arena_alloc(c->t.arena, 1, sizeof *asked);
    *asked = indicators_of(indicators_open(c->t.arena, &c->t.place));
    ledger_indicators(c->t.ledger, asked);
    return CHECK_INT(look(c), BATON_OK);
}

static void change_period(struct counting *c, const char *grace, const char *locks) {
    const struct fact_body changed =
        flow_fact(&c->t, "period", "towns", "period", "2024", "opens", "2000-01-01", "due",
                  "2021-09-10", "grace", grace, "locks", locks, "@reason", "x", "@corrects",
                  arena_printf(c->t.arena, "%llu", (unsigned long long)c->opened), NULL);
    CHECK_INT(flow_say(&c->t, "li", changed, &c->opened), BATON_OK);
    CHECK_INT(look(c), BATON_OK);
}

/* The whole way but for the last step, and with it. */
static void submit(struct counting *c, const char *state, uint64_t *at, uint64_t *figure) {
    step_with(c, "wang", "draft", state, at, figure);
    step_with(c, "zhao", "signed", state, at, figure);
    step_with(c, "wang", "submitted", state, at, figure);
}

/* By the figures of before, for a result may be older than its reports, and by those of this moment. */
static void expect(struct counting *c, const char *kind) {
    c->ask.now_utc_ms = c->t.now_utc_ms;
    CHECK_TEXT(become(c), kind);
    CHECK_INT(look(c), BATON_OK);
    CHECK_TEXT(become(c), kind);
}

/* That there is no figure is agreed once it is accepted; what comes later is owed until it comes, and stops no clock. */
TEST(punctual_counts_what_is_agreed) {
    struct counting c;
    uint64_t at = 0, figure = 0;
    if (!begin_reporting(&c))
        return;
    change_period(&c, "2021-09-30", "2021-10-10");
    submit(&c, "pending", &at, &figure);
    expect(&c, "awaited");
    step_with(&c, "li", "accepted", "pending", &at, &figure);
    expect(&c, "pending");
    c.t.now_utc_ms = INT64_C(1631577600000); /* 2021-09-14, within the days of grace */
    submit(&c, "", &at, &figure);
    expect(&c, "late");
    step_with(&c, "li", "accepted", "", &at, &figure);
    expect(&c, "late");
    flow_end(&c.t);
}

TEST(punctual_misses_what_was_agreed_to_come_and_did_not) {
    struct counting c;
    uint64_t at = 0, figure = 0;
    if (!begin_reporting(&c))
        return;
    change_period(&c, "2021-09-30", "2021-10-10");
    submit(&c, "pending", &at, &figure);
    step_with(&c, "li", "accepted", "pending", &at, &figure);
    c.t.now_utc_ms = INT64_C(1633536000000); /* 2021-10-07: none comes in, and it is not locked */
    expect(&c, "pending");
    CHECK_INT(count(&c), BATON_COUNT_EARLY); /* of b none comes in any more */
    c.t.now_utc_ms = INT64_C(1634054400000); /* 2021-10-13 */
    expect(&c, "missing");
    decide(&c, flow_fact(&c.t, "observation", "towns", "period", "2024", "unit", "a", "element",
                         "jobs", "value", "5", "@reason", "x", "@corrects",
                         arena_printf(c.t.arena, "%llu", (unsigned long long)figure), NULL));
    expect(&c, "entered");
    flow_end(&c.t);
}

/* Without a lock it is owed as long as figures come in. */
TEST(punctual_ends_what_is_pending_without_a_lock) {
    struct counting c;
    uint64_t at = 0, figure = 0;
    if (!begin_reporting(&c))
        return;
    submit(&c, "pending", &at, &figure);
    step_with(&c, "li", "accepted", "pending", &at, &figure);
    expect(&c, "pending");
    c.t.now_utc_ms = INT64_C(1631577600000); /* 2021-09-14 */
    expect(&c, "missing");
    flow_end(&c.t);
}

TEST(punctual_lets_nobody_off_by_themselves) {
    struct counting c;
    uint64_t at = 0, figure = 0;
    if (!begin_reporting(&c))
        return;
    change_period(&c, "2021-09-12", "2021-10-10");
    submit(&c, "na", &at, &figure);
    expect(&c, "awaited");
    c.t.now_utc_ms = INT64_C(1631577600000); /* 2021-09-14: the office may agree until the lock */
    expect(&c, "awaited");
    step_with(&c, "li", "accepted", "na", &at, &figure);
    expect(&c, "na");
    c.t.now_utc_ms = INT64_C(1634054400000); /* 2021-10-13 */
    expect(&c, "na");
    flow_end(&c.t);
}

/* What was accepted and withdrawn again is not there, however timely it came. */
TEST(punctual_misses_what_was_withdrawn) {
    struct counting c;
    uint64_t at = 0;
    if (!begin_reporting(&c))
        return;
    CHECK_TEXT(become(&c), "awaited");
    step(&c, "wang", "draft", &at);
    step(&c, "zhao", "signed", &at);
    step(&c, "wang", "submitted", &at);
    step(&c, "li", "accepted", &at);
    CHECK_TEXT(become(&c), "in_time"); /* though the result is older */
    CHECK_INT(look(&c), BATON_OK);
    CHECK_TEXT(become(&c), "in_time");
    change_period(&c, "", "2021-09-30");
    c.t.now_utc_ms = INT64_C(1633104000000); /* 2021-10-02 */
    decide(&c, flow_fact(&c.t, "observation", "towns", "period", "2024", "unit", "a", "element",
                         "jobs", "@withdrawn", "1", "@reason", "x", "@corrects",
                         arena_printf(c.t.arena, "%llu", (unsigned long long)at + 1), NULL));
    CHECK_TEXT(become(&c),
               "awaited"); /* though the result is older; as of the time before the lock */
    CHECK_INT(look(&c), BATON_OK);
    CHECK_TEXT(become(&c), "missing");
    flow_end(&c.t);
}
