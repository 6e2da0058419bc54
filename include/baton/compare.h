/* Two schemes compared (方案对比): what the new one adds, drops, moves and sets otherwise, told as an office would write it
 * down, and put together into the amendments (修订) that belong together.
 *
 * Things are matched by their ids; an indicator whose id alone changed is told as renamed where that is unambiguous. What
 * is of a year (figures, targets, rows of adjustments, dates, paths of other packages) is no part of a scheme. */
#ifndef BATON_COMPARE_H
#define BATON_COMPARE_H

#include "scheme.h"

struct baton_arena;

/* What a change is a change of. */
enum baton_subject {
    BATON_SUBJECT_NODE,    /* an indicator or block; `field` is the column, or `gate` */
    BATON_SUBJECT_WEIGHT,  /* a row of weights.csv; `id` is the node, `of` the unit or group:ID */
    BATON_SUBJECT_ELEMENT, /* a named expression of `elements` */
    BATON_SUBJECT_METHOD,  /* a parameter set of `methods` */
    BATON_SUBJECT_SETTING, /* a key of the scheme as a whole; `id` is its path, `scoring.ties` */
    BATON_SUBJECT_RATINGS, /* the scheme's ratings */
    BATON_SUBJECT_GRADE,   /* a grade; `of` is the set that has it */
    BATON_SUBJECT_GROUP,
    BATON_SUBJECT_UNIT, /* came, went, or is in another group (`field` is `group`) */
    BATON_SUBJECT_ITEM, /* of adjustments */
    BATON_SUBJECT_AWARD,
    BATON_SUBJECT_CHECK, /* of figures, under `checks` */
    BATON_SUBJECT_IMPORT,
    BATON_SUBJECTS
};
enum baton_act {
    BATON_ACT_CHANGED,
    BATON_ACT_ADDED,
    BATON_ACT_DROPPED,
    BATON_ACT_MOVED,  /* a node to another parent; before and after are the parents' ids */
    BATON_ACT_RENAMED /* a node; before and after are its ids */
};

/* One change. Texts live in the arena of the comparison or with the schemes. */
struct baton_change {
    enum baton_subject subject;
    enum baton_act act;
    const char *id;    /* in the new scheme; of what was dropped, in the old one */
    const char *of;    /* see enum baton_subject; NULL = nothing */
    const char *field; /* of a CHANGED thing, what of it: a column or key; NULL otherwise */
    /* its value as one would write it in the package; NULL = none */
    const char *before, *after;
    bool is_number; /* before and after are numbers (or none): these */
    double number_before, number_after;
    struct baton_text name; /* of the subject, the new one where it has one */
    /* index of the subject in either scheme; BATON_NONE = not there. Of a WEIGHT its node's, of a GRADE its set's */
    uint32_t index_before, index_after;
    struct baton_where at_before, at_after; /* file NULL = not there */
    bool effective;     /* it can change a score, rank or grade; a name or an owner cannot */
    uint32_t amendment; /* index; BATON_NONE = part of none: a unit that came or went */
};

/* Changes that belong together and can be made alone: what one row says, what has one clause for a basis, and whatever
 * cannot be made without the other (a leaf moved into a new block, and that block). */
struct baton_amendment {
    const char *basis; /* the first of its clauses, "rules#art-9"; NULL = none */
    const uint32_t *change;
    uint32_t change_count;
    bool effective; /* one of its changes is */
};

/* Where a clause stands. */
struct baton_place {
    const char *document; /* "rules" */
    uint32_t row;
};

struct baton_comparison {
    const struct baton_scheme *before, *after;
    /* by amendment; those of none at the end. Inside one: by subject, then in the order of the files */
    struct baton_change *change;
    uint32_t change_count;
    /* in the order of the clauses: by document, then by where the new package has the heading; at the end those without a
     * clause */
    struct baton_amendment *amendment;
    uint32_t amendment_count;
    uint32_t effective_count; /* how many of them are */
    struct compare *inside;   /* for baton_replay */
};

/* Compares. Both schemes are borrowed as long as the comparison lives; it lives in `arena`. `place` answers where the new
 * package has the clause that a basis names (false = nowhere); it may be NULL: then clauses are in the order in which the
 * indicators name them. Same input, same answer. */
BATON_API const struct baton_comparison *baton_compare(
    struct baton_arena *arena, const struct baton_scheme *before, const struct baton_scheme *after,
    bool (*place)(void *context, const char *basis, struct baton_place *out), void *context);

/* The id of a subject for programs: "node", "weight" ...; of an act: "changed", "added" ... */
BATON_API const char *baton_subject_name(enum baton_subject subject);
BATON_API const char *baton_act_name(enum baton_act act);

/* How much of the weight stayed (大稳定、小调整). A leaf stayed as it was where it is in both schemes with the same derived
 * value, method with all its parameters, and direction; it counts with the smaller of its two shares of the total. Shares are
 * nominal: nothing is redistributed, and they add up to 1 for each unit. */
struct baton_stability {
    uint32_t units; /* of the group in the old scheme that it has in the new one too */
    double weight;  /* the mean over these units of the share that stayed; NaN = no such unit */
    /* leaves that apply to some unit of the group: in the old scheme, in the new one, that stayed as they were */
    uint32_t leaves_before, leaves_after, leaves_kept;
};

/* Of each group of the old scheme, [before->group_count], and of all together. O(units * nodes). */
BATON_API struct baton_stability baton_stability_of(struct baton_arena *arena,
                                                    const struct baton_comparison *comparison,
                                                    struct baton_stability group[]);

#endif
