/* Rounding and comparing numbers. */
#include "base/number.h"
#include "unit/test.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AWAY BATON_ROUND_HALF_AWAY
#define EVEN BATON_ROUND_HALF_EVEN
#define DOWN BATON_ROUND_DOWN

static const struct {
    double x;
    int decimals;
    double away, even, down;
} rounds[] = {
    // x, decimals, half away, half even, down
    {0, 2, 0, 0, 0},
    {-0.0, 2, 0, 0, 0},
    {38.885, 2, 38.89, 38.88, 38.88},
    {38.875, 2, 38.88, 38.88, 38.87},
    {38.884999999, 2, 38.88, 38.88, 38.88},
    {38.8849999999999, 2, 38.89, 38.88, 38.88}, // 38.885 at 12 digits
    {38.8849999999, 2, 38.88, 38.88, 38.88},    // 12 digits: 38.8849999999
    {89.996, 2, 90, 90, 89.99},
    {2.675, 2, 2.68, 2.68, 2.67},
    {2.665, 2, 2.67, 2.66, 2.66},
    {1.005, 2, 1.01, 1, 1},
    {-1.005, 2, -1.01, -1, -1},
    {-0.004, 2, 0, 0, 0},
    {-0.005, 2, -0.01, 0, 0},
    {-0.009, 2, -0.01, -0.01, 0},
    {0.285, 2, 0.29, 0.28, 0.28},
    {0.29, 2, 0.29, 0.29, 0.29}, // 0.29 * 100 is 28.999999999999996
    {1.1 * 1.1, 2, 1.21, 1.21, 1.21},
    {0.1 + 0.2, 1, 0.3, 0.3, 0.3},
    {0.1 * 3, 9, 0.3, 0.3, 0.3},
    {4.35 * 100, 0, 435, 435, 435}, // 434.99999999999994
    {0.5, 0, 1, 0, 0},
    {1.5, 0, 2, 2, 1},
    {2.5, 0, 3, 2, 2},
    {-2.5, 0, -3, -2, -2},
    {0.49999999999999994, 0, 1, 0, 0}, // 0.5 at 12 digits, which half even takes to 0
    {0.499999999999, 0, 0, 0, 0},
    {99.995, 2, 100, 100, 99.99},
    {99.985, 2, 99.99, 99.98, 99.98},
    {149.5, 0, 150, 150, 149},
    {1234567.5, 0, 1234568, 1234568, 1234567},
    {12345678901.25, 1, 12345678901.3, 12345678901.3, 12345678901.3}, // 12 digits: ...01.3
    {123456789012.5, 0, 123456789013, 123456789013, 123456789013},    // 12 digits: ...013
    {999999999999.5, 0, 1e12, 1e12, 1e12},
    {1234567890125, 0, 1234567890130, 1234567890130, 1234567890130},
    {1e15, 2, 1e15, 1e15, 1e15},
    {1.23456789012345e20, 9, 1.23456789012e20, 1.23456789012e20, 1.23456789012e20},
    {15, -1, 20, 20, 10},
    {25, -1, 30, 20, 20},
    {-25, -1, -30, -20, -20},
    {4.9, -1, 0, 0, 0},
    {1500, -3, 2000, 2000, 1000},
    {2500, -3, 3000, 2000, 2000},
    {499.999, -3, 0, 0, 0},
    {123456, -2, 123500, 123500, 123400},
    {1e-300, 9, 0, 0, 0},
    {5e-324, 2, 0, 0, 0},
    {5e-10, 9, 1e-9, 0, 0},
    {1.5e-9, 9, 2e-9, 2e-9, 1e-9},
    {0.123456789012, 9, 0.123456789, 0.123456789, 0.123456789},
    {1.7976931348623157e308, 2, 1.79769313486e308, 1.79769313486e308, 1.79769313486e308},
    {NAN, 2, NAN, NAN, NAN},
    {INFINITY, 2, INFINITY, INFINITY, INFINITY},
    {-INFINITY, -3, -INFINITY, -INFINITY, -INFINITY},
};

TEST(number_round_rounds_the_printed_number) {
    for (size_t i = 0; i < LENGTH(rounds); i++) {
        CASE("%.17g to %d", rounds[i].x, rounds[i].decimals);
        CHECK_DOUBLE(baton_number_round(rounds[i].x, rounds[i].decimals, AWAY), rounds[i].away);
        CHECK_DOUBLE(baton_number_round(rounds[i].x, rounds[i].decimals, EVEN), rounds[i].even);
        CHECK_DOUBLE(baton_number_round(rounds[i].x, rounds[i].decimals, DOWN), rounds[i].down);
    }
}

