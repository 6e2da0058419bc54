/* Weights: what each node counts for each unit, whom it applies to, and the share of the total it has in the end.
 *
 * A weight is the node's own (0 for an individual indicator), overridden by the row of the unit's group, overridden
 * by the unit's own row. Most nodes have one weight for everybody and keep just that; columns are made only where
 * rows ask for them. Shares are handed down from the root: a child's is its parent's in proportion to its weight
 * among the children that have a score, so redistribution and what is not due need no rule of their own. */
#include "engine/session.h"
#include <math.h>
#include <string.h>

double weight_of(const struct baton_session *session, uint32_t node, uint32_t unit) {
    if (session->unit_weight[node] != NULL)
        return session->unit_weight[node][unit];
    if (session->group_weight[node] != NULL)
        return session->group_weight[node][session->group_of[unit]];
    return session->weight[node];
}

static void override_groups(struct baton_session *session, const struct baton_weight *row) {
    double **column = &session->group_weight[row->node];
    if (*column == NULL) {
        *column = arena_alloc_raw(session->arena, session->scheme->group_count, sizeof(double));
        for (uint32_t g = 0; g < session->scheme->group_count; g++)
            (*column)[g] = session->weight[row->node];
    }
    (*column)[row->group] = row->weight;
}

static void override_unit(struct baton_session *session, const struct baton_weight *row) {
    double **column = &session->unit_weight[row->node];
    if (*column == NULL) {
        double *made = arena_alloc_raw(session->arena, session->ranked, sizeof(double));
        for (uint32_t u = 0; u < session->ranked; u++)
            made[u] = weight_of(session, row->node, u);
        *column = made;
    }
    (*column)[row->unit] = row->weight;
}

/* A gate may weigh nothing in indicators.csv: it is scored all the same. */
static bool is_free_gate(const struct baton_node *node) {
    return node->class == BATON_GATE && node->weight == 0;
}

static bool may_be_zero(const struct baton_session *session, uint32_t node) {
    if (session->unit_weight[node] != NULL || session->group_weight[node] != NULL)
        return true;
    return session->weight[node] == 0 && !is_free_gate(&session->scheme->node[node]);
}

/* Whether a row of weights.csv frees the unit from a gate that weighs nothing anyway. */
static bool weighs(const struct baton_session *session, uint32_t node, uint32_t unit) {
    double weight = weight_of(session, node, unit);
    if (weight != 0) /* NaN, the empty weight under min and sum, applies too */
        return true;
    if (!is_free_gate(&session->scheme->node[node]))
        return false;
    for (uint32_t i = 0; i < session->scheme->weight_count; i++) {
        const struct baton_weight *row = &session->scheme->weight[i];
        if (row->node == node && (row->unit == unit || (row->unit == BATON_NONE &&
                                                        row->group == session->group_of[unit])))
            return false;
    }
    return true;
}

/* Leaves apply where they and all above them weigh something; inner nodes where a child does. */
static void prepare_masks(struct baton_session *session) {
    const struct baton_scheme *scheme = session->scheme;
    uint32_t ranked = session->ranked;
    bool *partial = arena_alloc(session->arena, session->nodes, sizeof(bool));
    uint8_t **mask = arena_alloc(session->arena, session->nodes, sizeof(*mask));
    for (uint32_t n = 1; n < session->nodes; n++) {
        uint32_t parent = scheme->node[n].parent;
        partial[n] = may_be_zero(session, n) || partial[parent];
        if (!partial[n])
            continue;
        mask[n] = arena_alloc_raw(session->arena, ranked + 1, 1);
        for (uint32_t u = 0; u < ranked; u++)
            mask[n][u] = weighs(session, n, u) && (mask[parent] == NULL || mask[parent][u]);
    }
    for (uint32_t n = session->nodes; n-- > 0;) {
        const struct baton_node *node = &scheme->node[n];
        if (node->child_count == 0)
            continue;
        bool everybody = false;
        for (uint32_t c = 0; c < node->child_count; c++)
            everybody |= mask[node->child[c]] == NULL;
        if (everybody && mask[n] == NULL)
            continue;
        uint8_t *own = arena_alloc(session->arena, ranked + 1, 1);
        for (uint32_t c = 0; c < node->child_count; c++)
            for (uint32_t u = 0; u < ranked; u++)
                own[u] |= mask[node->child[c]] == NULL ? 1 : mask[node->child[c]][u];
        mask[n] = own;
    }
    for (uint32_t n = 0; n < session->nodes; n++)
        session->applies[n] = mask[n];
}

