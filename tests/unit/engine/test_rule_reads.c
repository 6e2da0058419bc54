/* Of which units the figures are that a rule is made of. */
#include "rule_world.h"
#include "test.h"

/* The elements of a rule, each with the units that it is read of: "gdp: a 320200; people: a". And x. */
static const char *reads_text(struct world *world, const struct rule *rule, const char *of) {
    uint8_t units[WORLD_UNITS] = {0};
    uint32_t cohort[WORLD_UNITS], cohorts;
    struct rule_reads reads;
    for (uint32_t u = 0; u < WORLD_UNITS; u++)
        units[u] = strcmp(of, "ranked") == 0 ? u < WORLD_RANKED
                                             : strcmp(world->scheme.unit[u].id, of) == 0;
    const struct rule_moment now = world_year(2021);
    world_cohort(world, &now, cohort, &cohorts);
    rule_reads_of(world->arena, rule, &world->scheme, units, cohort, &reads);
    const struct rule_uses *const uses = rule_uses(rule);
    const char *text = "";
    for (uint32_t i = 0; i <= uses->element_count; i++) {
        const bool is_x = i == uses->element_count;
        const uint8_t *const set = is_x ? reads.x : reads.element[i];
        if (is_x && set == NULL)
            continue;
        text = arena_printf(world->arena, "%s%s%s:", text, i > 0 ? "; " : "",
                            is_x ? "x" : world->scheme.element[uses->element[i]].id);
        for (uint32_t u = 0; set != NULL && u < WORLD_UNITS; u++)
            if (set[u] != 0)
                text = arena_printf(world->arena, "%s %s", text, world->scheme.unit[u].id);
    }
    return text;
}

/* clang-format off */
static const struct {
    enum rule_place place;
    const char *text, *of, *reads;
    bool two_cohorts;
} cases[] = {
    {RULE_VALUE, "100 * gdp / people", "a", "gdp: a; people: a", false},
    {RULE_VALUE, "gdp", "ranked", "gdp: a b c d", false},
    {RULE_VALUE, "1 + target", "a", "", false},
    /* time changes nothing */
    {RULE_VALUE, "yoy(gdp) + prev(people, 2) + ytd(retail)", "a", "gdp: a; people: a; retail: a", false},
    {RULE_VALUE, "parent(gdp)", "a", "gdp: 320200", false},
    {RULE_VALUE, "parent(gdp)", "320200", "gdp:", false},
    {RULE_VALUE, "parent(parent(gdp))", "a1", "gdp: 320200", false},
    {RULE_VALUE, "prev(parent(yoy(gdp)))", "b", "gdp: 320200", false},
    {RULE_VALUE, "children(gdp)", "a", "gdp: a1 a2", false},
    {RULE_VALUE, "children(gdp)", "ranked", "gdp: a1 a2", false},
    {RULE_VALUE, "children(children(gdp))", "320200", "gdp: a1 a2", false},
    {RULE_VALUE, "parent(children(gdp))", "b", "gdp: a b c d", false},
    {RULE_VALUE, "of(gdp, `320200`)", "ranked", "gdp: 320200", false},
    {RULE_VALUE, "of(children(gdp), a)", "b", "gdp: a1 a2", false},
    {RULE_VALUE, "share(gdp)", "a", "gdp: a 320200", false},
    {RULE_VALUE, "share(gdp)", "320200", "gdp:", false},
    {RULE_VALUE, "gdp - parent(gdp) + people", "c", "gdp: c 320200; people: c", false},
    {RULE_VALUE, "of(gdp, a) + of(people, b)", "c", "gdp: a; people: b", false},
    {RULE_VALUE, "parent(gdp) + children(people)", "a", "gdp: 320200; people: a1 a2", false},
    /* of all of the cohort, also of another's */
    {RULE_VALUE, "gdp / mean(gdp)", "a", "gdp: a b c d", false},
    {RULE_VALUE, "mean(gdp)", "a", "gdp: a c", true},
    {RULE_VALUE, "rank(gdp, where: people > 1)", "b", "gdp: b d; people: b d", true},
    {RULE_VALUE, "of(max_of(gdp), b)", "a", "gdp: b d", true},
    {RULE_VALUE, "mean(parent(gdp))", "a", "gdp: 320200", false},
    {RULE_VALUE, "mean(gdp)", "320200", "gdp:", false}, /* is in none */
    /* named ones, also where they stand in several places */
    {RULE_VALUE, "ratio", "a", "gdp: a; people: a", false},
    {RULE_VALUE, "ratio / parent(ratio)", "a", "gdp: a 320200; people: a 320200", false},
    {RULE_VALUE, "rank(retail, where: ratio > 1)", "a", "retail: a c; gdp: a c; people: a c", true},
    {RULE_VALUE, "below + ratio", "a", "gdp: a a1 a2; people: a a1 a2", false},
    {RULE_VALUE, "parent(above)", "a1", "gdp: 320200; people: 320200", false},
    /* what is no figure */
    {RULE_VALUE, "event(accident) + result(province, jiangnan, total)", "a", "", false},
    {RULE_ADJUST, "if(node(economy) > 60, gdp, 0)", "a", "gdp: a", false},
    /* x */
    {RULE_METHOD, "100 * x / target", "a", "x: a", false},
    {RULE_METHOD, "x - parent(prev(x)) + gdp", "a", "gdp: a; x: a 320200", false},
    {RULE_WHEN, "count(x) > 1", "a", "x: a b c d", false},
    {RULE_METHOD, "p * parent(p)", "a", "gdp: a 320200; x: a 320200", false},
};
/* clang-format on */

/* Gives the method's `where` the name p. */
static void define_where(struct world *world) {
    static const char *const names[] = {"p"};
    const struct rule **const rules = arena_alloc(world->arena, 1, sizeof(struct rule *));
    CHECK_INT(world_compile(world, RULE_METHOD, "x / gdp", &rules[0]), BATON_OK);
    world->scope.where_name = names;
    world->scope.where_rule = rules;
    world->scope.where_count = 1;
}

TEST(rule_reads_figures_of_units) {
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s of %s", cases[i].text, cases[i].of);
        struct world world;
        world_open(&world);
        world.two_cohorts = cases[i].two_cohorts;
        world_name(&world, "ratio", "gdp / people");
        world_name(&world, "below", "children(ratio)");
        world_name(&world, "above", "parent(ratio)");
        CHECK_INT(world_compile_elements(&world), BATON_OK);
        if (cases[i].place == RULE_METHOD)
            define_where(&world);
        const struct rule *rule;
        if (CHECK_INT(world_compile(&world, cases[i].place, cases[i].text, &rule), BATON_OK))
            CHECK_TEXT(reads_text(&world, rule, cases[i].of), cases[i].reads);
        world_close(&world);
    }
}

/* Each names the one before twice, from itself and from above: as deep as the limit of columns allows. */
TEST(rule_reads_long_chains_of_names) {
    struct world world;
    world_open(&world);
    world_name(&world, "step0", "gdp");
    for (int i = 1; i <= 10; i++)
        world_name(
            &world, arena_printf(world.arena, "step%d", i),
            arena_printf(world.arena, "step%d + parent(step%d) - step%d", i - 1, i - 1, i - 1));
    const struct rule *rule;
    if (CHECK_INT(world_compile_elements(&world), BATON_OK) &&
        CHECK_INT(world_compile(&world, RULE_VALUE, "step10", &rule), BATON_OK))
        CHECK_TEXT(reads_text(&world, rule, "a1"), "gdp: a 320200 a1");
    world_close(&world);
}
