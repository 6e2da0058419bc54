/* What the parts of guess.h share. Lines are what names elements (columns where units stand in rows, else rows), items what names units. */
#ifndef PACKAGE_GUESS_PARTS_H
#define PACKAGE_GUESS_PARTS_H

#include "base/hash.h"
#include "package/guess.h"
#include "package/mapping_text.h"

enum { GUESS_PARTS = 8, GUESS_CANDIDATES = 3, GUESS_HEADER_MOST = 4 };

/* What is looked at of a sheet; what lies beyond is not understood, so that no sheet takes long. */
enum {
    GUESS_LINES_MOST = 300,
    GUESS_ITEMS_MOST = 5000,
    GUESS_MERGES_MANY = 1000,
    GUESS_ITEMS_FEW = 200
};

/* Why a line of the sheet is left to whoever confirms the proposal. */
enum guess_open {
    OPEN_NOT, /* it is not: the line is mapped */
    OPEN_NO_NAME,
    OPEN_SIMILAR,    /* candidates */
    OPEN_SEVERAL,    /* candidates, all of that name */
    OPEN_TWICE,      /* another line is the same element */
    OPEN_COMPUTED,   /* an indicator that is computed; candidates are what it is computed from */
    OPEN_MEASURE,    /* measures that cannot be put into each other */
    OPEN_NO_MEASURE, /* the element has none, and there is no history */
    OPEN_HISTORY,    /* the measures say one thing, the history another */
    OPEN_FREQUENCY,  /* its figures are of another kind of period */
    OPEN_ABOVE       /* the header above speaks of targets, last year, ranks */
};

enum guess_factor { FACTOR_NONE, FACTOR_BY_MEASURE, FACTOR_BY_HISTORY, FACTOR_NONE_BY_HISTORY };

struct guess_line {
    uint32_t index;      /* column, or row */
    const char *text;    /* as the mapping has it */
    const char *normal;  /* as it is compared */
    const char *measure; /* that the sheet gives for it; NULL = none */
    bool by_corner;      /* for the whole sheet */
    uint32_t element;    /* of the scheme; BATON_NONE */
    bool is_equal;       /* by its very name */
    enum guess_open open;
    enum guess_factor by;
    int power;                            /* figures times 10^power */
    int history_power;                    /* of OPEN_HISTORY */
    uint32_t candidate[GUESS_CANDIDATES]; /* elements */
    uint32_t candidate_count;
};

/* A text where units stand. */
struct guess_item {
    uint32_t index;
    const char *text;
    uint32_t unit; /* BATON_NONE */
    bool by_name;  /* the import finds it by itself: an identifier or a name of the package */
    bool is_total; /* 合计 */
    bool has_figures;
    uint32_t candidate[GUESS_CANDIDATES]; /* units */
    uint32_t candidate_count;
};

struct guess_names; /* guess_names.c */

struct guess {
    struct baton_arena *arena;
    const struct guess_request *request;
    const struct baton_scheme *scheme;
    struct guess_names *names;
    const struct sheet_grid *grid;
    uint32_t sheet, other_sheet; /* indices; other_sheet UINT32_MAX = no other looked as good */
    bool across;                 /* units stand in a row */
    uint32_t unit_line;          /* the column, or row, of units */
    uint32_t name_line;          /* across: the column that names elements */
    uint32_t measure_line;       /* across: that of measures; 0 = none */
    uint32_t header[GUESS_HEADER_MOST], header_count;
    bool fill;
    uint32_t first; /* row of the first figures */
    struct guess_item *item;
    size_t item_count, item_capacity;
    struct guess_line *line;
    size_t line_count, line_capacity;
    const char **until; /* first texts of notes below the figures */
    size_t until_count, until_capacity;
    const char *corner[GUESS_PARTS]; /* measures for the whole sheet */
    uint32_t corner_count;
    /* the period: where it stands, by which pattern, and what it is */
    enum mapping_in period_in;
    uint32_t period_row, period_column;
    const char *period_text, *period_pattern, *period_means;
    struct baton_period period; /* kind NONE = not found */
    struct baton_period
        period_as; /* what it is for elements of another frequency: 2021-Q1 of 1-3月; else NONE */
    bool full_width, thousands, percent;
    const char *dash[GUESS_PARTS], *na[GUESS_PARTS], *pending[GUESS_PARTS];
    uint32_t dash_count, na_count, pending_count;
};

/* ---- Names and measures: guess_names.c */

struct guess_names *guess_names_open(struct baton_arena *arena, struct baton_package *package);

/* The unit of a text, BATON_NONE; *by_name whether by an identifier or a whole name. */
uint32_t guess_unit(const struct guess_names *names, const char *text, bool *by_name);
bool guess_is_total(struct baton_arena *arena, const char *text);

/* The name of an element without what does not matter; *measure (may be NULL) is set where the text has one in brackets. */
const char *guess_plain(const struct guess_names *names, const char *text, const char **measure);

/* How alike two texts are, by common pairs of characters: 0..1. */
double guess_alike(const char *a, const char *b);

/* Whether a text is a measure. */
bool guess_is_measure(const struct guess_names *names, const char *text);

/* By which power of ten a figure in `from` is to be multiplied for `to`; false where they measure different things. */
bool guess_measure_power(const char *from, const char *to, int *power);

/* ---- guess_lines.c: which lines are which elements */
void guess_lines(struct guess *guess);
/* Whether a row, away from the column of units, has a text that is the name of an element or indicator. */
bool guess_has_elements(struct guess *guess, uint32_t row);
/* guess_factors.c: measures and history; needs the period */
void guess_factors(struct guess *guess);
/* guess_period.c */
void guess_period(struct guess *guess);
/* guess_values.c: how figures are written; what a cell is as a number, NaN = none */
void guess_values(struct guess *guess);
double guess_number(const struct guess *guess, const char *text);
/* guess_yaml.c */
void guess_write(const struct guess *guess, struct writer *out);
/* Whether the proposal reads any element. */
bool guess_has_mapped(const struct guess *guess);

/* The text at a line and an item. */
static inline const char *guess_text(const struct guess *guess, uint32_t line, uint32_t item) {
    return guess->across ? sheet_text_at(guess->grid, line, item)
                         : sheet_text_at(guess->grid, item, line);
}

#endif
