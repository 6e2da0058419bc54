/* rank: scores -> ranks inside the group, on the score that people see.
 *
 * A score is ranked as it is published (rounded to its decimals) unless the scheme says `exact`, which is the value at 12
 * significant digits. Totals that tie are told apart by the nodes of `ties_by`, one after the other. What is still equal,
 * and every other node, shares its place by `ties`. */
#include "engine/order.h"
#include "engine/session.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

int32_t decimals_of(const struct baton_session *session, uint32_t node, uint32_t group) {
    int32_t own = session->scheme->node[node].decimals;
    return own >= 0 ? own : session->scheme->group[group].decimals;
}

double as_ranked(const struct baton_session *session, uint32_t node, uint32_t group, double score) {
    if (session->scheme->rank_on == BATON_RANK_EXACT)
        return baton_number_sig12(score);
    return baton_number_round(score, decimals_of(session, node, group), session->scheme->rounding);
}

/* The scores of units [first, last) as ranked, group by group; groups of the same decimals in one go. */
static void keys_of(const struct baton_session *session, uint32_t node, const double *score,
                    uint32_t first_group, uint32_t last_group, double *key) {
    const struct cohorts *groups = &session->groups;
    uint32_t origin = groups->start[first_group];
    for (uint32_t g = first_group; g < last_group;) {
        uint32_t end = g + 1;
        int32_t decimals = decimals_of(session, node, g);
        while (end < last_group && decimals_of(session, node, end) == decimals)
            end++;
        uint32_t first = groups->start[g], n = groups->start[end] - first;
        if (session->scheme->rank_on == BATON_RANK_EXACT)
            for (uint32_t u = first; u < first + n; u++)
                key[u - origin] = baton_number_sig12(score[u]);
        else
            baton_number_round_n(n, score + first, key + (first - origin), decimals,
                                 session->scheme->rounding);
        g = end;
    }
}

/* Ranks of one node in groups [first_group, last_group), which are adjacent. */
static void rank_groups(struct baton_session *session, struct worker *worker, uint32_t node,
                        uint32_t first_group, uint32_t last_group) {
    const struct baton_scheme *scheme = session->scheme;
    const double *score = session->score + (size_t)node * session->stride;
    uint32_t *rank = session->rank + (size_t)node * session->stride;
    uint32_t first = session->groups.start[first_group];
    if (scheme->rank_on == BATON_RANK_EXACT) {
        struct cohorts cohorts = {session->groups.start + first_group, last_group - first_group};
        struct arena_mark mark = arena_mark(worker->arena);
        double *key = arena_alloc_raw(worker->arena, session->groups.start[last_group] - first,
                                      sizeof(double));
        keys_of(session, node, score, first_group, last_group, key);
        order_rank_cohorts(worker->arena, &cohorts, key - first, true, scheme->ties, rank);
        arena_reset_to(worker->arena, mark);
        return;
    }
    for (uint32_t g = first_group; g < last_group;) {
        uint32_t end = g + 1;
        int32_t decimals = decimals_of(session, node, g);
        while (end < last_group && decimals_of(session, node, end) == decimals)
            end++;
        struct cohorts cohorts = {session->groups.start + g, end - g};
        order_rank_rounded(worker->arena, &cohorts, score, decimals, scheme->rounding, true,
                           scheme->ties, rank);
        g = end;
    }
}

void rank_slice(struct baton_session *session, struct worker *worker, uint32_t node,
                const struct tile *tile) {
    rank_groups(session, worker, node, tile->first_group, tile->last_group);
}

void rank_group(struct baton_session *session, struct worker *worker, uint32_t node,
                uint32_t group) {
    rank_groups(session, worker, node, group, group + 1);
}

/* What tells two units apart: their totals, then the nodes of ties_by. */
struct contest {
    const struct baton_session *session;
    const struct baton_group *group;
    uint32_t group_index;
    const double *key; /* totals as ranked, by unit */
};

static int compare_units(const struct contest *contest, uint32_t a, uint32_t b) {
    const struct baton_session *session = contest->session;
    if (contest->key[a] != contest->key[b])
        return contest->key[a] > contest->key[b] ? -1 : 1;
    for (uint32_t i = 0; i < contest->group->ties_by_count; i++) {
        uint32_t node = contest->group->ties_by[i];
        const double *score = session->score + (size_t)node * session->stride;
        double left = as_ranked(session, node, contest->group_index, score[a]);
        double right = as_ranked(session, node, contest->group_index, score[b]);
        if (isnan(left) || isnan(right)) {
            if (isnan(left) != isnan(right))
                return isnan(left) ? 1 : -1;
            continue;
        }
        if (left != right)
            return left > right ? -1 : 1;
    }
    return 0;
}

static int by_contest(const void *left, const void *right, void *context) {
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    int order = compare_units(context, a, b);
    return order != 0 ? order : a < b ? -1 : a > b;
}

/* Ranks by total and ties_by: each class of equals gets one number, and the numbers are ranked. */
static void rank_with_ties_by(struct baton_session *session, struct worker *worker,
                              uint32_t group) {
    uint32_t first = session->groups.start[group], n = session->groups.start[group + 1] - first,
             count = 0;
    struct contest contest = {session, &session->scheme->group[group], group, session->key};
    struct arena_mark mark = arena_mark(worker->arena);
    uint32_t *unit = arena_alloc_raw(worker->arena, n + 1, sizeof(uint32_t));
    double *class = arena_alloc_raw(worker->arena, n + 1, sizeof(double));
    for (uint32_t u = first; u < first + n; u++) {
        class[u - first] = NAN;
        if (!isnan(session->key[u]))
            unit[count++] = u;
    }
    qsort_r(unit, count, sizeof(*unit), by_contest, &contest);
    double number = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0 && compare_units(&contest, unit[i - 1], unit[i]) != 0)
            number++;
        class[unit[i] - first] = number;
    }
    order_rank(worker->arena, n, class, false, session->scheme->ties, session->rank + first);
    arena_reset_to(worker->arena, mark);
}

void rank_totals(struct baton_session *session, struct worker *worker) {
    const struct baton_scheme *scheme = session->scheme;
    struct cohorts groups = session->groups;
    if (scheme->group_count == 0)
        return;
    if (session->has_adjustments) {
        keys_of(session, 0, session->base, 0, scheme->group_count, session->key);
        order_rank_cohorts(worker->arena, &groups, session->key, true, scheme->ties,
                           session->base_rank);
    }
    keys_of(session, 0, session->score, 0, scheme->group_count, session->key);
    for (uint32_t u = 0; session->has_adjustments && u < session->ranked; u++)
        if ((session->effects[u] & EFFECT_UNRANKED) != 0)
            session->key[u] = NAN;
    order_rank_cohorts(worker->arena, &groups, session->key, true, scheme->ties, session->rank);
    for (uint32_t g = 0; g < scheme->group_count; g++)
        if (scheme->group[g].ties_by_count > 0)
            rank_with_ties_by(session, worker, g);
}
