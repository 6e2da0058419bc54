/* What a post that names an indicator (or a block of them) is for: the indicators from there down, and the elements that their values are made of. */
#ifndef FLOW_POST_REACH_H
#define FLOW_POST_REACH_H

#include "baton/score.h"
#include "ledger/fact.h"

struct post_reach {
    const struct baton_scheme *scheme;
    const bool *node;    /* [node_count] */
    const bool *element; /* [element_count]; those that are reported, not computed */
};

/* In the arena. Of an indicator that the scheme does not have nothing is reached. */
void post_reach_of(struct baton_arena *arena, const struct baton_session *session,
                   const char *indicator, struct post_reach *out);

/* Whether it reaches the row: a figure by its element, a target by its indicator; what leans on no indicator always. */
bool post_reaches(const struct post_reach *reach, enum fact_kind kind,
                  const struct fact_body *body);

#endif
