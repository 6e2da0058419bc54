/* aggregate: scores of children -> the score of their parent, up to the root.
 *
 * Children are taken in the order of their ids, so that a sum has the same bits whatever the order of rows. A child
 * without a score is left out, and with it its weight: that is redistribution. Works on a tile at a time, whose scores
 * are still in cache from the step before; weights are one number for all units wherever the scheme has it so.
 * Sources: OECD/JRC Handbook (2008), step 6 (arithmetic, geometric, Copeland); harmonic mean as usual. */
#include "base/elementary.h"
#include "engine/lanes.h"
#include "engine/session.h"
#include <assert.h>
#include <math.h>
#include <string.h>

/* The node's children that count, with their scores in the tile and their weights (one for all, or by unit). */
struct child {
    uint32_t node;
    const double *score;
    double weight;
    const double *weights; /* [tile]; NULL = weight */
};

static void weights_of_tile(const struct baton_session *session, uint32_t node,
                            const struct tile *tile, double *out) {
    for (uint32_t u = tile->first; u < tile->last; u++)
        out[u - tile->first] = weight_of(session, node, u);
}

static struct child child_of(const struct baton_session *session, struct worker *worker,
                             uint32_t node, const struct tile *tile) {
    struct child child = {
        node,
        session->score + (size_t)node * session->stride + tile->first,
        session->weight[node],
        NULL,
    };
    if (session->unit_weight[node] != NULL) {
        child.weights = session->unit_weight[node] + tile->first;
    } else if (session->group_weight[node] != NULL) {
        weights_of_tile(session, node, tile, worker->column);
        child.weights = worker->column;
    }
    return child;
}

/* Adds w * score and w where there is a score. */
static void add_weighted(const struct child *child, uint32_t n, double *restrict sum,
                         double *restrict weight) {
    const double *restrict score = child->score;
    for (uint32_t i = 0; i < n; i++) {
        const double w = child->weights == NULL ? child->weight : child->weights[i];
        const bool there = !isnan(score[i]);
        sum[i] += there ? w * score[i] : 0;
        weight[i] += there ? w : 0;
    }
}

enum { TOGETHER = 4 };

/* The same of some children whose weights are one for all units, one after the other for each unit, so that the sums are
 * fetched and put back once for all of them. */
static void add_together(const struct child child[TOGETHER], uint32_t n, double *restrict sum,
                         double *restrict weight) {
    uint32_t i = 0;
    for (; i + LANES_F64 <= n; i += LANES_F64) {
        lanes_f64 s = lanes_load(sum + i), w = lanes_load(weight + i);
        for (int c = 0; c < TOGETHER; c++) {
            const lanes_f64 score = lanes_load(child[c].score + i), of = lanes_all(child[c].weight);
            const lanes_i64 there = score == score; // NOLINT(misc-redundant-expression): NaN is not
            s += (lanes_f64)(there & (lanes_i64)(of * score));
            w += (lanes_f64)(there & (lanes_i64)of);
        }
        lanes_store(sum + i, s);
        lanes_store(weight + i, w);
    }
    for (; i < n; i++)
        for (int c = 0; c < TOGETHER; c++) {
            const double score = child[c].score[i];
            const bool there = !isnan(score);
            sum[i] += there ? child[c].weight * score : 0;
            weight[i] += there ? child[c].weight : 0;
        }
}

/* Weighted sums over all children in the order of their ids. */
static void sum_children(const struct baton_session *session, struct worker *worker,
                         const struct baton_node *node, const struct tile *tile) {
    uint32_t units = tile->last - tile->first, waiting = 0;
    struct child child[TOGETHER];
    for (uint32_t c = 0; c < node->child_count; c++) {
        uint32_t at = node->child_by_id[c];
        if (!session->counted[at])
            continue;
        child[waiting] = child_of(session, worker, at, tile);
        bool alone = child[waiting++].weights != NULL;
        if (!alone && waiting == TOGETHER) {
            add_together(child, units, worker->sum, worker->weight);
            waiting = 0;
        } else if (alone || c + 1 == node->child_count) {
            for (uint32_t k = 0; k < waiting; k++)
                add_weighted(&child[k], units, worker->sum, worker->weight);
            waiting = 0;
        }
    }
    for (uint32_t k = 0; k < waiting; k++) /* the last children of all do not count */
        add_weighted(&child[k], units, worker->sum, worker->weight);
}

void refuse_score(struct worker *worker, uint32_t node, uint32_t unit, double value) {
    if (worker->error_count < worker->error_capacity)
        worker->error[worker->error_count++] =
            (struct scoring_error){BATON_SCORE_NOT_POSITIVE, node, unit, value};
}

