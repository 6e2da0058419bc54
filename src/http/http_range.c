/* "bytes=0-499", "bytes=500-", "bytes=-500". */
#include "http/http_range.h"
#include <stdbool.h>
#include <string.h>
#include <strings.h>

enum { DIGITS_MAX = 18 };

/* Digits, which may be none; false where there are too many. */
static bool take_number(const char **at, bool *is_there, uint64_t *out) {
    const size_t digits = strspn(*at, "0123456789");
    *is_there = digits > 0;
    *out = 0;
    if (digits > DIGITS_MAX)
        return false;
    for (size_t i = 0; i < digits; i++)
        *out = 10 * *out + (uint64_t)((*at)[i] - '0');
    *at += digits;
    return true;
}

enum http_range http_range_read(const char *text, uint64_t size, uint64_t *from, uint64_t *count) {
    static const char unit[] = "bytes=";
    uint64_t first, last;
    bool has_first, has_last;
    if (text == NULL || strncasecmp(text, unit, sizeof unit - 1) != 0)
        return HTTP_RANGE_ALL;
    const char *at = text + sizeof unit - 1;
    if (!take_number(&at, &has_first, &first) || *at++ != '-' ||
        !take_number(&at, &has_last, &last) || *at != '\0' || (!has_first && !has_last) ||
        (has_first && has_last && last < first))
        return HTTP_RANGE_ALL;
    if (has_first ? first >= size : last == 0 || size == 0)
        return HTTP_RANGE_OUTSIDE;
    if (!has_first) {
        *count = last < size ? last : size;
        *from = size - *count;
        return HTTP_RANGE_PART;
    }
    *from = first;
    *count = has_last && last < size ? last - first + 1 : size - first;
    return HTTP_RANGE_PART;
}
