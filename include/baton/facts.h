/* The figures that a scoring reads: a column for each element and period, one value a unit.
 *
 * The engine asks for columns while it scores; it never copies or changes them. Whoever provides them decides
 * where they come from (a package in memory, a ledger, a generator). */
#ifndef BATON_FACTS_H
#define BATON_FACTS_H

#include "scheme.h"

/* What stands where a figure could. In `state` of a column: */
enum baton_state {
    BATON_FIGURE = 0,  /* value[u] is the figure; NaN = missing (no row, or an empty value) */
    BATON_PENDING = 1, /* a row says `pending`: not yet due */
    BATON_NA = 2,      /* a row says `na`: not applicable */
    BATON_EMPTY = 3    /* a row that has no value: missing, and no succession fills it */
};

/* Of one element in one period; arrays of scheme->unit_count, in its order of units. */
struct baton_column {
    const double *value; /* NaN = missing; never NULL in a column that exists */
    /* enum baton_state; NULL = all BATON_FIGURE. value is NaN wherever it is not BATON_FIGURE */
    const uint8_t *state;
    /* opaque number of each figure, for explain; 0 = none; NULL = not kept */
    const uint32_t *origin;
};

/* A figure that is looked for in what the facts were read from. */
struct baton_figure_row {
    uint32_t unit, element; /* indices in the scheme */
    struct baton_period period;
    uint32_t row; /* out: line of observations.csv; untouched where there is none */
};

struct baton_facts {
    void *context;
    /* Finds the column of an element (index in the scheme) in a period of the element's own frequency. False where
     * no unit has a row. The column stays as it is until the session closes, or the context says otherwise. */
    bool (*column)(void *context, uint32_t element, struct baton_period period,
                   struct baton_column *out);
    /* the first and the last period of all observations by their last days; kind NONE = no observations */
    struct baton_period first, last;
    /* By element, [element_count]: the first and last period of its figures; may be NULL, then `first` and `last` stand for all. */
    const struct baton_period *element_first, *element_last;
    /* Finds out where `count` figures stand, by reading all rows again: for findings. Of doubled rows the first. May be
     * NULL. */
    void (*rows)(void *context, size_t count, struct baton_figure_row *figure);
};

#endif
