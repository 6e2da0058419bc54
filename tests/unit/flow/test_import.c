/* Packages into a ledger: what is appended, what is left, what is refused; and what is scored out of it. */
#include "base/limits.h"
#include "flow/indicators.h"
#include "flow/ledger_source.h"
#include "flow_fixture.h"
#include "package/package.h"
#include "unit/test.h"
#include <string.h>

static struct flow_test t;

static const struct import_count *count_of(const struct import_result *result, const char *file) {
    return &result->package[result->count - 1].table[flow_table_of_file(file) - flow_tables];
}

static void check_counts(const struct import_count *count, uint64_t same, uint64_t added,
                         uint64_t corrected, uint64_t withdrawn, uint64_t left) {
    CHECK_INT(count->same, same);
    CHECK_INT(count->added, added);
    CHECK_INT(count->corrected, corrected);
    CHECK_INT(count->withdrawn, withdrawn);
    CHECK_INT(count->left, left);
}

TEST(import_and_score_the_same) {
    struct import_result result;
    if (!flow_begin(&t))
        return;
    const char *path = flow_package(&t, "p", NULL, NULL);
    CHECK_INT(flow_import(&t, path, &result), BATON_OK);
    CHECK_TEXT(flow_found(&t), "");
    CHECK_INT(result.count, 1);
    CHECK_TEXT(result.package[0].assessment, "towns");
    CHECK_INT(result.package[0].scheme, IMPORT_SCHEME_NEW);
    CHECK_INT(result.facts, 1 + 3 + 1 + 6 + 2);
    check_counts(count_of(&result, "observations.csv"), 0, 6, 0, 0, 0);
    CHECK_TEXT(flow_score(&t, "towns", 0, NULL), flow_score_package(&t, path, NULL));
    flow_end(&t);
}

TEST(import_again_changes_nothing) {
    struct import_result result;
    uint64_t before, after;
    if (!flow_begin(&t))
        return;
    const char *path = flow_package(&t, "p", NULL, NULL);
    CHECK_INT(flow_import(&t, path, &result), BATON_OK);
    CHECK_INT(reader_size(t.reader, &before), BATON_OK);
    CHECK_INT(flow_import(&t, path, &result), BATON_OK);
    CHECK_INT(reader_size(t.reader, &after), BATON_OK);
    CHECK_INT(after, before);
    CHECK_INT(result.facts, 0);
    CHECK_INT(result.package[0].scheme, IMPORT_SCHEME_SAME);
    check_counts(count_of(&result, "units.csv"), 3, 0, 0, 0, 0);
    check_counts(count_of(&result, "adjustments.csv"), 2, 0, 0, 0, 0);
    check_counts(count_of(&result, "observations.csv"), 6, 0, 0, 0, 0);
    flow_end(&t);
}

#define CHANGED \
    "unit,element,period,value,state,source\na,growth,2021,8.5,,统计局\nb,growth,2021,6,,\n" \
    "a,jobs,2021,450,,\nb,jobs,2021,600,,\nc,jobs,2021,9,,\nc,growth,2020,4,,\n"

TEST(import_tells_what_differs) {
    struct import_result result;
    uint64_t before, after;
    if (!flow_begin(&t))
        return;
    CHECK_INT(flow_import(&t, flow_package(&t, "p", NULL, NULL), &result), BATON_OK);
    CHECK_INT(reader_size(t.reader, &before), BATON_OK);
    CHECK_INT(flow_import(&t, flow_package(&t, "q", "observations.csv", CHANGED), &result),
              BATON_IMPORT_DIFFERS);
    CHECK_TEXT(baton_finding_message(t.arena, &t.found.item[0], BATON_EN),
               arena_printf(t.arena, "value is '8.5' here and '8' in the ledger (no. %u)",
                            2u + 1 + 3 + 1 + 1));
    CHECK_TEXT(flow_found(&t), "IMPORT_DIFFERS observations.csv:2; "
                               "IMPORT_DIFFERS observations.csv:6");
    CHECK_INT(reader_size(t.reader, &after), BATON_OK);
    CHECK_INT(after, before);
    flow_end(&t);
}

