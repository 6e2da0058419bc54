/* The inside of a comparison: what its parts and the replay share.
 *
 * Things of the two schemes are matched into pairs, the old scheme's first in their order, then those that only the new one
 * has; so the index of a pair is the index in the old scheme where it has one. A pair is an entity: it changes as a whole or not
 * at all, whatever amendments are made, and carries the changes that were found in it. */
#ifndef ANALYSE_COMPARE_H
#define ANALYSE_COMPARE_H

#include "base/arena.h"
#include "base/hash.h"
#include "baton/compare.h"

/* Two things that are one thing, or one that has no counterpart (BATON_NONE). */
struct pair {
    uint32_t before, after;
};
struct pairs {
    struct pair *pair;
    uint32_t count;
    uint32_t *of_after; /* the pair of each thing of the new scheme */
};

/* What can change by itself; the entities of a kind are numbered by their pairs. */
enum entity_kind {
    ENTITY_NODE, /* with its rows of weights.csv and its gate */
    ENTITY_ELEMENT,
    ENTITY_METHOD,
    ENTITY_SETTING, /* by the table of settings */
    ENTITY_RATINGS, /* one */
    ENTITY_GRADES,
    ENTITY_GROUP,
    ENTITY_UNIT,
    ENTITY_ITEM,
    ENTITY_AWARD,
    ENTITY_CHECK,
    ENTITY_IMPORT,
    ENTITY_KINDS
};

/* Settings of the scheme as a whole; see compare_settings.c. */
enum { SETTINGS_MOST = 24 };
enum compare_folded { /* what groups inherit, by which of these settings they follow */
                      FOLDED_TIES_BY,
                      FOLDED_BOUNDS
};

struct compare {
    struct baton_arena *arena;
    const struct baton_scheme *before, *after;
    struct pairs node, element, method, grades, group, unit, item, award, check, import;
    uint32_t
        first[ENTITY_KINDS + 1]; /* entities of a kind are first[kind] .. first[kind + 1] - 1 */

    struct baton_change *change; /* in the order in which they are found */
    size_t change_count, change_capacity;
    uint32_t *entity_of; /* of each change; BATON_NONE = none */
    size_t entity_of_count, entity_of_capacity;
    bool *touched; /* [entities] has a change */

    uint32_t *joined;    /* [entities] a tree of those that belong together; see compare_amend.c */
    const char **basis;  /* [entities] NULL = none */
    uint32_t *amendment; /* [entities] BATON_NONE = none, for nothing of it changed */
    struct baton_comparison result;
};

/* ---- compare_pairs.c */
void compare_pair_all(struct compare *c);
static inline uint32_t compare_entity(const struct compare *c, enum entity_kind kind,
                                      uint32_t pair) {
    return c->first[kind] + pair;
}
/* Adds a change of an entity (BATON_NONE: of none). */
struct baton_change *compare_add(struct compare *c, uint32_t entity, struct baton_change change);
/* A change to begin with: of the pair, with its places (NULL = not there), ADDED, DROPPED or CHANGED as the pair is, effective. */
struct baton_change compare_change(enum baton_subject subject, const struct pair *pair,
                                   const struct baton_where *before,
                                   const struct baton_where *after);
/* Adds the change of one field of a thing that both have, unless it is the same. */
void compare_add_field(struct compare *c, uint32_t entity, struct baton_change change,
                       const char *field, const char *before, const char *after);

/* ---- compare_values.c: values as they are written in a package. Texts are in the arena. */
const char *compare_number(struct compare *c, double number); /* NULL for NaN */
const char *compare_numbers(struct compare *c, const double *number, uint32_t count);
const char *compare_share(struct compare *c, double share); /* 30%; NULL for NaN */
const char *compare_word(const char *const words[], int value);
bool compare_same_text(const char *a, const char *b); /* either may be NULL */
/* Whether two expressions are the same but for spaces. */
bool compare_same_expression(const char *a, const char *b);

