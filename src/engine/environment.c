/* What the names of an expression mean where it stands: figures at a moment, x and the targets of a leaf, scores, ranks and
 * earlier results. Columns have [N] values; what only ranked units have is missing for the others. */
#include "engine/session.h"
#include <assert.h>
#include <math.h>
#include <string.h>

struct rule_moment moment_now(const struct baton_session *session) {
    return (struct rule_moment){.period = session->period};
}

static void fill(size_t n, double value, double *out) {
    for (size_t i = 0; i < n; i++)
        out[i] = value;
}

/* A column of the ranked units, the others missing. */
static void spread(const struct baton_session *session, const double *ranked, double *out) {
    memcpy(out, ranked, session->ranked * sizeof(double));
    fill(session->units - session->ranked, NAN, out + session->ranked);
}

/* The period of the result that a moment stands for, moved by its own kind. A leaf's value is taken at the leaf's own period,
 * but names of the result's time, such as elapsed, go on meaning the result's. */
static struct baton_period result_period(const struct place *place, const struct rule_moment *at) {
    struct rule_moment there = *at;
    if (place->leaf != NULL && baton_period_equal(at->period, place->leaf_period))
        there.period = place->result_period;
    return moment_period(&there);
}

/* The period whose units make the cohort and whose targets hold: in a sum each of its periods, else the result's. */
static struct baton_period cohort_period(const struct place *place, const struct rule_moment *at) {
    struct rule_moment there = *at;
    if (place->leaf == NULL || place->cohort_period.kind == BATON_PERIOD_NONE ||
        !baton_period_equal(at->period, place->leaf_period))
        return result_period(place, at);
    there.period = place->cohort_period;
    return moment_period(&there);
}

static int32_t due_of(const struct place *place) {
    return place->leaf == NULL ? -1 : place->leaf->as->due_days;
}

static void element_column(void *context, uint32_t element, const struct rule_moment *at,
                           double *out) {
    struct place *place = context;
    struct baton_column column;
    figures_column(place->session, place->worker, element, at, due_of(place), &column);
    memcpy(out, column.value, place->session->units * sizeof(double));
}

/* x of a panel, treated with all of it; false where the moment is none of its periods. */
static bool x_of_panel(struct place *place, const struct rule_moment *at, double *out) {
    const struct panel *panel = place->leaf->treated;
    if (panel == NULL || at->move_count > 0)
        return false;
    for (uint32_t i = 0; i < panel->count; i++)
        if (baton_period_equal(panel->moment[i].period, at->period)) {
            spread(place->session, panel->value + (size_t)i * place->session->ranked, out);
            return true;
        }
    return false;
}

/* x: treated now, and in the periods of a panel; untreated where a function over time moves it. */
static void x_column(struct place *place, const struct rule_moment *at, double *out) {
    if (x_of_panel(place, at, out))
        return;
    if (at->move_count == 0 && place->x != NULL &&
        (baton_period_equal(at->period, place->session->period) ||
         baton_period_equal(at->period, place->leaf_period))) {
        spread(place->session, place->x, out);
        return;
    }
    struct derived derived;
    derive_at(place->session, place->worker, place->leaf, at, &derived);
    memcpy(out, derived.value, place->session->units * sizeof(double));
}

/* The target now is that for the result's period; at another time that for the leaf's period there. */
static void target_column(struct place *place, enum rule_name name, const struct rule_moment *at,
                          double *out) {
    struct baton_session *session = place->session;
    struct baton_period period = cohort_period(place, at);
    if (at->move_count > 0) {
        bool sums = place->leaf->as->accumulate != BATON_LAST;
        if (!figures_period(session, sums ? BATON_PERIOD_NONE : place->leaf->frequency, at,
                            &period))
            period = (struct baton_period){0};
    }
    double *target, *baseline;
    targets_at(session, place->worker->arena, place->leaf, period, &target, &baseline);
    memcpy(out, name == RULE_TARGET ? target : baseline, session->units * sizeof(double));
}

/* The share of the days of the period's year gone by at its end, or at the day as of which it is scored. */
double elapsed_at(const struct place *place, const struct rule_moment *at) {
    const struct baton_session *session = place->session;
    struct baton_period period = result_period(place, at);
    if (period.kind == BATON_PERIOD_NONE)
        return NAN;
    struct baton_period year = {.year = period.year, .index = 1, .kind = BATON_YEAR};
    int32_t first = baton_period_first_day(year), days = baton_period_last_day(year) - first + 1;
    int32_t end = baton_period_last_day(period);
    if (session->options.as_of_day < end)
        end = session->options.as_of_day;
    double gone = (double)(end - first + 1) / days;
    return gone < 0 ? 0 : gone > 1 ? 1 : gone;
}

static void rank_column(const struct baton_session *session, const uint32_t *twice, double *out) {
    fill(session->units, NAN, out);
    for (uint32_t u = 0; u < session->ranked; u++)
        if (twice[u] != 0)
            out[u] = twice[u] / 2.0;
}

