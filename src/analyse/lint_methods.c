/* Lint: parameters of methods that never come to bear: caps and floors beyond all scores, bands that nobody is in, scores that
 * run against their bounds, a line that begins above the cap.
 *
 * A parameter set serves several leaves; what it never does for any of them is told at the set, once. */
#include "analyse/lint_reach.h"
#include "engine/methods.h"
#include <math.h>

/* A parameter set, and what its leaves have in common. */
struct used {
    const struct baton_method *method;
    const struct leaf *leaf; /* the first of them; NULL = none */
    struct span raw;         /* scores before floor and cap */
    struct possible figure;
    uint32_t cohort; /* units of the largest */
    bool down;
};

static struct used used_of(struct lint *lint, struct reach *reach, uint32_t method) {
    struct used out = {.method = &lint->scheme->method[method],
                       .raw = {INFINITY, -INFINITY},
                       .figure = {INFINITY, -INFINITY, false}};
    for (uint32_t i = 0; i < lint->session->leaf_count; i++) {
        const struct leaf *leaf = &lint->session->leaf[i];
        if (leaf->as->method != method)
            continue;
        const struct span raw = reach_raw(reach, leaf);
        const uint32_t cohort = leaf->pooled ? UINT32_MAX : reach_cohort(reach, leaf);
        out.leaf = out.leaf == NULL ? leaf : out.leaf;
        out.raw.lo = raw.lo < out.raw.lo ? raw.lo : out.raw.lo;
        out.raw.hi = raw.hi > out.raw.hi ? raw.hi : out.raw.hi;
        out.figure = possible_either(out.figure, reach_figure(reach, leaf));
        out.cohort = cohort > out.cohort ? cohort : out.cohort;
        out.down = leaf->as->direction == BATON_DOWN;
    }
    return out;
}

static void report(struct lint *lint, baton_code code, const struct used *used,
                   const char *parameter, const char *arg1, const char *arg2, const char *arg3,
                   const char *arg4) {
    const struct baton_where at = used->method->at;
    const char *field =
        at.field == NULL ? parameter : arena_printf(lint->arena, "%s.%s", at.field, parameter);
    lint_report(lint, code, at, field, arg1, arg2, arg3, arg4);
}

/* The floor that nobody wrote. */
static bool is_default_floor(const struct baton_method *method) {
    const char *floor = method_kind(method->kind)->floor;
    return floor[0] == '0' && method->floor == 0;
}

static void look_at_limits(struct lint *lint, const struct used *used) {
    const struct baton_method *method = used->method;
    if (baton_number_compare12(method->cap, used->raw.hi) > 0)
        report(lint, BATON_LINT_CAP_NEVER, used, "cap", method->id, lint_number(lint, method->cap),
               lint_number(lint, used->raw.hi), NULL);
    /* how far a race goes down depends on how many run it, which changes from year to year */
    if (method->kind != BATON_METHOD_RACE && !isnan(method->floor) && !is_default_floor(method) &&
        baton_number_compare12(method->floor, used->raw.lo) < 0)
        report(lint, BATON_LINT_FLOOR_NEVER, used, "floor", method->id,
               lint_number(lint, method->floor), lint_number(lint, used->raw.lo), NULL);
}

/* One score for all, which leaves nothing to say of the limits. A comparison of one unit is told of elsewhere. */
static bool is_fixed(struct lint *lint, const struct used *used) {
    const struct baton_method *method = used->method;
    const struct span span = reach_limited(method, used->raw);
    if (used->cohort < 2 || span.lo < span.hi)
        return false;
    lint_report(lint, BATON_LINT_SCORE_FIXED, method->at, NULL, method->id,
                lint_number(lint, span.lo), NULL, NULL);
    return true;
}

static void look_at_target(struct lint *lint, const struct used *used) {
    const struct baton_method *method = used->method;
    if (method->kind != BATON_METHOD_TARGET || isnan(method->start_at))
        return;
    if (baton_number_compare12(method->cap, method->start_at) < 0 && !isnan(method->cap))
        report(lint, BATON_LINT_START_ABOVE_CAP, used, "start_at", method->id,
               lint_number(lint, method->start_at), lint_number(lint, method->cap), NULL);
    if (method->floor > 0 && baton_number_compare12(method->floor, method->start_at) >= 0)
        report(lint, BATON_LINT_START_BELOW_FLOOR, used, "start_at", method->id,
               lint_number(lint, method->start_at), lint_number(lint, method->floor), NULL);
}

static void look_at_race(struct lint *lint, const struct used *used) {
    const struct baton_method *method = used->method;
    if (method->kind == BATON_METHOD_RACE && method->table != NULL &&
        method->table_count > used->cohort && used->cohort > 0)
        report(lint, BATON_LINT_RACE_TABLE_LONG, used, "table", method->id,
               lint_number(lint, method->table_count), lint_number(lint, used->cohort), NULL);
}

/* That scores of a table rise is told when it is read; that `below` is more than the last of them is not. */
static void look_at_below(struct lint *lint, const struct used *used) {
    const struct baton_method *method = used->method;
    const double last = method->bands[method->table_count - 1].score;
    if (baton_number_compare12(method->below, last) > 0)
        report(lint, BATON_LINT_BAND_ORDER, used, "below", lint_number(lint, method->below),
               lint_number(lint, last), NULL, NULL);
}

/* The first band that all figures are in, or in a better one, hides those behind it. */
static void look_at_hidden(struct lint *lint, const struct used *used) {
    const struct baton_method *method = used->method;
    const double end = used->down ? used->figure.hi : used->figure.lo;
    for (uint32_t i = 0; i + 1 < method->table_count; i++) {
        const int order = baton_number_compare12(end, method->bands[i].bound);
        if (used->down ? order > 0 : order < 0)
            continue;
        report(lint, BATON_LINT_BAND_SHADOWED, used, "table",
               lint_number(lint, method->bands[i + 1].bound),
               lint_number(lint, method->bands[i].bound), NULL, NULL);
        return;
    }
}

static void look_at_bands(struct lint *lint, const struct used *used) {
    const struct baton_method *method = used->method;
    if (method->kind != BATON_METHOD_BANDS)
        return;
    look_at_below(lint, used);
    if (!possible_is_number(used->figure))
        return;
    look_at_hidden(lint, used);
    const double end = used->down ? used->figure.lo : used->figure.hi;
    for (uint32_t i = 0; i < method->table_count; i++) {
        const int order = baton_number_compare12(method->bands[i].bound, end);
        if (used->down ? order >= 0 : order <= 0)
            continue;
        report(lint, BATON_LINT_BAND_NEVER, used, "table", used->leaf->as->id,
               lint_number(lint, method->bands[i].bound),
               used->down ? NULL : lint_number(lint, end),
               used->down ? lint_number(lint, end) : NULL);
        return;
    }
}

void lint_methods(struct lint *lint, struct reach *reach) {
    for (uint32_t m = 0; m < lint->scheme->method_count; m++) {
        const struct used used = used_of(lint, reach, m);
        if (used.leaf == NULL || !span_any(used.raw))
            continue;
        lint->fixed[m] = is_fixed(lint, &used);
        if (!lint->fixed[m])
            look_at_limits(lint, &used);
        look_at_target(lint, &used);
        look_at_race(lint, &used);
        look_at_bands(lint, &used);
    }
}
