/* From rules to moments, and phases at their bounds. */
#include "base/civil_day.h"
#include "flow/calendar_phase.h"
#include "flow/calendar_rule.h"
#include "holidays_2021.h"
#include "unit/test.h"
#include <string.h>

static struct baton_arena *arena;
static struct baton_findings found;

static void begin(void) {
    arena = arena_open();
    found = (struct baton_findings){.arena = arena};
}

static struct field field_of(const char *name, const char *value) {
    return (struct field){name, value, value == NULL ? 0 : strlen(value), 't'};
}

/* A rule as the office says it: "opens due grace locks moves", NULL = none. */
static struct fact_body rule_fact(const char *frequency, const char *opens, const char *due,
                                  const char *grace, const char *locks, const char *moves) {
    const struct field fields[] = {
        field_of("frequency", frequency), field_of("opens", opens), field_of("due", due),
        field_of("grace", grace),         field_of("locks", locks), field_of("moves", moves)};
    struct field *field = arena_alloc(arena, LENGTH(fields), sizeof *field);
    size_t count = LENGTH(fields);
    memcpy(field, fields, sizeof fields);
    CHECK(fields_sort(field, &count));
    return (struct fact_body){"calendar", "towns", field, count};
}

static struct baton_period named(const char *name) {
    struct baton_period period = {0};
    CHECK(baton_period_parse(name, strlen(name), &period));
    return period;
}

static const char *text_of(bool has, struct civil_moment moment) {
    char text[CIVIL_MOMENT_SIZE];
    if (!has)
        return "-";
    civil_moment_format(moment, text);
    return arena_printf(arena, "%s", text);
}

/* "opens due grace locks" */
static const char *window_text(const struct deadlines *d) {
    return arena_printf(arena, "%s %s %s %s", text_of(d->has_opens, d->opens),
                        text_of(true, d->due), text_of(d->has_grace, d->grace),
                        text_of(d->has_locks, d->locks));
}

