/* Periods and days.
 *
 * Every kind of period has an ordinal, a number in the row of all of its kind: days since 1970-01-01, weeks since the
 * one of that day, the others by year. Shifting and comparing is arithmetic on ordinals and on first and last
 * days; names are only read and written. A week belongs to the year of its Thursday (ISO 8601). */
#include "baton/period.h"
#include <assert.h>

static int32_t floor_divide(int32_t a, int32_t b) {
    return a / b - (a % b < 0);
}

static bool is_leap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static bool is_year(int year) {
    return year >= BATON_YEAR_FIRST && year <= BATON_YEAR_LAST;
}

/* 1 January, for years from 1 on. */
static int32_t day_of_year(int year) {
    const int before = year - 1;
    return 365 * (year - 1970) + before / 4 - before / 100 + before / 400 - 477;
}

/* The year of a day in the years. */
static int year_of_day(int32_t day) {
    int year = 1970 + floor_divide(day, 365); // right, or 1 off
    while (day_of_year(year) > day)
        year--;
    while (day_of_year(year + 1) <= day)
        year++;
    return year;
}

/* Days of the year before the month; month 13 for all of them. */
static int days_before_month(int year, int month) {
    static const int16_t before[14] = {0,   0,   31,  59,  90,  120, 151,
                                       181, 212, 243, 273, 304, 334, 365};
    assert(month >= 1 && month <= 13);
    return before[month] + (month > 2 && is_leap(year));
}

static int month_of_day(int year, int index) {
    int month = (index - 1) / 31 + 1; // right, or 1 too early
    if (index > days_before_month(year, month + 1))
        month++;
    return month;
}

/* Monday of week 1 of an ISO year: of the week with 4 January. */
static int32_t day_of_week_1(int year) {
    const int32_t fourth = day_of_year(year) + 3;
    const int32_t weekday = fourth + 3 - 7 * floor_divide(fourth + 3, 7); // 0 = Monday
    return fourth - weekday;
}

static struct baton_period make(enum baton_period_kind kind, int year, int index) {
    return (struct baton_period){(int16_t)year, (int16_t)index, (uint8_t)kind};
}

static const struct baton_period none;

static void assert_period(struct baton_period p) {
    assert(p.kind >= BATON_DAY && p.kind <= BATON_YEAR && is_year(p.year) && p.index >= 1);
}

/* How many months a kind has; 0 for days and weeks. */
static int months_of(int kind) {
    static const int8_t months[] = {
        [BATON_MONTH] = 1, [BATON_QUARTER] = 3, [BATON_HALF] = 6, [BATON_YEAR] = 12};
    return months[kind];
}

/* How many of a kind a year has; 0 for days and weeks. */
static int per_year(int kind) {
    static const int8_t count[] = {
        [BATON_MONTH] = 12, [BATON_QUARTER] = 4, [BATON_HALF] = 2, [BATON_YEAR] = 1};
    return count[kind];
}

int baton_period_count_in_year(enum baton_period_kind kind, int year) {
    assert(kind >= BATON_DAY && kind <= BATON_YEAR);
    if (!is_year(year))
        return 0;
    if (kind == BATON_DAY)
        return 365 + is_leap(year);
    if (kind == BATON_WEEK)
        return (day_of_week_1(year + 1) - day_of_week_1(year)) / 7;
    return per_year(kind);
}

int32_t baton_period_first_day(struct baton_period p) {
    assert_period(p);
    if (p.kind == BATON_DAY)
        return day_of_year(p.year) + p.index - 1;
    if (p.kind == BATON_WEEK)
        return day_of_week_1(p.year) + 7 * (p.index - 1);
    return day_of_year(p.year) + days_before_month(p.year, months_of(p.kind) * (p.index - 1) + 1);
}

int32_t baton_period_last_day(struct baton_period p) {
    assert_period(p);
    if (p.kind == BATON_DAY)
        return day_of_year(p.year) + p.index - 1;
    if (p.kind == BATON_WEEK)
        return day_of_week_1(p.year) + 7 * p.index - 1;
    return day_of_year(p.year) + days_before_month(p.year, months_of(p.kind) * p.index + 1) - 1;
}

