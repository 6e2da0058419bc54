/* What each indicator counts of the total, group by group, in points of the total.
 *
 * A unit without rows of its own in weights.csv counts as its group does, so only one of these is worked out; each of the
 * others is. What most units of a group have stands in the table, what others have is said beside it. */
#include "report/annex_parts.h"
#include <math.h>

enum { NAMES_MOST = 24 }; /* units that are named in a cell; more are only counted */

/* The shares of a unit of the group, which stands for `count` of them. */
struct sample {
    uint32_t unit;
    uint32_t count;
    bool rest; /* it stands for all without rows of their own */
    const double *share;
};

struct group_weights {
    const struct annex *annex;
    const struct baton_group *group;
    bool *own;      /* [unit of the group] has rows of its own */
    uint32_t units; /* that are there */
    struct sample *sample;
    uint32_t count;
};

static void add_sample(struct group_weights *weights, uint32_t unit, bool rest) {
    double *share =
        arena_alloc(weights->annex->arena, weights->annex->scheme->node_count, sizeof(double));
    view_shares(weights->annex->session, unit, share);
    weights->sample[weights->count++] =
        (struct sample){.unit = unit, .count = 1, .rest = rest, .share = share};
}

static struct group_weights open_weights(const struct annex *annex,
                                         const struct baton_group *group) {
    const struct baton_scheme *scheme = annex->scheme;
    struct group_weights weights = {
        .annex = annex,
        .group = group,
        .own = arena_alloc(annex->arena, group->unit_count + (size_t)1, sizeof(bool))};
    for (uint32_t i = 0; i < scheme->weight_count; i++) {
        const uint32_t unit = scheme->weight[i].unit;
        if (unit != BATON_NONE && unit >= group->first_unit &&
            unit - group->first_unit < group->unit_count)
            weights.own[unit - group->first_unit] = true;
    }
    weights.sample =
        arena_alloc(annex->arena, group->unit_count + (size_t)1, sizeof *weights.sample);
    uint32_t rest = BATON_NONE;
    for (uint32_t u = 0; u < group->unit_count; u++) {
        if (!annex_takes_part(annex, group->first_unit + u))
            continue;
        weights.units++;
        if (weights.own[u]) {
            add_sample(&weights, group->first_unit + u, false);
        } else if (rest == BATON_NONE) {
            rest = weights.count;
            add_sample(&weights, group->first_unit + u, true);
        } else {
            weights.sample[rest].count++;
        }
    }
    return weights;
}

static bool applies(const struct group_weights *weights, uint32_t sample, uint32_t node) {
    return view_applies(weights->annex->session, node, weights->sample[sample].unit);
}

static bool is_same(double a, double b) {
    return baton_number_compare12(a, b) == 0;
}

/* Adds the names of the units that a sample stands for. */
static void add_names(const struct group_weights *weights, uint32_t sample, struct writer *out,
                      uint32_t *named) {
    const struct sample *of = &weights->sample[sample];
    for (uint32_t u = 0; u < weights->group->unit_count; u++) {
        const uint32_t unit = weights->group->first_unit + u;
        if ((of->rest ? weights->own[u] : unit != of->unit) ||
            !annex_takes_part(weights->annex, unit))
            continue;
        if (++*named > NAMES_MOST)
            continue;
        if (*named > 1)
            writer_text(out, annex_in(weights->annex, ", ", "、"));
        writer_text(out, annex_unit_name(weights->annex, unit));
    }
}

/* The names of the units to which the node applies, or does not, with a share or any (NaN). */
static const char *names(const struct group_weights *weights, uint32_t node, bool applying,
                         double share) {
    struct writer *out = writer_memory(weights->annex->arena);
    uint32_t named = 0;
    for (uint32_t s = 0; s < weights->count; s++)
        if (applies(weights, s, node) == applying &&
            (isnan(share) || is_same(weights->sample[s].share[node], share)))
            add_names(weights, s, out, &named);
    if (named > NAMES_MOST)
        writer_text(out, annex_say(weights->annex, " and %u more", "等%u个",
                                   weights->annex->zh ? named : named - NAMES_MOST));
    return writer_text_of(out);
}

/* The shares that units have to which a node applies, each once, and how many units have it. */
struct tally {
    double share;
    uint32_t count;
};
struct shares {
    struct tally *item;
    size_t count, capacity;
    uint32_t units;
    double usual; /* that of most units; among equals the first */
};

static struct shares count_shares(const struct group_weights *weights, uint32_t node) {
    struct shares shares = {0};
    uint32_t most = 0;
    for (uint32_t s = 0; s < weights->count; s++) {
        const struct sample *sample = &weights->sample[s];
        size_t i = 0;
        if (!applies(weights, s, node))
            continue;
        while (i < shares.count && !is_same(shares.item[i].share, sample->share[node]))
            i++;
        if (i == shares.count)
            *ARRAY_PUSH(weights->annex->arena, shares.item, shares.count, shares.capacity) =
                (struct tally){sample->share[node], 0};
        shares.item[i].count += sample->count;
        shares.units += sample->count;
    }
    for (size_t i = 0; i < shares.count; i++)
        if (shares.item[i].count > most) {
            most = shares.item[i].count;
            shares.usual = shares.item[i].share;
        }
    return shares;
}

