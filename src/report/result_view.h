/* What of a result is printed, and in which order: shared by the table, CSV and JSON. */
#ifndef REPORT_RESULT_VIEW_H
#define REPORT_RESULT_VIEW_H

#include "base/arena.h"
#include "baton/score.h"

struct result_view {
    const struct baton_session *session; /* which has scored, with ranks of all nodes and notes */
    const struct baton_scheme *scheme;
    const struct baton_result *result;
    uint32_t group, unit; /* only this one; BATON_NONE = all */
    uint32_t node;        /* under the total only this one; 0 = all */
    uint32_t top; /* only so many of each group, and whoever shares the last one's rank; 0 = all */
    bool rounded; /* scores, weights and points as published */
    bool
        exact; /* CSV: texts as they are, though a spreadsheet would take them for formulas; of what is posted */
    int32_t as_of_day; /* INT32_MAX = none */
    /* Who may read what stands under the totals: of a unit and a node that have a bit in common; NULL = everything is shown. Totals, ranks and grades always are. */
    const uint64_t *of_unit, *of_node;
};

/* Whether what stands under the total of a unit is shown, and asked for: a node; of node 0 the notes and what the total was before adjustments. */
bool result_shows(const struct result_view *view, uint32_t node, uint32_t unit);

/* Everything of what the session has scored last. */
struct result_view result_view_of(const struct baton_session *session);

/* Room for the units of the largest group. */
uint32_t *result_units_room(struct baton_arena *arena, const struct result_view *view);

/* The units of a group that are printed, in their order: by the rank of the total, equal ranks in official order, at
 * the end those without a rank, likewise. Only units that take part. Returns how many. O(n log n). */
uint32_t result_units(const struct result_view *view, uint32_t group, uint32_t *out);

/* Whether the view has the group; whether its result has a total before adjustments. */
bool result_has_group(const struct result_view *view, uint32_t group);
bool result_has_base(const struct result_view *view);

/* The score of a node as published, at the node's decimals; NaN = none. node BATON_NONE = the total before adjustments. */
double result_published(const struct result_view *view, uint32_t node, uint32_t unit,
                        int *decimals);

/* A number at `decimals` as the scheme rounds. */
double result_rounded(const struct result_view *view, double number, int decimals);

/* Twice the rank (0 = none) of a node; BATON_NONE = the total before adjustments. */
uint32_t result_rank(const struct result_view *view, uint32_t node, uint32_t unit);

/* The notes of a node of a unit; of BATON_NONE those of the total before adjustments: none. */
uint16_t result_notes(const struct result_view *view, uint32_t node, uint32_t unit);

/* The grade's entry; NULL = none. */
const struct baton_grade *result_grade(const struct result_view *view, uint32_t unit);

#endif
