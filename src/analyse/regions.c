/* The quantities of conditions, and their cuts.
 *
 * Quantities are found as sums of factors times terms: `score - 3 >= 90` is score, cut at 93, and `base < 2 * score` is
 * base - 2*score, cut at 0. A term is whatever is neither a sum nor a product with a constant. */
#include "analyse/regions.h"
#include "base/text.h"
#include "baton/number.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    TERMS_MAX = 8,      /* of one quantity; more are not looked at */
    LOOKED_MAX = 20000, /* trees, through named elements */
};

/* ---- Sums of terms. */

struct sum {
    struct quantity_term term[TERMS_MAX];
    uint32_t count;
    double constant;
    bool broken; /* not a sum, or too long a one */
};

static void add_term(struct sum *sum, const struct tree *tree, double factor) {
    for (uint32_t i = 0; i < sum->count; i++)
        if (tree_same(sum->term[i].tree, tree)) {
            sum->term[i].factor += factor;
            return;
        }
    if (sum->count == TERMS_MAX) {
        sum->broken = true;
        return;
    }
    sum->term[sum->count++] = (struct quantity_term){tree, factor};
}

static bool is_constant(const struct tree *tree, double *out) {
    const struct known known = {0};
    if (tree->kind == TREE_OPERATOR && tree->operator> OPERATOR_NE) {
        double a, b = 0;
        if (!is_constant(tree->arg[0], &a) || (tree->count > 1 && !is_constant(tree->arg[1], &b)))
            return false;
        const struct possible value = possible_number(&known, tree);
        *out = value.lo;
        return value.lo == value.hi && !value.missing;
    }
    *out = tree->number;
    return tree->kind == TREE_NUMBER;
}

static void add_sum(struct sum *sum, const struct tree *tree, double factor) {
    double constant;
    if (is_constant(tree, &constant)) {
        sum->constant += factor * constant;
        return;
    }
    if (tree->kind == TREE_OPERATOR)
        switch (tree->operator) {
        case OPERATOR_ADD:
        case OPERATOR_SUB:
            add_sum(sum, tree->arg[0], factor);
            add_sum(sum, tree->arg[1], tree->operator== OPERATOR_SUB ? -factor : factor);
            return;
        case OPERATOR_MINUS:
        case OPERATOR_PLUS:
            add_sum(sum, tree->arg[0], tree->operator== OPERATOR_MINUS ? -factor : factor);
            return;
        case OPERATOR_MUL:
            if (is_constant(tree->arg[0], &constant) && constant != 0) {
                add_sum(sum, tree->arg[1], factor * constant);
                return;
            }
            if (is_constant(tree->arg[1], &constant) && constant != 0) {
                add_sum(sum, tree->arg[0], factor * constant);
                return;
            }
            break;
        case OPERATOR_DIV:
            if (is_constant(tree->arg[1], &constant) && constant != 0) {
                add_sum(sum, tree->arg[0], factor / constant);
                return;
            }
            break;
        default:
            break;
        }
    add_term(sum, tree, factor);
}

/* Left less right, so that the first factor is 1. *turned: it was below 0. False: there is no quantity, or none that is
 * present whenever its terms are. */
static bool sum_of(const struct tree *comparison, struct sum *sum, bool *turned) {
    *sum = (struct sum){.count = 0};
    add_sum(sum, comparison->arg[0], 1);
    add_sum(sum, comparison->arg[1], -1);
    if (sum->broken || sum->count == 0)
        return false;
    for (uint32_t i = 0; i < sum->count; i++)
        if (sum->term[i].factor == 0)
            return false;
    const double first = sum->term[0].factor;
    *turned = first < 0;
    for (uint32_t i = 0; i < sum->count; i++)
        sum->term[i].factor = baton_number_sig12(sum->term[i].factor / first);
    sum->constant = baton_number_sig12(-sum->constant / first);
    return true;
}

/* ---- Collecting. */

/* The factor by which the terms of a sum are those of a quantity; 0 = they are not. */
static double same_terms(const struct quantity *quantity, const struct sum *sum) {
    if (quantity->is_text || quantity->term_count != sum->count)
        return 0;
    double ratio = 0;
    for (uint32_t i = 0; i < sum->count; i++) {
        uint32_t k = 0;
        while (k < sum->count && !tree_same(quantity->term[k].tree, sum->term[i].tree))
            k++;
        if (k == sum->count)
            return 0;
        const double own = sum->term[i].factor / quantity->term[k].factor;
        if (ratio != 0 && baton_number_compare12(own, ratio) != 0)
            return 0;
        ratio = own;
    }
    return ratio;
}

static const char *terms_written(struct regions *regions, const struct quantity_term *term,
                                 uint32_t count) {
    const char *out = "";
    for (uint32_t i = 0; i < count; i++) {
        char factor[BATON_NUMBER_SHORTEST_SIZE];
        baton_number_shortest(fabs(term[i].factor), factor);
        out = arena_printf(regions->arena, "%s%s%s%s%s", out,
                           i == 0               ? ""
                           : term[i].factor < 0 ? " - "
                                                : " + ",
                           fabs(term[i].factor) == 1 ? "" : factor,
                           fabs(term[i].factor) == 1 ? "" : "*",
                           tree_written(regions->arena, regions->scheme, term[i].tree));
    }
    return out;
}

static size_t new_quantity(struct regions *regions, const struct quantity_term *term,
                           uint32_t count, bool is_text) {
    struct quantity_term *own = arena_alloc(regions->arena, count, sizeof(*own));
    memcpy(own, term, count * sizeof(*own));
    struct quantity *quantity =
        ARRAY_PUSH(regions->arena, regions->quantity, regions->count, regions->room);
    *quantity = (struct quantity){.term = own, .term_count = count, .is_text = is_text};
    const char *text = terms_written(regions, own, count);
    regions->quantity[regions->count - 1].text = text;
    return regions->count - 1;
}

