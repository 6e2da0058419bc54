/* A scheme (考核方案) as the engine sees it: units in groups, the indicator tree, methods, adjustments, grades.
 *
 * Whoever reads a package fills these structs in an arena and leaves them alone afterwards; the engine only
 * reads them. Indices refer to the arrays of struct baton_scheme; BATON_NONE means none. Every number that may
 * be absent is a double with NaN for absent. Every item knows where it was written, for findings and explain. */
#ifndef BATON_SCHEME_H
#define BATON_SCHEME_H

#include "findings.h"
#include "number.h"
#include "period.h"
#include <stdbool.h>

#define BATON_NONE UINT32_MAX

/* A text in both languages; either may be NULL. baton_text_in gives the one asked for, else the other, else `otherwise`. */
struct baton_text {
    const char *zh, *en;
};
BATON_API const char *baton_text_in(const struct baton_text *text, enum baton_language language,
                                    const char *otherwise);

/* An expression of the rule language as written; text NULL = none given. `at.column` is where text begins. */
struct baton_expression {
    const char *text;
    struct baton_where at;
};

enum baton_direction { BATON_UP, BATON_DOWN };
enum baton_ties { BATON_TIES_MIN, BATON_TIES_DENSE, BATON_TIES_MAX, BATON_TIES_AVERAGE };
enum baton_over { BATON_OVER_GROUP, BATON_OVER_ALL, BATON_OVER_PANEL, BATON_OVER_FIXED };

/* The kinds of methods; their names, parameters and formulas stand in src/engine/methods.def. */
enum baton_method_kind {
    BATON_METHOD_RANGE,
    BATON_METHOD_ZSCORE,
    BATON_METHOD_RANK,
    BATON_METHOD_RACE,
    BATON_METHOD_PERCENTILE,
    BATON_METHOD_TARGET,
    BATON_METHOD_BANDS,
    BATON_METHOD_LEVELS,
    BATON_METHOD_DEDUCT,
    BATON_METHOD_PASS,
    BATON_METHOD_DIRECT,
    BATON_METHOD_BEST,
    BATON_METHOD_RULE,
    BATON_METHOD_KINDS
};
enum baton_pass_op {
    BATON_OP_BY_DIRECTION,
    BATON_OP_GE,
    BATON_OP_GT,
    BATON_OP_LE,
    BATON_OP_LT,
    BATON_OP_EQ
};
enum baton_best_of { BATON_BEST_OF_BEST, BATON_BEST_OF_MEAN, BATON_BEST_OF_UNIT };

struct baton_band {
    double bound, score;
};

/* A parameter set of one kind (`methods.NAME`). Only the parameters of its kind mean anything. */
struct baton_method {
    const char *id;
    struct baton_where at;
    enum baton_method_kind kind;
    enum baton_over over;
    enum baton_ties ties; /* rank, race: as given, else the scheme's */
    /* NaN = none; the kind's own default floor (0 for target, race, deduct) is already in */
    double floor, cap;
    double low, high;     /* range, rank */
    double mean, sd;      /* zscore */
    double first, step;   /* race by steps; step NaN when by table */
    const double *table;  /* race: scores by rank, best first; NULL = by steps */
    uint32_t table_count; /* of table, bands or levels */
    /* bands: as written (best first); levels: bound = index of the code in scheme->codes */
    const struct baton_band *bands;
    double below;                  /* bands */
    bool linear;                   /* bands */
    struct baton_expression among; /* race: who races; text NULL = all */
    double otherwise;              /* race: `else` */
    bool mirror;                   /* target: down: mirror */
    double start_at;       /* target: scores below are 0; a score (60 for 60%); NaN = none */
    bool from_baseline;    /* target */
    double per, above;     /* deduct; above NaN = counts of faults */
    enum baton_pass_op op; /* pass */
    enum baton_best_of of; /* best */
    uint32_t of_unit;      /* best: index of the unit */
    struct baton_expression score; /* rule */
    const char **where_name;       /* rule: names defined by `where`, in the order written */
    const struct baton_expression *where_value;
    uint32_t where_count;
};

enum baton_missing_rule {
    BATON_MISSING_REDISTRIBUTE,
    BATON_MISSING_ZERO,
    BATON_MISSING_FLOOR,
    BATON_MISSING_MEAN,
    BATON_MISSING_MEDIAN,
    BATON_MISSING_FULL,
    BATON_MISSING_LAST,
    BATON_MISSING_FACTOR,
    BATON_MISSING_REFUSE /* `error` */
};
enum baton_aggregate {
    BATON_ARITHMETIC,
    BATON_GEOMETRIC,
    BATON_HARMONIC,
    BATON_AGGREGATE_MIN,
    BATON_AGGREGATE_SUM,
    BATON_COPELAND
};
enum baton_treat { BATON_TREAT_NONE, BATON_TREAT_WINSORISE, BATON_TREAT_LOG, BATON_TREAT_CLIP };
enum baton_accumulate { BATON_LAST, BATON_SUM, BATON_MEAN };
enum baton_kind { BATON_COMMON, BATON_INDIVIDUAL };
enum baton_class { BATON_MANDATORY, BATON_COMPETITIVE, BATON_CLASS_BONUS, BATON_GATE };

