/* Periods, days and marks in the words of people. */
#ifndef REPORT_WORDS_H
#define REPORT_WORDS_H

#include "base/arena.h"
#include "baton/code.h"
#include "baton/period.h"

/* 2021年第三季度; third quarter of 2021. In the arena. */
const char *words_period(struct baton_arena *arena, struct baton_period period,
                         enum baton_language language);

/* 2021年8月27日; 27 August 2021. */
const char *words_day(struct baton_arena *arena, int32_t day, enum baton_language language);

/* Of a figure that is not there: why, by the notes of its node; "—" where it is just missing. */
const char *words_absent(uint16_t notes, enum baton_language language);

/* What the system says of an error (strerror, which speaks English here) in the language asked for; what it seldom says is
 * left as it is. */
const char *words_system(const char *said, enum baton_language language);

/* The marks of ratings, best first: four shapes that survive grey print, and a few more for longer lists. */
enum { WORDS_MARKS = 8 };
const char *words_mark(uint32_t rating);

#endif
