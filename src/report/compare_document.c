/* The comparison as a document: what it comes to in a sentence, what changed list by list, the amendments, how stable the scheme
 * is, the replay. */
#include "report/compare_parts.h"

static const char *scheme_name(const struct compare_print *p, const struct baton_scheme *scheme) {
    return compare_name(p, &scheme->title, scheme->id);
}

/* 78个考核对象中73个位次不变、70个等次不变 */
static const char *kept(const struct compare_print *p) {
    const struct baton_replay_stability *of = &p->view->steadiness;
    const bool is_zh = p->view->language == BATON_ZH;
    const char *ranks =
        is_zh ? arena_printf(p->arena, "%u个考核对象中%u个位次不变", of->ranked, of->rank_kept)
              : arena_printf(p->arena, "%u of %u units keep their rank", of->rank_kept, of->ranked);
    if (of->graded == 0)
        return ranks;
    if (of->graded == of->ranked)
        return compare_say(p, "%s and %u their grade", "%s、%u个等次不变", ranks, of->grade_kept);
    return is_zh ? arena_printf(p->arena, "%s，%u个有等次的对象中%u个等次不变", ranks, of->graded,
                                of->grade_kept)
                 : arena_printf(p->arena, "%s, and %u of %u their grade", ranks, of->grade_kept,
                                of->graded);
}

static const char *headline(const struct compare_print *p) {
    const struct compare_view *view = p->view;
    const struct baton_stability *of = &view->stability;
    const char *stayed =
        of->units == 0
            ? compare_in(p, "The schemes have no unit in common", "两个方案没有共同的考核对象")
        : view->language == BATON_ZH
            ? arena_printf(p->arena, "权重的%s沿用不变，%u项指标中%u项不变",
                           compare_percent(p, of->weight), of->leaves_before, of->leaves_kept)
            : arena_printf(p->arena, "%s of the weight is as it was, and %u of %u indicators",
                           compare_percent(p, of->weight), of->leaves_kept, of->leaves_before);
    if (view->replay == NULL)
        return arena_printf(p->arena, "%s%s", stayed, compare_in(p, ".", "。"));
    return compare_say(p, "%s; in the replay %s.", "%s；回放结果，%s。", stayed, kept(p));
}

struct document *compare_document(struct baton_arena *arena, const struct compare_view *view) {
    struct document *document = document_open(arena, view->language);
    const struct compare_print print = {arena, view, view->comparison, document}, *p = &print;
    document_title(document, NULL,
                   compare_say(p, "%s → %s: what changed", "%s → %s 修订对照",
                               scheme_name(p, view->comparison->before),
                               scheme_name(p, view->comparison->after)),
                   NULL);
    if (view->comparison->change_count == 0) {
        document_paragraph(document,
                           compare_in(p, "The schemes do not differ.", "两个方案没有差异。"));
        if (view->replay == NULL || (view->unit == BATON_NONE && view->group == BATON_NONE))
            return document;
    }
    document_paragraph(document, headline(p));
    compare_put_lists(p);
    compare_put_amendments(p);
    compare_put_replay(p);
    return document;
}
