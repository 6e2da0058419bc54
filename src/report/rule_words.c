/* Expressions in words: the tree of a rule is walked, and each part says itself and how closely it holds together, so that
 * brackets stand where they are needed and nowhere else.
 *
 * Most functions are a template in each language. A few shapes have words of their own, because people say them otherwise:
 * chains of if(), a limit by min() or max(), a hundred times a growth, a rank or a total that is compared with a number. */
#include "report/rule_words.h"
#include "engine/rule_tree.h"
#include "engine/scheme_view.h"
#include "report/document.h"
#include <stdarg.h>
#include <string.h>

/* How closely a text holds together; what is looser than its surroundings stands in brackets. */
enum bond {
    BOND_PHRASE,
    BOND_OR,
    BOND_AND,
    BOND_NOT,
    BOND_COMPARE,
    BOND_SUM,
    BOND_PRODUCT,
    BOND_SIGN,
    BOND_POWER,
    BOND_WORD
};

struct said {
    const char *text;
    enum bond bond;
};

static struct said say(const struct rule_words *how, const struct tree *tree);

static const char *in(const struct rule_words *how, const char *en, const char *zh) {
    return how->language == BATON_ZH ? zh : en;
}

/* What printf makes of the format in the language asked for. */
__attribute__((format(printf, 2, 4), format(printf, 3, 4))) static const char *phrase(
    const struct rule_words *how, const char *en, const char *zh, ...) {
    va_list values;
    va_start(values, zh);
    const char *const text = how->language == BATON_ZH ? arena_vprintf(how->arena, zh, values)
                                                       : arena_vprintf(how->arena, en, values);
    va_end(values);
    return text;
}

static bool is_chinese(const struct rule_words *how) {
    return how->language == BATON_ZH;
}

static const char *code(const struct rule_words *how, const char *text, size_t size) {
    return arena_printf(how->arena, DOCUMENT_CODE "%.*s" DOCUMENT_END, (int)size, text);
}

/* The words of a part, in brackets where it is looser than `bond`. */
static const char *part(const struct rule_words *how, const struct tree *tree, enum bond bond) {
    const struct said said = say(how, tree);
    return said.bond >= bond ? said.text : arena_printf(how->arena, "(%s)", said.text);
}

static const char *number_text(const struct rule_words *how, double number) {
    char *text = arena_alloc(how->arena, BATON_NUMBER_SHORTEST_SIZE, 1);
    baton_number_shortest(baton_number_sig12(number), text);
    return text;
}

/* A number that is written out, perhaps with a sign. */
static bool is_constant(const struct tree *tree) {
    while (tree->kind == TREE_OPERATOR &&
           (tree->operator== OPERATOR_MINUS || tree->operator== OPERATOR_PLUS) && tree->count == 1)
        tree = tree->arg[0];
    return tree->kind == TREE_NUMBER;
}

static bool is_number(const struct tree *tree, double number) {
    return tree->kind == TREE_NUMBER && tree->number == number;
}

static bool is_call(const struct tree *tree, enum rule_function_id function) {
    return tree->kind == TREE_CALL && tree->function == function;
}

/* ---- Names. */

const char *rule_cohort_words(enum baton_over over, enum baton_language language) {
    static const char *const words[][2] = {
        [BATON_OVER_GROUP] = {"the group", "本类"},
        [BATON_OVER_ALL] = {"all units", "全部对象"},
        [BATON_OVER_PANEL] = {"all units in all periods", "全部对象各期"},
        [BATON_OVER_FIXED] = {"the group", "本类"},
    };
    return words[over][language];
}

const char *const *rule_element_names(struct baton_arena *arena, const struct baton_scheme *scheme,
                                      enum baton_language language) {
    const char **names = arena_alloc(arena, scheme->element_count + (size_t)1, sizeof *names);
    for (uint32_t n = 1; n < scheme->node_count; n++) {
        const struct baton_node *node = &scheme->node[n];
        if (node->child_count == 0 && node->value.text == NULL &&
            scheme->element[node->element].value.text == NULL)
            names[node->element] = baton_text_in(&node->name, language, NULL);
    }
    return names;
}

