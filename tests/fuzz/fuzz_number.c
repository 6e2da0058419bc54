/* Numbers: any bytes as a text, and any eight bytes as a double. */
#include "base/number.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void require(bool holds) {
    if (!holds)
        abort();
}

/* What a text of printable bytes means to the C library; NaN where it has no opinion. */
static double by_strtod(const char *text, size_t size) {
    char *const copy = malloc(size + 1);
    require(copy != NULL);
    memcpy(copy, text, size);
    copy[size] = '\0';
    char *end;
    const double value = strtod(copy, &end);
    const size_t read = (size_t)(end - copy);
    free(copy);
    return read == size || (read + 1 == size && text[read] == '%') ? value : NAN;
}

static void check_double(double x) {
    char text[BATON_NUMBER_SHORTEST_SIZE], fixed[BATON_NUMBER_FIXED_SIZE];
    const size_t size = baton_number_shortest(x, text);
    require(size == strlen(text) && size < sizeof text);
    double back = 0;
    bool percent = true;
    if (fabs(x) <= 1e100) { // what was printed reads back the same
        require(number_parse(text, size, &back, &percent) == BATON_NUMBER_OK && !percent);
        require(baton_number_equal_bits(back, x + 0.0));
        require(baton_number_parse(text, size, &back, NULL) == BATON_NUMBER_OK);
        require(baton_number_equal_bits(back, x + 0.0));
    } else {
        const enum baton_number_error want = isnan(x)   ? BATON_NUMBER_EMPTY
                                             : isinf(x) ? BATON_NUMBER_INFINITE
                                                        : BATON_NUMBER_TOO_LARGE;
        require(number_parse(text, size, &back, &percent) == want);
    }
    const double at_12 = baton_number_sig12(x);
    require(baton_number_equal_bits(baton_number_sig12(at_12), at_12));
    require(baton_number_compare12(x, at_12) == 0 && baton_number_compare12(at_12, x) == 0);
    require(isnan(x) || !isfinite(x) || fabs(at_12 - x) <= fabs(x) * 5.1e-12 || fabs(x) < 1e-300 ||
            !isfinite(at_12));
    for (enum baton_rounding mode = BATON_ROUND_HALF_AWAY; mode <= BATON_ROUND_DOWN; mode++) {
        for (int decimals = -3; decimals <= 9; decimals++) {
            const double rounded = baton_number_round(x, decimals, mode);
            require(baton_number_equal_bits(baton_number_round(rounded, decimals, mode), rounded));
            require(baton_number_equal_bits(baton_number_round(at_12, decimals, mode), rounded));
            require(baton_number_equal_bits(baton_number_round(-x, decimals, mode), 0 - rounded) ||
                    rounded == 0);
            require(!(rounded == 0 && signbit(rounded)));
            double many[67];
            for (size_t i = 0; i < 67; i++)
                many[i] = i % 3 == 0 ? x : 38.885;
            baton_number_round_n(67, many, many, decimals, mode);
            require(baton_number_equal_bits(many[0], rounded) &&
                    baton_number_equal_bits(many[66], rounded));
        }
    }
    for (int decimals = 0; decimals <= 9; decimals++) {
        const size_t length = baton_number_fixed(x, decimals, fixed);
        require(length == strlen(fixed) && length < sizeof fixed);
        if (fabs(x) < 1e50) {
            require(baton_number_parse(fixed, length, &back, NULL) == BATON_NUMBER_OK);
            require(baton_number_equal_bits(
                back, baton_number_round(x, decimals, BATON_ROUND_HALF_AWAY)));
            require(decimals == 0
                        ? memchr(fixed, '.', length) == NULL
                        : length > (size_t)decimals && fixed[length - (size_t)decimals - 1] == '.');
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == sizeof(double)) {
        double x;
        memcpy(&x, data, sizeof x);
        check_double(x);
    }
    const char *const text = (const char *)data;
    double value = 77, again = 77;
    bool percent = true;
    const enum baton_number_error error = baton_number_parse(text, size, &value, &percent);
    if (error != BATON_NUMBER_OK) {
        require(value == 77 && percent);
        require(number_parse(text, size, &again, NULL) != BATON_NUMBER_OK && again == 77);
        if (error == BATON_NUMBER_TOO_LARGE)
            require(!(fabs(by_strtod(text, size)) <= 1e100));
        return 0;
    }
    require(fabs(value) <= 1e100 && !(value == 0 && signbit(value)));
    require(baton_number_equal_bits(by_strtod(text, size) + 0.0, value));
    require(number_parse(text, size, &again, NULL) ==
            (percent ? BATON_NUMBER_PERCENT : BATON_NUMBER_OK));
    require(percent || baton_number_equal_bits(again, value));
    check_double(value);
    return 0;
}
