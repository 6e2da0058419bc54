/* What figures are called, for people: by the indicators that ask for them, as the scheme names them. */
#ifndef FLOW_FIGURE_NAMES_H
#define FLOW_FIGURE_NAMES_H

#include "base/hash.h"
#include "flow/expected.h"

/* Nodes of a scheme by their ids. As long as the scheme and the arena. */
struct figure_names {
    struct baton_arena *arena;
    const struct baton_scheme *scheme;
    struct hash node;
};

void figure_names_make(struct baton_arena *arena, const struct baton_scheme *scheme,
                       struct figure_names *out);

/* The name of the indicator that decides who reports the figure (expected.h), which may ask for other figures as well; the element's id where there is none, or it has no name. */
const char *figure_indicator(const struct figure_names *names, const struct expectation *figure,
                             enum baton_language language);

/* What stands for the figure alone: the name of the indicator where it is that one's own figure; else with the id, as "Reforms (reform_done)", as its indicator asks for others too. In the arena. */
const char *figure_name(const struct figure_names *names, const struct expectation *figure,
                        enum baton_language language);

/* The same with the id in any case, to be typed: "Investment (investment)". */
const char *figure_name_and_id(const struct figure_names *names, const struct expectation *figure,
                               enum baton_language language);

#endif