static const char *place_words(const struct rule_words *how, enum rule_name name) {
    static const char *const words[RULE_NAMES][2] = {
        [RULE_X] = {"figure", "实际值"},
        [RULE_TARGET] = {"target", "目标值"},
        [RULE_BASELINE] = {"baseline", "基期值"},
        [RULE_LO] = {"lower bound", "下限值"},
        [RULE_HI] = {"upper bound", "上限值"},
        [RULE_ELAPSED] = {"share of the year gone by", "时间进度"},
        [RULE_SCORE] = {"total", "总分"},
        [RULE_BASE] = {"total before adjustments", "基础分"},
        [RULE_RANK] = {"rank", "名次"},
        [RULE_GRADE_NAME] = {"grade", "等次"},
        [RULE_PREV_SCORE] = {"total of the period before", "上期总分"},
        [RULE_PREV_RANK] = {"rank of the period before", "上期名次"},
        [RULE_PREV_GRADE] = {"grade of the period before", "上期等次"},
        [RULE_WAS] = {"figure before the revision", "订正前数据"},
        [RULE_RISES] = {"upward revisions in a row", "连续上调次数"},
    };
    const bool is_base = name == RULE_SCORE && how->before_adjustments;
    return words[is_base ? RULE_BASE : name][how->language];
}

static const char *element_words(const struct rule_words *how, const struct tree *tree) {
    const char *const name = how->element_name[tree->index];
    const char *const id = how->scheme->element[tree->index].id;
    return name != NULL ? name : code(how, id, strlen(id));
}

/* A text: the title of the grade that has it as its id, else as it is. */
static const char *code_words(const struct rule_words *how, const struct tree *tree) {
    for (uint32_t g = 0; g < how->scheme->grades_count; g++) {
        const struct baton_grades *grades = &how->scheme->grades[g];
        for (uint32_t i = 0; i < grades->count; i++) {
            const char *const id = grades->item[i].id;
            if (strlen(id) == tree->size && memcmp(id, tree->text, tree->size) == 0)
                return phrase(how, "%s", "“%s”",
                              baton_text_in(&grades->item[i].title, how->language, id));
        }
    }
    return code(how, tree->text, tree->size);
}

/* ---- Comparisons. */

static bool is_rank(const struct tree *tree) {
    return is_call(tree, FN_RANK) || is_call(tree, FN_PREV_RANK) ||
           (tree->kind == TREE_PLACE && (tree->name == RULE_RANK || tree->name == RULE_PREV_RANK));
}

static bool is_score(const struct tree *tree) {
    return is_call(tree, FN_NODE) || is_call(tree, FN_RESULT) || is_call(tree, FN_PREV_SCORE) ||
           (tree->kind == TREE_PLACE &&
            (tree->name == RULE_SCORE || tree->name == RULE_BASE || tree->name == RULE_PREV_SCORE));
}

static const char *comparison_verb(const struct rule_words *how, const struct tree *tree) {
    static const char *const verbs[][2] = {
        [OPERATOR_LT] = {"is below", "低于"}, [OPERATOR_LE] = {"is at most", "不高于"},
        [OPERATOR_GT] = {"is above", "高于"}, [OPERATOR_GE] = {"is at least", "不低于"},
        [OPERATOR_EQ] = {"is", "等于"},       [OPERATOR_NE] = {"is not", "不等于"},
    };
    const bool is_text = tree->arg[0]->type == TYPE_TEXT;
    const bool of_zero = is_number(tree->arg[1], 0) || is_rank(tree->arg[0]);
    if (is_chinese(how)) {
        if (is_text)
            return tree->operator== OPERATOR_EQ ? "为" : "不为";
        if (of_zero && tree->operator== OPERATOR_GT)
            return "大于";
        if (of_zero && tree->operator== OPERATOR_LT)
            return "小于";
        if (of_zero && tree->operator== OPERATOR_GE)
            return "不小于";
        if (of_zero && tree->operator== OPERATOR_LE)
            return "不大于";
    }
    return verbs[tree->operator][how->language];
}

