/* The replay in words: how stable the result is, who moved and which amendments did it, what the old year's figures could not
 * feed. */
#include "report/compare_parts.h"
#include "report/words.h"
#include <math.h>
#include <stdlib.h>

/* ---- How stable */

static const char *of_count(const struct compare_print *p, uint32_t part, uint32_t all) {
    return arena_printf(p->arena, "%u/%u", part, all);
}

static const char *fixed(const struct compare_print *p, double number, int decimals) {
    char text[BATON_NUMBER_FIXED_SIZE];
    return isnan(number) ? "—"
                         : arena_text(p->arena, text, baton_number_fixed(number, decimals, text));
}

static void put_row(const struct compare_print *p, struct document_table *table,
                    enum document_row kind, const char *name, const struct baton_stability *of,
                    const struct baton_replay_stability *replayed) {
    const bool has = replayed != NULL;
    const char *const cells[] = {
        name,
        arena_printf(p->arena, "%u", of->units),
        compare_percent(p, of->weight),
        of_count(p, of->leaves_kept, of->leaves_before),
        has ? of_count(p, replayed->rank_kept, replayed->ranked) : NULL,
        has && replayed->graded > 0 ? of_count(p, replayed->grade_kept, replayed->graded) : NULL,
        has ? fixed(p, replayed->score_change, 2) : NULL,
        has && !isnan(replayed->tau) ? fixed(p, replayed->tau, 2) : NULL};
    document_row(table, kind, 0, cells);
}

static void put_stability(const struct compare_print *p) {
    const struct compare_view *view = p->view;
    const struct baton_scheme *before = p->comparison->before;
    const struct document_column columns[] = {
        {.title = compare_in(p, "group", "考核类别")},
        {.title = compare_in(p, "units", "对象"), .align = ALIGN_RIGHT, .whole = true},
        {.title = compare_in(p, "weight kept", "权重沿用"), .align = ALIGN_RIGHT, .whole = true},
        {.title = compare_in(p, "indicators kept", "指标沿用"),
         .align = ALIGN_RIGHT,
         .whole = true},
        {.title = compare_in(p, "rank kept", "位次不变"), .align = ALIGN_RIGHT, .whole = true},
        {.title = compare_in(p, "grade kept", "等次不变"), .align = ALIGN_RIGHT, .whole = true},
        {.title = compare_in(p, "points moved", "平均变动"), .align = ALIGN_RIGHT, .whole = true},
        {.title = "τ", .align = ALIGN_RIGHT, .whole = true},
    };
    document_heading(p->document, 1,
                     compare_in(p, "Big stability, small change", "大稳定、小调整"));
    struct document_table *table = document_table(p->document, columns, LENGTH(columns));
    for (uint32_t g = 0; g < before->group_count; g++)
        put_row(p, table, ROW_PLAIN, compare_name(p, &before->group[g].title, before->group[g].id),
                &view->stability_of[g], view->replay == NULL ? NULL : &view->steadiness_of[g]);
    if (before->group_count > 1)
        put_row(p, table, ROW_STRONG, compare_in(p, "all", "合计"), &view->stability,
                view->replay == NULL ? NULL : &view->steadiness);
    document_drop_empty(table);
    document_note(p->document,
                  compare_in(p,
                             "Weight kept: the share of the total in indicators whose value, "
                             "method and direction are as "
                             "they were, each with the smaller of its two weights. Points moved: "
                             "the mean absolute change of "
                             "score. τ: agreement of the two orders (Kendall), 1 = the same.",
                             "权重沿用：口径、方法、方向均未变的指标所占权重（取新旧权重较小者）。"
                             "平均变动：得分变动绝对值的平均。τ：新旧排名的"
                             "一致程度（肯德尔系数），1 为完全一致。"));
}

/* ---- Who moved */

struct cause {
    uint32_t amendment;
    double gain;
};

static int by_size(const void *left, const void *right) {
    const struct cause *a = left, *b = right;
    if (fabs(a->gain) != fabs(b->gain))
        return fabs(a->gain) > fabs(b->gain) ? -1 : 1;
    return a->amendment < b->amendment ? -1 : a->amendment > b->amendment;
}

