/* Changes in words. Columns, keys and the words of a package stand in a table with their names in both languages; what is not in
 * it, an expression or an id, is shown as it is written. */
#include "report/compare_parts.h"
#include "report/method_words.h"
#include <math.h>
#include <stdarg.h>
#include <string.h>

const char *compare_in(const struct compare_print *p, const char *en, const char *zh) {
    return p->view->language == BATON_ZH ? zh : en;
}

const char *compare_say(const struct compare_print *p, const char *en, const char *zh, ...) {
    va_list values;
    va_start(values, zh);
    const char *text = p->view->language == BATON_ZH ? arena_vprintf(p->arena, zh, values)
                                                     : arena_vprintf(p->arena, en, values);
    va_end(values);
    return text;
}

const char *compare_join(const struct compare_print *p, const char *list, const char *between,
                         const char *next) {
    if (list == NULL || list[0] == '\0')
        return next == NULL ? "" : next;
    return next == NULL || next[0] == '\0' ? list
                                           : arena_printf(p->arena, "%s%s%s", list, between, next);
}

const char *compare_code(const struct compare_print *p, const char *text) {
    return arena_printf(p->arena, DOCUMENT_CODE "%s" DOCUMENT_END, text);
}

const char *compare_name(const struct compare_print *p, const struct baton_text *name,
                         const char *id) {
    const char *text = baton_text_in(name, p->view->language, NULL);
    return text != NULL ? text : compare_code(p, id);
}

const char *compare_percent(const struct compare_print *p, double share) {
    char text[BATON_NUMBER_FIXED_SIZE];
    baton_number_fixed(share * 100, 1, text);
    return isnan(share) ? "—" : arena_printf(p->arena, "%s%%", text);
}

const char *compare_signed(const struct compare_print *p, double gain) {
    char text[BATON_NUMBER_SHORTEST_SIZE];
    if (isnan(gain))
        return "—";
    baton_number_shortest(baton_number_round(gain, 2, BATON_ROUND_HALF_AWAY), text);
    return arena_printf(p->arena, "%s%s", text[0] == '-' || strcmp(text, "0") == 0 ? "" : "+",
                        text);
}

/* ---- Columns, keys and words */

struct word {
    const char *id, *words[2];
};

static const struct word fields[] = {
    {"accumulate", {"accumulation", "取数方式"}},
    {"aggregate", {"aggregation", "合成方式"}},
    {"basis", {"clause", "依据条款"}},
    {"bonus", {"cap of bonuses", "加分上限"}},
    {"bounds", {"bounds of the total", "总分上下限"}},
    {"by", {"measure", "评奖依据"}},
    {"cap", {"cap", "上限"}},
    {"class", {"class", "题型"}},
    {"compare", {"rank compared with", "位次比较对象"}},
    {"compare_across_years", {"compared across years", "跨年度比较"}},
    {"count", {"counting", "计次方式"}},
    {"day", {"days until due, daily", "日数据报送期限"}},
    {"decimals", {"decimals", "小数位数"}},
    {"deduction", {"cap of deductions", "扣分上限"}},
    {"direction", {"direction", "指标方向"}},
    {"due", {"days until due", "报送期限"}},
    {"effect", {"effect", "处理"}},
    {"evidence", {"evidence", "佐证要求"}},
    {"for", {"figures", "适用数据"}},
    {"frequency", {"frequency", "考核频次"}},
    {"gate", {"gate", "门槛"}},
    {"grades", {"grades", "等次"}},
    {"group", {"group", "考核类别"}},
    {"half", {"days until due, half-yearly", "半年数据报送期限"}},
    {"hi", {"upper bound", "上限值"}},
    {"kind", {"kind", "类型"}},
    {"levels", {"levels", "级别分值"}},
    {"lo", {"lower bound", "下限值"}},
    {"measure", {"unit of measurement", "计量单位"}},
    {"method", {"method", "评分方法"}},
    {"missing", {"missing figures", "缺失处理"}},
    {"month", {"days until due, monthly", "月度数据报送期限"}},
    {"name", {"Chinese name", "名称"}},
    {"name_en", {"name", "英文名称"}},
    {"order", {"order", "次序"}},
    {"points", {"points", "分值"}},
    {"present", {"share that must have scores", "最低有分权重"}},
    {"quarter", {"days until due, quarterly", "季度数据报送期限"}},
    {"quota", {"quota", "名额"}},
    {"quota_ties", {"ties at the quota", "名额边缘并列"}},
    {"rank_on", {"score that is ranked", "排名所依得分"}},
    {"ratings", {"ratings", "评价"}},
    {"round_at", {"where points are rounded", "取舍环节"}},
    {"rounding", {"rounding", "取舍规则"}},
    {"rule", {"what has to hold", "校验条件"}},
    {"severity", {"severity", "校验要求"}},
    {"shape", {"leaf or block", "层次"}},
    {"source", {"source", "数据来源"}},
    {"ties", {"ties", "并列处理"}},
    {"ties_by", {"ties decided by", "同分比较"}},
    {"title", {"Chinese title", "名称"}},
    {"title_en", {"title", "英文名称"}},
    {"top", {"places", "名额"}},
    {"total", {"scale of the total", "总分"}},
    {"treat", {"outlier treatment", "异常值处理"}},
    {"until", {"until", "影响期至"}},
    {"value", {"derived value", "指标口径"}},
    {"verifier", {"data owner", "数据责任部门"}},
    {"week", {"days until due, weekly", "周数据报送期限"}},
    {"weight", {"weight", "权重"}},
    {"when", {"condition", "条件"}},
    {"year", {"days until due, yearly", "年度数据报送期限"}},
};

