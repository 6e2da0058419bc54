/* The calendar of a ledger: days, rules, periods and exceptions as they were said; opening the periods of a year. */
#include "base/civil_day.h"
#include "flow/calendar.h"
#include "flow_fixture.h"
#include "holidays_2021.h"
#include "unit/test.h"
#include <string.h>

static struct flow_test t;
static struct calendar calendar;

static bool begin(void) {
    return flow_begin(&t) && flow_person(&t, "wang", "王敏", "office");
}

static bool say_rule(const char *frequency, const char *opens, const char *due, const char *grace,
                     const char *locks, const char *moves) {
    struct field *field = arena_alloc(t.arena, 6, sizeof *field);
    size_t count = 6;
    field[0] = text_field("due", due);
    field[1] = text_field("frequency", frequency);
    field[2] = text_field("grace", grace);
    field[3] = text_field("locks", locks);
    field[4] = text_field("moves", moves);
    field[5] = text_field("opens", opens);
    return CHECK(fields_sort(field, &count)) &&
           CHECK_INT(
               flow_say(&t, "wang", (struct fact_body){"calendar", "towns", field, count}, NULL),
               BATON_OK);
}

static bool say_days(void) {
    struct fact_body *fact = arena_alloc(t.arena, holidays_2021_count, sizeof *fact);
    for (size_t i = 0; i < holidays_2021_count; i++)
        fact[i] = flow_fact(&t, "day", "", "date", holidays_2021[i].date, "is",
                            holidays_2021[i].is_workday ? "workday" : "holiday", "name",
                            holidays_2021[i].name, NULL);
    struct submission submission = {.actor = "wang", .fact = fact, .count = holidays_2021_count};
    return CHECK_INT(ledger_append(t.ledger, t.arena, &submission, &t.found), BATON_OK);
}

static bool say_facts(struct fact_body *fact, size_t count) {
    struct submission submission = {.actor = "wang", .fact = fact, .count = count};
    return CHECK_INT(ledger_append(t.ledger, t.arena, &submission, &t.found), BATON_OK);
}

/* Proposed by wang, decided by li. */
static bool except(const char *element, const char *due, const char *grace, const char *locks) {
    struct field *field = arena_alloc(t.arena, 6, sizeof *field);
    size_t count = 6;
    field[0] = text_field("due", due);
    field[1] = text_field("element", element);
    field[2] = text_field("grace", grace);
    field[3] = text_field("locks", locks);
    field[4] = text_field("period", "2021-08");
    field[5] = text_field("unit", "a");
    if (!CHECK(fields_sort(field, &count)))
        return false;
    struct fact_body fact = {"exception", "towns", field, count};
    struct submission submission = {.actor = "wang", .fact = &fact, .count = 1};
    struct submission decided;
    return CHECK_INT(ledger_propose(t.ledger, t.arena, &submission, "洪涝灾害", 0, &t.found),
                     BATON_OK) &&
           CHECK_INT(ledger_decide(t.ledger, t.arena, "li", NULL, submission.first, true, "同意",
                                   &decided, &t.found),
                     BATON_OK);
}

static bool read_known(uint64_t known) {
    return CHECK_INT(calendar_read(t.arena, t.reader, "towns", known, &calendar, &t.found),
                     BATON_OK);
}

static uint64_t size(void) {
    uint64_t out = 0;
    CHECK_INT(reader_size(t.reader, &out), BATON_OK);
    return out;
}

static bool read_now(void) {
    return read_known(size());
}

static struct baton_period named(const char *name) {
    struct baton_period period = {0};
    CHECK(baton_period_parse(name, strlen(name), &period));
    return period;
}

static const char *text_of(bool has, struct civil_moment moment) {
    char text[CIVIL_MOMENT_SIZE];
    return has ? arena_text(t.arena, text, civil_moment_format(moment, text)) : "-";
}

/* "opens due grace locks"; "" = it is not opened. */
static const char *window(const char *period, const char *unit, const char *element) {
    struct deadlines d;
    if (!calendar_window_of(&calendar, named(period), unit, element, &d))
        return "";
    return arena_printf(t.arena, "%s %s %s %s", text_of(true, d.opens), text_of(true, d.due),
                        text_of(d.has_grace, d.grace), text_of(d.has_locks, d.locks));
}

