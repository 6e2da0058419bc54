/* Targets: which row of targets.csv is in force for a unit and a period.
 *
 * The unit's own row goes before its group's, that before one for everybody; among rows of one scope the shortest
 * period that contains the leaf's period counts. Rows are sorted by node once, so a leaf looks at its own only. */
#include "engine/session.h"
#include <math.h>

static int32_t days_of(struct baton_period p) {
    return baton_period_last_day(p) - baton_period_first_day(p);
}

/* Whether `row` is nearer to the point than the row chosen so far (NULL = none). */
static bool is_shorter(const struct baton_target *row, const struct baton_target *chosen) {
    return chosen == NULL || days_of(row->period) < days_of(chosen->period);
}

const struct baton_target *target_in_force(const struct baton_session *session, uint32_t node,
                                           uint32_t unit, struct baton_period period) {
    const struct baton_target *of[3] = {NULL}; /* its own, its group's, everybody's */
    const uint32_t group = session->scheme->unit[unit].group;
    for (uint32_t i = session->target_first[node]; i < session->target_first[node + 1]; i++) {
        const struct baton_target *row = &session->targets[i];
        const bool concerns = row->unit != BATON_NONE    ? row->unit == unit
                              : row->group != BATON_NONE ? row->group == group
                                                         : true;
        if (!concerns || period.kind == BATON_PERIOD_NONE ||
            !baton_period_contains(row->period, period))
            continue;
        const struct baton_target **place = &of[row->unit != BATON_NONE    ? 0
                                                : row->group != BATON_NONE ? 1
                                                                           : 2];
        if (is_shorter(row, *place))
            *place = row;
    }
    return of[0] != NULL ? of[0] : of[1] != NULL ? of[1] : of[2];
}

void targets_at(const struct baton_session *session, struct baton_arena *arena,
                const struct leaf *leaf, struct baton_period period, double **target,
                double **baseline) {
    const struct baton_scheme *scheme = session->scheme;
    uint32_t units = session->units;
    *target = arena_alloc_raw(arena, units, sizeof(double));
    *baseline = arena_alloc_raw(arena, units, sizeof(double));
    const struct baton_target *everybody = NULL;
    const struct baton_target **of_group =
        arena_alloc(arena, scheme->group_count + 1, sizeof(*of_group));
    const struct baton_target *first = session->targets + session->target_first[leaf->node];
    const struct baton_target *end = session->targets + session->target_first[leaf->node + 1];
    bool any = period.kind != BATON_PERIOD_NONE;
    for (const struct baton_target *row = first; any && row < end; row++) {
        if (row->unit != BATON_NONE || !baton_period_contains(row->period, period))
            continue;
        const struct baton_target **place =
            row->group == BATON_NONE ? &everybody : &of_group[row->group];
        if (is_shorter(row, *place))
            *place = row;
    }
    for (uint32_t u = 0; u < units; u++) {
        const struct baton_target *row = everybody;
        if (scheme->unit[u].group != BATON_NONE && of_group[scheme->unit[u].group] != NULL)
            row = of_group[scheme->unit[u].group];
        (*target)[u] = row == NULL ? NAN : row->target;
        (*baseline)[u] = row == NULL ? NAN : row->baseline;
    }
    /* Rows of one unit stand together: the last kept of them is the shortest. */
    const struct baton_target *own = NULL;
    for (const struct baton_target *row = first; any && row < end; row++) {
        if (row->unit == BATON_NONE || !baton_period_contains(row->period, period))
            continue;
        if (own == NULL || own->unit != row->unit || is_shorter(row, own))
            own = row;
        (*target)[row->unit] = own->target;
        (*baseline)[row->unit] = own->baseline;
    }
}
