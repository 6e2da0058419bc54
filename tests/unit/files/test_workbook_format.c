/* Number formats: what they show, and the texts of numbers and dates. */
#include "base/number.h"
#include "files/workbook_format.h"
#include "unit/test.h"
#include <stdio.h>
#include <string.h>

static const char *shown(double value, const char *code, char out[FORMAT_TEXT_SIZE]) {
    const struct format format = format_parse(code, strlen(code));
    const struct format_section *section = format_choose(&format, value);
    size_t size = 0;
    if (section->kind != FORMAT_DATE || !format_date(value, false, section->shows, out, &size))
        size = format_number(value, section, out);
    CHECK_INT(strlen(out), size);
    return out;
}

TEST(format_shown) {
    static const struct {
        const char *code;
        double value;
        const char *want;
    } cases[] = {
        /* numbers: padded with zeros, no digit is lost */
        {"General", 98.5, "98.5"},
        {"", 98.5, "98.5"},
        {"General", 0.28999999999999998, "0.29"},
        {"General", 0.1 + 0.2, "0.30000000000000004"},
        {"General", 1e-9, "1e-9"},
        {"0.00", 1e-9, "1e-9"},
        {"0.00", 1e25, "1e25"},
        {"0.00", 98.5, "98.50"},
        {"0.00", 98.512, "98.512"},
        {"0.00", -98.5, "-98.50"},
        {"0.00", 0, "0.00"},
        {"0.00", -0.0, "0.00"},
        {"0.000", 0.05, "0.050"},
        {"0.00", 1234567, "1234567.00"},
        {"0", 98.5, "98.5"},
        {"#,##0.00", 1234567.5, "1234567.50"},
        {"0.0#", 7, "7.0"},
        {"0.?\?", 7, "7"},
        {"0.00_ ", 7, "7.00"},
        {"0.00_);[Red](0.00)", -7, "-7.00"},
        {"\"¥\"#,##0.00", 7, "7.00"},
        {"[$¥-804]#,##0.0", 7, "7.0"},
        {"¥#,##0.0", 7, "7.0"},
        {"0.00\"亿元\"", 7, "7.00"},
        {"0.00\\%", 7, "7.00"},
        {"\"共\"0\"个 0.00\"", 7, "7"},
        {"0.0,", 1234, "1234"}, /* shown in thousands: its decimals are not those of the number */
        {"0!.0,\"万\"", 12345, "12345"},
        {"0.00E+00", 12345, "12345"},
        {"# ?/?", 0.5, "0.5"},
        {"@", 12.5, "12.5"},
        {"G/通用格式", 12.5, "12.5"},
        {"g/\"通用格式\"", 12.5, "12.5"}, /* what LibreOffice makes of it */
        {"General\"元\"", 12.5, "12.5"},
        {"[红色]0.00;[Blue]-0.0", -5, "-5.0"},
        {"_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"?\?_ ;_ @_ ", 0, "0.00"},
        {"_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"?\?_ ;_ @_ ", 12.5, "12.50"},
        {"[>=100]0;[>=10]0.0;0.00", 5, "5.00"},
        {"[>=100]0;[>=10]0.0;0.00", 50, "50.0"},
        {"[>=100]0;[>=10]0.0;0.00", 500, "500"},
        {"[<1]0.00;0", 0.5, "0.50"},
        {"[=1]0.0;[<>2]0.00;0", 3, "3.00"},
        {"[<=1]0.0;[>5]0.00;0", 3, "3"},
        {";;;", 5, "5"},
        {"0.00000000000000000000000000000000000000000000", 5, "5.000000000000000000000000000000"},
        /* percentages: moved by two places in the decimal, not multiplied */
        {"0%", 0.985, "98.5%"},
        {"0.00%", 0.985, "98.50%"},
        {"0.00%", 0.98499999999999999, "98.50%"},
        {"0%", 0.07, "7%"},
        {"0%", 0.0007, "0.07%"},
        {"0%", 1, "100%"},
        {"0%", 12, "1200%"},
        {"0.0%", -0.5, "-50.0%"},
        {"0%", 0.29, "29%"},
        {"0%", 0.57, "57%"},
        {"0.00%", 0, "0.00%"},
        {"0.00%;-0.00%;\"-\"", 0, "0.00%"},
        {"0%", 1e-9, "0.0000001%"},
        {"0%", 1e-12, "0.0000000001%"},
        {"0%", 0.1 + 0.2, "30.000000000000004%"},
        {"\"%\"0", 0.5, "0.5"},
        /* dates */
        {"yyyy-mm-dd", 44435, "2021-08-27"},
        {"m/d/yyyy", 44435.9, "2021-08-27"},
        {"yyyy\"年\"m\"月\"d\"日\"", 44435, "2021-08-27"},
        {"yyyy年m月d日", 44435, "2021-08-27"},
        {"yyyy\"年\"m\"月\"", 44435, "2021-08"},
        {"[$-804]yyyy\"年\"m\"月\";@", 44435, "2021-08"},
        {"mmm-yy", 44435, "2021-08"},
        {"yyyy", 44435, "2021"},
        {"e\"年\"", 44435, "2021"},
        {"[$-411]ggge\"年\"m\"月\"d\"日\";@", 44435, "2021-08-27"},
        {"m\"月\"d\"日\"", 44435, "2021-08-27"},
        {"m\"月\"", 44435, "2021-08"},
        {"[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"", 44435, "2021-08-27"},
        {"[$-804]aaaa", 44435, "2021-08-27"},
        {"dddd", 44435, "2021-08-27"},
        {"YYYY-MM-DD HH:MM", 44435.545138888891, "2021-08-27 13:05:00"},
        {"yyyy/m/d h:mm AM/PM", 44435.545138888891, "2021-08-27 13:05:00"},
        {"yyyy\"年\"m\"月\" h:mm", 44435.5, "2021-08-27 12:00:00"},
        {"yyyy-mm-dd hh:mm:ss", 44435.99999999999, "2021-08-28 00:00:00"},
        {"yyyy-mm-dd", 44435.99999999999, "2021-08-27"},
        {"h:mm", 0.545138888891, "13:05:00"},
        {"h:mm", 44435.545138888891, "13:05:00"},
        {"mm:ss", 0.545138888891, "13:05:00"},
        {"mm:ss.0", 0.5, "12:00:00"},
        {"[h]:mm:ss", 1.5, "36:00:00"},
        {"[mm]:ss", 0.0625, "01:30:00"},
        {"上午/下午h\"时\"mm\"分\"", 0.75, "18:00:00"},
        {"A/P h", 0.75, "18:00:00"},
        {"yyyy-mm-dd", 1, "1900-01-01"},
        {"yyyy-mm-dd", 59, "1900-02-28"},
        {"yyyy-mm-dd", 60, "60"}, /* 29 February 1900 */
        {"yyyy-mm-dd", 61, "1900-03-01"},
        {"yyyy-mm-dd", 0, "0"},
        {"yyyy-mm-dd", -5, "-5"},
        {"yyyy-mm-dd", 401768, "2999-12-31"},
        {"yyyy-mm-dd", 401769, "401769"},
        {"yyyy-mm-dd", 2958466, "2958466"},
        {"yyyy-mm-dd", 1e99, "1e99"},
        /* broken ones do no harm */
        {"0.00\"", 5, "5.00"},
        {"[", 5, "5"},
        {"\\", 5, "5"},
        {"[>=", 5, "5"},
        {"\"年\xff", 5, "5"},
    };
    char out[FORMAT_TEXT_SIZE];
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s of %.17g", cases[i].code, cases[i].value);
        CHECK_TEXT(shown(cases[i].value, cases[i].code, out), cases[i].want);
    }
}

/* Every text of a number reads back as the number, of a percentage too, at every magnitude. */
TEST(format_number_reads_back) {
    static const char *const codes[] = {"General", "0.00", "0%", "0.000%"};
    char out[FORMAT_TEXT_SIZE];
    uint64_t seed = 1;
    for (int i = 0; i < 20000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        double value = (double)(int64_t)seed / 1e15;
        const int steps = (int)(seed >> 40) % 60;
        for (int k = 0; k < steps; k++)
            value = (seed >> 50 & 1) != 0 ? value * 10 : value / 10;
        for (size_t c = 0; c < LENGTH(codes); c++) {
            shown(value, codes[c], out);
            char digits[FORMAT_TEXT_SIZE + 8];
            double back = 0;
            bool percent = false;
            CASE("%s of %.17g: %s", codes[c], value, out);
            CHECK_INT(baton_number_parse(out, strlen(out), &back, &percent), BATON_NUMBER_OK);
            if (percent) { /* as a share: its digits times 10^-2 */
                const char *e = strchr(out, 'e');
                CHECK(e == NULL);
                snprintf(digits, sizeof digits, "%.*se-2", (int)strlen(out) - 1, out);
                CHECK_INT(baton_number_parse(digits, strlen(digits), &back, NULL), BATON_NUMBER_OK);
            }
            CHECK_DOUBLE(back, value);
        }
    }
}

TEST(format_built_in) {
    static const struct {
        uint32_t id;
        double value;
        const char *want;
    } cases[] = {
        {0, 44435.5, "44435.5"},
        {2, 5, "5.00"},
        {4, 5, "5.00"},
        {10, 0.5, "50.00%"},
        {14, 44435, "2021-08-27"},
        {17, 44435, "2021-08"},
        {20, 0.5, "12:00:00"},
        {22, 44435.5, "2021-08-27 12:00:00"},
        {27, 44435, "2021-08"},
        {28, 44435, "2021-08-27"},
        {31, 44435, "2021-08-27"},
        {32, 0.5, "12:00:00"},
        {35, 0.5, "12:00:00"},
        {36, 44435, "2021-08"},
        {44, 5, "5.00"},
        {46, 1.5, "36:00:00"},
        {49, 44435, "44435"},
        {50, 44435, "2021-08"},
        {54, 44435, "2021-08-27"},
        {55, 0.5, "12:00:00"},
        {57, 44435, "2021-08"},
        {58, 44435, "2021-08-27"},
        {59, 5, "5"},
        {163, 5, "5"},
        {UINT32_MAX, 5, "5"},
    };
    char out[FORMAT_TEXT_SIZE];
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%u", cases[i].id);
        CHECK_TEXT(shown(cases[i].value, format_built_in(cases[i].id), out), cases[i].want);
    }
}

TEST(format_date_1904) {
    char out[FORMAT_TEXT_SIZE];
    size_t size = 0;
    const unsigned day = SHOWS_YEAR | SHOWS_MONTH | SHOWS_DAY;
    CHECK(format_date(0, true, day, out, &size));
    CHECK_TEXT(out, "1904-01-01");
    CHECK(format_date(60, true, day, out, &size));
    CHECK_TEXT(out, "1904-03-01");
    CHECK(format_date(42973, true, day, out, &size));
    CHECK_TEXT(out, "2021-08-27");
}

TEST(format_iso_date) {
    static const struct {
        const char *text;
        bool is_1904, is_date;
        double serial;
        unsigned shows;
    } cases[] = {
        {"2021-08-27", false, true, 44435, SHOWS_YEAR | SHOWS_MONTH | SHOWS_DAY},
        {"2021-08-27", true, true, 42973, SHOWS_YEAR | SHOWS_MONTH | SHOWS_DAY},
        {"1900-02-28", false, true, 59, SHOWS_YEAR | SHOWS_MONTH | SHOWS_DAY},
        {"1900-03-01", false, true, 61, SHOWS_YEAR | SHOWS_MONTH | SHOWS_DAY},
        {"2021-08-27T12:00:00", false, true, 44435.5,
         SHOWS_YEAR | SHOWS_MONTH | SHOWS_DAY | SHOWS_TIME},
        {"2021-08-27T12:00:00.000Z", false, true, 44435.5,
         SHOWS_YEAR | SHOWS_MONTH | SHOWS_DAY | SHOWS_TIME},
        {"18:00", false, true, 0.75, SHOWS_TIME},
        {"18:00:00", false, true, 0.75, SHOWS_TIME},
        {"", false, false, 0, 0},
        {"2021-8-27", false, false, 0, 0},
        {"2021-02-29", false, false, 0, 0},
        {"2021-08-27x", false, false, 0, 0},
        {"2021-08-27T25:00:00", false, false, 0, 0},
        {"2021-08-27T12:00:0", false, false, 0, 0},
        {"2021-08-27T12:00:00,5", false, false, 0, 0},
        {"1899-12-31", false, false, 0, 0},
        {"1903-12-31", true, false, 0, 0},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        double serial = 0;
        unsigned shows = 0;
        CASE("%s", cases[i].text);
        CHECK_INT(format_iso_date(cases[i].text, strlen(cases[i].text), cases[i].is_1904, &serial,
                                  &shows),
                  cases[i].is_date);
        CHECK_DOUBLE(serial, cases[i].serial);
        CHECK_INT(shows, cases[i].shows);
    }
}
