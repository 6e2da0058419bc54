/* What facts of collection say to people, in both languages: the calendar, reports. */
#include "flow/calendar_words.h"
#include "flow/entry_words.h"
#include "unit/test.h"

#define FIELDS 8
struct said {
    const char *kind, *assessment;
    const char *field[FIELDS][2]; /* by name, as the journal has them */
    const char *en, *zh;
};

static const struct said said[] = {
    {"report",
     "towns",
     {{"element", "gdp"},
      {"period", "2021-Q3"},
      {"reporter", "statistics"},
      {"returns", "2"},
      {"stage", "submitted"},
      {"unit", "a"},
      {"value", "512.3"}},
     "report a gdp 2021-Q3: submitted, 512.3, by statistics, returned 2 times",
     "填报 a gdp 2021-Q3：已报送，512.3，由 statistics 报送，已退回 2 次"},
    {"report",
     "towns",
     {{"element", "gdp"},
      {"note", "none"},
      {"period", "2021-Q3"},
      {"reporter", "a"},
      {"stage", "draft"},
      {"state", "na"},
      {"unit", "a"}},
     "report a gdp 2021-Q3: draft, na",
     "填报 a gdp 2021-Q3：草稿，na"},
    {"report",
     "towns",
     {{"@corrects", "3"},
      {"@withdrawn", "1"},
      {"element", "gdp"},
      {"period", "2021-Q3"},
      {"unit", "a"}},
     "report a gdp 2021-Q3: withdrawn",
     "填报 a gdp 2021-Q3：撤销"},
    {"day",
     "",
     {{"date", "2021-10-01"}, {"is", "holiday"}, {"name", "国庆节"}},
     "day of the calendar 2021-10-01: holiday, 国庆节",
     "日历日 2021-10-01：放假，国庆节"},
    {"day",
     "",
     {{"date", "2021-10-09"}, {"is", "workday"}},
     "day of the calendar 2021-10-09: worked",
     "日历日 2021-10-09：上班"},
    {"day",
     "",
     {{"@corrects", "3"}, {"@withdrawn", "1"}, {"date", "2021-10-09"}},
     "day of the calendar 2021-10-09: withdrawn",
     "日历日 2021-10-09：撤销"},
    {"calendar",
     "towns",
     {{"due", "8wd 17:00"},
      {"frequency", "month"},
      {"grace", "10wd"},
      {"locks", "30d"},
      {"moves", "later"},
      {"opens", "1d"}},
     "rule of the calendar months: opens day 1, due workday 8 17:00, grace until workday 10, "
     "locked after day 30, on a holiday: next workday",
     "日程规则 月度：开放 第1日，截止 第8个工作日 17:00，宽限至 第10个工作日，此后锁定 "
     "第30日，遇节假日顺延"},
    {"calendar",
     "towns",
     {{"due", "0wd"}, {"frequency", "week"}, {"moves", "earlier"}, {"opens", "-5d 09:00"}},
     "rule of the calendar weeks: opens 5 days before the last 09:00, due last workday, on a "
     "holiday: workday before",
     "日程规则 周：开放 末日前5日 09:00，截止 最后工作日，遇节假日提前"},
    {"calendar",
     "towns",
     {{"due", "0d"}, {"frequency", "day"}, {"moves", "none"}, {"opens", "-2wd"}},
     "rule of the calendar days: opens 2 workdays before the last, due last day, on a holiday: "
     "stays",
     "日程规则 每日：开放 最后工作日前2个工作日，截止 末日，遇节假日不变"},
    {"period",
     "towns",
     {{"due", "2021-09-10T17:00"},
      {"locks", "2021-09-30"},
      {"opens", "2021-09-01"},
      {"period", "2021-08"},
      {"x_by", "phone"}},
     "opened period 2021-08: opens 2021-09-01, due 2021-09-10 17:00, locked after 2021-09-30, x_by "
     "phone",
     "开放周期 2021-08：开放 2021-09-01，截止 2021-09-10 17:00，此后锁定 2021-09-30，x_by phone"},
    {"exception",
     "towns",
     {{"due", "2021-09-20"},
      {"element", "*"},
      {"grace", "2021-09-25T12:00"},
      {"period", "2021-08"},
      {"unit", "a"}},
     "exception 2021-08 a all figures: due 2021-09-20, grace until 2021-09-25 12:00",
     "延期 2021-08 a 全部数据：截止 2021-09-20，宽限至 2021-09-25 12:00"},
    {"exception",
     "towns",
     {{"due", "2021-09-20"}, {"element", "gdp"}, {"period", "2021-08"}, {"unit", "a"}},
     "exception 2021-08 a gdp: due 2021-09-20",
     "延期 2021-08 a gdp：截止 2021-09-20"},
    {"calendar", /* what the ledger takes from nobody is told as it is */
     "towns",
     {{"due", "soon"}, {"frequency", "decade"}, {"moves", "away"}, {"opens", "1d"}},
     "rule of the calendar decade: opens day 1, due soon, on a holiday: away",
     "日程规则 decade：开放 第1日，截止 soon，遇节假日away"},
    {"unit", /* fields of the same names are told as ever elsewhere */
     "towns",
     {{"id", "a"}, {"name", "Ash"}},
     "unit a: name Ash",
     "考核对象 a：名称 Ash"},
    {"sharing", /* fields are called by their names in English, and by what they are in Chinese */
     "towns",
     {{"element", "gdp"}, {"factor", "10000"}, {"from", "city"}, {"x_by", "phone"}},
     "sharing of a figure gdp: factor 10000, from city, x_by phone",
     "数据共享 gdp：换算系数 10000，取自 city，x_by phone"},
};

static struct fact_body body_of(const struct said *one, struct field *field) {
    size_t count = 0;
    while (count < FIELDS && one->field[count][0] != NULL) {
        field[count] = text_field(one->field[count][0], one->field[count][1]);
        count++;
    }
    return (struct fact_body){one->kind, one->assessment, field, count};
}

TEST(calendar_facts_are_told) {
    struct baton_arena *const arena = arena_open();
    for (size_t i = 0; i < LENGTH(said); i++) {
        struct field field[FIELDS];
        const struct fact_body body = body_of(&said[i], field);
        CASE("%s %zu", said[i].kind, i);
        CHECK_TEXT(entry_words(arena, &body, BATON_EN), said[i].en);
        CHECK_TEXT(entry_words(arena, &body, BATON_ZH), said[i].zh);
    }
    arena_close(arena);
}

TEST(calendar_frequencies_have_names) {
    for (int kind = BATON_DAY; kind <= BATON_YEAR; kind++) {
        CHECK(calendar_frequency_name((enum baton_period_kind)kind, BATON_EN)[0] != '\0');
        CHECK(calendar_frequency_name((enum baton_period_kind)kind, BATON_ZH)[0] != '\0');
    }
}