/* Adds w * ln s, or w / s; a score that is not above 0 is refused. */
static void add_transformed(struct worker *worker, const struct child *child, bool harmonic,
                            const struct tile *tile) {
    for (uint32_t i = 0; i < tile->last - tile->first; i++) {
        double score = child->score[i],
               w = child->weights == NULL ? child->weight : child->weights[i];
        if (isnan(score) || w == 0)
            continue;
        if (!(score > 0)) {
            refuse_score(worker, child->node, tile->first + i, score);
            continue;
        }
        worker->sum[i] += harmonic ? w / score : w * elementary_log(score);
        worker->weight[i] += w;
    }
}

static void finish_mean(enum baton_aggregate kind, uint32_t n, const double *sum,
                        const double *weight, double *out) {
    if (kind == BATON_ARITHMETIC)
        for (uint32_t i = 0; i < n; i++)
            out[i] = weight[i] > 0 ? sum[i] / weight[i] : NAN;
    else
        for (uint32_t i = 0; i < n; i++)
            out[i] = !(weight[i] > 0)          ? NAN
                     : kind == BATON_GEOMETRIC ? elementary_exp(sum[i] / weight[i])
                                               : weight[i] / sum[i];
}

static void add_plain(const struct child *child, uint32_t n, bool least, double *sum,
                      double *weight) {
    for (uint32_t i = 0; i < n; i++) {
        if (isnan(child->score[i]))
            continue;
        if (!least)
            sum[i] += child->score[i];
        else if (weight[i] == 0 || child->score[i] < sum[i])
            sum[i] = child->score[i];
        weight[i] = 1;
    }
}

/* Wins less losses of one unit against another, by the unit's own weights, over what both have: 1, 0 or -1. */
static int outcome(const struct baton_session *session, const struct baton_node *node,
                   uint32_t unit, uint32_t other) {
    double won = 0, all = 0;
    for (uint32_t c = 0; c < node->child_count; c++) {
        uint32_t child = node->child_by_id[c];
        if (!session->counted[child])
            continue;
        const double *score = session->score + (size_t)child * session->stride;
        if (isnan(score[unit]) || isnan(score[other]))
            continue;
        double weight = weight_of(session, child, unit);
        int order = baton_number_compare12(score[unit], score[other]);
        won += order > 0 ? weight : order == 0 ? weight / 2 : 0;
        all += weight;
    }
    return all > 0 ? baton_number_compare12(won, all / 2) : 0;
}

static void copeland(const struct baton_session *session, const struct baton_node *node,
                     const struct tile *tile, double *out) {
    for (uint32_t g = tile->first_group; g < tile->last_group; g++)
        for (uint32_t u = session->groups.start[g]; u < session->groups.start[g + 1]; u++) {
            bool any = false;
            for (uint32_t c = 0; c < node->child_count; c++)
                any |= session->counted[node->child[c]] &&
                       !isnan(session->score[(size_t)node->child[c] * session->stride + u]);
            double wins = 0;
            for (uint32_t v = session->groups.start[g]; v < session->groups.start[g + 1]; v++)
                wins += v == u ? 0 : outcome(session, node, u, v);
            out[u - tile->first] = any ? wins : NAN;
        }
}

/* Whether all that keeps a child from having a score is that it is not applicable, or not due (bits 1, 2); 4 = missing. */
static unsigned absence(const struct baton_session *session, const struct baton_node *node,
                        uint32_t unit) {
    assert(session->note != NULL); /* who asks has them made */
    unsigned seen = 0;
    for (uint32_t c = 0; c < node->child_count; c++) {
        uint32_t child = node->child[c];
        size_t at = (size_t)child * session->stride + unit;
        if (!session->counted[child] || !has_row(session, child, unit))
            continue;
        uint16_t note = session->note[at];
        seen |= !isnan(session->score[at])    ? 8
                : (note & BATON_NOTE_NA)      ? 1
                : (note & BATON_NOTE_PENDING) ? 2
                                              : 4;
    }
    return seen;
}

/* Notes of an inner node and of the children that gave their weight away. */
static void note_node(struct baton_session *session, uint32_t n, const struct tile *tile) {
    const struct baton_node *node = &session->scheme->node[n];
    const double *score = session->score + (size_t)n * session->stride;
    uint16_t *note = session->note + (size_t)n * session->stride;
    for (uint32_t u = tile->first; u < tile->last; u++) {
        note[u] = 0;
        if (!isnan(score[u]) || !has_row(session, n, u))
            continue;
        unsigned seen = absence(session, node, u);
        note[u] = seen == 1                ? BATON_NOTE_NA
                  : seen == 2 || seen == 3 ? BATON_NOTE_PENDING
                                           : BATON_NOTE_MISSING;
    }
    for (uint32_t c = 0; c < node->child_count; c++) {
        uint32_t child = node->child[c];
        if (!session->counted[child])
            continue;
        const double *restrict child_score = session->score + (size_t)child * session->stride;
        uint16_t *restrict child_note = session->note + (size_t)child * session->stride;
        bool everybody = session->applies[child] == NULL && session->part == NULL;
        for (uint32_t u = tile->first; u < tile->last; u++) {
            const bool gave = isnan(child_score[u]) && (child_note[u] & BATON_NOTE_PENDING) == 0 &&
                              (everybody || has_row(session, child, u));
            child_note[u] |= gave ? BATON_NOTE_REDISTRIBUTED : 0;
        }
    }
}

