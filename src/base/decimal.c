/* Decimals and doubles, exactly.
 *
 * decimal_to_double is the algorithm of Eisel and Lemire: D. Lemire, "Number Parsing at a Gigabyte per
 * Second" (Software: Practice and Experience 51, 2021); that it needs no fallback for 19 digits is shown by
 * N. Mushtak and D. Lemire, "Fast Number Parsing Without Fallback" (2023). One product of 64 by 128 bits holds
 * enough of digits * 10^exponent to round it rightly.
 *
 * What has more digits is at most one step away from the double of its first 19; which of the two it is is
 * decided by comparing it with the middle between them, in whole numbers of some 3,000 bits.
 *
 * The powers of ten are computed when they are first asked for (some 50 microseconds): the positive ones from
 * 5^k, the negative ones from floor(2^928 / 5^k), which repeated division by 5 gives exactly, since
 * floor(floor(a / b) / c) = floor(a / (b c)). */
#include "base/decimal.h"
#include <assert.h>
#include <float.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>

static_assert(FLT_EVAL_METHOD == 0, "doubles are computed as doubles");
static_assert(DBL_MANT_DIG == 53 && DBL_MAX_EXP == 1024, "double is IEEE 754 binary64");

const double decimal_ten[23] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* A whole number not below 0: limb[0] + limb[1] * 2^32 + ...; limb[count - 1] is not 0. */
enum { NATURAL_LIMBS = 128 };
struct natural {
    uint32_t limb[NATURAL_LIMBS];
    int count;
};

static void natural_set(struct natural *n, uint64_t value) {
    n->count = 0;
    for (; value > 0; value >>= 32)
        n->limb[n->count++] = (uint32_t)value;
}

/* n = n * factor + addend */
static void natural_multiply_add(struct natural *n, uint32_t factor, uint32_t addend) {
    uint64_t carry = addend;
    for (int i = 0; i < n->count; i++) {
        carry += (uint64_t)n->limb[i] * factor;
        n->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry > 0) {
        assert(n->count < NATURAL_LIMBS);
        n->limb[n->count++] = (uint32_t)carry;
    }
}

static void natural_divide_by_5(struct natural *n) {
    uint64_t rest = 0;
    for (int i = n->count - 1; i >= 0; i--) {
        rest = rest << 32 | n->limb[i];
        n->limb[i] = (uint32_t)(rest / 5);
        rest %= 5;
    }
    while (n->count > 0 && n->limb[n->count - 1] == 0)
        n->count--;
}

static void natural_multiply_5_power(struct natural *n, int power) {
    static const uint32_t five[14] = {1,       5,        25,        125,       625,
                                      3125,    15625,    78125,     390625,    1953125,
                                      9765625, 48828125, 244140625, 1220703125};
    for (; power >= 13; power -= 13)
        natural_multiply_add(n, five[13], 0);
    if (power > 0)
        natural_multiply_add(n, five[power], 0);
}

static void natural_shift_left(struct natural *n, int bits) {
    if (n->count == 0 || bits == 0)
        return;
    const int limbs = bits / 32, rest = bits % 32;
    assert(n->count + limbs + 1 <= NATURAL_LIMBS);
    n->limb[n->count] = 0;
    for (int i = n->count; i >= 0; i--) {
        const uint64_t pair = (uint64_t)n->limb[i] << 32 | (i > 0 ? n->limb[i - 1] : 0);
        n->limb[i + limbs] = (uint32_t)(pair << rest >> 32);
    }
    memset(n->limb, 0, (size_t)limbs * sizeof n->limb[0]);
    n->count += limbs + 1;
    if (n->limb[n->count - 1] == 0)
        n->count--;
}

static int natural_compare(const struct natural *a, const struct natural *b) {
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (int i = a->count - 1; i >= 0; i--)
        if (a->limb[i] != b->limb[i])
            return a->limb[i] < b->limb[i] ? -1 : 1;
    return 0;
}

/* Its first 128 bits; zeros behind it where it has fewer. */
static struct decimal_power natural_top(const struct natural *n) {
    decimal_u128 top = 0;
    for (int i = n->count - 1; i >= n->count - 4; i--)
        top = top << 32 | (i >= 0 ? n->limb[i] : 0);
    const int zeros = __builtin_clz(n->limb[n->count - 1]);
    if (zeros > 0)
        top = top << zeros | (n->count > 4 ? n->limb[n->count - 5] >> (32 - zeros) : 0);
    return (struct decimal_power){(uint64_t)(top >> 64), (uint64_t)top};
}

static struct decimal_power power_table[DECIMAL_POWER_MOST - DECIMAL_POWER_LEAST + 1];
static pthread_once_t power_once = PTHREAD_ONCE_INIT;
static atomic_bool power_ready;

static void power_table_make(void) {
    struct natural n;
    natural_set(&n, 1);
    for (int k = 0; k <= DECIMAL_POWER_MOST; k++) {
        power_table[k - DECIMAL_POWER_LEAST] = natural_top(&n);
        natural_multiply_add(&n, 5, 0);
    }
    natural_set(&n, 1);
    natural_shift_left(&n, 928);
    for (int k = -1; k >= DECIMAL_POWER_LEAST; k--) {
        natural_divide_by_5(&n);
        power_table[k - DECIMAL_POWER_LEAST] = natural_top(&n);
    }
    atomic_store_explicit(&power_ready, true, memory_order_release);
}

