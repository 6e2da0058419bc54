/* Scores by every kind of method, worked by hand: kind by kind, direction by direction, and what happens at the edges.
 * Each case is run alone, in place, without notes, and as the middle one of three cohorts. */
#include "baton/method.h"
#include "engine/normalise.h"
#include "unit/test.h"
#include <math.h>
#include <string.h>

enum {
    N = 6,
    C = BATON_NOTE_CLAMPED,
    K = BATON_NOTE_CONSTANT,
    Z = BATON_NOTE_ZERO,
    T = BATON_NOTE_NO_TARGET
};

#define UP BATON_UP
#define DOWN BATON_DOWN

/* An example writes the parameters that are not the defaults behind them. */
#pragma GCC diagnostic ignored "-Woverride-init"

#define NONE .floor = NAN, .cap = NAN
#define RANGE(...) .how = {.kind = BATON_METHOD_RANGE, .high = 100, NONE, __VA_ARGS__}
#define ZSCORE(...) .how = {.kind = BATON_METHOD_ZSCORE, .mean = 70, .sd = 10, NONE, __VA_ARGS__}
#define RANK(...) .how = {.kind = BATON_METHOD_RANK, .low = 60, .high = 100, NONE, __VA_ARGS__}
#define RACE(...) \
    .how = {.kind = BATON_METHOD_RACE, .first = 100, .step = 5, .floor = 0, .cap = NAN, __VA_ARGS__}
#define PERCENTILE(...) .how = {.kind = BATON_METHOD_PERCENTILE, NONE, __VA_ARGS__}
#define TARGET(...) \
    .how = {.kind = BATON_METHOD_TARGET, .start_at = NAN, .floor = 0, .cap = NAN, __VA_ARGS__}
#define PASS(...) .how = {.kind = BATON_METHOD_PASS, NONE, __VA_ARGS__}
#define DIRECT(...) .how = {.kind = BATON_METHOD_DIRECT, NONE, __VA_ARGS__}
#define DEDUCT(...) \
    .how = {.kind = BATON_METHOD_DEDUCT, .above = NAN, .floor = 0, .cap = NAN, __VA_ARGS__}
#define BANDS(...) .how = {.kind = BATON_METHOD_BANDS, NONE, __VA_ARGS__}
#define LEVELS(...) .how = {.kind = BATON_METHOD_LEVELS, NONE, __VA_ARGS__}
#define BEST(...) .how = {.kind = BATON_METHOD_BEST, NONE, __VA_ARGS__}
#define RULE(...) .how = {.kind = BATON_METHOD_RULE, NONE, __VA_ARGS__}
#define FIXED(low_bound, high_bound) .lo = (low_bound), .hi = (high_bound)

static const double five_scores[] = {100, 90, 80, 70, 60};
static const struct baton_band steps[] = {{95, 100}, {90, 85}, {80, 60}};
static const struct baton_band down_steps[] = {{2, 100}, {5, 80}, {10, 50}};
static const struct baton_band codes[] = {{4, 100}, {0, 80}, {7, 40}}; // by index of the code
#define BY_FIVE_SCORES .step = NAN, .table = five_scores, .table_count = LENGTH(five_scores)
#define BY_STEPS .bands = steps, .table_count = LENGTH(steps)
#define BY_DOWN_STEPS .bands = down_steps, .table_count = LENGTH(down_steps), .below = 10
#define BY_CODES .bands = codes, .table_count = LENGTH(codes)

struct example {
    const char *name;
    struct baton_method how;
    enum baton_direction direction;
    double lo, hi, against;
    uint32_t n;
    double value[N], target[N], baseline[N], racing[N];
    bool has_target, has_baseline, has_racing;
    double want[N];
    uint16_t note[N];
};

#define TARGETS .has_target = true, .target
#define BASELINES .has_baseline = true, .baseline
#define RACING .has_racing = true, .racing

