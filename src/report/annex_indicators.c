/* How each indicator is made: what it measures, when its figure is due, by which method it is scored, who answers for it,
 * on which clause it rests. */
#include "report/annex_parts.h"
#include <math.h>
#include <string.h>

enum indicator_column {
    COLUMN_NAME,
    COLUMN_MEASURE,
    COLUMN_FIGURE,
    COLUMN_TIME,
    COLUMN_METHOD,
    COLUMN_OWNER,
    COLUMN_BASIS,
    COLUMNS
};

/* Adds a line to a cell. */
static const char *line(const struct annex *annex, const char *cell, const char *more) {
    return annex_join(annex, cell, "\n", more);
}

/* The direction changes nothing with some methods. */
const char *annex_direction(const struct annex *annex, const struct baton_node *node) {
    const enum baton_method_kind kind = annex->scheme->method[node->method].kind;
    if (*method_kind(kind)->down[BATON_EN] == '\0')
        return NULL;
    return node->direction == BATON_UP ? annex_in(annex, "higher is better", "正向")
                                       : annex_in(annex, "lower is better", "逆向");
}

static const char *measure_cell(const struct annex *annex, const struct baton_node *node) {
    const char *const direction = annex_direction(annex, node);
    return direction == NULL ? node->measure : line(annex, node->measure, direction);
}

static const char *treat_words(const struct annex *annex, const struct baton_node *node) {
    switch (node->treat) {
    case BATON_TREAT_WINSORISE:
        return annex_say(annex, "extreme figures pulled in: at most %s",
                         "明显偏离的极端值至多收敛%s个", annex_number(annex, node->treat_a));
    case BATON_TREAT_LOG:
        return annex_in(annex, "its natural logarithm is scored", "取自然对数后计分");
    case BATON_TREAT_CLIP:
        return annex_say(annex, "kept within %s and %s", "限于%s至%s之间",
                         annex_number(annex, node->treat_a), annex_number(annex, node->treat_b));
    default:
        return NULL;
    }
}

/* What the figure is: reported, or worked out; of one period or of several; treated. */
const char *annex_figure(const struct annex *annex, uint32_t n) {
    const struct baton_node *node = &annex->scheme->node[n];
    const struct baton_method *method = &annex->scheme->method[node->method];
    const struct rule *value = view_leaf(annex->session, n, VIEW_VALUE);
    const struct rule *when = view_leaf(annex->session, n, VIEW_WHEN);
    const char *cell = method->kind == BATON_METHOD_LEVELS
                           ? annex_in(annex, "level as reported", "报送等级")
                           : annex_in(annex, "as reported", "报送数值");
    if (value != NULL)
        cell = annex_rule_both(annex, value, method->over, false, "\n");
    if (node->accumulate != BATON_LAST)
        cell = line(annex, cell,
                    node->accumulate == BATON_SUM
                        ? annex_in(annex, "sum of the periods", "各期合计")
                        : annex_in(annex, "mean of the periods", "各期平均"));
    const char *const treat = treat_words(annex, node);
    cell = treat == NULL ? cell : line(annex, cell, treat);
    if (when != NULL)
        cell = line(annex, cell,
                    annex_say(annex, "applies if %s", "适用条件：%s",
                              annex_rule_both(annex, when, method->over, false, "\n")));
    return cell;
}

/* The frequencies of the elements that a figure is made of, each once, where the leaf has none of its own. */
static const char *frequency_words(const struct annex *annex, uint32_t n) {
    const enum baton_period_kind own = view_leaf_frequency(annex->session, n);
    const struct rule *value = view_leaf(annex->session, n, VIEW_VALUE);
    uint32_t kinds = 0;
    const char *text = "";
    if (own != BATON_PERIOD_NONE || value == NULL)
        return annex_frequency(annex, own);
    const struct rule_uses *uses = rule_uses(value);
    for (uint32_t i = 0; i < uses->element_count; i++)
        kinds |= 1u << annex->scheme->element[uses->element[i]].frequency;
    for (unsigned kind = BATON_DAY; kind <= BATON_YEAR; kind++)
        if ((kinds >> kind & 1) != 0)
            text = annex_join(annex, text, annex_in(annex, ", ", "、"),
                              annex_frequency(annex, (enum baton_period_kind)kind));
    return text;
}

const char *annex_time(const struct annex *annex, uint32_t n) {
    const struct baton_node *node = &annex->scheme->node[n];
    const char *cell = frequency_words(annex, n);
    if (node->due_days >= 0)
        cell = line(annex, cell,
                    annex_say(annex, "due after %d days", "期满后%d日内", node->due_days));
    return cell;
}

const char *annex_bounds(const struct annex *annex, const struct baton_node *node) {
    const char *words = NULL;
    if (!isnan(node->lo))
        words = annex_say(annex, "lower bound %s", "下限值%s", annex_number(annex, node->lo));
    if (!isnan(node->hi))
        words = line(annex, words,
                     annex_say(annex, "upper bound %s", "上限值%s", annex_number(annex, node->hi)));
    return words;
}

static const char *method_cell(const struct annex *annex, const struct baton_node *node) {
    const char *const bounds = annex_bounds(annex, node);
    const char *cell = annex_method_reference(annex, node->method);
    cell = bounds == NULL ? cell : line(annex, cell, bounds);
    if (node->missing != annex->missing)
        cell = line(annex, cell,
                    annex_say(annex, "if missing: %s", "缺失：%s", annex_missing(annex, node)));
    if (node->decimals >= 0)
        cell = line(annex, cell, annex_decimals(annex, node->decimals));
    return cell;
}

