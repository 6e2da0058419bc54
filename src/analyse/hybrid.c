/* Hybrids. All things of both schemes are numbered by their pairs first, references in them likewise; so either form of a thing
 * can stand in a hybrid, and what remains is to leave out what is not there: nodes and items. Methods, groups, sets of grades and
 * effects that nobody refers to do no harm and stay.
 *
 * The old scheme's codes and elements keep their indices, so that the old year's figures serve as they are. Units are the old
 * year's. Where one is in another group their order changes, and columns of figures are put into that order as they are asked
 * for. Figures of an element that holds codes in one scheme and numbers in the other cannot serve both: there are none then. */
#include "analyse/hybrid_parts.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Preparing: references by pairs */

static uint32_t pair_of(const struct pairs *pairs, bool is_before, uint32_t index) {
    return index == BATON_NONE || is_before ? index : pairs->of_after[index];
}

static void unite_codes(struct hybrids *h) {
    const struct baton_scheme *a = h->c->before, *b = h->c->after;
    struct hash ids = {0};
    h->code = arena_alloc(h->arena, (size_t)a->code_count + b->code_count, sizeof(char *));
    h->code_of_after = arena_alloc(h->arena, b->code_count, sizeof(uint32_t));
    for (uint32_t i = 0; i < a->code_count; i++) {
        h->code[i] = a->code[i];
        hash_add(h->arena, &ids, a->code[i], strlen(a->code[i]), i);
    }
    h->code_count = a->code_count;
    for (uint32_t i = 0; i < b->code_count; i++) {
        h->code_of_after[i] =
            hash_add(h->arena, &ids, b->code[i], strlen(b->code[i]), h->code_count);
        if (h->code_of_after[i] == h->code_count)
            h->code[h->code_count++] = b->code[i];
    }
}

static uint32_t code_of(const struct hybrids *h, bool is_before, uint32_t code) {
    return is_before || code == BATON_NONE ? code : h->code_of_after[code];
}

static void prepare_effects(struct hybrids *h) {
    const struct compare *c = h->c;
    const uint32_t before = c->before->effect_count;
    h->effect_count = before + c->after->effect_count;
    h->effect = arena_alloc(h->arena, h->effect_count, sizeof(*h->effect));
    for (uint32_t i = 0; i < h->effect_count; i++) {
        const bool is_before = i < before;
        struct baton_effect *effect = &h->effect[i];
        *effect = is_before ? c->before->effect[i] : c->after->effect[i - before];
        effect->grade_at_most = code_of(h, is_before, effect->grade_at_most);
        effect->node_zero = pair_of(&c->node, is_before, effect->node_zero);
    }
}

static uint32_t effect_of(const struct hybrids *h, bool is_before, uint32_t effect) {
    return is_before || effect == BATON_NONE ? effect : effect + h->c->before->effect_count;
}

static void prepare_nodes(struct hybrids *h, enum form_side side) {
    const struct compare *c = h->c;
    const bool is_before = side == FORM_BEFORE;
    const struct baton_scheme *scheme = is_before ? c->before : c->after;
    h->node[side] = arena_alloc(h->arena, c->node.count, sizeof(struct baton_node));
    for (uint32_t n = 0; n < scheme->node_count; n++) {
        struct baton_node *node = &h->node[side][pair_of(&c->node, is_before, n)];
        *node = scheme->node[n];
        node->parent = pair_of(&c->node, is_before, node->parent);
        node->method = pair_of(&c->method, is_before, node->method);
        node->element = pair_of(&c->element, is_before, node->element);
        node->gate_effect = effect_of(h, is_before, node->gate_effect);
    }
}

/* A leaf that was renamed keeps its figures: their element is renamed with it. */
static void prepare_renamed(struct hybrids *h) {
    const struct compare *c = h->c;
    h->renamed = arena_alloc(h->arena, c->node.count, sizeof(uint32_t));
    for (uint32_t i = 0; i < c->node.count; i++) {
        const struct pair *p = &c->node.pair[i];
        if (p->before == BATON_NONE || p->after == BATON_NONE ||
            h->node[FORM_BEFORE][i].child_count > 0 || p->before == 0 ||
            strcmp(h->node[FORM_BEFORE][i].id, h->node[FORM_AFTER][i].id) == 0 ||
            c->element.pair[h->node[FORM_AFTER][i].element].before != BATON_NONE)
            continue;
        h->node[FORM_AFTER][i].element = h->node[FORM_BEFORE][i].element;
        h->renamed[h->renamed_count++] = i;
    }
}

static const struct baton_band *levels_by_pairs(struct hybrids *h,
                                                const struct baton_method *method) {
    struct baton_band *band = arena_alloc(h->arena, method->table_count, sizeof(*band));
    for (uint32_t i = 0; i < method->table_count; i++)
        band[i] = (struct baton_band){code_of(h, false, (uint32_t)method->bands[i].bound),
                                      method->bands[i].score};
    return band;
}