/* Words of a package that mean the same in whichever column they stand. */
static const struct word words[] = {
    {"all", {"all", "全部计入"}},
    {"arithmetic", {"arithmetic mean", "加权算术平均"}},
    {"average", {"mean of the places", "平均名次"}},
    {"block", {"block", "板块"}},
    {"bonus", {"bonus", "加分"}},
    {"common", {"common", "共性"}},
    {"competitive", {"competitive", "抢答题"}},
    {"copeland", {"pairwise (Copeland)", "两两比较（Copeland）"}},
    {"deduction", {"deduction", "扣分"}},
    {"dense", {"dense (1 2 2 3)", "并列后名次连续（1223）"}},
    {"down", {"down", "逆向"}},
    {"exact", {"exact", "精确值"}},
    {"false", {"no", "否"}},
    {"gate", {"gate", "门槛"}},
    {"geometric", {"geometric mean", "加权几何平均"}},
    {"half_away", {"half away from zero", "四舍五入"}},
    {"half_even", {"half to even", "四舍六入五成双"}},
    {"harmonic", {"harmonic mean", "加权调和平均"}},
    {"highest", {"the highest only", "只计最高"}},
    {"individual", {"individual", "个性"}},
    {"leaf", {"leaf", "指标"}},
    {"mandatory", {"mandatory", "必答题"}},
    {"min", {"minimum", "最小值"}},
    {"month", {"monthly", "月"}},
    {"none", {"none", "无"}},
    {"previous", {"the period before", "上期"}},
    {"published", {"when published", "公布时"}},
    {"quarter", {"quarterly", "季"}},
    {"redistribute", {"weight redistributed", "权重分摊"}},
    {"rounded", {"rounded", "公布值"}},
    {"same_last_year", {"the same period last year", "上年同期"}},
    {"sum", {"sum", "合计"}},
    {"true", {"yes", "是"}},
    {"up", {"up", "正向"}},
    {"veto", {"veto", "一票否决"}},
    {"week", {"weekly", "周"}},
    {"year", {"yearly", "年"}},
    {"zero", {"scores 0", "按零分计"}},
};

/* What a word means in one column only. */
static const struct {
    const char *field;
    struct word word;
} words_of_field[] = {
    {"accumulate", {"last", {"the newest figure", "最新数"}}},
    {"accumulate", {"mean", {"mean of the periods", "各期平均"}}},
    {"accumulate", {"sum", {"sum of the periods", "各期累计"}}},
    {"class", {"bonus", {"bonus", "加分题"}}},
    {"evidence", {"needed", {"needed", "须附佐证"}}},
    {"evidence", {"none", {"none needed", "不要求"}}},
    {"frequency", {"half", {"half-yearly", "半年"}}},
    {"frequency", {"day", {"daily", "日"}}},
    {"missing", {"error", {"refused", "不予计分"}}},
    {"missing", {"floor", {"the method's floor", "按保底分计"}}},
    {"missing", {"full", {"full score", "按满分计"}}},
    {"missing", {"last", {"the last figure", "沿用上期数"}}},
    {"missing", {"mean", {"the cohort's mean", "按平均分计"}}},
    {"missing", {"median", {"the cohort's median", "按中位数计"}}},
    {"quota_ties", {"all", {"all get it", "全部给予"}}},
    {"quota_ties", {"none", {"none gets it", "均不给予"}}},
    {"round_at", {"node", {"at every node", "逐级"}}},
    {"rounding", {"down", {"down", "舍去尾数"}}},
    {"severity", {"hard", {"has to hold", "必须符合"}}},
    {"severity", {"justify", {"to be justified", "不符须说明"}}},
    {"ties", {"max", {"the last place (1 3 3 4)", "并列取末位（1334）"}}},
    {"ties", {"min", {"the first place (1 2 2 4)", "并列占位（1224）"}}},
};

