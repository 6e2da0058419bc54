/* Moments of the civil time of China, as people write deadlines: a day, or a day and a time; and offsets of such moments from a day.
 *
 *   2021-09-10         2021-09-10T17:00        of a year from 1900 to 2999, from 00:00 to 23:59
 *   10d   8wd   -5d    8wd 17:00               days, workdays, at most 9,999 of them; a time
 *
 * A day without a time begins with its first moment and ends with the first of the next day; whatever ends has ended at that moment. */
#ifndef BASE_CIVIL_MOMENT_H
#define BASE_CIVIL_MOMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct civil_moment {
    int32_t day;    /* since 1970-01-01 */
    int16_t minute; /* of the day; -1 = the day as a whole */
};

#define CIVIL_MOMENT_SIZE 24 /* room for its text, with the NUL */

/* Reads the whole of text[0..size). False, and *out untouched, where it has another form. */
bool civil_moment_parse(const char *text, size_t size, struct civil_moment *out);
/* Writes its text and a NUL; returns the length. */
size_t civil_moment_format(struct civil_moment moment, char out[CIVIL_MOMENT_SIZE]);

/* Milliseconds since 1970 UTC: where something begins with it, where something ends with it. */
int64_t civil_moment_begins_utc_ms(struct civil_moment moment);
int64_t civil_moment_ends_utc_ms(struct civil_moment moment);

struct civil_offset {
    int32_t days;
    bool are_workdays;
    int16_t minute; /* -1 = without a time */
};

/* As civil_moment_parse. Which day it leads to is for whoever knows the workdays. */
bool civil_offset_parse(const char *text, size_t size, struct civil_offset *out);
/* As civil_moment_format. */
size_t civil_offset_format(struct civil_offset offset, char out[CIVIL_MOMENT_SIZE]);

#endif
