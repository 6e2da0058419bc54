/* Lint: weights of one block that do not add up as those of the others do.
 *
 * Weights are relative, so the format lets them add up to anything. But an office writes them in one of three ways: the
 * parts of each block add up to 100, or to 1, or to the weight of the block. What most blocks do is taken as the way of
 * the scheme; a block near to it but not on it (99) has a weight that was mistyped or forgotten. Looked at are the weights
 * that each unit has in the end, after weights.csv. A weight of 0 there says that an indicator does not apply and leaves the
 * others as they are, so it counts as if it were there still. */
#include "analyse/lint.h"
#include "engine/session.h"
#include <math.h>

enum { TOLD_MOST = BATON_FINDINGS_PER_FILE }; /* of one block */

enum way { WAY_HUNDRED, WAY_ONE, WAY_BLOCK, WAYS };

struct weights {
    struct lint *lint;
    const struct baton_session *session;
    const struct baton_scheme *scheme;
    bool *fitting_any; /* [node] it adds up for some unit */
    bool *fitting;     /* [node] it adds up for half of the units or more */
    bool meant[WAYS];  /* ways of the scheme: mostly one; with few blocks they may be the same */
};

/* What the weights of a block come to for a unit. */
struct sum {
    double weight;
    double restored; /* ... with what weights.csv makes 0 as it is in indicators.csv */
    uint32_t count;  /* parts that weigh something */
    bool equal;      /* all of them weigh the same: then they need not add up to anything */
};

static bool is_equal(double a, double b) {
    return baton_number_compare12(a, b) == 0;
}

/* Whether the node's parts have weights that are compared with each other. A part that weighs nothing for anybody is told of as
 * such, and then no sum is expected. */
static bool is_block(const struct lint *lint, uint32_t index) {
    const struct baton_node *node = &lint->scheme->node[index];
    for (uint32_t c = 0; c < node->child_count; c++)
        if (lint->weightless[node->child[c]])
            return false;
    return node->child_count > 1 && node->aggregate != BATON_AGGREGATE_SUM &&
           node->aggregate != BATON_AGGREGATE_MIN;
}

static bool is_for(const struct weights *weights, uint32_t node, uint32_t unit) {
    const uint8_t *applies = weights->session->applies[node];
    return applies == NULL || applies[unit];
}

static struct sum add_up(const struct weights *weights, uint32_t node, uint32_t unit) {
    const struct baton_node *of = &weights->scheme->node[node];
    struct sum sum = {.equal = true};
    double first = NAN;
    for (uint32_t c = 0; c < of->child_count; c++) {
        const uint32_t child = of->child_by_id[c];
        const double own = weights->session->weight[child];
        const double weight = weight_of(weights->session, child, unit);
        if (!weights->session->counted[child] || isnan(weight))
            continue;
        sum.weight += weight;
        sum.restored += weight > 0 ? weight : own;
        if (!(weight > 0))
            continue;
        if (sum.count++ == 0)
            first = weight;
        sum.equal = sum.equal && is_equal(first, weight);
    }
    return sum;
}

/* What the parts of a block add up to for a unit, in a way. The weight of the root is the total. */
static double whole_of(const struct weights *weights, uint32_t node, uint32_t unit, enum way way) {
    if (way != WAY_BLOCK)
        return way == WAY_HUNDRED ? 100 : 1;
    return node == 0 ? weights->scheme->group[weights->session->group_of[unit]].total
                     : weight_of(weights->session, node, unit);
}

static bool is_whole(const struct weights *weights, uint32_t node, uint32_t unit,
                     const struct sum *sum, enum way way) {
    const double whole = whole_of(weights, node, unit, way), own = weights->session->weight[node];
    /* A block that weighs something else for some has parts that add up to what it weighs for the others. */
    return is_equal(sum->weight, whole) || is_equal(sum->restored, whole) ||
           (way == WAY_BLOCK && node > 0 &&
            (is_equal(sum->weight, own) || is_equal(sum->restored, own)));
}

/* The way in which the most blocks add up; false where that is no rule, being less than half of them. A scheme of
 * one block is held to 100. */
