/* How much of the weight stayed as it was. Shares of leaves are worked out for each unit by its own rows of weights.csv, from the
 * root down, as if every leaf had a score. */
#include "analyse/compare.h"
#include <math.h>
#include <string.h>

/* Rows of weights.csv by unit and by group: those of unit u are row[unit_first[u]] .. row[unit_first[u + 1] - 1]. */
struct rows {
    const struct baton_scheme *scheme;
    uint32_t *row, *unit_first, *group_first;
    double *weight, *share; /* [nodes] of one unit */
};

static struct rows rows_of(struct baton_arena *arena, const struct baton_scheme *scheme) {
    struct rows rows = {scheme,
                        arena_alloc(arena, scheme->weight_count, sizeof(uint32_t)),
                        arena_alloc(arena, (size_t)scheme->unit_count + 2, sizeof(uint32_t)),
                        arena_alloc(arena, (size_t)scheme->group_count + 2, sizeof(uint32_t)),
                        arena_alloc(arena, scheme->node_count, sizeof(double)),
                        arena_alloc(arena, scheme->node_count, sizeof(double))};
    uint32_t *units = rows.unit_first + 1, *groups = rows.group_first + 1;
    for (uint32_t i = 0; i < scheme->weight_count; i++) {
        const struct baton_weight *row = &scheme->weight[i];
        (*(row->unit != BATON_NONE ? &units[row->unit] : &groups[row->group]))++;
    }
    for (uint32_t u = 0; u < scheme->unit_count; u++)
        units[u] += rows.unit_first[u];
    rows.group_first[0] = rows.unit_first[scheme->unit_count];
    for (uint32_t g = 0; g < scheme->group_count; g++)
        groups[g] += rows.group_first[g];
    /* From the last row on, so that each place ends where it begins. */
    for (uint32_t i = scheme->weight_count; i-- > 0;) {
        const struct baton_weight *row = &scheme->weight[i];
        uint32_t *end = row->unit != BATON_NONE ? &units[row->unit] : &groups[row->group];
        rows.row[--*end] = i;
    }
    /* units[u] is now where its rows begin: what was the end of u is the beginning of u + 1. */
    memmove(rows.unit_first, units, scheme->unit_count * sizeof(uint32_t));
    memmove(rows.group_first, groups, scheme->group_count * sizeof(uint32_t));
    rows.unit_first[scheme->unit_count] =
        scheme->group_count > 0 ? rows.group_first[0] : scheme->weight_count;
    rows.group_first[scheme->group_count] = scheme->weight_count;
    return rows;
}

static void set_weights(struct rows *rows, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end; i++) {
        const struct baton_weight *row = &rows->scheme->weight[rows->row[i]];
        rows->weight[row->node] = row->weight;
    }
}

/* What a child counts among its siblings; a gate that weighs nothing is not counted, an empty weight counts 1. */
static double counted(const struct rows *rows, uint32_t node) {
    const double weight = rows->weight[node];
    return isnan(weight) ? 1 : weight;
}

/* Fills in share[node] of a unit, those of the leaves adding up to 1 (or 0 where it has none). */
static void share_out(struct rows *rows, uint32_t unit) {
    const struct baton_scheme *scheme = rows->scheme;
    const uint32_t group = scheme->unit[unit].group;
    double all = 0;
    for (uint32_t n = 0; n < scheme->node_count; n++)
        rows->weight[n] = scheme->node[n].kind == BATON_INDIVIDUAL ? 0 : scheme->node[n].weight;
    set_weights(rows, rows->group_first[group], rows->group_first[group + 1]);
    set_weights(rows, rows->unit_first[unit], rows->unit_first[unit + 1]);
    rows->share[0] = 1;
    for (uint32_t n = 0; n < scheme->node_count; n++) {
        const struct baton_node *node = &scheme->node[n];
        const bool hands_on = node->aggregate == BATON_AGGREGATE_SUM;
        double sum = 0;
        for (uint32_t k = 0; k < node->child_count; k++)
            sum += counted(rows, node->child_by_id[k]);
        for (uint32_t k = 0; k < node->child_count; k++) {
            const double weight = counted(rows, node->child[k]);
            rows->share[node->child[k]] = weight == 0 || sum == 0 ? 0
                                          : hands_on              ? rows->share[n]
                                                                  : rows->share[n] * (weight / sum);
        }
        if (n > 0 && node->child_count == 0)
            all += rows->share[n];
    }
    for (uint32_t n = 0; n < scheme->node_count; n++)
        rows->share[n] = all > 0 ? rows->share[n] / all : 0;
}

static bool is_leaf(const struct baton_scheme *scheme, uint32_t node) {
    return node > 0 && node != BATON_NONE && scheme->node[node].child_count == 0;
}

