/* The periods of a year: opened or worked out, in which kinds, and what has become of figures in them. */
#include "flow/calendar_year.h"
#include "unit/test.h"
#include <string.h>

static struct civil_offset offset(const char *text) {
    struct civil_offset out = {0};
    CHECK(civil_offset_parse(text, strlen(text), &out));
    return out;
}

/* An assessment whose months are due after eight workdays, and of which January is opened for longer. */
static struct calendar calendar_of(struct baton_arena *arena) {
    struct calendar calendar = {.assessment = "city"};
    const struct field field[] = {text_field("due", "2021-02-26"),
                                  text_field("opens", "2021-02-01"),
                                  text_field("period", "2021-01")};
    const struct fact_body january = {"period", "city", field, 3};
    calendar.rule[BATON_MONTH] = (struct calendar_rule){
        .frequency = BATON_MONTH, .opens = offset("1d"), .due = offset("8wd 17:00")};
    deadline_list_add(arena, &calendar.opened, FACT_PERIOD, &january);
    return calendar;
}

static void check_row(const struct calendar_row *row, const char *period, const char *due,
                      bool is_opened) {
    char name[BATON_PERIOD_NAME_SIZE], text[CIVIL_MOMENT_SIZE];
    baton_period_format(row->period, name);
    civil_moment_format(row->deadlines.due, text);
    CHECK_TEXT(name, period);
    CHECK_TEXT(text, due);
    CHECK(row->is_opened == is_opened);
}

TEST(calendar_of_a_year_has_opened_and_ruled_periods) {
    struct baton_arena *const arena = arena_open();
    struct baton_findings found = {.arena = arena};
    const struct calendar calendar = calendar_of(arena);
    const struct baton_scheme scheme = {0};
    const struct expectation quarterly = {.frequency = BATON_QUARTER};
    const struct expectation *const item[] = {&quarterly};
    const struct expected expected = {&scheme, 1, item, NULL}, nothing = {&scheme, 0, NULL, NULL};
    struct calendar_row *row;
    size_t count;
    CHECK_INT(calendar_kinds(&calendar, &nothing), 1 << BATON_MONTH);
    const uint32_t kinds = calendar_kinds(&calendar, &expected);
    CHECK_INT(kinds, 1 << BATON_MONTH | 1 << BATON_QUARTER);
    CHECK_INT(calendar_year(arena, &calendar, &scheme, 2021, kinds, &row, &count, &found),
              BATON_OK);
    if (CHECK_INT(count, 16)) {
        check_row(&row[0], "2021-01", "2021-02-26", true);
        check_row(&row[1], "2021-02", "2021-03-10T17:00", false);
        check_row(&row[2], "2021-Q1", "2021-03-31", false); /* the longer one first */
        check_row(&row[3], "2021-03", "2021-04-12T17:00", false);
        check_row(&row[15], "2021-12", "2022-01-12T17:00", false);
    }
    /* What only one period has no room for is told of that one. */
    CHECK_INT(calendar_year(arena, &calendar, &scheme, BATON_YEAR_LAST, 1 << BATON_MONTH, &row,
                            &count, &found),
              BATON_CALENDAR_NO_DAY);
    CHECK_INT(count, 11);
    CHECK_INT(found.count, 1);
    arena_close(arena);
}