struct moments {
    const char *period, *frequency, *opens, *due, *grace, *locks, *moves, *want;
};
static const struct moments rules[] = {
    /* months of 2021, over its holidays */
    {"2021-08", "month", "1d", "8wd 17:00", NULL, NULL, NULL, "2021-09-01 2021-09-10T17:00 - -"},
    {"2021-09", "month", "1d", "10d", "15d", "8wd", NULL,
     "2021-10-08 2021-10-11 2021-10-15 2021-10-18"},
    {"2021-09", "month", "1d", "10d", "15d", "8wd", "earlier",
     "2021-09-30 2021-10-09 2021-10-15 2021-10-18"},
    {"2021-09", "month", "1d", "10d", "15d", "8wd", "none",
     "2021-10-01 2021-10-10 2021-10-15 2021-10-18"},
    {"2021-09", "month", "-5d", "5d 12:00", NULL, NULL, "later", "2021-09-26 2021-10-08T12:00 - -"},
    {"2021-09", "month", "-5d", "5d 12:00", NULL, NULL, "earlier",
     "2021-09-24 2021-09-30T12:00 - -"},
    {"2021-01", "month", "-1wd", "12d", "8wd", NULL, "later", ""},
    {"2021-01", "month", "-1wd", "8wd", "12d", NULL, "later", "2021-01-28 2021-02-09 2021-02-18 -"},
    {"2021-01", "month", "0wd", "8wd", "12d", NULL, "earlier",
     "2021-01-29 2021-02-09 2021-02-10 -"},
    {"2021-04", "month", "0d", "1d", "3wd", "4wd", "later",
     "2021-04-30 2021-05-06 2021-05-08 2021-05-10"},
    /* leap years */
    {"2020-02", "month", "0d", "1d", NULL, NULL, "none", "2020-02-29 2020-03-01 - -"},
    {"2020-02", "month", "0wd", "1wd", NULL, NULL, NULL, "2020-02-28 2020-03-02 - -"},
    {"2100-02", "month", "0d", "1d", NULL, NULL, "none", "2100-02-28 2100-03-01 - -"},
    {"2024-02-29", "day", "0d", "1d", NULL, NULL, NULL, "2024-02-29 2024-03-01 - -"},
    {"2100-02-28", "day", "0d 08:00", "0d 20:00", NULL, NULL, "none",
     "2100-02-28T08:00 2100-02-28T20:00 - -"},
    /* over the end of a year, in all kinds of periods */
    {"2020-12", "month", "1d", "5wd", NULL, NULL, NULL, "2021-01-04 2021-01-08 - -"},
    {"2020-Q4", "quarter", "1d", "15d", NULL, NULL, NULL, "2021-01-04 2021-01-15 - -"},
    {"2020-H2", "half", "1d", "20d", "30d", NULL, NULL, "2021-01-04 2021-01-20 2021-02-01 -"},
    {"2020", "year", "1d", "45d", "31wd", "60d", NULL,
     "2021-01-04 2021-02-18 2021-02-19 2021-03-01"},
    {"2021-H1", "half", "1d", "20d", NULL, "30d", NULL, "2021-07-01 2021-07-20 - 2021-07-30"},
    {"2021-Q3", "quarter", "1d", "15d", NULL, NULL, NULL, "2021-10-08 2021-10-15 - -"},
    /* weeks: 2020-W53 ends on Sunday, 3 January 2021, 2026-W53 on 3 January 2027 */
    {"2020-W53", "week", "1d", "2wd 18:00", NULL, NULL, NULL, "2021-01-04 2021-01-05T18:00 - -"},
    {"2020-W53", "week", "-2d", "0d", NULL, NULL, "none", "2021-01-01 2021-01-03 - -"},
    {"2020-W53", "week", "0wd", "1wd", NULL, NULL, NULL, "2020-12-31 2021-01-04 - -"},
    {"2026-W53", "week", "1d", "3d", NULL, NULL, NULL, "2027-01-04 2027-01-06 - -"},
    {"2026-W53", "week", "0wd", "3wd", NULL, NULL, NULL, "2027-01-01 2027-01-06 - -"},
    {"2021-W38", "week", "0d", "1wd", "2wd", NULL, "later", "2021-09-26 2021-09-27 2021-09-28 -"},
    {"2021-W38", "week", "0d 09:00", "0d 12:00", "0d 12:00", "0d 12:00", "later",
     "2021-09-26T09:00 2021-09-26T12:00 2021-09-26T12:00 2021-09-26T12:00"},
    {"2021-09-26", "day", "0d", "1d", NULL, NULL, NULL, "2021-09-26 2021-09-27 - -"},
    {"2021-09-30", "day", "0d 08:00", "1d 09:00", NULL, NULL, NULL,
     "2021-09-30T08:00 2021-10-08T09:00 - -"},
};

static void check_moments(const struct workdays *w, const struct moments *of, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const struct fact_body body = rule_fact(of[i].frequency, of[i].opens, of[i].due,
                                                of[i].grace, of[i].locks, of[i].moves);
        struct calendar_rule rule = {0};
        struct deadlines window = {0};
        CASE("%s %s %s", of[i].period, of[i].due, of[i].moves == NULL ? "" : of[i].moves);
        CHECK_TEXT(calendar_rule_read(&body, &rule), NULL);
        const baton_code code = calendar_rule_apply(&rule, w, named(of[i].period), &window, &found);
        CHECK_INT(code, of[i].want[0] != '\0' ? BATON_OK : BATON_CALENDAR_ORDER);
        CHECK_TEXT(code == BATON_OK ? window_text(&window) : "", of[i].want);
    }
}

TEST(calendar_rules_give_moments) {
    begin();
    const struct workdays w = workdays_2021(arena);
    check_moments(&w, rules, LENGTH(rules));
    arena_close(arena);
}