static double part_of(const struct baton_gain *gain, bool is_grade) {
    return is_grade ? gain->grade : gain->rank;
}

/* Which amendments moved a unit, the one that moved it most first: 修订1 +1.5，修订3 +0.5 */
static const char *causes_of(const struct compare_print *p, const struct baton_replay_unit *unit,
                             bool is_grade) {
    const uint32_t amendments = p->comparison->amendment_count;
    struct cause *cause = arena_alloc(p->arena, amendments, sizeof(*cause));
    uint32_t count = 0;
    const char *list = "";
    for (uint32_t a = 0; a < amendments; a++)
        if (fabs(part_of(&unit->gain[a], is_grade)) >= 0.005) /* shown with two decimals */
            cause[count++] = (struct cause){a, part_of(&unit->gain[a], is_grade)};
    if (count > 1)
        qsort(cause, count, sizeof(*cause), by_size);
    for (uint32_t i = 0; i < count; i++)
        list =
            compare_join(p, list, compare_in(p, ", ", "，"),
                         arena_printf(p->arena, "%s %s", compare_amendment(p, cause[i].amendment),
                                      compare_signed(p, cause[i].gain)));
    const double rest = part_of(&unit->remainder, is_grade);
    if (fabs(rest) >= 0.005)
        list = compare_join(p, list, compare_in(p, ", ", "，"),
                            compare_say(p, "remainder %s", "余项 %s", compare_signed(p, rest)));
    return list;
}

static const char *rank_words(const struct compare_print *p, double rank) {
    char text[BATON_NUMBER_SHORTEST_SIZE];
    if (isnan(rank))
        return "—";
    return arena_text(p->arena, text, baton_number_shortest(rank, text));
}

static const char *grade_words(const struct compare_print *p, const struct baton_standing *of) {
    return of->grade == NULL ? "—" : compare_name(p, &of->grade->title, of->grade->id);
}

/* "2 → 1", or just "2" */
static const char *change_words(const struct compare_print *p, const char *before,
                                const char *after) {
    return strcmp(before, after) == 0 ? before : arena_printf(p->arena, "%s → %s", before, after);
}

static bool same_number(double a, double b) {
    return a == b || (isnan(a) && isnan(b));
}

static bool has_moved(const struct baton_replay_unit *unit) {
    return !same_number(unit->before.rank, unit->replayed.rank) ||
           (unit->before.grade == NULL) != (unit->replayed.grade == NULL) ||
           (unit->before.grade != NULL &&
            strcmp(unit->before.grade->id, unit->replayed.grade->id) != 0);
}

static const char *score_words(const struct compare_print *p, const struct baton_replay_unit *unit,
                               bool is_before) {
    const struct baton_scheme *scheme = is_before ? p->comparison->before : p->comparison->after;
    const uint32_t group = is_before ? p->comparison->before->unit[unit->unit].group : unit->group;
    const int decimals = group == BATON_NONE ? scheme->decimals : scheme->group[group].decimals;
    return fixed(p, is_before ? unit->before.score : unit->replayed.score, decimals);
}

static void put_unit(const struct compare_print *p, struct document_table *table,
                     const struct baton_replay_unit *unit) {
    const struct baton_unit *is = &p->comparison->before->unit[unit->unit];
    const double places = unit->before.rank - unit->replayed.rank;
    const char *moved = isnan(places) || places == 0
                            ? ""
                            : compare_say(p, "%s: ", "%s位：", compare_signed(p, places));
    const char *rank_causes = causes_of(p, unit, false), *grade_causes = causes_of(p, unit, true);
    const char *const cells[] = {
        compare_name(p, &is->name, is->id),
        change_words(p, score_words(p, unit, true), score_words(p, unit, false)),
        change_words(p, rank_words(p, unit->before.rank), rank_words(p, unit->replayed.rank)),
        rank_causes[0] == '\0' ? "" : arena_printf(p->arena, "%s%s", moved, rank_causes),
        change_words(p, grade_words(p, &unit->before), grade_words(p, &unit->replayed)),
        grade_causes};
    document_row(table, ROW_PLAIN, 0, cells);
}