/* A node of the indicator tree. Node 0 is the root (id "total", no row of its own); a node stands before its
 * children, siblings in official order (`order`, then the file's). A node without children is a leaf. */
struct baton_node {
    const char *id;
    struct baton_text name;
    struct baton_where at;
    uint32_t parent;             /* BATON_NONE for the root */
    uint32_t level;              /* 0 = root */
    const uint32_t *child;       /* in official order */
    const uint32_t *child_by_id; /* the same, by the bytes of their ids: the order of every sum */
    uint32_t child_count;        /* 0 = leaf */
    double weight; /* as in indicators.csv, not yet overridden; NaN = empty (under min, sum) */
    enum baton_kind kind;
    enum baton_class class;
    enum baton_direction direction;
    uint32_t method;  /* leaf: index; BATON_NONE for inner nodes */
    uint32_t element; /* leaf: the element with the leaf's own id (always registered) */
    struct baton_expression value; /* leaf; text NULL = the element with its id */
    enum baton_accumulate accumulate;
    int32_t due_days; /* leaf's own; -1 = the scheme's */
    struct baton_expression when;
    double lo, hi; /* NaN = none */
    enum baton_missing_rule missing;
    double missing_factor;
    enum baton_treat treat;
    double treat_a, treat_b; /* winsorise(n): a = n; clip(a,b) */
    enum baton_aggregate aggregate;
    int32_t decimals;                 /* -1 = the group's, else the scheme's */
    enum baton_period_kind frequency; /* own column; BATON_PERIOD_NONE = none */
    double order;
    const char *source, *verifier, *measure, *basis; /* NULL = none */
    bool needs_evidence;  /* of a leaf: its figures are reported with evidence */
    double gate_at_least; /* class gate: the effect applies below; NaN otherwise */
    uint32_t gate_effect; /* index into effects; BATON_NONE */
};

/* An element: a reported figure or a named expression. All observations' elements are here, then those only named. */
struct baton_element {
    const char *id;
    struct baton_expression value; /* a named expression; text NULL = reported */
    /* that of its figures; BATON_PERIOD_NONE = no figure at all */
    enum baton_period_kind frequency;
    const char *measure; /* of the leaf with its id; NULL = none */
    bool is_code; /* its figures are codes (of a `levels` leaf): indices into scheme->codes */
};

struct baton_unit {
    const char *id;
    struct baton_text name;
    struct baton_where at;
    uint32_t group;  /* BATON_NONE = only carries figures */
    uint32_t parent; /* BATON_NONE = none */
    const char *kind;
    double order;
    struct baton_period joined, left; /* kind BATON_PERIOD_NONE = always */
};

struct baton_rating {
    const char *id;
    struct baton_text title;
    double at_least; /* NaN = no lower edge (the last) */
    struct baton_where at;
};
struct baton_ratings {
    const struct baton_rating *item; /* best first */
    uint32_t count;
};

enum baton_quota_ties { BATON_QUOTA_NONE, BATON_QUOTA_ALL, BATON_QUOTA_NODE };
struct baton_grade {
    const char *id;
    struct baton_text title;
    struct baton_where at;
    uint32_t code; /* of its id in scheme->codes */
    struct baton_expression when;
    double quota;        /* NaN = no limit */
    bool quota_is_share; /* 0.3 of the group's size, rounded down, at least 1 */
    enum baton_quota_ties quota_ties;
    uint32_t quota_node;
};
struct baton_grades {
    const char *id;
    const struct baton_grade *item; /* best first */
    uint32_t count;
};

struct baton_group {
    const char *id;
    struct baton_text title;
    struct baton_where at;
    uint32_t grades;              /* index; BATON_NONE = no grades */
    double total;                 /* scale of the root; the scheme's unless given */
    int32_t decimals;             /* likewise */
    double bound_lo, bound_hi;    /* of the total; NaN = none */
    struct baton_where bounds_at; /* its own, or the scheme's; file NULL = none given */
    const uint32_t *ties_by;      /* nodes */
    uint32_t ties_by_count;
    struct baton_ratings ratings;
    uint32_t first_unit, unit_count; /* its units are adjacent in scheme->unit */
};

/* What a veto or a gate does. */
struct baton_effect {
    uint32_t grade_at_most; /* code of a grade's id in scheme->codes; BATON_NONE */
    uint32_t node_zero;     /* node; BATON_NONE */
    bool unranked, no_award, bonus_void;
    struct baton_where at; /* of the veto, or of the gate under `gates` */
};

