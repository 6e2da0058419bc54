#include "baton/period.h"
#include "unit/test.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct baton_period named(const char *name) {
    struct baton_period p = {0};
    CHECK(baton_period_parse(name, strlen(name), &p));
    return p;
}

static const char *name_of(struct baton_period p) {
    static char name[8][BATON_PERIOD_NAME_SIZE];
    static unsigned turn;
    char *const out = name[turn++ % 8];
    const size_t size = baton_period_format(p, out);
    CHECK_INT(strlen(out), size);
    return out;
}

static int32_t day_of(const char *date) {
    int32_t day = -1;
    CHECK(baton_day_parse(date, strlen(date), &day));
    return day;
}

static const char *date_of(int32_t day) {
    static char date[4][BATON_PERIOD_NAME_SIZE];
    static unsigned turn;
    char *const out = date[turn++ % 4];
    baton_day_format(day, out);
    return out;
}

static const struct {
    const char *name;
    int kind, year, index;
    const char *first, *last;
} periods[] = {
    {"2021", BATON_YEAR, 2021, 1, "2021-01-01", "2021-12-31"},
    {"1900", BATON_YEAR, 1900, 1, "1900-01-01", "1900-12-31"},
    {"2999", BATON_YEAR, 2999, 1, "2999-01-01", "2999-12-31"},
    {"2021-H1", BATON_HALF, 2021, 1, "2021-01-01", "2021-06-30"},
    {"2021-H2", BATON_HALF, 2021, 2, "2021-07-01", "2021-12-31"},
    {"2021-Q1", BATON_QUARTER, 2021, 1, "2021-01-01", "2021-03-31"},
    {"2021-Q3", BATON_QUARTER, 2021, 3, "2021-07-01", "2021-09-30"},
    {"2021-Q4", BATON_QUARTER, 2021, 4, "2021-10-01", "2021-12-31"},
    {"2021-08", BATON_MONTH, 2021, 8, "2021-08-01", "2021-08-31"},
    {"2021-02", BATON_MONTH, 2021, 2, "2021-02-01", "2021-02-28"},
    {"2020-02", BATON_MONTH, 2020, 2, "2020-02-01", "2020-02-29"},
    {"2000-02", BATON_MONTH, 2000, 2, "2000-02-01", "2000-02-29"},
    {"1900-02", BATON_MONTH, 1900, 2, "1900-02-01", "1900-02-28"},
    {"2021-12", BATON_MONTH, 2021, 12, "2021-12-01", "2021-12-31"},
    {"2021-W01", BATON_WEEK, 2021, 1, "2021-01-04", "2021-01-10"},
    {"2021-W35", BATON_WEEK, 2021, 35, "2021-08-30", "2021-09-05"},
    {"2020-W53", BATON_WEEK, 2020, 53, "2020-12-28", "2021-01-03"},
    {"2020-W01", BATON_WEEK, 2020, 1, "2019-12-30", "2020-01-05"},
    {"2026-W53", BATON_WEEK, 2026, 53, "2026-12-28", "2027-01-03"},
    {"1970-W01", BATON_WEEK, 1970, 1, "1969-12-29", "1970-01-04"},
    {"1900-W01", BATON_WEEK, 1900, 1, "1900-01-01", "1900-01-07"},
    {"2021-08-27", BATON_DAY, 2021, 239, "2021-08-27", "2021-08-27"},
    {"2021-01-01", BATON_DAY, 2021, 1, "2021-01-01", "2021-01-01"},
    {"2020-02-29", BATON_DAY, 2020, 60, "2020-02-29", "2020-02-29"},
    {"2020-03-01", BATON_DAY, 2020, 61, "2020-03-01", "2020-03-01"},
    {"2020-12-31", BATON_DAY, 2020, 366, "2020-12-31", "2020-12-31"},
};