static struct said say_comparison(const struct rule_words *how, const struct tree *tree) {
    const struct tree *const a = tree->arg[0], *const b = tree->arg[1];
    const char *const left = part(how, a, BOND_SUM), *const right = part(how, b, BOND_SUM);
    const char *text;
    if (is_rank(a) && is_constant(b) && tree->operator== OPERATOR_LE)
        text = phrase(how, "%s is among the first %s", "%s在前%s名", left, right);
    else if (is_rank(a) && is_constant(b) && tree->operator== OPERATOR_EQ)
        text = phrase(how, "%s is %s", "%s为第%s名", left, right);
    else
        text = phrase(how, "%s %s %s%s", "%s%s%s%s", left, comparison_verb(how, tree), right,
                      is_score(a) && is_constant(b) ? in(how, "", "分") : "");
    return (struct said){text, BOND_COMPARE};
}

/* ---- Operators. */

static enum bond bond_of(enum rule_operator operator) {
    switch (operator) {
    case OPERATOR_OR:
        return BOND_OR;
    case OPERATOR_AND:
        return BOND_AND;
    case OPERATOR_NOT:
        return BOND_NOT;
    case OPERATOR_ADD:
    case OPERATOR_SUB:
        return BOND_SUM;
    case OPERATOR_MUL:
    case OPERATOR_DIV:
        return BOND_PRODUCT;
    case OPERATOR_MINUS:
    case OPERATOR_PLUS:
        return BOND_SIGN;
    case OPERATOR_POW:
        return BOND_POWER;
    default:
        return BOND_COMPARE;
    }
}

static const char *operator_words(const struct rule_words *how, enum rule_operator operator) {
    switch (operator) {
    case OPERATOR_OR:
        return in(how, " or ", "或");
    case OPERATOR_AND:
        return in(how, " and ", "且");
    case OPERATOR_ADD:
        return in(how, " + ", "+");
    case OPERATOR_SUB:
        return in(how, " − ", "−");
    case OPERATOR_MUL:
        return in(how, " × ", "×");
    case OPERATOR_DIV:
        return in(how, " / ", "/");
    default:
        return "^";
    }
}

/* A hundred times a growth or a share is a number of per cent. */
static bool say_per_cent(const struct rule_words *how, const struct tree *tree, struct said *out) {
    if (tree->operator!= OPERATOR_MUL || tree->count != 2)
        return false;
    const struct tree *const call = is_number(tree->arg[0], 100) ? tree->arg[1] : tree->arg[0];
    if (!is_number(tree->arg[call == tree->arg[0]], 100))
        return false;
    if (!is_call(call, FN_YOY) && !is_call(call, FN_SHARE))
        return false;
    const char *const of = part(how, call->arg[0], BOND_WORD);
    out->bond = BOND_WORD;
    out->text = call->function == FN_YOY
                    ? phrase(how, "growth of %s on the same period of last year in per cent",
                             "%s比上年同期增长的百分数", of)
                    : phrase(how, "%s as a percentage of that of the unit above",
                             "%s占上级对象的百分比", of);
    return true;
}

