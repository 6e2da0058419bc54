/* Figures: which column of an element stands for a moment, and what is missing, not due or handed down in it.
 *
 * A moment is the period of a result, moved by the functions over time. An element resolves to the newest period of
 * its own frequency with the result's year in its name that ends not after the result's period and has ended; the
 * moves then apply to that period. A column is the caller's own wherever nothing has to be added to it. */
#include "base/number.h"
#include "engine/session.h"
#include <math.h>
#include <string.h>

bool period_ended(const struct baton_session *session, struct baton_period period) {
    return session->options.as_of_day == INT32_MAX ||
           baton_period_last_day(period) <= session->options.as_of_day;
}

bool period_due(const struct baton_session *session, struct baton_period period, int32_t due_days) {
    if (session->options.as_of_day == INT32_MAX)
        return true;
    int32_t days = due_days >= 0 ? due_days : session->scheme->due_days[period.kind];
    return (int64_t)baton_period_last_day(period) + days <= session->options.as_of_day;
}

bool figures_reported(const struct baton_session *session, uint32_t element,
                      struct baton_period period, struct baton_column *out) {
    return element < session->reported &&
           session->facts->column(session->facts->context, element, period, out);
}

/* Applies the moves, the outermost first; false where the calendar has no such period. */
static bool moved(struct baton_period period, const struct rule_moment *at,
                  struct baton_period *out) {
    for (uint32_t i = 0; i < at->move_count; i++) {
        if (at->move[i].kind == RULE_STEPS)
            period = baton_period_shift(period, at->move[i].n);
        else if (at->move[i].kind == RULE_YEARS &&
                 !baton_period_same_name(period, at->move[i].n, &period))
            return false;
        if (period.kind == BATON_PERIOD_NONE)
            return false;
    }
    *out = period;
    return true;
}

struct baton_period moment_period(const struct rule_moment *at) {
    struct baton_period out = {0};
    return moved(at->period, at, &out) ? out : (struct baton_period){0};
}

static bool wants_newest(const struct rule_moment *at) {
    for (uint32_t i = 0; i < at->move_count; i++)
        if (at->move[i].kind == RULE_NEWEST)
            return true;
    return false;
}

bool figures_period(const struct baton_session *session, enum baton_period_kind kind,
                    const struct rule_moment *at, struct baton_period *out) {
    struct baton_period period = at->period;
    if (kind != BATON_PERIOD_NONE && (kind != at->period.kind || !period_ended(session, period))) {
        int32_t last = baton_period_last_day(at->period);
        if (session->options.as_of_day < last)
            last = session->options.as_of_day;
        if (wants_newest(at)) {
            period = baton_period_of_day(kind, last);
            if (period.kind != BATON_PERIOD_NONE && baton_period_last_day(period) > last)
                period = baton_period_shift(period, -1);
            if (period.kind == BATON_PERIOD_NONE)
                return false;
        } else if (!baton_period_newest(kind, at->period.year, last, &period)) {
            return false;
        }
    }
    return moved(period, at, out);
}

const uint8_t *taking_part(const struct baton_session *session, struct baton_arena *arena,
                           struct baton_period period) {
    const struct baton_scheme *scheme = session->scheme;
    if (!session->has_shapes)
        return NULL;
    uint8_t *part = arena_alloc_raw(arena, session->units, 1);
    int32_t first = baton_period_first_day(period), last = baton_period_last_day(period);
    for (uint32_t u = 0; u < session->units; u++) {
        const struct baton_unit *unit = &scheme->unit[u];
        part[u] =
            (unit->joined.kind == BATON_PERIOD_NONE ||
             baton_period_first_day(unit->joined) <= last) &&
            (unit->left.kind == BATON_PERIOD_NONE || baton_period_last_day(unit->left) >= first);
    }
    return part;
}

/* What one more part makes of what the parts before it came to. Codes cannot be added up: several of them make one where they are all the same,
 * whatever the shares. */
static double add_part(double before, bool is_first, double share, double part, bool is_code) {
    if (!is_code)
        return before + share * part; // the first is added to 0
    return is_first || baton_number_equal_bits(before, part) ? part : NAN;
}

/* One pass over the rows, which are in the order of their dates, then of the unit that came to be, then of those it came
 * from, so that every sum has one order. True where a figure was handed down. */
static bool hand_down_once(const struct baton_session *session, int32_t last_day, bool is_code,
                           double *value, uint8_t *state) {
    const struct baton_scheme *scheme = session->scheme;
    bool any = false;
    for (uint32_t i = 0; i < scheme->succession_count;) {
        uint32_t to = scheme->succession[i].to, end = i;
        double sum = 0;
        for (; end < scheme->succession_count && scheme->succession[end].to == to &&
               scheme->succession[end].date == scheme->succession[i].date;
             end++)
            sum = add_part(sum, end == i, scheme->succession[end].share,
                           value[scheme->succession[end].from], is_code);
        if (last_day < scheme->succession[i].date && isnan(value[to]) &&
            state[to] == BATON_FIGURE) {
            value[to] = sum;
            any |= !isnan(sum);
        }
        i = end;
    }
    return any;
}

/* Fills what units have by succession, until every chain is followed to its end; a figure that is there stays. */
static void hand_down(const struct baton_session *session, int32_t last_day, bool is_code,
                      double *value, uint8_t *state) {
    while (hand_down_once(session, last_day, is_code, value, state))
        ;
}

void figures_column(struct baton_session *session, struct worker *worker, uint32_t element,
                    const struct rule_moment *at, int32_t due_days, struct baton_column *out) {
    struct baton_period period;
    *out = (struct baton_column){.value = session->nothing};
    if (!figures_period(session, session->element_kind[element], at, &period)) {
        /* None yet: not due. None of that name, as of week 53: missing. */
        struct rule_moment unmoved = {.period = at->period};
        if (!figures_period(session, session->element_kind[element], &unmoved, &period) &&
            !wants_newest(at))
            out->state = session->all_pending;
        return;
    }
    bool there = figures_reported(session, element, period, out);
    if (!there)
        *out = (struct baton_column){.value = session->nothing};
    int32_t last_day = baton_period_last_day(period);
    bool handed = there && last_day < session->last_succession;
    bool pending = !period_due(session, period, due_days);
    if (!handed && !pending)
        return;
    size_t units = session->units;
    double *value = arena_alloc_raw(worker->arena, units, sizeof(double));
    uint8_t *state = arena_alloc(worker->arena, units, 1);
    memcpy(value, out->value, units * sizeof(double));
    if (out->state != NULL)
        memcpy(state, out->state, units);
    if (handed)
        hand_down(session, last_day, session->scheme->element[element].is_code, value, state);
    for (size_t u = 0; pending && u < units; u++)
        if (isnan(value[u]) && (state[u] == BATON_FIGURE || state[u] == BATON_EMPTY))
            state[u] = BATON_PENDING;
    *out = (struct baton_column){value, state, out->origin};
}
