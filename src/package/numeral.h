/* Numbers as tables and scheme.yaml write them: percentages, and a code for each way of being
 * wrong. */
#ifndef PACKAGE_NUMERAL_H
#define PACKAGE_NUMERAL_H

#include "baton/code.h"
#include "baton/number.h"

/* What `98.5%` means where a number is expected: */
enum numeral_percent {
    NUMERAL_NO_PERCENT, /* an error */
    NUMERAL_AS_WRITTEN, /* 98.5, the measure being % */
    NUMERAL_AS_SHARE    /* 0.985, the measure being 1 */
};

/* By an indicator's unit of measurement; NULL = none is given. */
enum numeral_percent numeral_percent_of(const char *measure);

/* baton_number_parse with percentages. A share is the double nearest to the decimal: 33.3% is
 * 0.333. */
enum baton_number_error numeral_parse(const char *text, size_t size, enum numeral_percent percent,
                                      double *out);

/* The code for what is wrong: NUMERAL_GROUPED, NUMERAL_FULLWIDTH ... %1 of its message is the text
 * as found; NUMERAL_PERCENT has the measure as %2. `error` is not BATON_NUMBER_OK. An empty text is
 * FIELD_EMPTY, whose %1 is the field's name. */
baton_code numeral_code(enum baton_number_error error);

#endif
