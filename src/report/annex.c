/* The annex as a whole: what its parts share, and the order of its sections. */
#include "report/annex_parts.h"
#include <math.h>
#include <stdarg.h>
#include <string.h>

const char *annex_say(const struct annex *annex, const char *en, const char *zh, ...) {
    va_list values;
    va_start(values, zh);
    const char *const text = annex->zh ? arena_vprintf(annex->arena, zh, values)
                                       : arena_vprintf(annex->arena, en, values);
    va_end(values);
    return text;
}

void annex_item(const struct annex *annex, const char *en, const char *zh, ...) {
    va_list values;
    va_start(values, zh);
    document_numbered(annex->document, annex->zh ? arena_vprintf(annex->arena, zh, values)
                                                 : arena_vprintf(annex->arena, en, values));
    va_end(values);
}

const char *annex_name(const struct annex *annex, const struct baton_text *text, const char *id) {
    return baton_text_in(text, annex->view->language, id);
}

const char *annex_node_name(const struct annex *annex, uint32_t node) {
    const struct baton_node *of = &annex->scheme->node[node];
    return node == 0 ? annex_in(annex, "total", "总分") : annex_name(annex, &of->name, of->id);
}

const char *annex_unit_name(const struct annex *annex, uint32_t unit) {
    const struct baton_unit *of = &annex->scheme->unit[unit];
    return annex_name(annex, &of->name, of->id);
}

const char *annex_number(const struct annex *annex, double number) {
    char text[BATON_NUMBER_SHORTEST_SIZE];
    baton_number_shortest(baton_number_sig12(number), text);
    return *text == '-' ? arena_printf(annex->arena, "−%s", text + 1)
                        : arena_text(annex->arena, text, strlen(text));
}

const char *annex_points(const struct annex *annex, double points) {
    return annex_number(annex, baton_number_round(points, 4, BATON_ROUND_HALF_AWAY));
}

const char *annex_code(const struct annex *annex, const char *text) {
    return arena_printf(annex->arena, DOCUMENT_CODE "%s" DOCUMENT_END, text);
}

const char *annex_rule(const struct annex *annex, const struct rule *rule, enum baton_over over,
                       bool before_adjustments) {
    struct rule_words words = annex->words;
    words.over = over;
    words.before_adjustments = before_adjustments;
    return rule_in_words(&words, rule);
}

/* Puts an expression without blanks and with signs as they are written. */
static const char *bare_rule(const struct annex *annex, const char *text) {
    static const char *const signs[][2] = {{"×", "*"}, {"−", "-"}};
    struct writer *out = writer_memory(annex->arena);
    while (*text != '\0') {
        size_t size = 1;
        const char *put = *text == ' ' ? "" : NULL;
        for (size_t i = 0; i < LENGTH(signs); i++)
            if (strncmp(text, signs[i][0], strlen(signs[i][0])) == 0) {
                size = strlen(signs[i][0]);
                put = signs[i][1];
            }
        if (put != NULL)
            writer_text(out, put);
        else
            writer_char(out, *text);
        text += size;
    }
    return writer_text_of(out);
}

bool annex_is_as_written(const struct annex *annex, const char *words, const struct rule *rule) {
    return strcmp(bare_rule(annex, document_plain(annex->arena, words)),
                  bare_rule(annex, rule_text(rule))) == 0;
}

const char *annex_rule_both(const struct annex *annex, const struct rule *rule,
                            enum baton_over over, bool before_adjustments, const char *between) {
    const char *const words = annex_rule(annex, rule, over, before_adjustments);
    if (annex_is_as_written(annex, words, rule))
        return words;
    return arena_printf(annex->arena, "%s%s%s", words, between, annex_code(annex, rule_text(rule)));
}

const char *annex_rule_inline(const struct annex *annex, const struct rule *rule,
                              enum baton_over over) {
    const char *const words = annex_rule(annex, rule, over, false);
    return annex_is_as_written(annex, words, rule)
               ? words
               : annex_say(annex, "%s (%s)", "%s（%s）", words, annex_code(annex, rule_text(rule)));
}

const char *annex_join(const struct annex *annex, const char *before, const char *between,
                       const char *more) {
    return before == NULL || *before == '\0'
               ? more
               : arena_printf(annex->arena, "%s%s%s", before, between, more);
}

const char *annex_decimals(const struct annex *annex, int32_t decimals) {
    if (annex->zh)
        return decimals == 0 ? "得分取整数"
                             : arena_printf(annex->arena, "得分保留%d位小数", decimals);
    return decimals == 0
               ? "no decimals"
               : arena_printf(annex->arena, "%d decimal%s", decimals, decimals == 1 ? "" : "s");
}

bool annex_takes_part(const struct annex *annex, uint32_t unit) {
    const struct baton_unit *of = &annex->scheme->unit[unit];
    const struct baton_period period = annex->scheme->period;
    return (of->joined.kind == BATON_PERIOD_NONE ||
            baton_period_first_day(of->joined) <= baton_period_last_day(period)) &&
           (of->left.kind == BATON_PERIOD_NONE ||
            baton_period_last_day(of->left) >= baton_period_first_day(period));
}

bool annex_has_group(const struct annex *annex, uint32_t group) {
    return annex->view->group == BATON_NONE || annex->view->group == group;
}

