/* The yardstick: plain loops that do exactly the work of a scoring, and nothing that makes a scoring general.
 *
 * They know one method (range from 60 to 100), one kind of tree (bench/generate.h), one rule for missing figures (their
 * weight goes to the others), ranks by min on scores of two decimals. Same scores, ranks and notes as the engine's,
 * bit for bit. */
#ifndef BARE_H
#define BARE_H

#include "generate.h"

/* What is scored, and where the result goes; arrays as in struct baton_result. */
struct bare_work {
    const struct bench_data *data;
    bool full;     /* ranks of every node and notes; else the rank of the total */
    double *score; /* [node * stride + unit] */
    uint32_t *
        rank; /* [node * stride + unit], only the first column unless full; twice the rank, 0 = none */
    uint16_t *note; /* [node * stride + unit]; NULL unless full */
};

struct bare_team; /* the caller and maybe a second thread */

struct bare_team *bare_open(struct baton_arena *arena, unsigned threads); /* 1 or 2 */
void bare_score(struct bare_team *team, const struct bare_work *work);
void bare_close(struct bare_team *team);

#endif
