/* What a compiled rule says of itself, and how named elements and names of `where` are put
 * together. */
#include "rule_world.h"
#include "test.h"
#include <stdio.h>

/* The elements that a rule uses, one after the other. */
static const char *elements_text(struct world *world, const struct rule_uses *uses) {
    const char *text = "";
    for (uint32_t i = 0; i < uses->element_count; i++)
        text = arena_printf(world->arena, "%s%s%s", text, i > 0 ? " " : "",
                            world->scheme.element[uses->element[i]].id);
    return text;
}

/* clang-format off */
static const struct {
    enum rule_place place;
    const char *text, *elements;
    bool cohort, earlier, time, is_text, condition;
    uint32_t moves;
} uses[] = {
    {RULE_VALUE, "gdp / people + gdp", "gdp people", false, false, false, false, false, 0},
    {RULE_VALUE, "ratio + retail", "gdp people retail", false, false, false, false, false, 0},
    {RULE_VALUE, "growing", "gdp", false, false, true, false, true, 2},
    {RULE_VALUE, "prev(growing)", "gdp", false, false, true, false, true, 3},
    {RULE_VALUE, "mean(gdp) > 1", "gdp", true, false, false, false, true, 0},
    {RULE_VALUE, "count(level) * of(debt, b)", "level debt", true, false, false, false, false, 0},
    {RULE_VALUE, "rank(gdp, where: people > 1)", "gdp people", true, false, false, false, false, 0},
    {RULE_VALUE, "last(yoy(prev(gdp)))", "gdp", false, false, true, false, false, 4},
    {RULE_VALUE, "if(gdp > 1, level, 'A')", "gdp level", false, false, false, true, false, 0},
    {RULE_VALUE, "if(gdp > 1, 1, 0)", "gdp", false, false, false, false, true, 0},
    {RULE_VALUE, "if(gdp > 1, 1, 2)", "gdp", false, false, false, false, false, 0},
    {RULE_VALUE, "prev(target)", "", false, true, true, false, false, 1},
    {RULE_VALUE, "prev(lo)", "", false, false, true, false, false, 1},
    {RULE_METHOD, "100 * x / span(target)", "", true, false, false, false, false, 0},
    {RULE_METHOD, "prev(x)", "", false, true, true, false, false, 1},
    {RULE_ADJUST, "node(economy) > score", "", false, false, false, false, true, 0},
    {RULE_ADJUST, "prev(node(economy))", "", false, true, true, false, false, 1},
    {RULE_GRADE, "prev_rank == 1", "", false, true, false, false, true, 0},
    {RULE_GRADE, "prev_score(2)", "", false, true, true, false, false, 0},
    {RULE_AWARD, "grade", "", false, false, false, true, false, 0},
};
/* clang-format on */

TEST(rule_uses) {
    for (size_t i = 0; i < LENGTH(uses); i++) {
        CASE("%s", uses[i].text);
        struct world world;
        world_open(&world);
        world_name(&world, "ratio", "gdp / people");
        world_name(&world, "growing", "prev(yoy(gdp)) > 0");
        CHECK_INT(world_compile_elements(&world), BATON_OK);
        const struct rule *rule;
        if (CHECK_INT(world_compile(&world, uses[i].place, uses[i].text, &rule), BATON_OK)) {
            const struct rule_uses *got = rule_uses(rule);
            CHECK_TEXT(rule_text(rule), uses[i].text);
            CHECK_TEXT(elements_text(&world, got), uses[i].elements);
            CHECK_INT(got->cohort, uses[i].cohort);
            CHECK_INT(got->earlier, uses[i].earlier);
            CHECK_INT(got->time, uses[i].time);
            CHECK_INT(got->text, uses[i].is_text);
            CHECK_INT(got->condition, uses[i].condition);
            CHECK_INT(got->moves, uses[i].moves);
        }
        world_close(&world);
    }
}

