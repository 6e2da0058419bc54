/* Periods (考核周期) and days of the proleptic Gregorian calendar.
 *
 * A period is a year, half, quarter, month, ISO week or day, named `2021 2021-H1 2021-Q3 2021-08 2021-W35
 * 2021-08-27`, of the years 1900 to 2999. A day is the number of days since 1970-01-01.
 *
 * Nothing here knows the time of day, a time zone or the present, nothing allocates. Functions that take a
 * period assert that it is one (kind not NONE) unless they say otherwise. */
#ifndef BATON_PERIOD_H
#define BATON_PERIOD_H

#include "code.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BATON_YEAR_FIRST = 1900, BATON_YEAR_LAST = 2999 };

/* From short to long. */
enum baton_period_kind {
    BATON_PERIOD_NONE = 0,
    BATON_DAY,
    BATON_WEEK, /* ISO 8601: Monday to Sunday; week 1 is the one with 4 January */
    BATON_MONTH,
    BATON_QUARTER,
    BATON_HALF,
    BATON_YEAR
};

/* Either all zero (no period) or one that the calendar has: index 1..baton_period_count_in_year. */
struct baton_period {
    int16_t year; /* the one in its name; of a week the ISO year, so 2020-W53 ends in 2021 */
    /* in its year, from 1: day of the year, ISO week, month, quarter, half; 1 of a year */
    int16_t index;
    uint8_t kind; /* enum baton_period_kind */
};

/* Room for a period's or a day's name with its NUL. */
#define BATON_PERIOD_NAME_SIZE 16

/* Reads the whole of text[0..size), exactly in one of the forms above. False, and *out untouched, where it is
 * none of them or the calendar has no such period (2021-W53, 2021-02-29). No byte beyond `size` is read. */
BATON_API bool baton_period_parse(const char *text, size_t size, struct baton_period *out);

/* Writes its name and a NUL; returns the length. NONE is allowed: nothing, length 0. */
BATON_API size_t baton_period_format(struct baton_period p, char out[BATON_PERIOD_NAME_SIZE]);

/* The same for a date, `2021-08-27`, as days. */
BATON_API bool baton_day_parse(const char *text, size_t size, int32_t *out);
BATON_API size_t baton_day_format(int32_t day,
                                  char out[BATON_PERIOD_NAME_SIZE]); /* outside the years: 0 */

/* The first and the last of its days. A week's may lie in the neighbouring year. */
BATON_API int32_t baton_period_first_day(struct baton_period p);
BATON_API int32_t baton_period_last_day(struct baton_period p);

/* The period of that kind (not NONE) in which the day lies; NONE where that is outside the years. */
BATON_API struct baton_period baton_period_of_day(enum baton_period_kind kind, int32_t day);

/* How many periods of the kind (not NONE) have `year` in their names: 365 or 366 days, 52 or 53 weeks, 12, 4,
 * 2, 1. For any year of the range; 0 outside of it. */
BATON_API int baton_period_count_in_year(enum baton_period_kind kind, int year);

/* The number of a period in the row of all of its kind: that of the next one is 1 more, across years. Days and
 * weeks count from those of 1970-01-01, the others from year 0. */
BATON_API int32_t baton_period_ordinal(struct baton_period p);

/* The period of that kind with that ordinal; NONE where it is outside the years. */
BATON_API struct baton_period baton_period_from_ordinal(enum baton_period_kind kind,
                                                        int32_t ordinal);

/* The period of its kind n later, earlier with n < 0; NONE where that is outside the years. */
BATON_API struct baton_period baton_period_shift(struct baton_period p, int32_t n);

/* The first period of its kind with its year in the name, where `ytd` begins. It is p.index - 1 before p. */
BATON_API struct baton_period baton_period_first_of_year(struct baton_period p);

/* The period of the same name `years` later, earlier with years < 0: Q3 to Q3, week 35 to week 35, 27 August
 * to 27 August. False, and *out untouched, where there is none: week 53, 29 February, outside the years. */
BATON_API bool baton_period_same_name(struct baton_period p, int years, struct baton_period *out);

/* The newest period of the kind (not NONE) with `year` in its name whose last day is not after last_day. False,
 * and *out untouched, where there is none. */
BATON_API bool baton_period_newest(enum baton_period_kind kind, int year, int32_t last_day,
                                   struct baton_period *out);

/* Whether every day of inner lies in outer; whether a and b have a day in common. */
BATON_API bool baton_period_contains(struct baton_period outer, struct baton_period inner);
BATON_API bool baton_period_overlaps(struct baton_period a, struct baton_period b);

/* Below, equal or above 0 as a comes before, is, or comes after b: by last day, then first day (the longer
 * period first), then kind. NONE is allowed and comes before all periods. */
BATON_API int baton_period_compare(struct baton_period a, struct baton_period b);

/* Whether they are the same period. NONE is allowed and equals NONE. */
BATON_API bool baton_period_equal(struct baton_period a, struct baton_period b);

/* A number that no other period has, for hashing and sorting; rising with time inside a kind, kinds in their
 * order; 0 for NONE, which is allowed. Not consecutive: see baton_period_ordinal. */
BATON_API uint32_t baton_period_key(struct baton_period p);

#endif
