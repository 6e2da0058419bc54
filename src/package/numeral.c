/* A percentage that is a share is read once more as its digits times 10^-2, because a division of
 * the double would round twice. */
#include "package/numeral.h"
#include <assert.h>
#include <string.h>

enum numeral_percent numeral_percent_of(const char *measure) {
    if (measure == NULL)
        return NUMERAL_NO_PERCENT;
    if (strcmp(measure, "%") == 0 || strcmp(measure, "％") == 0)
        return NUMERAL_AS_WRITTEN;
    return strcmp(measure, "1") == 0 ? NUMERAL_AS_SHARE : NUMERAL_NO_PERCENT;
}

/* Of `digits`, a number without its %, which is `percent`. */
static double share_of(const char *digits, size_t size, double percent) {
    char text[80];
    double exact;
    if (size + 3 > sizeof text || memchr(digits, 'e', size) != NULL ||
        memchr(digits, 'E', size) != NULL)
        return percent / 100;
    memcpy(text, digits, size);
    text[size] = 'e';
    text[size + 1] = '-';
    text[size + 2] = '2';
    const enum baton_number_error error = baton_number_parse(text, size + 3, &exact, NULL);
    assert(error == BATON_NUMBER_OK);
    return exact;
}

enum baton_number_error numeral_parse(const char *text, size_t size, enum numeral_percent percent,
                                      double *out) {
    double value;
    bool has_percent = false;
    const enum baton_number_error error =
        baton_number_parse(text, size, &value, percent == NUMERAL_NO_PERCENT ? NULL : &has_percent);
    if (error != BATON_NUMBER_OK)
        return error;
    *out = has_percent && percent == NUMERAL_AS_SHARE ? share_of(text, size - 1, value) : value;
    return BATON_NUMBER_OK;
}

baton_code numeral_code(enum baton_number_error error) {
    switch (error) {
    case BATON_NUMBER_EMPTY:
        return BATON_FIELD_EMPTY;
    case BATON_NUMBER_SPACED:
        return BATON_NUMERAL_SPACED;
    case BATON_NUMBER_DASH:
        return BATON_NUMERAL_DASH;
    case BATON_NUMBER_GROUPED:
        return BATON_NUMERAL_GROUPED;
    case BATON_NUMBER_FULLWIDTH:
        return BATON_NUMERAL_FULLWIDTH;
    case BATON_NUMBER_HEX:
        return BATON_NUMERAL_HEX;
    case BATON_NUMBER_INFINITE:
        return BATON_NUMERAL_INFINITE;
    case BATON_NUMBER_TOO_LARGE:
        return BATON_NUMERAL_TOO_LARGE;
    case BATON_NUMBER_PERCENT:
        return BATON_NUMERAL_PERCENT;
    case BATON_NUMBER_TRAILING:
        return BATON_NUMERAL_TRAILING;
    case BATON_NUMBER_OK:
    case BATON_NUMBER_NOT:
        break;
    }
    assert(error == BATON_NUMBER_NOT);
    return BATON_NUMERAL_BAD;
}
