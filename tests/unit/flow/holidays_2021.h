/* The holidays of 2021, and the weekends worked for them, as the General Office of the State Council announced them (国办发明电〔2020〕27号). */
#ifndef HOLIDAYS_2021_H
#define HOLIDAYS_2021_H

#include "flow/calendar_days.h"

/* A row for each day: date, whether it is worked. */
struct holiday_row {
    const char *date;
    bool is_workday;
    const char *name;
};
extern const struct holiday_row holidays_2021[];
extern const size_t holidays_2021_count;

/* As said to the calendar; the rows stay in the arena. */
struct workdays workdays_2021(struct baton_arena *arena);

/* A date as a day; the test fails where it is none. And back; four of them at a time. */
int32_t day_of_date(const char *date);
const char *date_of_day(int32_t day);

#endif
