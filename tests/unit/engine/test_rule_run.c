/* What expressions give for each unit, where the value is missing, and where a division by zero is
 * behind that. */
#include "rule_world.h"
#include "test.h"

#define NONE NAN

/* clang-format off */
static const struct {
    const char *text;
    double want[WORLD_RANKED]; /* of a b c d in 2021 */
    const char *zero;          /* units whose value is missing because of a division by zero */
} cases[] = {
    /* figures: gdp 200 90 60 40, people 4 3 2 -, nil 0 0 - 2, debt has none */
    {"gdp / people", {50, 30, 30, NONE}, ""},
    {"gdp + debt", {NONE, NONE, NONE, NONE}, ""},
    {"-gdp", {-200, -90, -60, -40}, ""},
    {"0 * -gdp", {0, 0, 0, 0}, ""}, /* never -0 */
    {"-nil", {0, 0, NONE, -2}, ""},
    {"gdp / nil", {NONE, NONE, NONE, 20}, "ab"},
    {"gdp / (nil + debt)", {NONE, NONE, NONE, NONE}, ""},
    {"people / nil", {NONE, NONE, NONE, NONE}, "ab"}, /* c: nil, d: people is missing */
    {"debt / nil", {NONE, NONE, NONE, NONE}, ""},
    {"1 / 0", {NONE, NONE, NONE, NONE}, "abcd"},
    {"nil ^ -1", {NONE, NONE, NONE, 0.5}, "ab"},
    {"nil ^ 0", {1, 1, NONE, 1}, ""},
    {"debt ^ 0", {NONE, NONE, NONE, NONE}, ""},
    {"1 ^ debt", {NONE, NONE, NONE, NONE}, ""},
    {"(0 - gdp) ^ 0.5", {NONE, NONE, NONE, NONE}, ""},
    {"people ^ 0.5", {2, 1.7320508075688772, 1.4142135623730951, NONE}, ""},
    {"gdp ^ 2", {40000, 8100, 3600, 1600}, ""},
    {"(gdp / nil) * 2 + people", {NONE, NONE, NONE, NONE}, "ab"},
    {"1 / (gdp / nil)", {NONE, NONE, NONE, 0.05}, "ab"},
    {"10 ^ gdp ^ 9", {NONE, NONE, NONE, NONE}, ""}, /* not finite: missing, not zero */
    {"1 / 10 ^ (10 * gdp)", {NONE, NONE, NONE, NONE}, ""},
    {"exp(10 * gdp)", {NONE, NONE, 3.7730203009299397e260, 5.2214696897641443e173}, ""},
    /* log, sqrt */
    {"log(nil)", {NONE, NONE, NONE, 0.6931471805599453}, ""},
    {"log(-people)", {NONE, NONE, NONE, NONE}, ""},
    {"sqrt(people - 3)", {1, 0, NONE, NONE}, ""},
    {"round(exp(log(people) * 2), 9)", {16, 9, 4, NONE}, ""},
    /* comparisons, at 12 significant digits */
    {"gdp > 60", {1, 1, 0, 0}, ""},
    {"gdp >= 60", {1, 1, 1, 0}, ""},
    {"gdp < 60", {0, 0, 0, 1}, ""},
    {"gdp <= 60", {0, 0, 1, 1}, ""},
    {"gdp == 60", {0, 0, 1, 0}, ""},
    {"gdp != 60", {1, 1, 0, 1}, ""},
    {"people > 2", {1, 1, 0, NONE}, ""},
    {"people != 2", {1, 1, 0, NONE}, ""},
    {"0.1 + 0.2 == 0.3", {1, 1, 1, 1}, ""},
    {"gdp * 0.1 + gdp * 0.2 == gdp * 0.3", {1, 1, 1, 1}, ""},
    {"gdp * 0.1 + gdp * 0.2 > gdp * 0.3", {0, 0, 0, 0}, ""},
    {"gdp * 0.1 + gdp * 0.2 <= gdp * 0.3", {1, 1, 1, 1}, ""},
    {"100 * 0.17 / 0.17 >= 100", {1, 1, 1, 1}, ""},
    {"gdp * 1.00000000001 > gdp", {1, 1, 1, 1}, ""},
    {"gdp * 1.000000000001 > gdp", {0, 1, 1, 0}, ""},
    {"nil > 0", {0, 0, NONE, 1}, ""},
    {"nil >= 1e-300", {0, 0, NONE, 1}, ""},
    {"gdp / nil > 1", {NONE, NONE, NONE, 1}, "ab"},
    /* and, or, not with missing */
    {"people > 2 and gdp > 100", {1, 0, 0, 0}, ""},
    {"gdp > 30 and people > 2", {1, 1, 0, NONE}, ""},
    {"people > 2 or gdp > 30", {1, 1, 1, 1}, ""},
    {"gdp > 100 or people > 2", {1, 1, 0, NONE}, ""},
    {"not people > 2", {0, 0, 1, NONE}, ""},
    {"gdp / nil > 1 and gdp > 100", {NONE, 0, 0, 0}, "a"},
    {"gdp / nil > 1 or gdp > 100", {1, NONE, NONE, 1}, "b"},
    {"(gdp < 0 and people > 0) + 10 * (gdp > 0 or people > 0) + coalesce(gdp > 0 and people > 0, 7)",
     {11, 11, 11, 17}, ""},
    {"1 and gdp > 60", {1, 1, 0, 0}, ""},
    {"gdp > 60 or 0", {1, 1, 0, 0}, ""},
    /* if */
    {"if(gdp > 60, 1, 2)", {1, 1, 2, 2}, ""},
    {"if(people > 2, 1, 2)", {1, 1, 2, 2}, ""}, /* d: a missing condition is not met */
    {"if(gdp > 60, people, gdp)", {4, 3, 60, 40}, ""},
    {"if(nil == 0, 0, gdp / nil)", {0, 0, NONE, 20}, ""}, /* the branch not taken counts for nothing */
    {"if(nil == 0, gdp / nil, 0)", {NONE, NONE, 0, 0}, "ab"},
    {"if(gdp / nil > 1, 1, 2)", {2, 2, 2, 1}, ""},
    {"if(1, gdp, debt)", {200, 90, 60, 40}, ""},
    /* coalesce, present */
    {"coalesce(people, gdp)", {4, 3, 2, 40}, ""},
    {"coalesce(debt, people, 7)", {4, 3, 2, 7}, ""},
    {"coalesce(gdp / nil, 5)", {5, 5, 5, 20}, ""},
    {"coalesce(gdp / nil, debt)", {NONE, NONE, NONE, 20}, "ab"},
    {"100 * present(people)", {100, 100, 100, 0}, ""},
    {"present(gdp / nil)", {0, 0, 0, 1}, ""},
    {"present(level)", {1, 1, 0, 0}, ""},
    /* numbers */
    {"min(gdp, 70)", {70, 70, 60, 40}, ""},
    {"max(people, gdp, 70)", {200, 90, 70, NONE}, ""},
    {"clamp(gdp, 50, 100)", {100, 90, 60, 50}, ""},
    {"clamp(gdp, people, 100)", {100, 90, 60, NONE}, ""},
    {"clamp(gdp, 100, 50)", {50, 50, 50, 50}, ""}, /* the upper bound goes last */
    {"abs(60 - gdp)", {140, 30, 0, 20}, ""},
    {"round(gdp / 7)", {29, 13, 9, 6}, ""},
    {"round(gdp / 7, 2)", {28.57, 12.86, 8.57, 5.71}, ""},
    {"round(gdp / 7, -1)", {30, 10, 10, 10}, ""},
    {"round(people / 8 * -1)", {-1, 0, 0, NONE}, ""},
    {"round(gdp / 40, 0)", {5, 2, 2, 1}, ""}, /* 2.25, 1.5: half away from zero */
    {"floor(gdp / 7)", {28, 12, 8, 5}, ""},
    {"floor(-gdp / 7)", {-29, -13, -9, -6}, ""},
    {"floor(0.29 * 100)", {29, 29, 29, 29}, ""}, /* 28.999999999999996 */
    {"floor(gdp + 0.9999999)", {200, 90, 60, 40}, ""},
    {"bands(gdp, 100, 5, 60, 3, 0)", {5, 3, 3, 0}, ""},
    {"bands(people, 4, 5, 3, gdp, 1)", {5, 90, 1, NONE}, ""},
    {"bands(0.1 + 0.2, 0.3, 1, 0)", {1, 1, 1, 1}, ""},
    {"bands(gdp, debt, 5, 60, 3, 0)", {NONE, NONE, NONE, NONE}, ""},
    {"bands(gdp, 100, gdp / 0, 60, 3, 0)", {NONE, 3, 3, 0}, "a"},
    {"bands(gdp / nil, 20, 1, 0)", {NONE, NONE, NONE, 1}, "ab"},
    /* texts */
    {"level == 'A'", {1, 0, NONE, NONE}, ""},
    {"level != 'A'", {0, 1, NONE, NONE}, ""},
    {"if(gdp > 60, level, 'fair') == 'fair'", {0, 0, 1, 1}, ""},
    {"coalesce(level, 'poor') == 'poor'", {0, 0, 1, 1}, ""},
    {"'A' == 'A'", {1, 1, 1, 1}, ""},
    /* time: gdp 120 160 200 (a), 80 100 90 (b), 40 -50 60 (c), - 0 40 (d) */
    {"prev(gdp)", {160, 100, -50, 0}, ""},
    {"prev(gdp, 2)", {120, 80, 40, NONE}, ""},
    {"prev(prev(gdp))", {120, 80, 40, NONE}, ""},
    {"prev(gdp, 3)", {NONE, NONE, NONE, NONE}, ""},
    {"prev(1 / gdp)", {0.00625, 0.01, -0.02, NONE}, "d"},
    {"yoy(gdp)", {0.25, 90.0 / 100 - 1, NONE, NONE}, "d"}, /* c: a base below 0; d: of 0 */
    {"yoy(gdp) > 0", {1, 0, NONE, NONE}, "d"},
    {"yoy(gdp - 40)", {160.0 / 120 - 1, 50.0 / 60 - 1, NONE, NONE}, ""},
    {"yoy(people)", {NONE, NONE, NONE, NONE}, ""},
    {"prev(yoy(gdp))", {160.0 / 120 - 1, 0.25, -2.25, NONE}, ""},
    {"ytd(retail)", {78, NONE, NONE, NONE}, ""}, /* b and c have one month */
    {"ytd(gdp)", {200, 90, 60, 40}, ""},
    {"ytd(1 / (retail - 3))", {NONE, NONE, NONE, NONE}, "ab"},
    {"retail", {12, 3, NONE, NONE}, ""},
    {"prev(retail)", {11, NONE, NONE, NONE}, ""},
    {"prev(retail, 12)", {NONE, NONE, 8, NONE}, ""},
    {"retail + prev(gdp)", {172, 103, NONE, NONE}, ""}, /* each by its own frequency */
    {"last(census)", {7, 6, NONE, NONE}, ""},
    {"last(retail)", {12, 3, 8, NONE}, ""},
    {"last(census) + last(debt)", {NONE, NONE, NONE, NONE}, ""},
    {"last(level) == 'B'", {0, 1, NONE, NONE}, ""},
    {"mean_of(gdp, 1)", {200, 90, 60, 40}, ""},
    {"mean_of(gdp, 2)", {180, 95, 5, 20}, ""},
    {"mean_of(gdp, 3)", {160, 90, 50.0 / 3, NONE}, ""},
    {"mean_of(if(gdp == 120, 1e17, if(gdp == 160, 1, -1e17)), 3)", {0, -1e17, -1e17, -1e17}, ""}, /* earliest first */
    {"mean_of(gdp, 4)", {NONE, NONE, NONE, NONE}, ""},
    {"streak(gdp > 0)", {3, 3, 1, 1}, ""},
    {"streak(gdp >= 90)", {3, 2, 0, 0}, ""},
    {"streak(people > 2)", {1, 1, 0, 0}, ""},
    {"streak(retail > 9)", {3, 0, 0, 0}, ""},
    {"streak(1)", {3, 3, 3, 3}, ""}, /* back to the first period of the figures */
    {"streak(not debt > 1)", {0, 0, 0, 0}, ""},
    /* units: the city 500 450, streets of a 30 45 */
    {"parent(gdp)", {500, 500, 500, 500}, ""},
    {"parent(parent(gdp))", {NONE, NONE, NONE, NONE}, ""},
    {"children(gdp)", {75, NONE, NONE, NONE}, ""},
    {"parent(children(gdp))", {390, 390, 390, 390}, ""},
    {"parent(children(people))", {NONE, NONE, NONE, NONE}, ""},
    {"parent(children(coalesce(people, 0)))", {9, 9, 9, 9}, ""},
    {"parent(children(gdp / nil))", {NONE, NONE, NONE, NONE}, "abcd"},
    {"of(gdp, `320200`)", {500, 500, 500, 500}, ""},
    {"of(gdp, a1) + of(gdp, a2)", {75, 75, 75, 75}, ""},
    {"of(gdp / nil, a)", {NONE, NONE, NONE, NONE}, "abcd"},
    {"of(level, a) == level", {1, 0, NONE, NONE}, ""},
    {"share(gdp)", {0.4, 0.18, 0.12, 0.08}, ""},
    {"share(people)", {NONE, NONE, NONE, NONE}, ""},
    {"100 * (yoy(gdp) - parent(yoy(gdp)))", {100 * (0.25 - (500.0 / 450 - 1)), 100 * (90.0 / 100 - 1 - (500.0 / 450 - 1)), NONE, NONE}, "d"},
    /* the cohort */
    {"mean(gdp)", {97.5, 97.5, 97.5, 97.5}, ""},
    {"mean(people)", {3, 3, 3, 3}, ""},
    {"mean(debt)", {NONE, NONE, NONE, NONE}, ""},
    {"mean(gdp / nil)", {20, 20, 20, 20}, ""}, /* what is missing is left out */
    {"median(gdp)", {75, 75, 75, 75}, ""},
    {"median(people)", {3, 3, 3, 3}, ""},
    {"median(debt)", {NONE, NONE, NONE, NONE}, ""},
    {"trimmed_mean(gdp, 25%)", {75, 75, 75, 75}, ""},
    {"trimmed_mean(gdp, 0.24)", {97.5, 97.5, 97.5, 97.5}, ""},
    {"trimmed_mean(people, 49%)", {3, 3, 3, 3}, ""},
    {"trimmed_mean(people, 0.3333333333333)", {3, 3, 3, 3}, ""}, /* 0.9999999999999 of 3: at 12 digits 1 */
    {"trimmed_mean(debt, 0)", {NONE, NONE, NONE, NONE}, ""},
    {"sd(people)", {1, 1, 1, 1}, ""},
    {"sd(if(gdp == 200, gdp, debt))", {NONE, NONE, NONE, NONE}, "abcd"}, /* of a single figure */
    {"sd(debt)", {NONE, NONE, NONE, NONE}, ""},
    {"sd(0.1 * present(gdp))", {0, 0, 0, 0}, ""},
    {"min_of(gdp) + max_of(gdp)", {240, 240, 240, 240}, ""},
    {"min_of(debt)", {NONE, NONE, NONE, NONE}, ""},
    {"sum_of(gdp)", {390, 390, 390, 390}, ""},
    {"sum_of(gdp > 60)", {2, 2, 2, 2}, ""},
    {"count(people)", {3, 3, 3, 3}, ""},
    {"count(debt)", {0, 0, 0, 0}, ""},
    {"count(level)", {2, 2, 2, 2}, ""},
    {"rank(gdp)", {1, 2, 3, 4}, ""},
    {"100 * span(gdp)", {100, 31.25, 12.5, 0}, ""},
    {"rank(-gdp)", {4, 3, 2, 1}, ""},
    {"rank(people)", {1, 2, 3, NONE}, ""},
    {"rank(gdp >= 60)", {1, 1, 1, 4}, ""},
    {"rank(if(gdp > 60, 0.1 + 0.2, if(gdp == 60, 0.3, 0.2)))", {1, 1, 1, 4}, ""}, /* ties at 12 digits */
    {"rank(gdp, where: gdp < 100)", {NONE, 1, 2, 3}, ""},
    {"rank(gdp, where: people < 4)", {NONE, 1, 2, NONE}, ""},
    {"rank(gdp / nil)", {NONE, NONE, NONE, 1}, "ab"},
    {"rank(gdp / nil, where: gdp > 100)", {NONE, NONE, NONE, NONE}, "a"},
    {"rank(mean(gdp) - gdp)", {4, 3, 2, 1}, ""},
    {"mean(rank(gdp))", {2.5, 2.5, 2.5, 2.5}, ""},
    {"prev(rank(gdp))", {1, 2, 4, 3}, ""},
    {"rank(prev(gdp))", {1, 2, 4, 3}, ""},
    {"prev(mean(gdp))", {52.5, 52.5, 52.5, 52.5}, ""},
    {"gdp / mean(gdp) * mean(gdp) == gdp", {1, 1, 1, 1}, ""},
    /* results */
    {"event(accident)", {2, 0, 0, 0}, ""},
    {"prev(event(accident))", {0, 0, 0, 0}, ""},
    {"result(province, jiangnan, total) - 1", {80.26, 80.26, 80.26, 80.26}, ""},
    {"result(province, jiangnan, `a-b`)", {NONE, NONE, NONE, NONE}, ""},
    {"prev(result(province, jiangnan, total), 2)", {79.26, 79.26, 79.26, 79.26}, ""},
    {"elapsed * 100", {50, 50, 50, 50}, ""},
    {"x", {NONE, NONE, NONE, NONE}, ""}, /* no x in a value: an element without figures, with a warning */
};
/* clang-format on */

