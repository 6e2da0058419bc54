/* Statistics against numbers worked by hand. */
#include "engine/statistics.h"
#include "unit/test.h"
#include <math.h>

/* clang-format off */
static const struct {
    const char *name;
    size_t n;
    double value[8];
    struct moments want;
    double median;
} cases[] = {
    {"nobody", 0, {0}, {0, NAN, NAN, NAN, NAN}, NAN},
    {"all missing", 2, {NAN, NAN}, {0, NAN, NAN, NAN, NAN}, NAN},
    {"one alone", 1, {7}, {1, 7, 7, 7, NAN}, 7},
    {"one among missing ones", 3, {NAN, -7, NAN}, {1, -7, -7, -7, NAN}, -7},
    {"two", 2, {1, 3}, {2, 1, 3, 2, 0x1.6a09e667f3bcdp+0}, 2}, // sqrt(((1-2)^2 + (3-2)^2) / 1)
    {"4 6 8", 3, {8, 4, 6}, {3, 4, 8, 6, 2}, 6},
    {"eight", 8, {2, 4, 4, 4, 5, 5, 7, 9}, {8, 2, 9, 5, 0x1.11acee560242ap+1}, 4.5}, // sqrt(32 / 7)
    {"missing ones left out", 5, {8, NAN, 4, NAN, 6}, {3, 4, 8, 6, 2}, 6},
    {"all equal", 3, {0.1, 0.1, 0.1}, {3, 0.1, 0.1, 0.1, 0}, 0.1},
    {"large and alike", 3, {1e15 + 1, 1e15 + 3, 1e15 + 2}, {3, 1e15 + 1, 1e15 + 3, 1e15 + 2, 1}, 1e15 + 2},
    {"zeros of both signs", 2, {-0.0, 0.0}, {2, 0, 0, 0, 0}, 0},
    {"negative", 4, {-1, -2, -3, -4}, {4, -4, -1, -2.5, 0x1.4a7e9cb8a3491p+0}, -2.5}, // sqrt(5 / 3)
};
/* clang-format on */

TEST(statistics_by_hand) {
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].name);
        struct moments got;
        statistics_moments(cases[i].n, cases[i].value, &got);
        CHECK_INT(got.n, cases[i].want.n);
        CHECK_DOUBLE(got.lo + 0.0, cases[i].want.lo);
        CHECK_DOUBLE(got.hi + 0.0, cases[i].want.hi);
        CHECK_DOUBLE(got.mean, cases[i].want.mean);
        CHECK_DOUBLE(got.sd, cases[i].want.sd);
        CHECK_DOUBLE(statistics_median(arena, cases[i].n, cases[i].value) + 0.0, cases[i].median);
    }
    arena_close(arena);
}

/* Squares of these are no doubles; the statistics are. */
TEST(statistics_of_any_size) {
    static const double powers[] = {0x1p-1000, 0x1p-600, 0x1p-30, 1, 0x1p30, 0x1p600, 0x1p1020};
    for (size_t i = 0; i < LENGTH(powers); i++) {
        CASE("times %g", powers[i]);
        const double k = powers[i];
        struct moments got;
        statistics_moments(8, (double[]){2 * k, 4 * k, 4 * k, 4 * k, 5 * k, 5 * k, 7 * k, 9 * k},
                           &got);
        CHECK_DOUBLE(got.mean, 5 * k);
        CHECK_DOUBLE(got.sd, 0x1.11acee560242ap+1 * k);
        double skewness, kurtosis;
        statistics_shape(8, (double[]){2 * k, 4 * k, 4 * k, 4 * k, 5 * k, 5 * k, 7 * k, 9 * k},
                         &skewness, &kurtosis);
        CHECK_NEAR(skewness, 0.8184875533567997, 1e-14);
        CHECK_NEAR(kurtosis, 0.940625, 1e-14);
    }
}

