/* The words for how often something is: day week month quarter half year. */
#ifndef BASE_FREQUENCY_H
#define BASE_FREQUENCY_H

#include "baton/period.h"

/* By enum baton_period_kind; NULL for BATON_PERIOD_NONE. */
extern const char *const frequency_word[BATON_YEAR + 1];

/* False, and *out untouched, where it is none of them. */
bool frequency_of_word(const char *word, enum baton_period_kind *out);

#endif
