/* The kinds of methods as a table, made from methods.def: for the reader of packages, which takes names, types and
 * defaults from it, and for `baton methods`, which prints it. */
#ifndef ENGINE_METHODS_H
#define ENGINE_METHODS_H

#include "base/macros.h"
#include "baton/scheme.h"

/* What a parameter is, and the type of its member of struct baton_method. */
enum method_type {
    METHOD_NUMBER, /* a number; double, NaN = none */
    METHOD_SHARE,  /* a share of 100, written 60% (or 0.6); double, the score (60), NaN = none */
    METHOD_FLAG,   /* true or false; bool */
    METHOD_WORD,   /* one of `words`; enum (bool where there are two) */
    METHOD_SCORES, /* a list of numbers; table and table_count */
    METHOD_BANDS,  /* a list of pairs of bound and score; bands and table_count */
    METHOD_LEVELS, /* a map from codes to scores; bands and table_count */
    METHOD_EXPRESSION, /* of the rule language; struct baton_expression */
    METHOD_WHERE,      /* a map from names to expressions; where_name, where_value, where_count */
    METHOD_UNIT        /* `mean` or a unit's id; of, of_unit */
};

struct method_parameter {
    const char *name;
    enum method_type type;
    size_t offset;       /* of the member in struct baton_method */
    size_t size;         /* of the member */
    const char *initial; /* the default as one would write it; NULL = needed; "" = none */
    double lowest, highest;
    /* separated by spaces; the n-th, from 0, stands for value n of the member (an empty one for none) */
    const char *words;
    const char *doc[2]; /* by enum baton_language */
};

struct method_kind {
    const char *name;
    const char *floor;      /* its default; "" = none */
    const char *formula[2]; /* by enum baton_language */
    /* formula when the direction is down; "" = the direction changes nothing */
    const char *down[2];
    const char *notes[2];
    const char *source[2];
};

/* The kind's entry; never NULL. */
const struct method_kind *method_kind(enum baton_method_kind kind);

/* The kind of that name; BATON_METHOD_KINDS where there is none. */
enum baton_method_kind method_kind_find(const char *name);

/* The parameters that only this kind has; those that every kind has (over, ties, floor, cap: the default floor is the
 * kind's). Never NULL; *count gets how many. */
const struct method_parameter *method_parameters(enum baton_method_kind kind, uint32_t *count);
const struct method_parameter *method_parameters_common(uint32_t *count);

/* The parameter of that name, its own or a common one; NULL where the kind has none. */
const struct method_parameter *method_parameter_find(enum baton_method_kind kind, const char *name);

/* The parameter set that has nothing but defaults: needed parameters are NaN or empty, ties BATON_TIES_MIN, id and at
 * empty. */
void method_initial(enum baton_method_kind kind, struct baton_method *out);

/* Which of the words of a list separated by spaces `text` is, from 0; -1 = none. An empty text is none. */
int method_word(const char *words, const char *text);

#endif
