/* What names can be where an expression stands. */
#include "analyse/reach.h"
#include <math.h>

static bool covers(const struct standpoint *from, uint32_t group) {
    const struct baton_scheme *scheme = from->reach->session->scheme;
    if (from->group != BATON_NONE)
        return from->group == group;
    return from->grades == BATON_NONE || scheme->group[group].grades == from->grades;
}

/* The hull of spans by group, from the first one. */
static struct possible hull(const struct standpoint *from, const struct span *span) {
    struct possible out = {INFINITY, -INFINITY, false};
    for (uint32_t g = 0; g < from->reach->session->scheme->group_count; g++)
        if (covers(from, g) && span_any(span[g])) {
            out.lo = span[g].lo < out.lo ? span[g].lo : out.lo;
            out.hi = span[g].hi > out.hi ? span[g].hi : out.hi;
        }
    return out;
}

static uint32_t largest_group(const struct standpoint *from) {
    const struct baton_scheme *scheme = from->reach->session->scheme;
    uint32_t out = 1;
    for (uint32_t g = 0; g < scheme->group_count; g++)
        if (covers(from, g) && scheme->group[g].unit_count > out)
            out = scheme->group[g].unit_count;
    return out;
}

static struct possible earlier(struct possible now, const struct standpoint *from) {
    if (from->reach->session->links.predecessor != NULL)
        return possible_anything();
    now.missing = true;
    return now;
}

static struct possible node_range(const struct standpoint *from, uint32_t node) {
    const struct reach *reach = from->reach;
    if (node == BATON_NONE)
        return possible_anything();
    struct possible out = hull(from, &reach->node[node * reach->session->scheme->group_count]);
    if (node == 0 && from->place != RULE_ADJUST)
        out = possible_either(out, hull(from, reach->total));
    out.missing = true;
    return out;
}

static struct possible constant(double value) {
    return isnan(value) ? (struct possible){INFINITY, -INFINITY, true}
                        : possible_between(value, value);
}

static struct possible place_name(const struct standpoint *from, enum rule_name name) {
    const struct span *base = from->reach->node;
    const struct span *total = from->place == RULE_ADJUST ? base : from->reach->total;
    struct possible figure;
    switch (name) {
    case RULE_X:
        if (from->leaf == NULL)
            return possible_anything();
        figure = reach_figure(from->reach, from->leaf);
        figure.missing = true;
        return figure;
    case RULE_LO:
        return from->leaf == NULL ? possible_anything() : constant(from->leaf->as->lo);
    case RULE_HI:
        return from->leaf == NULL ? possible_anything() : constant(from->leaf->as->hi);
    case RULE_ELAPSED:
        return possible_between(0, 1);
    case RULE_SCORE:
        return hull(from, total);
    case RULE_BASE:
        return hull(from, base);
    case RULE_RANK:
        return possible_between(1, largest_group(from));
    case RULE_PREV_SCORE:
        return earlier(hull(from, total), from);
    case RULE_PREV_RANK:
        return (struct possible){1, INFINITY, true};
    default:
        return possible_anything();
    }
}

struct possible known_name(void *standpoint, const struct tree *tree) {
    const struct standpoint *from = standpoint;
    struct possible out = possible_anything();
    if (tree->kind == TREE_PLACE)
        return place_name(from, tree->name);
    if (tree->kind == TREE_ELEMENT && from->place == RULE_VALUE && from->leaf == NULL) {
        out.lo = 0; /* see is_unsigned */
        return out;
    }
    if (tree->kind != TREE_CALL)
        return out;
    switch (tree->function) {
    case FN_PREV_SCORE:
        return place_name(from, RULE_PREV_SCORE);
    case FN_PREV_RANK:
        return place_name(from, RULE_PREV_RANK);
    case FN_EVENT:
        return (struct possible){0, INFINITY, false};
    case FN_NODE:
        return node_range(from, tree->index);
    default:
        return out;
    }
}

/* ---- Steps. */

static double of_decimals(int32_t decimals) {
    double step = 1;
    for (int32_t i = 0; i < decimals; i++)
        step /= 10;
    return decimals < 0 ? 0 : step;
}

static double score_step(const struct standpoint *from, uint32_t node) {
    const struct baton_session *session = from->reach->session;
    int32_t decimals = 0;
    if (session->scheme->rank_on == BATON_RANK_EXACT || node == BATON_NONE)
        return 0;
    for (uint32_t g = 0; g < session->scheme->group_count; g++)
        if (covers(from, g) && decimals_of(session, node, g) > decimals)
            decimals = decimals_of(session, node, g);
    return of_decimals(decimals);
}

static double element_step(const struct standpoint *from, uint32_t element) {
    return reach_element(from->reach, element).whole ? 1 : 0;
}

static double place_step(const struct standpoint *from, enum rule_name name) {
    const struct baton_session *session = from->reach->session;
    switch (name) {
    case RULE_X: /* of a bare element */
        return from->leaf != NULL && from->leaf->value == NULL &&
                       from->leaf->as->treat == BATON_TREAT_NONE &&
                       from->leaf->as->accumulate != BATON_MEAN
                   ? element_step(from, from->leaf->element)
                   : 0;
    case RULE_SCORE:
    case RULE_BASE:
        return score_step(from, 0);
    case RULE_PREV_SCORE:
        return session->links.predecessor != NULL ? 0 : score_step(from, 0);
    case RULE_RANK:
        return session->scheme->ties == BATON_TIES_AVERAGE ? 0.5 : 1;
    case RULE_PREV_RANK:
        return session->links.predecessor != NULL ? 0.5 : place_step(from, RULE_RANK);
    default:
        return 0;
    }
}

double known_step(void *standpoint, const struct tree *tree) {
    const struct standpoint *from = standpoint;
    if (tree->kind == TREE_PLACE)
        return place_step(from, tree->name);
    if (tree->kind == TREE_ELEMENT)
        return element_step(from, tree->index);
    if (tree->kind != TREE_CALL)
        return 0;
    switch (tree->function) {
    case FN_NODE:
        return score_step(from, tree->index);
    case FN_PREV_SCORE:
        return place_step(from, RULE_PREV_SCORE);
    case FN_PREV_RANK:
        return place_step(from, RULE_PREV_RANK);
    case FN_EVENT:
    case FN_STREAK:
    case FN_COUNT:
    case FN_FLOOR:
    case FN_RANK:
        return 1;
    case FN_ROUND:
        return of_decimals(tree->count > 1 ? tree->back : 0);
    default:
        return 0;
    }
}
