/* What changed, in the order in which an office tells it: indicators that came and went, weights, methods, sources and owners,
 * rules of scoring, groups and grades, adjustments, units; and the amendments that the changes make up. */
#include "report/compare_parts.h"
#include <math.h>
#include <string.h>

/* The list that a change belongs to. */
enum list {
    LIST_ADDED,
    LIST_DROPPED,
    LIST_WEIGHTS,
    LIST_METHODS,
    LIST_OWNERS,
    LIST_SETTINGS,
    LIST_GRADES,
    LIST_ITEMS,
    LIST_CHECKS,
    LIST_UNITS,
    LISTS
};

static bool is_field(const struct baton_change *change, const char *field) {
    return change->field != NULL && strcmp(change->field, field) == 0;
}

static enum list list_of(const struct baton_change *change) {
    switch (change->subject) {
    case BATON_SUBJECT_NODE:
        if (change->act == BATON_ACT_ADDED)
            return LIST_ADDED;
        if (change->act == BATON_ACT_DROPPED)
            return LIST_DROPPED;
        if (is_field(change, "weight"))
            return LIST_WEIGHTS;
        return change->effective ? LIST_METHODS : LIST_OWNERS;
    case BATON_SUBJECT_WEIGHT:
        return LIST_WEIGHTS;
    case BATON_SUBJECT_ELEMENT:
    case BATON_SUBJECT_METHOD:
    case BATON_SUBJECT_IMPORT:
        return LIST_METHODS;
    case BATON_SUBJECT_SETTING:
        return strncmp(change->id, "adjustments.", 12) == 0 ? LIST_ITEMS : LIST_SETTINGS;
    case BATON_SUBJECT_RATINGS:
    case BATON_SUBJECT_GRADE:
    case BATON_SUBJECT_GROUP:
        return LIST_GRADES;
    case BATON_SUBJECT_ITEM:
    case BATON_SUBJECT_AWARD:
        return LIST_ITEMS;
    case BATON_SUBJECT_CHECK:
        return LIST_CHECKS;
    case BATON_SUBJECT_UNIT:
    case BATON_SUBJECTS:
        break;
    }
    return LIST_UNITS;
}

static const char *amendment_cell(const struct compare_print *p,
                                  const struct baton_change *change) {
    return change->amendment == BATON_NONE ? "" : compare_amendment(p, change->amendment);
}

/* The parent of a node that came or went. */
static const char *parent_of(const struct compare_print *p, const struct baton_scheme *scheme,
                             uint32_t node) {
    const uint32_t parent = scheme->node[node].parent;
    return parent == 0 ? "" : compare_name(p, &scheme->node[parent].name, scheme->node[parent].id);
}

static const char *method_of(const struct compare_print *p, const struct baton_scheme *scheme,
                             uint32_t node) {
    const struct baton_node *of = &scheme->node[node];
    return of->child_count > 0 || of->method == BATON_NONE
               ? ""
               : compare_method_name(p, scheme, of->method);
}

/* Indicators that came, or went. */
static void put_nodes(const struct compare_print *p, enum list list, bool is_before) {
    const struct baton_scheme *scheme = is_before ? p->comparison->before : p->comparison->after;
    const struct document_column columns[] = {
        {.title = compare_in(p, "indicator", "指标")},
        {.title = compare_in(p, "below", "所属板块")},
        {.title = compare_in(p, "weight", "权重"), .align = ALIGN_RIGHT, .whole = true},
        {.title = compare_in(p, "method", "评分方法")},
        {.title = compare_in(p, "amendment", "修订"), .whole = true},
    };
    struct document_table *table = document_table(p->document, columns, LENGTH(columns));
    for (uint32_t i = 0; i < p->comparison->change_count; i++) {
        const struct baton_change *change = &p->comparison->change[i];
        const uint32_t node = is_before ? change->index_before : change->index_after;
        if (list_of(change) != list)
            continue;
        const char *const cells[] = {compare_subject(p, change), parent_of(p, scheme, node),
                                     compare_value_words(p, change, is_before),
                                     method_of(p, scheme, node), amendment_cell(p, change)};
        document_row(table, ROW_PLAIN, 0, cells);
    }
    document_drop_empty(table);
}

static void put_weights(const struct compare_print *p) {
    const struct document_column columns[] = {
        {.title = compare_in(p, "indicator", "指标")},
        {.title = compare_in(p, "old", "原权重"), .align = ALIGN_RIGHT, .whole = true},
        {.title = compare_in(p, "new", "现权重"), .align = ALIGN_RIGHT, .whole = true},
        {.title = compare_in(p, "change", "增减"), .align = ALIGN_RIGHT, .whole = true},
        {.title = compare_in(p, "amendment", "修订"), .whole = true},
    };
    struct document_table *table = document_table(p->document, columns, LENGTH(columns));
    for (uint32_t i = 0; i < p->comparison->change_count; i++) {
        const struct baton_change *change = &p->comparison->change[i];
        if (list_of(change) != LIST_WEIGHTS)
            continue;
        const double gain = change->number_after - change->number_before;
        const char *const cells[] = {
            compare_subject(p, change), compare_value_words(p, change, true),
            compare_value_words(p, change, false), isnan(gain) ? "" : compare_signed(p, gain),
            amendment_cell(p, change)};
        document_row(table, ROW_PLAIN, 0, cells);
    }
}

