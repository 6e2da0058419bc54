/* The names of methods and of their parameters (engine/methods.def) are tables by kind. */
#include "report/method_words.h"
#include "base/number.h"
#include <math.h>
#include <string.h>

const char *method_words_kind(const struct baton_method *method, enum baton_language language) {
    static const char *const names[BATON_METHOD_KINDS][2] = {
        [BATON_METHOD_RANGE] = {"Between lowest and highest", "功效系数法"},
        [BATON_METHOD_ZSCORE] = {"Standard score", "标准分法"},
        [BATON_METHOD_RANK] = {"By rank", "排序计分法"},
        [BATON_METHOD_RACE] = {"By place", "名次竞赛法"},
        [BATON_METHOD_PERCENTILE] = {"By share of those behind", "百分位法"},
        [BATON_METHOD_TARGET] = {"Completion of the target", "目标完成法"},
        [BATON_METHOD_BANDS] = {"By bands", "分档计分法"},
        [BATON_METHOD_LEVELS] = {"By levels", "等级计分法"},
        [BATON_METHOD_DEDUCT] = {"Deduction", "扣分法"},
        [BATON_METHOD_PASS] = {"Pass or fail", "达标计分法"},
        [BATON_METHOD_DIRECT] = {"Score as given", "直接计分法"},
        [BATON_METHOD_BEST] = {"Relative to a reference", "比较计分法"},
        [BATON_METHOD_RULE] = {"Formula", "公式计分法"},
    };
    static const char *const between_bands[] = {"Between bands", "分档插值法"};
    static const char *const from_baseline[] = {"Way from baseline to target", "目标进度法"};
    if (method->kind == BATON_METHOD_BANDS && method->linear)
        return between_bands[language];
    if (method->kind == BATON_METHOD_TARGET && method->from_baseline)
        return from_baseline[language];
    return names[method->kind][language];
}

const char *method_words_parameter(enum baton_method_kind kind, const char *parameter,
                                   enum baton_language language) {
    static const struct {
        enum baton_method_kind kind; /* BATON_METHOD_KINDS = every one */
        const char *name, *words[2];
    } names[] = {
        {BATON_METHOD_RANGE, "low", {"score of the worst figure", "最差数值得分"}},
        {BATON_METHOD_RANGE, "high", {"score of the best figure", "最好数值得分"}},
        {BATON_METHOD_ZSCORE, "mean", {"score of the mean", "平均值得分"}},
        {BATON_METHOD_ZSCORE, "sd", {"points for a standard deviation", "每个标准差分值"}},
        {BATON_METHOD_RANK, "low", {"score of the last", "最后一名得分"}},
        {BATON_METHOD_RANK, "high", {"score of the first", "第1名得分"}},
        {BATON_METHOD_RACE, "first", {"score of the first", "第1名得分"}},
        {BATON_METHOD_RACE, "step", {"less for each next place", "每降一名减分"}},
        {BATON_METHOD_RACE, "table", {"scores of the places", "各名次得分"}},
        {BATON_METHOD_RACE, "among", {"who races", "参加排名的条件"}},
        {BATON_METHOD_RACE, "else", {"score of who does not race", "不参加排名的得分"}},
        {BATON_METHOD_TARGET, "down", {"formula where lower is better", "逆向指标公式"}},
        {BATON_METHOD_TARGET, "start_at", {"score below which it is 0", "起算线"}},
        {BATON_METHOD_TARGET, "from", {"completion counted from", "完成进度起点"}},
        {BATON_METHOD_BANDS, "table", {"bands", "分档标准"}},
        {BATON_METHOD_BANDS, "below", {"score below all bands", "未达最低档得分"}},
        {BATON_METHOD_BANDS, "linear", {"in proportion between bounds", "档间线性插值"}},
        {BATON_METHOD_LEVELS, "table", {"scores of the levels", "各等级得分"}},
        {BATON_METHOD_DEDUCT, "per", {"deducted for each", "每次（单位）扣分"}},
        {BATON_METHOD_DEDUCT, "above", {"figure from which nothing is deducted", "不扣分线"}},
        {BATON_METHOD_PASS, "op", {"figure and target", "达标要求"}},
        {BATON_METHOD_BEST, "of", {"reference", "比较基准"}},
        {BATON_METHOD_RULE, "score", {"formula", "计分公式"}},
        {BATON_METHOD_RULE, "where", {"parts of the formula", "公式中的命名项"}},
        {BATON_METHOD_KINDS, "kind", {"kind of method", "计分办法"}},
        {BATON_METHOD_KINDS, "over", {"compared with", "比较范围"}},
        {BATON_METHOD_KINDS, "ties", {"ties", "并列处理"}},
        {BATON_METHOD_KINDS, "floor", {"lowest score", "最低得分"}},
        {BATON_METHOD_KINDS, "cap", {"highest score", "最高得分"}},
    };
    for (size_t i = 0; i < LENGTH(names); i++)
        if ((names[i].kind == kind || names[i].kind == BATON_METHOD_KINDS) &&
            strcmp(names[i].name, parameter) == 0)
            return names[i].words[language];
    return NULL;
}

const char *method_words_pass(enum baton_pass_op op, enum baton_language language) {
    static const char *const words[][2] = {
        [BATON_OP_GE] = {"at least", "不低于"}, [BATON_OP_GT] = {"above", "高于"},
        [BATON_OP_LE] = {"at most", "不高于"},  [BATON_OP_LT] = {"below", "低于"},
        [BATON_OP_EQ] = {"equal to", "等于"},
    };
    return words[op][language];
}

const char *method_words_lower(bool mirror, enum baton_language language) {
    static const char *const words[][2] = {
        {"100 × target / figure", "100×目标值/实际值"},
        {"100 × (2 − figure / target)", "100×(2−实际值/目标值)"},
    };
    return words[mirror][language];
}

static const char *number(struct baton_arena *arena, double value) {
    char text[BATON_NUMBER_SHORTEST_SIZE];
    baton_number_shortest(baton_number_sig12(value), text);
    return *text == '-' ? arena_printf(arena, "−%s", text + 1)
                        : arena_text(arena, text, strlen(text));
}

const char *method_words_interval(struct baton_arena *arena, bool up, double bound, double before) {
    const char *const edge = number(arena, bound);
    const char *const other = isnan(before) ? "∞" : number(arena, before);
    if (isnan(bound)) /* below all bounds */
        return up ? arena_printf(arena, "(−∞, %s)", other) : arena_printf(arena, "(%s, +∞)", other);
    if (up)
        return arena_printf(arena, "[%s, %s%s)", edge, isnan(before) ? "+" : "", other);
    return arena_printf(arena, "(%s%s, %s]", isnan(before) ? "−" : "", other, edge);
}
