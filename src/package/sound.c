/* Soundness of a package as a whole: the tree and its weights, methods and the leaves that use them, groups and units,
 * figures. Each finding stands at the row that would have to change. */
#include "package/sound.h"
#include "base/text.h"
#include "engine/methods.h"
#include "package/source_workbook.h"
#include <math.h>
#include <string.h>

static void report(struct package_reader *reader, baton_code code, struct baton_where at,
                   const char *field, const char *arg1, const char *arg2, const char *arg3) {
    if (field != NULL)
        at.field = field;
    baton_findings_add(reader->found, code, at, arg1, arg2, arg3, NULL);
}

/* A table as findings call it: in a workbook by its sheet, which has no ending. */
static const char *name_of(const struct package_reader *reader, const char *file) {
    return reader->source != NULL && source_is_workbook(reader->source)
               ? arena_text(reader->arena, file, strcspn(file, "."))
               : file;
}

/* Whether the table had errors, so that what is not in the scheme may yet be in the table. */
static bool is_broken(const struct package_reader *reader, const char *file) {
    file = name_of(reader, file);
    for (size_t i = 0; i < reader->found->count; i++) {
        const struct baton_finding *finding = &reader->found->item[i];
        if (finding->where.file != NULL && strcmp(finding->where.file, file) == 0 &&
            baton_code_info(finding->code)->severity == BATON_ERROR)
            return true;
    }
    return false;
}

static bool is_leaf(const struct baton_scheme *scheme, uint32_t node) {
    return node > 0 && scheme->node[node].child_count == 0;
}

/* Weights: which nodes can apply to some unit of which group */

/* The rows of weights.csv by group, those of the group before those of its units: rows first[g] .. first[g + 1] - 1. */
struct weight_rows {
    uint32_t *row;   /* indices of scheme->weight */
    uint32_t *first; /* [group_count + 1] */
};

static uint32_t group_of(const struct baton_scheme *scheme, const struct baton_weight *row) {
    return row->unit != BATON_NONE ? scheme->unit[row->unit].group : row->group;
}

static struct weight_rows rows_by_group(struct package_reader *reader) {
    const struct baton_scheme *scheme = reader->scheme;
    struct weight_rows rows = {
        arena_alloc(reader->arena, scheme->weight_count, sizeof(uint32_t)),
        arena_alloc(reader->arena, scheme->group_count + 1, sizeof(uint32_t))};
    uint32_t *next = arena_alloc(reader->arena, scheme->group_count + 1, sizeof(*next));
    for (uint32_t i = 0; i < scheme->weight_count; i++) {
        uint32_t group = group_of(scheme, &scheme->weight[i]);
        if (group != BATON_NONE)
            rows.first[group + 1]++;
    }
    for (uint32_t g = 0; g < scheme->group_count; g++)
        next[g + 1] = rows.first[g + 1] += rows.first[g];
    for (int of_units = 0; of_units <= 1; of_units++)
        for (uint32_t i = 0; i < scheme->weight_count; i++) {
            uint32_t group = group_of(scheme, &scheme->weight[i]);
            if (group != BATON_NONE && (scheme->weight[i].unit != BATON_NONE) == of_units)
                rows.row[next[group]++] = i;
        }
    return rows;
}

/* counts[node]: whether some unit of the group gives the node a weight other than 0, by its own row, its group's, or
 * indicators.csv. An empty weight, under min and sum, is one. */
static void find_counting(const struct baton_scheme *scheme, const struct weight_rows *rows,
                          uint32_t group, uint8_t *counts) {
    for (uint32_t i = 0; i < scheme->node_count; i++)
        counts[i] = i == 0 || (scheme->node[i].kind == BATON_COMMON && scheme->node[i].weight != 0);
    for (uint32_t i = rows->first[group]; i < rows->first[group + 1]; i++) {
        const struct baton_weight *row = &scheme->weight[rows->row[i]];
        if (row->unit == BATON_NONE || row->weight != 0)
            counts[row->node] = row->weight != 0;
    }
}