/* Any other list: what of which thing, from what to what. */
static void put_changes(const struct compare_print *p, enum list list) {
    const struct document_column columns[] = {
        {.title = compare_in(p, "of", "对象")},
        {.title = compare_in(p, "what", "内容")},
        {.title = compare_in(p, "old", "原规定")},
        {.title = compare_in(p, "new", "现规定")},
        {.title = compare_in(p, "amendment", "修订"), .whole = true},
    };
    struct document_table *table = document_table(p->document, columns, LENGTH(columns));
    for (uint32_t i = 0; i < p->comparison->change_count; i++) {
        const struct baton_change *change = &p->comparison->change[i];
        if (list_of(change) != list)
            continue;
        const bool is_setting =
            change->subject == BATON_SUBJECT_SETTING || change->subject == BATON_SUBJECT_RATINGS;
        const char *const cells[] = {
            compare_subject(p, change), is_setting ? "" : compare_field_words(p, change),
            compare_value_words(p, change, true), compare_value_words(p, change, false),
            amendment_cell(p, change)};
        document_row(table, ROW_PLAIN, 0, cells);
    }
    document_drop_empty(table);
}

static uint32_t count_of(const struct compare_print *p, enum list list) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < p->comparison->change_count; i++)
        count += list_of(&p->comparison->change[i]) == list;
    return count;
}

void compare_put_lists(const struct compare_print *p) {
    static const char *const headings[LISTS][2] = {
        [LIST_ADDED] = {"Indicators added", "新增指标"},
        [LIST_DROPPED] = {"Indicators dropped", "取消指标"},
        [LIST_WEIGHTS] = {"Weights", "权重调整"},
        [LIST_METHODS] = {"Methods and definitions", "评分方法和口径调整"},
        [LIST_OWNERS] = {"Names, sources, owners, clauses", "名称、来源、责任部门和依据调整"},
        [LIST_SETTINGS] = {"Rules of scoring", "计分规则调整"},
        [LIST_GRADES] = {"Groups, ratings and grades", "考核类别、评价和等次调整"},
        [LIST_ITEMS] = {"Adjustments and awards", "加减分和奖项调整"},
        [LIST_CHECKS] = {"Checks of figures", "数据校验规则调整"},
        [LIST_UNITS] = {"Units", "考核对象变动"},
    };
    for (enum list list = 0; list < LISTS; list++) {
        if (count_of(p, list) == 0)
            continue;
        document_heading(p->document, 1, headings[list][p->view->language]);
        if (list == LIST_ADDED || list == LIST_DROPPED)
            put_nodes(p, list, list == LIST_DROPPED);
        else if (list == LIST_WEIGHTS)
            put_weights(p);
        else
            put_changes(p, list);
    }
}

/* ---- Amendments */

enum { PHRASES_SHOWN = 6 };

static const char *contents_of(const struct compare_print *p,
                               const struct baton_amendment *amendment) {
    const char *list = "";
    for (uint32_t i = 0; i < amendment->change_count && i < PHRASES_SHOWN; i++)
        list = compare_join(p, list, compare_in(p, "; ", "；"),
                            compare_phrase(p, &p->comparison->change[amendment->change[i]]));
    return amendment->change_count <= PHRASES_SHOWN
               ? list
               : compare_say(p, "%s; and %u more", "%s；另有%u处", list,
                             amendment->change_count - PHRASES_SHOWN);
}

void compare_put_amendments(const struct compare_print *p) {
    const struct baton_comparison *comparison = p->comparison;
    const struct document_column columns[] = {
        {.title = compare_in(p, "no.", "修订"), .whole = true},
        {.title = compare_in(p, "clause", "依据条款")},
        {.title = compare_in(p, "what it changes", "内容")},
    };
    if (comparison->amendment_count == 0)
        return;
    document_heading(p->document, 1, compare_in(p, "Amendments", "修订事项"));
    struct document_table *table = document_table(p->document, columns, LENGTH(columns));
    for (uint32_t a = 0; a < comparison->amendment_count; a++) {
        const char *const cells[] = {compare_amendment(p, a),
                                     compare_clause(p, &comparison->amendment[a]),
                                     contents_of(p, &comparison->amendment[a])};
        document_row(table, ROW_PLAIN, 0, cells);
    }
    document_drop_empty(table);
    document_note(
        p->document,
        compare_in(p,
                   "Changes with one clause, or of which one cannot be made without the other, are "
                   "one amendment.",
                   "依据同一条款的修改，以及缺一不可的修改，合为一项修订。"));
}
