/* What is expected, to be asked by figure, by unit and by who reports: made once, read by any number of threads. */
#ifndef FLOW_EXPECTED_INDEX_H
#define FLOW_EXPECTED_INDEX_H

#include "base/hash.h"
#include "flow/expected.h"

struct expected_index {
    struct expected all;
    const struct expected_owed *owed; /* by who reports */
    size_t owed_count;
    size_t *first;                      /* [units + 1] where the figures of each begin in `all` */
    struct hash figure, unit, reporter; /* to their places: in `all`, the scheme, `owed` */
};

/* Of everything that is ever expected (expected_all), which is borrowed. In the arena. Linear in what is expected. */
void expected_index_make(struct baton_arena *arena, const struct expected *all,
                         struct expected_index *out);

/* The place of a figure in `all`; SIZE_MAX = nothing asks for it. */
size_t expected_index_find(const struct expected_index *index, const char *unit,
                           const char *element);

/* The part of the list that a unit is asked for, or that it reports; none where there is no such unit. */
struct expected expected_index_of_unit(const struct expected_index *index, const char *unit);
struct expected expected_index_of_reporter(const struct expected_index *index,
                                           const char *reporter);

#endif
