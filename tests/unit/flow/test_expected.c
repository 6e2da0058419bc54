/* What is expected of whom: one small package for each rule of expected.h. */
#include "expected_fixture.h"
#include "unit/test.h"
#include <string.h>

/* With a leaf that asks for nothing, so that every unit has one. */
#define INDICATORS "id,name,parent,weight,kind,class,method,value,when\nidle,时间,,1,,,,elapsed,\n"
#define WEIGHTS "for,indicator,weight\n"
#define TOWNS_ONLY WEIGHTS "group:office,i,0\n"

/* clang-format off */
static const struct {
    const char *name;
    struct expected_package package;
    const char *expected;
} cases[] = {
    {"a leaf asks for the element with its id", {.indicators = INDICATORS "gdp,产值,,1,,,,,\n"},
     "a: gdp; b: gdp; o: gdp; p: gdp"},
    {"of those to whom it applies", {.indicators = INDICATORS "i,产值,,1,,,,,\nj,就业,,1,,,,,\n", .weights = WEIGHTS "group:office,i,0\nb,i,0\na,j,0\n"},
     "a: i; b: j; o: j; p: j"},
    {"an individual one of those that have a weight", {.indicators = INDICATORS "i,产值,,1,individual,,,,\nj,就业,,1,,,,,\n", .weights = WEIGHTS "b,i,2\n"},
     "a: j; b: i j; o: j; p: j"},
    {"not where the branch above weighs nothing", {.indicators = INDICATORS "x1,一,,1,,,,,\ni,产值,x1,1,,,,,\nj,就业,,1,,,,,\n", .weights = WEIGHTS "group:town,x1,0\n"},
     "a: j; b: j; o: i j; p: i j"},
    {"but a gate that weighs nothing", {.scheme = "gates:\n  i: {at_least: 60, effect: {no_award: true}}\n", .indicators = INDICATORS "i,水质,,0,,gate,,,\nj,就业,,1,,,,,\n", .weights = WEIGHTS "group:office,i,0\n"},
     "a: i j; b: i j; o: j; p: j"},
    {"elements of a value, each once, and not its own id", {.indicators = INDICATORS "i,率,,1,,,,100*gdp/people + gdp,\n", .weights = WEIGHTS "o,i,0\n"},
     "a: gdp people; b: gdp people; p: gdp people"},
    {"named elements are followed, those that nothing names ask nothing", {.scheme = "elements: {rate: \"part/base_sum\", base_sum: \"m + n\", idle: \"q + 1\"}\n", .indicators = INDICATORS "i,率,,1,,,,100*rate,\n", .weights = TOWNS_ONLY},
     "a: part m n; b: part m n"},
    {"a named element with the leaf's id", {.scheme = "elements: {i: \"m + n\"}\n", .indicators = INDICATORS "i,和,,1,,,,,\n", .weights = TOWNS_ONLY},
     "a: m n; b: m n"},
    {"earlier periods are the element's own", {.indicators = INDICATORS "i,增,,1,,,,yoy(gdp) + prev(jobs) + ytd(tax) + last(census),\n", .weights = TOWNS_ONLY},
     "a: gdp jobs tax census; b: gdp jobs tax census"},
    {"parent", {.indicators = INDICATORS "i,差,,1,,,,gdp - parent(jobs),\n", .weights = TOWNS_ONLY},
     "a: gdp; b: gdp; county: jobs"},
    {"children", {.indicators = INDICATORS "i,办结,,1,,,,children(closed)/children(filed),\n", .weights = TOWNS_ONLY},
     "a1: closed filed; a2: closed filed; b1: closed filed"},
    {"children of one", {.indicators = INDICATORS "i,办结,,1,,,,children(closed),\n", .weights = TOWNS_ONLY "b,i,0\n"},
     "a1: closed; a2: closed"},
    {"a unit by name", {.indicators = INDICATORS "i,比,,1,,,,\"gdp/of(gdp, p)\",\n", .weights = TOWNS_ONLY},
     "a: gdp; b: gdp; p: gdp"},
    {"share", {.indicators = INDICATORS "i,占比,,1,,,,share(gdp),\n", .weights = TOWNS_ONLY "b,i,0\n"},
     "a: gdp; county: gdp"},
    {"the cohort", {.indicators = INDICATORS "i,均,,1,,,,gdp/mean(jobs),\n", .weights = TOWNS_ONLY},
     "a: gdp jobs; b: gdp jobs"},
    {"the cohort of another: its group", {.indicators = INDICATORS "i,均,,1,,,,\"of(mean(gdp), a)\",\n"},
     "a: gdp; b: gdp"},
    {"or all that are compared", {.scheme = "methods: {m: {kind: range, over: all}}\n", .indicators = INDICATORS "i,均,,1,,,m,\"of(mean(gdp), a)\",\n", .weights = WEIGHTS "p,i,0\n"},
     "a: gdp; b: gdp; o: gdp"},
    {"likewise in a panel", {.scheme = "methods: {m: {kind: range, over: panel}}\n", .indicators = INDICATORS "i,均,,1,,,m,\"of(mean(gdp), a)\",\n", .weights = WEIGHTS "p,i,0\n"},
     "a: gdp; b: gdp; o: gdp"},
    {"codes", {.scheme = "methods: {lv: {kind: levels, table: {A: 100, B: 60}}}\n", .indicators = INDICATORS "i,等次,,1,,,lv,,\n", .weights = TOWNS_ONLY},
     "a: i; b: i"},
    {"when", {.indicators = INDICATORS "i,项目,,1,,,,,max_of(plan) > 0\n", .weights = TOWNS_ONLY},
     "a: i plan; b: i plan"},
    {"a method's rule, with the names of `where` that it uses", {.scheme = "methods: {m: {kind: rule, where: {p1: \"x/base_line\", p2: \"unused\"}, score: \"p1 + bonus\"}}\n", .indicators = INDICATORS "i,项目,,1,,,m,,\n", .weights = TOWNS_ONLY},
     "a: i base_line bonus; b: i base_line bonus"},
    {"a rule without x needs no figure of the leaf's own", {.scheme = "methods: {m: {kind: rule, score: \"if(bonus > 1, 100, 0)\"}}\n", .indicators = INDICATORS "i,项目,,1,,,m,,\n", .weights = TOWNS_ONLY},
     "a: bonus; b: bonus"},
    {"unless its value is written or its condition reads x", {.scheme = "methods: {m: {kind: rule, score: \"bonus\"}}\n", .indicators = INDICATORS "i,项目,,1,,,m,gdp,\nj,就业,,1,,,m,,count(x) > 0\n", .weights = TOWNS_ONLY "group:office,j,0\n"},
     "a: gdp bonus j; b: gdp bonus j"},
    {"x of another unit", {.scheme = "methods: {m: {kind: rule, score: \"x - parent(prev(x))\"}}\n", .indicators = INDICATORS "i,项目,,1,,,m,gdp/jobs,\n", .weights = TOWNS_ONLY "b,i,0\n"},
     "a: gdp jobs; county: gdp jobs"},
    {"who races", {.scheme = "methods: {m: {kind: race, step: 5, among: \"x > entry\"}}\n", .indicators = INDICATORS "i,项目,,1,,,m,,\n", .weights = TOWNS_ONLY},
     "a: i entry; b: i entry"},
    {"best against a unit", {.scheme = "methods: {m: {kind: best, of: county}}\n", .indicators = INDICATORS "i,项目,,1,,,m,100*gdp,\n", .weights = TOWNS_ONLY "b,i,0\n"},
     "a: gdp; county: gdp"},
    {"targets, columns and counts of rows are no figures", {.scheme = "adjustments:\n  items:\n    - {id: accident, kind: deduction, points: 2}\n", .indicators = INDICATORS "i,项目,,1,,,,gdp/target + elapsed + event(accident),\n", .weights = TOWNS_ONLY},
     "a: gdp; b: gdp"},
    {"an adjustment asks those whom a leaf asks, and their parent", {.scheme = "adjustments:\n  items:\n    - {id: above, kind: bonus, points: \"yoy(gdp) - parent(yoy(gdp))\"}\n", .indicators = INDICATORS "i,产值,,1,,,,gdp,\nj,就业,,1,,,,,\n", .weights = TOWNS_ONLY "b,i,0\n"},
     "a: gdp j; b: j; o: j; p: j; county: gdp"},
    {"and all for what no leaf names", {.scheme = "adjustments:\n  items:\n    - {id: above, kind: bonus, points: \"extra\", when: \"score > 1 and other > 2\"}\n", .indicators = INDICATORS "i,产值,,1,,,,gdp,\nj,就业,,1,,,,,\n", .weights = TOWNS_ONLY "a,j,0\n"},
     "a: gdp extra other; b: gdp j extra other; o: j extra other; p: j extra other"},
    {"element by element", {.scheme = "adjustments:\n  items:\n    - {id: above, kind: bonus, points: 1, when: \"coalesce(gdp, j) > 0 and node(i) > 60\"}\n", .indicators = INDICATORS "i,产值,,1,,,,gdp,\nj,就业,,1,,,,,\n", .weights = TOWNS_ONLY "group:town,j,0\n"},
     "a: gdp; b: gdp; o: j; p: j"},
    {"nor does its cohort ask others", {.scheme = "adjustments:\n  items:\n    - {id: above, kind: bonus, points: \"gdp - mean(gdp)\"}\n", .indicators = INDICATORS "i,产值,,1,,,,gdp,\nj,就业,,1,,,,,\n", .weights = TOWNS_ONLY "b,i,0\n"},
     "a: gdp j; b: j; o: j; p: j"},
    {"grades ask the groups that have them", {.scheme = "grades:\n  g:\n    - {id: good, when: \"score > 80 and faults == 0\"}\n    - {id: poor}\n  h: [{id: fine, when: \"doubts == 0\"}]\ngroups:\n  - {id: town, grades: g}\n  - {id: office, grades: h}\n  - {id: other}\n", .units = "id,name,group\na,甲,town\no,乙,office\nz,丙,other\n", .indicators = INDICATORS "j,就业,,1,,,,,\n"},
     "a: j faults; o: j doubts; z: j"},
    {"an award asks its group, though no leaf of it does", {.scheme = "awards:\n  - {id: first, group: office, by: \"gdp\", top: 1, when: \"jobs > 0\"}\n", .indicators = INDICATORS "i,产值,,1,,,,gdp,\nj,就业,,1,,,,,\n", .weights = TOWNS_ONLY},
     "a: gdp j; b: gdp j; o: gdp j jobs; p: gdp j jobs"},
    {"an award by share", {.scheme = "awards:\n  - {id: first, by: \"100*share(gdp)\", top: 1}\n", .indicators = INDICATORS "i,产值,,1,,,,gdp,\nj,就业,,1,,,,,\n", .weights = TOWNS_ONLY},
     "a: gdp j; b: gdp j; o: j; p: j; county: gdp"},
    {"an element with a leaf of its own stands where that does", {.indicators = INDICATORS "i,率,,1,,,,revenue/tax,\nk,三,,1,,,,profit/third,\nrevenue,收入,,1,,,,,\nprofit,利润,,1,,,,revenue - profit + last_one,\n", .weights = WEIGHTS "group:office,i,0\ngroup:office,k,0\ngroup:office,revenue,0\nb,profit,0\n"},
     "a: tax third revenue profit last_one; b: tax third revenue profit; o: revenue profit last_one; p: revenue profit last_one"},
};
/* clang-format on */