static const struct {
    double x, want;
} sig12[] = {
    {0, 0},
    {-0.0, 0},
    {1, 1},
    {0.1 + 0.2, 0.3},
    {-(0.1 + 0.2), -0.3},
    {1.0 / 3, 0.333333333333},
    {2.0 / 3, 0.666666666667},
    {100.0 / 3, 33.3333333333},
    {1e12 + 5, 1000000000010.0},
    {-1e12 - 5, -1000000000010.0},
    {1e12 + 4, 1e12},
    {100000000000.5, 100000000001.0},
    {999999999999.5, 1e12},
    {99999999999.95, 99999999999.9}, // as a double it is a little less than the tie
    {0.99999999999949, 0.999999999999},
    {0.9999999999995, 0.999999999999}, // likewise
    {99999999999.96, 1e11},
    {0.9999999999996, 1},
    {100000000000.5 + 1, 100000000002.0}, // exactly a tie
    {1e-300, 1e-300},
    {1.23456789012345e-300, 1.23456789012e-300},
    {1.23456789012345e300, 1.23456789012e300},
    {1e22, 1e22},
    {1e23, 1e23},
    {1.7976931348623157e308, 1.79769313486e308},
    {5e-324, 5e-324},
    {1.5e-323, 1.5e-323},
    {NAN, NAN},
    {INFINITY, INFINITY},
    {-INFINITY, -INFINITY},
};

TEST(number_sig12_table) {
    for (size_t i = 0; i < LENGTH(sig12); i++) {
        CASE("%.17g", sig12[i].x);
        CHECK_DOUBLE(baton_number_sig12(sig12[i].x), sig12[i].want);
    }
}

/* The same by decimal text: every digit of a double, as the C library prints them, cut by hand. */
struct digits12 {
    uint64_t digits;
    int exponent;
};

static struct digits12 text_digits12(double size) {
    static char text[900];
    snprintf(text, sizeof text, "%.800e", size); // d.ddd...e+xx, exactly
    struct digits12 d = {(uint64_t)(text[0] - '0'), 0};
    for (int i = 2; i < 13; i++)
        d.digits = d.digits * 10 + (uint64_t)(text[i] - '0');
    d.digits += text[13] >= '5';
    d.exponent = (int)strtol(strchr(text, 'e') + 1, NULL, 10) - 11;
    return d;
}

static double text_double(bool negative, uint64_t digits, int exponent) {
    char text[48];
    snprintf(text, sizeof text, "%s%llue%d", negative && digits > 0 ? "-" : "",
             (unsigned long long)digits, exponent);
    return strtod(text, NULL);
}

static double text_round(double x, struct digits12 d, int decimals, enum baton_rounding mode) {
    const int dropped = -decimals - d.exponent;
    if (dropped <= 0)
        return text_double(x < 0, d.digits, d.exponent);
    if (dropped > 13)
        return 0;
    uint64_t unit = 1;
    for (int i = 0; i < dropped; i++)
        unit *= 10;
    uint64_t kept = d.digits / unit;
    const uint64_t rest = d.digits % unit;
    if (mode == AWAY)
        kept += 2 * rest >= unit;
    else if (mode == EVEN)
        kept += 2 * rest > unit || (2 * rest == unit && kept % 2 == 1);
    return text_double(x < 0, kept, -decimals);
}

static void check_rounding(double x) {
    if (!isfinite(x) || x == 0)
        return;
    const struct digits12 d = text_digits12(fabs(x));
    CASE("%a = %.17g", x, x);
    const double at_12 = baton_number_sig12(x);
    CHECK_DOUBLE(at_12, text_double(x < 0, d.digits, d.exponent));
    CHECK_DOUBLE(baton_number_sig12(at_12), at_12);
    for (enum baton_rounding mode = AWAY; mode <= DOWN; mode++) {
        for (int decimals = -3; decimals <= 9; decimals++) {
            CASE("%a = %.17g to %d by mode %d", x, x, decimals, (int)mode);
            const double got = baton_number_round(x, decimals, mode);
            CHECK_DOUBLE(got, text_round(x, d, decimals, mode));
            CHECK_DOUBLE(baton_number_round(got, decimals, mode), got);
            CHECK_DOUBLE(baton_number_round(at_12, decimals, mode), got);
        }
    }
}