TEST(rule_uses_of_places) {
    struct world world;
    world_open(&world);
    const struct rule *rule;
    world_compile(&world, RULE_AWARD,
                  "node(economy) + node(total) + node(economy) > base and prev_grade(3) == grade",
                  &rule);
    CHECK_INT(rule_uses(rule)->names, 1 << RULE_BASE | 1 << RULE_PREV_GRADE | 1 << RULE_GRADE_NAME);
    if (CHECK_INT(rule_uses(rule)->node_count, 2)) {
        CHECK_INT(rule_uses(rule)->node[0], 1);
        CHECK_INT(rule_uses(rule)->node[1], 0);
    }
    world_compile(&world, RULE_ADJUST, "event(accident) * result(province, a, total)", &rule);
    CHECK(rule_uses(rule)->event && rule_uses(rule)->result);
    world_compile(&world, RULE_ADJUST, "score", &rule);
    CHECK(!rule_uses(rule)->event && !rule_uses(rule)->result);
    world_close(&world);
}

TEST(rule_bare_element) {
    static const struct {
        const char *text, *element; /* NULL = it is not just an element */
    } cases[] = {
        {"gdp", "gdp"},    {"`a-b`", "a-b"},    {"(gdp)", "gdp"}, {"alias", "gdp"}, {"ratio", NULL},
        {"gdp + 0", NULL}, {"prev(gdp)", NULL}, {"target", NULL}, {"1", NULL},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].text);
        struct world world;
        world_open(&world);
        world_name(&world, "alias", "gdp");
        world_name(&world, "ratio", "gdp / people");
        world_compile_elements(&world);
        const struct rule *rule;
        CHECK_INT(world_compile(&world, RULE_VALUE, cases[i].text, &rule), BATON_OK);
        const uint32_t bare = rule_uses(rule)->bare_element;
        CHECK_TEXT(bare == BATON_NONE ? NULL : world.scheme.element[bare].id, cases[i].element);
        world_close(&world);
    }
}

TEST(rule_expects) {
    static const struct {
        enum rule_expects expects;
        const char *text;
        baton_code code;
    } cases[] = {
        {RULE_ANYTHING, "level", BATON_OK},
        {RULE_NUMBER, "level", BATON_RULE_NUMBER_EXPECTED},
        {RULE_NUMBER, "gdp > 1", BATON_OK},
        {RULE_NUMBER, "gdp", BATON_OK},
        {RULE_CONDITION, "gdp > 1", BATON_OK},
        {RULE_CONDITION, "met", BATON_OK},
        {RULE_CONDITION, "1", BATON_OK},
        {RULE_CONDITION, "2", BATON_RULE_CONDITION_EXPECTED},
        {RULE_CONDITION, "gdp", BATON_RULE_CONDITION_EXPECTED},
        {RULE_CONDITION, "prev(gdp > 1) and parent(met) and coalesce(met, 0)", BATON_OK},
        {RULE_CONDITION, "max(met, 1)", BATON_RULE_CONDITION_EXPECTED},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].text);
        struct world world;
        world_open(&world);
        world_name(&world, "met", "gdp > 1");
        world_compile_elements(&world);
        world.scope.expects = cases[i].expects;
        const struct rule *rule;
        CHECK_INT(world_compile(&world, RULE_VALUE, cases[i].text, &rule), cases[i].code);
        world_close(&world);
    }
}

/* Named elements are evaluated where they are used, at the moment and with the cohort of that
 * place. */
TEST(rule_named_elements) {
    static const struct {
        const char *text;
        double want; /* of unit a */
    } cases[] = {
        {"ratio", 50},         {"prev(half)", 80},     {"of(half, `320200`)", 250},
        {"mean(half)", 48.75}, {"deep", 201},          {"prev(deep)", 161},
        {"`名称`", 400},       {"名称 + `名称`", 800}, {"late", 100},
    };
    struct world world;
    world_open(&world);
    world_name(&world, "deep", "middle + 0"); /* named before those that it names */
    world_name(&world, "middle", "gdp + 1");
    world_name(&world, "ratio", "gdp / people");
    world_name(&world, "half", "gdp / 2");
    world_name(&world, "名称", "2 * gdp");
    world_name(&world, "late", "elapsed * gdp");
    CHECK_INT(world_compile_elements(&world), BATON_OK);
    CHECK_INT(world.found.count, 0);
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].text);
        const struct rule *rule;
        double out[WORLD_UNITS];
        const struct rule_moment at = world_year(2021);
        if (CHECK_INT(world_compile(&world, RULE_VALUE, cases[i].text, &rule), BATON_OK)) {
            rule_run(rule, &world.env, &at, out, NULL);
            CHECK_DOUBLE(out[0], cases[i].want);
        }
    }
    world_close(&world);
}

