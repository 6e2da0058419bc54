/* What results on paper share: ink, numbers and changes of rank as they are set there. */
#ifndef REPORT_PAPER_H
#define REPORT_PAPER_H

#include "report/result_view.h"

/* Black, what explains, rules, the one accent and its track, rise and fall. All are apart in grey too, and none stands alone. */
enum {
    PAPER_INK = 0x111111,
    PAPER_DIM = 0x555555,
    PAPER_RULE = 0xbbbbbb,
    PAPER_BAR = 0x2f5d8c,
    PAPER_TRACK = 0xe4e4e4,
    PAPER_RED = 0xb3261e,
    PAPER_GREEN = 0x1b7f3b
};

/* "2", "2.5" of twice a rank, behind `before`. All texts in the arena. */
const char *paper_half(struct baton_arena *arena, const char *before, uint32_t doubled);

/* A number with its decimals; below 0 with a minus sign, above 0 with a plus where `sign`. "—" for NaN. */
const char *paper_fixed(struct baton_arena *arena, double number, int decimals, bool sign);

/* Points of a node are published with as many decimals as its score, and at least as many as the total. */
int paper_points_decimals(const struct result_view *view, uint32_t node, uint32_t group);

/* "▲2", "▼1", "—", 新, or "" without a rank, of twice the ranks; and its colour by the language's convention. */
struct paper_change {
    const char *text;
    uint32_t colour;
};
struct paper_change paper_change(struct baton_arena *arena, enum baton_language language,
                                 uint32_t rank, uint32_t earlier);

/* "2021", "2021, as of 27 August 2021". */
const char *paper_period(struct baton_arena *arena, const struct result_view *view,
                         enum baton_language language);

/* The day of the document: that as of which was scored, else the last of the period. */
int32_t paper_day(const struct result_view *view);

#endif