/* 2020 as it was announced (国办发明电〔2019〕16号), the Spring Festival with its prolongation to 2 February (国办发明电〔2020〕1号): ten days in a row. */
static const struct {
    const char *first, *last;
    bool is_workday;
} told_2020[] = {{"2020-01-01", "2020-01-01", false}, {"2020-01-19", "2020-01-19", true},
                 {"2020-01-24", "2020-02-02", false}, {"2020-04-04", "2020-04-06", false},
                 {"2020-04-26", "2020-04-26", true},  {"2020-05-01", "2020-05-05", false},
                 {"2020-05-09", "2020-05-09", true},  {"2020-06-25", "2020-06-27", false},
                 {"2020-06-28", "2020-06-28", true},  {"2020-09-27", "2020-09-27", true},
                 {"2020-10-01", "2020-10-08", false}, {"2020-10-10", "2020-10-10", true}};

static const struct moments rules_2020[] = {
    /* 24 January to 2 February are holidays: the chain is left at either of its ends, from each of its days */
    {"2019-12", "month", "1d", "24d", NULL, NULL, "later", "2020-01-02 2020-02-03 - -"},
    {"2019-12", "month", "1d", "24d", NULL, NULL, "earlier", "2019-12-31 2020-01-23 - -"},
    {"2019-12", "month", "1d", "33d", "34d", NULL, "later", "2020-01-02 2020-02-03 2020-02-03 -"},
    {"2019-12", "month", "1d", "33d", "34d", NULL, "earlier", "2019-12-31 2020-01-23 2020-02-03 -"},
    {"2019-12", "month", "1d", "33d 17:00", "34d 09:00", NULL, "later", ""},
    /* a Sunday that is worked stays, and counts */
    {"2019-12", "month", "1d", "19d", NULL, NULL, NULL, "2020-01-02 2020-01-19 - -"},
    {"2019-12", "month", "1d", "12wd", "13wd", "17wd", NULL,
     "2020-01-02 2020-01-17 2020-01-19 2020-01-23"},
    {"2019-12", "month", "1d", "17wd", "18wd", NULL, NULL, "2020-01-02 2020-01-23 2020-02-03 -"},
    /* the last day of the period lies in the chain */
    {"2020-01", "month", "1d", "8wd 17:00", "10wd", "30d", NULL,
     "2020-02-03 2020-02-12T17:00 2020-02-14 2020-03-02"},
    {"2020-01", "month", "0wd", "1wd", NULL, NULL, NULL, "2020-01-23 2020-02-03 - -"},
    {"2020-W04", "week", "0wd", "1wd", "5d", NULL, NULL, "2020-01-23 2020-02-03 2020-02-03 -"},
    {"2020-W05", "week", "1d", "2d", NULL, NULL, NULL, "2020-02-03 2020-02-04 - -"},
    /* a leap February, and the year that is a day longer for it */
    {"2020-02", "month", "1d", "8wd 17:00", "10wd", "30d", NULL,
     "2020-03-02 2020-03-11T17:00 2020-03-13 2020-03-30"},
    {"2020-Q1", "quarter", "-31d", "4d", NULL, NULL, "none", "2020-02-29 2020-04-04 - -"},
    {"2020-Q1", "quarter", "-31d", "4d", NULL, NULL, "later", "2020-03-02 2020-04-07 - -"},
    {"2019", "year", "1d", "60d", "366d", NULL, "none", "2020-01-01 2020-02-29 2020-12-31 -"},
    /* National Day and Mid-Autumn together, eight days, and a Saturday that is worked behind them */
    {"2020-09", "month", "1d", "8wd 17:00", "10wd", "30d", NULL,
     "2020-10-09 2020-10-19T17:00 2020-10-21 2020-10-30"},
    {"2020-Q3", "quarter", "1d", "10d", NULL, NULL, NULL, "2020-10-09 2020-10-10 - -"},
    {"2020-W39", "week", "0d", "1wd", "4wd", NULL, NULL, "2020-09-27 2020-09-28 2020-10-09 -"},
    /* the year ends in a week of its own */
    {"2020-W53", "week", "-3d", "-2d", "1d", NULL, "none", "2020-12-31 2021-01-01 2021-01-04 -"},
};

