/* Outliers and scale, worked by hand. */
#include "engine/treat.h"
#include "unit/test.h"
#include <math.h>
#include <string.h>

enum { N = 24, W = BATON_NOTE_WINSORISED, L = BATON_NOTE_CLIPPED };

/* clang-format off */
#define TWENTY_TIMES_0 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
#define TO_18 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18

static const struct {
    const char *name;
    enum baton_treat kind;
    double a, b;
    uint32_t n;
    double value[N], want[N];
    uint16_t note[N];
} cases[] = {
    {"none", BATON_TREAT_NONE, 0, 0, 3, {1, NAN, 1e9}, {1, NAN, 1e9}, {0}},
    /* skewness 2.23, kurtosis 4.99; then -0.54, -1.49 */
    {"one step is enough", BATON_TREAT_WINSORISE, 5, NAN, 5, {1, 2, 3, 4, 100}, {1, 2, 3, 4, 4}, {[4] = W}},
    {"whatever the order, missing ones left out", BATON_TREAT_WINSORISE, 5, NAN, 7, {NAN, 100, 3, NAN, 1, 4, 2}, {NAN, 4, 3, NAN, 1, 4, 2}, {[1] = W}},
    {"from below", BATON_TREAT_WINSORISE, 5, NAN, 5, {-1, -2, -3, -4, -100}, {-1, -2, -3, -4, -4}, {[4] = W}},
    {"none allowed", BATON_TREAT_WINSORISE, 0, NAN, 5, {1, 2, 3, 4, 100}, {1, 2, 3, 4, 100}, {0}},
    /* 3.14, 9.91; then 1.74, 1.33 */
    {"stops when the shape is sound", BATON_TREAT_WINSORISE, 5, NAN, 10, {1, 2, 3, 4, 5, 6, 7, 8, 60, 1000}, {1, 2, 3, 4, 5, 6, 7, 8, 60, 60}, {[9] = W}},
    {"two steps", BATON_TREAT_WINSORISE, 5, NAN, 20, {TO_18, 100, 1000}, {TO_18, 18, 18}, {[18] = W, W}},
    {"one step allowed", BATON_TREAT_WINSORISE, 1, NAN, 20, {TO_18, 100, 1000}, {TO_18, 100, 100}, {[19] = W}},
    {"a step takes all that are equal", BATON_TREAT_WINSORISE, 1, NAN, 20, {TO_18, 90, 90}, {TO_18, 18, 18}, {[18] = W, W}},
    {"equal at 12 digits", BATON_TREAT_WINSORISE, 1, NAN, 20, {TO_18, 90, 90 + 0x1p-46}, {TO_18, 18, 18}, {[18] = W, W}},
    {"a figure counts once", BATON_TREAT_WINSORISE, 2, NAN, 23, {TWENTY_TIMES_0, 1, 100, 101}, {TWENTY_TIMES_0, 1, 1, 1}, {[21] = W, W}},
    {"three, and nothing is left of them", BATON_TREAT_WINSORISE, 3, NAN, 23, {TWENTY_TIMES_0, 1, 100, 101}, {TWENTY_TIMES_0, 0, 0, 0}, {[20] = W, W, W}},
    /* -4.19, 20.2; then 4.88, 23.8; then 0, -1.32 */
    {"both sides, the skewed one first", BATON_TREAT_WINSORISE, 5, NAN, 24, {-1000, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 300},
        {0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10}, {[0] = W, [23] = W}},
    {"skewness of just 2 (and a rounding error less)", BATON_TREAT_WINSORISE, 5, NAN, 4, {0, 0, 0, 1}, {0, 0, 0, 1}, {0}},
    {"three have no kurtosis", BATON_TREAT_WINSORISE, 5, NAN, 3, {0, 0, 1e9}, {0, 0, 1e9}, {0}},
    {"all equal", BATON_TREAT_WINSORISE, 5, NAN, 5, {3, 3, 3, 3, 3}, {3, 3, 3, 3, 3}, {0}},
    {"all missing", BATON_TREAT_WINSORISE, 5, NAN, 2, {NAN, NAN}, {NAN, NAN}, {0}},
    {"nobody", BATON_TREAT_WINSORISE, 5, NAN, 0, {0}, {0}, {0}},
    {"huge", BATON_TREAT_WINSORISE, 5, NAN, 5, {1e98, 2e98, 3e98, 4e98, 1e100}, {1e98, 2e98, 3e98, 4e98, 4e98}, {[4] = W}},

    {"log", BATON_TREAT_LOG, NAN, NAN, 6, {1, 0, -1, NAN, 2, 5e-324}, {0, NAN, NAN, NAN, 0x1.62e42fefa39efp-1, -0x1.74385446d71c3p+9}, {0}},
    {"clip", BATON_TREAT_CLIP, 0, 10, 6, {-1, 0, 5, 10, 11, NAN}, {0, 0, 5, 10, 10, NAN}, {[0] = L, [4] = L}},
    {"clip, beyond by a rounding error", BATON_TREAT_CLIP, 0.3, 0.5, 2, {0.5, 0.3 - 0x1p-54}, {0.5, 0.3}, {0}},
    {"clip, infinities", BATON_TREAT_CLIP, -INFINITY, 1e99, 3, {-1e300, 1e300, 0}, {-1e300, 1e99, 0}, {[1] = L}},
};
/* clang-format on */

TEST(treat_by_hand) {
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].name);
        const struct cohorts one = {(uint32_t[]){0, cases[i].n}, 1};
        double value[N];
        uint16_t note[N] = {0};
        memcpy(value, cases[i].value, sizeof value);
        treat(arena, cases[i].kind, cases[i].a, cases[i].b, &one, value, note);
        CHECK_SAME("values", value, cases[i].want, cases[i].n);
        for (uint32_t k = 0; k < cases[i].n; k++)
            CHECK_INT(note[k], cases[i].note[k]);
        memcpy(value, cases[i].value, sizeof value);
        treat(arena, cases[i].kind, cases[i].a, cases[i].b, &one, value, NULL);
        CHECK_SAME("without notes", value, cases[i].want, cases[i].n);
    }
    arena_close(arena);
}

TEST(treat_goes_cohort_by_cohort) {
    struct baton_arena *arena = arena_open();
    double value[] = {7, 1, 2, 3, 4, 100, 1, 1, -1, -2, -3, -4, -100, 7};
    static const double want[] = {7, 1, 2, 3, 4, 4, 1, 1, -1, -2, -3, -4, -4, 7};
    uint16_t note[LENGTH(value)];
    for (size_t i = 0; i < LENGTH(value); i++)
        note[i] = BATON_NOTE_IMPUTED;
    const struct cohorts cohorts = {(uint32_t[]){1, 6, 6, 8, 13},
                                    4}; // the second is empty; the ends are in none
    treat(arena, BATON_TREAT_WINSORISE, 5, NAN, &cohorts, value, note);
    CHECK_SAME("values", value, want, LENGTH(value));
    for (size_t i = 0; i < LENGTH(value); i++)
        CHECK_INT(note[i], BATON_NOTE_IMPUTED | (i == 5 || i == 12 ? BATON_NOTE_WINSORISED : 0));
    treat(arena, BATON_TREAT_CLIP, 0, 1, &(struct cohorts){(uint32_t[]){3}, 0}, value,
          note); // no cohort at all
    CHECK_SAME("values", value, want, LENGTH(value));
    arena_close(arena);
}
