/* Methods that changed, in words: a method by what it is called and its id, a parameter by its name, tables of bands, levels and
 * places as an office writes them. The words are those of the annex (method_words.c). */
#include "report/compare_parts.h"
#include "report/method_words.h"
#include "report/rule_words.h"
#include <math.h>
#include <string.h>

static const struct baton_scheme *side_of(const struct compare_print *p, bool is_before) {
    return is_before ? p->comparison->before : p->comparison->after;
}

const char *compare_method_name(const struct compare_print *p, const struct baton_scheme *scheme,
                                uint32_t method) {
    const struct baton_method *of = &scheme->method[method];
    return compare_say(p, "%s (%s)", "%s（%s）", method_words_kind(of, p->view->language),
                       compare_code(p, of->id));
}

static const char *number(const struct compare_print *p, double value) {
    char text[BATON_NUMBER_SHORTEST_SIZE];
    const size_t size = baton_number_shortest(value, text);
    return arena_text(p->arena, text, size);
}

/* The one direction of all indicators that a method scores; BATON_NONE where they have both, or there is none. */
static uint32_t direction_of(const struct baton_scheme *scheme, uint32_t method) {
    bool is_used[2] = {false, false};
    for (uint32_t n = 1; n < scheme->node_count; n++)
        if (scheme->node[n].child_count == 0 && scheme->node[n].method == method)
            is_used[scheme->node[n].direction == BATON_DOWN] = true;
    return is_used[0] == is_used[1] ? BATON_NONE : is_used[1];
}

/* "100 for the first place", 第1名得100分: the languages put the score at either end. */
static const char *scored(const struct compare_print *p, const char *what, const char *score) {
    const bool zh = p->view->language == BATON_ZH;
    return compare_say(p, "%s for %s", "%s得%s分", zh ? what : score, zh ? score : what);
}

/* [60, 90)得75分; by the bound alone where the method is for both directions. */
static const char *bands_words(const struct compare_print *p, const struct baton_scheme *scheme,
                               uint32_t method) {
    const struct baton_method *of = &scheme->method[method];
    const uint32_t down = direction_of(scheme, method);
    double before = NAN;
    const char *list = "";
    for (uint32_t i = 0; i < of->table_count; i++) {
        const struct baton_band *band = &of->bands[i];
        const char *score = number(p, band->score);
        if (of->linear && i > 0 && down != BATON_NONE)
            score = compare_say(p, "%s to %s", "%s～%s", score, number(p, of->bands[i - 1].score));
        const char *const what =
            down == BATON_NONE ? compare_say(p, "the bound %s", "界限%s", number(p, band->bound))
                               : method_words_interval(p->arena, down == 0, band->bound, before);
        list = compare_join(p, list, compare_in(p, ", ", "，"), scored(p, what, score));
        before = band->bound;
    }
    return list;
}

static const char *levels_words(const struct compare_print *p, const struct baton_scheme *scheme,
                                const struct baton_method *method) {
    const char *list = "";
    for (uint32_t i = 0; i < method->table_count; i++)
        list = compare_join(p, list, compare_in(p, ", ", "，"),
                            scored(p, scheme->code[(uint32_t)method->bands[i].bound],
                                   number(p, method->bands[i].score)));
    return list;
}

static const char *places_words(const struct compare_print *p, const struct baton_method *method) {
    const char *list = "";
    for (uint32_t i = 0; i < method->table_count; i++)
        list = compare_join(
            p, list, compare_in(p, ", ", "，"),
            scored(p, compare_say(p, "place %u", "第%u名", i + 1), number(p, method->table[i])));
    return method->table == NULL ? NULL : list;
}

static const char *where_words(const struct compare_print *p, const struct baton_method *method) {
    const char *list = "";
    for (uint32_t i = 0; i < method->where_count; i++)
        list =
            compare_join(p, list, compare_in(p, ", ", "，"),
                         compare_say(p, "%s = %s", "%s＝%s", compare_code(p, method->where_name[i]),
                                     compare_code(p, method->where_value[i].text)));
    return method->where_count == 0 ? NULL : list;
}

static const char *reference_words(const struct compare_print *p, const struct baton_scheme *scheme,
                                   const struct baton_method *method) {
    if (method->of == BATON_BEST_OF_MEAN)
        return compare_in(p, "the mean", "平均值");
    if (method->of == BATON_BEST_OF_BEST)
        return compare_in(p, "the best figure", "最优值");
    const struct baton_unit *unit = &scheme->unit[method->of_unit];
    return compare_say(p, "the figure of “%s”", "“%s”的实际值",
                       compare_name(p, &unit->name, unit->id));
}

const char *compare_parameter_words(const struct compare_print *p,
                                    const struct baton_change *change, bool is_before) {
    const struct baton_scheme *scheme = side_of(p, is_before);
    const uint32_t index = is_before ? change->index_before : change->index_after;
    const struct baton_method *method = &scheme->method[index];
    const enum baton_language language = p->view->language;
    const char *field = change->field;
    if (field == NULL || strcmp(field, "kind") == 0)
        return method_words_kind(method, language);
    if (strcmp(field, "table") == 0)
        return method->kind == BATON_METHOD_BANDS    ? bands_words(p, scheme, index)
               : method->kind == BATON_METHOD_LEVELS ? levels_words(p, scheme, method)
                                                     : places_words(p, method);
    if (strcmp(field, "where") == 0)
        return where_words(p, method);
    if (strcmp(field, "of") == 0)
        return reference_words(p, scheme, method);
    if (strcmp(field, "over") == 0)
        return method->over == BATON_OVER_FIXED ? compare_in(p, "fixed bounds", "固定上下限")
                                                : rule_cohort_words(method->over, language);
    if (strcmp(field, "down") == 0)
        return method_words_lower(method->mirror, language);
    if (strcmp(field, "from") == 0)
        return method->from_baseline ? compare_in(p, "the baseline", "基期值")
                                     : compare_in(p, "zero", "零");
    if (strcmp(field, "op") == 0)
        return method->op == BATON_OP_BY_DIRECTION
                   ? compare_in(p, "by the direction", "按指标方向")
                   : compare_say(p, "%s the target", "%s目标值",
                                 method_words_pass(method->op, language));
    return NULL;
}
