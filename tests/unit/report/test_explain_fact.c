/* Facts of a ledger in words. */
#include "base/arena.h"
#include "report/explain_report.h"
#include "unit/test.h"

TEST(explain_time_to_the_minute) {
    struct baton_arena *arena = arena_open();
    CHECK_TEXT(explain_time(arena, 0), "1970-01-01 08:00");
    CHECK_TEXT(explain_time(arena, INT64_C(1630045859999)), "2021-08-27 14:30");
    CHECK_TEXT(explain_time(arena, -INT64_C(8) * 3600000 - 1), "1969-12-31 23:59");
    CHECK_TEXT(explain_instant(arena, INT64_C(1630045859999)), "2021-08-27T06:30:59.999Z");
    CHECK_TEXT(explain_instant(arena, -1), "1969-12-31T23:59:59.999Z");
    CHECK_TEXT(explain_instant(arena, INT64_MIN), "-9223372036854775808");
    CHECK_TEXT(explain_time(arena, INT64_MAX), "9223372036854775807 ms");
    arena_close(arena);
}

static const struct {
    const char *name;
    struct baton_fact fact;
    const char *en, *zh;
} cases[] = {
    {"reported only",
     {.position = 12, .reporter = "wang.min", .digest = "3fa4c10011223344"},
     "fact no. 12, reported by wang.min 1970-01-01 08:00, receipt 3fa4c100…",
     "第 12 号，wang.min于 1970-01-01 08:00 填报，回执 3fa4c100…"},
    {"by the program",
     {.position = 3, .reporter = "", .digest = "00ff00ff00ff"},
     "fact no. 3, reported by the program 1970-01-01 08:00, receipt 00ff00ff…",
     "第 3 号，系统于 1970-01-01 08:00 填报，回执 00ff00ff…"},
    {"names, verified, corrected",
     {.position = 90,
      .reporter = "wang.min",
      .reporter_name = "王敏",
      .verifier = "stats",
      .verifier_name = "统计局",
      .digest = "aabbccddeeff",
      .is_correction = true,
      .corrects = 12,
      .was = "8.1",
      .reason = "核算数修订"},
     "fact no. 90, reported by 王敏 (wang.min) 1970-01-01 08:00, verified by 统计局 (stats), "
     "corrects no. 12 (which said 8.1), because: 核算数修订, receipt aabbccdd…",
     "第 90 号，王敏（wang.min）于 1970-01-01 08:00 填报，统计局（stats）审核，更正第 12 "
     "号（原为 "
     "8.1），理由：核算数修订，回执 aabbccdd…"},
};

TEST(explain_fact_in_words) {
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].name);
        CHECK_TEXT(explain_fact(arena, &cases[i].fact, BATON_EN), cases[i].en);
        CHECK_TEXT(explain_fact(arena, &cases[i].fact, BATON_ZH), cases[i].zh);
    }
    arena_close(arena);
}
