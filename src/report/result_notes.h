/* What is worth knowing beside the numbers of a result, in words: notes of a group, what was scored by what time. For whoever lays
 * out a result: the table of a terminal, pages. */
#ifndef REPORT_RESULT_NOTES_H
#define REPORT_RESULT_NOTES_H

#include "report/result_view.h"

/* How a note stands out. */
enum result_note_weight {
    NOTE_PLAIN,
    NOTE_ODD,  /* something is missing or was refused */
    NOTE_GRAVE /* a veto */
};
struct result_note {
    enum result_note_weight weight;
    const char *heading; /* "Figures missing" */
    const char *text;    /* "Songyan County (Satisfaction of firms)." */
};
enum { RESULT_NOTES_MOST = 5 };

/* Counts of what was scored, over the groups that were counted. */
struct result_counts {
    uint32_t units, without_total;
    uint64_t leaves, missing, imputed, pending, na;
};

/* The notes on unit[0..told), and how many there are; all of unit[0..count), of which these are the first, are added to the
 * counts. Texts stand in the arena. */
uint32_t result_notes_of(struct baton_arena *arena, const struct result_view *view,
                         enum baton_language language, const uint32_t *unit, uint32_t count,
                         uint32_t told, struct result_note out[RESULT_NOTES_MOST],
                         struct result_counts *counts);

/* How many units were scored on how many indicators, what was missing, which result changes of rank are from, and what
 * counts as ended: sentences. In the arena. */
const char *result_closing(struct baton_arena *arena, const struct result_view *view,
                           enum baton_language language, const struct result_counts *counts);

/* The period that changes of rank compare with, where some unit that is shown has one; kind NONE = there is no earlier
 * result. */
struct baton_period result_compared(const struct result_view *view);

#endif
