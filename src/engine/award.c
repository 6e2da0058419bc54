/* Awards: the units of a group that come first by an expression, among those whose condition is met. */
#include "engine/order.h"
#include "engine/session.h"
#include <math.h>
#include <string.h>

struct awarding {
    struct baton_session *session;
    struct worker *worker;
    const double *by, *when; /* [N]; when NULL = always */
};

static void award_group(struct awarding *awarding, uint32_t award, uint32_t group,
                        size_t *capacity) {
    struct baton_session *session = awarding->session;
    struct worker *worker = awarding->worker;
    uint32_t first = session->groups.start[group], n = session->groups.start[group + 1] - first;
    double *by = arena_alloc_raw(worker->arena, n + 1, sizeof(double));
    uint32_t *place = arena_alloc_raw(worker->arena, n + 1, sizeof(uint32_t));
    for (uint32_t i = 0; i < n; i++) {
        uint32_t u = first + i;
        bool in = has_row(session, 0, u) &&
                  !(session->has_adjustments && (session->effects[u] & EFFECT_NO_AWARD) != 0) &&
                  (awarding->when == NULL || (!isnan(awarding->when[u]) && awarding->when[u] != 0));
        by[i] = in ? baton_number_sig12(awarding->by[u]) : NAN;
    }
    order_rank(worker->arena, n, by, true, BATON_TIES_MIN, place);
    uint32_t top = session->scheme->award[award].top;
    for (uint32_t wanted = 1; wanted <= top && wanted <= n; wanted++)
        for (uint32_t i = 0; i < n; i++)
            if (place[i] == 2 * wanted) {
                size_t count = session->award_count;
                *ARRAY_PUSH(worker->arena, session->award, count, *capacity) =
                    (struct baton_award_row){award, group, first + i, wanted,
                                             awarding->by[first + i]};
                session->award_count = (uint32_t)count;
            }
}

void award(struct baton_session *session) {
    const struct baton_scheme *scheme = session->scheme;
    struct worker *worker = &session->worker[0];
    size_t capacity = 0;
    session->award = NULL;
    session->award_count = 0;
    if (scheme->award_count == 0)
        return;
    uint32_t ranked = session->ranked;
    double *total = arena_alloc_raw(worker->arena, ranked, sizeof(double));
    double *base = arena_alloc_raw(worker->arena, ranked, sizeof(double));
    uint32_t *code = arena_alloc_raw(worker->arena, ranked, sizeof(uint32_t));
    for (uint32_t u = 0; u < ranked; u++) {
        const struct baton_group *group = &scheme->group[session->group_of[u]];
        total[u] = as_ranked(session, 0, session->group_of[u], session->score[u]);
        base[u] = session->base == NULL
                      ? total[u]
                      : as_ranked(session, 0, session->group_of[u], session->base[u]);
        code[u] = session->grade == NULL || session->grade[u] == BATON_NONE
                      ? BATON_NONE
                      : scheme->grades[group->grades].item[session->grade[u]].code;
    }
    struct place place = {.session = session,
                          .worker = worker,
                          .score = total,
                          .base = base,
                          .rank = session->rank,
                          .grade = code};
    struct rule_env env;
    environment(&place, &env);
    struct rule_moment now = moment_now(session);
    for (uint32_t a = 0; a < scheme->award_count; a++) {
        double *by = arena_alloc_raw(worker->arena, session->units, sizeof(double)), *when = NULL;
        rule_run(session->award_by[a], &env, &now, by, NULL);
        if (session->award_when[a] != NULL) {
            when = arena_alloc_raw(worker->arena, session->units, sizeof(double));
            rule_run(session->award_when[a], &env, &now, when, NULL);
        }
        struct awarding awarding = {session, worker, by, when};
        for (uint32_t g = 0; g < scheme->group_count; g++)
            if (scheme->award[a].group == BATON_NONE || scheme->award[a].group == g)
                award_group(&awarding, a, g, &capacity);
    }
}
