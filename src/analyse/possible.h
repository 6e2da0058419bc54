/* What an expression of the rule language can be: a range of numbers, or whether a condition can hold, from what is known of
 * the names in it. By interval arithmetic, with the very operations that a program runs; these are monotone in doubles too,
 * so a value that a program gives never lies outside. What is said to be impossible is; what is said to be possible need
 * not be, as two names are taken to have nothing to do with each other. */
#ifndef ANALYSE_POSSIBLE_H
#define ANALYSE_POSSIBLE_H

#include "engine/rule_tree.h"

/* A number between lo and hi, both included (infinite: no limit); where lo > hi it is never a number. */
struct possible {
    double lo, hi;
    bool missing; /* whether it may be missing */
};

/* What a condition can be, as a set. */
enum { CAN_HOLD = 1, CAN_FAIL = 2, CAN_MISS = 4, CAN_ANYTHING = 7 };

/* What is known where an expression stands. */
struct known {
    void *context;
    /* Of a name, an element, event(), node(), result(), prev_score() and its like. */
    struct possible (*name)(void *context, const struct tree *tree);
    /* What stands in for a number or a condition, so that it is not worked out; false = nothing. Both NULL: nothing. Not
     * asked inside of functions of the cohort and over time, which are of other units and periods. */
    bool (*number)(void *context, const struct tree *tree, struct possible *out);
    bool (*condition)(void *context, const struct tree *tree, unsigned *out);
};

struct possible possible_anything(void); /* any number, or missing */
struct possible possible_between(double lo, double hi);
struct possible possible_either(struct possible a, struct possible b);
bool possible_is_number(struct possible a); /* whether it may be a number at all */

struct possible possible_number(const struct known *known, const struct tree *tree);
unsigned possible_condition(const struct known *known, const struct tree *tree);

/* How two numbers can compare. */
unsigned possible_compared(struct possible a, enum rule_operator operator, struct possible b);

/* Whether both are the same expression, name by name. */
bool tree_same(const struct tree *a, const struct tree *b);

/* The expression as one would write it. */
const char *tree_written(struct baton_arena *arena, const struct baton_scheme *scheme,
                         const struct tree *tree);

static inline bool tree_is_comparison(const struct tree *tree) {
    return tree->kind == TREE_OPERATOR &&
           tree->operator>= OPERATOR_LT && tree->operator<= OPERATOR_NE;
}

#endif