/* clang-format off */
static const struct example range[] = {
    {"nobody", RANGE()},
    {"all missing", RANGE(), .n = 2, .value = {NAN, NAN}, .want = {NAN, NAN}},
    {"worst 0, best 100", RANGE(), .n = 3, .value = {10, 30, 15}, .want = {0, 100, 25}},
    {"down", RANGE(), DOWN, .n = 3, .value = {10, 30, 15}, .want = {100, 0, 75}},
    {"low and high", RANGE(.low = 60), .n = 5, .value = {8, 4, 12, 6, 10}, .want = {80, 60, 100, 70, 90}},
    {"low and high, down", RANGE(.low = 60), DOWN, .n = 5, .value = {8, 4, 12, 6, 10}, .want = {80, 100, 60, 90, 70}},
    {"low above high", RANGE(.low = 100, .high = 60), .n = 2, .value = {1, 2}, .want = {100, 60}},
    {"missing stays missing", RANGE(.low = 60), .n = 3, .value = {10, NAN, 30}, .want = {60, NAN, 100}},
    {"missing first and last", RANGE(), .n = 6, .value = {NAN, 1, 3, 2, NAN, NAN}, .want = {NAN, 0, 100, 50, NAN, NAN}},
    {"all equal score high", RANGE(.low = 60), .n = 3, .value = {7, 7, 7}, .want = {100, 100, 100}, .note = {K, K, K}},
    {"all equal, down, score high", RANGE(.low = 60), DOWN, .n = 2, .value = {7, 7}, .want = {100, 100}, .note = {K, K}},
    {"one alone scores high", RANGE(.low = 60), .n = 3, .value = {NAN, 7, NAN}, .want = {NAN, 100, NAN}, .note = {0, K, 0}},
    {"equal at 12 digits", RANGE(.low = 60), .n = 2, .value = {0.1 + 0.2, 0.3}, .want = {100, 100}, .note = {K, K}},
    {"unequal at the 11th digit", RANGE(), .n = 3, .value = {1, 1 + 4 * 0x1p-34, 1 + 2 * 0x1p-34}, .want = {0, 100, 50}},
    {"zeros of both signs", RANGE(), .n = 2, .value = {-0.0, 0.0}, .want = {100, 100}, .note = {K, K}},
    {"through zero", RANGE(), .n = 4, .value = {-1, 0.0, -0.0, 1}, .want = {0, 50, 50, 100}},
    {"huge", RANGE(), .n = 4, .value = {-1.5e308, 1.5e308, 0, 0.75e308}, .want = {0, 100, 50, 75}},
    {"huge, down", RANGE(), DOWN, .n = 4, .value = {-1.5e308, 1.5e308, 0, 0.75e308}, .want = {100, 0, 50, 25}},
    {"tiny", RANGE(), .n = 3, .value = {0, 4 * 5e-324, 5e-324}, .want = {0, 100, 25}},
    {"the extremes score exactly low and high", RANGE(.low = 60, .high = 99.9), .n = 3, .value = {0.1, 0.7, 0.1}, .want = {60, 99.9, 60}},
    {"fixed", RANGE(.over = BATON_OVER_FIXED, .low = 60), FIXED(4, 12), .n = 3, .value = {8, 4, 12}, .want = {80, 60, 100}},
    {"fixed, down", RANGE(.over = BATON_OVER_FIXED, .low = 60), DOWN, FIXED(4, 12), .n = 3, .value = {6, 4, 12}, .want = {90, 100, 60}},
    {"fixed, beyond the bounds", RANGE(.over = BATON_OVER_FIXED), FIXED(0, 10), .n = 4, .value = {-1, 11, NAN, 10}, .want = {0, 100, NAN, 100}, .note = {C, C, 0, 0}},
    {"fixed, beyond the bounds, down", RANGE(.over = BATON_OVER_FIXED), DOWN, FIXED(0, 10), .n = 3, .value = {-1, 11, 9}, .want = {100, 0, 10}, .note = {C, C, 0}},
    {"fixed, at a bound but for rounding errors", RANGE(.over = BATON_OVER_FIXED), FIXED(0, 0.3), .n = 2, .value = {0.1 + 0.2, 0.15}, .want = {100, 50}},
    {"fixed, one alone", RANGE(.over = BATON_OVER_FIXED), FIXED(0, 8), .n = 1, .value = {2}, .want = {25}},
    {"fixed, bounds equal", RANGE(.over = BATON_OVER_FIXED), FIXED(3, 3), .n = 2, .value = {2, 4}, .want = {100, 100}, .note = {K, K}},
    {"fixed, huge", RANGE(.over = BATON_OVER_FIXED), FIXED(-1.5e308, 1.5e308), .n = 2, .value = {0, 1.7e308}, .want = {50, 100}, .note = {0, C}},
    {"fixed, no bounds", RANGE(.over = BATON_OVER_FIXED), FIXED(NAN, NAN), .n = 1, .value = {2}, .want = {NAN}},
    {"floor and cap", RANGE(.floor = 20, .cap = 90), .n = 4, .value = {0, 10, 5, NAN}, .want = {20, 90, 50, NAN}, .note = {C, C, 0, 0}},
    {"floor alone", RANGE(.floor = 60), .n = 3, .value = {0, 10, 6}, .want = {60, 100, 60}, .note = {C, 0, 0}},
    {"cap below all", RANGE(.low = 60, .cap = 50), .n = 2, .value = {1, 1}, .want = {50, 50}, .note = {K | C, K | C}},
};

static const struct example zscore[] = {
    {"nobody", ZSCORE()},
    {"mean 6, sd 2", ZSCORE(), .n = 3, .value = {4, 6, 8}, .want = {60, 70, 80}},
    {"down", ZSCORE(), DOWN, .n = 3, .value = {4, 6, 8}, .want = {80, 70, 60}},
    {"missing ones left out", ZSCORE(), .n = 5, .value = {4, NAN, 6, 8, NAN}, .want = {60, NAN, 70, 80, NAN}},
    {"one alone", ZSCORE(), .n = 2, .value = {NAN, 5}, .want = {NAN, 70}, .note = {0, K}},
    {"all equal", ZSCORE(), DOWN, .n = 2, .value = {5, 5}, .want = {70, 70}, .note = {K, K}},
    {"equal at 12 digits", ZSCORE(), .n = 2, .value = {0.1 + 0.2, 0.3}, .want = {70, 70}, .note = {K, K}},
    {"all missing", ZSCORE(), .n = 1, .value = {NAN}, .want = {NAN}},
    {"huge", ZSCORE(), .n = 3, .value = {4e200, 6e200, 8e200}, .want = {60, 70, 80}},
    {"tiny", ZSCORE(), .n = 3, .value = {0x4p-600, 0x6p-600, 0x8p-600}, .want = {60, 70, 80}},
    {"no spread asked for", ZSCORE(.sd = 0), .n = 3, .value = {4, 6, 8}, .want = {70, 70, 70}},
    {"floor and cap", ZSCORE(.floor = 65, .cap = 75), .n = 3, .value = {4, 6, 8}, .want = {65, 70, 75}, .note = {C, 0, C}},
};

static const struct example rank[] = {
    {"nobody", RANK()},
    {"three", RANK(), .n = 3, .value = {5, 9, 7}, .want = {60, 100, 80}},
    {"down", RANK(), DOWN, .n = 3, .value = {5, 9, 7}, .want = {100, 60, 80}},
    {"one alone", RANK(), .n = 2, .value = {NAN, 5}, .want = {NAN, 100}, .note = {0, K}},
    {"missing ones left out", RANK(), .n = 4, .value = {5, NAN, 9, 7}, .want = {60, NAN, 100, 80}},
    {"ties min", RANK(), .n = 5, .value = {9, 8, 8, 7, 6}, .want = {100, 90, 90, 70, 60}},
    {"ties dense", RANK(.ties = BATON_TIES_DENSE), .n = 5, .value = {9, 8, 8, 7, 6}, .want = {100, 90, 90, 80, 70}},
    {"ties max", RANK(.ties = BATON_TIES_MAX), .n = 5, .value = {9, 8, 8, 7, 6}, .want = {100, 80, 80, 70, 60}},
    {"ties average", RANK(.ties = BATON_TIES_AVERAGE), .n = 5, .value = {9, 8, 8, 7, 6}, .want = {100, 85, 85, 70, 60}},
    {"ties average, down", RANK(.ties = BATON_TIES_AVERAGE), DOWN, .n = 5, .value = {9, 8, 8, 7, 6}, .want = {60, 75, 75, 90, 100}},
    {"equal at 12 digits", RANK(), .n = 3, .value = {0.3, 0.1 + 0.2, 0.1}, .want = {100, 100, 60}},
    {"all equal", RANK(), .n = 3, .value = {4, 4, 4}, .want = {100, 100, 100}, .note = {K, K, K}},
    {"all equal at 12 digits, ties max", RANK(.ties = BATON_TIES_MAX), .n = 2, .value = {0.3, 0.1 + 0.2}, .want = {60, 60}, .note = {K, K}},
    {"zeros of both signs", RANK(), .n = 2, .value = {0.0, -0.0}, .want = {100, 100}, .note = {K, K}},
    {"the last scores exactly low", RANK(.low = 0, .high = 1), .n = 4, .value = {4, 3, 2, 1}, .want = {1, 1 - 1.0 / 3, 1 - 2.0 / 3, 0}},
    {"huge", RANK(), .n = 3, .value = {1e300, -1e300, 0}, .want = {100, 60, 80}},
    {"floor and cap", RANK(.floor = 70, .cap = 90), .n = 3, .value = {5, 9, 7}, .want = {70, 90, 80}, .note = {C, C, 0}},
};

