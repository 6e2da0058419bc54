/* Units, rows and figures of a hybrid: the old year's, in the order in which the hybrid has its units. */
#include "analyse/hybrid_parts.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Units */

static uint32_t group_of(const struct making *m, uint32_t unit) {
    const struct compare *c = m->h->c;
    const struct pair *pair = &c->unit.pair[unit];
    if (hybrid_side(m, ENTITY_UNIT, unit, pair) == FORM_BEFORE)
        return c->before->unit[unit].group;
    const uint32_t group = c->after->unit[pair->after].group;
    return group == BATON_NONE ? BATON_NONE : c->group.of_after[group];
}

/* As the reader of a package orders them: by group, official order (none last), id. */
static int compare_two(const void *left, const void *right) {
    const struct baton_unit *a = left, *b = right;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1; /* none is the greatest */
    if (a->group != BATON_NONE) {
        const double x = isnan(a->order) ? INFINITY : a->order,
                     y = isnan(b->order) ? INFINITY : b->order;
        if (x != y)
            return x < y ? -1 : 1;
    }
    return strcmp(a->id, b->id);
}

/* A unit and where it was. */
struct placed {
    struct baton_unit unit;
    uint32_t before;
};

static int compare_placed(const void *left, const void *right) {
    return compare_two(&((const struct placed *)left)->unit, &((const struct placed *)right)->unit);
}

void hybrid_units(struct making *m) {
    const struct compare *c = m->h->c;
    struct baton_scheme *scheme = &m->out->scheme;
    const uint32_t count = scheme->unit_count;
    struct placed *placed = arena_alloc(m->arena, count, sizeof(*placed));
    bool moved = false;
    for (uint32_t u = 0; u < count; u++) {
        placed[u] = (struct placed){c->before->unit[u], u};
        placed[u].unit.group = group_of(m, u);
        moved = moved || placed[u].unit.group != c->before->unit[u].group;
    }
    if (moved)
        qsort(placed, count, sizeof(*placed), compare_placed);
    m->out->unit_at = arena_alloc(m->arena, count, sizeof(uint32_t));
    for (uint32_t u = 0; u < count; u++)
        m->out->unit_at[placed[u].before] = u;
    scheme->unit = arena_alloc(m->arena, count, sizeof(*scheme->unit));
    scheme->group = arena_alloc(m->arena, c->group.count, sizeof(*scheme->group));
    scheme->group_count = c->group.count;
    scheme->ranked_count = 0;
    for (uint32_t u = 0; u < count; u++) {
        struct baton_unit *unit = &scheme->unit[u];
        *unit = placed[u].unit;
        if (unit->parent != BATON_NONE)
            unit->parent = m->out->unit_at[unit->parent];
        if (unit->group == BATON_NONE)
            continue;
        scheme->group[unit->group].unit_count++;
        scheme->ranked_count++;
    }
    for (uint32_t g = 1; g < c->group.count; g++)
        scheme->group[g].first_unit =
            scheme->group[g - 1].first_unit + scheme->group[g - 1].unit_count;
}

/* ---- Rows */

static uint32_t unit_at(const struct making *m, uint32_t unit) {
    return unit == BATON_NONE ? BATON_NONE : m->out->unit_at[unit];
}

static void make_weights(struct making *m) {
    const struct hybrids *h = m->h;
    struct baton_scheme *scheme = &m->out->scheme;
    scheme->weight =
        arena_alloc(m->arena, (size_t)h->weight_count[FORM_BEFORE] + h->weight_count[FORM_AFTER],
                    sizeof(*scheme->weight));
    scheme->weight_count = 0;
    for (enum form_side side = FORM_BEFORE; side <= FORM_AFTER; side++)
        for (uint32_t i = 0; i < h->weight_count[side]; i++) {
            struct baton_weight row = h->weight[side][i];
            if (hybrid_side(m, ENTITY_NODE, row.node, &h->c->node.pair[row.node]) != side)
                continue;
            row.node = m->out->node_at[row.node];
            row.unit = unit_at(m, row.unit);
            scheme->weight[scheme->weight_count++] = row;
        }
}

static void make_targets(struct making *m) {
    const struct baton_scheme *before = m->h->c->before;
    struct baton_scheme *scheme = &m->out->scheme;
    scheme->target = arena_alloc(m->arena, before->target_count, sizeof(*scheme->target));
    scheme->target_count = 0;
    for (uint32_t i = 0; i < before->target_count; i++) {
        struct baton_target row = before->target[i];
        row.node = m->out->node_at[row.node];
        row.unit = unit_at(m, row.unit);
        if (row.node != BATON_NONE)
            scheme->target[scheme->target_count++] = row;
    }
}

/* The index of a level of that id; BATON_NONE where the item has none. */
static uint32_t find_level(const struct baton_item *item, const char *id) {
    for (uint32_t i = 0; i < item->level_count; i++)
        if (strcmp(item->level[i].id, id) == 0)
            return i;
    return BATON_NONE;
}

static void make_adjustments(struct making *m) {
    const struct baton_scheme *before = m->h->c->before;
    struct baton_scheme *scheme = &m->out->scheme;
    scheme->adjustment =
        arena_alloc(m->arena, before->adjustment_count, sizeof(*scheme->adjustment));
    scheme->adjustment_count = 0;
    for (uint32_t i = 0; i < before->adjustment_count; i++) {
        struct baton_adjustment row = before->adjustment[i];
        const struct baton_item *was = &before->item[row.item];
        row.unit = unit_at(m, row.unit);
        row.item = m->item_at[row.item];
        const struct baton_item *item = row.item == BATON_NONE ? NULL : &scheme->item[row.item];
        const bool has_level = row.level != BATON_NONE;
        if (item != NULL && has_level)
            row.level = find_level(item, was->level[row.level].id);
        if (item == NULL || (has_level && row.level == BATON_NONE && isnan(row.points)))
            m->out->rows_left_out++;
        else
            scheme->adjustment[scheme->adjustment_count++] = row;
    }
}

