/* Periods and days in words. */
#include "baton/result.h"
#include "report/words.h"
#include "unit/test.h"
#include <string.h>

TEST(words_period) {
    static const struct {
        const char *period, *zh, *en;
    } cases[] = {
        {"2021", "2021年", "2021"},
        {"2021-H1", "2021年上半年", "first half of 2021"},
        {"2021-H2", "2021年下半年", "second half of 2021"},
        {"2021-Q3", "2021年第三季度", "third quarter of 2021"},
        {"2021-08", "2021年8月", "August 2021"},
        {"2021-W35", "2021年第35周", "week 35 of 2021"},
        {"2021-08-27", "2021年8月27日", "27 August 2021"},
    };
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct baton_period period;
        CASE("%s", cases[i].period);
        CHECK(baton_period_parse(cases[i].period, strlen(cases[i].period), &period));
        CHECK_TEXT(words_period(arena, period, BATON_ZH), cases[i].zh);
        CHECK_TEXT(words_period(arena, period, BATON_EN), cases[i].en);
    }
    CHECK_TEXT(words_period(arena, (struct baton_period){0}, BATON_EN), "");
    arena_close(arena);
}

TEST(words_absent_says_why) {
    CHECK_TEXT(words_absent(BATON_NOTE_NA, BATON_ZH), "不适用");
    CHECK_TEXT(words_absent(BATON_NOTE_PENDING | BATON_NOTE_REDISTRIBUTED, BATON_ZH), "未到期");
    CHECK_TEXT(words_absent(BATON_NOTE_MISSING, BATON_ZH), "—");
    CHECK_TEXT(words_absent(0, BATON_EN), "—");
}