static const struct example race[] = {
    {"nobody", RACE()},
    {"each place five less", RACE(), .n = 4, .value = {12, 10, 10, 7}, .want = {100, 95, 95, 85}},
    {"down", RACE(), DOWN, .n = 4, .value = {12, 10, 10, 7}, .want = {85, 95, 95, 100}},
    {"ties dense", RACE(.step = 10, .ties = BATON_TIES_DENSE), .n = 6, .value = {9, 8, 8, 7, 6, 5}, .want = {100, 90, 90, 80, 70, 60}},
    {"ties max", RACE(.step = 10, .ties = BATON_TIES_MAX), .n = 6, .value = {9, 8, 8, 7, 6, 5}, .want = {100, 80, 80, 70, 60, 50}},
    {"ties average", RACE(.step = 10, .ties = BATON_TIES_AVERAGE), .n = 3, .value = {9, 8, 8}, .want = {100, 85, 85}},
    {"down, ties min", RACE(.step = 10), DOWN, .n = 6, .value = {9, 8, 8, 7, 6, 5}, .want = {50, 70, 70, 80, 90, 100}},
    {"at least the floor", RACE(.step = 30, .floor = 50), .n = 4, .value = {4, 3, 2, 1}, .want = {100, 70, 50, 50}, .note = {0, 0, C, C}},
    {"at least 0", RACE(.first = 10), .n = 4, .value = {4, 3, 2, 1}, .want = {10, 5, 0, 0}, .note = {0, 0, 0, C}},
    {"no floor", RACE(.first = 10, .floor = NAN), .n = 4, .value = {4, 3, 2, 1}, .want = {10, 5, 0, -5}},
    {"missing ones have no place", RACE(), .n = 4, .value = {NAN, 10, NAN, 7}, .want = {NAN, 100, NAN, 95}},
    {"one alone", RACE(), .n = 1, .value = {3}, .want = {100}, .note = {K}},
    {"all equal", RACE(), .n = 2, .value = {3, 3}, .want = {100, 100}, .note = {K, K}},
    {"equal at 12 digits", RACE(), .n = 3, .value = {0.3, 0.1 + 0.2, 0.2}, .want = {100, 100, 90}},
    {"a table", RACE(BY_FIVE_SCORES, .floor = 50), .n = 6, .value = {9, 8, 8, 7, 6, 5}, .want = {100, 90, 90, 70, 60, 50}},
    {"a table, half ranks", RACE(BY_FIVE_SCORES, .floor = 50, .ties = BATON_TIES_AVERAGE), .n = 6, .value = {9, 8, 8, 7, 6, 5}, .want = {100, 85, 85, 70, 60, 50}},
    {"a table, a half rank at its end", RACE(BY_FIVE_SCORES, .floor = 50, .ties = BATON_TIES_AVERAGE), .n = 6, .value = {9, 8, 7, 6, 5, 5}, .want = {100, 90, 80, 70, 55, 55}},
    {"a table, beyond it 0", RACE(BY_FIVE_SCORES), .n = 6, .value = {9, 8, 7, 6, 5, 4}, .want = {100, 90, 80, 70, 60, 0}},
    {"a table, its scores below the floor", RACE(BY_FIVE_SCORES, .floor = 75), .n = 5, .value = {9, 8, 7, 6, 5}, .want = {100, 90, 80, 75, 75}, .note = {0, 0, 0, C, C}},
    {"among those that met the target", RACE(.otherwise = 20), .n = 4, .value = {9, 8, 8.5, 7}, RACING = {1, 1, 1, 0}, .want = {100, 90, 95, 20}},
    {"a condition that is missing does not hold", RACE(), .n = 3, .value = {9, 8, 7}, RACING = {NAN, 1, 2}, .want = {0, 100, 95}},
    {"who does not race and is missing", RACE(.otherwise = 20), .n = 3, .value = {9, NAN, NAN}, RACING = {1, 0, 1}, .want = {100, NAN, NAN}, .note = {K, 0, 0}},
    {"nobody races", RACE(.otherwise = 30), .n = 2, .value = {9, 8}, RACING = {0, 0}, .want = {30, 30}},
    {"floor and cap go over all of them", RACE(.otherwise = -5, .cap = 98), .n = 3, .value = {9, 8, 7}, RACING = {1, 1, 0}, .want = {98, 95, 0}, .note = {C, 0, C}},
    {"equal ones race", RACE(.otherwise = 1), .n = 3, .value = {4, 4, 5}, RACING = {1, 1, 0}, .want = {100, 100, 1}, .note = {K, K, 0}},
};

