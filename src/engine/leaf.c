/* A leaf, from figures to scores: derive, mask, `when`, treat, normalise, missing rule.
 *
 * leaf_prepare does, once for all units, what needs all of them: expressions, masks, targets, treatment, the extremes of
 * large cohorts, and the scores of methods that cannot be done piece by piece. leaf_slice does the rest for one tile, so that
 * in the common case (figures as reported, a method over small groups) a figure is read once, while it is in cache. */
#include "engine/session.h"
#include "engine/statistics.h"
#include "engine/treat.h"
#include <math.h>
#include <string.h>

static const struct cohorts *cohorts_of(const struct baton_session *session,
                                        const struct leaf *leaf) {
    return leaf->over_all ? &session->all : &session->groups;
}

/* Figures and states of the ranked units that the preparation may change. */
struct shaping {
    double *figures;
    uint8_t *state;
    uint16_t *note;
};

/* Copies what the leaf has so far, with LEAF_OUT where there is no row. */
static struct shaping own_copy(struct baton_session *session, struct worker *worker,
                               struct leaf *leaf, const struct derived *derived) {
    size_t ranked = session->ranked;
    struct shaping own = {
        arena_alloc_raw(worker->arena, ranked, sizeof(double)),
        arena_alloc(worker->arena, ranked, 1),
        arena_alloc(worker->arena, ranked, sizeof(uint16_t)),
    };
    memcpy(own.figures, derived->value, ranked * sizeof(double));
    if (derived->state != NULL)
        memcpy(own.state, derived->state, ranked);
    const uint8_t *applies = session->applies[leaf->node];
    for (size_t u = 0; u < ranked; u++) {
        bool in = (applies == NULL || applies[u]) && (session->part == NULL || session->part[u]);
        if (!in || own.state[u] == BATON_NA || own.state[u] == BATON_PENDING)
            own.figures[u] = NAN;
        if (!in)
            own.state[u] = LEAF_OUT;
        else if (derived->zero != NULL && derived->zero[u] && isnan(own.figures[u]))
            own.note[u] |= BATON_NOTE_ZERO;
        if (in && derived->filled != NULL && derived->filled[u])
            own.note[u] |= BATON_NOTE_MISSING | BATON_NOTE_IMPUTED;
    }
    return own;
}

/* `missing: last`: the newest earlier figure takes the place of a missing one. Inside sums derive.c has done it. */
static void take_last(struct baton_session *session, struct worker *worker, struct leaf *leaf,
                      struct shaping *own) {
    size_t units = session->units, ranked = session->ranked;
    double *value = arena_alloc_raw(worker->arena, units, sizeof(double));
    uint8_t *wanted = arena_alloc(worker->arena, units, 1),
            *filled = arena_alloc(worker->arena, units, 1);
    memcpy(value, leaf->raw, units * sizeof(double));
    for (size_t u = 0; u < ranked; u++)
        wanted[u] = own->state[u] == BATON_FIGURE || own->state[u] == BATON_EMPTY;
    struct rule_moment now = moment_now(session);
    derive_last(session, worker, leaf, &now, wanted, value, filled);
    for (size_t u = 0; u < ranked; u++)
        if (filled[u]) {
            own->figures[u] = value[u];
            own->state[u] = BATON_FIGURE;
            own->note[u] |= BATON_NOTE_MISSING | BATON_NOTE_IMPUTED;
        }
    leaf->raw = value;
}

/* `when`: where the condition does not hold, the leaf is not applicable to the whole cohort. */
static void apply_when(struct baton_session *session, struct worker *worker, struct leaf *leaf,
                       struct shaping *own) {
    struct place place = {.session = session, .worker = worker, .leaf = leaf};
    struct rule_env env;
    environment(&place, &env);
    struct rule_moment at = moment_now(session);
    if (leaf->as->accumulate == BATON_LAST && leaf->period.kind != BATON_PERIOD_NONE)
        at.period = leaf->period;
    place.leaf_period = at.period;
    place.result_period = place.cohort_period = session->period;
    place.x = own->figures;
    double *holds = arena_alloc_raw(worker->arena, session->units, sizeof(double));
    rule_run(leaf->when, &env, &at, holds, NULL);
    for (uint32_t u = 0; u < session->ranked; u++)
        if (own->state[u] != LEAF_OUT && !(holds[u] != 0 && !isnan(holds[u]))) {
            own->figures[u] = NAN;
            own->state[u] = BATON_NA;
            own->note[u] = 0;
        }
}