static struct said say_operator(const struct rule_words *how, const struct tree *tree) {
    const enum rule_operator operator= tree->operator;
    const enum bond bond = bond_of(operator);
    struct said said;
    if (bond == BOND_COMPARE)
        return say_comparison(how, tree);
    if (operator== OPERATOR_NOT)
        return (struct said){phrase(how, "not (%s)", "不满足（%s）", say(how, tree->arg[0]).text),
                             BOND_NOT};
    if (operator== OPERATOR_PLUS)
        return say(how, tree->arg[0]);
    if (operator== OPERATOR_MINUS)
        return (struct said){arena_printf(how->arena, "−%s", part(how, tree->arg[0], BOND_SIGN)),
                             BOND_SIGN};
    if (say_per_cent(how, tree, &said))
        return said;
    /* What stands behind - and / would be changed by them; ^ holds to the right. */
    const bool strict = operator== OPERATOR_SUB || operator== OPERATOR_DIV;
    const enum bond left = operator== OPERATOR_POW ? BOND_WORD : bond;
    const enum bond right = strict ? (enum bond)(bond + 1) : bond;
    return (struct said){arena_printf(how->arena, "%s%s%s", part(how, tree->arg[0], left),
                                      operator_words(how, operator),
                                      part(how, tree->arg[1], right)),
                         bond};
}

/* ---- Functions. */

/* In a template $1 is the first argument, in brackets unless it is a word; @1 the same as it is; # the number of
 * periods or decimals; ~ the cohort. `more` is of the form with one argument more. */
struct template {
    const char *words[2], *more[2];
    enum bond bond;
};

/* clang-format off */
static const struct template templates[FUNCTIONS] = {
    [FN_ABS] = {{"|@1|", "|@1|"}, {NULL, NULL}, BOND_WORD},
    [FN_SQRT] = {{"√(@1)", "√(@1)"}, {NULL, NULL}, BOND_WORD},
    [FN_LOG] = {{"ln(@1)", "ln(@1)"}, {NULL, NULL}, BOND_WORD},
    [FN_EXP] = {{"e^$1", "e^$1"}, {NULL, NULL}, BOND_POWER},
    [FN_ROUND] = {{"$1 rounded to a whole number", "$1四舍五入取整数"}, {"$1 rounded to # decimals", "$1四舍五入保留#位小数"}, BOND_PHRASE},
    [FN_FLOOR] = {{"$1 rounded down to a whole number", "$1舍去小数取整数"}, {NULL, NULL}, BOND_PHRASE},
    [FN_CLAMP] = {{"@1, kept within @2 and @3", "@1，限于@2至@3之间"}, {NULL, NULL}, BOND_PHRASE},
    [FN_PRESENT] = {{"$1 is reported", "$1有数值"}, {NULL, NULL}, BOND_COMPARE},
    [FN_DIGITS] = {{"number of significant digits of $1", "$1的有效数字位数"}, {NULL, NULL}, BOND_WORD},
    [FN_SLIP] = {{"power of ten between $1 and $2", "$1与$2相差的数量级"}, {NULL, NULL}, BOND_WORD},
    [FN_PREV] = {{"$1 of the period before", "上期$1"}, {"$1 of # periods before", "前第#期$1"}, BOND_WORD},
    [FN_YOY] = {{"growth of $1 on the same period of last year", "$1比上年同期增长率"}, {NULL, NULL}, BOND_WORD},
    [FN_YTD] = {{"$1 added up since the beginning of the year", "$1本年累计数"}, {NULL, NULL}, BOND_WORD},
    [FN_LAST] = {{"newest $1", "最近一期$1"}, {NULL, NULL}, BOND_WORD},
    [FN_MEAN_OF] = {{"", ""}, {"mean of $1 over the last # periods", "最近#期$1平均值"}, BOND_WORD},
    [FN_STREAK] = {{"number of periods in a row with $1", "$1连续成立的期数"}, {NULL, NULL}, BOND_WORD},
    [FN_PREV_SCORE] = {{"total of # periods before", "前第#期总分"}, {NULL, NULL}, BOND_WORD},
    [FN_PREV_RANK] = {{"rank of # periods before", "前第#期名次"}, {NULL, NULL}, BOND_WORD},
    [FN_PREV_GRADE] = {{"grade of # periods before", "前第#期等次"}, {NULL, NULL}, BOND_WORD},
    [FN_PARENT] = {{"$1 of the unit above", "上级对象$1"}, {NULL, NULL}, BOND_WORD},
    [FN_CHILDREN] = {{"$1 of the units below, added up", "所属下级对象$1之和"}, {NULL, NULL}, BOND_WORD},
    [FN_SHARE] = {{"share of $1 in that of the unit above", "$1占上级对象的比重"}, {NULL, NULL}, BOND_WORD},
    [FN_MEAN] = {{"mean of $1 in ~", "~$1平均值"}, {NULL, NULL}, BOND_WORD},
    [FN_MEDIAN] = {{"median of $1 in ~", "~$1中位数"}, {NULL, NULL}, BOND_WORD},
    [FN_SD] = {{"standard deviation of $1 in ~", "~$1标准差"}, {NULL, NULL}, BOND_WORD},
    [FN_MIN_OF] = {{"lowest $1 in ~", "~$1最低值"}, {NULL, NULL}, BOND_WORD},
    [FN_MAX_OF] = {{"highest $1 in ~", "~$1最高值"}, {NULL, NULL}, BOND_WORD},
    [FN_SUM_OF] = {{"sum of $1 in ~", "~$1合计"}, {NULL, NULL}, BOND_WORD},
    [FN_COUNT] = {{"number of those in ~ with $1", "~有$1的个数"}, {NULL, NULL}, BOND_WORD},
    [FN_RANK] = {{"rank of $1 in ~, highest first", "$1在~的名次（由高到低）"}, {NULL, NULL}, BOND_WORD},
    [FN_SPAN] = {{"place of $1 between lowest (0) and highest (1) in ~", "$1在~最低值（0）与最高值（1）之间的位置"}, {NULL, NULL}, BOND_WORD},
};
/* clang-format on */