static void check_case(struct world *world, enum rule_place place, const char *text,
                       const double want[WORLD_RANKED], const char *zeros) {
    const struct rule *rule;
    double out[WORLD_UNITS], without[WORLD_UNITS];
    uint8_t zero[WORLD_UNITS] = {0};
    const struct rule_moment at = world_year(2021);
    if (!CHECK_INT(world_compile(world, place, text, &rule), BATON_OK))
        return;
    rule_run(rule, &world->env, &at, out, zero);
    CHECK_SAME(text, out, want, WORLD_RANKED);
    char got[WORLD_RANKED + 1] = "", *to = got;
    for (size_t u = 0; u < WORLD_RANKED; u++)
        if (zero[u] != 0)
            *to++ = world->scheme.unit[u].id[0];
    *to = '\0';
    CHECK_TEXT(got, zeros);
    for (size_t u = 0; u < WORLD_UNITS; u++)
        CHECK(zero[u] == 0 || isnan(out[u]));
    rule_run(rule, &world->env, &at, without, NULL);
    CHECK_SAME("without marks", without, out, WORLD_UNITS);
}

TEST(rule_values) {
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].text);
        struct world world;
        world_open(&world);
        check_case(&world, RULE_VALUE, cases[i].text, cases[i].want, cases[i].zero);
        world_close(&world);
    }
}