/* `present`: a node is missing when too little of its weight that applies and is due has a score. */
static void require_present(struct baton_session *session, uint32_t n, const struct tile *tile) {
    const struct baton_node *node = &session->scheme->node[n];
    assert(session->note != NULL);
    bool weighted =
        node->aggregate != BATON_AGGREGATE_MIN && node->aggregate != BATON_AGGREGATE_SUM;
    for (uint32_t u = tile->first; u < tile->last; u++) {
        double due = 0, there = 0;
        for (uint32_t c = 0; c < node->child_count; c++) {
            uint32_t child = node->child_by_id[c];
            size_t at = (size_t)child * session->stride + u;
            bool scored = !isnan(session->score[at]);
            if (!session->counted[child] || !has_row(session, child, u) ||
                (!scored && (session->note[at] & (BATON_NOTE_NA | BATON_NOTE_PENDING)) != 0))
                continue;
            double weight = weighted ? weight_of(session, child, u) : 1;
            due += weight;
            there += scored ? weight : 0;
        }
        if (due > 0 && baton_number_compare12(there / due, session->scheme->present) < 0)
            session->score[(size_t)n * session->stride + u] = NAN;
    }
}

static void aggregate_node(struct baton_session *session, struct worker *worker, uint32_t n,
                           const struct tile *tile) {
    const struct baton_node *node = &session->scheme->node[n];
    uint32_t units = tile->last - tile->first;
    double *out = session->score + (size_t)n * session->stride + tile->first;
    if (node->aggregate == BATON_COPELAND) {
        copeland(session, node, tile, out);
        return;
    }
    memset(worker->sum, 0, units * sizeof(double));
    memset(worker->weight, 0, units * sizeof(double));
    if (node->aggregate == BATON_ARITHMETIC) {
        sum_children(session, worker, node, tile);
        finish_mean(node->aggregate, units, worker->sum, worker->weight, out);
        return;
    }
    for (uint32_t c = 0; c < node->child_count; c++) {
        uint32_t at = node->child_by_id[c];
        if (!session->counted[at])
            continue;
        struct child child = child_of(session, worker, at, tile);
        if (node->aggregate == BATON_GEOMETRIC || node->aggregate == BATON_HARMONIC)
            add_transformed(worker, &child, node->aggregate == BATON_HARMONIC, tile);
        else
            add_plain(&child, units, node->aggregate == BATON_AGGREGATE_MIN, worker->sum,
                      worker->weight);
    }
    if (node->aggregate == BATON_AGGREGATE_MIN || node->aggregate == BATON_AGGREGATE_SUM)
        for (uint32_t i = 0; i < units; i++)
            out[i] = worker->weight[i] > 0 ? worker->sum[i] : NAN;
    else
        finish_mean(node->aggregate, units, worker->sum, worker->weight, out);
}

/* Puts the total on the scale of its group, where that is not 100. */
static void scale_total(struct baton_session *session, const struct tile *tile) {
    const struct baton_group *group = session->scheme->group;
    for (uint32_t u = tile->first; u < tile->last; u++) {
        double total = group[session->group_of[u]].total;
        if (total != 100)
            session->score[u] = session->score[u] * (total / 100);
    }
}

void aggregate_slice(struct baton_session *session, struct worker *worker, const struct tile *tile,
                     const uint8_t *zeroed) {
    for (uint32_t n = session->nodes; n-- > 0;) {
        if (session->leaf_of_node[n] == BATON_NONE) {
            aggregate_node(session, worker, n, tile);
            if (!isnan(session->scheme->present))
                require_present(session, n, tile);
            if (session->note != NULL)
                note_node(session, n, tile);
        }
        if (zeroed == NULL)
            continue;
        for (uint32_t u = tile->first; u < tile->last; u++) {
            size_t at = (size_t)n * session->stride + u;
            if (zeroed[at] && !isnan(session->score[at])) {
                session->score[at] = 0;
                if (session->note != NULL)
                    session->note[at] |= BATON_NOTE_VETOED;
            }
        }
    }
    if (session->scheme->round_at_node)
        round_points_slice(session, worker, tile, zeroed);
    else
        scale_total(session, tile);
}
