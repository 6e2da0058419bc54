/* round_at: node. Points are rounded before they are added, so that the printed points add up to the printed total.
 *
 * The shares follow from which nodes have a score. Then, from the leaves up: a leaf's points are its share times its
 * score, rounded to its decimals; an inner node's (arithmetic, sum) are first the sum of its children's, of the other
 * kinds its share times the score that those of its children now give; its score is then 100 * points / share, and the total
 * is its points. A leaf's score stays. What a veto made 0 stays 0. */
#include "base/elementary.h"
#include "engine/session.h"
#include <math.h>

static double rounded(const struct baton_session *session, uint32_t node, uint32_t group,
                      double points) {
    return baton_number_round(points, decimals_of(session, node, group), session->scheme->rounding);
}

/* The score of an inner node from those of its children as they are now. Copeland's compares with other units, whose scores
 * round likewise, and stays. Scores under the means were above 0, else aggregate.c has refused them; one that was rounded to 0
 * is refused here: `refusing` is the worker that does, NULL where something was refused before. */
static double score_of(const struct baton_session *session, struct worker *refusing, uint32_t n,
                       uint32_t unit, double present) {
    const struct baton_node *node = &session->scheme->node[n];
    double sum = 0, weights = 0, least = INFINITY;
    for (uint32_t c = 0; c < node->child_count; c++) {
        uint32_t child = node->child_by_id[c];
        double score = session->score[(size_t)child * session->stride + unit];
        double weight = weight_of(session, child, unit);
        if (isnan(score) || !session->counted[child])
            continue;
        least = score < least ? score : least;
        weights += weight;
        if (!(score > 0) && weight != 0 && refusing != NULL &&
            (node->aggregate == BATON_GEOMETRIC || node->aggregate == BATON_HARMONIC))
            refuse_score(refusing, child, unit, score);
        sum += node->aggregate == BATON_GEOMETRIC ? weight * elementary_log(score) : weight / score;
    }
    switch (node->aggregate) {
    case BATON_AGGREGATE_MIN:
        return least;
    case BATON_GEOMETRIC:
        return elementary_exp(sum / weights);
    case BATON_HARMONIC:
        return weights / sum;
    default:
        return present;
    }
}

static void round_unit(struct baton_session *session, struct worker *refusing, uint32_t unit,
                       const uint8_t *zeroed, double *share, double *points) {
    const struct baton_scheme *scheme = session->scheme;
    uint32_t group = session->group_of[unit];
    double *score = session->score + unit;
    size_t stride = session->stride;
    weights_effective(session, unit, share);
    for (uint32_t n = session->nodes; n-- > 0;) {
        const struct baton_node *node = &scheme->node[n];
        bool kept = zeroed != NULL && zeroed[n * stride + unit];
        double sum = 0;
        points[n] = 0;
        if (isnan(score[n * stride]) || kept)
            continue;
        if (node->child_count == 0)
            sum = share[n] * score[n * stride] / 100;
        else if (node->aggregate == BATON_ARITHMETIC || node->aggregate == BATON_AGGREGATE_SUM)
            for (uint32_t c = 0; c < node->child_count; c++)
                sum += points[node->child_by_id[c]];
        else
            sum = share[n] * score_of(session, refusing, n, unit, score[n * stride]) / 100;
        points[n] = rounded(session, n, group, sum);
        if (node->child_count > 0 && share[n] > 0)
            score[n * stride] = n == 0 ? points[n] : 100 * points[n] / share[n];
    }
}

void round_points_slice(struct baton_session *session, struct worker *worker,
                        const struct tile *tile, const uint8_t *zeroed) {
    double *share = arena_alloc_raw(worker->arena, session->nodes, sizeof(double));
    double *points = arena_alloc_raw(worker->arena, session->nodes, sizeof(double));
    struct worker *refusing = worker->error_count == 0 ? worker : NULL;
    for (uint32_t u = tile->first; u < tile->last; u++)
        if (!isnan(session->score[u]))
            round_unit(session, refusing, u, zeroed, share, points);
}