static struct said say_template(const struct rule_words *how, const struct tree *tree,
                                const struct template *of) {
    const bool has_more = of->more[how->language] != NULL && tree->count > 1;
    const char *from = has_more ? of->more[how->language] : of->words[how->language];
    struct writer *out = writer_memory(how->arena);
    for (; *from != '\0'; from++) {
        if (*from == '$')
            writer_text(out, part(how, tree->arg[*++from - '1'], BOND_WORD));
        else if (*from == '@')
            writer_text(out, say(how, tree->arg[*++from - '1']).text);
        else if (*from == '#')
            writer_printf(out, "%d", tree->back);
        else if (*from == '~')
            writer_text(out, rule_cohort_words(how->over, how->language));
        else
            writer_char(out, *from);
    }
    return (struct said){writer_text_of(out), of->bond};
}

/* Arguments one after the other, with words between them and before the last one. */
static const char *list(const struct rule_words *how, const struct tree *tree, const char *last) {
    const char *text = part(how, tree->arg[0], BOND_SUM);
    for (uint32_t i = 1; i < tree->count; i++)
        text = arena_printf(how->arena, "%s%s%s", text,
                            i + 1 == tree->count ? last : in(how, ", ", "、"),
                            part(how, tree->arg[i], BOND_SUM));
    return text;
}

/* min() and max(): with one number that is written out they are a limit. */
static struct said say_extreme(const struct rule_words *how, const struct tree *tree) {
    const bool is_min = tree->function == FN_MIN;
    if (tree->count == 2 && is_constant(tree->arg[0]) != is_constant(tree->arg[1])) {
        const bool first = is_constant(tree->arg[0]);
        const char *const limit = part(how, tree->arg[first ? 0 : 1], BOND_SIGN);
        const char *const value = part(how, tree->arg[first ? 1 : 0], BOND_SUM);
        return (struct said){
            phrase(how, "%s, %s %s", "%s，%s%s", value,
                   is_min ? in(how, "at most", "最高") : in(how, "at least", "最低"), limit),
            BOND_PHRASE};
    }
    const bool two = tree->count == 2;
    const char *const extreme = is_min
                                    ? two ? in(how, "smaller", "较小") : in(how, "smallest", "最小")
                                : two ? in(how, "greater", "较大")
                                      : in(how, "greatest", "最大");
    const char *const all = list(how, tree, in(how, " and ", two ? "与" : "、"));
    return (struct said){is_chinese(how) ? arena_printf(how->arena, "%s中%s者", all, extreme)
                                         : arena_printf(how->arena, "the %s of %s", extreme, all),
                         BOND_PHRASE};
}

