/* Adjustments: bonus and deduction items, vetoes, gates, and their limits. */
#include "report/annex_parts.h"
#include "report/words.h"
#include <math.h>

/* The title of the first grade that has the code. */
static const char *grade_words(const struct annex *annex, uint32_t code) {
    const struct baton_scheme *scheme = annex->scheme;
    for (uint32_t g = 0; g < scheme->grades_count; g++)
        for (uint32_t i = 0; i < scheme->grades[g].count; i++)
            if (scheme->grades[g].item[i].code == code)
                return annex_name(annex, &scheme->grades[g].item[i].title, scheme->code[code]);
    return scheme->code[code];
}

const char *annex_effect(const struct annex *annex, uint32_t effect) {
    const struct baton_effect *of = &annex->scheme->effect[effect];
    const char *const between = annex_in(annex, "; ", "；");
    const char *text = NULL;
    if (of->grade_at_most != BATON_NONE)
        text = annex_say(annex, "grade no better than %s", "等次不得高于“%s”",
                         grade_words(annex, of->grade_at_most));
    if (of->node_zero != BATON_NONE)
        text = annex_join(
            annex, text, between,
            annex_say(annex, "“%s” scores 0", "“%s”记零分", annex_node_name(annex, of->node_zero)));
    if (of->unranked)
        text = annex_join(annex, text, between,
                          annex_in(annex, "no rank and no grade", "不参加排名，不定等次"));
    if (of->no_award)
        text = annex_join(annex, text, between, annex_in(annex, "no award", "取消评奖资格"));
    if (of->bonus_void)
        text = annex_join(annex, text, between, annex_in(annex, "its bonus is void", "加分无效"));
    return text == NULL ? "" : text;
}

/* What an item counts: so much each time, by level, or worked out. */
static const char *points_cell(const struct annex *annex, uint32_t i) {
    const struct baton_item *item = &annex->scheme->item[i];
    const struct rule *rule = view_item_points(annex->session, i);
    const char *cell = NULL;
    if (rule != NULL)
        return annex_rule_both(annex, rule, BATON_OVER_GROUP, true, "\n");
    for (uint32_t l = 0; l < item->level_count; l++)
        cell =
            annex_join(annex, cell, "\n",
                       annex_say(annex, "%s: %s", "%s：%s分", annex_code(annex, item->level[l].id),
                                 annex_number(annex, item->level[l].points)));
    if (!isnan(item->points))
        cell = annex_join(annex, cell, "\n",
                          item->level_count > 0 ? annex_say(annex, "otherwise %s", "其他每次%s分",
                                                            annex_number(annex, item->points))
                                                : annex_say(annex, "%s each", "每次%s分",
                                                            annex_number(annex, item->points)));
    return cell == NULL ? annex_in(annex, "as decided case by case", "按认定分值") : cell;
}

static const char *when_cell(const struct annex *annex, const struct rule *when) {
    return when == NULL ? "" : annex_rule_both(annex, when, BATON_OVER_GROUP, true, "\n");
}

/* A computed item counts once for each unit, whatever rows there are. */
static const char *count_cell(const struct annex *annex, uint32_t i) {
    if (view_item_points(annex->session, i) != NULL)
        return annex_in(annex, "worked out", "据实计算");
    return annex->scheme->item[i].highest ? annex_in(annex, "the highest only", "只计最高一次")
                                          : annex_in(annex, "added up", "累计");
}

static void put_items(const struct annex *annex) {
    const struct document_column columns[] = {
        {.title = annex_in(annex, "item", "事项")},
        {.title = annex_in(annex, "kind", "性质"), .whole = true},
        {.title = annex_in(annex, "points", "分值")},
        {.title = annex_in(annex, "counting", "计次")},
        {.title = annex_in(annex, "at most", "最高"), .align = ALIGN_RIGHT, .whole = true},
        {.title = annex_in(annex, "only if", "条件")},
    };
    struct document_table *table = document_table(annex->document, columns, LENGTH(columns));
    for (uint32_t i = 0; i < annex->scheme->item_count; i++) {
        const struct baton_item *item = &annex->scheme->item[i];
        if (item->kind == BATON_VETO)
            continue;
        const char *const cell[] = {annex_name(annex, &item->title, item->id),
                                    item->kind == BATON_BONUS
                                        ? annex_in(annex, "bonus", "加分")
                                        : annex_in(annex, "deduction", "扣分"),
                                    points_cell(annex, i),
                                    count_cell(annex, i),
                                    isnan(item->cap) ? "" : annex_number(annex, item->cap),
                                    when_cell(annex, view_item_when(annex->session, i))};
        document_row(table, ROW_PLAIN, 0, cell);
    }
    document_drop_empty(table);
}

