/* Reading and printing numbers. */
#include "base/number.h"
#include "unit/test.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Parses a copy of the text that ends where its memory ends, so that the sanitizer sees a read behind it. */
static enum baton_number_error parse(const char *text, size_t size, double *out, bool *percent) {
    char *const copy = calloc(size > 0 ? size : 1, 1);
    if (size > 0)
        memcpy(copy, text, size);
    const enum baton_number_error error = baton_number_parse(copy, size, out, percent);
    double common = -77;
    if (number_parse_common(copy, size, &common)) {
        CHECK_INT(error, BATON_NUMBER_OK);
        CHECK_DOUBLE(common, *out);
    } else {
        CHECK_DOUBLE(common, -77);
    }
    double again = *out;
    bool percent_again = false;
    CHECK_INT(number_parse(copy, size, &again, &percent_again), error);
    CHECK_DOUBLE(again, *out);
    free(copy);
    return error;
}

static const struct {
    const char *text;
    double want;
    bool percent;
} numbers[] = {
    {"0", 0, false},
    {"-0", 0, false},
    {"+0.000", 0, false},
    {"-0e99999999999999999999", 0, false},
    {"0e-5%", 0, true},
    {"1234.5", 1234.5, false},
    {"-0.3", -0.3, false},
    {"1e6", 1e6, false},
    {"1E+6", 1e6, false},
    {"1.5e-9", 1.5e-9, false},
    {"+12", 12, false},
    {".5", 0.5, false},
    {"-.5e1", -5, false},
    {"5.", 5, false},
    {"5.e2", 500, false},
    {"98.5%", 98.5, true},
    {"-3e1%", -30, true},
    {"+.5%", 0.5, true},
    {"007", 7, false},
    {"88.470000000000013", 0x1.61e147ae147afp6, false},
    {"9007199254740991", 9007199254740991.0, false},
    {"9007199254740992", 9007199254740992.0, false},
    {"9007199254740993", 9007199254740992.0, false}, // a tie: to the even one
    {"9007199254740995", 9007199254740996.0, false},
    {"9007199254740993.00000000000000000000000000000000000000000000000000", 0x1p53, false},
    {"9007199254740993.00000000000000000000000000000000000000000000000001", 0x1.0000000000001p53,
     false},
    {"9007199254740992.99999999999999999999999999999999999999999999999999", 0x1p53, false},
    {"900719925474099300000000000000000000000000000000e-32", 0x1p53, false},
    {"900719925474099300000000000000000000000000000001e-32", 0x1.0000000000001p53, false},
    {"1e23", 1e23, false},
    {"8.5e22", 85000000000000000000000.0, false},
    {"123456789012345678901234567890", 123456789012345678901234567890.0, false},
    {"0.1000000000000000055511151231257827021181583404541015625", 0.1, false},
    {"0.100000000000000012490009027033011079765856266021728515625", 0.1, false}, // a tie, exactly
    {"0.1000000000000000124900090270330110797658562660217285156250001", 0x1.999999999999bp-4,
     false},
    {"2.2250738585072014e-308", 0x1p-1022, false},
    {"2.2250738585072011e-308", 0x0.fffffffffffffp-1022, false},
    {"2.2250738585072012e-308", 0x1p-1022, false},
    {"4.9406564584124654e-324", 0x1p-1074, false},
    {"2.4703282292062327e-324", 0, false},         // just below half the least double
    {"2.4703282292062328e-324", 0x1p-1074, false}, // just above
    {"7.4109846876186981e-324", 0x1p-1074, false}, // just below 1.5 of it
    {"7.4109846876186982e-324", 0x2p-1074, false}, // just above
    {"1e-400", 0, false},
    {"-1e-400", 0, false},
    {"1e-99999999999999999999", 0, false},
    {"1e100", 1e100, false},
    {"-1e100", -1e100, false},
    {"1.00000000000000000000000000000000000000000000000000000001e100", 1e100, false},
    {"0000000000000000000000000000000000000000000000000000000012", 12, false},
    {"0.00000000000000000000000000000000000000000000000000000001e56", 1, false},
    {"100000000000000000000000000000000000000000000000000000000e-56", 1, false},
};

