/* Ranks, ratings, grades with their quotas, awards. */
#include "report/annex_parts.h"
#include "report/rank_words.h"
#include <math.h>
#include <string.h>

/* ---- Rounding and ranks. */

static void put_ties_by(const struct annex *annex, const struct baton_group *group) {
    const char *names = NULL;
    for (uint32_t i = 0; i < group->ties_by_count; i++)
        names =
            annex_join(annex, names, annex_in(annex, ", then ", "、"),
                       annex_say(annex, "“%s”", "“%s”", annex_node_name(annex, group->ties_by[i])));
    if (names != NULL)
        annex_item(annex, "%s: equal totals are told apart by the score of %s.",
                   "%s总分相同的，依次以%s得分高者列前。",
                   annex_name(annex, &group->title, group->id), names);
}

static void put_ranks(const struct annex *annex) {
    const struct baton_scheme *scheme = annex->scheme;
    document_heading(annex->document, 2, annex_in(annex, "Ranks", "排名"));
    annex_item(annex, "Scores are published with %s, %s.", "%s，%s。",
               annex_decimals(annex, scheme->decimals),
               rank_words_rounding(scheme->rounding, annex->zh ? BATON_ZH : BATON_EN));
    for (uint32_t g = 0; g < scheme->group_count; g++)
        if (annex_has_group(annex, g) && scheme->group[g].decimals != scheme->decimals)
            annex_item(annex, "%s: %s.", "%s%s。",
                       annex_name(annex, &scheme->group[g].title, scheme->group[g].id),
                       annex_decimals(annex, scheme->group[g].decimals));
    annex_item(
        annex, "Units are ranked inside their group by %s; %s.", "各类对象在本类内按%s排名，%s。",
        scheme->rank_on == BATON_RANK_ROUNDED ? annex_in(annex, "the published total", "公布的总分")
                                              : annex_in(annex, "the exact total", "取舍前的总分"),
        rank_words_ties(scheme->ties, annex->zh ? BATON_ZH : BATON_EN));
    for (uint32_t g = 0; g < scheme->group_count; g++)
        if (annex_has_group(annex, g))
            put_ties_by(annex, &scheme->group[g]);
    if (scheme->compare == BATON_COMPARE_SAME_LAST_YEAR)
        annex_item(annex, "Changes of rank are against the same period of the year before.",
                   "名次升降与上年同期比较。");
    else if (scheme->compare_across_years)
        annex_item(annex, "Changes of rank are against the period before, of last year too.",
                   "名次升降与上一期比较，可跨年度。");
    else
        annex_item(annex, "Changes of rank are against the period before, inside of a year.",
                   "名次升降与上一期比较，年度以下的周期不跨年度。");
}

/* ---- Ratings. */

static bool is_same_ratings(const struct baton_ratings *a, const struct baton_ratings *b) {
    return a->item == b->item && a->count == b->count;
}

static void put_rating_table(const struct annex *annex, const struct baton_ratings *ratings) {
    const struct document_column columns[] = {
        {.title = annex_in(annex, "rating", "评价")},
        {.title = annex_in(annex, "score of the indicator", "指标得分"), .whole = true},
    };
    struct document_table *table = document_table(annex->document, columns, LENGTH(columns));
    const char *above = "+∞";
    for (uint32_t i = 0; i < ratings->count; i++) {
        const struct baton_rating *rating = &ratings->item[i];
        const bool open = isnan(rating->at_least);
        const char *const edge = open ? "−∞" : annex_number(annex, rating->at_least);
        const char *const cell[] = {
            annex_name(annex, &rating->title, rating->id),
            arena_printf(annex->arena, "%s%s, %s)", open ? "(" : "[", edge, above)};
        document_row(table, ROW_PLAIN, 0, cell);
        above = edge;
    }
}

/* Each set of ratings once, with the groups that have it where there are several. */
static void put_ratings(const struct annex *annex) {
    const struct baton_scheme *scheme = annex->scheme;
    const struct baton_ratings *first = NULL;
    bool differ = false;
    for (uint32_t g = 0; g < scheme->group_count; g++) {
        const struct baton_ratings *ratings = &scheme->group[g].ratings;
        if (!annex_has_group(annex, g) || ratings->count == 0)
            continue;
        differ |= first != NULL && !is_same_ratings(first, ratings);
        first = first == NULL ? ratings : first;
    }
    if (first == NULL)
        return;
    document_heading(annex->document, 2, annex_in(annex, "Ratings of indicators", "指标评价"));
    document_paragraph(annex->document,
                       annex_in(annex,
                                "The rounded score decides; [ takes the edge in, ) leaves it out.",
                                "按取舍后的指标得分评价；方括号含端点，圆括号不含端点。"));
    for (uint32_t g = 0; g < scheme->group_count; g++) {
        const struct baton_ratings *ratings = &scheme->group[g].ratings;
        if (!annex_has_group(annex, g) || ratings->count == 0)
            continue;
        bool told = false;
        const char *names = NULL;
        for (uint32_t other = 0; other < scheme->group_count; other++) {
            if (!annex_has_group(annex, other) ||
                !is_same_ratings(ratings, &scheme->group[other].ratings))
                continue;
            told |= other < g;
            names =
                annex_join(annex, names, annex_in(annex, ", ", "、"),
                           annex_name(annex, &scheme->group[other].title, scheme->group[other].id));
        }
        if (told)
            continue;
        if (differ)
            document_paragraph(annex->document, annex_say(annex, "%s:", "%s：", names));
        put_rating_table(annex, ratings);
    }
}

/* ---- Grades. */

