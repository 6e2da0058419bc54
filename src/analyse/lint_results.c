/* Lint: what result() names in another package is there. The format takes a row that is not there as a missing score, so a
 * slip of the pen in an identifier is never refused: its weight goes elsewhere, period after period. */
#include "analyse/lint.h"
#include "engine/rule_tree.h"
#include "engine/scheme_view.h"
#include "engine/session.h"
#include <string.h>

/* The text of an identifier; of an argument that is one. */
static const char *identifier(struct lint *lint, const struct tree *tree) {
    return arena_text(lint->arena, tree->text, tree->size);
}

/* Looks at one call; answers whether it is in vain. */
static bool look_at_call(struct lint *lint, struct baton_expression source,
                         const struct tree *call) {
    struct baton_imported about;
    if (!view_imported(lint->session, call->index, identifier(lint, call->arg[1]),
                       identifier(lint, call->arg[2]), &about) ||
        about.why_missing == NULL)
        return false;
    const bool no_unit = strcmp(about.why_missing, "no_unit") == 0;
    if (!no_unit && strcmp(about.why_missing, "no_node") != 0)
        return false;
    const struct tree *at = call->arg[no_unit ? 1 : 2];
    struct rule_report report = {lint->arena, source, strlen(source.text), lint->found, BATON_OK};
    rule_report4(&report, BATON_LINT_RESULT_UNKNOWN, at->begin, about.package, identifier(lint, at),
                 no_unit ? "" : NULL, NULL);
    return true;
}

static bool look_at_tree(struct lint *lint, struct baton_expression source,
                         const struct tree *tree) {
    if (tree->kind == TREE_CALL && tree->function == FN_RESULT)
        return look_at_call(lint, source, tree);
    bool any = tree->where != NULL && look_at_tree(lint, source, tree->where);
    for (uint32_t i = 0; i < tree->count; i++)
        any = look_at_tree(lint, source, tree->arg[i]) || any;
    return any;
}

static bool look_at(struct lint *lint, struct baton_expression source, const struct rule *rule) {
    return rule != NULL && rule_uses(rule)->result && look_at_tree(lint, source, rule->tree);
}

static void look_at_leaf(struct lint *lint, const struct leaf *leaf) {
    const struct baton_method *method = leaf->method;
    lint->misnamed[leaf->node] = look_at(lint, leaf->as->value, leaf->value);
    look_at(lint, leaf->as->when, leaf->when);
    look_at(lint, method->score, leaf->score); /* of leaves that share it one finding is kept */
    look_at(lint, method->among, leaf->among);
    for (uint32_t i = 0; i < method->where_count && leaf->where != NULL; i++)
        look_at(lint, method->where_value[i], leaf->where[i]);
}

void lint_results(struct lint *lint) {
    const struct baton_scheme *scheme = lint->scheme;
    const struct baton_session *session = lint->session;
    for (uint32_t i = 0; i < session->leaf_count; i++)
        look_at_leaf(lint, &session->leaf[i]);
    for (uint32_t i = 0; i < scheme->item_count; i++) {
        look_at(lint, scheme->item[i].points_rule, session->item_points[i]);
        look_at(lint, scheme->item[i].when, session->item_when[i]);
    }
    for (uint32_t k = 0; k < scheme->grades_count; k++)
        for (uint32_t i = 0; i < scheme->grades[k].count; i++)
            look_at(lint, scheme->grades[k].item[i].when, session->grade_when[k][i]);
    for (uint32_t i = 0; i < scheme->award_count; i++) {
        look_at(lint, scheme->award[i].by, session->award_by[i]);
        look_at(lint, scheme->award[i].when, session->award_when[i]);
    }
}
