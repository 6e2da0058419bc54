/* Days are read by baton_day_parse; here are times and counts. */
#include "base/civil_moment.h"
#include "base/civil_day.h"
#include "baton/period.h"
#include <stdio.h>

enum { DAY_SIZE = 10, TIME_SIZE = 5, MINUTE_MS = 60000, OFFSET_DIGITS = 4 };

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* hh:mm */
static bool read_time(const char *text, int16_t *minute) {
    if (!is_digit(text[0]) || !is_digit(text[1]) || text[2] != ':' || !is_digit(text[3]) ||
        !is_digit(text[4]))
        return false;
    const int hours = (text[0] - '0') * 10 + text[1] - '0';
    const int minutes = (text[3] - '0') * 10 + text[4] - '0';
    *minute = (int16_t)(hours * 60 + minutes);
    return hours < 24 && minutes < 60;
}

bool civil_moment_parse(const char *text, size_t size, struct civil_moment *out) {
    struct civil_moment moment = {.minute = -1};
    if (size != DAY_SIZE && size != DAY_SIZE + 1 + TIME_SIZE)
        return false;
    if (!baton_day_parse(text, DAY_SIZE, &moment.day))
        return false;
    if (size > DAY_SIZE &&
        (text[DAY_SIZE] != 'T' || !read_time(text + DAY_SIZE + 1, &moment.minute)))
        return false;
    *out = moment;
    return true;
}

size_t civil_moment_format(struct civil_moment moment, char out[CIVIL_MOMENT_SIZE]) {
    char day[BATON_PERIOD_NAME_SIZE];
    baton_day_format(moment.day, day);
    const int length = moment.minute < 0 ? snprintf(out, CIVIL_MOMENT_SIZE, "%s", day)
                                         : snprintf(out, CIVIL_MOMENT_SIZE, "%sT%02d:%02d", day,
                                                    moment.minute / 60 % 24, moment.minute % 60);
    return (size_t)length;
}

int64_t civil_moment_begins_utc_ms(struct civil_moment moment) {
    const int64_t midnight = moment.day * CIVIL_DAY_MS - CIVIL_ZONE_MS;
    return moment.minute < 0 ? midnight : midnight + moment.minute * (int64_t)MINUTE_MS;
}

int64_t civil_moment_ends_utc_ms(struct civil_moment moment) {
    return civil_moment_begins_utc_ms(moment) + (moment.minute < 0 ? CIVIL_DAY_MS : 0);
}

bool civil_offset_parse(const char *text, size_t size, struct civil_offset *out) {
    struct civil_offset offset = {.minute = -1};
    const bool is_before = size > 0 && text[0] == '-';
    size_t at = is_before, digits = 0;
    for (; at < size && is_digit(text[at]); at++, digits++) {
        if (digits == OFFSET_DIGITS)
            return false;
        offset.days = offset.days * 10 + text[at] - '0';
    }
    offset.are_workdays = at < size && text[at] == 'w';
    at += offset.are_workdays;
    if (digits == 0 || at == size || text[at++] != 'd')
        return false;
    if (at < size && (size - at != 1 + TIME_SIZE || text[at] != ' ' ||
                      !read_time(text + at + 1, &offset.minute)))
        return false;
    if (is_before)
        offset.days = -offset.days;
    *out = offset;
    return true;
}

size_t civil_offset_format(struct civil_offset offset, char out[CIVIL_MOMENT_SIZE]) {
    const char *const unit = offset.are_workdays ? "wd" : "d";
    const int length = offset.minute < 0
                           ? snprintf(out, CIVIL_MOMENT_SIZE, "%d%s", offset.days, unit)
                           : snprintf(out, CIVIL_MOMENT_SIZE, "%d%s %02d:%02d", offset.days, unit,
                                      offset.minute / 60 % 24, offset.minute % 60);
    return (size_t)length;
}
