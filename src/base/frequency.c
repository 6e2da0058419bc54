/* The words of frequencies, in the order of enum baton_period_kind. */
#include "base/frequency.h"
#include <string.h>

const char *const frequency_word[BATON_YEAR + 1] = {NULL,      "day",  "week", "month",
                                                    "quarter", "half", "year"};

bool frequency_of_word(const char *word, enum baton_period_kind *out) {
    for (int kind = BATON_DAY; kind <= BATON_YEAR; kind++)
        if (strcmp(frequency_word[kind], word) == 0) {
            *out = (enum baton_period_kind)kind;
            return true;
        }
    return false;
}
