/* Report cards (成绩单): which numbers there are to draw and print of a unit, and the course of a year; without words and drawing,
 * so that pages and paper show the same.
 *
 *     card_course(arena, session, &course)                scores the year so far, and the period asked for again
 *     card_group(arena, &view, &course, g, &group)        a group
 *     card_of(arena, &group, index, 5, &card)             the card of a unit of it
 *
 * Everything lives in `arena` and borrows from the session until its next scoring. The functions answer BATON_OK or
 * BATON_NO_MEMORY unless they say otherwise. */
#ifndef REPORT_CARD_H
#define REPORT_CARD_H

#include "baton/matrix.h"
#include "report/result_view.h"

/* The results of the year up to the one that the session has scored last, as `baton score --period` gives them: the periods of its
 * kind in its year up to itself; of one that is longer than the scheme's frequency, the periods of that frequency that
 * end within it. Only periods that have figures and have ended by the day as of which it is scored, and not more than
 * CARD_COURSE_MOST, the last ones. */
enum { CARD_COURSE_MOST = 53 };
struct card_course {
    uint32_t count, units, groups;
    const struct baton_period *period; /* [count], in the order of time */
    bool ends_here;                    /* the last of them is the result's own period */
    const double *total;               /* [count][units], as published; NaN = none */
    const uint32_t *rank;              /* [count][units], twice the rank; 0 = none */
    const uint32_t *of;                /* [count][groups], units that were ranked */
    const uint32_t *grade;             /* [count][units], index into the group's; BATON_NONE */
};

/* Scores these periods, then the period of the session's result again, which is bit for bit what it was. A period that the scheme
 * refuses to score has no totals and ranks. An answer other than BATON_OK is that of the last scoring: it succeeded once, so
 * memory is out. */
MUST_USE baton_code card_course(struct baton_arena *arena, struct baton_session *session,
                                struct card_course *out);

/* A unit in one of the periods of a course. */
struct card_point {
    struct baton_period period;
    double total;                    /* as published; NaN = none */
    uint32_t rank, of;               /* twice the rank; 0 = none */
    const struct baton_grade *grade; /* NULL = none */
};
struct card_point card_point(const struct result_view *view, const struct card_course *course,
                             uint32_t at, uint32_t unit);

struct card_group {
    uint32_t group;
    const struct result_view *view;
    const struct card_course *course;
    /* its units in the order of cards, its nodes with mean and best */
    struct baton_matrix_group matrix;
    const double *course_mean; /* [course->count], of its totals as published; NaN = none */
};
MUST_USE baton_code card_group(struct baton_arena *arena, const struct result_view *view,
                               const struct card_course *course, uint32_t group,
                               struct card_group *out);

/* A block (a child of the total) that applies to the unit. Scores as they came. */
struct card_block {
    uint32_t node;
    double score, mean, best; /* own; of the group: NaN = none */
    uint32_t rank, of;        /* twice the rank; 0 = none */
    double points, weight;    /* in points of the total */
};

/* Leaves of a kind in one rating. */
struct card_rating {
    uint32_t count;
    const uint32_t *leaf; /* [count], in the order of the tree */
};
struct card_kind {
    uint32_t leaves;                  /* that apply */
    const struct card_rating *rating; /* [ratings of the group] */
    struct card_rating unrated;       /* without a score, or a group without ratings */
};

/* A node whose rank is another than in the result compared with. */
struct card_move {
    uint32_t node;
    uint32_t rank, earlier; /* twice the ranks */
};

struct card {
    uint32_t unit, group;
    int decimals;                    /* in which the total is published */
    double total, full;              /* as published, NaN = none; the scale that it is on */
    uint32_t rank, of, level;        /* twice the rank, 0 = none; how many others share it */
    const struct baton_grade *grade; /* NULL = none */
    bool is_vetoed;                  /* under a veto or a gate */

    /* The result compared with; kind NONE = there is none. */
    struct baton_period compared;
    uint32_t earlier_rank; /* twice; 0 = it had none then */
    double earlier_total;  /* as published; NaN = none */

    /* Published totals between this unit and the one next above, next below (ties passed over): above - own, own - below; NaN =
     * nobody is there. */
    double to_above, to_below;

    struct baton_matrix_unit
        matrix; /* cells, counts; strengths, weaknesses, most_lost, first, last */
    const struct card_block *block; /* in official order */
    uint32_t block_count;
    struct card_kind kind[2]; /* by enum baton_kind */
    uint32_t rating_count;

    const struct card_point *course; /* [course_count] */
    const double *course_mean;       /* [course_count], of the group */
    uint32_t course_count;

    /* Leaves that moved most, at most `top` each, the largest move first, then in the order of the tree. */
    const struct card_move *rose, *fell;
    uint32_t rose_count, fell_count;
    uint32_t rose_all, fell_all; /* how many leaves moved in all */
};

/* The card of group->matrix.unit[index]; lists of at most `top`, more than 0. */
MUST_USE baton_code card_of(struct baton_arena *arena, const struct card_group *group,
                            uint32_t index, uint32_t top, struct card *out);

#endif
