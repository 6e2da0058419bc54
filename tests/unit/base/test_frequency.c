#include "base/frequency.h"
#include "unit/test.h"

TEST(frequency_words) {
    enum baton_period_kind kind = BATON_PERIOD_NONE;
    for (int k = BATON_DAY; k <= BATON_YEAR; k++) {
        CASE("%s", frequency_word[k]);
        CHECK(frequency_of_word(frequency_word[k], &kind));
        CHECK_INT(kind, k);
    }
    CHECK_TEXT(frequency_word[BATON_PERIOD_NONE], NULL);
    CHECK_TEXT(frequency_word[BATON_MONTH], "month");
    CHECK_TEXT(frequency_word[BATON_QUARTER], "quarter");
    kind = BATON_HALF;
    CHECK(!frequency_of_word("", &kind));
    CHECK(!frequency_of_word("months", &kind));
    CHECK(!frequency_of_word("Month", &kind));
    CHECK_INT(kind, BATON_HALF);
}