struct decimal_power decimal_power(int k) {
    assert(k >= DECIMAL_POWER_LEAST && k <= DECIMAL_POWER_MOST);
    if (!atomic_load_explicit(&power_ready, memory_order_acquire))
        pthread_once(&power_once, power_table_make);
    return power_table[k - DECIMAL_POWER_LEAST];
}

static double double_of_bits(uint64_t bits) {
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* The first 128 bits of w * 10^exponent, for a w with its top bit set: of the product with the first half of the
 * power, and where that leaves bits 55 and up of the upper half open, with both halves. */
static decimal_u128 product(uint64_t w, int exponent) {
    struct decimal_power power = decimal_power(exponent);
    // For 5^27 < 2^64 and below the algorithm wants the reciprocals rounded up.
    if (exponent < 0 && exponent >= -27 && ++power.lo == 0)
        power.hi++;
    decimal_u128 first = (decimal_u128)w * power.hi;
    if (((uint64_t)(first >> 64) & 0x1FF) == 0x1FF)
        first += (uint64_t)(((decimal_u128)w * power.lo) >> 64);
    return first;
}

double decimal_to_double(uint64_t digits, int64_t exponent) {
    if (digits <= (uint64_t)1 << 53 && exponent >= -22 && exponent <= 22)
        return exponent < 0 ? (double)digits / decimal_ten[-exponent]
                            : (double)digits * decimal_ten[exponent];
    if (digits == 0 ||
        exponent < DECIMAL_POWER_LEAST) // digits < 2^64, so below a quarter of the least double
        return 0;
    if (exponent > 308)
        return INFINITY;

    const int zeros = __builtin_clzll(digits);
    const decimal_u128 all = product(digits << zeros, (int)exponent);
    const uint64_t hi = (uint64_t)(all >> 64), lo = (uint64_t)all;
    const int top = (int)(hi >> 63), shift = top + 64 - 52 - 3;
    uint64_t m = hi >> shift; // 54 bits: one more than are kept
    int64_t biased = decimal_log2((int)exponent) + 63 + top - zeros + 1023;
    if (biased <= 0) { // subnormal, with an exponent of its own
        if (biased <= -63)
            return 0;
        m >>= 1 - biased;
        m = (m + (m & 1)) >> 1;
        return double_of_bits(m); // 2^52 where rounding made it the least normal one
    }
    // Exactly in the middle (possible for few exponents only): to the even one.
    if (lo <= 1 && exponent >= -4 && exponent <= 23 && (m & 3) == 1 && m << shift == hi)
        m &= ~(uint64_t)1;
    m = (m + (m & 1)) >> 1;
    if (m >= (uint64_t)1 << 53) {
        m >>= 1;
        biased++;
    }
    if (biased >= 2047)
        return INFINITY;
    return double_of_bits((m & (((uint64_t)1 << 52) - 1)) | (uint64_t)biased << 52);
}

/* Compares a * 10^e10 with b * 2^e2; both are changed. */
static int compare_scaled(struct natural *a, int e10, struct natural *b, int e2) {
    natural_multiply_5_power(e10 >= 0 ? a : b, e10 >= 0 ? e10 : -e10);
    const int shift = e10 - e2;
    natural_shift_left(shift >= 0 ? a : b, shift >= 0 ? shift : -shift);
    return natural_compare(a, b);
}

int decimal_compare(uint64_t digits, int e10, uint64_t m, int e2) {
    struct natural a, b;
    natural_set(&a, digits);
    natural_set(&b, m);
    return compare_scaled(&a, e10, &b, e2);
}

double decimal_long_to_double(const char *digit, size_t size, int64_t point, double near) {
    enum { KEPT = 800 }; // the middle of two doubles has at most 768 digits
    struct natural a, b;
    natural_set(&a, 0);
    int count = 0;
    for (size_t i = 0; i < size; i++) {
        if (digit[i] == '.')
            continue;
        if (count == KEPT) { // any digit behind makes it a little more: one 1 does as well
            if (digit[i] != '0') {
                natural_multiply_add(&a, 10, 1);
                count++;
                break;
            }
            continue;
        }
        natural_multiply_add(&a, 10, (uint32_t)(digit[i] - '0'));
        count++;
    }
    uint64_t bits;
    memcpy(&bits, &near, sizeof bits);
    const uint64_t fraction = bits & (((uint64_t)1 << 52) - 1);
    const int biased = (int)(bits >> 52);
    // near = m * 2^e2, and the middle between it and the next double is (2 m + 1) * 2^(e2 - 1).
    const uint64_t m = biased > 0 ? fraction | (uint64_t)1 << 52 : fraction;
    const int e2 = (biased > 0 ? biased : 1) - 1075;
    natural_set(&b, 2 * m + 1);
    const int order = compare_scaled(&a, (int)(point - count), &b, e2 - 1);
    return order > 0 || (order == 0 && (m & 1) != 0) ? double_of_bits(bits + 1) : near;
}
