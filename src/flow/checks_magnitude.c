/* Most figures are like the one before and that of a year ago, and need no study; of the others the whole of the element is looked at. */
#include "flow/checks_magnitude.h"
#include "analyse/magnitude.h"
#include "engine/session.h"
#include <math.h>

#define ALIKE 3.0 /* a factor; what slipped is 5 times away from what is usual at least */

static double figure_at(const struct baton_session *session, const struct expectation *one,
                        struct baton_period period) {
    struct baton_column column;
    return period.kind != BATON_PERIOD_NONE &&
                   figures_reported(session, one->element_index, period, &column)
               ? column.value[one->unit_index]
               : NAN;
}

static bool is_alike(double value, double other) {
    const double ratio = value / other;
    return ratio >= 1 / ALIKE && ratio <= ALIKE;
}

static bool is_usual(const struct baton_session *session, const struct expectation *one,
                     struct baton_period period, double value) {
    struct baton_period year = {0};
    (void)baton_period_same_name(period, -1, &year);
    const double before = figure_at(session, one, baton_period_shift(period, -1)),
                 last_year = figure_at(session, one, year);
    return (!isnan(before) || !isnan(last_year)) && (isnan(before) || is_alike(value, before)) &&
           (isnan(last_year) || is_alike(value, last_year));
}

/* Looks at one figure alone, where several of its element slipped alike and are told as one. */
static void look_alone(struct baton_arena *arena, const struct baton_session *session,
                       struct magnitude_new fresh, const char **out) {
    struct magnitude_list list = {0};
    magnitude_of_new(arena, session->scheme, session->facts, &fresh, 1, &list);
    if (list.count > 0)
        *out = magnitude_formula(arena, &list.item[0].slip);
}

const char **checks_slips(struct baton_arena *arena, const struct baton_session *session,
                          struct baton_period period, const struct checks_wish *wish,
                          const double *value) {
    const char **out = arena_alloc(arena, wish->count + 1, sizeof *out);
    struct magnitude_new *fresh = arena_alloc(arena, wish->count + 1, sizeof *fresh);
    bool *is_asked = arena_alloc(arena, wish->count + 1, sizeof *is_asked);
    struct magnitude_list list = {0};
    size_t count = 0;
    for (size_t i = 0; i < wish->count; i++) {
        const struct expectation *one = wish->figure[i].expectation;
        is_asked[i] = !isnan(value[i]) && session->element_rule[one->element_index] == NULL &&
                      !is_usual(session, one, period, value[i]);
        if (is_asked[i])
            fresh[count++] =
                (struct magnitude_new){one->unit_index, one->element_index, period, value[i]};
    }
    if (count > 0)
        magnitude_of_new(arena, session->scheme, session->facts, fresh, count, &list);
    for (size_t k = 0; k < list.count; k++)
        for (size_t i = 0; i < wish->count; i++) {
            const struct expectation *one = wish->figure[i].expectation;
            if (!is_asked[i] || one->element_index != list.item[k].element)
                continue;
            if (list.item[k].slip.units > 1)
                look_alone(
                    arena, session,
                    (struct magnitude_new){one->unit_index, one->element_index, period, value[i]},
                    &out[i]);
            else if (one->unit_index == list.item[k].slip.unit)
                out[i] = magnitude_formula(arena, &list.item[k].slip);
        }
    return out;
}