static const char *phase(const char *period, const char *unit, const char *element, int64_t time) {
    return calendar_phase_word(
        calendar_phase_of_figure(&calendar, named(period), unit, element, time));
}

/* The fields of a fact: "due=... opens=..." */
static const char *fact_text(const struct fact_body *fact) {
    const char *text = "";
    for (size_t i = 0; i < fact->field_count; i++)
        text = arena_printf(t.arena, "%s%s%s=%s", text, i > 0 ? " " : "", fact->field[i].name,
                            fact->field[i].value);
    return text;
}

TEST(calendar_of_a_ledger_without_one) {
    if (!begin() || !read_now())
        return;
    CHECK_TEXT(calendar.assessment, "towns");
    CHECK_INT(calendar.workdays.count, 0);
    CHECK_TEXT(window("2021-08", "a", "growth"), "");
    CHECK_TEXT(phase("2021-08", "a", "growth", INT64_C(1630425600000)), "unopened");
    for (int kind = BATON_DAY; kind <= BATON_YEAR; kind++)
        CHECK_INT(calendar.rule[kind].frequency, BATON_PERIOD_NONE);
    flow_end(&t);
}

TEST(calendar_is_read_as_it_was_said) {
    if (!begin() || !say_days() || !say_rule("month", "1d", "8wd 17:00", NULL, NULL, NULL) ||
        !say_rule("week", "1d", "2wd", "3wd", "5wd", "none") || !read_now())
        return;
    const struct workdays want = workdays_2021(t.arena);
    CHECK_INT(calendar.workdays.count, want.count);
    CHECK_BYTES(calendar.workdays.day, want.day, want.count * sizeof *want.day);
    CHECK_BYTES(calendar.workdays.more, want.more, want.count * sizeof *want.more);
    const struct calendar_rule *rule = &calendar.rule[BATON_MONTH];
    CHECK_INT(rule->frequency, BATON_MONTH);
    CHECK_INT(rule->due.days, 8);
    CHECK(rule->due.are_workdays);
    CHECK_INT(rule->due.minute, 17 * 60);
    CHECK_INT(rule->moves, CALENDAR_LATER);
    CHECK(!rule->has_grace && !rule->has_locks);
    rule = &calendar.rule[BATON_WEEK];
    CHECK_INT(rule->moves, CALENDAR_STAYS);
    CHECK(rule->has_grace && rule->has_locks);
    CHECK_INT(calendar.rule[BATON_YEAR].frequency, BATON_PERIOD_NONE);
    flow_end(&t);
}

/* A rule that is corrected later, a day that turns out to be worked: known and not yet known. */
TEST(calendar_as_known_before) {
    if (!begin() || !say_rule("month", "1d", "10d", NULL, NULL, NULL))
        return;
    const uint64_t before = size();
    const struct baton_scheme scheme = {0};
    const struct fact_body corrected = flow_fact(
        &t, "calendar", "towns", "frequency", "month", "opens", "1d", "due", "5d", "@corrects",
        arena_printf(t.arena, "%u", (unsigned)before - 1), "@reason", "提前报送", NULL);
    struct field *field = arena_alloc(t.arena, corrected.field_count, sizeof *field);
    size_t count = corrected.field_count;
    memcpy(field, corrected.field, count * sizeof *field);
    CHECK(fields_sort(field, &count));
    CHECK_INT(flow_say(&t, "wang", (struct fact_body){"calendar", "towns", field, count}, NULL),
              BATON_OK);
    if (!read_now())
        return;
    CHECK_INT(calendar_rule_for(&calendar, &scheme, BATON_MONTH).due.days, 5);
    if (!read_known(before))
        return;
    CHECK_INT(calendar_rule_for(&calendar, &scheme, BATON_MONTH).due.days, 10);
    CHECK_INT(calendar_rule_for(&calendar, &scheme, BATON_WEEK).due.days, 0);
    flow_end(&t);
}

static bool open_august(void) {
    return CHECK_INT(
        flow_say(&t, "wang",
                 flow_fact(&t, "period", "towns", "due", "2021-09-10", "grace", "2021-09-15",
                           "locks", "2021-09-30", "opens", "2021-09-01", "period", "2021-08", NULL),
                 NULL),
        BATON_OK);
}

