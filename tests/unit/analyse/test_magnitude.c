/* Orders of magnitude: which figures are asked about, and which never. */
#include "analyse/magnitude.h"
#include "unit/test.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { UNITS = 6, PERIODS = 12 };

struct sheet {
    struct baton_period period[PERIODS];
    double cell[PERIODS][UNITS];
    bool fresh[PERIODS][UNITS];
    const double *value[PERIODS];
    const bool *is_new[PERIODS];
};

/* Quarters from 2019 on. */
static void name_periods(struct sheet *sheet, uint32_t periods, bool years) {
    for (uint32_t t = 0; t < periods; t++) {
        sheet->period[t] = years ? (struct baton_period){(int16_t)(2010 + t), 1, BATON_YEAR}
                                 : (struct baton_period){(int16_t)(2019 + t / 4),
                                                         (int16_t)(t % 4 + 1), BATON_QUARTER};
        sheet->value[t] = sheet->cell[t];
        sheet->is_new[t] = sheet->fresh[t];
    }
}

/* "unit@first..last power figure usual", or "3 units@...". */
static const char *look(const struct sheet *sheet, uint32_t units, uint32_t periods,
                        const char *measure, bool with_new) {
    static char text[1024];
    struct baton_arena *arena = arena_open();
    struct magnitude_slips slips = {0};
    const struct magnitude_figures figures = {
        .measure = measure,
        .unit_count = units,
        .period_count = periods,
        .period = sheet->period,
        .value = sheet->value,
        .is_new = with_new ? sheet->is_new : NULL,
    };
    magnitude_look(arena, &figures, &slips);
    text[0] = '\0';
    for (size_t i = 0; i < slips.count; i++) {
        const struct magnitude_slip *slip = &slips.item[i];
        const size_t used = strlen(text);
        snprintf(text + used, sizeof(text) - used, "%s%ux%u@%u..%u^%d %s", used > 0 ? "; " : "",
                 slip->unit, slip->units, slip->first, slip->last, slip->power,
                 magnitude_formula(arena, slip));
    }
    arena_close(arena);
    return text;
}

/* A plausible figure: of a size by unit, with some noise that depends on both. */
static double steady(uint32_t unit, uint32_t t) {
    return (20 + 7 * unit) * (1 + 0.06 * ((unit * 5 + t * 3) % 7)) + 0.1;
}

static void fill(struct sheet *sheet, bool sums) {
    memset(sheet, 0, sizeof(*sheet));
    name_periods(sheet, PERIODS, false);
    for (uint32_t t = 0; t < PERIODS; t++)
        for (uint32_t u = 0; u < UNITS; u++)
            sheet->cell[t][u] = steady(u, t) * (sums ? t % 4 + 1 : 1);
}

TEST(magnitude_steady_is_silent) {
    struct sheet sheet;
    fill(&sheet, false);
    CHECK_TEXT(look(&sheet, UNITS, PERIODS, NULL, false), "");
    fill(&sheet, true);
    CHECK_TEXT(look(&sheet, UNITS, PERIODS, NULL, false), "");
}

/* What was found is one thing, and begins so. */
static void check_only(const char *found, const char *want) {
    if (!CHECK(strncmp(found, want, strlen(want)) == 0 && strchr(found, ';') == NULL))
        CHECK_TEXT(found, want); /* shows both */
}

TEST(magnitude_every_place_and_power) {
    static const double factor[] = {1e-4, 1e-3, 1e-2, 1e-1, 1, 10, 100, 1000, 10000};
    for (int sums = 0; sums < 2; sums++)
        for (uint32_t t = 0; t < PERIODS; t++)
            for (uint32_t u = 0; u < UNITS; u++)
                for (int power = -4; power <= 4; power++) {
                    struct sheet sheet;
                    char want[64];
                    fill(&sheet, sums != 0);
                    sheet.cell[t][u] *= factor[power + 4];
                    CASE("%s, unit %u, period %u, power %d", sums ? "sums" : "levels", u, t, power);
                    snprintf(want, sizeof(want), "%ux1@%u..%u^%d ", u, t, t, power);
                    const char *found = look(&sheet, UNITS, PERIODS, NULL, false);
                    if (power == 0)
                        CHECK_TEXT(found, "");
                    else
                        check_only(found, want);
                }
}