static void make_successions(struct making *m) {
    const struct baton_scheme *before = m->h->c->before;
    struct baton_scheme *scheme = &m->out->scheme;
    scheme->succession =
        arena_alloc(m->arena, before->succession_count, sizeof(*scheme->succession));
    for (uint32_t i = 0; i < before->succession_count; i++) {
        scheme->succession[i] = before->succession[i];
        scheme->succession[i].from = unit_at(m, before->succession[i].from);
        scheme->succession[i].to = unit_at(m, before->succession[i].to);
    }
}

void hybrid_rows(struct making *m) {
    make_weights(m);
    make_targets(m);
    make_adjustments(m);
    make_successions(m);
}

/* ---- Elements */

static const struct baton_expression *value_of(const struct making *m, uint32_t index) {
    const struct compare *c = m->h->c;
    const struct pair *pair = &c->element.pair[index];
    const enum form_side side = hybrid_side(m, ENTITY_ELEMENT, index, pair);
    static const struct baton_expression none = {0};
    return side == FORM_NONE     ? &none
           : side == FORM_BEFORE ? &c->before->element[pair->before].value
                                 : &c->after->element[pair->after].value;
}

/* The element that a leaf's value is alone, perhaps in backquotes; BATON_NONE where it is anything else. */
static uint32_t bare_element(const struct making *m, const struct baton_node *leaf) {
    const struct baton_scheme *scheme = &m->out->scheme;
    if (leaf->value.text == NULL)
        return leaf->element;
    const char *id = leaf->value.text + strspn(leaf->value.text, " ");
    const bool quoted = *id == '`';
    const size_t size = strcspn(id += quoted, "` ");
    for (uint32_t e = 0; e < scheme->element_count; e++)
        if (strlen(scheme->element[e].id) == size && memcmp(scheme->element[e].id, id, size) == 0)
            return e;
    return BATON_NONE;
}

void hybrid_elements(struct making *m) {
    const struct hybrids *h = m->h;
    const struct compare *c = h->c;
    struct baton_scheme *scheme = &m->out->scheme;
    scheme->element = arena_alloc(m->arena, c->element.count, sizeof(*scheme->element));
    scheme->element_count = c->element.count;
    for (uint32_t e = 0; e < c->element.count; e++) {
        const struct pair *pair = &c->element.pair[e];
        struct baton_element *element = &scheme->element[e];
        *element = pair->before != BATON_NONE ? c->before->element[pair->before]
                                              : c->after->element[pair->after];
        if (pair->before == BATON_NONE)
            element->frequency = BATON_PERIOD_NONE; /* the old year has no figure of it */
        element->value = *value_of(m, e);
        element->is_code = false;
    }
    for (uint32_t i = 0; i < h->renamed_count; i++) {
        const uint32_t node = h->renamed[i];
        if (hybrid_side(m, ENTITY_NODE, node, &c->node.pair[node]) == FORM_AFTER)
            scheme->element[h->node[FORM_AFTER][node].element].id = h->node[FORM_AFTER][node].id;
    }
    for (uint32_t n = 1; n < scheme->node_count; n++) {
        const struct baton_node *node = &scheme->node[n];
        if (node->child_count > 0 || scheme->method[node->method].kind != BATON_METHOD_LEVELS)
            continue;
        const uint32_t element = bare_element(m, node);
        if (element != BATON_NONE && scheme->element[element].value.text == NULL)
            scheme->element[element].is_code = true;
    }
}

/* ---- Figures */

/* What stands between a hybrid and the old year's figures. */
struct figures {
    const struct baton_facts *facts;
    const struct baton_scheme *before, *scheme;
    struct baton_arena *arena;
    uint32_t elements; /* of the old scheme: above there are no figures */
    uint32_t units;
    const uint32_t *unit_at; /* NULL = the same order */
};

static bool same_nature(const struct figures *f, uint32_t element) {
    return f->before->element[element].is_code == f->scheme->element[element].is_code;
}

static bool column_of(void *context, uint32_t element, struct baton_period period,
                      struct baton_column *out) {
    const struct figures *f = context;
    if (element >= f->elements || !same_nature(f, element) ||
        !f->facts->column(f->facts->context, element, period, out))
        return false;
    if (f->unit_at == NULL)
        return true;
    double *value = arena_alloc_raw(f->arena, f->units, sizeof(double));
    uint8_t *state = out->state == NULL ? NULL : arena_alloc_raw(f->arena, f->units, 1);
    for (uint32_t u = 0; u < f->units; u++) {
        value[f->unit_at[u]] = out->value[u];
        if (state != NULL)
            state[f->unit_at[u]] = out->state[u];
    }
    *out = (struct baton_column){.value = value, .state = state};
    return true;
}

void hybrid_facts(struct making *m) {
    const struct baton_facts *facts = m->h->replaying->facts;
    struct figures *f = arena_alloc(m->arena, 1, sizeof(*f));
    const struct pairs *elements = &m->h->c->element;
    *f = (struct figures){.facts = facts,
                          .before = m->h->c->before,
                          .scheme = &m->out->scheme,
                          .arena = m->arena,
                          .units = m->out->scheme.unit_count};
    while (f->elements < elements->count && elements->pair[f->elements].before != BATON_NONE)
        f->elements++;
    for (uint32_t u = 0; u < f->units; u++)
        if (m->out->unit_at[u] != u)
            f->unit_at = m->out->unit_at;
    m->out->facts = (struct baton_facts){
        .context = f, .column = column_of, .first = facts->first, .last = facts->last};
}