TEST(calendar_exceptions_are_of_a_unit_and_an_element) {
    if (!begin() || !open_august() || !except("*", "2021-09-13", NULL, NULL) ||
        !except("growth", "2021-09-20T12:00", "2021-09-22", "2021-10-08") || !read_now())
        return;
    CHECK_TEXT(window("2021-08", "b", "growth"), "2021-09-01 2021-09-10 2021-09-15 2021-09-30");
    CHECK_TEXT(window("2021-08", "a", "jobs"), "2021-09-01 2021-09-13 2021-09-15 2021-09-30");
    CHECK_TEXT(window("2021-08", "a", "growth"),
               "2021-09-01 2021-09-20T12:00 2021-09-22 2021-10-08");
    CHECK_TEXT(window("2021-07", "a", "growth"), "");
    CHECK_TEXT(window("2021", "a", "growth"), "");
    /* at noon of 20 September */
    const int64_t noon =
        (int64_t)day_of_date("2021-09-20") * CIVIL_DAY_MS + CIVIL_DAY_MS / 2 - CIVIL_ZONE_MS;
    CHECK_TEXT(phase("2021-08", "a", "growth", noon - 1), "open");
    CHECK_TEXT(phase("2021-08", "a", "growth", noon), "grace");
    CHECK_TEXT(phase("2021-08", "a", "jobs", noon), "closed");
    CHECK_TEXT(phase("2021-08", "b", "growth", noon), "closed");
    CHECK_TEXT(phase("2021-07", "b", "growth", noon), "unopened");
    flow_end(&t);
}

TEST(calendar_exceptions_without_grace_or_lock) {
    if (!begin() || !open_august() || !except("growth", "2021-09-20", NULL, NULL) ||
        !except("jobs", "2021-10-08", NULL, NULL) || !except("*", "2021-09-12", NULL, "2021-09-20"))
        return;
    if (!read_now())
        return;
    /* the grace of the period had ended, its lock had not */
    CHECK_TEXT(window("2021-08", "a", "growth"), "2021-09-01 2021-09-20 - 2021-09-30");
    /* nothing is locked while figures still come in */
    CHECK_TEXT(window("2021-08", "a", "jobs"), "2021-09-01 2021-10-08 - 2021-10-08");
    /* one of their own, before that of the period */
    CHECK_TEXT(window("2021-08", "a", "roads"), "2021-09-01 2021-09-12 2021-09-15 2021-09-20");
    flow_end(&t);
}

/* An exception opens nothing by itself. */
TEST(calendar_exceptions_of_periods_that_are_not_open) {
    if (!begin() || !except("*", "2021-09-20", NULL, NULL) || !read_now())
        return;
    CHECK_TEXT(window("2021-08", "a", "growth"), "");
    flow_end(&t);
}

/* Opening */

static const char *const months_of_2021[] = {
    "due=2021-02-18 grace=2021-02-18 locks=2021-02-26T12:00 opens=2021-02-01 period=2021-01",
    "due=2021-03-12 grace=2021-03-12 locks=2021-03-26T12:00 opens=2021-03-01 period=2021-02",
    "due=2021-04-12 grace=2021-04-15 locks=2021-04-26T12:00 opens=2021-04-01 period=2021-03",
    "due=2021-05-12 grace=2021-05-18 locks=2021-05-26T12:00 opens=2021-05-06 period=2021-04",
    "due=2021-06-15 grace=2021-06-15 locks=2021-06-28T12:00 opens=2021-06-01 period=2021-05",
    "due=2021-07-12 grace=2021-07-14 locks=2021-07-26T12:00 opens=2021-07-01 period=2021-06",
    "due=2021-08-12 grace=2021-08-13 locks=2021-08-26T12:00 opens=2021-08-02 period=2021-07",
    "due=2021-09-13 grace=2021-09-14 locks=2021-09-26T12:00 opens=2021-09-01 period=2021-08",
    "due=2021-10-12 grace=2021-10-20 locks=2021-10-26T12:00 opens=2021-10-08 period=2021-09",
    "due=2021-11-12 grace=2021-11-12 locks=2021-11-26T12:00 opens=2021-11-01 period=2021-10",
    "due=2021-12-13 grace=2021-12-14 locks=2021-12-27T12:00 opens=2021-12-01 period=2021-11",
    "due=2022-01-12 grace=2022-01-14 locks=2022-01-26T12:00 opens=2022-01-03 period=2021-12",
};

