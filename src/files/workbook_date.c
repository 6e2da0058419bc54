/* Serials of workbooks and days. A serial counts days from the beginning of its system, its fraction is the time of the day; the system of
 * 1900 took over from Lotus 1-2-3 that 1900 was a leap year, so from 1 March 1900 on it is one ahead. */
#include "base/number.h"
#include "baton/period.h"
#include "files/workbook_format.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    DAY_1899_12_30 = -25569,
    DAY_1899_12_31 = -25568,
    DAY_1904_01_01 = -24107,
    FALSE_DAY = 60, /* 29 February 1900 */
    DAY_SECONDS = 86400
};

/* The day of a whole serial; false where there is none. */
static bool day_of(double whole, bool is_1904, int32_t *day) {
    if (!(whole >= 0 && whole < 1000000))
        return false;
    const int32_t serial = (int32_t)whole;
    if (is_1904)
        *day = DAY_1904_01_01 + serial;
    else if (serial == 0 || serial == FALSE_DAY)
        return false;
    else
        *day = serial + (serial < FALSE_DAY ? DAY_1899_12_31 : DAY_1899_12_30);
    return true;
}

static size_t put_time(int64_t seconds, char *out, size_t room) {
    return (size_t)snprintf(out, room, "%02lld:%02d:%02d", (long long)(seconds / 3600),
                            (int)(seconds / 60 % 60), (int)(seconds % 60));
}

bool format_date(double serial, bool is_1904, unsigned shows, char out[FORMAT_TEXT_SIZE],
                 size_t *size) {
    if (!(serial >= 0 && serial < 1000000))
        return false;
    double whole = floor(serial);
    int64_t seconds = (int64_t)floor((serial - whole) * DAY_SECONDS + 0.5);
    if ((shows & SHOWS_ELAPSED) != 0) {
        *size = put_time((int64_t)whole * DAY_SECONDS + seconds, out, FORMAT_TEXT_SIZE);
        return true;
    }
    if ((shows & SHOWS_TIME) != 0 && seconds == DAY_SECONDS) {
        whole++;
        seconds = 0;
    }
    const bool has_day = (shows & (SHOWS_YEAR | SHOWS_MONTH | SHOWS_DAY)) != 0;
    size_t used = 0;
    int32_t day;
    if (has_day) {
        char name[BATON_PERIOD_NAME_SIZE];
        if (!day_of(whole, is_1904, &day) || baton_day_format(day, name) == 0)
            return false;
        const bool is_full = (shows & (SHOWS_DAY | SHOWS_TIME)) != 0;
        used = is_full ? 10 : (shows & SHOWS_MONTH) != 0 ? 7 : 4;
        memcpy(out, name, used);
        out[used] = '\0';
    }
    if ((shows & SHOWS_TIME) != 0) {
        if (has_day)
            out[used++] = ' ';
        used += put_time(seconds, out + used, FORMAT_TEXT_SIZE - used);
    }
    *size = used;
    return true;
}

/* The two digits at text, below `most`; -1 where they are none. */
static int two_digits(const char *text, int most) {
    if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
        return -1;
    const int value = (text[0] - '0') * 10 + (text[1] - '0');
    return value < most ? value : -1;
}

/* 13:05 or 13:05:00 with what may stand behind it. */
static bool time_of(const char *text, size_t size, int32_t *seconds) {
    if (size > 0 && text[size - 1] == 'Z')
        size--;
    if (size < 5 || text[2] != ':' || (size > 5 && (size < 8 || text[5] != ':')))
        return false;
    const int hour = two_digits(text, 24), minute = two_digits(text + 3, 60);
    const int second = size > 5 ? two_digits(text + 6, 60) : 0;
    if (hour < 0 || minute < 0 || second < 0)
        return false;
    if (size > 8 && (text[8] != '.' || strspn(text + 9, "0123456789") < size - 9))
        return false;
    *seconds = hour * 3600 + minute * 60 + second;
    return true;
}

bool format_iso_date(const char *text, size_t size, bool is_1904, double *serial, unsigned *shows) {
    double whole = 0;
    int32_t seconds = 0;
    unsigned has = 0;
    if (size >= 10 && text[4] == '-') {
        int32_t day;
        if (!baton_day_parse(text, 10, &day))
            return false;
        int32_t first = is_1904 ? DAY_1904_01_01 : DAY_1899_12_30;
        if (!is_1904 && day - first <= FALSE_DAY)
            first = DAY_1899_12_31;
        if (day < first)
            return false;
        whole = day - first;
        has = SHOWS_YEAR | SHOWS_MONTH | SHOWS_DAY;
        text += 10;
        size -= 10;
        if (size > 0 && *text != 'T' && *text != ' ')
            return false;
        text += size > 0;
        size -= size > 0;
    }
    if (size > 0 || has == 0) {
        if (!time_of(text, size, &seconds))
            return false;
        has |= SHOWS_TIME;
    }
    *serial = whole + (double)seconds / DAY_SECONDS;
    *shows = has;
    return true;
}