/* clang-format off */
static const struct {
    enum rule_place place;
    const char *text;
    double want[WORLD_RANKED];
    const char *zero;
} at_places[] = {
    /* x 118 90 118 -, target 100 100 0 -, lo 20, hi 120 */
    {RULE_METHOD, "100 * x / target", {118, 90, NONE, NONE}, "c"},
    {RULE_METHOD, "prev(x)", {108, 80, 108, NONE}, ""},
    {RULE_METHOD, "mean_of(x, 3)", {108, 80, 108, NONE}, ""},
    {RULE_METHOD, "streak(x > 100)", {2, 0, 2, 0}, ""},
    {RULE_METHOD, "`x`", {NONE, NONE, NONE, NONE}, ""}, /* the element of that name */
    {RULE_METHOD, "span(x)", {1, 0, 1, NONE}, ""},
    {RULE_METHOD, "span(target - 100 * (x > 0))", {1, 1, 0, NONE}, ""},
    {RULE_METHOD, "span(baseline)", {NONE, NONE, NONE, NONE}, "abc"}, /* all equal */
    {RULE_METHOD, "span(gdp / nil)", {NONE, NONE, NONE, NONE}, "abd"},
    {RULE_METHOD, "hi - lo", {100, 100, 100, 100}, ""},
    {RULE_VALUE, "baseline + target * 0", {80, 80, 80, NONE}, ""},
    {RULE_WHEN, "min_of(x) < max_of(x)", {1, 1, 1, 1}, ""},
    {RULE_WHEN, "count(gdp) >= 4 and lo < hi and elapsed > 0", {1, 1, 1, 1}, ""},
    {RULE_WHEN, "result(province, jiangnan, total) > 80", {1, 1, 1, 1}, ""},
    {RULE_WHEN, "prev(max_of(gdp)) > 150", {1, 1, 1, 1}, ""},
    {RULE_WHEN, "1", {1, 1, 1, 1}, ""},
    {RULE_ADJUST, "score - base", {2, 0, -2, NONE}, ""},
    {RULE_ADJUST, "node(economy) >= 74", {1, 1, 0, 0}, ""},
    {RULE_ADJUST, "node(`a-b`) - node(economy)", {5, 5, 5, 5}, ""},
    {RULE_ADJUST, "node(total)", {70, 69, 68, 67}, ""},
    {RULE_ADJUST, "prev(node(economy))", {65, 64, 63, 62}, ""},
    {RULE_ADJUST, "0.5 * event(accident)", {1, 0, 0, 0}, ""},
    {RULE_ADJUST, "10 * (gdp / 100 - parent(gdp) / 100)", {-30, -41, -44, -46}, ""},
    {RULE_GRADE, "score >= 77 and rank <= 2", {1, 1, 0, NONE}, ""},
    {RULE_GRADE, "prev_score", {85, 84, 83, 82}, ""},
    {RULE_GRADE, "prev_score(3)", {75, 74, 73, 72}, ""},
    {RULE_GRADE, "prev(prev_score)", {80, 79, 78, 77}, ""},
    {RULE_GRADE, "score - prev_score", {3, -7, -17, NONE}, ""},
    {RULE_GRADE, "prev_rank + prev_rank(2)", {7, 9, 11, 13}, ""},
    {RULE_GRADE, "prev_grade == 'good'", {1, 1, 1, 1}, ""},
    {RULE_GRADE, "prev_grade(2) == 'good'", {0, 0, 0, 0}, ""},
    {RULE_GRADE, "prev_grade == prev_grade(2)", {0, 0, 0, 0}, ""},
    {RULE_GRADE, "streak(score >= 70) >= 2", {1, 0, 0, 0}, ""},
    {RULE_AWARD, "grade == 'poor' or rank == 1", {1, 0, 1, NONE}, ""},
    {RULE_AWARD, "streak(grade == 'good')", {0, 3, 0, 0}, ""},
    {RULE_AWARD, "prev(grade) != grade", {0, 0, 0, NONE}, ""},
    {RULE_AWARD, "rank(score)", {1, 2, 3, NONE}, ""},
};
/* clang-format on */