/* Scores, ranks and grades: those of the result at hand, or of an earlier one. */
static void result_column(struct place *place, enum rule_name name, int32_t back,
                          const struct rule_moment *at, double *out) {
    struct baton_session *session = place->session;
    bool earlier = name >= RULE_PREV_SCORE && name <= RULE_PREV_GRADE;
    static const enum past_what what[RULE_NAMES] = {
        [RULE_SCORE] = PAST_SCORE,      [RULE_BASE] = PAST_BASE,
        [RULE_RANK] = PAST_RANK,        [RULE_GRADE_NAME] = PAST_GRADE,
        [RULE_PREV_SCORE] = PAST_SCORE, [RULE_PREV_RANK] = PAST_RANK,
        [RULE_PREV_GRADE] = PAST_GRADE,
    };
    struct baton_period period = result_period(place, at);
    if (earlier && period.kind != BATON_PERIOD_NONE)
        period = baton_period_shift(period, -back);
    if (period.kind == BATON_PERIOD_NONE) {
        fill(session->units, NAN, out);
        return;
    }
    if (!baton_period_equal(period, session->period)) {
        history_column(session, period, what[name], 0, out);
        return;
    }
    switch (name) {
    case RULE_SCORE:
        spread(session, place->score, out);
        return;
    case RULE_BASE:
        spread(session, place->base, out);
        return;
    case RULE_RANK:
        rank_column(session, place->rank, out);
        return;
    default:
        assert(name == RULE_GRADE_NAME);
        fill(session->units, NAN, out);
        for (uint32_t u = 0; u < session->ranked; u++)
            if (place->grade != NULL && place->grade[u] != BATON_NONE)
                out[u] = place->grade[u];
        return;
    }
}

static void name_column(void *context, enum rule_name name, int32_t back,
                        const struct rule_moment *at, double *out) {
    struct place *place = context;
    size_t units = place->session->units;
    switch (name) {
    case RULE_X:
        x_column(place, at, out);
        return;
    case RULE_TARGET:
    case RULE_BASELINE:
        target_column(place, name, at, out);
        return;
    case RULE_LO:
        fill(units, place->leaf->as->lo, out);
        return;
    case RULE_HI:
        fill(units, place->leaf->as->hi, out);
        return;
    case RULE_ELAPSED:
        fill(units, elapsed_at(place, at), out);
        return;
    default:
        result_column(place, name, back, at, out);
        return;
    }
}

static void node_column(void *context, uint32_t node, const struct rule_moment *at, double *out) {
    struct place *place = context;
    struct baton_session *session = place->session;
    struct baton_period period = result_period(place, at);
    fill(session->units, NAN, out);
    if (period.kind == BATON_PERIOD_NONE)
        return;
    if (!baton_period_equal(period, session->period)) {
        history_column(session, period, PAST_NODE, node, out);
        return;
    }
    const double *score = session->score + (size_t)node * session->stride;
    for (uint32_t u = 0; u < session->ranked; u++)
        out[u] = node == 0 && place->score != NULL
                     ? place->score[u]
                     : as_ranked(session, node, session->group_of[u], score[u]);
}

static void event_column(void *context, uint32_t item, const struct rule_moment *at, double *out) {
    struct place *place = context;
    struct baton_period period = result_period(place, at);
    for (uint32_t u = 0; u < place->session->units; u++)
        out[u] = period.kind == BATON_PERIOD_NONE
                     ? NAN
                     : adjustment_count(place->session, item, u, period);
}

static double imported(void *context, uint32_t import, const char *unit, const char *node,
                       const struct rule_moment *at) {
    const struct place *place = context;
    const struct baton_links *links = &place->session->links;
    struct baton_period period = result_period(place, at);
    if (links->result == NULL || period.kind == BATON_PERIOD_NONE)
        return NAN;
    return links->result(links->context, import, unit, node, period);
}

static bool about_imported(void *context, uint32_t import, const char *unit, const char *node,
                           const struct rule_moment *at, struct baton_imported *out) {
    const struct place *place = context;
    const struct baton_links *links = &place->session->links;
    struct baton_period period = result_period(place, at);
    if (links->about == NULL || period.kind == BATON_PERIOD_NONE)
        return false;
    links->about(links->context, import, unit, node, period, out);
    return true;
}

static void part_column(void *context, const struct rule_moment *at, uint8_t *out) {
    struct place *place = context;
    struct baton_period period = cohort_period(place, at);
    const uint8_t *part = period.kind == BATON_PERIOD_NONE
                              ? NULL
                              : taking_part(place->session, place->worker->arena, period);
    if (part == NULL)
        memset(out, 1, place->session->units);
    else
        memcpy(out, part, place->session->units);
}

