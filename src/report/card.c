/* Report cards, from the matrix, the result and the session's earlier ranks; and the course of a year, for which its periods are
 * scored one after the other. */
#include "report/card.h"
#include "engine/session.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- The course of the year. */

/* The first and the last day between which a period of the course ends, the result's own aside. */
static void course_days(const struct baton_session *session, struct baton_period last,
                        int32_t *first_day, int32_t *last_day) {
    const struct baton_facts *facts = session->facts;
    *first_day = INT32_MAX;
    *last_day = baton_period_last_day(last);
    if (facts->first.kind == BATON_PERIOD_NONE)
        return;
    *first_day = baton_period_last_day(facts->first);
    if (baton_period_last_day(facts->last) < *last_day)
        *last_day = baton_period_last_day(facts->last);
    if (session->options.as_of_day < *last_day)
        *last_day = session->options.as_of_day;
}

/* Where the year of a result begins, in periods of a kind. */
static struct baton_period year_begin(struct baton_period last, enum baton_period_kind kind) {
    if (kind == last.kind)
        return baton_period_first_of_year(last);
    const struct baton_period year = baton_period_of_day(BATON_YEAR, baton_period_last_day(last));
    return baton_period_of_day(kind, baton_period_first_day(year));
}

/* The periods of the course, in a buffer of CARD_COURSE_MOST. */
static uint32_t choose_periods(const struct baton_session *session, struct baton_period last,
                               struct baton_period *out) {
    const enum baton_period_kind frequency = session->scheme->frequency;
    const enum baton_period_kind kind = frequency != BATON_PERIOD_NONE && frequency < last.kind
                                            ? frequency
                                            : (enum baton_period_kind)last.kind;
    uint32_t count = 0;
    int32_t first_day, last_day;
    course_days(session, last, &first_day, &last_day);
    for (struct baton_period p = year_begin(last, kind);
         p.kind != BATON_PERIOD_NONE && baton_period_last_day(p) <= baton_period_last_day(last);
         p = baton_period_shift(p, 1)) {
        const int32_t day = baton_period_last_day(p);
        if (!baton_period_equal(p, last) && (day < first_day || day > last_day))
            continue;
        if (count == CARD_COURSE_MOST)
            memmove(out, out + 1, --count * sizeof *out);
        out[count++] = p;
    }
    return count;
}

/* A course under construction: the arrays of struct card_course, to be written. */
struct course {
    double *total;
    uint32_t *rank, *of, *grade;
};

/* Scores one of the periods, which nobody asked for: what is wrong with it is told to nobody. */
static baton_code score_quietly(struct baton_session *session, struct baton_arena *arena,
                                struct baton_period period, const struct baton_result **result) {
    struct baton_findings refused = {.arena = arena};
    const struct baton_links *links = &session->links;
    if (links->attempt != NULL)
        links->attempt(links->context, true);
    baton_code code = baton_score(session, period, result, &refused);
    if (links->attempt != NULL && links->attempt(links->context, false) && code == BATON_OK)
        code = BATON_FIGURE_REFUSED;
    return code;
}

/* Takes what the session has scored into row `at`; of NULL: nothing. */
static void take(const struct baton_session *session, const struct baton_result *result,
                 const struct card_course *course, uint32_t at, const struct course *to) {
    for (uint32_t u = 0; u < course->units; u++) {
        const size_t i = (size_t)at * course->units + u;
        to->total[i] = result == NULL ? NAN : baton_result_as_ranked(session, 0, u);
        to->rank[i] = result == NULL ? 0 : result->rank[u];
        to->grade[i] = result == NULL || result->grade == NULL ? BATON_NONE : result->grade[u];
    }
    for (uint32_t g = 0; g < course->groups; g++)
        to->of[(size_t)at * course->groups + g] =
            result == NULL ? 0 : baton_result_of(session, 0, g);
}

baton_code card_course(struct baton_arena *arena, struct baton_session *session,
                       struct card_course *out) {
    const struct baton_scheme *scheme = session->scheme;
    const struct baton_period own = baton_session_result(session)->period;
    struct baton_period *period = arena_alloc(arena, CARD_COURSE_MOST, sizeof *period);
    const struct baton_result *result;
    *out = (struct card_course){.units = scheme->ranked_count, .groups = scheme->group_count};
    out->count = choose_periods(session, own, period);
    out->period = period;
    out->ends_here = out->count > 0 && baton_period_equal(period[out->count - 1], own);
    const size_t cells = (size_t)out->count * out->units + 1;
    const struct course to = {
        .total = arena_alloc_raw(arena, cells, sizeof(double)),
        .rank = arena_alloc_raw(arena, cells, sizeof(uint32_t)),
        .of = arena_alloc_raw(arena, (size_t)out->count * out->groups + 1, sizeof(uint32_t)),
        .grade = arena_alloc_raw(arena, cells, sizeof(uint32_t))};
    out->total = to.total;
    out->rank = to.rank;
    out->of = to.of;
    out->grade = to.grade;
    baton_code code = BATON_OK;
    for (uint32_t i = 0; i < out->count && code != BATON_NO_MEMORY; i++) {
        code = score_quietly(session, arena, period[i], &result);
        take(session, code == BATON_OK ? result : NULL, out, i, &to);
    }
    return out->ends_here || code == BATON_NO_MEMORY ? code
                                                     : score_quietly(session, arena, own, &result);
}

