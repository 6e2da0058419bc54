/* derive: figures -> the value of a leaf for each unit.
 *
 * A leaf's value is an element or an expression over elements, taken at the leaf's own period: the newest of its
 * frequency (`last`), or all that end inside the result's period, added up (`sum`, `mean`). Where it is missing it
 * inherits what is said of the figures it names: not applicable before not yet due. Nothing here knows of groups,
 * weights or who takes part, except that a sum takes a unit's periods inside its own time only. */
#include "engine/session.h"
#include <math.h>
#include <string.h>

/* The leaf's period at a moment, not moved; false = none yet. */
static bool leaf_period(const struct baton_session *session, const struct leaf *leaf,
                        const struct rule_moment *at, struct baton_period *out) {
    struct rule_moment start = {.period = at->period};
    for (uint32_t i = 0; i < at->move_count; i++)
        if (at->move[i].kind == RULE_NEWEST)
            start.move[start.move_count++] = at->move[i];
    return figures_period(session, leaf->frequency, &start, out);
}

/* Adds a state to the missing values of a leaf: na goes before pending. */
static void inherit(size_t units, const double *value, const uint8_t *of_figure, uint8_t *state) {
    for (size_t u = 0; u < units; u++) {
        if (!isnan(value[u]) || state[u] == BATON_NA)
            continue;
        if (of_figure[u] == BATON_NA || of_figure[u] == BATON_PENDING)
            state[u] = of_figure[u];
    }
}

/* The value of an expression and its states. */
static void derive_expression(struct baton_session *session, struct worker *worker,
                              const struct leaf *leaf, struct baton_period result_period,
                              struct baton_period cohort_period, const struct rule_moment *at,
                              struct derived *out) {
    size_t units = session->units;
    struct place place = {.session = session, .worker = worker, .leaf = leaf};
    place.leaf_period = at->period;
    place.result_period = result_period;
    place.cohort_period = cohort_period;
    struct rule_env env;
    environment(&place, &env);
    double *value = arena_alloc_raw(worker->arena, units, sizeof(double));
    uint8_t *zero = arena_alloc(worker->arena, units, 1);
    rule_run(leaf->value, &env, at, value, zero);
    uint8_t *state = NULL;
    for (uint32_t i = 0; i < leaf->named_count; i++) {
        struct baton_column figures;
        figures_column(session, worker, leaf->named[i], at, leaf->as->due_days, &figures);
        if (figures.state == NULL)
            continue;
        if (state == NULL)
            state = arena_alloc(worker->arena, units, 1);
        inherit(units, value, figures.state, state);
    }
    out->value = value;
    out->state = state;
    out->zero = zero;
}

/* A row for the leaf's own id may say that the leaf is not applicable or not yet due, whatever its value names. */
static void obey_own_rows(struct baton_session *session, struct worker *worker,
                          const struct leaf *leaf, const struct rule_moment *at,
                          struct derived *out) {
    struct baton_period period;
    struct baton_column own;
    enum baton_period_kind kind = session->element_kind[leaf->as->element];
    if (leaf->element == leaf->as->element || kind == BATON_PERIOD_NONE ||
        !figures_period(session, kind, at, &period) ||
        !figures_reported(session, leaf->as->element, period, &own) || own.state == NULL)
        return;
    size_t units = session->units;
    double *value = arena_alloc_raw(worker->arena, units, sizeof(double));
    uint8_t *state = arena_alloc(worker->arena, units, 1);
    memcpy(value, out->value, units * sizeof(double));
    if (out->state != NULL)
        memcpy(state, out->state, units);
    for (size_t u = 0; u < units; u++)
        if (own.state[u] == BATON_NA || own.state[u] == BATON_PENDING) {
            state[u] = own.state[u];
            value[u] = NAN;
        }
    out->value = value;
    out->state = state;
}

/* The value at one period of the leaf's frequency. */
void derive_single(struct baton_session *session, struct worker *worker, const struct leaf *leaf,
                   const struct rule_moment *at, struct baton_period result_period,
                   struct derived *out) {
    *out = (struct derived){.value = session->nothing, .state = session->all_pending};
    struct rule_moment there = *at;
    if (!leaf_period(session, leaf, at, &there.period))
        return;
    out->period = there.period;
    if (leaf->element == BATON_NONE) {
        derive_expression(session, worker, leaf, result_period, at->period, &there, out);
    } else {
        struct baton_column figures;
        figures_column(session, worker, leaf->element, &there, leaf->as->due_days, &figures);
        out->value = figures.value;
        out->state = figures.state;
    }
    obey_own_rows(session, worker, leaf, &there, out);
}

/* What has been added up for one unit so far. */
struct running {
    double *sum;
    uint32_t *count;
    uint8_t *seen; /* bits: 1 na, 2 pending, 4 missing */
    uint8_t *zero;
    uint8_t *filled; /* an earlier figure stood in somewhere */
};

static void add_period(const struct baton_session *session, struct baton_period period,
                       const struct derived *part, const uint8_t *filled, struct running *running) {
    const struct baton_scheme *scheme = session->scheme;
    for (uint32_t u = 0; u < session->units; u++) {
        const struct baton_unit *unit = &scheme->unit[u];
        if ((unit->joined.kind != BATON_PERIOD_NONE &&
             baton_period_first_day(unit->joined) > baton_period_last_day(period)) ||
            (unit->left.kind != BATON_PERIOD_NONE &&
             baton_period_last_day(unit->left) < baton_period_first_day(period)))
            continue;
        uint8_t state =
            part->state == NULL || (filled != NULL && filled[u]) ? BATON_FIGURE : part->state[u];
        if (state == BATON_NA)
            running->seen[u] |= 1;
        else if (state == BATON_PENDING)
            running->seen[u] |= 2;
        else if (isnan(part->value[u]))
            running->seen[u] |= 4;
        else {
            running->sum[u] += part->value[u];
            running->count[u]++;
        }
        if (part->zero != NULL)
            running->zero[u] |= part->zero[u];
        if (filled != NULL)
            running->filled[u] |= filled[u];
    }
}