TEST(number_parse_reads_the_nearest_double) {
    for (size_t i = 0; i < LENGTH(numbers); i++) {
        CASE("%s", numbers[i].text);
        double got = 77;
        bool percent = !numbers[i].percent;
        CHECK_INT(parse(numbers[i].text, strlen(numbers[i].text), &got, &percent), BATON_NUMBER_OK);
        CHECK_DOUBLE(got, numbers[i].want);
        CHECK_INT(percent, numbers[i].percent);
    }
}

static const struct {
    const char *text;
    enum baton_number_error want;
} refused[] = {
    {"", BATON_NUMBER_EMPTY},
    {" ", BATON_NUMBER_EMPTY},
    {"\t \r\n", BATON_NUMBER_EMPTY},
    {"　 ", BATON_NUMBER_EMPTY}, // U+3000, U+00A0
    {" 1", BATON_NUMBER_SPACED},
    {"1 ", BATON_NUMBER_SPACED},
    {"1.5 %", BATON_NUMBER_SPACED},
    {"　1.5%　", BATON_NUMBER_SPACED},
    {"-", BATON_NUMBER_DASH},
    {" - ", BATON_NUMBER_DASH},
    {"--", BATON_NUMBER_DASH},
    {"—", BATON_NUMBER_DASH},
    {"——", BATON_NUMBER_DASH},
    {"－", BATON_NUMBER_DASH},
    {"N/A", BATON_NUMBER_DASH},
    {"n/a", BATON_NUMBER_DASH},
    {"#N/A", BATON_NUMBER_DASH},
    {"NULL", BATON_NUMBER_DASH},
    {"/", BATON_NUMBER_DASH},
    {".", BATON_NUMBER_DASH},
    {"…", BATON_NUMBER_DASH},
    {"无", BATON_NUMBER_DASH},
    {"暂无", BATON_NUMBER_DASH},
    {"1,234", BATON_NUMBER_GROUPED},
    {"-1,234,567.89", BATON_NUMBER_GROUPED},
    {"+1 234%", BATON_NUMBER_GROUPED},
    {"1'234'567", BATON_NUMBER_GROUPED},
    {"1_234", BATON_NUMBER_GROUPED},
    {"1\xC2\xA0"
     "234",
     BATON_NUMBER_GROUPED},
    {"3,5", BATON_NUMBER_GROUPED},
    {"12,34,567", BATON_NUMBER_GROUPED},
    {"１２", BATON_NUMBER_FULLWIDTH},
    {"12．5", BATON_NUMBER_FULLWIDTH},
    {"98.5％", BATON_NUMBER_FULLWIDTH},
    {"−3", BATON_NUMBER_FULLWIDTH},
    {"－3", BATON_NUMBER_FULLWIDTH},
    {"＋3", BATON_NUMBER_FULLWIDTH},
    {"1，234", BATON_NUMBER_FULLWIDTH},
    {"3。5", BATON_NUMBER_FULLWIDTH},
    {"0x10", BATON_NUMBER_HEX},
    {"-0X1p3", BATON_NUMBER_HEX},
    {"0x", BATON_NUMBER_HEX},
    {"inf", BATON_NUMBER_INFINITE},
    {"-Inf", BATON_NUMBER_INFINITE},
    {"+INFINITY", BATON_NUMBER_INFINITE},
    {"nan", BATON_NUMBER_INFINITE},
    {"NaN", BATON_NUMBER_INFINITE},
    {"-nan", BATON_NUMBER_INFINITE},
    {"∞", BATON_NUMBER_INFINITE},
    {"1.#INF", BATON_NUMBER_INFINITE},
    {"1.0000000000000003e100", BATON_NUMBER_TOO_LARGE},
    {"-2e100", BATON_NUMBER_TOO_LARGE},
    {"1e101%", BATON_NUMBER_TOO_LARGE},
    {"1e308", BATON_NUMBER_TOO_LARGE},
    {"1e309", BATON_NUMBER_TOO_LARGE},
    {"1e99999999999999999999", BATON_NUMBER_TOO_LARGE},
    {"0.0001e999999999999999999999999", BATON_NUMBER_TOO_LARGE},
    {"12亿元", BATON_NUMBER_TRAILING},
    {"1.2.3", BATON_NUMBER_TRAILING},
    {"5e", BATON_NUMBER_TRAILING},
    {"5e+", BATON_NUMBER_TRAILING},
    {"5%%", BATON_NUMBER_TRAILING},
    {"5% of it", BATON_NUMBER_TRAILING},
    {"1e5.5", BATON_NUMBER_TRAILING},
    {"1,", BATON_NUMBER_TRAILING},
    {"1, 2", BATON_NUMBER_TRAILING},
    {"1-2", BATON_NUMBER_TRAILING},
    {"3/4", BATON_NUMBER_TRAILING},
    {"abc", BATON_NUMBER_NOT},
    {"%", BATON_NUMBER_NOT},
    {"-.", BATON_NUMBER_NOT},
    {"+-5", BATON_NUMBER_NOT},
    {"--5", BATON_NUMBER_NOT},
    {"e5", BATON_NUMBER_NOT},
    {",5", BATON_NUMBER_NOT},
    {"约5", BATON_NUMBER_NOT},
    {"\xFF\xFE", BATON_NUMBER_NOT},
    {"\xEF\xBC", BATON_NUMBER_NOT},
    {"$5", BATON_NUMBER_NOT},
};

