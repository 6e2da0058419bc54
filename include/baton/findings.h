/* What was found wrong (or odd) in some input: all of it, not only the first.
 *
 * A finding names the file, the row, the field and, inside an expression, the column of the text; its words
 * come from code.def in the language asked for. Of each file the first 100 findings are kept, the rest counted. */
#ifndef BATON_FINDINGS_H
#define BATON_FINDINGS_H

#include "code.h"
#include <stddef.h>
#include <stdint.h>

/* A place in the input. Texts are borrowed and live as long as the findings. */
struct baton_where {
    /* "indicators.csv", from the package's folder; NULL = nowhere in particular */
    const char *file;
    uint32_t row;    /* line of the file, from 1 (the header is line 1); 0 = the file as a whole */
    uint32_t column; /* character of the field's text (or of the line in YAML), from 1; 0 = none */
    /* name of the column, or key path in YAML ("methods.race.step"); NULL = none */
    const char *field;
};

struct baton_finding {
    baton_code code;
    struct baton_where where;
    const char *arg[4]; /* what %1 .. %4 stand for; NULL where not used */
};

enum { BATON_FINDINGS_PER_FILE = 100 };

struct baton_arena;

/* Items are in the order in which they were added; `baton_findings_sort` puts them by file, row, column, code. */
struct baton_findings {
    struct baton_arena *arena; /* holds the items and the copies of the arguments */
    struct baton_finding *item;
    size_t count, capacity;
    size_t errors, warnings; /* all that were added, also those beyond the limit of a file */
    size_t left_out;         /* not kept, being beyond the limit */
};

/* Adds one, unless it is there already; arguments (NULL-terminated list of at most 4) are copied. Not for use from several
 * threads. */
BATON_API void baton_findings_add(struct baton_findings *found, baton_code code,
                                  struct baton_where where, const char *arg1, const char *arg2,
                                  const char *arg3, const char *arg4);
BATON_API void baton_findings_sort(struct baton_findings *found);

/* The worst: BATON_OK without errors, else the code of the first error. */
BATON_API baton_code baton_findings_worst(const struct baton_findings *found);

/* Message, or advice, with its arguments put in; returns a text in `arena`. "" where there is no advice. */
BATON_API const char *baton_finding_message(struct baton_arena *arena,
                                            const struct baton_finding *finding,
                                            enum baton_language language);
BATON_API const char *baton_finding_advice(struct baton_arena *arena,
                                           const struct baton_finding *finding,
                                           enum baton_language language);

#endif
