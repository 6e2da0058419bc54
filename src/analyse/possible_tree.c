/* Expressions as such: whether two are the same, and how one would write them. */
#include "analyse/possible.h"
#include <string.h>

static bool same_text(const struct tree *a, const struct tree *b) {
    return a->size == b->size && memcmp(a->text, b->text, a->size) == 0;
}

static bool same_itself(const struct tree *a, const struct tree *b) {
    switch (a->kind) {
    case TREE_NUMBER:
    case TREE_TEXT:
        return a->number == b->number;
    case TREE_NAME:
    case TREE_QUOTED:
        return same_text(a, b);
    case TREE_OPERATOR:
        return a->operator== b->operator;
    case TREE_CALL:
        return a->function == b->function && a->index == b->index && a->back == b->back &&
               a->number == b->number;
    case TREE_ELEMENT:
        return a->index == b->index;
    case TREE_PLACE:
        return a->name == b->name && a->back == b->back;
    default:
        return a->rule == b->rule;
    }
}

bool tree_same(const struct tree *a, const struct tree *b) {
    if (a == b)
        return true;
    if (a->kind != b->kind || a->count != b->count || (a->where == NULL) != (b->where == NULL) ||
        !same_itself(a, b))
        return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!tree_same(a->arg[i], b->arg[i]))
            return false;
    return a->where == NULL || tree_same(a->where, b->where);
}

/* Operators from the one that binds least. */
static int level(const struct tree *tree) {
    static const int levels[] = {
        [OPERATOR_OR] = 1,  [OPERATOR_AND] = 2,   [OPERATOR_NOT] = 3,  [OPERATOR_LT] = 4,
        [OPERATOR_LE] = 4,  [OPERATOR_GT] = 4,    [OPERATOR_GE] = 4,   [OPERATOR_EQ] = 4,
        [OPERATOR_NE] = 4,  [OPERATOR_ADD] = 5,   [OPERATOR_SUB] = 5,  [OPERATOR_MUL] = 6,
        [OPERATOR_DIV] = 6, [OPERATOR_MINUS] = 7, [OPERATOR_PLUS] = 7, [OPERATOR_POW] = 8};
    return tree->kind == TREE_OPERATOR ? levels[tree->operator] : 9;
}

static const char *in_brackets(struct baton_arena *arena, const struct baton_scheme *scheme,
                               const struct tree *tree, bool wanted) {
    const char *text = tree_written(arena, scheme, tree);
    return wanted ? arena_printf(arena, "(%s)", text) : text;
}

static const char *operation_written(struct baton_arena *arena, const struct baton_scheme *scheme,
                                     const struct tree *tree) {
    const int own = level(tree);
    const char *sign = operator_text(tree->operator);
    if (tree->count == 1)
        return arena_printf(arena, "%s%s%s", sign, tree->operator== OPERATOR_NOT ? " " : "",
                            in_brackets(arena, scheme, tree->arg[0], level(tree->arg[0]) < own));
    const bool tight = own >= 6; /* a*b, but a + b */
    return arena_printf(arena, "%s%s%s%s%s",
                        in_brackets(arena, scheme, tree->arg[0],
                                    level(tree->arg[0]) < own + (tree->operator== OPERATOR_POW)),
                        tight ? "" : " ", sign, tight ? "" : " ",
                        in_brackets(arena, scheme, tree->arg[1], level(tree->arg[1]) <= own));
}

static const char *call_written(struct baton_arena *arena, const struct baton_scheme *scheme,
                                const struct tree *tree) {
    const char *out = arena_printf(arena, "%.*s(", (int)tree->size, tree->text);
    for (uint32_t i = 0; i < tree->count; i++)
        out = arena_printf(arena, "%s%s%s", out, i == 0 ? "" : ", ",
                           tree_written(arena, scheme, tree->arg[i]));
    if (tree->where != NULL)
        out = arena_printf(arena, "%s, where: %s", out, tree_written(arena, scheme, tree->where));
    return arena_printf(arena, "%s)", out);
}

const char *tree_written(struct baton_arena *arena, const struct baton_scheme *scheme,
                         const struct tree *tree) {
    char number[BATON_NUMBER_SHORTEST_SIZE];
    switch (tree->kind) {
    case TREE_NUMBER:
        baton_number_shortest(tree->number, number);
        return arena_text(arena, number, strlen(number));
    case TREE_TEXT:
        return arena_printf(arena, "'%.*s'", (int)tree->size, tree->text);
    case TREE_OPERATOR:
        return operation_written(arena, scheme, tree);
    case TREE_CALL:
        return call_written(arena, scheme, tree);
    default:
        return arena_text(arena, tree->text, tree->size);
    }
}