TEST(import_corrects_and_withdraws_where_asked) {
    struct import_result result;
    if (!flow_begin(&t))
        return;
    const char *path = flow_package(&t, "p", NULL, NULL);
    const char *changed = flow_package(&t, "q", "observations.csv", CHANGED);
    struct import_wish wish = {.path = changed, .actor = "li", .correct = true};
    CHECK_INT(flow_import(&t, path, &result), BATON_OK);
    CHECK_INT(flow_import_as(&t, &wish, &result), BATON_REASON_NEEDED);
    wish.reason = "年报修订";
    flow_found(&t);
    CHECK_INT(flow_import_as(&t, &wish, &result), BATON_OK);
    CHECK_TEXT(flow_found(&t), "");
    check_counts(count_of(&result, "observations.csv"), 3, 1, 2, 0, 1);
    wish.withdraw = true;
    CHECK_INT(flow_import_as(&t, &wish, &result), BATON_OK);
    check_counts(count_of(&result, "observations.csv"), 6, 0, 0, 1, 0);
    CHECK_TEXT(flow_score(&t, "towns", 0, NULL), flow_score_package(&t, changed, NULL));
    /* What was withdrawn does not come back unnoticed, and does so where it is wished. */
    wish = (struct import_wish){.path = path, .actor = "li"};
    CHECK_INT(flow_import_as(&t, &wish, &result), BATON_IMPORT_DIFFERS);
    CHECK_TEXT(flow_found(&t),
               "IMPORT_DIFFERS observations.csv:2; IMPORT_WITHDRAWN observations.csv:4; "
               "IMPORT_DIFFERS observations.csv:7");
    wish.correct = wish.withdraw = true;
    wish.reason = "恢复";
    CHECK_INT(flow_import_as(&t, &wish, &result), BATON_OK);
    check_counts(count_of(&result, "observations.csv"), 3, 0, 3, 1, 0);
    CHECK_TEXT(flow_score(&t, "towns", 0, NULL), flow_score_package(&t, path, NULL));
    flow_end(&t);
}

TEST(import_pairs_adjustments) {
    struct import_result result;
    if (!flow_begin(&t))
        return;
    struct import_wish wish = {.path = flow_package(&t, "p", NULL, NULL), .actor = "li"};
    CHECK_INT(flow_import_as(&t, &wish, &result), BATON_OK);
    wish.path = flow_package(&t, "q", "adjustments.csv",
                             "unit,period,item,count,reason\na,2021,accident,1,石料厂\n"
                             "a,2021,accident,3,砖厂\nb,2021,accident,1,水泥厂\n");
    CHECK_INT(flow_import_as(&t, &wish, &result), BATON_IMPORT_DIFFERS);
    CHECK_TEXT(flow_found(&t), "IMPORT_DIFFERS adjustments.csv:3");
    wish.correct = true;
    wish.reason = "复核";
    CHECK_INT(flow_import_as(&t, &wish, &result), BATON_OK);
    check_counts(count_of(&result, "adjustments.csv"), 1, 1, 1, 0, 0);
    CHECK_TEXT(flow_score(&t, "towns", 0, NULL), flow_score_package(&t, wish.path, NULL));
    wish.path = flow_package(&t, "r", "adjustments.csv",
                             "unit,period,item,count,reason\na,2021,accident,1,石料厂\n");
    wish.withdraw = true;
    CHECK_INT(flow_import_as(&t, &wish, &result), BATON_OK);
    check_counts(count_of(&result, "adjustments.csv"), 1, 0, 0, 2, 0);
    CHECK_TEXT(flow_score(&t, "towns", 0, NULL), flow_score_package(&t, wish.path, NULL));
    wish.path = flow_package(&t, "s", "adjustments.csv",
                             "unit,period,item,count,reason\na,2021,accident,1,石料厂\n"
                             "b,2021,accident,1,水泥厂\n");
    wish.correct = wish.withdraw = false;
    CHECK_INT(flow_import_as(&t, &wish, &result), BATON_IMPORT_WITHDRAWN);
    CHECK_TEXT(flow_found(&t), "IMPORT_WITHDRAWN adjustments.csv:3");
    flow_end(&t);
}

