/* Ranks: a table by hand for every tie rule, then every way of ranking against the plain definition. */
#include "engine/normalise.h"
#include "engine/order.h"
#include "unit/test.h"
#include <math.h>
#include <string.h>

static const enum baton_ties every_ties[] = {BATON_TIES_MIN, BATON_TIES_DENSE, BATON_TIES_MAX,
                                             BATON_TIES_AVERAGE};

/* clang-format off */
static const struct {
    const char *name;
    bool descending;
    uint32_t n;
    double value[8];
    uint32_t min[8], dense[8], max[8], average[8]; // twice the ranks
} tables[] = {
    {"nobody", true, 0, {0}, {0}, {0}, {0}, {0}},
    {"one alone", true, 1, {7}, {2}, {2}, {2}, {2}},
    {"one missing", true, 1, {NAN}, {0}, {0}, {0}, {0}},
    {"all missing", false, 3, {NAN, NAN, NAN}, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}},
    {"the highest first", true, 4, {10, 40, 20, 30}, {8, 2, 6, 4}, {8, 2, 6, 4}, {8, 2, 6, 4}, {8, 2, 6, 4}},
    {"the lowest first", false, 4, {10, 40, 20, 30}, {2, 8, 4, 6}, {2, 8, 4, 6}, {2, 8, 4, 6}, {2, 8, 4, 6}},
    {"1224 1223 1334 1 2.5 2.5 4", true, 4, {9, 8, 8, 7}, {2, 4, 4, 8}, {2, 4, 4, 6}, {2, 6, 6, 8}, {2, 5, 5, 8}},
    {"the same from below", false, 4, {9, 8, 8, 7}, {8, 4, 4, 2}, {6, 4, 4, 2}, {8, 6, 6, 2}, {8, 5, 5, 2}},
    {"all equal", true, 3, {5, 5, 5}, {2, 2, 2}, {2, 2, 2}, {6, 6, 6}, {4, 4, 4}},
    {"two pairs and a missing one", true, 5, {3, NAN, 5, 3, 5},
        {6, 0, 2, 6, 2}, {4, 0, 2, 4, 2}, {8, 0, 4, 8, 4}, {7, 0, 3, 7, 3}},
    {"both zeros are equal", true, 4, {0.0, -0.0, 1, -1}, {4, 4, 2, 8}, {4, 4, 2, 6}, {6, 6, 2, 8}, {5, 5, 2, 8}},
    {"compared as they are, to the last bit", true, 3, {0.1 + 0.2, 0.3, 0.1 + 0.2},
        {2, 6, 2}, {2, 4, 2}, {4, 6, 4}, {3, 6, 3}},
    {"huge and tiny", true, 6, {1e300, -1e300, 5e-324, 0, -5e-324, INFINITY},
        {4, 12, 6, 8, 10, 2}, {4, 12, 6, 8, 10, 2}, {4, 12, 6, 8, 10, 2}, {4, 12, 6, 8, 10, 2}},
};
/* clang-format on */

static const uint32_t *wanted(size_t table, enum baton_ties ties) {
    return ties == BATON_TIES_MIN     ? tables[table].min
           : ties == BATON_TIES_DENSE ? tables[table].dense
           : ties == BATON_TIES_MAX   ? tables[table].max
                                      : tables[table].average;
}

TEST(order_rank_by_hand) {
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(tables); i++)
        for (size_t t = 0; t < LENGTH(every_ties); t++) {
            CASE("%s, ties %zu", tables[i].name, t);
            uint32_t rank[8], present = 0;
            for (uint32_t k = 0; k < tables[i].n; k++)
                present += !isnan(tables[i].value[k]);
            CHECK_INT(order_rank(arena, tables[i].n, tables[i].value, tables[i].descending,
                                 every_ties[t], rank),
                      present);
            CHECK_BYTES(rank, wanted(i, every_ties[t]), tables[i].n * sizeof rank[0]);
        }
    arena_close(arena);
}

/* The definition. */
static void rank_plainly(uint32_t n, const double *value, bool descending, enum baton_ties ties,
                         uint32_t *rank) {
    for (uint32_t i = 0; i < n; i++) {
        uint32_t before = 0, equal = 0, distinct = 0;
        for (uint32_t k = 0; k < n; k++) {
            const bool better = descending ? value[k] > value[i] : value[k] < value[i];
            before += better;
            equal += value[k] == value[i];
            bool first = better;
            for (uint32_t j = 0; j < k && first && ties == BATON_TIES_DENSE; j++)
                first = value[j] != value[k];
            distinct += first;
        }
        rank[i] = isnan(value[i])            ? 0
                  : ties == BATON_TIES_MIN   ? 2 * (before + 1)
                  : ties == BATON_TIES_DENSE ? 2 * (distinct + 1)
                  : ties == BATON_TIES_MAX   ? 2 * (before + equal)
                                             : 2 * before + equal + 1;
    }
}

