/* The civil day of China (UTC+8, without summer time) on which a moment falls: what posts, terms and "known on a day" go by, wherever the program runs. */
#ifndef BASE_CIVIL_DAY_H
#define BASE_CIVIL_DAY_H

#include <stdint.h>

#define CIVIL_DAY_MS INT64_C(86400000)
#define CIVIL_ZONE_MS INT64_C(28800000)

/* Days since 1970-01-01, of a time in milliseconds since 1970 UTC that is not before it. */
static inline int32_t civil_day(int64_t time_utc_ms) {
    return (int32_t)((time_utc_ms + CIVIL_ZONE_MS) / CIVIL_DAY_MS);
}

/* The last millisecond of a day. */
static inline int64_t civil_day_ends_utc_ms(int32_t day) {
    return ((int64_t)day + 1) * CIVIL_DAY_MS - CIVIL_ZONE_MS - 1;
}

#endif