static const char *find(const struct word *list, size_t count, const char *id,
                        enum baton_language language) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].id, id) == 0)
            return list[i].words[language];
    return NULL;
}

const char *compare_field_words(const struct compare_print *p, const struct baton_change *change) {
    const enum baton_language language = p->view->language;
    if (change->act == BATON_ACT_MOVED)
        return compare_in(p, "parent", "上级");
    if (change->act == BATON_ACT_RENAMED)
        return compare_in(p, "identifier", "标识");
    if (change->act == BATON_ACT_ADDED)
        return compare_in(p, "added", "新增");
    if (change->act == BATON_ACT_DROPPED)
        return compare_in(p, "dropped", "取消");
    if (change->subject == BATON_SUBJECT_METHOD) {
        const uint32_t method = change->index_before; /* what changed was there */
        const char *name = method_words_parameter(p->comparison->before->method[method].kind,
                                                  change->field, language);
        return name != NULL ? name : compare_code(p, change->field);
    }
    if (change->subject == BATON_SUBJECT_ELEMENT)
        return compare_in(p, "expression", "算式");
    const char *found = find(fields, LENGTH(fields), change->field, language);
    return found != NULL ? found : compare_code(p, change->field);
}

/* Fields whose values are words of people: names, departments. */
static bool is_plain(const struct baton_change *change) {
    static const char *const plain[] = {"name",   "name_en",  "title",  "title_en",
                                        "source", "verifier", "measure"};
    for (size_t i = 0; change->field != NULL && i < LENGTH(plain); i++)
        if (strcmp(change->field, plain[i]) == 0)
            return true;
    return false;
}

static const char *value_of_word(const struct compare_print *p, const char *field,
                                 const char *value) {
    const enum baton_language language = p->view->language;
    for (size_t i = 0; i < LENGTH(words_of_field); i++)
        if (strcmp(words_of_field[i].field, field) == 0 &&
            strcmp(words_of_field[i].word.id, value) == 0)
            return words_of_field[i].word.words[language];
    return find(words, LENGTH(words), value, language);
}

/* The department, the node or group that a value names, where it is one. */
static const char *value_of_name(const struct compare_print *p, const struct baton_change *change,
                                 const char *value, bool is_before) {
    const struct baton_scheme *scheme = is_before ? p->comparison->before : p->comparison->after;
    if (change->act == BATON_ACT_MOVED)
        for (uint32_t n = 1; n < scheme->node_count; n++)
            if (strcmp(scheme->node[n].id, value) == 0)
                return compare_name(p, &scheme->node[n].name, value);
    if (change->act == BATON_ACT_MOVED && strcmp(value, "total") == 0)
        return compare_in(p, "the total", "总分");
    const bool is_method = change->subject == BATON_SUBJECT_NODE && change->field != NULL &&
                           strcmp(change->field, "method") == 0;
    for (uint32_t m = 0; is_method && m < scheme->method_count; m++)
        if (strcmp(scheme->method[m].id, value) == 0)
            return compare_method_name(p, scheme, m);
    const bool is_group = change->subject == BATON_SUBJECT_UNIT ||
                          (change->subject == BATON_SUBJECT_AWARD && change->field != NULL &&
                           strcmp(change->field, "group") == 0);
    for (uint32_t g = 0; is_group && g < scheme->group_count; g++)
        if (strcmp(scheme->group[g].id, value) == 0)
            return compare_name(p, &scheme->group[g].title, value);
    const bool is_owner = change->field != NULL && (strcmp(change->field, "source") == 0 ||
                                                    strcmp(change->field, "verifier") == 0);
    for (uint32_t u = 0; is_owner && u < scheme->unit_count; u++)
        if (strcmp(scheme->unit[u].id, value) == 0)
            return compare_name(p, &scheme->unit[u].name, value);
    return NULL;
}

/* The same with the id behind it, where two things have one name. */
static const char *value_of_one_name(const struct compare_print *p,
                                     const struct baton_change *change, bool is_before) {
    const char *value = is_before ? change->before : change->after;
    const char *other = is_before ? change->after : change->before;
    const char *name = value_of_name(p, change, value, is_before);
    if (name == NULL || other == NULL || strcmp(value, other) == 0)
        return name;
    other = value_of_name(p, change, other, !is_before);
    return other == NULL || strcmp(name, other) != 0
               ? name
               : compare_say(p, "%s (%s)", "%s（%s）", name, compare_code(p, value));
}

