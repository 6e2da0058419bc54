/* Functions over units: x of the unit above, of those below, of one that is named. */
#include "engine/rule_tree.h"
#include <assert.h>
#include <math.h>
#include <string.h>

/* x of the parent, or what x is of it. */
static void of_parent(const struct run *run, const struct input *input, const double *x,
                      const uint8_t *x_zero, double *out, uint8_t *zero) {
    const struct baton_unit *unit = run->env->scheme->unit;
    const bool is_share = input->function == FN_SHARE;
    for (size_t u = 0; u < run->units; u++) {
        const uint32_t parent = unit[u].parent;
        const double above = parent == BATON_NONE ? NAN : x[parent];
        out[u] = is_share ? x[u] / above : above;
        if (zero == NULL)
            continue;
        const bool given = x_zero != NULL && parent != BATON_NONE &&
                           (x_zero[parent] != 0 || (is_share && x_zero[u] != 0));
        zero[u] = given || (is_share && above == 0 && !isnan(x[u]));
    }
}

/* The sum of the units whose parent it is, in the order of the units. */
static void of_children(struct run *run, const double *x, const uint8_t *x_zero,
                        const uint8_t *part, double *out, uint8_t *zero) {
    const struct baton_unit *unit = run->env->scheme->unit;
    uint8_t *has = run_bytes(run);
    memset(has, 0, run->units);
    memset(out, 0, run->units * sizeof *out);
    assert(x_zero == NULL || zero != NULL);
    if (zero != NULL)
        memset(zero, 0, run->units);
    for (size_t u = 0; u < run->units; u++) {
        const uint32_t parent = unit[u].parent;
        if (parent == BATON_NONE || part[u] == 0)
            continue;
        has[parent] = 1;
        out[parent] += x[u];
        if (x_zero != NULL)
            zero[parent] |= x_zero[u];
    }
    for (size_t u = 0; u < run->units; u++)
        if (has[u] == 0)
            out[u] = NAN;
    run_bytes_back(run, has);
}

bool run_over_units(struct run *run, const struct input *input, const struct rule_moment *at,
                    double *out, uint8_t *zero) {
    double *x = run_column(run);
    uint8_t *x_zero = run->flags ? run_bytes(run) : NULL;
    const bool x_marked = run_program(run, input->arg, at, x, x_zero);
    const uint8_t *marks = x_marked ? x_zero : NULL;
    if (input->function == FN_OF) {
        for (size_t u = 0; u < run->units; u++)
            out[u] = x[input->index];
        if (marks != NULL && zero != NULL)
            memset(zero, marks[input->index], run->units);
    } else if (input->function == FN_CHILDREN) {
        uint8_t *part = run_bytes(run);
        run->env->taking_part(run->env->context, at, part);
        of_children(run, x, marks, part, out, zero);
        run_bytes_back(run, part);
    } else {
        assert(input->function == FN_PARENT || input->function == FN_SHARE);
        of_parent(run, input, x, marks, out, zero);
    }
    run_column_back(run, x);
    run_bytes_back(run, x_zero);
    return zero != NULL && (input->function != FN_OF || x_marked);
}