/* `of: UNIT` needs a unit that the old year has. */
static baton_code prepare_unit(struct hybrids *h, struct baton_method *method,
                               struct baton_findings *found) {
    const uint32_t unit = method->of_unit;
    if (unit == BATON_NONE)
        return BATON_OK;
    method->of_unit = h->c->unit.pair[h->c->unit.of_after[unit]].before;
    if (method->of_unit != BATON_NONE)
        return BATON_OK;
    baton_findings_add(found, BATON_UNIT_UNKNOWN, method->at, h->c->after->unit[unit].id, NULL,
                       NULL, NULL);
    return BATON_UNIT_UNKNOWN;
}

static baton_code prepare_methods(struct hybrids *h, enum form_side side,
                                  struct baton_findings *found) {
    const struct compare *c = h->c;
    const bool is_before = side == FORM_BEFORE;
    const struct baton_scheme *scheme = is_before ? c->before : c->after;
    h->method[side] = arena_alloc(h->arena, c->method.count, sizeof(struct baton_method));
    for (uint32_t m = 0; m < scheme->method_count; m++) {
        struct baton_method *method = &h->method[side][pair_of(&c->method, is_before, m)];
        *method = scheme->method[m];
        if (is_before)
            continue;
        if (method->kind == BATON_METHOD_LEVELS)
            method->bands = levels_by_pairs(h, method);
        TRY(prepare_unit(h, method, found));
    }
    return BATON_OK;
}

static void prepare_groups(struct hybrids *h, enum form_side side) {
    const struct compare *c = h->c;
    const bool is_before = side == FORM_BEFORE;
    const struct baton_scheme *scheme = is_before ? c->before : c->after;
    h->group[side] = arena_alloc(h->arena, c->group.count, sizeof(struct baton_group));
    h->grades[side] = arena_alloc(h->arena, c->grades.count, sizeof(struct baton_grades));
    for (uint32_t g = 0; g < scheme->group_count; g++) {
        struct baton_group *group = &h->group[side][pair_of(&c->group, is_before, g)];
        *group = scheme->group[g];
        group->grades = pair_of(&c->grades, is_before, group->grades);
        uint32_t *list = arena_alloc(h->arena, group->ties_by_count, sizeof(uint32_t));
        for (uint32_t i = 0; i < group->ties_by_count; i++)
            list[i] = pair_of(&c->node, is_before, group->ties_by[i]);
        group->ties_by = list;
    }
    for (uint32_t k = 0; k < scheme->grades_count; k++) {
        struct baton_grades *set = &h->grades[side][pair_of(&c->grades, is_before, k)];
        *set = scheme->grades[k];
        struct baton_grade *item = arena_alloc(h->arena, set->count, sizeof(*item));
        for (uint32_t i = 0; i < set->count; i++) {
            item[i] = set->item[i];
            item[i].code = code_of(h, is_before, item[i].code);
            item[i].quota_node = pair_of(&c->node, is_before, item[i].quota_node);
        }
        set->item = item;
    }
}

static void prepare_items(struct hybrids *h, enum form_side side) {
    const struct compare *c = h->c;
    const bool is_before = side == FORM_BEFORE;
    const struct baton_scheme *scheme = is_before ? c->before : c->after;
    h->item[side] = arena_alloc(h->arena, c->item.count, sizeof(struct baton_item));
    for (uint32_t i = 0; i < scheme->item_count; i++) {
        struct baton_item *item = &h->item[side][pair_of(&c->item, is_before, i)];
        *item = scheme->item[i];
        item->effect = effect_of(h, is_before, item->effect);
    }
}

static void prepare_weights(struct hybrids *h, enum form_side side) {
    const struct compare *c = h->c;
    const bool is_before = side == FORM_BEFORE;
    const struct baton_scheme *scheme = is_before ? c->before : c->after;
    h->weight[side] = arena_alloc(h->arena, scheme->weight_count, sizeof(struct baton_weight));
    for (uint32_t i = 0; i < scheme->weight_count; i++) {
        struct baton_weight row = scheme->weight[i];
        row.node = pair_of(&c->node, is_before, row.node);
        row.group = pair_of(&c->group, is_before, row.group);
        if (row.unit != BATON_NONE && !is_before) {
            row.unit = c->unit.pair[c->unit.of_after[row.unit]].before;
            if (row.unit == BATON_NONE)
                continue; /* of a unit that the old year does not have */
        }
        h->weight[side][h->weight_count[side]++] = row;
    }
}

