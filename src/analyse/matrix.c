/* The matrix of a group: its units in order, and each node over them.
 *
 * Ranks come from the result. From a histogram of a node's ranks follow, for every rank, how many are above and how many
 * share it, whatever the scheme's way with ties; from these the first and the last, and later a unit's standing. */
#include "analyse/matrix_parts.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct job {
    struct baton_arena *arena;
    const struct baton_session *session;
    const struct baton_scheme *scheme;
    const struct baton_result *result;
    struct baton_matrix_group *out;
    uint32_t *unit;  /* [count] in order */
    uint32_t *plain; /* [count] in the scheme's order, which is that of sums */
    uint32_t *above; /* [ranks] units with a smaller rank */
    uint32_t *equal; /* [ranks] units with that rank */
    double *score;   /* [count] */
    uint32_t count, ranks;
};

static int by_rank(const void *left, const void *right, void *context) {
    const uint32_t *rank = context;
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    if (rank[a] != rank[b])
        return rank[a] - 1 < rank[b] - 1 ? -1 : 1; /* 0, no rank, last */
    return a < b ? -1 : a > b;
}

uint32_t matrix_units(const struct baton_session *session, uint32_t group, uint32_t *out) {
    const struct baton_group *of = &baton_session_scheme(session)->group[group];
    uint32_t count = 0;
    for (uint32_t u = of->first_unit; u < of->first_unit + of->unit_count; u++)
        if (baton_result_has_row(session, 0, u))
            out[count++] = u;
    return count;
}

void matrix_order(const uint32_t *rank, uint32_t count, uint32_t *unit) {
    qsort_r(unit, count, sizeof *unit, by_rank, (void *)rank);
}

/* How many units have each rank, and how many a smaller one. */
static void count_ranks(struct job *job, uint32_t n) {
    const uint32_t *rank = job->result->rank + (size_t)n * job->result->stride;
    uint32_t before = 0;
    memset(job->equal, 0, job->ranks * sizeof *job->equal);
    for (uint32_t i = 0; i < job->count; i++) {
        assert(rank[job->unit[i]] < job->ranks);
        job->equal[rank[job->unit[i]]]++;
    }
    for (uint32_t r = 1; r < job->ranks; r++) {
        job->above[r] = before;
        before += job->equal[r];
    }
}

/* The units of the group, in its order, whose rank is this one. */
static const uint32_t *units_ranked(struct job *job, uint32_t n, uint32_t rank, uint32_t count) {
    uint32_t *found = arena_alloc(job->arena, count, sizeof *found), at = 0;
    for (uint32_t i = 0; i < job->count; i++)
        if (job->result->rank[(size_t)n * job->result->stride + job->unit[i]] == rank)
            found[at++] = job->unit[i];
    assert(at == count);
    return found;
}

static void ends(struct job *job, uint32_t n, struct baton_matrix_node *node) {
    uint32_t first = 0, last = 0;
    for (uint32_t r = job->ranks; r-- > 1;)
        if (job->equal[r] > 0) {
            first = r;
            last = last == 0 ? r : last;
        }
    if (first == last)
        return; /* nobody, or nobody is told apart */
    node->first_count = job->equal[first];
    node->last_count = job->equal[last];
    node->first = units_ranked(job, n, first, node->first_count);
    node->last = units_ranked(job, n, last, node->last_count);
}