TEST(expected_of_whom) {
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct expected_test test;
        CASE("%s", cases[i].name);
        if (!expected_begin(&test, &cases[i].package))
            continue;
        CHECK_TEXT(expected_text(&test, &test.all), cases[i].expected);
        expected_end(&test);
    }
}

/* Results of another package are looked up there: what its scheme asks for is no matter of this one. */
TEST(expected_not_of_imports) {
    struct expected_test test;
    const struct expected_package package = {.scheme = "imports: {up: ../q}\n",
                                             .indicators = INDICATORS
                                             "i,上级,,1,,,,\"result(up, one, total) + own\",\n",
                                             .weights = TOWNS_ONLY};
    static const char *const files[][2] = {
        {"q/scheme.yaml", "baton: 1\nid: q\ntitle: {zh: 上级, en: Q}\nperiod: 2021\n"
                          "frequency: month\ngroups:\n  - {id: g}\n"},
        {"q/units.csv", "id,name,group\none,一,g\n"},
        {"q/indicators.csv", "id,name,weight,method\ntheirs,产值,1,direct\n"},
        {"q/observations.csv", "unit,element,period,value\none,theirs,2021-01,1\n"},
    };
    for (size_t i = 0; i < LENGTH(files); i++)
        test_file(files[i][0], files[i][1], strlen(files[i][1]));
    if (!expected_begin(&test, &package))
        return;
    CHECK_TEXT(expected_text(&test, &test.all), "a: own; b: own");
    expected_end(&test);
}

