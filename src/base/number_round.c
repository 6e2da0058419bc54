/* Rounding and comparing numbers as decimals.
 *
 * Both begin with a product (or quotient) y of the number with an exact power of ten, which is off by at most
 * one rounding, 2^-53 of it. Unless y is as near to a tie as that, the digits follow from it; if it is, from
 * 128 bits of the power, and if these leave it open, from an exact comparison. */
#include "base/number.h"
#include <assert.h>
#include <math.h>
#include <string.h>

static const uint64_t whole_ten[13] = {
    1ull,           10ull,           100ull,          1000ull,      10000ull,
    100000ull,      1000000ull,      10000000ull,     100000000ull, 1000000000ull,
    10000000000ull, 100000000000ull, 1000000000000ull};

static uint64_t bits_of(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* The 12 digits of a finite size > 0 and their exponent, by whole numbers: for the ties, the very small and the
 * very great. */
static uint64_t digits12_exactly(double size, int *exponent) {
    const uint64_t bits = bits_of(size);
    const int biased = (int)(bits >> 52);
    const uint64_t fraction = bits & (((uint64_t)1 << 52) - 1);
    const uint64_t m = biased > 0 ? fraction | (uint64_t)1 << 52 : fraction;
    const int e2 = (biased > 0 ? biased : 1) - 1075; // size = m * 2^e2
    const int zeros = __builtin_clzll(m);
    int scale =
        11 - decimal_log10(e2 + 63 - zeros); // so that size * 10^scale is from 10^11 to 10^13
    uint64_t digits;
    for (;; scale--) {
        // size * 10^scale = (high + less than 3) / 2^shift
        const uint64_t high =
            (uint64_t)(((decimal_u128)(m << zeros) * decimal_power(scale).hi) >> 64);
        const int shift = -(e2 - zeros + decimal_log2(scale) - 63 + 64);
        assert(shift > 8 && shift < 64);
        const uint64_t half = (uint64_t)1 << (shift - 1), rest = high & (2 * half - 1);
        digits = high >> shift;
        if (digits >= whole_ten[12])
            continue;
        if (rest + 3 < half || rest > half + 3)
            digits += rest > half;
        else // the middle between digits and digits + 1 is (10 digits + 5) * 10^(-scale - 1)
            digits += decimal_compare(10 * digits + 5, -scale - 1, m, e2) <= 0;
        break;
    }
    if (digits == whole_ten[12]) {
        digits = whole_ten[11];
        scale--;
    }
    *exponent = -scale;
    return digits;
}

/* The same, at once for all common numbers. */
static inline uint64_t digits12(double size, int *exponent) {
    if (LIKELY(size >= 1e-10 && size < 1e21)) {
        const int log2 = (int)(bits_of(size) >> 52) - 1023;
        int scale = 11 - ((log2 * 1233) >> 12); // or 1 less: 1233 / 4096 is a little below log10(2)
        double y = scale >= 0 ? size * decimal_ten[scale] : size / decimal_ten[-scale];
        if (y >= 1e12) {
            scale--;
            y = scale >= 0 ? size * decimal_ten[scale] : size / decimal_ten[-scale];
        }
        const int64_t whole = (int64_t)y;
        const double rest = y - (double)whole;
        // y is off by at most 2^-53 * 10^12 < 0.0002
        if (LIKELY(fabs(rest - 0.5) > 0.001)) {
            *exponent = -scale;
            return (uint64_t)(whole + (rest > 0.5));
        }
    }
    return digits12_exactly(size, exponent);
}

struct number_decimal number_decimal12(double x) {
    assert(isfinite(x));
    if (x == 0)
        return (struct number_decimal){0};
    struct number_decimal d = {.negative = x < 0};
    d.digits = digits12(fabs(x), &d.exponent);
    if (d.digits == whole_ten[12]) {
        d.digits = whole_ten[11];
        d.exponent++;
    }
    return d;
}

static double value_of(struct number_decimal d) {
    const double size = decimal_to_double(d.digits, d.exponent);
    return d.negative ? 0 - size : size; // of 0: +0
}

double baton_number_sig12(double x) {
    if (!isfinite(x) || x == 0)
        return x + 0.0; // of -0: +0
    int exponent;
    const uint64_t digits = digits12(fabs(x), &exponent);
    const double size = decimal_to_double(digits, exponent);
    return x < 0 ? -size : size;
}

/* Rounding at once. With y = size * 10^decimals, rounded once, the whole number asked for is that below
 * z = y + 0.5 (half away, half even) or z = y (down), unless z is next to a whole number r:
 *   - nearer than 4e-13 of y: the decimal of 12 digits nearest to the number is then r itself (r - 0.5), since
 *     12 digits are at least 1e-12 of the number apart and r has fewer, r being below 10^9 + 1;
 *   - else nearer than 6e-12 of y: 12 digits, at most 1e-11 of the number apart, may lie on either side. Such
 *     numbers are rare, and their digits are taken.
 * y, and z where it is next to a whole number and so y is 0.5 or more, are off by some 2e-16 of y: that is
 * inside these margins. */
#define ROUND_AT_ONCE_MOST 1e9
#define ROUND_SAME 4e-13
#define ROUND_OPEN 6e-12
#define ROUND_MAGIC 4503599627370496.0 // 2^52: what is added to it is rounded to a whole number

/* Two numbers side by side. gcc and clang make of them what the CPU has, and none of it changes a bit. A condition
 * is the sign bit of a difference (gcc 12 takes real comparisons apart): a < b is that of a - b. */
typedef double pair __attribute__((vector_size(16)));
typedef uint64_t pair_bits __attribute__((vector_size(16)));
#define SIGN ((uint64_t)1 << 63)

/* The rounded numbers in units of the last decimal; the sign bit of *open is set where that is left open. NaN
 * gives NaN. */
static inline pair round_at_once(pair y, enum baton_rounding mode, pair_bits *open) {
    const pair z = mode == BATON_ROUND_DOWN ? y : y + 0.5;
    const pair r = (z + ROUND_MAGIC) - ROUND_MAGIC;
    const pair beyond = z - r, distance = (pair)((pair_bits)beyond & ~SIGN);
    const pair_bits not_same = (pair_bits)(y * ROUND_SAME - distance);
    const pair_bits not_near = (pair_bits)(y * ROUND_OPEN - distance);
    const pair_bits great = (pair_bits)(ROUND_AT_ONCE_MOST - y);
    *open = (not_same & ~not_near) | great;
    pair_bits back = not_same & (pair_bits)beyond;
    if (mode == BATON_ROUND_HALF_EVEN) { // exactly between two: r is the upper one, and may be odd
        const pair half = r * 0.5, rest = half - ((half + ROUND_MAGIC) - ROUND_MAGIC);
        back |= ~not_same & (pair_bits)(0.0 - rest * rest);
    }
    const pair one = {1, 1};
    return r - (pair)((0 - (back >> 63)) & (pair_bits)one);
}

/* The same of one. */
static inline double round_one_at_once(double y, enum baton_rounding mode, bool *open) {
    pair_bits both_open;
    const pair whole = round_at_once((pair){y, y}, mode, &both_open);
    *open = (both_open[0] & SIGN) != 0;
    return whole[0];
}

static inline double scaled(double size, int decimals) {
    return decimals >= 0 ? size * decimal_ten[decimals] : size / decimal_ten[-decimals];
}

static struct number_decimal round_by_digits(double x, int decimals, enum baton_rounding mode) {
    struct number_decimal d = number_decimal12(x);
    const int dropped = -decimals - d.exponent; // digits behind the last decimal
    if (d.digits == 0 || dropped <= 0)
        return d;
    if (dropped > 12)
        return (struct number_decimal){.exponent = -decimals};
    const uint64_t unit = whole_ten[dropped], rest = d.digits % unit;
    d.digits /= unit;
    d.exponent = -decimals;
    if (mode == BATON_ROUND_HALF_AWAY)
        d.digits += 2 * rest >= unit;
    else if (mode == BATON_ROUND_HALF_EVEN)
        d.digits += 2 * rest > unit || (2 * rest == unit && (d.digits & 1) != 0);
    if (d.digits == 0)
        d.negative = false;
    return d;
}

static void assert_arguments(int decimals, enum baton_rounding mode) {
    assert(decimals >= -3 && decimals <= 9);
    assert(mode == BATON_ROUND_HALF_AWAY || mode == BATON_ROUND_HALF_EVEN ||
           mode == BATON_ROUND_DOWN);
}

struct number_decimal number_rounded(double x, int decimals, enum baton_rounding mode) {
    assert(isfinite(x));
    assert_arguments(decimals, mode);
    bool open;
    const double whole = round_one_at_once(scaled(fabs(x), decimals), mode, &open);
    if (UNLIKELY(open))
        return round_by_digits(x, decimals, mode);
    return (struct number_decimal){(uint64_t)whole, -decimals, x < 0 && whole > 0};
}

/* As baton_number_round; inline, so that mode and the sign of decimals can be constants. */
static inline double round_one(double x, int decimals, enum baton_rounding mode) {
    bool open;
    const double whole = round_one_at_once(scaled(fabs(x), decimals), mode, &open);
    if (UNLIKELY(open))
        return isfinite(x) ? value_of(round_by_digits(x, decimals, mode)) : x;
    const double size =
        decimals >= 0 ? whole / decimal_ten[decimals] : whole * decimal_ten[-decimals];
    return copysign(size, x) + 0.0; // of -0: +0
}

double baton_number_round(double x, int decimals, enum baton_rounding mode) {
    assert_arguments(decimals, mode);
    return round_one(x, decimals, mode);
}

/* Rounds x[0..n), n even; true where some are open, which then are not rounded. */
static inline bool round_block(size_t n, const double x[], double out[], double unit,
                               enum baton_rounding mode) {
    pair_bits any = {0, 0};
    for (size_t i = 0; i < n; i += 2) {
        pair both;
        memcpy(&both, x + i, sizeof both);
        const pair_bits sign = (pair_bits)both & SIGN;
        pair_bits open;
        const pair whole = round_at_once((pair)((pair_bits)both ^ sign) * unit, mode, &open);
        any |= open;
        both = (pair)((pair_bits)(whole / unit) | sign) + 0.0; // of -0: +0
        memcpy(out + i, &both, sizeof both);
    }
    return ((any[0] | any[1]) & SIGN) != 0;
}

static inline void round_all(size_t n, const double x[], double out[], int decimals,
                             enum baton_rounding mode) {
    enum { BLOCK = 64 };
    double block[BLOCK];
    size_t first = 0;
    for (; first + BLOCK <= n; first += BLOCK) {
        if (UNLIKELY(round_block(BLOCK, x + first, block, decimal_ten[decimals], mode)))
            for (size_t i = 0; i < BLOCK; i++)
                block[i] = round_one(x[first + i], decimals, mode);
        memcpy(out + first, block, sizeof block);
    }
    for (; first < n; first++)
        out[first] = round_one(x[first], decimals, mode);
}

void baton_number_round_n(size_t n, const double x[], double out[], int decimals,
                          enum baton_rounding mode) {
    assert_arguments(decimals, mode);
    if (decimals < 0)
        for (size_t i = 0; i < n; i++)
            out[i] = round_one(x[i], decimals, mode);
    else if (mode == BATON_ROUND_HALF_AWAY)
        round_all(n, x, out, decimals, BATON_ROUND_HALF_AWAY);
    else if (mode == BATON_ROUND_HALF_EVEN)
        round_all(n, x, out, decimals, BATON_ROUND_HALF_EVEN);
    else
        round_all(n, x, out, decimals, BATON_ROUND_DOWN);
}

int baton_number_compare12(double a, double b) {
    if (a == b)
        return 0;
    if (isnan(a) || isnan(b))
        return isnan(b) - isnan(a) > 0 ? 1 : isnan(a) - isnan(b) > 0 ? -1 : 0;
    // Neighbours at 12 digits are at most 1e-11 of the number apart: what differs by more differs there too.
    const double larger = fabs(a) > fabs(b) ? fabs(a) : fabs(b);
    if (!(fabs(a - b) > 2e-11 * larger)) {
        a = baton_number_sig12(a);
        b = baton_number_sig12(b);
    }
    return (a > b) - (a < b);
}

bool baton_number_equal_bits(double a, double b) {
    return bits_of(a) == bits_of(b) || (isnan(a) && isnan(b));
}
