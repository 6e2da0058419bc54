/* round_at: node. Points are rounded before they are added, so that the printed points add up to the printed total.
 *
 * The shares follow from which nodes have a score. Then, from the leaves up: a leaf's points are its share times its
 * score, rounded to its decimals; an inner node's (arithmetic, sum) are first the sum of its children's, of the other
 * kinds its share times its score; its score is then 100 * points / share, and the total is its points. A leaf's score stays. */
#include "engine/session.h"
#include <math.h>

static double rounded(const struct baton_session *session, uint32_t node, uint32_t group, double points) {
    return baton_number_round(points, decimals_of(session, node, group), session->scheme->rounding);
}

static void round_unit(struct baton_session *session, uint32_t unit, double *share, double *points) {
    const struct baton_scheme *scheme = session->scheme;
    uint32_t group = session->group_of[unit];
    double *score = session->score + unit;
    size_t stride = session->stride;
    weights_effective(session, unit, share);
    for (uint32_t n = session->nodes; n-- > 0;) {
        const struct baton_node *node = &scheme->node[n];
        if (isnan(score[n * stride])) {
            points[n] = 0;
            continue;
        }
        bool adds = node->child_count > 0 &&
                    (node->aggregate == BATON_ARITHMETIC || node->aggregate == BATON_AGGREGATE_SUM) &&
                    (session->note == NULL || (session->note[n * stride + unit] & BATON_NOTE_VETOED) == 0);
        double sum = share[n] * score[n * stride] / 100;
        if (adds) {
            sum = 0;
            for (uint32_t c = 0; c < node->child_count; c++)
                sum += points[node->child_by_id[c]];
        }
        points[n] = rounded(session, n, group, sum);
        if (node->child_count > 0 && share[n] > 0)
            score[n * stride] = n == 0 ? points[n] : 100 * points[n] / share[n];
    }
}

void round_points_slice(struct baton_session *session, struct worker *worker, const struct tile *tile) {
    double *share = arena_alloc_raw(worker->arena, session->nodes, sizeof(double));
    double *points = arena_alloc_raw(worker->arena, session->nodes, sizeof(double));
    for (uint32_t u = tile->first; u < tile->last; u++)
        if (!isnan(session->score[u]))
            round_unit(session, u, share, points);
}
