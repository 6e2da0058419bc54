/* Workdays: the holidays of 2021, and counting one day after the other. */
#include "baton/period.h"
#include "holidays_2021.h"
#include "unit/test.h"
#include <string.h>

static const struct {
    const char *from;
    int32_t n;
    const char *want;
} counts[] = {
    {"2021-09-30", 1, "2021-10-08"}, /* seven days of holiday */
    {"2021-09-30", 2, "2021-10-09"}, /* a Saturday that is worked */
    {"2021-09-30", 3, "2021-10-11"}, /* and a Sunday that is not */
    {"2021-09-30", 8, "2021-10-18"},
    {"2021-09-25", 1, "2021-09-26"}, /* a Sunday that is worked */
    {"2021-08-31", 8, "2021-09-10"},
    {"2021-01-31", 8, "2021-02-09"}, /* with Sunday 7 February */
    {"2021-01-31", 9, "2021-02-10"},
    {"2021-01-31", 10, "2021-02-18"},
    {"2021-01-31", 12, "2021-02-20"},
    {"2021-01-31", 13, "2021-02-22"},
    {"2021-04-30", 1, "2021-05-06"},
    {"2021-04-30", 3, "2021-05-08"},
    {"2021-04-30", 0, "2021-04-30"},  /* a workday itself */
    {"2021-05-05", 0, "2021-04-30"},  /* a holiday */
    {"2021-05-05", -1, "2021-04-29"}, /* counts back from there */
    {"2021-05-05", -4, "2021-04-26"},
    {"2021-05-05", -5, "2021-04-25"},
    {"2021-05-05", -6, "2021-04-23"},
    {"2020-12-31", 1, "2021-01-04"}, /* over the end of the year */
    {"2021-01-03", 0, "2020-12-31"},
    {"2020-02-28", 1, "2020-03-02"}, /* 29 February was a Saturday */
    {"2024-02-28", 1, "2024-02-29"}, /* and a Thursday */
    {"2024-02-28", 2, "2024-03-01"},
    {"2100-02-26", 1, "2100-03-01"},   /* 2100 is no leap year: Friday to Monday, three days */
    {"2021-01-01", -250, "2020-01-16"} /* none of 2020 was told: 50 weeks before 31 December */
};

TEST(workdays_over_the_holidays_of_2021) {
    struct baton_arena *arena = arena_open();
    const struct workdays w = workdays_2021(arena);
    for (size_t i = 0; i < LENGTH(counts); i++) {
        int32_t day = 0;
        CASE("%s %d", counts[i].from, counts[i].n);
        if (CHECK(workdays_nth(&w, day_of_date(counts[i].from), counts[i].n, &day)))
            CHECK_TEXT(date_of_day(day), counts[i].want);
    }
    arena_close(arena);
}

TEST(workdays_of_2021_are_250) {
    struct baton_arena *arena = arena_open();
    const struct workdays w = workdays_2021(arena), none = {0};
    int worked = 0, weekdays = 0;
    for (int32_t day = day_of_date("2021-01-01"); day <= day_of_date("2021-12-31"); day++) {
        worked += workdays_has(&w, day);
        weekdays += workdays_has(&none, day);
    }
    CHECK_INT(worked, 250); /* 365 without 104 days of weekends and 11 legal holidays */
    CHECK_INT(weekdays, 261);
    CHECK(!workdays_has(&none, day_of_date("2100-02-28"))); /* a Sunday */
    CHECK(workdays_has(&none, day_of_date("2100-03-01")));
    CHECK(!workdays_has(&none, day_of_date("2020-02-29")));
    CHECK(workdays_has(&none, day_of_date("1900-01-01"))); /* a Monday */
    CHECK(workdays_has(&none, day_of_date("2999-12-31"))); /* a Tuesday */
    arena_close(arena);
}

static const struct {
    const char *day, *next, *previous;
} moves[] = {
    {"2021-10-03", "2021-10-08", "2021-09-30"}, {"2021-10-10", "2021-10-11", "2021-10-09"},
    {"2021-10-09", "2021-10-09", "2021-10-09"}, {"2021-02-07", "2021-02-07", "2021-02-07"},
    {"2021-02-14", "2021-02-18", "2021-02-10"}, {"2021-01-02", "2021-01-04", "2020-12-31"},
    {"2021-12-31", "2021-12-31", "2021-12-31"}, {"2022-01-01", "2022-01-03", "2021-12-31"},
    {"1900-01-01", "1900-01-01", "1900-01-01"}, {"2999-12-31", "2999-12-31", "2999-12-31"},
};

TEST(workdays_next_and_previous) {
    struct baton_arena *arena = arena_open();
    const struct workdays w = workdays_2021(arena);
    for (size_t i = 0; i < LENGTH(moves); i++) {
        int32_t day = 0;
        CASE("%s", moves[i].day);
        if (CHECK(workdays_next(&w, day_of_date(moves[i].day), &day)))
            CHECK_TEXT(date_of_day(day), moves[i].next);
        if (CHECK(workdays_previous(&w, day_of_date(moves[i].day), &day)))
            CHECK_TEXT(date_of_day(day), moves[i].previous);
    }
    arena_close(arena);
}