baton_code hybrids_prepare(struct baton_arena *arena, const struct baton_replaying *replaying,
                           struct hybrids **out, struct baton_findings *found) {
    struct hybrids *h = arena_alloc(arena, 1, sizeof(*h));
    h->arena = arena;
    h->c = replaying->comparison->inside;
    h->replaying = replaying;
    unite_codes(h);
    prepare_effects(h);
    for (enum form_side side = FORM_BEFORE; side <= FORM_AFTER; side++) {
        prepare_nodes(h, side);
        TRY(prepare_methods(h, side, found));
        prepare_groups(h, side);
        prepare_items(h, side);
        prepare_weights(h, side);
    }
    prepare_renamed(h);
    *out = h;
    return BATON_OK;
}

/* ---- Making one */

enum form_side hybrid_side(const struct making *m, enum entity_kind kind, uint32_t index,
                           const struct pair *pair) {
    const struct compare *c = m->h->c;
    const uint32_t amendment = c->amendment[compare_entity(c, kind, index)];
    if (amendment == BATON_NONE)
        return pair->before != BATON_NONE ? FORM_BEFORE : FORM_AFTER;
    const bool made = m->made[amendment];
    return (made ? pair->after : pair->before) == BATON_NONE ? FORM_NONE
           : made                                            ? FORM_AFTER
                                                             : FORM_BEFORE;
}

/* The form of something that may stand there unused. */
static enum form_side side_or_other(const struct making *m, enum entity_kind kind, uint32_t index,
                                    const struct pair *pair) {
    const enum form_side side = hybrid_side(m, kind, index, pair);
    return side != FORM_NONE ? side : pair->before != BATON_NONE ? FORM_BEFORE : FORM_AFTER;
}

static enum form_side side_of_setting(const struct making *m, const char *path) {
    const struct compare *c = m->h->c;
    const uint32_t amendment = c->amendment[compare_setting_entity(c, path)];
    return amendment != BATON_NONE && m->made[amendment] ? FORM_AFTER : FORM_BEFORE;
}

static void make_settings(struct making *m) {
    const struct compare *c = m->h->c;
    struct baton_scheme *scheme = &m->out->scheme;
    uint32_t count;
    const struct compare_setting *setting = compare_setting_list(&count);
    *scheme = *c->before;
    for (uint32_t i = 0; i < count; i++)
        if (setting[i].field.size > 0 && side_of_setting(m, setting[i].path) == FORM_AFTER)
            memcpy((char *)scheme + setting[i].field.offset,
                   (const char *)c->after + setting[i].field.offset, setting[i].field.size);
    scheme->award_count = scheme->check_count = 0; /* they change no result */
    scheme->code = m->h->code;
    scheme->code_count = m->h->code_count;
}

static void make_methods(struct making *m) {
    const struct hybrids *h = m->h;
    const struct compare *c = h->c;
    struct baton_scheme *scheme = &m->out->scheme;
    scheme->method = arena_alloc(m->arena, c->method.count, sizeof(*scheme->method));
    scheme->method_count = c->method.count;
    for (uint32_t i = 0; i < c->method.count; i++) {
        const struct pair *pair = &c->method.pair[i];
        struct baton_method *method = &scheme->method[i];
        *method = h->method[side_or_other(m, ENTITY_METHOD, i, pair)][i];
        if (pair->before != BATON_NONE && pair->after != BATON_NONE &&
            compare_method_inherits_ties(c, pair))
            method->ties = scheme->ties;
        if (method->of_unit != BATON_NONE && method->of == BATON_BEST_OF_UNIT)
            method->of_unit = m->out->unit_at[method->of_unit];
    }
}

static void make_items(struct making *m) {
    const struct hybrids *h = m->h;
    const struct compare *c = h->c;
    struct baton_scheme *scheme = &m->out->scheme;
    scheme->item = arena_alloc(m->arena, c->item.count, sizeof(*scheme->item));
    scheme->item_count = 0;
    m->item_at = arena_alloc(m->arena, c->item.count, sizeof(uint32_t));
    for (uint32_t i = 0; i < c->item.count; i++) {
        const enum form_side side = hybrid_side(m, ENTITY_ITEM, i, &c->item.pair[i]);
        m->item_at[i] = side == FORM_NONE ? BATON_NONE : scheme->item_count;
        if (side != FORM_NONE)
            scheme->item[scheme->item_count++] = h->item[side][i];
    }
    scheme->effect = arena_alloc(m->arena, h->effect_count, sizeof(*scheme->effect));
    scheme->effect_count = h->effect_count;
    for (uint32_t i = 0; i < h->effect_count; i++) {
        scheme->effect[i] = h->effect[i];
        if (h->effect[i].node_zero != BATON_NONE)
            scheme->effect[i].node_zero = m->out->node_at[h->effect[i].node_zero];
    }
}

