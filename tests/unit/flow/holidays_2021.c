#include "holidays_2021.h"
#include "baton/period.h"
#include "unit/test.h"
#include <string.h>

const struct holiday_row holidays_2021[] = {
    {"2021-01-01", false, "元旦"},   {"2021-01-02", false, "元旦"},
    {"2021-01-03", false, "元旦"},   {"2021-02-07", true, "春节"},
    {"2021-02-11", false, "春节"},   {"2021-02-12", false, "春节"},
    {"2021-02-13", false, "春节"},   {"2021-02-14", false, "春节"},
    {"2021-02-15", false, "春节"},   {"2021-02-16", false, "春节"},
    {"2021-02-17", false, "春节"},   {"2021-02-20", true, "春节"},
    {"2021-04-03", false, "清明节"}, {"2021-04-04", false, "清明节"},
    {"2021-04-05", false, "清明节"}, {"2021-04-25", true, "劳动节"},
    {"2021-05-01", false, "劳动节"}, {"2021-05-02", false, "劳动节"},
    {"2021-05-03", false, "劳动节"}, {"2021-05-04", false, "劳动节"},
    {"2021-05-05", false, "劳动节"}, {"2021-05-08", true, "劳动节"},
    {"2021-06-12", false, "端午节"}, {"2021-06-13", false, "端午节"},
    {"2021-06-14", false, "端午节"}, {"2021-09-18", true, "中秋节"},
    {"2021-09-19", false, "中秋节"}, {"2021-09-20", false, "中秋节"},
    {"2021-09-21", false, "中秋节"}, {"2021-09-26", true, "国庆节"},
    {"2021-10-01", false, "国庆节"}, {"2021-10-02", false, "国庆节"},
    {"2021-10-03", false, "国庆节"}, {"2021-10-04", false, "国庆节"},
    {"2021-10-05", false, "国庆节"}, {"2021-10-06", false, "国庆节"},
    {"2021-10-07", false, "国庆节"}, {"2021-10-09", true, "国庆节"},
};
const size_t holidays_2021_count = LENGTH(holidays_2021);

struct workdays workdays_2021(struct baton_arena *arena) {
    struct told_day told[LENGTH(holidays_2021)];
    for (size_t i = 0; i < LENGTH(told); i++) /* the last one first: order means nothing */
        told[LENGTH(told) - 1 - i] =
            (struct told_day){day_of_date(holidays_2021[i].date), holidays_2021[i].is_workday};
    return workdays_of(arena, told, LENGTH(told));
}

int32_t day_of_date(const char *date) {
    int32_t day = INT32_MIN;
    CHECK(baton_day_parse(date, strlen(date), &day));
    return day;
}

const char *date_of_day(int32_t day) {
    static char date[4][BATON_PERIOD_NAME_SIZE];
    static unsigned turn;
    char *const out = date[turn++ % 4];
    baton_day_format(day, out);
    return out;
}