TEST(import_refuses_what_is_unsound) {
    struct import_result result;
    uint64_t before, after;
    if (!flow_begin(&t))
        return;
    CHECK_INT(reader_size(t.reader, &before), BATON_OK);
    CHECK_INT(flow_import(&t,
                          flow_package(&t, "p", "observations.csv",
                                       "unit,element,period,value\nz,growth,2021,8\n"),
                          &result),
              BATON_UNIT_UNKNOWN);
    CHECK_INT(flow_import(&t, arena_printf(t.arena, "%s/none", test_folder()), &result),
              BATON_NO_PACKAGE);
    CHECK_INT(reader_size(t.reader, &after), BATON_OK);
    CHECK_INT(after, before);
    flow_end(&t);
}

TEST(import_proposes_a_scheme_that_differs) {
    struct import_result result;
    if (!flow_begin(&t) || !flow_person(&t, "wang", "王敏", "committee"))
        return;
    struct import_wish wish = {.path = flow_package(&t, "p", NULL, NULL), .actor = "li"};
    CHECK_INT(flow_import_as(&t, &wish, &result), BATON_OK);
    const char *before = flow_score(&t, "towns", 0, NULL);
    wish.path = flow_package(
        &t, "q", "indicators.csv",
        "id,name,weight,method,measure\ngrowth,增速,1,efficacy,%\njobs,就业,3,completion,人\n");
    flow_file(&t, "q", "documents/more.md", "# 补充\n");
    CHECK_INT(flow_import_as(&t, &wish, &result), BATON_IMPORT_SCHEME_DIFFERS);
    CHECK_TEXT(baton_finding_message(t.arena, &t.found.item[0], BATON_EN),
               "the scheme is not the version that the ledger has (no. 5): documents/more.md, "
               "indicators.csv");
    flow_found(&t);
    wish.reason = "权重调整";
    wish.in_force = "2021";
    CHECK_INT(flow_import_as(&t, &wish, &result), BATON_OK);
    CHECK_INT(result.package[0].scheme, IMPORT_SCHEME_PROPOSED);
    CHECK_TEXT(result.package[0].scheme_files, "documents/more.md, indicators.csv");
    CHECK_TEXT(flow_score(&t, "towns", 0, NULL), before);
    struct submission decision;
    CHECK_INT(ledger_decide(t.ledger, t.arena, "wang", NULL, result.package[0].proposal, true,
                            "同意", &decision, &t.found),
              BATON_OK);
    CHECK_TEXT(flow_found(&t), "");
    CHECK_TEXT(flow_score(&t, "towns", 0, NULL), flow_score_package(&t, wish.path, NULL));
    CHECK_INT(flow_import_as(&t, &wish, &result), BATON_OK);
    CHECK_INT(result.package[0].scheme, IMPORT_SCHEME_SAME);
    flow_end(&t);
}

#define LINKED(id, more) \
    "baton: 1\nid: " id "\ntitle: {zh: 方案}\nperiod: 2021\nfrequency: year\n" \
    "methods: {efficacy: {kind: range}, completion: {kind: target}}\ngroups: [{id: town}]\n" \
    "adjustments: {items: [{id: accident, kind: deduction, points: 2, title: {zh: 事故}}]}\n" more

