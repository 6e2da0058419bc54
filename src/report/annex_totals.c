/* From scores to the total: how nodes are put together, and what becomes of figures that are not there. */
#include "report/annex_parts.h"
#include <math.h>

static const char *aggregate_words(const struct annex *annex, enum baton_aggregate aggregate) {
    static const char *const words[][2] = {
        [BATON_ARITHMETIC] = {"the mean of the scores below, weighted by points",
                              "下级各项得分按权重加权平均"},
        [BATON_GEOMETRIC] = {"the weighted geometric mean of the scores below",
                             "下级各项得分按权重几何平均"},
        [BATON_HARMONIC] = {"the weighted harmonic mean of the scores below",
                            "下级各项得分按权重调和平均"},
        [BATON_AGGREGATE_MIN] = {"the lowest of the scores below", "取下级各项得分中最低者"},
        [BATON_AGGREGATE_SUM] = {"the sum of the scores below", "下级各项得分相加"},
        [BATON_COPELAND] = {"wins less losses in comparing each pair of units of the group",
                            "本类对象两两比较，胜场数减负场数"},
    };
    return words[aggregate][annex->view->language];
}

/* The names of the nodes that are put together in this way. */
static const char *nodes_of(const struct annex *annex, enum baton_aggregate aggregate,
                            uint32_t *count) {
    struct writer *out = writer_memory(annex->arena);
    *count = 0;
    for (uint32_t n = 0; n < annex->scheme->node_count; n++) {
        const struct baton_node *node = &annex->scheme->node[n];
        if (node->child_count == 0 || !annex->used[n] || node->aggregate != aggregate)
            continue;
        writer_text(out, (*count)++ > 0 ? annex_in(annex, ", ", "、") : "");
        writer_text(out, annex_node_name(annex, n));
    }
    return writer_text_of(out);
}

static void put_aggregates(const struct annex *annex) {
    uint32_t inner = 0;
    for (uint32_t n = 0; n < annex->scheme->node_count; n++)
        inner += annex->scheme->node[n].child_count > 0 && annex->used[n];
    for (unsigned a = 0; a <= BATON_COPELAND; a++) {
        uint32_t count;
        const enum baton_aggregate aggregate = (enum baton_aggregate)a;
        const char *const nodes = nodes_of(annex, aggregate, &count);
        const char *const words = aggregate_words(annex, aggregate);
        if (count == 0)
            continue;
        if (count == inner)
            annex_item(annex, "At each level the score is %s.", "各级得分：%s。", words);
        else
            annex_item(annex, "%s: %s.", "%s：%s。", nodes, words);
    }
    if (annex->scheme->round_at_node)
        annex_item(annex,
                   "The points of every node are rounded before they are added, so that what is "
                   "published adds up.",
                   "各级分值先取舍、后相加，公布的分值与合计相符。");
}

/* The leaves whose missing figures are treated otherwise than those of most. */
static void put_other_missing(const struct annex *annex) {
    const struct baton_scheme *scheme = annex->scheme;
    bool *told = arena_alloc(annex->arena, scheme->node_count, sizeof(bool));
    for (uint32_t n = 1; n < scheme->node_count; n++) {
        const struct baton_node *node = &scheme->node[n];
        if (told[n] || !annex->used[n] || node->child_count > 0 || node->missing == annex->missing)
            continue;
        struct writer *names = writer_memory(annex->arena);
        for (uint32_t m = n; m < scheme->node_count; m++) {
            const struct baton_node *other = &scheme->node[m];
            const bool same = annex->used[m] && other->child_count == 0 &&
                              other->missing == node->missing &&
                              (node->missing != BATON_MISSING_FACTOR ||
                               other->missing_factor == node->missing_factor);
            if (!same)
                continue;
            told[m] = true;
            writer_text(names, names->used > 0 ? annex_in(annex, ", ", "、") : "");
            writer_text(names, annex_node_name(annex, m));
        }
        annex_item(annex, "For %s instead: %s.", "其中%s：%s。", writer_text_of(names),
                   annex_missing(annex, node));
    }
}

static void put_missing(const struct annex *annex) {
    const struct baton_node general = {.missing = annex->missing};
    annex_item(annex, "A figure that is due and not reported: %s.", "到期未报的指标，%s。",
               annex_missing(annex, &general));
    put_other_missing(annex);
    annex_item(annex,
               "An indicator that is not applicable: its weight goes to the others beside it in "
               "proportion.",
               "不适用的指标，其权重由同级其他指标按比例分担。");
    annex_item(annex, "An indicator that is not yet due does not count yet.",
               "未到报送时限的指标，不计入当期结果。");
    if (!isnan(annex->scheme->present))
        annex_item(annex,
                   "A node has a score only where at least %s%% of its weight that applies and is "
                   "due has one.",
                   "已有得分的指标权重不足应计权重%s%%的，该级不予计分。",
                   annex_number(annex, 100 * annex->scheme->present));
}

void annex_totals(const struct annex *annex) {
    document_heading(annex->document, 1,
                     annex_in(annex, "From scores to the total", "得分合成和缺失处理"));
    put_aggregates(annex);
    put_missing(annex);
}
