/* Figures as offices write them, and periods. */
#include "base/arena.h"
#include "package/mapping_text.h"
#include "package/sheet_number.h"
#include "test.h"

static struct mapping_text marks[] = {{.text = "※"}, {.text = "*"}};
static const struct mapping_values all = {
    .full_width = true, .thousands = true, .percent = true, .marks = {marks, 2}};
static const struct mapping_values none = {0};

static const struct {
    const char *name, *text, *factor, *want; /* want NULL: `code` */
    const struct mapping_values *values;
    baton_code code;
    unsigned kinds;
} cases[] = {
    {"a plain figure stays as it is written", "98.50", NULL, "98.50", &none, BATON_OK, 0},
    {"ten thousands become hundred millions", "12345", "0.0001", "1.2345", &none, BATON_OK, 0},
    {"zeros at the end go with a factor", "12300", "0.0001", "1.23", &none, BATON_OK, 0},
    {"no digit is lost", "0.30000000000000004", "1e-4", "0.000030000000000000004", &none, BATON_OK,
     0},
    {"nor of long ones", "123456789012345678901234567890", "10000",
     "1234567890123456789012345678900000", &none, BATON_OK, 0},
    {"signs multiply", "-12.5", "-2", "25", &none, BATON_OK, 0},
    {"zero is zero", "-0.00", "0.0001", "0", &none, BATON_OK, 0},
    {"carries run through", "999.999", "99.99", "99989.90001", &none, BATON_OK, 0},
    {"an exponent in a figure", "1.5e3", "0.1", "150", &none, BATON_OK, 0},
    {"too large after the factor", "1e99", "1000", NULL, &none, BATON_NUMERAL_TOO_LARGE, 0},
    {"full-width characters", "－１２．５", NULL, "-12.5", &all, BATON_OK, SHEET_FULL_WIDTH},
    {"full-width separators", "１，２３４．５", NULL, "1234.5", &all, BATON_OK,
     SHEET_FULL_WIDTH | SHEET_THOUSANDS},
    {"separators", "-1,234,567.89", NULL, "-1234567.89", &all, BATON_OK, SHEET_THOUSANDS},
    {"spaces as separators", "12 345", NULL, "12345", &all, BATON_OK, SHEET_THOUSANDS},
    {"separators at wrong places", "12,34", NULL, NULL, &all, BATON_NUMERAL_GROUPED, 0},
    {"separators of two kinds", "1,234 567", NULL, NULL, &all, BATON_NUMERAL_GROUPED, 0},
    {"marks on both sides", "※12.5**", NULL, "12.5", &all, BATON_OK, SHEET_MARK},
    {"a mark alone", "※", NULL, NULL, &all, BATON_NUMERAL_BAD, 0},
    {"a word", "abc", NULL, NULL, &all, BATON_NUMERAL_BAD, 0},
    {"full-width characters not permitted", "１２", NULL, NULL, &none, BATON_NUMERAL_FULLWIDTH, 0},
    {"separators not permitted", "1,234", NULL, NULL, &none, BATON_NUMERAL_GROUPED, 0},
    {"percentages not permitted", "12%", NULL, NULL, &none, BATON_NUMERAL_PERCENT, 0},
    {"marks not permitted", "12※", NULL, NULL, &none, BATON_NUMERAL_TRAILING, 0},
};

TEST(sheet_number_read) {
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].name);
        const struct sheet_number how = {.values = cases[i].values, .factor = cases[i].factor};
        const char *got = NULL;
        unsigned kinds = 0;
        CHECK_INT(sheet_number_read(arena, &how, cases[i].text, &got, &kinds), cases[i].code);
        if (cases[i].code != BATON_OK)
            continue;
        CHECK_TEXT(got, cases[i].want);
        CHECK_INT(kinds, cases[i].kinds);
    }
    arena_close(arena);
}