void leaf_run_rule(struct baton_session *session, struct worker *worker, struct leaf *leaf,
                   const struct rule *rule, double *out, uint8_t *zero) {
    struct place place = {.session = session, .worker = worker, .leaf = leaf, .x = leaf->figures};
    struct rule_env env;
    environment(&place, &env);
    struct rule_moment now = moment_now(session);
    rule_run(rule, &env, &now, out, zero);
}

/* best of: a unit's own figure, the same for every cohort. */
static void set_against(struct baton_session *session, struct worker *worker, struct leaf *leaf) {
    uint32_t count = cohorts_of(session, leaf)->count;
    double *against = arena_alloc_raw(worker->arena, count, sizeof(double));
    double value = leaf->raw[leaf->method->of_unit];
    treat(worker->arena,
          leaf->as->treat == BATON_TREAT_WINSORISE ? BATON_TREAT_NONE : leaf->as->treat,
          leaf->as->treat_a, leaf->as->treat_b, &(struct cohorts){(uint32_t[]){0, 1}, 1}, &value,
          NULL);
    for (uint32_t i = 0; i < count; i++)
        against[i] = value;
    leaf->against = against;
}

static void set_extremes(struct baton_session *session, struct worker *worker, struct leaf *leaf) {
    const struct cohorts *cohorts = cohorts_of(session, leaf);
    double *extremes = arena_alloc_raw(worker->arena, 2 * (size_t)cohorts->count, sizeof(double));
    for (uint32_t i = 0; i < cohorts->count; i++)
        normalise_extremes(cohorts->start[i + 1] - cohorts->start[i],
                           leaf->figures + cohorts->start[i], &extremes[2 * i],
                           &extremes[2 * i + 1]);
    leaf->extremes = extremes;
}

/* The mean or median of the scores of a cohort, those that are there. */
static double middle_of(struct worker *worker, const struct leaf *leaf, size_t n,
                        const double *score) {
    struct moments moments;
    if (leaf->as->missing == BATON_MISSING_MEDIAN)
        return statistics_median(worker->arena, n, score);
    statistics_moments(n, score, &moments);
    return moments.mean;
}

/* `missing: mean` and `median`: what stands in for a score comes from the scores of the cohort; those of a panel, of all
 * its periods, are given. */
static void impute_by_cohort(struct baton_session *session, struct worker *worker,
                             struct leaf *leaf, const struct pool *pool, double *score,
                             uint16_t *note) {
    const struct cohorts *cohorts = pool != NULL ? &session->all : cohorts_of(session, leaf);
    for (uint32_t i = 0; i < cohorts->count; i++) {
        uint32_t first = cohorts->start[i], n = cohorts->start[i + 1] - first;
        double by = pool != NULL ? middle_of(worker, leaf, pool->count, pool->score)
                                 : middle_of(worker, leaf, n, score + first);
        for (uint32_t u = first; u < first + n; u++) {
            uint8_t state = leaf->state == NULL ? BATON_FIGURE : leaf->state[u];
            if (!isnan(score[u]) || (state != BATON_FIGURE && state != BATON_EMPTY))
                continue;
            if (isnan(leaf->figures[u]))
                note[u] |= BATON_NOTE_MISSING;
            if (!isnan(by))
                note[u] |= BATON_NOTE_IMPUTED;
            score[u] = by;
        }
    }
}

static void score_column(struct baton_session *session, struct worker *worker, struct leaf *leaf,
                         struct shaping *own) {
    size_t ranked = session->ranked;
    double *score = session->score + (size_t)leaf->node * session->stride;
    struct pool pool = {0};
    if (leaf->method->kind == BATON_METHOD_RULE) {
        double *all = arena_alloc_raw(worker->arena, session->units, sizeof(double));
        uint8_t *zero = arena_alloc(worker->arena, session->units, 1);
        leaf_run_rule(session, worker, leaf, leaf->score, all, zero);
        for (size_t u = 0; u < ranked; u++) {
            bool applies = own->state[u] == BATON_FIGURE || own->state[u] == BATON_EMPTY;
            score[u] = applies ? all[u] : NAN;
            if (applies && zero[u] && isnan(all[u]))
                own->note[u] |= BATON_NOTE_ZERO;
            if (applies && isnan(leaf->figures[u]))
                own->note[u] |= BATON_NOTE_MISSING;
            if (score[u] < leaf->method->floor || score[u] > leaf->method->cap) {
                score[u] = score[u] < leaf->method->floor ? leaf->method->floor : leaf->method->cap;
                own->note[u] |= BATON_NOTE_CLAMPED;
            }
        }
    } else if (leaf->pooled) {
        panel_scores(session, worker, leaf, own->figures, score, own->note, &pool);
    } else {
        struct figures in = {leaf->figures, leaf->target, leaf->baseline, leaf->racing,
                             leaf->against};
        normalise(worker->arena, leaf->method, leaf->as->direction, leaf->as->lo, leaf->as->hi, &in,
                  cohorts_of(session, leaf), score, own->note);
    }
    if (leaf->as->missing == BATON_MISSING_MEAN || leaf->as->missing == BATON_MISSING_MEDIAN)
        impute_by_cohort(session, worker, leaf, pool.score == NULL ? NULL : &pool, score,
                         own->note);
}

