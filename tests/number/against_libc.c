/* Reading, printing and rounding against the exact conversions of the C library, on millions of numbers.
 *     against_libc COUNT SEED
 * Prints what differs (the first hundred) and a line for each property; exit status 1 where one fails. */
#include "base/number.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state;

static uint64_t next(void) {
    uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static double of_bits(uint64_t bits) {
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static struct {
    const char *name;
    long count, failed;
} properties[] = {{"read", 0, 0}, {"shortest", 0, 0}, {"12 digits", 0, 0}, {"fixed", 0, 0}};
enum { READ, SHORTEST, SIG12, FIXED, PROPERTIES };

static void require(int which, bool holds, double x, const char *text) {
    properties[which].count++;
    if (!holds && properties[which].failed++ < 100)
        printf("%s: %a %s\n", properties[which].name, x, text);
}

static void check_read(const char *text) {
    const double want = strtod(text, NULL);
    double got = 0;
    const enum baton_number_error error = baton_number_parse(text, strlen(text), &got, NULL);
    if (fabs(want) <= 1e100)
        require(READ, error == BATON_NUMBER_OK && baton_number_equal_bits(got, want + 0.0), want,
                text);
    else
        require(READ, error == BATON_NUMBER_TOO_LARGE, want, text);
}

/* The significant digits without zeros at the end; their count. */
static int significant(const char *text, char *digits) {
    int count = 0;
    for (; *text != '\0' && *text != 'e'; text++)
        if (*text >= '0' && *text <= '9' && (count > 0 || *text != '0'))
            digits[count++] = *text;
    while (count > 0 && digits[count - 1] == '0')
        count--;
    digits[count] = '\0';
    return count;
}

/* Whether x is exactly between two decimals of 12 digits; of these %.11e takes the even one. */
static bool is_tie_at_12(double x) {
    char text[1100], digits[1100];
    snprintf(text, sizeof text, "%.1000e", x);
    return significant(text, digits) == 13 && digits[12] == '5';
}

static void check_number(double x) {
    if (!isfinite(x) || x == 0)
        return;
    char text[BATON_NUMBER_SHORTEST_SIZE], digits[64], other[64], other_digits[64];
    baton_number_shortest(x, text);
    const int count = significant(text, digits);
    bool good = strtod(text, NULL) == x && count >= 1 && count <= 17;
    if (good && count > 1) { // nothing shorter reads back the same
        snprintf(other, sizeof other, "%.*e", count - 2, x);
        good = strtod(other, NULL) != x;
    }
    if (good) { // and nothing as short is nearer
        snprintf(other, sizeof other, "%.*e", count - 1, x);
        significant(other, other_digits);
        good = strtod(other, NULL) != x || strcmp(digits, other_digits) == 0;
    }
    require(SHORTEST, good, x, text);
    check_read(text);
    snprintf(other, sizeof other, "%.16e", x);
    check_read(other);
    snprintf(other, sizeof other, "%.*e", (int)(next() % 40), x);
    check_read(other);
    snprintf(other, sizeof other, "%.11e", x);
    require(SIG12,
            baton_number_equal_bits(baton_number_sig12(x), strtod(other, NULL)) || is_tie_at_12(x),
            x, other);
    if (fabs(x) < 1e15) {
        char fixed[BATON_NUMBER_FIXED_SIZE];
        const int decimals = (int)(next() % 10);
        const double rounded = baton_number_round(x, decimals, BATON_ROUND_HALF_AWAY);
        baton_number_fixed(x, decimals, fixed);
        const double unit =
            strtod((const char *[]){"1", ".1", ".01", ".001", ".0001", ".00001", ".000001",
                                    ".0000001", ".00000001", ".000000001"}[decimals],
                   NULL);
        require(FIXED,
                strtod(fixed, NULL) == rounded &&
                    fabs(rounded - x) <= unit * 0.5000001 + fabs(x) * 1e-11,
                x, fixed);
    }
}

int main(int count, char **arguments) {
    const long rounds = count > 1 ? strtol(arguments[1], NULL, 10) : 1000000;
    state = count > 2 ? strtoull(arguments[2], NULL, 10) : 1;
    char text[64];
    for (long i = 0; i < rounds; i++) {
        check_number(of_bits(next()));
        check_number((double)(int64_t)(next() % 100000000) / 1000000);
        check_number((double)(int64_t)(next() % 1000000) / 100 * 1.1);
        snprintf(text, sizeof text, "%llue%d", (unsigned long long)next(),
                 (int)(next() % 440) - 340);
        check_read(text);
        snprintf(text, sizeof text, "%llu%llu.%llue%d", (unsigned long long)next(),
                 (unsigned long long)next(), (unsigned long long)next() % 1000,
                 (int)(next() % 400) - 340);
        check_read(text);
    }
    for (uint64_t exponent = 1; exponent < 2046; exponent++)
        for (int step = -3; step <= 3; step++)
            check_number(of_bits((exponent << 52) + (uint64_t)step));
    for (uint64_t bits = 1; bits < 10000; bits++)
        check_number(of_bits(bits));
    int status = 0;
    for (int i = READ; i < PROPERTIES; i++) {
        printf("%s %s: %ld of %ld failed\n", properties[i].failed == 0 ? "ok" : "FAIL",
               properties[i].name, properties[i].failed, properties[i].count);
        status |= properties[i].failed > 0;
    }
    return status;
}