static void put_group(const struct compare_print *p, uint32_t g) {
    const struct baton_replay *replay = p->view->replay;
    const struct baton_group *group = &p->comparison->before->group[g];
    const bool wants_all = p->view->group != BATON_NONE || p->view->unit != BATON_NONE;
    const struct document_column columns[] = {
        {.title = compare_in(p, "unit", "考核对象")},
        {.title = compare_in(p, "score", "得分"), .align = ALIGN_RIGHT, .whole = true},
        {.title = compare_in(p, "rank", "位次"), .align = ALIGN_RIGHT, .whole = true},
        {.title = compare_in(p, "places gained, and why", "位次变化及原因")},
        {.title = compare_in(p, "grade", "等次"), .whole = true},
        {.title = compare_in(p, "why", "等次变化原因")},
    };
    uint32_t shown = 0, left = 0;
    for (uint32_t i = 0; i < replay->unit_count; i++) {
        const struct baton_replay_unit *unit = &replay->unit[i];
        if (p->comparison->before->unit[unit->unit].group != g || !compare_wants(p->view, unit))
            continue;
        shown += wants_all || has_moved(unit);
        left += !wants_all && !has_moved(unit);
    }
    if (shown + left == 0)
        return;
    document_heading(p->document, 2, compare_name(p, &group->title, group->id));
    struct document_table *table =
        shown > 0 ? document_table(p->document, columns, LENGTH(columns)) : NULL;
    for (uint32_t i = 0; i < replay->unit_count; i++) {
        const struct baton_replay_unit *unit = &replay->unit[i];
        if (p->comparison->before->unit[unit->unit].group == g && compare_wants(p->view, unit) &&
            (wants_all || has_moved(unit)))
            put_unit(p, table, unit);
    }
    if (table != NULL)
        document_drop_empty(table);
    if (shown == 0)
        document_paragraph(p->document,
                           compare_say(p, "The ranks and grades of all %u are as they were.",
                                       "%u个考核对象位次、等次均不变。", left));
    else if (left > 0)
        document_note(p->document,
                      compare_say(p, "The ranks and grades of the other %u are as they were.",
                                  "其余%u个考核对象位次、等次均不变。", left));
}

/* A unit in full: each amendment's part of each change. */
static void put_parts(const struct compare_print *p, const struct baton_replay_unit *unit) {
    const struct document_column columns[] = {
        {.title = compare_in(p, "amendment", "修订"), .whole = true},
        {.title = compare_in(p, "clause", "依据条款")},
        {.title = compare_in(p, "points", "得分"), .align = ALIGN_RIGHT, .whole = true},
        {.title = compare_in(p, "places", "位次"), .align = ALIGN_RIGHT, .whole = true},
        {.title = compare_in(p, "grades", "等次"), .align = ALIGN_RIGHT, .whole = true},
    };
    const struct baton_comparison *comparison = p->comparison;
    struct document_table *table = document_table(p->document, columns, LENGTH(columns));
    struct baton_gain sum = unit->remainder;
    for (uint32_t a = 0; a < comparison->amendment_count; a++) {
        const struct baton_gain *gain = &unit->gain[a];
        const char *const cells[] = {compare_amendment(p, a),
                                     compare_clause(p, &comparison->amendment[a]),
                                     compare_signed(p, gain->score), compare_signed(p, gain->rank),
                                     compare_signed(p, gain->grade)};
        document_row(table, ROW_PLAIN, 0, cells);
        sum.score += gain->score;
        sum.rank += gain->rank;
        sum.grade += gain->grade;
    }
    const char *const rest[] = {
        compare_in(p, "remainder", "余项"), NULL, compare_signed(p, unit->remainder.score),
        compare_signed(p, unit->remainder.rank), compare_signed(p, unit->remainder.grade)};
    document_row(table, ROW_PLAIN, 0, rest);
    const char *const all[] = {compare_in(p, "all", "合计"), NULL, compare_signed(p, sum.score),
                               compare_signed(p, sum.rank), compare_signed(p, sum.grade)};
    document_row(table, ROW_STRONG, 0, all);
    document_drop_empty(table);
}

/* ---- What it is */

