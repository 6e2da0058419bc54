/* explain: how the scores of one unit came about, as a tree of lines that somebody prints.
 *
 * A line says one thing: a figure and where it was reported, a formula with its numbers put in, a limit that was met, a
 * rule that was applied. explain.def has the kinds of lines with their words in both languages; a line holds no words, but
 * what they are about. Nothing is scored anew: the tree tells of the scoring that the session did last. */
#ifndef ENGINE_EXPLAIN_H
#define ENGINE_EXPLAIN_H

#include "base/arena.h"
#include "baton/score.h"

enum explain_kind {
#define LINE(ID, ...) EXPLAIN_##ID,
#include "engine/explain.def"
    EXPLAIN_KINDS
};

enum { EXPLAIN_NUMBERS = 4 };

/* What the result says of a node, beside a line of kind NODE. */
struct explain_node {
    uint32_t node; /* 0 = the total */
    /* false: it does not apply to the unit, or the unit takes no part; then nothing else is known */
    bool has_row;
    bool told; /* the lines below tell how the score came about; false: it is only listed */
    double score, published; /* NaN = none */
    int32_t decimals;
    double weight;        /* among its siblings; NaN = none was given */
    double share_full;    /* of the group's total, if each node that applies had a score */
    double share, points; /* of the group's total in the end; points NaN = no score */
    uint32_t rank_twice, of, earlier_rank_twice; /* 0 = none */
    uint32_t rating;                 /* of a leaf, index of the group's; BATON_NONE = none */
    const struct baton_grade *grade; /* of the total; NULL = none */
    uint16_t notes;
};

/* A line. What it does not say is NULL, NaN, BATON_NONE, or kind NONE. Wherever there is `arithmetic`, a calculation in
 * numbers, names replaced by their values, it gives `value` when it is worked out: + - × / ^ ( ), * for × in expressions of
 * the scheme, comparisons (1 or 0), the functions of the rule language. A function that reads other figures
 * stands there with its own value in brackets: prev(98.2) is 98.2. A calculation that is the value itself is left out. */
struct explain_line {
    enum explain_kind kind;
    const char *id;                /* of the indicator, item, grade, method ... that it is about */
    const struct baton_text *name; /* its name */
    uint32_t unit;                 /* whose, where that is not the unit that is explained */
    struct baton_period period;
    const char *formula[2]; /* in names, by enum baton_language; often the same in both */
    const char *arithmetic;
    double value;
    const char *code;    /* the value, where it is a text */
    const char *word;    /* one of the words of explain.def, or a name of the package format */
    const char *measure; /* unit of measurement of the value */
    const char *reason, *document;  /* of a row of adjustments.csv */
    double number[EXPLAIN_NUMBERS]; /* explain.def has their names */
    struct baton_where at; /* where what it says was written; file NULL = nowhere in particular */
    uint32_t origin;       /* of the figure; 0 = none */
    const struct baton_imported
        *imported; /* kind IMPORTED; its places and names are those of another package */
    const struct explain_node *node;          /* kind NODE */
    struct explain_line *first, *last, *next; /* lines below it, and beside it */
};

/* What is asked for. */
struct explain_wish {
    uint32_t unit; /* in a group */
    uint32_t node; /* 0 = the total */
    /* how many levels of indicators below the node are told too; the next one is only listed, of the
                       * total the next two */
    uint32_t depth;
};

/* Builds the tree of the period that the session scored last, with ranks and notes of all nodes. The lines and what they
 * point to live in `arena` and in the session. BATON_OK: *out is the line of the node; else BATON_NO_MEMORY. */
MUST_USE baton_code explain(struct baton_arena *arena, struct baton_session *session,
                            const struct explain_wish *wish, struct explain_line **out);

/* The table of kinds. */
struct explain_entry {
    const char *name;     /* "value" */
    const char *numbers;  /* names of number[], separated by spaces */
    const char *label[2]; /* by enum baton_language; "" = none */
    const char *words[2];
};
const struct explain_entry *explain_entry(enum explain_kind kind);

/* A word of a line in a language; a word that is not in the table is itself. */
const char *explain_word(const char *word, enum baton_language language);

#endif