/* Adds to applies[node] whether it applies to some unit of the group: it and every node above it counts. A gate may have
 * no weight. Answers whether any leaf counts. */
static bool find_applying(const struct baton_scheme *scheme, const uint8_t *counts, uint8_t *here,
                          uint8_t *applies) {
    bool any = false;
    here[0] = applies[0] = 1;
    for (uint32_t i = 1; i < scheme->node_count; i++) { /* a node stands before its children */
        const struct baton_node *node = &scheme->node[i];
        here[i] = here[node->parent] && (counts[i] || node->class == BATON_GATE);
        applies[i] = applies[i] || here[i];
        any = any || (here[i] && counts[i] && node->child_count == 0);
    }
    return any;
}

static void check_weights(struct package_reader *reader) {
    const struct baton_scheme *scheme = reader->scheme;
    if (scheme->node_count < 2 || scheme->group_count == 0 || is_broken(reader, "weights.csv"))
        return;
    const struct weight_rows rows = rows_by_group(reader);
    uint8_t *counts = arena_alloc(reader->arena, scheme->node_count, 1);
    uint8_t *here = arena_alloc(reader->arena, scheme->node_count, 1);
    uint8_t *applies = arena_alloc(reader->arena, scheme->node_count, 1);
    for (uint32_t group = 0; group < scheme->group_count; group++) {
        find_counting(scheme, &rows, group, counts);
        if (!find_applying(scheme, counts, here, applies) && scheme->group[group].unit_count > 0)
            report(reader, BATON_GROUP_NOT_SCORED, scheme->group[group].at, NULL,
                   scheme->group[group].id, NULL, NULL);
    }
    for (uint32_t i = 0; i < scheme->node_count; i++) {
        const struct baton_node *node = &scheme->node[i];
        bool any = false;
        for (uint32_t c = 0; c < node->child_count; c++)
            any = any || applies[node->child[c]];
        if (i > 0 && node->child_count > 0 && applies[i] && !any)
            report(reader, BATON_WEIGHTS_ZERO, node->at, "weight", node->id, NULL, NULL);
        if (node->kind == BATON_INDIVIDUAL && !applies[i] && applies[node->parent])
            report(reader, BATON_INDIVIDUAL_NOBODY, node->at, "kind", node->id, NULL, NULL);
    }
}

/* Leaves and their methods */

static void check_bounds(struct package_reader *reader, const struct baton_node *leaf,
                         const struct baton_method *method) {
    if (method->over == BATON_OVER_FIXED && (isnan(leaf->lo) || isnan(leaf->hi)))
        report(reader, BATON_FIXED_BOUNDS, leaf->at, isnan(leaf->lo) ? "lo" : "hi", leaf->id,
               method->id, isnan(leaf->lo) ? "lo" : "hi");
    if (leaf->lo >= leaf->hi) {
        char lo[BATON_NUMBER_SHORTEST_SIZE], hi[BATON_NUMBER_SHORTEST_SIZE];
        baton_number_shortest(leaf->lo, lo);
        baton_number_shortest(leaf->hi, hi);
        report(reader, BATON_LO_NOT_BELOW_HI, leaf->at, "lo", lo, hi, NULL);
    }
}

/* Bounds that fall are for figures of which more is better. A single band fits both. */
static void check_bands(struct package_reader *reader, const struct baton_node *leaf,
                        const struct baton_method *method) {
    if (method->kind != BATON_METHOD_BANDS || method->table_count < 2)
        return;
    bool falls = method->bands[1].bound < method->bands[0].bound;
    if (falls != (leaf->direction == BATON_UP))
        report(reader, leaf->direction == BATON_UP ? BATON_BANDS_RISE : BATON_BANDS_FALL, leaf->at,
               "method", leaf->id, method->id, NULL);
}