int32_t baton_period_ordinal(struct baton_period p) {
    assert_period(p);
    if (p.kind == BATON_DAY)
        return day_of_year(p.year) + p.index - 1;
    if (p.kind == BATON_WEEK)
        return floor_divide(day_of_week_1(p.year) + 3, 7) + p.index - 1;
    return p.year * per_year(p.kind) + p.index - 1;
}

/* The same as baton_period_from_ordinal, for any sum of two. */
static struct baton_period from_ordinal(enum baton_period_kind kind, int64_t ordinal) {
    assert(kind >= BATON_DAY && kind <= BATON_YEAR);
    if (ordinal < -30000 || ordinal > 400000) // far outside, for every kind
        return none;
    int32_t day = (int32_t)ordinal;
    if (kind == BATON_WEEK)
        day *= 7; // its Thursday
    if (kind == BATON_DAY || kind == BATON_WEEK) {
        if (day < day_of_year(BATON_YEAR_FIRST) || day >= day_of_year(BATON_YEAR_LAST + 1))
            return none;
        const int year = year_of_day(day), index = day - day_of_year(year);
        return make(kind, year, kind == BATON_DAY ? index + 1 : index / 7 + 1);
    }
    const int32_t count = per_year(kind), year = floor_divide((int32_t)ordinal, count);
    return is_year(year) ? make(kind, year, (int32_t)ordinal - year * count + 1) : none;
}

struct baton_period baton_period_from_ordinal(enum baton_period_kind kind, int32_t ordinal) {
    return from_ordinal(kind, ordinal);
}

struct baton_period baton_period_shift(struct baton_period p, int32_t n) {
    return from_ordinal(p.kind, (int64_t)baton_period_ordinal(p) + n);
}

struct baton_period baton_period_first_of_year(struct baton_period p) {
    assert_period(p);
    return make(p.kind, p.year, 1);
}

struct baton_period baton_period_of_day(enum baton_period_kind kind, int32_t day) {
    assert(kind >= BATON_DAY && kind <= BATON_YEAR);
    if (day < day_of_year(BATON_YEAR_FIRST) || day >= day_of_year(BATON_YEAR_LAST + 1))
        return none;
    if (kind == BATON_DAY)
        return from_ordinal(kind, day);
    if (kind == BATON_WEEK)
        return from_ordinal(kind, floor_divide(day + 3, 7));
    const int year = year_of_day(day);
    const int month = month_of_day(year, day - day_of_year(year) + 1);
    return make(kind, year, (month - 1) / months_of(kind) + 1);
}

bool baton_period_same_name(struct baton_period p, int years, struct baton_period *out) {
    assert_period(p);
    if (years < BATON_YEAR_FIRST - BATON_YEAR_LAST || years > BATON_YEAR_LAST - BATON_YEAR_FIRST ||
        !is_year(p.year + years))
        return false;
    const int year = p.year + years;
    int index = p.index;
    if (p.kind == BATON_DAY) {
        const int month = month_of_day(p.year, index);
        const int day = index - days_before_month(p.year, month);
        index = days_before_month(year, month) + day;
        if (index > days_before_month(year, month + 1)) // 29 February
            return false;
    } else if (index > baton_period_count_in_year(p.kind, year)) { // week 53
        return false;
    }
    *out = make(p.kind, year, index);
    return true;
}

bool baton_period_newest(enum baton_period_kind kind, int year, int32_t last_day,
                         struct baton_period *out) {
    const int count = baton_period_count_in_year(kind, year);
    if (count == 0 || baton_period_last_day(make(kind, year, 1)) > last_day)
        return false;
    struct baton_period p = make(kind, year, count);
    if (baton_period_last_day(p) > last_day) {
        p = baton_period_of_day(kind, last_day);
        if (baton_period_last_day(p) > last_day)
            p.index--; // of the same year: its first one ends no later than last_day
    }
    assert(p.year == year && p.index >= 1);
    *out = p;
    return true;
}

bool baton_period_contains(struct baton_period outer, struct baton_period inner) {
    return baton_period_first_day(outer) <= baton_period_first_day(inner) &&
           baton_period_last_day(inner) <= baton_period_last_day(outer);
}

bool baton_period_overlaps(struct baton_period a, struct baton_period b) {
    return baton_period_first_day(a) <= baton_period_last_day(b) &&
           baton_period_first_day(b) <= baton_period_last_day(a);
}

