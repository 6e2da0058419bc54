/* Methods with their parameters put in: a formula in words, a table of bands, levels or places, and what else holds.
 *
 * The kinds and their formulas are those of engine/methods.def; here they speak of actual figures (实际值), targets and the
 * lowest and highest of whoever is compared. */
#include "report/annex_parts.h"
#include "report/method_words.h"
#include <math.h>
#include <string.h>

/* A method while it is told. */
struct telling {
    const struct annex *annex;
    const struct baton_method *method;
    const struct annex_method *use;
    const char *cohort;
};

const char *annex_method_name(const struct annex *annex, const struct baton_method *method) {
    return method_words_kind(method, annex->view->language);
}

const char *annex_method_reference(const struct annex *annex, uint32_t method) {
    return annex_say(
        annex, "%s\n%s", "%s\n%s", annex_method_name(annex, &annex->scheme->method[method]),
        document_reference(annex->document, ANNEX_METHODS_SECTION, annex->method[method].number));
}

static const char *number(const struct telling *telling, double value) {
    return annex_number(telling->annex, value);
}

/* "60 + " before a product, "" for 0. */
static const char *sum_before(const struct telling *telling, double value) {
    return value == 0 ? "" : annex_say(telling->annex, "%s + ", "%s+", number(telling, value));
}

static void put_score(const struct telling *telling, const char *direction, const char *formula) {
    document_paragraph(telling->annex->document,
                       annex_say(telling->annex, "%sscore = %s", "%s得分＝%s", direction, formula));
}

/* The formula of each direction in which the method is used. */
static void put_formulas(const struct telling *telling, const char *up, const char *down) {
    const struct annex *annex = telling->annex;
    const bool both = telling->use->up && telling->use->down && strcmp(up, down) != 0;
    if (telling->use->up || !telling->use->down)
        put_score(telling, both ? annex_in(annex, "Higher is better: ", "正向指标：") : "", up);
    if (telling->use->down && (both || !telling->use->up))
        put_score(telling, both ? annex_in(annex, "Lower is better: ", "逆向指标：") : "", down);
}

#define note(telling, ...) annex_item((telling)->annex, __VA_ARGS__)

/* ---- Comparison with others. */

static const char *ties_words(const struct annex *annex, enum baton_ties ties) {
    static const char *const words[][2] = {
        [BATON_TIES_MIN] =
            {"equals share the best place, and as many places are left out behind them",
             "并列的取最好名次，其后名次空出"},
        [BATON_TIES_DENSE] = {"equals share a place, and none is left out behind them",
                              "并列的名次相同，其后名次不空"},
        [BATON_TIES_MAX] = {"equals share the last of their places", "并列的取最后名次"},
        [BATON_TIES_AVERAGE] = {"equals share the mean of their places", "并列的取名次平均数"},
    };
    return words[ties][annex->view->language];
}

static void tell_range(const struct telling *telling) {
    const struct annex *annex = telling->annex;
    const struct baton_method *method = telling->method;
    const bool fixed = method->over == BATON_OVER_FIXED;
    const char *const base = sum_before(telling, method->low);
    const char *const span = number(telling, method->high - method->low);
    const char *const lo = fixed ? annex_in(annex, "lower bound", "下限值")
                                 : annex_say(annex, "lowest of %s", "%s最低值", telling->cohort);
    const char *const hi = fixed ? annex_in(annex, "upper bound", "上限值")
                                 : annex_say(annex, "highest of %s", "%s最高值", telling->cohort);
    put_formulas(telling,
                 annex_say(annex, "%s%s × (figure − %s) / (%s − %s)", "%s%s×(实际值−%s)/(%s−%s)",
                           base, span, lo, hi, lo),
                 annex_say(annex, "%s%s × (%s − figure) / (%s − %s)", "%s%s×(%s−实际值)/(%s−%s)",
                           base, span, hi, hi, lo));
    if (fixed)
        note(telling, "Figures beyond the bounds score %s or %s.",
             "实际值超出上下限的，得分以%s分或%s分为限。", number(telling, method->low),
             number(telling, method->high));
    else
        note(telling, "All figures of %s equal: each scores %s.", "%s数值全部相同的，均得%s分。",
             telling->cohort, number(telling, method->high));
}

