/* The inside of hybrids: hybrid.c puts schemes together, hybrid_tree.c the tree, hybrid_rows.c units, rows and figures. */
#ifndef ANALYSE_HYBRID_PARTS_H
#define ANALYSE_HYBRID_PARTS_H

#include "analyse/hybrid.h"

/* In which form a thing stands in a hybrid: that of the old scheme, of the new one, or not at all. */
enum form_side { FORM_BEFORE, FORM_AFTER, FORM_NONE };

/* Things by pairs, in both forms; all references are pairs too, effects those of the old scheme and then those of the new
 * one, units those of the old scheme. */
struct hybrids {
    struct baton_arena *arena;
    const struct compare *c;
    const struct baton_replaying *replaying;
    struct baton_node *node[2];
    struct baton_method *method[2];
    struct baton_group *group[2];
    struct baton_grades *grades[2];
    struct baton_item *item[2];
    struct baton_weight *weight[2];
    uint32_t weight_count[2];
    struct baton_effect *effect;
    uint32_t effect_count;
    const char **code;
    uint32_t code_count, *code_of_after;
    uint32_t *renamed; /* pairs of leaves whose element is renamed with them */
    uint32_t renamed_count;
};

struct making {
    const struct hybrids *h;
    struct baton_arena *arena;
    const bool *made; /* [amendments] */
    struct hybrid *out;
    uint32_t *item_at; /* [pairs of items] BATON_NONE = not there */
};

enum form_side hybrid_side(const struct making *m, enum entity_kind kind, uint32_t index,
                           const struct pair *pair);

void hybrid_tree(struct making *m);
void hybrid_units(struct making *m); /* and room for the groups, with their units */
void hybrid_rows(struct making *m);  /* weights, targets, adjustments, successions */
void hybrid_elements(struct making *m);
void hybrid_facts(struct making *m);

#endif