static const struct example percentile[] = {
    {"nobody", PERCENTILE()},
    {"none below, one below", PERCENTILE(), .n = 3, .value = {5, 7, 7}, .want = {0, 50, 50}},
    {"two above, none above", PERCENTILE(), DOWN, .n = 3, .value = {5, 7, 7}, .want = {100, 0, 0}},
    {"four", PERCENTILE(), .n = 4, .value = {1, 4, 3, 2}, .want = {0, 100, 200.0 / 3, 100.0 / 3}},
    {"one alone", PERCENTILE(), .n = 2, .value = {NAN, 5}, .want = {NAN, 100}, .note = {0, K}},
    {"one alone, down", PERCENTILE(), DOWN, .n = 1, .value = {5}, .want = {100}, .note = {K}},
    {"missing ones left out", PERCENTILE(), .n = 4, .value = {1, NAN, 3, 2}, .want = {0, NAN, 100, 50}},
    {"ties do not follow the method's", PERCENTILE(.ties = BATON_TIES_MAX), .n = 3, .value = {5, 7, 7}, .want = {0, 50, 50}},
    {"all equal: none below", PERCENTILE(), .n = 2, .value = {5, 5}, .want = {0, 0}, .note = {K, K}},
    {"equal at 12 digits", PERCENTILE(), .n = 3, .value = {0.3, 0.1 + 0.2, 0.1}, .want = {50, 50, 0}},
    {"floor", PERCENTILE(.floor = 40), .n = 3, .value = {5, 7, 7}, .want = {40, 50, 50}, .note = {C, 0, 0}},
};

static const struct example best[] = {
    {"nobody", BEST()},
    {"of the best", BEST(), .n = 3, .value = {50, 100, 80}, .want = {50, 100, 80}},
    {"down", BEST(), DOWN, .n = 3, .value = {20, 40, 25}, .want = {100, 50, 80}},
    {"of the mean", BEST(.of = BATON_BEST_OF_MEAN), .n = 3, .value = {50, 100, 90}, .want = {62.5, 125, 112.5}},
    {"of the mean, down", BEST(.of = BATON_BEST_OF_MEAN), DOWN, .n = 3, .value = {50, 100, 90}, .want = {160, 80, 100 * 80.0 / 90}},
    {"of a unit", BEST(.of = BATON_BEST_OF_UNIT), .against = 60, .n = 3, .value = {30, 60, 90}, .want = {50, 100, 150}},
    {"of a unit, down", BEST(.of = BATON_BEST_OF_UNIT), DOWN, .against = 60, .n = 3, .value = {30, 60, 90}, .want = {200, 100, 6000.0 / 90}},
    {"of a unit without a figure", BEST(.of = BATON_BEST_OF_UNIT), .against = NAN, .n = 2, .value = {30, NAN}, .want = {NAN, NAN}, .note = {T, 0}},
    {"missing ones left out", BEST(), .n = 3, .value = {50, NAN, 80}, .want = {62.5, NAN, 100}},
    {"all missing", BEST(), .n = 1, .value = {NAN}, .want = {NAN}},
    {"one alone", BEST(), .n = 1, .value = {-3}, .want = {100}, .note = {K}},
    {"all equal", BEST(), .n = 2, .value = {3, 3}, .want = {100, 100}, .note = {K, K}},
    {"all 0", BEST(), .n = 2, .value = {0.0, -0.0}, .want = {100, 100}, .note = {K, K}},
    {"the best is 0", BEST(), .n = 3, .value = {0, -1, -2}, .want = {100, NAN, NAN}, .note = {0, Z, Z}},
    {"0 is not negative", BEST(), .n = 2, .value = {-0.0, 4}, .want = {0, 100}},
    {"down, a figure of 0", BEST(), DOWN, .n = 3, .value = {0, 1, 2}, .want = {100, 0, 0}},
    {"down, 0 is not the best", BEST(), DOWN, .n = 2, .value = {0, -1}, .want = {NAN, 100}, .note = {Z, 0}},
    {"against 0", BEST(.of = BATON_BEST_OF_UNIT), .against = 0, .n = 2, .value = {0, 5}, .want = {100, NAN}, .note = {0, Z}},
    {"equal to it but for rounding errors", BEST(.of = BATON_BEST_OF_UNIT), .against = 0.3, .n = 1, .value = {0.1 + 0.2}, .want = {100}},
    {"cap", BEST(.of = BATON_BEST_OF_MEAN, .cap = 120), .n = 3, .value = {50, 100, 90}, .want = {62.5, 120, 112.5}, .note = {0, C, 0}},
};

