/* A session's scheme looked at from outside. */
#include "engine/scheme_view.h"
#include "engine/session.h"
#include <assert.h>

static const struct leaf *leaf_of(const struct baton_session *session, uint32_t node) {
    assert(session->leaf_of_node[node] != BATON_NONE);
    return &session->leaf[session->leaf_of_node[node]];
}

const struct rule *view_leaf(const struct baton_session *session, uint32_t node,
                             enum view_leaf which) {
    const struct leaf *leaf = leaf_of(session, node);
    switch (which) {
    case VIEW_VALUE:
        return leaf->value;
    case VIEW_WHEN:
        return leaf->when;
    case VIEW_SCORE:
        return leaf->score;
    case VIEW_AMONG:
        break;
    }
    return leaf->among;
}

const struct rule *view_leaf_where(const struct baton_session *session, uint32_t node,
                                   uint32_t index) {
    const struct leaf *leaf = leaf_of(session, node);
    assert(index < leaf->method->where_count);
    return leaf->where[index];
}

enum baton_period_kind view_leaf_frequency(const struct baton_session *session, uint32_t node) {
    return leaf_of(session, node)->frequency;
}

const struct rule *view_element(const struct baton_session *session, uint32_t element) {
    return session->element_rule[element];
}

const struct rule *view_item_points(const struct baton_session *session, uint32_t item) {
    return session->item_points[item];
}

const struct rule *view_item_when(const struct baton_session *session, uint32_t item) {
    return session->item_when[item];
}

const struct rule *view_grade_when(const struct baton_session *session, uint32_t grades,
                                   uint32_t index) {
    return session->grade_when[grades][index];
}

const struct rule *view_award_by(const struct baton_session *session, uint32_t award) {
    return session->award_by[award];
}

const struct rule *view_award_when(const struct baton_session *session, uint32_t award) {
    return session->award_when[award];
}

const struct rule *view_check_rule(const struct baton_session *session, uint32_t check) {
    return session->check[check].rule;
}

const struct rule *view_check_when(const struct baton_session *session, uint32_t check) {
    return session->check[check].when;
}

bool view_imported(const struct baton_session *session, uint32_t import, const char *unit,
                   const char *node, struct baton_imported *out) {
    if (session->links.about == NULL)
        return false;
    session->links.about(session->links.context, import, unit, node, (struct baton_period){0}, out);
    return true;
}

bool view_applies(const struct baton_session *session, uint32_t node, uint32_t unit) {
    return session->applies[node] == NULL || session->applies[node][unit];
}

bool view_counted(const struct baton_session *session, uint32_t node) {
    return session->counted[node];
}

void view_shares(const struct baton_session *session, uint32_t unit, double *share) {
    weights_full(session, unit, share);
}