TEST(rule_names_of_places) {
    for (size_t i = 0; i < LENGTH(at_places); i++) {
        CASE("%s", at_places[i].text);
        struct world world;
        world_open(&world);
        check_case(&world, at_places[i].place, at_places[i].text, at_places[i].want,
                   at_places[i].zero);
        world_close(&world);
    }
}

/* Cohorts that lie among each other: a and c (200, 60), b and d (90, 40); c then takes no part. */
TEST(rule_cohorts) {
    static const struct {
        const char *text;
        uint32_t absent;
        double want[WORLD_RANKED];
    } cohorts[] = {
        {"mean(gdp)", BATON_NONE, {130, 65, 130, 65}},
        {"rank(gdp)", BATON_NONE, {1, 1, 2, 2}},
        {"median(gdp)", BATON_NONE, {130, 65, 130, 65}},
        {"count(people)", BATON_NONE, {2, 1, 2, 1}},
        {"sum_of(people)", BATON_NONE, {6, 3, 6, 3}},
        {"max_of(gdp) - min_of(gdp)", BATON_NONE, {140, 50, 140, 50}},
        {"trimmed_mean(gdp, 0.4)", BATON_NONE, {130, 65, 130, 65}},
        {"mean(gdp)", 2, {200, 65, NAN, 65}},
        {"rank(gdp)", 2, {1, 1, NAN, 2}},
        {"count(gdp)", 2, {1, 2, NAN, 2}},
        {"parent(children(gdp))", 2, {330, 330, 330, 330}},
        {"children(gdp)", 6, {30, NAN, NAN, NAN}},
    };
    for (size_t i = 0; i < LENGTH(cohorts); i++) {
        CASE("%s, %u absent", cohorts[i].text, cohorts[i].absent);
        struct world world;
        world_open(&world);
        world.two_cohorts = true;
        world.absent = cohorts[i].absent;
        check_case(&world, RULE_VALUE, cohorts[i].text, cohorts[i].want, "");
        world_close(&world);
    }
}

