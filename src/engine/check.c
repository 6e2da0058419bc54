/* A view is a copy of the session's outside with facts of its own, which answer with what was laid over the period and hand everything else on.
 *
 * A rule that reads nothing of other units runs over one unit only, so that the thirty figures of a unit cost as much in a city of a thousand as in one of ten; any other runs over all
 * of them once, for however many it is asked. */
#include "engine/check.h"
#include "base/hash.h"
#include "engine/session.h"
#include <math.h>
#include <string.h>

enum { UNITS_EACH = 32 }; /* so many units are looked at one by one, where that can be */

/* What was laid over an element. */
struct laid {
    double *value;
    uint8_t *state;
};

struct check_view {
    struct baton_arena *arena;
    const struct baton_session *under;
    struct baton_session over, before; /* copies: with what was laid over it, without */
    struct baton_facts facts;
    struct baton_period period;
    struct laid **laid; /* [elements] NULL = nothing */
};

/* Facts */

static bool column_of(void *context, uint32_t element, struct baton_period period,
                      struct baton_column *out) {
    const struct check_view *view = context;
    const struct laid *laid = view->laid[element];
    if (laid == NULL || !baton_period_equal(period, view->period))
        return figures_reported(view->under, element, period, out);
    *out = (struct baton_column){laid->value, laid->state, NULL};
    return true;
}

static struct baton_session copy_of(const struct check_view *view) {
    struct baton_session copy = *view->under;
    copy.links.predecessor = NULL;
    copy.options.as_of_day = INT32_MAX;
    copy.period = view->period;
    return copy;
}

struct check_view *check_view(struct baton_arena *arena, const struct baton_session *session,
                              struct baton_period period) {
    struct check_view *view = arena_alloc(arena, 1, sizeof *view);
    view->arena = arena;
    view->under = session;
    view->period = period;
    view->laid = arena_alloc(arena, session->scheme->element_count + 1, sizeof(struct laid *));
    view->before = view->over = copy_of(view);
    view->facts = *session->facts;
    view->facts.context = view;
    view->facts.column = column_of;
    if (view->facts.first.kind == BATON_PERIOD_NONE)
        view->facts.first = view->facts.last = period;
    view->over.facts = &view->facts;
    view->over.reported = session->scheme->element_count;
    return view;
}

void check_lay(struct check_view *view, uint32_t unit, uint32_t element, double value,
               enum baton_state state) {
    const uint32_t units = view->under->units;
    struct laid *laid = view->laid[element];
    if (laid == NULL) {
        struct baton_column column;
        laid = arena_alloc(view->arena, 1, sizeof *laid);
        laid->value = arena_alloc_raw(view->arena, units, sizeof(double));
        laid->state = arena_alloc(view->arena, units, 1);
        if (!figures_reported(view->under, element, view->period, &column))
            column = (struct baton_column){.value = view->under->nothing};
        memcpy(laid->value, column.value, units * sizeof(double));
        if (column.state != NULL)
            memcpy(laid->state, column.state, units);
        view->laid[element] = laid;
    }
    laid->value[unit] = value;
    laid->state[unit] = (uint8_t)state;
}

/* What names mean */

/* An element of one unit, or of all; the place comes first, for the functions of environment.c. */
struct looking {
    struct place place;
    struct worker worker;
    const struct check_view *view;
    struct baton_session *over, *before;
    struct baton_scheme scheme; /* of the one unit */
    uint32_t element, unit;     /* BATON_NONE = all of them */
    const double *rises;        /* of the one, or [units] */
    const struct check_shows *shows;
};

static void put(const struct looking *looking, const double *column, double *out) {
    if (looking->unit != BATON_NONE)
        *out = column[looking->unit];
    else
        memcpy(out, column, looking->view->under->units * sizeof(double));
}

static void put_all(const struct looking *looking, double value, double *out) {
    const uint32_t units = looking->unit != BATON_NONE ? 1 : looking->view->under->units;
    for (uint32_t u = 0; u < units; u++)
        out[u] = value;
}

static void put_figure(struct looking *looking, struct baton_session *session, uint32_t element,
                       const struct rule_moment *at, double *out) {
    struct baton_column column;
    figures_column(session, &looking->worker, element, at, -1, &column);
    put(looking, column.value, out);
}

static void element_column(void *context, uint32_t element, const struct rule_moment *at,
                           double *out) {
    struct looking *looking = context;
    put_figure(looking, looking->over, element, at, out);
}

