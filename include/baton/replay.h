/* The replay (回放): the old year's figures, targets, units and adjustments through the new scheme, and each change of score,
 * rank and grade attributed to the amendments.
 *
 * v(S) is the result of the old scheme with exactly the amendments in S made. With up to BATON_SHAPLEY_MOST amendments that can
 * change a result, each gets its Shapley value: the mean of v(S + it) - v(S) over all orders in which amendments can be made
 * (Shapley, A value for n-person games, 1953); beyond that they are made one after the other in the order of the
 * clauses. */
#ifndef BATON_REPLAY_H
#define BATON_REPLAY_H

#include "compare.h"
#include "score.h"

enum { BATON_SHAPLEY_MOST = 8 };

struct baton_replaying {
    const struct baton_comparison *comparison;
    /* figures of the old package; `first` of kind NONE = there are none */
    const struct baton_facts *facts;
    /* of the old package; of the new one for what only that imports. Either may be NULL */
    const struct baton_links *links_before, *links_after;
    struct baton_period period;
    int32_t as_of_day; /* as in struct baton_options */
};

/* How a unit stands in a result. */
struct baton_standing {
    double score;                    /* as ranked; NaN = none */
    double rank;                     /* 1, 2, 2.5; NaN = none */
    const struct baton_grade *grade; /* NULL = none */
    double step; /* of the grade on the ladder of its set: 0 = the worst; NaN = none */
};

/* Points gained, places gained, grades gained (all: positive = better). NaN where the unit lacks the thing in one of the
 * results between which it is told. */
struct baton_gain {
    double score, rank, grade;
};

enum baton_attribution { BATON_SHAPLEY, BATON_IN_ORDER };

struct baton_replay_unit {
    uint32_t unit; /* in the old scheme */
    uint32_t
        group; /* of the new scheme in which it was replayed; BATON_NONE = the old one's, which is gone */
    struct baton_standing before, replayed;
    const struct baton_gain *gain; /* [amendment_count], 0 of those that can change no result */
    struct baton_gain remainder;   /* the change less the sum of the gains */
};

struct baton_replay {
    struct baton_period period;
    enum baton_attribution attribution;
    /* where it is in order although there are few amendments: why, a scoring that failed; NULL = no such thing */
    const struct baton_finding *fallback;
    uint32_t scorings;
    const struct baton_replay_unit *unit; /* those that took part, in the order of the old scheme */
    uint32_t unit_count;
    /* leaves of the new scheme of which figures are due in the period and nobody has one, indices there */
    const uint32_t *leaf_without;
    uint32_t leaf_without_count;
    uint32_t rows_left_out; /* of the old year's adjustments: their item or level is gone */
};

/* Replays. BATON_OK: *out lives in `arena`. Otherwise `found` has why: the new scheme over the old figures, or one on the way
 * in the order of the clauses, cannot be scored. There must be figures. 2^n scorings at most. Same input, same bits. */
BATON_API baton_code baton_replay(struct baton_arena *arena,
                                  const struct baton_replaying *replaying,
                                  const struct baton_replay **out, struct baton_findings *found);

/* How far a group's result is from that of the old scheme, of the units ranked in both. */
struct baton_replay_stability {
    uint32_t units;      /* with a score in both */
    uint32_t ranked;     /* with a rank in both */
    uint32_t rank_kept;  /* of these */
    uint32_t graded;     /* with a grade in both */
    uint32_t grade_kept; /* of these */
    double score_change; /* mean absolute change of score, in points; NaN = no units */
    double tau;          /* Kendall's tau-b of the two orders; NaN where there is none to compare */
};

/* Of each group of the old scheme, and of all together (whose tau is NaN). O(units^2) in a group. */
BATON_API struct baton_replay_stability baton_replay_stability_of(
    const struct baton_replaying *replaying, const struct baton_replay *replay,
    struct baton_replay_stability group[]);

#endif