/* The panel 2019..2021: gdp 120 80 40 -, 160 100 -50 0, 200 90 60 40. */
TEST(rule_panel) {
    static const struct {
        const char *text;
        double want[WORLD_RANKED];
        const char *zero;
    } panel[] = {
        {"count(gdp)", {11, 11, 11, 11}, ""},
        {"sum_of(gdp)", {840, 840, 840, 840}, ""},
        {"mean(gdp)", {840.0 / 11, 840.0 / 11, 840.0 / 11, 840.0 / 11}, ""},
        {"min_of(gdp)", {-50, -50, -50, -50}, ""},
        {"median(gdp)", {80, 80, 80, 80}, ""},
        {"rank(gdp)", {1, 5, 7, 8}, ""},
        {"prev(rank(gdp))", {2, 4, 11, 10}, ""},
        {"rank(gdp, where: gdp > 50)", {1, 5, 7, NAN}, ""},
        {"prev(mean(gdp))", {840.0 / 11, 840.0 / 11, 840.0 / 11, 840.0 / 11}, ""},
        {"max_of(prev(gdp))", {160, 160, 160, 160}, ""},
        {"span(gdp)", {1, 140.0 / 250, 110.0 / 250, 90.0 / 250}, ""},
        {"rank(1 / gdp)", {9, 5, 3, 1}, ""}, /* of ten: d has none in 2019 and 2020 */
    };
    const struct rule_moment moments[] = {world_year(2019), world_year(2020), world_year(2021)};
    for (size_t i = 0; i < LENGTH(panel); i++) {
        CASE("%s", panel[i].text);
        struct world world;
        world_open(&world);
        world.env.panel = moments;
        world.env.panel_count = LENGTH(moments);
        check_case(&world, RULE_METHOD, panel[i].text, panel[i].want, panel[i].zero);
        world_close(&world);
    }
}