TEST(magnitude_of_all_at_once) {
    for (int sums = 0; sums < 2; sums++)
        for (uint32_t t = 0; t < PERIODS; t++) {
            struct sheet sheet;
            fill(&sheet, sums != 0);
            for (uint32_t u = 0; u < UNITS; u++)
                sheet.cell[t][u] *= 10000;
            CASE("%s, period %u", sums ? "sums" : "levels", t);
            char want[64];
            snprintf(want, sizeof(want), "0x%u@%u..%u^4 ", UNITS, t, t);
            const char *found = look(&sheet, UNITS, PERIODS, NULL, false);
            check_only(found, want);
        }
}

TEST(magnitude_two_years) {
    struct sheet sheet;
    fill(&sheet, false);
    name_periods(&sheet, 2, true);
    for (uint32_t u = 0; u < UNITS; u++)
        sheet.cell[1][u] = sheet.cell[0][u] * 1000 * 1.1;
    CASE("one comparison: by 1,000 it is asked");
    CHECK(strncmp(look(&sheet, UNITS, 2, NULL, false), "0x6@1..1^3 ", 11) == 0);
    CASE("by 10 it may be growth");
    for (uint32_t u = 0; u < UNITS; u++)
        sheet.cell[1][u] = sheet.cell[0][u] * 10;
    CHECK_TEXT(look(&sheet, UNITS, 2, NULL, false), "");
    CASE("one of several units is asked about");
    for (uint32_t u = 0; u < UNITS; u++)
        sheet.cell[1][u] = sheet.cell[0][u] * (u == 3 ? 10 : 1.07);
    CHECK(strncmp(look(&sheet, UNITS, 2, NULL, false), "3x1@1..1^1 ", 11) == 0);
}

TEST(magnitude_alone) {
    struct sheet sheet;
    static const double sum[] = {10, 21, 33, 44, 11, 23, 350, 47, 12, 25, 38, 52};
    fill(&sheet, false);
    for (uint32_t t = 0; t < PERIODS; t++)
        sheet.cell[t][0] = sum[t];
    CASE("January against December is no slip, ten times the same quarter is");
    CHECK_TEXT(look(&sheet, 1, PERIODS, NULL, false), "0x1@6..6^1 350 ≈ 38 × 10");
    CASE("of the first year too");
    sheet.cell[6][0] = 35;
    CHECK_TEXT(look(&sheet, 1, PERIODS, NULL, false), "");
    sheet.cell[3][0] = 4.4;
    CHECK(strncmp(look(&sheet, 1, 4, NULL, false), "0x1@3..3^-1 ", 12) == 0);
    CASE("two figures say nothing");
    CHECK_TEXT(look(&sheet, 1, 2, NULL, false), "");
}

TEST(magnitude_never_asked) {
    static const struct {
        const char *name, *measure;
        double row[PERIODS]; // of each unit, shifted by the unit's number
    } cases[] = {
        {"accidents", "起", {0, 1, 0, 2, 1, 0, 0, 10, 1, 0, 3, 1}},
        {"one accident, mostly", "起", {1, 1, 1, 1, 1, 1, 10, 1, 1, 1, 1, 1}},
        {"growth near zero", NULL, {0.4, 5.1, -0.2, 3, 0.05, 6, 2.2, -3, 0.5, 1, 4, 0.1}},
        {"growth in percent, once far less",
         "%",
         {6, 6.2, 5.8, 6.1, 6, 0.6, 5.9, 6, 6.2, 6, 6.1, 6}},
        {"one size in two", NULL, {1, 5, 22, 3, 9, 40, 2, 11, 1, 30, 7, 4}},
        {"zeros", NULL, {0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0}},
        {"five times as much is a new factory", NULL, {5, 5, 5, 5, 5, 5, 5, 25, 26, 25, 26, 25}},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct sheet sheet;
        fill(&sheet, false);
        for (uint32_t t = 0; t < PERIODS; t++)
            for (uint32_t u = 0; u < UNITS; u++)
                sheet.cell[t][u] = cases[i].row[(t + u * 5) % PERIODS];
        CASE("%s", cases[i].name);
        CHECK_TEXT(look(&sheet, UNITS, PERIODS, cases[i].measure, false), "");
    }
}