TEST(period_parse_format_and_days) {
    for (size_t i = 0; i < LENGTH(periods); i++) {
        CASE("%s", periods[i].name);
        const struct baton_period p = named(periods[i].name);
        CHECK_INT(p.kind, periods[i].kind);
        CHECK_INT(p.year, periods[i].year);
        CHECK_INT(p.index, periods[i].index);
        CHECK_TEXT(name_of(p), periods[i].name);
        CHECK_TEXT(date_of(baton_period_first_day(p)), periods[i].first);
        CHECK_TEXT(date_of(baton_period_last_day(p)), periods[i].last);
    }
    CHECK_INT(day_of("1970-01-01"), 0);
    CHECK_INT(day_of("1969-12-31"), -1);
    CHECK_INT(day_of("2021-08-27"), 18866);
    CHECK_INT(day_of("1900-01-01"), -25567);
    CHECK_INT(day_of("2999-12-31"), 376199);
}

TEST(period_parse_refuses_what_the_calendar_has_not) {
    static const char *const wrong[] = {
        "",           "2",           "202",        "20210",      "1899",       "3000",
        "0000",       "９９９９",    "+202",       "-2021",      " 2021",      "2021 ",
        "2021-",      "2021-0",      "2021-00",    "2021-13",    "2021-1",     "2021-8 ",
        "2021/08",    "2021-H0",     "2021-H3",    "2021-h1",    "2021-Q0",    "2021-Q5",
        "2021-q1",    "2021-Q01",    "2021-W0",    "2021-W00",   "2021-W1",    "2021-W53",
        "2020-W54",   "2021-w35",    "2021W35",    "2021-W3a",   "2021-8-27",  "2021-08-2",
        "2021-08-00", "2021-08-32",  "2021-04-31", "2021-02-29", "1900-02-29", "2100-02-29",
        "2021-13-01", "2021-00-01",  "2021-08 27", "2021/08-27", "2021-08/27", "2021-08-2x",
        "20210827",   "2021-08-270", "202a",       "2021-H",     "2021-Qx",    "1899-12-31",
        "3000-01-01", "2021-W35-1"};
    for (size_t i = 0; i < LENGTH(wrong); i++) {
        CASE("'%s'", wrong[i]);
        const size_t size = strlen(wrong[i]);
        char *const copy = calloc(size > 0 ? size : 1, 1); // ends where its memory ends
        memcpy(copy, wrong[i], size);
        struct baton_period p = {77, 77, 77};
        CHECK(!baton_period_parse(copy, size, &p));
        CHECK(p.year == 77 && p.index == 77 && p.kind == 77);
        int32_t day = 77;
        CHECK(!baton_day_parse(copy, size, &day));
        CHECK_INT(day, 77);
        free(copy);
    }
    int32_t day = 77;
    CHECK(!baton_day_parse("2021", 4, &day));
    CHECK(!baton_day_parse("2021-08", 7, &day));
    CHECK(!baton_day_parse("2021-W35", 8, &day));
    CHECK_INT(day, 77);
    char date[BATON_PERIOD_NAME_SIZE];
    CHECK_INT(baton_day_format(376200, date), 0);
    CHECK_TEXT(date, "");
    CHECK_INT(baton_day_format(-25568, date), 0);
    CHECK_INT(baton_day_format(INT32_MIN, date), 0);
    CHECK_INT(baton_day_format(INT32_MAX, date), 0);
}

TEST(period_none_is_no_period) {
    const struct baton_period none = {0};
    CHECK_TEXT(name_of(none), "");
    CHECK_INT(baton_period_key(none), 0);
    CHECK(baton_period_equal(none, none));
    CHECK(!baton_period_equal(none, named("2021")));
    CHECK_INT(baton_period_compare(none, none), 0);
    CHECK(baton_period_compare(none, named("1900-01-01")) < 0);
    CHECK(baton_period_compare(named("1900-01-01"), none) > 0);
}

