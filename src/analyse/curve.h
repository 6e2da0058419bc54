/* The curve of a method: what a unit of a group would score at an indicator over the range of figures that its group has, and where everybody stands. Of a session that has been scored. */
#ifndef ANALYSE_CURVE_H
#define ANALYSE_CURVE_H

#include "base/arena.h"
#include "baton/score.h"

enum { CURVE_UNITS_MOST = 1000 }; /* that are told */

struct curve_point {
    double x, score; /* x: a figure before treatment, or a code as its index; score NaN = none */
};

struct curve {
    uint32_t node, group;
    uint32_t
        unit; /* whose figure is moved; BATON_NONE = nobody of the group has one, and there are no points */
    bool has_codes;
    struct curve_point *point; /* by x, or in the order of the method's codes */
    uint32_t point_count;
    /* Those of the group who have a figure, in the scheme's order; beyond CURVE_UNITS_MOST they are left out, the moved one never. */
    uint32_t *among;
    struct curve_point *at; /* [among_count] where they stand, with the scores of the result */
    uint32_t among_count, figures; /* all who have one */
    double target, baseline;       /* of the unit; NaN = none */
};

/* group BATON_NONE = the first of which somebody has a figure; unit BATON_NONE = whose figure is in the middle of the group's (of those with a target, where the method asks for one); else the unit's group counts. A unit without a figure moves all the same. The leaf is one with a method. Leaves by a jump where memory is out. */
void curve_read(struct baton_session *session, struct baton_arena *arena, uint32_t node,
                uint32_t group, uint32_t unit, struct curve *out);

#endif