const char *compare_value_words(const struct compare_print *p, const struct baton_change *change,
                                bool is_before) {
    const char *value = is_before ? change->before : change->after;
    if (change->subject == BATON_SUBJECT_METHOD &&
        (is_before ? change->index_before : change->index_after) != BATON_NONE) {
        const char *parameter = compare_parameter_words(p, change, is_before);
        if (parameter != NULL)
            return parameter;
    }
    const bool is_node_value = change->subject == BATON_SUBJECT_NODE && change->field != NULL &&
                               strcmp(change->field, "value") == 0;
    if (value == NULL)
        return is_node_value ? compare_in(p, "as reported", "按报送数") : "—";
    const char *name = value_of_one_name(p, change, is_before);
    if (name == NULL)
        name = compare_effect_words(p, change, is_before);
    if (name != NULL)
        return name;
    if (change->is_number || is_plain(change))
        return value;
    const bool is_expression =
        change->subject == BATON_SUBJECT_METHOD &&
        (strcmp(change->field, "score") == 0 || strcmp(change->field, "among") == 0);
    const char *word =
        change->field == NULL || is_expression ? NULL : value_of_word(p, change->field, value);
    const size_t size = strlen(value);
    const bool is_amount = size > 0 && strspn(value, "0123456789.") + 1 >= size &&
                           strchr("0123456789%d", value[size - 1]) != NULL;
    if (word != NULL)
        return word;
    if (is_amount && value[size - 1] == 'd')
        return compare_say(p, "%.*s days", "%.*s日", (int)(size - 1), value);
    return is_amount ? value : compare_code(p, value);
}

/* ---- Subjects */

/* Whose row of weights.csv it is. */
static const char *whose(const struct compare_print *p, const char *of) {
    static const char group[] = "group:";
    const struct baton_scheme *const schemes[] = {p->comparison->after, p->comparison->before};
    for (int i = 0; i < 2; i++) {
        const struct baton_scheme *scheme = schemes[i];
        if (strncmp(of, group, sizeof(group) - 1) == 0) {
            for (uint32_t g = 0; g < scheme->group_count; g++)
                if (strcmp(scheme->group[g].id, of + sizeof(group) - 1) == 0)
                    return compare_name(p, &scheme->group[g].title, scheme->group[g].id);
            continue;
        }
        for (uint32_t u = 0; u < scheme->unit_count; u++)
            if (strcmp(scheme->unit[u].id, of) == 0)
                return compare_name(p, &scheme->unit[u].name, of);
    }
    return compare_code(p, of);
}

static const char *setting_words(const struct compare_print *p, const struct baton_change *change) {
    const char *field = strrchr(change->id, '.');
    const char *found =
        find(fields, LENGTH(fields), field == NULL ? change->id : field + 1, p->view->language);
    return found != NULL ? found : compare_code(p, change->id);
}

const char *compare_subject(const struct compare_print *p, const struct baton_change *change) {
    switch (change->subject) {
    case BATON_SUBJECT_WEIGHT:
        return p->view->language == BATON_ZH
                   ? arena_printf(p->arena, "%s：%s", whose(p, change->of),
                                  compare_name(p, &change->name, change->id))
                   : arena_printf(p->arena, "%s, of %s", compare_name(p, &change->name, change->id),
                                  whose(p, change->of));
    case BATON_SUBJECT_ELEMENT:
        return compare_say(p, "named element %s", "命名数据项 %s", compare_code(p, change->id));
    case BATON_SUBJECT_METHOD:
        return change->index_after != BATON_NONE
                   ? compare_method_name(p, p->comparison->after, change->index_after)
                   : compare_method_name(p, p->comparison->before, change->index_before);
    case BATON_SUBJECT_SETTING:
        return setting_words(p, change);
    case BATON_SUBJECT_RATINGS:
        return compare_in(p, "ratings", "评价");
    case BATON_SUBJECT_GRADE:
        return strcmp(change->id, change->of) == 0
                   ? compare_say(p, "grades %s", "等次组 %s", compare_code(p, change->of))
                   : compare_say(p, "grades %s, “%s”", "等次组 %s“%s”", compare_code(p, change->of),
                                 compare_name(p, &change->name, change->id));
    case BATON_SUBJECT_IMPORT:
        return compare_say(p, "package %s", "引用的考核包 %s", compare_code(p, change->id));
    default:
        return change->index_before == 0 && change->subject == BATON_SUBJECT_NODE
                   ? compare_in(p, "the total", "总分")
                   : compare_name(p, &change->name, change->id);
    }
}

