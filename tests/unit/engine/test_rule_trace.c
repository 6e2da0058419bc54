/* An expression again with values for its names, and what was read for it. */
#include "rule_world.h"
#include "test.h"

/* The operands as one text: kind, text, unit, period, origin, value. */
static const char *operands_text(const struct world *world, const struct rule_traced *traced) {
    static const char *const kinds[] = {
        [RULE_OF_ELEMENT] = "element", [RULE_OF_NAME] = "name",     [RULE_OF_NODE] = "node",
        [RULE_OF_EVENT] = "event",     [RULE_OF_RESULT] = "result", [RULE_OF_COHORT] = "cohort",
        [RULE_OF_WHERE] = "where",
    };
    const char *text = "";
    for (uint32_t i = 0; i < traced->operand_count; i++) {
        const struct rule_operand *operand = &traced->operand[i];
        char value[BATON_NUMBER_SHORTEST_SIZE], period[BATON_PERIOD_NAME_SIZE] = "";
        baton_number_shortest(operand->figure.value, value);
        baton_period_format(operand->figure.period, period);
        text = arena_printf(
            world->arena, "%s%s%s %s %s%s%s%s %s", text, i > 0 ? "; " : "", kinds[operand->kind],
            operand->text, world->scheme.unit[operand->unit].id, period[0] != '\0' ? " " : "",
            period, operand->figure.origin > 0 ? "*" : "", operand->is_text ? "'" : value);
    }
    return text;
}

/* clang-format off */
static const struct {
    enum rule_place place;
    uint32_t unit;
    const char *text, *with_values, *operands;
} cases[] = {
    {RULE_VALUE, 0, "gdp / people", "200 / 4", "element gdp a 2021* 200; element people a 2021* 4"},
    {RULE_VALUE, 3, "gdp / people", "40 / —", "element gdp d 2021* 40; element people d 2021 "},
    {RULE_VALUE, 0, " 2*gdp  +`a-b` ", " 2*200  +5 ", "element gdp a 2021* 200; element `a-b` a 2021* 5"},
    {RULE_VALUE, 0, "gdp - gdp", "200 - 200", "element gdp a 2021* 200"},
    {RULE_VALUE, 0, "1 + 2", "1 + 2", ""},
    {RULE_VALUE, 2, "1 - prev(gdp) + prev(gdp)^2", "1 - prev(-50) + prev(-50)^2", "element prev(gdp) c 2020* -50"},
    {RULE_VALUE, 0, "yoy(gdp)", "yoy(0.25)", "element yoy(gdp) a 2020* 160; element yoy(gdp) a 2021* 200"},
    {RULE_VALUE, 0, "100 * yoy(gdp - 40)", "100 * yoy(0.33333333333333326)",
     "element gdp a 2020* 160; element gdp a 2021* 200"},
    {RULE_VALUE, 0, "ytd(gdp)", "ytd(200)", "element ytd(gdp) a 2021* 200"},
    {RULE_VALUE, 1, "last(census)", "last(6)", "element last(census) b 2020* 6"},
    {RULE_VALUE, 2, "last(census)", "last(—)", ""},
    {RULE_VALUE, 0, "mean_of(gdp, 2)", "mean_of(180)", "element mean_of(gdp, 2) a 2020* 160; element mean_of(gdp, 2) a 2021* 200"},
    {RULE_VALUE, 1, "streak(gdp >= 90)", "streak(2)",
     "element gdp b 2019* 80; element gdp b 2020* 100; element gdp b 2021* 90"},
    {RULE_VALUE, 0, "gdp - parent(gdp)", "200 - parent(500)", "element gdp a 2021* 200; element parent(gdp) 320200 2021* 500"},
    {RULE_VALUE, 0, "parent(prev(gdp))", "parent(450)", "element prev(gdp) 320200 2020* 450"},
    {RULE_VALUE, 0, "prev(parent(gdp))", "prev(450)", "element parent(gdp) 320200 2020* 450"},
    {RULE_VALUE, 4, "parent(gdp)", "parent(—)", ""},
    {RULE_VALUE, 0, "children(gdp)", "children(75)", "element children(gdp) a1 2021* 30; element children(gdp) a2 2021* 45"},
    {RULE_VALUE, 1, "of(gdp, `320200`)", "of(500)", "element of(gdp, `320200`) 320200 2021* 500"},
    {RULE_VALUE, 0, "share(gdp)", "share(0.4)", "element share(gdp) a 2021* 200; element share(gdp) 320200 2021* 500"},
    {RULE_VALUE, 1, "gdp / mean(gdp)", "90 / mean(97.5)", "element gdp b 2021* 90; cohort mean(gdp) b 97.5"},
    {RULE_VALUE, 1, "rank(gdp, where: people > 1)", "rank(2)", "cohort rank(gdp, where: people > 1) b 2; element gdp b 2021* 90"},
    {RULE_VALUE, 0, "if(level == 'A', max(gdp, 7), 0)", "if('A' == 'A', max(200, 7), 0)", "element level a 2021* '; element gdp a 2021* 200"},
    {RULE_VALUE, 0, "result(province, jiangnan, total) / 2", "result(81.26) / 2", "result result(province, jiangnan, total) a 81.26"},
    {RULE_VALUE, 0, "ratio * prev(half)", "50 * prev(80)",
     "element ratio a 50; element gdp a 2021* 200; element people a 2021* 4; element prev(half) a 80; element gdp a 2020* 160"},
    {RULE_METHOD, 2, "x - prev(x) * lo", "118 - prev(108) * 20", "name x c 118; name prev(x) c 108; name lo c 20"},
    {RULE_METHOD, 1, "100 * span(x)", "100 * span(0)", "cohort span(x) b 0; name x b 90"},
    {RULE_METHOD, 2, "x / target", "118 / 0", "name x c 118; name target c 0"},
    {RULE_ADJUST, 0, "if(node(economy) >= 60, event(accident), 0)", "if(node(75) >= 60, event(2), 0)",
     "node node(economy) a 75; event event(accident) a 2"},
    {RULE_ADJUST, 2, "2 * (score - base) + -base", "2 * (66 - 68) + -68", "name score c 66; name base c 68"},
    {RULE_AWARD, 0, "grade == 'good' or prev_grade(2) == 'fair' and prev_score > prev_score(2)",
     "'excellent' == 'good' or prev_grade('fair') == 'fair' and 85 > prev_score(80)",
     "name grade a '; name prev_grade(2) a '; name prev_score a 85; name prev_score(2) a 80"},
};
/* clang-format on */