/* span() between the columns lo and hi (20, 120) where the method is fixed; it clamps nothing. */
TEST(rule_span_fixed) {
    struct world world;
    world_open(&world);
    world.env.span_fixed = true;
    check_case(&world, RULE_METHOD, "span(x)", (const double[]){0.98, 0.7, 0.98, NAN}, "");
    check_case(&world, RULE_METHOD, "span(gdp)", (const double[]){1.8, 0.7, 0.4, 0.2}, "");
    check_case(&world, RULE_METHOD, "span(gdp / nil)", (const double[]){NAN, NAN, NAN, 0}, "ab");
    world_close(&world);
}

/* Without `x` a month decides which figures there are yet. */
TEST(rule_moments) {
    struct world world;
    world_open(&world);
    const struct rule *rule;
    double out[WORLD_UNITS];
    const struct rule_moment june = {.period = {.year = 2021, .index = 6, .kind = BATON_MONTH}};
    world_compile(&world, RULE_VALUE, "ytd(retail)", &rule);
    rule_run(rule, &world.env, &june, out, NULL);
    CHECK_DOUBLE(out[0], 21);
    world_compile(&world, RULE_VALUE, "gdp", &rule); /* the figure of the year is not due in June */
    rule_run(rule, &world.env, &june, out, NULL);
    CHECK_DOUBLE(out[0], NAN);
    world_compile(&world, RULE_VALUE, "last(gdp)", &rule);
    rule_run(rule, &world.env, &june, out, NULL);
    CHECK_DOUBLE(out[0], 160);
    world_compile(&world, RULE_VALUE, "ytd(gdp)", &rule); /* no period yet: nothing to add */
    rule_run(rule, &world.env, &june, out, NULL);
    CHECK_DOUBLE(out[0], NAN);
    world_compile(&world, RULE_VALUE, "streak(gdp > 0)", &rule);
    rule_run(rule, &world.env, &june, out, NULL);
    CHECK_DOUBLE(out[0], 0);
    world_close(&world);
}

