/* Quantities are found as sums of factors times terms: `score - 3 >= 90` is score, cut at 93, and `base < 2 * score` is
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
    DECIMALS_MAX = 9
};

/* A comparison of a quantity with a cut. */
struct region_comparison {
    const struct tree *tree;
    size_t quantity;
    double value;                /* of the cut */
    int region;                  /* that of the cut */
    enum rule_operator operator; /* quantity operator cut */
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

/* ---- Regions. */

/* The ends of a region, which are its own only where it is a cut. */
static void ends(const struct quantity *quantity, int region, double *lo, double *hi) {
    const size_t cut = (size_t)region / 2;
    const bool is_cut = region % 2 == 1;
    *lo = is_cut ? quantity->cut[cut] : cut > 0 ? quantity->cut[cut - 1] : -INFINITY;
    *hi = is_cut || cut < quantity->cut_count ? quantity->cut[cut] : INFINITY;
}

static bool is_multiple(double value, double step) {
    const double times = value / step;
    return baton_number_compare12(times, baton_number_round(times, 0, BATON_ROUND_HALF_AWAY)) == 0;
}

/* The smallest multiple of the step that is at least (without `open`: above) lo. */
static double next_multiple(double lo, double step, bool open) {
    double times = ceil(baton_number_sig12(lo / step));
    if (open && baton_number_compare12(times * step, lo) == 0)
        times += 1;
    return times * step;
}

bool region_possible(const struct quantity *quantity, int region, bool stepped) {
    const struct possible *range = &quantity->range;
    if (region == region_missing(quantity))
        return range->missing;
    if (quantity->is_text)
        return true;
    double lo, hi;
    ends(quantity, region, &lo, &hi);
    stepped = stepped && quantity->step > 0;
    if (region % 2 == 1)
        return baton_number_compare12(range->lo, lo) <= 0 &&
               baton_number_compare12(lo, range->hi) <= 0 &&
               (!stepped || is_multiple(lo, quantity->step));
    if (!(baton_number_compare12(range->lo, hi) < 0 && baton_number_compare12(lo, range->hi) < 0))
        return false;
    if (!stepped || isinf(range->lo > lo ? range->lo : lo))
        return true;
    const double first = range->lo > lo ? next_multiple(range->lo, quantity->step, false)
                                        : next_multiple(lo, quantity->step, true);
    return baton_number_compare12(first, hi) < 0 && baton_number_compare12(first, range->hi) <= 0;
}

static unsigned compared(const struct quantity *quantity, int region,
                         const struct region_comparison *with) {
    if (region == region_missing(quantity))
        return CAN_MISS;
    const int order = region < with->region ? -1 : region > with->region;
    const bool holds = with->operator== OPERATOR_LT   ? order < 0
                       : with->operator== OPERATOR_LE ? order <= 0
                       : with->operator== OPERATOR_GT ? order > 0
                       : with->operator== OPERATOR_GE ? order >= 0
                       : with->operator== OPERATOR_EQ ? order == 0
                                                      : order != 0;
    return holds ? CAN_HOLD : CAN_FAIL;
}

/* What stands behind struct known while a box is looked at. */
struct box {
    const struct regions *regions;
    const int *at;
};

static struct possible box_name(void *context, const struct tree *tree) {
    const struct regions *regions = ((const struct box *)context)->regions;
    return regions->known.name(regions->known.context, tree);
}

static bool box_condition(void *context, const struct tree *tree, unsigned *out) {
    const struct box *box = context;
    if (!tree_is_comparison(tree))
        return false;
    for (size_t i = 0; i < box->regions->comparison_count; i++) {
        const struct region_comparison *comparison = &box->regions->comparison[i];
        if (comparison->tree != tree)
            continue;
        const struct quantity *quantity = &box->regions->quantity[comparison->quantity];
        const int at = box->at[comparison->quantity];
        *out = at != REGION_UNKNOWN ? compared(quantity, at, comparison) : 0;
        for (int region = 0; at == REGION_UNKNOWN && region <= region_missing(quantity); region++)
            if (region_possible(quantity, region, true))
                *out |= compared(quantity, region, comparison);
        return *out != 0;
    }
    return false;
}

static bool box_number(void *context, const struct tree *tree, struct possible *out) {
    const struct box *box = context;
    for (size_t q = 0; q < box->regions->count; q++) {
        const struct quantity *quantity = &box->regions->quantity[q];
        if (quantity->is_text || quantity->term_count != 1 || box->at[q] == REGION_UNKNOWN ||
            !tree_same(quantity->term[0].tree, tree))
            continue;
        *out = quantity->range;
        out->missing = box->at[q] == region_missing(quantity);
        if (out->missing) {
            *out = (struct possible){INFINITY, -INFINITY, true};
            return true;
        }
        double lo, hi;
        ends(quantity, box->at[q], &lo, &hi);
        out->lo = lo > out->lo ? lo : out->lo;
        out->hi = hi < out->hi ? hi : out->hi;
        return true;
    }
    return false;
}

unsigned regions_condition(const struct regions *regions, const int *at, const struct tree *tree) {
    struct box box = {regions, at};
    const struct known known = {&box, box_name, box_number, box_condition};
    return possible_condition(&known, tree);
}

struct possible regions_number(const struct regions *regions, const int *at,
                               const struct tree *tree) {
    struct box box = {regions, at};
    const struct known known = {&box, box_name, box_number, box_condition};
    return possible_number(&known, tree);
}

/* ---- Boxes. */

/* The first possible region from `from` on; -1 = there is none. */
static int possible_from(const struct quantity *quantity, int from, bool missing) {
    for (int region = from; region < region_count(quantity) + missing; region++)
        if (region_possible(quantity, region, true))
            return region;
    return -1;
}

bool regions_first(const struct regions *regions, const bool *split, bool missing, int *at) {
    for (size_t q = 0; q < regions->count; q++) {
        at[q] = REGION_UNKNOWN;
        if (split[q] && (at[q] = possible_from(&regions->quantity[q], 0, missing)) < 0)
            return false;
    }
    return true;
}

bool regions_next(const struct regions *regions, const bool *split, bool missing, int *at) {
    for (size_t q = 0; q < regions->count; q++) {
        if (!split[q])
            continue;
        at[q] = possible_from(&regions->quantity[q], at[q] + 1, missing);
        if (at[q] >= 0)
            return true;
        at[q] = possible_from(&regions->quantity[q], 0, missing);
    }
    return false;
}

void regions_choose(const struct regions *regions, size_t most, bool *split) {
    size_t boxes = 1;
    for (size_t q = 0; q < regions->count; q++) {
        const size_t own = (size_t)region_count(&regions->quantity[q]) + 1;
        split[q] = own <= most / boxes;
        boxes *= split[q] ? own : 1;
    }
}

/* ---- Names. */

struct related {
    struct regions *regions; /* NULL once both are the same */
    const struct tree *other;
    uint32_t steps;
};

/* Calls `visit` for what an expression is made of in the end; true as soon as it is. */
static bool any_name(const struct tree *tree, uint32_t *steps,
                     bool (*visit)(const struct tree *name, const void *context, uint32_t *steps),
                     const void *context) {
    if (++*steps > LOOKED_MAX)
        return true;
    switch (tree->kind) {
    case TREE_NUMBER:
    case TREE_TEXT:
        return false;
    case TREE_NAMED:
    case TREE_WHERE:
        return any_name(tree->rule->tree, steps, visit, context);
    case TREE_ELEMENT:
    case TREE_PLACE:
        return visit(tree, context, steps);
    default:
        break;
    }
    if (tree->kind == TREE_CALL && function_of(tree->function)->kind == RULE_OF_RESULTS)
        return visit(tree, context, steps);
    for (uint32_t i = 0; i < tree->count; i++) {
        const bool named = tree->arg[i]->kind == TREE_NAME || tree->arg[i]->kind == TREE_QUOTED;
        if (!named && any_name(tree->arg[i], steps, visit, context))
            return true;
    }
    return false;
}

static bool is_name(const struct tree *name, const void *context, uint32_t *steps) {
    (void)steps;
    return tree_same(name, context);
}

static bool is_in(const struct tree *name, const void *context, uint32_t *steps) {
    const struct quantity *other = context;
    for (uint32_t i = 0; i < other->term_count; i++)
        if (any_name(other->term[i].tree, steps, is_name, name))
            return true;
    return false;
}

bool regions_related(const struct regions *regions, size_t a, size_t b) {
    const struct quantity *of = &regions->quantity[a];
    uint32_t steps = 0;
    for (uint32_t i = 0; i < of->term_count; i++)
        if (any_name(of->term[i].tree, &steps, is_in, &regions->quantity[b]))
            return true;
    return false;
}

/* ---- In words. */

static const char *value_written(const struct regions *regions, const struct quantity *quantity,
                                 double value) {
    if (quantity->is_text)
        return arena_printf(regions->arena, "'%s'", regions->scheme->code[(size_t)value]);
    char text[BATON_NUMBER_SHORTEST_SIZE];
    baton_number_shortest(value, text);
    return arena_text(regions->arena, text, strlen(text));
}

const char *region_written(const struct regions *regions, const struct quantity *quantity,
                           int first, int last) {
    double lo, hi, unused;
    ends(quantity, first, &lo, &unused);
    ends(quantity, last, &unused, &hi);
    const char *below = isinf(lo) ? NULL : value_written(regions, quantity, lo),
               *above = isinf(hi) ? NULL : value_written(regions, quantity, hi);
    const char *text = quantity->text;
    if (first == last && first % 2 == 1)
        return arena_printf(regions->arena, "%s = %s", text, below);
    if (below == NULL && above == NULL)
        return text;
    const char *from = first % 2 == 1 ? "<=" : "<", *to = last % 2 == 1 ? "<=" : "<";
    if (below == NULL)
        return arena_printf(regions->arena, "%s %s %s", text, to, above);
    if (above == NULL)
        return arena_printf(regions->arena, "%s %s %s", text, first % 2 == 1 ? ">=" : ">", below);
    return arena_printf(regions->arena, "%s %s %s %s %s", below, from, text, to, above);
}

static int decimals_of(double value) {
    int decimals = 0;
    while (decimals < DECIMALS_MAX &&
           baton_number_compare12(baton_number_round(value, decimals, BATON_ROUND_HALF_AWAY),
                                  value) != 0)
        decimals++;
    return decimals;
}

double region_example(const struct quantity *quantity, int region) {
    if (quantity->is_text || region == region_missing(quantity))
        return NAN;
    double lo, hi;
    ends(quantity, region, &lo, &hi);
    if (region % 2 == 1)
        return lo;
    const struct possible *range = &quantity->range;
    const bool from_below =
        range->lo <= lo; /* the region begins behind a cut, not where the range does */
    double out;
    if (range->lo <= lo && hi <= range->hi && !isinf(lo) && !isinf(hi)) {
        const int decimals = decimals_of(lo) > decimals_of(hi) ? decimals_of(lo) : decimals_of(hi);
        const double middle = lo + (hi - lo) / 2;
        out = baton_number_round(middle, decimals < DECIMALS_MAX ? decimals + 1 : DECIMALS_MAX,
                                 BATON_ROUND_HALF_AWAY);
        out = out > lo && out < hi ? out : middle;
    } else {
        const double low = lo > range->lo ? lo : range->lo, high = hi < range->hi ? hi : range->hi;
        out = isinf(low) && isinf(high)                    ? 0
              : isinf(high) || (from_below && !isinf(low)) ? floor(low) + 1
                                                           : ceil(high) - 1;
        if (!(out >= low && out <= high && out > lo && out < hi))
            out = low + (high - low) / 2;
    }
    if (quantity->step > 0 && region_possible(quantity, region, true) &&
        !is_multiple(out, quantity->step)) {
        const bool within = range->lo > lo;
        const double first = within ? range->lo : lo;
        out = isinf(first) ? floor(out / quantity->step) * quantity->step
                           : next_multiple(first, quantity->step, !within);
    }
    return baton_number_sig12(out);
}

const char *regions_ranges(const struct regions *regions) {
    const char *out = NULL;
    for (size_t q = 0; q < regions->count; q++) {
        const struct quantity *quantity = &regions->quantity[q];
        const struct possible range = quantity->range;
        if (quantity->is_text || !possible_is_number(range) || (isinf(range.lo) && isinf(range.hi)))
            continue;
        const char *below = isinf(range.lo) ? NULL : value_written(regions, quantity, range.lo),
                   *above = isinf(range.hi) ? NULL : value_written(regions, quantity, range.hi);
        const char *text =
            below == NULL ? arena_printf(regions->arena, "%s <= %s", quantity->text, above)
            : above == NULL
                ? arena_printf(regions->arena, "%s >= %s", quantity->text, below)
                : arena_printf(regions->arena, "%s <= %s <= %s", below, quantity->text, above);
        out = out == NULL ? text : arena_printf(regions->arena, "%s, %s", out, text);
    }
    return out;
}