TEST(number_parse_says_why_not) {
    for (size_t i = 0; i < LENGTH(refused); i++) {
        CASE("'%s'", refused[i].text);
        double got = 77;
        bool percent = true;
        CHECK_INT(parse(refused[i].text, strlen(refused[i].text), &got, &percent), refused[i].want);
        CHECK_DOUBLE(got, 77); // untouched
        CHECK(percent);
    }
    double got = 77;
    bool percent = false;
    CHECK_INT(parse("1\0", 2, &got, &percent),
              BATON_NUMBER_TRAILING); // a NUL is a byte like others
    CHECK_INT(parse("\0", 1, &got, &percent), BATON_NUMBER_NOT);
    CHECK_INT(parse("\0"
                    "１",
                    4, &got, &percent),
              BATON_NUMBER_NOT);
    CHECK_DOUBLE(got, 77);
}

TEST(number_parse_refuses_a_percent_where_none_is_allowed) {
    double got = 77;
    CHECK_INT(baton_number_parse("98.5%", 5, &got, NULL), BATON_NUMBER_PERCENT);
    CHECK_INT(baton_number_parse("98.5", 4, &got, NULL), BATON_NUMBER_OK);
    CHECK_DOUBLE(got, 98.5);
    CHECK_INT(number_parse("1%", 2, &got, NULL), BATON_NUMBER_PERCENT);
}

TEST(number_parse_stops_at_the_size) {
    double got = 77;
    bool percent;
    CHECK_INT(baton_number_parse("12345", 3, &got, &percent), BATON_NUMBER_OK);
    CHECK_DOUBLE(got, 123);
    CHECK_INT(baton_number_parse("1.5e7", 3, &got, &percent), BATON_NUMBER_OK);
    CHECK_DOUBLE(got, 1.5);
}

/* A fixed row of numbers. */
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