static const char *quota_cell(const struct annex *annex, const struct baton_grade *grade) {
    if (isnan(grade->quota))
        return annex_in(annex, "no limit", "不限");
    const char *const quota =
        grade->quota_is_share
            ? annex_say(annex, "%s%% of the group", "本类总数的%s%%",
                        annex_number(annex, 100 * grade->quota))
            : annex_say(annex, "%s units", "%s个", annex_number(annex, grade->quota));
    if (grade->quota_ties == BATON_QUOTA_ALL)
        return annex_join(
            annex, quota, "\n",
            annex_in(annex, "equals at the edge: all get it", "名额边缘并列的均给予"));
    if (grade->quota_ties == BATON_QUOTA_NODE)
        return annex_join(annex, quota, "\n",
                          annex_say(annex, "equals at the edge: by the score of “%s”",
                                    "名额边缘并列的，以“%s”得分高者为先",
                                    annex_node_name(annex, grade->quota_node)));
    return annex_join(annex, quota, "\n",
                      annex_in(annex, "equals at the edge: none gets it, nor anyone behind",
                               "名额边缘并列的均不给予，其后不递补"));
}

static const char *condition_cell(const struct annex *annex, uint32_t grades, uint32_t index) {
    const struct rule *when = view_grade_when(annex->session, grades, index);
    if (when != NULL)
        return annex_rule_both(annex, when, BATON_OVER_GROUP, false, "\n");
    return index > 0 ? annex_in(annex, "the others", "其余") : annex_in(annex, "all", "不限");
}

static void put_grade_table(const struct annex *annex, uint32_t which) {
    const struct document_column columns[] = {
        {.title = annex_in(annex, "grade", "等次")},
        {.title = annex_in(annex, "condition", "条件")},
        {.title = annex_in(annex, "quota", "名额")},
    };
    const struct baton_grades *grades = &annex->scheme->grades[which];
    struct document_table *table = document_table(annex->document, columns, LENGTH(columns));
    for (uint32_t i = 0; i < grades->count; i++) {
        const struct baton_grade *grade = &grades->item[i];
        const char *const cell[] = {annex_name(annex, &grade->title, grade->id),
                                    condition_cell(annex, which, i), quota_cell(annex, grade)};
        document_row(table, ROW_PLAIN, 0, cell);
    }
    document_drop_empty(table);
}

static void put_grades(const struct annex *annex) {
    const struct baton_scheme *scheme = annex->scheme;
    bool any = false, shares = false;
    for (uint32_t which = 0; which < scheme->grades_count; which++) {
        const char *names = NULL;
        for (uint32_t g = 0; g < scheme->group_count; g++)
            if (annex_has_group(annex, g) && scheme->group[g].grades == which)
                names = annex_join(annex, names, annex_in(annex, ", ", "、"),
                                   annex_name(annex, &scheme->group[g].title, scheme->group[g].id));
        if (names == NULL)
            continue;
        if (!any)
            document_heading(annex->document, 2, annex_in(annex, "Grades", "等次"));
        any = true;
        document_paragraph(annex->document, annex_say(annex, "%s:", "%s：", names));
        put_grade_table(annex, which);
        for (uint32_t i = 0; i < scheme->grades[which].count; i++)
            shares |= scheme->grades[which].item[i].quota_is_share;
    }
    if (!any)
        return;
    annex_item(annex,
               "In order of rank each unit gets the best grade whose condition it meets, whose "
               "quota is not used up and which no veto or gate excludes; a place that is refused "
               "for that goes to the next.",
               "按名次先后，取条件符合、名额未满且未被一票否决或底线指标排除的最高等次；因此空出的"
               "名额由下一名递补。");
    if (shares)
        annex_item(annex, "A quota that is a share is rounded down, and at least 1.",
                   "按比例确定的名额舍去小数，不足一个的按一个计。");
}

void annex_ranks(const struct annex *annex) {
    document_heading(annex->document, 1,
                     annex_in(annex, "Ranks, ratings and grades", "排名、评价和等次"));
    put_ranks(annex);
    put_ratings(annex);
    put_grades(annex);
}

void annex_awards(const struct annex *annex) {
    const struct baton_scheme *scheme = annex->scheme;
    const struct document_column columns[] = {
        {.title = annex_in(annex, "award", "奖项")},
        {.title = annex_in(annex, "group", "范围")},
        {.title = annex_in(annex, "by", "评定依据")},
        {.title = annex_in(annex, "places", "名额"), .align = ALIGN_RIGHT, .whole = true},
        {.title = annex_in(annex, "only if", "条件")},
    };
    struct document_table *table = NULL;
    for (uint32_t a = 0; a < scheme->award_count; a++) {
        const struct baton_award *award = &scheme->award[a];
        const struct rule *when = view_award_when(annex->session, a);
        if (award->group != BATON_NONE && !annex_has_group(annex, award->group))
            continue;
        if (table == NULL) {
            document_heading(annex->document, 1, annex_in(annex, "Awards", "奖项"));
            table = document_table(annex->document, columns, LENGTH(columns));
        }
        const char *const cell[] = {
            annex_name(annex, &award->title, award->id),
            award->group == BATON_NONE ? annex_in(annex, "each group", "各类")
                                       : annex_name(annex, &scheme->group[award->group].title,
                                                    scheme->group[award->group].id),
            annex_rule_both(annex, view_award_by(annex->session, a), BATON_OVER_GROUP, false, "\n"),
            arena_printf(annex->arena, "%u", award->top),
            when == NULL ? "" : annex_rule_both(annex, when, BATON_OVER_GROUP, false, "\n")};
        document_row(table, ROW_PLAIN, 0, cell);
    }
    if (table == NULL)
        return;
    document_drop_empty(table);
    annex_item(annex, "Units that tie for the last place all get it.", "末位并列的一并给予。");
}
