/* What a part of an expression reads of which units, as far as it takes to say whether it may be told: a walk down the tree, which ends at the first figure that may not. */
#include "engine/rule_tree.h"
#include <assert.h>

enum { VISITS_MAX = 100000 };

struct hiding {
    const struct rule_env *env;
    uint32_t visits;
};

static bool is_hidden(struct hiding *hiding, const struct tree *tree, uint32_t unit);

static bool any_argument(struct hiding *hiding, const struct tree *call, uint32_t unit) {
    for (uint32_t i = 0; i < call->count; i++)
        if (is_hidden(hiding, call->arg[i], unit))
            return true;
    return call->where != NULL && is_hidden(hiding, call->where, unit);
}

static bool of_unit(struct hiding *hiding, const struct tree *call, uint32_t unit) {
    return unit != BATON_NONE && any_argument(hiding, call, unit);
}

static bool over_units(struct hiding *hiding, const struct tree *call, uint32_t unit) {
    const struct baton_scheme *const scheme = hiding->env->scheme;
    switch (call->function) {
    case FN_PARENT:
        return of_unit(hiding, call, scheme->unit[unit].parent);
    case FN_OF:
        return of_unit(hiding, call, call->index);
    case FN_CHILDREN:
        for (uint32_t u = 0; u < scheme->unit_count; u++)
            if (scheme->unit[u].parent == unit && any_argument(hiding, call, u))
                return true;
        return false;
    default:
        assert(call->function == FN_SHARE);
        return any_argument(hiding, call, unit) || of_unit(hiding, call, scheme->unit[unit].parent);
    }
}

/* Whose figures make the cohort is not asked: any unit's may. */
static bool over_cohort(struct hiding *hiding, const struct tree *call) {
    for (uint32_t u = 0; u < hiding->env->scheme->unit_count; u++)
        if (any_argument(hiding, call, u))
            return true;
    return false;
}

static bool of_call(struct hiding *hiding, const struct tree *call, uint32_t unit) {
    uint32_t count;
    switch (rule_functions(&count)[call->function].kind) {
    case RULE_OVER_UNITS:
        return over_units(hiding, call, unit);
    case RULE_OVER_COHORT:
        return over_cohort(hiding, call);
    default:
        return any_argument(hiding, call, unit);
    }
}

static bool is_hidden(struct hiding *hiding, const struct tree *tree, uint32_t unit) {
    const struct rule_env *const env = hiding->env;
    if (hiding->visits++ > VISITS_MAX)
        return true;
    switch (tree->kind) {
    case TREE_ELEMENT:
        return !env->shows(env->context, tree->index, unit);
    case TREE_NAMED:
    case TREE_WHERE:
        return is_hidden(hiding, tree->rule->tree, unit);
    case TREE_CALL:
        return of_call(hiding, tree, unit);
    case TREE_OPERATOR:
        return any_argument(hiding, tree, unit);
    case TREE_PLACE:
        return (tree->name == RULE_X || tree->name == RULE_WAS || tree->name == RULE_RISES) &&
               !env->shows(env->context, BATON_NONE, unit);
    default:
        return false;
    }
}

bool rule_is_hidden(const struct rule_env *env, const struct tree *tree, uint32_t unit) {
    struct hiding hiding = {env, 0};
    return env->shows != NULL && is_hidden(&hiding, tree, unit);
}
