/* Expressions in words: every function of the table, how parts hold together, and what people say otherwise. */
#include "report/document.h"
#include "report/rule_words.h"
#include "unit/engine/rule_world.h"
#include "unit/test.h"

/* The words of an expression without marks, "" where it does not compile. */
static const char *words_of(struct world *world, enum rule_place place, const char *text,
                            enum baton_language language, enum baton_over over) {
    const struct rule *rule;
    if (!CHECK_INT(world_compile(world, place, text, &rule), BATON_OK))
        return "";
    const struct rule_words how = {.arena = world->arena,
                                   .scheme = &world->scheme,
                                   .element_name =
                                       rule_element_names(world->arena, &world->scheme, language),
                                   .language = language,
                                   .over = over,
                                   .before_adjustments = place == RULE_ADJUST};
    return document_plain(world->arena, rule_in_words(&how, rule));
}

TEST(rule_words_of_every_function) {
    uint32_t count;
    const struct rule_function *functions = rule_functions(&count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t place = 0;
        while ((functions[i].places & 1u << place) == 0)
            place++;
        for (int language = BATON_EN; language <= BATON_ZH; language++) {
            CASE("%s in %s", functions[i].example, language == BATON_ZH ? "zh" : "en");
            struct world world;
            world_open(&world);
            const char *words = words_of(&world, (enum rule_place)place, functions[i].example,
                                         (enum baton_language)language, BATON_OVER_GROUP);
            CHECK(words[0] != '\0');
            CHECK(strcmp(words, functions[i].example) != 0);
            CHECK(strpbrk(words, "$@#~") == NULL); /* nothing of a template is left */
            /* Nor is the function's own name, which may be a word of English. */
            CHECK(language == BATON_EN || strstr(words, functions[i].name) == NULL);
            world_close(&world);
        }
    }
}

TEST(rule_words_of_every_name) {
    const struct rule_name_entry *names = rule_names();
    for (uint32_t i = 0; i < RULE_NAMES; i++) {
        uint32_t place = 0;
        while ((names[i].places & 1u << place) == 0)
            place++;
        struct world world;
        world_open(&world);
        CASE("%s", names[i].name);
        /* A figure stands inside a function of the cohort where only such may. */
        const char *const text = place == RULE_WHEN
                                     ? arena_printf(world.arena, "max_of(%s) > 0", names[i].name)
                                     : names[i].name;
        for (int language = BATON_EN; language <= BATON_ZH; language++) {
            const char *words = words_of(&world, (enum rule_place)place, text,
                                         (enum baton_language)language, BATON_OVER_GROUP);
            CHECK(words[0] != '\0');
        }
        CHECK(strstr(words_of(&world, (enum rule_place)place, text, BATON_ZH, BATON_OVER_GROUP),
                     names[i].name) == NULL);
        world_close(&world);
    }
}