static bool find_way(struct weights *weights) {
    const struct baton_session *session = weights->session;
    uint32_t blocks = 0, of_way[WAYS] = {0};
    for (uint32_t n = 0; n < session->nodes; n++) {
        bool in[WAYS] = {false};
        uint32_t units = 0, fitting = 0;
        if (!is_block(weights->lint, n))
            continue;
        blocks++;
        for (uint32_t u = 0; u < session->ranked; u++) {
            const struct sum sum = add_up(weights, n, u);
            bool fits = false;
            if (sum.count == 0 || !is_for(weights, n, u))
                continue;
            for (enum way way = 0; way < WAYS; way++)
                if (is_whole(weights, n, u, &sum, way))
                    fits = in[way] = true;
            units++;
            fitting += fits;
        }
        weights->fitting_any[n] = fitting > 0;
        weights->fitting[n] = fitting > 0 && 2 * fitting >= units;
        for (enum way way = 0; way < WAYS; way++)
            of_way[way] += weights->fitting[n] && in[way];
    }
    uint32_t most = 0;
    for (enum way way = 0; way < WAYS; way++)
        most = of_way[way] > most ? of_way[way] : most;
    for (enum way way = 0; way < WAYS; way++)
        weights->meant[way] = of_way[way] == most;
    if (blocks == 1 && most == 0) {
        weights->meant[WAY_ONE] = weights->meant[WAY_BLOCK] = false;
        return true;
    }
    return most > 0 && 2 * most >= blocks;
}

/* The rows of weights.csv by which parts of the block have their weights for the unit: one of its own before its group's. */
struct rows {
    const struct baton_weight *given;
    const struct baton_weight
        *taken; /* one that says that a part does not apply: no sum is off by that */
};

static struct rows rows_of(const struct weights *weights, uint32_t node, uint32_t unit) {
    const struct baton_scheme *scheme = weights->scheme;
    struct rows out = {NULL, NULL};
    for (uint32_t i = 0; i < scheme->weight_count; i++) {
        const struct baton_weight *row = &scheme->weight[i];
        const bool of_group =
            row->unit == BATON_NONE && row->group == weights->session->group_of[unit];
        if (scheme->node[row->node].parent != node || (row->unit != unit && !of_group))
            continue;
        const bool takes = row->weight == 0 && weights->session->weight[row->node] > 0;
        const struct baton_weight **kept = takes ? &out.taken : &out.given;
        if (*kept == NULL || row->unit == unit || (*kept)->unit == BATON_NONE)
            *kept = row;
    }
    return out;
}

static const char *whom_of(const struct weights *weights, const struct baton_weight *row) {
    return row->unit != BATON_NONE ? weights->scheme->unit[row->unit].id
                                   : weights->scheme->group[row->group].id;
}

/* The part by whose weight the block is off its whole, if the part itself has parts that add up to what it ought to weigh. */
static uint32_t mistyped_part(const struct weights *weights, uint32_t node, uint32_t unit,
                              double sum, double whole) {
    const struct baton_node *of = &weights->scheme->node[node];
    for (uint32_t c = 0; c < of->child_count; c++) {
        const uint32_t child = of->child[c];
        const double weight = weight_of(weights->session, child, unit);
        if (weight > 0 && weights->scheme->node[child].child_count > 0 &&
            is_equal(add_up(weights, child, unit).weight, weight + whole - sum))
            return child;
    }
    return BATON_NONE;
}

/* The total has no row; that of its part which was mistyped has, or else the first that weighs anything for the unit. */
static struct baton_where own_row(const struct weights *weights, uint32_t node, uint32_t unit,
                                  uint32_t mistyped) {
    const struct baton_node *of = &weights->scheme->node[node];
    if (mistyped != BATON_NONE)
        return weights->scheme->node[mistyped].at;
    for (uint32_t c = 0; c < of->child_count && node == 0; c++)
        if (weight_of(weights->session, of->child[c], unit) > 0)
            return weights->scheme->node[of->child[c]].at;
    return of->at;
}

/* At the row that made it so: in weights.csv where the block adds up for others, else the block's own. Where it adds up for most and
 * this unit has no row, that is missing. */
