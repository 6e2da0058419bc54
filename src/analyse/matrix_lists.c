/* The three lists: by level among all, by class inside the group, by progress since the result compared with.
 *
 * Each list has a figure for every unit; places are given by the figures at 12 significant digits, for units that have a
 * rank. The class has the ranks of the result, which may tell more apart than the total. */
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
    struct baton_matrix_lists *out;
    uint32_t *unit, count; /* all that take part, in the scheme's order */
    uint32_t *first;       /* [group_count + 1] */
    uint32_t *rank;        /* [unit of the scheme] of the list that is being made */
    uint32_t *place;       /* [count] */
    double *figure;        /* [count]; NaN = none, also of those without a rank */
};

static void find_units(struct job *job) {
    const uint32_t groups = job->scheme->group_count;
    job->unit = arena_alloc(job->arena, job->scheme->ranked_count + (size_t)1, sizeof *job->unit);
    job->first = arena_alloc(job->arena, groups + (size_t)1, sizeof *job->first);
    for (uint32_t g = 0; g < groups; g++) {
        job->first[g] = job->count;
        job->count += matrix_units(job->session, g, job->unit + job->count);
    }
    job->first[groups] = job->count;
    job->rank = arena_alloc(job->arena, job->scheme->ranked_count + (size_t)1, sizeof *job->rank);
    job->place = arena_alloc(job->arena, job->count, sizeof *job->place);
    job->figure = arena_alloc(job->arena, job->count, sizeof *job->figure);
}

/* The list of units [from, to), of which `of` have a place: job->place and job->figure have what is known of them. */
static void put_group(struct job *job, uint32_t from, uint32_t to, uint32_t of,
                      struct baton_matrix_place *list) {
    uint32_t *unit = arena_alloc(job->arena, to - from, sizeof *unit);
    double *figure = arena_alloc(job->arena, job->scheme->ranked_count + (size_t)1, sizeof *figure);
    for (uint32_t i = from; i < to; i++) {
        unit[i - from] = job->unit[i];
        job->rank[job->unit[i]] = job->place[i];
        figure[job->unit[i]] = job->figure[i];
    }
    matrix_order(job->rank, to - from, unit);
    for (uint32_t i = from; i < to; i++) {
        const uint32_t u = unit[i - from];
        list[i] = (struct baton_matrix_place){u, job->rank[u], of, figure[u]};
    }
}

static struct baton_matrix_place *put(struct job *job, const uint32_t *of) {
    struct baton_matrix_place *list = arena_alloc(job->arena, job->count, sizeof *list);
    const struct arena_mark mark = arena_mark(job->arena);
    for (uint32_t g = 0; g < job->scheme->group_count; g++) {
        put_group(job, job->first[g], job->first[g + 1], of[g], list);
        arena_reset_to(job->arena, mark);
    }
    return list;
}

static bool is_ranked(const struct job *job, uint32_t i) {
    return job->result->rank[job->unit[i]] != 0;
}

static double published(const struct job *job, uint32_t i) {
    return baton_result_as_ranked(job->session, 0, job->unit[i]);
}

static const struct baton_matrix_place *level(struct job *job, uint32_t *of) {
    for (uint32_t i = 0; i < job->count; i++) {
        const double total = job->scheme->group[job->scheme->unit[job->unit[i]].group].total;
        job->figure[i] =
            is_ranked(job, i) ? baton_number_sig12(published(job, i) * (100 / total)) : NAN;
    }
    const uint32_t ranked =
        order_rank(job->arena, job->count, job->figure, true, job->scheme->ties, job->place);
    for (uint32_t g = 0; g < job->scheme->group_count; g++)
        of[g] = ranked;
    return put(job, of);
}

static const struct baton_matrix_place *class(struct job *job, uint32_t *of) {
    for (uint32_t i = 0; i < job->count; i++) {
        job->figure[i] = is_ranked(job, i) ? published(job, i) : NAN;
        job->place[i] = job->result->rank[job->unit[i]];
    }
    for (uint32_t g = 0; g < job->scheme->group_count; g++)
        of[g] = baton_result_of(job->session, 0, g);
    return put(job, of);
}

static const struct baton_matrix_place *progress(struct job *job, uint32_t *of) {
    for (uint32_t i = 0; i < job->count; i++)
        job->figure[i] =
            is_ranked(job, i)
                ? baton_number_sig12(published(job, i) -
                                     baton_result_earlier_score(job->session, job->unit[i]))
                : NAN;
    for (uint32_t g = 0; g < job->scheme->group_count; g++) {
        const uint32_t from = job->first[g];
        of[g] = order_rank(job->arena, job->first[g + 1] - from, job->figure + from, true,
                           job->scheme->ties, job->place + from);
    }
    return put(job, of);
}

static baton_code study(void *context) {
    struct job *job = context;
    uint32_t *of = arena_alloc(job->arena, job->scheme->group_count + (size_t)1, sizeof *of);
    find_units(job);
    job->out->level = level(job, of);
    job->out->class = class(job, of);
    job->out->progress = progress(job, of);
    job->out->count = job->count;
    job->out->group_first = job->first;
    return BATON_OK;
}

baton_code baton_matrix_lists(struct baton_arena *arena, const struct baton_session *session,
                              struct baton_matrix_lists *out) {
    struct baton_matrix_lists made = {0};
    struct job job = {.arena = arena,
                      .session = session,
                      .scheme = baton_session_scheme(session),
                      .result = baton_session_result(session),
                      .out = &made};
    const baton_code code = arena_run(arena, study, &job);
    if (code == BATON_OK)
        *out = made;
    return code;
}
