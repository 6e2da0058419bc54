/* Scoring: the order of the steps, who does what, and the memory they share.
 *
 * Units are cut into tiles: stretches of whole groups, or parts of one large group, small enough that what a tile's
 * steps hand to each other stays in cache. Leaves are prepared first, each by one worker; then the tiles are scored, each by
 * one worker, from normalise up to the root and, where nothing later can change them, the ranks of its groups. What looks
 * at all units (adjustments, totals, grades, awards) follows on the caller's thread. Workers write to places of their own
 * only, so the result does not depend on who did what. */
#include "engine/session.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    TILE_UNITS =
        1024, /* 8 KB a column: a leaf's figures, scores and notes of a tile fit the first cache */
    ERRORS_OF_TILE = 100, /* scores refused that a tile reports */
    THREADS_FROM = 200000 /* figures below which threads cost more than they bring */
};

static void *columns(struct baton_session *session, size_t count, size_t size) {
    return arena_alloc_raw(session->arena, count * session->stride + 1, size);
}

static void prepare_groups(struct baton_session *session) {
    const struct baton_scheme *scheme = session->scheme;
    uint32_t *start = arena_alloc(session->arena, scheme->group_count + 1, sizeof(uint32_t));
    uint32_t *all = arena_alloc(session->arena, 2, sizeof(uint32_t));
    session->group_of = arena_alloc(session->arena, session->ranked + 1, sizeof(uint32_t));
    for (uint32_t g = 0; g < scheme->group_count; g++) {
        start[g] = scheme->group[g].first_unit;
        for (uint32_t i = 0; i < scheme->group[g].unit_count; i++)
            session->group_of[start[g] + i] = g;
    }
    start[scheme->group_count] = session->ranked;
    all[1] = session->ranked;
    session->groups = (struct cohorts){start, scheme->group_count};
    session->all = (struct cohorts){all, 1};
}

/* Whether some node needs its whole group at once: then a tile never is a part of one. */
static bool needs_whole_groups(const struct baton_scheme *scheme) {
    for (uint32_t n = 0; n < scheme->node_count; n++)
        if (scheme->node[n].child_count > 0 && scheme->node[n].aggregate == BATON_COPELAND)
            return true;
    return false;
}

static void add_tile(struct baton_session *session, size_t *capacity, struct tile tile) {
    size_t count = session->tile_count;
    *ARRAY_PUSH(session->arena, session->tile, count, *capacity) = tile;
    session->tile_count = (uint32_t)count;
    if (tile.last - tile.first > session->tile_size)
        session->tile_size = tile.last - tile.first;
}

static void prepare_tiles(struct baton_session *session) {
    const uint32_t *start = session->groups.start;
    bool whole = needs_whole_groups(session->scheme);
    size_t capacity = 0;
    session->tile_size = TILE_UNITS;
    for (uint32_t g = 0; g < session->groups.count;) {
        uint32_t end = g + 1;
        if (!whole && start[end] - start[g] > TILE_UNITS) {
            for (uint32_t u = start[g]; u < start[end]; u += TILE_UNITS) {
                uint32_t last = start[end] - u > TILE_UNITS ? u + TILE_UNITS : start[end];
                add_tile(session, &capacity, (struct tile){u, last, g, g, g});
            }
        } else {
            while (end < session->groups.count && start[end + 1] - start[g] <= TILE_UNITS)
                end++;
            add_tile(session, &capacity, (struct tile){start[g], start[end], g, end, g});
        }
        g = end;
    }
}

/* Rows of adjustments by item, then unit, then by what they say: a sum has one order whatever the file's. */
static int compare_rows(const void *left, const void *right) {
    const struct baton_adjustment *a = left, *b = right;
    if (a->item != b->item)
        return a->item < b->item ? -1 : 1;
    if (a->unit != b->unit)
        return a->unit < b->unit ? -1 : 1;
    int order = baton_period_compare(a->period, b->period);
    if (order != 0)
        return order;
    if (a->issued_day != b->issued_day)
        return a->issued_day < b->issued_day ? -1 : 1;
    if (a->level != b->level)
        return a->level < b->level ? -1 : 1;
    if (isnan(a->points) != isnan(b->points))
        return isnan(a->points) ? -1 : 1;
    if (a->points < b->points || a->points > b->points)
        return a->points < b->points ? -1 : 1;
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    const char *left_honour = a->honour == NULL ? "" : a->honour,
               *right_honour = b->honour == NULL ? "" : b->honour;
    order = strcmp(left_honour, right_honour);
    return order != 0 ? order : a->at.row < b->at.row ? -1 : a->at.row > b->at.row;
}