struct card_point card_point(const struct result_view *view, const struct card_course *course,
                             uint32_t at, uint32_t unit) {
    assert(at < course->count && unit < course->units);
    const size_t i = (size_t)at * course->units + unit;
    const uint32_t group = view->scheme->unit[unit].group;
    const uint32_t grades = view->scheme->group[group].grades;
    return (struct card_point){
        .period = course->period[at],
        .total = course->total[i],
        .rank = course->rank[i],
        .of = course->of[(size_t)at * course->groups + group],
        .grade = grades == BATON_NONE || course->grade[i] == BATON_NONE
                     ? NULL
                     : &view->scheme->grades[grades].item[course->grade[i]],
    };
}

/* ---- A card. */

struct job {
    struct baton_arena *arena;
    const struct card_group *group;
    const struct result_view *view;
    const struct baton_scheme *scheme;
    struct card *out;
    uint32_t index, top;
};

static bool is_leaf(const struct job *job, uint32_t node) {
    return node > 0 && job->scheme->node[node].child_count == 0;
}

static void set_head(const struct job *job) {
    struct card *card = job->out;
    const struct baton_session *session = job->view->session;
    const struct baton_matrix_cell *total = &card->matrix.cell[0];
    card->total = result_published(job->view, 0, card->unit, &card->decimals);
    card->full = job->scheme->group[card->group].total;
    card->rank = total->rank;
    card->of = total->of;
    card->level = total->level;
    card->grade = result_grade(job->view, card->unit);
    card->is_vetoed = (result_notes(job->view, 0, card->unit) & BATON_NOTE_VETOED) != 0;
    card->earlier_total = NAN;
    if (!baton_result_compared(session, &card->compared))
        return;
    card->earlier_rank = baton_result_earlier_rank(session, 0, card->unit);
    card->earlier_total = baton_result_earlier_score(session, card->unit);
}

/* The distance to the next unit in steps of `step` that has another rank. */
static double distance(const struct job *job, int step) {
    const struct baton_matrix_group *group = &job->group->matrix;
    const struct card *card = job->out;
    int decimals;
    if (card->rank == 0)
        return NAN;
    for (int64_t i = (int64_t)job->index + step; i >= 0 && i < group->unit_count; i += step) {
        const uint32_t rank = result_rank(job->view, 0, group->unit[i]);
        if (rank == 0 || rank == card->rank)
            continue;
        const double there = result_published(job->view, 0, group->unit[i], &decimals);
        return step < 0 ? there - card->total : card->total - there;
    }
    return NAN;
}

static void set_blocks(const struct job *job) {
    const struct baton_node *root = &job->scheme->node[0];
    struct card *card = job->out;
    struct card_block *block = arena_alloc(job->arena, root->child_count, sizeof *block);
    for (uint32_t c = 0; c < root->child_count; c++) {
        const uint32_t n = root->child[c];
        const struct baton_matrix_cell *cell = &card->matrix.cell[n];
        const struct baton_matrix_node *node = &job->group->matrix.node[n];
        if (cell->has_row)
            block[card->block_count++] = (struct card_block){.node = n,
                                                             .score = cell->score,
                                                             .mean = node->mean,
                                                             .best = node->highest,
                                                             .rank = cell->rank,
                                                             .of = cell->of,
                                                             .points = cell->points,
                                                             .weight = cell->weight};
    }
    card->block = block;
}

/* The leaves of a kind in a rating, BATON_NONE = in none. */
static struct card_rating leaves_in(const struct job *job, enum baton_kind kind, uint32_t rating) {
    struct card_rating out = {0};
    uint32_t *leaf = NULL;
    for (unsigned pass = 0; pass < 2; pass++) {
        uint32_t count = 0;
        for (uint32_t n = 1; n < job->scheme->node_count; n++) {
            const struct baton_matrix_cell *cell = &job->out->matrix.cell[n];
            if (!is_leaf(job, n) || !cell->has_row || job->scheme->node[n].kind != kind ||
                cell->rating != rating)
                continue;
            if (leaf != NULL)
                leaf[count] = n;
            count++;
        }
        out.count = count;
        leaf = leaf == NULL ? arena_alloc(job->arena, count, sizeof *leaf) : leaf;
    }
    out.leaf = leaf;
    return out;
}

