/* Findings for people: one line or more each, as compilers print theirs, so that editors find the place. */
#ifndef CLI_PRINT_FINDINGS_H
#define CLI_PRINT_FINDINGS_H

#include "baton/findings.h"
#include "report/findings_json.h"
#include "report/paint.h"

struct findings_style {
    enum baton_language language;
    bool colour;
    enum baton_severity least; /* what is less is left out */
};

/* Sorts them and prints
 *     indicators.csv:12: error: weight: a weight is a number not below 0, not -5
 *         write 0 for what does not apply
 * and, where some were too many to be kept, how many. */
void print_findings(struct baton_arena *arena, struct writer *writer, struct baton_findings *found,
                    struct findings_style style);

/* "3 errors, 1 warning"; in the arena. */
const char *count_findings(struct baton_arena *arena, const struct baton_findings *found,
                           enum baton_language language);

#endif
