/* The tables of functions and names: complete, and every example gives the value that stands beside
 * it. */
#include "rule_world.h"
#include "test.h"

static enum rule_place first_place(uint32_t places) {
    uint32_t place = 0;
    while ((places & 1u << place) == 0)
        place++;
    return (enum rule_place)place;
}

TEST(rule_examples_give_their_values) {
    uint32_t count;
    const struct rule_function *functions = rule_functions(&count);
    for (uint32_t i = 0; i < count; i++) {
        CASE("%s", functions[i].example);
        struct world world;
        world_open(&world);
        const struct rule *rule;
        const enum rule_place place = first_place(functions[i].places);
        double out[WORLD_UNITS] = {0};
        char got[BATON_NUMBER_SHORTEST_SIZE] = "";
        if (CHECK_INT(world_compile(&world, place, functions[i].example, &rule), BATON_OK)) {
            const struct rule_moment at = world_year(2021);
            rule_run(rule, &world.env, &at, out, NULL);
            baton_number_shortest(out[0], got);
        }
        CHECK_TEXT(got, functions[i].expected);
        CHECK_INT(world.found.count, 0);
        /* the example is one of this function */
        CHECK(strncmp(functions[i].example, functions[i].name, strlen(functions[i].name)) == 0);
        world_close(&world);
    }
}

TEST(rule_tables_are_complete) {
    uint32_t count;
    const struct rule_function *functions = rule_functions(&count);
    CHECK(count > 30);
    for (uint32_t i = 0; i < count; i++) {
        CASE("%s", functions[i].name);
        CHECK(functions[i].least <= functions[i].most && functions[i].least > 0);
        CHECK(strspn(functions[i].arguments, "ncswrhuoime") == strlen(functions[i].arguments));
        CHECK(strchr("ncts", functions[i].result) != NULL);
        CHECK(functions[i].places != 0 && functions[i].places < 1u << (RULE_CHECK + 1));
        CHECK(strncmp(functions[i].usage, functions[i].name, strlen(functions[i].name)) == 0);
        for (int language = BATON_EN; language <= BATON_ZH; language++) {
            CHECK(functions[i].words[language][0] != '\0');
            CHECK(functions[i].formula[language][0] != '\0');
        }
        for (uint32_t k = 0; k < i; k++)
            CHECK(strcmp(functions[i].name, functions[k].name) != 0);
    }
    const struct rule_name_entry *names = rule_names();
    for (uint32_t i = 0; i < RULE_NAMES; i++) {
        CASE("%s", names[i].name);
        CHECK(names[i].places != 0);
        CHECK(names[i].words[BATON_EN][0] != '\0' && names[i].words[BATON_ZH][0] != '\0');
    }
    CHECK_TEXT(names[RULE_GRADE_NAME].name, "grade");
    CHECK_TEXT(names[RULE_PREV_GRADE].name, "prev_grade");
}
