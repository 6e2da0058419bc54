/* The methods for others: each function of baton/method.h makes one cohort of its figures and has it normalised. */
#include "baton/method.h"
#include "engine/methods.h"
#include "engine/normalise.h"
#include <assert.h>

struct baton_method baton_method_of(enum baton_method_kind kind) {
    struct baton_method method;
    method_initial(kind, &method);
    return method;
}

/* One call, so that it can be made inside arena_run. */
struct one_cohort {
    struct baton_arena *scratch;
    const struct baton_method *how;
    enum baton_direction direction;
    double lo, hi;
    struct figures figures;
    uint32_t n;
    double *score;
    uint16_t *note;
};

static void run(const struct one_cohort *one, enum baton_method_kind kind) {
    assert(one->how->kind == kind);
    assert(one->n == 0 || (one->figures.value != NULL && one->score != NULL));
    const uint32_t start[2] = {0, one->n};
    normalise(one->scratch, one->how, one->direction, one->lo, one->hi, &one->figures,
              &(struct cohorts){start, 1}, one->score, one->note);
}

static baton_code run_kind(void *context) {
    const struct one_cohort *const one = context;
    run(one, one->how->kind);
    return BATON_OK;
}

/* For the methods that take scratch memory. */
static baton_code run_with_scratch(struct one_cohort *one, enum baton_method_kind kind) {
    assert(one->how->kind == kind && one->scratch != NULL);
    const struct arena_mark mark = arena_mark(one->scratch);
    const baton_code code = arena_run(one->scratch, run_kind, one);
    arena_reset_to(one->scratch, mark);
    return code;
}

/* No cohort has 2^32 units. */
static uint32_t count_of(size_t n) {
    assert(n < UINT32_MAX);
    return (uint32_t)n;
}

void baton_normalise_range(const struct baton_method *how, enum baton_direction direction,
                           double lo, double hi, size_t n, const double *value, double *score,
                           uint16_t *note) {
    run(&(struct one_cohort){.how = how,
                             .direction = direction,
                             .lo = lo,
                             .hi = hi,
                             .figures = {.value = value},
                             .n = count_of(n),
                             .score = score,
                             .note = note},
        BATON_METHOD_RANGE);
}

void baton_normalise_zscore(const struct baton_method *how, enum baton_direction direction,
                            size_t n, const double *value, double *score, uint16_t *note) {
    run(&(struct one_cohort){.how = how,
                             .direction = direction,
                             .figures = {.value = value},
                             .n = count_of(n),
                             .score = score,
                             .note = note},
        BATON_METHOD_ZSCORE);
}

baton_code baton_normalise_rank(struct baton_arena *scratch, const struct baton_method *how,
                                enum baton_direction direction, uint32_t n, const double *value,
                                double *score, uint16_t *note) {
    return run_with_scratch(&(struct one_cohort){.scratch = scratch,
                                                 .how = how,
                                                 .direction = direction,
                                                 .figures = {.value = value},
                                                 .n = n,
                                                 .score = score,
                                                 .note = note},
                            BATON_METHOD_RANK);
}

baton_code baton_normalise_race(struct baton_arena *scratch, const struct baton_method *how,
                                enum baton_direction direction, uint32_t n, const double *value,
                                const double *racing, double *score, uint16_t *note) {
    return run_with_scratch(&(struct one_cohort){.scratch = scratch,
                                                 .how = how,
                                                 .direction = direction,
                                                 .figures = {.value = value, .racing = racing},
                                                 .n = n,
                                                 .score = score,
                                                 .note = note},
                            BATON_METHOD_RACE);
}

baton_code baton_normalise_percentile(struct baton_arena *scratch, const struct baton_method *how,
                                      enum baton_direction direction, uint32_t n,
                                      const double *value, double *score, uint16_t *note) {
    return run_with_scratch(&(struct one_cohort){.scratch = scratch,
                                                 .how = how,
                                                 .direction = direction,
                                                 .figures = {.value = value},
                                                 .n = n,
                                                 .score = score,
                                                 .note = note},
                            BATON_METHOD_PERCENTILE);
}

void baton_normalise_best(const struct baton_method *how, enum baton_direction direction,
                          double against, size_t n, const double *value, double *score,
                          uint16_t *note) {
    run(&(struct one_cohort){.how = how,
                             .direction = direction,
                             .figures = {.value = value, .against = &against},
                             .n = count_of(n),
                             .score = score,
                             .note = note},
        BATON_METHOD_BEST);
}

void baton_normalise_target(const struct baton_method *how, enum baton_direction direction,
                            size_t n, const double *value, const double *target,
                            const double *baseline, double *score, uint16_t *note) {
    run(&(struct one_cohort){.how = how,
                             .direction = direction,
                             .figures = {.value = value, .target = target, .baseline = baseline},
                             .n = count_of(n),
                             .score = score,
                             .note = note},
        BATON_METHOD_TARGET);
}

void baton_normalise_pass(const struct baton_method *how, enum baton_direction direction, size_t n,
                          const double *value, const double *target, double *score,
                          uint16_t *note) {
    run(&(struct one_cohort){.how = how,
                             .direction = direction,
                             .figures = {.value = value, .target = target},
                             .n = count_of(n),
                             .score = score,
                             .note = note},
        BATON_METHOD_PASS);
}

void baton_normalise_direct(const struct baton_method *how, enum baton_direction direction,
                            size_t n, const double *value, double *score, uint16_t *note) {
    run(&(struct one_cohort){.how = how,
                             .direction = direction,
                             .figures = {.value = value},
                             .n = count_of(n),
                             .score = score,
                             .note = note},
        BATON_METHOD_DIRECT);
}

void baton_normalise_deduct(const struct baton_method *how, size_t n, const double *value,
                            double *score, uint16_t *note) {
    run(&(struct one_cohort){.how = how,
                             .figures = {.value = value},
                             .n = count_of(n),
                             .score = score,
                             .note = note},
        BATON_METHOD_DEDUCT);
}

void baton_normalise_bands(const struct baton_method *how, enum baton_direction direction, size_t n,
                           const double *value, double *score, uint16_t *note) {
    run(&(struct one_cohort){.how = how,
                             .direction = direction,
                             .figures = {.value = value},
                             .n = count_of(n),
                             .score = score,
                             .note = note},
        BATON_METHOD_BANDS);
}

void baton_normalise_levels(const struct baton_method *how, size_t n, const double *value,
                            double *score, uint16_t *note) {
    run(&(struct one_cohort){.how = how,
                             .figures = {.value = value},
                             .n = count_of(n),
                             .score = score,
                             .note = note},
        BATON_METHOD_LEVELS);
}
