/* Ranges of bytes (RFC 9110, 14.1.2), and what is none. */
#include "baton/findings.h"
#include "http/http_range.h"
#include "unit/test.h"

/* clang-format off */
static const struct {
    const char *text;
    uint64_t size;
    enum http_range want;
    uint64_t from, count;
} cases[] = {
    {NULL, 10, HTTP_RANGE_ALL, 0, 0},
    {"bytes=0-9", 10, HTTP_RANGE_PART, 0, 10},
    {"bytes=0-0", 10, HTTP_RANGE_PART, 0, 1},
    {"Bytes=9-", 10, HTTP_RANGE_PART, 9, 1},
    {"bytes=3-99", 10, HTTP_RANGE_PART, 3, 7},
    {"bytes=-4", 10, HTTP_RANGE_PART, 6, 4},
    {"bytes=-40", 10, HTTP_RANGE_PART, 0, 10},
    {"bytes=10-", 10, HTTP_RANGE_OUTSIDE, 0, 0},
    {"bytes=-0", 10, HTTP_RANGE_OUTSIDE, 0, 0},
    {"bytes=0-", 0, HTTP_RANGE_OUTSIDE, 0, 0},
    {"bytes=-1", 0, HTTP_RANGE_OUTSIDE, 0, 0},
    {"bytes=5-4", 10, HTTP_RANGE_ALL, 0, 0},
    {"bytes=-", 10, HTTP_RANGE_ALL, 0, 0},
    {"bytes=", 10, HTTP_RANGE_ALL, 0, 0},
    {"bytes=0-1,4-5", 10, HTTP_RANGE_ALL, 0, 0},
    {"bytes=0 -1", 10, HTTP_RANGE_ALL, 0, 0},
    {"bytes=+1-2", 10, HTTP_RANGE_ALL, 0, 0},
    {"lines=0-1", 10, HTTP_RANGE_ALL, 0, 0},
    {"bytes=0-9999999999999999999", 10, HTTP_RANGE_ALL, 0, 0},
    {"bytes=99999999999999999999-", 10, HTTP_RANGE_ALL, 0, 0},
};
/* clang-format on */

TEST(ranges_are_one_of_bytes) {
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint64_t from = 0, count = 0;
        CASE("%s of %llu", cases[i].text == NULL ? "none" : cases[i].text,
             (unsigned long long)cases[i].size);
        CHECK_INT(http_range_read(cases[i].text, cases[i].size, &from, &count), cases[i].want);
        if (cases[i].want == HTTP_RANGE_PART) {
            CHECK_INT(from, cases[i].from);
            CHECK_INT(count, cases[i].count);
        }
    }
    CHECK_INT(baton_code_info(BATON_RANGE_OUTSIDE)->http, 416); /* what they are answered with */
}