/* "indicator reporter/verifier" of a figure. */
static const char *people(struct expected_test *test, const char *unit, const char *element) {
    const struct expectation *const item = expected_find(test, unit, element);
    if (item == NULL)
        return NULL;
    CHECK_TEXT(item->reporter, baton_session_scheme(test->session)->unit[item->reporter_index].id);
    return arena_printf(test->arena, "%s %s/%s", item->indicator, item->reporter, item->verifier);
}

#define PEOPLE "id,name,weight,value,source,verifier\n"

TEST(expected_from_whom) {
    struct expected_test test;
    const struct expected_package package = {
        .scheme = "adjustments:\n  items:\n    - {id: more, kind: bonus, points: \"extra + "
                  "parent(gdp)\"}\n    - {id: late, kind: bonus, points: \"parent(jobs)\"}\n",
        .indicators = PEOPLE "rate,率,1,gdp/jobs/tax,o,p\n"   /* names gdp first */
                             "gdp,产值,1,,p,\n"               /* but this one decides */
                             "jobs,就业,1,,统计年鉴,nobody\n" /* no units */
                             "k,三,1,tax,p,o\n",
        .weights = WEIGHTS "group:office,rate,0\ngroup:office,gdp,0\nb,gdp,0\nb,rate,0\n"};
    if (!expected_begin(&test, &package))
        return;
    CHECK_TEXT(people(&test, "a", "gdp"), "gdp p/");
    CHECK_TEXT(people(&test, "a", "jobs"), "jobs a/");
    CHECK_TEXT(people(&test, "a", "tax"), "rate o/p");
    CHECK_TEXT(people(&test, "b", "tax"), "k p/o"); /* `rate` does not ask for b's */
    CHECK_TEXT(people(&test, "a", "extra"), " a/");
    CHECK_TEXT(people(&test, "county", "gdp"), "gdp p/"); /* as for the towns */
    CHECK_TEXT(people(&test, "county", "jobs"), "jobs county/");
    CHECK_TEXT(people(&test, "b", "gdp"), NULL);
    expected_end(&test);
}

