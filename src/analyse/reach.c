/* From the leaves up: the range of each method, of each node by its children, of the items, and of the total. */
#include "analyse/reach.h"
#include <math.h>
#include <string.h>

static const struct span no_span = {INFINITY, -INFINITY};

static struct span span_both(struct span a, struct span b) {
    return (struct span){a.lo < b.lo ? a.lo : b.lo, a.hi > b.hi ? a.hi : b.hi};
}

static struct span span_with(struct span span, double value) {
    return isnan(value) ? span : span_both(span, (struct span){value, value});
}

static double limited(double value, double floor, double cap) {
    value = value < floor ? floor : value; /* false where floor is NaN */
    return value > cap ? cap : value;
}

/* ---- Figures. */

static void look_at(const struct baton_session *session, uint32_t element,
                    struct element_facts *out) {
    const struct baton_facts *facts = session->facts;
    const struct baton_period first = facts->element_first != NULL ? facts->element_first[element]
                                                                   : facts->first,
                              last = facts->element_last != NULL ? facts->element_last[element]
                                                                 : facts->last;
    if (first.kind == BATON_PERIOD_NONE)
        return;
    for (struct baton_period p = first;
         p.kind != BATON_PERIOD_NONE && baton_period_ordinal(p) <= baton_period_ordinal(last);
         p = baton_period_shift(p, 1)) {
        struct baton_column column;
        if (!figures_reported(session, element, p, &column))
            continue;
        for (uint32_t u = 0; u < session->units; u++) {
            const double value = column.value[u];
            out->any |= !isnan(value);
            out->whole &= isnan(value) || value == floor(value);
            out->signed_ |= value < 0;
        }
    }
}

struct element_facts reach_element(struct reach *reach, uint32_t element) {
    struct element_facts *out = &reach->element[element];
    if (!out->known) {
        *out = (struct element_facts){.known = true, .whole = true};
        if (element < reach->session->reported)
            look_at(reach->session, element, out);
        out->whole = out->whole && out->any;
    }
    return *out;
}

struct possible reach_figure(struct reach *reach, const struct leaf *leaf) {
    const struct baton_node *node = leaf->as;
    struct standpoint from = {reach, RULE_VALUE, BATON_NONE, BATON_NONE, leaf};
    const struct known known = {.context = &from, .name = known_name};
    struct possible out = possible_anything();
    if (leaf->value != NULL)
        out = possible_number(&known, leaf->value->tree);
    if (node->accumulate == BATON_SUM && possible_is_number(out)) {
        out.lo = out.lo >= 0 ? out.lo : -INFINITY;
        out.hi = out.hi <= 0 ? out.hi : INFINITY;
    }
    if (node->treat == BATON_TREAT_LOG)
        return possible_anything();
    if (node->treat == BATON_TREAT_CLIP && possible_is_number(out)) {
        out.lo = limited(out.lo, node->treat_a, node->treat_b);
        out.hi = limited(out.hi, node->treat_a, node->treat_b);
    }
    return out;
}

/* Whether the figures of a leaf, or of the elements that its value names, are 0 or more as far as there are any. */
static bool is_unsigned(struct reach *reach, const struct leaf *leaf) {
    if (leaf->as->treat == BATON_TREAT_LOG)
        return false;
    if (leaf->value == NULL)
        return !reach_element(reach, leaf->element).signed_;
    if (reach_figure(reach, leaf).lo >= 0)
        return true;
    for (uint32_t i = 0; i < leaf->value->uses.element_count; i++)
        if (reach_element(reach, leaf->value->uses.element[i]).signed_)
            return false;
    /* Of figures that are 0 or more, sums, products and shares are so too. */
    struct standpoint from = {reach, RULE_VALUE, BATON_NONE, BATON_NONE, NULL};
    const struct known known = {.context = &from, .name = known_name};
    return possible_number(&known, leaf->value->tree).lo >= 0;
}

uint32_t reach_cohort(const struct reach *reach, const struct leaf *leaf) {
    const struct baton_scheme *scheme = reach->session->scheme;
    uint32_t out = 0;
    const uint8_t *applies = reach->session->applies[leaf->node];
    for (uint32_t g = 0, all = 0; g < scheme->group_count; g++) {
        const struct baton_group *group = &scheme->group[g];
        uint32_t units = applies == NULL ? group->unit_count : 0;
        for (uint32_t u = 0; applies != NULL && u < group->unit_count; u++)
            units += applies[group->first_unit + u];
        all += units;
        units = leaf->over_all ? all : units;
        out = units > out ? units : out;
    }
    return out;
}

