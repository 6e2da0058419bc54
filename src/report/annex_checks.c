/* Checks of figures: what has to hold of what is reported. */
#include "report/annex_parts.h"
#include <string.h>

static const char *of_words(const struct annex *annex, const struct baton_check *check) {
    const char *list = "";
    for (uint32_t i = 0; i < check->of_count; i++) {
        const struct baton_checked *of = &check->of[i];
        const char *one;
        if (of->by == BATON_CHECKED_ALL) {
            one = annex_in(annex, "all figures", "全部数据");
        } else if (of->by == BATON_CHECKED_MEASURE) {
            one = annex_say(annex, "all figures in %s", "计量单位为%s的数据", of->text);
        } else {
            uint32_t e = 0;
            while (strcmp(annex->scheme->element[e].id, of->text) != 0)
                e++; /* the session has added what was not there */
            const char *const name = annex->words.element_name[e];
            one = name != NULL ? name : annex_code(annex, of->text);
        }
        list = annex_join(annex, list, annex_in(annex, ", ", "、"), one);
    }
    return list;
}

void annex_checks(const struct annex *annex) {
    const struct baton_scheme *scheme = annex->scheme;
    const struct document_column columns[] = {
        {.title = annex_in(annex, "check", "校验规则")},
        {.title = annex_in(annex, "figures", "适用数据")},
        {.title = annex_in(annex, "what has to hold", "校验条件")},
        {.title = annex_in(annex, "only if", "前提")},
        {.title = annex_in(annex, "otherwise", "不符时")},
    };
    if (scheme->check_count == 0)
        return;
    document_heading(annex->document, 1, annex_in(annex, "Checks of figures", "数据校验"));
    struct document_table *table = document_table(annex->document, columns, LENGTH(columns));
    for (uint32_t c = 0; c < scheme->check_count; c++) {
        const struct baton_check *check = &scheme->check[c];
        const struct rule *when = view_check_when(annex->session, c);
        const char *const cell[] = {
            annex_name(annex, &check->title, check->id), of_words(annex, check),
            annex_rule_both(annex, view_check_rule(annex->session, c), BATON_OVER_GROUP, false,
                            "\n"),
            when == NULL ? "" : annex_rule_both(annex, when, BATON_OVER_GROUP, false, "\n"),
            check->severity == BATON_CHECK_HARD ? annex_in(annex, "refused", "不得报送")
                                                : annex_in(annex, "to be justified", "须作说明")};
        document_row(table, ROW_PLAIN, 0, cell);
    }
    document_drop_empty(table);
    annex_item(annex,
               "A figure is checked when it is signed off and submitted; what cannot be worked out "
               "for want of other figures is not judged.",
               "数据在审签、报送时校验；因缺少相关数据而无法计算的，不作校验。");
}