/* The whole calendar, walked day by day with nothing but the lengths of the months and the days of the week. */
TEST(period_agrees_with_a_calendar_walked_day_by_day) {
    static const int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = 1900, month = 1, day = 1, weekday = 0, in_year = 1; // 1900-01-01 was a Monday
    int32_t count[BATON_YEAR + 1];
    struct baton_period before[BATON_YEAR + 1] = {{0}};
    int week_year = 1900, week = 1;
    bool right = true;
    for (int32_t at = -25567; at <= 376199 && right; at++) {
        char date[64], got[BATON_PERIOD_NAME_SIZE];
        snprintf(date, sizeof date, "%04d-%02d-%02d", year, month, day);
        CASE("%s", date);
        baton_day_format(at, got);
        int32_t back = 0;
        right = right && strcmp(got, date) == 0 && baton_day_parse(got, 10, &back) && back == at;
        for (enum baton_period_kind kind = BATON_DAY; kind <= BATON_YEAR; kind++) {
            const struct baton_period p = baton_period_of_day(kind, at);
            const int want_index = kind == BATON_DAY       ? in_year
                                   : kind == BATON_WEEK    ? week
                                   : kind == BATON_MONTH   ? month
                                   : kind == BATON_QUARTER ? (month + 2) / 3
                                   : kind == BATON_HALF    ? (month + 5) / 6
                                                           : 1;
            if (kind == BATON_WEEK && week_year > 2999) {
                right = right && p.kind == BATON_PERIOD_NONE;
                continue;
            }
            right = right && p.kind == kind && p.year == (kind == BATON_WEEK ? week_year : year) &&
                    p.index == want_index;
            right = right && baton_period_first_day(p) <= at && baton_period_last_day(p) >= at;
            if (!baton_period_equal(p, before[kind])) { // a new one begins today
                right = right && baton_period_first_day(p) == at;
                if (before[kind].kind != BATON_PERIOD_NONE) {
                    right = right && baton_period_last_day(before[kind]) == at - 1;
                    right = right && baton_period_ordinal(p) == count[kind] + 1;
                    right = right && baton_period_equal(baton_period_shift(before[kind], 1), p);
                    right = right && baton_period_equal(baton_period_shift(p, -1), before[kind]);
                    right = right && baton_period_key(p) > baton_period_key(before[kind]);
                    right = right && baton_period_compare(before[kind], p) < 0;
                    if (p.year != before[kind].year)
                        right = right && p.index == 1 &&
                                baton_period_count_in_year(kind, before[kind].year) ==
                                    before[kind].index;
                }
                right = right && baton_period_equal(
                                     baton_period_from_ordinal(kind, baton_period_ordinal(p)), p);
                struct baton_period named_again;
                const size_t size = baton_period_format(p, got);
                right = right && baton_period_parse(got, size, &named_again) &&
                        baton_period_equal(named_again, p);
                before[kind] = p;
                count[kind] = baton_period_ordinal(p);
            }
        }
        const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        day++;
        in_year++;
        if (day > month_days[month - 1] + (month == 2 && leap)) {
            day = 1;
            if (++month > 12) {
                month = 1;
                year++;
                in_year = 1;
            }
        }
        weekday = (weekday + 1) % 7;
        if (weekday == 0) { // the week of the year in which its Thursday lies
            const int days = 365 + ((year % 4 == 0 && year % 100 != 0) || year % 400 == 0);
            week++;
            if (in_year + 3 > days || in_year + 3 <= 7) {
                week = 1;
                week_year = in_year + 3 > days ? year + 1 : year;
            }
        }
    }
    CHECK(right);
    CHECK_INT(year, 3000);
}