static uint64_t seed = 0x9e3779b97f4a7c15;
static uint64_t any(void) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    return seed ^= seed << 17;
}

/* Kinds of values, so that every way of ranking is gone. */
static double value_of(int kind) {
    const double share = (double)(any() >> 11) * 0x1p-53;
    if (any() % 16 == 0)
        return NAN;
    switch (kind) {
    case 0:
        return (double)(any() % 12); // many ties
    case 1:
        return (double)(any() % 10001) / 100; // published scores
    case 2:
        return share * 100;
    case 3:
        return (share - 0.5) * 1e200;
    case 4:
        return (double)((int64_t)(any() % 2000001) - 1000000) / 1000; // keys far apart
    case 5:
        return (double)(int64_t)any(); // whole, but too large for a key
    default:
        return any() % 2 == 0 ? 0.0 : -0.0;
    }
}

static const uint32_t sizes[] = {1, 2, 7, 8, 20, 23, 24, 25, 48, 49, 63, 64, 65, 66, 100, 300, 700};
enum { MOST = 5000 };

TEST(order_rank_agrees_with_its_definition) {
    struct baton_arena *arena = arena_open();
    static double value[MOST];
    static uint32_t got[MOST], want[MOST];
    for (int kind = 0; kind <= 6; kind++)
        for (size_t s = 0; s < LENGTH(sizes); s++)
            for (size_t t = 0; t < LENGTH(every_ties); t++)
                for (int descending = 0; descending < 2; descending++) {
                    CASE("values %d, %u of them, ties %zu, descending %d", kind, (unsigned)sizes[s],
                         t, descending);
                    for (uint32_t i = 0; i < sizes[s]; i++)
                        value[i] = value_of(kind);
                    order_rank(arena, sizes[s], value, descending, every_ties[t], got);
                    rank_plainly(sizes[s], value, descending, every_ties[t], want);
                    CHECK_BYTES(got, want, sizes[s] * sizeof got[0]);
                }
    arena_close(arena);
}

/* Beyond the sizes for which the definition is affordable: ranks rise along the sorted values, by the tie rule. */
TEST(order_rank_of_many) {
    enum { MANY = 100000 };
    struct baton_arena *arena = arena_open();
    double *value = arena_alloc(arena, MANY, sizeof *value);
    uint32_t *rank = arena_alloc(arena, MANY, sizeof *rank),
             *index = arena_alloc(arena, MANY, sizeof *index);
    for (int kind = 0; kind <= 6; kind++) {
        CASE("values %d", kind);
        for (uint32_t i = 0; i < MANY; i++)
            value[i] = value_of(kind);
        const uint32_t present = order_sort(arena, MANY, value, index);
        for (size_t t = 0; t < LENGTH(every_ties); t++) {
            CHECK_INT(order_rank(arena, MANY, value, false, every_ties[t], rank), present);
            bool right = true;
            for (uint32_t i = 0, end, distinct = 0; i < present; i = end, distinct++) {
                for (end = i + 1; end < present && value[index[end]] == value[index[i]];)
                    end++;
                const uint32_t want = every_ties[t] == BATON_TIES_MIN     ? 2 * (i + 1)
                                      : every_ties[t] == BATON_TIES_DENSE ? 2 * (distinct + 1)
                                      : every_ties[t] == BATON_TIES_MAX   ? 2 * end
                                                                          : i + 1 + end;
                for (uint32_t k = i; k < end; k++)
                    right = right && rank[index[k]] == want;
            }
            for (uint32_t i = 0; i < MANY; i++)
                right = right && (rank[i] == 0) == isnan(value[i]);
            CHECK(right);
        }
    }
    arena_close(arena);
}