int baton_period_compare(struct baton_period a, struct baton_period b) {
    if (a.kind == BATON_PERIOD_NONE || b.kind == BATON_PERIOD_NONE)
        return (a.kind != BATON_PERIOD_NONE) - (b.kind != BATON_PERIOD_NONE);
    int32_t left = baton_period_last_day(a), right = baton_period_last_day(b);
    if (left == right) {
        left = baton_period_first_day(a);
        right = baton_period_first_day(b);
    }
    if (left == right) {
        left = a.kind;
        right = b.kind;
    }
    return (left > right) - (left < right);
}

uint32_t baton_period_key(struct baton_period p) {
    return (uint32_t)p.kind << 28 | (uint32_t)(uint16_t)p.year << 16 | (uint16_t)p.index;
}

bool baton_period_equal(struct baton_period a, struct baton_period b) {
    return a.year == b.year && a.index == b.index && a.kind == b.kind;
}

/* Reads the `count` digits at text; -1 where one of them is none. */
static inline int read_digits(const char *text, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
        const unsigned digit = (unsigned)(unsigned char)text[i] - '0';
        if (digit > 9)
            return -1;
        value = 10 * value + (int)digit;
    }
    return value;
}

bool baton_period_parse(const char *text, size_t size, struct baton_period *out) {
    assert(out != NULL && (text != NULL || size == 0));
    if (size != 4 && size != 7 && size != 8 && size != 10)
        return false;
    const int year = read_digits(text, 4);
    if (!is_year(year))
        return false;
    enum baton_period_kind kind = BATON_YEAR;
    int index = 1, most = 1;
    if (size == 4) {
        // a year
    } else if (text[4] != '-') {
        return false;
    } else if (size == 10) {
        const int month = read_digits(text + 5, 2), day = read_digits(text + 8, 2);
        if (month < 1 || month > 12 || text[7] != '-' || day < 1)
            return false;
        kind = BATON_DAY;
        index = days_before_month(year, month) + day;
        most = days_before_month(year, month + 1);
    } else if (size == 8) {
        kind = BATON_WEEK;
        index = text[5] == 'W' ? read_digits(text + 6, 2) : -1;
        most = index <= 52 ? 52 : baton_period_count_in_year(BATON_WEEK, year);
    } else if (text[5] == 'H' || text[5] == 'Q') {
        kind = text[5] == 'H' ? BATON_HALF : BATON_QUARTER;
        index = read_digits(text + 6, 1);
        most = per_year(kind);
    } else {
        kind = BATON_MONTH;
        index = read_digits(text + 5, 2);
        most = 12;
    }
    if (index < 1 || index > most)
        return false;
    *out = make(kind, year, index);
    return true;
}

static char *write_digits(char *at, int value, int count) {
    for (int i = count - 1; i >= 0; i--) {
        at[i] = (char)('0' + value % 10);
        value /= 10;
    }
    return at + count;
}

size_t baton_period_format(struct baton_period p, char out[BATON_PERIOD_NAME_SIZE]) {
    char *at = out;
    if (p.kind != BATON_PERIOD_NONE) {
        assert_period(p);
        at = write_digits(at, p.year, 4);
        if (p.kind != BATON_YEAR)
            *at++ = '-';
        if (p.kind == BATON_DAY) {
            const int month = month_of_day(p.year, p.index);
            at = write_digits(at, month, 2);
            *at++ = '-';
            at = write_digits(at, p.index - days_before_month(p.year, month), 2);
        } else if (p.kind == BATON_WEEK) {
            *at++ = 'W';
            at = write_digits(at, p.index, 2);
        } else if (p.kind == BATON_MONTH) {
            at = write_digits(at, p.index, 2);
        } else if (p.kind != BATON_YEAR) {
            *at++ = p.kind == BATON_HALF ? 'H' : 'Q';
            at = write_digits(at, p.index, 1);
        }
    }
    *at = '\0';
    return (size_t)(at - out);
}

bool baton_day_parse(const char *text, size_t size, int32_t *out) {
    struct baton_period p;
    if (size != 10 || !baton_period_parse(text, size, &p))
        return false;
    *out = baton_period_first_day(p);
    return true;
}

size_t baton_day_format(int32_t day, char out[BATON_PERIOD_NAME_SIZE]) {
    return baton_period_format(baton_period_of_day(BATON_DAY, day), out);
}
