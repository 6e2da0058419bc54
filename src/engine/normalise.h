/* normalise: treated figures of a leaf -> scores, by the method's kind.
 *
 * Figures come as one array whose cohorts are adjacent: cohort i is [start[i], start[i + 1]). Units outside
 * a cohort never appear inside one: where a leaf does not apply, is not due, or is missing, the figure is NaN. */
#ifndef ENGINE_NORMALISE_H
#define ENGINE_NORMALISE_H

#include "base/arena.h"
#include "baton/result.h"

struct cohorts {
    const uint32_t *start; /* [count + 1], ascending */
    uint32_t count;
};

/* What a leaf's scores are made from; arrays are indexed alike and cover all cohorts. */
struct figures {
    /* treated; NaN = none. Codes as indices for `levels`; scores of the expression for `rule` */
    const double *value;
    const double *target;   /* target, pass: NaN = no target; NULL = nobody has one */
    const double *baseline; /* target from: baseline */
    /* race with `among`, a condition: 0 or NaN gets `otherwise`. NULL = all race */
    const double *racing;
    /* best of: a unit: the figure of that unit, one for each cohort; NULL otherwise */
    const double *against;
};

/* Scores of all figures. score[u] is NaN where value[u] is (rule is not done here), or where the formula has no answer
 * (no target; divided by zero). note[u], unless note is NULL, gets bits added: NO_TARGET, ZERO, CLAMPED, CONSTANT.
 * `floor` and `cap` are applied last. lo, hi: the leaf's columns, for `over: fixed`. score may be value's own array.
 * All comparisons are at 12 significant digits. Formulas and sources: methods.def and the .c file. */
void normalise(struct baton_arena *scratch, const struct baton_method *method,
               enum baton_direction direction, double lo, double hi, const struct figures *figures,
               const struct cohorts *cohorts, double *score, uint16_t *note);

/* The pieces of the range method, for cohorts too large for one pass: the extremes of the present figures of
 * value[n] (NaN, NaN where there are none), and the scores from given extremes. `constant`: extremes equal at 12 digits. */
void normalise_extremes(size_t n, const double *value, double *lo, double *hi);
void normalise_range(const struct baton_method *method, enum baton_direction direction, double lo,
                     double hi, size_t n, const double *value, double *score, uint16_t *note);

#endif
