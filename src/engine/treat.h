/* treat: derived figures -> treated figures (outliers, scale). */
#ifndef ENGINE_TREAT_H
#define ENGINE_TREAT_H

#include "engine/normalise.h"

/* Treats value[] in place, cohort by cohort.
 * winsorise(n): while |skewness| > 2 and kurtosis > 3.5 (both adjusted Fisher-Pearson, excess), the extreme figures on the
 *   side of the skew (all equal to the extreme) are pulled to the next one; no step follows once n figures have changed. Noted WINSORISED.
 * log: natural; of 0 or less missing. clip(a, b): brought within [a, b], noted CLIPPED. note may be NULL. */
void treat(struct baton_arena *scratch, enum baton_treat kind, double a, double b,
           const struct cohorts *cohorts, double *value, uint16_t *note);

#endif
