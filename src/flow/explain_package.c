/* The printer knows no package and the package no printer: here they are brought together. */
#include "flow/explain_package.h"

static bool observation_of(void *context, struct baton_arena *arena, uint32_t origin,
                           struct baton_observation *out) {
    return baton_package_observation(context, arena, origin, out);
}

static bool clause_of(void *context, const char *basis, struct baton_clause *out) {
    return baton_package_clause(context, basis, out);
}

static bool fact_of(void *context, struct baton_arena *arena, const char *file, uint32_t row,
                    struct baton_fact *out) {
    return baton_package_fact(context, arena, file, row, out);
}

void explain_package(struct explain_view *view, struct baton_package *package) {
    view->context = package;
    view->observation = observation_of;
    view->clause = clause_of;
    view->fact = fact_of;
}