/* Whether the figures can be used as they were given. */
static bool is_plain(const struct baton_session *session, const struct leaf *leaf,
                     const struct derived *derived) {
    return derived->state == NULL && derived->zero == NULL &&
           session->applies[leaf->node] == NULL && session->part == NULL && leaf->when == NULL &&
           leaf->as->treat == BATON_TREAT_NONE && leaf->as->missing != BATON_MISSING_LAST &&
           leaf->path != LEAF_COLUMN;
}

/* The common case in short: the leaf's own figures of the result's own period, as they were reported. */
static bool prepare_direct(struct baton_session *session, struct leaf *leaf) {
    struct baton_column figures;
    if (!leaf->direct || session->part != NULL || leaf->frequency != session->period.kind ||
        session->options.as_of_day != INT32_MAX ||
        !figures_reported(session, leaf->element, session->period, &figures) ||
        figures.state != NULL)
        return false;
    leaf->period = session->period;
    leaf->raw = leaf->figures = figures.value;
    leaf->state = NULL;
    leaf->early_note = NULL;
    return true;
}

void leaf_prepare(struct baton_session *session, struct worker *worker, struct leaf *leaf) {
    if (prepare_direct(session, leaf)) {
        if (leaf->path == LEAF_SPREAD)
            set_extremes(session, worker, leaf);
        return;
    }
    struct rule_moment now = moment_now(session);
    struct derived derived;
    derive_at(session, worker, leaf, &now, &derived);
    leaf->period = derived.period;
    leaf->raw = derived.value;
    leaf->state = NULL;
    leaf->early_note = NULL;
    leaf->figures = derived.value;
    leaf->treated = NULL;
    leaf->target = leaf->baseline = leaf->racing = leaf->against = leaf->extremes = NULL;
    struct shaping own = {0};
    bool plain = is_plain(session, leaf, &derived), pooled = leaf->pooled;
    if (!plain) {
        own = own_copy(session, worker, leaf, &derived);
        if (leaf->as->missing == BATON_MISSING_LAST && leaf->as->accumulate == BATON_LAST)
            take_last(session, worker, leaf, &own);
        if (!pooled)
            treat(worker->arena, leaf->as->treat, leaf->as->treat_a, leaf->as->treat_b,
                  cohorts_of(session, leaf), own.figures, own.note);
        if (pooled)
            leaf->treated = panel_treated(session, worker, leaf, own.figures);
        if (leaf->when != NULL)
            apply_when(session, worker, leaf, &own);
        leaf->figures = own.figures;
        leaf->state = own.state;
        leaf->early_note = own.note;
    }
    if (leaf->needs_target) {
        double *target, *baseline;
        targets_at(session, worker->arena, leaf, session->period, &target, &baseline);
        leaf->target = target;
        leaf->baseline = baseline;
    }
    if (leaf->among != NULL) {
        double *racing = arena_alloc_raw(worker->arena, session->units, sizeof(double));
        leaf_run_rule(session, worker, leaf, leaf->among, racing, NULL);
        leaf->racing = racing;
    }
    if (leaf->method->kind == BATON_METHOD_BEST && leaf->method->of == BATON_BEST_OF_UNIT)
        set_against(session, worker, leaf);
    if (leaf->path == LEAF_SPREAD)
        set_extremes(session, worker, leaf);
    else if (leaf->path == LEAF_COLUMN)
        score_column(session, worker, leaf, &own);
}

/* The score of a missing figure by the leaf's rule; NaN = none (its weight is given to the others). */
double leaf_imputed(const struct leaf *leaf) {
    const struct baton_method *method = leaf->method;
    switch (leaf->as->missing) {
    case BATON_MISSING_ZERO:
        return 0;
    case BATON_MISSING_FULL:
        return 100;
    case BATON_MISSING_FACTOR:
        return 100 * leaf->as->missing_factor;
    case BATON_MISSING_FLOOR:
        if (method->kind == BATON_METHOD_RANGE || method->kind == BATON_METHOD_RANK)
            return method->low;
        if (!isnan(method->floor))
            return method->floor;
        return method->kind == BATON_METHOD_BANDS ? method->below : 0;
    default:
        return NAN;
    }
}