TEST(import_takes_what_a_package_names) {
    struct import_result result;
    if (!flow_begin(&t))
        return;
    flow_package(&t, "up/city", "scheme.yaml", LINKED("city", ""));
    flow_package(&t, "p/2020", "scheme.yaml", LINKED("towns-2020", ""));
    const char *path = flow_package(
        &t, "p", "scheme.yaml", LINKED("towns", "imports: {city: ../up/city}\nsucceeds: 2020\n"));
    flow_file(&t, "p", "indicators.csv",
              "id,name,weight,method,value\ngrowth,增速,2,efficacy,\n"
              "jobs,就业,1,completion,\"jobs + result(city, b, total)\"\n");
    CHECK_INT(flow_import(&t, path, &result), BATON_OK);
    CHECK_TEXT(flow_found(&t), "");
    CHECK_INT(result.count, 3);
    CHECK_TEXT(result.package[0].path, "../up/city/");
    CHECK_TEXT(result.package[1].assessment, "towns-2020");
    CHECK_TEXT(flow_score(&t, "towns", 0, NULL), flow_score_package(&t, path, NULL));
    CHECK_INT(flow_import(&t, path, &result), BATON_OK);
    CHECK_INT(result.facts, 0);
    flow_end(&t);
}

TEST(import_refuses_one_id_for_two_packages) {
    struct import_result result;
    if (!flow_begin(&t))
        return;
    flow_package(&t, "p/2020", "scheme.yaml", LINKED("towns", ""));
    const char *path = flow_package(&t, "p", "scheme.yaml", LINKED("towns", "succeeds: 2020\n"));
    CHECK_INT(flow_import(&t, path, &result), BATON_IMPORT_ID_TWICE);
    CHECK_TEXT(baton_finding_message(t.arena, &t.found.item[0], BATON_EN),
               "two different packages have the id 'towns': '2020/' and the one that is imported");
    flow_end(&t);
}

TEST(import_by_somebody_without_the_right) {
    struct import_result result;
    if (!flow_begin(&t) || !flow_person(&t, "wang", "王敏", "auditor"))
        return;
    const struct import_wish wish = {.path = flow_package(&t, "p", NULL, NULL), .actor = "wang"};
    CHECK_INT(flow_import_as(&t, &wish, &result), BATON_RIGHT_LACKING);
    flow_end(&t);
}

TEST(source_as_known_and_who_said_it) {
    struct import_result result;
    uint64_t known, corrected;
    struct source *source;
    struct baton_package *package;
    struct baton_fact fact;
    if (!flow_begin(&t) || !flow_person(&t, "wang", "王敏", "owner"))
        return;
    const char *path = flow_package(&t, "p", NULL, NULL);
    CHECK_INT(flow_import(&t, path, &result), BATON_OK);
    CHECK_INT(reader_size(t.reader, &known), BATON_OK);
    const char *before = flow_score(&t, "towns", 0, NULL);
    CHECK_INT(
        flow_say(&t, "wang",
                 flow_fact(&t, "observation", "towns", "unit", "b", "element", "growth", "period",
                           "2021", "value", "7", "@corrects",
                           arena_printf(t.arena, "%u", (unsigned)result.first + 1 + 3 + 1 + 1),
                           "@reason", "年报", "@verifier", "li", NULL),
                 &corrected),
        BATON_OK);
    CHECK_TEXT(flow_found(&t), "");
    CHECK(strcmp(flow_score(&t, "towns", 0, NULL), before) != 0);
    CHECK_TEXT(flow_score(&t, "towns", known, NULL), before);
    const struct ledger_view view = {
        .reader = t.reader, .assessment = "towns", .known = corrected + 1};
    if (!CHECK_INT(ledger_source_open(t.arena, &view, &source, &t.found), BATON_OK) ||
        !CHECK_INT(baton_package_load_source(
                       t.arena, source,
                       &(struct baton_package_options){.threads = 1, .want_origins = true},
                       &package, &t.found),
                   BATON_OK))
        return;
    CHECK(baton_package_fact(package, t.arena, "observations.csv", 3, &fact));
    CHECK_INT(fact.position, corrected);
    CHECK_TEXT(fact.reporter, "wang");
    CHECK_TEXT(fact.reporter_name, "王敏");
    CHECK_TEXT(fact.verifier_name, "李强");
    CHECK_TEXT(fact.was, "6");
    CHECK_TEXT(fact.reason, "年报");
    CHECK_INT(strlen(fact.digest), 64);
    CHECK(baton_package_fact(package, t.arena, "targets.csv", 2, &fact));
    CHECK(!baton_package_fact(package, t.arena, "targets.csv", 3, &fact));
    CHECK(!baton_package_fact(package, t.arena, "indicators.csv", 2, &fact));
    flow_end(&t);
}