TEST(calendar_rules_of_a_leap_year_with_long_holidays) {
    enum { MOST = 64 };
    begin();
    struct told_day told[MOST];
    size_t count = 0;
    for (size_t i = 0; i < LENGTH(told_2020); i++)
        for (int32_t day = day_of_date(told_2020[i].first); day <= day_of_date(told_2020[i].last);
             day++)
            told[count++] = (struct told_day){day, told_2020[i].is_workday};
    const struct workdays w = workdays_of(arena, told, count);
    check_moments(&w, rules_2020, LENGTH(rules_2020));
    arena_close(arena);
}

static const struct {
    const char *name, *period, *opens, *due, *grace, *locks, *moves, *earlier, *later;
} crossed[] = {
    {"due as it opens", "2021-08", "1d", "0d", NULL, NULL, "none", "opens 2021-09-01",
     "due 2021-08-31"},
    {"a day that is not one", "2021-08", "1d 09:00", "1d 09:00", NULL, NULL, NULL,
     "opens 2021-09-01T09:00", "due 2021-09-01T09:00"},
    {"grace before due", "2021-08", "1d", "10d", "9d", NULL, NULL, "due 2021-09-10",
     "grace 2021-09-09"},
    {"grace on the day, before its end", "2021-08", "1d", "10d", "10d 23:59", NULL, NULL,
     "due 2021-09-10", "grace 2021-09-10T23:59"},
    {"locked before the end of grace", "2021-08", "1d", "10d", "15d", "14d", NULL,
     "grace 2021-09-15", "locks 2021-09-14"},
    {"locked before due", "2021-08", "1d", "10d", NULL, "9d", NULL, "due 2021-09-10",
     "locks 2021-09-09"},
    {"by holidays alone", "2021-09", "1d", "5d", "6d", "1wd 08:00", "later", "grace 2021-10-08",
     "locks 2021-10-08T08:00"},
};

TEST(calendar_rules_out_of_order) {
    for (size_t i = 0; i < LENGTH(crossed); i++) {
        begin();
        const struct workdays w = workdays_2021(arena);
        const struct fact_body body =
            rule_fact("month", crossed[i].opens, crossed[i].due, crossed[i].grace, crossed[i].locks,
                      crossed[i].moves);
        struct calendar_rule rule = {0};
        struct deadlines window = {.due = {.day = 7}};
        CASE("%s", crossed[i].name);
        CHECK_TEXT(calendar_rule_read(&body, &rule), NULL);
        CHECK_INT(calendar_rule_apply(&rule, &w, named(crossed[i].period), &window, &found),
                  BATON_CALENDAR_ORDER);
        CHECK_INT(window.due.day, 7);
        if (CHECK_INT(found.count, 1)) {
            CHECK_TEXT(found.item[0].arg[0], "month");
            CHECK_TEXT(found.item[0].arg[1], crossed[i].period);
            CHECK_TEXT(found.item[0].arg[2], crossed[i].earlier);
            CHECK_TEXT(found.item[0].arg[3], crossed[i].later);
        }
        arena_close(arena);
    }
}

TEST(calendar_rules_told_in_words) {
    begin();
    const struct workdays none = {0};
    const struct fact_body body = rule_fact("quarter", "1d", "-3d", NULL, NULL, "none");
    struct calendar_rule rule = {0};
    struct deadlines window;
    CHECK_TEXT(calendar_rule_read(&body, &rule), NULL);
    CHECK_INT(calendar_rule_apply(&rule, &none, named("2021-Q2"), &window, &found),
              BATON_CALENDAR_ORDER);
    CHECK_TEXT(baton_finding_message(arena, &found.item[0], BATON_EN),
               "the calendar of 'quarter' puts due 2021-06-27 of 2021-Q2 not after opens "
               "2021-07-01");
    CHECK_TEXT(baton_finding_message(arena, &found.item[0], BATON_ZH),
               "“quarter”的日程规则使 2021-Q2 的 due 2021-06-27 不晚于 opens 2021-07-01");
    arena_close(arena);
}

