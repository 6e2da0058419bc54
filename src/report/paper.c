/* What results on paper share. */
#include "report/paper.h"
#include "report/words.h"
#include <math.h>

const char *paper_half(struct baton_arena *arena, const char *before, uint32_t doubled) {
    return arena_printf(arena, "%s%u%s", before, doubled / 2, doubled % 2 != 0 ? ".5" : "");
}

const char *paper_fixed(struct baton_arena *arena, double number, int decimals, bool sign) {
    char text[BATON_NUMBER_FIXED_SIZE];
    if (isnan(number))
        return "—";
    baton_number_fixed(number, decimals, text);
    if (text[0] == '-')
        return arena_printf(arena, "−%s", text + 1);
    return arena_printf(arena, "%s%s", sign && number > 0 ? "+" : "", text);
}

int paper_points_decimals(const struct result_view *view, uint32_t node, uint32_t group) {
    const int own = baton_result_decimals(view->session, node, group);
    const int total = baton_result_decimals(view->session, 0, group);
    return view->scheme->round_at_node || own > total ? own : total;
}

struct paper_change paper_change(struct baton_arena *arena, enum baton_language language,
                                 uint32_t rank, uint32_t earlier) {
    const bool zh = language == BATON_ZH;
    if (rank == 0)
        return (struct paper_change){"", PAPER_INK};
    if (earlier == 0)
        return (struct paper_change){zh ? "新" : "new", PAPER_INK};
    if (earlier == rank)
        return (struct paper_change){"—", PAPER_INK};
    return (struct paper_change){earlier > rank ? paper_half(arena, "▲", earlier - rank)
                                                : paper_half(arena, "▼", rank - earlier),
                                 (earlier > rank) == zh ? PAPER_RED : PAPER_GREEN};
}

const char *paper_period(struct baton_arena *arena, const struct result_view *view,
                         enum baton_language language) {
    const char *period = words_period(arena, view->result->period, language);
    if (view->as_of_day == INT32_MAX)
        return period;
    return arena_printf(arena, language == BATON_ZH ? "%s（截至%s）" : "%s, as of %s", period,
                        words_day(arena, view->as_of_day, language));
}

int32_t paper_day(const struct result_view *view) {
    return view->as_of_day != INT32_MAX ? view->as_of_day
                                        : baton_period_last_day(view->result->period);
}
