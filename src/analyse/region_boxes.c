/* Where quantities can be, and what conditions are there. Inside of a box a comparison is decided by the order of regions;
 * whatever else a condition holds is bounded by the ends of the regions that its names are in. */
#include "analyse/regions.h"
#include "baton/number.h"
#include <math.h>

enum { STEPS_MAX = 20000 }; /* trees looked at for a name, through named elements */

/* ---- Regions. */

void region_ends(const struct quantity *quantity, int region, double *lo, double *hi) {
    const size_t cut = (size_t)region / 2;
    const bool is_cut = region % 2 == 1;
    *lo = is_cut ? quantity->cut[cut] : cut > 0 ? quantity->cut[cut - 1] : -INFINITY;
    *hi = is_cut || cut < quantity->cut_count ? quantity->cut[cut] : INFINITY;
}

bool region_is_multiple(double value, double step) {
    const double times = value / step;
    return baton_number_compare12(times, baton_number_round(times, 0, BATON_ROUND_HALF_AWAY)) == 0;
}

double region_next_multiple(double lo, double step, bool above) {
    double times = ceil(baton_number_sig12(lo / step));
    if (above && baton_number_compare12(times * step, lo) == 0)
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
    region_ends(quantity, region, &lo, &hi);
    stepped = stepped && quantity->step > 0;
    if (region % 2 == 1)
        return baton_number_compare12(range->lo, lo) <= 0 &&
               baton_number_compare12(lo, range->hi) <= 0 &&
               (!stepped || region_is_multiple(lo, quantity->step));
    if (!(baton_number_compare12(range->lo, hi) < 0 && baton_number_compare12(lo, range->hi) < 0))
        return false;
    if (!stepped || isinf(range->lo > lo ? range->lo : lo))
        return true;
    const double first = range->lo > lo ? region_next_multiple(range->lo, quantity->step, false)
                                        : region_next_multiple(lo, quantity->step, true);
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
        region_ends(quantity, box->at[q], &lo, &hi);
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

/* Calls `visit` for what an expression is made of in the end; true as soon as it is. */
static bool any_name(const struct tree *tree, uint32_t *steps,
                     bool (*visit)(const struct tree *name, const void *context, uint32_t *steps),
                     const void *context) {
    if (++*steps > STEPS_MAX)
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
