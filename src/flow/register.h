/* The register: every figure that the assessments of a ledger ask of every unit, side by side. Derived from the schemes (expected.h); no store. */
#ifndef FLOW_REGISTER_H
#define FLOW_REGISTER_H

#include "flow/expected.h"
#include "ledger/requests.h"

/* An assessment of which is told; borrowed. */
struct register_source {
    const char *assessment;
    const struct baton_session *session; /* with the figures in force */
    const int *
        year; /* in which it runs besides that of its scheme's period: those of its opened periods */
    size_t year_count;
};

struct register_figure {
    uint32_t source; /* index of its assessment */
    const struct expectation *as;
    const struct sharing *shared; /* by which it comes from elsewhere; NULL = it is asked */
};

/* By assessment in the order of the sources, then as expected_all has them. */
struct figure_register {
    const struct register_source *source;
    size_t source_count;
    const struct expected *expected; /* [source_count] */
    const struct hash *
        asked; /* [source_count] unit and element, with U+001F between, to the place in `expected` */
    const struct register_figure *figure;
    struct unit_levels levels; /* of the units of all sources */
    const size_t *first;       /* [source_count + 1] where its figures begin */
    size_t count;
};

/* In the arena. A figure comes from elsewhere where a sharing says so and the other assessment is one of the sources and asks for it, of that unit and as often. */
void register_make(struct baton_arena *arena, const struct register_source *source, size_t count,
                   const struct sharings *sharings, struct figure_register *out);

/* What is told of a figure. Texts live as long as the scheme. */
const struct baton_scheme *register_scheme(const struct figure_register *of,
                                           const struct register_figure *figure);
/* The level of the unit that reports it (units.kind); "" = none is given. */
const char *register_level(const struct figure_register *of, const struct register_figure *figure);
/* Whether it is on the lists of what its reporter may be asked, by each level that any of the sources gives that unit. */
enum permitted register_permitted(const struct figure_register *of, const struct permits *permits,
                                  const struct register_figure *figure, int32_t day);
/* The name of the leaf that says who reports it; its id where it has none, the element's where no leaf names it. */
const char *register_name(const struct figure_register *of, const struct register_figure *figure,
                          enum baton_language language);
/* Whether that is the figure's own name, or only that of an indicator in whose expression it stands. */
bool register_is_own_name(const struct figure_register *of, const struct register_figure *figure);
/* What the leaf says under `source`; "" = nothing. */
const char *register_origin(const struct figure_register *of, const struct register_figure *figure);

/* Whether an assessment runs in a year; whether two run in some year together. One that follows another asks for nothing twice. */
bool register_runs_in(const struct figure_register *of, uint32_t source, int year);
bool register_meet(const struct figure_register *of, uint32_t a, uint32_t b);

/* Which figures are told; NULL = any. */
struct register_filter {
    const char *assessment, *unit, *reporter, *element, *level;
    const char *department; /* "" = the office */
};
bool register_holds(const struct figure_register *of, const struct register_filter *filter,
                    const struct register_figure *figure);

#endif