static const struct example target[] = {
    {"nobody", TARGET()},
    {"share of the target", TARGET(), .n = 3, .value = {50, 100, 120}, TARGETS = {100, 100, 80}, .want = {50, 100, 150}},
    {"cap", TARGET(.cap = 120), .n = 2, .value = {150, 100}, TARGETS = {100, 100}, .want = {120, 100}, .note = {C, 0}},
    {"at least 0", TARGET(), .n = 1, .value = {-5}, TARGETS = {10}, .want = {0}, .note = {C}},
    {"no floor", TARGET(.floor = NAN), .n = 1, .value = {-5}, TARGETS = {10}, .want = {-50}},
    {"down", TARGET(), DOWN, .n = 3, .value = {50, 100, 200}, TARGETS = {100, 100, 100}, .want = {200, 100, 50}},
    {"down, mirrored", TARGET(.mirror = true), DOWN, .n = 4, .value = {50, 100, 150, 250}, TARGETS = {100, 100, 100, 100}, .want = {150, 100, 50, 0}, .note = {0, 0, 0, C}},
    {"mirror means nothing up", TARGET(.mirror = true), .n = 1, .value = {50}, TARGETS = {100}, .want = {50}},
    {"no target", TARGET(), .n = 3, .value = {50, 60, NAN}, TARGETS = {NAN, 100, NAN}, .want = {NAN, 60, NAN}, .note = {T, 0, 0}},
    {"nobody has a target", TARGET(), .n = 2, .value = {50, NAN}, .want = {NAN, NAN}, .note = {T, 0}},
    {"missing", TARGET(), .n = 1, .value = {NAN}, TARGETS = {100}, .want = {NAN}},
    {"target of 0", TARGET(), .n = 3, .value = {1, 0, -1}, TARGETS = {0, 0, -0.0}, .want = {100, 100, 0}, .note = {Z, Z, Z}},
    {"target below 0", TARGET(), .n = 3, .value = {-4, -5, -6}, TARGETS = {-5, -5, -5}, .want = {100, 100, 0}, .note = {Z, Z, Z}},
    {"target of 0, else the floor", TARGET(.floor = 30), .n = 1, .value = {-1}, TARGETS = {0}, .want = {30}, .note = {Z}},
    {"target of 0, no floor", TARGET(.floor = NAN), .n = 1, .value = {-1}, TARGETS = {0}, .want = {0}, .note = {Z}},
    {"target of 0, down", TARGET(), DOWN, .n = 3, .value = {1, 0, -1}, TARGETS = {0, 0, 0}, .want = {0, 100, 100}, .note = {Z, Z, Z}},
    {"target of 0, down, mirrored", TARGET(.mirror = true), DOWN, .n = 2, .value = {1, 0}, TARGETS = {0, 0}, .want = {0, 100}, .note = {Z, Z}},
    {"down, nothing to divide by", TARGET(), DOWN, .n = 2, .value = {0, -3}, TARGETS = {5, 5}, .want = {100, 100}, .note = {Z, Z}},
    {"down, nothing to divide by, cap", TARGET(.cap = 120), DOWN, .n = 3, .value = {0, -3, 1}, TARGETS = {5, 5, 5}, .want = {120, 120, 120}, .note = {Z, Z, C}},
    {"from the baseline", TARGET(.from_baseline = true, .cap = 110), .n = 3, .value = {15, 22, 8}, TARGETS = {20, 20, 20}, BASELINES = {10, 10, 10}, .want = {50, 110, 0}, .note = {0, C, C}},
    {"from the baseline, downwards", TARGET(.from_baseline = true), DOWN, .n = 3, .value = {15, 10, 20}, TARGETS = {10, 10, 10}, BASELINES = {20, 20, 20}, .want = {50, 100, 0}},
    {"from the baseline, whatever the direction", TARGET(.from_baseline = true), UP, .n = 1, .value = {15}, TARGETS = {10}, BASELINES = {20}, .want = {50}},
    {"from the baseline to 0 and below", TARGET(.from_baseline = true), DOWN, .n = 2, .value = {5, -15}, TARGETS = {0, -20}, BASELINES = {10, -10}, .want = {50, 50}},
    {"the target is the baseline", TARGET(.from_baseline = true), .n = 3, .value = {5, 4, 0.1 + 0.2}, TARGETS = {5, 5, 0.3}, BASELINES = {5, 5, 0.1 + 0.2}, .want = {100, 0, 100}, .note = {Z, Z, Z}},
    {"the target is the baseline, down", TARGET(.from_baseline = true, .floor = 10), DOWN, .n = 2, .value = {5, 6}, TARGETS = {5, 5}, BASELINES = {5, 5}, .want = {100, 10}, .note = {Z, Z}},
    {"no baseline", TARGET(.from_baseline = true), .n = 2, .value = {5, 6}, TARGETS = {5, 7}, BASELINES = {NAN, 5}, .want = {NAN, 50}, .note = {T, 0}},
    {"nobody has a baseline", TARGET(.from_baseline = true), .n = 1, .value = {5}, TARGETS = {5}, .want = {NAN}, .note = {T}},
    {"starts at 60", TARGET(.start_at = 60, .cap = 120), .n = 4, .value = {59, 60, 150, 59.9}, TARGETS = {100, 100, 100, 100}, .want = {0, 60, 120, 0}, .note = {0, 0, C, 0}},
    {"starts at 60 but for rounding errors", TARGET(.start_at = 60), .n = 1, .value = {0.6 * (1 - 0x1p-52)}, TARGETS = {1}, .want = {60 - 0x1p-46}},
    {"starts at 60, and the floor raises it", TARGET(.start_at = 60, .floor = 20), .n = 1, .value = {50}, TARGETS = {100}, .want = {20}, .note = {C}},
    {"starts at 60, which means the formula's shares only", TARGET(.start_at = 60, .floor = 20, .cap = 50), DOWN, .n = 4, .value = {5, 0, 100, 8}, TARGETS = {-1, 5, 50, 5}, .want = {20, 50, 20, 50}, .note = {Z, Z, C, C}},
    {"0 is not negative", TARGET(), .n = 2, .value = {-0.0, 0}, TARGETS = {5, 5}, .want = {0, 0}},
    {"huge", TARGET(), .n = 2, .value = {5e200, 1e-200}, TARGETS = {1e201, 1e-200}, .want = {50, 100}},
};

static const struct example pass[] = {
    {"at least the target", PASS(), .n = 3, .value = {8, 7.9, 9}, TARGETS = {8, 8, 8}, .want = {100, 0, 100}},
    {"down, at most", PASS(), DOWN, .n = 3, .value = {8, 7.9, 9}, TARGETS = {8, 8, 8}, .want = {100, 100, 0}},
    {"at least, though down", PASS(.op = BATON_OP_GE), DOWN, .n = 3, .value = {8, 7.9, 9}, TARGETS = {8, 8, 8}, .want = {100, 0, 100}},
    {"above", PASS(.op = BATON_OP_GT), .n = 3, .value = {8, 7.9, 9}, TARGETS = {8, 8, 8}, .want = {0, 0, 100}},
    {"at most", PASS(.op = BATON_OP_LE), .n = 3, .value = {8, 7.9, 9}, TARGETS = {8, 8, 8}, .want = {100, 100, 0}},
    {"below", PASS(.op = BATON_OP_LT), .n = 3, .value = {8, 7.9, 9}, TARGETS = {8, 8, 8}, .want = {0, 100, 0}},
    {"equal", PASS(.op = BATON_OP_EQ), .n = 3, .value = {8, 7.9, 9}, TARGETS = {8, 8, 8}, .want = {100, 0, 0}},
    {"0.1 + 0.2 reaches 0.3", PASS(), .n = 2, .value = {0.3, 0.1 + 0.2}, TARGETS = {0.1 + 0.2, 0.3}, .want = {100, 100}},
    {"and is not above it", PASS(.op = BATON_OP_GT), .n = 1, .value = {0.1 + 0.2}, TARGETS = {0.3}, .want = {0}},
    {"0 and -0", PASS(.op = BATON_OP_EQ), .n = 1, .value = {-0.0}, TARGETS = {0.0}, .want = {100}},
    {"no target", PASS(), .n = 3, .value = {8, NAN, 9}, TARGETS = {NAN, 8, 8}, .want = {NAN, NAN, 100}, .note = {T, 0, 0}},
    {"nobody has a target", PASS(), .n = 2, .value = {8, NAN}, .want = {NAN, NAN}, .note = {T, 0}},
    {"floor and cap", PASS(.floor = 40, .cap = 90), .n = 2, .value = {8, 7}, TARGETS = {8, 8}, .want = {90, 40}, .note = {C, C}},
};