static void tell_zscore(const struct telling *telling) {
    const struct annex *annex = telling->annex;
    const struct baton_method *method = telling->method;
    const char *const base = sum_before(telling, method->mean);
    const char *const step = number(telling, method->sd);
    put_formulas(telling,
                 annex_say(annex, "%s%s × (figure − mean of %s) / standard deviation",
                           "%s%s×(实际值−%s平均值)/标准差", base, step, telling->cohort),
                 annex_say(annex, "%s%s × (mean of %s − figure) / standard deviation",
                           "%s%s×(%s平均值−实际值)/标准差", base, step, telling->cohort));
    note(telling,
         "The standard deviation is that of a sample (n − 1); where it is 0, each scores %s.",
         "标准差按样本计算（除以n−1）；标准差为0的，均得%s分。", number(telling, method->mean));
}

/* Whose figure is the first. */
static const char *first_words(const struct telling *telling) {
    if (telling->use->up && telling->use->down)
        return annex_in(
            telling->annex,
            "The best figure is first: the highest, or the lowest where lower is better",
            "数值最优者为第1名（正向指标最高者，逆向指标最低者）");
    return telling->use->down
               ? annex_in(telling->annex, "The lowest figure is first", "数值最低者为第1名")
               : annex_in(telling->annex, "The highest figure is first", "数值最高者为第1名");
}

static void tell_rank(const struct telling *telling) {
    const struct annex *annex = telling->annex;
    const struct baton_method *method = telling->method;
    const char *const formula =
        annex_say(annex, "%s − %s × (place − 1) / (n − 1)", "%s−%s×(名次−1)/(n−1)",
                  number(telling, method->high), number(telling, method->high - method->low));
    put_formulas(telling, formula, formula);
    note(telling, "%s; %s.", "%s；%s。", first_words(telling), ties_words(annex, method->ties));
    note(telling, "n: how many of %s have a figure; where it is one, that scores %s.",
         "n为%s有数值的个数；只有一个的，得%s分。", telling->cohort, number(telling, method->high));
}

static void put_places(const struct telling *telling) {
    const struct annex *annex = telling->annex;
    const struct baton_method *method = telling->method;
    const struct document_column columns[] = {
        {.title = annex_in(annex, "place", "名次"), .whole = true},
        {.title = annex_in(annex, "score", "得分"), .align = ALIGN_RIGHT, .whole = true}};
    struct document_table *table = document_table(annex->document, columns, LENGTH(columns));
    for (uint32_t i = 0; i < method->table_count; i++) {
        const char *const cell[] = {annex_say(annex, "%u", "第%u名", i + 1),
                                    number(telling, method->table[i])};
        document_row(table, ROW_PLAIN, 0, cell);
    }
    const char *const cell[] = {annex_in(annex, "behind", "其后"),
                                number(telling, isnan(method->floor) ? 0 : method->floor)};
    document_row(table, ROW_PLAIN, 0, cell);
}

static void tell_race(const struct telling *telling) {
    const struct annex *annex = telling->annex;
    const struct baton_method *method = telling->method;
    const struct rule *among = view_leaf(annex->session, telling->use->leaf, VIEW_AMONG);
    if (method->table == NULL)
        document_paragraph(annex->document,
                           annex_say(annex, "The first scores %s, each next place %s less.",
                                     "第1名得%s分，以后每降一名减%s分。",
                                     number(telling, method->first),
                                     number(telling, method->step)));
    else
        put_places(telling);
    note(telling, "%s; %s.", "%s；%s。", first_words(telling), ties_words(annex, method->ties));
    if (among != NULL)
        note(telling, "Only those race for whom holds: %s; the others score %s.",
             "只有符合下列条件的参加排名：%s；其他得%s分。",
             annex_rule_inline(annex, among, method->over), number(telling, method->otherwise));
}