/* Rows of targets by node, those for everybody or a group first, then by unit. */
static int compare_targets(const void *left, const void *right) {
    const struct baton_target *a = left, *b = right;
    if (a->node != b->node)
        return a->node < b->node ? -1 : 1;
    uint32_t x = a->unit + 1, y = b->unit + 1; /* BATON_NONE + 1 = 0 */
    return x < y ? -1 : x > y;
}

static int compare_successions(const void *left, const void *right, void *context) {
    const struct baton_succession *a = left, *b = right;
    const struct baton_unit *unit = context;
    if (a->date != b->date)
        return a->date < b->date ? -1 : 1;
    if (a->to != b->to)
        return strcmp(unit[a->to].id, unit[b->to].id);
    return strcmp(unit[a->from].id, unit[b->from].id);
}

static int compare_honours(const void *left, const void *right) {
    const struct baton_adjustment *a = *(const struct baton_adjustment *const *)left;
    const struct baton_adjustment *b = *(const struct baton_adjustment *const *)right;
    int order = adjustment_honour_order(a, b);
    return order != 0 ? order : a < b ? -1 : a > b;
}

static void prepare_honours(struct baton_session *session) {
    uint32_t rows = session->scheme->adjustment_count;
    session->honour = arena_alloc(session->arena, rows + 1, sizeof(struct baton_adjustment *));
    for (uint32_t i = 0; i < rows; i++)
        if (session->rows[i].honour != NULL)
            session->honour[session->honour_count++] = &session->rows[i];
    qsort(session->honour, session->honour_count, sizeof(struct baton_adjustment *),
          compare_honours);
}

static void prepare_rows(struct baton_session *session) {
    struct baton_scheme *scheme = session->scheme;
    struct baton_arena *arena = session->arena;
    struct baton_adjustment *rows = arena_alloc(arena, scheme->adjustment_count + 1, sizeof(*rows));
    struct baton_target *targets = arena_alloc(arena, scheme->target_count + 1, sizeof(*targets));
    session->item_first = arena_alloc(arena, scheme->item_count + 2, sizeof(uint32_t));
    session->target_first = arena_alloc(arena, session->nodes + 1, sizeof(uint32_t));
    if (scheme->adjustment_count > 0)
        memcpy(rows, scheme->adjustment, scheme->adjustment_count * sizeof(*rows));
    if (scheme->target_count > 0)
        memcpy(targets, scheme->target, scheme->target_count * sizeof(*targets));
    qsort(rows, scheme->adjustment_count, sizeof(*rows), compare_rows);
    qsort(targets, scheme->target_count, sizeof(*targets), compare_targets);
    for (uint32_t i = 0; i < scheme->adjustment_count; i++)
        session->item_first[rows[i].item + 1]++;
    for (uint32_t i = 0; i < scheme->item_count; i++)
        session->item_first[i + 1] += session->item_first[i];
    for (uint32_t i = 0; i < scheme->target_count; i++)
        session->target_first[targets[i].node + 1]++;
    for (uint32_t n = 0; n < session->nodes; n++)
        session->target_first[n + 1] += session->target_first[n];
    session->rows = rows;
    session->targets = targets;
    prepare_honours(session);
    if (scheme->succession_count > 1)
        qsort_r(scheme->succession, scheme->succession_count, sizeof(*scheme->succession),
                compare_successions, scheme->unit);
    session->last_succession = INT32_MIN;
    for (uint32_t i = 0; i < scheme->succession_count; i++)
        if (scheme->succession[i].date > session->last_succession)
            session->last_succession = scheme->succession[i].date;
}

