/* Workdays are numbered: how many there are from the first day of the years to a day is five for each week and a sum kept beside each day that is other than its weekday. A number never
 * falls from one day to the next, so the day with a number is found by halving. */
#include "flow/calendar_days.h"
#include "base/limits.h"
#include "baton/period.h"
#include <assert.h>
#include <stdlib.h>

enum {
    FIRST_DAY = -25567, /* 1900-01-01, a Monday */
    LAST_DAY = 376199,  /* 2999-12-31 */
    WEEK = 7,
    WEEKDAYS = 5 /* that are worked */
};

static bool is_weekday(int32_t day) {
    return (day - FIRST_DAY) % WEEK < WEEKDAYS;
}

static bool is_in_years(int64_t day) {
    return day >= FIRST_DAY && day <= LAST_DAY;
}

static int by_day(const void *left, const void *right) {
    const struct told_day *a = left, *b = right;
    return (a->day > b->day) - (a->day < b->day);
}

struct workdays workdays_of(struct baton_arena *arena, const struct told_day *told, size_t count) {
    struct told_day *sorted = arena_alloc_raw(arena, count, sizeof *sorted);
    int32_t *day = arena_alloc_raw(arena, count, sizeof *day);
    int32_t *more = arena_alloc_raw(arena, count, sizeof *more);
    size_t kept = 0;
    int32_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sorted[i] = told[i];
    if (count > 1)
        qsort(sorted, count, sizeof *sorted, by_day);
    for (size_t i = 0; i < count; i++) {
        assert(is_in_years(sorted[i].day) && (i == 0 || sorted[i].day > sorted[i - 1].day));
        if (sorted[i].is_workday == is_weekday(sorted[i].day))
            continue;
        sum += sorted[i].is_workday ? 1 : -1;
        day[kept] = sorted[i].day;
        more[kept++] = sum;
    }
    return (struct workdays){day, more, kept};
}

/* How many of the days that are other than their weekday are not after a day. */
static size_t others_to(const struct workdays *w, int32_t day) {
    size_t low = 0, high = w->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (w->day[middle] <= day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool workdays_has(const struct workdays *workdays, int32_t day) {
    const size_t others = others_to(workdays, day);
    assert(is_in_years(day));
    return is_weekday(day) != (others > 0 && workdays->day[others - 1] == day);
}

/* Workdays up to a day with it; the day before the first has none. */
static int32_t number_of(const struct workdays *w, int32_t day) {
    const int32_t days = day - FIRST_DAY + 1, over = days % WEEK;
    const size_t others = others_to(w, day);
    return days / WEEK * WEEKDAYS + (over < WEEKDAYS ? over : WEEKDAYS) +
           (others > 0 ? w->more[others - 1] : 0);
}

/* The first day of low..high by which there are so many; none of no days. */
static bool day_of(const struct workdays *w, int64_t number, int32_t low, int32_t high,
                   int32_t *out) {
    if (number_of(w, low - 1) >= number || number_of(w, high) < number)
        return false;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (number_of(w, middle) < number)
            low = middle + 1;
        else
            high = middle;
    }
    *out = low;
    return true;
}

static int32_t least(int64_t a, int32_t b) {
    return a < b ? (int32_t)a : b;
}

static int32_t most(int64_t a, int32_t b) {
    return a > b ? (int32_t)a : b;
}

/* The day may be the one before the first too. */
static bool count_from(const struct workdays *w, int32_t day, int32_t n, int32_t *out) {
    const int64_t number = (int64_t)number_of(w, day) + n;
    const int64_t far = 2 * (n < 0 ? -(int64_t)n : n) + LIMIT_DAYS;
    if (n > 0)
        return day_of(w, number, day + 1, least(day + far, LAST_DAY), out);
    return day_of(w, number, most(day - far, FIRST_DAY), day, out);
}

bool workdays_nth(const struct workdays *workdays, int32_t day, int32_t n, int32_t *out) {
    return is_in_years(day) && count_from(workdays, day, n, out);
}

bool workdays_next(const struct workdays *workdays, int32_t day, int32_t *out) {
    return is_in_years(day) && count_from(workdays, day - 1, 1, out);
}

bool workdays_previous(const struct workdays *workdays, int32_t day, int32_t *out) {
    return workdays_nth(workdays, day, 0, out);
}
