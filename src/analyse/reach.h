/* How far scores can reach: the lowest and highest that each node, the total and the adjustments can come to in each group,
 * whatever the figures are, and what names in expressions can be. From the scheme alone, but for two things that only the
 * figures tell: whether those of an element are whole numbers, and whether any is below 0. */
#ifndef ANALYSE_REACH_H
#define ANALYSE_REACH_H

#include "analyse/possible.h"
#include "engine/session.h"

/* From lo to hi, both included; lo > hi: never a score. */
struct span {
    double lo, hi;
};

static inline bool span_any(struct span span) {
    return span.lo <= span.hi;
}

struct reach {
    struct baton_arena *arena;
    const struct baton_session *session;
    struct span *node;     /* [node * groups + group], as ranked; node 0: before adjustments */
    struct span *total;    /* [group], as ranked */
    struct span *unbound;  /* [group], likewise, before the bounds of the total */
    struct span *item;     /* [item], bonuses and deductions, capped */
    struct span *uncapped; /* [item], likewise, before their caps */
    struct span bonus, deduction;  /* all items of the kind, with the cap of the kind */
    struct element_facts *element; /* [element]; see reach_element */
};

/* Every weight counts as in the scheme, missing figures being so few that what is redistributed matters little. */
struct reach *reach_open(struct baton_arena *arena, const struct baton_session *session);

/* What is known of all figures of an element that there are. */
struct element_facts {
    bool known, any;
    bool whole;   /* no figure has decimals */
    bool signed_; /* some figure is below 0 */
};
struct element_facts reach_element(struct reach *reach, uint32_t element);

/* The figures that a leaf's method gets, and the scores that it gives them before `floor` and `cap`. */
struct possible reach_figure(struct reach *reach, const struct leaf *leaf);
struct span reach_raw(struct reach *reach, const struct leaf *leaf);
/* Such scores after `floor` and `cap`. */
struct span reach_limited(const struct baton_method *method, struct span raw);

/* The units of the largest cohort of a leaf. */
uint32_t reach_cohort(const struct reach *reach, const struct leaf *leaf);

/* The lowest and highest of a node in all groups that have `grades` (BATON_NONE: all of them), or in one. */
struct span reach_node(const struct reach *reach, uint32_t node, uint32_t grades);
struct span reach_total(const struct reach *reach, uint32_t grades);

/* Where an expression stands, for known_name and known_step. */
struct standpoint {
    struct reach *reach;
    enum rule_place place;
    uint32_t grades;         /* of a condition of a grade: its list; BATON_NONE = every group */
    uint32_t group;          /* of an award of one group; BATON_NONE */
    const struct leaf *leaf; /* of an expression of a leaf; NULL = none */
};
struct possible known_name(void *standpoint, const struct tree *tree);
/* The step of a name's values (see struct quantity); 0 = none. */
double known_step(void *standpoint, const struct tree *tree);

#endif