/* A chain of if(), each in the last argument of the one before. */
static struct said say_if(const struct rule_words *how, const struct tree *tree) {
    const bool is_chain = is_call(tree->arg[2], FN_IF);
    struct writer *out = writer_memory(how->arena);
    for (; is_call(tree, FN_IF); tree = tree->arg[2]) {
        const char *const c = say(how, tree->arg[0]).text;
        const char *const value = part(how, tree->arg[1], BOND_OR);
        if (is_chinese(how))
            writer_printf(out, "%s时为%s%s", c, value, is_chain ? "；" : "，");
        else
            writer_printf(out, "%s if %s%s", value, c, is_chain ? "; " : ", ");
    }
    writer_text(out, in(how, "otherwise ", is_chain ? "其他情况为" : "否则为"));
    writer_text(out, part(how, tree, BOND_OR));
    return (struct said){writer_text_of(out), BOND_PHRASE};
}

static struct said say_bands(const struct rule_words *how, const struct tree *tree) {
    struct writer *out = writer_memory(how->arena);
    writer_text(out, phrase(how, "by %s: ", "按%s分档，", say(how, tree->arg[0]).text));
    for (uint32_t i = 1; i + 1 < tree->count; i += 2) {
        const char *const bound = part(how, tree->arg[i], BOND_SUM);
        const char *const score = part(how, tree->arg[i + 1], BOND_SUM);
        if (is_chinese(how))
            writer_printf(out, "不低于%s为%s，", bound, score);
        else
            writer_printf(out, "%s from %s, ", score, bound);
    }
    writer_text(out, phrase(how, "otherwise %s", "其他为%s",
                            part(how, tree->arg[tree->count - 1], BOND_SUM)));
    return (struct said){writer_text_of(out), BOND_PHRASE};
}

/* round(x, n) with n of 0 or below. */
static const char *whole_words(const struct rule_words *how, int32_t decimals) {
    static const char *const words[][2] = {{" rounded to a whole number", "四舍五入取整数"},
                                           {" rounded to tens", "四舍五入到十位"},
                                           {" rounded to hundreds", "四舍五入到百位"},
                                           {" rounded to thousands", "四舍五入到千位"}};
    return words[-decimals][how->language];
}

static const char *identifier(const struct rule_words *how, const struct tree *tree) {
    return code(how, tree->text, tree->size);
}

/* result(): unit and node by their names in the other package, where these are known. */
static const char *result_words(const struct rule_words *how, const struct tree *tree) {
    const char *const import = identifier(how, tree->arg[0]);
    const char *const unit = arena_text(how->arena, tree->arg[1]->text, tree->arg[1]->size);
    const char *const node = arena_text(how->arena, tree->arg[2]->text, tree->arg[2]->size);
    const char *whose = identifier(how, tree->arg[1]);
    const char *of = phrase(how, "score on %s", "%s得分", identifier(how, tree->arg[2]));
    struct baton_imported about = {0};
    if (how->session != NULL && view_imported(how->session, tree->index, unit, node, &about)) {
        if (about.unit_name != NULL)
            whose = baton_text_in(about.unit_name, how->language, unit);
        if (strcmp(node, "total") == 0)
            of = in(how, "total", "总分");
        else if (strcmp(node, "base") == 0)
            of = in(how, "total before adjustments", "基础分");
        else if (about.node_name != NULL)
            of = phrase(how, "score on “%s”", "“%s”得分",
                        baton_text_in(about.node_name, how->language, node));
    }
    return is_chinese(how)
               ? arena_printf(how->arena, "%s考核中%s的%s", import, whose, of)
               : arena_printf(how->arena, "%s of %s in the assessment %s", of, whose, import);
}