TEST(calendar_rules_that_lead_to_no_day) {
    static const struct {
        const char *period, *due, *moves;
    } cases[] = {{"2999", "1d", "none"},       {"2999", "1d", "later"},   {"2999", "1wd", NULL},
                 {"2999", "9999d", "later"},   {"1900", "-366d", "none"}, {"1900", "-9999wd", NULL},
                 {"1900", "-9999d", "earlier"}};
    const struct workdays none = {0};
    for (size_t i = 0; i < LENGTH(cases); i++) {
        begin();
        const struct fact_body body =
            rule_fact("year", "0d", cases[i].due, NULL, NULL, cases[i].moves);
        struct calendar_rule rule = {0};
        struct deadlines window;
        CASE("%s %s", cases[i].period, cases[i].due);
        CHECK_TEXT(calendar_rule_read(&body, &rule), NULL);
        CHECK_INT(calendar_rule_apply(&rule, &none, named(cases[i].period), &window, &found),
                  BATON_CALENDAR_NO_DAY);
        if (CHECK_INT(found.count, 1)) {
            CHECK_TEXT(found.item[0].arg[1], cases[i].period);
            CHECK_TEXT(found.item[0].where.field, "due");
        }
        arena_close(arena);
    }
}

TEST(calendar_rules_that_cannot_be_read) {
    static const struct {
        const char *frequency, *opens, *due, *grace, *locks, *moves, *want;
    } cases[] = {
        {"month", "1d", "8wd", NULL, NULL, NULL, NULL},
        {"decade", "1d", "8wd", NULL, NULL, NULL, "frequency"},
        {NULL, "1d", "8wd", NULL, NULL, NULL, "frequency"},
        {"month", "soon", "8wd", NULL, NULL, NULL, "opens"},
        {"month", NULL, "8wd", NULL, NULL, NULL, "opens"},
        {"month", "1d", "2021-09-10", NULL, NULL, NULL, "due"},
        {"month", "1d", NULL, NULL, NULL, NULL, "due"},
        {"month", "1d", "8wd", "9", NULL, NULL, "grace"},
        {"month", "1d", "8wd", NULL, "10d 25:00", NULL, "locks"},
        {"month", "1d", "8wd", NULL, NULL, "sooner", "moves"},
    };
    begin();
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct calendar_rule rule = {0};
        const struct fact_body body = rule_fact(cases[i].frequency, cases[i].opens, cases[i].due,
                                                cases[i].grace, cases[i].locks, cases[i].moves);
        CASE("%zu", i);
        CHECK_TEXT(calendar_rule_read(&body, &rule), cases[i].want);
        CHECK_INT(rule.frequency, cases[i].want == NULL ? BATON_MONTH : BATON_PERIOD_NONE);
    }
    arena_close(arena);
}

TEST(calendar_days_that_cannot_be_read) {
    static const struct {
        const char *date, *is, *want;
    } cases[] = {{"2021-10-01", "holiday", NULL},
                 {"2021-10-09", "workday", NULL},
                 {"2021-02-29", "holiday", "date"},
                 {"2100-02-29", "workday", "date"},
                 {"2021-10-01", "feast", "is"}};
    for (size_t i = 0; i < LENGTH(cases); i++) {
        const struct field field[] = {field_of("date", cases[i].date), field_of("is", cases[i].is)};
        const struct fact_body body = {"day", "", field, LENGTH(field)};
        struct told_day told = {0};
        CASE("%s %s", cases[i].date, cases[i].is);
        CHECK_TEXT(calendar_day_read(&body, &told), cases[i].want);
        CHECK_INT(told.day, cases[i].want == NULL ? day_of_date(cases[i].date) : 0);
        CHECK_INT(told.is_workday, cases[i].want == NULL && strcmp(cases[i].is, "workday") == 0);
    }
}

