/* The inside of a session, which the steps share: what was prepared once, and the scoring at hand.
 *
 * N = scheme->unit_count (all units, also those that only carry figures), R = scheme->ranked_count. Columns of
 * figures have N values, columns of scores R; both in the scheme's order of units. Prepared things live in `arena`;
 * what belongs to one scoring lives in the arenas of the workers, which the next scoring resets. */
#ifndef ENGINE_SESSION_H
#define ENGINE_SESSION_H

#include "base/arena.h"
#include "base/parallel.h"
#include "baton/score.h"
#include "engine/normalise.h"
#include "engine/rule.h"

/* How a leaf's scores can be made. */
enum leaf_path {
    LEAF_EACH,   /* a score needs its own figure only */
    LEAF_LOCAL,  /* it needs its cohort, and every cohort is one small group */
    LEAF_SPREAD, /* range over large cohorts: their extremes first, then as LEAF_EACH */
    LEAF_COLUMN  /* anything else: all units at once */
};

/* What became of a figure, besides enum baton_state: */
enum { LEAF_OUT = 4 /* the leaf does not apply to the unit, or the unit takes no part: no row */ };

/* A leaf: what is known of it once, and its columns in the scoring at hand. */
struct leaf {
    uint32_t node;
    const struct baton_node *as;
    const struct baton_method *method;
    const struct rule *value; /* NULL where the value is just an element */
    uint32_t element;         /* that element; BATON_NONE for an expression */
    const uint32_t *named;    /* elements that the value names, whose states it inherits */
    uint32_t named_count;
    const struct rule *when, *score, *among; /* NULL = none */
    const struct rule **where;               /* [method->where_count] */
    enum baton_period_kind frequency; /* BATON_PERIOD_NONE: the result's period stands for it */
    bool needs_target;
    enum leaf_path path;
    bool over_all; /* cohort: all units, else the group */
    bool pooled;   /* cohort: a panel, of a method that compares figures */
    /* its own figures as they are, for everybody: nothing to derive, mask, treat or look up */
    bool direct;

    /* Of the scoring at hand. */
    struct baton_period period; /* the leaf's period; kind NONE = none yet */
    /* its panel treated, for the conditions that see x; NULL = there are none, or nothing to treat */
    const struct panel *treated;
    const double *raw;     /* [N] derived figures */
    const double *figures; /* [R] masked and treated; raw itself where nothing had to be done */
    /* [R] enum baton_state or LEAF_OUT; NULL = everybody applies, NaN is missing */
    const uint8_t *state;
    const uint16_t *early_note; /* [R] notes of derive and treat; NULL = none */
    const double *target, *baseline, *racing, *against;
    const double *extremes; /* LEAF_SPREAD: lo, hi of each cohort */
};

/* A check of figures. */
struct compiled_check {
    const struct rule *rule, *when; /* when NULL = always */
    const uint32_t *element;        /* [of_count] by `of`; BATON_NONE where that names none */
};

/* An effect that limits a unit: by a veto (item) or by a gate (node); the other is BATON_NONE. */
struct effect_at_work {
    uint32_t unit, item, node;
};

/* A score that the scheme refuses to do without, or cannot use. */
struct scoring_error {
    baton_code code;
    uint32_t node, unit;
    double value;
};

struct worker {
    struct baton_arena *arena;
    struct arena_mark start;       /* reset to at each scoring */
    double *sum, *weight, *column; /* [tile_size] scratch of a tile */
    struct scoring_error *error;
    size_t error_count, error_capacity;
    baton_code code; /* of what it did last */
};

/* A stretch of units that one worker scores at a time: whole groups, or a part of one large group. */
struct tile {
    uint32_t first, last; /* units [first, last) */
    /* whole groups [first_group, last_group); equal for a part of a group */
    uint32_t first_group, last_group;
    uint32_t group; /* the group of which it is a part */
};

/* An earlier result, as much of it as may be asked for. Columns [R] of the session that made it. */
struct past {
    struct baton_period period;
    /* [node * R + unit], or only the root's; NULL once only later periods need more */
    uint32_t *rank;
    /* [R] totals as they came, exactly as long as `rank` */
    double *score;
    bool all_ranks;
    uint32_t *base_rank;
    double *total, *base; /* as ranked */
    uint32_t *total_rank; /* twice */
    uint32_t *grade;      /* code of the grade in scheme->code; BATON_NONE */
    double **node_score;  /* as ranked, by node; NULL where no expression asks */
};

