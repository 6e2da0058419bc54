/* What the texts at the places of a sheet mean: units, elements, periods. */
#ifndef PACKAGE_SHEET_NAMES_H
#define PACKAGE_SHEET_NAMES_H

#include "package/mapping_text.h"
#include "package/sheet_figures.h"

/* In place of an index: */
#define NAME_NONE HASH_NONE          /* nothing is called so */
#define NAME_SKIP (HASH_NONE - 1)    /* the mapping says to pass it over */
#define NAME_SEVERAL (HASH_NONE - 2) /* several units of the package have this name */
#define NAME_BLANK (HASH_NONE - 3)   /* no text */
#define NAME_UNKNOWN (HASH_NONE - 4) /* none, and that has been told */
#define NAME_NOT_YET (HASH_NONE - 5) /* not looked up yet */

struct sheet_names {
    struct baton_arena *arena;
    const struct sheet_import *import;
    struct mapping_index units, elements;
    const char **unit; /* ids, by index */
    size_t unit_count, unit_capacity;
    struct hash several; /* names of more than one unit */
    /* by index: first those of the mapping, then the package's own by their ids */
    struct mapping_element *element;
    size_t element_count, element_capacity;
    struct mapping_index skip; /* of period.skip */
    struct sheet_periods {
        const struct mapping_period_place *place;
        const char **normal; /* of its names */
        struct hash exact;   /* names without `*` and fields, by their index */
        uint32_t *pattern;   /* indices of the others, rising */
        uint32_t pattern_count;
    } period, year;
    size_t guesses; /* names that may still be compared with misspelt ones */
};

void sheet_names_open(struct baton_arena *arena, const struct sheet_import *import,
                      struct sheet_names *out);

/* The index of a unit, an element, for a text that is normal; NAME_NONE, NAME_SKIP, NAME_SEVERAL. Where neither the mapping has names nor there is a
 * package, every identifier is one. */
uint32_t sheet_names_unit(struct sheet_names *names, const char *text);
uint32_t sheet_names_element(struct sheet_names *names, const char *text);

/* The period that a text means by some names; false where it is none. `year` (0 = unknown) stands for a {year} that the text does not have. */
bool sheet_names_period(const struct sheet_periods *periods, int year, const char *text,
                        struct baton_period *out);

/* Whether a text is one of those that stand for periods and are passed over. */
bool sheet_names_skip(const struct sheet_names *names, const char *text);

#endif