static uint64_t next(uint64_t *state) {
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static double of_bits(uint64_t bits) {
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* The double `steps` neighbours above a positive one. */
static double beside(double x, int steps) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return of_bits(bits + (uint64_t)steps);
}

TEST(number_rounding_agrees_with_decimal_text) {
    uint64_t state = 4;
    for (int exponent = -300; exponent <= 300;
         exponent += 7) { // at the powers of ten, where the digits shift
        const double ten = text_double(false, 1, exponent);
        for (int steps = -2; steps <= 2; steps++)
            check_rounding(beside(ten, steps));
    }
    for (int i = 0; i < 150; i++) {
        check_rounding(of_bits(next(&state)));
        check_rounding((double)(next(&state) % 100000000000) / 1e9);
        // at a tie of the 12 digits, and beside it
        const uint64_t digits = (100000000000 + next(&state) % 900000000000) * 10 + 5;
        const double tie = text_double(false, digits, (int)(next(&state) % 40) - 30);
        const double far_tie = text_double(false, digits, (int)(next(&state) % 600) - 310);
        for (int steps = -1; steps <= 1; steps++) {
            check_rounding(beside(tie, steps));
            check_rounding(-beside(far_tie, steps));
        }
        // at a tie of some decimals, and as far beside it as decides
        const double half = text_double(false, (next(&state) >> (24 + next(&state) % 40)) * 10 + 5,
                                        -(int)(next(&state) % 11));
        static const double factor[] = {1,           1 - 1e-12,   1 + 1e-12, 1 - 4e-13,
                                        1 - 5.1e-13, 1 + 4.9e-13, 1 - 5e-12, 1 - 2e-11};
        for (size_t k = 0; k < LENGTH(factor); k++)
            check_rounding((i % 2 == 0 ? half : -half) * factor[k]);
        for (int steps = -2; steps <= 2; steps++)
            check_rounding(beside(half, steps));
        // at a short decimal, which rounding down must not take to the one below
        const double whole =
            text_double(false, next(&state) >> (24 + next(&state) % 40), -(int)(next(&state) % 11));
        for (size_t k = 0; k < LENGTH(factor); k++)
            check_rounding(whole * factor[k]);
    }
}

TEST(number_round_n_is_round_of_each) {
    enum { N = 400 };
    uint64_t state = 5;
    double x[N], got[N + 1], want[N];
    for (int i = 0; i < N; i++) {
        x[i] = (double)((int64_t)(next(&state) % 2000001) - 1000000) / 10000;
        if (i % 7 == 0)
            x[i] *= 1 - 1e-12; // often open to rounding at once
        if (i % 11 == 0)
            x[i] = NAN;
    }
    x[70] = INFINITY;
    x[140] = -0.0;
    x[141] = -0.001;
    x[210] = 1e300;
    x[211] = -5e-324;
    for (enum baton_rounding mode = AWAY; mode <= DOWN; mode++) {
        for (int decimals = -3; decimals <= 9; decimals++) {
            for (size_t i = 0; i < N; i++)
                want[i] = baton_number_round(x[i], decimals, mode);
            for (size_t n = 0; n <= N; n += n < 70 ? 1 : 41) {
                CASE("%zu to %d by mode %d", n, decimals, (int)mode);
                got[n] = 77;
                baton_number_round_n(n, x, got, decimals, mode);
                CHECK_SAME("apart", got, want, n);
                CHECK_DOUBLE(got[n], 77);
            }
            memcpy(got, x, sizeof x);
            baton_number_round_n(N, got, got, decimals, mode);
            CHECK_SAME("in place", got, want, N);
        }
    }
}

TEST(number_compare12_is_a_comparison_of_12_digits) {
    static const struct {
        double a, b;
        int want;
    } cases[] = {
        {1, 2, -1},
        {2, 1, 1},
        {1, 1, 0},
        {0, -0.0, 0},
        {-1, 1, -1},
        {0.1 + 0.2, 0.3, 0},
        {1.0 / 3 * 3, 1, 0},
        {0.333333333333, 1.0 / 3, 0},
        {0.3333333333334, 1.0 / 3, 0},
        {0.3333333333339, 1.0 / 3, 1},
        {33.3333333333, 33.3333333334, -1},
        {-33.3333333333, -33.3333333334, 1},
        {1, 1 + 1e-11, -1},
        {1, 1 + 4e-12, 0},
        {1, 1 - 1e-12, 1},
        {1, 1 - 4e-13, 0},
        {999999999999, 1e12, -1},
        {999999999999.6, 1e12, 0},
        {5e-324, 1e-323, -1},
        {5e-324, 0, 1},
        {1e308, -1e308, 1},
        {INFINITY, INFINITY, 0},
        {INFINITY, 1e308, 1},
        {-INFINITY, INFINITY, -1},
        {NAN, NAN, 0},
        {NAN, -INFINITY, -1},
        {0, NAN, 1},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%.17g and %.17g", cases[i].a, cases[i].b);
        CHECK_INT(baton_number_compare12(cases[i].a, cases[i].b), cases[i].want);
        CHECK_INT(baton_number_compare12(cases[i].b, cases[i].a), -cases[i].want);
    }
    uint64_t state = 6;
    for (int i = 0; i < 100000; i++) {
        const double a = of_bits(next(&state)),
                     b = a * (1 + ((double)(next(&state) % 100) - 50) * 1e-12);
        if (isnan(a) || isnan(b))
            continue;
        const double a12 = baton_number_sig12(a), b12 = baton_number_sig12(b);
        CASE("%a and %a", a, b);
        CHECK_INT(baton_number_compare12(a, b), (a12 > b12) - (a12 < b12));
    }
}

TEST(number_equal_bits_tells_zeros_apart_and_no_nans) {
    CHECK(baton_number_equal_bits(1.5, 1.5));
    CHECK(!baton_number_equal_bits(1.5, beside(1.5, 1)));
    CHECK(!baton_number_equal_bits(0, -0.0));
    CHECK(baton_number_equal_bits(NAN, -NAN));
    CHECK(!baton_number_equal_bits(NAN, 0));
    CHECK(!baton_number_equal_bits(INFINITY, -INFINITY));
}