TEST(order_sort_is_ascending_and_keeps_equal_ones_in_order) {
    struct baton_arena *arena = arena_open();
    static const double value[] = {3, NAN, -1, 3, 0.0, -0.0, INFINITY, -1, NAN, -INFINITY};
    static const uint32_t want[] = {9, 2, 7, 4, 5, 0, 3, 6};
    uint32_t index[LENGTH(value)];
    CHECK_INT(order_sort(arena, LENGTH(value), value, index), LENGTH(want));
    CHECK_BYTES(index, want, sizeof want);
    CHECK_INT(order_sort(arena, 0, value, index), 0);
    CHECK_INT(order_sort(arena, 1, value + 1, index), 0);
    static double many[MOST];
    static uint32_t sorted[MOST];
    for (int kind = 0; kind <= 6; kind++) {
        CASE("values %d", kind);
        uint32_t present = 0;
        for (uint32_t i = 0; i < MOST; i++)
            present += !isnan(many[i] = value_of(kind));
        CHECK_INT(order_sort(arena, MOST, many, sorted), present);
        bool ordered = true;
        for (uint32_t i = 1; i < present; i++)
            ordered =
                ordered && (many[sorted[i - 1]] < many[sorted[i]] ||
                            (many[sorted[i - 1]] == many[sorted[i]] && sorted[i - 1] < sorted[i]));
        CHECK(ordered);
    }
    arena_close(arena);
}

/* Cohorts of many sizes, an empty one among them, that begin and end inside the arrays. */
static uint32_t make_cohorts(uint32_t *start, uint32_t most, uint32_t size) {
    uint32_t count = 0;
    for (start[0] = 3; start[count] < most;) {
        const uint32_t n = size > 0 ? size : any() % 8 == 0 ? 0 : (uint32_t)(any() % 230);
        if (start[count] + n > most)
            break;
        start[count + 1] = start[count] + n;
        count++;
    }
    return count;
}

enum { UNTOUCHED = 0x55555555 };

static void rank_each_plainly(const struct cohorts *cohorts, const double *value, bool descending,
                              enum baton_ties ties, uint32_t *rank) {
    memset(rank, 0x55, MOST * sizeof rank[0]);
    for (uint32_t c = 0; c < cohorts->count; c++)
        rank_plainly(cohorts->start[c + 1] - cohorts->start[c], value + cohorts->start[c],
                     descending, ties, rank + cohorts->start[c]);
}

TEST(order_rank_cohorts_is_order_rank_of_each) {
    struct baton_arena *arena = arena_open();
    static double value[MOST];
    static uint32_t start[MOST], got[MOST], want[MOST];
    for (int kind = 0; kind <= 6; kind++)
        for (size_t t = 0; t < LENGTH(every_ties); t++)
            for (int descending = 0; descending < 2; descending++) {
                CASE("values %d, ties %zu, descending %d", kind, t, descending);
                const struct cohorts cohorts = {start, make_cohorts(start, MOST - 5, 0)};
                for (uint32_t i = 0; i < MOST; i++)
                    value[i] = value_of(kind);
                memset(got, 0x55, sizeof got);
                order_rank_cohorts(arena, &cohorts, value, descending, every_ties[t], got);
                rank_each_plainly(&cohorts, value, descending, every_ties[t], want);
                CHECK_BYTES(got, want, sizeof got); // nothing outside of the cohorts is written
            }
    CHECK_INT(got[0], UNTOUCHED);
    arena_close(arena);
}

