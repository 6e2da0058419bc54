/* What the three forms of the report share: which entries, and the words for types and places. */
#include "report/methods_report.h"
#include "base/text.h"

bool methods_wanted(const struct methods_report *report, const char *name) {
    for (size_t i = 0; i < report->count; i++)
        if (strcmp(report->name[i], name) == 0)
            return true;
    return report->count == 0;
}

static bool offer(struct text_guess *guess, const char *wanted, const char *name) {
    text_guess_offer(guess, name, strlen(name));
    return strcmp(wanted, name) == 0;
}

bool methods_has(const char *name, const char **guess) {
    struct text_guess near = {.text = name, .size = strlen(name)};
    bool found = false;
    for (unsigned kind = 0; kind < BATON_METHOD_KINDS; kind++)
        found |= offer(&near, name, method_kind((enum baton_method_kind)kind)->name);
    uint32_t count;
    const struct rule_function *function = rule_functions(&count);
    for (uint32_t i = 0; i < count; i++)
        found |= offer(&near, name, function[i].name);
    for (unsigned i = 0; i < RULE_NAMES; i++)
        found |= offer(&near, name, rule_names()[i].name);
    *guess = near.best;
    return found;
}

const char *methods_type_words(struct baton_arena *arena, const struct method_parameter *parameter,
                               enum baton_language language) {
    static const char *const words[][2] = {
        [METHOD_NUMBER] = {"number", "数"},
        [METHOD_SHARE] = {"share", "比例"},
        [METHOD_FLAG] = {"true or false", "true 或 false"},
        [METHOD_WORD] = {"", ""},
        [METHOD_SCORES] = {"list of scores", "得分列表"},
        [METHOD_BANDS] = {"list of [bound, score]", "［界限，得分］列表"},
        [METHOD_LEVELS] = {"map of code: score", "代码与得分对照"},
        [METHOD_EXPRESSION] = {"expression", "表达式"},
        [METHOD_WHERE] = {"map of name: expression", "名称与表达式对照"},
        [METHOD_UNIT] = {"mean, or a unit", "mean 或考核对象"},
    };
    if (parameter->type != METHOD_WORD)
        return words[parameter->type][language];
    const char *from = parameter->words + (parameter->words[0] == ' ');
    char *out = arena_alloc(arena, strlen(from) + 1, 1);
    for (size_t i = 0; from[i] != '\0'; i++)
        out[i] = from[i] == ' ' ? '|' : from[i];
    return out;
}

const char *methods_default_words(const char *initial, enum baton_language language) {
    if (initial == NULL)
        return language == BATON_ZH ? "必填" : "needed";
    if (*initial == '\0')
        return language == BATON_ZH ? "无" : "none";
    return initial;
}

const char *methods_function_kind(enum rule_function_kind kind, enum baton_language language) {
    static const char *const words[][2] = {
        [RULE_PLAIN] = {"Functions of numbers", "一般函数"},
        [RULE_OVER_TIME] = {"Functions over time", "时间函数"},
        [RULE_OVER_UNITS] = {"Functions over units", "对象函数"},
        [RULE_OVER_COHORT] = {"Functions of the cohort", "比较范围函数"},
        [RULE_OF_RESULTS] = {"Functions of results and events", "结果与事项函数"},
    };
    return words[kind][language];
}

const char *methods_function_kind_id(enum rule_function_kind kind) {
    static const char *const ids[] = {
        [RULE_PLAIN] = "plain",        [RULE_OVER_TIME] = "time",    [RULE_OVER_UNITS] = "units",
        [RULE_OVER_COHORT] = "cohort", [RULE_OF_RESULTS] = "result",
    };
    return ids[kind];
}

const char *methods_type_id(enum method_type type) {
    static const char *const ids[] = {
        [METHOD_NUMBER] = "number", [METHOD_SHARE] = "share",           [METHOD_FLAG] = "flag",
        [METHOD_WORD] = "word",     [METHOD_SCORES] = "scores",         [METHOD_BANDS] = "bands",
        [METHOD_LEVELS] = "levels", [METHOD_EXPRESSION] = "expression", [METHOD_WHERE] = "where",
        [METHOD_UNIT] = "unit",
    };
    return ids[type];
}

const char *methods_place_id(enum rule_place place) {
    static const char *const ids[METHODS_PLACES] = {
        [RULE_ELEMENT] = "elements", [RULE_VALUE] = "value",        [RULE_WHEN] = "when",
        [RULE_METHOD] = "methods",   [RULE_ADJUST] = "adjustments", [RULE_GRADE] = "grades",
        [RULE_AWARD] = "awards",     [RULE_CHECK] = "checks",
    };
    return ids[place];
}

const char *methods_places(struct baton_arena *arena, uint32_t places,
                           enum baton_language language) {
    const uint32_t all = ((uint32_t)1 << METHODS_PLACES) - 1;
    if ((places & all) == all)
        return language == BATON_ZH ? "各处" : "everywhere";
    struct writer *text = writer_memory(arena);
    for (unsigned place = 0; place < METHODS_PLACES; place++)
        if ((places >> place & 1) != 0)
            writer_printf(text, "%s%s", text->used > 0 ? (language == BATON_ZH ? "、" : ", ") : "",
                          methods_place_id((enum rule_place)place));
    return writer_text_of(text);
}
