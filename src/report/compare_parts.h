/* What the parts of the printed comparison share: compare_words.c, compare_effects.c and compare_methods.c have the words of
 * changes,
 * compare_lists.c the lists of what changed, compare_replayed.c the replay; compare_document.c puts them together. */
#ifndef REPORT_COMPARE_PARTS_H
#define REPORT_COMPARE_PARTS_H

#include "report/compare_report.h"

struct compare_print {
    struct baton_arena *arena;
    const struct compare_view *view;
    const struct baton_comparison *comparison;
    struct document *document;
};

const char *compare_in(const struct compare_print *p, const char *en, const char *zh);
/* One of two formats, with its arguments put in; in the arena. */
__attribute__((format(printf, 2, 4), format(printf, 3, 4))) const char *compare_say(
    const struct compare_print *p, const char *en, const char *zh, ...);
/* Both with `between`, the first alone where it is the only one; either may be NULL or "". */
const char *compare_join(const struct compare_print *p, const char *list, const char *between,
                         const char *next);
/* In the arena, between the marks of what is written for machines. */
const char *compare_code(const struct compare_print *p, const char *text);
/* The name of a thing in the language, else its id. */
const char *compare_name(const struct compare_print *p, const struct baton_text *name,
                         const char *id);
/* 93.5% */
const char *compare_percent(const struct compare_print *p, double share);
/* +1.5, -0.25, 0: at most two decimals */
const char *compare_signed(const struct compare_print *p, double gain);

/* What a change is a change of, and which of its fields: 重大产业项目开工数, 评分方法. */
const char *compare_subject(const struct compare_print *p, const struct baton_change *change);
const char *compare_field_words(const struct compare_print *p, const struct baton_change *change);
/* The old, the new value in words; — where there is none. */
const char *compare_value_words(const struct compare_print *p, const struct baton_change *change,
                                bool is_before);
/* The same of the effect of a veto or a gate; NULL where it is none. See compare_effects.c. */
const char *compare_effect_words(const struct compare_print *p, const struct baton_change *change,
                                 bool is_before);
/* See compare_methods.c. A method by what it is called and its id: 分档计分法（steps）. */
const char *compare_method_name(const struct compare_print *p, const struct baton_scheme *scheme,
                                uint32_t method);
/* The value of a method's parameter, of its kind; NULL where compare_value_words has the words. The method is on that side. */
const char *compare_parameter_words(const struct compare_print *p,
                                    const struct baton_change *change, bool is_before);
/* The change as a phrase: 取消“招商引资到位资金” */
const char *compare_phrase(const struct compare_print *p, const struct baton_change *change);
/* The clause of an amendment: 第四条 经济发展（districts#art-4）; "" where it has none. */
const char *compare_clause(const struct compare_print *p, const struct baton_amendment *amendment);
/* 修订1 */
const char *compare_amendment(const struct compare_print *p, uint32_t amendment);

void compare_put_lists(const struct compare_print *p);
void compare_put_amendments(const struct compare_print *p);
void compare_put_replay(const struct compare_print *p);

#endif