static void report_sum(const struct weights *weights, uint32_t node, uint32_t unit, double sum,
                       double whole, uint32_t mistyped) {
    const struct baton_scheme *scheme = weights->scheme;
    struct rows rows = {NULL, NULL};
    if (weights->fitting_any[node])
        rows = rows_of(weights, node, unit);
    struct baton_where at = own_row(weights, node, unit, mistyped);
    const char *whom = NULL;
    if (rows.given != NULL) {
        at = rows.given->at;
        whom = whom_of(weights, rows.given);
    } else if (rows.taken != NULL) {
        whom = whom_of(weights, rows.taken);
    } else if (weights->fitting[node]) {
        at = (struct baton_where){.file = "weights.csv"};
        whom = scheme->unit[unit].id;
    }
    lint_report(weights->lint, BATON_LINT_WEIGHTS_SUM, at, "weight",
                node == 0 ? NULL : scheme->node[node].id, lint_number(weights->lint, sum),
                lint_number(weights->lint, whole), whom);
}

/* What the block was meant to add up to for the unit: by the ways of the scheme, the nearest. */
static double whole_meant(const struct weights *weights, uint32_t node, uint32_t unit, double sum) {
    double nearest = NAN;
    for (enum way way = 0; way < WAYS; way++) {
        const double whole = whole_of(weights, node, unit, way);
        if (weights->meant[way] && !(fabs(nearest - sum) <= fabs(whole - sum)))
            nearest = whole;
    }
    return nearest;
}

/* A sum so near that the whole was meant: 99, 95, 105, but not 60. */
static bool is_near(double sum, double whole) {
    return fabs(sum - whole) <= 0.2 * whole;
}

/* Whether the block is near its whole for the unit and not on it, in whatever way. */
static bool is_off(const struct weights *weights, uint32_t node, uint32_t unit,
                   const struct sum *sum) {
    if (sum->count < 2 || sum->equal ||
        !is_near(sum->weight, whole_meant(weights, node, unit, sum->weight)) ||
        !is_for(weights, node, unit))
        return false;
    for (enum way way = 0; way < WAYS; way++)
        if (is_whole(weights, node, unit, sum, way))
            return false;
    return true;
}

/* Whether the block is off only by the weight of a part that is told of, being off what its own parts add up to. */
static bool is_told(const struct weights *weights, uint32_t unit, uint32_t mistyped) {
    if (mistyped == BATON_NONE || !is_block(weights->lint, mistyped))
        return false;
    const struct sum sum = add_up(weights, mistyped, unit);
    return is_off(weights, mistyped, unit, &sum);
}

/* Units without rows of their own mostly have the sum of the unit before: that is not told again. */
static void look_at_block(const struct weights *weights, uint32_t node) {
    double told = NAN;
    uint32_t count = 0;
    for (uint32_t u = 0; u < weights->session->ranked && count < TOLD_MOST; u++) {
        const struct sum sum = add_up(weights, node, u);
        if (!is_off(weights, node, u, &sum) || sum.weight == told)
            continue;
        const double whole = whole_meant(weights, node, u, sum.weight);
        const uint32_t mistyped = mistyped_part(weights, node, u, sum.weight, whole);
        if (is_told(weights, u, mistyped))
            continue;
        if (!weights->fitting_any[node] ||
            (!weights->fitting[node] && rows_of(weights, node, u).given == NULL))
            told = sum.weight;
        report_sum(weights, node, u, sum.weight, whole, mistyped);
        count++;
    }
}

void lint_weights(struct lint *lint) {
    struct weights weights = {.lint = lint, .session = lint->session, .scheme = lint->scheme};
    weights.fitting_any = arena_alloc(lint->arena, lint->scheme->node_count, sizeof(bool));
    weights.fitting = arena_alloc(lint->arena, lint->scheme->node_count, sizeof(bool));
    if (!find_way(&weights))
        return;
    for (uint32_t n = 0; n < lint->scheme->node_count; n++)
        if (is_block(lint, n))
            look_at_block(&weights, n);
}