static void set_ratings(const struct job *job) {
    struct card *card = job->out;
    card->rating_count = job->scheme->group[card->group].ratings.count;
    for (unsigned k = 0; k < LENGTH(card->kind); k++) {
        struct card_rating *rating = arena_alloc(job->arena, card->rating_count, sizeof *rating);
        for (uint32_t r = 0; r < card->rating_count; r++)
            rating[r] = leaves_in(job, (enum baton_kind)k, r);
        card->kind[k].rating = rating;
        card->kind[k].unrated = leaves_in(job, (enum baton_kind)k, BATON_NONE);
        card->kind[k].leaves = card->matrix.kind[k].leaves;
    }
}

static void set_course(const struct job *job) {
    struct card *card = job->out;
    const struct card_course *course = job->group->course;
    struct card_point *point = arena_alloc(job->arena, course->count, sizeof *point);
    for (uint32_t i = 0; i < course->count; i++)
        point[i] = card_point(job->view, course, i, card->unit);
    card->course = point;
    card->course_mean = job->group->course_mean;
    card->course_count = course->count;
}

/* ---- What moved. */

static int by_move(const void *left, const void *right) {
    const struct card_move *a = left, *b = right;
    const uint32_t x = a->rank > a->earlier ? a->rank - a->earlier : a->earlier - a->rank;
    const uint32_t y = b->rank > b->earlier ? b->rank - b->earlier : b->earlier - b->rank;
    if (x != y)
        return x > y ? -1 : 1;
    return a->node < b->node ? -1 : a->node > b->node;
}

/* The leaves that rose (or fell), all of them sorted; how many in *count. */
static const struct card_move *moves(const struct job *job, bool rose, uint32_t *count) {
    struct card_move *move = arena_alloc(job->arena, job->scheme->node_count, sizeof *move);
    *count = 0;
    for (uint32_t n = 1; n < job->scheme->node_count; n++) {
        const uint32_t rank = job->out->matrix.cell[n].rank;
        const uint32_t earlier =
            is_leaf(job, n) ? baton_result_earlier_rank(job->view->session, n, job->out->unit) : 0;
        if (rank != 0 && earlier != 0 && rank != earlier && (rank < earlier) == rose)
            move[(*count)++] = (struct card_move){n, rank, earlier};
    }
    qsort(move, *count, sizeof *move, by_move);
    return move;
}

static void set_moves(const struct job *job) {
    struct card *card = job->out;
    card->rose = moves(job, true, &card->rose_all);
    card->fell = moves(job, false, &card->fell_all);
    card->rose_count = card->rose_all < job->top ? card->rose_all : job->top;
    card->fell_count = card->fell_all < job->top ? card->fell_all : job->top;
}

static const double *course_means(struct baton_arena *arena, const struct baton_scheme *scheme,
                                  const struct card_course *course, uint32_t group) {
    double *mean = arena_alloc(arena, course->count, sizeof *mean);
    const struct baton_group *of = &scheme->group[group];
    for (uint32_t i = 0; i < course->count; i++) {
        double sum = 0;
        uint32_t count = 0;
        for (uint32_t u = of->first_unit; u < of->first_unit + of->unit_count; u++) {
            const double total = course->total[(size_t)i * course->units + u];
            if (isnan(total))
                continue;
            sum += total;
            count++;
        }
        mean[i] = count == 0 ? NAN : sum / count;
    }
    return mean;
}

baton_code card_group(struct baton_arena *arena, const struct result_view *view,
                      const struct card_course *course, uint32_t group, struct card_group *out) {
    *out = (struct card_group){.group = group,
                               .view = view,
                               .course = course,
                               .course_mean = course_means(arena, view->scheme, course, group)};
    return baton_matrix_group(arena, view->session, group, &out->matrix);
}

baton_code card_of(struct baton_arena *arena, const struct card_group *group, uint32_t index,
                   uint32_t top, struct card *out) {
    assert(index < group->matrix.unit_count && top > 0);
    *out = (struct card){.unit = group->matrix.unit[index], .group = group->group};
    const struct job job = {.arena = arena,
                            .group = group,
                            .view = group->view,
                            .scheme = group->view->scheme,
                            .out = out,
                            .index = index,
                            .top = top};
    TRY(baton_matrix_unit(arena, group->view->session, &group->matrix, index, top, &out->matrix));
    set_head(&job);
    out->to_above = distance(&job, -1);
    out->to_below = distance(&job, 1);
    set_blocks(&job);
    set_ratings(&job);
    set_course(&job);
    set_moves(&job);
    return BATON_OK;
}