TEST(calendar_opens_a_year) {
    const struct baton_scheme scheme = {0};
    struct fact_body *fact;
    size_t count, months;
    if (!begin() || !say_days() || !say_rule("month", "1d", "12d", "10wd", "26d 12:00", NULL) ||
        !read_now())
        return;
    const struct baton_period *const month = calendar_periods(t.arena, BATON_MONTH, 2021, &months);
    CHECK_INT(months, LENGTH(months_of_2021));
    CHECK_INT(calendar_open(t.arena, &calendar, &scheme, month, months, &fact, &count, &t.found),
              BATON_OK);
    if (!CHECK_INT(count, LENGTH(months_of_2021)))
        return;
    for (size_t i = 0; i < count; i++) {
        CHECK_TEXT(fact_text(&fact[i]), months_of_2021[i]);
        CHECK_TEXT(fact[i].kind, "period");
        CHECK_TEXT(fact[i].assessment, "towns");
    }
    /* said as they are, and then there are none to be said */
    if (!say_facts(fact, 3) || !read_now())
        return;
    CHECK_TEXT(window("2021-01", "a", "growth"),
               "2021-02-01 2021-02-18 2021-02-18 2021-02-26T12:00");
    CHECK_INT(calendar_open(t.arena, &calendar, &scheme, month, months, &fact, &count, &t.found),
              BATON_OK);
    if (!CHECK_INT(count, 9))
        return;
    CHECK_TEXT(fact_text(&fact[0]), months_of_2021[3]);
    if (!say_facts(fact, count) || !read_now())
        return;
    CHECK_INT(calendar_open(t.arena, &calendar, &scheme, month, months, &fact, &count, &t.found),
              BATON_OK);
    CHECK_INT(count, 0);
    flow_end(&t);
}

/* What was opened stays when the rule changes; what is opened later is by the new one. */
TEST(calendar_leaves_what_is_open) {
    const struct baton_scheme scheme = {.due_days = {[BATON_QUARTER] = 15}};
    struct fact_body *fact;
    size_t count;
    if (!begin() || !open_august() || !say_rule("month", "1d", "5wd", NULL, NULL, NULL) ||
        !read_now())
        return;
    const struct baton_period list[] = {named("2021-09"), named("2021-08"), named("2021-Q3"),
                                        named("2021-09"), named("2021")};
    CHECK_INT(
        calendar_open(t.arena, &calendar, &scheme, list, LENGTH(list), &fact, &count, &t.found),
        BATON_OK);
    if (!CHECK_INT(count, 3))
        return;
    CHECK_TEXT(fact_text(&fact[0]), "due=2021-10-07 opens=2021-10-01 period=2021-09");
    CHECK_TEXT(fact_text(&fact[1]), "due=2021-10-15 opens=2021-10-01 period=2021-Q3");
    CHECK_TEXT(fact_text(&fact[2]), "due=2021-12-31 opens=2021-12-31 period=2021");
    CHECK_TEXT(window("2021-08", "a", "growth"), "2021-09-01 2021-09-10 2021-09-15 2021-09-30");
    flow_end(&t);
}