static const struct example direct[] = {
    {"as given", DIRECT(), .n = 4, .value = {-0.0, 88.5, 100, NAN}, .want = {0, 88.5, 100, NAN}},
    {"within 0..100", DIRECT(), .n = 3, .value = {-1, 101, 1e300}, .want = {0, 100, 100}, .note = {C, C, C}},
    {"down", DIRECT(), DOWN, .n = 4, .value = {0, 88.5, 120, -20}, .want = {100, 11.5, 0, 100}, .note = {0, 0, C, C}},
    {"above 100 by a rounding error", DIRECT(), .n = 1, .value = {100 + 0x1p-46}, .want = {100}},
    {"floor", DIRECT(.floor = 50), .n = 2, .value = {40, 60}, .want = {50, 60}, .note = {C, 0}},
};

static const struct example deduct[] = {
    {"two for each fault", DEDUCT(.per = 2), .n = 4, .value = {3, 0, 60, NAN}, .want = {94, 100, 0, NAN}, .note = {0, 0, C, 0}},
    {"fewer than none", DEDUCT(.per = 2), .n = 2, .value = {-3, -0.0}, .want = {100, 100}},
    {"short of 90", DEDUCT(.above = 90, .per = 0.5, .floor = 80), .n = 4, .value = {85, 95, 20, 90}, .want = {97.5, 100, 80, 100}, .note = {0, 0, C, 0}},
    {"short of 98", DEDUCT(.above = 98, .per = 2), .n = 3, .value = {87.5, 75, 50}, .want = {79, 54, 4}},
    {"the direction changes nothing", DEDUCT(.per = 2), DOWN, .n = 1, .value = {3}, .want = {94}},
    {"no floor", DEDUCT(.per = 2, .floor = NAN), .n = 1, .value = {60}, .want = {-20}},
};

static const struct example bands[] = {
    {"the first that is met", BANDS(BY_STEPS), .n = 6, .value = {96, 95, 90, 89.9, 79, NAN}, .want = {100, 100, 85, 60, 0, NAN}},
    {"met but for rounding errors", BANDS(BY_STEPS), .n = 2, .value = {95 - 0x1p-46, 80 - 0x1p-46}, .want = {100, 60}},
    {"below", BANDS(BY_STEPS, .below = 20), .n = 1, .value = {-1e300}, .want = {20}},
    {"linear", BANDS(BY_STEPS, .linear = true), .n = 6, .value = {96, 92.5, 85, 79, 95, 90}, .want = {100, 92.5, 72.5, 0, 100, 85}},
    {"down", BANDS(BY_DOWN_STEPS), DOWN, .n = 5, .value = {1, 5, 6, 11, 2}, .want = {100, 80, 50, 10, 100}},
    {"down, linear", BANDS(BY_DOWN_STEPS, .linear = true), DOWN, .n = 4, .value = {1, 3.5, 7.5, 11}, .want = {100, 90, 65, 10}},
    {"no bands", BANDS(.below = 5), .n = 1, .value = {3}, .want = {5}},
    {"cap", BANDS(BY_STEPS, .cap = 99), .n = 2, .value = {96, 90}, .want = {99, 85}, .note = {C, 0}},
};

static const struct example levels[] = {
    {"the score of the code", LEVELS(BY_CODES), .n = 4, .value = {0, 4, 7, NAN}, .want = {80, 100, 40, NAN}},
    {"a code that is not in the table", LEVELS(BY_CODES), .n = 1, .value = {5}, .want = {NAN}},
    {"the direction changes nothing", LEVELS(BY_CODES), DOWN, .n = 1, .value = {4}, .want = {100}},
    {"floor", LEVELS(BY_CODES, .floor = 60), .n = 2, .value = {7, 0}, .want = {60, 80}, .note = {C, 0}},
};

static const struct example rule[] = {
    {"the expression's scores", RULE(.floor = 60, .cap = 140), .n = 4, .value = {59, 100, 141, NAN}, .want = {60, 100, 140, NAN}, .note = {C, 0, C, 0}},
    {"at a bound but for rounding errors", RULE(.floor = 60, .cap = 0.3), .n = 1, .value = {0.1 + 0.2}, .want = {0.3}, .note = {C}},
    {"at the cap but for rounding errors", RULE(.cap = 0.3), .n = 1, .value = {0.1 + 0.2}, .want = {0.3}},
};
/* clang-format on */

static struct figures figures_of(const struct example *e) {
    return (struct figures){
        .value = e->value,
        .target = e->has_target ? e->target : NULL,
        .baseline = e->has_baseline ? e->baseline : NULL,
        .racing = e->has_racing ? e->racing : NULL,
        .against = &e->against,
    };
}

static void check_notes(const struct example *e, const uint16_t *got, uint16_t already) {
    for (uint32_t i = 0; i < e->n; i++)
        CHECK_INT(got[i], e->note[i] | already);
}

/* Between two cohorts of the same figures turned round, which must change nothing. */
static void check_in_the_middle(struct baton_arena *arena, const struct example *e) {
    double value[3 * N], side[3][3 * N], score[3 * N],
        against[3] = {e->against, e->against, e->against};
    uint16_t note[3 * N] = {0};
    for (uint32_t i = 0; i < 3 * e->n; i++) {
        const uint32_t k = i / e->n == 1 ? i % e->n : e->n - 1 - i % e->n;
        value[i] = e->value[k];
        side[0][i] = e->target[k];
        side[1][i] = e->baseline[k];
        side[2][i] = e->racing[k];
    }
    const struct figures in = {value, e->has_target ? side[0] : NULL,
                               e->has_baseline ? side[1] : NULL, e->has_racing ? side[2] : NULL,
                               against};
    normalise(arena, &e->how, e->direction, e->lo, e->hi, &in,
              &(struct cohorts){(uint32_t[]){0, e->n, 2 * e->n, 3 * e->n}, 3}, score, note);
    CHECK_SAME(e->name, score + e->n, e->want, e->n);
    check_notes(e, note + e->n, 0);
    for (uint32_t i = 0; i < e->n; i++)
        CHECK_DOUBLE(score[i], e->want[e->n - 1 - i]);
}