/* ---- Methods. */

static struct span bands_span(struct reach *reach, const struct leaf *leaf) {
    const struct baton_method *method = leaf->method;
    const struct possible x = reach_figure(reach, leaf);
    const bool down = leaf->as->direction == BATON_DOWN;
    struct span out = no_span;
    for (uint32_t i = 0; i < method->table_count; i++) {
        const double bound = method->bands[i].bound;
        if (!(down ? x.lo <= bound : x.hi >= bound) && !method->linear)
            continue; /* nobody gets there */
        out = span_with(out, method->bands[i].score);
        if (!method->linear && (down ? x.hi <= bound : x.lo >= bound))
            return out; /* everybody does */
    }
    return span_with(out, method->below);
}

static struct span race_span(const struct reach *reach, const struct leaf *leaf) {
    const struct baton_method *method = leaf->method;
    const uint32_t n = reach_cohort(reach, leaf);
    struct span out = no_span;
    if (method->table == NULL) {
        out = (struct span){method->first - method->step * (n > 0 ? n - 1 : 0), method->first};
        if (leaf->pooled)
            out.lo = -INFINITY;
    } else {
        for (uint32_t i = 0; i < method->table_count; i++)
            out = span_with(out, method->table[i]);
        if (n > method->table_count || leaf->pooled)
            out = span_with(out, isnan(method->floor) ? 0 : method->floor);
    }
    return leaf->among == NULL ? out : span_with(out, method->otherwise);
}

static struct span best_span(struct reach *reach, const struct leaf *leaf) {
    const bool positive = is_unsigned(reach, leaf);
    const bool of_best = leaf->method->of == BATON_BEST_OF_BEST;
    return (struct span){positive ? 0 : -INFINITY, positive && of_best ? 100 : INFINITY};
}

static struct span rule_span(struct reach *reach, const struct leaf *leaf) {
    struct standpoint from = {reach, RULE_METHOD, BATON_NONE, BATON_NONE, leaf};
    const struct known known = {.context = &from, .name = known_name};
    const struct possible out = possible_number(&known, leaf->score->tree);
    return (struct span){out.lo, out.hi};
}

struct span reach_raw(struct reach *reach, const struct leaf *leaf) {
    const struct baton_method *method = leaf->method;
    struct span out = no_span;
    switch (method->kind) {
    case BATON_METHOD_RANGE:
    case BATON_METHOD_RANK:
        return span_with((struct span){method->low, method->low}, method->high);
    case BATON_METHOD_RACE:
        return race_span(reach, leaf);
    case BATON_METHOD_PERCENTILE:
    case BATON_METHOD_PASS:
    case BATON_METHOD_DIRECT:
        return (struct span){0, 100};
    case BATON_METHOD_BANDS:
        return bands_span(reach, leaf);
    case BATON_METHOD_LEVELS:
        for (uint32_t i = 0; i < method->table_count; i++)
            out = span_with(out, method->bands[i].score);
        return out;
    case BATON_METHOD_DEDUCT:
        return (struct span){method->per > 0 ? -INFINITY : 100, 100};
    case BATON_METHOD_BEST:
        return best_span(reach, leaf);
    case BATON_METHOD_RULE:
        return rule_span(reach, leaf);
    default:
        return (struct span){-INFINITY, INFINITY};
    }
}

struct span reach_limited(const struct baton_method *method, struct span raw) {
    return (struct span){limited(raw.lo, method->floor, method->cap),
                         limited(raw.hi, method->floor, method->cap)};
}

static struct span leaf_span(struct reach *reach, const struct leaf *leaf) {
    struct span out = reach_raw(reach, leaf);
    if (!span_any(out))
        return no_span;
    return span_with(reach_limited(leaf->method, out), leaf_imputed(leaf));
}

/* ---- Nodes. */

static bool applies_to(const struct baton_session *session, uint32_t node, uint32_t group) {
    const struct baton_group *of = &session->scheme->group[group];
    const uint8_t *applies = session->applies[node];
    if (applies == NULL)
        return of->unit_count > 0;
    return memchr(applies + of->first_unit, 1, of->unit_count) != NULL;
}

