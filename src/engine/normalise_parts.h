/* The parts of normalise.c: one function a kind of method, each over all cohorts. What they compute is documented
 * for everybody in baton/method.h; floor and cap are applied by normalise.c after them. */
#ifndef ENGINE_NORMALISE_PARTS_H
#define ENGINE_NORMALISE_PARTS_H

#include "engine/normalise.h"

/* What normalise was called with. */
struct normalising {
    struct baton_arena *scratch;
    const struct baton_method *method;
    bool down;
    const struct figures *figures;
    const struct cohorts *cohorts;
    double *score;
    uint16_t *note;
};

static inline void normalise_note(uint16_t *note, size_t at, unsigned bits) {
    if (note != NULL)
        note[at] |= (uint16_t)bits;
}

/* ---- normalise_cohort.c: against the others of the cohort. */
void normalise_zscore(const struct normalising *of);
void normalise_rank(const struct normalising *of);
void normalise_race(const struct normalising *of);
void normalise_percentile(const struct normalising *of);
void normalise_best(const struct normalising *of);

/* ---- normalise_target.c: against a target or a table, each figure by itself. */
void normalise_target(const struct normalising *of);
void normalise_pass(const struct normalising *of);
void normalise_direct(const struct normalising *of);
void normalise_deduct(const struct normalising *of);
void normalise_bands(const struct normalising *of);
void normalise_levels(const struct normalising *of);

#endif
