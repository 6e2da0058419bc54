/* Printing numbers.
 *
 * The shortest decimal is found by the Schubfach algorithm: R. Giulietti, "The Schubfach way to render doubles"
 * (2020), as it stands in JDK 19 and later. Between the middles to both neighbours of x lie decimals that read back
 * as x. k is the greatest exponent for which this interval is surely wider than 10^k; the multiples of 10^k next
 * to x, and before them the multiples of 10^(k+1), of which at most one lies inside, are compared with its ends.
 * These are products of x and the middles with a power of ten rounded up to 128 bits, of which the bits below
 * the last kept one count only as "some" or "none". */
#include "base/number.h"
#include <assert.h>
#include <math.h>
#include <string.h>

/* The first 128 bits of 10^k, rounded up. */
static struct decimal_power power_above(int k) {
    struct decimal_power power = decimal_power(k);
    if ((k < 0 || k > DECIMAL_POWER_EXACT) && ++power.lo == 0)
        power.hi++;
    return power;
}

/* The upper 64 bits of power * n, the last one set where any bit below is. */
static uint64_t round_to_odd(struct decimal_power power, uint64_t n) {
    const decimal_u128 low = (decimal_u128)power.lo * n;
    const decimal_u128 all = (decimal_u128)power.hi * n + (uint64_t)(low >> 64);
    return (uint64_t)(all >> 64) | ((uint64_t)all > 1);
}

/* The shortest decimal of a finite size > 0; its digits may end in zeros. */
static struct number_decimal shortest_of(double size) {
    uint64_t bits;
    memcpy(&bits, &size, sizeof bits);
    const uint64_t fraction = bits & (((uint64_t)1 << 52) - 1);
    const int biased = (int)(bits >> 52);
    const uint64_t m = biased > 0 ? fraction | (uint64_t)1 << 52 : fraction;
    const int e2 = (biased > 0 ? biased : 1) - 1075; // size = m * 2^e2

    const bool lower_is_nearer =
        fraction == 0 && biased > 1; // below a power of two doubles are denser
    const uint64_t open = m & 1;     // the ends themselves read as x only where m is even
    const int k =
        (e2 * 1262611 - (lower_is_nearer ? 524031 : 0)) >> 22; // floor(log10(2^e2 or 3/4 of it))
    const int shift = e2 + decimal_log2(-k) + 1;
    const struct decimal_power power = power_above(-k);
    // In quarters of 10^k: the lower end, x, the upper end.
    const uint64_t lower = round_to_odd(power, (4 * m - 2 + lower_is_nearer) << shift) + open;
    const uint64_t middle = round_to_odd(power, (4 * m) << shift);
    const uint64_t upper = round_to_odd(power, (4 * m + 2) << shift) - open;

    const uint64_t s = middle / 4;
    if (s >= 10) {
        const uint64_t tens = s / 10;
        const bool below = lower <= 40 * tens, above = 40 * tens + 40 <= upper;
        if (below != above)
            return (struct number_decimal){tens + above, k + 1, false};
    }
    const bool below = lower <= 4 * s, above = 4 * s + 4 <= upper;
    if (below != above)
        return (struct number_decimal){s + above, k, false};
    const uint64_t half = 4 * s + 2;
    const bool up = middle > half || (middle == half && (s & 1) != 0);
    return (struct number_decimal){s + up, k, false};
}

/* Drops the zeros at the end of the digits. */
static void drop_zeros(struct number_decimal *d) {
    while (d->digits % 10000 == 0) {
        d->digits /= 10000;
        d->exponent += 4;
    }
    while (d->digits % 10 == 0) {
        d->digits /= 10;
        d->exponent++;
    }
}

/* Writes the digits of n that end before `end`; returns where they begin. */
static char *write_back(char *end, uint64_t n) {
    static const char pairs[] =
        "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142"
        "43444546474849505152535455565758596061626364656667686970717273747576777879808182838485"
        "8687888990919293949596979899";
    for (; n >= 100; n /= 100)
        memcpy(end -= 2, pairs + 2 * (n % 100), 2);
    if (n >= 10)
        memcpy(end -= 2, pairs + 2 * n, 2);
    else
        *--end = (char)('0' + n);
    return end;
}

enum { DIGITS_MOST = 20 };

static size_t print_special(double x, char *out) {
    const char *const word = isnan(x) ? "" : x < 0 ? "-inf" : "inf";
    const size_t size = strlen(word);
    memcpy(out, word, size + 1);
    return size;
}

/* Writes a decimal of any exponent without one, with at least `decimals` digits behind the point. */
static size_t print_plain(struct number_decimal d, int decimals, char *out) {
    char digit[DIGITS_MOST];
    const char *const first = write_back(digit + DIGITS_MOST, d.digits);
    const int count = (int)(digit + DIGITS_MOST - first);
    const int before = count + d.exponent; // digits before the point; negative: zeros behind it
    char *at = out;
    if (d.negative)
        *at++ = '-';
    const int copied = before <= 0 ? 0 : before < count ? before : count;
    if (before <= 0)
        *at++ = '0';
    memcpy(at, first, (size_t)copied);
    at += copied;
    for (int i = copied; i < before; i++)
        *at++ = '0';
    const int behind = d.exponent < 0 ? -d.exponent : 0;
    if (behind > 0 || decimals > 0) {
        *at++ = '.';
        for (int i = before; i < 0; i++)
            *at++ = '0';
        memcpy(at, first + copied, (size_t)(count - copied));
        at += count - copied;
        for (int i = behind; i < decimals; i++)
            *at++ = '0';
    }
    *at = '\0';
    return (size_t)(at - out);
}

static size_t print_with_exponent(struct number_decimal d, char *out) {
    char digit[DIGITS_MOST];
    const char *const first = write_back(digit + DIGITS_MOST, d.digits);
    const size_t count = (size_t)(digit + DIGITS_MOST - first);
    int exponent = d.exponent + (int)count - 1;
    char *at = out;
    if (d.negative)
        *at++ = '-';
    *at++ = *first;
    if (count > 1) {
        *at++ = '.';
        memcpy(at, first + 1, count - 1);
        at += count - 1;
    }
    *at++ = 'e';
    if (exponent < 0) {
        *at++ = '-';
        exponent = -exponent;
    }
    const char *const written = write_back(digit + DIGITS_MOST, (uint64_t)exponent);
    const size_t size = (size_t)(digit + DIGITS_MOST - written);
    memcpy(at, written, size);
    at[size] = '\0';
    return (size_t)(at - out) + size;
}

size_t baton_number_shortest(double x, char out[BATON_NUMBER_SHORTEST_SIZE]) {
    if (!isfinite(x))
        return print_special(x, out);
    const double size = fabs(x);
    struct number_decimal d;
    if (size < 9007199254740992.0 && size == (double)(int64_t)size) {
        d = (struct number_decimal){(uint64_t)size, 0, x < 0};
    } else {
        d = shortest_of(size);
        drop_zeros(&d);
        d.negative = x < 0;
        if (size < 1e-7 || size >= 1e21)
            return print_with_exponent(d, out);
    }
    return print_plain(d, 0, out);
}

size_t baton_number_fixed(double x, int decimals, char out[BATON_NUMBER_FIXED_SIZE]) {
    assert(decimals >= 0 && decimals <= 9);
    if (!isfinite(x))
        return print_special(x, out);
    if (fabs(x) >= 1e50)
        return baton_number_shortest(baton_number_sig12(x), out);
    return print_plain(number_rounded(x, decimals, BATON_ROUND_HALF_AWAY), decimals, out);
}