struct baton_session {
    struct baton_arena *arena;
    struct baton_scheme *scheme;
    const struct baton_facts *facts;
    struct baton_links links;
    struct baton_options options;
    struct parallel *parallel;
    struct worker *worker;
    unsigned worker_count;
    uint32_t units, ranked, nodes, stride;
    uint32_t reported; /* elements that facts know; those above were only named by an expression */

    /* Compiled. */
    struct leaf *leaf;
    uint32_t leaf_count;
    uint32_t *leaf_of_node;               /* BATON_NONE for inner nodes */
    const struct rule **element_rule;     /* named elements; NULL = reported */
    enum baton_period_kind *element_kind; /* frequency by which an element resolves */
    const struct rule **item_points, **item_when;
    const struct rule ***grade_when; /* [grades][grade] */
    const struct rule **award_by, **award_when;
    struct compiled_check *check;     /* [checks] */
    uint32_t named_elsewhere;         /* elements below it are there without the checks */
    bool uses_earlier;                /* some expression reads earlier results */
    bool keeps_values;                /* ... so more than ranks is kept of them */
    bool *keeps_node;                 /* node() of earlier results is asked for */
    uint32_t element_room, code_room; /* capacity of the scheme's arrays that compiling may grow */

    /* Weights; see weights.c. */
    double *weight;        /* [node], where neither of the next two is given */
    double **group_weight; /* [node] -> [group] */
    double **unit_weight;  /* [node] -> [R] */
    /* [node] -> [R], 1 where it applies by the scheme; NULL = to everybody */
    const uint8_t **applies;
    bool *counted; /* [node]: its parent counts it (a gate of weight 0 it does not) */

    struct cohorts groups, all; /* unit ranges of the groups; everybody */
    uint32_t *group_of;         /* [R] */
    struct tile *tile;
    uint32_t tile_count, tile_size;
    double *nothing;      /* [N] NaN */
    uint8_t *all_pending; /* [N] */
    bool has_adjustments, has_grades, has_zeroing,
        has_shapes; /* node_zero effects; masks that differ by unit */
    bool ranks_in_tiles;
    uint32_t *item_first; /* [items + 1] rows of adjustments, sorted, by item */
    const struct baton_adjustment *rows;
    const struct baton_adjustment **honour; /* rows with an honour, by unit and honour */
    uint32_t honour_count;
    uint32_t *target_first; /* [nodes + 1] rows of targets, sorted, by node */
    const struct baton_target *targets;
    int32_t last_succession; /* the latest date of a succession; INT32_MIN = none */

    /* The scoring at hand. */
    struct baton_period period;
    const uint8_t *part;  /* [N] takes part; NULL = everybody does */
    uint32_t *group_size; /* [group] units that take part */
    double *score;
    uint16_t *note;
    uint32_t *rank;
    double *base, *bonus, *deduction;
    uint32_t *base_rank;
    uint32_t *grade;
    uint16_t *total_note;
    uint8_t *effects;               /* [R] bits of effects at work; NULL = none */
    uint32_t *grade_at_most;        /* [R] code of the best grade allowed; NULL = none */
    struct effect_at_work *at_work; /* by item, then node, then unit */
    size_t at_work_count, at_work_capacity;
    double *key;  /* [R] totals as ranked, by rank_totals */
    uint32_t *of; /* [node * groups + group] ranked units, counted when asked; see result.c */
    bool of_known;
    struct baton_award_row *award;
    uint32_t award_count;
    struct baton_result result;
    bool scored;

    struct past *past;
    size_t past_count, past_capacity;
    uint32_t *spare_rank; /* ranks that no later period needs: room for the next */
    double *spare_score;  /* likewise their totals */
    uint32_t *unit_before, *node_before,
        *code_before; /* index in the predecessor's scheme; its codes in this one's */
    uint32_t codes_before;
};

enum { EFFECT_UNRANKED = 1, EFFECT_NO_AWARD = 2, EFFECT_BONUS_VOID = 4, EFFECT_VETOED = 8 };

/* ---- compile.c: every expression of the scheme, once. */
baton_code compile_session(struct baton_session *session, struct baton_findings *found);

/* ---- weights.c */
void weights_prepare(struct baton_session *session);
double weight_of(const struct baton_session *session, uint32_t node, uint32_t unit);
bool has_row(const struct baton_session *session, uint32_t node, uint32_t unit);
/* Effective shares of one unit's total, [nodes], from which of its nodes have a score. */
void weights_effective(const struct baton_session *session, uint32_t unit, double *share);
/* The same as they would be if every node that applies had a score: what the scheme says. */
void weights_full(const struct baton_session *session, uint32_t unit, double *share);