static void tell_percentile(const struct telling *telling) {
    const struct annex *annex = telling->annex;
    put_formulas(telling,
                 annex_say(annex, "100 × (how many of %s are lower) / (n − 1)",
                           "100×(%s中低于实际值的个数)/(n−1)", telling->cohort),
                 annex_say(annex, "100 × (how many of %s are higher) / (n − 1)",
                           "100×(%s中高于实际值的个数)/(n−1)", telling->cohort));
    note(telling, "n: how many of %s have a figure; where it is one, that scores 100.",
         "n为%s有数值的个数；只有一个的，得100分。", telling->cohort);
}

static void tell_best(const struct telling *telling) {
    const struct annex *annex = telling->annex;
    const struct baton_method *method = telling->method;
    const char *up = annex_say(annex, "highest of %s", "%s最高值", telling->cohort);
    const char *down = annex_say(annex, "lowest of %s", "%s最低值", telling->cohort);
    if (method->of == BATON_BEST_OF_MEAN)
        up = down = annex_say(annex, "mean of %s", "%s平均值", telling->cohort);
    else if (method->of == BATON_BEST_OF_UNIT)
        up = down =
            annex_say(annex, "figure of %s", "%s的实际值", annex_unit_name(annex, method->of_unit));
    put_formulas(telling, annex_say(annex, "100 × figure / (%s)", "100×实际值/%s", up),
                 annex_say(annex, "100 × (%s) / figure", "100×%s/实际值", down));
}

/* ---- Targets, bands, levels, deductions. */

static void tell_target(const struct telling *telling) {
    const struct annex *annex = telling->annex;
    const struct baton_method *method = telling->method;
    if (method->from_baseline) {
        const char *const way = annex_in(annex, "100 × (figure − baseline) / (target − baseline)",
                                         "100×(实际值−基期值)/(目标值−基期值)");
        put_formulas(telling, way, way);
    } else {
        put_formulas(telling, annex_in(annex, "100 × figure / target", "100×实际值/目标值"),
                     method_words_lower(method->mirror, annex->view->language));
    }
    if (telling->use->down && !method->from_baseline && !method->mirror)
        note(telling, "Lower is better and the figure is 0 or less: it scores %s.",
             "逆向指标实际值不大于0的，得%s分。",
             number(telling, isnan(method->cap) ? 100 : method->cap));
    if (!isnan(method->start_at))
        note(telling, "A score below %s is 0.", "低于%s分的，得0分。",
             number(telling, method->start_at));
    if (method->from_baseline)
        note(telling,
             "Target equal to the baseline: who meets it scores 100, others the lowest score.",
             "目标值等于基期值的，达到得100分，未达到得最低分。");
    else
        note(telling, "Target of 0 or less: who meets it scores 100, others the lowest score.",
             "目标值不大于0的，达到得100分，未达到得最低分。");
}

static void put_bands(const struct telling *telling, bool up) {
    const struct annex *annex = telling->annex;
    const struct baton_method *method = telling->method;
    const struct document_column columns[] = {
        {.title = annex_in(annex, "figure", "实际值区间"), .whole = true},
        {.title = annex_in(annex, "score", "得分"), .align = ALIGN_RIGHT, .whole = true}};
    struct document_table *table = document_table(annex->document, columns, LENGTH(columns));
    double before = NAN;
    for (uint32_t i = 0; i < method->table_count; i++) {
        const struct baton_band *band = &method->bands[i];
        const char *score = number(telling, band->score);
        if (method->linear && i > 0)
            score = annex_say(annex, "%s to %s", "%s～%s", score,
                              number(telling, method->bands[i - 1].score));
        const char *const cell[] = {method_words_interval(annex->arena, up, band->bound, before),
                                    score};
        document_row(table, ROW_PLAIN, 0, cell);
        before = band->bound;
    }
    const char *const cell[] = {method_words_interval(annex->arena, up, NAN, before),
                                number(telling, method->below)};
    document_row(table, ROW_PLAIN, 0, cell);
}

