/* The register over two assessments: what is asked twice, and the burden. */
#include "expected_fixture.h"
#include "flow/burden.h"
#include "flow/register_twice.h"
#include "unit/test.h"
#include <string.h>

static const struct {
    const char *name, *measure, *want;
} names[] = {
    {"固定资产 投资（万元）", "万元", "固定资产投资"},
    {"固定资产投资(亿元)", NULL, "固定资产投资"},
    {"“三农”投入", NULL, "三农投入"},
    {"ＧＤＰ　增速（%）", "%", "gdp增速"},
    {"PM2.5 平均浓度（微克/立方米）", "微克/立方米", "pm25平均浓度"},
    {"收入（不含税）", "万元", "收入不含税"}, /* what is in brackets is no measure */
    {"（万元）", "万元", "万元"},             /* nothing else is there */
    {"Growth of output", NULL, "growthofoutput"},
    {"", NULL, ""},
};

TEST(names_are_compared_without_what_differs_by_hand) {
    struct baton_arena *const arena = arena_open();
    for (size_t i = 0; i < LENGTH(names); i++) {
        CASE("%s", names[i].name);
        CHECK_TEXT(twice_name(arena, names[i].name, names[i].measure), names[i].want);
    }
    arena_close(arena);
}

static const struct {
    const char *measure;
    int power;
    const char *base;
} measures[] = {{"万元", 4, "元"}, {"亿元", 8, "元"},  {"元", 0, "元"},
                {"万", 0, "万"},   {"%", 0, "%"},      {"万标箱", 4, "标箱"},
                {NULL, 0, ""},     {"千 吨", 3, "吨"}, {"十万人", 5, "人"}};

TEST(measures_have_a_scale) {
    struct baton_arena *const arena = arena_open();
    for (size_t i = 0; i < LENGTH(measures); i++) {
        const char *base = NULL;
        CASE("%s", measures[i].measure == NULL ? "none" : measures[i].measure);
        CHECK_INT(twice_measure(arena, measures[i].measure, &base), measures[i].power);
        CHECK_TEXT(base, measures[i].base);
    }
    arena_close(arena);
}

TEST(similar_names_share_their_pairs_of_characters) {
    CHECK_DOUBLE(twice_similar("固定资产投资", "固定资产投资"), 1);
    CHECK_DOUBLE(twice_similar("固定资产投资", "外贸进出口"), 0);
    CHECK_DOUBLE(twice_similar("abc", "abd"), 0.5);
    CHECK_DOUBLE(twice_similar("人", "人"), 1);
    CHECK_DOUBLE(twice_similar("", ""), 0);
    CHECK(twice_similar("固定资产投资", "固定资产投资额") > 0.9);
}

/* ---- Two assessments of the towns of expected_fixture.h. */

#define HEAD "id,name,name_en,parent,weight,method,frequency,source,measure\n"

/* Months 1 to 8 of an element of a and b: `first` + 3 a month, b ten more, times `scale`. */
static const char *rows(struct baton_arena *arena, const char *element, int first, int scale) {
    const char *text = "";
    for (int month = 1; month <= 8; month++)
        text = arena_printf(arena, "%sa,%s,2021-%02d,%d\nb,%s,2021-%02d,%d\n", text, element, month,
                            (first + 3 * month) * scale, element, month,
                            (first + 3 * month + 10) * scale);
    return text;
}

struct pair_test {
    struct expected_test side[2];
    struct figure_register of;
    struct register_source source[2];
    struct sharings sharings;
};

static bool begin(struct pair_test *t, const char *const indicators[2],
                  const char *const observations[2]) {
    static const char *const id[2] = {"city", "heat"};
    *t = (struct pair_test){0};
    for (int i = 0; i < 2; i++) {
        if (!expected_begin(&t->side[i],
                            &(struct expected_package){.indicators = indicators[i],
                                                       .observations = observations[i]}))
            return false;
        t->source[i] = (struct register_source){.assessment = id[i], .session = t->side[i].session};
    }
    return true;
}

static void make(struct pair_test *t) {
    register_make(t->side[0].arena, t->source, 2, &t->sharings, &t->of);
}