/* The same between the marks of a name, so that it can stand in a sentence. */
static const char *quoted_subject(const struct compare_print *p,
                                  const struct baton_change *change) {
    const char *name = compare_name(p, &change->name, change->id);
    switch (change->subject) {
    case BATON_SUBJECT_WEIGHT:
        return compare_say(p, "“%s” of %s", "“%s”（%s）", name, whose(p, change->of));
    case BATON_SUBJECT_NODE:
        return change->index_before == 0 ? compare_subject(p, change)
                                         : arena_printf(p->arena, "“%s”", name);
    case BATON_SUBJECT_GROUP:
        return compare_say(p, "the group “%s”", "考核类别“%s”", name);
    case BATON_SUBJECT_UNIT:
    case BATON_SUBJECT_ITEM:
    case BATON_SUBJECT_AWARD:
    case BATON_SUBJECT_CHECK:
        return arena_printf(p->arena, "“%s”", name);
    default:
        return compare_subject(p, change);
    }
}

/* A value in a sentence: in Chinese what is written for machines stands off. */
static const char *in_sentence(const struct compare_print *p, const struct baton_change *change,
                               bool is_before, bool is_last) {
    const char *value = compare_value_words(p, change, is_before);
    return p->view->language == BATON_ZH && value[0] == DOCUMENT_CODE[0]
               ? arena_printf(p->arena, " %s%s", value, is_last ? "" : " ")
               : value;
}

/* "评分方法 steps" and "参数 low", then "由": what is written for machines stands off from what follows too. */
static const char *stand_off(const struct compare_print *p, const char *text) {
    const size_t size = strlen(text);
    return p->view->language == BATON_ZH && size > 0 && text[size - 1] == DOCUMENT_END[0]
               ? arena_printf(p->arena, "%s ", text)
               : text;
}

/* A changed value in a sentence. */
static const char *change_phrase(const struct compare_print *p, const struct baton_change *change) {
    const bool is_own =
        change->subject == BATON_SUBJECT_SETTING || change->subject == BATON_SUBJECT_RATINGS;
    const char *subject = quoted_subject(p, change);
    const char *field = change->subject == BATON_SUBJECT_WEIGHT ? compare_in(p, "weight", "权重")
                                                                : compare_field_words(p, change);
    const char *what = is_own ? subject
                       : p->view->language == BATON_ZH
                           ? arena_printf(p->arena, "%s%s", stand_off(p, subject), field)
                           : arena_printf(p->arena, "%s of %s", field, subject);
    if (change->before == NULL && strcmp(compare_value_words(p, change, true), "—") == 0)
        return compare_say(p, "%s set to %s", "%s定为%s", stand_off(p, what),
                           in_sentence(p, change, false, true));
    if (change->after == NULL && strcmp(compare_value_words(p, change, false), "—") == 0)
        return compare_say(p, "%s no longer set (%s)", "%s不再另定（原为%s）", stand_off(p, what),
                           in_sentence(p, change, true, true));
    return compare_say(p, "%s from %s to %s", "%s由%s改为%s", stand_off(p, what),
                       in_sentence(p, change, true, false), in_sentence(p, change, false, true));
}

const char *compare_phrase(const struct compare_print *p, const struct baton_change *change) {
    const char *subject = quoted_subject(p, change);
    if (change->subject == BATON_SUBJECT_WEIGHT)
        return change_phrase(p, change);
    switch (change->act) {
    case BATON_ACT_ADDED:
        return compare_say(p, "%s added", "新增%s", subject);
    case BATON_ACT_DROPPED:
        return compare_say(p, "%s dropped", "取消%s", subject);
    case BATON_ACT_MOVED:
        return compare_say(p, "%s moved from “%s” to “%s”", "%s由“%s”调整到“%s”", subject,
                           compare_value_words(p, change, true),
                           compare_value_words(p, change, false));
    case BATON_ACT_RENAMED:
    case BATON_ACT_CHANGED:
        break;
    }
    return change_phrase(p, change);
}

const char *compare_clause(const struct compare_print *p, const struct baton_amendment *amendment) {
    struct baton_clause clause;
    if (amendment->basis == NULL)
        return "";
    if (p->view->clause == NULL || !p->view->clause(p->view->context, amendment->basis, &clause))
        return compare_code(p, amendment->basis);
    return compare_say(p, "%s (%s)", "%s（%s）", clause.title, compare_code(p, amendment->basis));
}

const char *compare_amendment(const struct compare_print *p, uint32_t amendment) {
    return compare_say(p, "no. %u", "修订%u", amendment + 1);
}