/* SplitMix64: the same in every run. */
static uint64_t chance(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

enum { ORACLE_DAYS = 1500, ORACLE_ROUNDS = 40, ORACLE_CASES = 200 };

/* What was said of each day from `first` on: -1 nothing, else whether it is worked. */
static bool counted_has(const int8_t said[ORACLE_DAYS], int32_t first, int32_t day) {
    const int32_t at = day - first, weekday = ((day + 3) % 7 + 7) % 7; /* 1970-01-01: Thursday */
    return at >= 0 && at < ORACLE_DAYS && said[at] >= 0 ? said[at] == 1 : weekday < 5;
}

static int32_t counted_nth(const int8_t said[ORACLE_DAYS], int32_t first, int32_t day, int32_t n) {
    while (n > 0)
        n -= counted_has(said, first, ++day);
    while (!counted_has(said, first, day))
        day--;
    while (n < 0)
        n += counted_has(said, first, --day);
    return day;
}

/* So many of a thousand days are told, some of them what they are anyway. */
static struct workdays random_days(struct baton_arena *arena, uint64_t *state, unsigned share,
                                   int32_t first, int8_t said[ORACLE_DAYS]) {
    struct told_day told[ORACLE_DAYS];
    size_t count = 0;
    for (int32_t i = 0; i < ORACLE_DAYS; i++) {
        said[i] = chance(state) % 1000 < share ? (int8_t)(chance(state) % 2) : (int8_t)-1;
        if (said[i] >= 0)
            told[count++] = (struct told_day){first + i, said[i] == 1};
    }
    for (size_t i = count; i > 1; i--) {
        const size_t j = chance(state) % i;
        const struct told_day swapped = told[i - 1];
        told[i - 1] = told[j];
        told[j] = swapped;
    }
    return workdays_of(arena, told, count);
}

TEST(workdays_as_counted_one_by_one) {
    uint64_t state = 2021;
    for (unsigned round = 0; round < ORACLE_ROUNDS; round++) {
        struct baton_arena *arena = arena_open();
        int8_t said[ORACLE_DAYS];
        const int32_t first = day_of_date("1965-01-01") + (int32_t)(chance(&state) % 40000);
        const struct workdays w =
            random_days(arena, &state, round * 1000 / ORACLE_ROUNDS, first, said);
        bool holds = true;
        for (unsigned i = 0; i < ORACLE_CASES && holds; i++) {
            const int32_t day = first - 100 + (int32_t)(chance(&state) % (ORACLE_DAYS + 200));
            const int32_t n = (int32_t)(chance(&state) % 801) - 400;
            int32_t got = 0, next = 0;
            CASE("round %u, %s %d", round, date_of_day(day), n);
            holds = CHECK_INT(workdays_has(&w, day), counted_has(said, first, day)) &&
                    CHECK(workdays_nth(&w, day, n, &got)) &&
                    CHECK_INT(got, counted_nth(said, first, day, n)) &&
                    CHECK(workdays_next(&w, day, &next)) &&
                    CHECK_INT(next, counted_nth(said, first, day - 1, 1));
        }
        arena_close(arena);
    }
}

/* 15,000 days in a row, and the years before and after them. */
TEST(workdays_give_up_where_there_are_none) {
    enum { HOLIDAYS = 15000 };
    struct baton_arena *arena = arena_open();
    static struct told_day told[HOLIDAYS];
    const int32_t first = day_of_date("2021-01-04");
    int32_t day = 7;
    for (int32_t i = 0; i < HOLIDAYS; i++)
        told[i] = (struct told_day){first + i, false};
    const struct workdays w = workdays_of(arena, told, HOLIDAYS);
    CHECK(!workdays_next(&w, first, &day));
    CHECK(!workdays_previous(&w, first + HOLIDAYS - 1, &day));
    CHECK(!workdays_nth(&w, first - 1, 1, &day));
    CHECK(!workdays_nth(&w, first + HOLIDAYS, -1, &day));
    CHECK_INT(day, 7);
    CHECK(workdays_nth(&w, first, 0, &day));
    CHECK_TEXT(date_of_day(day), "2021-01-01");
    CHECK(
        workdays_next(&w, first + HOLIDAYS - 3000, &day)); /* 3,000 days are fewer than ten years */
    CHECK_INT(day >= first + HOLIDAYS, 1);
    arena_close(arena);
}

/* As many as an offset may have: 1,999 weeks and four days. */
TEST(workdays_by_thousands) {
    const struct workdays none = {0};
    const int32_t monday = day_of_date("2021-10-11");
    int32_t day = 0;
    CHECK(workdays_nth(&none, monday, 9999, &day));
    CHECK_INT(day, monday + 1999 * 7 + 4);
    CHECK(workdays_nth(&none, monday + 4, -9999, &day));
    CHECK_INT(day, monday - 1999 * 7);
}

TEST(workdays_end_with_the_years) {
    const struct workdays none = {0};
    const int32_t first = day_of_date("1900-01-01"), last = day_of_date("2999-12-31");
    int32_t day = 7;
    CHECK(!workdays_nth(&none, last, 1, &day));
    CHECK(!workdays_nth(&none, first, -1, &day));
    CHECK(!workdays_nth(&none, last, 9999, &day));
    CHECK(!workdays_nth(&none, last, INT32_MAX, &day));
    CHECK(!workdays_nth(&none, first, INT32_MIN, &day));
    CHECK(!workdays_nth(&none, last + 1, 0, &day));
    CHECK(!workdays_next(&none, first - 1, &day));
    CHECK_INT(day, 7);
    CHECK(workdays_nth(&none, last - 1, 1, &day));
    CHECK_INT(day, last);
    CHECK(workdays_nth(&none, first + 1, -1, &day));
    CHECK_INT(day, first);
}

TEST(workdays_of_days_that_say_nothing_new) {
    struct baton_arena *arena = arena_open();
    const struct told_day told[] = {{day_of_date("2021-10-09"), false},
                                    {day_of_date("2021-10-08"), true}};
    CHECK_INT(workdays_of(arena, told, LENGTH(told)).count, 0);
    CHECK_INT(workdays_of(arena, NULL, 0).count, 0);
    arena_close(arena);
}