static void tell_bands(const struct telling *telling) {
    const struct annex *annex = telling->annex;
    const bool both = telling->use->up && telling->use->down;
    document_paragraph(annex->document,
                       annex_in(annex,
                                "The band decides into which the figure falls; [ and ] take the "
                                "edge in, ( and ) leave it out.",
                                "按实际值所在区间计分；方括号含端点，圆括号不含端点。"));
    if (both)
        document_paragraph(annex->document, annex_in(annex, "Higher is better:", "正向指标："));
    if (telling->use->up)
        put_bands(telling, true);
    if (both)
        document_paragraph(annex->document, annex_in(annex, "Lower is better:", "逆向指标："));
    if (telling->use->down)
        put_bands(telling, false);
    if (telling->method->linear)
        note(telling, "Between two bounds the score is in proportion.",
             "两个界限之间按线性插值计分。");
}

static void tell_levels(const struct telling *telling) {
    const struct annex *annex = telling->annex;
    const struct baton_method *method = telling->method;
    const struct document_column columns[] = {
        {.title = annex_in(annex, "level", "等级"), .whole = true},
        {.title = annex_in(annex, "score", "得分"), .align = ALIGN_RIGHT, .whole = true}};
    struct document_table *table = document_table(annex->document, columns, LENGTH(columns));
    for (uint32_t i = 0; i < method->table_count; i++) {
        const char *const cell[] = {annex->scheme->code[(uint32_t)method->bands[i].bound],
                                    number(telling, method->bands[i].score)};
        document_row(table, ROW_PLAIN, 0, cell);
    }
}

static void tell_deduct(const struct telling *telling) {
    const struct annex *annex = telling->annex;
    const struct baton_method *method = telling->method;
    const char *const per = number(telling, method->per);
    if (isnan(method->above)) {
        document_paragraph(annex->document,
                           annex_say(annex, "100 points, less %s for each one counted.",
                                     "满分100分，每发生一次（件、起）扣%s分。", per));
        return;
    }
    const char *const above = number(telling, method->above);
    document_paragraph(
        annex->document,
        annex_say(annex,
                  "100 points from %s on; below it %s less for each unit of measure short of it.",
                  "达到%s的得100分；低于的，每低一个计量单位扣%s分。", above, per));
}

static void tell_pass(const struct telling *telling) {
    const struct annex *annex = telling->annex;
    const enum baton_pass_op given = telling->method->op;
    const enum baton_language language = annex->view->language;
    const bool by_direction = given == BATON_OP_BY_DIRECTION;
    const bool both = telling->use->up && telling->use->down && by_direction;
    for (int down = 0; down < 2; down++) {
        const bool used =
            down ? telling->use->down && (both || !telling->use->up) : telling->use->up;
        if (!used)
            continue;
        const char *const direction = !both ? annex_in(annex, "A", "")
                                      : down ? annex_in(annex, "Lower is better: a", "逆向指标：")
                                             : annex_in(annex, "Higher is better: a", "正向指标：");
        const enum baton_pass_op op = !by_direction ? given : down ? BATON_OP_LE : BATON_OP_GE;
        document_paragraph(annex->document,
                           annex_say(annex,
                                     "%s figure that is %s the target scores 100, any other 0.",
                                     "%s实际值%s目标值的得100分，否则得0分。", direction,
                                     method_words_pass(op, language)));
    }
}

static void tell_direct(const struct telling *telling) {
    put_formulas(telling,
                 annex_in(telling->annex, "figure, kept within 0 and 100", "实际值（限于0至100）"),
                 annex_in(telling->annex, "100 − figure, kept within 0 and 100",
                          "100−实际值（限于0至100）"));
}

