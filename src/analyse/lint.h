/* The inside of the scheme lint: what its parts share. Each part is a file lint_SUBJECT.c with one function, listed in lint.c. */
#ifndef ANALYSE_LINT_H
#define ANALYSE_LINT_H

#include "base/arena.h"
#include "baton/lint.h"

struct lint {
    struct baton_arena *arena;
    const struct baton_scheme *scheme;
    struct baton_session *session, *predecessor;
    struct baton_period period;
    int32_t as_of_day;
    struct baton_findings *found;
    /* what the year's figures and scores say of each leaf; see lint_year.h */
    const struct lint_year *year;
    /* [method] whether all its scores are one, whatever the figures are; told by lint_reachable at the method */
    bool *fixed;
    /* [node] whether it counts for no unit, whatever its figures are; told by lint_weightless */
    bool *weightless;
    /* [node] whether its value names a result that can never be; told by lint_results */
    bool *misnamed;
    baton_code code; /* BATON_OK, or BATON_NO_MEMORY once a part ran out of it */
};

/* Adds a finding at `at`, in its field `field` (NULL = as `at` says). Arguments may be NULL. */
void lint_report(struct lint *lint, baton_code code, struct baton_where at, const char *field,
                 const char *arg1, const char *arg2, const char *arg3, const char *arg4);

/* A number in its shortest form, as findings show it; in lint->arena. */
const char *lint_number(struct lint *lint, double number);

static inline bool lint_is_leaf(const struct baton_scheme *scheme, uint32_t node) {
    return node > 0 && scheme->node[node].child_count == 0;
}

/* The parts. */
void lint_responsible(struct lint *lint); /* source, owner and basis of indicators */
void lint_reachable(struct lint *lint);   /* what can be reached: conditions, bands, limits */
void lint_weightless(struct lint *lint);  /* indicators that count for nobody */
void lint_weights(struct lint *lint);     /* weights that do not add up as those of other blocks */
void lint_results(struct lint *lint);     /* results of other packages that are not there */
void lint_units(struct lint *lint);       /* units without a group; groups and cohorts of one */
void lint_quotas(struct lint *lint);      /* quotas of grades against the size of groups */
void lint_targets(struct lint *lint);     /* targets that make no sense, or that units lack */
void lint_direction(struct lint *lint);   /* directions that contradict the method */
void lint_meaning(struct lint *lint);     /* two indicators of one meaning */
void lint_figures(struct lint *lint); /* indicators that nobody fed, or that tell nobody apart */

void lint_checks(struct lint *lint); /* checks of figures that are not there */

/* figures of another order of magnitude than usual */
void lint_magnitude(struct lint *lint);

#endif
