/* What a session has made of its scheme: compiled expressions, whom a node applies to, what it counts. For who prints the
 * scheme; nothing need have been scored. Every answer lives as long as the session. */
#ifndef ENGINE_SCHEME_VIEW_H
#define ENGINE_SCHEME_VIEW_H

#include "baton/score.h"
#include "engine/rule.h"

/* An expression of a leaf; NULL = it has none (the value: it is the element with the leaf's id, or another element alone). */
enum view_leaf { VIEW_VALUE, VIEW_WHEN, VIEW_SCORE, VIEW_AMONG };
const struct rule *view_leaf(const struct baton_session *session, uint32_t node,
                             enum view_leaf which);
/* The index-th of the names in the method's `where`. */
const struct rule *view_leaf_where(const struct baton_session *session, uint32_t node,
                                   uint32_t index);
/* The frequency of a leaf's figures; BATON_PERIOD_NONE: the result's period stands for it. */
enum baton_period_kind view_leaf_frequency(const struct baton_session *session, uint32_t node);

/* A named element, an item, a grade, an award, a check; NULL = no such expression. */
const struct rule *view_element(const struct baton_session *session, uint32_t element);
const struct rule *view_item_points(const struct baton_session *session, uint32_t item);
const struct rule *view_item_when(const struct baton_session *session, uint32_t item);
const struct rule *view_grade_when(const struct baton_session *session, uint32_t grades,
                                   uint32_t index);
const struct rule *view_award_by(const struct baton_session *session, uint32_t award);
const struct rule *view_award_when(const struct baton_session *session, uint32_t award);
const struct rule *view_check_rule(const struct baton_session *session, uint32_t check);
const struct rule *view_check_when(const struct baton_session *session, uint32_t check);

/* What result(IMPORT, unit, node) names in the other package, without its score; false where that is not known. */
bool view_imported(const struct baton_session *session, uint32_t import, const char *unit,
                   const char *node, struct baton_imported *out);

/* Whether a node applies to a ranked unit. */
bool view_applies(const struct baton_session *session, uint32_t node, uint32_t unit);
/* Whether its parent counts it: a gate of weight 0 it does not. */
bool view_counted(const struct baton_session *session, uint32_t node);
/* What each node counts of the unit's total, in points of it, if every node that applies has a score: [node_count]. */
void view_shares(const struct baton_session *session, uint32_t unit, double *share);

#endif
