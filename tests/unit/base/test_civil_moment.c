/* Moments and offsets: every form that is one, and texts that nearly are. */
#include "base/civil_moment.h"
#include "unit/test.h"
#include <string.h>

static bool reads(const char *text, struct civil_moment *out) {
    return civil_moment_parse(text, strlen(text), out);
}

TEST(moments_are_read_and_written) {
    struct civil_moment moment;
    char text[CIVIL_MOMENT_SIZE];
    static const char *const texts[] = {"2021-09-10",       "2021-09-10T17:00", "2020-02-29T00:00",
                                        "2999-12-31T23:59", "1970-01-01",       "1900-01-01T09:05"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        CASE("%s", texts[i]);
        if (CHECK(reads(texts[i], &moment))) {
            CHECK_INT(civil_moment_format(moment, text), strlen(texts[i]));
            CHECK_TEXT(text, texts[i]);
        }
    }
}

TEST(moments_that_are_none) {
    static const char *const texts[] = {"",
                                        "2021-09",
                                        "2021-09-10T",
                                        "2021-09-10T24:00",
                                        "2021-09-10T17:60",
                                        "2021-09-10 17:00",
                                        "2021-02-29",
                                        "2021-09-10T17:00:00",
                                        "2021-09-10T7:00",
                                        "2021-09-10T1x:00",
                                        "2021-09-10T17.00",
                                        "3000-01-01",
                                        " 2021-09-10",
                                        "2021-9-10",
                                        "2021-09-10T17:000",
                                        "20210910"};
    struct civil_moment moment = {7, 7};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        CASE("%s", texts[i]);
        CHECK(!reads(texts[i], &moment));
        CHECK(moment.day == 7 && moment.minute == 7);
    }
}

/* China is eight hours before UTC: 2021-09-10 there begins at 16:00 of the ninth. */
TEST(moments_begin_and_end) {
    struct civil_moment day, time;
    if (!CHECK(reads("2021-09-10", &day)) || !CHECK(reads("2021-09-10T17:00", &time)))
        return;
    CHECK_INT(civil_moment_begins_utc_ms(day), INT64_C(1631203200000));
    CHECK_INT(civil_moment_ends_utc_ms(day), INT64_C(1631289600000));
    CHECK_INT(civil_moment_begins_utc_ms(time), INT64_C(1631264400000));
    CHECK_INT(civil_moment_ends_utc_ms(time), INT64_C(1631264400000));
}

TEST(offsets_are_read) {
    static const struct {
        const char *text;
        struct civil_offset offset;
    } cases[] = {{"10d", {10, false, -1}},
                 {"8wd", {8, true, -1}},
                 {"-5d", {-5, false, -1}},
                 {"0d", {0, false, -1}},
                 {"8wd 17:00", {8, true, 1020}},
                 {"0d 00:00", {0, false, 0}},
                 {"9999wd 23:59", {9999, true, 1439}}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct civil_offset offset;
        CASE("%s", cases[i].text);
        if (CHECK(civil_offset_parse(cases[i].text, strlen(cases[i].text), &offset))) {
            CHECK_INT(offset.days, cases[i].offset.days);
            CHECK(offset.are_workdays == cases[i].offset.are_workdays);
            CHECK_INT(offset.minute, cases[i].offset.minute);
            char text[CIVIL_MOMENT_SIZE];
            CHECK_INT(civil_offset_format(offset, text), strlen(cases[i].text));
            CHECK_TEXT(text, cases[i].text);
        }
    }
}

TEST(offsets_that_are_none) {
    static const char *const texts[] = {"",     "d",      "10",        "10 d",       "wd",   "10w",
                                        "10dw", "+10d",   "10d17:00",  "10d  17:00", "--1d", "1.5d",
                                        "10d ", "10000d", "10d 24:00", "10d 9:00",   "-",    "10D"};
    struct civil_offset offset = {7, true, 7};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        CASE("%s", texts[i]);
        CHECK(!civil_offset_parse(texts[i], strlen(texts[i]), &offset));
        CHECK(offset.days == 7 && offset.minute == 7);
    }
}