static void end(struct pair_test *t) {
    for (int i = 0; i < 2; i++)
        expected_end(&t->side[i]);
}

/* "element other: evidence (agreeing/compared) x10^shift sure", one a line. */
static const char *told(struct pair_test *t) {
    struct baton_arena *const arena = t->side[0].arena;
    const struct twice *twice;
    const char *text = "";
    const size_t count = register_twice(arena, &t->of, &twice);
    for (size_t i = 0; i < count; i++) {
        text = arena_printf(arena, "%s%s %s:", text, twice[i].side[0]->as->element,
                            twice[i].side[1]->as->element);
        for (int e = 0; e < TWICE_KINDS; e++)
            if ((twice[i].evidence >> e & 1) != 0)
                text = arena_printf(arena, "%s %s", text, twice_evidence_word(1u << e));
        text = arena_printf(arena, "%s %zu/%zu %d %s%s\n", text, twice[i].agreeing,
                            twice[i].compared, twice[i].shift, twice_sure_word(twice[i].sure),
                            twice[i].is_shared ? " shared" : "");
    }
    return text;
}

static const struct {
    const char *name;
    const char *left, *right; /* a leaf */
    const char *left_element, *right_element;
    int left_first, right_first, scale; /* scale 0 = the other has no figures */
    const char *want;
} pairs[] = {
    {"the same name and numbers in another unit of measurement",
     "invest,固定资产投资,Investment,root,1,,month,,亿元\n",
     "fixed,固定资产 投资（万元）,Fixed assets,root,1,,month,,万元\n", "invest", "fixed", 7, 7,
     10000, "invest fixed: name values 16/16 4 certain\n"},
    {"the same id, and no numbers yet", "jobs,就业,Jobs,root,1,,month,,人\n",
     "jobs,新增岗位,New posts,root,1,,month,,人\n", "jobs", "jobs", 7, 0, 0,
     "jobs jobs: element 0/0 0 likely\n"},
    {"the same name, other numbers", "one,就业人数,Jobs,root,1,,month,,人\n",
     "two,就业人数,Employed,root,1,,month,,人\n", "one", "two", 7, 8, 1,
     "one two: name differs 0/16 0 possible\n"},
    {"the same name of other things", "one,总量,Total,root,1,,month,,人\n",
     "two,总量,Sum,root,1,,month,,吨\n", "one", "two", 7, 8, 1, ""},
    {"the same numbers under other names", "one,就业,Jobs,root,1,,month,,人\n",
     "two,岗位,Posts,root,1,,month,,人\n", "one", "two", 7, 7, 1,
     "one two: values 16/16 0 likely\n"},
    {"nothing in common", "one,就业,Jobs,root,1,,month,,人\n", "two,岗位,Posts,root,1,,month,,人\n",
     "one", "two", 7, 8, 1, ""},
    {"one source, similar names", "one,规上工业增加值,Industry value added,root,1,,month,o,\n",
     "two,规上工业增加值额,Industry value added all,root,1,,month,o,\n", "one", "two", 7, 0, 0,
     "one two: source 0/0 0 possible\n"},
};

TEST(what_is_asked_twice_is_found) {
    for (size_t i = 0; i < LENGTH(pairs); i++) {
        struct baton_arena *const arena = arena_open();
        struct pair_test t;
        CASE("%s", pairs[i].name);
        const char *const root = "root,合计,All,,100,,,,\n", *const columns =
                                                                 "unit,element,period,value\n";
        const char *const indicators[2] = {
            arena_printf(arena, "%s%s%s", HEAD, root, pairs[i].left),
            arena_printf(arena, "%s%s%s", HEAD, root, pairs[i].right)};
        const char *const observations[2] = {
            arena_printf(arena, "%s%s", columns,
                         rows(arena, pairs[i].left_element, pairs[i].left_first, 1)),
            arena_printf(arena, "%s%s", columns,
                         pairs[i].scale == 0 ? ""
                                             : rows(arena, pairs[i].right_element,
                                                    pairs[i].right_first, pairs[i].scale))};
        if (begin(&t, indicators, observations)) {
            make(&t);
            CHECK_TEXT(told(&t), pairs[i].want);
            end(&t);
        }
        arena_close(arena);
    }
}