/* The C library (which is exact, and in the C locale here) is the second opinion. */
TEST(number_parse_agrees_with_strtod) {
    uint64_t state = 1;
    char text[1400];
    for (int i = 0; i < 40000; i++) {
        double x = of_bits(next(&state) >> 1);
        if (!(fabs(x) <= 1e100))
            x = of_bits((next(&state) >> 12) | (uint64_t)(900 + next(&state) % 300) << 52);
        size_t size = 0;
        switch (i % 4) {
        case 0: // fewer digits than are needed, or more
            size = (size_t)snprintf(text, sizeof text, "%.*e", (int)(next(&state) % 40), x);
            break;
        case 1: { // the middle between two doubles, exactly, and a little more or less
            const uint64_t bits = next(&state) % 2 == 0 ? next(&state) >> 12 : 0;
            const int exponent = (int)(next(&state) % 80) - 60;
            const double a = of_bits(bits | (uint64_t)(1023 + exponent) << 52);
            // a + half an ulp has one more bit: as the sum of two exact decimals of the same exponent
            size = (size_t)snprintf(text, sizeof text, "%.130f", a);
            const double half = ldexp(1, exponent - 53);
            char other[400];
            snprintf(other, sizeof other, "%.130f", half);
            for (size_t k = size, m = strlen(other), carry = 0; k-- > 0;) {
                if (text[k] == '.') {
                    m--;
                    continue;
                }
                const int digit = text[k] - '0' + (int)carry + (m > 0 ? other[--m] - '0' : 0);
                text[k] = (char)('0' + digit % 10);
                carry = digit >= 10;
            }
            if (i % 3 == 1)
                text[size++] = '1';
            else if (i % 3 == 2 && text[size - 1] == '0')
                text[size - 1] = '0';
            text[size] = '\0';
            break;
        }
        case 2:
            size =
                (size_t)snprintf(text, sizeof text, "%llu%llu.%llue%d",
                                 (unsigned long long)next(&state), (unsigned long long)next(&state),
                                 (unsigned long long)next(&state), (int)(next(&state) % 400) - 340);
            break;
        default:
            size = (size_t)snprintf(text, sizeof text, "%.*f", (int)(next(&state) % 12),
                                    (double)(next(&state) % 100000000) / 1000);
        }
        const double want = strtod(text, NULL);
        double got = 77;
        bool percent;
        CASE("%s", text);
        if (want > 1e100) {
            CHECK_INT(parse(text, size, &got, &percent), BATON_NUMBER_TOO_LARGE);
        } else {
            CHECK_INT(parse(text, size, &got, &percent), BATON_NUMBER_OK);
            CHECK_DOUBLE(got, want);
        }
    }
}

TEST(number_parse_takes_any_number_of_digits) {
    enum { DIGITS = 3000 };
    static char text[DIGITS + 100];
    double got = 77;
    bool percent;
    memset(text, '0', sizeof text); // 1000...000e-3000, and with a last digit that decides
    for (size_t i = 0; i < 16; i++)
        text[i] = "9007199254740993"[i];
    memcpy(text + DIGITS, "e-2984", 7);
    CHECK_INT(parse(text, strlen(text), &got, &percent), BATON_NUMBER_OK);
    CHECK_DOUBLE(got, 9007199254740992.0);
    text[DIGITS - 1] = '1';
    CHECK_INT(parse(text, strlen(text), &got, &percent), BATON_NUMBER_OK);
    CHECK_DOUBLE(got, 9007199254740994.0);
    memset(text, '0', sizeof text); // 0.000...0005e2999
    text[1] = '.';
    text[DIGITS] = '5';
    memcpy(text + DIGITS + 1, "e2999", 6);
    CHECK_INT(parse(text, strlen(text), &got, &percent), BATON_NUMBER_OK);
    CHECK_DOUBLE(got, 5);
    // The middle between the two least doubles, whose 751 digits are the most that any has, cut and not cut.
    const int size = snprintf(text, sizeof text, "%.1080f", 0x1p-1074);
    for (int i = size - 1, carry = 0; i >= 0; i--) { // times 15 (10 is the point's, 1.5 the middle)
        if (text[i] == '.')
            continue;
        const int digit = (text[i] - '0') * 15 + carry;
        text[i] = (char)('0' + digit % 10);
        carry = digit / 10;
    }
    memcpy(text + size, "e-1", 4);
    CHECK_INT(parse(text, strlen(text), &got, &percent), BATON_NUMBER_OK);
    CHECK_DOUBLE(got, 0x2p-1074);
    text[size - 7]--; // the last digit that is not 0
    CHECK_INT(parse(text, strlen(text), &got, &percent), BATON_NUMBER_OK);
    CHECK_DOUBLE(got, 0x1p-1074);
}

