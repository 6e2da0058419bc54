/* grade: in order of rank, the highest grade whose condition holds, whose quota has a place left, and which no veto excludes.
 *
 * Units of one rank are dealt with together, grade by grade from the best. Where more of them qualify for a grade than it
 * has places, `quota_ties` decides: none of them gets it and the grade is closed, or all get it, or the score of a node
 * tells them apart, and what even that leaves equal at the edge gets none and closes it. Whoever is refused a grade
 * that way is noted and tries the next one. */
#include "engine/order.h"
#include "engine/session.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The places of one grade in one group. */
struct places {
    double left; /* INFINITY without a quota */
    bool closed;
};

struct grading {
    struct baton_session *session;
    const struct baton_grades *grades;
    uint32_t group;
    const double **met; /* [grade] -> [N]; NULL = always */
    struct places *places;
};

double grade_quota(const struct baton_grade *grade, uint32_t group_size) {
    if (isnan(grade->quota))
        return INFINITY;
    if (!grade->quota_is_share)
        return grade->quota;
    double count = floor(baton_number_sig12(grade->quota * group_size));
    return count < 1 ? 1 : count;
}

bool grade_allowed(const struct baton_session *session, const struct baton_grades *grades,
                   uint32_t unit, uint32_t index) {
    uint32_t most = session->has_adjustments ? session->grade_at_most[unit] : BATON_NONE;
    if (most == BATON_NONE)
        return true;
    for (uint32_t i = index + 1; i < grades->count; i++)
        if (grades->item[i].code == most)
            return false;
    return true;
}

static bool qualifies(const struct grading *grading, uint32_t unit, uint32_t index) {
    if (grading->session->grade[unit] != BATON_NONE ||
        !grade_allowed(grading->session, grading->grades, unit, index))
        return false;
    const double *met = grading->met[index];
    return met == NULL || (!isnan(met[unit]) && met[unit] != 0);
}

static void refuse_all(struct grading *grading, const uint32_t *unit, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        grading->session->total_note[unit[i]] |= BATON_NOTE_QUOTA;
}

static void give(struct grading *grading, const uint32_t *unit, uint32_t count, uint32_t index) {
    for (uint32_t i = 0; i < count; i++)
        grading->session->grade[unit[i]] = index;
    grading->places[index].left -= count;
}

struct by_node {
    const struct baton_session *session;
    uint32_t node, group;
};

static double node_score(const struct by_node *by, uint32_t unit) {
    double score = by->session->score[(size_t)by->node * by->session->stride + unit];
    return isnan(score) ? -INFINITY : as_ranked(by->session, by->node, by->group, score);
}

static int better_first(const void *left, const void *right, void *context) {
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    double x = node_score(context, a), y = node_score(context, b);
    return x > y ? -1 : x < y ? 1 : a < b ? -1 : a > b;
}

/* More equals than places: gives what the rule gives and closes the grade. */
static void give_at_edge(struct grading *grading, uint32_t *unit, uint32_t count, uint32_t index) {
    const struct baton_grade *grade = &grading->grades->item[index];
    uint32_t winners = 0;
    if (grade->quota_ties == BATON_QUOTA_ALL) {
        winners = count;
    } else if (grade->quota_ties == BATON_QUOTA_NODE) {
        struct by_node by = {grading->session, grade->quota_node, grading->group};
        qsort_r(unit, count, sizeof(*unit), better_first, &by);
        winners = (uint32_t)grading->places[index].left;
        double edge = node_score(&by, unit[winners]);
        while (winners > 0 && node_score(&by, unit[winners - 1]) == edge)
            winners--;
    }
    give(grading, unit, winners, index);
    refuse_all(grading, unit + winners, count - winners);
    grading->places[index].closed = true;
}

/* One class of equal rank. */
static void grade_class(struct grading *grading, const uint32_t *unit, uint32_t count,
                        uint32_t *candidate) {
    for (uint32_t index = 0; index < grading->grades->count; index++) {
        struct places *places = &grading->places[index];
        uint32_t candidates = 0;
        for (uint32_t i = 0; i < count; i++)
            if (qualifies(grading, unit[i], index))
                candidate[candidates++] = unit[i];
        if (candidates == 0)
            continue;
        if (places->closed || places->left < 1)
            refuse_all(grading, candidate, candidates);
        else if (candidates <= places->left)
            give(grading, candidate, candidates, index);
        else
            give_at_edge(grading, candidate, candidates, index);
    }
}

static void grade_group(struct baton_session *session, struct worker *worker, uint32_t group,
                        const double **met) {
    const struct baton_grades *grades =
        &session->scheme->grades[session->scheme->group[group].grades];
    uint32_t first = session->groups.start[group], n = session->groups.start[group + 1] - first;
    struct arena_mark mark = arena_mark(worker->arena);
    struct grading grading = {session, grades, group, met,
                              arena_alloc(worker->arena, grades->count, sizeof(struct places))};
    for (uint32_t i = 0; i < grades->count; i++)
        grading.places[i].left = grade_quota(&grades->item[i], session->group_size[group]);
    double *rank = arena_alloc_raw(worker->arena, n + 1, sizeof(double));
    uint32_t *order = arena_alloc_raw(worker->arena, n + 1, sizeof(uint32_t));
    uint32_t *candidate = arena_alloc_raw(worker->arena, n + 1, sizeof(uint32_t));
    for (uint32_t i = 0; i < n; i++)
        rank[i] = session->rank[first + i] == 0 ? NAN : (double)session->rank[first + i];
    uint32_t count = order_sort(worker->arena, n, rank, order);
    for (uint32_t i = 0; i < count; i++)
        order[i] += first;
    for (uint32_t i = 0; i < count;) {
        uint32_t end = i + 1;
        while (end < count && session->rank[order[end]] == session->rank[order[i]])
            end++;
        grade_class(&grading, order + i, end - i, candidate);
        i = end;
    }
    arena_reset_to(worker->arena, mark);
}

void grade(struct baton_session *session) {
    const struct baton_scheme *scheme = session->scheme;
    struct worker *worker = &session->worker[0];
    struct place place = {.session = session, .worker = worker, .rank = session->rank};
    double *total = arena_alloc_raw(worker->arena, session->ranked, sizeof(double));
    double *base = arena_alloc_raw(worker->arena, session->ranked, sizeof(double));
    for (uint32_t u = 0; u < session->ranked; u++) {
        total[u] = as_ranked(session, 0, session->group_of[u], session->score[u]);
        base[u] = session->base == NULL
                      ? total[u]
                      : as_ranked(session, 0, session->group_of[u], session->base[u]);
        session->grade[u] = BATON_NONE;
    }
    place.score = total;
    place.base = base;
    struct rule_env env;
    environment(&place, &env);
    struct rule_moment now = moment_now(session);
    for (uint32_t k = 0; k < scheme->grades_count; k++) {
        const double **met = arena_alloc(worker->arena, scheme->grades[k].count + 1, sizeof(*met));
        for (uint32_t i = 0; i < scheme->grades[k].count; i++) {
            if (session->grade_when[k][i] == NULL)
                continue;
            double *holds = arena_alloc_raw(worker->arena, session->units, sizeof(double));
            rule_run(session->grade_when[k][i], &env, &now, holds, NULL);
            met[i] = holds;
        }
        for (uint32_t g = 0; g < scheme->group_count; g++)
            if (scheme->group[g].grades == k)
                grade_group(session, worker, g, met);
    }
}
