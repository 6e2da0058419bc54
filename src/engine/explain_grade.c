/* The grade: which were tried, whether their conditions hold, how many places a quota has and who has them, why a
 * better one was refused; and the awards. */
#include "engine/explain_parts.h"
#include <string.h>

enum { HOLDERS_SHOWN = 20 };

struct grading_view {
    struct explaining *ex;
    const struct baton_grades *grades;
    const struct rule **when;
    struct place place;
    struct rule_env env;
    struct rule_moment now;
};

/* Units of the group that a grade's condition holds for, [N]; NULL = all. */
static const double *holders_of_condition(struct grading_view *view, uint32_t index) {
    if (view->when[index] == NULL)
        return NULL;
    double *holds =
        arena_alloc_raw(view->ex->worker->arena, view->ex->session->units, sizeof(double));
    rule_run(view->when[index], &view->env, &view->now, holds, NULL);
    return holds;
}

static uint32_t count_given(const struct explaining *ex, uint32_t index) {
    const struct baton_session *session = ex->session;
    const uint32_t *start = session->groups.start + ex->group;
    uint32_t given = 0;
    for (uint32_t v = start[0]; v < start[1]; v++)
        given += session->grade[v] == index;
    return given;
}

/* The units of one rank that could have a grade, how many of them got it, and how many places were left for them. */
struct class_of_rank {
    uint32_t rank_twice, candidates, given;
    double left;
};

static struct class_of_rank class_at(struct grading_view *view, uint32_t index, const double *holds,
                                     uint32_t rank_twice) {
    const struct baton_session *session = view->ex->session;
    const uint32_t *start = session->groups.start + view->ex->group;
    struct class_of_rank class = {.rank_twice = rank_twice};
    for (uint32_t v = start[0]; v < start[1]; v++) {
        const bool free = session->grade[v] == BATON_NONE || session->grade[v] >= index;
        if (session->rank[v] != rank_twice || !free ||
            !grade_allowed(session, view->grades, v, index) ||
            (holds != NULL && (isnan(holds[v]) || holds[v] == 0)))
            continue;
        class.candidates++;
        class.given += session->grade[v] == index;
    }
    return class;
}

static uint32_t next_rank(const struct explaining *ex, uint32_t after) {
    const struct baton_session *session = ex->session;
    const uint32_t *start = session->groups.start + ex->group;
    uint32_t next = UINT32_MAX;
    for (uint32_t v = start[0]; v < start[1]; v++)
        if (session->rank[v] > after && session->rank[v] < next)
            next = session->rank[v];
    return next;
}

/* The first class of equal rank in which somebody was refused: there the places ended. */
static struct class_of_rank where_places_ended(struct grading_view *view, uint32_t index,
                                               double quota) {
    const struct baton_session *session = view->ex->session;
    const double *holds = holders_of_condition(view, index);
    double left = quota;
    struct class_of_rank class = {0};
    for (uint32_t rank = next_rank(view->ex, 0); rank <= session->rank[view->ex->unit];
         rank = next_rank(view->ex, rank)) {
        class = class_at(view, index, holds, rank);
        class.left = left;
        if (class.given < class.candidates)
            return class;
        left -= class.given;
    }
    return class;
}

static void explain_refusal(struct grading_view *view, struct explain_line *line, uint32_t index,
                            double quota) {
    static const char *const words[] = {[BATON_QUOTA_NONE] = "quota_none",
                                        [BATON_QUOTA_ALL] = "quota_all",
                                        [BATON_QUOTA_NODE] = "quota_node"};
    struct explaining *ex = view->ex;
    const struct class_of_rank class = where_places_ended(view, index, quota);
    if (class.left < 1) {
        line_add(ex, line, EXPLAIN_QUOTA_FULL);
        return;
    }
    const bool own = class.rank_twice == ex->session->rank[ex->unit];
    const struct baton_grade *grade = &view->grades->item[index];
    struct explain_line *said = line_add(ex, line, own ? EXPLAIN_QUOTA_TIE : EXPLAIN_QUOTA_CLOSED);
    said->number[0] = class.candidates;
    said->number[1] = class.left;
    said->number[2] = own ? NAN : class.rank_twice / 2.0;
    said->word = words[grade->quota_ties];
    if (grade->quota_ties == BATON_QUOTA_NODE) {
        said->id = ex->scheme->node[grade->quota_node].id;
        said->name = &ex->scheme->node[grade->quota_node].name;
    }
}

