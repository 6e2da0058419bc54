/* What the two parts of the reader of indicators.csv share: the tree, and the columns of its
 * nodes. */
#ifndef PACKAGE_INDICATORS_INTERNAL_H
#define PACKAGE_INDICATORS_INTERNAL_H

#include "package/csv.h"
#include "package/package_internal.h"

enum {
    INDICATOR_ID,
    INDICATOR_NAME,
    INDICATOR_NAME_EN,
    INDICATOR_PARENT,
    INDICATOR_WEIGHT,
    INDICATOR_KIND,
    INDICATOR_CLASS,
    INDICATOR_DIRECTION,
    INDICATOR_METHOD,
    INDICATOR_VALUE,
    INDICATOR_ACCUMULATE,
    INDICATOR_DUE,
    INDICATOR_WHEN,
    INDICATOR_LO,
    INDICATOR_HI,
    INDICATOR_MISSING,
    INDICATOR_TREAT,
    INDICATOR_AGGREGATE,
    INDICATOR_DECIMALS,
    INDICATOR_FREQUENCY,
    INDICATOR_ORDER,
    INDICATOR_SOURCE,
    INDICATOR_VERIFIER,
    INDICATOR_MEASURE,
    INDICATOR_BASIS,
    INDICATOR_EVIDENCE,
    INDICATOR_COLUMNS
};

/* Fills every member of the nodes that the tree does not give (their id, parent, level and children
 * are there), from the row of each (row_of[0] of the root means nothing), registers the leaves'
 * elements and marks those that are codes. */
void indicator_fields_read(struct package_reader *reader, const struct csv_table *table,
                           const uint32_t *row_of);

/* The words of a column, as they are written; "winsorise(n)" stands for any number. NULL and 0 where it has none. */
const char *const *indicator_words(uint32_t column, uint32_t *count);

#endif