TEST(calendar_rules_of_schemes) {
    static const struct {
        const char *period;
        int32_t due;
        const char *want;
    } cases[] = {
        {"2021-09", 10, "2021-10-01 2021-10-10 - -"}, /* in the holidays, and on a Sunday */
        {"2021-09", 1, "2021-10-01 2021-10-01 - -"},
        {"2021-09", 0, "2021-09-30 2021-09-30 - -"},
        {"2021", 45, "2022-01-01 2022-02-14 - -"},
        {"2020-W53", 3, "2021-01-04 2021-01-06 - -"},
        {"2020-02-29", 0, "2020-02-29 2020-02-29 - -"},
        {"2021-H1", 3660, "2021-07-01 2031-07-08 - -"},
        {"2021-Q3", 15, "2021-10-01 2021-10-15 - -"},
    };
    begin();
    const struct workdays w = workdays_2021(arena);
    for (size_t i = 0; i < LENGTH(cases); i++) {
        const struct baton_period period = named(cases[i].period);
        struct baton_scheme scheme = {0};
        struct deadlines window = {0};
        scheme.due_days[period.kind] = cases[i].due;
        const struct calendar_rule rule = calendar_rule_of_scheme(&scheme, period.kind);
        CASE("%s %d", cases[i].period, cases[i].due);
        if (CHECK_INT(calendar_rule_apply(&rule, &w, period, &window, &found), BATON_OK))
            CHECK_TEXT(window_text(&window), cases[i].want);
    }
    arena_close(arena);
}

/* Whatever the rule: nothing comes out in the wrong order, moved days are workdays, and moving changes no workday. */
TEST(calendar_rules_move_to_workdays) {
    begin();
    const struct workdays w = workdays_2021(arena);
    const struct baton_period month = named("2021-09");
    for (int32_t days = 1; days < 200; days++) {
        const int32_t unmoved = baton_period_last_day(month) + days;
        int32_t due[3] = {0};
        CASE("%d", days);
        for (int moves = CALENDAR_LATER; moves <= CALENDAR_STAYS; moves++) {
            const struct calendar_rule rule = {.frequency = BATON_MONTH,
                                               .opens = {.days = -20, .minute = -1},
                                               .due = {.days = days, .minute = 600},
                                               .moves = (enum calendar_moves)moves};
            struct deadlines window = {0};
            CHECK_INT(calendar_rule_apply(&rule, &w, month, &window, &found), BATON_OK);
            CHECK_INT(window.due.minute, 600);
            due[moves] = window.due.day;
        }
        int32_t later = unmoved, earlier = unmoved;
        while (!workdays_has(&w, later))
            later++;
        while (!workdays_has(&w, earlier))
            earlier--;
        CHECK_INT(due[CALENDAR_STAYS], unmoved);
        CHECK_INT(due[CALENDAR_LATER], later);
        CHECK_INT(due[CALENDAR_EARLIER], earlier);
    }
    arena_close(arena);
}

/* Phases */

static struct civil_moment moment(const char *text) {
    struct civil_moment out = {0};
    CHECK(civil_moment_parse(text, strlen(text), &out));
    return out;
}

/* Milliseconds of a day and a time in China. */
static int64_t at(const char *date, int hour, int minute) {
    return (int64_t)day_of_date(date) * CIVIL_DAY_MS - CIVIL_ZONE_MS +
           (hour * INT64_C(60) + minute) * 60000;
}

static void check_bound(const struct deadlines *d, int64_t bound, enum calendar_phase before,
                        enum calendar_phase from) {
    CHECK_TEXT(calendar_phase_word(calendar_phase_at(d, bound - 1)), calendar_phase_word(before));
    CHECK_TEXT(calendar_phase_word(calendar_phase_at(d, bound)), calendar_phase_word(from));
}