static const struct {
    double x;
    const char *want;
} shortest[] = {
    {0, "0"},
    {-0.0, "0"},
    {1, "1"},
    {-1, "-1"},
    {100, "100"},
    {1234.5, "1234.5"},
    {-0.3, "-0.3"},
    {0.1, "0.1"},
    {0.1 + 0.2, "0.30000000000000004"},
    {1.0 / 3, "0.3333333333333333"},
    {98.5, "98.5"},
    {1e-7, "0.0000001"},
    {1.2345678901234567e-7, "0.00000012345678901234566"},
    {-0x1.fffffffffffffp-24, "-0.00000011920928955078124"},
    {9.99999999999999e-8, "9.99999999999999e-8"},
    {1.5e-9, "1.5e-9"},
    {123456789012, "123456789012"},
    {9007199254740991.0, "9007199254740991"},
    {9007199254740992.0, "9007199254740992"},
    {9007199254740994.0, "9007199254740994"},
    {1e20, "100000000000000000000"},
    {123456789012345680000.0, "123456789012345680000"},
    {999999999999999868928.0, "999999999999999900000"},
    {1e21, "1e21"},
    {1.5e21, "1.5e21"},
    {-1e23, "-1e23"},
    {9.5e22, "9.5e22"},
    {2e23, "2e23"},
    {1e100, "1e100"},
    {1.7976931348623157e308, "1.7976931348623157e308"},
    {2.2250738585072014e-308, "2.2250738585072014e-308"},
    {2.225073858507201e-308, "2.225073858507201e-308"},
    {5e-324, "5e-324"},
    {1e-323, "1e-323"},
    {0x1p-140, "7.174648137343064e-43"}, // below a power of two doubles are denser
    {9.5367431640625e-7, "0.00000095367431640625"},
    {-2.2204460492503130e-16, "-2.220446049250313e-16"},
    {NAN, ""},
    {INFINITY, "inf"},
    {-INFINITY, "-inf"},
};

TEST(number_shortest_is_what_a_person_would_write) {
    for (size_t i = 0; i < LENGTH(shortest); i++) {
        CASE("%a", shortest[i].x);
        char got[BATON_NUMBER_SHORTEST_SIZE];
        memset(got, '#', sizeof got);
        CHECK_INT(baton_number_shortest(shortest[i].x, got), strlen(shortest[i].want));
        CHECK_TEXT(got, shortest[i].want);
    }
}

/* The significant digits of a printed number without zeros at the end; their count. */
static int significant(const char *text, char digits[40]) {
    int count = 0;
    for (; *text != '\0' && *text != 'e'; text++)
        if (*text >= '0' && *text <= '9' && (count > 0 || *text != '0'))
            digits[count++] = *text;
    while (count > 0 && digits[count - 1] == '0')
        count--;
    digits[count] = '\0';
    return count;
}

static void check_shortest(double x) {
    char got[BATON_NUMBER_SHORTEST_SIZE], digits[40], other[64], other_digits[40];
    const size_t size = baton_number_shortest(x, got);
    CASE("%a printed %s", x, got);
    CHECK_INT(size, strlen(got));
    CHECK_DOUBLE(strtod(got, NULL), x);
    double back;
    if (fabs(x) <= 1e100) {
        CHECK_INT(baton_number_parse(got, size, &back, NULL), BATON_NUMBER_OK);
        CHECK_DOUBLE(back, x);
    }
    const int count = significant(got, digits);
    if (count > 1) { // the nearest decimal with one digit fewer is another double
        snprintf(other, sizeof other, "%.*e", count - 2, x);
        CHECK(strtod(other, NULL) != x);
    }
    // The nearest with as many is what was printed, unless that is another double.
    snprintf(other, sizeof other, "%.*e", count - 1, x);
    if (strtod(other, NULL) == x) {
        significant(other, other_digits);
        CHECK_TEXT(digits, other_digits);
    }
}

