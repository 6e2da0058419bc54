/* A list of grades under study: its conditions, region by region. */
#ifndef ANALYSE_LINT_STUDY_H
#define ANALYSE_LINT_STUDY_H

#include "analyse/lint_reach.h"

struct study {
    struct lint *lint;
    const struct baton_grades *grades;
    const struct rule **when; /* of each grade; NULL = always */
    struct standpoint from;
    struct regions regions;
    int *at;       /* a box */
    bool *split;   /* the quantities it is of */
    uint32_t most; /* the worst grade that a veto or gate allows as the best; 0 = there is none */
};

/* In the box study->at: what the condition of a grade can be; the best grade from `first` on that can be given, count = none. */
unsigned study_holds(const struct study *study, uint32_t grade);
uint32_t study_best(const struct study *study, uint32_t first);

/* Where the condition of a grade stands, else the grade. */
struct baton_where study_where(const struct study *study, uint32_t grade);

/* Makes study->at a box of one quantity, all others unknown. */
void study_look_at(struct study *study, size_t quantity, int region);

/* A stretch of regions of one quantity. */
struct stretch {
    size_t quantity;
    int first, last;
    int inside; /* a region of it that the quantity can be in; -1 = only with more decimals */
};

/* Finds the first stretch in which `is` holds and that figures can be in; regions that cannot be are passed over. */
bool study_find(struct study *study, size_t q, bool (*is)(struct study *study, const void *context),
                const void *context, struct stretch *out);

/* "score = 89.5", "89 < score < 90". */
const char *study_example(const struct study *study, const struct stretch *stretch);
const char *study_words(const struct study *study, const struct stretch *stretch);

void lint_gaps(
    struct study *study); /* regions in which no grade is given, or a worse one than around */

#endif