static void add_comparison(struct regions *regions, const struct tree *tree, size_t quantity,
                           double cut, enum rule_operator operator) {
    *ARRAY_PUSH(regions->arena, regions->comparison, regions->comparison_count,
                regions->comparison_room) =
        (struct region_comparison){tree, quantity, cut, 0, operator};
    struct quantity *of = &regions->quantity[quantity];
    *ARRAY_PUSH(regions->arena, of->cut, of->cut_count, of->cut_room) = cut;
}

static enum rule_operator turned_around(enum rule_operator operator) {
    switch (operator) {
    case OPERATOR_LT:
        return OPERATOR_GT;
    case OPERATOR_LE:
        return OPERATOR_GE;
    case OPERATOR_GT:
        return OPERATOR_LT;
    case OPERATOR_GE:
        return OPERATOR_LE;
    default:
        return operator;
    }
}

static void add_text(struct regions *regions, const struct tree *tree) {
    const bool left = tree->arg[0]->kind == TREE_TEXT;
    const struct tree *code = tree->arg[left ? 0 : 1], *term = tree->arg[left ? 1 : 0];
    if (code->kind != TREE_TEXT || term->kind == TREE_TEXT)
        return;
    size_t at = 0;
    while (at < regions->count &&
           !(regions->quantity[at].is_text && tree_same(regions->quantity[at].term[0].tree, term)))
        at++;
    if (at == regions->count)
        at = new_quantity(regions, &(struct quantity_term){term, 1}, 1, true);
    add_comparison(regions, tree, at, code->number, tree->operator);
}

static void add_numbers(struct regions *regions, const struct tree *tree) {
    struct sum sum;
    bool turned;
    if (!sum_of(tree, &sum, &turned))
        return;
    size_t at = 0;
    double ratio = 0;
    for (; at < regions->count; at++)
        if ((ratio = same_terms(&regions->quantity[at], &sum)) != 0)
            break;
    if (at == regions->count) {
        at = new_quantity(regions, sum.term, sum.count, false);
        ratio = 1;
    }
    add_comparison(regions, tree, at, baton_number_sig12(sum.constant / ratio),
                   turned != (ratio < 0) ? turned_around(tree->operator) : tree->operator);
}

void regions_add(struct regions *regions, const struct tree *tree) {
    if (++regions->looked > LOOKED_MAX)
        return;
    if (tree_is_comparison(tree)) {
        if (tree->arg[0]->type == TYPE_TEXT)
            add_text(regions, tree);
        else
            add_numbers(regions, tree);
    }
    if ((tree->kind == TREE_NAMED || tree->kind == TREE_WHERE) && tree->rule != NULL)
        regions_add(regions, tree->rule->tree);
    if (tree->kind == TREE_CALL && function_of(tree->function)->kind != RULE_PLAIN)
        return;
    for (uint32_t i = 0; i < tree->count; i++)
        regions_add(regions, tree->arg[i]);
}

static int by_value(const void *left, const void *right) {
    const double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

static void sort_cuts(struct quantity *quantity) {
    qsort(quantity->cut, quantity->cut_count, sizeof(double), by_value);
    size_t count = 0;
    for (size_t i = 0; i < quantity->cut_count; i++)
        if (count == 0 || baton_number_compare12(quantity->cut[count - 1], quantity->cut[i]) != 0)
            quantity->cut[count++] = quantity->cut[i];
    quantity->cut_count = count;
}

static struct possible range_of(const struct regions *regions, const struct quantity *quantity) {
    struct known known = regions->known;
    known.number = NULL;
    known.condition = NULL;
    if (quantity->is_text)
        return possible_anything();
    struct possible out = possible_between(0, 0);
    for (uint32_t i = 0; i < quantity->term_count; i++) {
        const double factor = quantity->term[i].factor;
        const struct possible term = possible_number(&known, quantity->term[i].tree);
        if (!possible_is_number(term))
            return term;
        out.lo += factor > 0 ? factor * term.lo : factor * term.hi;
        out.hi += factor > 0 ? factor * term.hi : factor * term.lo;
        out.missing |= term.missing;
    }
    return out;
}

/* A sum of whole numbers, or of numbers of so many decimals, is one too. */
static double step_of(const struct regions *regions, const struct quantity *quantity) {
    double step = 0;
    for (uint32_t i = 0; i < quantity->term_count && regions->step != NULL; i++) {
        const double own = regions->step(regions->known.context, quantity->term[i].tree);
        if (own == 0 || quantity->term[i].factor != floor(quantity->term[i].factor))
            return 0;
        step = i == 0 || own < step ? own : step;
    }
    return step;
}

void regions_close(struct regions *regions) {
    for (size_t q = 0; q < regions->count; q++) {
        struct quantity *quantity = &regions->quantity[q];
        sort_cuts(quantity);
        quantity->range = range_of(regions, quantity);
        quantity->step = quantity->is_text ? 0 : step_of(regions, quantity);
    }
    for (size_t i = 0; i < regions->comparison_count; i++) {
        struct region_comparison *comparison = &regions->comparison[i];
        const struct quantity *quantity = &regions->quantity[comparison->quantity];
        size_t cut = 0;
        while (baton_number_compare12(quantity->cut[cut], comparison->value) != 0)
            cut++;
        comparison->region = 2 * (int)cut + 1;
    }
}