TEST(rule_traces) {
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s of %u", cases[i].text, cases[i].unit);
        struct world world;
        world_open(&world);
        world_name(&world, "ratio", "gdp / people");
        world_name(&world, "half", "gdp / 2");
        world_compile_elements(&world);
        const struct rule *rule;
        const struct rule_moment at = world_year(2021);
        struct rule_traced traced;
        double out[WORLD_UNITS];
        if (CHECK_INT(world_compile(&world, cases[i].place, cases[i].text, &rule), BATON_OK)) {
            rule_trace(world.arena, rule, &world.env, &at, cases[i].unit, &traced);
            rule_run(rule, &world.env, &at, out, NULL);
            CHECK_TEXT(traced.text, cases[i].text);
            CHECK_TEXT(traced.with_values, cases[i].with_values);
            CHECK_TEXT(operands_text(&world, &traced), cases[i].operands);
            CHECK_DOUBLE(traced.value, out[cases[i].unit]);
        }
        world_close(&world);
    }
}

/* Negative values behind operators, and in front of a power, stand in brackets. */
TEST(rule_trace_brackets) {
    struct world world;
    world_open(&world);
    world_name(&world, "low", "gdp - 250"); /* -50 */
    world_compile_elements(&world);
    static const char *const texts[][2] = {
        {"low", "-50"},           {"2 - low", "2 - (-50)"}, {"2 *low", "2 *(-50)"},
        {"low ^ 2", "(-50) ^ 2"}, {"abs(low)", "abs(-50)"}, {"low < -low", "-50 < -(-50)"},
        {"(low)", "(-50)"},
    };
    for (size_t i = 0; i < LENGTH(texts); i++) {
        const struct rule *rule;
        struct rule_traced traced;
        const struct rule_moment at = world_year(2021);
        CHECK_INT(world_compile(&world, RULE_VALUE, texts[i][0], &rule), BATON_OK);
        rule_trace(world.arena, rule, &world.env, &at, 0, &traced);
        CHECK_TEXT(traced.with_values, texts[i][1]);
    }
    world_close(&world);
}

TEST(rule_trace_of_where) {
    struct world world;
    world_open(&world);
    const struct rule *p, *rule;
    const char *const names[] = {"p"};
    world_compile(&world, RULE_METHOD, "100 * x / target", &p);
    world.scope.where_name = names;
    world.scope.where_rule = &p;
    world.scope.where_count = 1;
    world_compile(&world, RULE_METHOD, "min(p, 130) - 100", &rule);
    struct rule_traced traced;
    const struct rule_moment at = world_year(2021);
    rule_trace(world.arena, rule, &world.env, &at, 0, &traced);
    CHECK_TEXT(traced.with_values, "min(118, 130) - 100");
    CHECK_TEXT(operands_text(&world, &traced), "where p a 118; name x a 118; name target a 100");
    world_close(&world);
}

/* Long looks back and named elements that name each other often come to an end. */
TEST(rule_trace_has_an_end) {
    struct world world;
    world_open(&world);
    world_name(&world, "n0", "gdp");
    for (int i = 1; i <= 60; i++)
        world_name(&world, arena_printf(world.arena, "n%d", i),
                   arena_printf(world.arena, "n%d + n%d / 3", i - 1, i - 1));
    CHECK_INT(world_compile_elements(&world), BATON_OK);
    static const char *const texts[] = {"n60", "mean_of(retail, 9999) + n3"};
    for (size_t i = 0; i < LENGTH(texts); i++) {
        const struct rule *rule;
        struct rule_traced traced;
        const struct rule_moment at = world_year(2021);
        CHECK_INT(world_compile(&world, RULE_VALUE, texts[i], &rule), BATON_OK);
        rule_trace(world.arena, rule, &world.env, &at, 0, &traced);
        CHECK(traced.operand_count <= RULE_OPERANDS_MAX);
        CHECK(traced.operand_count > 10);
        CHECK(strchr(traced.with_values, 'n') == NULL || i == 1);
    }
    world_close(&world);
}