/* Scores: at random, and near the middle between two decimals, where only the 12 digits tell. */
static double score_of(int kind, int decimals) {
    const double share = (double)(any() >> 11) * 0x1p-53;
    static const double unit[] = {1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    if (any() % 32 == 0)
        return NAN;
    switch (kind) {
    case 0:
        return 60 + 40 * share;
    case 1: { // a tie, or a few bits from one
        double tie = ((double)(any() % 20000) - 10000 + 0.5) / unit[decimals];
        uint64_t bits;
        memcpy(&bits, &tie, sizeof bits);
        bits += any() % 9 - 4;
        memcpy(&tie, &bits, sizeof bits);
        return tie;
    }
    case 2: // around 12 digits from one
        return ((double)(any() % 20000) + 0.5) / unit[decimals] * (1 + (share - 0.5) * 4e-11);
    case 3:
        return (share - 0.5) * 700; // rounded, some do not fit in 16 bits
    case 4:
        return (share - 0.5) * 1e10; // nor in 32
    case 5:
        return any() % 64 == 0 ? INFINITY : share * 1e-12;
    default:
        return 100;
    }
}

TEST(order_rank_rounded_is_order_rank_of_what_is_published) {
    struct baton_arena *arena = arena_open();
    static const enum baton_rounding modes[] = {BATON_ROUND_HALF_AWAY, BATON_ROUND_HALF_EVEN,
                                                BATON_ROUND_DOWN};
    static double score[MOST], rounded[MOST];
    static uint32_t start[MOST], got[MOST], want[MOST];
    for (int kind = 0; kind <= 6; kind++)
        for (int decimals = 0; decimals <= 9; decimals++)
            for (size_t m = 0; m < LENGTH(modes); m++)
                for (int descending = 0; descending < 2; descending++) {
                    const enum baton_ties ties = every_ties[any() % LENGTH(every_ties)];
                    CASE("scores %d, %d decimals, rounding %zu, ties %d", kind, decimals, m,
                         (int)ties);
                    const struct cohorts cohorts = {start, make_cohorts(start, MOST - 5,
                                                                        kind == 0        ? 20
                                                                        : any() % 4 == 0 ? 1200
                                                                                         : 0)};
                    for (uint32_t i = 0; i < MOST; i++)
                        score[i] = score_of(kind, decimals);
                    memset(got, 0x55, sizeof got);
                    order_rank_rounded(arena, &cohorts, score, decimals, modes[m], descending, ties,
                                       got);
                    memset(want, 0x55, sizeof want);
                    baton_number_round_n(MOST, score, rounded, decimals, modes[m]);
                    order_rank_cohorts(arena, &cohorts, rounded, descending, ties, want);
                    CHECK_BYTES(got, want, sizeof got);
                }
    arena_close(arena);
}

/* A large cohort whose keys are made in pieces. */
TEST(order_keys_in_pieces_and_order_rank_keys_are_order_rank_rounded) {
    struct baton_arena *arena = arena_open();
    static double score[MOST];
    static uint32_t got[MOST], want[MOST];
    const struct cohorts one = {(uint32_t[]){0, MOST}, 1};
    for (int kind = 0; kind <= 6; kind++)
        for (size_t t = 0; t < LENGTH(every_ties); t++)
            for (int descending = 0; descending < 2; descending++) {
                CASE("scores %d, ties %zu, descending %d", kind, t, descending);
                bool has_keys = true;
                uint32_t present = 0;
                for (uint32_t i = 0; i < MOST; i++)
                    present += !isnan(score[i] = score_of(kind, 2));
                for (uint32_t i = 0, n; i < MOST; i += n) {
                    n = MOST - i < 999 ? MOST - i : 999;
                    has_keys &=
                        order_keys(n, score + i, 2, BATON_ROUND_HALF_AWAY, descending, got + i);
                }
                CHECK(has_keys == (kind != 4 && kind != 5));
                if (!has_keys)
                    continue;
                CHECK_INT(order_rank_keys(arena, MOST, got, every_ties[t]), present);
                order_rank_rounded(arena, &one, score, 2, BATON_ROUND_HALF_AWAY, descending,
                                   every_ties[t], want);
                CHECK_BYTES(got, want, sizeof got);
            }
    static uint32_t none[3];
    CHECK(order_keys(3, (double[]){NAN, NAN, NAN}, 2, BATON_ROUND_HALF_AWAY, true, none));
    CHECK_INT(order_rank_keys(arena, 3, none, BATON_TIES_MIN), 0);
    CHECK(none[0] == 0 && none[1] == 0 && none[2] == 0);
    CHECK_INT(order_rank_keys(arena, 0, none, BATON_TIES_MIN), 0);
    arena_close(arena);
}

TEST(order_rank_needs_little_scratch_and_gives_it_back) {
    enum { MANY = 1 << 17 };
    struct baton_arena *arena = arena_open(), *own = arena_open();
    double *value = arena_alloc(own, MANY, sizeof *value);
    uint32_t *rank = arena_alloc(own, MANY, sizeof *rank);
    size_t held = 0;
    for (int kind = 0; kind <= 2 * 6; kind++) {
        CASE("values %d", kind % 7);
        for (uint32_t i = 0; i < MANY; i++)
            value[i] = value_of(kind % 7);
        order_rank(arena, MANY, value, true, BATON_TIES_MIN, rank);
        order_rank_rounded(arena, &(struct cohorts){(uint32_t[]){0, MANY}, 1}, value, 2,
                           BATON_ROUND_HALF_AWAY, true, BATON_TIES_MIN, rank);
        CHECK(kind < 7 || arena_size(arena) == held); // blocks stay for the next time
        held = arena_size(arena);
    }
    CHECK(arena_size_peak(arena) <= (size_t)MANY * 40 + (1 << 18)); // 32, and 8 for rounded scores
    arena_close(arena);
    arena_close(own);
}
