/* Expressions of the rule language read out in words, as a regulation would say them.
 *
 *     100*yoy(gdp)                            gdp比上年同期增长的百分数
 *     score >= 90 and node(result) >= 90      总分不低于90分且“结果百分”得分不低于90分 */
#ifndef REPORT_RULE_WORDS_H
#define REPORT_RULE_WORDS_H

#include "baton/scheme.h"
#include "engine/rule.h"

struct rule_words {
    struct baton_arena *arena;
    const struct baton_scheme *scheme;
    const char *const *element_name;     /* see rule_element_names */
    const struct baton_session *session; /* for the names of other packages; NULL = as written */
    enum baton_language language;
    enum baton_over over; /* what functions of the cohort are over */
    /* `score` is the total before adjustments, as in their points and conditions */
    bool before_adjustments;
};

/* In the arena. Indicators, units and items stand with their names, elements with that of the leaf that has their id; other
 * elements and names of `where` stand as written between DOCUMENT_CODE and DOCUMENT_END (report/document.h), and so do
 * codes that are no grade. */
const char *rule_in_words(const struct rule_words *how, const struct rule *rule);

/* The names of the leaves that are the elements themselves, by element; NULL where there is none. */
const char *const *rule_element_names(struct baton_arena *arena, const struct baton_scheme *scheme,
                                      enum baton_language language);

/* What stands for the cohort: 本类, the group. */
const char *rule_cohort_words(enum baton_over over, enum baton_language language);

#endif