TEST(period_shift) {
    static const struct {
        const char *from;
        int32_t n;
        const char *want; // "" = none
    } cases[] = {{"2021-08", 0, "2021-08"},
                 {"2021-08", 5, "2022-01"},
                 {"2021-01", -1, "2020-12"},
                 {"2021-01", -13, "2019-12"},
                 {"2021-Q1", -1, "2020-Q4"},
                 {"2021-Q3", 6, "2023-Q1"},
                 {"2021-H2", 1, "2022-H1"},
                 {"2021-H1", -3, "2019-H2"},
                 {"2021", -21, "2000"},
                 {"2021-W01", -1, "2020-W53"},
                 {"2020-W53", 1, "2021-W01"},
                 {"2021-W52", 1, "2022-W01"},
                 {"2021-W35", -52, "2020-W36"},
                 {"2020-02-28", 1, "2020-02-29"},
                 {"2021-03-01", -1, "2021-02-28"},
                 {"2021-08-27", 365, "2022-08-27"},
                 {"1900", -1, ""},
                 {"2999", 1, ""},
                 {"1900-01", -1, ""},
                 {"2999-12", 1, ""},
                 {"1900-W01", -1, ""},
                 {"2999-W52", 1, ""},
                 {"1900-01-01", -1, ""},
                 {"2999-12-31", 1, ""},
                 {"1900-01-01", 401766, "2999-12-31"},
                 {"2021", INT32_MAX, ""},
                 {"2021-08-27", INT32_MIN, ""},
                 {"2021-W35", INT32_MAX, ""},
                 {"1900-01", INT32_MIN, ""},
                 {"1900-01", 13199, "2999-12"}};
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s by %d", cases[i].from, (int)cases[i].n);
        CHECK_TEXT(name_of(baton_period_shift(named(cases[i].from), cases[i].n)), cases[i].want);
    }
}

TEST(period_from_ordinal_outside_is_none) {
    for (enum baton_period_kind kind = BATON_DAY; kind <= BATON_YEAR; kind++) {
        static const int32_t far[] = {INT32_MIN, INT32_MIN + 1, -30001, -30000,
                                      400000,    400001,        500000, INT32_MAX};
        for (size_t i = 0; i < LENGTH(far); i++) {
            CASE("%d of kind %d", (int)far[i], (int)kind);
            CHECK_INT(baton_period_from_ordinal(kind, far[i]).kind, BATON_PERIOD_NONE);
            CHECK_INT(baton_period_of_day(kind, far[i]).kind, BATON_PERIOD_NONE);
        }
    }
}

TEST(period_same_name) {
    static const struct {
        const char *from;
        int years;
        const char *want; // NULL = none
    } cases[] = {{"2021-08", -1, "2020-08"},
                 {"2021-Q3", -1, "2020-Q3"},
                 {"2021-H1", 2, "2023-H1"},
                 {"2021", -1, "2020"},
                 {"2021-W35", -1, "2020-W35"},
                 {"2020-W53", -1, NULL},
                 {"2020-W53", 1, NULL},
                 {"2020-W53", -5, "2015-W53"},
                 {"2021-08-27", -1, "2020-08-27"},
                 {"2020-08-27", 1, "2021-08-27"},
                 {"2020-02-29", -1, NULL},
                 {"2020-02-29", 1, NULL},
                 {"2020-02-29", -4, "2016-02-29"},
                 {"2021-02-28", -1, "2020-02-28"},
                 {"2020-03-01", 1, "2021-03-01"},
                 {"2020-12-31", 1, "2021-12-31"},
                 {"2021-12-31", -1, "2020-12-31"},
                 {"1900", -1, NULL},
                 {"2999-12", 1, NULL},
                 {"1900", 1099, "2999"},
                 {"2021", INT32_MAX, NULL},
                 {"2021", INT32_MIN, NULL},
                 {"2021-08", 0, "2021-08"}};
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s, %d years", cases[i].from, cases[i].years);
        struct baton_period p = {77, 77, 77};
        CHECK_INT(baton_period_same_name(named(cases[i].from), cases[i].years, &p),
                  cases[i].want != NULL);
        if (cases[i].want != NULL)
            CHECK_TEXT(name_of(p), cases[i].want);
        else
            CHECK(p.year == 77 && p.index == 77 && p.kind == 77);
    }
}