static void cohort_column(void *context, const struct rule_moment *at, uint32_t *out,
                          uint32_t *count) {
    struct place *place = context;
    const struct baton_session *session = place->session;
    struct baton_period period = cohort_period(place, at);
    const uint8_t *part = period.kind == BATON_PERIOD_NONE
                              ? NULL
                              : taking_part(session, place->worker->arena, period);
    const uint8_t *applies = place->leaf == NULL ? NULL : session->applies[place->leaf->node];
    /* A panel is one cohort of all units, in all its periods. */
    bool all = place->leaf != NULL &&
               (place->leaf->over_all || place->leaf->method->over == BATON_OVER_PANEL);
    for (uint32_t u = 0; u < session->units; u++) {
        bool in =
            u < session->ranked && (part == NULL || part[u]) && (applies == NULL || applies[u]);
        out[u] = !in ? BATON_NONE : all ? 0 : session->group_of[u];
    }
    *count = all ? 1 : session->scheme->group_count;
}

/* The finest kind of period among these elements and `finest`. */
static enum baton_period_kind finest_of(const struct baton_session *session,
                                        const uint32_t *element, uint32_t count,
                                        const struct rule_moment *at,
                                        enum baton_period_kind finest) {
    for (uint32_t i = 0; i < count; i++) {
        enum baton_period_kind kind = session->element_kind[element[i]];
        if (kind == BATON_PERIOD_NONE)
            kind = at->period.kind;
        if (finest == BATON_PERIOD_NONE || kind < finest)
            finest = kind;
    }
    return finest;
}

static uint32_t span_back(void *context, const uint32_t *element, uint32_t element_count,
                          uint32_t moved, const struct rule_moment *at, enum rule_span span) {
    const struct place *place = context;
    const struct baton_session *session = place->session;
    const struct leaf *leaf = place->leaf;
    bool sums = leaf == NULL || leaf->as->accumulate != BATON_LAST;
    bool by_period = (moved & RULE_MOVED_RESULT) != 0 || (sums && moved != 0);
    enum baton_period_kind finest = by_period ? session->period.kind : BATON_PERIOD_NONE;
    finest = finest_of(session, element, element_count, at, finest);
    if (!sums && (moved & RULE_MOVED_X) != 0)
        finest = finest_of(session, leaf->named, leaf->named_count, at, finest);
    if (!sums && (moved & RULE_MOVED_TARGET) != 0 && leaf->frequency != BATON_PERIOD_NONE &&
        (finest == BATON_PERIOD_NONE || leaf->frequency < finest))
        finest = leaf->frequency;
    if (finest == BATON_PERIOD_NONE)
        finest = at->period.kind;
    struct baton_period from;
    if (by_period && finest == session->period.kind) {
        from = result_period(place, at); /* a result that is not over counts as it stands */
        if (from.kind == BATON_PERIOD_NONE)
            return 0;
    } else if (!figures_period(session, finest, at, &from)) {
        return 0;
    }
    if (span == RULE_TO_YEAR_START)
        return (uint32_t)from.index;
    struct baton_period first = session->facts->first;
    for (const struct baton_session *before = session->links.predecessor;
         by_period && before != NULL; before = before->links.predecessor)
        if (before->facts->first.kind != BATON_PERIOD_NONE &&
            baton_period_compare(before->facts->first, first) < 0)
            first = before->facts->first;
    if (first.kind == BATON_PERIOD_NONE)
        return 0;
    /* There are results from the period on in which the first figures' period has ended. */
    int32_t day = by_period ? baton_period_last_day(first) : baton_period_first_day(first);
    int32_t earliest = baton_period_ordinal(baton_period_of_day(finest, day));
    int32_t count = baton_period_ordinal(from) - earliest + 1;
    return count > 0 ? (uint32_t)count : 0;
}

static void traced_figure(void *context, uint32_t element, const struct rule_moment *at,
                          uint32_t unit, struct rule_figure *out) {
    struct place *place = context;
    struct baton_column column;
    *out = (struct rule_figure){.value = NAN};
    if (!figures_period(place->session, place->session->element_kind[element], at, &out->period))
        out->period = (struct baton_period){0};
    figures_column(place->session, place->worker, element, at, due_of(place), &column);
    out->value = column.value[unit];
    out->state = column.state == NULL ? BATON_FIGURE : column.state[unit];
    out->origin = column.origin == NULL ? 0 : column.origin[unit];
}

void environment(struct place *place, struct rule_env *env) {
    *env = (struct rule_env){
        .context = place,
        .scheme = place->session->scheme,
        .scratch = place->worker->arena,
        .element = element_column,
        .name = name_column,
        .node = node_column,
        .event = event_column,
        .result = imported,
        .about = about_imported,
        .taking_part = part_column,
        .cohort = cohort_column,
        .span = span_back,
        .figure = traced_figure,
    };
    if (place->leaf == NULL)
        return;
    env->span_fixed = place->leaf->method->over == BATON_OVER_FIXED;
    if (place->leaf->method->over == BATON_OVER_PANEL)
        env->panel = panel_of(place->session, place->worker->arena, place->leaf, &env->panel_count);
}
