/* The notes of a result once: name and meaning in both languages, in the order of their bits. */
#ifndef ENGINE_RESULT_NOTES_H
#define ENGINE_RESULT_NOTES_H

/* clang-format off */
#define BATON_NOTE_TABLE \
    X("na", "not applicable to this unit", "不适用") \
    X("pending", "not yet due", "未到期") \
    X("missing", "due, but without a figure", "应报未报") \
    X("no_target", "no target is set", "未设目标值") \
    X("zero", "divided by zero, or a target of zero or less", "除数为零，或目标值不大于零") \
    X("imputed", "filled in by the rule for missing figures", "按缺失规则补值") \
    X("redistributed", "its weight went to its siblings", "权重已分摊给同级指标") \
    X("clamped", "held at a floor, a cap or bounds", "按上下限截取") \
    X("constant", "all figures compared are equal", "参与比较的数值全部相同") \
    X("winsorised", "an extreme figure was pulled in", "极端值已缩尾") \
    X("clipped", "the figure was brought within limits", "数值已截取到规定区间") \
    X("capped", "bonus or deduction held at its cap", "加减分已封顶") \
    X("vetoed", "under a veto or a gate", "受一票否决或门槛约束") \
    X("quota", "a better grade had no place left", "上一等次名额已满")
/* clang-format on */

#endif