/* Which leaves need no preparation but their figures. */
static void leaves_direct(struct baton_session *session) {
    for (uint32_t i = 0; i < session->leaf_count; i++) {
        struct leaf *leaf = &session->leaf[i];
        leaf->direct =
            leaf->element == leaf->as->element && leaf->as->accumulate == BATON_LAST &&
            leaf->when == NULL && leaf->among == NULL && !leaf->needs_target &&
            leaf->as->treat == BATON_TREAT_NONE && leaf->as->missing != BATON_MISSING_LAST &&
            leaf->path != LEAF_COLUMN && leaf->method->kind != BATON_METHOD_BEST &&
            session->applies[leaf->node] == NULL && session->last_succession == INT32_MIN &&
            session->element_kind[leaf->element] == leaf->frequency;
    }
}

static void prepare_flags(struct baton_session *session) {
    const struct baton_scheme *scheme = session->scheme;
    bool gates = false;
    for (uint32_t n = 0; n < session->nodes; n++)
        gates |= scheme->node[n].gate_effect != BATON_NONE;
    for (uint32_t e = 0; e < scheme->effect_count; e++)
        session->has_zeroing |= scheme->effect[e].node_zero != BATON_NONE;
    for (uint32_t u = 0; u < scheme->unit_count; u++)
        session->has_shapes |= scheme->unit[u].joined.kind != BATON_PERIOD_NONE ||
                               scheme->unit[u].left.kind != BATON_PERIOD_NONE;
    for (uint32_t g = 0; g < scheme->group_count; g++)
        session->has_grades |= scheme->group[g].grades != BATON_NONE;
    session->has_adjustments = scheme->item_count > 0 || gates;
    session->ranks_in_tiles = !session->has_zeroing;
}

/* Room for the result; pages are touched by whoever writes them first. */
static void prepare_result(struct baton_session *session) {
    const struct baton_scheme *scheme = session->scheme;
    size_t nodes = session->nodes, ranked = session->ranked;
    bool full = session->options.full;
    session->score = columns(session, nodes, sizeof(double));
    session->rank = columns(session, full ? nodes : 1, sizeof(uint32_t));
    if (full || !isnan(scheme->present) || session->has_zeroing)
        session->note = columns(session, nodes, sizeof(uint16_t));
    session->total_note = session->note != NULL
                              ? session->note
                              : arena_alloc(session->arena, ranked + 1, sizeof(uint16_t));
    session->key = arena_alloc_raw(session->arena, ranked + 1, sizeof(double));
    session->group_size = arena_alloc(session->arena, scheme->group_count + 1, sizeof(uint32_t));
    if (session->has_adjustments) {
        session->base = arena_alloc_raw(session->arena, ranked + 1, sizeof(double));
        session->bonus = arena_alloc_raw(session->arena, ranked + 1, sizeof(double));
        session->deduction = arena_alloc_raw(session->arena, ranked + 1, sizeof(double));
        session->base_rank = arena_alloc_raw(session->arena, ranked + 1, sizeof(uint32_t));
        session->effects = arena_alloc(session->arena, ranked + 1, 1);
        session->grade_at_most = arena_alloc_raw(session->arena, ranked + 1, sizeof(uint32_t));
    }
    if (session->has_grades)
        session->grade = arena_alloc_raw(session->arena, ranked + 1, sizeof(uint32_t));
    size_t units = session->units;
    session->nothing = arena_alloc_raw(session->arena, units + 1, sizeof(double));
    session->all_pending = arena_alloc_raw(session->arena, units + 1, 1);
    for (size_t u = 0; u < units; u++)
        session->nothing[u] = NAN;
    memset(session->all_pending, BATON_PENDING, units);
}

static void close_worker(void *arena) {
    arena_close(arena);
}

