/* Every figure is a hash of seed, month, leaf and unit, so that figures do not depend on the order in which they are
 * made, and a larger set begins with the smaller one. */
#include "generate.h"
#include <assert.h>
#include <math.h>
#include <string.h>

static uint64_t hash(uint64_t x) { // splitmix64
    x += 0x9e3779b97f4a7c15;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

static void lay_out_tree(struct bench_data *data) {
    const struct bench_size *size = &data->size;
    uint32_t node = 1, leaf = 0;
    data->parent[0] = data->leaf_index[0] = BATON_NONE;
    for (uint32_t block = 0; block < (size->blocks > 0 ? size->blocks : 1); block++) {
        uint32_t above = 0;
        if (size->blocks > 0) {
            above = node++;
            data->parent[above] = 0;
            data->leaf_index[above] = BATON_NONE;
            data->weight[above] = 5 + block % 4;
        }
        const uint32_t last =
            size->blocks > 0 ? size->leaves * (block + 1) / size->blocks : size->leaves;
        for (; leaf < last; leaf++, node++) {
            data->parent[node] = above;
            data->leaf_index[node] = leaf;
            data->weight[node] = 1 + leaf % 7;
            data->down[node] = leaf % 4 == 3;
        }
    }
    assert(node == data->nodes);
}

void bench_open(struct baton_arena *arena, struct bench_size size, struct bench_data *out) {
    assert(size.units > 0 && size.leaves > 0 && size.leaves < 1000 && size.blocks <= size.leaves);
    assert(size.months >= 1 && size.months <= 12 && size.missing >= 0 && size.missing <= 1);
    const uint32_t cohort = size.cohort > 0 ? size.cohort : size.units;
    *out = (struct bench_data){
        .size = size, .stride = (size.units + 7u) & ~7u, .nodes = 1 + size.blocks + size.leaves};
    out->cohorts = (size.units + cohort - 1) / cohort;
    out->figure = arena_alloc_raw(arena, size.leaves * out->stride, sizeof(double));
    out->start = arena_alloc(arena, out->cohorts + 1, sizeof(uint32_t));
    for (uint32_t c = 0; c < out->cohorts; c++)
        out->start[c] = c * cohort;
    out->start[out->cohorts] = size.units;
    out->weight = arena_alloc(arena, out->nodes, sizeof(double));
    out->down = arena_alloc(arena, out->nodes, sizeof(bool));
    out->parent = arena_alloc(arena, out->nodes, sizeof(uint32_t));
    out->leaf_index = arena_alloc(arena, out->nodes, sizeof(uint32_t));
    lay_out_tree(out);
}

void bench_generate(struct bench_data *data, uint32_t month) {
    const uint64_t missing = (uint64_t)(data->size.missing * 0x1p32);
    for (uint32_t leaf = 0; leaf < data->size.leaves; leaf++) {
        double *const column = data->figure + leaf * data->stride;
        const uint64_t salt = hash(hash(data->size.seed + month) + leaf);
        const double base = 10.0 * (1 + leaf % 13);
        for (uint32_t u = 0; u < data->size.units; u++) {
            const uint64_t h = hash(salt + u);
            const double value = base + (double)(h >> 32) / 4294967296.0 * 500 - 50;
            column[u] = (h & 0xffffffff) < missing ? NAN : floor(value * 100) / 100;
        }
    }
}

struct baton_period bench_period(uint32_t month) {
    return (struct baton_period){.year = 2021, .index = (int16_t)month, .kind = BATON_MONTH};
}

static void fill_nodes(struct baton_arena *arena, const struct bench_data *data,
                       struct baton_scheme *out) {
    out->node_count = data->nodes;
    out->node = arena_alloc(arena, data->nodes, sizeof(*out->node));
    out->element_count = data->size.leaves;
    out->element = arena_alloc(arena, data->size.leaves, sizeof(*out->element));
    for (uint32_t n = 0; n < data->nodes; n++) {
        const bool is_leaf = data->leaf_index[n] != BATON_NONE;
        struct baton_node *const node = &out->node[n];
        *node =
            (struct baton_node){.id = n == 0 ? "total" : arena_printf(arena, "n%04u", (unsigned)n),
                                .parent = data->parent[n],
                                .weight = n == 0 ? NAN : data->weight[n],
                                .direction = data->down[n] ? BATON_DOWN : BATON_UP,
                                .method = is_leaf ? 0 : BATON_NONE,
                                .element = data->leaf_index[n],
                                .due_days = -1,
                                .lo = NAN,
                                .hi = NAN,
                                .missing = BATON_MISSING_REDISTRIBUTE,
                                .decimals = -1,
                                .order = NAN,
                                .gate_at_least = NAN,
                                .gate_effect = BATON_NONE};
        if (is_leaf)
            out->element[node->element] =
                (struct baton_element){.id = node->id, .frequency = BATON_MONTH};
        if (n == 0)
            continue;
        struct baton_node *const above = &out->node[data->parent[n]];
        node->level = above->level + 1;
        above->child_count++;
    }
    uint32_t *child = arena_alloc(arena, data->nodes, sizeof(*child)), *next = child;
    for (uint32_t n = 0; n < data->nodes; n++) { // ids sort as the nodes stand
        out->node[n].child = out->node[n].child_by_id = next;
        for (uint32_t c = n + 1; c < data->nodes; c++)
            if (data->parent[c] == n)
                *next++ = c;
    }
}

static void fill_units(struct baton_arena *arena, const struct bench_data *data,
                       struct baton_scheme *out) {
    out->unit_count = out->ranked_count = data->size.units;
    out->group_count = data->cohorts;
    out->unit = arena_alloc(arena, data->size.units, sizeof(*out->unit));
    out->group = arena_alloc(arena, data->cohorts, sizeof(*out->group));
    for (uint32_t g = 0; g < data->cohorts; g++) {
        out->group[g] = (struct baton_group){.id = arena_printf(arena, "g%06u", (unsigned)g),
                                             .grades = BATON_NONE,
                                             .total = 100,
                                             .decimals = 2,
                                             .bound_lo = NAN,
                                             .bound_hi = NAN,
                                             .first_unit = data->start[g],
                                             .unit_count = data->start[g + 1] - data->start[g]};
        for (uint32_t u = data->start[g]; u < data->start[g + 1]; u++)
            out->unit[u] = (struct baton_unit){.id = arena_printf(arena, "u%07u", (unsigned)u),
                                               .group = g,
                                               .parent = BATON_NONE,
                                               .order = NAN};
    }
}

void bench_scheme(struct baton_arena *arena, const struct bench_data *data,
                  struct baton_scheme *out) {
    *out = (struct baton_scheme){.id = "bench",
                                 .period = {.year = 2021, .index = 1, .kind = BATON_YEAR},
                                 .frequency = BATON_MONTH,
                                 .decimals = 2,
                                 .present = NAN,
                                 .total = 100,
                                 .cap_bonus = NAN,
                                 .cap_deduction = NAN};
    out->method_count = 1;
    out->method = arena_alloc(arena, 1, sizeof(*out->method));
    *out->method = (struct baton_method){.id = "efficacy",
                                         .kind = BATON_METHOD_RANGE,
                                         .low = 60,
                                         .high = 100,
                                         .floor = NAN,
                                         .cap = NAN,
                                         .of_unit = BATON_NONE};
    fill_nodes(arena, data, out);
    fill_units(arena, data, out);
}

static bool column(void *context, uint32_t element, struct baton_period period,
                   struct baton_column *out) {
    const struct bench_data *const data = context;
    if (period.kind != BATON_MONTH || element >= data->size.leaves)
        return false;
    *out = (struct baton_column){.value = data->figure + element * data->stride};
    return true;
}

struct baton_facts bench_facts(struct bench_data *data) {
    return (struct baton_facts){.context = data,
                                .column = column,
                                .first = bench_period(1),
                                .last = bench_period(data->size.months)};
}
