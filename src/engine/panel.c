/* `over: panel`: the cohort is every unit in every period of the leaf, so that scores of different periods can be compared.
 *
 * The figures of all periods are put one behind the other as one cohort, treated and scored together; the scores of
 * the leaf's present period are then its scores. */
#include "engine/session.h"
#include "engine/treat.h"
#include <math.h>
#include <string.h>

const struct rule_moment *panel_of(const struct baton_session *session, struct baton_arena *arena,
                                   const struct leaf *leaf, uint32_t *count) {
    enum baton_period_kind kind = leaf->frequency;
    bool by_result = kind == BATON_PERIOD_NONE || leaf->as->accumulate != BATON_LAST;
    if (by_result) /* then the result's own period is one of them, ended or not */
        kind = session->period.kind;
    *count = 0;
    if (session->facts->first.kind == BATON_PERIOD_NONE)
        return NULL;
    struct baton_period period =
        baton_period_of_day(kind, baton_period_first_day(session->facts->first));
    struct baton_period last =
        baton_period_of_day(kind, baton_period_last_day(session->facts->last));
    size_t room = (size_t)(baton_period_ordinal(last) - baton_period_ordinal(period)) + 1;
    struct rule_moment *moment = arena_alloc(arena, room, sizeof(*moment));
    for (; *count < room && (period_ended(session, period) ||
                             (by_result && baton_period_equal(period, session->period)));
         period = baton_period_shift(period, 1))
        moment[(*count)++].period = period;
    return moment;
}

/* The figures of one period, missing where the leaf does not apply or the unit takes no part. */
static void period_figures(struct baton_session *session, struct worker *worker,
                           const struct leaf *leaf, const struct rule_moment *at, double *out) {
    struct derived derived;
    derive_at(session, worker, leaf, at, &derived);
    const uint8_t *part = taking_part(session, worker->arena, at->period);
    const uint8_t *applies = session->applies[leaf->node];
    for (uint32_t u = 0; u < session->ranked; u++)
        out[u] =
            (part == NULL || part[u]) && (applies == NULL || applies[u]) ? derived.value[u] : NAN;
}

bool panel_pool(struct baton_session *session, struct worker *worker, const struct leaf *leaf,
                const double *figures, struct panel *out) {
    uint32_t count, ranked = session->ranked;
    const struct rule_moment *moment = panel_of(session, worker->arena, leaf, &count);
    double *pool = arena_alloc_raw(worker->arena, (size_t)(count + 1) * ranked, sizeof(double));
    uint16_t *pool_note =
        arena_alloc(worker->arena, (size_t)(count + 1) * ranked, sizeof(uint16_t));
    bool found = false;
    *out = (struct panel){.moment = moment, .count = count, .value = pool, .note = pool_note};
    for (uint32_t i = 0; i < count; i++) {
        if (baton_period_equal(moment[i].period, leaf->period)) {
            memcpy(pool + (size_t)i * ranked, figures, ranked * sizeof(double));
            out->present = i;
            found = true;
        } else {
            period_figures(session, worker, leaf, &moment[i], pool + (size_t)i * ranked);
        }
    }
    return found;
}

static void treat_pool(struct worker *worker, const struct leaf *leaf, uint32_t ranked,
                       const struct panel *panel) {
    uint32_t start[2] = {0, panel->count * ranked};
    treat(worker->arena, leaf->as->treat, leaf->as->treat_a, leaf->as->treat_b,
          &(struct cohorts){start, 1}, panel->value, panel->note);
}

const struct panel *panel_treated(struct baton_session *session, struct worker *worker,
                                  const struct leaf *leaf, const double *figures) {
    if (leaf->as->treat == BATON_TREAT_NONE || (leaf->when == NULL && leaf->among == NULL))
        return NULL;
    struct panel *panel = arena_alloc(worker->arena, 1, sizeof(*panel));
    if (!panel_pool(session, worker, leaf, figures, panel))
        return NULL;
    treat_pool(worker, leaf, session->ranked, panel);
    return panel;
}

/* Who races in another period, by the figures of that period. */
static void period_racing(struct baton_session *session, struct worker *worker,
                          const struct leaf *leaf, const struct rule_moment *at, double *out) {
    struct place place = {.session = session, .worker = worker, .leaf = leaf};
    struct rule_env env;
    environment(&place, &env);
    double *races = arena_alloc_raw(worker->arena, session->units, sizeof(double));
    rule_run(leaf->among, &env, at, races, NULL);
    memcpy(out, races, session->ranked * sizeof(double));
}

/* Who races in all periods; those of the present one are known. NULL = all do. */
static double *panel_racing(struct baton_session *session, struct worker *worker,
                            const struct leaf *leaf, const struct panel *panel) {
    const size_t ranked = session->ranked;
    if (leaf->among == NULL)
        return NULL;
    double *racing = arena_alloc_raw(worker->arena, (panel->count + 1) * ranked, sizeof(double));
    for (uint32_t i = 0; i < panel->count; i++) {
        if (i == panel->present)
            memcpy(racing + i * ranked, leaf->racing, ranked * sizeof(double));
        else
            period_racing(session, worker, leaf, &panel->moment[i], racing + i * ranked);
    }
    return racing;
}

void panel_scores(struct baton_session *session, struct worker *worker, struct leaf *leaf,
                  double *figures, double *score, uint16_t *note, struct pool *out) {
    const uint32_t ranked = session->ranked;
    struct panel panel;
    if (!panel_pool(session, worker, leaf, figures, &panel)) {
        for (uint32_t u = 0; u < ranked; u++)
            score[u] = NAN;
        return;
    }
    const uint32_t count = panel.count;
    double *pool = panel.value;
    uint16_t *pool_note = panel.note;
    uint32_t start[2] = {0, count * ranked};
    struct cohorts whole = {start, 1};
    treat_pool(worker, leaf, ranked, &panel);
    leaf->racing = panel_racing(session, worker, leaf, &panel);
    struct figures in = {.value = pool, .racing = leaf->racing, .against = leaf->against};
    double *pool_score = arena_alloc_raw(worker->arena, (size_t)count * ranked + 1, sizeof(double));
    normalise(worker->arena, leaf->method, leaf->as->direction, leaf->as->lo, leaf->as->hi, &in,
              &whole, pool_score, pool_note);
    size_t offset = (size_t)panel.present * ranked;
    *out = (struct pool){(size_t)count * ranked, pool_score};
    memcpy(figures, pool + offset, ranked * sizeof(double));
    memcpy(score, pool_score + offset, ranked * sizeof(double));
    for (uint32_t u = 0; note != NULL && u < ranked; u++)
        note[u] |= pool_note[offset + u];
}