/* A run gives back what it takes, and adds to the marks that are there. */
TEST(rule_run_leaves_nothing) {
    struct world world;
    world_open(&world);
    const struct rule *rule;
    double out[WORLD_UNITS];
    uint8_t zero[WORLD_UNITS] = {0, 0, 0, 1, 0, 0, 0};
    const struct rule_moment at = world_year(2021);
    world_compile(&world, RULE_VALUE, "gdp / nil + rank(gdp) + ytd(gdp) + children(gdp)", &rule);
    const struct arena_mark before = arena_mark(world.arena);
    rule_run(rule, &world.env, &at, out, zero);
    const struct arena_mark after = arena_mark(world.arena);
    CHECK(before.block == after.block && before.used == after.used && before.big == after.big);
    CHECK_INT(zero[0] + zero[1], 2);
    CHECK_INT(zero[2], 0);
    CHECK_INT(zero[3], 1);
    world_close(&world);
}

/* The same input of a program is read once. */
TEST(rule_reads_once) {
    struct world world;
    world_open(&world);
    const struct rule *rule;
    double out[WORLD_UNITS];
    const struct rule_moment at = world_year(2021);
    world_compile(&world, RULE_VALUE, "(gdp - mean(gdp)) / mean(gdp) + gdp + `gdp`", &rule);
    rule_run(rule, &world.env, &at, out, NULL);
    CHECK_INT(world.elements_read, 2); /* gdp itself, and inside of the mean */
    world_close(&world);
}