/* Whoever is named: a unit by its id stands with its name. */
const char *annex_organ(const struct annex *annex, const char *organ) {
    for (uint32_t u = 0; u < annex->scheme->unit_count; u++)
        if (strcmp(annex->scheme->unit[u].id, organ) == 0)
            return annex_unit_name(annex, u);
    return organ;
}

static const char *owner_cell(const struct annex *annex, const struct baton_node *node) {
    const char *cell = node->source == NULL ? NULL : annex_organ(annex, node->source);
    if (node->verifier != NULL)
        cell = line(
            annex, cell,
            annex_say(annex, "verified by %s", "审核：%s", annex_organ(annex, node->verifier)));
    if (node->needs_evidence)
        cell = line(annex, cell, annex_say(annex, "with evidence", "须附佐证"));
    return cell;
}

static bool has_clauses(const struct annex *annex) {
    for (uint32_t n = 1; n < annex->scheme->node_count; n++)
        if (annex->used[n] && annex->scheme->node[n].basis != NULL)
            return true;
    return false;
}

/* The heading of the clause, where it is not that of the node above; a dash where there is none though that has one. */
static const char *basis_cell(const struct annex *annex, const struct baton_node *node) {
    const struct annex_view *view = annex->view;
    const char *const above = annex->scheme->node[node->parent].basis;
    struct baton_clause clause;
    if (node->basis == NULL)
        return above == NULL ? NULL : "—";
    if (above != NULL && strcmp(above, node->basis) == 0)
        return NULL;
    const bool known = view->clause != NULL && view->clause(view->context, node->basis, &clause);
    return known ? clause.title : annex_code(annex, node->basis);
}

/* A node with others below it says only what is its own. */
static void put_node(const struct annex *annex, struct document_table *table, uint32_t n) {
    const struct baton_node *node = &annex->scheme->node[n];
    const char *cell[COLUMNS] = {[COLUMN_NAME] = annex_node_name(annex, n),
                                 [COLUMN_OWNER] = owner_cell(annex, node),
                                 [COLUMN_BASIS] = basis_cell(annex, node)};
    if (node->child_count == 0) {
        cell[COLUMN_MEASURE] = measure_cell(annex, node);
        cell[COLUMN_FIGURE] = annex_figure(annex, n);
        cell[COLUMN_TIME] = annex_time(annex, n);
        cell[COLUMN_METHOD] = method_cell(annex, node);
    }
    document_row(table, node->child_count > 0 ? ROW_STRONG : ROW_PLAIN,
                 node->level > 0 ? node->level - 1 : 0, cell);
}

/* Named expressions that figures are made of. */
static void put_elements(const struct annex *annex) {
    const struct document_column columns[] = {
        {.title = annex_in(annex, "figure", "数据项")},
        {.title = annex_in(annex, "how it is made", "计算方法")},
    };
    const struct baton_scheme *scheme = annex->scheme;
    struct document_table *table = NULL;
    for (uint32_t e = 0; e < scheme->element_count; e++) {
        const struct rule *rule = view_element(annex->session, e);
        if (rule == NULL)
            continue;
        if (table == NULL) {
            document_paragraph(annex->document,
                               annex_in(annex, "Figures that are worked out from reported ones:",
                                        "由报送数据计算得出的数据项："));
            table = document_table(annex->document, columns, LENGTH(columns));
        }
        const char *const cell[] = {annex_code(annex, scheme->element[e].id),
                                    annex_rule_both(annex, rule, BATON_OVER_GROUP, false, "\n")};
        document_row(table, ROW_PLAIN, 0, cell);
    }
}

void annex_indicators(const struct annex *annex) {
    const struct document_column columns[COLUMNS] = {
        [COLUMN_NAME] = {.title = annex_in(annex, "indicator", "指标"), .tree = true},
        [COLUMN_MEASURE] = {.title = annex_in(annex, "unit, direction", "单位、方向")},
        [COLUMN_FIGURE] = {.title = annex_in(annex, "figure", "数据口径")},
        [COLUMN_TIME] = {.title = annex_in(annex, "period", "频次和时限")},
        [COLUMN_METHOD] = {.title = annex_in(annex, "method", "计分方法")},
        [COLUMN_OWNER] = {.title = annex_in(annex, "source, verified by", "数据来源、责任部门")},
        [COLUMN_BASIS] = {.title = annex_in(annex, "clause", "依据")},
    };
    document_heading(annex->document, 1, annex_in(annex, "How indicators are made", "指标说明"));
    document_paragraph(
        annex->document,
        has_clauses(annex)
            ? annex_in(annex,
                       "Methods are told in section 4. An indicator without a clause of its "
                       "own rests on that of the one above it.",
                       "计分方法见第四部分；未列依据的，与上级指标相同。")
            : annex_in(annex, "Methods are told in section 4.", "计分方法见第四部分。"));
    struct document_table *table = document_table(annex->document, columns, LENGTH(columns));
    for (uint32_t n = 1; n < annex->scheme->node_count; n++)
        if (annex->used[n])
            put_node(annex, table, n);
    document_drop_empty(table);
    put_elements(annex);
}