/* Who asks for a figure: "leaf rate, leaf gdp". */
static const char *askers(struct expected_test *test, const char *unit, const char *element) {
    static const char *const by[] = {"leaf", "adjustment", "grade", "award"};
    const struct expectation *const item = expected_find(test, unit, element);
    const char *text = "";
    for (size_t i = 0; item != NULL && i < item->asker_count; i++)
        text = arena_printf(test->arena, "%s%s%s %s%s%s", text, i > 0 ? ", " : "",
                            by[item->asker[i]->by],
                            item->asker[i]->list != NULL ? item->asker[i]->list : "",
                            item->asker[i]->list != NULL ? "/" : "", item->asker[i]->id);
    return text;
}

TEST(expected_by_whom) {
    struct expected_test test;
    const struct expected_package package = {
        .scheme =
            "adjustments:\n  items:\n"
            "    - {id: more, kind: bonus, points: \"gdp - parent(gdp)\", when: \"gdp > 0\"}\n"
            "grades:\n  g:\n    - {id: good, when: \"gdp > 10\"}\n    - {id: poor}\n"
            "awards:\n  - {id: first, group: town, by: \"share(gdp)\", top: 1}\n"
            "groups:\n  - {id: town, grades: g}\n  - {id: office, grades: g}\n",
        .indicators = INDICATORS "rate,率,,1,,,,gdp/jobs + gdp,max_of(gdp) > 0\n"
                                 "gdp,产值,,1,,,,,\njobs,就业,,1,,,,,\n",
        .weights = WEIGHTS "group:office,rate,0\ngroup:office,gdp,0\nb,gdp,0\n"};
    if (!expected_begin(&test, &package))
        return;
    CHECK_TEXT(askers(&test, "a", "gdp"),
               "leaf rate, leaf gdp, adjustment more, grade g/good, award first");
    CHECK_TEXT(askers(&test, "b", "gdp"), "leaf rate, adjustment more, grade g/good, award first");
    CHECK_TEXT(askers(&test, "a", "jobs"), "leaf rate, leaf jobs");
    CHECK_TEXT(askers(&test, "o", "jobs"), "leaf jobs");
    CHECK_TEXT(askers(&test, "county", "gdp"), "adjustment more, award first");
    CHECK(expected_find(&test, "o", "gdp") == NULL);
    const struct expectation *const item = expected_find(&test, "a", "gdp");
    if (CHECK(item != NULL)) {
        CHECK_TEXT(item->asker[1]->at.file, "indicators.csv");
        CHECK_INT(item->asker[1]->at.row, 4);
        CHECK_TEXT(item->asker[2]->at.file, "scheme.yaml");
    }
    expected_end(&test);
}