/* What of a thing is compared: a member of its struct. */
enum compare_type {
    TYPE_TEXT,       /* const char *, NULL = none */
    TYPE_ZH,         /* struct baton_text, the Chinese one, or the English where both lack it */
    TYPE_EN,         /* struct baton_text, the English one */
    TYPE_NUMBER,     /* double, NaN = none */
    TYPE_SHARE,      /* double, NaN = none, shown as a percentage */
    TYPE_WHOLE,      /* int32_t, below 0 = none */
    TYPE_COUNT,      /* uint32_t */
    TYPE_DAYS,       /* int32_t, below 0 = none */
    TYPE_WORD,       /* an enum, or a bool where there are two words */
    TYPE_EXPRESSION, /* struct baton_expression */
    TYPE_PERIOD      /* struct baton_period */
};
struct compare_field {
    const char *name;
    enum compare_type type;
    size_t offset, size;      /* of the member */
    const char *const *words; /* TYPE_WORD */
    bool effective;
};
/* The value of a member as text, NULL = none; whether two are the same. */
const char *compare_value(struct compare *c, const struct compare_field *field, const void *thing);
bool compare_same(const struct compare_field *field, const void *before, const void *after);
/* Adds a change for each member in which two things differ, made of `change`, which has everything else. */
void compare_fields(struct compare *c, uint32_t entity, const struct compare_field *fields,
                    size_t count, const void *before, const void *after,
                    const struct baton_change *change);

/* ---- The parts: each adds the changes of its subjects. */
void compare_nodes(struct compare *c);    /* compare_nodes.c */
void compare_elements(struct compare *c); /* compare_methods.c */
void compare_methods(struct compare *c);
void compare_settings(struct compare *c); /* compare_settings.c */
void compare_groups(struct compare *c);   /* compare_groups.c */
void compare_ratings(struct compare *c);
void compare_grades(struct compare *c);
void compare_units(struct compare *c);
void compare_items(struct compare *c); /* compare_items.c */
void compare_awards(struct compare *c);
void compare_checks(struct compare *c);
void compare_imports(struct compare *c);

/* Whether nothing that decides a leaf's score differs but weights: value, accumulate, due, when, lo, hi, treat, method. */
bool compare_same_method(const struct compare *c, uint32_t method_before, uint32_t method_after);

/* Effects in words: "grade_at_most: fair, no_award: true"; NULL for BATON_NONE. */
const char *compare_effect(struct compare *c, const struct baton_scheme *scheme, uint32_t effect);

/* ---- compare.c: whether findings call the scheme so, scheme.yaml or the sheet of that name. */
bool compare_is_scheme(const char *file);

/* ---- compare_settings.c */
/* What a scheme's settings are, so that a hybrid can take any of either. */
struct compare_setting {
    struct compare_field field;
    const char *path; /* "scoring.ties" */
};
const struct compare_setting *compare_setting_list(uint32_t *count);
uint32_t compare_setting_entity(const struct compare *c, const char *path);
/* Whether what all groups have in common of a folded setting is told as a setting of the scheme. */
bool compare_is_folded(const struct compare *c, enum compare_folded which);
/* Whether a group's total or decimals, or a method's ties, is in both schemes what the scheme has. */
bool compare_group_inherits_total(const struct compare *c, const struct pair *group);
bool compare_group_inherits_decimals(const struct compare *c, const struct pair *group);
bool compare_group_inherits_ratings(const struct baton_scheme *scheme, uint32_t group);
bool compare_method_inherits_ties(const struct compare *c, const struct pair *method);

/* ---- compare_names.c: the names that an expression has. */
enum compare_name { NAME_ELEMENT, NAME_NODE, NAME_ITEM };
void compare_names(const char *expression, void *context,
                   void (*each)(void *context, enum compare_name what, const char *name,
                                size_t size));

/* ---- compare_amend.c: which entities belong together, in which order. */
void compare_amend(struct compare *c,
                   bool (*place)(void *context, const char *basis, struct baton_place *out),
                   void *context);

#endif