/* Whether a node has points of its own: below `min` and `sum` nothing is weighed. */
static bool is_weighed(const struct annex *annex, uint32_t node) {
    const enum baton_aggregate aggregate =
        annex->scheme->node[annex->scheme->node[node].parent].aggregate;
    return aggregate != BATON_AGGREGATE_MIN && aggregate != BATON_AGGREGATE_SUM;
}

/* Whom a node applies to, and who has other points than usual. */
static const char *scope_words(const struct group_weights *weights, uint32_t node,
                               const struct shares *shares) {
    const struct annex *annex = weights->annex;
    const char *text = NULL;
    const uint32_t out = weights->units - shares->units;
    if (out > 0 && shares->units <= out)
        text = annex_say(annex, "only %s", "仅%s", names(weights, node, true, NAN));
    else if (out > 0)
        text = annex_say(annex, "not %s", "%s不考核", names(weights, node, false, NAN));
    for (size_t i = 0; i < shares->count && is_weighed(annex, node); i++)
        if (!is_same(shares->item[i].share, shares->usual))
            text = annex_join(annex, text, annex_in(annex, "; ", "；"),
                              annex_say(annex, "%s: %s points", "%s为%s分",
                                        names(weights, node, true, shares->item[i].share),
                                        annex_points(annex, shares->item[i].share)));
    return text;
}

/* Common or individual, and the class where it is not the usual one. */
static const char *kind_words(const struct annex *annex, const struct baton_node *node) {
    static const char *const classes[][2] = {
        [BATON_MANDATORY] = {NULL, NULL},
        [BATON_COMPETITIVE] = {"competitive", "抢答题"},
        [BATON_CLASS_BONUS] = {"bonus", "加分题"},
        [BATON_GATE] = {"gate", "底线指标"},
    };
    if (node->child_count > 0)
        return "";
    const char *const kind = node->kind == BATON_INDIVIDUAL ? annex_in(annex, "individual", "个性")
                                                            : annex_in(annex, "common", "共性");
    const char *const class = classes[node->class][annex->view->language];
    return class == NULL ? kind : annex_join(annex, kind, annex_in(annex, ", ", "、"), class);
}

/* Points of the total; of what is not weighed what becomes of it. */
static const char *points_words(const struct annex *annex, uint32_t node, double points) {
    const uint32_t parent = annex->scheme->node[node].parent;
    if (!view_counted(annex->session, node))
        return annex_in(annex, "none", "不计分");
    switch (annex->scheme->node[parent].aggregate) {
    case BATON_AGGREGATE_MIN:
        return annex_in(annex, "lowest", "取最低");
    case BATON_AGGREGATE_SUM:
        return annex_in(annex, "added", "相加");
    default:
        return annex_points(annex, points);
    }
}

static void put_node(const struct group_weights *weights, struct document_table *table,
                     uint32_t node) {
    const struct annex *annex = weights->annex;
    const struct baton_node *of = &annex->scheme->node[node];
    const struct shares shares = count_shares(weights, node);
    if (shares.units == 0)
        return;
    const char *const cell[] = {annex_node_name(annex, node),
                                points_words(annex, node, shares.usual), kind_words(annex, of),
                                scope_words(weights, node, &shares)};
    document_row(table, of->child_count > 0 ? ROW_STRONG : ROW_PLAIN,
                 of->level > 0 ? of->level - 1 : 0, cell);
}

static void put_group(const struct annex *annex, const struct baton_group *group) {
    const struct document_column columns[] = {
        {.title = annex_in(annex, "indicator", "指标"), .tree = true},
        {.title = annex_in(annex, "points", "分值"), .align = ALIGN_RIGHT, .whole = true},
        {.title = annex_in(annex, "kind", "性质")},
        {.title = annex_in(annex, "who it is for", "适用情况")},
    };
    document_heading(annex->document, 2,
                     annex_say(annex, "%s (%s points)", "%s（满分%s分）",
                               annex_name(annex, &group->title, group->id),
                               annex_number(annex, group->total)));
    const struct group_weights weights = open_weights(annex, group);
    struct document_table *table = document_table(annex->document, columns, LENGTH(columns));
    for (uint32_t n = 1; n < annex->scheme->node_count; n++)
        put_node(&weights, table, n);
    document_drop_empty(table);
}

void annex_weights(const struct annex *annex) {
    document_heading(annex->document, 1, annex_in(annex, "Indicators and points", "指标和分值"));
    document_paragraph(
        annex->document,
        annex_in(
            annex,
            "Points are parts of the total: what each indicator counts where every one of them "
            "has a score. Where nothing else is said, an indicator is for all units of the group.",
            "分值为各项指标均有得分时占总分的分数。未注明适用情况的，适用于本类全部对象。"));
    for (uint32_t g = 0; g < annex->scheme->group_count; g++)
        if (annex_has_group(annex, g))
            put_group(annex, &annex->scheme->group[g]);
}