/* Whether a leaf of the old scheme, a pair, is one of the new scheme that means the same. */
static bool is_kept(const struct compare *c, uint32_t pair) {
    const struct pair *p = &c->node.pair[pair];
    if (!is_leaf(c->before, p->before) || !is_leaf(c->after, p->after))
        return false;
    const struct baton_node *a = &c->before->node[p->before], *b = &c->after->node[p->after];
    if (a->direction != b->direction || a->accumulate != b->accumulate || a->treat != b->treat ||
        !baton_number_equal_bits(a->treat_a, b->treat_a) ||
        !baton_number_equal_bits(a->treat_b, b->treat_b) ||
        !compare_same_expression(a->value.text, b->value.text) ||
        !compare_same_expression(a->when.text, b->when.text) ||
        !compare_same_method(c, a->method, b->method))
        return false;
    return c->before->method[a->method].over != BATON_OVER_FIXED ||
           (baton_number_equal_bits(a->lo, b->lo) && baton_number_equal_bits(a->hi, b->hi));
}

/* The unit in the new scheme, where it is in the same group; BATON_NONE otherwise. */
static uint32_t counterpart(const struct compare *c, uint32_t unit) {
    const uint32_t after = c->unit.pair[unit].after;
    const uint32_t group = c->before->unit[unit].group;
    return after != BATON_NONE && c->after->unit[after].group != BATON_NONE &&
                   c->group.of_after[c->after->unit[after].group] == group
               ? after
               : BATON_NONE;
}

struct measuring {
    const struct compare *c;
    struct rows before, after;
    bool *kept;                        /* [pairs] */
    uint8_t *met_before, *met_after;   /* [pairs] leaves that apply to some unit of a group */
    uint8_t *ever_before, *ever_after; /* ... of any */
};

static double measure_unit(struct measuring *m, uint32_t unit, uint32_t after) {
    const struct compare *c = m->c;
    double stayed = 0;
    share_out(&m->before, unit);
    share_out(&m->after, after);
    for (uint32_t i = 0; i < c->node.count; i++) {
        const struct pair *p = &c->node.pair[i];
        const double x = is_leaf(c->before, p->before) ? m->before.share[p->before] : 0;
        const double y = is_leaf(c->after, p->after) ? m->after.share[p->after] : 0;
        m->met_before[i] |= x > 0;
        m->met_after[i] |= y > 0;
        if (m->kept[i])
            stayed += x < y ? x : y;
    }
    return stayed;
}

static void count_leaves(const struct measuring *m, const uint8_t *before, const uint8_t *after,
                         struct baton_stability *out) {
    for (uint32_t i = 0; i < m->c->node.count; i++) {
        out->leaves_before += before[i];
        out->leaves_after += after[i];
        out->leaves_kept += before[i] && after[i] && m->kept[i];
    }
}

static struct baton_stability measure_group(struct measuring *m, uint32_t g, double *sum) {
    const struct compare *c = m->c;
    const struct baton_group *group = &c->before->group[g];
    struct baton_stability out = {0};
    double stayed = 0;
    memset(m->met_before, 0, c->node.count);
    memset(m->met_after, 0, c->node.count);
    for (uint32_t u = group->first_unit; u < group->first_unit + group->unit_count; u++) {
        const uint32_t after = counterpart(c, u);
        if (after == BATON_NONE)
            continue;
        out.units++;
        stayed += measure_unit(m, u, after);
    }
    count_leaves(m, m->met_before, m->met_after, &out);
    for (uint32_t i = 0; i < c->node.count; i++) {
        m->ever_before[i] |= m->met_before[i];
        m->ever_after[i] |= m->met_after[i];
    }
    out.weight = out.units > 0 ? baton_number_sig12(stayed / out.units) : NAN;
    *sum += stayed;
    return out;
}

struct baton_stability baton_stability_of(struct baton_arena *arena,
                                          const struct baton_comparison *comparison,
                                          struct baton_stability group[]) {
    const struct compare *c = comparison->inside;
    struct baton_stability all = {0};
    double sum = 0;
    struct measuring measuring = {
        .c = c,
        .before = rows_of(arena, c->before),
        .after = rows_of(arena, c->after),
        .kept = arena_alloc(arena, c->node.count, sizeof(bool)),
        .met_before = arena_alloc(arena, c->node.count, 1),
        .met_after = arena_alloc(arena, c->node.count, 1),
        .ever_before = arena_alloc(arena, c->node.count, 1),
        .ever_after = arena_alloc(arena, c->node.count, 1),
    };
    for (uint32_t i = 0; i < c->node.count; i++)
        measuring.kept[i] = is_kept(c, i);
    for (uint32_t g = 0; g < c->before->group_count; g++) {
        group[g] = measure_group(&measuring, g, &sum);
        all.units += group[g].units;
    }
    count_leaves(&measuring, measuring.ever_before, measuring.ever_after, &all);
    all.weight = all.units > 0 ? baton_number_sig12(sum / all.units) : NAN;
    return all;
}
