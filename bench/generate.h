/* Figures and a scheme of any size, made of a seed: what the programs of bench/ score.
 *
 * Units stand in cohorts (groups) of equal size, the last one maybe smaller; the tree has `leaves` leaves under the root,
 * or under `blocks` blocks of it; every leaf is scored by `range` from 60 to 100, each fourth with direction down; weights
 * are whole numbers. Figures are decimals of two places, a share of them missing, other ones each month. */
#ifndef GENERATE_H
#define GENERATE_H

#include "base/arena.h"
#include "baton/result.h"

struct bench_size {
    uint32_t units, leaves;
    uint32_t blocks; /* 0 = leaves right under the root */
    uint32_t cohort; /* units of each; 0 = one cohort of all */
    uint32_t months; /* 1..12 */
    double missing;  /* share of figures, 0..1 */
    uint64_t seed;
};

struct bench_data {
    struct bench_size size;
    size_t stride;   /* from a column to the next */
    double *figure;  /* [leaf * stride + unit]; NaN = missing */
    double *weight;  /* [node], node 0 being the root, which has none */
    bool *down;      /* [node] */
    uint32_t *start; /* [cohorts + 1] */
    uint32_t cohorts;
    uint32_t nodes;       /* root, then each block before its leaves */
    uint32_t *parent;     /* [node] */
    uint32_t *leaf_index; /* [node] column of figures; BATON_NONE of inner nodes */
};

/* Everything but figures; room for those of one month. Sizes are checked by assertions. */
void bench_open(struct baton_arena *arena, struct bench_size size, struct bench_data *out);

/* The figures of a month, 1..12, in the place of those before. */
void bench_generate(struct bench_data *data, uint32_t month);

/* The same as the engine takes it. `data` is borrowed as long as they live. */
void bench_scheme(struct baton_arena *arena, const struct bench_data *data,
                  struct baton_scheme *out);
struct baton_facts bench_facts(struct bench_data *data);

/* 2021-01 .. 2021-12. */
struct baton_period bench_period(uint32_t month);

#endif