static void make_grades(struct making *m) {
    const struct hybrids *h = m->h;
    const struct compare *c = h->c;
    struct baton_scheme *scheme = &m->out->scheme;
    scheme->grades = arena_alloc(m->arena, c->grades.count, sizeof(*scheme->grades));
    scheme->grades_count = c->grades.count;
    for (uint32_t k = 0; k < c->grades.count; k++) {
        struct baton_grades *set = &scheme->grades[k];
        *set = h->grades[side_or_other(m, ENTITY_GRADES, k, &c->grades.pair[k])][k];
        struct baton_grade *item = arena_alloc(m->arena, set->count, sizeof(*item));
        for (uint32_t i = 0; i < set->count; i++) {
            item[i] = set->item[i];
            if (item[i].quota_node != BATON_NONE)
                item[i].quota_node = m->out->node_at[item[i].quota_node];
        }
        set->item = item;
    }
}

/* What a group inherits follows the scheme's setting. */
static void inherit(const struct making *m, uint32_t index, struct baton_group *group) {
    const struct hybrids *h = m->h;
    const struct compare *c = h->c;
    const struct pair *pair = &c->group.pair[index];
    if (pair->before == BATON_NONE || pair->after == BATON_NONE)
        return;
    if (compare_group_inherits_total(c, pair))
        group->total = m->out->scheme.total;
    if (compare_group_inherits_decimals(c, pair))
        group->decimals = m->out->scheme.decimals;
    if (compare_is_folded(c, FOLDED_BOUNDS)) {
        const struct baton_group *from = &h->group[side_of_setting(m, "scoring.bounds")][index];
        group->bound_lo = from->bound_lo;
        group->bound_hi = from->bound_hi;
    }
    if (compare_is_folded(c, FOLDED_TIES_BY)) {
        const struct baton_group *from = &h->group[side_of_setting(m, "scoring.ties_by")][index];
        group->ties_by = from->ties_by;
        group->ties_by_count = from->ties_by_count;
    }
}

static void make_groups(struct making *m) {
    const struct hybrids *h = m->h;
    const struct compare *c = h->c;
    struct baton_scheme *scheme = &m->out->scheme;
    for (uint32_t g = 0; g < c->group.count; g++) {
        struct baton_group *group = &scheme->group[g];
        const uint32_t first = group->first_unit, count = group->unit_count;
        *group = h->group[side_or_other(m, ENTITY_GROUP, g, &c->group.pair[g])][g];
        group->first_unit = first;
        group->unit_count = count;
        inherit(m, g, group);
        uint32_t *list = arena_alloc(m->arena, group->ties_by_count, sizeof(uint32_t));
        for (uint32_t i = 0; i < group->ties_by_count; i++)
            list[i] = m->out->node_at[group->ties_by[i]];
        group->ties_by = list;
    }
}

static double result_of(void *context, uint32_t import, const char *unit, const char *node,
                        struct baton_period period) {
    const struct baton_replaying *replaying = context;
    const struct pair *pair = &replaying->comparison->inside->import.pair[import];
    const bool is_before = pair->before != BATON_NONE;
    const struct baton_links *links = is_before ? replaying->links_before : replaying->links_after;
    return links == NULL || links->result == NULL
               ? NAN
               : links->result(links->context, is_before ? pair->before : pair->after, unit, node,
                               period);
}

/* Packages that the scheme hangs on: the old one's, and those that only the new one has. Earlier results are those of the
 * scheme that the old one succeeds. */
static void make_links(struct making *m) {
    const struct hybrids *h = m->h;
    const struct compare *c = h->c;
    struct baton_scheme *scheme = &m->out->scheme;
    scheme->import = arena_alloc(m->arena, c->import.count, sizeof(*scheme->import));
    scheme->import_count = c->import.count;
    for (uint32_t i = 0; i < c->import.count; i++) {
        const struct pair *pair = &c->import.pair[i];
        scheme->import[i] = pair->before != BATON_NONE ? c->before->import[pair->before]
                                                       : c->after->import[pair->after];
    }
    const struct baton_links *before = h->replaying->links_before;
    m->out->links = (struct baton_links){
        .context = (void *)(uintptr_t)h->replaying,
        .result = c->import.count > 0 ? result_of : NULL,
        .predecessor = before == NULL ? NULL : before->predecessor,
    };
}

void hybrid_make(const struct hybrids *hybrids, struct baton_arena *arena, const bool *made,
                 struct hybrid *out) {
    struct making making = {hybrids, arena, made, out, NULL}, *m = &making;
    *out = (struct hybrid){0};
    make_settings(m);
    hybrid_units(m);
    hybrid_tree(m);
    make_methods(m);
    make_items(m);
    make_grades(m);
    make_groups(m);
    make_links(m);
    hybrid_rows(m);
    hybrid_elements(m);
    hybrid_facts(m);
}