static bool is_zeroed(const struct baton_scheme *scheme, uint32_t node) {
    for (uint32_t e = 0; e < scheme->effect_count; e++)
        if (scheme->effect[e].node_zero == node)
            return true;
    return false;
}

/* What the children of a node give together: a mean by their weights, or what lies between them where these differ from unit
 * to unit. */
struct children {
    struct span hull, sum, weighted;
    double weight;
    bool uneven;
    uint32_t count;
};

static struct children children_of(const struct reach *reach, const struct baton_node *node,
                                   uint32_t group) {
    const struct baton_session *session = reach->session;
    const uint32_t groups = session->scheme->group_count;
    struct children out = {.hull = no_span};
    for (uint32_t c = 0; c < node->child_count; c++) {
        const uint32_t child = node->child_by_id[c];
        const struct span span = reach->node[child * groups + group];
        if (!session->counted[child] || !span_any(span))
            continue;
        const double weight = session->group_weight[child] != NULL
                                  ? session->group_weight[child][group]
                                  : session->weight[child];
        out.uneven |= session->unit_weight[child] != NULL;
        out.hull = span_both(out.hull, span);
        out.sum.lo += span.lo < 0 ? span.lo : 0; /* a child may be missing */
        out.sum.hi += span.hi;
        if (weight > 0) {
            out.weighted.lo += weight * span.lo;
            out.weighted.hi += weight * span.hi;
            out.weight += weight;
        }
        out.count++;
    }
    return out;
}

static struct span inner_span(const struct reach *reach, const struct baton_node *node,
                              uint32_t group) {
    const struct children children = children_of(reach, node, group);
    const uint32_t units = reach->session->scheme->group[group].unit_count;
    if (children.count == 0)
        return no_span;
    switch (node->aggregate) {
    case BATON_AGGREGATE_SUM:
        return children.sum;
    case BATON_COPELAND:
        return (struct span){1 - (double)units, (double)units - 1};
    case BATON_ARITHMETIC:
        if (!children.uneven && children.weight > 0)
            return (struct span){children.weighted.lo / children.weight,
                                 children.weighted.hi / children.weight};
        return children.hull;
    default:
        return children.hull;
    }
}

static void find_nodes(struct reach *reach) {
    const struct baton_session *session = reach->session;
    const struct baton_scheme *scheme = session->scheme;
    const uint32_t groups = scheme->group_count;
    for (uint32_t n = scheme->node_count; n-- > 0;) {
        const uint32_t leaf = session->leaf_of_node[n];
        const struct span of_leaf =
            leaf == BATON_NONE ? no_span : leaf_span(reach, &session->leaf[leaf]);
        const bool zeroed = is_zeroed(scheme, n);
        for (uint32_t g = 0; g < groups; g++) {
            struct span *span = &reach->node[n * groups + g];
            *span = no_span;
            if (!applies_to(session, n, g))
                continue;
            *span = leaf == BATON_NONE ? inner_span(reach, &scheme->node[n], g) : of_leaf;
            if (!span_any(*span))
                continue;
            if (zeroed)
                *span = span_with(*span, 0);
            const double scale = n == 0 ? scheme->group[g].total / 100 : 1;
            span->lo *= scale;
            span->hi *= scale;
        }
    }
}

/* ---- Adjustments. */

static struct span item_rows(const struct baton_scheme *scheme, uint32_t index) {
    const struct baton_item *item = &scheme->item[index];
    double most = isnan(item->points) ? 0 : item->points;
    for (uint32_t i = 0; i < item->level_count; i++)
        most = item->level[i].points > most ? item->level[i].points : most;
    double lowest = 0;
    bool own = item->level_count == 0 && isnan(item->points);
    for (uint32_t i = 0; i < scheme->adjustment_count; i++) {
        const struct baton_adjustment *row = &scheme->adjustment[i];
        if (row->item != index || isnan(row->points))
            continue;
        own = true; /* rows say themselves what they are worth, so another one may say anything */
        lowest = row->points < 0 ? -INFINITY : lowest;
    }
    return (struct span){lowest, own || (!item->highest && most > 0) ? INFINITY : most};
}