/* Calls that name something else than figures. */
static bool say_named(const struct rule_words *how, const struct tree *tree, struct said *out) {
    const struct baton_scheme *scheme = how->scheme;
    out->bond = BOND_WORD;
    if (tree->function == FN_OF) {
        const struct baton_unit *unit = &scheme->unit[tree->index];
        const char *const name = baton_text_in(&unit->name, how->language, unit->id);
        const char *const of = part(how, tree->arg[0], BOND_WORD);
        out->text = is_chinese(how) ? arena_printf(how->arena, "%s%s", name, of)
                                    : arena_printf(how->arena, "%s of %s", of, name);
    } else if (tree->function == FN_EVENT) {
        const struct baton_item *item = &scheme->item[tree->index];
        out->text = phrase(how, "number of “%s”", "“%s”次数",
                           baton_text_in(&item->title, how->language, item->id));
    } else if (tree->function == FN_NODE) {
        const struct baton_node *node = &scheme->node[tree->index];
        out->text = tree->index == 0 ? in(how, "total", "总分")
                                     : phrase(how, "score of “%s”", "“%s”得分",
                                              baton_text_in(&node->name, how->language, node->id));
    } else if (tree->function == FN_RESULT) {
        out->text = result_words(how, tree);
    } else {
        return false;
    }
    return true;
}

static struct said say_call(const struct rule_words *how, const struct tree *tree) {
    struct said said;
    switch (tree->function) {
    case FN_IF:
        return say_if(how, tree);
    case FN_MIN:
    case FN_MAX:
        return say_extreme(how, tree);
    case FN_BANDS:
        return say_bands(how, tree);
    case FN_COALESCE:
        return (struct said){phrase(how, "the first of %s that is reported", "%s中第一个有数值的",
                                    list(how, tree, in(how, " and ", "、"))),
                             BOND_PHRASE};
    case FN_ROUND:
        if (tree->count == 2 && tree->back <= 0)
            return (struct said){arena_printf(how->arena, "%s%s",
                                              part(how, tree->arg[0], BOND_WORD),
                                              whole_words(how, tree->back)),
                                 BOND_PHRASE};
        break;
    case FN_TRIMMED_MEAN:
        return (struct said){phrase(how, "mean of %s in %s without the lowest and the highest %s%%",
                                    "%s在%s去掉最低、最高各%s%%后的平均值",
                                    part(how, tree->arg[0], BOND_WORD),
                                    rule_cohort_words(how->over, how->language),
                                    number_text(how, 100 * tree->number)),
                             BOND_WORD};
    case FN_RANK:
        if (tree->where != NULL)
            return (struct said){
                phrase(how, "rank of %s, highest first, among those of %s where %s",
                       "%s在%s符合条件（%s）者中的名次（由高到低）",
                       part(how, tree->arg[0], BOND_WORD),
                       rule_cohort_words(how->over, how->language), say(how, tree->where).text),
                BOND_WORD};
        break;
    default:
        if (say_named(how, tree, &said))
            return said;
    }
    return say_template(how, tree, &templates[tree->function]);
}

static struct said say(const struct rule_words *how, const struct tree *tree) {
    switch (tree->kind) {
    case TREE_NUMBER:
        return (struct said){number_text(how, tree->number), BOND_WORD};
    case TREE_TEXT:
        return (struct said){code_words(how, tree), BOND_WORD};
    case TREE_ELEMENT:
    case TREE_NAMED:
        return (struct said){element_words(how, tree), BOND_WORD};
    case TREE_PLACE:
        return (struct said){place_words(how, tree->name), BOND_WORD};
    case TREE_OPERATOR:
        return say_operator(how, tree);
    case TREE_CALL:
        return say_call(how, tree);
    default:
        return (struct said){code(how, tree->text, tree->size), BOND_WORD};
    }
}

const char *rule_in_words(const struct rule_words *how, const struct rule *rule) {
    return say(how, rule->tree).text;
}
