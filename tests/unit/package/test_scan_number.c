/* Numbers of unknown length: whatever scan_number takes, baton_number_parse reads as the same bits;
 * and it takes what is common. test_scan_number_plain.c runs the same on the way for other
 * processors. */
#include "package/scan_number.h"
#include "unit/test.h"
#include <math.h>
#include <stdio.h>

#ifndef SCAN_TEST
#define SCAN_TEST(name) TEST(scan_number_##name)
#endif

enum { BEFORE = 32 };

/* Scans `text` with something before and behind it. */
static bool scan(const char *text, const char *behind, double *out, size_t *size) {
    char line[128];
    memset(line, '7', sizeof line); // what is around it must not matter
    const size_t text_size = strlen(text);
    memcpy(line + BEFORE, text, text_size);
    memcpy(line + BEFORE + text_size, behind, strlen(behind));
    const char *const end = scan_number(line + BEFORE, out);
    *size = end == NULL ? 0 : (size_t)(end - (line + BEFORE));
    return end != NULL;
}

static const char *const taken[] = {
    "0",
    "7",
    "-7",
    "12.5",
    "-0.3",
    ".5",
    "5.",
    "-.5",
    "100",
    "0.000001",
    "123456789012345",
    "1234567.890123",
    "0.1",
    "0.3000000000001",
    "98765.4",
    "-1234567.8",
    "00012.500",
    "99999999.99999",
    "-12345678901234.",
    "33.333333",
    "0.0000000000001",
};

SCAN_TEST(takes_common_ones) {
    static const char *const behind[] = {",", "\n", "\r\n"};
    for (size_t i = 0; i < LENGTH(taken); i++) {
        for (size_t k = 0; k < LENGTH(behind); k++) {
            double got = NAN, want = NAN;
            size_t size;
            CASE("%s", taken[i]);
            baton_number_parse(taken[i], strlen(taken[i]), &want, NULL);
            const bool is_taken = scan(taken[i], behind[k], &got, &size);
            CHECK(is_taken);
            CHECK_INT(size, strlen(taken[i]));
            CHECK_DOUBLE(got + 0.0, want);
        }
    }
}

static const char *const left[] = {
    "",
    "-",
    ".",
    "-.",
    "--1",
    "1-2",
    "1.2.3",
    "..1",
    "1e5",
    "x",
    "１",
    "1x",
    "0x10",
    "inf",
    "1/2",
    "1:2",
    "+1",
    " 1",
    "N/A",
    "é1",
    "1é",
    "1234567890123456",
    "123456789012345678901",
};

/* What is not common is left to baton_number_parse; where something is taken, what is behind it is
 * no comma or line end. */
SCAN_TEST(leaves_the_rest) {
    for (size_t i = 0; i < LENGTH(left); i++) {
        double got = 42;
        size_t size;
        CASE("%s", left[i]);
        const bool is_taken = scan(left[i], ",", &got, &size) && size == strlen(left[i]);
        double want = NAN;
        const bool is_number =
            baton_number_parse(left[i], strlen(left[i]), &want, NULL) == BATON_NUMBER_OK;
        CHECK(!is_taken || is_number);
        if (is_taken)
            CHECK_DOUBLE(got, want);
    }
}

SCAN_TEST(is_exact) {
    uint64_t state = 1;
    size_t wrong = 0, not_taken = 0;
    for (int i = 0; i < 300000; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        const int digits = 1 + (int)(state >> 60),
                  decimals = (int)(state >> 56 & 15) % (digits + 1);
        uint64_t value = state >> 20, limit = 10;
        for (int k = 1; k < digits; k++)
            limit *= 10;
        value %= limit;
        uint64_t scale = 1;
        for (int k = 0; k < decimals; k++)
            scale *= 10;
        char text[64];
        if (decimals > 0)
            snprintf(text, sizeof text, "%s%llu.%0*llu", (state >> 10 & 1) != 0 ? "-" : "",
                     (unsigned long long)(value / scale), decimals,
                     (unsigned long long)(value % scale));
        else
            snprintf(text, sizeof text, "%llu", (unsigned long long)value);
        double got = NAN, want = NAN;
        size_t size;
        baton_number_parse(text, strlen(text), &want, NULL);
        if (!scan(text, ",", &got, &size))
            not_taken += strlen(text) - (text[0] == '-') <= 15;
        else
            wrong += !baton_number_equal_bits(got + 0.0, want) || size != strlen(text);
    }
    CHECK_INT(wrong, 0);
    CHECK_INT(not_taken, 0);
}
