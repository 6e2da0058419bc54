/* The number at some place of a text, without knowing where it ends: the inner loop of the reader of observations. */
#ifndef PACKAGE_SCAN_NUMBER_H
#define PACKAGE_SCAN_NUMBER_H

#include "base/number.h"
#include <stdint.h>
#include <string.h>
#if defined(__SSE2__) && defined(__x86_64__) && !defined(SCAN_NUMBER_PLAIN)
#include <emmintrin.h>
#endif

enum { SCAN_NUMBER_ROOM = 24 }; /* bytes that must be readable from the start on */

#if defined(__SSE2__) && defined(__x86_64__) && !defined(SCAN_NUMBER_PLAIN)

/* The value of eight digits (0..9 each, the first in the lowest byte). */
static inline uint64_t scan_eight(uint64_t digits) {
    digits = digits * 10 + (digits >> 8);
    const uint64_t one = (digits & 0x000000ff000000ff) * 0x000f424000000064; /* 100 + (1000000 << 32) */
    const uint64_t two = (digits >> 16 & 0x000000ff000000ff) * 0x0000271000000001; /* 1 + (10000 << 32) */
    return (one + two) >> 32;
}

/* By how many digits are behind the point (16 = no point): the bytes behind it, and those before it, of a text of 16 bytes that
 * ends with the number. */
struct scan_masks {
    uint64_t behind[17][2], before[17][2];
};
extern const struct scan_masks scan_masks;

/* Reads a number of at most 15 bytes behind a `-`: digits, and a point among or around them. Returns the byte behind it and
 * *out, what baton_number_parse gives (but maybe -0); NULL where there is anything else, then *out is untouched. Which byte is
 * behind it is for the caller to look at. */
static inline const char *scan_number(const char *at, double *out) {
    const bool negative = *at == '-';
    at += negative;
    const __m128i text = _mm_loadu_si128((const __m128i *)(const void *)at);
    /* Signed: everything below `-` ends a number, and so do the bytes of characters beyond ASCII. */
    const unsigned ends = (unsigned)_mm_movemask_epi8(_mm_cmplt_epi8(text, _mm_set1_epi8('-')));
    if (UNLIKELY((ends & 0xffff) == 0))
        return NULL;
    const unsigned size = (unsigned)__builtin_ctz(ends);
    const unsigned all = (1u << size) - 1;
    const __m128i digits = _mm_sub_epi8(text, _mm_set1_epi8('0'));
    const __m128i is_digit = _mm_cmpeq_epi8(_mm_subs_epu8(digits, _mm_set1_epi8(9)), _mm_setzero_si128());
    const unsigned digit = (unsigned)_mm_movemask_epi8(is_digit) & all;
    const unsigned point = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(text, _mm_set1_epi8('.'))) & all;
    if (UNLIKELY((digit | point) != all || (point & (point - 1)) != 0 || digit == 0))
        return NULL;
    const unsigned behind = point != 0 ? size - 1 - (unsigned)__builtin_ctz(point) : 0;
    const unsigned mask = point != 0 ? behind : 16;
    uint64_t low = (uint64_t)_mm_cvtsi128_si64(digits);
    uint64_t high = (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(digits, digits));
    decimal_u128 right = ((decimal_u128)high << 64 | low) << (8 * (16 - size)); /* ends at the last byte */
    low = (uint64_t)right & scan_masks.before[mask][0];
    high = (uint64_t)(right >> 64) & scan_masks.before[mask][1];
    const uint64_t carry = low >> 56;
    low = low << 8 | ((uint64_t)right & scan_masks.behind[mask][0]); /* the point goes */
    high = high << 8 | carry | ((uint64_t)(right >> 64) & scan_masks.behind[mask][1]);
    const uint64_t value = scan_eight(low) * 100000000 + scan_eight(high); /* below 10^15 */
    const double whole = (double)(int64_t)value / decimal_ten[behind]; /* both exact: the nearest double */
    *out = negative ? -whole : whole;
    return at + size;
}

#else

static inline const char *scan_number(const char *at, double *out) {
    size_t size = *at == '-';
    while (size < 17 && (at[size] == '.' || (at[size] >= '0' && at[size] <= '9')))
        size++;
    return size > 0 && size < 17 && number_parse_common(at, size, out) ? at + size : NULL;
}

#endif

#endif