static void tell_rule(const struct telling *telling) {
    const struct annex *annex = telling->annex;
    const struct baton_method *method = telling->method;
    const struct rule *score = view_leaf(annex->session, telling->use->leaf, VIEW_SCORE);
    const char *const words = annex_rule(annex, score, method->over, false);
    put_score(telling, "", words);
    for (uint32_t i = 0; i < method->where_count; i++)
        note(telling, "%s = %s", "其中，%s＝%s", annex_code(annex, method->where_name[i]),
             annex_rule_both(annex, view_leaf_where(annex->session, telling->use->leaf, i),
                             method->over, false, annex_in(annex, "; as written: ", "；原式：")));
    if (!annex_is_as_written(annex, words, score))
        note(telling, "As written: %s", "原式：%s", annex_code(annex, rule_text(score)));
}

static void tell_limits(const struct telling *telling) {
    const struct baton_method *method = telling->method;
    const bool by_table = method->kind == BATON_METHOD_RACE && method->table != NULL;
    const bool floor = !isnan(method->floor) && !by_table, cap = !isnan(method->cap);
    if (floor && cap)
        note(telling, "At least %s points, at most %s.", "最低%s分，最高%s分。",
             number(telling, method->floor), number(telling, method->cap));
    else if (floor)
        note(telling, "At least %s points.", "最低%s分。", number(telling, method->floor));
    else if (cap)
        note(telling, "At most %s points.", "最高%s分。", number(telling, method->cap));
}

static void tell(const struct telling *telling) {
    static void (*const tellers[BATON_METHOD_KINDS])(const struct telling *) = {
        [BATON_METHOD_RANGE] = tell_range,
        [BATON_METHOD_ZSCORE] = tell_zscore,
        [BATON_METHOD_RANK] = tell_rank,
        [BATON_METHOD_RACE] = tell_race,
        [BATON_METHOD_PERCENTILE] = tell_percentile,
        [BATON_METHOD_TARGET] = tell_target,
        [BATON_METHOD_BANDS] = tell_bands,
        [BATON_METHOD_LEVELS] = tell_levels,
        [BATON_METHOD_DEDUCT] = tell_deduct,
        [BATON_METHOD_PASS] = tell_pass,
        [BATON_METHOD_DIRECT] = tell_direct,
        [BATON_METHOD_BEST] = tell_best,
        [BATON_METHOD_RULE] = tell_rule,
    };
    tellers[telling->method->kind](telling);
    tell_limits(telling);
}

void annex_method_told(const struct annex *annex, uint32_t m) {
    const struct baton_method *method = &annex->scheme->method[m];
    tell(&(struct telling){annex, method, &annex->method[m],
                           rule_cohort_words(method->over, annex->view->language)});
}

/* The indicators that are scored by a method. */
static const char *users_of(const struct annex *annex, uint32_t method) {
    struct writer *out = writer_memory(annex->arena);
    for (uint32_t n = 1; n < annex->scheme->node_count; n++) {
        const struct baton_node *node = &annex->scheme->node[n];
        if (!annex->used[n] || node->child_count > 0 || node->method != method)
            continue;
        writer_text(out, out->used > 0 ? annex_in(annex, ", ", "、") : "");
        writer_text(out, annex_node_name(annex, n));
    }
    return writer_text_of(out);
}

void annex_methods(const struct annex *annex) {
    const struct baton_scheme *scheme = annex->scheme;
    document_heading(annex->document, 1, annex_in(annex, "Methods", "计分方法"));
    document_paragraph(annex->document,
                       annex_in(annex,
                                "Each indicator is scored on a scale of a hundred points; the "
                                "figure is the one that section 3 tells of.",
                                "各项指标均按百分计分，实际值的口径见第三部分。"));
    for (uint32_t m = 0; m < scheme->method_count; m++) {
        const struct baton_method *method = &scheme->method[m];
        const struct annex_method *use = &annex->method[m];
        if (use->number == 0)
            continue;
        const char *const name = annex_method_name(annex, method);
        document_heading(
            annex->document, 2,
            annex_say(annex, "%s (%s)", "%s（%s）", name, annex_code(annex, method->id)));
        document_paragraph(annex->document,
                           annex_say(annex, "For: %s.", "适用指标：%s。", users_of(annex, m)));
        annex_method_told(annex, m);
    }
}