const char *annex_missing(const struct annex *annex, const struct baton_node *node) {
    static const char *const words[][2] = {
        [BATON_MISSING_REDISTRIBUTE] = {"its weight goes to the others beside it in proportion",
                                        "其权重由同级其他指标按比例分担"},
        [BATON_MISSING_ZERO] = {"scores 0", "按零分计"},
        [BATON_MISSING_FLOOR] = {"scores the lowest that the method gives", "按该方法的最低得分计"},
        [BATON_MISSING_MEAN] = {"scores the mean of those compared", "按比较范围内的平均得分计"},
        [BATON_MISSING_MEDIAN] = {"scores the median of those compared",
                                  "按比较范围内得分的中位数计"},
        [BATON_MISSING_FULL] = {"scores 100", "按满分计"},
        [BATON_MISSING_LAST] = {"the newest earlier figure takes its place",
                                "以最近一期已报数据代替"},
        [BATON_MISSING_REFUSE] = {"nothing is scored until it is reported", "补报前不予计分"},
    };
    if (node->missing == BATON_MISSING_FACTOR)
        return annex_say(annex, "scores %s", "按%s分计",
                         annex_number(annex, 100 * node->missing_factor));
    return words[node->missing][annex->view->language];
}

const char *annex_frequency(const struct annex *annex, enum baton_period_kind kind) {
    switch (kind) {
    case BATON_YEAR:
        return annex_in(annex, "year", "年度");
    case BATON_HALF:
        return annex_in(annex, "half-year", "半年");
    case BATON_QUARTER:
        return annex_in(annex, "quarter", "季度");
    case BATON_MONTH:
        return annex_in(annex, "month", "月度");
    case BATON_WEEK:
        return annex_in(annex, "week", "每周");
    case BATON_DAY:
        return annex_in(annex, "day", "每日");
    case BATON_PERIOD_NONE:
        break;
    }
    return "";
}

/* ---- What the annex is about. */

static void find_used(struct annex *annex) {
    const struct baton_scheme *scheme = annex->scheme;
    annex->used = arena_alloc(annex->arena, scheme->node_count, sizeof(bool));
    for (uint32_t g = 0; g < scheme->group_count; g++) {
        const struct baton_group *group = &scheme->group[g];
        for (uint32_t n = 0; annex_has_group(annex, g) && n < scheme->node_count; n++)
            for (uint32_t u = 0; !annex->used[n] && u < group->unit_count; u++)
                annex->used[n] = annex_takes_part(annex, group->first_unit + u) &&
                                 view_applies(annex->session, n, group->first_unit + u);
    }
}

static bool is_used_leaf(const struct annex *annex, uint32_t node) {
    return annex->used[node] && annex->scheme->node[node].child_count == 0;
}

/* Methods are numbered in the order in which the scheme has them. */
static void find_methods(struct annex *annex) {
    const struct baton_scheme *scheme = annex->scheme;
    annex->method =
        arena_alloc(annex->arena, scheme->method_count + (size_t)1, sizeof *annex->method);
    for (uint32_t n = scheme->node_count; n-- > 1;) {
        if (!is_used_leaf(annex, n))
            continue;
        struct annex_method *method = &annex->method[scheme->node[n].method];
        method->leaf = n;
        method->number = 1;
        *(scheme->node[n].direction == BATON_UP ? &method->up : &method->down) = true;
    }
    uint32_t number = 0;
    for (uint32_t m = 0; m < scheme->method_count; m++)
        if (annex->method[m].number > 0)
            annex->method[m].number = ++number;
}

/* The rule for missing figures that most leaves have; among equals the first of the enum. */
static void find_missing(struct annex *annex) {
    uint32_t count[BATON_MISSING_REFUSE + 1] = {0};
    const struct baton_scheme *scheme = annex->scheme;
    annex->missing = BATON_MISSING_REDISTRIBUTE;
    for (uint32_t n = 1; n < scheme->node_count; n++)
        if (is_used_leaf(annex, n) && scheme->node[n].missing != BATON_MISSING_FACTOR)
            count[scheme->node[n].missing]++;
    for (unsigned rule = 0; rule < LENGTH(count); rule++)
        if (count[rule] > count[annex->missing])
            annex->missing = (enum baton_missing_rule)rule;
}

static void set_title(const struct annex *annex) {
    const struct baton_scheme *scheme = annex->scheme;
    const char *const title = annex_name(annex, &scheme->title, scheme->id);
    const char *below = NULL;
    if (annex->view->group != BATON_NONE) {
        const struct baton_group *group = &scheme->group[annex->view->group];
        below = annex_say(annex, "For: %s", "（%s）", annex_name(annex, &group->title, group->id));
    }
    document_title(annex->document, annex_in(annex, "Annex", "附件"),
                   annex_say(annex, "%s: indicators and scoring", "%s指标体系和计分办法", title),
                   below);
}

struct annex annex_open(struct baton_arena *arena, const struct annex_view *view, uint32_t one) {
    const struct baton_scheme *scheme = baton_session_scheme(view->session);
    struct annex annex = {
        .arena = arena,
        .view = view,
        .session = view->session,
        .scheme = scheme,
        .document = document_open(arena, view->language),
        .zh = view->language == BATON_ZH,
        .words = {.arena = arena,
                  .scheme = scheme,
                  .element_name = rule_element_names(arena, scheme, view->language),
                  .session = view->session,
                  .language = view->language},
    };
    find_used(&annex);
    for (uint32_t n = 0; one != BATON_NONE && n < scheme->node_count; n++)
        annex.used[n] = n == one;
    find_methods(&annex);
    find_missing(&annex);
    return annex;
}

struct document *annex_document(struct baton_arena *arena, const struct annex_view *view) {
    const struct annex annex = annex_open(arena, view, BATON_NONE);
    set_title(&annex);
    annex_units(&annex);
    annex_weights(&annex);
    annex_indicators(&annex);
    annex_methods(&annex);
    annex_totals(&annex);
    annex_adjustments(&annex);
    annex_ranks(&annex);
    annex_awards(&annex);
    annex_checks(&annex);
    annex_clauses(&annex);
    return annex.document;
}