TEST(period_newest) {
    static const struct {
        int kind, year;
        const char *last_day, *want; // NULL = none
    } cases[] = {
        {BATON_MONTH, 2021, "2021-06-30", "2021-06"},
        {BATON_MONTH, 2021, "2021-06-29", "2021-05"},
        {BATON_MONTH, 2021, "2021-12-31", "2021-12"},
        {BATON_MONTH, 2021, "2025-06-30", "2021-12"},
        {BATON_MONTH, 2021, "2021-01-30", NULL},
        {BATON_MONTH, 2021, "2020-12-31", NULL},
        {BATON_QUARTER, 2021, "2021-08-31", "2021-Q2"},
        {BATON_QUARTER, 2021, "2021-03-31", "2021-Q1"},
        {BATON_QUARTER, 2021, "2021-03-30", NULL},
        {BATON_HALF, 2021, "2021-08-31", "2021-H1"},
        {BATON_YEAR, 2021, "2021-12-31", "2021"},
        {BATON_YEAR, 2021, "2021-12-30", NULL},
        {BATON_WEEK, 2020, "2021-01-03", "2020-W53"},
        {BATON_WEEK, 2020, "2021-01-02", "2020-W52"},
        {BATON_WEEK, 2021, "2021-01-03", NULL},
        {BATON_WEEK, 2021, "2021-01-10", "2021-W01"},
        {BATON_WEEK, 2021, "2021-12-31", "2021-W51"},
        {BATON_WEEK, 2020, "2020-01-05", "2020-W01"},
        {BATON_WEEK, 2020, "2019-12-31", NULL},
        {BATON_DAY, 2021, "2021-08-27", "2021-08-27"},
        {BATON_DAY, 2021, "2020-12-31", NULL},
        {BATON_DAY, 2021, "2022-01-01", "2021-12-31"},
        {BATON_MONTH, 1899, "2021-01-01", NULL},
        {BATON_MONTH, 3000, "2999-12-31", NULL},
        {BATON_WEEK, 2999, "2999-12-31", "2999-W52"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("kind %d of %d to %s", cases[i].kind, cases[i].year, cases[i].last_day);
        struct baton_period p = {77, 77, 77};
        const bool found = baton_period_newest((enum baton_period_kind)cases[i].kind, cases[i].year,
                                               day_of(cases[i].last_day), &p);
        CHECK_INT(found, cases[i].want != NULL);
        if (found && cases[i].want != NULL)
            CHECK_TEXT(name_of(p), cases[i].want);
        else
            CHECK(p.year == 77 && p.index == 77 && p.kind == 77);
    }
    struct baton_period p;
    CHECK(baton_period_newest(BATON_WEEK, 2021, INT32_MAX, &p) &&
          strcmp(name_of(p), "2021-W52") == 0);
    CHECK(!baton_period_newest(BATON_WEEK, 2021, INT32_MIN, &p));
}

/* Against a search through all periods of the year. */
TEST(period_newest_is_the_last_that_fits) {
    for (int year = 2018; year <= 2028; year++) {
        for (enum baton_period_kind kind = BATON_DAY; kind <= BATON_YEAR; kind++) {
            for (int32_t day = baton_period_first_day(
                                   (struct baton_period){(int16_t)year, 1, BATON_YEAR}) -
                               10,
                         end = day + 390;
                 day < end; day++) {
                struct baton_period want = {0}, got = {0};
                for (int i = 1; i <= baton_period_count_in_year(kind, year); i++) {
                    const struct baton_period p = {(int16_t)year, (int16_t)i, (uint8_t)kind};
                    if (baton_period_last_day(p) <= day)
                        want = p;
                }
                const bool found = baton_period_newest(kind, year, day, &got);
                if (found != (want.kind != BATON_PERIOD_NONE) || !baton_period_equal(got, want))
                    FAIL("kind %d of %d to day %d is %s, expected %s", (int)kind, year, (int)day,
                         name_of(got), name_of(want));
            }
            CHECK(baton_period_count_in_year(kind, year) > 0);
        }
    }
}

TEST(period_contains_and_overlaps) {
    static const struct {
        const char *a, *b;
        bool contains, overlaps; // a contains b
    } cases[] = {
        {"2021", "2021", true, true},
        {"2021", "2021-H1", true, true},
        {"2021-H1", "2021", false, true},
        {"2021", "2021-12-31", true, true},
        {"2021", "2022-01-01", false, false},
        {"2021-Q2", "2021-06", true, true},
        {"2021-Q2", "2021-07", false, false},
        {"2020", "2020-W01", false, true}, // begins on 2019-12-30
        {"2020", "2020-W53", false, true}, // ends on 2021-01-03
        {"2021", "2020-W53", false, true},
        {"2020-W53", "2021-01-03", true, true},
        {"2021-01", "2021-W01", true, true},
        {"2021-W35", "2021-08", false, true},
        {"2021-W35", "2021-09-05", true, true},
        {"2021-W35", "2021-09-06", false, false},
        {"2021-08-27", "2021-08-27", true, true},
        {"2021-08-27", "2021-08", false, true},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s and %s", cases[i].a, cases[i].b);
        const struct baton_period a = named(cases[i].a), b = named(cases[i].b);
        CHECK_INT(baton_period_contains(a, b), cases[i].contains);
        CHECK_INT(baton_period_overlaps(a, b), cases[i].overlaps);
        CHECK_INT(baton_period_overlaps(b, a), cases[i].overlaps);
    }
}

TEST(period_compare_orders_by_last_day_then_first_then_kind) {
    static const char *const rising[] = {
        "2020-12-31", "2020-W53",   "2021-01-03", "2021-W01", "2021-01", "2021-Q2",
        "2021-06-30", "2021-07-01", "2021-08",    "2021-W35", "2021",    "2021-H2",
        "2021-Q4",    "2021-12",    "2021-12-31", "2021-W52", "2022-W01"};
    for (size_t i = 0; i < LENGTH(rising); i++) {
        for (size_t k = 0; k < LENGTH(rising); k++) {
            CASE("%s and %s", rising[i], rising[k]);
            const int got = baton_period_compare(named(rising[i]), named(rising[k]));
            const int want = i < k ? -1 : i > k;
            CHECK_INT((got > 0) - (got < 0), want);
            CHECK_INT(baton_period_equal(named(rising[i]), named(rising[k])), i == k);
            if (i != k)
                CHECK(baton_period_key(named(rising[i])) != baton_period_key(named(rising[k])));
        }
    }
}

TEST(period_first_of_year_and_count) {
    CHECK_TEXT(name_of(baton_period_first_of_year(named("2021-08"))), "2021-01");
    CHECK_TEXT(name_of(baton_period_first_of_year(named("2020-W53"))), "2020-W01");
    CHECK_TEXT(name_of(baton_period_first_of_year(named("2021-08-27"))), "2021-01-01");
    CHECK_TEXT(name_of(baton_period_first_of_year(named("2021"))), "2021");
    CHECK_INT(baton_period_count_in_year(BATON_DAY, 2020), 366);
    CHECK_INT(baton_period_count_in_year(BATON_DAY, 2100), 365);
    CHECK_INT(baton_period_count_in_year(BATON_WEEK, 2020), 53);
    CHECK_INT(baton_period_count_in_year(BATON_WEEK, 2021), 52);
    CHECK_INT(baton_period_count_in_year(BATON_WEEK, 2999), 52);
    CHECK_INT(baton_period_count_in_year(BATON_MONTH, 2021), 12);
    CHECK_INT(baton_period_count_in_year(BATON_QUARTER, 2021), 4);
    CHECK_INT(baton_period_count_in_year(BATON_HALF, 2021), 2);
    CHECK_INT(baton_period_count_in_year(BATON_YEAR, 2021), 1);
    CHECK_INT(baton_period_count_in_year(BATON_DAY, 1899), 0);
    CHECK_INT(baton_period_count_in_year(BATON_YEAR, 3000), 0);
}