TEST(number_shortest_reads_back_is_shortest_and_nearest) {
    for (uint64_t exponent = 0; exponent < 2047; exponent++) {
        for (int step = exponent == 0 ? 1 : -2; step <= 2; step++)
            check_shortest(of_bits((exponent << 52) + (uint64_t)step));
    }
    for (uint64_t bits = 1; bits < 500; bits++)
        check_shortest(of_bits(bits));
    for (int exponent = -323; exponent <= 308; exponent++) {
        char text[32];
        for (int digit = 1; digit <= 9; digit++) {
            snprintf(text, sizeof text, "%de%d", digit, exponent);
            if (isfinite(strtod(text, NULL)))
                check_shortest(strtod(text, NULL));
        }
    }
    uint64_t state = 2;
    for (int i = 0; i < 30000; i++) {
        const double x = of_bits(next(&state) >> 1);
        if (isfinite(x))
            check_shortest(x);
        check_shortest((double)(next(&state) % 100000000 + 1) / 10000);
    }
}

static const struct {
    double x;
    int decimals;
    const char *want;
} fixed[] = {
    {0, 2, "0.00"},
    {-0.0, 2, "0.00"},
    {-0.004, 2, "0.00"},
    {-0.005, 2, "-0.01"},
    {0.004999, 2, "0.00"},
    {2.5, 2, "2.50"},
    {2.5, 0, "3"},
    {-2.5, 0, "-3"},
    {38.885, 2, "38.89"},
    {89.996, 2, "90.00"},
    {2.675, 2, "2.68"},
    {1.005, 2, "1.01"},
    {0.05, 1, "0.1"},
    {0.05, 9, "0.050000000"},
    {99.9999999999, 9, "100.000000000"},
    {123456.789, 3, "123456.789"},
    {123456789012.5, 1, "123456789013.0"}, // 12 significant digits
    {1234567890123.0, 2, "1234567890120.00"},
    {1e21, 2, "1000000000000000000000.00"},
    {-9.99e49, 9, "-99900000000000000000000000000000000000000000000000.000000000"},
    {1e50, 2, "1e50"},
    {-1.23456789012345e60, 2, "-1.23456789012e60"},
    {1e-300, 9, "0.000000000"},
    {5e-10, 9, "0.000000001"},
    {4.99999999999e-10, 9, "0.000000000"},
    {4.999999999996e-10, 9, "0.000000001"},
    {NAN, 2, ""},
    {INFINITY, 2, "inf"},
    {-INFINITY, 2, "-inf"},
};

TEST(number_fixed_prints_the_rounded_number) {
    for (size_t i = 0; i < LENGTH(fixed); i++) {
        CASE("%a with %d", fixed[i].x, fixed[i].decimals);
        char got[BATON_NUMBER_FIXED_SIZE];
        memset(got, '#', sizeof got);
        CHECK_INT(baton_number_fixed(fixed[i].x, fixed[i].decimals, got), strlen(fixed[i].want));
        CHECK_TEXT(got, fixed[i].want);
    }
}

TEST(number_fixed_prints_what_round_gives) {
    uint64_t state = 3;
    for (int i = 0; i < 20000; i++) {
        const int decimals = (int)(next(&state) % 10);
        const double x = (double)((int64_t)(next(&state) % 2000000001) - 1000000000) / 1e6 *
                         (i % 2 == 0 ? 1 : 1 + 1e-13);
        const double rounded = baton_number_round(x, decimals, BATON_ROUND_HALF_AWAY);
        char got[BATON_NUMBER_FIXED_SIZE], want[64];
        baton_number_fixed(x, decimals, got);
        snprintf(want, sizeof want, "%.*f", decimals, rounded);
        CASE("%a with %d", x, decimals);
        CHECK_TEXT(got, want);
        CHECK_DOUBLE(strtod(got, NULL), rounded);
    }
}