/* The figures of a leaf of codes are codes of one element, reported as such. */
static void check_levels(struct package_reader *reader, const struct baton_node *leaf,
                         const struct baton_method *method) {
    const struct baton_scheme *scheme = reader->scheme;
    if (method->kind != BATON_METHOD_LEVELS)
        return;
    const char *id = leaf->value.text != NULL ? leaf->value.text : leaf->id;
    size_t size = strlen(id);
    text_trim(&id, &size);
    if (size > 2 && id[0] == '`' && id[size - 1] == '`') {
        id++;
        size -= 2;
    }
    uint32_t element =
        text_is_identifier(id, size) ? hash_find(&reader->element_index, id, size) : HASH_NONE;
    if (element == HASH_NONE || scheme->element[element].value.text != NULL)
        report(reader, BATON_LEVELS_VALUE, leaf->at, "value", leaf->id, NULL, NULL);
    else if (leaf->treat != BATON_TREAT_NONE || leaf->accumulate != BATON_LAST)
        report(reader, BATON_LEVELS_COMPUTED, leaf->at,
               leaf->treat != BATON_TREAT_NONE ? "treat" : "accumulate", leaf->id,
               leaf->treat != BATON_TREAT_NONE ? "treat" : "accumulate", NULL);
}

/* has_target, has_baseline: by node, whether any row of targets.csv gives one. */
static void check_target(struct package_reader *reader, uint32_t index, const uint8_t *has_target,
                         const uint8_t *has_baseline) {
    const struct baton_node *leaf = &reader->scheme->node[index];
    const struct baton_method *method = &reader->scheme->method[leaf->method];
    bool wants = method->kind == BATON_METHOD_TARGET || method->kind == BATON_METHOD_PASS;
    if (wants && !has_target[index])
        report(reader, BATON_TARGETS_NONE, leaf->at, "method", leaf->id, method->id, NULL);
    else if (method->kind == BATON_METHOD_TARGET && method->from_baseline && !has_baseline[index])
        report(reader, BATON_BASELINES_NONE, leaf->at, "method", leaf->id, method->id, NULL);
}

static void check_leaves(struct package_reader *reader) {
    const struct baton_scheme *scheme = reader->scheme;
    const bool targets_broken = is_broken(reader, "targets.csv");
    uint8_t *has_target = arena_alloc(reader->arena, scheme->node_count, 1);
    uint8_t *has_baseline = arena_alloc(reader->arena, scheme->node_count, 1);
    for (uint32_t i = 0; i < scheme->target_count; i++) {
        const struct baton_target *row = &scheme->target[i];
        if (!isnan(row->target))
            has_target[row->node] = 1;
        if (!isnan(row->baseline))
            has_baseline[row->node] = 1;
    }
    for (uint32_t i = 0; i < scheme->node_count; i++) {
        const struct baton_node *leaf = &scheme->node[i];
        if (!is_leaf(scheme, i) || leaf->method == BATON_NONE)
            continue;
        const struct baton_method *method = &scheme->method[leaf->method];
        check_bounds(reader, leaf, method);
        check_bands(reader, leaf, method);
        check_levels(reader, leaf, method);
        if (!targets_broken)
            check_target(reader, i, has_target, has_baseline);
    }
}

/* Groups, and where each stands in the time of the figures */

static void check_groups(struct package_reader *reader) {
    const struct baton_scheme *scheme = reader->scheme;
    if (is_broken(reader, "units.csv"))
        return;
    for (uint32_t i = 0; i < scheme->group_count; i++)
        if (scheme->group[i].unit_count == 0)
            report(reader, BATON_GROUP_EMPTY, scheme->group[i].at, NULL, scheme->group[i].id, NULL,
                   NULL);
    if (scheme->ranked_count == 0 && scheme->unit_count > 0)
        report(reader, BATON_UNITS_UNRANKED,
               (struct baton_where){.file = name_of(reader, "units.csv")}, "group", NULL, NULL,
               NULL);
}