static void name_column(void *context, enum rule_name name, int32_t back,
                        const struct rule_moment *at, double *out) {
    struct looking *looking = context;
    (void)back; /* of names of results */
    switch (name) {
    case RULE_X:
        put_figure(looking, looking->over, looking->element, at, out);
        return;
    case RULE_WAS:
        put_figure(looking, looking->before, looking->element, at, out);
        return;
    case RULE_RISES:
        if (looking->unit != BATON_NONE)
            *out = *looking->rises;
        else
            put(looking, looking->rises, out);
        return;
    default:
        put_all(looking, elapsed_at(&looking->place, at), out);
        return;
    }
}

static void traced_figure(void *context, uint32_t element, const struct rule_moment *at,
                          uint32_t unit, struct rule_figure *out) {
    struct looking *looking = context;
    struct baton_column column;
    *out = (struct rule_figure){.value = NAN};
    if (!figures_period(looking->over, looking->over->element_kind[element], at, &out->period))
        out->period = (struct baton_period){0};
    figures_column(looking->over, &looking->worker, element, at, -1, &column);
    out->value = column.value[looking->unit != BATON_NONE ? looking->unit : unit];
}

/* Looks at one unit where `unit` is not BATON_NONE. The copies of the session are shared: nothing is written to them. */
static void look(const struct check_view *view, struct baton_arena *arena, uint32_t element,
                 uint32_t unit, const double *rises, struct looking *out, struct rule_env *env) {
    *out = (struct looking){.view = view,
                            .worker = {.arena = arena},
                            .over = (struct baton_session *)(uintptr_t)&view->over,
                            .before = (struct baton_session *)(uintptr_t)&view->before,
                            .element = element,
                            .unit = unit,
                            .rises = rises};
    out->place = (struct place){.session = out->over, .worker = &out->worker};
    environment(&out->place, env);
    env->element = element_column;
    env->name = name_column;
    env->figure = traced_figure;
    if (unit == BATON_NONE)
        return;
    out->scheme = *view->under->scheme;
    out->scheme.unit += unit;
    out->scheme.unit_count = 1;
    env->scheme = &out->scheme;
}

/* Judging */

bool check_is_for(const struct baton_session *session, uint32_t check, uint32_t element) {
    const struct baton_check *as = &session->scheme->check[check];
    const struct baton_element *of = &session->scheme->element[element];
    if (session->element_rule[element] != NULL || of->is_code)
        return false;
    for (uint32_t i = 0; i < as->of_count; i++) {
        const struct baton_checked *one = &as->of[i];
        if (one->by == BATON_CHECKED_ALL ||
            (one->by == BATON_CHECKED_ELEMENT && session->check[check].element[i] == element) ||
            (one->by == BATON_CHECKED_MEASURE && of->measure != NULL &&
             strcmp(of->measure, one->text) == 0))
            return true;
    }
    return false;
}

bool check_wants_rises(const struct baton_session *session, uint32_t check) {
    const struct compiled_check *as = &session->check[check];
    const uint32_t rises = 1u << RULE_RISES;
    return (rule_uses(as->rule)->names & rises) != 0 ||
           (as->when != NULL && (rule_uses(as->when)->names & rises) != 0);
}

static bool is_own(const struct rule *rule) {
    return rule == NULL || (!rule_uses(rule)->units && !rule_uses(rule)->cohort);
}

static enum check_says says_of(double when, double holds) {
    if (isnan(when) || when == 0)
        return CHECK_IDLE;
    return isnan(holds) ? CHECK_UNJUDGED : holds != 0 ? CHECK_HOLDS : CHECK_FAILS;
}

static void judge_one(const struct check_view *view, const struct compiled_check *as,
                      uint32_t element, uint32_t unit, double rises, enum check_says *out) {
    const struct rule_moment now = {.period = view->period};
    struct looking looking;
    struct rule_env env;
    double when = 1, holds = NAN;
    look(view, view->arena, element, unit, &rises, &looking, &env);
    if (as->when != NULL)
        rule_run(as->when, &env, &now, &when, NULL);
    if (when > 0)
        rule_run(as->rule, &env, &now, &holds, NULL);
    *out = says_of(when, holds);
}

/* `rises` of the units that are asked about, missing of the others. */
static double *spread(const struct check_view *view, const uint32_t *unit, const double *rises,
                      size_t count) {
    double *all = arena_alloc_raw(view->arena, view->under->units, sizeof(double));
    memcpy(all, view->under->nothing, view->under->units * sizeof(double));
    for (size_t i = 0; i < count; i++)
        all[unit[i]] = rises[i];
    return all;
}