/* Inside of a function over time what a name stands for may differ (x is untreated), also in the present period. */
TEST(rule_time_is_always_moved) {
    static const char *const texts[] = {"mean_of(x, 2)", "yoy(x)",  "streak(x > 1)", "last(x)",
                                        "ytd(x)",        "prev(x)", "prev(mean(x))"};
    struct world world;
    world_open(&world);
    double out[WORLD_UNITS];
    const struct rule_moment at = world_year(2021);
    for (size_t i = 0; i < LENGTH(texts); i++) {
        CASE("%s", texts[i]);
        const struct rule *rule;
        CHECK_INT(world_compile(&world, RULE_METHOD, texts[i], &rule), BATON_OK);
        rule_run(rule, &world.env, &at, out, NULL);
        CHECK_INT(world.names_read_unmoved, 0);
    }
    const struct rule *rule;
    world_compile(&world, RULE_METHOD, "x + prev(x)", &rule);
    rule_run(rule, &world.env, &at, out, NULL);
    CHECK_INT(world.names_read_unmoved, 1);
    world_close(&world);
}

static const double *view(void *context, uint32_t element, const struct rule_moment *at) {
    static const double figures[WORLD_UNITS] = {1, 2, 3, 4, 5, 6, 7};
    (void)context;
    return element == 0 && at->move_count == 0 ? figures : NULL;
}

TEST(rule_reads_without_a_copy) {
    struct world world;
    world_open(&world);
    world.env.element_view = view;
    const struct rule *rule;
    double out[WORLD_UNITS];
    const struct rule_moment at = world_year(2021);
    world_compile(&world, RULE_VALUE, "gdp", &rule);
    rule_run(rule, &world.env, &at, out, NULL);
    CHECK_INT(world.elements_read, 0);
    CHECK_DOUBLE(out[6], 7);
    world_compile(&world, RULE_VALUE, "gdp + prev(gdp) * 0", &rule);
    rule_run(rule, &world.env, &at, out, NULL);
    CHECK_INT(world.elements_read, 1);
    CHECK_DOUBLE(out[3], 4);
    world_close(&world);
}