TEST(source_of_an_assessment_that_there_is_not) {
    struct import_result result;
    struct source *source;
    if (!flow_begin(&t))
        return;
    CHECK_INT(flow_import(&t, flow_package(&t, "p", NULL, NULL), &result), BATON_OK);
    const struct ledger_view view = {.reader = t.reader, .assessment = "town", .known = 100};
    CHECK_INT(ledger_source_open(t.arena, &view, &source, &t.found), BATON_SCHEME_NONE);
    CHECK_TEXT(baton_finding_advice(t.arena, &t.found.item[0], BATON_EN), "there are: towns");
    flow_end(&t);
}

TEST(source_with_the_longest_field_that_there_may_be) {
    struct import_result result;
    if (!flow_begin(&t))
        return;
    CHECK_INT(flow_import(&t, flow_package(&t, "p", NULL, NULL), &result), BATON_OK);
    char *text = arena_alloc(t.arena, LIMIT_FIELD_SIZE + 2, 1);
    memset(text, 'x', LIMIT_FIELD_SIZE);
    CHECK_INT(flow_say(&t, "li",
                       flow_fact(&t, "observation", "towns", "unit", "a", "element", "growth",
                                 "period", "2020", "source", text, NULL),
                       NULL),
              BATON_OK);
    text[LIMIT_FIELD_SIZE] = 'x';
    CHECK_INT(flow_say(&t, "li",
                       flow_fact(&t, "observation", "towns", "unit", "b", "element", "growth",
                                 "period", "2020", "source", text, NULL),
                       NULL),
              BATON_FACT_TOO_LARGE);
    CHECK(flow_score(&t, "towns", 0, NULL) != NULL);
    flow_end(&t);
}

/* Said by two: li proposes, sun of the office decides. */
static void say_by_two(struct fact_body fact) {
    struct submission proposed = {.actor = "li", .fact = &fact, .count = 1}, decided;
    CHECK_INT(ledger_propose(t.ledger, t.arena, &proposed, "x", 0, &t.found), BATON_OK);
    CHECK_INT(
        ledger_decide(t.ledger, t.arena, "sun", NULL, proposed.first, true, "", &decided, &t.found),
        BATON_OK);
    CHECK_TEXT(flow_found(&t), "");
}

/* The package of flow_package with the period of another year, and a title of its own. */
static const char *of_year(const char *folder, const char *year, const char *title) {
    const char *const scheme = arena_printf(
        t.arena,
        "baton: 1\nid: %s\ntitle: {zh: 乡镇, en: %s}\nperiod: %s\nfrequency: year\nmethods:\n"
        "  efficacy: {kind: range, low: 60, high: 100}\n"
        "  completion: {kind: target, cap: 120}\n"
        "groups:\n  - {id: town, title: {zh: 乡镇, en: T}}\n"
        "adjustments:\n  items:\n    - {id: accident, kind: deduction, points: 2, title: "
        "{zh: 事故, en: A}}\n",
        folder, title, year);
    const char *const path = flow_package(&t, folder, "scheme.yaml", scheme);
    flow_file(&t, folder, "observations.csv",
              arena_printf(t.arena, "unit,element,period,value\na,growth,%s,8\na,jobs,%s,9\n", year,
                           year));
    flow_file(&t, folder, "targets.csv",
              arena_printf(t.arena, "unit,indicator,period,target\n*,jobs,%s,500\n", year));
    flow_file(&t, folder, "adjustments.csv", "unit,period,item,count,reason\n");
    flow_file(&t, folder, "units.csv", "id,name,group\na,东岭,town\n");
    return path;
}

