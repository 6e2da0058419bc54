/* A mapping (对照表): how an office's own sheet is read. docs/mappings.md has the format.
 *
 * Every figure of a sheet belongs to a unit, an element and a period; a mapping says for each of these three where it stands (a
 * struct mapping_place) and what the texts that stand there mean (its names). The figures are then the cells that have all three. Texts of a
 * mapping that are compared with texts of the sheet may hold `*` for any characters. */
#ifndef PACKAGE_MAPPING_H
#define PACKAGE_MAPPING_H

#include "base/arena.h"
#include "baton/findings.h"
#include "baton/package.h"
#include "baton/period.h"
#include "package/mapping_text.h"
#include "package/source.h"
#include <stdbool.h>

/* Where a text stands. */
enum mapping_in {
    MAPPING_NOWHERE, /* not given */
    MAPPING_COLUMN,  /* in columns of the figure's row */
    MAPPING_ROW,     /* in rows of the figure's column; row_count 0 = in all rows of the header */
    MAPPING_CELL,    /* in one cell, for the whole sheet */
    MAPPING_SHEET,   /* it is the sheet's name */
    MAPPING_FILE,    /* it is the file's name without its ending */
    MAPPING_IS       /* given in the mapping */
};

/* A text that the sheet may have, and where the mapping says so. */
struct mapping_text {
    const char *text; /* as written; may hold `*` */
    struct baton_where at;
};

struct mapping_texts {
    struct mapping_text *item;
    uint32_t count;
};

struct mapping_place {
    enum mapping_in in;
    struct mapping_texts column; /* headers or letters; texts of several are joined by "/" */
    uint32_t *row;               /* [row_count], from 1, rising */
    uint32_t row_count;
    uint32_t cell_row, cell_column;
    const char *is;            /* id or period */
    struct mapping_texts skip; /* who stands there is passed over */
    struct baton_where at;
};

/* An entry of unit.names: a text means a unit. */
struct mapping_unit {
    struct mapping_text text;
    const char *id;
    struct baton_where id_at;
};

/* What a word in place of a figure stands for: value "1" for a text "是". */
struct mapping_word {
    struct mapping_text text;
    const char *value;
};

/* An entry of element.names: a text means an element. */
struct mapping_element {
    struct mapping_text text; /* text.text NULL: element.is */
    const char *id;
    struct baton_where id_at;
    const char *factor; /* a decimal; NULL = that of `values` */
    const char *source; /* NULL = that of the mapping */
    struct mapping_word *word;
    uint32_t word_count;
    struct mapping_index words; /* from texts to `word` */
    bool optional;              /* a sheet may go without */
};

/* An entry of period.names: a text with fields ("{year}年1-{month}月"), and the period that it means ("{year}-{month}"). */
struct mapping_period {
    struct mapping_text text;
    const char *means;
};

struct mapping_period_place {
    struct mapping_place place;
    struct mapping_period *name;
    uint32_t name_count;
};

/* What may stand in place of a plain figure. */
enum mapping_nothing { NOTHING_SKIP, NOTHING_MISSING, NOTHING_NA, NOTHING_PENDING };

struct mapping_values {
    const char *factor;                        /* NULL = 1 */
    bool full_width, thousands, percent;       /* such figures are read */
    enum mapping_nothing empty;                /* what an empty cell means; SKIP = no row at all */
    struct mapping_texts missing, na, pending; /* words that stand there */
    struct mapping_texts marks;                /* dropped at both ends of a figure */
};

/* A cell that must have a text. */
struct mapping_expect {
    uint32_t row, column;
    struct mapping_text text;
};

struct mapping {
    const char *name;          /* without folder and ending */
    const char *file;          /* as findings call it */
    struct baton_text title;   /* what it is for; both NULL = not said */
    struct mapping_text sheet; /* a name, with `*`; text NULL = by number */
    uint32_t sheet_number;     /* among those that are not hidden, from 1 */
    uint32_t *header; /* rows of the header, from 1, rising; none = columns are called by letters */
    uint32_t header_count;
    bool
        fill; /* an empty cell of the header has the text to its left, of a place's column the text above */
    bool loose; /* texts are compared without spaces, full-width characters as half-width ones */
    uint32_t row_first, row_last, column_first, column_last; /* of the figures; 0 = not said */
    struct mapping_texts until; /* a row that begins with one of them ends the figures */
    bool until_blank;
    struct mapping_text
        value; /* long tables: the column of the figures; text NULL = all columns that have names */
    struct mapping_place unit, element;
    struct mapping_unit *unit_name;
    uint32_t unit_name_count;
    struct mapping_element *element_name; /* of element.is one */
    uint32_t element_name_count;
    struct mapping_period_place period, year; /* `in` NOWHERE = by --period */
    struct mapping_values values;
    const char *source; /* NULL = none */
    struct mapping_expect *expect;
    uint32_t expect_count;
};

/* Reads a mapping out of the text of a YAML file (borrowed for as long as the arena), which findings call `file`. BATON_OK: *out is complete and has no
 * error. Otherwise the code of the first finding, all of which were added, or NO_MEMORY. */
MUST_USE baton_code mapping_read(struct baton_arena *arena, const char *file, const char *text,
                                 size_t size, const struct mapping **out,
                                 struct baton_findings *found);

/* The same from a file of a package, mappings/NAME.yaml, which has been listed. In a workbook findings name the sheet and its rows. */
MUST_USE baton_code mapping_read_part(struct source *source, const char *name,
                                      const struct mapping **out, struct baton_findings *found);

/* The same from a file, by its path. */
MUST_USE baton_code mapping_of_file(struct baton_arena *arena, const char *path,
                                    const struct mapping **out, struct baton_findings *found);

/* The mapping mappings/NAME.yaml of a package. Where there is none, MAPPING_UNKNOWN, with what was perhaps meant. */
MUST_USE baton_code mapping_of_package(struct baton_package *package, const char *name,
                                       const struct mapping **out, struct baton_findings *found);

/* Adds findings for units of a mapping that the package does not have, and for elements that it neither uses nor has figures of; the latter only when
 * the package's expressions have been compiled (baton_session_open), which is when all its elements are known. */
void mapping_check(const struct mapping *mapping, struct baton_package *package, bool is_compiled,
                   struct baton_findings *found);

/* Reads all mappings of the package and checks them so. BATON_OK, whatever was found; or NO_MEMORY. */
MUST_USE baton_code mappings_check(struct baton_package *package, bool is_compiled,
                                   struct baton_findings *found);

#endif