/* All periods of the leaf's frequency that end inside `whole` and have ended, the earliest first. */
static void derive_many(struct baton_session *session, struct worker *worker,
                        const struct leaf *leaf, struct baton_period whole, struct derived *out) {
    size_t units = session->units;
    struct running running = {
        arena_alloc(worker->arena, units, sizeof(double)),
        arena_alloc(worker->arena, units, sizeof(uint32_t)),
        arena_alloc(worker->arena, units, 1),
        arena_alloc(worker->arena, units, 1),
        arena_alloc(worker->arena, units, 1),
    };
    enum baton_period_kind kind =
        leaf->frequency == BATON_PERIOD_NONE ? whole.kind : leaf->frequency;
    int32_t first = baton_period_first_day(whole), last = baton_period_last_day(whole);
    struct baton_period period = baton_period_of_day(kind, first);
    for (; period.kind != BATON_PERIOD_NONE && baton_period_last_day(period) <= last &&
           period_ended(session, period);
         period = baton_period_shift(period, 1)) {
        struct rule_moment at = {.period = period};
        struct derived part;
        uint8_t *filled = NULL;
        derive_single(session, worker, leaf, &at, whole, &part);
        if (leaf->as->missing == BATON_MISSING_LAST) {
            uint8_t *wanted = arena_alloc(worker->arena, units, 1);
            double *value = arena_alloc_raw(worker->arena, units, sizeof(double));
            memcpy(value, part.value, units * sizeof(double));
            for (size_t u = 0; u < units; u++)
                wanted[u] = part.state == NULL ||
                            (part.state[u] != BATON_NA && part.state[u] != BATON_PENDING);
            filled = arena_alloc(worker->arena, units, 1);
            derive_last(session, worker, leaf, &at, wanted, value, filled);
            part.value = value;
        }
        add_period(session, period, &part, filled, &running);
    }
    uint8_t *state = arena_alloc(worker->arena, units, 1);
    for (size_t u = 0; u < units; u++) {
        uint8_t seen = running.seen[u];
        if (running.count[u] == 0 && (seen & 4) == 0)
            state[u] = seen == 1 ? BATON_NA : BATON_PENDING;
        if (running.count[u] == 0 || (seen & 4) != 0)
            running.sum[u] = NAN;
        else if (leaf->as->accumulate == BATON_MEAN)
            running.sum[u] /= running.count[u];
    }
    *out = (struct derived){running.sum, state, running.zero, running.filled, whole};
}

void derive_at(struct baton_session *session, struct worker *worker, const struct leaf *leaf,
               const struct rule_moment *at, struct derived *out) {
    if (leaf->as->accumulate == BATON_LAST) {
        derive_single(session, worker, leaf, at, at->period, out);
        return;
    }
    struct baton_period whole = moment_period(at);
    if (whole.kind == BATON_PERIOD_NONE)
        *out = (struct derived){.value = session->nothing};
    else
        derive_many(session, worker, leaf, whole, out);
}

/* The shortest frequency of what the leaf names: by its steps the search goes back. */
static enum baton_period_kind finest_kind(const struct baton_session *session,
                                          const struct leaf *leaf) {
    enum baton_period_kind finest = leaf->frequency;
    for (uint32_t i = 0; i < leaf->named_count; i++) {
        enum baton_period_kind kind = session->element_kind[leaf->named[i]];
        if (kind != BATON_PERIOD_NONE && (finest == BATON_PERIOD_NONE || kind < finest))
            finest = kind;
    }
    return finest;
}

void derive_last(struct baton_session *session, struct worker *worker, const struct leaf *leaf,
                 const struct rule_moment *at, const uint8_t *wanted, double *value,
                 uint8_t *filled) {
    size_t units = session->units;
    if (session->facts->first.kind == BATON_PERIOD_NONE || at->move_count + 1 > RULE_MOVES_MAX)
        return;
    int32_t first_day = baton_period_first_day(session->facts->first);
    enum baton_period_kind kind = finest_kind(session, leaf);
    struct rule_moment there = {.period = at->period};
    struct baton_period start;
    if (!leaf_period(session, leaf, at, &there.period) ||
        !figures_period(session, kind, &there, &start))
        return;
    for (int32_t back = 1;; back++) {
        size_t left = 0;
        for (size_t u = 0; u < units; u++)
            left += isnan(value[u]) && (wanted == NULL || wanted[u]);
        struct baton_period period = baton_period_shift(start, -back);
        if (left == 0 || period.kind == BATON_PERIOD_NONE ||
            baton_period_last_day(period) < first_day)
            return;
        struct rule_moment earlier = *at;
        earlier.move[earlier.move_count++] = (struct rule_move){RULE_STEPS, -back};
        struct derived part;
        derive_single(session, worker, leaf, &earlier, earlier.period, &part);
        for (size_t u = 0; u < units; u++)
            if (isnan(value[u]) && (wanted == NULL || wanted[u]) && !isnan(part.value[u])) {
                value[u] = part.value[u];
                filled[u] = 1;
            }
    }
}