#define OFTEN "id,name,weight,value,frequency\n"
#define FIGURES "unit,element,period,value\n"

/* clang-format off */
static const struct {
    const char *name, *indicators, *observations, *element;
    enum baton_period_kind frequency;
} frequencies[] = {
    {"the column of its leaf", OFTEN "tax,税,1,,quarter\n", FIGURES, "tax", BATON_QUARTER},
    {"also where another leaf names it first", OFTEN "rate,率,1,tax/gdp,half\ntax,税,1,,quarter\n", FIGURES, "tax", BATON_QUARTER},
    {"that of its figures", OFTEN "rate,率,1,tax/gdp,month\n", FIGURES "a,tax,2020-Q1,5\n", "tax", BATON_QUARTER},
    /* none of another kind could be added to them */
    {"of its figures rather than the column", OFTEN "tax,税,1,,quarter\n", FIGURES "a,tax,2020-01,5\n", "tax", BATON_MONTH},
    {"the first leaf that names it and has one", OFTEN "r1,一,1,tax+1,\nr2,二,1,tax,half\nr3,三,1,tax,year\n", FIGURES, "tax", BATON_HALF},
    {"the scheme's", OFTEN "r1,一,1,tax+1,\n", FIGURES, "tax", BATON_MONTH},
    {"each its own", OFTEN "rate,率,1,tax/gdp,half\n", FIGURES "a,tax,2020,5\n", "gdp", BATON_HALF},
    {"weeks", OFTEN "tax,税,1,,week\n", FIGURES, "tax", BATON_WEEK},
    {"days", OFTEN "tax,税,1,,\n", FIGURES "a,tax,2021-01-05,5\n", "tax", BATON_DAY},
};
/* clang-format on */

TEST(expected_how_often) {
    for (size_t i = 0; i < LENGTH(frequencies); i++) {
        struct expected_test test;
        CASE("%s", frequencies[i].name);
        const struct expected_package package = {.indicators = frequencies[i].indicators,
                                                 .observations = frequencies[i].observations};
        if (!expected_begin(&test, &package))
            continue;
        const struct expectation *const item = expected_find(&test, "a", frequencies[i].element);
        if (CHECK(item != NULL))
            CHECK_INT(item->frequency, frequencies[i].frequency);
        expected_end(&test);
    }
}

/* What is expected in a period. */
struct in_period {
    const char *period, *expected;
};

static void check_in(const struct expected_package *package, const struct in_period *in,
                     size_t count) {
    struct expected_test test;
    if (!expected_begin(&test, package))
        return;
    for (size_t i = 0; i < count; i++) {
        CASE("%s", in[i].period);
        CHECK_TEXT(expected_text_in(&test, in[i].period), in[i].expected);
    }
    expected_end(&test);
}

TEST(expected_in_period) {
    const struct expected_package package = {
        .indicators = OFTEN "m,月,1,,month\nq,季,1,,quarter\ny,年,1,,year\n",
        .units = "id,name,group,joined,left\n"
                 "all,一直,town,,\n"
                 "late,新设,town,2021-04,\n"
                 "gone,撤销,town,,2021-02\n"
                 "day,一日,town,2021-06-30,2021-07-01\n"
                 "half,半年,town,2021-H2,2022-Q1\n"
                 "o,统计局,office,,\n",
        .weights = WEIGHTS "group:office,m,0\ngroup:office,q,0\n"};
    static const struct in_period in[] = {
        {"2021-01", "all: m; gone: m"},
        {"2021-02", "all: m; gone: m"},
        {"2021-03", "all: m"},
        {"2021-04", "all: m; late: m"},
        {"2021-05", "all: m; late: m"},
        {"2021-06", "all: m; day: m; late: m"},
        {"2021-07", "all: m; day: m; half: m; late: m"},
        {"2021-08", "all: m; half: m; late: m"},
        {"2022-03", "all: m; half: m; late: m"},
        {"2022-04", "all: m; late: m"},
        {"2021-Q1", "all: q; gone: q"}, /* a part of it is enough */
        {"2021-Q2", "all: q; day: q; late: q"},
        {"2021", "all: y; day: y; gone: y; half: y; late: y; o: y"},
        {"2023", "all: y; late: y; o: y"},
        {"1990-12", "all: m; gone: m"},
        {"2021-H1", ""},
        {"2021-W10", ""},
        {"2021-02-28", ""},
    };
    check_in(&package, in, LENGTH(in));
}

