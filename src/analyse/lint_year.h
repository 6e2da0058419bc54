/* What the figures and scores of a year say of each leaf, for the parts of the lint that look at results. */
#ifndef ANALYSE_LINT_YEAR_H
#define ANALYSE_LINT_YEAR_H

#include "analyse/lint.h"

/* A leaf over all periods of the year that were scored. Figures are derived ones, before treat, of the units that the leaf
 * applies to; a figure that serves several periods (a quarter's three months) is looked at once. */
struct lint_leaf {
    uint64_t figures; /* how many there were */
    uint64_t missing; /* how many were due and not there */
    /* [group] figures and missing ones of each group */
    uint32_t *figures_of, *missing_of;
    uint32_t periods; /* of the leaf's own, in which anybody had a figure */
    /* the lowest and the highest figure; NaN without any. Codes as their indices */
    double lowest, highest;
    /* equal for leaves that had the same figures of the same units in the same periods */
    uint64_t mark;
    uint64_t repeated; /* figures whose unit had one in an earlier period too ... */
    bool changes;      /* ... and whether any differed from it */
    uint64_t scores; /* how many there were, those by missing rules or for a target of 0 left out */
    uint32_t compared; /* groups and periods in which two units or more had scores */
    bool differs;      /* whether two units of one group ever had different ones */
    double score;      /* the score of all where that is one and the same, else NaN */
    bool agrees; /* of methods of kind rule: two units of a group in the order of the direction */
    uint64_t contradicts; /* likewise: pairs of units next to each other in the opposite order */
};

struct lint_year {
    struct lint_leaf *leaf; /* as session->leaf */
    /* of those scored; the same where one, as the year, holds all the others */
    struct baton_period first, last;
    uint64_t figures; /* of all leaves */
};

/* Scores the periods of the year and the period that the lint is for, that last, and puts what they say into lint->year. A
 * period that is refused is a finding. Answers BATON_NO_MEMORY, or the code with which that last period is refused. */
MUST_USE baton_code lint_year_collect(struct lint *lint);

/* The shortest frequency of the elements that a leaf's value names; BATON_PERIOD_NONE where none of them has any. */
struct leaf;
enum baton_period_kind lint_kind_of_elements(const struct baton_session *session,
                                             const struct leaf *leaf);

#endif
