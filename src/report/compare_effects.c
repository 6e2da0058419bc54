/* Effects of vetoes and gates in words. */
#include "report/compare_parts.h"
#include <string.h>

static const char *grade_name(const struct compare_print *p, const struct baton_scheme *scheme,
                              uint32_t code) {
    for (uint32_t k = 0; k < scheme->grades_count; k++)
        for (uint32_t i = 0; i < scheme->grades[k].count; i++)
            if (scheme->grades[k].item[i].code == code)
                return compare_name(p, &scheme->grades[k].item[i].title, scheme->code[code]);
    return compare_code(p, scheme->code[code]);
}

static const char *effect_words(const struct compare_print *p, const struct baton_scheme *scheme,
                                uint32_t effect) {
    const struct baton_effect *of = &scheme->effect[effect];
    const char *const between = compare_in(p, "; ", "；");
    const char *list = "";
    if (of->grade_at_most != BATON_NONE)
        list = compare_say(p, "grade no better than “%s”", "等次不得高于“%s”",
                           grade_name(p, scheme, of->grade_at_most));
    if (of->node_zero != BATON_NONE) {
        const struct baton_node *node = &scheme->node[of->node_zero];
        list = compare_join(
            p, list, between,
            compare_say(p, "“%s” scores 0", "“%s”记零分", compare_name(p, &node->name, node->id)));
    }
    if (of->unranked)
        list = compare_join(p, list, between,
                            compare_in(p, "no rank and no grade", "不参加排名，不定等次"));
    if (of->no_award)
        list = compare_join(p, list, between, compare_in(p, "no award", "取消评奖资格"));
    if (of->bonus_void)
        list = compare_join(p, list, between, compare_in(p, "its bonus is void", "加分无效"));
    return list;
}

const char *compare_effect_words(const struct compare_print *p, const struct baton_change *change,
                                 bool is_before) {
    const struct baton_scheme *scheme = is_before ? p->comparison->before : p->comparison->after;
    const uint32_t index = is_before ? change->index_before : change->index_after;
    if (change->field == NULL || index == BATON_NONE)
        return NULL;
    if (change->subject == BATON_SUBJECT_ITEM && strcmp(change->field, "effect") == 0)
        return scheme->item[index].effect == BATON_NONE
                   ? NULL
                   : effect_words(p, scheme, scheme->item[index].effect);
    if (change->subject != BATON_SUBJECT_NODE || strcmp(change->field, "gate") != 0 ||
        scheme->node[index].gate_effect == BATON_NONE)
        return NULL;
    const struct baton_node *node = &scheme->node[index];
    char mark[BATON_NUMBER_SHORTEST_SIZE];
    baton_number_shortest(node->gate_at_least, mark);
    return compare_say(p, "below %s: %s", "低于%s分：%s", mark,
                       effect_words(p, scheme, node->gate_effect));
}
