/* What is said below a group's table on a posting: how ranks are made, what changes are measured against, and what is
 * worth knowing of single units. */
#include "base/writer.h"
#include "report/posting_parts.h"
#include "report/rank_words.h"
#include "report/result_notes.h"
#include "report/words.h"

static void put_ranking(const struct posting *posting, const struct posting_group *group,
                        struct writer *text) {
    const struct baton_scheme *scheme = posting->scheme;
    const enum baton_language language = posting->style->language;
    const struct baton_group *of = &scheme->group[group->group];
    const int decimals = baton_result_decimals(posting->view->session, 0, group->group);
    const char *rounding = rank_words_rounding(scheme->rounding, language);
    const bool published = scheme->rank_on == BATON_RANK_ROUNDED;
    writer_printf(text,
                  posting_in(posting, "Totals have %d decimals, %s. Ranks are by %s; %s.",
                             "总分保留%d位小数，%s；按%s从高到低排名，%s。"),
                  decimals, rounding,
                  published ? posting_in(posting, "the published total", "公布的总分")
                            : posting_in(posting, "the exact total", "取舍前的总分"),
                  rank_words_ties(scheme->ties, language));
    for (uint32_t i = 0; i < of->ties_by_count; i++) {
        writer_text(text, i > 0
                              ? posting_in(posting, ", then ", "、")
                              : posting_in(posting, " Equal totals are told apart by the score of ",
                                           "总分相同的，依次以"));
        writer_text(text, posting_node_name(posting, of->ties_by[i]));
    }
    if (of->ties_by_count > 0)
        writer_text(text, posting_in(posting, ".", "得分高者列前。"));
}

static void put_compared(const struct posting *posting, const struct posting_group *group,
                         struct writer *text) {
    const struct baton_period compared = result_compared(posting->view);
    if (!group->has_changes || compared.kind == BATON_PERIOD_NONE)
        return;
    writer_printf(text, posting_in(posting, " Changes of rank are from %s.", "升降与%s比较。"),
                  words_period(posting->arena, compared, posting->style->language));
}

static void put_points(const struct posting *posting, const struct posting_group *group,
                       struct writer *text) {
    for (uint32_t i = 0; i < posting->scheme->node[0].child_count; i++)
        if (group->count > 0 &&
            baton_result_has_row(posting->view->session, posting->scheme->node[0].child[i],
                                 group->unit[0])) {
            writer_text(text, posting_in(posting,
                                         " Under blocks stand the points earned; a full bar is all "
                                         "points of the block.",
                                         "各板块所列为得到的分值，条形满格为该板块的全部分值。"));
            return;
        }
}

/* What is worth knowing of single units: vetoes, quotas, missing figures. */
static void put_units(const struct posting *posting, const struct posting_group *group,
                      struct writer *text) {
    struct result_note note[RESULT_NOTES_MOST];
    struct result_counts counts = {0};
    const uint32_t count = result_notes_of(posting->arena, posting->view, posting->style->language,
                                           group->unit, group->count, group->count, note, &counts);
    for (uint32_t i = 0; i < count; i++)
        writer_printf(text, posting_in(posting, " %s: %s", "%s：%s"), note[i].heading,
                      note[i].text);
}

const char *posting_notes(const struct posting *posting, const struct posting_group *group) {
    struct writer *text = writer_memory(posting->arena);
    put_ranking(posting, group, text);
    put_compared(posting, group, text);
    put_points(posting, group, text);
    put_units(posting, group, text);
    if (*group->left_out != '\0')
        writer_printf(text, posting_in(posting, " No room for: %s.", "版面所限，未列：%s。"),
                      group->left_out);
    return writer_text_of(text);
}