static void judge_all(const struct check_view *view, const struct compiled_check *as,
                      uint32_t element, const uint32_t *unit, const double *rises, size_t count,
                      enum check_says *out) {
    const struct arena_mark mark = arena_mark(view->arena);
    const struct rule_moment now = {.period = view->period};
    const uint32_t units = view->under->units;
    double *when = arena_alloc_raw(view->arena, units, sizeof(double));
    double *holds = arena_alloc_raw(view->arena, units, sizeof(double));
    struct looking looking;
    struct rule_env env;
    look(view, view->arena, element, BATON_NONE, spread(view, unit, rises, count), &looking, &env);
    put_all(&looking, 1, when);
    if (as->when != NULL)
        rule_run(as->when, &env, &now, when, NULL);
    rule_run(as->rule, &env, &now, holds, NULL);
    for (size_t i = 0; i < count; i++)
        out[i] = says_of(when[unit[i]], holds[unit[i]]);
    arena_reset_to(view->arena, mark);
}

void check_judge(const struct check_view *view, uint32_t check, uint32_t element,
                 const uint32_t *unit, const double *rises, size_t count, enum check_says *out) {
    const struct compiled_check *as = &view->under->check[check];
    if (count > UNITS_EACH || !is_own(as->rule) || !is_own(as->when)) {
        judge_all(view, as, element, unit, rises, count, out);
        return;
    }
    for (size_t i = 0; i < count; i++)
        judge_one(view, as, element, unit[i], rises[i], &out[i]);
}

static bool shows_figure(void *context, uint32_t element, uint32_t unit) {
    const struct looking *const looking = context;
    return looking->shows->may(looking->shows->context,
                               element != BATON_NONE ? element : looking->element,
                               looking->unit != BATON_NONE ? looking->unit : unit);
}

const char *check_with_values(struct baton_arena *arena, const struct check_view *view,
                              uint32_t check, uint32_t element, uint32_t unit, double rises,
                              const struct check_shows *shows) {
    const struct rule *rule = view->under->check[check].rule;
    const struct rule_moment now = {.period = view->period};
    const bool alone = is_own(rule);
    struct looking looking;
    struct rule_env env;
    struct rule_traced traced;
    look(view, arena, element, alone ? unit : BATON_NONE,
         alone ? &rises : spread(view, &unit, &rises, 1), &looking, &env);
    if (shows->may != NULL) {
        looking.shows = shows;
        env.shows = shows_figure;
        env.instead = shows->instead;
    }
    rule_trace(arena, rule, &env, &now, alone ? 0 : unit, &traced);
    return traced.with_values;
}

/* What a check reads */

struct reading {
    const struct check_view *view;
    uint32_t element, unit;
    void (*read)(void *context, uint32_t element, uint32_t unit);
    void *context;
};

static void tell_set(const struct reading *reading, uint32_t element, const uint8_t *units) {
    for (uint32_t u = 0; units != NULL && u < reading->view->under->units; u++)
        if (units[u] != 0)
            reading->read(reading->context, element, u);
}

static uint32_t *cohorts_of(const struct check_view *view) {
    struct looking looking;
    struct rule_env env;
    const struct rule_moment now = {.period = view->period};
    uint32_t *cohort = arena_alloc(view->arena, view->under->units, sizeof *cohort), count;
    look(view, view->arena, BATON_NONE, BATON_NONE, NULL, &looking, &env);
    env.cohort(env.context, &now, cohort, &count);
    return cohort;
}

static void tell_reads(const struct reading *reading, const struct rule *rule) {
    const struct check_view *view = reading->view;
    const struct rule_uses *uses = rule == NULL ? NULL : rule_uses(rule);
    struct rule_reads reads;
    if (uses == NULL)
        return;
    if (is_own(rule)) {
        for (uint32_t i = 0; i < uses->element_count; i++)
            reading->read(reading->context, uses->element[i], reading->unit);
        return;
    }
    uint8_t *units = arena_alloc(view->arena, view->under->units, 1);
    units[reading->unit] = 1;
    rule_reads_of(view->arena, rule, view->under->scheme, units,
                  uses->cohort ? cohorts_of(view) : NULL, &reads);
    for (uint32_t i = 0; i < uses->element_count; i++)
        tell_set(reading, uses->element[i], reads.element[i]);
    tell_set(reading, reading->element, reads.x);
}

void check_reads(const struct check_view *view, uint32_t check, uint32_t element, uint32_t unit,
                 void (*read)(void *context, uint32_t element, uint32_t unit), void *context) {
    const struct reading reading = {view, element, unit, read, context};
    const struct arena_mark mark = arena_mark(view->arena);
    tell_reads(&reading, view->under->check[check].rule);
    tell_reads(&reading, view->under->check[check].when);
    arena_reset_to(view->arena, mark);
}
