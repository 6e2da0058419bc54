/* The matrix: a result read across, unit by indicator. Ranks, ratings counted, points lost and contributed, who is first
 * and last, strengths and weaknesses, and the three lists of level, class and progress.
 *
 *     baton_matrix_group(arena, session, group, &g)            a group: its units in order, each indicator over them
 *     baton_matrix_unit(arena, session, g, index, 5, &u)       a unit of it: its cells, counts and lists
 *     baton_matrix_lists(arena, session, &lists)               the three lists of all groups
 *
 * All three read the period that the session has scored last, which must have been opened with options.full; they score
 * nothing anew. What they make lives in `arena` and borrows from the session, until its next scoring. They answer BATON_OK
 * or BATON_NO_MEMORY, *out being untouched then. Same result, same bits.
 *
 * What the words mean here:
 *
 *   score         as it came; the distances, means and spreads are of these. Ranks are of the published ones
 *   points lost   of a node: weight - points, in points of the total; 0 where they are equal at 12 significant digits, below 0
 *                 where a score is above 100, NaN without a score (its weight then counts elsewhere). A child of a `sum`
 *                 has its parent's whole share as weight
 *   contribution  a node's points; its share is of the total after adjustments. The points of the leaves, what adjustments
 *                 add (`adjust`) and what the way of aggregating adds or takes (`rest`: other means than the
 *                 arithmetic, points rounded at their nodes, a node that a veto made 0) make up the total, so the shares
 *                 add up to 1
 *   first, last   nobody in the group has a better rank at the node, and somebody has a worse one; and the other way
 *                 round. Ties share a place. Where all are equal, or one is alone, nobody is first or last
 *   standing      1 - (units above + half of those level) / (units ranked there - 1): 1 = alone at the top, 0 = alone at the
 *                 bottom; NaN where fewer than two are ranked
 *   strengths     leaves with a standing above 1/2, the best standing first, of equal ones the one that lost less points,
 *                 then in the order of the tree; weaknesses those below 1/2, the worst standing first, then
 *                 the one that lost more points */
#ifndef BATON_MATRIX_H
#define BATON_MATRIX_H

#include "score.h"

/* An indicator, block or the total (node 0) over the units of a group. */
struct baton_matrix_node {
    uint32_t rows;   /* units that it applies to */
    uint32_t scored; /* of these with a score */
    uint32_t ranked; /* of these with a rank; `of` in the output */
    /* of the rows: without a figure (a stand-in or not), with a stand-in, not due, not applicable */
    uint32_t missing, imputed, pending, na;
    double missing_share; /* missing / (rows - pending - na); NaN where none was due */
    /* of the scores: NaN without any; sd with n - 1, NaN with fewer than two */
    double mean, median, sd, lowest, highest;
    const uint32_t *first, *last; /* units, in the group's order */
    uint32_t first_count, last_count;
    const uint32_t
        *rated; /* [ratings of the group] of a leaf: units in each; of other nodes all 0 */
};

struct baton_matrix_group {
    uint32_t group;
    /* those that take part: by the total's rank, equal ranks in official order, without a rank at the end */
    const uint32_t *unit;
    uint32_t unit_count;
    const struct baton_matrix_node *node; /* [node_count] */
    const struct baton_matrix_position
        *position; /* how many are above and level, for baton_matrix_unit */
};
BATON_API baton_code baton_matrix_group(struct baton_arena *arena,
                                        const struct baton_session *session, uint32_t group,
                                        struct baton_matrix_group *out);

/* A node of a unit. Without a row everything is none: NaN, 0, BATON_NONE, false. */
struct baton_matrix_cell {
    bool has_row, first, last;
    uint32_t rank, of; /* twice the rank; 0 = none */
    uint32_t above,
        level; /* units of the group with a better rank; with the same one, itself not counted */
    uint32_t rating; /* of a leaf, index into the group's; BATON_NONE = none */
    double score, weight, points, lost, share;
    double from_mean, from_best; /* score - mean, score - highest: of the group, at this node */
    double standing;
};

/* Leaves of a unit counted by their ratings. */
struct baton_matrix_count {
    uint32_t leaves;    /* that apply */
    uint32_t rated;     /* of these with a score, where the group has ratings */
    uint32_t upper;     /* of these in one of the upper ratings: see baton_matrix_upper */
    const uint32_t *by; /* [ratings of the group] */
};

/* Nodes, or indices, in the order that is said. */
struct baton_matrix_some {
    const uint32_t *item;
    uint32_t count;
};

struct baton_matrix_unit {
    uint32_t unit;
    const struct baton_matrix_cell *cell; /* [node_count] */
    double base;         /* the total before adjustments; the total where the scheme has none */
    double adjust, rest; /* see contribution; NaN without a total */
    double adjust_share, rest_share;
    double lost; /* the group's scale less `base` */
    struct baton_matrix_count all, kind[2] /* enum baton_kind */, class[4] /* enum baton_class */;
    struct baton_matrix_some first, last; /* leaves, in the order of the tree */
    struct baton_matrix_some strengths, weaknesses, most_lost; /* leaves, at most `top` each */
};

/* `index` of the unit in group->unit. `most_lost` has the leaves that lost points, most first, then in the order of the tree. */
BATON_API baton_code baton_matrix_unit(struct baton_arena *arena,
                                       const struct baton_session *session,
                                       const struct baton_matrix_group *group, uint32_t index,
                                       uint32_t top, struct baton_matrix_unit *out);

/* How many of `count` ratings are the upper ones, of which one says "good or fairly good": the first two of three or more, else
 * the first. */
BATON_API uint32_t baton_matrix_upper(uint32_t count);

/* A unit's entry in a list. */
struct baton_matrix_place {
    uint32_t unit;
    uint32_t place,
        of; /* twice the place, by the scheme's `ties`; 0 = none, the figure or the rank is missing */
    double figure; /* NaN = none */
};

/* The three lists, each over the same units: all that take part, by group in the scheme's order, then place, equal places in
 * official order, at the end of the group those without a place.
 *
 *   level     水平: the total as published, on a scale of 100, among the units of all groups; `of` are all that are ranked
 *   class     分类: the total as published, among the unit's own group; the rank of the result
 *   progress  进步: the total as published less that of the result compared with, among the unit's own group. Both on
 *             the group's scale, which is taken to be the same */
struct baton_matrix_lists {
    const struct baton_matrix_place *level, *class, *progress;
    uint32_t count;
    const uint32_t *group_first; /* [group_count + 1]: where each group begins */
};
BATON_API baton_code baton_matrix_lists(struct baton_arena *arena,
                                        const struct baton_session *session,
                                        struct baton_matrix_lists *out);

#endif