/* How many places a grade has, and who has them. */
static void explain_quota(struct grading_view *view, struct explain_line *parent, uint32_t index,
                          bool refused) {
    struct explaining *ex = view->ex;
    const struct baton_session *session = ex->session;
    const struct baton_grade *grade = &view->grades->item[index];
    const double quota = grade_quota(grade, session->group_size[ex->group]);
    if (!isfinite(quota))
        return;
    struct explain_line *line = line_value(ex, parent, EXPLAIN_QUOTA, quota);
    line->number[0] = count_given(ex, index);
    line->at = grade->at;
    if (grade->quota_is_share)
        line->arithmetic =
            WITH_NUMBERS(ex, "max(1, floor(# × #))", grade->quota, session->group_size[ex->group]);
    const uint32_t *start = session->groups.start + ex->group;
    uint32_t shown = 0;
    for (uint32_t rank = next_rank(ex, 0); rank != UINT32_MAX && shown < HOLDERS_SHOWN;
         rank = next_rank(ex, rank))
        for (uint32_t v = start[0]; v < start[1] && shown < HOLDERS_SHOWN; v++)
            if (session->rank[v] == rank && session->grade[v] == index) {
                struct explain_line *holder = line_add(ex, line, EXPLAIN_HOLDER);
                holder->unit = v;
                holder->number[0] = rank / 2.0;
                shown++;
            }
    if (refused)
        explain_refusal(view, line, index, quota);
}

/* One grade that was tried; whether the unit got it. */
static bool explain_try(struct grading_view *view, struct explain_line *parent, uint32_t index) {
    struct explaining *ex = view->ex;
    const struct baton_grade *grade = &view->grades->item[index];
    struct explain_line *line = line_add(ex, parent, EXPLAIN_GRADE);
    const bool given = ex->session->grade[ex->unit] == index;
    bool holds = true;
    if (view->when[index] != NULL) {
        const double value =
            explain_rule(ex, line, view->when[index], &view->env, &view->now, ex->unit, NULL);
        holds = !isnan(value) && value != 0;
    }
    line->id = grade->id;
    line->name = &grade->title;
    line->at = grade->at;
    const bool allowed = grade_allowed(ex->session, view->grades, ex->unit, index);
    line->word = given ? "given" : !holds ? "does_not_hold" : !allowed ? "excluded" : "refused";
    if (given || (holds && allowed))
        explain_quota(view, line, index, !given);
    return given;
}

void explain_grade(struct explaining *ex, struct explain_line *parent) {
    const uint32_t grades = ex->scheme->group[ex->group].grades;
    double *total, *base;
    if (grades == BATON_NONE || ex->session->rank[ex->unit] == 0)
        return;
    struct grading_view view = {.ex = ex,
                                .grades = &ex->scheme->grades[grades],
                                .when = ex->session->grade_when[grades],
                                .now = moment_now(ex->session)};
    explain_totals(ex, &total, &base);
    view.place = (struct place){.session = ex->session,
                                .worker = ex->worker,
                                .score = total,
                                .base = base,
                                .rank = ex->session->rank};
    environment(&view.place, &view.env);
    for (uint32_t i = 0; i < view.grades->count; i++)
        if (explain_try(&view, parent, i))
            return;
}

void explain_awards(struct explaining *ex, struct explain_line *parent) {
    const struct baton_session *session = ex->session;
    const struct baton_scheme *scheme = ex->scheme;
    struct place place = {.session = ex->session, .worker = ex->worker, .rank = session->rank};
    double *total, *base;
    if (session->award_count == 0)
        return;
    explain_totals(ex, &total, &base);
    uint32_t *code = arena_alloc_raw(ex->worker->arena, session->ranked, sizeof(uint32_t));
    for (uint32_t u = 0; u < session->ranked; u++) {
        const uint32_t grades = scheme->group[session->group_of[u]].grades;
        code[u] = session->grade == NULL || session->grade[u] == BATON_NONE
                      ? BATON_NONE
                      : scheme->grades[grades].item[session->grade[u]].code;
    }
    place.score = total;
    place.base = base;
    place.grade = code;
    struct rule_env env;
    const struct rule_moment now = moment_now(session);
    environment(&place, &env);
    for (uint32_t i = 0; i < session->award_count; i++) {
        const struct baton_award_row *row = &session->award[i];
        const struct baton_award *award = &scheme->award[row->award];
        if (row->unit != ex->unit)
            continue;
        struct explain_line *line = line_add(ex, parent, EXPLAIN_AWARD);
        explain_rule(ex, line, session->award_by[row->award], &env, &now, ex->unit, NULL);
        line->id = award->id;
        line->name = &award->title;
        line->at = award->at;
        line->number[0] = row->place;
        if (session->award_when[row->award] != NULL)
            explain_condition(ex, line, EXPLAIN_WHEN, session->award_when[row->award], &award->when,
                              &env, &now, ex->unit, NULL);
    }
}
