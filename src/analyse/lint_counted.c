/* Lint: which items of adjustments are counted by event() in some expression, so that their rows matter whatever points they give: two
 * yellow cards that limit the grade. */
#include "analyse/lint_reach.h"
#include "engine/rule_tree.h"

static void see_tree(bool *counted, const struct tree *tree) {
    if (tree->kind == TREE_CALL && tree->function == FN_EVENT)
        counted[tree->index] = true;
    for (uint32_t i = 0; i < tree->count; i++)
        see_tree(counted, tree->arg[i]);
    if (tree->where != NULL)
        see_tree(counted, tree->where);
}

/* Named elements and names of `where` are seen where they are defined. */
static void see(bool *counted, const struct rule *rule) {
    if (rule != NULL && rule_uses(rule)->event)
        see_tree(counted, rule->tree);
}

static void see_leaf(bool *counted, const struct leaf *leaf) {
    see(counted, leaf->value);
    see(counted, leaf->when);
    see(counted, leaf->score);
    see(counted, leaf->among);
    for (uint32_t i = 0; i < leaf->method->where_count && leaf->where != NULL; i++)
        see(counted, leaf->where[i]);
}

const bool *lint_counted(struct lint *lint) {
    const struct baton_scheme *scheme = lint->scheme;
    const struct baton_session *session = lint->session;
    bool *counted = arena_alloc(lint->arena, scheme->item_count + 1, sizeof(*counted));
    for (uint32_t e = 0; e < scheme->element_count; e++)
        see(counted, session->element_rule[e]);
    for (uint32_t i = 0; i < session->leaf_count; i++)
        see_leaf(counted, &session->leaf[i]);
    for (uint32_t i = 0; i < scheme->item_count; i++) {
        see(counted, session->item_points[i]);
        see(counted, session->item_when[i]);
    }
    for (uint32_t k = 0; k < scheme->grades_count; k++)
        for (uint32_t i = 0; i < scheme->grades[k].count; i++)
            see(counted, session->grade_when[k][i]);
    for (uint32_t i = 0; i < scheme->award_count; i++) {
        see(counted, session->award_by[i]);
        see(counted, session->award_when[i]);
    }
    return counted;
}