static bool prepare_workers(struct baton_session *session) {
    unsigned threads = session->options.threads;
    if ((uint64_t)session->ranked * session->leaf_count >= THREADS_FROM && threads != 1) {
        session->parallel = parallel_open(threads);
        arena_on_close(session->arena, parallel_close, session->parallel);
    }
    session->worker_count = parallel_threads(session->parallel);
    session->worker = arena_alloc(session->arena, session->worker_count, sizeof(*session->worker));
    for (unsigned w = 0; w < session->worker_count; w++) {
        struct worker *worker = &session->worker[w];
        worker->arena = arena_open();
        if (worker->arena == NULL)
            return false;
        arena_on_close(session->arena, close_worker, worker->arena);
        size_t size = session->tile_size;
        worker->sum = arena_alloc_raw(session->arena, size, sizeof(double));
        worker->weight = arena_alloc_raw(session->arena, size, sizeof(double));
        worker->column = arena_alloc_raw(session->arena, size, sizeof(double));
        worker->start = arena_mark(worker->arena);
    }
    return true;
}

baton_code baton_session_open(struct baton_arena *arena, struct baton_scheme *scheme,
                              const struct baton_facts *facts, const struct baton_links *links,
                              const struct baton_options *options, struct baton_session **out,
                              struct baton_findings *found) {
    struct baton_session *session = arena_alloc(arena, 1, sizeof(*session));
    session->arena = arena;
    session->scheme = scheme;
    session->facts = facts;
    session->options = *options;
    if (links != NULL)
        session->links = *links;
    session->units = scheme->unit_count;
    session->ranked = scheme->ranked_count;
    session->nodes = scheme->node_count;
    session->reported = scheme->element_count;
    session->stride = (session->ranked + 7u) & ~7u;
    prepare_groups(session);
    prepare_tiles(session);
    baton_code code = compile_session(session, found);
    if (code != BATON_OK)
        return code;
    weights_prepare(session);
    prepare_rows(session);
    leaves_direct(session);
    prepare_flags(session);
    prepare_result(session);
    if (!prepare_workers(session))
        return BATON_NO_MEMORY;
    history_open(session);
    *out = session;
    return BATON_OK;
}

/* ---- One scoring. */

enum stage { STAGE_PREPARE, STAGE_TILES, STAGE_RANKS };

struct job {
    struct baton_session *session;
    enum stage stage;
    size_t index, end;
    struct worker *worker;
    struct scoring_error **error; /* by tile */
    size_t *errors;
};

static void count_groups(struct baton_session *session) {
    for (uint32_t g = 0; g < session->groups.count; g++) {
        uint32_t first = session->groups.start[g], end = session->groups.start[g + 1];
        session->group_size[g] = end - first;
        if (session->part == NULL)
            continue;
        session->group_size[g] = 0;
        for (uint32_t u = first; u < end; u++)
            session->group_size[g] += session->part[u];
    }
}

static void score_tile(struct job *job, const struct tile *tile) {
    struct baton_session *session = job->session;
    struct worker *worker = job->worker;
    for (uint32_t i = 0; i < session->leaf_count; i++)
        leaf_slice(session, worker, &session->leaf[i], tile);
    aggregate_slice(session, worker, tile, NULL);
    if (session->note == NULL)
        memset(session->total_note + tile->first, 0, (tile->last - tile->first) * sizeof(uint16_t));
    if (!session->options.full || !session->ranks_in_tiles || tile->first_group == tile->last_group)
        return;
    for (uint32_t n = 1; n < session->nodes; n++)
        rank_slice(session, worker, n, tile);
}

/* Ranks that no tile could give: of large groups, and of all where a veto may still change a node. */
static void rank_node(struct job *job, uint32_t node) {
    struct baton_session *session = job->session;
    for (uint32_t t = 0; t < session->tile_count; t++) {
        const struct tile *tile = &session->tile[t];
        if (tile->first_group < tile->last_group) {
            if (!session->ranks_in_tiles)
                rank_slice(session, job->worker, node, tile);
        } else if (tile->first == session->groups.start[tile->group]) {
            rank_group(session, job->worker, node, tile->group);
        }
    }
}

