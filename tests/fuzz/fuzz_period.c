/* Periods: any bytes as a name, as a date, and as arguments of the arithmetic. */
#include "baton/period.h"
#include <stdlib.h>
#include <string.h>

static void require(bool holds) {
    if (!holds)
        abort();
}

static void check_period(struct baton_period p, int32_t n) {
    char name[BATON_PERIOD_NAME_SIZE];
    struct baton_period other = {0};
    const size_t size = baton_period_format(p, name);
    require(size == strlen(name) && baton_period_parse(name, size, &other) &&
            baton_period_equal(p, other));
    const int32_t first = baton_period_first_day(p), last = baton_period_last_day(p);
    require(first <= last && p.index <= baton_period_count_in_year(p.kind, p.year));
    // A week may begin before 1900 and end behind 2999 by a few days, but its Thursday does not.
    const int32_t inside = p.kind == BATON_WEEK ? first + 3 : n >= first && n <= last ? n : last;
    require(baton_period_equal(baton_period_of_day(p.kind, inside), p));
    require(baton_period_equal(baton_period_from_ordinal(p.kind, baton_period_ordinal(p)), p));
    require(baton_period_equal(baton_period_shift(p, 0), p));
    require(baton_period_newest(p.kind, p.year, last, &other) && baton_period_equal(other, p));
    require(!baton_period_newest(p.kind, p.year, first - 1, &other) ||
            (other.year == p.year && other.index == p.index - 1));
    require(baton_period_contains(p, p) && baton_period_overlaps(p, p) &&
            baton_period_compare(p, p) == 0);
    other = baton_period_first_of_year(p);
    require(baton_period_equal(baton_period_shift(other, p.index - 1), p));
    other = baton_period_shift(p, n);
    if (other.kind != BATON_PERIOD_NONE) {
        require(baton_period_ordinal(other) - baton_period_ordinal(p) == n);
        require(baton_period_equal(baton_period_shift(other, -n), p));
        require((baton_period_key(p) < baton_period_key(other)) == (n > 0));
        require((baton_period_compare(p, other) < 0) == (n > 0));
        require(baton_period_overlaps(p, other) == (n == 0));
    }
    if (baton_period_same_name(p, n, &other)) {
        struct baton_period back = {0};
        require(baton_period_same_name(other, -n, &back) && baton_period_equal(back, p));
        char other_name[BATON_PERIOD_NAME_SIZE];
        require(baton_period_format(other, other_name) == size &&
                strcmp(name + 4, other_name + 4) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    struct baton_period p = {77, 77, 77};
    if (baton_period_parse(text, size, &p)) {
        char name[BATON_PERIOD_NAME_SIZE];
        require(baton_period_format(p, name) == size && memcmp(name, text, size) == 0);
        check_period(p, 1);
        check_period(p, -53);
    } else {
        require(p.year == 77 && p.index == 77 && p.kind == 77);
    }
    int32_t day = 77;
    if (baton_day_parse(text, size, &day)) {
        char date[BATON_PERIOD_NAME_SIZE];
        require(p.kind == BATON_DAY && baton_day_format(day, date) == size &&
                memcmp(date, text, size) == 0);
    }
    int32_t argument[3];
    if (size >= sizeof argument + 1) {
        memcpy(argument, data + 1, sizeof argument);
        const enum baton_period_kind kind = (enum baton_period_kind)(BATON_DAY + data[0] % 6);
        for (int scale = 0; scale < 3; scale++) { // as they are, and where the years are
            const int32_t a =
                scale == 0 ? argument[0] : argument[0] % (scale == 1 ? 400000 : 40000);
            const int32_t n = scale == 0 ? argument[1] : argument[1] % (scale == 1 ? 1000 : 10);
            if (n == INT32_MIN)
                continue;
            const struct baton_period by_day = baton_period_of_day(kind, a);
            if (by_day.kind != BATON_PERIOD_NONE)
                check_period(by_day, n);
            const struct baton_period by_ordinal = baton_period_from_ordinal(kind, a);
            if (by_ordinal.kind != BATON_PERIOD_NONE)
                check_period(by_ordinal, n);
            struct baton_period newest;
            const int year = 1890 + (int)((uint32_t)argument[2] % 1120);
            if (baton_period_newest(kind, year, a, &newest)) {
                require(newest.year == year && baton_period_last_day(newest) <= a);
                const struct baton_period after = baton_period_shift(newest, 1);
                require(after.kind == BATON_PERIOD_NONE || after.year != year ||
                        baton_period_last_day(after) > a);
            }
        }
    }
    return 0;
}