/* e becomes g by the middle of March, f joins it later; h gives a fifth of itself to i and goes on; k hands itself on in two parts; l becomes n, which says itself when it joined and left. */
TEST(expected_after_successions) {
    const struct expected_package package = {
        .indicators = OFTEN "m,月,1,,month\n",
        .units = "id,name,group,joined,left\n"
                 "e,e,town,,\nf,f,town,,2021-01\ng,g,town,,\nh,h,town,,\ni,i,town,,\nk,k,town,,\n"
                 "k1,k1,town,,\nk2,k2,town,,\nl,l,town,,2021-05\nn,n,town,2021-02,2021-06\n"
                 "o,o,office,,\n",
        .weights = WEIGHTS "group:office,m,0\no,m,1\n",
        .successions = "from,to,date,share\nf,g,2021-04-20,\ne,g,2021-03-15,\nh,i,2021-04-01,0.2\n"
                       "k,k2,2021-05-01,0.7\nk,k1,2021-04-01,0.3\nl,n,2021-05-01,\n"};
    static const struct in_period in[] = {
        {"2021-01", "e: m; f: m; h: m; k: m; l: m; o: m"},
        {"2021-02", "e: m; h: m; k: m; l: m; n: m; o: m"},
        {"2021-03", "e: m; g: m; h: m; k: m; l: m; n: m; o: m"},
        {"2021-04", "g: m; h: m; i: m; k: m; k1: m; l: m; n: m; o: m"},
        {"2021-05", "g: m; h: m; i: m; k1: m; k2: m; l: m; n: m; o: m"},
        {"2021-06", "g: m; h: m; i: m; k1: m; k2: m; n: m; o: m"},
        {"2021-07", "g: m; h: m; i: m; k1: m; k2: m; o: m"},
    };
    check_in(&package, in, LENGTH(in));
}

TEST(expected_by_reporter_is_the_same_list) {
    struct expected_test test;
    const struct expected_package package = {
        .indicators = PEOPLE "gdp,产值,1,gdp - parent(gdp),p,\njobs,就业,1,,,\ntax,税,1,,p,\n",
        .weights = WEIGHTS "group:office,gdp,0\ngroup:office,tax,0\n"};
    const struct expected_owed *owed;
    if (!expected_begin(&test, &package))
        return;
    const size_t count = expected_by_reporter(test.arena, &test.all, &owed);
    const char *text = "";
    for (size_t i = 0; i < count; i++)
        text = arena_printf(test.arena, "%s%s [%s] ", text, owed[i].reporter,
                            expected_text(&test, &owed[i].figures));
    CHECK_TEXT(text, "a [a: jobs] b [b: jobs] o [o: jobs] "
                     "p [a: gdp tax; b: gdp tax; p: jobs; county: gdp] ");
    struct expected none = {.scheme = test.all.scheme};
    CHECK_INT(expected_by_reporter(test.arena, &none, &owed), 0);
    expected_end(&test);
}

/* Whatever order the rows of figures, units and weights stand in, and whether there are figures. */
TEST(expected_does_not_hang_on_rows) {
    static const struct expected_package packages[] = {
        {.indicators = OFTEN "rate,率,1,zinc/alum,month\ngdp,产值,1,parent(gdp) - gdp,month\n",
         .weights = WEIGHTS "o,gdp,0\np,rate,0\n"},
        {.indicators = OFTEN "rate,率,1,zinc/alum,month\ngdp,产值,1,parent(gdp) - gdp,month\n",
         .weights = WEIGHTS "p,rate,0\no,gdp,0\n",
         .units = "id,name,group,parent\np,财政局,office,county\nb1,乙一村,,b\nb,乙镇,town,county\n"
                  "o,统计局,office,county\na2,甲二村,,a\na1,甲一村,,a\ncounty,县,,\n"
                  "a,甲镇,town,county\n",
         .observations = FIGURES "b,gdp,2021-03,4\nb,alum,2021-01,4\na,zinc,2021-02,3\n"},
    };
    for (size_t i = 0; i < LENGTH(packages); i++) {
        struct expected_test test;
        CASE("package %zu", i);
        if (!expected_begin(&test, &packages[i]))
            continue;
        CHECK_TEXT(expected_text(&test, &test.all),
                   "a: zinc alum gdp; b: zinc alum gdp; o: zinc alum; p: gdp; county: gdp");
        expected_end(&test);
    }
}