enum baton_item_kind { BATON_BONUS, BATON_DEDUCTION, BATON_VETO };
struct baton_level {
    const char *id;
    double points;
};
struct baton_item {
    const char *id;
    struct baton_text title;
    struct baton_where at;
    enum baton_item_kind kind;
    double points;                       /* NaN where computed or not given */
    struct baton_expression points_rule; /* text NULL = not computed */
    const struct baton_level *level;
    uint32_t level_count;
    double cap;   /* NaN = none */
    bool highest; /* count: highest */
    struct baton_expression when;
    uint32_t effect; /* of a veto; index into effects */
    struct baton_period until;
};

struct baton_award {
    const char *id;
    struct baton_text title;
    struct baton_where at;
    uint32_t group; /* BATON_NONE = each group */
    struct baton_expression by, when;
    uint32_t top;
};

/* A row of weights.csv. Exactly one of unit and group is given. */
struct baton_weight {
    uint32_t unit, group, node;
    double weight;
    struct baton_where at;
};

/* A row of targets.csv: unit, or group, or (both BATON_NONE) every unit. */
struct baton_target {
    uint32_t unit, group, node;
    struct baton_period period;
    double target, baseline; /* NaN = not given */
    struct baton_where at;
};

/* A row of adjustments.csv. */
struct baton_adjustment {
    uint32_t unit, item;
    struct baton_period period;
    uint32_t level;     /* of the item; BATON_NONE */
    double points;      /* NaN = the level's or the item's */
    double count;       /* 1 unless given */
    const char *honour; /* NULL = none */
    int32_t issued_day; /* days since 1970-01-01; INT32_MIN = not given */
    const char *reason, *document;
    struct baton_where at;
};

/* A row of successions.csv. */
struct baton_succession {
    uint32_t from, to;
    int32_t date; /* days since 1970-01-01 */
    double share;
    struct baton_where at;
};

/* Figures that a check is for. */
enum baton_checked_by {
    BATON_CHECKED_ALL,     /* `*`: every reported number */
    BATON_CHECKED_MEASURE, /* measure(M): every one whose indicator has that measure */
    BATON_CHECKED_ELEMENT
};
struct baton_checked {
    enum baton_checked_by by;
    const char *text; /* the measure, the element; NULL = `*` */
    struct baton_where at;
};

/* A check of figures (`checks`): what has to hold of a figure before it is signed off. No result depends on it. */
enum baton_check_severity {
    BATON_CHECK_HARD,   /* what does not hold is not signed off */
    BATON_CHECK_JUSTIFY /* it is, with a note that says why */
};
struct baton_check {
    const char *id;
    struct baton_text title;
    struct baton_where at;
    const struct baton_checked *of; /* at least one */
    uint32_t of_count;
    struct baton_expression rule; /* what has to hold */
    struct baton_expression when; /* of what it is judged; text NULL = always */
    enum baton_check_severity severity;
};

struct baton_import {
    const char *id, *path;
    struct baton_where at;
};

enum baton_rank_on { BATON_RANK_ROUNDED, BATON_RANK_EXACT };
enum baton_compare { BATON_COMPARE_PREVIOUS, BATON_COMPARE_SAME_LAST_YEAR };

/* Units: ranked ones first, by group in the scheme's order, inside a group by `order` (none last), then the bytes
 * of the id; then those without a group, by id. So nothing depends on the order of rows in units.csv. */
struct baton_scheme {
    const char *id;
    struct baton_text title;
    struct baton_period period;
    enum baton_period_kind frequency;
    int32_t decimals;
    enum baton_rounding rounding;
    enum baton_rank_on rank_on;
    enum baton_ties ties;
    bool round_at_node;
    double present; /* share of a node's weight that must have a score; NaN = none */
    double total;
    int32_t due_days[BATON_YEAR + 1]; /* by enum baton_period_kind; 0 unless given */
    enum baton_compare compare;
    bool compare_across_years;
    const char *succeeds; /* path; NULL = none */
    struct baton_where succeeds_at;

    struct baton_unit *unit;
    uint32_t unit_count, ranked_count; /* the first ranked_count are in a group */
    struct baton_node *node;
    uint32_t node_count;
    struct baton_element *element;
    uint32_t element_count;
    struct baton_method *method;
    uint32_t method_count;
    struct baton_group *group;
    uint32_t group_count;
    struct baton_ratings ratings; /* the scheme's own */
    struct baton_grades *grades;
    uint32_t grades_count;
    struct baton_item *item;
    uint32_t item_count;
    double cap_bonus, cap_deduction; /* NaN = none */
    struct baton_where cap_at;       /* of adjustments.cap; file NULL = none given */
    struct baton_effect *effect;
    uint32_t effect_count;
    struct baton_award *award;
    uint32_t award_count;
    struct baton_check *check;
    uint32_t check_count;
    struct baton_import *import;
    uint32_t import_count;
    /* codes of levels, grades and text literals, each once; a figure or name of kind text is an index */
    const char **code;
    uint32_t code_count;

    struct baton_weight *weight;
    uint32_t weight_count;
    struct baton_target *target;
    uint32_t target_count;
    struct baton_adjustment *adjustment;
    uint32_t adjustment_count;
    struct baton_succession *succession;
    uint32_t succession_count;
};

#endif