TEST(calendar_tells_of_every_period_that_cannot_be_opened) {
    const struct baton_scheme scheme = {0};
    struct fact_body *fact = NULL;
    size_t count = 7, months;
    /* 12 days are before 8 workdays where there are holidays: after March, April and September */
    if (!begin() || !say_days() || !say_rule("month", "1d", "8wd", "12d", NULL, "earlier") ||
        !read_now())
        return;
    const struct baton_period *const month = calendar_periods(t.arena, BATON_MONTH, 2021, &months);
    CHECK_INT(calendar_open(t.arena, &calendar, &scheme, month, months, &fact, &count, &t.found),
              BATON_CALENDAR_ORDER);
    CHECK_INT(count, 7);
    CHECK(fact == NULL);
    if (CHECK_INT(t.found.count, 3)) {
        CHECK_TEXT(t.found.item[0].arg[1], "2021-03");
        CHECK_TEXT(t.found.item[1].arg[1], "2021-04");
        CHECK_TEXT(t.found.item[2].arg[1], "2021-09");
        CHECK_TEXT(t.found.item[2].arg[2], "due 2021-10-18");
        CHECK_TEXT(t.found.item[2].arg[3], "grace 2021-10-12");
    }
    flow_found(&t);
    const struct baton_period list[] = {named("2999-09"), named("2999-12"), named("2021-09")};
    CHECK_INT(
        calendar_open(t.arena, &calendar, &scheme, list, LENGTH(list), &fact, &count, &t.found),
        BATON_CALENDAR_NO_DAY);
    CHECK_TEXT(flow_found(&t), "CALENDAR_NO_DAY opens; CALENDAR_ORDER grace");
    flow_end(&t);
}

TEST(calendar_periods_of_a_year) {
    static const struct {
        enum baton_period_kind kind;
        int year;
        size_t want;
        const char *first, *last;
    } cases[] = {{BATON_DAY, 2020, 366, "2020-01-01", "2020-12-31"},
                 {BATON_DAY, 2100, 365, "2100-01-01", "2100-12-31"},
                 {BATON_WEEK, 2020, 53, "2020-W01", "2020-W53"},
                 {BATON_WEEK, 2021, 52, "2021-W01", "2021-W52"},
                 {BATON_WEEK, 2026, 53, "2026-W01", "2026-W53"},
                 {BATON_MONTH, 2021, 12, "2021-01", "2021-12"},
                 {BATON_QUARTER, 2021, 4, "2021-Q1", "2021-Q4"},
                 {BATON_HALF, 2021, 2, "2021-H1", "2021-H2"},
                 {BATON_YEAR, 2021, 1, "2021", "2021"},
                 {BATON_MONTH, 1899, 0, NULL, NULL},
                 {BATON_WEEK, 3000, 0, NULL, NULL}};
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(cases); i++) {
        size_t count = 7;
        const struct baton_period *const period =
            calendar_periods(arena, cases[i].kind, cases[i].year, &count);
        CASE("%d of %d", cases[i].kind, cases[i].year);
        if (!CHECK_INT(count, cases[i].want) || count == 0)
            continue;
        char name[BATON_PERIOD_NAME_SIZE];
        baton_period_format(period[0], name);
        CHECK_TEXT(name, cases[i].first);
        baton_period_format(period[count - 1], name);
        CHECK_TEXT(name, cases[i].last);
        for (size_t p = 1; p < count; p++)
            CHECK_INT(baton_period_ordinal(period[p]), baton_period_ordinal(period[p - 1]) + 1);
    }
    arena_close(arena);
}

/* The ledger takes what a leap year of days opens, and it is read back as it was said. */
TEST(calendar_opens_each_day_of_a_leap_year) {
    const struct baton_scheme scheme = {0};
    struct fact_body *fact;
    size_t count, days;
    if (!begin() || !say_rule("day", "0d 08:00", "1wd 10:00", NULL, "5wd", "none") || !read_now())
        return;
    const struct baton_period *const day = calendar_periods(t.arena, BATON_DAY, 2020, &days);
    CHECK_INT(calendar_open(t.arena, &calendar, &scheme, day, days, &fact, &count, &t.found),
              BATON_OK);
    if (!CHECK_INT(count, 366) || !say_facts(fact, count) || !read_now())
        return;
    CHECK_TEXT(window("2020-02-28", "a", "growth"),
               "2020-02-28T08:00 2020-03-02T10:00 - 2020-03-06");
    CHECK_TEXT(window("2020-02-29", "a", "growth"),
               "2020-02-29T08:00 2020-03-02T10:00 - 2020-03-06");
    CHECK_TEXT(window("2020-12-31", "a", "growth"),
               "2020-12-31T08:00 2021-01-01T10:00 - 2021-01-07");
    CHECK_TEXT(window("2021-01-01", "a", "growth"), "");
    flow_end(&t);
}
