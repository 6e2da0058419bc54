/* The matrix of a unit: its cells, what it lost and contributed, its leaves counted by rating, where it stands out.
 *
 * Lists are made of all leaves that belong there, sorted, and cut. Sums go over the leaves in the order of their ids' nodes in
 * the tree, which is fixed by the scheme. */
#include "analyse/matrix_parts.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>

struct job {
    struct baton_arena *arena;
    const struct baton_session *session;
    const struct baton_scheme *scheme;
    const struct baton_result *result;
    const struct baton_matrix_group *group;
    struct baton_matrix_unit *out;
    struct baton_matrix_cell *cell;
    uint32_t index, unit, top;
};

uint32_t baton_matrix_upper(uint32_t count) {
    return count >= 3 ? 2 : count > 0;
}

/* a - b, 0 where they are equal at 12 significant digits. */
static double less(double a, double b) {
    return baton_number_compare12(a, b) == 0 && !isnan(a) ? 0 : a - b;
}

static double standing_of(const struct baton_matrix_cell *cell) {
    return cell->rank == 0 || cell->of < 2
               ? NAN
               : 1 - ((double)cell->above + (double)cell->level / 2) / (double)(cell->of - 1);
}

static struct baton_matrix_cell cell_of(const struct job *job, uint32_t n, double total,
                                        double weight, double points) {
    struct baton_matrix_cell cell = {.rating = BATON_NONE,
                                     .score = NAN,
                                     .weight = NAN,
                                     .points = NAN,
                                     .lost = NAN,
                                     .share = NAN,
                                     .from_mean = NAN,
                                     .from_best = NAN,
                                     .standing = NAN};
    const struct baton_matrix_node *node = &job->group->node[n];
    const size_t at = (size_t)n * job->result->stride + job->unit;
    if (!baton_result_has_row(job->session, n, job->unit))
        return cell;
    cell.has_row = true;
    cell.score = job->result->score[at];
    cell.weight = weight;
    cell.points = points;
    cell.of = node->ranked;
    if (isnan(cell.score))
        return cell;
    const struct baton_matrix_position position =
        job->group->position[(size_t)n * job->group->unit_count + job->index];
    cell.rank = job->result->rank[at];
    cell.above = position.above;
    cell.level = position.level;
    cell.lost = less(weight, points);
    cell.share = total > 0 ? points / total : NAN;
    cell.from_mean = less(cell.score, node->mean);
    cell.from_best = less(cell.score, node->highest);
    cell.standing = standing_of(&cell);
    const bool is_told_apart = cell.rank != 0 && node->first_count > 0;
    cell.first = is_told_apart && cell.above == 0;
    cell.last = is_told_apart && cell.above + cell.level + 1 == cell.of;
    if (job->scheme->node[n].child_count == 0)
        cell.rating = baton_result_rating(job->session, n, job->unit);
    return cell;
}

static bool is_leaf(const struct job *job, uint32_t n) {
    return n > 0 && job->scheme->node[n].child_count == 0;
}

/* The total before adjustments. Where the scheme has none but `bounds` moved the total, it is what the blocks give. */
static double base_of(const struct job *job) {
    const double total = job->cell[0].score;
    const struct baton_node *root = &job->scheme->node[0];
    if (job->result->base != NULL)
        return job->result->base[job->unit];
    if ((job->result->note[job->unit] & BATON_NOTE_CLAMPED) == 0 ||
        (root->aggregate != BATON_ARITHMETIC && root->aggregate != BATON_AGGREGATE_SUM))
        return total;
    double sum = 0;
    for (uint32_t c = 0; c < root->child_count; c++) {
        const double points = job->cell[root->child_by_id[c]].points;
        sum += isnan(points) ? 0 : points;
    }
    return sum;
}

static void contribute(struct job *job) {
    struct baton_matrix_unit *out = job->out;
    const double total = job->cell[0].score;
    double leaves = 0;
    for (uint32_t n = 1; n < job->scheme->node_count; n++)
        if (is_leaf(job, n) && !isnan(job->cell[n].points))
            leaves += job->cell[n].points;
    out->base = base_of(job);
    out->lost = less(job->scheme->group[job->group->group].total, out->base);
    out->adjust = isnan(total) ? NAN : less(total, out->base);
    out->rest = isnan(total) ? NAN : less(out->base, leaves);
    out->adjust_share = total > 0 ? out->adjust / total : NAN;
    out->rest_share = total > 0 ? out->rest / total : NAN;
}