static void do_one(struct job *job) {
    struct baton_session *session = job->session;
    struct worker *worker = job->worker;
    switch (job->stage) {
    case STAGE_PREPARE:
        leaf_prepare(session, worker, &session->leaf[job->index]);
        break;
    case STAGE_TILES: {
        struct scoring_error error[ERRORS_OF_TILE];
        worker->error = error;
        worker->error_count = 0;
        worker->error_capacity = ERRORS_OF_TILE;
        score_tile(job, &session->tile[job->index]);
        if (worker->error_count > 0) {
            job->error[job->index] =
                arena_alloc(worker->arena, worker->error_count, sizeof(*error));
            memcpy(job->error[job->index], error, worker->error_count * sizeof(*error));
            job->errors[job->index] = worker->error_count;
        }
        worker->error = NULL;
        worker->error_capacity = 0;
        break;
    }
    case STAGE_RANKS:
        rank_node(job, (uint32_t)job->index + 1);
        break;
    }
}

static baton_code do_job(void *context) {
    struct job *job = context;
    for (; job->index < job->end; job->index++)
        do_one(job);
    return BATON_OK;
}

static void work(void *context, size_t index, unsigned number) {
    struct job job = *(const struct job *)context;
    job.index = index;
    job.end = index + 1;
    job.worker = &job.session->worker[number];
    baton_code code = arena_run(job.worker->arena, do_job, &job);
    if (code != BATON_OK)
        job.worker->code = code;
}

static baton_code run_stage(struct job *job, enum stage stage, size_t count) {
    struct baton_session *session = job->session;
    job->stage = stage;
    /* Another assessment's session is for one thread at a time. */
    if (session->parallel == NULL || (stage == STAGE_PREPARE && session->links.result != NULL &&
                                      session->scheme->import_count > 0)) {
        job->index = 0;
        job->end = count;
        job->worker = &session->worker[0];
        return arena_run(job->worker->arena, do_job, job);
    }
    parallel_run(session->parallel, count, work, job);
    for (unsigned w = 0; w < session->worker_count; w++)
        if (session->worker[w].code != BATON_OK)
            return session->worker[w].code;
    return BATON_OK;
}

static int compare_errors(const void *left, const void *right) {
    const struct scoring_error *a = left, *b = right;
    if (a->unit != b->unit)
        return a->unit < b->unit ? -1 : 1;
    return a->node < b->node ? -1 : a->node > b->node;
}

/* Reports scores refused, by unit and node; answers the code of the first. */
static baton_code report_some(const struct baton_session *session, struct scoring_error *error,
                              size_t count, struct baton_findings *found) {
    const struct baton_scheme *scheme = session->scheme;
    char period[BATON_PERIOD_NAME_SIZE], value[BATON_NUMBER_SHORTEST_SIZE];
    if (count == 0)
        return BATON_OK;
    baton_period_format(session->period, period);
    qsort(error, count, sizeof(*error), compare_errors);
    for (size_t i = 0; i < count; i++) {
        const struct baton_node *node = &scheme->node[error[i].node];
        baton_number_shortest(error[i].value, value);
        baton_findings_add(found, error[i].code, node->at, node->id, scheme->unit[error[i].unit].id,
                           period, value);
    }
    return error[0].code;
}

/* The same of all tiles. */
static baton_code report_errors(struct job *job, struct baton_findings *found) {
    struct baton_session *session = job->session;
    baton_code first = BATON_OK;
    for (uint32_t t = 0; t < session->tile_count; t++) {
        baton_code code = report_some(session, job->error[t], job->errors[t], found);
        first = first == BATON_OK ? code : first;
    }
    return first;
}

/* What looks at all units, on the caller's thread. */
static void finish(struct baton_session *session) {
    if (session->has_adjustments) {
        adjust(session);
        return;
    }
    for (uint32_t g = 0; g < session->groups.count; g++) {
        const struct baton_group *group = &session->scheme->group[g];
        if (isnan(group->bound_lo) && isnan(group->bound_hi))
            continue;
        for (uint32_t u = session->groups.start[g]; u < session->groups.start[g + 1]; u++)
            put_within_bounds(session, u);
    }
}

struct scoring {
    struct baton_session *session;
    struct job job;
    struct baton_findings *found;
};