TEST(magnitude_of_new_figures) {
    struct sheet sheet;
    fill(&sheet, true);
    for (uint32_t u = 0; u < UNITS; u++)
        sheet.fresh[PERIODS - 1][u] = true;
    sheet.cell[4][2] *= 100; // an old slip, of which nothing is told now
    CASE("new and right");
    CHECK_TEXT(look(&sheet, UNITS, PERIODS, NULL, true), "");
    CASE("one is wrong");
    sheet.cell[PERIODS - 1][4] /= 100;
    CHECK(strncmp(look(&sheet, UNITS, PERIODS, NULL, true), "4x1@11..11^-2 ", 14) == 0);
    CASE("a sheet for one unit, and nothing from the others");
    for (uint32_t u = 0; u < UNITS; u++)
        if (u != 4)
            sheet.cell[PERIODS - 1][u] = NAN;
    CHECK(strncmp(look(&sheet, UNITS, PERIODS, NULL, true), "4x1@11..11^-2 ", 14) == 0);
    CASE("more wrong figures than right ones before");
    fill(&sheet, false);
    for (uint32_t t = 4; t < PERIODS; t++)
        for (uint32_t u = 0; u < UNITS; u++) {
            sheet.fresh[t][u] = true;
            sheet.cell[t][u] *= 100;
        }
    CHECK(strncmp(look(&sheet, UNITS, PERIODS, NULL, true), "0x6@4..", 7) == 0);
}

TEST(magnitude_order_of_units) {
    struct sheet sheet, turned;
    fill(&sheet, true);
    sheet.cell[5][1] *= 1000;
    sheet.cell[7][4] /= 10;
    fill(&turned, true);
    for (uint32_t t = 0; t < PERIODS; t++)
        for (uint32_t u = 0; u < UNITS; u++)
            turned.cell[t][UNITS - 1 - u] = sheet.cell[t][u];
    char first[1024];
    snprintf(first, sizeof(first), "%s", look(&sheet, UNITS, PERIODS, NULL, false));
    CHECK(strncmp(first, "1x1@5..5^3 ", 11) == 0 && strstr(first, "; 4x1@7..7^-1 ") != NULL);
    const char *again = look(&turned, UNITS, PERIODS, NULL, false);
    CHECK(strncmp(again, "4x1@5..5^3 ", 11) == 0 && strstr(again, "; 1x1@7..7^-1 ") != NULL);
}

static bool column_of(void *context, uint32_t element, struct baton_period period,
                      struct baton_column *out) {
    struct sheet *sheet = context;
    (void)element;
    for (uint32_t t = 0; t < PERIODS - 1; t++)
        if (baton_period_equal(sheet->period[t], period)) {
            *out = (struct baton_column){.value = sheet->cell[t]};
            return true;
        }
    return false;
}

/* All periods but the last are facts; the last is a sheet. */
TEST(magnitude_of_a_sheet) {
    struct sheet sheet;
    fill(&sheet, true);
    struct baton_element element = {.id = "e", .frequency = BATON_QUARTER};
    const struct baton_scheme scheme = {
        .element = &element, .element_count = 1, .unit_count = UNITS};
    const struct baton_facts facts = {
        .context = &sheet,
        .column = column_of,
        .first = sheet.period[0],
        .last = sheet.period[PERIODS - 2],
        .element_first = &sheet.period[0],
        .element_last = &sheet.period[PERIODS - 2],
    };
    static const uint32_t unit[UNITS] = {0, 1, 2, 3, 4, 5};
    static const struct {
        const char *name;
        double times;
        size_t units;
        const char *measure;
        bool known;
        int power;
    } cases[] = {
        {"as usual", 1, UNITS, NULL, true, 0},
        {"all in another unit of measurement", 10000, UNITS, NULL, true, 4},
        {"a hundredth", 0.01, UNITS, NULL, true, -2},
        {"between two powers", 3.3, UNITS, NULL, false, 0},
        {"by more than is asked", 1e6, UNITS, NULL, false, 0},
        {"percentages are not wrong by 10", 10, UNITS, "%", false, 0},
        {"two units are too few", 1, 2, NULL, false, 0},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].name);
        struct baton_arena *arena = arena_open();
        double value[UNITS];
        int power = 0;
        for (uint32_t u = 0; u < UNITS; u++)
            value[u] = sheet.cell[PERIODS - 1][u] * cases[i].times;
        element.measure = cases[i].measure;
        const struct magnitude_sheet figures = {0, sheet.period[PERIODS - 1], cases[i].units, unit,
                                                value};
        CHECK_INT(magnitude_of_sheet(arena, &scheme, &facts, &figures, &power), cases[i].known);
        if (cases[i].known)
            CHECK_INT(power, cases[i].power);
        arena_close(arena);
    }
}