static struct span kind_span(const struct reach *reach, enum baton_item_kind kind, double cap) {
    const struct baton_scheme *scheme = reach->session->scheme;
    struct span out = {0, 0};
    for (uint32_t i = 0; i < scheme->item_count; i++)
        if (scheme->item[i].kind == kind) {
            out.lo += reach->item[i].lo < 0 ? reach->item[i].lo : 0;
            out.hi += reach->item[i].hi > 0 ? reach->item[i].hi : 0;
        }
    out.hi = out.hi > cap ? cap : out.hi;
    return out;
}

static void find_items(struct reach *reach) {
    const struct baton_session *session = reach->session;
    const struct baton_scheme *scheme = session->scheme;
    struct standpoint from = {reach, RULE_ADJUST, BATON_NONE, BATON_NONE, NULL};
    const struct known known = {.context = &from, .name = known_name};
    for (uint32_t i = 0; i < scheme->item_count; i++) {
        struct span span = {0, 0};
        if (session->item_points[i] != NULL) {
            const struct possible points = possible_number(&known, session->item_points[i]->tree);
            if (possible_is_number(points))
                span = span_with((struct span){points.lo, points.hi}, 0);
        } else if (scheme->item[i].kind != BATON_VETO) {
            span = item_rows(scheme, i);
        }
        reach->uncapped[i] = span;
        span.hi = span.hi > scheme->item[i].cap ? scheme->item[i].cap : span.hi;
        reach->item[i] = span;
    }
    reach->bonus = kind_span(reach, BATON_BONUS, scheme->cap_bonus);
    reach->deduction = kind_span(reach, BATON_DEDUCTION, scheme->cap_deduction);
}

static void find_totals(struct reach *reach) {
    const struct baton_session *session = reach->session;
    for (uint32_t g = 0; g < session->scheme->group_count; g++) {
        const struct baton_group *group = &session->scheme->group[g];
        struct span span = reach->node[g];
        if (span_any(span)) {
            span.lo += reach->bonus.lo - reach->deduction.hi;
            span.hi += reach->bonus.hi - reach->deduction.lo;
            reach->unbound[g] =
                (struct span){as_ranked(session, 0, g, span.lo), as_ranked(session, 0, g, span.hi)};
            span.lo = limited(span.lo, group->bound_lo, group->bound_hi);
            span.hi = limited(span.hi, group->bound_lo, group->bound_hi);
            reach->total[g] =
                (struct span){as_ranked(session, 0, g, span.lo), as_ranked(session, 0, g, span.hi)};
        } else {
            reach->total[g] = reach->unbound[g] = no_span;
        }
    }
}

struct reach *reach_open(struct baton_arena *arena, const struct baton_session *session) {
    const struct baton_scheme *scheme = session->scheme;
    const uint32_t groups = scheme->group_count;
    struct reach *reach = arena_alloc(arena, 1, sizeof(*reach));
    *reach = (struct reach){
        .arena = arena,
        .session = session,
        .node = arena_alloc(arena, (size_t)scheme->node_count * groups, sizeof(struct span)),
        .total = arena_alloc(arena, groups, sizeof(struct span)),
        .unbound = arena_alloc(arena, groups, sizeof(struct span)),
        .item = arena_alloc(arena, scheme->item_count, sizeof(struct span)),
        .uncapped = arena_alloc(arena, scheme->item_count, sizeof(struct span)),
        .element = arena_alloc(arena, scheme->element_count, sizeof(struct element_facts))};
    find_nodes(reach);
    for (uint32_t n = 0; n < scheme->node_count; n++)
        for (uint32_t g = 0; g < groups; g++) {
            struct span *span = &reach->node[n * groups + g];
            *span = (struct span){as_ranked(session, n, g, span->lo),
                                  as_ranked(session, n, g, span->hi)};
        }
    find_items(reach);
    find_totals(reach);
    return reach;
}

struct span reach_node(const struct reach *reach, uint32_t node, uint32_t grades) {
    const struct baton_scheme *scheme = reach->session->scheme;
    struct span out = no_span;
    for (uint32_t g = 0; g < scheme->group_count; g++)
        if (grades == BATON_NONE || scheme->group[g].grades == grades)
            out = span_both(out, reach->node[node * scheme->group_count + g]);
    return out;
}

struct span reach_total(const struct reach *reach, uint32_t grades) {
    const struct baton_scheme *scheme = reach->session->scheme;
    struct span out = no_span;
    for (uint32_t g = 0; g < scheme->group_count; g++)
        if (grades == BATON_NONE || scheme->group[g].grades == grades)
            out = span_both(out, reach->total[g]);
    return out;
}