/* Of 2 4 4 4 5 5 7 9: m2 = 4, m3 = 42/8, m4 = 356/8; g1 = 5.25/8 = 0.65625, g2 = 44.5/16 - 3 = -0.21875.
 * G1 = g1 sqrt(8*7)/6 = 0.81848..., G2 = 7/(6*5) * (9 g2 + 6) = 0.940625. */
TEST(statistics_shape_by_hand) {
    static const struct {
        const char *name;
        size_t n;
        double value[9], skewness, kurtosis;
    } shapes[] = {
        {"nobody", 0, {0}, NAN, NAN},
        {"two", 2, {1, 2}, NAN, NAN},
        {"two and missing ones", 4, {1, NAN, 2, NAN}, NAN, NAN},
        {"three have no kurtosis", 3, {1, 2, 3}, 0, NAN},
        {"all equal", 5, {4, 4, 4, 4, 4}, NAN, NAN},
        {"equal at 12 digits", 5, {0.3, 0.3, 0.3, 0.1 + 0.2, 0.3}, NAN, NAN},
        {"eight", 8, {2, 4, 4, 4, 5, 5, 7, 9}, 0.8184875533567997, 0.940625},
        {"eight and a missing one", 9, {2, 4, 4, NAN, 4, 5, 5, 7, 9}, 0.8184875533567997, 0.940625},
        {"turned round", 8, {-2, -4, -4, -4, -5, -5, -7, -9}, -0.8184875533567997, 0.940625},
        /* 0 0 0 1: mean 1/4, m2 = 3/16, m3 = 3/32, m4 = 21/256: g1 = 2/sqrt(3), G1 = g1 sqrt(12)/2 = 2;
         * g2 = 7/3 - 3 = -2/3, G2 = 3/2 * (-10/3 + 6) = 4. */
        {"one among equal ones", 4, {0, 0, 0, 1}, 2, 4},
        {"even",
         4,
         {1, 2, 3, 4},
         0,
         -1.2}, // m2 = 5/4, m4 = 41/16: g2 = 41/25 - 3 = -34/25; 3/2 * (-34/5 + 6)
    };
    for (size_t i = 0; i < LENGTH(shapes); i++) {
        CASE("%s", shapes[i].name);
        double skewness, kurtosis;
        statistics_shape(shapes[i].n, shapes[i].value, &skewness, &kurtosis);
        CHECK_NEAR(skewness, shapes[i].skewness, 1e-14);
        CHECK_NEAR(kurtosis, shapes[i].kurtosis, 1e-14);
    }
}

TEST(statistics_constant_is_at_12_digits) {
    CHECK(statistics_constant(0.3, 0.1 + 0.2));
    CHECK(statistics_constant(5, 5));
    CHECK(statistics_constant(-0.0, 0.0));
    CHECK(statistics_constant(NAN, NAN)); // nobody
    CHECK(statistics_constant(1e300, 1e300 * (1 + 1e-13)));
    CHECK(!statistics_constant(1, 1 + 1e-10));
    CHECK(!statistics_constant(0, 5e-324));
    CHECK(!statistics_constant(-1, 1));
}

TEST(statistics_median_of_many) {
    enum { MANY = 1001 };
    struct baton_arena *arena = arena_open();
    static double value[MANY];
    for (uint32_t i = 0; i < MANY; i++)
        value[i] = (double)(i * 7919 % MANY) + 0.25; // each of 0..1000 once
    CHECK_DOUBLE(statistics_median(arena, MANY, value), 500.25);
    CHECK_DOUBLE(statistics_median(arena, MANY - 1, value),
                 value[MANY - 1] > 500 ? 499.75 : 500.75);
    CHECK_DOUBLE(statistics_median(arena, 2, (double[]){1.5e308, 1.7e308}),
                 1.6e308); // their sum is no double
    CHECK_DOUBLE(statistics_median(arena, 2, (double[]){0.1, 0.1}), 0.1);
    arena_close(arena);
}