static baton_code score_units(void *context) {
    struct scoring *scoring = context;
    struct baton_session *session = scoring->session;
    struct job *job = &scoring->job;
    struct baton_arena *arena = session->worker[0].arena;
    job->error = arena_alloc(arena, session->tile_count + 1, sizeof(*job->error));
    job->errors = arena_alloc(arena, session->tile_count + 1, sizeof(*job->errors));
    session->part = taking_part(session, arena, session->period);
    count_groups(session);
    baton_code code = run_stage(job, STAGE_PREPARE, session->leaf_count);
    if (code == BATON_OK)
        code = run_stage(job, STAGE_TILES, session->tile_count);
    if (code == BATON_OK)
        code = report_errors(job, scoring->found);
    return code;
}

/* A node that a veto makes 0 is refused under a geometric or harmonic mean like any other score of 0. */
static baton_code score_totals(void *context) {
    struct scoring *scoring = context;
    struct baton_session *session = scoring->session;
    struct worker *worker = &session->worker[0];
    struct scoring_error error[ERRORS_OF_TILE];
    worker->error = error;
    worker->error_count = 0;
    worker->error_capacity = ERRORS_OF_TILE;
    finish(session);
    worker->error = NULL;
    worker->error_capacity = 0;
    return report_some(session, error, worker->error_count, scoring->found);
}

static baton_code score_ends(void *context) {
    struct baton_session *session = context;
    rank_totals(session, &session->worker[0]);
    if (session->has_grades)
        grade(session);
    award(session);
    return BATON_OK;
}

static bool ranks_remain(const struct baton_session *session) {
    if (!session->options.full)
        return false;
    for (uint32_t t = 0; t < session->tile_count; t++)
        if (!session->ranks_in_tiles || session->tile[t].first_group == session->tile[t].last_group)
            return true;
    return false;
}

baton_code score_period(struct baton_session *session, struct baton_period period,
                        struct baton_findings *found) {
    session->scored = false;
    session->of_known = false;
    session->period = period;
    for (unsigned w = 0; w < session->worker_count; w++) {
        arena_reset_to(session->worker[w].arena, session->worker[w].start);
        session->worker[w].code = BATON_OK;
    }
    struct scoring scoring = {session, {.session = session}, found};
    struct baton_arena *arena = session->worker[0].arena;
    baton_code code = arena_run(arena, score_units, &scoring);
    if (code == BATON_OK)
        code = arena_run(arena, score_totals, &scoring);
    if (code == BATON_OK && ranks_remain(session))
        code = run_stage(&scoring.job, STAGE_RANKS, session->nodes - 1);
    if (code == BATON_OK)
        code = arena_run(arena, score_ends, session);
    session->scored = code == BATON_OK;
    return code;
}

baton_code baton_score(struct baton_session *session, struct baton_period period,
                       const struct baton_result **out, struct baton_findings *found) {
    struct baton_period compared;
    session->result.period = (struct baton_period){0};
    if (session->scored && !baton_period_equal(session->period, period) &&
        (session->uses_earlier || (history_compared(session, period, &compared) &&
                                   baton_period_equal(compared, session->period))))
        history_keep(session);
    baton_code code = history_ensure(session, period, found);
    if (code == BATON_OK)
        code = score_period(session, period, found);
    if (code != BATON_OK)
        return code;
    session->result = (struct baton_result){
        .period = period,
        .units = session->ranked,
        .nodes = session->nodes,
        .stride = session->stride,
        .score = session->score,
        .note = session->options.full ? session->note : NULL,
        .rank = session->rank,
        .all_ranks = session->options.full,
        .base = session->scheme->item_count > 0 ? session->base : NULL,
        .base_rank = session->scheme->item_count > 0 ? session->base_rank : NULL,
        .bonus = session->scheme->item_count > 0 ? session->bonus : NULL,
        .deduction = session->scheme->item_count > 0 ? session->deduction : NULL,
        .grade = session->grade,
        .total_note = session->total_note,
    };
    *out = &session->result;
    return BATON_OK;
}

void baton_session_close(struct baton_session *session) {
    if (session == NULL)
        return;
    assert(session->worker_count > 0);
    for (unsigned w = 0; w < session->worker_count; w++)
        arena_reset_to(session->worker[w].arena, session->worker[w].start);
}
