/* What a scoring gives: every node of the tree for every ranked unit of one period. */
#ifndef BATON_RESULT_H
#define BATON_RESULT_H

#include "facts.h"

/* Notes, in the order in which they are printed. */
enum {
    BATON_NOTE_NA = 1 << 0,
    BATON_NOTE_PENDING = 1 << 1,
    BATON_NOTE_MISSING = 1 << 2,
    BATON_NOTE_NO_TARGET = 1 << 3,
    BATON_NOTE_ZERO = 1 << 4,          /* divided by zero, or a target of zero or less */
    BATON_NOTE_IMPUTED = 1 << 5,       /* by a missing rule */
    BATON_NOTE_REDISTRIBUTED = 1 << 6, /* gave its weight away */
    BATON_NOTE_CLAMPED = 1 << 7,       /* by floor, cap, fixed bounds or `bounds` */
    BATON_NOTE_CONSTANT = 1 << 8,      /* a cohort all equal */
    BATON_NOTE_WINSORISED = 1 << 9,
    BATON_NOTE_CLIPPED = 1 << 10,
    BATON_NOTE_CAPPED = 1 << 11, /* adjustments */
    BATON_NOTE_VETOED = 1 << 12,
    BATON_NOTE_QUOTA = 1 << 13, /* a better grade refused by its quota */
    BATON_NOTES = 14
};

/* Name of the note with bit 1 << index: "na", "pending" ... */
BATON_API const char *baton_note_name(unsigned index);
/* What it means, for people. */
BATON_API const char *baton_note_meaning(unsigned index, enum baton_language language);

/* All arrays are node-major: [node * stride + unit], unit < scheme->ranked_count. A unit that does not take part, or a
 * node that does not apply to it, has row[] 0 and no score. Borrowed from the session until the next scoring or closing. */
struct baton_result {
    struct baton_period period;
    uint32_t units, nodes, stride;
    const double *score; /* NaN = none. Node 0: the total after adjustments, on the group's scale */
    const uint16_t *note; /* BATON_NOTE_*; NULL in a scoring without notes */
    /* twice the rank (2 = first; 5 = a rank of 2.5); 0 = none. Only node 0 in a scoring without ranks of all */
    const uint32_t *rank;
    bool all_ranks;
    const double *base;        /* [unit] total before adjustments; NULL where the scheme has none */
    const uint32_t *base_rank; /* [unit] */
    /* [unit] what is added to `base` and taken from it, after caps and what is void; NULL where base is */
    const double *bonus, *deduction;
    /* [unit] index into the group's grades; BATON_NONE; NULL where no group has grades */
    const uint32_t *grade;
    /* [unit] the total's own notes where note is NULL; NULL otherwise */
    const uint16_t *total_note;
};

/* Whether `node` of `unit` has a row in the result (it applies to it, and the unit takes part). */
struct baton_session;
BATON_API bool baton_result_has_row(const struct baton_session *session, uint32_t node,
                                    uint32_t unit);

/* Effective weights and points of one unit: weight[node] a share of the group's total after overrides and redistribution
 * (0 without a score), points[node] = weight * score / 100 (NaN without a score; the root's are its score). Both of result->nodes. */
BATON_API void baton_result_points(const struct baton_session *session, uint32_t unit,
                                   double *weight, double *points);

/* The derived figure of a leaf (before treat; a code as its index), NaN = none. */
BATON_API double baton_result_value(const struct baton_session *session, uint32_t leaf,
                                    uint32_t unit);

/* Units ranked at `node` in the unit's group, of the unit's own group. */
BATON_API uint32_t baton_result_of(const struct baton_session *session, uint32_t node,
                                   uint32_t group);

/* Rank in the result compared with, twice (0 = none or no such result); for the node `base` use BATON_NONE as node. */
BATON_API uint32_t baton_result_earlier_rank(const struct baton_session *session, uint32_t node,
                                             uint32_t unit);

/* The total in the result compared with, as it was published and ranked there; NaN = none or no such result. */
BATON_API double baton_result_earlier_score(const struct baton_session *session, uint32_t unit);

/* The period whose result this one is compared with; false, and *out untouched, where there is none. */
BATON_API bool baton_result_compared(const struct baton_session *session, struct baton_period *out);

/* The rating of a leaf's score, index into the group's ratings; BATON_NONE = no score or no ratings. */
BATON_API uint32_t baton_result_rating(const struct baton_session *session, uint32_t leaf,
                                       uint32_t unit);

/* The score as it is published and ranked; of the total before adjustments with BATON_NONE as node. */
BATON_API double baton_result_as_ranked(const struct baton_session *session, uint32_t node,
                                        uint32_t unit);

/* Decimals in which a node of a group is published. */
BATON_API int32_t baton_result_decimals(const struct baton_session *session, uint32_t node,
                                        uint32_t group);

/* The awards of the period, in the order of the scheme, then group, place, official order. */
struct baton_award_row {
    uint32_t award, group, unit, place;
    double by;
};
BATON_API const struct baton_award_row *baton_result_awards(const struct baton_session *session,
                                                            uint32_t *count);

#endif