static bool begin_registered(void) {
    static struct standing_indicators asked;
    if (!flow_begin(&t) || !flow_person(&t, "sun", "孙伟", "office"))
        return false;
    asked = indicators_of(indicators_open(t.arena, &t.place));
    ledger_indicators(t.ledger, &asked);
    return true;
}

TEST(import_tells_of_schemes_that_are_not_registered) {
    struct import_result result;
    if (!begin_registered())
        return;
    CHECK_INT(flow_import(&t, of_year("before", "2021", "T"), &result), BATON_OK);
    CHECK_TEXT(flow_found(&t), ""); /* nobody registers anything yet */
    say_by_two(flow_fact(&t, "quota", "", "department", "*", "year", "2021", "limit", "3", NULL));
    CHECK_INT(flow_import(&t, of_year("other", "2021", "T"), &result), BATON_OK);
    CHECK_TEXT(baton_finding_message(t.arena, &t.found.item[0], BATON_EN),
               "the assessment 'other' is not registered for 2021, and assessments of that year "
               "are limited or registered");
    CHECK_TEXT(flow_found(&t), "SCHEME_UNREGISTERED scheme.yaml:0 period");
    CHECK_INT(flow_import(&t, of_year("next", "2022", "T"), &result), BATON_OK);
    CHECK_TEXT(flow_found(&t), ""); /* of that year nothing is limited */
    CHECK_INT(flow_import(&t, of_year("other", "2021", "T"), &result), BATON_OK);
    CHECK_TEXT(flow_found(&t), ""); /* it is there already */
    CHECK_INT(flow_say(&t, "li",
                       flow_fact(&t, "registration", "", "department", "a", "year", "2021",
                                 "assessment", "third", "name", "x", NULL),
                       NULL),
              BATON_OK);
    CHECK_INT(flow_import(&t, of_year("third", "2021", "T"), &result), BATON_OK);
    CHECK_TEXT(flow_found(&t), "");
    flow_end(&t);
}

/* By the period that the scheme names, read from what comes along or from what the ledger has; not by when it comes or begins. */
TEST(import_holds_schemes_to_registrations_of_their_year) {
    struct import_result result;
    struct submission decided;
    if (!begin_registered())
        return;
    CHECK_INT(flow_import(&t, of_year("towns", "2020", "T"), &result), BATON_OK);
    say_by_two(flow_fact(&t, "quota", "", "department", "*", "year", "2021", "limit", "3",
                         "registered", "1", NULL)); /* the year in which all this happens */
    CHECK_INT(flow_import(&t, of_year("old", "2020", "T"), &result), BATON_OK);
    CHECK_TEXT(flow_found(&t), "");
    CHECK_INT(flow_import(&t, of_year("new", "2021", "T"), &result), BATON_ASSESSMENT_UNREGISTERED);
    CHECK_TEXT(flow_found(&t), "ASSESSMENT_UNREGISTERED");
    /* A version of 2020 that begins in 2021 is one of 2020 still; one of 2021 is proposed, and told of. */
    struct import_wish wish = {.path = of_year("towns", "2020", "Towns"),
                               .actor = "li",
                               .reason = "x",
                               .in_force = "2021"};
    CHECK_INT(flow_import_as(&t, &wish, &result), BATON_OK);
    CHECK_TEXT(flow_found(&t), "");
    CHECK_INT(ledger_decide(t.ledger, t.arena, "sun", NULL, result.package[0].proposal, true, "",
                            &decided, &t.found),
              BATON_OK);
    CHECK_TEXT(flow_found(&t), "");
    wish.path = of_year("towns", "2021", "Towns");
    wish.in_force = "2020";
    CHECK_INT(flow_import_as(&t, &wish, &result), BATON_OK);
    CHECK_TEXT(flow_found(&t), "SCHEME_UNREGISTERED scheme.yaml:0 period");
    CHECK_INT(ledger_decide(t.ledger, t.arena, "sun", NULL, result.package[0].proposal, true, "",
                            &decided, &t.found),
              BATON_ASSESSMENT_UNREGISTERED);
    flow_end(&t);
}
