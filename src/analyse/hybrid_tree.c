/* The tree of a hybrid: the nodes that are there, each below the parent that its form has. */
#include "analyse/hybrid_parts.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Children of each node by pairs, as chains in the order of the pairs. */
struct growing {
    struct making *m;
    const struct baton_node **form; /* [pairs] NULL = not there */
    uint32_t *first, *next;         /* [pairs] */
    uint32_t *list;                 /* room for the lists of children */
};

struct named {
    const char *id;
    uint32_t node;
};

static int compare_ids(const void *left, const void *right) {
    return strcmp(((const struct named *)left)->id, ((const struct named *)right)->id);
}

static void choose(struct growing *g) {
    const struct hybrids *h = g->m->h;
    const struct compare *c = h->c;
    for (uint32_t i = 0; i < c->node.count; i++) {
        const enum form_side side = hybrid_side(g->m, ENTITY_NODE, i, &c->node.pair[i]);
        g->first[i] = BATON_NONE;
        g->m->out->node_at[i] = BATON_NONE;
        if (side != FORM_NONE)
            g->form[i] = &h->node[side][i];
    }
    for (uint32_t i = c->node.count; i-- > 1;) { /* backwards, so that chains ascend */
        if (g->form[i] == NULL)
            continue;
        const uint32_t parent = g->form[i]->parent;
        assert(g->form[parent] != NULL); /* or they would belong to one amendment */
        g->next[i] = g->first[parent];
        g->first[parent] = i;
    }
}

/* Lays out a node and what is below it. */
static void lay_out(struct growing *g, uint32_t pair, uint32_t parent, uint32_t level) {
    struct baton_scheme *scheme = &g->m->out->scheme;
    const uint32_t at = scheme->node_count++;
    struct baton_node *node = &scheme->node[at];
    g->m->out->node_at[pair] = at;
    *node = *g->form[pair];
    node->parent = parent;
    node->level = level;
    node->child_count = 0;
    for (uint32_t i = g->first[pair]; i != BATON_NONE; i = g->next[i])
        node->child_count++;
    uint32_t *child = g->list;
    g->list += node->child_count;
    node->child = child;
    for (uint32_t i = g->first[pair]; i != BATON_NONE; i = g->next[i]) {
        *child++ = scheme->node_count;
        lay_out(g, i, at, level + 1);
    }
}

static void sort_children(struct growing *g) {
    struct baton_scheme *scheme = &g->m->out->scheme;
    struct named *named = arena_alloc(g->m->arena, scheme->node_count, sizeof(*named));
    for (uint32_t n = 0; n < scheme->node_count; n++) {
        struct baton_node *node = &scheme->node[n];
        uint32_t *sorted = arena_alloc(g->m->arena, node->child_count, sizeof(uint32_t));
        for (uint32_t k = 0; k < node->child_count; k++)
            named[k] = (struct named){scheme->node[node->child[k]].id, node->child[k]};
        if (node->child_count > 1)
            qsort(named, node->child_count, sizeof(*named), compare_ids);
        for (uint32_t k = 0; k < node->child_count; k++)
            sorted[k] = named[k].node;
        node->child_by_id = sorted;
    }
}

void hybrid_tree(struct making *m) {
    const uint32_t count = m->h->c->node.count;
    struct growing g = {.m = m,
                        .form = arena_alloc(m->arena, count, sizeof(struct baton_node *)),
                        .first = arena_alloc(m->arena, count, sizeof(uint32_t)),
                        .next = arena_alloc(m->arena, count, sizeof(uint32_t)),
                        .list = arena_alloc(m->arena, count, sizeof(uint32_t))};
    m->out->node_at = arena_alloc(m->arena, count, sizeof(uint32_t));
    m->out->scheme.node = arena_alloc(m->arena, count, sizeof(struct baton_node));
    m->out->scheme.node_count = 0;
    choose(&g);
    lay_out(&g, 0, BATON_NONE, 0);
    sort_children(&g);
}