/* ---- figures.c: reported figures at a moment. */
/* The period that an element's figure is of at a moment; false = none yet (not due), or none of that name. */
bool figures_period(const struct baton_session *session, enum baton_period_kind kind,
                    const struct rule_moment *at, struct baton_period *out);
/* The column of an element, [N]: with successions, and what is not due yet marked as pending. due_days < 0: the scheme's. */
void figures_column(struct baton_session *session, struct worker *worker, uint32_t element,
                    const struct rule_moment *at, int32_t due_days, struct baton_column *out);
/* The column as the facts have it; false where no unit has a row. */
bool figures_reported(const struct baton_session *session, uint32_t element,
                      struct baton_period period, struct baton_column *out);
bool period_ended(const struct baton_session *session, struct baton_period period);
bool period_due(const struct baton_session *session, struct baton_period period, int32_t due_days);
/* The result's period of a moment, moved by its own kind; kind NONE = none. */
struct baton_period moment_period(const struct rule_moment *at);
/* Which units take part in a period, [N]; NULL = all. */
const uint8_t *taking_part(const struct baton_session *session, struct baton_arena *arena,
                           struct baton_period period);

/* ---- targets.c: the target that is in force for each unit, [N] each (NaN = none). */
void targets_at(const struct baton_session *session, struct baton_arena *arena,
                const struct leaf *leaf, struct baton_period period, double **target,
                double **baseline);

/* The row that targets_at takes a unit's target from; NULL = none. */
const struct baton_target *target_in_force(const struct baton_session *session, uint32_t node,
                                           uint32_t unit, struct baton_period period);

/* ---- derive.c */
struct derived {
    const double *value;  /* [N] */
    const uint8_t *state; /* [N] enum baton_state; NULL = NaN is missing */
    const uint8_t *zero;  /* [N] divided by zero; NULL = nowhere */
    /* [N] `missing: last` put an earlier figure into a sum or mean; NULL = nowhere */
    const uint8_t *filled;
    struct baton_period period;
};
void derive_at(struct baton_session *session, struct worker *worker, const struct leaf *leaf,
               const struct rule_moment *at, struct derived *out);
/* The value at one period of the leaf's frequency, also of a leaf that sums several; `result_period` is that of the result for
 * which it is asked. */
void derive_single(struct baton_session *session, struct worker *worker, const struct leaf *leaf,
                   const struct rule_moment *at, struct baton_period result_period,
                   struct derived *out);
/* Puts the newest earlier figure where value is NaN and wanted[u] (NULL: everywhere); sets filled[u]. */
void derive_last(struct baton_session *session, struct worker *worker, const struct leaf *leaf,
                 const struct rule_moment *at, const uint8_t *wanted, double *value,
                 uint8_t *filled);

/* ---- environment.c: what names mean to an expression at its place. */
struct place {
    struct baton_session *session;
    struct worker *worker;
    const struct leaf *leaf; /* NULL outside leaves */
    /* moments at the first stand for results of the second ... */
    struct baton_period leaf_period, result_period;
    /* ... and for those who take part, and targets, in this; NONE = the second */
    struct baton_period cohort_period;
    const double *x;            /* [R] treated figures of the leaf */
    const double *score, *base; /* [R] as ranked: adjustments, grades, awards */
    const uint32_t *rank;       /* [R] twice */
    const uint32_t *grade;      /* [R] code; awards */
};
void environment(struct place *place, struct rule_env *env);
/* The share of the year's days gone by at a moment; NaN = the calendar has no such period. */
double elapsed_at(const struct place *place, const struct rule_moment *at);
struct rule_moment moment_now(const struct baton_session *session);

/* ---- panel.c: `over: panel`. The moments of all periods of the leaf's frequency (of the result's kind where it has none or
 * accumulates) from the first to the last observation, as far as they have ended; and scores among all their figures. */
const struct rule_moment *panel_of(const struct baton_session *session, struct baton_arena *arena,
                                   const struct leaf *leaf, uint32_t *count);
/* All figures of a leaf, one period behind the other, [count * R]: those of its present period are `figures`, the others
 * untreated. False, with the rest of it there, where the present period is none of them. */
struct panel {
    const struct rule_moment *moment;
    uint32_t count, present;
    double *value;
    uint16_t *note; /* 0 */
};
bool panel_pool(struct baton_session *session, struct worker *worker, const struct leaf *leaf,
                const double *figures, struct panel *out);
struct pool { /* the scores of all periods */
    size_t count;
    const double *score; /* NULL = the leaf's period is not in the panel */
};
/* The same, treated, for a leaf whose `when` or `among` sees x of its panel; NULL where nothing is to be treated, or the present
 * period is none of the panel's. */
