/* Figures as offices write them, made the plain decimals of a package: exactly, on their digits. */
#ifndef PACKAGE_SHEET_NUMBER_H
#define PACKAGE_SHEET_NUMBER_H

#include "package/mapping.h"
#include "package/numeral.h"

/* What was permitted and met in a figure; bits. */
enum {
    SHEET_FULL_WIDTH = 1, /* １２．５ */
    SHEET_THOUSANDS = 2,  /* 12,345.6 */
    SHEET_PERCENT = 4,    /* 12.5% */
    SHEET_MARK = 8,       /* 12.5※ */
    SHEET_KINDS = 4
};

/* What a figure is read by. */
struct sheet_number {
    const struct mapping_values *values;
    const char *factor; /* a decimal (sheet_decimal_is); NULL = 1 */
    /* What % means; with `keep_percent` it stays, as nobody knows the measure. */
    enum numeral_percent percent;
    bool keep_percent;
};

/* Whether a text is a number that can be a factor: a plain decimal other than 0. */
bool sheet_decimal_is(const char *text);

/* Reads a text that is not empty. BATON_OK: *out is a number as baton_number_parse takes it, in the arena: as written without what was permitted, and
 * times the factor, every digit of which is kept; *kinds has bits added. Else a code NUMERAL_... */
MUST_USE baton_code sheet_number_read(struct baton_arena *arena, const struct sheet_number *how,
                                      const char *text, const char **out, unsigned *kinds);

#endif