TEST(rule_cycles) {
    static const struct {
        const char *name[4], *text[4];
        const char *cycle; /* NULL = none */
        uint32_t column, errors;
    } cases[] = {
        {{"p", "q"}, {"q + 1", "gdp"}, NULL, 0, 0},
        {{"p"}, {"1 + p"}, "p -> p", 5, 1},
        {{"p", "q"}, {"q", "2 * p"}, "p -> q -> p", 1, 1},
        {{"p", "q", "r"}, {"gdp", "1 + r", "q + p"}, "q -> r -> q", 5, 1},
        {{"p", "q", "r"}, {"q", "r", "prev(p)"}, "p -> q -> r -> p", 1, 1},
        {{"p", "q"}, {"q + q", "p + p"}, "p -> q -> p", 1, 1},
        {{"p", "q"}, {"q", "mean(`p`)"}, "p -> q -> p", 1, 1},
        {{"p", "q"}, {"q", "rank(gdp, where: p > 1)"}, "p -> q -> p", 1, 1},
        {{"p", "q"}, {"of(q, p)", "gdp"}, NULL, 0, 1}, /* p is a unit there, an unknown one */
        {{"p", "q", "r"}, {"p", "q", "p + q"}, "p -> p", 1, 2},
        {{"p", "elapsed"}, {"elapsed", "p"}, NULL, 0, 0}, /* that is the name of the place */
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s: %s", cases[i].name[0], cases[i].text[0]);
        struct world world;
        world_open(&world);
        for (size_t k = 0; k < LENGTH(cases[i].name) && cases[i].name[k] != NULL; k++)
            world_name(&world, cases[i].name[k], cases[i].text[k]);
        const baton_code code = world_compile_elements(&world);
        CHECK_INT(world.found.errors, cases[i].errors);
        CHECK((code == BATON_OK) == (cases[i].errors == 0));
        if (cases[i].cycle != NULL && CHECK(world.found.count > 0)) {
            CHECK_INT(code, BATON_RULE_CYCLE);
            CHECK_INT(world.found.item[0].code, BATON_RULE_CYCLE);
            CHECK_TEXT(world.found.item[0].arg[0], cases[i].cycle);
            CHECK_INT(world.found.item[0].where.column, cases[i].column);
            CHECK_TEXT(world.found.item[0].where.file, "scheme.yaml");
        }
        world_close(&world);
    }
}

/* A chain of named elements is evaluated once a link, not once a way through it. */
TEST(rule_chains) {
    struct world world;
    world_open(&world);
    char name[16], text[128];
    world_name(&world, "n0", "gdp");
    for (int i = 1; i <= 90; i++) {
        snprintf(name, sizeof name, "n%d", i);
        snprintf(text, sizeof text, "(n%d + n%d) / 2", i - 1, i - 1);
        world_name(&world, name, arena_text(world.arena, text, strlen(text)));
    }
    CHECK_INT(world_compile_elements(&world), BATON_OK);
    const struct rule *rule;
    double out[WORLD_UNITS];
    const struct rule_moment at = world_year(2021);
    CHECK_INT(world_compile(&world, RULE_VALUE, "n90", &rule), BATON_OK);
    rule_run(rule, &world.env, &at, out, NULL);
    CHECK_DOUBLE(out[0], 200);
    CHECK(world.elements_read < 100);
    struct rule_traced traced;
    rule_trace(world.arena, rule, &world.env, &at, 0, &traced);
    CHECK_DOUBLE(traced.value, 200);
    world_close(&world);
}

/* A chain that is longer than the limit is refused, however long: it takes no stack. */
TEST(rule_chains_have_an_end) {
    enum { LINKS = 3000 };
    struct world world;
    world_open(&world);
    for (int i = 0; i < LINKS; i++) { /* n0 names n1, n1 names n2 ... */
        const char *name = arena_printf(world.arena, "n%d", i);
        world_name(&world, name, i + 1 < LINKS ? arena_printf(world.arena, "n%d", i + 1) : "gdp");
    }
    CHECK_INT(world_compile_elements(&world), BATON_RULE_TOO_DEEP);
    CHECK(world.found.errors > 0);
    world_close(&world);
}