const struct panel *panel_treated(struct baton_session *session, struct worker *worker,
                                  const struct leaf *leaf, const double *figures);
void panel_scores(struct baton_session *session, struct worker *worker, struct leaf *leaf,
                  double *figures, double *score, uint16_t *note, struct pool *out);

/* ---- leaf.c: a leaf's scores. */
void leaf_prepare(struct baton_session *session, struct worker *worker, struct leaf *leaf);
void leaf_slice(struct baton_session *session, struct worker *worker, struct leaf *leaf,
                const struct tile *tile);
/* What the leaf's rule puts in the place of a missing score, where that is the same for everybody; NaN = nothing. */
double leaf_imputed(const struct leaf *leaf);

/* An expression of the leaf's method for all units, [N], which sees leaf->figures as x; zero may be NULL. */
void leaf_run_rule(struct baton_session *session, struct worker *worker, struct leaf *leaf,
                   const struct rule *rule, double *out, uint8_t *zero);

/* ---- aggregate.c */
void aggregate_slice(struct baton_session *session, struct worker *worker, const struct tile *tile,
                     const uint8_t *zeroed);

/* Notes that a child of a geometric or harmonic mean has a score that is not above 0. */
void refuse_score(struct worker *worker, uint32_t node, uint32_t unit, double value);

/* ---- round_points.c: round_at: node. */
void round_points_slice(struct baton_session *session, struct worker *worker,
                        const struct tile *tile, const uint8_t *zeroed);

/* ---- adjust.c */
void adjust(struct baton_session *session);
/* Brings the total of a unit within the bounds of its group; NaN stays. */
void put_within_bounds(struct baton_session *session, uint32_t unit);
double adjustment_count(const struct baton_session *session, uint32_t item, uint32_t unit,
                        struct baton_period period);
/* Whether a row counts in a period; what it is worth each time; the row of the same honour that counts instead (NULL = none). */
bool adjustment_in_force(const struct baton_session *session, const struct baton_adjustment *row,
                         struct baton_period period);
double adjustment_points(const struct baton_session *session, const struct baton_adjustment *row);
/* Below, equal or above 0: by unit, then honour, of rows that have one. */
int adjustment_honour_order(const struct baton_adjustment *a, const struct baton_adjustment *b);
const struct baton_adjustment *adjustment_outdone(const struct baton_session *session,
                                                  const struct baton_adjustment *row);

/* ---- rank.c */
double as_ranked(const struct baton_session *session, uint32_t node, uint32_t group, double score);
int32_t decimals_of(const struct baton_session *session, uint32_t node, uint32_t group);
void rank_slice(struct baton_session *session, struct worker *worker, uint32_t node,
                const struct tile *tile);
void rank_group(struct baton_session *session, struct worker *worker, uint32_t node,
                uint32_t group);
void rank_totals(struct baton_session *session, struct worker *worker);

/* ---- grade.c, award.c */
void grade(struct baton_session *session);
/* How many of a group of that size may have a grade; INFINITY without a quota. */
double grade_quota(const struct baton_grade *grade, uint32_t group_size);
/* Whether vetoes and gates leave the unit this grade (an index: 0 is the best). */
bool grade_allowed(const struct baton_session *session, const struct baton_grades *grades,
                   uint32_t unit, uint32_t index);
void award(struct baton_session *session);

/* ---- history.c: earlier results. */
baton_code history_ensure(struct baton_session *session, struct baton_period period,
                          struct baton_findings *found);
/* Keeps what later periods may ask of the scoring at hand. */
void history_keep(struct baton_session *session);
void history_open(struct baton_session *session);
/* The unit whose earlier result is this unit's; BATON_NONE = none. */
uint32_t history_source(const struct baton_session *session, struct baton_period period,
                        uint32_t unit);
const struct past *history_find(const struct baton_session *session, struct baton_period period);
bool history_compared(const struct baton_session *session, struct baton_period period,
                      struct baton_period *out);
/* An earlier figure of every unit, [N]: through successions, and by the predecessor for its years. node BATON_NONE = base. */
enum past_what { PAST_SCORE, PAST_BASE, PAST_RANK, PAST_GRADE, PAST_NODE };
void history_column(const struct baton_session *session, struct baton_period period,
                    enum past_what what, uint32_t node, double *out);
/* Scores one period into the session's buffers, earlier results being there. */
baton_code score_period(struct baton_session *session, struct baton_period period,
                        struct baton_findings *found);

#endif
