/* Lint: indicators that count for nobody, because they weigh 0 for every unit, or what they belong to does. Told once, at the highest
 * that weighs nothing; what stands below it is not told of again. A gate of weight 0 is scored all the same. Whoever reads the package
 * tells already of an individual indicator that no unit has, and of a block with a weight whose parts have none. */
#include "analyse/lint.h"
#include "engine/session.h"
#include <string.h>

static bool applies_to_nobody(const struct baton_session *session, uint32_t node) {
    const uint8_t *applies = session->applies[node];
    return applies != NULL && memchr(applies, 1, session->ranked) == NULL;
}

/* Of the node's own weight; that of the nodes above it may be 0 besides. */
static bool weighs_nothing(const struct baton_session *session, uint32_t node) {
    if (!session->counted[node])
        return applies_to_nobody(session, node); /* freed from the gate, every one */
    for (uint32_t u = 0; u < session->ranked; u++)
        if (weight_of(session, node, u) != 0)
            return false;
    return true;
}

/* In indicators.csv, unless a weight stands there that rows of weights.csv take away: then the first of these. */
static struct baton_where weight_at(const struct baton_scheme *scheme, uint32_t node) {
    if (scheme->node[node].kind == BATON_COMMON && scheme->node[node].weight != 0)
        for (uint32_t i = 0; i < scheme->weight_count; i++)
            if (scheme->weight[i].node == node)
                return scheme->weight[i].at;
    return scheme->node[node].at;
}

static bool all_weigh_nothing(const struct baton_session *session, const struct baton_node *block) {
    for (uint32_t c = 0; c < block->child_count; c++)
        if (!weighs_nothing(session, block->child[c]))
            return false;
    return true;
}

static bool is_told(const struct baton_session *session, const struct baton_node *node) {
    return node->kind == BATON_INDIVIDUAL ||
           all_weigh_nothing(session, &session->scheme->node[node->parent]);
}

void lint_weightless(struct lint *lint) {
    const struct baton_scheme *scheme = lint->scheme;
    const struct baton_session *session = lint->session;
    if (session->ranked == 0)
        return;
    for (uint32_t n = 1; n < scheme->node_count; n++) {
        const struct baton_node *node = &scheme->node[n];
        const bool own = weighs_nothing(session, n), is_leaf = lint_is_leaf(scheme, n);
        lint->weightless[n] =
            lint->weightless[node->parent] || own || (is_leaf && applies_to_nobody(session, n));
        if (!lint->weightless[n] || lint->weightless[node->parent] ||
            (own && is_told(session, node)))
            continue;
        lint_report(lint, BATON_LINT_WEIGHTLESS, own ? weight_at(scheme, n) : node->at, "weight",
                    node->id, is_leaf ? NULL : "", own ? NULL : "", NULL);
    }
}