static void check_period(struct package_reader *reader, const struct baton_facts *facts) {
    const struct baton_period period = reader->scheme->period;
    if (period.kind == BATON_PERIOD_NONE)
        return;
    if (facts->first.kind == BATON_PERIOD_NONE) {
        report(reader, BATON_FIGURES_NONE,
               (struct baton_where){.file = name_of(reader, "observations.csv")}, NULL, NULL, NULL,
               NULL);
        return;
    }
    if (baton_period_first_day(period) <= baton_period_last_day(facts->last) &&
        baton_period_last_day(period) >= baton_period_last_day(facts->first))
        return;
    char name[3][BATON_PERIOD_NAME_SIZE];
    baton_period_format(period, name[0]);
    baton_period_format(facts->first, name[1]);
    baton_period_format(facts->last, name[2]);
    report(reader, BATON_PERIOD_OUTSIDE, reader->period_at, NULL, name[0], name[1], name[2]);
}

/* Figures */

static void see_column(const struct baton_column *column, uint32_t units, uint8_t *seen,
                       uint32_t *unseen) {
    for (uint32_t u = 0; u < units; u++) {
        bool there =
            !isnan(column->value[u]) || (column->state != NULL && column->state[u] != BATON_FIGURE);
        *unseen -= there && !seen[u];
        seen[u] = seen[u] || there;
    }
}

/* Units without a single row. Columns are looked at until every unit has been seen, mostly one. */
static void check_units(struct package_reader *reader, const struct baton_facts *facts) {
    const struct baton_scheme *scheme = reader->scheme;
    uint32_t unseen = scheme->ranked_count;
    uint8_t *seen = arena_alloc(reader->arena, scheme->unit_count, 1);
    for (uint32_t i = 0; i < scheme->succession_count;
         i++) { /* a new unit may live on the figures of the old ones */
        uint32_t to = scheme->succession[i].to;
        if (to < scheme->ranked_count && !seen[to]) {
            seen[to] = 1;
            unseen--;
        }
    }
    for (uint32_t i = 0; i < scheme->element_count && unseen > 0; i++) {
        struct baton_period first = facts->first, last = facts->last;
        enum baton_period_kind kind = scheme->element[i].frequency;
        if (facts->element_first != NULL) {
            first = facts->element_first[i];
            last = facts->element_last[i];
        }
        if (kind == BATON_PERIOD_NONE || first.kind == BATON_PERIOD_NONE)
            continue;
        struct baton_period at = baton_period_of_day(kind, baton_period_first_day(first));
        while (at.kind != BATON_PERIOD_NONE && unseen > 0 && baton_period_compare(at, last) <= 0) {
            struct baton_column column;
            if (facts->column(facts->context, i, at, &column))
                see_column(&column, scheme->ranked_count, seen, &unseen);
            at = baton_period_shift(at, 1);
        }
    }
    for (uint32_t u = 0; u < scheme->ranked_count && unseen > 0; u++)
        if (!seen[u])
            report(reader, BATON_UNIT_WITHOUT_FIGURES, scheme->unit[u].at, NULL, scheme->unit[u].id,
                   NULL, NULL);
}

/* A leaf without an expression whose element nobody reports. */
static void check_elements(struct package_reader *reader) {
    const struct baton_scheme *scheme = reader->scheme;
    for (uint32_t i = 0; i < scheme->node_count; i++) {
        const struct baton_node *leaf = &scheme->node[i];
        if (!is_leaf(scheme, i) || leaf->value.text != NULL || leaf->method == BATON_NONE)
            continue;
        const struct baton_element *element = &scheme->element[leaf->element];
        bool rule =
            scheme->method[leaf->method].kind == BATON_METHOD_RULE; /* needs no figure of its own */
        if (element->value.text == NULL && element->frequency == BATON_PERIOD_NONE && !rule)
            report(reader, BATON_LEAF_WITHOUT_FIGURES, leaf->at, "id", leaf->id, NULL, NULL);
    }
}

void sound_check(struct package_reader *reader, const struct baton_facts *facts) {
    if (reader->scheme->node_count > 0) {
        check_weights(reader);
        check_leaves(reader);
    }
    check_groups(reader);
    if (facts == NULL || is_broken(reader, "observations.csv"))
        return;
    check_period(reader, facts);
    if (facts->first.kind == BATON_PERIOD_NONE)
        return;
    check_units(reader, facts);
    if (!is_broken(reader, "indicators.csv")) /* whose parts were wrong may look like a leaf */
        check_elements(reader);
}