TEST(sheet_number_percent) {
    static const struct {
        enum numeral_percent percent;
        bool keep;
        const char *factor, *want;
    } percents[] = {
        {NUMERAL_AS_WRITTEN, false, NULL, "33.3"}, {NUMERAL_AS_SHARE, false, NULL, "0.333"},
        {NUMERAL_NO_PERCENT, true, NULL, "33.3%"}, {NUMERAL_AS_SHARE, false, "100", "33.3"},
        {NUMERAL_NO_PERCENT, false, NULL, NULL},
    };
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(percents); i++) {
        CASE("%zu", i);
        const struct sheet_number how = {&all, percents[i].factor, percents[i].percent,
                                         percents[i].keep};
        const char *got = NULL;
        unsigned kinds = 0;
        const baton_code code = sheet_number_read(arena, &how, "33.3%", &got, &kinds);
        CHECK_INT(code, percents[i].want != NULL ? BATON_OK : BATON_NUMERAL_PERCENT);
        CHECK_TEXT(got, percents[i].want);
    }
    arena_close(arena);
}

TEST(mapping_period_matches) {
    static const struct {
        const char *pattern, *means, *text, *want;
        int year;
    } periods[] = {
        {"{year}年{month}月", "{year}-{month}", "2021年8月", "2021-08", 0},
        {"{year}年{month}月", "{year}-{month}", "２０２１年１２月", "2021-12", 0},
        {"{year}年{month}月", "{year}-{month}", "二〇二一年十二月", "2021-12", 0},
        {"{year}年{month}月", "{year}-{month}", "二〇二一年十月", "2021-10", 0},
        {"{year}年{month}月", "{year}-{month}", "2021年13月", NULL, 0},
        {"{year}年1-{month}月*", "{year}-{month}", "2021年1-8月主要经济指标", "2021-08", 0},
        {"*{year}年*{month}月", "{year}-{month}", "全市2021年1-11月", "2021-11", 0},
        {"1-{month}月", "{year}-{month}", "1-8月", "2021-08", 2021},
        {"1-{month}月", "{year}-{month}", "1-8月", NULL, 0},
        {"{year}年上半年", "{year}-H1", "2021年上半年", "2021-H1", 0},
        {"{year}年{half}半年", "{year}-H{half}", "2021年下半年", "2021-H2", 0},
        {"{year}年第{quarter}季度", "{year}-Q{quarter}", "2021年第三季度", "2021-Q3", 0},
        {"{year}年1月-{year}年{month}月", "{year}-{month}", "2021年1月-2021年3月", "2021-03", 0},
        {"{year}年1月-{year}年{month}月", "{year}-{month}", "2020年1月-2021年3月", NULL, 0},
        {"{year}年", "{year}", "2021年8月", NULL, 0},
        {"{year}.{month}.{day}", "{year}-{month}-{day}", "2021.2.30", NULL, 0},
        {"{year}年第{week}周", "{year}-W{week}", "2021年第35周", "2021-W35", 0},
    };
    for (size_t i = 0; i < LENGTH(periods); i++) {
        CASE("%s of %s", periods[i].text, periods[i].pattern);
        struct baton_period period;
        char name[BATON_PERIOD_NAME_SIZE] = "";
        const bool is = mapping_period_matches(periods[i].pattern, periods[i].means,
                                               periods[i].year, periods[i].text, &period);
        if (is)
            baton_period_format(period, name);
        CHECK_TEXT(is ? name : NULL, periods[i].want);
    }
}

TEST(mapping_normal) {
    struct baton_arena *arena = arena_open();
    CHECK_TEXT(mapping_normal(arena, " 云 \n 湖　区 ", false), "云 湖 区");
    CHECK_TEXT(mapping_normal(arena, " 云 \n 湖　区 ", true), "云湖区");
    CHECK_TEXT(mapping_normal(arena, "收入（万元）", true), "收入(万元)");
    CHECK(mapping_matches("*合计", "全市合计") && mapping_matches("*", "") &&
          mapping_matches("a*b*c", "aXbbYc"));
    CHECK(!mapping_matches("*合计", "合计数") && !mapping_matches("", "x"));
    arena_close(arena);
}
