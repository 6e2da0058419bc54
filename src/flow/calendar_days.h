/* Workdays: Monday to Friday, unless the office has said of a day that it is a holiday, or one that is worked (放假调休, as the State Council announces them each autumn).
 *
 * Days are numbers as in baton/period.h, of the years that it knows. */
#ifndef FLOW_CALENDAR_DAYS_H
#define FLOW_CALENDAR_DAYS_H

#include "base/arena.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct told_day {
    int32_t day;
    bool is_workday;
};

/* All members 0 = nothing was said: Monday to Friday. Any number of threads may ask. */
struct workdays {
    const int32_t *day; /* [count] rising: the days that are not what their weekday says */
    const int32_t *
        more; /* [count] workdays that there are more than weekdays, up to that day with it; fewer: below 0 */
    size_t count;
};

/* What was said, in any order, no day twice (asserted). A day that is what its weekday says changes nothing. */
struct workdays workdays_of(struct baton_arena *arena, const struct told_day *told, size_t count);

bool workdays_has(const struct workdays *workdays, int32_t day);

/* The n-th workday after a day. With n = 0 the last workday that is not after it, itself if it is one; from that one n < 0 counts back, so each n gives another day and a larger
 * n a later one. False, and *out untouched, where the count leaves the years, or does not come to its end within 2 |n| days and ten years more, which only a calendar with a mistake in it does.
 * O(log^2), however far away the day is. */
bool workdays_nth(const struct workdays *workdays, int32_t day, int32_t n, int32_t *out);

/* The day itself if it is a workday, else the next one, the last one before. False as above. */
bool workdays_next(const struct workdays *workdays, int32_t day, int32_t *out);
bool workdays_previous(const struct workdays *workdays, int32_t day, int32_t *out);

#endif