TEST(rule_words) {
    static const struct {
        const char *text;
        enum rule_place place;
        const char *en, *zh;
    } cases[] = {
        /* Brackets stand where they are needed and nowhere else. */
        {"(gdp + people) * 2", RULE_VALUE, "(gdp + people) × 2", "(gdp+people)×2"},
        {"gdp + (people * 2)", RULE_VALUE, "gdp + people × 2", "gdp+people×2"},
        {"gdp - (people - 2)", RULE_VALUE, "gdp − (people − 2)", "gdp−(people−2)"},
        {"gdp / (people / 2)", RULE_VALUE, "gdp / (people / 2)", "gdp/(people/2)"},
        {"(gdp / people) / 2", RULE_VALUE, "gdp / people / 2", "gdp/people/2"},
        {"-gdp ^ 2", RULE_VALUE, "−gdp^2", "−gdp^2"},
        {"(-gdp) ^ 2", RULE_VALUE, "(−gdp)^2", "(−gdp)^2"},
        {"2 ^ (3 ^ gdp)", RULE_VALUE, "2^3^gdp", "2^3^gdp"},
        {"prev(gdp + people)", RULE_VALUE, "(gdp + people) of the period before",
         "上期(gdp+people)"},
        /* Conditions. */
        {"rank <= 5 and (score >= 90 or prev_rank == 1)", RULE_GRADE,
         "rank is among the first 5 and (total is at least 90 or rank of the period before is 1)",
         "名次在前5名且(总分不低于90分或上期名次为第1名)"},
        {"not (score < 60)", RULE_GRADE, "not (total is below 60)", "不满足（总分低于60分）"},
        {"grade == 'excellent' and prev_grade != 'poor'", RULE_AWARD,
         "grade is excellent and grade of the period before is not poor",
         "等次为excellent且上期等次不为poor"},
        {"node(economy) > base", RULE_ADJUST,
         "score of “economy” is above total before adjustments", "“economy”得分高于基础分"},
        {"score > 0", RULE_ADJUST, "total before adjustments is above 0", "基础分大于0分"},
        {"event(accident) > 0", RULE_VALUE, "number of “accident” is above 0",
         "“accident”次数大于0"},
        /* What people say otherwise. */
        {"100 * yoy(gdp)", RULE_VALUE, "growth of gdp on the same period of last year in per cent",
         "gdp比上年同期增长的百分数"},
        {"yoy(gdp) * 100", RULE_VALUE, "growth of gdp on the same period of last year in per cent",
         "gdp比上年同期增长的百分数"},
        {"10 * yoy(gdp)", RULE_VALUE, "10 × growth of gdp on the same period of last year",
         "10×gdp比上年同期增长率"},
        {"100 * share(gdp)", RULE_VALUE, "gdp as a percentage of that of the unit above",
         "gdp占上级对象的百分比"},
        {"max(0, gdp - 5)", RULE_VALUE, "gdp − 5, at least 0", "gdp−5，最低0"},
        {"2 * min(gdp, 130)", RULE_VALUE, "2 × (gdp, at most 130)", "2×(gdp，最高130)"},
        {"max(gdp, people)", RULE_VALUE, "the greater of gdp and people", "gdp与people中较大者"},
        {"min(gdp, people, 3)", RULE_VALUE, "the smallest of gdp, people and 3",
         "gdp、people、3中最小者"},
        {"if(gdp > 5, 1, 2)", RULE_VALUE, "1 if gdp is above 5, otherwise 2",
         "gdp高于5时为1，否则为2"},
        {"if(gdp > 9, 1, if(gdp > 5, 2, 3))", RULE_VALUE,
         "1 if gdp is above 9; 2 if gdp is above 5; otherwise 3",
         "gdp高于9时为1；gdp高于5时为2；其他情况为3"},
        {"bands(gdp, 90, 100, 60, 80, 0)", RULE_VALUE,
         "by gdp: 100 from 90, 80 from 60, otherwise 0",
         "按gdp分档，不低于90为100，不低于60为80，其他为0"},
        {"round(gdp, -2)", RULE_VALUE, "gdp rounded to hundreds", "gdp四舍五入到百位"},
        {"round(gdp, 1)", RULE_VALUE, "gdp rounded to 1 decimals", "gdp四舍五入保留1位小数"},
        {"trimmed_mean(gdp, 10%)", RULE_VALUE,
         "mean of gdp in the group without the lowest and the highest 10%",
         "gdp在本类去掉最低、最高各10%后的平均值"},
        {"rank(gdp, where: people > 2)", RULE_VALUE,
         "rank of gdp, highest first, among those of the group where people is above 2",
         "gdp在本类符合条件（people高于2）者中的名次（由高到低）"},
        {"of(gdp, `320200`)", RULE_VALUE, "gdp of 320200", "320200gdp"},
        {"x / (target * elapsed)", RULE_METHOD, "figure / (target × share of the year gone by)",
         "实际值/(目标值×时间进度)"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].text);
        struct world world;
        world_open(&world);
        CHECK_TEXT(words_of(&world, cases[i].place, cases[i].text, BATON_EN, BATON_OVER_GROUP),
                   cases[i].en);
        CHECK_TEXT(words_of(&world, cases[i].place, cases[i].text, BATON_ZH, BATON_OVER_GROUP),
                   cases[i].zh);
        world_close(&world);
    }
}

TEST(rule_words_of_cohorts_and_names) {
    struct world world;
    world_open(&world);
    CHECK_TEXT(words_of(&world, RULE_VALUE, "mean(gdp)", BATON_ZH, BATON_OVER_ALL),
               "全部对象gdp平均值");
    CHECK_TEXT(words_of(&world, RULE_VALUE, "max_of(gdp)", BATON_EN, BATON_OVER_PANEL),
               "highest gdp in all units in all periods");
    /* A leaf that is the element itself gives it its name, a title stands for a grade's id. */
    static const struct baton_grade grade = {.id = "poor", .title = {.zh = "较差", .en = "Poor"}};
    static struct baton_grades grades = {.id = "g", .item = &grade, .count = 1};
    world.scheme.grades = &grades;
    world.scheme.grades_count = 1;
    world.scheme.node[1].name = (struct baton_text){.zh = "产值", .en = "output"};
    world.scheme.node[1].element = 0;
    world.scheme.node[2].element = 4;
    CHECK_TEXT(words_of(&world, RULE_VALUE, "gdp / people", BATON_ZH, BATON_OVER_GROUP),
               "产值/people");
    CHECK_TEXT(words_of(&world, RULE_VALUE, "prev(gdp)", BATON_EN, BATON_OVER_GROUP),
               "output of the period before");
    CHECK_TEXT(words_of(&world, RULE_AWARD, "grade == 'poor'", BATON_ZH, BATON_OVER_GROUP),
               "等次为“较差”");
    CHECK_TEXT(
        words_of(&world, RULE_AWARD, "streak(grade == 'poor') >= 2", BATON_ZH, BATON_OVER_GROUP),
        "(等次为“较差”)连续成立的期数不低于2");
    world_close(&world);
}