static void count_leaves(struct job *job) {
    struct baton_matrix_unit *out = job->out;
    const uint32_t ratings = job->scheme->group[job->group->group].ratings.count;
    struct baton_matrix_count *const scope[] = {&out->all,       &out->kind[0],    &out->kind[1],
                                                &out->class[0],  &out -> class[1], &out -> class[2],
                                                &out -> class[3]};
    uint32_t *by[LENGTH(scope)];
    for (size_t s = 0; s < LENGTH(scope); s++)
        scope[s]->by = by[s] = arena_alloc(job->arena, ratings, sizeof **by);
    for (uint32_t n = 1; n < job->scheme->node_count; n++) {
        const struct baton_node *node = &job->scheme->node[n];
        const uint32_t rating = job->cell[n].rating;
        const size_t in[] = {0, 1 + (size_t)node->kind, 3 + (size_t)node->class};
        for (size_t i = 0; i < LENGTH(in) && is_leaf(job, n) && job->cell[n].has_row; i++) {
            struct baton_matrix_count *count = scope[in[i]];
            count->leaves++;
            if (rating == BATON_NONE)
                continue;
            count->rated++;
            count->upper += rating < baton_matrix_upper(ratings);
            by[in[i]][rating]++;
        }
    }
}

/* ---- Lists of leaves. */

enum order { ORDER_TREE, ORDER_BEST, ORDER_WORST, ORDER_LOST };

static bool belongs(const struct baton_matrix_cell *cell, enum order order, bool first) {
    switch (order) {
    case ORDER_BEST:
        return cell->standing > 0.5;
    case ORDER_WORST:
        return cell->standing < 0.5;
    case ORDER_LOST:
        return cell->lost > 0;
    case ORDER_TREE:
        break;
    }
    return first ? cell->first : cell->last;
}

struct comparing {
    const struct baton_matrix_cell *cell;
    enum order order;
};

static int compare(const void *left, const void *right, void *context) {
    const struct comparing *by = context;
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    const struct baton_matrix_cell *one = &by->cell[a], *two = &by->cell[b];
    int order = by->order == ORDER_LOST         ? 0
                : one->standing > two->standing ? -1
                                                : one->standing < two->standing;
    if (by->order == ORDER_WORST)
        order = -order;
    if (order == 0)
        order = by->order == ORDER_BEST ? baton_number_compare12(one->lost, two->lost)
                                        : baton_number_compare12(two->lost, one->lost);
    return order != 0 ? order : a < b ? -1 : a > b;
}

static struct baton_matrix_some some(struct job *job, enum order order, bool first, uint32_t most) {
    uint32_t *item = arena_alloc(job->arena, job->scheme->node_count, sizeof *item), count = 0;
    for (uint32_t n = 1; n < job->scheme->node_count; n++)
        if (is_leaf(job, n) && belongs(&job->cell[n], order, first))
            item[count++] = n;
    struct comparing by = {job->cell, order};
    if (order != ORDER_TREE)
        qsort_r(item, count, sizeof *item, compare, &by);
    return (struct baton_matrix_some){item, count < most ? count : most};
}

static baton_code study(void *context) {
    struct job *job = context;
    const uint32_t nodes = job->scheme->node_count;
    double *weight = arena_alloc(job->arena, nodes, sizeof *weight);
    double *points = arena_alloc(job->arena, nodes, sizeof *points);
    job->cell = arena_alloc(job->arena, nodes, sizeof *job->cell);
    baton_result_points(job->session, job->unit, weight, points);
    for (uint32_t n = 0; n < nodes; n++)
        job->cell[n] = cell_of(job, n, points[0], weight[n], points[n]);
    job->out->cell = job->cell;
    contribute(job);
    count_leaves(job);
    job->out->first = some(job, ORDER_TREE, true, nodes);
    job->out->last = some(job, ORDER_TREE, false, nodes);
    job->out->strengths = some(job, ORDER_BEST, false, job->top);
    job->out->weaknesses = some(job, ORDER_WORST, false, job->top);
    job->out->most_lost = some(job, ORDER_LOST, false, job->top);
    return BATON_OK;
}

baton_code baton_matrix_unit(struct baton_arena *arena, const struct baton_session *session,
                             const struct baton_matrix_group *group, uint32_t index, uint32_t top,
                             struct baton_matrix_unit *out) {
    assert(index < group->unit_count);
    struct baton_matrix_unit made = {.unit = group->unit[index]};
    struct job job = {.arena = arena,
                      .session = session,
                      .scheme = baton_session_scheme(session),
                      .result = baton_session_result(session),
                      .group = group,
                      .out = &made,
                      .index = index,
                      .unit = made.unit,
                      .top = top};
    const baton_code code = arena_run(arena, study, &job);
    if (code == BATON_OK)
        *out = made;
    return code;
}
