/* What the parts of the matrix share. */
#ifndef ANALYSE_MATRIX_PARTS_H
#define ANALYSE_MATRIX_PARTS_H

#include "baton/matrix.h"
#include "engine/order.h"
#include "engine/statistics.h"

/* Of a unit at a node: how many of its group are above it, and how many share its rank, itself not counted. Both 0 where it
 * has no rank. group->position has them [node * unit_count + index of the unit]. */
struct baton_matrix_position {
    uint32_t above, level;
};

/* The units of a group that take part, in the scheme's order; answers how many. Room for the group's units is needed. */
uint32_t matrix_units(const struct baton_session *session, uint32_t group, uint32_t *out);

/* Puts units by their ranks (rank[unit], 0 last), equal ones in the scheme's order. */
void matrix_order(const uint32_t *rank, uint32_t count, uint32_t *unit);

#endif
