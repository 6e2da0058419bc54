/* The number at some place of a text, without knowing where it ends: the inner loop of the reader
 * of observations. */
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

/* Masks of 16 bytes: the last n; those behind a point that has n digits behind it, and those before
 * it (n = 16: there is no point, all are behind). Made by observations_rows.c. */
struct scan_masks {
    uint64_t last[17][2], behind[17][2], before[17][2];
};
extern const struct scan_masks scan_masks;

static inline __m128i scan_mask(const uint64_t mask[2]) {
    return _mm_loadu_si128((const __m128i *)(const void *)mask);
}

/* The value of 16 digits (0..9 each). */
static inline uint64_t scan_sixteen(__m128i digits) {
    const __m128i tens =
        _mm_mullo_epi16(_mm_and_si128(digits, _mm_set1_epi16(0xff)), _mm_set1_epi16(10));
    const __m128i pairs = _mm_add_epi16(tens, _mm_srli_epi16(digits, 8));
    const __m128i fours = _mm_madd_epi16(pairs, _mm_set1_epi32(1 << 16 | 100));
    const __m128i packed = _mm_packs_epi32(fours, fours);
    const __m128i eights = _mm_madd_epi16(packed, _mm_set1_epi32(1 << 16 | 10000));
    const uint64_t both = (uint64_t)_mm_cvtsi128_si64(eights);
    return (both & 0xffffffff) * 100000000 + (both >> 32);
}

/* Reads a number of at most 15 bytes behind a `-`: digits, and a point among or around them.
 * Returns the byte behind it and *out, what baton_number_parse gives (but maybe -0); NULL where
 * there is anything else, then *out is untouched. Which byte is behind it is for the caller to look
 * at. 16 bytes before `at` must be readable too. */
static inline const char *scan_number(const char *at, double *out) {
    const bool negative = *at == '-';
    at += negative;
    const __m128i text = _mm_loadu_si128((const __m128i *)(const void *)at);
    /* Signed: everything below `-` ends a number, and so do the bytes of characters beyond
     * ASCII. */
    const unsigned ends =
        (unsigned)_mm_movemask_epi8(_mm_cmplt_epi8(text, _mm_set1_epi8('-'))) | 1u << 16;
    const unsigned size = (unsigned)__builtin_ctz(ends);
    const unsigned all = (1u << size) - 1;
    const __m128i zeros = _mm_set1_epi8('0');
    const __m128i is_digit = _mm_cmpeq_epi8(
        _mm_subs_epu8(_mm_sub_epi8(text, zeros), _mm_set1_epi8(9)), _mm_setzero_si128());
    const unsigned other =
        ~(unsigned)_mm_movemask_epi8(is_digit) & all; /* no digits: at most the point */
    const unsigned point =
        (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(text, _mm_set1_epi8('.'))) & all;
    /* Also where there is no digit, or no end within 16 bytes. */
    if (UNLIKELY(other != point || (point & (point - 1)) != 0 || point == all || size == 16))
        return NULL;
    const unsigned behind = point != 0 ? size - 1 - (unsigned)__builtin_ctz(point) : 0;
    const unsigned mask = point != 0 ? behind : 16;
    /* The 16 bytes that end with the number; what is before it is not its own. */
    const __m128i right = _mm_and_si128(
        _mm_sub_epi8(_mm_loadu_si128((const __m128i *)(const void *)(at + size - 16)), zeros),
        scan_mask(scan_masks.last[size]));
    const __m128i digits =
        _mm_or_si128(_mm_and_si128(right, scan_mask(scan_masks.behind[mask])),
                     _mm_slli_si128(_mm_and_si128(right, scan_mask(scan_masks.before[mask])), 1));
    const double whole = (double)(int64_t)scan_sixteen(digits) /
                         decimal_ten[behind]; /* both exact: the nearest double */
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