static void put_method(const struct compare_print *p) {
    const struct baton_replay *replay = p->view->replay;
    const char *period = words_period(p->arena, replay->period, p->view->language);
    document_paragraph(
        p->document,
        compare_say(
            p,
            "The figures, targets, units and adjustments of %s were scored again by the new "
            "scheme. "
            "Positive: places or grades gained.",
            "用新方案对%s的数据、目标值、考核对象和加减分重新计分。正数为位次前移、等次提高。",
            period));
    if (replay->fallback != NULL)
        document_paragraph(
            p->document,
            compare_say(
                p,
                "Some mixtures of the two schemes cannot be scored (%s), so amendments are made "
                "one "
                "after the other in the order of the clauses, and each gets what it changed.",
                "两个方案的部分组合无法计分（%"
                "s），因此按条款顺序逐项修订，每项修订计其引起的变化。",
                baton_finding_message(p->arena, replay->fallback, p->view->language)));
    else if (replay->attribution == BATON_SHAPLEY)
        document_paragraph(
            p->document,
            compare_in(
                p,
                "Each amendment's part is its Shapley value: the mean of what it changes over all "
                "orders in which the amendments could be made.",
                "每项修订的影响为夏普利值，即按修订先后的一切可能次序，取该项修订引起的变化的平均"
                "。"));
    else
        document_paragraph(
            p->document,
            compare_say(p,
                        "More than %d amendments can change a result, so they are made one after "
                        "the other in "
                        "the order of the clauses, and each gets what it changed.",
                        "影响结果的修订超过%d项，按条款顺序逐项修订，每项修订计其引起的变化。",
                        BATON_SHAPLEY_MOST));
}

static void put_gaps(const struct compare_print *p) {
    const struct baton_replay *replay = p->view->replay;
    const struct baton_scheme *after = p->comparison->after;
    const char *list = "", *period = words_period(p->arena, replay->period, p->view->language);
    for (uint32_t i = 0; i < replay->leaf_without_count; i++) {
        const struct baton_node *node = &after->node[replay->leaf_without[i]];
        list = compare_join(p, list, compare_in(p, ", ", "、"),
                            compare_name(p, &node->name, node->id));
    }
    if (list[0] != '\0')
        document_paragraph(
            p->document,
            compare_say(p,
                        "Indicators without a figure for %s, to which their rule for "
                        "missing figures applies: %s.",
                        "下列指标%s没有数据，按各自的缺失规则处理：%s。", period, list));
    if (replay->rows_left_out > 0)
        document_paragraph(
            p->document,
            compare_say(
                p,
                "Rows of the old year's adjustments that do not count, their item or level being "
                "gone: %u.",
                "原年度加减分中，事项或级别已取消而不再计入的有%u条。", replay->rows_left_out));
}

static void put_refused(const struct compare_print *p) {
    const struct compare_view *view = p->view;
    if (view->refused == NULL || view->refused->count == 0) {
        document_paragraph(
            p->document,
            compare_in(p, "The old package has no figures, so there is nothing to replay.",
                       "原考核包没有数据，无法回放。"));
        return;
    }
    document_paragraph(p->document,
                       compare_in(p, "The old year cannot be replayed by the new scheme:",
                                  "无法用新方案回放原年度："));
    for (size_t i = 0; i < view->refused->count; i++)
        document_item(p->document, 0,
                      baton_finding_message(p->arena, &view->refused->item[i], view->language));
}

/* The unit that was asked for, in full. */
static void put_one(const struct compare_print *p) {
    const struct baton_replay *replay = p->view->replay;
    for (uint32_t i = 0; i < replay->unit_count; i++)
        if (replay->unit[i].unit == p->view->unit) {
            put_parts(p, &replay->unit[i]);
            return;
        }
    document_paragraph(p->document,
                       compare_in(p, "The unit took no part in the assessment of that period.",
                                  "该考核对象没有参加该周期的考核。"));
}

void compare_put_replay(const struct compare_print *p) {
    if (p->view->stability.units > 0)
        put_stability(p);
    if (p->view->changes_only)
        return;
    document_heading(p->document, 1, compare_in(p, "Replay", "回放"));
    if (p->view->replay == NULL) {
        put_refused(p);
        return;
    }
    put_method(p);
    put_gaps(p);
    for (uint32_t g = 0; g < p->comparison->before->group_count; g++)
        put_group(p, g);
    if (p->view->unit != BATON_NONE)
        put_one(p);
}
