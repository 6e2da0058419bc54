/* Each figure is scored by what scores a leaf: a copy of the leaf with the unit's figure changed is treated, its conditions and its expression run, and normalised, of which the unit's own score is taken. Methods that compare see a cohort in which the
 * unit moves, so that a rank jumps where it passes another, and the best of all raises the others' bounds. */
#include "engine/curve.h"
#include "engine/session.h"
#include "engine/treat.h"
#include <assert.h>
#include <math.h>
#include <string.h>

struct moving {
    struct baton_session *session;
    struct worker *worker; /* one with the arena of the caller */
    const struct leaf *leaf;
    uint32_t unit;
    struct cohorts cohort; /* of the unit; of a panel not asked */
    uint32_t index;        /* of the cohort */
};

static double by_rule(const struct moving *m, struct leaf *leaf) {
    const struct baton_method *const method = leaf->method;
    double *const all = arena_alloc_raw(m->worker->arena, m->session->units, sizeof(double));
    leaf_run_rule(m->session, m->worker, leaf, leaf->score, all, NULL);
    double score = all[m->unit];
    if (score < method->floor)
        score = method->floor;
    if (score > method->cap)
        score = method->cap;
    return score;
}

static double by_panel(const struct moving *m, struct leaf *leaf, double *figures) {
    double *const score = arena_alloc_raw(m->worker->arena, m->session->ranked, sizeof(double));
    struct pool pool = {0};
    panel_scores(m->session, m->worker, leaf, figures, score, NULL, &pool);
    return score[m->unit];
}

static double by_cohort(const struct moving *m, const struct leaf *leaf) {
    const struct figures in = {leaf->figures, leaf->target, leaf->baseline, leaf->racing,
                               leaf->against == NULL ? NULL : leaf->against + m->index};
    double *const score = arena_alloc_raw(m->worker->arena, m->session->ranked, sizeof(double));
    normalise(m->worker->arena, leaf->method, leaf->as->direction, leaf->as->lo, leaf->as->hi, &in,
              &m->cohort, score, NULL);
    return score[m->unit];
}

/* The leaf's figures before treatment, those that count. */
static double *own_figures(const struct moving *m) {
    const struct leaf *const leaf = m->leaf;
    const uint32_t ranked = m->session->ranked;
    double *const out = arena_alloc_raw(m->worker->arena, ranked, sizeof(double));
    for (uint32_t u = 0; u < ranked; u++) {
        const uint8_t state = leaf->state == NULL ? BATON_FIGURE : leaf->state[u];
        out[u] = state == BATON_FIGURE || state == BATON_EMPTY ? leaf->raw[u] : NAN;
    }
    return out;
}

/* best of: the unit itself, whose figure is the one that all are held against. */
static void move_against(const struct moving *m, struct leaf *leaf, double x) {
    if (leaf->against == NULL || leaf->method->of_unit != m->unit)
        return;
    double *const against = arena_alloc_raw(m->worker->arena, (size_t)m->index + 1, sizeof(double));
    treat(m->worker->arena,
          leaf->as->treat == BATON_TREAT_WINSORISE ? BATON_TREAT_NONE : leaf->as->treat,
          leaf->as->treat_a, leaf->as->treat_b, &(struct cohorts){(uint32_t[]){0, 1}, 1}, &x, NULL);
    against[m->index] = x;
    leaf->against = against;
}

static double score_at(const struct moving *m, double x) {
    struct leaf leaf = *m->leaf;
    double *const figures = own_figures(m);
    figures[m->unit] = x;
    leaf.figures = figures;
    if (!leaf.pooled)
        treat(m->worker->arena, leaf.as->treat, leaf.as->treat_a, leaf.as->treat_b, &m->cohort,
              figures, NULL);
    else
        leaf.treated = panel_treated(m->session, m->worker, &leaf, figures);
    if (leaf.among != NULL && !leaf.pooled) {
        double *const racing = arena_alloc_raw(m->worker->arena, m->session->units, sizeof(double));
        leaf_run_rule(m->session, m->worker, &leaf, leaf.among, racing, NULL);
        leaf.racing = racing;
    }
    move_against(m, &leaf, x);
    if (leaf.method->kind == BATON_METHOD_RULE)
        return by_rule(m, &leaf);
    return leaf.pooled ? by_panel(m, &leaf, figures) : by_cohort(m, &leaf);
}

static const struct leaf *leaf_of(const struct baton_session *session, uint32_t node) {
    const uint32_t index = session->leaf_of_node[node];
    assert(session->scored && index != BATON_NONE);
    return &session->leaf[index];
}

void curve_scores(struct baton_session *session, struct baton_arena *arena, uint32_t node,
                  uint32_t unit, uint32_t count, const double *x, double *score) {
    struct worker worker = session->worker[0];
    worker.arena = arena;
    struct moving m = {
        .session = session, .worker = &worker, .leaf = leaf_of(session, node), .unit = unit};
    assert(unit < session->ranked);
    m.index = m.leaf->over_all ? 0 : session->group_of[unit];
    const uint32_t *const start = m.leaf->over_all ? session->all.start : session->groups.start;
    m.cohort = (struct cohorts){start + m.index, 1};
    for (uint32_t i = 0; i < count; i++) {
        const struct arena_mark mark = arena_mark(arena);
        score[i] = score_at(&m, x[i]);
        arena_reset_to(arena, mark);
    }
}

static double of_unit(const double *column, uint32_t unit) {
    return column == NULL ? NAN : column[unit];
}

double curve_target(const struct baton_session *session, uint32_t node, uint32_t unit) {
    return of_unit(leaf_of(session, node)->target, unit);
}

double curve_baseline(const struct baton_session *session, uint32_t node, uint32_t unit) {
    return of_unit(leaf_of(session, node)->baseline, unit);
}