static void check_examples(const struct example *example, size_t count) {
    struct baton_arena *arena = arena_open();
    for (const struct example *e = example; e < example + count; e++) {
        CASE("%s", e->name);
        const uint32_t start[] = {0, e->n};
        const struct cohorts one = {start, 1};
        struct figures in = figures_of(e);
        double score[N], bare[N], place[N];
        uint16_t note[N];
        for (uint32_t i = 0; i < N; i++)
            note[i] = BATON_NOTE_WINSORISED; // a bit that is there already stays
        normalise(arena, &e->how, e->direction, e->lo, e->hi, &in, &one, score, note);
        CHECK_SAME(e->name, score, e->want, e->n);
        check_notes(e, note, BATON_NOTE_WINSORISED);
        normalise(arena, &e->how, e->direction, e->lo, e->hi, &in, &one, bare, NULL);
        CHECK_SAME("without notes", bare, e->want, e->n);
        memcpy(place, e->value, sizeof place);
        in.value = place;
        normalise(arena, &e->how, e->direction, e->lo, e->hi, &in, &one, place, NULL);
        CHECK_SAME("in place", place, e->want, e->n);
        check_in_the_middle(arena, e);
    }
    normalise(arena, &example->how, BATON_UP, 0, 1, &(struct figures){0},
              &(struct cohorts){(uint32_t[]){0}, 0}, NULL,
              NULL); // no cohort at all
    arena_close(arena);
}

#define CHECK_EXAMPLES(kind) \
    TEST(normalise_##kind) { \
        check_examples(kind, LENGTH(kind)); \
    }
CHECK_EXAMPLES(range)
CHECK_EXAMPLES(zscore)
CHECK_EXAMPLES(rank)
CHECK_EXAMPLES(race)
CHECK_EXAMPLES(percentile)
CHECK_EXAMPLES(best)
CHECK_EXAMPLES(target)
CHECK_EXAMPLES(pass)
CHECK_EXAMPLES(direct)
CHECK_EXAMPLES(deduct)
CHECK_EXAMPLES(bands)
CHECK_EXAMPLES(levels)
CHECK_EXAMPLES(rule)

/* The functions that others call: the same examples. */
static baton_code call(struct baton_arena *arena, const struct example *e, double *score,
                       uint16_t *note) {
    const struct figures in = figures_of(e);
    const struct baton_method *const how = &e->how;
    switch (how->kind) {
    case BATON_METHOD_RANGE:
        baton_normalise_range(how, e->direction, e->lo, e->hi, e->n, in.value, score, note);
        return BATON_OK;
    case BATON_METHOD_ZSCORE:
        baton_normalise_zscore(how, e->direction, e->n, in.value, score, note);
        return BATON_OK;
    case BATON_METHOD_RANK:
        return baton_normalise_rank(arena, how, e->direction, e->n, in.value, score, note);
    case BATON_METHOD_RACE:
        return baton_normalise_race(arena, how, e->direction, e->n, in.value, in.racing, score,
                                    note);
    case BATON_METHOD_PERCENTILE:
        return baton_normalise_percentile(arena, how, e->direction, e->n, in.value, score, note);
    case BATON_METHOD_TARGET:
        baton_normalise_target(how, e->direction, e->n, in.value, in.target, in.baseline, score,
                               note);
        return BATON_OK;
    case BATON_METHOD_BANDS:
        baton_normalise_bands(how, e->direction, e->n, in.value, score, note);
        return BATON_OK;
    case BATON_METHOD_LEVELS:
        baton_normalise_levels(how, e->n, in.value, score, note);
        return BATON_OK;
    case BATON_METHOD_DEDUCT:
        baton_normalise_deduct(how, e->n, in.value, score, note);
        return BATON_OK;
    case BATON_METHOD_PASS:
        baton_normalise_pass(how, e->direction, e->n, in.value, in.target, score, note);
        return BATON_OK;
    case BATON_METHOD_DIRECT:
        baton_normalise_direct(how, e->direction, e->n, in.value, score, note);
        return BATON_OK;
    case BATON_METHOD_BEST:
        baton_normalise_best(how, e->direction, e->against, e->n, in.value, score, note);
        return BATON_OK;
    case BATON_METHOD_RULE:
    case BATON_METHOD_KINDS:
        break;
    }
    return BATON_NO_MEMORY;
}

TEST(method_functions_give_the_same) {
    static const struct {
        const struct example *example;
        size_t count;
    } all[] = {
        {range, LENGTH(range)},
        {zscore, LENGTH(zscore)},
        {rank, LENGTH(rank)},
        {race, LENGTH(race)},
        {percentile, LENGTH(percentile)},
        {best, LENGTH(best)},
        {target, LENGTH(target)},
        {pass, LENGTH(pass)},
        {direct, LENGTH(direct)},
        {deduct, LENGTH(deduct)},
        {bands, LENGTH(bands)},
        {levels, LENGTH(levels)},
    };
    struct baton_arena *arena = baton_arena_open();
    for (size_t k = 0; k < LENGTH(all); k++)
        for (const struct example *e = all[k].example; e < all[k].example + all[k].count; e++) {
            CASE("%zu: %s", k, e->name);
            double score[N];
            uint16_t note[N] = {0};
            CHECK_INT(call(arena, e, score, note), BATON_OK);
            CHECK_SAME(e->name, score, e->want, e->n);
            check_notes(e, note, 0);
        }
    baton_arena_close(arena);
}

TEST(method_of_has_the_defaults_of_the_format) {
    struct baton_method m = baton_method_of(BATON_METHOD_RANGE);
    CHECK_INT(m.kind, BATON_METHOD_RANGE);
    CHECK(m.low == 0 && m.high == 100 && isnan(m.floor) && isnan(m.cap) &&
          m.over == BATON_OVER_GROUP);
    m = baton_method_of(BATON_METHOD_TARGET);
    CHECK(m.floor == 0 && isnan(m.cap) && isnan(m.start_at) && !m.mirror && !m.from_baseline);
    m = baton_method_of(BATON_METHOD_RACE);
    CHECK(m.floor == 0 && m.first == 100 && isnan(m.step) && m.table == NULL && m.otherwise == 0);
    m = baton_method_of(BATON_METHOD_DEDUCT);
    CHECK(m.floor == 0 && isnan(m.above));
    m = baton_method_of(BATON_METHOD_BANDS);
    CHECK(isnan(m.floor) && m.below == 0 && !m.linear);
}