static void refuse(struct worker *worker, struct leaf *leaf, uint32_t unit) {
    if (worker->error_count < worker->error_capacity)
        worker->error[worker->error_count++] =
            (struct scoring_error){BATON_FIGURE_REFUSED, leaf->node, unit, NAN};
}

/* A leaf without a score: its notes, and what stands in for it. */
static void finish_missing(const struct baton_session *session, struct worker *worker,
                           struct leaf *leaf, uint32_t u, double *score, uint16_t *note) {
    uint8_t state = leaf->state == NULL ? BATON_FIGURE : leaf->state[u];
    uint16_t bits = 0;
    double by = NAN;
    if (state == LEAF_OUT)
        return;
    if (state == BATON_NA || state == BATON_PENDING) {
        bits = state == BATON_NA ? BATON_NOTE_NA : BATON_NOTE_PENDING;
    } else {
        bits = isnan(leaf->figures[u]) ? BATON_NOTE_MISSING : 0;
        by = leaf_imputed(leaf);
        if (!isnan(by))
            bits |= BATON_NOTE_IMPUTED;
        if (leaf->as->missing == BATON_MISSING_REFUSE)
            refuse(worker, leaf, u);
    }
    *score = by;
    if (session->note != NULL)
        *note |= bits;
}

/* The scores of the tile from figures, the method being one that works piece by piece. */
static void slice_scores(struct baton_session *session, struct worker *worker, struct leaf *leaf,
                         const struct tile *tile, double *score, uint16_t *note) {
    uint32_t first = tile->first, n = tile->last - tile->first;
    if (leaf->path == LEAF_SPREAD) {
        if (leaf->over_all || tile->first_group == tile->last_group) {
            uint32_t cohort = leaf->over_all ? 0 : tile->group;
            normalise_range(leaf->method, leaf->as->direction, leaf->extremes[2 * cohort],
                            leaf->extremes[2 * cohort + 1], n, leaf->figures + first, score, note);
            return;
        }
        for (uint32_t g = tile->first_group; g < tile->last_group; g++) {
            uint32_t start = session->groups.start[g], count = session->groups.start[g + 1] - start,
                     at = start - first;
            normalise_range(leaf->method, leaf->as->direction, leaf->extremes[2 * g],
                            leaf->extremes[2 * g + 1], count, leaf->figures + start, score + at,
                            note == NULL ? NULL : note + at);
        }
        return;
    }
    struct figures in = {
        leaf->figures,
        leaf->target,
        leaf->baseline,
        leaf->racing,
        leaf->against == NULL ? NULL : leaf->against + tile->first_group,
    };
    /* Arrays are indexed by unit: the cohorts of the tile carry unit numbers themselves. */
    struct cohorts cohorts = {session->groups.start + tile->first_group,
                              tile->last_group - tile->first_group};
    uint32_t whole[2] = {tile->first, tile->last};
    if (leaf->path == LEAF_EACH)
        cohorts = (struct cohorts){whole, 1};
    normalise(worker->arena, leaf->method, leaf->as->direction, leaf->as->lo, leaf->as->hi, &in,
              &cohorts, score - first, note == NULL ? NULL : note - first);
}

void leaf_slice(struct baton_session *session, struct worker *worker, struct leaf *leaf,
                const struct tile *tile) {
    uint32_t first = tile->first, n = tile->last - tile->first;
    size_t at = (size_t)leaf->node * session->stride + first;
    double *score = session->score + at;
    uint16_t *note = session->note == NULL ? NULL : session->note + at;
    if (note != NULL) {
        if (leaf->early_note != NULL)
            memcpy(note, leaf->early_note + first, n * sizeof(uint16_t));
        else
            memset(note, 0, n * sizeof(uint16_t));
    }
    if (leaf->path != LEAF_COLUMN)
        slice_scores(session, worker, leaf, tile, score, note);
    if (leaf->state == NULL && leaf->as->missing == BATON_MISSING_REDISTRIBUTE) {
        for (uint32_t i = 0; note != NULL && i < n; i++)
            note[i] |= isnan(leaf->figures[first + i]) ? BATON_NOTE_MISSING : 0;
        return;
    }
    for (uint32_t i = 0; i < n; i++)
        if (isnan(score[i]))
            finish_missing(session, worker, leaf, first + i, &score[i],
                           note == NULL ? NULL : &note[i]);
}
