/* The calendar in words for people: moments, offsets, frequencies, and what facts of kind day, calendar, period and exception say. */
#ifndef FLOW_CALENDAR_WORDS_H
#define FLOW_CALENDAR_WORDS_H

#include "base/arena.h"
#include "flow/calendar_rule.h"

/* "2021-09-10 17:00"; in the arena. */
const char *calendar_moment_words(struct baton_arena *arena, struct civil_moment moment);

/* Counted from the last day of a period: "day 10", "workday 8 17:00", "last day"; in the arena. */
const char *calendar_offset_words(struct baton_arena *arena, struct civil_offset offset,
                                  enum baton_language language);

/* "months"; not of NONE. */
const char *calendar_frequency_name(enum baton_period_kind frequency, enum baton_language language);

/* What becomes of a day that is a holiday: "next workday". */
const char *calendar_moves_name(enum calendar_moves moves, enum baton_language language);

/* What a field of such a fact says, in the n-th place of the order in which they are told: "due 2021-09-10 17:00". In the arena. NULL where the fact has no field there; a value that has not its form stands as it
 * is. */
enum { CALENDAR_FIELDS = 7 };
const char *calendar_field_words(struct baton_arena *arena, const struct fact_body *body, size_t n,
                                 enum baton_language language);

/* Whether those tell the field. */
bool calendar_tells(const struct fact_body *body, const char *name);

/* What a value of the key says, where that is not the value itself: "all figures" for the element *. NULL = the value. */
const char *calendar_key_words(const struct fact_body *body, const char *name,
                               enum baton_language language);

#endif