TEST(calendar_phases_at_their_bounds) {
    const struct deadlines d = {.has_opens = true,
                                .opens = moment("2021-09-01"),
                                .due = moment("2021-09-10"),
                                .has_grace = true,
                                .grace = moment("2021-09-13T17:00"),
                                .has_locks = true,
                                .locks = moment("2021-09-30")};
    check_bound(&d, at("2021-09-01", 0, 0), CALENDAR_UNOPENED, CALENDAR_OPEN);
    check_bound(&d, at("2021-09-11", 0, 0), CALENDAR_OPEN, CALENDAR_GRACE);
    check_bound(&d, at("2021-09-13", 17, 0), CALENDAR_GRACE, CALENDAR_CLOSED);
    check_bound(&d, at("2021-10-01", 0, 0), CALENDAR_CLOSED, CALENDAR_LOCKED);
    CHECK_INT(calendar_phase_at(&d, ENTRY_TIME_MAX), CALENDAR_LOCKED);
    CHECK_INT(calendar_phase_at(&d, 0), CALENDAR_UNOPENED);
    CHECK_INT(calendar_phase_at(NULL, at("2021-09-05", 0, 0)), CALENDAR_UNOPENED);
    CHECK_INT(at("2021-09-01", 0, 0), INT64_C(1630425600000)); /* 2021-08-31T16:00Z */
}

TEST(calendar_phases_without_grace_or_lock) {
    struct deadlines d = {
        .has_opens = true, .opens = moment("2021-09-01T08:30"), .due = moment("2021-09-10T17:00")};
    check_bound(&d, at("2021-09-01", 8, 30), CALENDAR_UNOPENED, CALENDAR_OPEN);
    check_bound(&d, at("2021-09-10", 17, 0), CALENDAR_OPEN, CALENDAR_CLOSED);
    CHECK_INT(calendar_phase_at(&d, ENTRY_TIME_MAX), CALENDAR_CLOSED);
    d.grace = moment("2021-09-20"); /* not its own */
    check_bound(&d, at("2021-09-10", 17, 0), CALENDAR_OPEN, CALENDAR_CLOSED);
    d.has_grace = true;
    d.grace = d.due; /* none of it */
    check_bound(&d, at("2021-09-10", 17, 0), CALENDAR_OPEN, CALENDAR_CLOSED);
    d.has_locks = true;
    d.locks = d.due;
    check_bound(&d, at("2021-09-10", 17, 0), CALENDAR_OPEN, CALENDAR_LOCKED);
}

TEST(calendar_phases_of_leap_days_and_year_ends) {
    const struct deadlines leap = {
        .has_opens = true, .opens = moment("2020-02-29"), .due = moment("2020-02-29")};
    check_bound(&leap, at("2020-02-29", 0, 0), CALENDAR_UNOPENED, CALENDAR_OPEN);
    check_bound(&leap, at("2020-03-01", 0, 0), CALENDAR_OPEN, CALENDAR_CLOSED);
    const struct deadlines year = {.has_opens = true,
                                   .opens = moment("2020-12-31"),
                                   .due = moment("2020-12-31"),
                                   .has_locks = true,
                                   .locks = moment("2020-12-31")};
    check_bound(&year, at("2021-01-01", 0, 0), CALENDAR_OPEN, CALENDAR_LOCKED);
}

TEST(calendar_phases_have_words) {
    static const char *const names[] = {"未开放", "填报中", "宽限期", "已截止", "已锁定"};
    enum calendar_phase phase = CALENDAR_GRACE;
    CHECK_INT(LENGTH(names), CALENDAR_PHASES);
    for (int p = 0; p < CALENDAR_PHASES; p++) {
        CHECK(calendar_phase_of(calendar_phase_word((enum calendar_phase)p), &phase));
        CHECK_INT(phase, p);
        CHECK_TEXT(calendar_phase_name((enum calendar_phase)p, BATON_ZH), names[p]);
        CHECK(calendar_phase_name((enum calendar_phase)p, BATON_EN)[0] != '\0');
    }
    CHECK(!calendar_phase_of("late", &phase));
    CHECK_INT(phase, CALENDAR_LOCKED);
}
