/* Decimals and doubles, exactly: the arithmetic under base/number.h, which is what others use. */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include <stddef.h>
#include <stdint.h>

__extension__ typedef unsigned __int128 decimal_u128;

/* 10^0 .. 10^22: the powers of ten that are doubles. */
extern const double decimal_ten[23];

/* The first 128 bits of 10^k, the rest cut off: 10^k = (hi * 2^64 + lo) * 2^(decimal_log2(k) - 127), exactly for
 * 0 <= k <= 55, else a little more than that. The top bit of hi is set. */
struct decimal_power {
    uint64_t hi, lo;
};
enum { DECIMAL_POWER_LEAST = -342, DECIMAL_POWER_MOST = 340, DECIMAL_POWER_EXACT = 55 };
struct decimal_power decimal_power(int k);

/* floor(log2(10^k)), for |k| <= 400. */
static inline int decimal_log2(int k) {
    return (k * 217706) >> 16;
}

/* floor(log10(2^n)), for |n| <= 1100. */
static inline int decimal_log10(int n) {
    return (n * 315653) >> 20;
}

/* The double nearest to digits * 10^exponent, ties to the even one; INFINITY beyond the greatest double. */
double decimal_to_double(uint64_t digits, int64_t exponent);

/* The double nearest to a decimal of any length, given as the one that is nearest to its first 19 digits:
 * `digit` are all its digits from the first that is not 0 on (a point among them is skipped), the value is
 * 0.DIGITS * 10^point. `point` is -400..400. */
double decimal_long_to_double(const char *digit, size_t size, int64_t point, double near);

/* Compares digits * 10^e10 with m * 2^e2, exactly: below, equal to or above 0. |e10| <= 400, |e2| <= 1200. */
int decimal_compare(uint64_t digits, int e10, uint64_t m, int e2);

#endif