/* Names of `where` go before elements, each sees those before it. */
TEST(rule_where) {
    struct world world;
    world_open(&world);
    const struct rule *p, *q, *rule;
    const char *const names[] = {"p", "gdp"};
    CHECK_INT(world_compile(&world, RULE_METHOD, "100 * x / target", &p), BATON_OK);
    const struct rule *rules[2] = {p, NULL};
    world.scope.where_name = names;
    world.scope.where_rule = rules;
    world.scope.where_count = 1;
    CHECK_INT(world_compile(&world, RULE_METHOD, "p + gdp", &q),
              BATON_OK); /* the element, and itself not yet */
    rules[1] = q;
    world.scope.where_count = 2;
    double out[WORLD_UNITS];
    const struct rule_moment at = world_year(2021);
    CHECK_INT(world_compile(&world, RULE_METHOD, "gdp", &rule), BATON_OK);
    rule_run(rule, &world.env, &at, out, NULL);
    CHECK_DOUBLE(out[0], 318);
    CHECK_INT(world_compile(&world, RULE_METHOD, "`gdp` + prev(p)", &rule), BATON_OK);
    rule_run(rule, &world.env, &at, out, NULL);
    CHECK_DOUBLE(out[0], 200 + 100 * 108.0 / 90);
    CHECK(rule_uses(rule)->earlier);
    const char *slopes =
        "100 * (25 + if(p < 100, -0.1*(100-p), 0.2*(min(p,130)-100) + 0.1*max(0,p-130))) / 25";
    CHECK_INT(world_compile(&world, RULE_METHOD, slopes, &rule), BATON_OK);
    rule_run(rule, &world.env, &at, out, NULL);
    CHECK_NEAR(out[0], 114.4, 1e-15);
    CHECK_NEAR(out[1], 96, 1e-15);
    uint8_t zero[WORLD_UNITS] = {0};
    rule_run(rule, &world.env, &at, out, zero);
    CHECK_INT(zero[2], 1); /* a target of 0 */
    world_close(&world);
}

/* The moves of the leaf's value, which x stands for, count too. */
TEST(rule_moves_of_x) {
    struct world world;
    world_open(&world);
    const struct rule *rule;
    world.scope.x_moves = 9;
    CHECK_INT(world_compile(&world, RULE_METHOD, "prev(x)", &rule), BATON_OK);
    CHECK_INT(rule_uses(rule)->moves, 10);
    CHECK_INT(world_compile(&world, RULE_METHOD, "prev(prev(x))", &rule),
              BATON_RULE_TOO_MANY_MOVES);
    world_close(&world);
}

/* Odd, but not wrong: a name of other places, a code that nothing has. */
TEST(rule_warnings) {
    static const struct {
        enum rule_place place;
        const char *text;
        baton_code code; /* BATON_OK = none */
    } cases[] = {
        {RULE_VALUE, "score + 1", BATON_RULE_NAME_AS_ELEMENT},
        {RULE_VALUE, "x", BATON_RULE_NAME_AS_ELEMENT},
        {RULE_ADJUST, "target", BATON_RULE_NAME_AS_ELEMENT},
        {RULE_VALUE, "`score` + 1", BATON_OK},
        {RULE_VALUE, "rank + 1", BATON_OK}, /* named in `elements` */
        {RULE_VALUE, "debt", BATON_OK},
        {RULE_GRADE, "score", BATON_OK},
        {RULE_AWARD, "grade == 'goood'", BATON_RULE_CODE_UNKNOWN},
        {RULE_AWARD, "'goood' != grade", BATON_RULE_CODE_UNKNOWN},
        {RULE_AWARD, "grade == 'good'", BATON_OK},
        {RULE_AWARD, "level == 'C'", BATON_RULE_CODE_UNKNOWN},
        {RULE_AWARD, "prev_grade == 'first'", BATON_OK}, /* another year's scheme may have it */
        {RULE_AWARD, "prev_grade(2) == 'first'", BATON_OK},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].text);
        struct world world;
        world_open(&world);
        world_name(&world, "rank", "gdp");
        world_compile_elements(&world);
        const struct rule *rule;
        CHECK_INT(world_compile(&world, cases[i].place, cases[i].text, &rule), BATON_OK);
        CHECK(rule != NULL);
        CHECK_INT(world.found.errors, 0);
        CHECK_INT(world.found.count, cases[i].code != BATON_OK);
        if (world.found.count > 0)
            CHECK_INT(world.found.item[0].code, cases[i].code);
        world_close(&world);
    }
}
