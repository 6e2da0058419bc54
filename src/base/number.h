/* Numbers, inside: what baton/number.h gives, and the inner loops that want it inline. */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include "base/decimal.h"
#include "base/macros.h"
#include "baton/number.h"
#include <stdint.h>

/* Reads text[0..size) where it is a common number: at most 19 bytes of a `-`, digits, and a point among or
 * around them. True: *out is what baton_number_parse gives. False: ask baton_number_parse, *out is untouched. */
static inline bool number_parse_common(const char *text, size_t size, double *out) {
    if (UNLIKELY(size - 1 >= 19))
        return false;
    const char *at = text;
    const char *const end = text + size;
    const bool negative = *at == '-';
    at += negative;
    const char *const first = at;
    uint64_t digits = 0;
    unsigned digit;
    while (at < end && (digit = (unsigned)(unsigned char)*at - '0') <= 9) {
        digits = digits * 10 + digit;
        at++;
    }
    size_t count = (size_t)(at - first), behind = 0;
    if (at < end) {
        if (*at != '.')
            return false;
        const char *const point = ++at;
        while (at < end && (digit = (unsigned)(unsigned char)*at - '0') <= 9) {
            digits = digits * 10 + digit;
            at++;
        }
        if (at < end)
            return false;
        behind = (size_t)(at - point);
        count += behind;
    }
    if (UNLIKELY(count == 0 || digits > (uint64_t)1 << 53))
        return false;
    const double whole = (double)(negative ? -(int64_t)digits : (int64_t)digits); // of 0: +0
    *out = whole / decimal_ten[behind]; // both exact, so the quotient is the nearest double
    return true;
}

/* baton_number_parse, for inner loops. */
static inline enum baton_number_error number_parse(const char *text, size_t size, double *out,
                                                   bool *percent) {
    if (LIKELY(number_parse_common(text, size, out))) {
        if (percent != NULL)
            *percent = false;
        return BATON_NUMBER_OK;
    }
    return baton_number_parse(text, size, out, percent);
}

/* A decimal: digits * 10^exponent, negative or not. */
struct number_decimal {
    uint64_t digits;
    int exponent;
    bool negative; /* never of zero */
};

/* The decimal that baton_number_round gives the nearest double of, for a finite x: its exponent is -decimals or
 * greater, and it has at most 12 digits. */
struct number_decimal number_rounded(double x, int decimals, enum baton_rounding mode);

/* x at 12 significant digits, for a finite x: 0, or digits from 10^11 to 10^12 - 1. */
struct number_decimal number_decimal12(double x);

#endif