TEST(method_functions_answer_when_memory_is_out) {
    static double value[100000], score[100000];
    for (size_t i = 0; i < LENGTH(value); i++)
        value[i] = (double)(i * 7919 % 100003) / 7; // no short decimals, so that they are sorted
    const struct baton_method how = baton_method_of(BATON_METHOD_RANK);
    struct baton_arena *arena = baton_arena_open();
    CHECK_INT(baton_normalise_rank(arena, &how, BATON_UP, LENGTH(value), value, score, NULL),
              BATON_OK);
    const size_t before = baton_arena_size(arena);
    bool done = false;
    for (uint64_t n = 1; n < 20 && !done; n++) {
        CASE("allocation %d fails", (int)n);
        arena_fail_at(n);
        const baton_code code =
            baton_normalise_rank(arena, &how, BATON_UP, LENGTH(value), value, score, NULL);
        done = arena_fail_at(0) > 0;
        CHECK_INT(code, done ? BATON_OK : BATON_NO_MEMORY);
        CHECK_INT(baton_arena_size(arena), before);
    }
    CHECK(done);
    CHECK_DOUBLE(score[0], 0);
    baton_arena_close(arena);
}

static uint64_t seed = 0x2545f4914f6cdd1d;
static uint64_t any(void) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    return seed ^= seed << 17;
}

/* Cohorts of any size, done together, piece by piece, and as the formula says. */
TEST(normalise_range_is_its_formula) {
    enum { MANY = 1500 };
    struct baton_arena *arena = arena_open();
    static double value[MANY], score[MANY], tiled[MANY], want[MANY];
    for (int round = 0; round < 40; round++) {
        const bool down = round % 2 == 1;
        const struct baton_method how = {.kind = BATON_METHOD_RANGE, .low = 60, .high = 100, NONE};
        uint32_t start[MANY + 1] = {0}, count = 0;
        while (start[count] < MANY) {
            const uint32_t n = (uint32_t)(any() % (round < 20 ? 12 : 200)),
                           left = MANY - start[count];
            start[count + 1] = start[count] + (n < left ? n : left);
            count++;
        }
        for (uint32_t i = 0; i < MANY; i++)
            value[i] = any() % 16 == 0 ? NAN : (double)(any() >> 11) * 0x1p-40 - 4096;
        for (uint32_t c = 0; c < count; c++) {
            double lo = INFINITY, hi = -INFINITY;
            for (uint32_t i = start[c]; i < start[c + 1]; i++) {
                lo = value[i] < lo ? value[i] : lo;
                hi = value[i] > hi ? value[i] : hi;
            }
            for (uint32_t i = start[c]; i < start[c + 1]; i++) {
                const double share =
                    down ? (hi - value[i]) / (hi - lo) : (value[i] - lo) / (hi - lo);
                want[i] = isnan(value[i]) ? NAN : lo == hi ? 100 : 60 + 40 * share;
            }
            double l, h;
            normalise_extremes(start[c + 1] - start[c], value + start[c], &l, &h);
            if (lo <= hi) {
                CHECK_DOUBLE(l, lo);
                CHECK_DOUBLE(h, hi);
            } else {
                CHECK(isnan(l) && isnan(h));
            }
            for (uint32_t i = start[c], n; i < start[c + 1]; i += n) {
                n = start[c + 1] - i < 7 ? start[c + 1] - i : 7;
                normalise_range(&how, down ? BATON_DOWN : BATON_UP, l, h, n, value + i, tiled + i,
                                NULL);
            }
        }
        normalise(arena, &how, down ? BATON_DOWN : BATON_UP, 0, 0,
                  &(struct figures){.value = value}, &(struct cohorts){start, count}, score, NULL);
        CHECK_SAME("together", score, want, MANY);
        CHECK_SAME("in pieces", tiled, want, MANY);
    }
    arena_close(arena);
}

/* Who stands where changes no score (bit for bit; the sums of zscore and of the mean are of few digits here). */
TEST(normalise_does_not_depend_on_the_order_of_units) {
    enum { UNITS = 150 };
    struct baton_arena *arena = arena_open();
    static const struct baton_method methods[] = {
        {.kind = BATON_METHOD_RANGE, .high = 100, NONE},
        {.kind = BATON_METHOD_ZSCORE, .mean = 70, .sd = 10, NONE},
        {.kind = BATON_METHOD_RANK, .high = 100, NONE},
        {.kind = BATON_METHOD_RANK, .high = 100, .ties = BATON_TIES_AVERAGE, NONE},
        {.kind = BATON_METHOD_RACE,
         .first = 100,
         .step = 1,
         .floor = 0,
         .cap = NAN,
         .ties = BATON_TIES_DENSE},
        {.kind = BATON_METHOD_PERCENTILE, NONE},
        {.kind = BATON_METHOD_BEST, NONE},
        {.kind = BATON_METHOD_BEST, .of = BATON_BEST_OF_MEAN, NONE},
    };
    double value[UNITS], other[UNITS], score[UNITS], other_score[UNITS];
    uint32_t at[UNITS];
    const struct cohorts one = {(uint32_t[]){0, UNITS}, 1};
    for (int round = 0; round < 10; round++)
        for (size_t k = 0; k < LENGTH(methods); k++) {
            CASE("method %zu", k);
            for (uint32_t i = 0; i < UNITS; i++) {
                value[i] = any() % 10 == 0 ? NAN : (double)(any() % 2000) / 8;
                at[i] = i;
            }
            for (uint32_t i = UNITS - 1; i > 0; i--) {
                const uint32_t j = (uint32_t)(any() % (i + 1)), moved = at[i];
                at[i] = at[j];
                at[j] = moved;
            }
            for (uint32_t i = 0; i < UNITS; i++)
                other[i] = value[at[i]];
            normalise(arena, &methods[k], BATON_UP, 0, 0, &(struct figures){.value = value}, &one,
                      score, NULL);
            normalise(arena, &methods[k], BATON_UP, 0, 0, &(struct figures){.value = other}, &one,
                      other_score, NULL);
            for (uint32_t i = 0; i < UNITS; i++)
                if (methods[k].kind == BATON_METHOD_ZSCORE)
                    CHECK_NEAR(other_score[i], score[at[i]], 1e-14);
                else
                    CHECK_DOUBLE(other_score[i], score[at[i]]);
        }
    arena_close(arena);
}