void weights_prepare(struct baton_session *session) {
    const struct baton_scheme *scheme = session->scheme;
    size_t nodes = session->nodes;
    session->weight = arena_alloc(session->arena, nodes, sizeof(double));
    session->group_weight = arena_alloc(session->arena, nodes, sizeof(double *));
    session->unit_weight = arena_alloc(session->arena, nodes, sizeof(double *));
    session->applies = arena_alloc(session->arena, nodes, sizeof(uint8_t *));
    session->counted = arena_alloc(session->arena, nodes, sizeof(bool));
    for (uint32_t n = 0; n < nodes; n++) {
        const struct baton_node *node = &scheme->node[n];
        session->weight[n] = n == 0 ? 1 : node->kind == BATON_INDIVIDUAL ? 0 : node->weight;
        session->counted[n] = !is_free_gate(node);
    }
    for (uint32_t i = 0; i < scheme->weight_count; i++)
        if (scheme->weight[i].group != BATON_NONE)
            override_groups(session, &scheme->weight[i]);
    for (uint32_t i = 0; i < scheme->weight_count; i++)
        if (scheme->weight[i].unit != BATON_NONE && scheme->weight[i].unit < session->ranked)
            override_unit(session, &scheme->weight[i]);
    prepare_masks(session);
}

bool has_row(const struct baton_session *session, uint32_t node, uint32_t unit) {
    return (session->part == NULL || session->part[unit]) &&
           (session->applies[node] == NULL || session->applies[node][unit]);
}

/* A child's weight as a share is made of it: one that was left empty (under min) counts 1. */
static double share_weight(const struct baton_session *session, uint32_t child, uint32_t unit) {
    double weight = weight_of(session, child, unit);
    return isnan(weight) ? 1 : weight;
}

void weights_effective(const struct baton_session *session, uint32_t unit, double *share) {
    const struct baton_scheme *scheme = session->scheme;
    const double *score = session->score + unit;
    size_t stride = session->stride;
    share[0] = isnan(score[0]) ? 0 : scheme->group[session->group_of[unit]].total;
    for (uint32_t n = 0; n < session->nodes; n++) {
        const struct baton_node *node = &scheme->node[n];
        double sum = 0;
        if (node->aggregate != BATON_AGGREGATE_SUM)
            for (uint32_t c = 0; c < node->child_count; c++) {
                uint32_t child = node->child_by_id[c];
                if (!isnan(score[child * stride]) && session->counted[child])
                    sum += share_weight(session, child, unit);
            }
        for (uint32_t c = 0; c < node->child_count; c++) {
            uint32_t child = node->child[c];
            if (isnan(score[child * stride]) || !session->counted[child])
                share[child] = 0;
            else if (node->aggregate == BATON_AGGREGATE_SUM) /* hands its whole share on */
                share[child] = share[n];
            else
                share[child] = sum > 0 ? share[n] * (share_weight(session, child, unit) / sum) : 0;
        }
    }
}

void weights_full(const struct baton_session *session, uint32_t unit, double *share) {
    const struct baton_scheme *scheme = session->scheme;
    share[0] = scheme->group[session->group_of[unit]].total;
    for (uint32_t n = 0; n < session->nodes; n++) {
        const struct baton_node *node = &scheme->node[n];
        const bool alike = node->aggregate == BATON_AGGREGATE_SUM;
        double sum = 0;
        for (uint32_t c = 0; c < node->child_count && !alike; c++) {
            const uint32_t child = node->child_by_id[c];
            if (has_row(session, child, unit) && session->counted[child])
                sum += share_weight(session, child, unit);
        }
        for (uint32_t c = 0; c < node->child_count; c++) {
            const uint32_t child = node->child[c];
            const bool in = has_row(session, child, unit) && session->counted[child];
            share[child] = !in       ? 0
                           : alike   ? share[n]
                           : sum > 0 ? share[n] * (share_weight(session, child, unit) / sum)
                                     : 0;
        }
    }
}
