/* When somebody is reminded: steps in workdays, over weekends and holidays, once, and not long afterwards. */
#include "flow/chase.h"
#include "unit/test.h"
#include <string.h>

TEST(chase_rules_are_workdays) {
    static const struct {
        const char *text;
        bool is_one;
        size_t count;
    } cases[] = {{"", true, 0},           {"2wd", true, 1},      {"-3wd 0wd 1wd", true, 3},
                 {"3d", false, 0},        {"wd", false, 0},      {"2", false, 0},
                 {"2wd 17:00", false, 0}, {"2wd,3wd", false, 0}, {"0wd", true, 1}};
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct chase_rule rule = {.count = 99};
        CASE("%s", cases[i].text);
        CHECK_INT(chase_rule_parse(cases[i].text, &rule), cases[i].is_one);
        CHECK_INT(rule.count, cases[i].is_one ? cases[i].count : 99);
    }
    const struct chase_rules usual = chase_rules_usual();
    CHECK_INT(usual.of[CHASE_CLERK].workdays[0], -3);
    CHECK_INT(usual.minute, 540);
}

static int32_t day_of(const char *text) {
    int32_t day = 0;
    CHECK(baton_day_parse(text, strlen(text), &day));
    return day;
}

/* Due on the 8th of October 2021, a Friday after the holidays from the 1st to the 7th, before a Saturday that is worked. */
TEST(chase_days_are_never_holidays) {
    static const struct {
        int32_t step;
        const char *day;
    } cases[] = {{0, "2021-10-08"},
                 {1, "2021-10-09"},
                 {2, "2021-10-11"},
                 {-1, "2021-09-30"},
                 {-3, "2021-09-28"}};
    static const char *const off[] = {"2021-10-01", "2021-10-04", "2021-10-05", "2021-10-06",
                                      "2021-10-07"};
    struct baton_arena *const arena = arena_open();
    struct told_day told[LENGTH(off) + 1];
    for (size_t i = 0; i < LENGTH(off); i++)
        told[i] = (struct told_day){day_of(off[i]), false};
    told[LENGTH(off)] = (struct told_day){day_of("2021-10-09"), true};
    const struct workdays workdays = workdays_of(arena, told, LENGTH(told));
    for (size_t i = 0; i < LENGTH(cases); i++) {
        int32_t day = 0;
        CASE("%d", cases[i].step);
        CHECK(chase_day(&workdays, day_of("2021-10-08"), cases[i].step, &day));
        CHECK_INT(day, day_of(cases[i].day));
        CHECK(workdays_has(&workdays, day));
    }
    /* What is due on a holiday is reminded of on the workday before. */
    int32_t day = 0;
    CHECK(chase_day(&workdays, day_of("2021-10-05"), 0, &day));
    CHECK_INT(day, day_of("2021-09-30"));
    arena_close(arena);
}