static void count_rows(struct job *job, uint32_t n, struct baton_matrix_node *node) {
    const bool is_leaf = job->scheme->node[n].child_count == 0;
    const uint32_t ratings = job->scheme->group[job->out->group].ratings.count;
    uint32_t *rated = arena_alloc(job->arena, ratings, sizeof *rated);
    for (uint32_t i = 0; i < job->count; i++) {
        const uint32_t u = job->unit[i];
        const size_t at = (size_t)n * job->result->stride + u;
        if (!baton_result_has_row(job->session, n, u))
            continue;
        const uint16_t note = job->result->note[at];
        node->rows++;
        node->scored += !isnan(job->result->score[at]);
        node->ranked += job->result->rank[at] != 0;
        node->missing += (note & BATON_NOTE_MISSING) != 0;
        node->imputed += (note & BATON_NOTE_IMPUTED) != 0;
        node->pending += (note & BATON_NOTE_PENDING) != 0;
        node->na += (note & BATON_NOTE_NA) != 0;
        const uint32_t rating = is_leaf ? baton_result_rating(job->session, n, u) : BATON_NONE;
        if (rating != BATON_NONE)
            rated[rating]++;
    }
    const uint32_t due = node->rows - node->pending - node->na;
    node->missing_share = due > 0 ? (double)node->missing / due : NAN;
    node->rated = rated;
}

static void describe(struct job *job, uint32_t n, struct baton_matrix_node *node) {
    struct moments moments;
    for (uint32_t i = 0; i < job->count; i++)
        job->score[i] = baton_result_has_row(job->session, n, job->plain[i])
                            ? job->result->score[(size_t)n * job->result->stride + job->plain[i]]
                            : NAN;
    statistics_moments(job->count, job->score, &moments);
    node->mean = moments.mean;
    node->sd = moments.sd;
    node->lowest = moments.lo;
    node->highest = moments.hi;
    const struct arena_mark mark = arena_mark(job->arena);
    node->median = statistics_median(job->arena, job->count, job->score);
    arena_reset_to(job->arena, mark);
}

static void study_node(struct job *job, uint32_t n, struct baton_matrix_node *node,
                       struct baton_matrix_position *position) {
    const uint32_t *rank = job->result->rank + (size_t)n * job->result->stride;
    describe(job, n, node);
    count_rows(job, n, node);
    count_ranks(job, n);
    ends(job, n, node);
    for (uint32_t i = 0; i < job->count; i++) {
        const uint32_t r = rank[job->unit[i]];
        if (r != 0)
            position[i] = (struct baton_matrix_position){job->above[r], job->equal[r] - 1};
    }
}

static baton_code study(void *context) {
    struct job *job = context;
    const uint32_t nodes = job->scheme->node_count;
    const size_t most = job->scheme->group[job->out->group].unit_count + (size_t)1;
    job->unit = arena_alloc(job->arena, most, sizeof *job->unit);
    job->plain = arena_alloc(job->arena, most, sizeof *job->plain);
    job->count = matrix_units(job->session, job->out->group, job->plain);
    memcpy(job->unit, job->plain, job->count * sizeof *job->unit);
    matrix_order(job->result->rank, job->count, job->unit);
    job->ranks = 2 * job->count + 1; /* twice the worst is the greatest that there is */
    job->above = arena_alloc(job->arena, job->ranks, sizeof *job->above);
    job->equal = arena_alloc(job->arena, job->ranks, sizeof *job->equal);
    job->score = arena_alloc(job->arena, most, sizeof *job->score);
    struct baton_matrix_node *node = arena_alloc(job->arena, nodes, sizeof *node);
    struct baton_matrix_position *position =
        arena_alloc(job->arena, (size_t)nodes * job->count + 1, sizeof *position);
    for (uint32_t n = 0; n < nodes; n++)
        study_node(job, n, &node[n], position + (size_t)n * job->count);
    job->out->unit = job->unit;
    job->out->unit_count = job->count;
    job->out->node = node;
    job->out->position = position;
    return BATON_OK;
}

baton_code baton_matrix_group(struct baton_arena *arena, const struct baton_session *session,
                              uint32_t group, struct baton_matrix_group *out) {
    const struct baton_result *result = baton_session_result(session);
    struct baton_matrix_group made = {.group = group};
    struct job job = {.arena = arena,
                      .session = session,
                      .scheme = baton_session_scheme(session),
                      .result = result,
                      .out = &made};
    assert(result->all_ranks && result->note != NULL && group < job.scheme->group_count);
    const baton_code code = arena_run(arena, study, &job);
    if (code == BATON_OK)
        *out = made;
    return code;
}