static void put_caps(const struct annex *annex) {
    const struct baton_scheme *scheme = annex->scheme;
    annex_item(
        annex,
        "Bonus is added to the total, deduction is taken from it. Of a unit's honours for one and "
        "the same thing only the one worth most counts.",
        "加分、扣分在满分之外计算，计入总分。同一荣誉（事项）重复认定的，只计分值最高的一次。");
    if (!isnan(scheme->cap_bonus))
        annex_item(annex, "Bonus is at most %s points in all.", "加分合计最高%s分。",
                   annex_number(annex, scheme->cap_bonus));
    if (!isnan(scheme->cap_deduction))
        annex_item(annex, "Deduction is at most %s points in all.", "扣分合计最高%s分。",
                   annex_number(annex, scheme->cap_deduction));
    for (uint32_t g = 0; g < scheme->group_count; g++) {
        const struct baton_group *group = &scheme->group[g];
        const char *const name = annex_name(annex, &group->title, group->id);
        if (!annex_has_group(annex, g))
            continue;
        if (!isnan(group->bound_lo))
            annex_item(annex, "%s: the total is not below %s.", "%s总分最低为%s分。", name,
                       annex_number(annex, group->bound_lo));
        if (!isnan(group->bound_hi))
            annex_item(annex, "%s: the total is not above %s.", "%s总分最高为%s分。", name,
                       annex_number(annex, group->bound_hi));
    }
}

static const char *until_words(const struct annex *annex, const struct baton_item *item) {
    if (item->until.kind == BATON_PERIOD_NONE)
        return "";
    return annex_say(annex, "; in force until the end of %s", "；影响期至%s末",
                     words_period(annex->arena, item->until, annex->view->language));
}

static void put_vetoes(const struct annex *annex) {
    const struct document_column columns[] = {
        {.title = annex_in(annex, "what happened", "情形")},
        {.title = annex_in(annex, "what follows", "后果")},
        {.title = annex_in(annex, "only if", "条件")},
    };
    struct document_table *table = document_table(annex->document, columns, LENGTH(columns));
    for (uint32_t i = 0; i < annex->scheme->item_count; i++) {
        const struct baton_item *item = &annex->scheme->item[i];
        if (item->kind != BATON_VETO)
            continue;
        const char *const cell[] = {annex_name(annex, &item->title, item->id),
                                    arena_printf(annex->arena, "%s%s",
                                                 annex_effect(annex, item->effect),
                                                 until_words(annex, item)),
                                    when_cell(annex, view_item_when(annex->session, i))};
        document_row(table, ROW_PLAIN, 0, cell);
    }
    document_drop_empty(table);
}

static void put_gates(const struct annex *annex) {
    const struct document_column columns[] = {
        {.title = annex_in(annex, "indicator", "底线指标")},
        {.title = annex_in(annex, "needs a score of", "得分应达到"),
         .align = ALIGN_RIGHT,
         .whole = true},
        {.title = annex_in(annex, "what follows below", "未达到的后果")},
    };
    struct document_table *table = document_table(annex->document, columns, LENGTH(columns));
    for (uint32_t n = 1; n < annex->scheme->node_count; n++) {
        const struct baton_node *node = &annex->scheme->node[n];
        if (node->gate_effect == BATON_NONE || node->class != BATON_GATE || !annex->used[n])
            continue;
        const char *const cell[] = {annex_node_name(annex, n),
                                    annex_number(annex, node->gate_at_least),
                                    annex_effect(annex, node->gate_effect)};
        document_row(table, ROW_PLAIN, 0, cell);
    }
    document_drop_empty(table);
}

/* What there is to say: items that count, vetoes, gates. */
struct has {
    bool items, vetoes, gates, bounds;
};

static struct has look(const struct annex *annex) {
    struct has has = {0};
    for (uint32_t i = 0; i < annex->scheme->item_count; i++)
        *(annex->scheme->item[i].kind == BATON_VETO ? &has.vetoes : &has.items) = true;
    for (uint32_t n = 1; n < annex->scheme->node_count; n++)
        has.gates |= annex->scheme->node[n].class == BATON_GATE && annex->used[n];
    for (uint32_t g = 0; g < annex->scheme->group_count; g++)
        has.bounds |= annex_has_group(annex, g) && !(isnan(annex->scheme->group[g].bound_lo) &&
                                                     isnan(annex->scheme->group[g].bound_hi));
    return has;
}

void annex_adjustments(const struct annex *annex) {
    const struct has has = look(annex);
    if (!has.items && !has.vetoes && !has.gates && !has.bounds)
        return;
    document_heading(
        annex->document, 1,
        annex_in(annex, "Adjustments, vetoes and gates", "加减分、一票否决和底线指标"));
    if (has.items || has.bounds) {
        document_heading(annex->document, 2, annex_in(annex, "Bonus and deduction", "加减分"));
        put_items(annex);
        put_caps(annex);
    }
    if (has.vetoes) {
        document_heading(annex->document, 2, annex_in(annex, "Vetoes", "一票否决"));
        put_vetoes(annex);
    }
    if (has.gates) {
        document_heading(annex->document, 2, annex_in(annex, "Gates", "底线指标"));
        put_gates(annex);
    }
}
